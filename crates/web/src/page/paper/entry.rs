//! Entering later what was written on paper: with the card of the booklet, the time it happened and
//! how exactly that is known, and who wrote it. The same rules hold as at the desk.

use axum::Form;
use axum::response::Response;
use domain::{
    ArrivalId, Command, Known, LineId, MovementId, Permission as P, PersonId, Precision,
    Registering, UserId, Whose, queue_label,
};
use maud::{Render, html};

use crate::catalogue::say;
use crate::component::Filled;
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::movement::name;
use crate::particulars;
use crate::visit::{Guest, Said, Trouble, Visit, id};

/// Ids of the gifts of one form begin here.
const FIRST_GIVEN: u32 = 100;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn enter(guest: Guest, Form(pairs): Form<Vec<(String, String)>>) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::KeepPaper])?;
            match entered(visit, typed) {
                Ok((arrival, said)) => Ok(visit.go(&format!("/arrivals/{arrival}"), said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn entered(visit: &Visit, typed: &Typed) -> Result<(ArrivalId, Said), Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    if typed.some("occurred").is_none() {
        let text = say!(t, "wrong-time");
        return Err(Trouble::Refused(visit.complain(
            "occurred",
            "wrong-time",
            text,
        )));
    }
    let movement = id(typed.get("movement"), MovementId).map_err(Trouble::Failed)?;
    let written_by = id(typed.get("written_by"), UserId).map_err(Trouble::Failed)?;
    let card = super::card(visit, typed)?;
    // Read before anything is recorded: what is wrong with it comes back with nothing done.
    let today = visit.clock.day(visit.now);
    let who = particulars::read(t, typed, today).map_err(Trouble::Refused)?;
    // Somebody met with this card and not registered: the form came back after a refusal.
    let met = visit
        .read(|register| {
            let Some(arrival) = register.arrivals_with_card(&card)?.first().copied() else {
                return Ok(None);
            };
            let found = register.arrival(arrival)?;
            let waits = found.is_some_and(|arrival| {
                arrival.registration.is_none() && arrival.withdrawn_at.is_none()
            });
            let paper = register.written_by(arrival)?.is_some();
            Ok(Some(arrival).filter(|_| waits && paper))
        })
        .map_err(Trouble::Failed)?;
    let arrival = met.unwrap_or(ArrivalId(made_by(request, 1)));
    let mut said = Said::Saved;
    if met.is_none() {
        let command = Command::MeetOnPaper {
            arrival,
            movement,
            card,
            written_by,
        };
        said = visit.execute(typed, command)?;
    }
    let person = PersonId(made_by(request, 2));
    let named = !who.full_name().is_empty();
    if named || typed.ticked("declined") {
        let whose = if named {
            Whose::New {
                person,
                particulars: Box::new(who),
            }
        } else {
            Whose::Declined { person }
        };
        let registering = Registering {
            arrival,
            movement,
            whose,
            line: line(visit, movement, typed)?,
            informed: typed.ticked("informed"),
            document_shared: typed.ticked("document_shared"),
        };
        visit.execute_part(typed, 1, Command::Register(Box::new(registering)))?;
    }
    given(visit, arrival, typed)?;
    Ok((arrival, said))
}

/// The line of the manifest with the row that was written down.
fn line(visit: &Visit, movement: MovementId, typed: &Typed) -> Result<Option<LineId>, Trouble> {
    let t = visit.t();
    let Some(text) = typed.some("row") else {
        return Ok(None);
    };
    let row: Option<u32> = text.parse().ok();
    let lines = visit
        .read(|register| Ok(register.lines(movement)?))
        .map_err(Trouble::Failed)?;
    let found = lines
        .iter()
        .find(|line| row.is_some() && line.row == row && !line.removed);
    found.map(|line| Some(line.id)).ok_or_else(|| {
        Trouble::Refused(visit.complain("row", "unknown-line", say!(t, "refusal-unknown-line")))
    })
}

/// What the paper says was given.
fn given(visit: &Visit, arrival: ArrivalId, typed: &Typed) -> Result<(), Trouble> {
    let found = visit
        .read(|register| register.arrival(arrival)?.ok_or(Failure::NotFound))
        .map_err(Trouble::Failed)?;
    let ticked = |item: &str| typed.ticked_among("given", item);
    for (part, entitlement) in (FIRST_GIVEN..).zip(&found.entitlements) {
        if entitlement.redeemed.is_none() && ticked(entitlement.item.as_str()) {
            let command = Command::Redeem {
                arrival,
                entitlement: entitlement.id,
                card_checked: false,
            };
            visit.execute_part(typed, part, command)?;
        }
    }
    Ok(())
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::KeepPaper])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (landed, items, users, last) = visit.read(|register| {
        let last = typed.get("card").parse().ok();
        let last = match last {
            Some(card) => register.arrivals_with_card(&card)?.first().copied(),
            None => None,
        };
        let last = last.map(|id| register.arrival(id)).transpose()?.flatten();
        Ok((
            register.being_received(site)?,
            register.items()?,
            register.users()?,
            last,
        ))
    })?;
    let movements = landed
        .iter()
        .map(|movement| (movement.id.to_string(), name(visit, movement)))
        .collect();
    let users = users
        .into_iter()
        .filter_map(|user| Some((user.id.to_string(), user.staff?.name)))
        .collect();
    let items: Vec<_> = items
        .iter()
        .filter(|item| item.money.is_none() || visit.may(P::GiveCash))
        .map(|item| (item.code.to_string(), t.of(&item.code)))
        .collect();
    let precisions = Precision::ALL
        .iter()
        .map(|precision| (precision.code().to_owned(), t.of(precision)))
        .collect();
    let typed = if typed.is_empty() {
        Typed::default()
            .with("written_by", visit.user.id.to_string())
            .with("occurred", visit.clock.input(visit.now))
    } else {
        typed.clone()
    };
    let filled = Filled::new(t, &typed, complaint);
    let head = html! {
        div.form {
            (filled.text("card", say!(t, "paper-card")).required().focus())
            (filled.select("movement", say!(t, "movement"), movements))
            (filled.select("written_by", say!(t, "list-written-by"), users))
            (filled.text("occurred", say!(t, "earlier-when")).kind("datetime-local").required())
            (filled.select("precision", say!(t, "paper-precision"), precisions))
            (filled.text("row", say!(t, "paper-row")).hint(say!(t, "paper-row-hint")))
        }
    };
    let content = html! {
        h1 { (say!(t, "paper-enter")) }
        section.card { (layout::form(visit, "/paper/enter", html! {
            div.stack {
                (filled.summary())
                @if let Some(arrival) = last { p { a href={ "/arrivals/" (arrival.id) } { (queue_label(arrival.queue)) " · " (arrival.card) } } }
                (head.render())
                (particulars::fields(filled))
                (filled.check("informed", say!(t, "form-told")))
                (filled.check("declined", say!(t, "arrival-declined")))
                (filled.check("document_shared", say!(t, "paper-document-shared")))
                fieldset { legend { (say!(t, "list-given")) } (filled.checks("given", &items)) }
                button.primary { (say!(t, "paper-enter")) }
            }
        })) }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Paper, &say!(t, "paper-enter"), content),
        complaint,
    ))
}
