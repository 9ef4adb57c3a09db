//! The desk: who waits, meeting people with a number and a card before any form, calling the next,
//! and opening whoever's card is scanned.

use axum::Form;
use axum::response::Response;
use domain::{
    Arrival, ArrivalId, CardCode, CardError, Command, Known, Meeting, Movement, MovementId,
    Permission as P, Priority, queue_label,
};
use maud::{Markup, PreEscaped, html};
use register::people::{Because, Search};
use register::queue::{Part, Queued};
use register::{Page, Paged};
use uuid::Uuid;

use crate::app::{CALL_LASTS, Called};
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::movement::{earlier, name};
use crate::visit::{Guest, Said, Trouble, Visit, id, see_other};

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
                                @if visit.guest.query.get("call") == "none" { (notice(Tone::Wait, say!(t, "call-none", minutes = call_minutes()))) }
                                button.primary.wide { (say!(t, "desk-next")) }
                                p.hint { (say!(t, "call-hint", minutes = call_minutes())) }
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
                    @match visit.guest.app.called(queued.arrival, visit.user.id) {
                        Called::Elsewhere => (tag(Tone::Plain, say!(t, "desk-called"))),
                        Called::Aside => (tag(Tone::Plain, say!(t, "desk-aside"))),
                        Called::Here | Called::Not => {}
                    }
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
        .ok()
        .map(MovementId)
        .or_else(|| visit.seat.last_met())
        .map(|movement| movement.to_string())
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
                    @if complaint.is_some_and(|complaint| complaint.code == "met-exceeds") {
                        (notice(Tone::Wait, filled.check("exceeds", say!(t, "meet-exceeds-yes"))))
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
            let movement = id(typed.get("movement"), MovementId)?;
            if let Some(complaint) = exceeds(visit, typed, movement, people)? {
                return page(visit, typed, Some(&complaint), None);
            }
            // One more than is allowed is enough to be refused.
            let meetings = (0..people.min(CARDS_MAX + 1))
                .map(|n| Meeting {
                    arrival: ArrivalId(made_by(request, FIRST_MET + n)),
                    priority,
                })
                .collect();
            match visit.execute(typed, Command::Meet { movement, meetings }) {
                Ok(said) => {
                    visit.seat.met(movement);
                    Ok(visit.go(&format!("/cards?met={request}&people={people}"), said))
                }
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), None),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// Asks back where more people would have a card than were counted: more often a slip of the finger
/// than a miscount, and every card too many has to be found again.
fn exceeds(
    visit: &Visit,
    typed: &Typed,
    movement: MovementId,
    people: u32,
) -> Result<Option<Complaint>, Failure> {
    let request = typed.request().ok_or(Failure::Stale)?;
    let first = ArrivalId(made_by(request, FIRST_MET));
    let (headcount, met, again) = visit.read(|register| {
        let found = register.movement(movement)?.ok_or(Failure::NotFound)?;
        let met = register.balance(movement)?.met;
        Ok((found.headcount, met, register.arrival(first)?.is_some()))
    })?;
    let Some(headcount) = headcount else {
        return Ok(None);
    };
    let cards = met.saturating_add(people);
    if again || cards <= headcount || typed.ticked("exceeds") {
        return Ok(None);
    }
    let text = say!(
        visit.t(),
        "meet-exceeds",
        headcount = headcount,
        met = met,
        people = people,
        cards = cards
    );
    Ok(Some(visit.complain("people", "met-exceeds", text)))
}

/// How long a call lasts, in minutes.
fn call_minutes() -> i64 {
    i64::try_from(CALL_LASTS.as_secs() / 60).unwrap_or(i64::MAX)
}

/// Said where the next is called before the one called last was registered.
pub(crate) fn still_called(visit: &Visit, arrival: &domain::Arrival) -> Markup {
    let t = visit.t();
    if visit.guest.query.get("call") != "still" || arrival.registration.is_some() {
        return Markup::default();
    }
    notice(
        Tone::Wait,
        html! {
            strong { (say!(t, "call-still", queue = queue_label(arrival.queue))) }
            p { (say!(t, "call-aside-hint", minutes = call_minutes())) }
            (layout::form(visit, "/desk/next", html! {
                input type="hidden" name="aside" value=(arrival.id);
                p.actions { button { (say!(t, "call-aside")) } }
            }))
        },
    )
}

