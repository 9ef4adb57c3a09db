//! Paper, for the hours without power: blank forms, cards printed ahead with codes set aside,
//! entering later what was written, and seeing that every card is accounted for.

pub(crate) mod booklet;
pub(crate) mod count;
pub(crate) mod distribution;
pub(crate) mod entry;
pub(crate) mod form;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, Booklet, BookletId, CardCode, CardState, CardVoidReason, Command, Permission as P,
};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::page::movement::name;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None, ""))
        .await
}

pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::KeepPaper])?;
            match act_on(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/paper", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), &action),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let number = |name: &'static str| {
        typed.read::<u32>(name).ok_or_else(|| {
            Trouble::Refused(visit.complain(name, "wrong-number", say!(t, "wrong-number")))
        })
    };
    let booklet = || id(typed.get("booklet"), BookletId).map_err(Trouble::Failed);
    let command = match action {
        "booklet" => Command::PrintBooklet {
            booklet: BookletId(made_by(request, 1)),
            cards: number("cards")?,
        },
        "void" => Command::VoidCard {
            booklet: booklet()?,
            card: card(visit, typed)?,
            reason: CardVoidReason::any(typed.get("void_reason")),
        },
        "return" => Command::ReturnBooklet {
            booklet: booklet()?,
            torn_out: number("torn_out")?,
        },
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    };
    visit.execute(typed, command)
}

/// The code that was read off a card.
fn card(visit: &Visit, typed: &Typed) -> Result<CardCode, Trouble> {
    let t = visit.t();
    typed.get("card").parse().map_err(|_| {
        let text = say!(t, "refusal-card-not-printed");
        Trouble::Refused(visit.complain("card", "card-not-printed", text))
    })
}

fn page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::KeepPaper, P::ManageStock])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (booklets, landed) = visit.read(|register| {
        let mut booklets = Vec::new();
        for booklet in register.booklets(site)? {
            let states = register.card_states(&booklet)?;
            booklets.push((booklet, states));
        }
        Ok((booklets, register.being_received(site)?))
    })?;
    let nothing = Typed::default();
    let asked = typed.get("booklet");
    let filled = |own: bool| {
        if own {
            Filled::new(t, typed, complaint)
        } else {
            Filled::new(t, &nothing, None)
        }
    };
    let keeps = visit.may(P::KeepPaper);
    let content = html! {
        h1 { (say!(t, "paper-title")) }
        (conflicts::among(visit, &[About::Booklet])?)
        div.cols {
            @if keeps {
                section.card { h2 { (say!(t, "paper-forms")) }
                    p { (say!(t, "paper-forms-text")) }
                    p.actions {
                        @for kind in form::Form::ALL { a.button href={ "/paper/forms/" (kind.code()) } { (kind.title(t)) } }
                    }
                }
                section.card { h2 { (say!(t, "paper-enter")) }
                    p { (say!(t, "paper-enter-text")) }
                    p.actions { a.button.primary href="/paper/enter" { (say!(t, "paper-enter")) } }
                }
            }
            section.card { h2 { (say!(t, "distribution-title")) }
                p { (say!(t, "distribution-text")) }
                ul.rows { @for movement in &landed { li { a href={ "/paper/distribution/" (movement.id) } { (name(visit, movement)) } } } }
                @if landed.is_empty() { p.muted { (say!(t, "distribution-none")) } }
            }
            @if visit.may(P::ManageStock) {
                section.card { h2 { (say!(t, "count-two-title")) }
                    p { (say!(t, "count-two-text")) }
                    p.actions { a.button href="/paper/count" { (say!(t, "count-two-title")) } }
                }
            }
        }
        @if keeps {
            section.card #booklets { h2 { (say!(t, "booklets-title")) }
                p { (say!(t, "booklets-text")) }
                (layout::form(visit, "/paper/booklet", html! {
                    @let filled = filled(action == "booklet");
                    div.stack { (filled.summary()) div.form.inline {
                        (filled.number("cards", say!(t, "booklet-cards"), (1, 200)).required())
                        button.primary { (say!(t, "booklet-make")) }
                    } }
                }))
                ul.rows { @for (booklet, states) in &booklets {
                    li { (row(visit, booklet, states, filled(asked == booklet.id.to_string()))) }
                } }
            }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Paper, &say!(t, "paper-title"), content),
        complaint,
    ))
}

/// One booklet: its cards add up to entered, void, missing and blank.
fn row(visit: &Visit, booklet: &Booklet, states: &[CardState], filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let count = |wanted: fn(&CardState) -> bool| {
        i64::try_from(states.iter().filter(|state| wanted(state)).count()).unwrap_or(0)
    };
    let missing: Vec<String> = (1..)
        .zip(booklet.cards.iter().zip(states))
        .filter(|(_, (_, state))| **state == CardState::Missing)
        .map(|(place, (card, _)): (u32, _)| format!("{place} ({card})"))
        .collect();
    let reasons = CardVoidReason::KNOWN
        .iter()
        .map(|reason| (reason.as_str().to_owned(), t.of(reason)))
        .collect();
    let prefix = format!("{}-", booklet.id);
    let filled = filled.prefixed(&prefix);
    html! {
        div.grow {
            b { (say!(t, "booklet-number", number = booklet.number)) }
            p.small.muted { (say!(t, "booklet-printed", at = visit.clock.full(booklet.printed_at), count = i64::try_from(booklet.cards.len()).unwrap_or(0))) }
            p.tags {
                (tag(Tone::Good, say!(t, "booklet-entered", count = count(|state| *state == CardState::Entered))))
                (tag(Tone::Plain, say!(t, "booklet-void", count = count(|state| matches!(state, CardState::Void(_))))))
                (tag(if missing.is_empty() { Tone::Plain } else { Tone::Risk }, say!(t, "booklet-missing", count = count(|state| *state == CardState::Missing))))
                (tag(Tone::Plain, say!(t, "booklet-blank", count = count(|state| *state == CardState::Blank))))
            }
            @if !missing.is_empty() { p.small { (say!(t, "booklet-find", cards = missing.join(", "))) } }
            p.actions { @for layout in booklet::Layout::ALL {
                a.button.quiet href={ "/paper/booklets/" (booklet.id) "?layout=" (layout.code()) } { (layout.title(t)) }
            } }
        }
        details.more open[filled.complaint.is_some()] { summary { (say!(t, "booklet-reconcile")) }
            (layout::form(visit, "/paper/return", html! {
                input type="hidden" name="booklet" value=(booklet.id);
                div.stack { (filled.summary())
                    (filled.number("torn_out", say!(t, "booklet-torn-out"), (0, 200)).required().hint(say!(t, "booklet-torn-out-hint")))
                    button { (say!(t, "save")) } }
            }))
            (layout::form(visit, "/paper/void", html! {
                input type="hidden" name="booklet" value=(booklet.id);
                div.stack {
                    (filled.text("card", say!(t, "paper-card")).required())
                    (filled.select("void_reason", say!(t, "reason"), reasons))
                    button { (say!(t, "booklet-void-do")) } }
            }))
        }
    }
}
