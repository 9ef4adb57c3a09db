//! Movements and their manifests.

use std::collections::BTreeMap;

use super::{Context, NewEvent, name, remark, same_name};
use crate::event::body;
use crate::line::LineState;
use crate::manifest::{self, ListedPerson};
use crate::movement::MOVEMENT_PEOPLE_MAX;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, Importing, Known, LegalBasis, LineId, Moment, Movement, MovementId, MovementKind,
    Personal, Stage,
};

/// How many people of a file are looked for on other manifests.
const ELSEWHERE_SAMPLE: usize = 200;
/// Two movements of one name must be at least this far apart: flight numbers repeat daily.
const SAME_NAME_APART_MS: u64 = 12 * 3_600_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        command @ Command::AnnounceMovement { .. } => announce(command, known),
        Command::DepartMovement { movement } => {
            in_stage(movement, known, &[Stage::Announced])?;
            Ok(vec![NewEvent::new(
                movement.0,
                body::MovementDeparted { movement },
            )])
        }
        Command::LandMovement {
            movement,
            headcount,
        } => {
            expected_here(
                movement,
                known,
                context,
                &[Stage::Announced, Stage::Departed],
            )?;
            counted(headcount)?;
            Ok(vec![NewEvent::new(
                movement.0,
                body::MovementLanded {
                    movement,
                    headcount,
                },
            )])
        }
        Command::CorrectHeadcount {
            movement,
            headcount,
            reason,
        } => {
            expected_here(movement, known, context, &[Stage::Landed])?;
            counted(headcount)?;
            let corrected = body::HeadcountCorrected {
                movement,
                headcount,
            };
            let reason = remark("reason", &reason)?;
            Ok(vec![
                NewEvent::new(movement.0, corrected).with(movement, reason),
            ])
        }
        Command::DivertMovement {
            movement,
            destination,
            expected,
        } => {
            let stages = [Stage::Announced, Stage::Departed];
            let found = expected_here(movement, known, context, &stages)?;
            known.site(destination)?.ok_or(Refusal::UnknownSite)?;
            if found.destination == destination || found.origin == destination {
                return Err(Refusal::SamePlace.into());
            }
            let diverted = body::MovementDiverted {
                movement,
                destination,
                expected,
            };
            Ok(vec![NewEvent::new(movement.0, diverted)])
        }
        Command::CancelMovement { movement, reason } => cancel(movement, &reason, known, context),
        Command::CloseMovement { movement } => close(movement, known, context),
        Command::ReopenMovement { movement } => {
            in_stage(movement, known, &[Stage::Closed])?;
            Ok(vec![NewEvent::new(
                movement.0,
                body::MovementReopened { movement },
            )])
        }
        Command::StateScreening { movement, counts } => {
            let found = known.movement(movement)?.ok_or(Refusal::UnknownMovement)?;
            if found.stage == Stage::Cancelled {
                return Err(Refusal::WrongStage {
                    stage: found.stage.code(),
                }
                .into());
            }
            let people = found.headcount.unwrap_or(found.announced);
            if counts.each().iter().all(|(_, number)| number.is_none()) {
                return Err(Refusal::NoFigure.into());
            }
            // Each is a part of the people; offered and asked, done and refused may overlap.
            if counts
                .each()
                .iter()
                .any(|(_, number)| number.is_some_and(|number| number > people))
            {
                return Err(Refusal::ScreenedMoreThanMoved { people }.into());
            }
            let body = body::ScreeningStated { movement, counts };
            Ok(vec![NewEvent::new(movement.0, body)])
        }
        Command::ImportManifest(importing) => import_manifest(*importing, known, context),
        _ => unreachable!("only commands about movements are sent here"),
    }
}

/// The movement, if it is at one of these stages.
fn in_stage(id: MovementId, known: &dyn Known, stages: &[Stage]) -> Result<Movement, Rejected> {
    let movement = known.movement(id)?.ok_or(Refusal::UnknownMovement)?;
    if stages.contains(&movement.stage) {
        Ok(movement)
    } else {
        Err(Refusal::WrongStage {
            stage: movement.stage.code(),
        }
        .into())
    }
}

