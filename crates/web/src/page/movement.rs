//! One movement: what is known of it, how far its people are, whether everybody is accounted for,
//! and what can be done with it now.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Command, Line, LineId, LineState, Movement, MovementId, Permission as P, ScreenedCounts, Stage,
};
use maud::{Markup, Render, html};
use register::movements::{LineFilter, LineRow, ToldBefore};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::lookup::{self, Counts, Progress};
use crate::page::movements::{READERS, stage_tag};
use crate::page::sites::{basis_name, told_before};
use crate::particulars;
use crate::visit::{Guest, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            let asked = visit.asked().unwrap_or_default();
            page(visit, id(&text, MovementId)?, &asked, None)
        })
        .await
}

/// One thing done with a movement; the name of the action is part of the address.
pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let movement = id(&text, MovementId)?;
            if action == "find" {
                return Ok(visit.ask(&format!("/movements/{movement}"), typed));
            }
            match command(visit, movement, &action, typed)
                .and_then(|command| visit.execute(typed, command))
            {
                Ok(said) => Ok(visit.go(&format!("/movements/{movement}"), said)),
                Err(Trouble::Refused(complaint)) => page(visit, movement, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn command(
    visit: &Visit,
    movement: MovementId,
    action: &str,
    typed: &Typed,
) -> Result<Command, Trouble> {
    let t = visit.t();
    let needed = if action == "no-show" {
        P::Register
    } else {
        P::ManageMovements
    };
    visit.need(&[needed]).map_err(Trouble::Failed)?;
    let people = || {
        typed.read("people").ok_or_else(|| {
            Trouble::Refused(visit.complain("people", "wrong-number", say!(t, "wrong-number")))
        })
    };
    let reason = || typed.get("reason").to_owned();
    Ok(match action {
        "depart" => Command::DepartMovement { movement },
        "land" => Command::LandMovement {
            movement,
            headcount: people()?,
        },
        "correct" => Command::CorrectHeadcount {
            movement,
            headcount: people()?,
            reason: reason(),
        },
        "divert" => Command::DivertMovement {
            movement,
            destination: id(typed.get("destination"), domain::SiteId).map_err(Trouble::Failed)?,
            expected: visit.clock.read(typed.get("expected")).ok_or_else(|| {
                Trouble::Refused(visit.complain("expected", "wrong-time", say!(t, "wrong-time")))
            })?,
        },
        "cancel" => Command::CancelMovement {
            movement,
            reason: reason(),
        },
        "close" => Command::CloseMovement { movement },
        "reopen" => Command::ReopenMovement { movement },
        "screening" => Command::StateScreening {
            movement,
            counts: screened_counts(visit, typed)?,
        },
        "no-show" => Command::MarkNoShow {
            line: id(typed.get("line"), LineId).map_err(Trouble::Failed)?,
        },
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    })
}

/// How many were screened before, each number empty where nobody said it.
fn screened_counts(visit: &Visit, typed: &Typed) -> Result<ScreenedCounts, Trouble> {
    let number = |field: &'static str| match typed.some(field) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| {
            let text = say!(visit.t(), "wrong-number");
            Trouble::Refused(visit.complain(field, "wrong-number", text))
        }),
    };
    Ok(ScreenedCounts {
        offered: number("offered")?,
        asked: number("asked")?,
        done: number("done")?,
        refused: number("refused")?,
    })
}

fn page(
    visit: &Visit,
    movement: MovementId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(READERS)?;
    let t = visit.t();
    let filter = LineFilter {
        state: line_state(typed.get("state")),
        search: typed
            .some("search")
            .filter(|_| visit.may(P::SeePeople))
            .map(str::to_owned),
    };
    let (progress, lines) = visit.read(|register| {
        let progress = lookup::progress(register, movement)?.ok_or(Failure::NotFound)?;
        Ok((progress, lookup::manifest(register, movement, &filter)?))
    })?;
    let Progress { movement, counts } = &progress;
    let name = name(visit, movement);
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        div.title {
            div {
                h1 { (name) " " (stage_tag(visit, movement)) }
                p.muted { (visit.site_name(movement.origin)) " → " (visit.site_name(movement.destination)) }
            }
            @if movement.stage == Stage::Landed && visit.may(P::Register) {
                a.button.primary href={ "/desk?movement=" (movement.id) } { (say!(t, "movement-receive")) }
            }
        }
        (filled.summary())
        (crate::page::conflicts::of(visit, movement.id.0)?)
        (crate::page::conflicts::after_closing(visit, movement.id)?)
        section.card {
            h2 { (say!(t, "movement-now")) }
            (tags(visit, &progress))
            (steps(visit, &progress))
        }
        div.cols {
            div.stack {
                (card(say!(t, "movement-facts"), facts(visit, movement)?))
                @if visit.may(P::ManageMovements) { (actions(visit, movement, filled)) }
            }
            @if movement.headcount.is_some() {
                (card(say!(t, "balance-title"), balance(visit, counts)))
            }
        }
        (manifest(visit, &progress, &filter, lines))
    };
    let page = layout::page(visit, Place::Movements, &name, content);
    Ok(layout::refused(page, complaint))
}

