//! Pathways: what became of those who were told of safe, orderly and humane pathways; the pathways that
//! go on, with what is to be done next; and those of one person, as steps that can be checked. Each role
//! sees the kinds it may know of, and does not learn that there are others.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{
    Command, Day, Known, Moment, Pathway, PathwayId, PathwayKind, PathwayOutcome, PathwaySource,
    PathwayStage, PathwayStep, Permission as P, PersonId, Site, StepStands, StepState,
};
use jiff::civil::Date;
use maud::{Markup, html};
use report::pathways::{Outcome, Outcomes, outcomes};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

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
    let found = visit.read(|register| Ok(outcomes(register, span)?))?;
    Ok((period, found))
}

/// Whether a visitor may see the figures: figures have nobody's name, so whoever sees reports may. Who
/// may not know of every kind sees none, because a total gives away what its parts hide.
fn sees_figures(visit: &Visit) -> bool {
    let every = PathwayKind::KNOWN.iter();
    visit.may(P::SeeReports) || every.into_iter().all(|kind| knows(visit, Some(kind)))
}

/// Whether a visitor may know whose pathway of this kind it is.
fn knows(visit: &Visit, kind: Option<&PathwayKind>) -> bool {
    visit.may(P::Refer) && visit.may(kind.map_or(P::Refer, PathwayKind::guarded_by))
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
        open.retain(|one| one.is_open() && knows(visit, one.kind.as_ref()));
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

/// The pathways of one person under any of their records, the newest first, as far as this visitor may
/// know of them.
fn theirs(visit: &Visit, person: PersonId) -> Result<Vec<Pathway>, Failure> {
    let mut all = visit.read(|register| {
        let mut all = Vec::new();
        for record in register.same_person(person)? {
            all.extend(register.pathways_of(record)?);
        }
        Ok(all)
    })?;
    all.retain(|one| knows(visit, one.kind.as_ref()) && knows(visit, one.told_kind.as_ref()));
    let newest = |one: &Pathway| one.opened_at.or(one.told.as_ref().map(|(at, _)| *at));
    all.sort_by_key(|one| std::cmp::Reverse(newest(one)));
    Ok(all)
}

/// What stands of somebody's pathways on other pages about them.
pub(crate) fn of_person(visit: &Visit, person: PersonId) -> Result<Markup, Failure> {
    if !visit.may(P::Refer) {
        return Ok(Markup::default());
    }
    let t = visit.t();
    let theirs = theirs(visit, person)?;
    Ok(card(
        say!(t, "pathways-title"),
        html! {
            @if theirs.is_empty() { p.muted { (say!(t, "pathways-none-of-them")) } }
            ul.rows { @for one in &theirs { li {
                div.grow { (called(visit, one)) @if one.is_open() { (next_step(visit, one)) } }
                (stage_tag(visit, one))
            } } }
            p.actions { a.button href={ "/pathways/of/" (person) } { (say!(t, "pathways-keep")) } }
        },
    ))
}

/// Which pathway it is; in general where no kind was named.
fn called(visit: &Visit, one: &Pathway) -> String {
    let t = visit.t();
    if one.opened_at.is_none() && one.told_kind.is_none() {
        say!(t, "pathways-in-general")
    } else {
        kind_name(visit, one.kind.as_ref())
    }
}

pub(crate) async fn of(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| person_page(visit, id(&text, PersonId)?, &Typed::default(), None, ""))
        .await
}

pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Refer])?;
            let person = id(&text, PersonId)?;
            match done(visit, person, &action, typed) {
                Ok(said) => Ok(visit.go(&format!("/pathways/of/{person}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    person_page(visit, person, typed, Some(&complaint), &action)
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn done(visit: &Visit, person: PersonId, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let named = || id(typed.get("pathway"), PathwayId).map_err(Trouble::Failed);
    let kind = typed.some("kind").map(PathwayKind::any);
    let command = match action {
        "tell" => Command::TellPathway {
            pathway: PathwayId(made_by(request, 1)),
            person,
            by: PathwaySource::any(typed.get("by")),
            kind,
        },
        "open" => {
            let kind = kind.unwrap_or_else(|| PathwayKind::any(""));
            Command::OpenPathway {
                pathway: told_of(visit, person, &kind)
                    .map_err(Trouble::Failed)?
                    .unwrap_or_else(|| PathwayId(made_by(request, 1))),
                person,
                kind,
            }
        }
        "step" => Command::SayPathwayStep {
            pathway: named()?,
            said: StepState {
                step: PathwayStep::any(typed.get("step")),
                stands: stands(visit, typed)?,
                due: day(visit, typed, "due")?,
            },
        },
        "close" => Command::ClosePathway {
            pathway: named()?,
            outcome: PathwayOutcome::any(typed.get("outcome")),
        },
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    };
    visit.execute(&dated(visit, typed), command)
}

/// What the person was told of by this kind and is not opened yet. That they were told of pathways in
/// general stays apart: who may know of that may not know what was opened.
fn told_of(
    visit: &Visit,
    person: PersonId,
    kind: &PathwayKind,
) -> Result<Option<PathwayId>, Failure> {
    let told = theirs(visit, person)?;
    let mut told = told.iter().filter(|one| {
        one.stage() == PathwayStage::Told
            && one.person == person
            && one.told_kind.as_ref() == Some(kind)
    });
    Ok(told.next().map(|one| one.id))
}

/// A form that says on which day something happened says so of an earlier day: today is now.
fn dated(visit: &Visit, typed: &Typed) -> Typed {
    let today = visit.clock.day(visit.now).to_string();
    match typed.some("on").filter(|on| *on != today) {
        // Noon lies within the day wherever a day of the site begins.
        Some(on) => typed
            .clone()
            .with("occurred", format!("{on}T12:00"))
            .with("precision", "day"),
        None => typed.clone(),
    }
}

fn day(visit: &Visit, typed: &Typed, name: &'static str) -> Result<Option<Day>, Trouble> {
    let Some(text) = typed.some(name) else {
        return Ok(None);
    };
    let wrong = |_| {
        let text = say!(visit.t(), "wrong-time");
        Trouble::Refused(visit.complain(name, "wrong-date", text))
    };
    text.parse().map(|day| Some(Day(day))).map_err(wrong)
}

fn stands(visit: &Visit, typed: &Typed) -> Result<StepStands, Trouble> {
    let done = day(visit, typed, "done")?;
    let today = Day(visit.clock.day(visit.now));
    Ok(match typed.get("stands") {
        "done" => StepStands::Done(done.unwrap_or(today)),
        "not-applicable" => StepStands::NotApplicable,
        _ => StepStands::Open,
    })
}

fn person_page(
    visit: &Visit,
    person: PersonId,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::Refer])?;
    let t = visit.t();
    let (who, erased) = visit.read(|register| {
        let found = register.person(person)?.ok_or(Failure::NotFound)?;
        let named = register.named(&[person])?.pop();
        let name = named.and_then(|named| named.name);
        Ok((name.filter(|_| visit.may(P::SeePeople)), found.erased))
    })?;
    let theirs = theirs(visit, person)?;
    let nothing = Typed::default();
    let filled = |own: &str| {
        if own == action {
            Filled::new(t, typed, complaint)
        } else {
            Filled::new(t, &nothing, None)
        }
    };
    let content = html! {
        div.title { div {
            h1 { (say!(t, "pathways-title")) }
            p.muted { a href={ "/people/" (person) } { (who.unwrap_or_else(|| say!(t, "person-unnamed"))) } }
        } }
        @if action == "step" || action == "close" { (Filled::new(t, typed, complaint).summary()) }
        @if theirs.is_empty() { section.card { p.muted { (say!(t, "pathways-none-of-them")) } } }
        @for one in &theirs { (one_pathway(visit, person, one, erased)) }
        @if !erased { div.cols {
            section.card #open { h2 { (say!(t, "pathways-open-do")) } (open_form(visit, person, filled("open").prefixed("open-"))) }
            section.card #tell { h2 { (say!(t, "pathways-tell")) } (tell_form(visit, person, filled("tell").prefixed("tell-"))) }
        } }
        p { a href="/pathways" { (say!(t, "back")) } }
    };
    let page = layout::page(visit, place(visit), &say!(t, "pathways-title"), content);
    Ok(layout::refused(page, complaint))
}

fn one_pathway(visit: &Visit, person: PersonId, one: &Pathway, erased: bool) -> Markup {
    let t = visit.t();
    html! {
        section.card {
            div.title { h2 { (called(visit, one)) } (stage_tag(visit, one)) }
            p.small.muted {
                @if let Some((at, by)) = &one.told { (say!(t, "pathways-told-at", at = visit.clock.date(visit.clock.day(*at)), by = t.of(by))) " · " }
                @match one.opened_at {
                    Some(at) => (say!(t, "pathways-opened-at", at = visit.clock.date(visit.clock.day(at)))),
                    None => (say!(t, "pathways-not-opened")),
                }
                @if let Some((_, at)) = &one.closed { " · " (say!(t, "pathways-closed-at", at = visit.clock.date(visit.clock.day(*at)))) }
            }
            @if one.opened_at.is_some() {
                ol.rows.way { @for step in one.all_steps() { li {
                    div.grow {
                        strong { (t.of(&step.step)) }
                        p.tags { (step_tag(visit, &step)) @if let Some(due) = step.due.filter(|_| step.is_open()) { (due_on(visit, due)) } }
                    }
                    @if one.is_open() && !erased { (step_form(visit, person, one.id, &step)) }
                } } }
            }
            @if one.is_open() && !erased { (close_form(visit, person, one.id)) }
        }
    }
}

fn step_tag(visit: &Visit, step: &StepState) -> Markup {
    let t = visit.t();
    match step.stands {
        StepStands::Open => tag(Tone::Wait, t.word("step", step.stands.code())),
        StepStands::Done(day) => {
            let at = visit.clock.date(day.0);
            tag(Tone::Good, say!(t, "pathways-done-on", at = at))
        }
        StepStands::NotApplicable => tag(Tone::Plain, t.word("step", step.stands.code())),
    }
}

fn step_form(visit: &Visit, person: PersonId, pathway: PathwayId, step: &StepState) -> Markup {
    let t = visit.t();
    let action = format!("/pathways/of/{person}/step");
    let hidden = html! {
        input type="hidden" name="pathway" value=(pathway);
        input type="hidden" name="step" value=(step.step.as_str());
    };
    let due = step.due.map(|due| due.to_string()).unwrap_or_default();
    let done = match step.stands {
        StepStands::Done(day) => day.to_string(),
        StepStands::Open | StepStands::NotApplicable => String::new(),
    };
    let typed = Typed::default()
        .with("stands", step.stands.code())
        .with("done", done)
        .with("due", due.clone());
    let prefix = format!("{pathway}-{}-", step.step);
    let filled = Filled::new(t, &typed, None).prefixed(&prefix);
    let codes = ["open", "done", "not-applicable"];
    let options = codes.map(|code| (code.to_owned(), t.word("step", code)));
    html! {
        @if step.is_open() { (layout::form(visit, &action, html! {
            (hidden)
            input type="hidden" name="due" value=(due);
            button name="stands" value="done" aria-label=(say!(t, "pathways-done-today-of", step = t.of(&step.step))) { (say!(t, "pathways-done-today")) }
        })) }
        details.more { summary { (say!(t, "pathways-dates")) } (layout::form(visit, &action, html! {
            (hidden)
            div.stack {
                div.form {
                    (filled.select("stands", say!(t, "pathways-stands"), options.to_vec()))
                    (filled.text("done", say!(t, "pathways-done-day")).kind("date"))
                    (filled.text("due", say!(t, "pathways-due-day")).kind("date"))
                }
                button { (say!(t, "save")) }
            }
        })) }
    }
}

fn close_form(visit: &Visit, person: PersonId, pathway: PathwayId) -> Markup {
    let t = visit.t();
    let outcomes = PathwayOutcome::KNOWN
        .iter()
        .map(|outcome| (outcome.as_str().to_owned(), t.of(outcome)))
        .collect();
    let typed = Typed::default().with("on", visit.clock.day(visit.now).to_string());
    let prefix = format!("close-{pathway}-");
    let filled = Filled::new(t, &typed, None).prefixed(&prefix);
    html! {
        details.more { summary { (say!(t, "pathways-close")) }
            (layout::form(visit, &format!("/pathways/of/{person}/close"), html! {
                input type="hidden" name="pathway" value=(pathway);
                div.stack {
                    div.form {
                        (filled.select("outcome", say!(t, "pathways-outcome"), outcomes))
                        (filled.text("on", say!(t, "pathways-on")).kind("date"))
                    }
                    button.primary { (say!(t, "pathways-close")) }
                }
            }))
        }
    }
}

/// The kinds that this visitor may know of.
fn kinds(visit: &Visit) -> Vec<(String, String)> {
    let kinds = PathwayKind::KNOWN.iter();
    kinds
        .filter(|kind| knows(visit, Some(kind)))
        .map(|kind| (kind.as_str().to_owned(), visit.t().of(kind)))
        .collect()
}

fn with_today<'a>(visit: &Visit, filled: Filled<'a>, today: &'a mut Typed) -> Filled<'a> {
    if !filled.typed.is_empty() {
        return filled;
    }
    *today = Typed::default().with("on", visit.clock.day(visit.now).to_string());
    Filled {
        typed: today,
        ..filled
    }
}

fn open_form(visit: &Visit, person: PersonId, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let mut today = Typed::default();
    let filled = with_today(visit, filled, &mut today);
    layout::form(
        visit,
        &format!("/pathways/of/{person}/open"),
        html! { div.stack {
            (filled.summary())
            div.form {
                (filled.select("kind", say!(t, "pathways-kind"), kinds(visit)))
                (filled.text("on", say!(t, "pathways-on")).kind("date"))
            }
            button.primary { (say!(t, "pathways-open-do")) }
        } },
    )
}

fn tell_form(visit: &Visit, person: PersonId, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let mut today = Typed::default();
    let filled = with_today(visit, filled, &mut today);
    let sources = PathwaySource::KNOWN
        .iter()
        .map(|by| (by.as_str().to_owned(), t.of(by)))
        .collect();
    layout::form(
        visit,
        &format!("/pathways/of/{person}/tell"),
        html! { div.stack {
            (filled.summary())
            p.aloud { (say!(t, "pathways-tell-aloud")) }
            div.form {
                (filled.select("by", say!(t, "pathways-tell-by"), sources))
                (filled.select("kind", say!(t, "pathways-kind"), kinds(visit)).empty(say!(t, "pathways-in-general")))
                (filled.text("on", say!(t, "pathways-on")).kind("date"))
            }
            button { (say!(t, "pathways-tell")) }
        } },
    )
}
