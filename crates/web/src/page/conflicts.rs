//! What was written differently at two places: every value with who wrote it and when, and a button
//! beside each with which somebody who sees them all lets one stand. The other stays in the history.
//!
//! The address of the page names nobody, and what is sealed is shown to nobody who may not edit it.

mod value;

use axum::Form;
use axum::response::Response;
use domain::{
    About, Choosing, Command, Conflict, Entries, Entry, Field, MovementId, Order, PersonId,
    queue_label,
};
use maud::{Markup, html};
use uuid::Uuid;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::visit::{Guest, Trouble, Visit};

type Posted = Form<Vec<(String, String)>>;

/// Everything that waits for somebody to choose.
pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

/// Lets one value stand.
pub(crate) async fn choose(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            let command = chosen(typed).ok_or(Failure::NotFound)?;
            let back = back(typed);
            match visit.execute(typed, command) {
                Ok(said) => Ok(visit.go(&back, said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// The same for programs: which fields, whose values, where they are in the log; never what they say.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            let found = waiting(visit)?;
            let listed: Vec<_> = found
                .iter()
                .map(|conflict| {
                    let stand = conflict.stand.iter();
                    let stand: Vec<_> = stand
                        .map(|stands| {
                            serde_json::json!({
                                "by": stands.by, "at": stands.at.to_string(),
                                "node": stands.order.node, "position": stands.order.position,
                            })
                        })
                        .collect();
                    serde_json::json!({
                        "about": conflict.about, "field": conflict.field.code(), "stand": stand,
                    })
                })
                .collect();
            Ok(axum::response::IntoResponse::into_response((
                [(axum::http::header::CACHE_CONTROL, "no-store")],
                axum::Json(serde_json::json!({ "conflicts": listed })),
            )))
        })
        .await
}

fn chosen(typed: &Typed) -> Option<Command> {
    Some(Command::Choose(Box::new(Choosing {
        about: typed.read("about")?,
        field: Field::from_code(typed.get("field"))?,
        chosen: read_order(typed.get("chosen"))?,
        seen: typed
            .all("seen")
            .map(read_order)
            .collect::<Option<Vec<_>>>()?,
    })))
}

/// The page of what was chosen for, as far as it has one.
fn back(typed: &Typed) -> String {
    let about = Field::from_code(typed.get("field")).map(Field::about);
    match (typed.ticked("there"), about, typed.read::<Uuid>("about")) {
        (true, Some(about), Some(id)) => address(about, id),
        _ => "/conflicts".to_owned(),
    }
}

/// Where something is shown.
fn address(about: About, id: Uuid) -> String {
    let id = id.as_simple();
    match about {
        About::Person => format!("/people/{id}"),
        About::Movement => format!("/movements/{id}"),
        About::Arrival => format!("/arrivals/{id}"),
        About::Line => format!("/lines/{id}"),
        About::Site => format!("/sites/{id}"),
        About::User | About::Item | About::Package | About::LegalBasis | About::Office => {
            "/settings".to_owned()
        }
        About::Incident | About::Access => "/danger".to_owned(),
        About::Service | About::Referral => "/referrals".to_owned(),
        About::Pathway => "/pathways".to_owned(),
        About::Feedback => "/feedback".to_owned(),
        About::Booklet => "/paper".to_owned(),
    }
}

/// Conflicts that this person may decide.
fn waiting(visit: &Visit) -> Result<Vec<register::conflicts::InConflict>, Failure> {
    let mut found = visit.read(|register| Ok(register.conflicts()?))?;
    found.retain(|conflict| visit.may(conflict.field.permission()));
    Ok(found)
}

/// The line of the board: how many wait for this person, and where.
pub(crate) fn on_the_board(visit: &Visit, count: usize) -> Markup {
    let t = visit.t();
    html! {
        li {
            span.grow { (say!(t, "conflicts-board", count = count)) }
            a.button href="/conflicts" { (say!(t, "conflict-open")) }
        }
    }
}

/// How many wait for this person.
pub(crate) fn number(visit: &Visit) -> Result<usize, Failure> {
    Ok(waiting(visit)?.len())
}

/// How many of the things that a page lists wait for this person, and where; nothing where none does.
pub(crate) fn among(visit: &Visit, listed: &[About]) -> Result<Markup, Failure> {
    let mut found = waiting(visit)?;
    found.retain(|conflict| listed.contains(&conflict.field.about()));
    let t = visit.t();
    Ok(html! {
        @if !found.is_empty() {
            (notice(Tone::Risk, html! {
                (say!(t, "conflicts-board", count = found.len())) " "
                a href="/conflicts" { (say!(t, "conflict-open")) }
            }))
        }
    })
}

/// What stands twice in the fields of one thing, on its own page; nothing where nothing does.
pub(crate) fn of(visit: &Visit, about: Uuid) -> Result<Markup, Failure> {
    let fields = visit.read(|register| Ok(register.conflicts_of(about)?))?;
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|field| visit.may(field.permission()))
        .collect();
    if fields.is_empty() {
        return Ok(Markup::default());
    }
    let t = visit.t();
    let conflicts = read(visit, about, &fields)?;
    Ok(html! {
        section.card {
            h2 { (say!(t, "conflicts-title")) }
            (notice(Tone::Risk, say!(t, "conflicts-lead")))
            @for conflict in &conflicts { (one(visit, about, conflict, Shown::OnItsPage)?) }
        }
    })
}

