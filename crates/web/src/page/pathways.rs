//! Pathways: what became of those who were told of safe, orderly and humane pathways; the pathways that
//! go on, with what is to be done next; and, in [`theirs`], those of one person, as steps that can be
//! checked. Each role sees the kinds it may know of, and does not learn that there are others.

pub(crate) mod theirs;

use axum::response::{IntoResponse, Response};
use domain::{
    About, Day, Known, Moment, Pathway, PathwayKind, PathwayOutcome, PathwayStage, Permission as P,
    PersonId, Site,
};
use jiff::civil::Date;
use maud::{Markup, html};
use report::pathways::{Outcome, Outcomes, outcomes};

use crate::catalogue::say;
use crate::component::{Tone, card, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::visit::{Guest, Visit};

const READ: &[P] = &[P::Refer, P::SeeReports];
/// Pathways that go on, on one page; the rest is counted.
const SHOWN_MAX: usize = 200;

/// What became of those told, and the pathways that go on.
pub(crate) async fn list(guest: Guest) -> Response {
    guest.visit(list_page).await
}

/// The figures for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            if !sees_figures(visit) {
                return Err(Failure::NotFound);
            }
            let (_, outcomes) = asked(visit)?;
            let headers = [(axum::http::header::CACHE_CONTROL, "no-store")];
            Ok((headers, axum::Json(outcomes)).into_response())
        })
        .await
}

/// The days asked about, both inclusive, as they stand in the form.
struct Period {
    from: Option<Date>,
    to: Date,
}

impl Period {
    fn span(&self, site: &Site) -> (Moment, Moment) {
        let from = self
            .from
            .map_or(Moment(0), |from| site.span_of(Day(from)).0);
        (from, site.span_of(Day(self.to)).1)
    }
}

fn asked(visit: &Visit) -> Result<(Period, Outcomes), Failure> {
    let query = &visit.guest.query;
    let site = visit.here()?;
    let period = Period {
        from: query.read("from"),
        to: query.read("to").unwrap_or(site.day_of(visit.now).0),
    };
    let span = period.span(site);
    let may = |one: &Pathway| sees_all(visit) || visible(visit, one);
    let found = visit.read(|register| Ok(outcomes(register, site, span, may)?))?;
    Ok((period, found))
}

/// Whether a visitor may see figures. Who sees people's pathways as well, and not all of them, sees the
/// figures of those alone: a total gives away what its parts hide.
fn sees_figures(visit: &Visit) -> bool {
    visit.may(P::SeeReports) || sees_all(visit)
}

/// Figures have nobody's name: who sees nobody's pathways may count all.
fn sees_all(visit: &Visit) -> bool {
    let mut every = PathwayKind::KNOWN.iter();
    if visit.may(P::Refer) {
        every.all(|kind| knows(visit, Some(kind)))
    } else {
        visit.may(P::SeeReports)
    }
}

/// Whether a visitor may know whose pathway of this kind it is.
fn knows(visit: &Visit, kind: Option<&PathwayKind>) -> bool {
    visit.may(P::Refer) && visit.may(kind.map_or(P::Refer, PathwayKind::guarded_by))
}

/// Whether a visitor may know of a pathway. One that was opened and whose kind cannot be read may be any,
/// and is guarded as closely as any.
fn visible(visit: &Visit, one: &Pathway) -> bool {
    let unreadable = one.opened_at.is_some() && one.kind.is_none();
    knows(visit, one.kind.as_ref())
        && knows(visit, one.told_kind.as_ref())
        && (!unreadable || visit.may(P::SeeScreening))
}

fn list_page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let figures = if sees_figures(visit) {
        Some(asked(visit)?)
    } else {
        None
    };
    let title = say!(t, "pathways-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "pathways-lead")) } } }
        (conflicts::among(visit, &[About::Pathway])?)
        @if let Some((period, found)) = &figures {
            section.card { div.stack {
                (of_those_told(visit, &found.all))
                form.form.inline.no-print method="get" action="/pathways" {
                    div { label for="from" { (say!(t, "report-from")) } input id="from" name="from" type="date" value=[period.from]; }
                    div { label for="to" { (say!(t, "report-to")) } input id="to" name="to" type="date" value=(period.to); }
                    button { (say!(t, "report-show")) }
                }
            } }
            (card(say!(t, "pathways-kinds"), html! {
                @if found.kinds.is_empty() { p.muted { (say!(t, "pathways-none")) } }
                @else { (table(visit, found)) }
                @if !sees_all(visit) { p.small.muted { (say!(t, "pathways-part")) } }
                details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "pathways-how")) } } }
            }))
        }
        @if visit.may(P::Refer) { (going_on(visit)?) }
    };
    Ok(layout::page(visit, place(visit), &title, content))
}

/// Who does not see reports comes here from the referrals.
fn place(visit: &Visit) -> Place {
    if visit.may(P::SeeReports) {
        Place::Pathways
    } else {
        Place::Referrals
    }
}

