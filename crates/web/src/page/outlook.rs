//! What comes: when the last person is served and how many desks would do it by nightfall; what runs
//! short, when, how sure that is, and what another store could send. A form asks what would be if.

use axum::response::{IntoResponse, Response};
use domain::{Moment, Permission as P, Site};
use forecast::{Range, Served};
use jiff::civil::Time;
use maud::{Markup, html};
use report::outlook::{Asked, ItemOutlook, Outlook, QueueOutlook, outlook};
use report::population::{Level, Population};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, tag};
use crate::failure::Failure;
use crate::form::Typed;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

const READ: &[P] = &[P::SeeStock, P::SeeReports];
/// Nightfall in the Caribbean, near enough all year.
const NIGHTFALL: Time = Time::constant(18, 0, 0, 0);
/// Days looked ahead.
const DAYS: u32 = 7;
/// More than anybody asks.
const DESKS_MAX: u32 = 500;
const EXTRA_MAX: u32 = 50_000;

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

/// The same for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            Ok(axum::Json(ahead(visit)?).into_response())
        })
        .await
}

/// Today's nightfall, or tomorrow's once it is dark.
fn nightfall(visit: &Visit, site: &Site, at: Time) -> Moment {
    let today = visit.clock.day(visit.now);
    let of_day = |day: jiff::civil::Date| {
        let local = day.to_datetime(at).to_zoned_datetime(site.zone()).ok()?;
        Some(Moment::from(local.timestamp()))
    };
    let nights = [Some(today), today.tomorrow().ok()];
    let mut nights = nights.into_iter().flatten().filter_map(of_day);
    nights.find(|night| *night > visit.now).unwrap_or(visit.now)
}

fn asked(visit: &Visit, site: &Site) -> Asked {
    let query = &visit.guest.query;
    let by: Option<Time> = query.read("by");
    Asked {
        desks: query.read("desks").map(|desks: u32| desks.min(DESKS_MAX)),
        minutes: query
            .read("minutes")
            .filter(|minutes: &f64| (0.1..=600.0).contains(minutes)),
        extra: query
            .read("extra")
            .map_or(0, |extra: u32| extra.min(EXTRA_MAX)),
        by: nightfall(visit, site, by.unwrap_or(NIGHTFALL)),
        days: DAYS,
    }
}

fn ahead(visit: &Visit) -> Result<Outlook, Failure> {
    let site = visit.here()?;
    let asked = asked(visit, site);
    visit.read(|register| Ok(outlook(register, site, visit.now, asked)?))
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let ahead = ahead(visit)?;
    let title = say!(t, "outlook-title");
    let short: Vec<_> = ahead
        .items
        .iter()
        .filter(|item| item.shortage.is_some())
        .collect();
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "outlook-lead")) } } }
        div.cols {
            div.stack {
                (card(say!(t, "outlook-queue"), queue(visit, &ahead.queue)))
                (card(say!(t, "outlook-if"), what_if(visit, &ahead.queue)))
            }
            @if visit.may(P::SeeStock) {
                section.card {
                    h2 { (say!(t, "outlook-goods")) }
                    @if short.is_empty() { p.muted { (say!(t, "outlook-enough", days = DAYS)) } }
                    @for item in &short { (goods(visit, item)) }
                    details.more { summary { (say!(t, "outlook-all")) } div { (table(visit, &ahead.items)) } }
                }
            }
        }
        details.more { summary { (say!(t, "how-computed")) } div { p { (say!(t, "outlook-how")) } } }
    };
    Ok(layout::page(visit, Place::Stock, &title, content))
}

fn last(visit: &Visit, served: &Served) -> String {
    let t = visit.t();
    match served.last_in_min {
        Some(minutes) => visit
            .clock
            .near(visit.now.plus_ms(i64::from(minutes) * 60_000), visit.now),
        None => say!(t, "outlook-not-in-days"),
    }
}

/// Whole people.
#[allow(clippy::cast_possible_truncation, reason = "a number of people")]
fn people(number: f64) -> i64 {
    number.round() as i64
}

