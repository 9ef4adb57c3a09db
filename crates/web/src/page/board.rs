//! The board of the day: who is on the ground, who comes next, whether the goods last, and what
//! waits for a decision. Every number leads to where it comes from.

use axum::response::Response;
use domain::{Onward, PCode, Permission as P, Standing, StatementKind, queue_label};
use maud::{Markup, html};
use register::Register;
use register::board::{Arriving, Cover, Decision, Ground};

use crate::catalogue::say;
use crate::component::{Tone, card, notice, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::lookup::{Counts, Progress};
use crate::page::{conflicts, movement};
use crate::visit::{Guest, Visit};

const HOUR_MS: i64 = 3_600_000;
/// Fewer registrations in an hour than this make no pace.
const PACE_MIN: u64 = 3;

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

/// The board for programs: the same numbers, no names.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            let board = Board::read(visit)?;
            Ok(axum::response::IntoResponse::into_response((
                [(axum::http::header::CACHE_CONTROL, "no-store")],
                axum::Json(board.json(visit)),
            )))
        })
        .await
}

struct Board {
    ground: Vec<(Ground, u64)>,
    arriving: Vec<Arriving>,
    cover: Vec<Cover>,
    decisions: Vec<(Decision, Option<String>)>,
    /// Fields in which more than one value stands, for this person to choose.
    conflicts: usize,
    /// How often something was given here by a recovered right: counted apart.
    by_recovery: u32,
}

impl Board {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        let (site, now) = (visit.here()?, visit.now);
        let (_, tonight) = site.span_of(site.day_of(now));
        let (_, tomorrow) = site.span_of(site.day_of(tonight));
        let conflicts = conflicts::number(visit)?;
        visit.read(|register| {
            let ground = register.on_the_ground(site.id)?;
            let paces = ground
                .iter()
                .map(|ground| register.registered_since(ground.movement.id, now.plus_ms(-HOUR_MS)))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Self {
                ground: ground.into_iter().zip(paces).collect(),
                arriving: register.arriving(site.id, tomorrow)?,
                cover: if visit.may(P::SeeStock) {
                    register.cover(site.id, now, tomorrow)?
                } else {
                    Vec::new()
                },
                by_recovery: register
                    .given_by_recovery(Some(site.id), None)?
                    .iter()
                    .map(|given| given.times)
                    .sum(),
                decisions: register
                    .decisions(site.id, visit.guest.app.node.key(), now)?
                    .into_iter()
                    .map(|decision| Ok::<_, Failure>((queue_of(register, &decision)?, decision)))
                    .map(|pair| pair.map(|(queue, decision)| (decision, queue)))
                    .collect::<Result<_, _>>()?,
                conflicts,
            })
        })
    }

    fn json(&self, visit: &Visit) -> serde_json::Value {
        let ground: Vec<_> = self
            .ground
            .iter()
            .map(|(ground, hour)| {
                serde_json::json!({
                    "movement": ground.movement.id, "designator": ground.movement.designator,
                    "legal_basis": ground.movement.legal_basis, "announced": ground.movement.announced,
                    "headcount": ground.movement.headcount, "listed": ground.listed, "met": ground.met,
                    "registered": ground.registered, "registered_in_the_last_hour": hour,
                    "screened": ground.screened, "assisted": ground.assisted, "left": ground.left,
                })
            })
            .collect();
        let arriving: Vec<_> = self
            .arriving
            .iter()
            .map(|arriving| {
                serde_json::json!({
                    "movement": arriving.movement.id, "designator": arriving.movement.designator,
                    "announced": arriving.movement.announced, "listed": arriving.listed,
                    "expected": arriving.movement.expected.to_string(),
                })
            })
            .collect();
        let cover: Vec<_> = self
            .cover
            .iter()
            .map(|cover| {
                serde_json::json!({
                    "item": cover.item, "here": cover.here, "open": cover.open,
                    "expected": cover.expected, "given_lately": cover.pace.given,
                    "days_with_gifts": cover.pace.days,
                    "cover_days_tenths": cover.pace.cover_tenths(cover.here),
                })
            })
            .collect();
        serde_json::json!({
            "site": visit.site.as_ref().map(|site| &site.name), "at": visit.now.to_string(),
            "on_the_ground": ground, "arriving": arriving, "stock": cover,
            "conflicts": self.conflicts,
            "given_by_recovery": self.by_recovery,
        })
    }
}

