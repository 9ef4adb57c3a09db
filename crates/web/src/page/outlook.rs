//! What lies ahead: which goods run short when at which site, what could be moved, how many places are
//! left, and when the queue of tonight is served. It suggests; nothing is sent from here.

mod chart;
mod queue;

use axum::response::{IntoResponse, Response};
use domain::{Day, Onward, Permission as P};
use maud::{Markup, html};
use report::outlook::{Lasts, Outlook, Places, Row, Suggestion, Suggestions, outlook, short_at};

use self::chart::Chart;
use crate::catalogue::say;
use crate::component::{Tone, card, notice, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

const READ: &[P] = &[P::SeeStock, P::SeeReports];
/// How many days ahead the page looks.
const DAYS: usize = 7;

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

/// The same for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            let headers = [(axum::http::header::CACHE_CONTROL, "no-store")];
            Ok((headers, axum::Json(ahead(visit)?)).into_response())
        })
        .await
}

fn ahead(visit: &Visit) -> Result<Outlook, Failure> {
    visit.read(|register| Ok(outlook(register, visit.now, DAYS)?))
}

/// A line for each shortage of this site that can be seen coming, and what could be moved here.
pub(crate) fn on_the_board(visit: &Visit) -> Result<Markup, Failure> {
    if !visit.may_any(READ) {
        return Ok(Markup::default());
    }
    let t = visit.t();
    let here = visit.here()?;
    let (short, found) = visit.read(|register| Ok(short_at(register, here, visit.now, DAYS)?))?;
    Ok(card(
        say!(t, "outlook-title"),
        html! {
            @if short.is_empty() { p.muted { (say!(t, "outlook-all-last")) } }
            @for row in &short { p { (line(visit, row)) } }
            (suggestions(visit, &found))
            p { a href="/outlook" { (say!(t, "outlook-title")) } }
        },
    ))
}

fn line(visit: &Visit, row: &Row) -> Markup {
    let t = visit.t();
    let (item, site) = (t.of(&row.item), row.site_name.clone());
    match (row.short_likely, row.short_earliest) {
        (Some(day), _) => {
            let day = visit.clock.weekday_date(day.0);
            tag(
                Tone::Risk,
                say!(t, "outlook-line", item = item, site = site, day = day),
            )
        }
        (None, Some(day)) => {
            let day = visit.clock.weekday_date(day.0);
            tag(
                Tone::Wait,
                say!(t, "outlook-line-may", item = item, site = site, day = day),
            )
        }
        (None, None) => Markup::default(),
    }
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let ahead = ahead(visit)?;
    let title = say!(t, "outlook-title");
    let seen = ahead.turnout;
    let share = |permille: u64| i64::try_from(permille).unwrap_or(i64::MAX);
    let here = visit.here()?.id;
    let ours = ahead.desks.iter().find(|desks| desks.site == here);
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "outlook-lead")) } } }
        (card(say!(t, "outlook-short"), html! {
            (shortages(visit, &ahead))
            details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "outlook-how",
                permille = share(seen.permille.likely), low = share(seen.permille.low), high = share(seen.permille.high),
                movements = seen.movements, listed = seen.listed, no_shows = seen.no_shows, unlisted = seen.unlisted)) } } }
        }))
        (card(say!(t, "outlook-moves"), html! {
            @if ahead.suggestions == Suggestions::default() { p.muted { (say!(t, "outlook-moves-none")) } }
            (suggestions(visit, &ahead.suggestions))
            p.small.muted { (say!(t, "outlook-moves-how")) }
        }))
        (card(say!(t, "outlook-queue"), html! {
            @match ours {
                Some(desks) => { (queue::queue(visit, desks)) }
                None => { p.muted { (say!(t, "outlook-queue-none")) } }
            }
        }))
        @if !ahead.desks.is_empty() { (card(say!(t, "outlook-staff"), queue::days(visit, &ahead.desks))) }
        @if !ahead.places.is_empty() { (card(say!(t, "outlook-places"), places(visit, &ahead.places))) }
    };
    Ok(layout::page(visit, Place::Stock, &title, content))
}

fn day(visit: &Visit, day: Option<Day>) -> String {
    match day {
        Some(day) => visit.clock.weekday_date(day.0),
        None => say!(visit.t(), "outlook-not-seen"),
    }
}