/// Who was entered for a movement at one node while another closed it; nothing where nobody was.
pub(crate) fn after_closing(visit: &Visit, movement: MovementId) -> Result<Markup, Failure> {
    let late = visit.read(|register| Ok(register.after_closing(movement)?))?;
    let t = visit.t();
    Ok(html! {
        @if !late.is_empty() {
            (notice(Tone::Wait, html! {
                strong { (say!(t, "after-closing", count = late.len())) }
                p { @for entry in &late {
                    a href={ "/arrivals/" (entry.arrival) } { (queue_label(entry.queue)) } " "
                } }
            }))
        }
    })
}

/// Where a conflict is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    OnItsPage,
    InTheList,
}

/// The values themselves, out of the events.
fn read(visit: &Visit, about: Uuid, fields: &[Field]) -> Result<Vec<Conflict>, Failure> {
    let history = visit.guest.app.node.events(about)?;
    let entries = Entries::of(&history);
    let fields = fields.iter();
    Ok(fields
        .filter_map(|field| entries.conflict(*field))
        .collect())
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    let t = visit.t();
    let found = waiting(visit)?;
    let mut abouts: Vec<(About, Uuid)> = found
        .iter()
        .map(|conflict| (conflict.field.about(), conflict.about))
        .collect();
    abouts.dedup();
    let mut cards = Vec::with_capacity(abouts.len());
    for (about, id) in abouts {
        let fields: Vec<_> = found
            .iter()
            .filter(|conflict| conflict.about == id)
            .map(|conflict| conflict.field)
            .collect();
        let title = named(visit, about, id)?;
        let conflicts = read(visit, id, &fields)?;
        let each = conflicts
            .iter()
            .map(|conflict| one(visit, id, conflict, Shown::InTheList))
            .collect::<Result<Vec<_>, _>>()?;
        cards.push(card(title, html! { @for one in each { (one) } }));
    }
    let content = html! {
        div.title { div { h1 { (say!(t, "conflicts-title")) } p.muted { (say!(t, "conflicts-lead")) } } }
        (Filled::new(t, typed, complaint).summary())
        @if cards.is_empty() { p.muted { (say!(t, "conflicts-none")) } }
        @for card in cards { (card) }
    };
    let page = layout::page(visit, Place::Board, &say!(t, "conflicts-title"), content);
    Ok(layout::refused(page, complaint))
}

