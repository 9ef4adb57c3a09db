//! The rights of a node that is lost for good, taken over by people's decision: announced by one, waited
//! for, confirmed by another on the node that takes over.

use super::holding::not_superseded;
use super::right::takes_part;
use super::{Context, NewEvent};
use crate::event::body;
use crate::id::id_by_rule;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, Known, LossReason, NodeKey, Recovery, RecoveryId, WAITING_DAYS_LEAST, WAITING_DAYS_MAX,
};

pub(super) fn decide(
    command: &Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match *command {
        Command::AnnounceLost {
            recovery,
            node,
            heir,
            waiting_days,
            why,
        } => announce(recovery, node, heir, waiting_days, why, known),
        Command::CallOffRecovery { recovery } => {
            let found = open(recovery, known)?;
            Ok(vec![NewEvent::new(
                found.id.0,
                body::RecoveryCalledOff { recovery },
            )])
        }
        Command::HearOfLoss { recovery } => hear(recovery, known, context),
        Command::ConfirmRecovery { recovery } => confirm(recovery, known, context),
        Command::SetRecoveryRules { waiting_days_min } => {
            in_range(waiting_days_min, WAITING_DAYS_LEAST)?;
            let body = body::RecoveryRulesSet { waiting_days_min };
            Ok(vec![NewEvent::new(id_by_rule("rules", b"recovery"), body)])
        }
        _ => unreachable!("only commands about lost nodes are sent here"),
    }
}

fn in_range(days: u32, min: u32) -> Result<(), Refusal> {
    if (min..=WAITING_DAYS_MAX).contains(&days) {
        Ok(())
    } else {
        Err(Refusal::WaitingOutOfRange {
            min,
            max: WAITING_DAYS_MAX,
        })
    }
}

fn announce(
    recovery: RecoveryId,
    node: NodeKey,
    heir: NodeKey,
    waiting_days: Option<u32>,
    why: LossReason,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    if node == heir {
        return Err(Refusal::NotToItself.into());
    }
    takes_part(node, known)?;
    takes_part(heir, known)?;
    if known.recoveries_of(node)?.iter().any(Recovery::is_open)
        || known.recovery(recovery)?.is_some()
    {
        return Err(Refusal::RecoveryOpen.into());
    }
    let min = known.waiting_days_min()?;
    let waiting_days = waiting_days.unwrap_or(min);
    in_range(waiting_days, min)?;
    let lost = body::NodeAnnouncedLost {
        recovery,
        node,
        last_position: known.log_end(node)?,
        heir,
        waiting_days,
        why,
    };
    Ok(vec![NewEvent::new(recovery.0, lost)])
}

fn open(id: RecoveryId, known: &dyn Known) -> Result<Recovery, Rejected> {
    let found = known.recovery(id)?.ok_or(Refusal::UnknownRecovery)?;
    if found.is_open() {
        Ok(found)
    } else {
        Err(Refusal::RecoveryOver.into())
    }
}

/// Said once; and not where the loss was announced on the node that is to take over.
fn hear(
    id: RecoveryId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = open(id, known)?;
    if found.heir != context.node {
        return Err(Refusal::RecoverElsewhere { heir: found.heir }.into());
    }
    if found.heard.is_some() {
        return Ok(Vec::new());
    }
    let heard = body::NodeLossHeard {
        recovery: id,
        last_position: known.log_end(found.node)?,
    };
    Ok(vec![NewEvent::new(id.0, heard)])
}

fn confirm(
    id: RecoveryId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    not_superseded(known, context)?;
    let found = open(id, known)?;
    if found.heir != context.node {
        return Err(Refusal::RecoverElsewhere { heir: found.heir }.into());
    }
    if found.announced_by == context.actor.id() && !planted::mistake!("let one person take over") {
        return Err(Refusal::SamePersonTwice.into());
    }
    if !known.claimants(found.node)?.is_empty() {
        return Err(Refusal::NodeReplaced.into());
    }
    let (here, before) = (known.log_end(found.node)?, found.known_until());
    // More of its log than when it was said to be lost: it was heard, or somebody carried what it wrote.
    if here > before && !planted::mistake!("take over from a node that was heard") {
        return Err(Refusal::NodeHeard.into());
    }
    // What it is known to have given must be known here, or it would be given again. Where its log was cut,
    // there is nothing more to wait for.
    if here < before && !known.has_branches(found.node)? {
        return Err(Refusal::LossBehind {
            known: before,
            here,
        }
        .into());
    }
    let waits_from_now = || found.waits_until(context.now);
    let due = found.due().unwrap_or_else(waits_from_now);
    if context.now < due && !planted::mistake!("take over without waiting") {
        return Err(Refusal::RecoveryEarly { due }.into());
    }
    let recovered = body::NodeRecovered {
        recovery: id,
        node: found.node,
        last_position: before,
        first: found.announced_by,
        second: context.actor.id(),
    };
    Ok(vec![NewEvent::new(id.0, recovered)])
}
