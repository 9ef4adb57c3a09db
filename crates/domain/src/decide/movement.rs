//! Movements and their manifests.

use super::{Context, NewEvent, name, remark, same_name};
use crate::event::body;
use crate::line::LineState;
use crate::manifest::{self, ListedPerson};
use crate::movement::MOVEMENT_PEOPLE_MAX;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, ImportId, Known, LegalBasis, LineId, Moment, Movement, MovementId, MovementKind,
    Personal, Stage,
};

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
            let found = in_stage(movement, known, &[Stage::Announced, Stage::Departed])?;
            if found.destination != context.site {
                return Err(Refusal::OtherSite.into());
            }
            people(headcount)?;
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
            in_stage(movement, known, &[Stage::Landed])?;
            people(headcount)?;
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
            let found = in_stage(movement, known, &[Stage::Announced, Stage::Departed])?;
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
        Command::CancelMovement { movement, reason } => {
            in_stage(movement, known, &[Stage::Announced, Stage::Departed])?;
            let reason = remark("reason", &reason)?;
            let cancelled = NewEvent::new(movement.0, body::MovementCancelled { movement });
            Ok(vec![cancelled.with(movement, reason)])
        }
        Command::CloseMovement { movement } => close(movement, known),
        Command::ReopenMovement { movement } => {
            in_stage(movement, known, &[Stage::Closed])?;
            Ok(vec![NewEvent::new(
                movement.0,
                body::MovementReopened { movement },
            )])
        }
        Command::ImportManifest {
            import,
            movement,
            people,
            refused,
        } => import_manifest(import, movement, &people, refused, known, context),
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
    if LegalBasis::known(legal_basis.as_str()).is_none() {
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
fn close(movement: MovementId, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    in_stage(movement, known, &[Stage::Landed])?;
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
    import: ImportId,
    movement: MovementId,
    people: &[ListedPerson],
    refused: u32,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    in_stage(
        movement,
        known,
        &[Stage::Announced, Stage::Departed, Stage::Landed],
    )?;
    let max = MOVEMENT_PEOPLE_MAX;
    let read = u32::try_from(people.len()).unwrap_or(u32::MAX);
    if read > max {
        return Err(Refusal::ManifestTooLong { max }.into());
    }
    let changes = manifest::compare(&known.lines(movement)?, people);
    if changes.is_empty() {
        return Ok(Vec::new());
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
    for ListedPerson { row, particulars } in changes.listed {
        let line = LineId(context.ids.id());
        let listed = NewEvent::new(
            line.0,
            body::LineListed {
                line,
                movement,
                row,
            },
        );
        events.push(listed.with(line, Personal::Particulars(particulars)));
    }
    for (line, ListedPerson { row, particulars }) in changes.changed {
        let correction = NewEvent::new(line.0, body::LineChanged { line, row });
        events.push(correction.with(line, Personal::Particulars(particulars)));
    }
    for line in changes.removed {
        events.push(NewEvent::new(line.0, body::LineRemoved { line }));
    }
    Ok(events)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("at most MOVEMENT_PEOPLE_MAX people were let in above")
}
