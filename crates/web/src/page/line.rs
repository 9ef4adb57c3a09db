//! One line of a manifest by itself: who did not come is known from nowhere else, and has the same
//! right to be forgotten. Whoever erases need not see who it is; whoever sees it may not erase.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{Command, Known, Line, LineId, Movement, Permission as P};
use maud::html;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::page::movement::name;
use crate::visit::{Guest, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| page(visit, id(&text, LineId)?, &Typed::default(), None))
        .await
}

/// Erases the line, once the box is ticked.
pub(crate) async fn erase(guest: Guest, Path(text): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Erase])?;
            let line = id(&text, LineId)?;
            let t = visit.t();
            let done = if typed.ticked("sure") {
                visit.execute(typed, Command::EraseLine { line })
            } else {
                let complaint = visit.complain("sure", "not-sure", say!(t, "erase-tick"));
                Err(Trouble::Refused(complaint))
            };
            match done {
                Ok(said) => Ok(visit.go(&format!("/lines/{line}"), said)),
                Err(Trouble::Refused(complaint)) => page(visit, line, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn read(visit: &Visit, line: LineId) -> Result<(Line, Movement), Failure> {
    visit.read(|register| {
        let line = register.line(line)?.ok_or(Failure::NotFound)?;
        let movement = register.movement(line.movement)?;
        Ok((line, movement.ok_or(Failure::NotFound)?))
    })
}

fn page(
    visit: &Visit,
    line: LineId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::SeePeople, P::Erase])?;
    let t = visit.t();
    let (line, movement) = read(visit, line)?;
    let filled = Filled::new(t, typed, complaint);
    let who = line
        .particulars
        .as_ref()
        .filter(|_| visit.may(P::SeePeople));
    let title = say!(t, "manifest-title");
    let content = html! {
        h1 { (title) ": " (name(visit, &movement)) }
        p { (t.of(&line.state())) @if let Some(who) = who { " · " (who.full_name()) } }
        (filled.summary())
        (crate::page::conflicts::of(visit, line.id.0)?)
        @if line.erased { (notice(Tone::Good, say!(t, "refusal-person-erased"))) }
        @else if let Some(arrival) = line.taken_by {
            p { a href={ "/arrivals/" (arrival) } { (say!(t, "refusal-erase-person-instead")) } }
        } @else if visit.may(P::Erase) {
            (card(say!(t, "erase-title"), html! {
                (layout::form(visit, &format!("/lines/{}", line.id), html! {
                    div.stack {
                        p { (say!(t, "erase-text")) }
                        (filled.check("sure", say!(t, "erase-sure")))
                        button.danger { (say!(t, "erase-do")) }
                    }
                }))
            }))
        } @else { (notice(Tone::Wait, say!(t, "erase-line-ask"))) }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Movements, &title, content),
        complaint,
    ))
}
