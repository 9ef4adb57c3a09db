//! One person at the desk, from "who is this?" to "left": registered, family, screened, given what
//! is theirs, once. Each role sees and does only its part.

mod alike;
pub(crate) mod family;
pub(crate) mod giving;
pub(crate) mod screening;
pub(crate) mod who;
mod zone;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Arrival, ArrivalId, Command, Known, Movement, Permission as P, Priority, queue_label,
};
use maud::{Markup, html};
use register::people::PersonDetail;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::page::danger;
use crate::page::desk::{WORKERS, priority_tag, still_called, waiting_beside};
use crate::page::movement::name;
use crate::page::pathways;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// What the page is about.
pub(crate) struct AtDesk {
    pub arrival: Arrival,
    pub movement: Option<Movement>,
    /// The person, for those who may see who people are.
    pub person: Option<PersonDetail>,
    /// What was asked on the page: whom to look for. Names never stand in an address.
    pub asked: Typed,
}

impl AtDesk {
    pub fn read(visit: &Visit, id: ArrivalId, asked: Typed) -> Result<Self, Failure> {
        visit.read(|register| {
            let arrival = register.arrival(id)?.ok_or(Failure::NotFound)?;
            let movement = register.movement(arrival.movement)?;
            let person = match arrival.person().filter(|_| visit.may(P::SeePeople)) {
                Some(person) => register.person_detail(person)?,
                None => None,
            };
            Ok(Self {
                arrival,
                movement,
                person,
                asked,
            })
        })
    }

    /// The address of something done with this arrival.
    pub fn path(&self, action: &str) -> String {
        format!("/arrivals/{}/{action}", self.arrival.id)
    }

    /// Only what happens at the site one works at can be changed.
    pub fn is_here(&self, visit: &Visit) -> bool {
        visit
            .site
            .as_ref()
            .is_some_and(|site| site.id == self.arrival.site)
    }

    pub fn landed(&self) -> bool {
        self.movement
            .as_ref()
            .is_some_and(|movement| movement.stage == domain::Stage::Landed)
    }
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            let arrival = id(&text, ArrivalId)?;
            match visit.asked() {
                Some(asked) => page(visit, arrival, &asked, None, "find"),
                None => page(visit, arrival, &Typed::default(), None, ""),
            }
        })
        .await
}

