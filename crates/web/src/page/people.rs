//! People: finding somebody, and all that is known of one, with its history: who wrote what when.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Command, Edit, Entries, Event, Known, LinkId, Order, Particulars, Permission as P, PersonId,
    body, queue_label,
};
use maud::{Markup, html};
use register::people::{Because, Found, PersonDetail, Search};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::movement::name;
use crate::page::{conflicts, pathways};
use crate::particulars;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

const FOUND_MAX: u32 = 50;
const FOUND_TO_LINK_MAX: u32 = 8;

fn find(visit: &Visit, text: &str, limit: u32) -> Result<(Vec<Found>, bool), Failure> {
    let site = visit.here()?;
    if text.is_empty() {
        return Ok((Vec::new(), false));
    }
    let since = site.span_of(site.day_of(visit.now)).0;
    let search = Search {
        text,
        site: site.id,
        since,
        limit,
    };
    let result = visit.read(|register| Ok(register.search(&search)?))?;
    Ok((result.found, result.more))
}

/// The search asks with POST, so that no name ever stands in an address or a log.
pub(crate) async fn search(guest: Guest) -> Response {
    guest
        .visit(|visit| search_page(visit, visit.asked().unwrap_or_default().get("text")))
        .await
}

pub(crate) async fn found(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::SeePeople])?;
            Ok(visit.ask("/people", typed))
        })
        .await
}

fn search_page(visit: &Visit, text: &str) -> Result<Response, Failure> {
    visit.need(&[P::SeePeople])?;
    let t = visit.t();
    let (found, more) = find(visit, text, FOUND_MAX)?;
    let typed = Typed::default().with("text", text);
    let filled = Filled::new(t, &typed, None);
    let today = visit.clock.day(visit.now);
    let content = html! {
        h1 { (say!(t, "people-title")) }
        section.card {
            (layout::form(visit, "/people", html! {
                div.form.inline {
                    (filled.text("text", say!(t, "people-search")).focus())
                    button.primary { (say!(t, "who-find-do")) }
                }
                p.hint { (say!(t, "people-search-hint")) }
            }))
        }
        @if !text.is_empty() {
            section.card {
                h2 { (say!(t, "people-found", count = i64::try_from(found.len()).unwrap_or(0))) }
                @if found.is_empty() { p.muted { (say!(t, "people-nobody")) } }
                ul.rows { @for found in &found { li { (row(visit, found, today)) } } }
                @if more { p.small.muted { (say!(t, "people-more")) } }
            }
        }
    };
    Ok(layout::page(
        visit,
        Place::People,
        &say!(t, "people-title"),
        content,
    ))
}

fn row(visit: &Visit, found: &Found, today: jiff::civil::Date) -> Markup {
    let t = visit.t();
    let because = match found.because {
        Because::Card => say!(t, "because-card"),
        Because::Document => say!(t, "because-document"),
        Because::Queue => say!(t, "because-queue"),
        Because::Name | Because::NameBegins => say!(t, "because-name"),
    };
    let link = match (found.person, found.arrival) {
        (Some(person), _) => format!("/people/{person}"),
        (None, Some(arrival)) => format!("/arrivals/{arrival}"),
        (None, None) => "/people".to_owned(),
    };
    html! {
        div.grow {
            a.strong href=(link) { (found.particulars.as_ref().map_or_else(|| say!(t, "person-unnamed"), Particulars::full_name)) }
            " " span.muted { (found.particulars.as_ref().map(|who| particulars::short(t, who, today)).unwrap_or_default()) }
            p.small.muted {
                @if let Some(queue) = found.queue { (queue_label(queue)) " · " }
                @if let Some(at) = found.met_at { (say!(t, "known-met", at = visit.clock.full(at))) }
            }
        }
        (tag(Tone::Plain, because))
    }
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            let person = id(&text, PersonId)?;
            match visit.asked() {
                Some(asked) => page(visit, person, &asked, None, "find"),
                None => page(visit, person, &Typed::default(), None, ""),
            }
        })
        .await
}

pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let person = id(&text, PersonId)?;
            if action == "find" {
                return Ok(visit.ask(&format!("/people/{person}"), typed));
            }
            match act_on(visit, person, &action, typed) {
                Ok(said) => Ok(visit.go(&format!("/people/{person}"), said)),
                Err(Trouble::Refused(complaint)) if action == "correct" => {
                    correct_page(visit, person, typed, Some(&complaint))
                }
                Err(Trouble::Refused(complaint)) => {
                    page(visit, person, typed, Some(&complaint), &action)
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, person: PersonId, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let command = match action {
        "correct" => {
            let today = visit.clock.day(visit.now);
            let command = Command::CorrectPerson {
                person,
                particulars: Box::new(
                    particulars::read(visit.t(), typed, today).map_err(Trouble::Refused)?,
                ),
                reason: typed.get("reason").to_owned(),
                document_shared: typed.ticked("document_shared"),
            };
            let seen = typed.all("seen").filter_map(conflicts::read_order);
            let seen: Vec<_> = seen.collect();
            if seen.is_empty() {
                command
            } else {
                Command::EditUpon(Box::new(Edit { seen, command }))
            }
        }
        "link" => Command::LinkPersons {
            link: LinkId(made_by(
                typed.request().ok_or(Trouble::Failed(Failure::Stale))?,
                1,
            )),
            first: person,
            second: id(typed.get("other"), PersonId).map_err(Trouble::Failed)?,
        },
        "unlink" => Command::UnlinkPersons {
            link: id(typed.get("link"), LinkId).map_err(Trouble::Failed)?,
            reason: typed.get("reason").to_owned(),
        },
        "erase" if typed.ticked("sure") => Command::ErasePerson { person },
        "erase" => {
            let t = visit.t();
            return Err(Trouble::Refused(visit.complain(
                "sure",
                "not-sure",
                say!(t, "erase-tick"),
            )));
        }
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    };
    visit.execute(typed, command)
}

/// What an administrator may know of somebody: that they are on record, to erase them.
fn may_open(visit: &Visit) -> Result<(), Failure> {
    visit.need(&[P::SeePeople, P::Erase])
}

fn detail(visit: &Visit, person: PersonId) -> Result<PersonDetail, Failure> {
    visit.read(|register| register.person_detail(person)?.ok_or(Failure::NotFound))
}

fn page(
    visit: &Visit,
    person: PersonId,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    may_open(visit)?;
    let t = visit.t();
    let detail = detail(visit, person)?;
    let sees = visit.may(P::SeePeople);
    let today = visit.clock.day(visit.now);
    let who = detail.person.particulars.as_ref().filter(|_| sees);
    let title = who
        .map(Particulars::full_name)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| say!(t, "person-unnamed"));
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        div.title {
            h1 { (title) }
            @if visit.may(P::Refer) && !detail.person.erased {
                a.button href={ "/refer/" (person) } { (say!(t, "refer-title")) }
            }
            @if visit.may(P::Register) && !detail.person.erased {
                a.button href={ "/people/" (person) "/correct" } { (say!(t, "person-correct")) }
            }
        }
        (filled.summary())
        (conflicts::of(visit, person.0)?)
        @if detail.person.erased { (notice(Tone::Wait, say!(t, "person-erased"))) }
        div.cols {
            @if sees {
                (card(say!(t, "person-particulars"), html! {
                    @match who { Some(who) => (particulars::facts(t, &visit.clock, who, today)), None => p.muted { (say!(t, "who-nothing")) } }
                }))
            }
            (card(say!(t, "person-arrivals"), arrivals(visit, &detail)))
            @if sees { (card(say!(t, "person-history"), history(visit, &detail, today)?)) }
            @if sees { (card(say!(t, "family-title"), family(visit, &detail)?)) }
            @if !detail.person.erased { (pathways::theirs::of_person(visit, person)?) }
            @if visit.may(P::Link) { (card(say!(t, "link-title"), links(visit, &detail, filled, action)?)) }
            @if visit.may(P::Erase) && !detail.person.erased { (erase(visit, person, filled)) }
            @else if visit.may(P::DecideExceptions) && !detail.person.erased { (ask_to_erase(visit, &detail)) }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::People, &say!(t, "person-title"), content),
        complaint,
    ))
}

