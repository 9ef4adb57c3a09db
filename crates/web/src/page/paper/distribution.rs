//! The distribution list of a movement: one line for each thing given, as the ledger has it, with
//! room for a signature or a thumb; and the same for what is still to be given, to work on paper.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use domain::{
    CardCode, Event, ItemCode, Known, Moment, MovementId, Permission as P, Quantity, UserId,
    queue_label,
};
use maud::html;

use crate::catalogue::say;
use crate::component::{Tone, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::page::movement::name;
use crate::visit::{Guest, Visit, id};

struct Line {
    queue: u32,
    card: CardCode,
    who: Option<String>,
    item: ItemCode,
    quantity: Quantity,
    given: Option<(Moment, UserId)>,
}

pub(crate) async fn list(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| page(visit, id(&text, MovementId)?))
        .await
}

fn lines(visit: &Visit, movement: MovementId, open: bool) -> Result<Vec<Line>, Failure> {
    let names = visit.may(P::SeePeople) && visit.guest.query.ticked("name");
    visit.read(|register| {
        let mut lines = Vec::new();
        for id in register.met_of(movement)? {
            let Some(arrival) = register.arrival(id)? else {
                continue;
            };
            let who = match arrival.person().filter(|_| names) {
                Some(person) => register.named(&[person])?.pop().and_then(|who| who.name),
                None => None,
            };
            for entitlement in &arrival.entitlements {
                let line = |given| Line {
                    queue: arrival.queue,
                    card: arrival.card,
                    who: who.clone(),
                    item: entitlement.item.clone(),
                    quantity: entitlement.quantity,
                    given,
                };
                if open {
                    // A card that was a mistake is owed nothing.
                    if entitlement.redeemed.is_none() && arrival.withdrawn_at.is_none() {
                        lines.push(line(None));
                    }
                    continue;
                }
                let times = entitlement.redeemed.iter().chain(&entitlement.disputed);
                lines.extend(times.map(|given| line(Some((given.at, given.by)))));
            }
        }
        Ok(lines)
    })
}

fn totals(lines: &[Line]) -> BTreeMap<ItemCode, (i64, i64)> {
    let mut totals: BTreeMap<ItemCode, (i64, i64)> = BTreeMap::new();
    for line in lines {
        let total = totals.entry(line.item.clone()).or_default();
        total.0 += 1;
        total.1 += i64::from(line.quantity);
    }
    totals
}

/// The same, counted from the events of the ledger and not from rows: the two have to agree.
fn in_ledger(
    visit: &Visit,
    movement: MovementId,
) -> Result<BTreeMap<ItemCode, (i64, i64)>, Failure> {
    let arrivals = visit.read(|register| Ok(register.met_of(movement)?))?;
    let mut totals: BTreeMap<ItemCode, (i64, i64)> = BTreeMap::new();
    for arrival in arrivals {
        for recorded in visit.guest.app.node.events(arrival.0)? {
            let (item, lines, quantity) = match recorded.event {
                Event::EntitlementRedeemed(given) => (given.item, 1, i64::from(given.quantity)),
                Event::RedemptionVoided(void) => (void.item, -1, -i64::from(void.quantity)),
                _ => continue,
            };
            let total = totals.entry(item).or_default();
            total.0 += lines;
            total.1 += quantity;
        }
    }
    totals.retain(|_, (lines, _)| *lines != 0);
    Ok(totals)
}

fn page(visit: &Visit, movement: MovementId) -> Result<Response, Failure> {
    visit.need(&[P::KeepPaper, P::ManageStock])?;
    let t = visit.t();
    let open = visit.guest.query.ticked("open");
    let named = visit.guest.query.ticked("name");
    let found = visit.read(|register| register.movement(movement)?.ok_or(Failure::NotFound))?;
    if found.destination != visit.here()?.id {
        return Err(Failure::NotFound);
    }
    let lines = lines(visit, movement, open)?;
    let totals = totals(&lines);
    let agrees = open || in_ledger(visit, movement)? == totals;
    let staff = visit.read(|register| {
        let mut staff = BTreeMap::new();
        for (_, by) in lines.iter().filter_map(|line| line.given) {
            if let std::collections::btree_map::Entry::Vacant(vacant) = staff.entry(by) {
                vacant.insert(visit.staff_name(register, by)?);
            }
        }
        Ok(staff)
    })?;
    let title = say!(t, "distribution-title");
    let path = format!("/paper/distribution/{movement}");
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let content = html! {
        (super::form::head(t, &title))
        p.actions.no-print {
            @if open { a.button href=(path) { (say!(t, "distribution-given")) } } @else { a.button href={ (path) "?open=yes" } { (say!(t, "distribution-open")) } }
            @if visit.may(P::SeePeople) && !named { a.button href={ (path) "?name=yes" @if open { "&open=yes" } } { (say!(t, "card-with-name")) } }
        }
        article.paper-sheet.wide {
            h1 { (title) " · " (name(visit, &found)) " · " (visit.site_name(found.destination)) }
            p.small { (say!(t, "distribution-as-of", at = visit.clock.full(visit.now))) }
            table.tall {
                thead { tr {
                    th { (say!(t, "list-number")) } th { (say!(t, "paper-card")) } @if named { th { (say!(t, "list-name")) } } th { (say!(t, "item")) } th.n { (say!(t, "quantity")) }
                    th { (say!(t, "list-time")) } th { (say!(t, "list-given-by")) } th.sign { (say!(t, "list-sign")) }
                } }
                tbody { @for line in &lines { tr {
                    th scope="row" { (queue_label(line.queue)) } td { code { (line.card) } }
                    @if named { td { (line.who.clone().unwrap_or_default()) } }
                    td { (t.of(&line.item)) } td.n { (t.number(line.quantity)) }
                    td { @if let Some((at, _)) = line.given { (visit.clock.near(at, visit.now)) } }
                    td { @if let Some((_, by)) = line.given { (staff.get(&by).cloned().unwrap_or_default()) } }
                    td.sign {}
                } } }
            }
            table {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "list-lines")) } th.n { (say!(t, "quantity")) } } }
                tbody { @for (item, (lines, quantity)) in &totals { tr { th scope="row" { (t.of(item)) } td.n { (t.number(*lines)) } td.n { (t.number(*quantity)) } } } }
                tfoot { tr { th { (say!(t, "list-total")) } td.n { (t.number(count)) } td.n {} } }
            }
            @if !open {
                p { @if agrees { (tag(Tone::Good, say!(t, "distribution-agrees"))) } @else { (tag(Tone::Risk, say!(t, "distribution-differs"))) } }
            }
            div.two { div.write { b { (say!(t, "list-given-by")) } } div.write { b { (say!(t, "list-checked-by")) } } }
        }
    };
    Ok(layout::page(visit, Place::Paper, &title, content))
}