/// Something done for the person; its name is part of the address.
pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let arrival = id(&text, ArrivalId)?;
            visit.need(
                WORKERS
                    .iter()
                    .chain(&[P::DecideExceptions])
                    .copied()
                    .collect::<Vec<_>>()
                    .as_slice(),
            )?;
            let place = action.as_str();
            if place == "alike" {
                return alike::fragment(visit, arrival, typed);
            }
            if place == "find" {
                return Ok(visit.ask(&format!("/arrivals/{arrival}"), typed));
            }
            match act_on(visit, arrival, place, typed) {
                Ok(said) => Ok(visit.go(&format!("/arrivals/{arrival}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    page(visit, arrival, typed, Some(&complaint), place)
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, arrival: ArrivalId, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    match action {
        "register" | "known" | "decline" => who::register(visit, arrival, action, typed),
        "flag" => {
            let priority = Priority::from_code(typed.get("priority"))
                .ok_or(Trouble::Failed(Failure::NotFound))?;
            visit.execute(typed, Command::Flag { arrival, priority })
        }
        "line" => who::correct_line(visit, arrival, typed),
        "join" | "leave-family" => family::act(visit, arrival, action, typed),
        "screen" | "note" => screening::act(visit, arrival, action, typed),
        "give" | "void" | "waive" | "grant" => giving::act(visit, arrival, action, typed),
        "withdraw" => {
            let reason = typed.get("reason").to_owned();
            visit.execute(typed, Command::WithdrawArrival { arrival, reason })
        }
        "leave" => visit.execute(typed, Command::Leave { arrival }),
        _ => Err(Trouble::Failed(Failure::NotFound)),
    }
}

fn page(
    visit: &Visit,
    arrival: ArrivalId,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(
        WORKERS
            .iter()
            .chain(&[P::DecideExceptions])
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
    )?;
    let t = visit.t();
    let asked = if action == "find" {
        typed.clone()
    } else {
        Typed::default()
    };
    let desk = AtDesk::read(visit, arrival, asked)?;
    let registered = desk.arrival.registration.is_some();
    let label = queue_label(desk.arrival.queue);
    // What was typed comes back in the form it was typed into, and in no other.
    let nothing = Typed::default();
    let filled = |own: &[&str]| {
        if own.contains(&action) {
            Filled::new(t, typed, complaint)
        } else {
            Filled::new(t, &nothing, None)
        }
    };
    let waiting = if visit.may(P::Register) {
        Some(waiting_beside(visit, arrival)?)
    } else {
        None
    };
    let aside = if desk.arrival.withdrawn_at.is_some() {
        None
    } else if visit.may(P::SeePeople) && !registered && visit.may(P::Register) {
        let of_form = if action == "register" {
            typed
        } else {
            &nothing
        };
        Some(who::known(visit, &desk, filled(&["known"]), of_form)?)
    } else if registered && visit.may(P::SeePeople) {
        Some(family::aside(
            visit,
            &desk,
            filled(&["join", "leave-family"]),
        )?)
    } else {
        None
    };
    let middle = html! {
        section.card { (head(visit, &desk, &label)) }
        (still_called(visit, &desk.arrival))
        @if !desk.is_here(visit) { (notice(Tone::Wait, say!(t, "arrival-elsewhere", site = visit.site_name(desk.arrival.site)))) }
        (layout_complaint(t, action, complaint))
        (crate::page::conflicts::of(visit, arrival.0)?)
        @if desk.arrival.withdrawn_at.is_some() { (notice(Tone::Wait, say!(t, "refusal-withdrawn"))) }
        @else {
            @if !registered && visit.may(P::Register) { (who::form(visit, &desk, filled(&["register", "decline"]))?) }
            @if registered && visit.may(P::SeePeople) { (who::registered(visit, &desk)) }
            (giving::section(visit, &desk, filled(&["give", "void", "waive", "grant"]))?)
            @if registered { (screening::section(visit, &desk, filled(&["screen", "note"]))?) }
            @if let Some(detail) = desk.person.as_ref().filter(|_| registered) { (pathways::theirs::of_person(visit, detail.person.id)?) }
            (way_on(visit, &desk)?)
            @if visit.may(P::Register) { (end(visit, &desk)) }
            @if visit.may(P::DecideExceptions) && desk.landed() && desk.is_here(visit) { (withdraw(visit, &desk, filled(&["withdraw"]))) }
        }
    };
    let class = match (waiting.is_some(), aside.is_some()) {
        (true, true) => "desk at-work",
        (true, false) => "desk at-work two",
        (false, _) => "desk at-work beside",
    };
    let content = html! {
        @if waiting.is_some() || aside.is_some() {
            div class=(class) {
                @if let Some(waiting) = &waiting { (waiting) }
                div.stack { (middle) }
                @if let Some(aside) = &aside { (aside) }
            }
        } @else { div.stack { (middle) } }
    };
    let response = layout::page(visit, Place::Desk, &label, content);
    Ok(layout::refused(response, complaint))
}

/// A refusal of an action without fields of its own stands at the top.
fn layout_complaint(
    t: crate::catalogue::Texts,
    action: &str,
    complaint: Option<&Complaint>,
) -> Markup {
    let typed = Typed::default();
    if ["flag", "leave", "line"].contains(&action) {
        Filled::new(t, &typed, complaint).summary()
    } else {
        Markup::default()
    }
}

fn head(visit: &Visit, desk: &AtDesk, label: &str) -> Markup {
    let t = visit.t();
    let arrival = &desk.arrival;
    let who = desk
        .person
        .as_ref()
        .and_then(|detail| detail.person.particulars.as_ref())
        .map(domain::Particulars::full_name);
    html! {
        div.title {
            div {
                h1 { (label) @if let Some(who) = who.filter(|who| !who.is_empty()) { " · " (who) } }
                p.muted {
                    @if let Some(movement) = &desk.movement {
                        @if visit.may_any(crate::page::movements::READERS) { a href={ "/movements/" (movement.id) } { (name(visit, movement)) } } @else { (name(visit, movement)) }
                        " · "
                    }
                    (say!(t, "arrival-met", at = visit.clock.near(arrival.met_at, visit.now)))
                    " · " (arrival.card)
                }
            }
            @if let Some(at) = arrival.left_at { (tag(Tone::Plain, say!(t, "arrival-left", at = visit.clock.near(at, visit.now)))) }
        }
        p.tags {
            @if arrival.flagged { (priority_tag(visit, arrival.priority)) }
            @match &arrival.registration {
                None if arrival.withdrawn_at.is_some() => (tag(Tone::Plain, say!(t, "arrival-withdrawn"))),
                None => (tag(Tone::Wait, say!(t, "arrival-not-registered"))),
                Some(registration) => {
                    @if registration.declined { (tag(Tone::Plain, say!(t, "arrival-declined"))) }
                    @if registration.line.is_none() { (tag(Tone::Calm, say!(t, "arrival-unlisted"))) }
                }
            }
            @if arrival.screened_at.is_some() { (tag(Tone::Good, say!(t, "arrival-screened"))) }
            @if visit.may(P::SeeScreening) && arrival.screening.as_ref().is_some_and(|screening| screening.protection_concern) {
                (tag(Tone::Risk, say!(t, "arrival-concern")))
            }
        }
    }
}

/// Whether somebody who has not left yet can go where they want to.
fn way_on(visit: &Visit, desk: &AtDesk) -> Result<Markup, Failure> {
    let particulars = desk.person.as_ref();
    let particulars = particulars.and_then(|detail| detail.person.particulars.as_ref());
    let to = particulars.and_then(|particulars| particulars.destination.as_ref());
    match to.filter(|_| desk.arrival.left_at.is_none()) {
        Some(area) => danger::of_the_way(visit, area),
        None => Ok(Markup::default()),
    }
}

/// The end of a visit to the desk: called first, left, the next.
fn end(visit: &Visit, desk: &AtDesk) -> Markup {
    let t = visit.t();
    let arrival = &desk.arrival;
    card(
        say!(t, "arrival-next-title"),
        html! {
            div.actions {
                (layout::form(visit, "/desk/next", html! { button.primary { (say!(t, "desk-next")) } }))
                @if arrival.left_at.is_none() {
                    (layout::form(visit, &desk.path("leave"), html! { button { (say!(t, "arrival-leave")) } }))
                }
                a.button href={ "/arrivals/" (arrival.id) "/card" } { (say!(t, "arrival-card")) }
            }
            @if arrival.registration.is_none() {
                details.more { summary { (say!(t, "arrival-flag")) }
                    div.actions {
                        @for priority in Priority::ALL {
                            (layout::form(visit, &desk.path("flag"), html! { button name="priority" value=(priority.code()) { (t.of(&priority)) } }))
                        }
                    }
                }
            }
        },
    )
}

/// Taking back what was met or registered by mistake; folded away, because it is rare.
fn withdraw(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let wrong = filled.complaint.is_some();
    html! {
        details.more open[wrong] { summary { (say!(t, "arrival-withdraw")) }
            (layout::form(visit, &desk.path("withdraw"), html! {
                div.stack {
                    (filled.summary())
                    p { (say!(t, "arrival-withdraw-text")) }
                    (filled.prefixed("withdraw-").text("reason", say!(t, "reason")).required())
                    button.danger { (say!(t, "arrival-withdraw-do")) }
                }
            }))
        }
    }
}

/// The card again, for somebody who lost it; the name stands on it only if asked for.
pub(crate) async fn print(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::Register])?;
            let t = visit.t();
            let desk = AtDesk::read(visit, id(&text, ArrivalId)?, Typed::default())?;
            let with_name = visit.guest.query.ticked("name");
            let who = desk.person.as_ref().and_then(|detail| detail.person.particulars.as_ref());
            let who = who.map(domain::Particulars::full_name).filter(|_| with_name);
            let path = format!("/arrivals/{}", desk.arrival.id);
            let content = html! {
                div.title.no-print {
                    h1 { (say!(t, "arrival-card")) }
                    p.actions {
                        button.primary type="button" data-print hidden { (say!(t, "cards-print")) }
                        @if with_name { a.button href={ (path) "/card" } { (say!(t, "card-without-name")) } }
                        @else { a.button href={ (path) "/card?name=yes" } { (say!(t, "card-with-name")) } }
                        a.button href=(path) { (say!(t, "back")) }
                    }
                }
                div.cards-sheet { (crate::page::desk::handout(visit, &desk.arrival, desk.movement.as_ref(), who.as_deref())) }
            };
            Ok(layout::page(visit, Place::Desk, &say!(t, "arrival-card"), content))
        })
        .await
}
