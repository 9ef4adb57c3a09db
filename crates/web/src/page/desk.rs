//! The desk: who waits, meeting people with a number and a card before any form, calling the next,
//! and opening whoever's card is scanned.

use axum::Form;
use axum::response::Response;
use domain::{
    ArrivalId, CardCode, CardError, Command, Known, Meeting, Movement, MovementId, Permission as P,
    Priority, queue_label,
};
use maud::{Markup, PreEscaped, html};
use register::people::{Because, Search};
use register::queue::{Part, Queued};
use register::{Page, Paged};
use uuid::Uuid;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::movement::{earlier, name};
use crate::visit::{Guest, Trouble, Visit, id, see_other};

type Posted = Form<Vec<(String, String)>>;

pub(crate) const WORKERS: &[P] = &[P::Register, P::Give, P::GiveCash, P::Screen, P::Protect];
/// Longest queue shown; more people than this wait under another sign.
const QUEUE_MAX: u32 = 200;
/// Cards on one page to print.
const CARDS_MAX: u32 = 1_000;
/// Ids that a meeting makes begin here, apart from those of its other commands.
const FIRST_MET: u32 = 1_000;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None, None))
        .await
}

fn page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    wrong_code: Option<(&str, String)>,
) -> Result<Response, Failure> {
    visit.need(WORKERS)?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (waiting, served, landed) = visit.read(|register| {
        Ok((
            queue(visit, register, Part::Waiting)?,
            queue(visit, register, Part::BeingServed)?,
            register.being_received(site)?,
        ))
    })?;
    let (code, wrong) = wrong_code.map_or((String::new(), None), |(code, wrong)| {
        (code.to_owned(), Some(wrong))
    });
    let content = html! {
        h1.hidden { (say!(t, "place-desk")) }
        div.desk {
            (waiting_list(visit, &waiting, None))
            div.stack {
                section.card { (layout::scan(t, complaint.is_none(), &code, wrong.as_deref())) }
                @if visit.may(P::Register) {
                    @if waiting.total > 0 {
                        section.card.nextstep {
                            (layout::form(visit, "/desk/next", html! {
                                h2 { (say!(t, "desk-next-title")) }
                                button.primary.wide { (say!(t, "desk-next")) }
                            }))
                        }
                    }
                    (meet_form(visit, &landed, typed, complaint))
                }
            }
            (card(say!(t, "desk-served", count = count(&served)), rows(visit, &served, None, &say!(t, "desk-served-none"))))
        }
    };
    let mut response = layout::refused(
        layout::page(visit, Place::Desk, &say!(t, "place-desk"), content),
        complaint,
    );
    if wrong.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn queue(
    visit: &Visit,
    register: &register::Register<'_>,
    part: Part,
) -> Result<Paged<Queued>, Failure> {
    let site = visit.here()?;
    // People who were met before the day closed may still be waiting after it.
    let since = site.span_of(site.day_of(visit.now)).0.minus_days(1);
    Ok(register.queue(site.id, since, part, Page::first(QUEUE_MAX))?)
}

/// Everybody in a part of the queue, also those who are not shown.
fn count(queue: &Paged<Queued>) -> i64 {
    i64::try_from(queue.total).unwrap_or(i64::MAX)
}

/// The queue beside somebody who is being served.
pub(crate) fn waiting_beside(visit: &Visit, current: ArrivalId) -> Result<Markup, Failure> {
    let waiting = visit.read(|register| queue(visit, register, Part::Waiting))?;
    Ok(waiting_list(visit, &waiting, Some(current)))
}

fn waiting_list(visit: &Visit, waiting: &Paged<Queued>, current: Option<ArrivalId>) -> Markup {
    let t = visit.t();
    html! {
        section.card.waiting {
            h2 { (say!(t, "desk-waiting", count = count(waiting))) }
            (rows(visit, waiting, current, &say!(t, "desk-waiting-none")))
        }
    }
}

fn rows(visit: &Visit, list: &Paged<Queued>, current: Option<ArrivalId>, none: &str) -> Markup {
    let t = visit.t();
    let more = count(list) - i64::try_from(list.rows.len()).unwrap_or(i64::MAX);
    html! {
        @if list.rows.is_empty() { p.muted { (none) } }
        @else { ol.queue { @for queued in &list.rows {
            li aria-current=[(Some(queued.arrival) == current).then_some("true")] {
                a href={ "/arrivals/" (queued.arrival) } {
                    span.num { (queue_label(queued.queue)) }
                    @if queued.flagged { (priority_tag(visit, queued.priority)) }
                    @if let Some(name) = queued.name.as_ref().filter(|_| visit.may(P::SeePeople)) { span { (name) } }
                    @if queued.person.is_some() && queued.open_items > 0 { span.small.muted { (say!(t, "desk-open-items", count = queued.open_items)) } }
                    @if visit.guest.app.called_by_other(queued.arrival, visit.user.id) { (tag(Tone::Plain, say!(t, "desk-called"))) }
                }
            }
        } } }
        @if more > 0 { p.small.muted { (say!(t, "desk-more", count = more)) } }
    }
}

/// Why somebody is called first, for those who may know why.
pub(crate) fn priority_tag(visit: &Visit, priority: Option<Priority>) -> Markup {
    let t = visit.t();
    let known = priority.filter(|_| visit.may_any(&[P::Register, P::SeePeople]));
    tag(
        Tone::Risk,
        known.map_or_else(|| say!(t, "desk-first"), |priority| t.of(&priority)),
    )
}

fn meet_form(
    visit: &Visit,
    landed: &[Movement],
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Markup {
    let t = visit.t();
    if landed.is_empty() {
        return notice(Tone::Calm, say!(t, "desk-nothing-landed"));
    }
    let movements: Vec<_> = landed
        .iter()
        .map(|movement| (movement.id.to_string(), name(visit, movement)))
        .collect();
    let priorities = Priority::ALL
        .iter()
        .map(|priority| (priority.code().to_owned(), t.of(priority)))
        .collect();
    let asked = visit.guest.query.get("movement");
    let asked = asked
        .parse::<Uuid>()
        .map(|id| MovementId(id).to_string())
        .unwrap_or_default();
    let typed = if typed.is_empty() {
        Typed::default().with("movement", asked).with("people", "1")
    } else {
        typed.clone()
    };
    let filled = Filled::new(t, &typed, complaint);
    card(
        say!(t, "desk-meet-title"),
        layout::form(
            visit,
            "/desk/meet",
            html! {
                div.stack {
                    p.small.muted { (say!(t, "desk-meet-hint")) }
                    (filled.summary())
                    div.form {
                        (filled.select("movement", say!(t, "movement"), movements))
                        (filled.number("people", say!(t, "desk-how-many"), (1, 1_000)).required())
                        (filled.select("priority", say!(t, "desk-priority"), priorities).empty(say!(t, "desk-priority-none")))
                    }
                    (earlier(visit, filled))
                    button.primary { (say!(t, "desk-meet")) }
                }
            },
        ),
    )
}

pub(crate) async fn meet(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::Register])?;
            let Some(people) = typed.read::<u32>("people") else {
                let t = visit.t();
                let complaint = visit.complain("people", "wrong-number", say!(t, "wrong-number"));
                return page(visit, typed, Some(&complaint), None);
            };
            let request = typed.request().ok_or(Failure::Stale)?;
            let priority = Priority::from_code(typed.get("priority"));
            // One more than is allowed is enough to be refused.
            let meetings = (0..people.min(CARDS_MAX + 1))
                .map(|n| Meeting {
                    arrival: ArrivalId(made_by(request, FIRST_MET + n)),
                    priority,
                })
                .collect();
            let movement = id(typed.get("movement"), MovementId)?;
            match visit.execute(typed, Command::Meet { movement, meetings }) {
                Ok(said) => Ok(visit.go(&format!("/cards?met={request}&people={people}"), said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), None),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// Opens the first in the queue whom nobody else has called.
pub(crate) async fn next(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, _| {
            visit.need(&[P::Register])?;
            let waiting = visit.read(|register| queue(visit, register, Part::Waiting))?;
            let app = &visit.guest.app;
            let free = waiting
                .rows
                .iter()
                .find(|queued| app.call(queued.arrival, visit.user.id));
            Ok(see_other(&free.map_or_else(
                || "/desk".to_owned(),
                |queued| format!("/arrivals/{}", queued.arrival),
            )))
        })
        .await
}

/// Opens the card that was scanned or typed, or the number that was called.
pub(crate) async fn scan(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(WORKERS)?;
            let t = visit.t();
            let code = visit.guest.query.get("code").to_owned();
            if formats::mrz::read(&code).is_some() || formats::mrz::begins(&code) {
                // What stands in a document is not shown again here, where no person is open.
                let wrong = say!(t, "scan-is-document");
                return page(visit, &Typed::default(), None, Some(("", wrong)));
            }
            let wrong = match code.parse::<CardCode>() {
                Ok(card) => {
                    let found = visit.read(|register| Ok(register.arrivals_with_card(&card)?))?;
                    if let Some(arrival) = found.first() {
                        return Ok(see_other(&format!("/arrivals/{arrival}")));
                    }
                    say!(t, "refusal-unknown-arrival")
                }
                Err(error) => {
                    if let Some(arrival) = by_number(visit, &code)? {
                        return Ok(see_other(&format!("/arrivals/{arrival}")));
                    }
                    match error {
                        CardError::Length(count) => {
                            say!(t, "card-length", count = i64::try_from(count).unwrap_or(0))
                        }
                        CardError::Character(place) => say!(
                            t,
                            "card-character",
                            place = i64::try_from(place).unwrap_or(0)
                        ),
                        CardError::Check => say!(t, "card-check"),
                    }
                }
            };
            page(visit, &Typed::default(), None, Some((&code, wrong)))
        })
        .await
}