fn queue(visit: &Visit, queue: &QueueOutlook) -> Markup {
    let t = visit.t();
    let coming: u32 = queue.coming.iter().map(|coming| coming.announced).sum();
    let in_min = u32::try_from((queue.by.0 - visit.now.0).max(0) / 60_000).unwrap_or(u32::MAX);
    let is_late = |served: &Served| served.last_in_min.is_none_or(|last| last > in_min);
    let tone = match (is_late(&queue.likely), is_late(&queue.worst)) {
        (true, _) => Tone::Risk,
        (false, true) => Tone::Wait,
        (false, false) => Tone::Good,
    };
    let desks = |needed: Option<u32>| {
        needed.map_or_else(|| say!(t, "outlook-no-desks"), |desks| t.number(desks))
    };
    html! {
        p { (say!(t, "outlook-waiting", waiting = queue.waiting, coming = coming)) }
        p.big { (last(visit, &queue.likely)) }
        p { (tag(tone, say!(t, "outlook-last", best = last(visit, &queue.best), worst = last(visit, &queue.worst)))) }
        p {
            (say!(
                t, "outlook-needed",
                time = visit.clock.near(queue.by, visit.now),
                desks = desks(queue.needed.0), worst = desks(queue.needed.1), open = queue.desks
            ))
        }
        @if !queue.likely.by_hour.is_empty() {
            div.scroll { table {
                caption { (say!(t, "outlook-by-hour")) }
                thead { tr { th { (say!(t, "outlook-hour")) } th.n { (say!(t, "outlook-waiting-then")) } } }
                tbody { @for (hour, waiting) in (0_i64..).zip(queue.likely.by_hour.iter().take(12)) { tr {
                    td { (visit.clock.near(visit.now.plus_ms(hour * 3_600_000), visit.now)) }
                    td.n { (t.number(people(*waiting))) }
                } } }
            } }
        }
        p.small.muted { (say!(t, "outlook-seen", people = queue.people_seen, movements = queue.movements_seen, desks = queue.desks_seen, minutes = range(visit, queue.minutes))) }
    }
}

fn range(visit: &Visit, range: Range) -> String {
    let t = visit.t();
    let tenths = |number: f64| {
        let tenths = people(number * 10.0);
        format!("{}{}{}", t.number(tenths / 10), t.decimal(), tenths % 10)
    };
    say!(
        t,
        "figure-between",
        low = tenths(range.low),
        high = tenths(range.high)
    )
}

fn what_if(visit: &Visit, queue: &QueueOutlook) -> Markup {
    let t = visit.t();
    let query = &visit.guest.query;
    let typed = Typed::default()
        .with("desks", queue.desks.to_string())
        .with("minutes", query.get("minutes"))
        .with("extra", query.some("extra").unwrap_or("0"))
        .with("by", query.some("by").unwrap_or("18:00"));
    let filled = Filled::new(t, &typed, None);
    html! {
        form method="get" action="/outlook" { div.stack {
            div.form {
                (filled.number("desks", say!(t, "outlook-desks"), (0, i64::from(DESKS_MAX))))
                (filled.text("minutes", say!(t, "outlook-minutes")).placeholder(range(visit, queue.minutes)))
                (filled.number("extra", say!(t, "outlook-extra"), (0, i64::from(EXTRA_MAX))))
                (filled.text("by", say!(t, "outlook-by")).kind("time"))
            }
            button { (say!(t, "outlook-ask")) }
        } }
    }
}

fn day_name(visit: &Visit, in_days: u32) -> String {
    visit.clock.date(
        visit
            .clock
            .day(visit.now.plus_ms(i64::from(in_days) * 86_400_000)),
    )
}