fn shortages(visit: &Visit, ahead: &Outlook) -> Markup {
    let t = visit.t();
    let (short, lasting): (Vec<_>, Vec<_>) = ahead.rows.iter().partition(|row| row.is_short());
    html! {
        @if short.is_empty() { p.muted { (say!(t, "outlook-all-last")) } }
        @else {
            div.scroll { table.cards {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "stock-here")) } th { (say!(t, "outlook-lasts")) } th { (say!(t, "outlook-earliest")) } th { (say!(t, "outlook-likely")) } th { (say!(t, "outlook-latest")) } } }
                tbody { @for row in &short { tr {
                    th scope="row" { (t.of(&row.item)) " · " (row.site_name) }
                    td.n data-label=(say!(t, "stock-here")) { (t.number(row.here)) }
                    td data-label=(say!(t, "outlook-lasts")) { (lasts(visit, row.lasts)) }
                    td data-label=(say!(t, "outlook-earliest")) { (day(visit, row.short_earliest)) }
                    td data-label=(say!(t, "outlook-likely")) { (day(visit, row.short_likely)) }
                    td data-label=(say!(t, "outlook-latest")) { (day(visit, row.short_latest)) }
                } } }
            } }
            @for (number, row) in short.iter().enumerate() { (goods_chart(visit, row, number)) }
        }
        @if !lasting.is_empty() {
            details.more.small { summary { (say!(t, "outlook-lasting", count = lasting.len())) }
                div { ul.rows { @for row in lasting { li {
                    span.grow { (t.of(&row.item)) " · " (row.site_name) }
                    span { (say!(t, "outlook-left-over", here = t.number(row.here), left = t.number(row.left.last().map_or(row.here, |left| left.likely)))) }
                } } } }
            }
        }
    }
}

/// Days of cover between the courses.
fn lasts(visit: &Visit, lasts: Lasts) -> String {
    let t = visit.t();
    let hard = lasts.hard.unwrap_or(DAYS);
    match lasts.easy {
        Some(easy) if easy == hard => say!(t, "outlook-lasts-days", days = hard),
        Some(easy) => say!(t, "outlook-lasts-between", low = hard, high = easy),
        None => say!(t, "outlook-lasts-over", low = hard, days = DAYS),
    }
}

fn goods_chart(visit: &Visit, row: &Row, number: usize) -> Markup {
    let t = visit.t();
    let (item, site) = (t.of(&row.item), row.site_name.clone());
    let title = say!(t, "outlook-chart", item = item, site = site);
    drawn(
        visit,
        title,
        format!("outlook-{number}"),
        row.here,
        &row.left,
        &row.days,
    )
}

fn drawn(
    visit: &Visit,
    title: String,
    id: String,
    start: i64,
    left: &[forecast::cover::Left],
    days: &[Day],
) -> Markup {
    let t = visit.t();
    let Some((last, day)) = left.last().zip(days.last()) else {
        return Markup::default();
    };
    let text = say!(
        t,
        "outlook-chart-text",
        day = visit.clock.weekday_date(day.0),
        likely = t.number(last.likely),
        low = t.number(last.low),
        high = t.number(last.high)
    );
    html! {
        p.small { (title.clone()) }
        (Chart { title, text, id, start, left, days }.draw(visit))
    }
}

fn places(visit: &Visit, all: &[Places]) -> Markup {
    let t = visit.t();
    html! {
        div.scroll { table.cards {
            thead { tr { th { (say!(t, "outlook-site")) } th.n { (say!(t, "site-capacity")) } th.n { (say!(t, "outlook-there")) } th { (say!(t, "outlook-earliest")) } th { (say!(t, "outlook-likely")) } th { (say!(t, "outlook-latest")) } } }
            tbody { @for row in all { tr {
                th scope="row" { a href={ "/sites/" (row.site) } { (row.site_name) } }
                td.n data-label=(say!(t, "site-capacity")) { (t.number(i64::from(row.capacity))) }
                td.n data-label=(say!(t, "outlook-there")) {
                    @if row.here.low == row.here.high { (t.number(row.here.low)) } @else { (t.number(row.here.low)) "–" (t.number(row.here.high)) }
                }
                td data-label=(say!(t, "outlook-earliest")) { (day(visit, row.short_earliest)) }
                td data-label=(say!(t, "outlook-likely")) { (day(visit, row.short_likely)) }
                td data-label=(say!(t, "outlook-latest")) { (day(visit, row.short_latest)) }
            } } }
        } }
        details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "outlook-places-how")) } } }
    }
}

fn suggestions(visit: &Visit, found: &Suggestions) -> Markup {
    let t = visit.t();
    html! {
        @if !found.moves.is_empty() { ul.rows { @for one in &found.moves { (suggestion(visit, one)) } } }
        // No suggestion is not the same as nothing to move.
        @for (item, _) in &found.unweighed { (notice(Tone::Risk, say!(t, "outlook-unweighed", item = t.of(item)))) }
    }
}

/// A waybill is sent by those who stand at the site it leaves: only they get the form.
fn suggestion(visit: &Visit, one: &Suggestion) -> Markup {
    let t = visit.t();
    let is_ours = visit.site.as_ref().is_some_and(|site| site.id == one.from);
    let form = format!(
        "/stock?paper=send&destination={}&quantity_{}={}",
        one.to, one.item, one.amount
    );
    html! { li {
        span.grow {
            (say!(t, "outlook-move", amount = one.amount, item = t.of(&one.item), from = one.from_name.clone(), to = one.to_name.clone()))
            @if visit.may(P::Warn) && one.onward != Onward::Go {
                " " a href="/danger" { (tag(if one.onward == Onward::Stay { Tone::Risk } else { Tone::Wait }, t.word("onward", one.onward.code()))) }
            }
        }
        @if is_ours && visit.may(P::ManageStock) { a.button href=(form) { (say!(t, "outlook-prepare")) } }
    } }
}