/// The number in the queue of the person a decision is about.
fn queue_of(register: &Register<'_>, decision: &Decision) -> Result<Option<String>, Failure> {
    let (Decision::RedemptionDisputed { arrival, .. } | Decision::LimitReached { arrival, .. }) =
        decision
    else {
        return Ok(None);
    };
    Ok(domain::Known::arrival(register, *arrival)?.map(|arrival| queue_label(arrival.queue)))
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    let t = visit.t();
    let site = visit.here()?;
    let board = Board::read(visit)?;
    let now = say!(
        t,
        "date-time",
        date = visit.clock.weekday_date(visit.clock.day(visit.now)),
        time = visit.clock.time(visit.now)
    );
    let content = html! {
        div.title {
            div { h1 { (site.name) } p.muted { (now) } }
            @if visit.may_any(&[P::Register, P::Give, P::GiveCash, P::Screen]) { a.button.primary href="/desk" { (say!(t, "board-to-desk")) } }
        }
        (warned(visit)?)
        @if board.ground.is_empty() { (card(say!(t, "board-ground"), html! { p.muted { (say!(t, "board-ground-none")) } })) }
        @for (ground, hour) in &board.ground { (on_the_ground(visit, ground, *hour)) }
        div.cols {
            div.stack {
                (card(say!(t, "board-arriving"), arriving(visit, &board.arriving)))
                (card(say!(t, "board-decisions"), html! {
                    (decisions(visit, &board))
                    @if board.by_recovery > 0 { p.small { (say!(t, "rights-recovered", count = board.by_recovery)) } }
                }))
                (unanswered(visit)?)
                (crate::page::outlook::on_the_board(visit)?)
            }
            @if visit.may(P::SeeStock) { (card(say!(t, "board-stock"), cover(visit, &board.cover))) }
        }
    };
    Ok(layout::page(
        visit,
        Place::Board,
        &say!(t, "place-board"),
        content,
    ))
}

/// Teams that cannot leave, and where nobody is to travel tonight.
fn warned(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    if !visit.may(P::Warn) {
        return Ok(Markup::default());
    }
    let danger = visit.read(|register| Ok(register.danger()?))?;
    let teams = danger
        .teams
        .iter()
        .filter(|team| team.freed_at.is_none())
        .count();
    let areas = PCode::KNOWN
        .iter()
        .filter(|area| danger.onward(area, visit.now).0 == Onward::Stay);
    let areas: Vec<_> = areas.map(|area| t.of(area)).collect();
    Ok(html! {
        @if teams > 0 || !areas.is_empty() {
            (notice(Tone::Risk, html! {
                @if teams > 0 { strong { a href="/danger" { (say!(t, "danger-teams", count = teams)) } } }
                @if !areas.is_empty() { p { a href="/danger" { (say!(t, "danger-stay", areas = areas.join(", "))) } } }
            }))
        }
    })
}

/// Recommendations without an answer: a reminder for those who see reports, and for the offices asked.
fn unanswered(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    let today = domain::Day(visit.clock.day(visit.now));
    let (all, offices) =
        visit.read(|register| Ok((register.all_advice()?, register.offices()?)))?;
    let waiting: Vec<_> = all
        .iter()
        .filter(|advice| matches!(advice.standing(today), Standing::Open | Standing::Overdue))
        .filter(|advice| advice.kind == StatementKind::Recommendation)
        .collect();
    let overdue = waiting
        .iter()
        .filter(|advice| advice.standing(today) == Standing::Overdue)
        .count();
    let is_mine = |office: domain::OfficeId| {
        let mut offices = offices.iter().filter(|known| known.id == office);
        offices.any(|known| known.members.contains(&visit.user.id))
    };
    let mine = waiting
        .iter()
        .filter(|advice| advice.silent().any(is_mine))
        .count();
    if waiting.is_empty() || !(visit.may(P::SeeReports) || mine > 0) {
        return Ok(Markup::default());
    }
    Ok(card(
        say!(t, "advice-title"),
        html! {
            p { a href="/recommendations" { (say!(t, "advice-waiting", count = waiting.len(), overdue = overdue)) } }
            @if mine > 0 { p { (tag(if overdue > 0 { Tone::Risk } else { Tone::Wait }, say!(t, "advice-yours", count = mine))) } }
        },
    ))
}