/// Cards and numbers of somebody; what was given on them for those who see people: whoever erases
/// needs no more than to know that it is the card they were told.
fn arrivals(visit: &Visit, detail: &PersonDetail) -> Markup {
    let t = visit.t();
    let sees = visit.may(P::SeePeople);
    html! {
        ul.rows { @for (arrival, movement) in &detail.arrivals {
            @let given: Vec<String> = arrival.entitlements.iter().filter(|entitlement| entitlement.redeemed.is_some()).map(|entitlement| t.of(&entitlement.item)).collect();
            li { div.grow {
                @if sees { a.strong href={ "/arrivals/" (arrival.id) } { (queue_label(arrival.queue)) @if let Some(movement) = movement { " · " (name(visit, movement)) } } }
                @else { b { (queue_label(arrival.queue)) } }
                p.small.muted { (say!(t, "arrival-met", at = visit.clock.full(arrival.met_at))) " · " (arrival.card) }
                @if !sees {}
                @else if given.is_empty() { p.small.muted { (say!(t, "person-nothing-given")) } }
                @else { p.small { (say!(t, "person-given", items = given.join(", "))) } }
            } }
        } }
    }
}

fn history(
    visit: &Visit,
    detail: &PersonDetail,
    today: jiff::civil::Date,
) -> Result<Markup, Failure> {
    let t = visit.t();
    let versions = visit.read(|register| {
        detail
            .versions
            .iter()
            .map(|version| Ok((visit.staff_name(register, version.by)?, version)))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    Ok(html! {
        @if versions.is_empty() { p.muted { (say!(t, "person-history-none")) } }
        ol.rows { @for (n, (by, version)) in versions.iter().enumerate() {
            li { details.more.grow {
                summary { (visit.clock.full(version.at)) " · " (by) " " (tag(Tone::Plain, if n == 0 { say!(t, "person-first") } else { say!(t, "person-corrected") })) }
                div {
                    @if let Some(reason) = &version.reason { p { (say!(t, "reason")) ": " (reason) } }
                    p.strong { (version.particulars.full_name()) }
                    (particulars::facts(t, &visit.clock, &version.particulars, today))
                }
            } }
        } }
    })
}

fn family(visit: &Visit, detail: &PersonDetail) -> Result<Markup, Failure> {
    let t = visit.t();
    let Some(family) = &detail.family else {
        return Ok(html! { p.muted { (say!(t, "family-none")) } });
    };
    let ids: Vec<PersonId> = family.members.iter().map(|member| member.person).collect();
    let named = visit.read(|register| Ok(register.named(&ids)?))?;
    Ok(html! {
        ul.rows { @for member in &family.members {
            @let name = named.iter().find(|named| named.person == member.person).and_then(|named| named.name.clone());
            li {
                span.grow { a href={ "/people/" (member.person) } { (name.unwrap_or_else(|| say!(t, "not-readable-here"))) } }
                @if let Some(relation) = &member.relation { (tag(Tone::Plain, t.of(relation))) }
            }
        } }
    })
}

fn links(
    visit: &Visit,
    detail: &PersonDetail,
    filled: Filled<'_>,
    action: &str,
) -> Result<Markup, Failure> {
    let t = visit.t();
    let me = detail.person.id;
    let path = |action: &str| format!("/people/{me}/{action}");
    let text = if action == "find" {
        filled.typed.get("text").to_owned()
    } else {
        String::new()
    };
    let (found, _) = find(visit, &text, FOUND_TO_LINK_MAX)?;
    let others: Vec<&Found> = found
        .iter()
        .filter(|found| found.person.is_some_and(|person| person != me))
        .collect();
    let ids: Vec<PersonId> = detail
        .links
        .iter()
        .map(|link| {
            if link.first == me {
                link.second
            } else {
                link.first
            }
        })
        .collect();
    let named = visit.read(|register| Ok(register.named(&ids)?))?;
    Ok(html! {
        @if detail.links.is_empty() { p.muted { (say!(t, "link-none")) } }
        ul.rows { @for link in &detail.links {
            @let other = if link.first == me { link.second } else { link.first };
            @let name = named.iter().find(|named| named.person == other).and_then(|named| named.name.clone());
            li {
                span.grow { a href={ "/people/" (other) } { (name.unwrap_or_else(|| say!(t, "not-readable-here"))) } }
                @if link.active {
                    (tag(Tone::Good, say!(t, "link-same")))
                    details.more { summary { (say!(t, "link-undo")) }
                        (layout::form(visit, &path("unlink"), html! {
                            input type="hidden" name="link" value=(link.id);
                            (filled.prefixed("unlink-").text("reason", say!(t, "reason")).required())
                            button.danger { (say!(t, "link-undo")) }
                        }))
                    }
                } @else { (tag(Tone::Plain, say!(t, "link-undone"))) }
            }
        } }
        hr;
        (layout::form(visit, &path("find"), html! {
            div.tight {
                label for="link-text" { (say!(t, "link-find")) }
                div.scan { div { input id="link-text" name="text" value=(text) autocomplete="off"; } button { (say!(t, "who-find-do")) } }
            }
        }))
        @if !text.is_empty() && others.is_empty() { p.muted { (say!(t, "people-nobody")) } }
        ul.rows { @for found in others {
            li {
                span.grow { (found.particulars.as_ref().map_or_else(|| say!(t, "not-readable-here"), Particulars::full_name)) }
                (layout::form(visit, &path("link"), html! {
                    input type="hidden" name="other" value=(found.person.map(|person| person.to_string()).unwrap_or_default());
                    button { (say!(t, "link-do")) }
                }))
            }
        } }
        p.small.muted { (say!(t, "known-undo")) }
    })
}

fn erase(visit: &Visit, person: PersonId, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    card(
        say!(t, "erase-title"),
        html! {
            details.more { summary { (say!(t, "erase-open")) }
                (layout::form(visit, &format!("/people/{person}/erase"), html! {
                    div.stack {
                        p { (say!(t, "erase-text")) }
                        (filled.check("sure", say!(t, "erase-sure")))
                        button.danger { (say!(t, "erase-do")) }
                    }
                }))
            }
        },
    )
}

/// Who erases, for those who may not, and what to tell them.
fn ask_to_erase(visit: &Visit, detail: &PersonDetail) -> Markup {
    let t = visit.t();
    let codes: Vec<_> = detail
        .arrivals
        .iter()
        .map(|(arrival, _)| arrival.card.to_string())
        .collect();
    card(
        say!(t, "erase-title"),
        html! { p { (say!(t, "erase-ask", codes = codes.join(", "))) } },
    )
}

pub(crate) async fn correct(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            let person = id(&text, PersonId)?;
            let known = visit.read(|register| register.person(person)?.ok_or(Failure::NotFound))?;
            let typed = known
                .particulars
                .as_ref()
                .map(particulars::filled_from)
                .unwrap_or_default();
            let typed = seen(visit, person)?
                .into_iter()
                .fold(typed, |typed, order| {
                    typed.with("seen", conflicts::order_text(&order))
                });
            correct_page(visit, person, &typed, None)
        })
        .await
}

