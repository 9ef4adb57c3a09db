//! Goods: what is here and how long it lasts, waybills sent and received, counting the shelf, and
//! the journal behind every balance.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, Command, DifferenceReason, Item, ItemCode, Known, Permission as P, StocktakeId, Waybill,
    WaybillId, WaybillLine,
};
use maud::{Markup, Render, html};
use register::Page;
use register::stock::Cause;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::board::lasts;
use crate::page::conflicts;
use crate::page::rights::label;
use crate::visit::{Guest, Said, Trouble, Visit, id, see_other};

type Posted = Form<Vec<(String, String)>>;

/// What is done with goods; each takes a form at an address of its own.
const PAPERS: [&str; 3] = ["count", "send", "supply"];
const JOURNAL_MAX: u32 = 200;
const WAYBILLS_MAX: u32 = 50;
/// More of one item on one paper than this is a slip of the finger.
const QUANTITY_MAX: u32 = 10_000_000;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        // What the outlook suggests to send stands in the address: nothing is sent before somebody says so.
        .visit(|visit| {
            page(
                visit,
                &visit.guest.query,
                None,
                visit.guest.query.get("paper"),
            )
        })
        .await
}

pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::ManageStock])?;
            match act_on(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/stock", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), &action),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let here = visit.here().map_err(Trouble::Failed)?.id;
    let difference = typed.some("difference").map(DifferenceReason::any);
    match action {
        "count" => visit.execute(
            typed,
            Command::CountStock {
                stocktake: StocktakeId(made_by(request, 1)),
                site: here,
                counts: lines(visit, typed)?,
                difference,
            },
        ),
        "send" => {
            let destination =
                id(typed.get("destination"), domain::SiteId).map_err(Trouble::Failed)?;
            let store = node_named(visit, typed.get("store"))?;
            let (destination, to) = if store.is_some() {
                (here, store)
            } else {
                let only = visit.guest.app.node.only_node_at(destination);
                let only = only.map_err(Failure::from).map_err(Trouble::Failed)?;
                (destination, only)
            };
            visit.execute(
                typed,
                Command::SendWaybill {
                    waybill: WaybillId(made_by(request, 1)),
                    number: typed.get("number").to_owned(),
                    origin: Some(here),
                    destination,
                    to,
                    lines: lines(visit, typed)?,
                },
            )
        }
        // Goods of a supplier come with the supplier's paper: sent and received in one.
        "supply" => {
            let waybill = WaybillId(made_by(request, 1));
            let lines = lines(visit, typed)?;
            visit.execute(
                typed,
                Command::SendWaybill {
                    waybill,
                    number: typed.get("number").to_owned(),
                    origin: None,
                    destination: here,
                    to: Some(visit.guest.app.node.key()),
                    lines: lines.clone(),
                },
            )?;
            visit.execute_part(
                typed,
                2,
                Command::ReceiveWaybill {
                    waybill,
                    lines,
                    difference: None,
                },
            )
        }
        _ => Err(Trouble::Failed(Failure::NotFound)),
    }
}

/// The node that a form names by its key, if it names one.
pub(crate) fn node_named(visit: &Visit, text: &str) -> Result<Option<domain::NodeKey>, Trouble> {
    if text.is_empty() {
        return Ok(None);
    }
    let nodes = visit.guest.app.node.nodes().map_err(Failure::from);
    let nodes = nodes.map_err(Trouble::Failed)?;
    let named = nodes.into_iter().find(|node| node.key.to_string() == text);
    named
        .map(|node| Some(node.key))
        .ok_or(Trouble::Failed(Failure::NotFound))
}

/// The lines of a paper: one field for each item, empty where it is not on it.
pub(crate) fn lines(visit: &Visit, typed: &Typed) -> Result<Vec<WaybillLine>, Trouble> {
    let t = visit.t();
    let items = visit
        .read(|register| Ok(register.items()?))
        .map_err(Trouble::Failed)?;
    let mut lines = Vec::new();
    for item in items.into_iter().filter(|item| item.stocked) {
        let Some(text) = typed.some(&field(&item.code)) else {
            continue;
        };
        let quantity = text
            .parse()
            .ok()
            .filter(|quantity| *quantity <= QUANTITY_MAX);
        let quantity = quantity.ok_or_else(|| {
            let text = say!(
                t,
                "wrong-quantity",
                item = t.of(&item.code),
                max = QUANTITY_MAX
            );
            Trouble::Refused(visit.complain("quantity", "wrong-number", text))
        })?;
        lines.push(WaybillLine {
            item: item.code,
            quantity,
        });
    }
    Ok(lines)
}