/// Kind and name in one: `Flight DR-12`.
pub(crate) fn name(visit: &Visit, movement: &Movement) -> String {
    format!("{} {}", visit.t().of(&movement.kind), movement.designator)
}

/// What everybody should know of a movement at a glance.
pub(crate) fn tags(visit: &Visit, progress: &Progress) -> Markup {
    let t = visit.t();
    let Progress { movement, counts } = progress;
    let screened = if movement.screened_before == domain::Screened::Done {
        Tone::Good
    } else {
        Tone::Wait
    };
    html! {
        p.tags {
            (tag(Tone::Calm, t.of(&movement.legal_basis)))
            @if counts.children_alone > 0 {
                (tag(Tone::Risk, say!(t, "movement-children-alone", count = counts.children_alone)))
            }
            (tag(screened, t.of(&movement.screened_before)))
        }
    }
}

/// From announced to left, each as wide as its number is large.
pub(crate) fn steps(visit: &Visit, progress: &Progress) -> Markup {
    let t = visit.t();
    let Progress { movement, counts } = progress;
    let most = movement
        .announced
        .max(movement.headcount.unwrap_or(0))
        .max(counts.met)
        .max(1);
    let steps = [
        (say!(t, "step-announced"), Some(movement.announced)),
        (say!(t, "step-counted"), movement.headcount),
        (say!(t, "step-met"), Some(counts.met)),
        (say!(t, "step-registered"), Some(counts.registered)),
        (say!(t, "step-screened"), Some(counts.screened)),
        (say!(t, "step-assisted"), Some(counts.assisted)),
        (say!(t, "step-left"), Some(counts.left)),
    ];
    html! {
        ol.steps {
            @for (name, count) in steps {
                @if let Some(count) = count {
                    li class={ "w-" (1 + (count * 9).div_ceil(most).min(9)) } {
                        b { (t.number(count)) } span { (name) }
                    }
                }
            }
        }
    }
}

fn facts(visit: &Visit, movement: &Movement) -> Result<Markup, Failure> {
    let t = visit.t();
    let basis = basis_name(visit, &movement.legal_basis)?;
    let screening = movement.screening.map(ScreenedCounts::each);
    let told = if visit.may(P::SeeReports) {
        visit.read(|register| Ok(register.told_before(Some(movement.id))?))?
    } else {
        ToldBefore::new()
    };
    let time = |moment: Option<domain::Moment>| moment.map(|moment| visit.clock.full(moment));
    Ok(html! {
        dl {
            dt { (say!(t, "movement-expected")) } dd { (visit.clock.full(movement.expected)) }
            @if let Some(at) = time(movement.departed_at) { dt { (say!(t, "movement-departed-at")) } dd { (at) } }
            @if let Some(at) = time(movement.landed_at) { dt { (say!(t, "movement-landed-at")) } dd { (at) } }
            @if let Some(at) = time(movement.closed_at) { dt { (say!(t, "movement-closed-at")) } dd { (at) } }
            @if let Some(site) = movement.diverted_from {
                dt { (say!(t, "movement-diverted-from")) } dd { (visit.site_name(site)) }
            }
            dt { (say!(t, "movement-legal")) } dd { (basis) }
            dt { (say!(t, "movement-people-announced")) } dd { (t.number(movement.announced)) }
            @if let Some(count) = movement.headcount {
                dt { (say!(t, "movement-people-counted")) } dd { (t.number(count)) }
            }
            @for (word, number) in screening.into_iter().flatten() { @if let Some(number) = number {
                dt { (say!(t, "sites-screened")) ": " (t.word("screening-count", word)) } dd { (t.number(number)) }
            } }
        }
        @if let Some(told) = told.get(&movement.id) { div.small { (told_before(visit, told)) } }
    })
}

