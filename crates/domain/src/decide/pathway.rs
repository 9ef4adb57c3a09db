//! Pathways: what may be said of them. Nothing is decided here about a person; a pathway is somebody
//! else's procedure, and Akèy keeps its steps.

use super::{Context, NewEvent, holds};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, Day, Known, Pathway, PathwayId, PathwayKind, PathwayOutcome, PathwaySource,
    PathwayTerms, Permission, PersonId, Personal, StepStands, StepState,
};

/// How far ahead a step may be due, in days.
const DUE_DAYS_MAX: u32 = 3 * 366;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::TellPathway {
            pathway,
            person,
            by,
            kind,
        } => {
            let by = PathwaySource::known(by.as_str());
            let by = by.ok_or(Refusal::UnknownCode { field: "by" })?;
            let told = body::PathwayTold {
                pathway,
                person,
                by,
            };
            tell(told, kind, known, context)
        }
        Command::OpenPathway {
            pathway,
            person,
            kind,
        } => open(pathway, person, &kind, known, context),
        Command::SayPathwayStep { pathway, said } => say(pathway, said, known, context),
        Command::ClosePathway { pathway, outcome } => {
            going_on(pathway, known, context)?;
            let outcome = PathwayOutcome::known(outcome.as_str());
            let outcome = outcome.ok_or(Refusal::UnknownCode { field: "outcome" })?;
            let closed = body::PathwayClosed { pathway, outcome };
            Ok(vec![NewEvent::new(pathway.0, closed)])
        }
        _ => unreachable!("only commands about pathways are sent here"),
    }
}

fn on_record(person: PersonId, known: &dyn Known) -> Result<(), Rejected> {
    let found = known.person(person)?.ok_or(Refusal::UnknownPerson)?;
    if found.erased {
        return Err(Refusal::PersonErased.into());
    }
    Ok(())
}

/// A kind that this version knows, for somebody who may know of it.
fn allowed(
    kind: &PathwayKind,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<PathwayKind, Rejected> {
    let kind = PathwayKind::known(kind.as_str()).ok_or(Refusal::UnknownCode { field: "kind" })?;
    let permission = kind.guarded_by();
    if holds(permission, known, context)? {
        Ok(kind)
    } else {
        Err(Refusal::NotAllowed { permission }.into())
    }
}

/// Whether one of the person's pathways is like that, under any of their records.
fn has(
    person: PersonId,
    known: &dyn Known,
    like: impl Fn(&Pathway) -> bool,
) -> Result<bool, Rejected> {
    for record in known.same_person(person)? {
        if known.pathways_of(record)?.iter().any(&like) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn tell(
    told: body::PathwayTold,
    kind: Option<PathwayKind>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let (pathway, person) = (told.pathway, told.person);
    on_record(person, known)?;
    if known.pathway(pathway)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    let kind = kind
        .map(|kind| allowed(&kind, known, context))
        .transpose()?;
    let same = |other: &Pathway| other.told.is_some() && other.told_kind == kind;
    if has(person, known, same)? {
        return Err(Refusal::PathwayTold.into());
    }
    let told = NewEvent::new(pathway.0, told);
    Ok(vec![match kind {
        Some(kind) => told.with(person, Personal::Pathway(PathwayTerms { kind })),
        None => told,
    }])
}

fn open(
    id: PathwayId,
    person: PersonId,
    kind: &PathwayKind,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    on_record(person, known)?;
    let kind = allowed(kind, known, context)?;
    if let Some(before) = known.pathway(id)? {
        if before.person != person || before.opened_at.is_some() {
            return Err(Refusal::RequestReused.into());
        }
        if before.kind.is_some_and(|told_of| told_of != kind) {
            return Err(Refusal::PathwayOfOtherKind.into());
        }
    }
    // One pathway of a kind at a time.
    let same = |other: &Pathway| other.is_open() && other.kind.as_ref() == Some(&kind);
    if has(person, known, same)? {
        return Err(Refusal::PathwayOpen.into());
    }
    let opened = body::PathwayOpened {
        pathway: id,
        person,
    };
    let opened = NewEvent::new(id.0, opened);
    Ok(vec![
        opened.with(person, Personal::Pathway(PathwayTerms { kind })),
    ])
}

/// A pathway that goes on, for somebody who may know which it is; for others there is none.
fn going_on(id: PathwayId, known: &dyn Known, context: &Context<'_>) -> Result<Pathway, Rejected> {
    let found = known.pathway(id)?.ok_or(Refusal::UnknownPathway)?;
    // One whose kind cannot be read here may be any, and is guarded as closely as any.
    let kind = found.kind.as_ref();
    let guard = kind.map_or(Permission::SeeScreening, PathwayKind::guarded_by);
    if !holds(guard, known, context)? {
        return Err(Refusal::UnknownPathway.into());
    }
    on_record(found.person, known)?;
    let opened_at = found.opened_at.ok_or(Refusal::PathwayNotOpened)?;
    if found.closed.is_some() {
        return Err(Refusal::PathwayClosed.into());
    }
    let occurred = context.occurred;
    // Of what is known to the hour or the day, the end may be what was meant.
    if occurred.latest() < opened_at {
        return Err(Refusal::BeforeOpened.into());
    }
    Ok(found)
}

fn say(
    id: PathwayId,
    said: StepState,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = going_on(id, known, context)?;
    let kind = found.kind.as_ref().ok_or(Refusal::UnknownPathway)?;
    if !kind.steps().contains(&said.step) {
        return Err(Refusal::StepOfOtherKind.into());
    }
    let site = known.site(context.site)?.ok_or(Refusal::UnknownSite)?;
    let today = Day(site.date_of(context.now));
    let opened = found.opened_at.map(|at| Day(site.date_of(at)));
    let done = match said.stands {
        StepStands::Done(day) => Some(day),
        StepStands::Open | StepStands::NotApplicable => None,
    };
    if done.is_some_and(|day| day > today) {
        return Err(Refusal::StepNotYet.into());
    }
    if [done, said.due]
        .into_iter()
        .flatten()
        .any(|day| Some(day) < opened)
    {
        return Err(Refusal::BeforeOpened.into());
    }
    let last = today.0.saturating_add(jiff::Span::new().days(DUE_DAYS_MAX));
    if said.due.is_some_and(|due| due.0 > last) {
        let max_days = DUE_DAYS_MAX;
        return Err(Refusal::DueOutOfRange { max_days }.into());
    }
    let event = NewEvent::new(id.0, body::PathwayStepSaid { pathway: id });
    Ok(vec![event.with(found.person, Personal::PathwayStep(said))])
}