/// The movement, if it is at one of these stages and comes to the site of whoever asks.
fn expected_here(
    id: MovementId,
    known: &dyn Known,
    context: &Context<'_>,
    stages: &[Stage],
) -> Result<Movement, Rejected> {
    let movement = in_stage(id, known, stages)?;
    if movement.destination == context.site {
        Ok(movement)
    } else {
        Err(Refusal::OtherSite.into())
    }
}

/// A headcount may be nought: a movement can arrive empty.
fn counted(number: u32) -> Result<(), Refusal> {
    if number <= MOVEMENT_PEOPLE_MAX {
        Ok(())
    } else {
        Err(Refusal::PeopleOutOfRange {
            max: MOVEMENT_PEOPLE_MAX,
        })
    }
}

/// Nobody of a cancelled movement is waited for.
fn cancel(
    movement: MovementId,
    reason: &str,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    expected_here(
        movement,
        known,
        context,
        &[Stage::Announced, Stage::Departed],
    )?;
    let reason = remark("reason", reason)?;
    let mut events: Vec<_> = known
        .lines(movement)?
        .into_iter()
        .filter(|line| !line.removed)
        .map(|line| NewEvent::new(line.id.0, body::LineRemoved { line: line.id }))
        .collect();
    let cancelled = NewEvent::new(movement.0, body::MovementCancelled { movement });
    events.push(cancelled.with(movement, reason));
    Ok(events)
}

fn people(number: u32) -> Result<(), Refusal> {
    if (1..=MOVEMENT_PEOPLE_MAX).contains(&number) {
        Ok(())
    } else {
        Err(Refusal::PeopleOutOfRange {
            max: MOVEMENT_PEOPLE_MAX,
        })
    }
}

fn announce(command: Command, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    let Command::AnnounceMovement {
        movement,
        kind,
        designator,
        origin,
        destination,
        expected,
        legal_basis,
        announced,
        screened_before,
    } = command
    else {
        unreachable!("only announcements are sent here")
    };
    let designator = name("designator", &designator)?;
    if MovementKind::known(kind.as_str()).is_none() {
        return Err(Refusal::UnknownCode { field: "kind" }.into());
    }
    let is_listed = LegalBasis::known(legal_basis.as_str()).is_some();
    let defined = known.legal_basis(&legal_basis)?;
    if !is_listed && !defined.is_some_and(|basis| basis.active) {
        return Err(Refusal::UnknownCode {
            field: "legal_basis",
        }
        .into());
    }
    known.site(origin)?.ok_or(Refusal::UnknownSite)?;
    known.site(destination)?.ok_or(Refusal::UnknownSite)?;
    if origin == destination {
        return Err(Refusal::SamePlace.into());
    }
    people(announced)?;
    let namesakes = known.movements_named(&designator)?;
    if known.movement(movement)?.is_some()
        || namesakes.iter().any(|other| {
            same_name(&other.designator, &designator) && close_in_time(other.expected, expected)
        })
    {
        return Err(Refusal::DesignatorTaken.into());
    }
    let body = body::MovementAnnounced {
        movement,
        kind,
        designator,
        origin,
        destination,
        expected,
        legal_basis,
        announced,
        screened_before,
    };
    Ok(vec![NewEvent::new(movement.0, body)])
}

const fn close_in_time(first: Moment, second: Moment) -> bool {
    first.0.abs_diff(second.0) < SAME_NAME_APART_MS
}

/// Closing marks everybody who is still listed as a no-show, so that the balance adds up.
fn close(
    movement: MovementId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    expected_here(movement, known, context, &[Stage::Landed])?;
    let waiting = known.unregistered(movement)?;
    if waiting > 0 {
        return Err(Refusal::PeopleWaiting { waiting }.into());
    }
    let mut events: Vec<_> = known
        .lines(movement)?
        .into_iter()
        .filter(|line| line.state() == LineState::Waiting)
        .map(|line| NewEvent::new(line.id.0, body::NoShow { line: line.id }))
        .collect();
    events.push(NewEvent::new(movement.0, body::MovementClosed { movement }));
    Ok(events)
}

