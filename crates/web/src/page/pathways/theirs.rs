//! The pathways of one person: told of, opened, their steps ticked, closed.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Command, Day, Known, Pathway, PathwayId, PathwayKind, PathwayOutcome, PathwaySource,
    PathwayStage, PathwayStep, Permission as P, PersonId, StepStands, StepState,
};
use maud::{Markup, html};

use super::{due_on, kind_name, knows, next_step, place, stage_tag, visible};
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self};
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// The pathways of one person under any of their records, the newest first, as far as this visitor may
/// know of them.
fn theirs(visit: &Visit, person: PersonId) -> Result<Vec<Pathway>, Failure> {
    let mut all = visit.read(|register| {
        let mut all = Vec::new();
        // What is sealed of somebody erased is gone, and with it what would guard it.
        let erased = register.person(person)?.is_some_and(|person| person.erased);
        if erased && !visit.may(P::SeeScreening) {
            return Ok(all);
        }
        for record in register.same_person(person)? {
            all.extend(register.pathways_of(record)?);
        }
        Ok(all)
    })?;
    all.retain(|one| visible(visit, one));
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
        // The last hour: what is said of a day came after everything that is known of it to the minute, and
        // bears its date wherever a working day of the site begins.
        Some(on) => typed
            .clone()
            .with("occurred", format!("{on}T23:00"))
            .with("precision", "hour"),
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