fn on_the_ground(visit: &Visit, ground: &Ground, hour: u64) -> Markup {
    let t = visit.t();
    let movement = &ground.movement;
    let progress = Progress {
        movement: movement.clone(),
        counts: Counts {
            headcount: movement.headcount,
            listed: ground.listed,
            met: ground.met,
            registered: ground.registered,
            screened: ground.screened,
            assisted: ground.assisted,
            left: ground.left,
            children_alone: ground.children_alone,
            ..Counts::default()
        },
    };
    let landed = movement
        .landed_at
        .map_or_else(String::new, |at| visit.clock.near(at, visit.now));
    let linked = visit.may_any(crate::page::movements::READERS);
    let name = say!(
        t,
        "board-landed",
        movement = movement::name(visit, movement),
        origin = ground.origin.clone().unwrap_or_default(),
        destination = visit.site_name(movement.destination),
        time = landed
    );
    html! {
        section.card {
            h2 { (say!(t, "board-ground")) ": " @if linked { a href={ "/movements/" (movement.id) } { (name) } } @else { (name) } }
            (movement::tags(visit, &progress))
            (movement::steps(visit, &progress))
            (pace(visit, &progress, hour))
        }
    }
}

/// When the last person is served if it goes on like this, and how that is computed.
fn pace(visit: &Visit, Progress { counts, .. }: &Progress, hour: u64) -> Markup {
    let t = visit.t();
    let all = counts.headcount.unwrap_or(0).max(counts.met);
    let left = all.saturating_sub(counts.registered);
    if left == 0 || hour < PACE_MIN {
        return html! { p.small.muted { @if left == 0 { (say!(t, "pace-done")) } @else { (say!(t, "pace-none")) } } };
    }
    let wait_ms = i64::from(left) * HOUR_MS / i64::try_from(hour).unwrap_or(i64::MAX);
    let time = visit.clock.near(visit.now.plus_ms(wait_ms), visit.now);
    html! {
        p.small { (say!(t, "pace", time = time)) }
        details.more.small { summary { (say!(t, "how-computed")) }
            div { p { (say!(t, "pace-how", left = left, all = all, registered = counts.registered, hour = i64::try_from(hour).unwrap_or(0))) } }
        }
    }
}

fn arriving(visit: &Visit, list: &[Arriving]) -> Markup {
    let t = visit.t();
    let linked = visit.may_any(crate::page::movements::READERS);
    html! {
        @if list.is_empty() { p.muted { (say!(t, "board-arriving-none")) } }
        @else {
            table.cards {
                thead { tr { th { (say!(t, "movement")) } th { (say!(t, "movement-from")) } th.n { (say!(t, "people")) } th { (say!(t, "board-lands")) } } }
                tbody { @for Arriving { movement, origin, .. } in list { tr {
                    th scope="row" {
                        @if linked { a href={ "/movements/" (movement.id) } { (movement::name(visit, movement)) } } @else { (movement::name(visit, movement)) }
                        @if movement.diverted_from.is_some() { " " (tag(Tone::Wait, say!(t, "board-diverted-here"))) }
                        @if movement.stage == domain::Stage::Departed { " " (tag(Tone::Calm, t.of(&movement.stage))) }
                    }
                    td { (origin.as_deref().unwrap_or_default()) }
                    td.n data-label=(say!(t, "people")) { (t.number(movement.announced)) }
                    td data-label=(say!(t, "board-lands")) { (visit.clock.near(movement.expected, visit.now)) }
                } } }
            }
        }
    }
}

