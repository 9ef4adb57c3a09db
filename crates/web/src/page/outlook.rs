//! What lies ahead: which goods run short when at which site, what could be moved, and when the queue
//! of tonight is served. It suggests; nothing is sent from here.

use axum::response::{IntoResponse, Response};
use domain::{Day, Permission as P};
use forecast::Band;
use forecast::queue::{Course, Queue, Shift, Wave};
use maud::{Markup, html};
use report::outlook::{Outlook, Row, Suggestion, outlook};

use crate::catalogue::say;
use crate::component::{Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::Typed;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

const READ: &[P] = &[P::SeeStock, P::SeeReports];
/// How many days ahead the page looks.
const DAYS: usize = 7;
const WIDTH: i64 = 640;
const HEIGHT: i64 = 160;
const MARGIN: i64 = 12;
const MINUTE_MS: i64 = 60_000;
const HOUR_MIN: u32 = 60;
/// Who types no end wants nobody to wait at this hour.
const NIGHTFALL: &str = "18:00";

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

/// A line for each shortage of this site that can be seen coming.
pub(crate) fn on_the_board(visit: &Visit) -> Result<Markup, Failure> {
    if !visit.may_any(READ) {
        return Ok(Markup::default());
    }
    let t = visit.t();
    let here = visit.here()?.id;
    let ahead = ahead(visit)?;
    let short: Vec<_> = short(&ahead).filter(|row| row.site == here).collect();
    Ok(card(
        say!(t, "outlook-title"),
        html! {
            @if short.is_empty() { p.muted { (say!(t, "outlook-all-last")) } }
            @for row in short { p { (line(visit, row)) } }
            p { a href="/outlook" { (say!(t, "outlook-title")) } }
        },
    ))
}

fn short(outlook: &Outlook) -> impl Iterator<Item = &Row> {
    let rows = outlook.rows.iter();
    rows.filter(|row| row.short_earliest.is_some())
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
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "outlook-lead")) } } }
        (card(say!(t, "outlook-short"), html! {
            (shortages(visit, &ahead))
            details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "outlook-how",
                permille = share(seen.permille.likely), low = share(seen.permille.low), high = share(seen.permille.high),
                movements = seen.movements, listed = seen.listed, no_shows = seen.no_shows, unlisted = seen.unlisted)) } } }
        }))
        (card(say!(t, "outlook-moves"), html! {
            @if ahead.moves.is_empty() { p.muted { (say!(t, "outlook-moves-none")) } }
            ul.rows { @for one in &ahead.moves { (suggestion(visit, one)) } }
            p.small.muted { (say!(t, "outlook-moves-how")) }
        }))
        (card(say!(t, "outlook-queue"), queue(visit)?))
    };
    Ok(layout::page(visit, Place::Elsewhere, &title, content))
}

fn shortages(visit: &Visit, ahead: &Outlook) -> Markup {
    let t = visit.t();
    let day = |day: Option<Day>| match day {
        Some(day) => visit.clock.weekday_date(day.0),
        None => say!(t, "outlook-not-seen"),
    };
    let rows: Vec<_> = short(ahead).collect();
    html! {
        @if rows.is_empty() { p.muted { (say!(t, "outlook-all-last")) } }
        @else {
            div.scroll { table.cards {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "stock-here")) } th { (say!(t, "outlook-earliest")) } th { (say!(t, "outlook-likely")) } th { (say!(t, "outlook-latest")) } } }
                tbody { @for row in &rows { tr {
                    th scope="row" { (t.of(&row.item)) " · " (row.site_name) }
                    td.n data-label=(say!(t, "stock-here")) { (t.number(row.here)) }
                    td data-label=(say!(t, "outlook-earliest")) { (day(row.short_earliest)) }
                    td data-label=(say!(t, "outlook-likely")) { (day(row.short_likely)) }
                    td data-label=(say!(t, "outlook-latest")) { (day(row.short_latest)) }
                } } }
            } }
            @for (number, row) in rows.iter().enumerate() { (chart(visit, row, number)) }
        }
    }
}