fn number(visit: &Visit, count: u64) -> String {
    visit.t().number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The one sentence the page is for.
fn of_those_told(visit: &Visit, all: &Outcome) -> Markup {
    let t = visit.t();
    html! {
        p.big { (say!(t, "pathways-told-got", told = number(visit, all.told), got = number(visit, all.told_and_got))) }
        p.muted {
            (say!(t, "pathways-told-more", opened = number(visit, all.told_and_opened), officials = number(visit, all.told_by_officials)))
            @if let Some(days) = all.median_days { " " (say!(t, "pathways-median", days = t.number(days))) }
        }
    }
}

fn table(visit: &Visit, found: &Outcomes) -> Markup {
    let t = visit.t();
    let outcome = |outcome: &PathwayOutcome| t.of(outcome);
    let heads = [
        say!(t, "pathways-told"),
        say!(t, "pathways-got"),
        say!(t, "pathways-days"),
        say!(t, "pathways-opened"),
        say!(t, "pathways-open"),
        outcome(&PathwayOutcome::GRANTED),
        outcome(&PathwayOutcome::REFUSED),
        outcome(&PathwayOutcome::WITHDRAWN),
        outcome(&PathwayOutcome::LOST_CONTACT),
    ];
    let cells = |one: &Outcome| {
        let days = one
            .median_days
            .map_or_else(|| "–".to_owned(), |days| t.number(days));
        let count = |count| number(visit, count);
        [
            count(one.told),
            count(one.told_and_got),
            days,
            count(one.opened),
            count(one.still_open),
            count(one.granted),
            count(one.refused),
            count(one.withdrawn),
            count(one.lost_contact),
        ]
    };
    let row = |name: String, one: &Outcome| {
        html! { tr {
            th scope="row" { (name) }
            @for (head, cell) in heads.iter().zip(cells(one)) { td.n data-label=(head) { (cell) } }
        } }
    };
    html! {
        div.scroll { table.cards {
            thead { tr { th { (say!(t, "pathways-kind")) } @for head in &heads { th.n { (head) } } } }
            tbody { @for of in &found.kinds { (row(kind_name(visit, of.kind.as_ref()), &of.outcome)) } }
            tfoot { (row(say!(t, "pathways-all"), &found.all)) }
        } }
    }
}

fn kind_name(visit: &Visit, kind: Option<&PathwayKind>) -> String {
    let t = visit.t();
    kind.map_or_else(|| say!(t, "not-readable-here"), |kind| t.of(kind))
}

/// A pathway that goes on is worth a look the sooner its next step is due.
fn going_on(visit: &Visit) -> Result<Markup, Failure> {
    let t = visit.t();
    let (open, named) = visit.read(|register| {
        let mut open = register.pathways()?;
        open.retain(|one| one.is_open() && visible(visit, one));
        // Of whoever was erased nothing goes on.
        let mut there = Vec::with_capacity(open.len());
        for one in open {
            let person = register.person(one.person)?;
            if person.is_none_or(|person| !person.erased) {
                there.push(one);
            }
        }
        let mut open = there;
        open.sort_by_key(|one| {
            let due = one.next_step().and_then(|step| step.due);
            (due.is_none(), due, one.opened_at)
        });
        let shown: Vec<_> = open.iter().take(SHOWN_MAX).map(|one| one.person).collect();
        let named = if visit.may(P::SeePeople) {
            register.named(&shown)?
        } else {
            Vec::new()
        };
        Ok((open, named))
    })?;
    let name = |person: PersonId| {
        let found = named.iter().find(|named| named.person == person);
        let name = found.and_then(|named| named.name.clone());
        name.unwrap_or_else(|| say!(t, "person-unnamed"))
    };
    let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
    Ok(card(
        say!(t, "pathways-going-on", count = count),
        html! {
            @if open.is_empty() { p.muted { (say!(t, "pathways-none-open")) } }
            ul.rows { @for one in open.iter().take(SHOWN_MAX) { li {
                div.grow {
                    a.strong href={ "/pathways/of/" (one.person) } { (name(one.person)) }
                    p.small { (kind_name(visit, one.kind.as_ref())) }
                    (next_step(visit, one))
                }
                (due_tag(visit, one))
            } } }
            @if open.len() > SHOWN_MAX { p.small.muted { (say!(t, "pathways-and-more", count = open.len() - SHOWN_MAX)) } }
        },
    ))
}

fn next_step(visit: &Visit, one: &Pathway) -> Markup {
    let t = visit.t();
    let steps = one.all_steps();
    let still = steps.iter().filter(|step| step.is_open()).count();
    html! { @if !steps.is_empty() { p.small.muted {
        (say!(t, "pathways-steps-done", done = steps.len() - still, all = steps.len()))
        @if let Some(next) = one.next_step() { " · " (say!(t, "pathways-next", step = t.of(&next.step))) }
    } } }
}

fn due_tag(visit: &Visit, one: &Pathway) -> Markup {
    let due = one.next_step().and_then(|step| step.due);
    due.map_or_else(Markup::default, |due| due_on(visit, due))
}

fn due_on(visit: &Visit, due: Day) -> Markup {
    let t = visit.t();
    let at = visit.clock.date(due.0);
    if due.0 < visit.clock.day(visit.now) {
        tag(Tone::Risk, say!(t, "pathways-overdue", at = at))
    } else {
        tag(Tone::Calm, say!(t, "pathways-due", at = at))
    }
}

fn stage_tag(visit: &Visit, one: &Pathway) -> Markup {
    let t = visit.t();
    match one.stage() {
        PathwayStage::Told => tag(Tone::Plain, say!(t, "pathways-told-only")),
        PathwayStage::Open => tag(Tone::Wait, say!(t, "pathways-open")),
        PathwayStage::Closed(outcome) => {
            let granted = outcome == PathwayOutcome::GRANTED;
            tag(
                if granted { Tone::Good } else { Tone::Plain },
                t.of(&outcome),
            )
        }
    }
}