fn import_manifest(
    importing: Importing,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let Importing {
        import,
        movement,
        people,
        extent,
        refused,
        confirmed,
    } = importing;
    let stages = [Stage::Announced, Stage::Departed, Stage::Landed];
    expected_here(movement, known, context, &stages)?;
    let max = MOVEMENT_PEOPLE_MAX;
    let named = people.len() + extent.withdrawn().len();
    let read = u32::try_from(named).unwrap_or(u32::MAX);
    if read > max {
        return Err(Refusal::ManifestTooLong { max }.into());
    }
    if named == 0 {
        return Err(Refusal::ManifestEmpty.into());
    }
    if !confirmed.elsewhere
        && let Some(other) = listed_elsewhere(movement, &people, known)?
    {
        return Err(Refusal::ManifestElsewhere { other }.into());
    }
    let lines = known.lines(movement)?;
    let changes = manifest::changes(&lines, &people, &extent, refused);
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    if changes.replaces(&lines) && !confirmed.replaces {
        return Err(Refusal::ManifestReplaces {
            removed: count(changes.removed.len()),
            same: count(changes.same + changes.changed.len()),
        }
        .into());
    }
    if changes.may_bring_back_erased() && !confirmed.nobody_erased {
        return Err(Refusal::ErasedMayReturn {
            erased: count(changes.erased),
            listed: count(changes.listed.len()),
        }
        .into());
    }
    let imported = body::ManifestImported {
        import,
        movement,
        read,
        listed: count(changes.listed.len()),
        changed: count(changes.changed.len()),
        removed: count(changes.removed.len()),
        refused,
    };
    let mut events = vec![NewEvent::new(movement.0, imported)];
    events.extend(listed(changes.listed, movement, context));
    for (line, person) in changes.changed {
        let correction = NewEvent::new(line.0, body::LineChanged { line });
        events.push(sealed(correction, line, person));
    }
    for line in changes.removed {
        events.push(NewEvent::new(line.0, body::LineRemoved { line }));
    }
    Ok(events)
}

/// The new lines in the order of their random ids: the order of the file, with the file at hand,
/// would say who each of them is.
fn listed(
    people: Vec<ListedPerson>,
    movement: MovementId,
    context: &mut Context<'_>,
) -> Vec<NewEvent> {
    let mut lines: Vec<_> = people
        .into_iter()
        .map(|person| (LineId(context.ids.id()), person))
        .collect();
    lines.sort_unstable_by_key(|(line, _)| *line);
    lines
        .into_iter()
        .map(|(line, person)| {
            sealed(
                NewEvent::new(line.0, body::LineListed { line, movement }),
                line,
                person,
            )
        })
        .collect()
}

fn sealed(event: NewEvent, line: LineId, person: ListedPerson) -> NewEvent {
    event
        .with(line, Personal::Particulars(person.particulars))
        .with(line, Personal::Row(person.row))
}

/// Another movement on whose manifest most of these people stand: the file may be meant for it.
/// People without a document number say nothing about it.
fn listed_elsewhere(
    movement: MovementId,
    people: &[ListedPerson],
    known: &dyn Known,
) -> Result<Option<String>, Rejected> {
    let mut seen = BTreeMap::<MovementId, usize>::new();
    let mut asked = 0;
    let documents = people
        .iter()
        .filter_map(|person| person.particulars.documents.first());
    for document in documents.take(ELSEWHERE_SAMPLE) {
        asked += 1;
        let movements = known.listed_with(document)?;
        if !movements.contains(&movement) {
            for other in movements {
                *seen.entry(other).or_default() += 1;
            }
        }
    }
    let most = seen.into_iter().max_by_key(|(_, number)| *number);
    let Some((other, _)) = most.filter(|(_, number)| number * 2 > asked) else {
        return Ok(None);
    };
    Ok(known.movement(other)?.map(|other| other.designator))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("at most MOVEMENT_PEOPLE_MAX people were let in above")
}