/// Announced + unlisted = registered + no-show + waiting: both sides, and what is between them.
fn balance(visit: &Visit, counts: &Counts) -> Markup {
    let t = visit.t();
    let left = counts.listed + counts.unlisted;
    let right = counts.registered + counts.no_show + counts.waiting;
    let row = |name: String, count: u32| html! { tr { td { (name) } td.n { (t.number(count)) } } };
    html! {
        table {
            tbody {
                (row(say!(t, "balance-listed"), counts.listed))
                (row(say!(t, "balance-unlisted"), counts.unlisted))
                tr { th scope="row" { (say!(t, "balance-sum")) } td.n { b { (t.number(left)) } } }
                (row(say!(t, "balance-registered"), counts.registered))
                (row(say!(t, "balance-no-show"), counts.no_show))
                (row(say!(t, "balance-waiting"), counts.waiting))
                tr { th scope="row" { (say!(t, "balance-sum")) } td.n { b { (t.number(right)) } } }
            }
        }
        @if left == right { (notice(Tone::Good, say!(t, "balance-even"))) }
        @else {
            (notice(Tone::Risk, say!(t, "balance-off", count = left.abs_diff(right))))
        }
        @if let Some(text) = headcount_gap(visit, counts) { p.small { (text) } }
    }
}

/// What the headcount says beside the manifest, where they differ.
pub(crate) fn headcount_gap(visit: &Visit, counts: &Counts) -> Option<String> {
    let t = visit.t();
    let headcount = counts.headcount?;
    match headcount.cmp(&counts.listed) {
        _ if counts.listed == 0 => None,
        std::cmp::Ordering::Greater => Some(say!(
            t,
            "headcount-more",
            headcount = headcount,
            listed = counts.listed,
            count = headcount - counts.listed
        )),
        std::cmp::Ordering::Less => Some(say!(
            t,
            "headcount-fewer",
            headcount = headcount,
            listed = counts.listed,
            count = counts.listed - headcount
        )),
        std::cmp::Ordering::Equal => None,
    }
}

fn actions(visit: &Visit, movement: &Movement, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let form = |action: &str, content: Markup| {
        layout::form(
            visit,
            &format!("/movements/{}/{action}", movement.id),
            content,
        )
    };
    let earlier = || earlier(visit, filled);
    let here = visit
        .site
        .as_ref()
        .is_some_and(|site| site.id == movement.destination);
    let content = html! {
        @match movement.stage {
            Stage::Announced | Stage::Departed => {
                @if here {
                    (form("land", html! { div.stack {
                        (filled.prefixed("land-").number("people", say!(t, "movement-people-counted"), (1, 10_000)).required())
                        (earlier())
                        button.primary { (say!(t, "movement-land")) }
                    } }))
                } @else { p.muted { (say!(t, "movement-elsewhere", site = visit.site_name(movement.destination))) } }
                @if movement.stage == Stage::Announced {
                    hr;
                    (form("depart", html! { div.stack { (earlier()) button { (say!(t, "movement-depart")) } } }))
                }
                hr;
                details.more { summary { (say!(t, "movement-divert")) }
                    (form("divert", html! { div.stack {
                        (filled.prefixed("divert-").select("destination", say!(t, "movement-to"), visit.site_options()))
                        (filled.prefixed("divert-").text("expected", say!(t, "movement-expected")).kind("datetime-local").required())
                        button { (say!(t, "movement-divert")) }
                    } }))
                }
                details.more { summary { (say!(t, "movement-cancel")) }
                    (form("cancel", html! { div.stack {
                        (filled.prefixed("cancel-").text("reason", say!(t, "reason")).required())
                        button.danger { (say!(t, "movement-cancel")) }
                    } }))
                }
            }
            Stage::Landed => {
                (form("close", html! {
                    p.small.muted { (say!(t, "movement-close-hint")) }
                    p.actions { button.primary { (say!(t, "movement-close")) } }
                }))
                hr;
                p.actions { a.button href="/rights" { (say!(t, "rights-release")) } }
                details.more { summary { (say!(t, "movement-correct")) }
                    (form("correct", html! { div.stack {
                        (filled.prefixed("correct-").number("people", say!(t, "movement-people-counted"), (1, 10_000)).required())
                        (filled.prefixed("correct-").text("reason", say!(t, "reason")).required())
                        button { (say!(t, "movement-correct")) }
                    } }))
                }
            }
            Stage::Closed => {
                (form("reopen", html! {
                    p.small.muted { (say!(t, "movement-reopen-hint")) }
                    p.actions { button { (say!(t, "movement-reopen")) } }
                }))
            }
            Stage::Cancelled => { p.muted { (say!(t, "movement-cancelled-hint")) } }
        }
        @if movement.stage != Stage::Cancelled {
            hr;
            details.more { summary { (say!(t, "screened-counts-title")) }
                (form("screening", html! { div.stack {
                    p.hint { (say!(t, "screened-counts-hint")) }
                    div.form {
                        @for word in ["offered", "asked", "done", "refused"] {
                            (filled.prefixed("screening-").number(word, t.word("screening-count", word), (0, 10_000)))
                        }
                    }
                    button { (say!(t, "save")) }
                } }))
            }
        }
    };
    card(say!(t, "movement-do"), content)
}