/// What is left day by day, as a band between the courses; below the line it is short.
fn chart(visit: &Visit, row: &Row, number: usize) -> Markup {
    let t = visit.t();
    let Some((last, day)) = row.left.last().zip(row.days.last()) else {
        return Markup::default();
    };
    let all = || row.left.iter().flat_map(|left| [left.low, left.high]);
    let top = all().max().unwrap_or(0).max(row.here).max(1);
    let bottom = all().min().unwrap_or(0).min(0);
    let steps = i64::try_from(row.left.len()).unwrap_or(1).max(1);
    let x = |step: usize| MARGIN + i64::try_from(step).unwrap_or(0) * (WIDTH - 2 * MARGIN) / steps;
    let y = |value: i64| {
        let (down, span) = (
            i128::from(top) - i128::from(value),
            i128::from(top) - i128::from(bottom),
        );
        MARGIN + i64::try_from(down * i128::from(HEIGHT - 2 * MARGIN) / span).unwrap_or(0)
    };
    let point = |(step, value): (usize, i64)| format!("{},{}", x(step + 1), y(value));
    let course = |of: fn(&forecast::cover::Left) -> i64| row.left.iter().map(of).enumerate();
    let start = format!("{},{}", x(0), y(row.here));
    let up: Vec<_> = course(|left| left.high).map(point).collect();
    let down: Vec<_> = course(|left| left.low).map(point).collect();
    let likely: Vec<_> = course(|left| left.likely).map(point).collect();
    let back: Vec<_> = down.into_iter().rev().collect();
    let band = format!("{start} {} {}", up.join(" "), back.join(" "));
    let (item, site) = (t.of(&row.item), row.site_name.clone());
    let ids = format!("outlook-{number}-title outlook-{number}-text");
    html! {
        p.small { (say!(t, "outlook-chart", item = item.clone(), site = site.clone())) }
        svg.population viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby=(ids) {
            title id={ "outlook-" (number) "-title" } { (say!(t, "outlook-chart", item = item, site = site)) }
            desc id={ "outlook-" (number) "-text" } { (say!(t, "outlook-chart-text", day = visit.clock.weekday_date(day.0),
                likely = t.number(last.likely), low = t.number(last.low), high = t.number(last.high))) }
            polygon.population-own points=(band) {}
            polyline.population-base fill="none" points=(format!("{start} {}", likely.join(" "))) {}
            line.population-capacity x1=(MARGIN) x2=(WIDTH - MARGIN) y1=(y(0)) y2=(y(0)) {}
        }
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
        span.grow { (say!(t, "outlook-move", amount = one.amount, item = t.of(&one.item), from = one.from_name.clone(), to = one.to_name.clone())) }
        @if is_ours && visit.may(P::ManageStock) { a.button href=(form) { (say!(t, "outlook-prepare")) } }
    } }
}

/// What somebody asks of the queue.
struct Asked {
    desks: u32,
    service_ms: u64,
    extra: u64,
    by: jiff::civil::Time,
}

impl Asked {
    /// Nothing where nothing was asked, an error where it cannot be meant.
    fn read(typed: &Typed) -> Option<Result<Self, ()>> {
        typed.some("desks").or(typed.some("minutes"))?;
        let read = || {
            let number = |name: &str, max: u64| {
                let number = typed.get(name).parse::<u64>().ok();
                number.filter(|number| *number <= max)
            };
            let extra = typed
                .some("extra")
                .map_or(Some(0), |_| number("extra", 1_000_000))?;
            let minutes = number("minutes", 1_440).filter(|minutes| *minutes > 0)?;
            Some(Self {
                desks: u32::try_from(number("desks", 10_000)?).ok()?,
                service_ms: minutes * 60_000,
                extra,
                by: typed.some("by").unwrap_or(NIGHTFALL).parse().ok()?,
            })
        };
        Some(read().ok_or(()))
    }
}