fn field(code: &ItemCode) -> String {
    format!("quantity_{code}")
}

fn page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::SeeStock])?;
    let t = visit.t();
    let site = visit.here()?;
    let (_, tonight) = site.span_of(site.day_of(visit.now));
    let (_, tomorrow) = site.span_of(site.day_of(tonight));
    let mut nodes = visit.guest.app.node.nodes()?;
    nodes.retain(|node| node.site == site.id && node.takes_part());
    let (cover, items, open, recent, count, stores) = visit.read(|register| {
        Ok((
            register.cover(site.id, visit.now, tomorrow)?,
            register.items()?,
            register.open_waybills(Some(site.id))?,
            register.waybills(site.id, Page::first(WAYBILLS_MAX))?.rows,
            register.last_stocktake(site.id)?,
            register.stores(site.id)?,
        ))
    })?;
    let stocked: Vec<&Item> = items.iter().filter(|item| item.stocked).collect();
    let nothing = Typed::default();
    let filled = |own: &str| {
        if own == action {
            Filled::new(t, typed, complaint)
        } else {
            Filled::new(t, &nothing, None)
        }
    };
    let content = html! {
        div.title { h1 { (say!(t, "stock-title")) }
            p.muted { @match &count { Some(count) => (say!(t, "stock-counted-at", at = visit.clock.full(count.at))), None => (say!(t, "stock-never-counted")) } } }
        (conflicts::among(visit, &[About::Item])?)
        section.card { h2 { (say!(t, "stock-here")) }
            table {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "stock-here")) } th.n { (say!(t, "board-needed")) } th { (say!(t, "board-lasts")) } } }
                tbody { @for cover in &cover { tr {
                    th scope="row" { a href={ "/stock/" (cover.item) } { (t.of(&cover.item)) } }
                    td.n { (t.number(cover.here)) }
                    td.n { (t.number(i64::try_from(cover.open + cover.expected).unwrap_or(i64::MAX))) }
                    td { (lasts(visit, cover)) }
                } } }
            }
            details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "cover-how")) } } }
            p.no-print { a href="/outlook" { (say!(t, "outlook-stock-link")) } }
            @if nodes.len() > 1 {
                h3 { (say!(t, "stock-stores")) }
                p.small.muted { (say!(t, "stock-stores-how")) }
                table {
                    tbody { @for store in stores.iter().filter(|store| store.here != 0) { tr {
                        th scope="row" { (label(visit, store.node)) }
                        td { (t.of(&store.item)) }
                        td.n { (t.number(store.here)) }
                    } } }
                }
            }
        }
        div.cols {
            (card(say!(t, "waybills-open"), waybills(visit, &open, &say!(t, "waybills-open-none"))))
            @if visit.may(P::ManageStock) {
                section.card {
                    h2 { (say!(t, "stock-do")) }
                    (paper(visit, "supply", &say!(t, "stock-supply"), filled("supply"), action, &stocked, html! {
                        (filled("supply").prefixed("supply-").text("number", say!(t, "waybill-number")).required())
                    }))
                    (paper(visit, "send", &say!(t, "stock-send"), filled("send"), action, &stocked, html! {
                        (filled("send").prefixed("send-").text("number", say!(t, "waybill-number")).required())
                        (filled("send").prefixed("send-").select("destination", say!(t, "movement-to"), visit.site_options()))
                        @let others = nodes.iter().filter(|node| !node.here);
                        @let others: Vec<_> = others.map(|node| (node.key.to_string(), node.label())).collect();
                        @if !others.is_empty() {
                            (filled("send").prefixed("send-").select("store", say!(t, "stock-store-to"), others).empty(say!(t, "stock-store-any")))
                        }
                    }))
                    (paper(visit, "count", &say!(t, "stock-count"), filled("count"), action, &stocked, html! {
                        div.whole { (notice(Tone::Calm, say!(t, "stock-count-hint"))) }
                        (filled("count").prefixed("count-").select("difference", say!(t, "stock-difference"), differences(visit)).empty(say!(t, "stock-no-difference")))
                    }))
                }
            }
            (card(say!(t, "waybills-recent"), waybills(visit, &recent, &say!(t, "waybills-none"))))
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Stock, &say!(t, "stock-title"), content),
        complaint,
    ))
}