/// Opens the first in the queue whom no desk has called. Whoever was called here and is not registered
/// yet comes first, with the choice to put them aside: they keep their place.
pub(crate) async fn next(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::Register])?;
            let (app, me) = (&visit.guest.app, visit.user.id);
            let aside = id(typed.get("aside"), ArrivalId).ok();
            if let Some(aside) = aside {
                app.put_aside(aside, me);
            }
            let waiting = visit.read(|register| queue(visit, register, Part::Waiting))?;
            let waiting = waiting.rows.iter().map(|queued| queued.arrival);
            let mut open = waiting
                .clone()
                .filter(|id| app.called(*id, me) == Called::Here);
            if let Some(open) = open.next() {
                return Ok(see_other(&format!("/arrivals/{open}?call=still")));
            }
            let mut others = waiting.clone().filter(|id| Some(*id) != aside);
            let next = waiting
                .clone()
                .find(|id| app.call(*id, me))
                .or_else(|| others.find(|id| app.call_again(*id, me)));
            Ok(see_other(&next.map_or_else(
                || "/desk?call=none".to_owned(),
                |next| format!("/arrivals/{next}"),
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
            if code.is_empty() {
                return Ok(see_other("/desk"));
            }
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
pub(crate) fn by_number(visit: &Visit, text: &str) -> Result<Option<ArrivalId>, Failure> {
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

/// Cards that were made together: by one form, so many.
struct Batch {
    request: Uuid,
    people: u32,
}

impl Batch {
    fn read(typed: &Typed) -> Result<Self, Failure> {
        Ok(Self {
            request: id(typed.get("met"), |id| id)?,
            people: typed.read("people").unwrap_or(1).min(CARDS_MAX),
        })
    }

    fn address(&self) -> String {
        format!("/cards?met={}&people={}", self.request, self.people)
    }

    /// Those that still count, each with its number in the batch.
    fn arrivals(&self, visit: &Visit) -> Result<Vec<(u32, Arrival)>, Failure> {
        visit.read(|register| {
            let mut arrivals = Vec::new();
            for n in 0..self.people {
                let id = ArrivalId(made_by(self.request, FIRST_MET + n));
                arrivals.extend(register.arrival(id)?.map(|arrival| (n, arrival)));
            }
            arrivals.retain(|(_, arrival)| arrival.withdrawn_at.is_none());
            Ok(arrivals)
        })
    }
}

/// Nobody was registered with this card, received anything on it, or left.
fn unused(arrival: &Arrival) -> bool {
    arrival.registration.is_none() && !arrival.something_given() && arrival.left_at.is_none()
}

/// The cards of people who were just met, to print and hand out.
pub(crate) async fn cards(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            let batch = Batch::read(&visit.guest.query)?;
            cards_page(visit, &batch, &Typed::default(), None)
        })
        .await
}

fn cards_page(
    visit: &Visit,
    batch: &Batch,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Register])?;
    let t = visit.t();
    let arrivals = batch.arrivals(visit)?;
    let mut cards = Vec::new();
    for (_, arrival) in &arrivals {
        let movement = visit.read(|register| Ok(register.movement(arrival.movement)?))?;
        cards.push(handout(visit, arrival, movement.as_ref(), None));
    }
    let title = say!(
        t,
        "cards-title",
        count = i64::try_from(cards.len()).unwrap_or(0)
    );
    let content = html! {
        div.title.no-print {
            div { h1 { (title) } p.muted { (say!(t, "cards-hint")) } }
            p.actions {
                button.primary type="button" data-print hidden { (say!(t, "cards-print")) }
                a.button href="/desk" { (say!(t, "cards-to-desk")) }
            }
        }
        (mistaken(visit, batch, &arrivals, Filled::new(t, typed, complaint)))
        div.cards-sheet { @for card in &cards { (card) } }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Desk, &title, content),
        complaint,
    ))
}

/// Taking back the cards of a batch that nobody used; folded away, because it is rare.
fn mistaken(
    visit: &Visit,
    batch: &Batch,
    arrivals: &[(u32, Arrival)],
    filled: Filled<'_>,
) -> Markup {
    let t = visit.t();
    let count = arrivals
        .iter()
        .filter(|(_, arrival)| unused(arrival))
        .count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    html! {
        @if count > 0 {
            section.card.no-print {
                details.more open[filled.complaint.is_some()] { summary { (say!(t, "cards-mistake")) }
                    @if visit.may(P::DecideExceptions) {
                        (layout::form(visit, "/desk/withdraw", html! {
                            div.stack {
                                (filled.summary())
                                input type="hidden" name="met" value=(batch.request);
                                input type="hidden" name="people" value=(batch.people);
                                p { (say!(t, "cards-withdraw-text", count = count)) }
                                (filled.text("reason", say!(t, "reason")).required())
                                button.danger { (say!(t, "cards-withdraw", count = count)) }
                            }
                        }))
                    } @else {
                        div { p { (say!(t, "cards-withdraw-ask")) } p { code { (batch.address()) } } }
                    }
                }
            }
        }
    }
}

/// Withdraws the cards of a batch that nobody used, each as a mistake of its own.
pub(crate) async fn withdraw(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::DecideExceptions])?;
            let batch = Batch::read(typed)?;
            let mut said = Said::Already;
            for (n, arrival) in batch.arrivals(visit)? {
                if !unused(&arrival) {
                    continue;
                }
                let command = Command::WithdrawArrival {
                    arrival: arrival.id,
                    reason: typed.get("reason").to_owned(),
                };
                match visit.execute_part(typed, FIRST_MET + n, command) {
                    Ok(done) => said = done,
                    Err(Trouble::Refused(complaint)) => {
                        return cards_page(visit, &batch, typed, Some(&complaint));
                    }
                    Err(Trouble::Failed(failure)) => return Err(failure),
                }
            }
            Ok(visit.go(&batch.address(), said))
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