fn queue(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    let site = visit.here()?;
    let (_, tonight) = site.span_of(site.day_of(visit.now));
    let (ground, coming, seen) = visit.read(|register| {
        Ok((
            register.on_the_ground(site.id)?,
            register.arriving(site.id, tonight)?,
            outlook(register, visit.now, 1)?.turnout,
        ))
    })?;
    let waiting: u64 = ground
        .iter()
        .map(|one| one.movement.headcount.unwrap_or(0).max(one.met))
        .zip(&ground)
        .map(|(all, one)| u64::from(all.saturating_sub(one.registered)))
        .sum();
    let minutes_until = |at: domain::Moment| {
        u32::try_from((at.0 - visit.now.0).max(0) / MINUTE_MS).unwrap_or(u32::MAX)
    };
    let mut waves = vec![Wave {
        at_min: 0,
        people: Band::exact(waiting),
    }];
    waves.extend(coming.iter().map(|one| Wave {
        at_min: minutes_until(one.movement.expected),
        people: Band::exact(u64::from(one.movement.announced)).permille(seen.permille),
    }));
    let people = waves.iter().map(|wave| wave.people.likely).sum::<u64>();
    let typed = &visit.guest.query;
    let field = |name: &str, label: String, kind: &str, value: &str| {
        html! { div { label for={ "outlook-" (name) } { (label) }
        input id={ "outlook-" (name) } name=(name) type=(kind) min=[(kind == "number").then_some("0")] value=(value); } }
    };
    let by = typed.some("by").unwrap_or(NIGHTFALL);
    Ok(html! {
        p { (say!(t, "outlook-queue-waiting", people = i64::try_from(people).unwrap_or(i64::MAX))) }
        @match Asked::read(typed) {
            None => {}
            Some(Err(())) => { (notice(Tone::Risk, say!(t, "outlook-wrong"))) }
            Some(Ok(asked)) => { (answer(visit, waves, &asked)) }
        }
        form method="get" action="/outlook" {
            div.form {
                (field("desks", say!(t, "outlook-desks"), "number", typed.get("desks")))
                (field("minutes", say!(t, "outlook-minutes"), "number", typed.get("minutes")))
                (field("extra", say!(t, "outlook-extra"), "number", typed.get("extra")))
                (field("by", say!(t, "outlook-by"), "time", by))
            }
            button.primary { (say!(t, "outlook-compute")) }
        }
    })
}

fn answer(visit: &Visit, mut waves: Vec<Wave>, asked: &Asked) -> Markup {
    let t = visit.t();
    waves.push(Wave {
        at_min: 0,
        people: Band::exact(asked.extra),
    });
    let queue = Queue {
        waves,
        shifts: vec![Shift {
            from_min: 0,
            desks: asked.desks,
        }],
        service_ms: Band::exact(asked.service_ms),
    };
    let at = |minute: u32| {
        let at = visit.now.plus_ms(i64::from(minute) * MINUTE_MS);
        visit.clock.near(at, visit.now)
    };
    let end = |course| queue.last_served(course);
    let ends = end(Course::Likely)
        .zip(end(Course::Easy))
        .zip(end(Course::Hard));
    let now = visit.clock.local(visit.now).time();
    let minute_of = |time: jiff::civil::Time| {
        u32::try_from(time.hour()).unwrap_or(0) * HOUR_MIN
            + u32::try_from(time.minute()).unwrap_or(0)
    };
    // An hour that is past is that of tomorrow.
    let day = 24 * HOUR_MIN;
    let left = (minute_of(asked.by) + day - minute_of(now)) % day;
    html! {
        @match ends {
            Some(((likely, easy), hard)) => { p.strong { (say!(t, "outlook-last", likely = at(likely), easy = at(easy), hard = at(hard))) } }
            None => { p.strong { (say!(t, "outlook-last-never")) } }
        }
        @match queue.desks_by(Course::Likely, left) {
            Some(desks) => { p { (say!(t, "outlook-needed", desks = desks, by = at(left))) } }
            None => { p { (say!(t, "outlook-needed-none")) } }
        }
    }
}