pub(crate) fn differences(visit: &Visit) -> Vec<(String, String)> {
    let t = visit.t();
    DifferenceReason::KNOWN
        .iter()
        .map(|reason| (reason.as_str().to_owned(), t.of(reason)))
        .collect()
}

fn paper(
    visit: &Visit,
    action: &str,
    title: &str,
    filled: Filled<'_>,
    chosen: &str,
    items: &[&Item],
    head: impl Render,
) -> Markup {
    let t = visit.t();
    html! {
        details.more open[filled.complaint.is_some() || chosen == action] { summary { (title) }
            (layout::form(visit, &format!("/stock/{action}"), html! {
                div.stack {
                    (filled.summary())
                    div.form { (head) }
                    div.form { @for item in items { (quantity(visit, action, item, filled.typed.get(&field(&item.code)))) } }
                    button.primary { (title) }
                    p.small.muted { (say!(t, "stock-empty-hint")) }
                }
            }))
        }
    }
}

pub(crate) fn quantity(visit: &Visit, action: &str, item: &Item, value: &str) -> Markup {
    let name = field(&item.code);
    html! {
        div {
            label for={ (action) "-" (name) } { (visit.t().of(&item.code)) }
            input id={ (action) "-" (name) } name=(name) type="number" min="0" max=(QUANTITY_MAX) inputmode="numeric" value=(value);
        }
    }
}

fn waybills(visit: &Visit, list: &[Waybill], none: &str) -> Markup {
    let t = visit.t();
    html! {
        @if list.is_empty() { p.muted { (none) } }
        ul.rows { @for waybill in list { li {
            div.grow {
                a.strong href={ "/waybills/" (waybill.id) } { (waybill.number) }
                p.small.muted {
                    (waybill.origin.map_or_else(|| say!(t, "waybill-supplier"), |site| visit.site_name(site)))
                    " → " (visit.site_name(waybill.destination)) " · " (visit.clock.full(waybill.sent_at))
                }
            }
            @if waybill.received.is_some() { (tag(Tone::Good, say!(t, "waybill-received"))) } @else { (tag(Tone::Wait, say!(t, "waybill-under-way"))) }
        } } }
    }
}

/// The journal of one item: everything its balance is the sum of.
pub(crate) async fn journal(guest: Guest, Path(code): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::SeeStock])?;
            if PAPERS.contains(&code.as_str()) {
                // A paper that was refused, fetched again: it stands on the page above.
                return Ok(see_other("/stock"));
            }
            let t = visit.t();
            let site = visit.here()?.id;
            let item = ItemCode::any(code);
            let (changes, total, here) = visit.read(|register| {
                register.item(&item)?.ok_or(Failure::NotFound)?;
                let page = register.journal(site, Some(&item), Page::first(JOURNAL_MAX))?;
                let mut changes = Vec::new();
                for change in page.rows {
                    changes.push((visit.staff_name(register, change.by)?, change));
                }
                let here = register.balances(Some(site))?;
                let here = here.iter().find(|shelf| shelf.item == item);
                Ok((changes, page.total, here.map_or(0, |shelf| shelf.here)))
            })?;
            let shown = u64::try_from(changes.len()).unwrap_or(u64::MAX);
            let title = say!(t, "journal-title", item = t.of(&item));
            let content = html! {
                div.title { h1 { (title) } p.big { (t.number(here)) } }
                section.card { div.scroll { table.cards {
                    thead { tr { th { (say!(t, "journal-when")) } th { (say!(t, "journal-why")) } th.n { (say!(t, "journal-change")) } th { (say!(t, "journal-by")) } } }
                    tbody { @for (by, change) in &changes { tr {
                        td { (visit.clock.full(change.at)) }
                        td { (cause(visit, change)) }
                        td.n { (signed(visit, change.change)) }
                        td { (by) }
                    } } }
                    tfoot { tr { th scope="row" colspan="2" { (say!(t, "stock-here")) } td.n { b { (t.number(here)) } } td {} } }
                } }
                @if shown < total { p.small.muted { (say!(t, "list-more", shown = shown, total = total)) } } }
            };
            Ok(layout::page(visit, Place::Stock, &title, content))
        })
        .await
}