/// What a conflict is about, as a link to its page.
fn named(visit: &Visit, about: About, id: Uuid) -> Result<Markup, Failure> {
    let t = visit.t();
    let kind = t.word("conflict-about", about.code());
    let name = visit.read(|register| {
        Ok(match about {
            About::Person => register
                .named(&[PersonId(id)])?
                .pop()
                .and_then(|named| named.name),
            About::Movement => {
                let found = domain::Known::movement(register, domain::MovementId(id))?;
                found.map(|movement| crate::page::movement::name(visit, &movement))
            }
            About::Site => Some(visit.site_name(domain::SiteId(id))),
            About::User => Some(visit.staff_name(register, domain::UserId(id))?),
            About::Arrival => {
                let found = domain::Known::arrival(register, domain::ArrivalId(id))?;
                found.map(|arrival| arrival.queue_label())
            }
            _ => None,
        })
    })?;
    let text = name.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}"));
    Ok(html! { a href=(address(about, id)) { (text) } })
}

fn one(visit: &Visit, about: Uuid, conflict: &Conflict, shown: Shown) -> Result<Markup, Failure> {
    let t = visit.t();
    let mut rows = Vec::with_capacity(conflict.entries.len());
    for entry in &conflict.entries {
        let by = visit.read(|register| visit.staff_name(register, entry.by))?;
        let written = say!(
            t,
            "conflict-by",
            name = by,
            at = visit.clock.full(entry.order.recorded_at())
        );
        rows.push((
            entry,
            written,
            value::value(visit, conflict.field, &entry.value)?,
        ));
    }
    let label = t.word("conflict-field", &conflict.field.code().replace('.', "-"));
    Ok(html! {
        h3 { (label) " " (tag(Tone::Risk, say!(t, "conflict-values", count = rows.len()))) }
        ul.rows { @for (entry, written, value) in &rows {
            li {
                div.grow { div.strong { (value) } p.small.muted { (written) } }
                (button(visit, about, conflict, entry, shown))
            }
        } }
    })
}

fn button(visit: &Visit, about: Uuid, conflict: &Conflict, entry: &Entry, shown: Shown) -> Markup {
    layout::form(
        visit,
        "/conflicts",
        html! {
            input type="hidden" name="about" value=(about);
            input type="hidden" name="field" value=(conflict.field.code());
            input type="hidden" name="chosen" value=(order_text(&entry.order));
            @for seen in &conflict.entries { input type="hidden" name="seen" value=(order_text(&seen.order)); }
            @if shown == Shown::OnItsPage { input type="hidden" name="there" value="1"; }
            button { (say!(visit.t(), "conflict-choose")) }
        },
    )
}

/// A place in the total order as it stands in a form.
pub(crate) fn order_text(order: &Order) -> String {
    use std::fmt::Write as _;
    let mut key = String::with_capacity(64);
    for byte in order.node.0 {
        write!(key, "{byte:02x}").expect("writing to a string cannot fail");
    }
    format!(
        "{}-{}-{key}-{}",
        order.wall_ms, order.counter, order.position
    )
}

/// A place in the total order out of a form.
pub(crate) fn read_order(text: &str) -> Option<Order> {
    let mut parts = text.split('-');
    let (wall_ms, counter) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let key = parts.next()?;
    if key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut node = [0_u8; 32];
    for (place, byte) in node.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&key[2 * place..2 * place + 2], 16).ok()?;
    }
    let position = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some(Order {
        wall_ms,
        counter,
        node: domain::NodeKey(node),
        position,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_log_is_read_back_from_a_form_and_nonsense_is_not() {
        let order = Order {
            wall_ms: 1_632_320_400_000,
            counter: 7,
            node: domain::NodeKey([0xab; 32]),
            position: 12,
        };
        assert_eq!(read_order(&order_text(&order)), Some(order));
        for nonsense in ["", "-", "1-2-3-4", "é-1-2-3", &"é".repeat(80)] {
            assert_eq!(read_order(nonsense), None);
        }
    }
}