/// The entries that the form shows: a correction replaces these, and not what somebody wrote since.
fn seen(visit: &Visit, person: PersonId) -> Result<Vec<Order>, Failure> {
    let history = visit.guest.app.node.events(person.0)?;
    let corrected = Event::from(body::PersonCorrected { person });
    Ok(Entries::of(&history).upon(&corrected))
}

/// The address of the page is one of its own, and so is that of its form.
pub(crate) async fn corrected(guest: Guest, Path(text): Path<String>, form: Posted) -> Response {
    act(guest, Path((text, "correct".to_owned())), form).await
}

fn correct_page(
    visit: &Visit,
    person: PersonId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Register])?;
    let t = visit.t();
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        h1 { (say!(t, "person-correct")) }
        section.card {
            (layout::form(visit, &format!("/people/{person}/correct"), html! {
                div.stack {
                    (filled.summary())
                    @for seen in typed.all("seen") { input type="hidden" name="seen" value=(seen); }
                    (particulars::fields(filled))
                    (filled.text("reason", say!(t, "person-correct-reason")).required())
                    p.small.muted { (say!(t, "person-correct-hint")) }
                    p.actions { button.primary { (say!(t, "save")) } a.button href={ "/people/" (person) } { (say!(t, "back")) } }
                }
            }))
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::People, &say!(t, "person-correct"), content),
        complaint,
    ))
}