fn cause(visit: &Visit, change: &register::stock::Change) -> Markup {
    let t = visit.t();
    let aggregate = change.aggregate.as_simple();
    match change.cause {
        Cause::Sent => html! { a href={ "/waybills/" (aggregate) } { (say!(t, "cause-sent")) } },
        Cause::Received => {
            html! { a href={ "/waybills/" (aggregate) } { (say!(t, "cause-received")) } }
        }
        Cause::Given => html! { a href={ "/arrivals/" (aggregate) } { (say!(t, "cause-given")) } },
        Cause::Voided => {
            html! { a href={ "/arrivals/" (aggregate) } { (say!(t, "cause-voided")) } }
        }
        Cause::Counted => html! { (say!(t, "cause-counted")) },
    }
}

fn signed(visit: &Visit, number: i64) -> String {
    let plus = if number > 0 { "+" } else { "" };
    format!("{plus}{}", visit.t().number(number))
}

pub(crate) async fn waybill(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| waybill_page(visit, id(&text, WaybillId)?, &Typed::default(), None))
        .await
}

pub(crate) async fn receive(
    guest: Guest,
    Path(text): Path<String>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::ManageStock])?;
            let waybill = id(&text, WaybillId)?;
            let difference = typed.some("difference").map(DifferenceReason::any);
            let received = lines(visit, typed).and_then(|lines| {
                visit.execute(
                    typed,
                    Command::ReceiveWaybill {
                        waybill,
                        lines,
                        difference,
                    },
                )
            });
            match received {
                Ok(said) => Ok(visit.go(&format!("/waybills/{waybill}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    waybill_page(visit, waybill, typed, Some(&complaint))
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn waybill_page(
    visit: &Visit,
    waybill: WaybillId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::SeeStock])?;
    let t = visit.t();
    let (waybill, items) = visit.read(|register| {
        Ok((
            register.waybill(waybill)?.ok_or(Failure::NotFound)?,
            register.items()?,
        ))
    })?;
    let filled = Filled::new(t, typed, complaint);
    let received = |code: &ItemCode| {
        waybill.received.as_ref().map(|lines| {
            lines
                .iter()
                .filter(|line| line.item == *code)
                .map(|line| i64::from(line.quantity))
                .sum::<i64>()
        })
    };
    let here = visit
        .site
        .as_ref()
        .is_some_and(|site| site.id == waybill.destination);
    let sent = |code: &ItemCode| {
        waybill
            .sent
            .iter()
            .find(|line| line.item == *code)
            .map(|line| line.quantity.to_string())
            .unwrap_or_default()
    };
    let title = say!(t, "waybill-title", number = waybill.number.clone());
    let content = html! {
        div { h1 { (title) }
            p.muted { (waybill.origin.map_or_else(|| say!(t, "waybill-supplier"), |site| visit.site_name(site))) " → " (visit.site_name(waybill.destination)) } }
        section.card {
            table {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "waybill-sent")) } th.n { (say!(t, "waybill-received")) } } }
                tbody { @for line in &waybill.sent { tr {
                    th scope="row" { (t.of(&line.item)) }
                    td.n { (t.number(line.quantity)) }
                    td.n { (received(&line.item).map_or_else(|| "–".to_owned(), |count| t.number(count))) }
                } } }
            }
            p.small.muted { (say!(t, "waybill-sent-at", at = visit.clock.full(waybill.sent_at))) }
            @if let Some(at) = waybill.received_at { p.small.muted { (say!(t, "waybill-received-at", at = visit.clock.full(at))) } }
            @if let Some(reason) = &waybill.difference { p { (tag(Tone::Wait, t.of(reason))) } }
        }
        @if waybill.received.is_none() && here && visit.may(P::ManageStock) {
            section.card.nextstep { h2 { (say!(t, "waybill-receive")) }
                (layout::form(visit, &format!("/waybills/{}", waybill.id), html! {
                    div.stack {
                        (filled.summary())
                        p.small.muted { (say!(t, "waybill-receive-hint")) }
                        div.form { @for item in items.iter().filter(|item| item.stocked && !sent(&item.code).is_empty()) {
                            (quantity(visit, "receive", item, typed.some(&field(&item.code)).unwrap_or(&sent(&item.code))))
                        } }
                        (filled.select("difference", say!(t, "stock-difference"), differences(visit)).empty(say!(t, "stock-no-difference")))
                        button.primary { (say!(t, "waybill-receive")) }
                    }
                }))
            }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Stock, &title, content),
        complaint,
    ))
}
