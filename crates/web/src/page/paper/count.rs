//! The end of the day: shelves and cash box counted by two, who both sign. The second types their
//! own name and password on the page of the first.

use axum::Form;
use axum::response::Response;
use domain::{Command, DifferenceReason, Item, Permission as P, StocktakeId};
use maud::html;

use crate::catalogue::say;
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::stock;
use crate::visit::{Guest, Said, Trouble, Visit};

const SHOWN: u32 = 14;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn sign(guest: Guest, Form(pairs): Form<Vec<(String, String)>>) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::ManageStock])?;
            match signed(visit, typed) {
                Ok(said) => Ok(visit.go("/paper/count", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn signed(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let site = visit.here().map_err(Trouble::Failed)?.id;
    let counts = stock::lines(visit, typed)?;
    let second = visit.second(typed)?;
    let command = Command::CountTogether {
        stocktake: StocktakeId(made_by(request, 1)),
        site,
        counts,
        difference: typed.some("difference").map(DifferenceReason::any),
        second: second.user(),
    };
    visit.execute_with(typed, &second, command)
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::ManageStock])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (items, counts) = visit.read(|register| {
        let mut items: Vec<(Item, i64)> = Vec::new();
        for item in register.items()?.into_iter().filter(|item| item.stocked) {
            let book = register.to_give(site, visit.guest.app.node.key(), &item.code)?;
            items.push((item, book));
        }
        let mut counts = Vec::new();
        for count in register.signed_counts(site, SHOWN)? {
            let names = (
                visit.staff_name(register, count.first)?,
                visit.staff_name(register, count.second)?,
            );
            counts.push((count, names));
        }
        Ok((items, counts))
    })?;
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        h1 { (say!(t, "count-two-title")) }
        section.card { (layout::form(visit, "/paper/count", html! {
            div.stack {
                (filled.summary())
                (notice(Tone::Calm, say!(t, "stock-count-hint")))
                div.form { @for (item, _) in &items {
                    (stock::quantity(visit, "count", item, typed.get(&format!("quantity_{}", item.code))))
                } }
                (filled.select("difference", say!(t, "stock-difference"), stock::differences(visit)).empty(say!(t, "stock-no-difference")))
                fieldset { legend { (say!(t, "count-two-second")) }
                    div.form {
                        (filled.text("second_login", say!(t, "sign-in-login")).required())
                        (filled.text("second_password", say!(t, "sign-in-password")).kind("password").required())
                    }
                }
                button.primary { (say!(t, "count-two-sign")) }
            }
        })) }
        section.card { h2 { (say!(t, "count-two-last")) }
            @if counts.is_empty() { p.muted { (say!(t, "count-two-none")) } }
            ul.rows { @for (count, (first, second)) in &counts { li { span.grow { (visit.clock.full(count.at)) } span { (first) " · " (second) } } } }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Paper, &say!(t, "count-two-title"), content),
        complaint,
    ))
}
