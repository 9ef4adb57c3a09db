//! Rights released by the node that holds them, and taken or declined by the node they are for (G3).

use std::collections::BTreeSet;

use super::holding::not_superseded;
use super::{Context, NewEvent};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{ArrivalId, Command, Known, NodeKey, Released, SiteId, TransferId};

/// How many people's rights one release may name: a plane's, or a crossing's of a day.
const RELEASED_PEOPLE_MAX: u32 = 2_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::ReleaseRights {
            transfer,
            of,
            to,
            site,
        } => release(transfer, &of, to, site, known, context),
        Command::AcceptRights { transfer } => answer(transfer, known, context, |arrival| {
            NewEvent::new(arrival.0, body::RightsAccepted { arrival, transfer })
        }),
        Command::DeclineRights { transfer } => answer(transfer, known, context, |arrival| {
            NewEvent::new(arrival.0, body::RightsDeclined { arrival, transfer })
        }),
        _ => unreachable!("only commands about rights are sent here"),
    }
}

fn release(
    transfer: TransferId,
    of: &Released,
    to: NodeKey,
    site: SiteId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    not_superseded(known, context)?;
    if to == context.node {
        return Err(Refusal::NotToItself.into());
    }
    takes_part(to, known)?;
    known.site(site)?.ok_or(Refusal::UnknownSite)?;
    let mut events = Vec::new();
    let mut people = 0_u32;
    let mut asked_before = false;
    for arrival in whose(of, known)? {
        let found = known.arrival(arrival)?.ok_or(Refusal::UnknownArrival)?;
        if found.withdrawn_at.is_some() {
            continue;
        }
        let passed = found.entitlements.iter().filter_map(|held| held.passing);
        asked_before |= passed
            .into_iter()
            .any(|passing| passing.transfer == transfer);
        let entitlements: Vec<_> = found
            .entitlements
            .iter()
            .filter(|held| held.redeemed.is_none() && held.may_be_released_by(context.node))
            .map(|held| held.id)
            .collect();
        if entitlements.is_empty() {
            continue;
        }
        if let Released::Share { people: share, .. } = of
            && people >= *share
        {
            break;
        }
        people += 1;
        let released = body::RightsReleased {
            arrival,
            transfer,
            entitlements,
            to,
            site,
        };
        events.push(NewEvent::new(arrival.0, released));
    }
    if people > RELEASED_PEOPLE_MAX {
        return Err(Refusal::TooManyReleased {
            max: RELEASED_PEOPLE_MAX,
        }
        .into());
    }
    // Asked twice, it is released once.
    if asked_before {
        return Ok(Vec::new());
    }
    if events.is_empty() {
        return Err(Refusal::NothingToRelease.into());
    }
    Ok(events)
}

fn whose(of: &Released, known: &dyn Known) -> Result<Vec<ArrivalId>, Rejected> {
    Ok(match of {
        Released::Movement(movement) | Released::Share { movement, .. } => {
            known.movement(*movement)?.ok_or(Refusal::UnknownMovement)?;
            known.arrivals_by(*movement)?
        }
        Released::People(people) => {
            let once: BTreeSet<_> = people.iter().copied().collect();
            once.into_iter().collect()
        }
    })
}

/// The node belongs to the operation, and nobody took over its rights.
pub(super) fn takes_part(node: NodeKey, known: &dyn Known) -> Result<(), Rejected> {
    if !known.admitted(node)? {
        return Err(Refusal::UnknownNode.into());
    }
    if known.claimants(node)?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NodeReplaced.into())
    }
}

fn answer(
    transfer: TransferId,
    known: &dyn Known,
    context: &Context<'_>,
    event: impl Fn(ArrivalId) -> NewEvent,
) -> Result<Vec<NewEvent>, Rejected> {
    // Declined too late, a right that another node took over and used would be with its first holder again.
    not_superseded(known, context)?;
    let mut events = Vec::new();
    for arrival in known.passing(transfer)? {
        let found = known.arrival(arrival)?.ok_or(Refusal::UnknownArrival)?;
        let ours = found.entitlements.iter().any(|held| {
            let passing = held.passing;
            passing.is_some_and(|passing| passing.waits_for(transfer, context.node))
        });
        if ours {
            events.push(event(arrival));
        }
    }
    if events.is_empty() {
        return Err(Refusal::NothingReleasedHere.into());
    }
    Ok(events)
}
