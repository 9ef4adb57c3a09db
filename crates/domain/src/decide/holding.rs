//! Which rights and which store a node may use: its own, and those of nodes it took over (G3, G9).

use std::collections::BTreeSet;

use super::Context;
use crate::refusal::{Refusal, Rejected};
use crate::{Answer, Entitlement, ItemCode, Known, NodeKey, SiteId};

/// Whose right something is, seen from this node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Right {
    /// This node's own.
    Own,
    /// That of a node whose rights this one took over.
    TakenOver(NodeKey),
}

/// By what right this node may give something, if it may. A right under way to a lost node is taken over
/// with the others of that node.
pub(super) fn right(
    entitlement: &Entitlement,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Right, Rejected> {
    right_at(context.node, entitlement, known)
}

/// Whether a node may give something, by its own right or one that it took over.
///
/// # Errors
/// Why not, in words that say who holds the right and what to do; or that the register could not be
/// asked.
pub fn right_to_give(
    entitlement: &Entitlement,
    node: NodeKey,
    known: &dyn Known,
) -> Result<(), Rejected> {
    right_at(node, entitlement, known).map(drop)
}

fn right_at(
    node: NodeKey,
    entitlement: &Entitlement,
    known: &dyn Known,
) -> Result<Right, Rejected> {
    if planted::mistake!("give what another holds") {
        return Ok(Right::Own);
    }
    superseded(node, known)?;
    let passing = entitlement.passing;
    let passing = passing.filter(|_| !planted::mistake!("give what was released"));
    let of = passing.map_or(entitlement.holder, |passing| passing.to);
    if of == node {
        return match passing {
            None => Ok(Right::Own),
            Some(_) if planted::mistake!("give before accepting") => Ok(Right::Own),
            Some(_) => Err(Refusal::RightNotAccepted.into()),
        };
    }
    match reached(node, of, known)? {
        Some(Reached { taken_over: true }) => Ok(Right::TakenOver(of)),
        Some(Reached { taken_over: false }) if planted::mistake!("lift the freeze") => {
            Ok(Right::TakenOver(of))
        }
        before => {
            let holder = heir_of(of, known)?;
            // Made from the backup of the node that has the right now: its rights can still be claimed.
            let is_frozen = before.is_some() && reached(node, holder, known)?.is_some();
            Err(match passing {
                _ if is_frozen => Refusal::RightsFrozen.into(),
                Some(_) => Refusal::RightReleased { to: holder }.into(),
                None => Refusal::RightElsewhere { holder }.into(),
            })
        }
    }
}

/// The node that uses the rights of a node now: itself, or the one that took them over, over any number of
/// steps.
fn heir_of(node: NodeKey, known: &dyn Known) -> Answer<NodeKey> {
    let mut seen = BTreeSet::from([node]);
    let mut heir = node;
    while let Some(next) = known.claimants(heir)?.first().copied() {
        if !seen.insert(next) {
            break;
        }
        heir = next;
    }
    Ok(heir)
}

/// A node whose rights another took over gives nothing and moves nothing any more.
pub(super) fn not_superseded(known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    superseded(context.node, known)
}

fn superseded(node: NodeKey, known: &dyn Known) -> Result<(), Rejected> {
    let goes_on = planted::mistake!("go on after others took over");
    if goes_on || known.claimants(node)?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Superseded.into())
    }
}

/// How much of an item this node has to give: what is in its own store, and in those it goes on from.
/// Those it may count and give from even before their rights are claimed; only sending waits.
pub(super) fn in_store(
    item: &ItemCode,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<i64, Rejected> {
    Ok(in_store_of(context.node, context.site, item, known)?)
}

/// How much of an item a node has to give at a site.
///
/// # Errors
/// When the register could not be asked.
pub fn in_store_of(node: NodeKey, site: SiteId, item: &ItemCode, known: &dyn Known) -> Answer<i64> {
    let mut sum = known.stock(site, node, item)?;
    for (before, _) in predecessors(known, node)? {
        sum += known.stock(site, before, item)?;
    }
    Ok(sum)
}

/// Whether goods for a node may be received here.
pub(super) fn stands_for(
    node: NodeKey,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<bool, Rejected> {
    Ok(node == context.node || reached(context.node, node, known)?.is_some())
}

struct Reached {
    taken_over: bool,
}

fn reached(from: NodeKey, of: NodeKey, known: &dyn Known) -> Result<Option<Reached>, Rejected> {
    let mut found = None;
    for (node, taken_over) in predecessors(known, from)? {
        if node == of {
            found = Some(Reached { taken_over });
            if taken_over {
                break;
            }
        }
    }
    Ok(found)
}

/// The nodes this one goes on from, over any number of steps: those whose backup it was made from, and
/// those that were lost and whose rights it took over; with whether their rights were taken over.
fn predecessors(known: &dyn Known, node: NodeKey) -> Answer<Vec<(NodeKey, bool)>> {
    let mut seen = BTreeSet::from([node]);
    let mut found = Vec::new();
    let mut open = vec![(node, true)];
    while let Some((heir, taken_over)) = open.pop() {
        let restored = known.restored_from(heir)?.last().map(|(old, _)| *old);
        let before = restored.into_iter().chain(known.recovered_by(heir)?);
        for old in before {
            if seen.insert(old) {
                let first = known.claimants(old)?.first() == Some(&heir);
                found.push((old, taken_over && first));
                open.push((old, taken_over && first));
            }
        }
    }
    Ok(found)
}