/// The arrival with a number in today's queue.
fn by_number(visit: &Visit, text: &str) -> Result<Option<ArrivalId>, Failure> {
    let site = visit.here()?;
    let since = site.span_of(site.day_of(visit.now)).0;
    let search = Search {
        text,
        site: site.id,
        since,
        limit: 1,
    };
    let found = visit.read(|register| Ok(register.search(&search)?))?.found;
    Ok(found
        .into_iter()
        .find(|found| found.because == Because::Queue)
        .and_then(|found| found.arrival))
}

/// The cards of people who were just met, to print and hand out.
pub(crate) async fn cards(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(&[P::Register])?;
            let request = id(visit.guest.query.get("met"), |id| id)?;
            let people: u32 = visit.guest.query.read("people").unwrap_or(1);
            let arrivals = visit.read(|register| {
                let mut arrivals = Vec::new();
                for n in 0..people.min(CARDS_MAX) {
                    let id = ArrivalId(made_by(request, FIRST_MET + n));
                    if let Some(arrival) = register.arrival(id)? {
                        let movement = register.movement(arrival.movement)?;
                        arrivals.push((arrival, movement));
                    }
                }
                Ok(arrivals)
            })?;
            let t = visit.t();
            let title = say!(t, "cards-title", count = i64::try_from(arrivals.len()).unwrap_or(0));
            let content = html! {
                div.title.no-print {
                    div { h1 { (title) } p.muted { (say!(t, "cards-hint")) } }
                    p.actions {
                        button.primary type="button" data-print hidden { (say!(t, "cards-print")) }
                        a.button href="/desk" { (say!(t, "cards-to-desk")) }
                    }
                }
                div.cards-sheet {
                    @for (arrival, movement) in &arrivals { (handout(visit, arrival, movement.as_ref(), None)) }
                }
            };
            Ok(layout::page(visit, Place::Desk, &title, content))
        })
        .await
}

/// One card: number, code, QR. No name stands on it unless somebody chose so.
pub(crate) fn handout(
    visit: &Visit,
    arrival: &domain::Arrival,
    movement: Option<&Movement>,
    name: Option<&str>,
) -> Markup {
    let t = visit.t();
    html! {
        article.handout {
            div {
                p.call { (queue_label(arrival.queue)) }
                @if let Some(name) = name { p { b { (name) } } }
            }
            div.qr { (PreEscaped(formats::qr::svg(arrival.card))) }
            p.code { (arrival.card) }
            p {
                @if let Some(movement) = movement { (movement.designator) " · " }
                (visit.clock.full(arrival.met_at))
                br; (say!(t, "card-keep"))
            }
        }
    }
}
