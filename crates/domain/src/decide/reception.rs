//! At the desk: met, flagged, registered, screened, left.

use std::collections::BTreeSet;

use super::at_site::{here, open_here, site};
use super::{Context, NewEvent, REMARK_LENGTH_MAX, giving, holding, remark, text};
use crate::event::body;
use crate::line::LineState;
use crate::movement::MOVEMENT_PEOPLE_MAX;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Arrival, ArrivalId, CardCode, Command, Known, Line, LineId, Meeting, Movement, MovementId,
    Particulars, PersonId, Personal, Priority, ProtectionNote, Registering, Role, Screening, Stage,
    Vulnerability, Whose,
};

/// How many people one command may meet: a plane, not a stadium.
const MEETINGS_MAX: u32 = 1_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::MarkNoShow { line } => {
            let found = known.line(line)?.ok_or(Refusal::UnknownLine)?;
            receiving(found.movement, known, context)?;
            if found.state() != LineState::Waiting {
                return Err(Refusal::LineNotWaiting.into());
            }
            Ok(vec![NewEvent::new(line.0, body::NoShow { line })])
        }
        Command::Meet { movement, meetings } => meet(movement, &meetings, known, context),
        Command::Flag { arrival, priority } => {
            let found = open_here(arrival, known, context)?;
            let flagged = flagged(&found);
            Ok(vec![flagged.with(arrival, Personal::Priority(priority))])
        }
        Command::Register(registering) => register(&registering, known, context),
        Command::Screen {
            arrival,
            screening,
            note,
        } => screen(arrival, screening, note.as_deref(), known, context),
        Command::NoteProtection { arrival, note } => {
            let found = open_here(arrival, known, context)?;
            let person = found.person().ok_or(Refusal::NotRegistered)?;
            let noted = NewEvent::new(arrival.0, body::ProtectionNoted { arrival });
            Ok(vec![noted.with(person, protection_note(&note, known)?)])
        }
        Command::CorrectRegistration { arrival, line } => {
            correct_registration(arrival, line, known, context)
        }
        Command::Leave { arrival } => {
            let found = here(arrival, known, context)?;
            if found.left_at.is_some() {
                return Err(Refusal::AlreadyLeft.into());
            }
            Ok(vec![NewEvent::new(
                arrival.0,
                body::ArrivalLeft { arrival },
            )])
        }
        Command::WithdrawArrival { arrival, reason } => withdraw(arrival, &reason, known, context),
        _ => unreachable!("only commands of the desk are sent here"),
    }
}