/// The field for what happened earlier and was written on paper.
pub(crate) fn earlier(visit: &Visit, filled: Filled<'_>) -> impl Render {
    let t = visit.t();
    let wrong = filled
        .complaint
        .is_some_and(|complaint| complaint.field == Some("occurred"));
    html! {
        details.more open[wrong] { summary { (say!(t, "earlier")) }
            div { (filled.text("occurred", say!(t, "earlier-when")).kind("datetime-local")) }
        }
    }
}

const STATES: [LineState; 4] = [
    LineState::Waiting,
    LineState::Registered,
    LineState::NoShow,
    LineState::Removed,
];

fn line_state(code: &str) -> Option<LineState> {
    STATES.into_iter().find(|state| state.code() == code)
}

fn manifest(
    visit: &Visit,
    Progress { movement, counts }: &Progress,
    filter: &LineFilter,
    (rows, total): (Vec<LineRow>, u64),
) -> Markup {
    let t = visit.t();
    let open = !matches!(movement.stage, Stage::Closed | Stage::Cancelled);
    let today = visit.clock.day(visit.now);
    let path = format!("/movements/{}", movement.id);
    let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    html! {
        section.card #manifest {
            div.title {
                h2 { (say!(t, "manifest-title")) " (" (t.number(counts.listed)) ")" }
                @if open && visit.may(P::ManageMovements) {
                    a.button href={ (path) "/manifest" } { (say!(t, "manifest-import")) }
                }
            }
            @if counts.listed == 0 && total == 0 && filter.state.is_none() && filter.search.is_none() {
                p.muted { (say!(t, "manifest-none")) }
            } @else if visit.may(P::SeePeople) {
                (layout::form(visit, &format!("{path}/find#manifest"), html! { div.form.inline {
                    div {
                        label for="search" { (say!(t, "manifest-search")) }
                        input id="search" name="search" value=(filter.search.as_deref().unwrap_or_default()) autocomplete="off";
                    }
                    div {
                        label for="state" { (say!(t, "manifest-state")) }
                        select id="state" name="state" {
                            option value="" { (say!(t, "manifest-all")) }
                            @for state in STATES {
                                option value=(state.code()) selected[filter.state == Some(state)] { (t.of(&state)) }
                            }
                        }
                    }
                    button { (say!(t, "manifest-filter")) }
                } }))
                @if rows.is_empty() { p.muted { (say!(t, "manifest-nobody")) } }
                @else {
                    div.scroll { table.cards {
                        thead { tr { th.n { (say!(t, "manifest-row")) } th { (say!(t, "who-name")) } th { (say!(t, "who-sex-age")) } th { (say!(t, "manifest-state")) } th { span.hidden { (say!(t, "manifest-do")) } } } }
                        tbody { @for row in &rows { (manifest_row(visit, movement, &row.line, today)) } }
                    } }
                    @if shown < total { p.small.muted { (say!(t, "list-more", shown = shown, total = total)) } }
                }
            } @else { p.small.muted { (say!(t, "nobody-may-see")) } }
        }
    }
}

fn manifest_row(
    visit: &Visit,
    movement: &Movement,
    line: &Line,
    today: jiff::civil::Date,
) -> Markup {
    let t = visit.t();
    let state = line.state();
    let tone = match state {
        LineState::Registered => Tone::Good,
        LineState::NoShow | LineState::Removed => Tone::Plain,
        LineState::Waiting => Tone::Wait,
    };
    let landed = movement.stage == Stage::Landed;
    html! {
        tr {
            td.n.aside { (line.row.map(|row| t.number(row)).unwrap_or_default()) }
            td {
                @match &line.particulars {
                    Some(who) => {
                        @match line.taken_by {
                            Some(arrival) => a href={ "/arrivals/" (arrival) } { (who.full_name()) },
                            None => (who.full_name()),
                        }
                    }
                    None => span.muted { (say!(t, "not-readable-here")) },
                }
            }
            td { (line.particulars.as_ref().map(|who| particulars::short(t, who, today)).unwrap_or_default()) }
            td { (tag(tone, t.of(&state))) }
            td {
                @if landed && state == LineState::Waiting && visit.may(P::Register) {
                    (layout::form(visit, &format!("/movements/{}/no-show", movement.id), html! {
                        input type="hidden" name="line" value=(line.id);
                        button.quiet { (say!(t, "manifest-no-show")) }
                    }))
                }
                @if line.taken_by.is_none() && !line.erased && state != LineState::Waiting {
                    a.small href={ "/lines/" (line.id) } { (say!(t, "erase-title")) }
                }
            }
        }
    }
}
