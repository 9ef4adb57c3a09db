//! What people decide about something that was given more often than it was to be (G4).

use super::{Context, NewEvent, remark};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{ActOfGiving, Command, Known};

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    _: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let Command::DecideOverlap {
        arrival,
        entitlement,
        act,
        decision,
        reason,
    } = command
    else {
        unreachable!("only decisions about overlaps are sent here")
    };
    let found = known.arrival(arrival)?.ok_or(Refusal::UnknownArrival)?;
    let held = found
        .entitlement(entitlement)
        .ok_or(Refusal::UnknownEntitlement)?;
    if !held
        .acts()
        .any(|given| ActOfGiving::from(given.order) == act)
    {
        return Err(Refusal::NotGiven.into());
    }
    let overlap = act.overlap();
    let decided = body::OverlapDecided {
        overlap,
        arrival,
        entitlement,
        act,
        decision,
    };
    let decided = NewEvent::new(overlap.0, decided);
    Ok(vec![decided.with(arrival, remark("reason", &reason)?)])
}