fn goods(visit: &Visit, item: &ItemOutlook) -> Markup {
    let t = visit.t();
    let Some(shortage) = item.shortage else {
        return Markup::default();
    };
    let tone = if shortage.likely.is_some() {
        Tone::Risk
    } else {
        Tone::Wait
    };
    let levels: Vec<_> = item
        .days
        .iter()
        .map(|day| Level {
            at: i64::from(day.in_days) * 1_440,
            low: people(day.needed.low),
            high: people(day.needed.high),
        })
        .collect();
    let likely = shortage.likely.map_or_else(
        || say!(t, "outlook-perhaps-not"),
        |day| day_name(visit, day),
    );
    html! {
        div.finding {
            h3 { (t.of(&item.item)) " " (tag(tone, say!(t, "outlook-short", earliest = day_name(visit, shortage.earliest), likely = likely))) }
            (Population {
                title: t.of(&item.item),
                text: say!(t, "outlook-chart-text", here = item.here),
                marks: &[],
                levels: &levels,
                capacity: Some(item.here),
                number: &|number| t.number(number),
                day: &|day| u32::try_from(day).map_or_else(|_| String::new(), |day| short(visit, day)),
            }.svg())
            ul.bare.small.key { li { span.key-capacity {} (say!(t, "outlook-key-here", here = item.here)) } li { span.key-own {} (say!(t, "outlook-key-needed")) } }
            @for suggestion in &item.moves {
                p {
                    (say!(t, "outlook-move", quantity = suggestion.quantity, site = visit.site_name(suggestion.from))) " "
                    @if visit.may(P::ManageStock) { a href="/stock" { (say!(t, "outlook-to-stock")) } }
                }
            }
            @if item.moves.is_empty() { p.muted { (say!(t, "outlook-nowhere", missing = people(shortage.missing.high))) } }
        }
    }
}

fn short(visit: &Visit, in_days: u32) -> String {
    let date = visit
        .clock
        .day(visit.now.plus_ms(i64::from(in_days) * 86_400_000));
    format!(
        "{} {}",
        date.day(),
        visit.t().word("month-short", &date.month().to_string())
    )
}

fn table(visit: &Visit, items: &[ItemOutlook]) -> Markup {
    let t = visit.t();
    html! {
        table.cards {
            thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "outlook-here")) } th.n { (say!(t, "outlook-open")) } th.n { (say!(t, "outlook-needed-in", days = DAYS)) } } }
            tbody { @for item in items { tr {
                th scope="row" { (t.of(&item.item)) }
                td.n data-label=(say!(t, "outlook-here")) { (t.number(item.here)) }
                td.n data-label=(say!(t, "outlook-open")) { (t.number(i64::try_from(item.open).unwrap_or(i64::MAX))) }
                td.n data-label=(say!(t, "outlook-needed-in", days = DAYS)) { @if let Some(last) = item.days.last() { (t.number(people(last.needed.low))) "–" (t.number(people(last.needed.high))) } }
            } } }
        }
    }
}

/// What is to be known of it on the board, before it hurts.
pub(crate) fn on_the_board(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    if !visit.may_any(READ) {
        return Ok(Markup::default());
    }
    let ahead = ahead(visit)?;
    let queue = &ahead.queue;
    let in_min = u32::try_from((queue.by.0 - visit.now.0).max(0) / 60_000).unwrap_or(u32::MAX);
    let is_late = queue.likely.last_in_min.is_none_or(|last| last > in_min);
    let short: Vec<_> = ahead
        .items
        .iter()
        .filter(|item| {
            item.shortage
                .is_some_and(|shortage| shortage.likely.is_some())
        })
        .map(|item| t.of(&item.item))
        .collect();
    Ok(html! {
        @if is_late || !short.is_empty() {
            (card(say!(t, "outlook-title"), html! {
                @if is_late {
                    p { a href="/outlook" { (say!(t, "outlook-board-queue", time = last(visit, &queue.likely))) } " "
                        @if let Some(desks) = queue.needed.0 { (tag(Tone::Wait, say!(t, "outlook-board-desks", desks = desks))) }
                    }
                }
                @if visit.may(P::SeeStock) && !short.is_empty() {
                    p { a href="/outlook" { (say!(t, "outlook-board-short", items = short.join(", "))) } }
                }
            }))
        }
    })
}