fn cover(visit: &Visit, list: &[Cover]) -> Markup {
    let t = visit.t();
    html! {
        @if list.is_empty() { p.muted { (say!(t, "board-stock-none")) } }
        @else {
            div.scroll { table {
                thead { tr { th { (say!(t, "item")) } th.n { (say!(t, "stock-here")) } th.n { (say!(t, "board-needed")) } th { (say!(t, "board-lasts")) } } }
                tbody { @for cover in list { tr {
                    th scope="row" { a href={ "/stock/" (cover.item) } { (t.of(&cover.item)) } }
                    td.n { (t.number(cover.here)) }
                    td.n { (t.number(needed(cover))) }
                    td { (lasts(visit, cover)) }
                } } }
            } }
            details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "cover-how")) } } }
        }
    }
}

fn needed(cover: &Cover) -> i64 {
    i64::try_from(cover.open.saturating_add(cover.expected)).unwrap_or(i64::MAX)
}

/// Days of cover at the pace of the last days with gifts, or by how much it is short before that.
pub(crate) fn lasts(visit: &Visit, cover: &Cover) -> Markup {
    let t = visit.t();
    let short = needed(cover) - cover.here;
    if short > 0 {
        return tag(Tone::Risk, say!(t, "cover-short", count = short));
    }
    if cover.here <= 0 {
        return tag(Tone::Plain, say!(t, "cover-none"));
    }
    let Some(tenths) = cover.pace.cover_tenths(cover.here) else {
        return tag(Tone::Good, say!(t, "cover-enough"));
    };
    let tone = match tenths {
        ..10 => Tone::Risk,
        10..20 => Tone::Wait,
        _ => Tone::Good,
    };
    let days = if tenths >= 100 {
        t.number(tenths / 10)
    } else {
        format!("{}{}{}", tenths / 10, t.decimal(), tenths % 10)
    };
    tag(tone, say!(t, "cover-days", days = days))
}

fn decisions(visit: &Visit, board: &Board) -> Markup {
    let t = visit.t();
    let list = &board.decisions;
    html! {
        @if list.is_empty() && board.conflicts == 0 { p.muted { (say!(t, "board-decisions-none")) } }
        @else { ul.rows {
            @if board.conflicts > 0 { (conflicts::on_the_board(visit, board.conflicts)) }
            @for (decision, queue) in list {
            @let queue = queue.clone().unwrap_or_default();
            @let (text, link, verb) = match decision {
                Decision::HeadcountDiffers { movement, designator, headcount, listed } => (
                    say!(t, "decide-headcount", movement = designator.clone(), headcount = *headcount, listed = *listed),
                    format!("/movements/{movement}"), say!(t, "decide-find"),
                ),
                Decision::MetExceeds { movement, designator, headcount, met } => (
                    say!(t, "decide-met", movement = designator.clone(), headcount = *headcount, met = *met, count = met.saturating_sub(*headcount)),
                    format!("/movements/{movement}"), say!(t, "decide-look"),
                ),
                Decision::RedemptionDisputed { arrival, item, times, .. } => (
                    say!(t, "decide-disputed", queue = queue, item = t.of(item), times = *times),
                    format!("/arrivals/{arrival}"), say!(t, "decide-look"),
                ),
                Decision::LineDisputed { movement, claims, .. } => (
                    say!(t, "decide-line", claims = *claims),
                    format!("/movements/{movement}#manifest"), say!(t, "decide-look"),
                ),
                Decision::LimitReached { arrival, item, last, .. } => (
                    say!(t, "decide-limit", queue = queue, item = t.of(item), last = visit.clock.full(*last)),
                    format!("/arrivals/{arrival}"), say!(t, "decide-look"),
                ),
                Decision::WaybillOpen { waybill, number, sent_at } => (
                    say!(t, "decide-waybill", number = number.clone(), at = visit.clock.full(*sent_at)),
                    format!("/waybills/{waybill}"), say!(t, "decide-receive"),
                ),
                Decision::RightsOffered { items, people } => (
                    say!(t, "decide-rights", items = *items, people = *people),
                    "/rights".to_owned(), say!(t, "decide-look"),
                ),
                Decision::CheckCards { entitlements, .. } => (
                    say!(t, "decide-check-cards", count = i64::try_from(*entitlements).unwrap_or(i64::MAX)),
                    "/desk".to_owned(), say!(t, "decide-look"),
                ),
            };
            li { span.grow { (text) } a.button href=(link) { (verb) } }
        } } }
    }
}
