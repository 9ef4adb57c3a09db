//! The end of the day: shelves and cash box counted by two, who both sign. The second types their
//! own name and password on the page of the first.

use axum::Form;
use axum::response::Response;
use domain::{Command, DifferenceReason, Item, Known, Permission as P, StocktakeId};
use maud::html;

use crate::catalogue::say;
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::stock;
use crate::refusal;
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
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let site = visit.here().map_err(Trouble::Failed)?.id;
    let login = typed.get("second_login");
    let app = &visit.guest.app;
    let wrong = || {
        let text = say!(t, "count-two-wrong");
        Trouble::Refused(visit.complain("second_password", "wrong-password", text))
    };
    if app.throttle.wait(login).is_some() {
        return Err(wrong());
    }
    let asked = node::Request {
        id: made_by(request, 0),
        site,
        occurred: None,
        command: Command::CountStock {
            stocktake: StocktakeId(made_by(request, 1)),
            site,
            counts: stock::lines(visit, typed)?,
            difference: typed.some("difference").map(DifferenceReason::any),
        },
    };
    let session = &visit.seat.session;
    let password = typed.raw("second_password");
    match app.node.count_together(session, asked, login, password) {
        Ok(done) if done.repeated => Ok(Said::Already),
        Ok(_) => Ok(Said::Saved),
        Err(node::ExecuteError::Refused(reason)) => {
            Err(Trouble::Refused(refusal::complaint(visit, &reason)))
        }
        Err(node::ExecuteError::Failed(node::NodeError::SignInRefused)) => {
            app.throttle.failed(login);
            Err(wrong())
        }
        Err(node::ExecuteError::Failed(error)) => Err(Trouble::Failed(error.into())),
    }
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::ManageStock])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (items, counts) = visit.read(|register| {
        let mut items: Vec<(Item, i64)> = Vec::new();
        for item in register.items()?.into_iter().filter(|item| item.stocked) {
            let book = register.stock(site, &item.code)?;
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