/// The movement, if it landed at this site and is not closed.
pub(super) fn receiving(
    id: MovementId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Movement, Rejected> {
    let movement = known.movement(id)?.ok_or(Refusal::UnknownMovement)?;
    if movement.destination != context.site {
        return Err(Refusal::OtherSite.into());
    }
    match movement.stage {
        Stage::Landed
            if movement
                .landed_at
                .is_some_and(|at| context.occurred.latest() < at) =>
        {
            Err(Refusal::BeforeLanded.into())
        }
        Stage::Landed => Ok(movement),
        Stage::Announced | Stage::Departed => Err(Refusal::NotLanded.into()),
        Stage::Closed | Stage::Cancelled => Err(Refusal::WrongStage {
            stage: movement.stage.code(),
        }
        .into()),
    }
}

fn meet(
    movement: MovementId,
    meetings: &[Meeting],
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    receiving(movement, known, context)?;
    let asked = u32::try_from(meetings.len()).unwrap_or(u32::MAX);
    if !(1..=MEETINGS_MAX).contains(&asked) {
        return Err(Refusal::TooManyMeetings { max: MEETINGS_MAX }.into());
    }
    let mut queue = last_queue_number(known, context)?;
    let mut events = Vec::new();
    let mut seen = BTreeSet::new();
    for meeting in meetings {
        if !seen.insert(meeting.arrival) || known.arrival(meeting.arrival)?.is_some() {
            // The same people were met before: asking twice meets once.
            continue;
        }
        queue += 1;
        events.extend(met(meeting, movement, queue, known, context)?);
    }
    Ok(events)
}

/// Queue numbers begin again each working day of the site.
pub(super) fn last_queue_number(known: &dyn Known, context: &Context<'_>) -> Result<u32, Rejected> {
    let site = site(known, context)?;
    let day = site.span_of(site.day_of(context.occurred.at));
    Ok(known
        .last_queue_number(context.site, day)?
        .min(u32::MAX - MOVEMENT_PEOPLE_MAX))
}

/// One person met: number, card, reason to be called first, and what nobody has to ask for.
fn met(
    meeting: &Meeting,
    movement: MovementId,
    queue: u32,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let card = free_card(known, context)?;
    met_with(card, meeting, movement, queue, known, context)
}

/// The same, with a card that is there already.
pub(super) fn met_with(
    card: CardCode,
    meeting: &Meeting,
    movement: MovementId,
    queue: u32,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let arrival = meeting.arrival;
    let body = body::ArrivalMet {
        arrival,
        movement,
        site: context.site,
        queue,
        card,
    };
    let mut events = vec![NewEvent::new(arrival.0, body)];
    if let Some(priority) = meeting.priority {
        let flagged = NewEvent::new(arrival.0, body::ArrivalFlagged { arrival }).upon(Vec::new());
        events.push(flagged.with(arrival, Personal::Priority(priority)));
    }
    let package = known.package()?;
    events.extend(giving::entitle(arrival, package.on_meeting(), &[], context));
    Ok(events)
}

pub(super) fn free_card(
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<CardCode, Rejected> {
    loop {
        let card = context.ids.card();
        if !known.card_taken(&card)? && known.booklet_with(&card)?.is_none() {
            return Ok(card);
        }
    }
}

fn register(
    asked: &Registering,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    receiving(asked.movement, known, context)?;
    let person = asked.whose.person();
    let before = known.arrival(asked.arrival)?;
    if let Some(arrival) = &before {
        if arrival.site != context.site {
            return Err(Refusal::OtherSite.into());
        }
        if arrival.movement != asked.movement {
            return Err(Refusal::OtherMovement.into());
        }
        if arrival.withdrawn_at.is_some() {
            return Err(Refusal::Withdrawn.into());
        }
        if arrival.registration.is_some() {
            return Err(Refusal::AlreadyRegistered.into());
        }
    }
    if !matches!(asked.whose, Whose::Known(_)) && known.person(person)?.is_some() {
        return Err(Refusal::AlreadyRegistered.into());
    }
    let line = asked
        .line
        .map(|line| open_line(line, asked.movement, known))
        .transpose()?;
    not_arrived_before(person, asked.movement, known)?;
    let particulars = checked_particulars(asked, person, known, context)?;

    let mut events = Vec::new();
    if before.is_none() {
        let meeting = Meeting {
            arrival: asked.arrival,
            priority: None,
        };
        let queue = last_queue_number(known, context)? + 1;
        events.extend(met(&meeting, asked.movement, queue, known, context)?);
    }
    if let Some(line) = line.filter(|line| line.no_show) {
        events.push(NewEvent::new(
            line.id.0,
            body::NoShowWithdrawn { line: line.id },
        ));
    }
    events.extend(new_person(&asked.whose));
    let declined = matches!(asked.whose, Whose::Declined { .. });
    let registered = body::ArrivalRegistered {
        arrival: asked.arrival,
        person,
        line: asked.line,
        declined,
        informed: asked.informed,
    };
    let registered = NewEvent::new(asked.arrival.0, registered);
    events.push(registered.upon(Vec::new()));
    if !declined {
        let day = site(known, context)?.date_of(context.occurred.at);
        let package = known.package()?;
        let granted = package.on_registration(particulars.as_ref(), day);
        let held = before.map_or_else(Vec::new, |arrival| arrival.entitlements);
        events.extend(giving::entitle(asked.arrival, granted, &held, context));
    }
    Ok(events)
}

/// The line, if nobody was registered for it. Somebody marked as a no-show may come after all.
fn open_line(id: LineId, movement: MovementId, known: &dyn Known) -> Result<Line, Rejected> {
    let line = known.line(id)?.ok_or(Refusal::UnknownLine)?;
    if line.movement != movement {
        return Err(Refusal::OtherMovement.into());
    }
    match line.state() {
        LineState::Waiting | LineState::NoShow => Ok(line),
        LineState::Registered => Err(Refusal::LineTaken.into()),
        LineState::Removed => Err(Refusal::LineRemoved.into()),
    }
}

fn not_arrived_before(
    person: PersonId,
    movement: MovementId,
    known: &dyn Known,
) -> Result<(), Rejected> {
    for record in known.same_person(person)? {
        for arrival in known.arrivals_of(record)? {
            if known
                .arrival(arrival)?
                .is_some_and(|arrival| arrival.movement == movement)
            {
                return Err(Refusal::PersonAlreadyArrived.into());
            }
        }
    }
    Ok(())
}

/// The particulars that the package goes by, after every check on them.
fn checked_particulars(
    asked: &Registering,
    person: PersonId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Option<Particulars>, Rejected> {
    match &asked.whose {
        Whose::New { particulars, .. } => {
            if particulars.full_name().is_empty() {
                return Err(Refusal::NothingKnown.into());
            }
            check_particulars(particulars, known, context)?;
            if !asked.document_shared {
                documents_unshared(particulars, person, known)?;
            }
            Ok(Some((**particulars).clone()))
        }
        Whose::Known(id) => {
            let found = known.person(*id)?.ok_or(Refusal::UnknownPerson)?;
            if found.erased {
                return Err(Refusal::PersonErased.into());
            }
            Ok(found.particulars)
        }
        Whose::Declined { .. } => Ok(None),
    }
}

pub(super) fn check_particulars(
    particulars: &Particulars,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<(), Rejected> {
    let today = site(known, context)?.date_of(context.now);
    Ok(particulars.check(today).map_err(Refusal::from)?)
}

/// Refuses when somebody else is on record with one of these documents.
pub(super) fn documents_unshared(
    particulars: &Particulars,
    person: PersonId,
    known: &dyn Known,
) -> Result<(), Rejected> {
    let same = known.same_person(person)?;
    for document in &particulars.documents {
        let others = known.holders(document)?;
        let others = others
            .iter()
            .filter(|holder| !same.contains(holder))
            .count();
        if others > 0 {
            let holders = u32::try_from(others).unwrap_or(u32::MAX);
            return Err(Refusal::DocumentHeld { holders }.into());
        }
    }
    Ok(())
}

fn new_person(whose: &Whose) -> Option<NewEvent> {
    match whose {
        Whose::New {
            person,
            particulars,
        } => {
            let registered = body::PersonRegistered { person: *person };
            let particulars = Personal::Particulars((**particulars).clone());
            Some(NewEvent::new(person.0, registered).with(*person, particulars))
        }
        Whose::Declined { person } => Some(NewEvent::new(
            person.0,
            body::PersonRegistered { person: *person },
        )),
        Whose::Known(_) => None,
    }
}

/// Somebody is to be called first. The first reason is made upon nothing; of another the node says upon
/// what.
fn flagged(found: &Arrival) -> NewEvent {
    let arrival = found.id;
    let flagged = NewEvent::new(arrival.0, body::ArrivalFlagged { arrival });
    if found.flagged {
        flagged
    } else {
        flagged.upon(Vec::new())
    }
}

fn screen(
    arrival: ArrivalId,
    screening: Screening,
    note: Option<&str>,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = open_here(arrival, known, context)?;
    let person = found.person().ok_or(Refusal::NotRegistered)?;
    let screening = in_order(screening)?;
    let package = known.package()?;
    let mut screened = NewEvent::new(arrival.0, body::ArrivalScreened { arrival })
        .with(person, Personal::Screening(screening.clone()));
    if found.screened_at.is_none() {
        screened = screened.upon(Vec::new());
    }
    if let Some(note) = note.filter(|note| !note.trim().is_empty()) {
        screened = screened.with(person, protection_note(note, known)?);
    }
    let mut events = vec![screened];
    if screening.separation.is_some() && found.priority != Some(Priority::ChildAlone) {
        let flagged = flagged(&found);
        events.push(flagged.with(arrival, Personal::Priority(Priority::ChildAlone)));
    }
    let granted = package.on_screening(&screening);
    events.extend(giving::entitle(
        arrival,
        granted,
        &found.entitlements,
        context,
    ));
    Ok(events)
}

/// The registration at another line, or at none. A line that is freed is waited for again.
fn correct_registration(
    arrival: ArrivalId,
    line: Option<LineId>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = here(arrival, known, context)?;
    receiving(found.movement, known, context)?;
    let registration = found.registration.ok_or(Refusal::NotRegistered)?;
    if registration.line == line {
        return Err(Refusal::NothingToCorrect.into());
    }
    let line = line
        .map(|line| open_line(line, found.movement, known))
        .transpose()?;
    let mut events = Vec::new();
    if let Some(line) = line.as_ref().filter(|line| line.no_show) {
        events.push(NewEvent::new(
            line.id.0,
            body::NoShowWithdrawn { line: line.id },
        ));
    }
    let line = line.map(|line| line.id);
    events.push(NewEvent::new(
        arrival.0,
        body::RegistrationCorrected { arrival, line },
    ));
    Ok(events)
}

/// One human met or registered twice, or nobody at all: the card counts no more, and the line of the
/// manifest is free again. What was given on it is voided first, so that each thing given stands on
/// an arrival that took place.
fn withdraw(
    arrival: ArrivalId,
    reason: &str,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = open_here(arrival, known, context)?;
    receiving(found.movement, known, context)?;
    holding::not_superseded(known, context)?;
    if found.something_given() {
        return Err(Refusal::SomethingGiven.into());
    }
    let withdrawn = NewEvent::new(arrival.0, body::ArrivalWithdrawn { arrival });
    Ok(vec![withdrawn.with(arrival, remark("reason", reason)?)])
}

/// The answers without repetition; a child without parents is always on the list of vulnerabilities.
fn in_order(mut screening: Screening) -> Result<Screening, Refusal> {
    if screening.separation.is_some() {
        screening.vulnerabilities.push(Vulnerability::CHILD_ALONE);
    }
    screening.vulnerabilities.sort_unstable();
    screening.vulnerabilities.dedup();
    let unknown = |code: &Vulnerability| Vulnerability::known(code.as_str()).is_none();
    if screening.vulnerabilities.iter().any(unknown) {
        return Err(Refusal::UnknownCode {
            field: "vulnerability",
        });
    }
    Ok(screening)
}

fn protection_note(note: &str, known: &dyn Known) -> Result<Personal, Rejected> {
    let text = text("note", note, REMARK_LENGTH_MAX)?;
    known
        .role_key(Role::Protection)?
        .ok_or(Refusal::NoRoleKey)?;
    Ok(Personal::Protection(ProtectionNote { text }))
}
