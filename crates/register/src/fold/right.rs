//! Rows of rights that moved, and of what people decided about something given too often. Where a right
//! lies with the node that granted it, as nearly all do, there is no row.

use domain::body::{NodeRecovered, OverlapDecided, RecoveryRulesSet};
use domain::{Entitlement, GivenBy, NodeKey, Passing, Recorded, SiteId, TransferId};
use rusqlite::params;

use super::store::Store;
use crate::columns::{Columns, one};
use crate::{RegisterError, Result};

/// The columns that [`read_moved`] reads.
pub(super) const MOVED_COLUMNS: &str =
    "m.holder, m.moved_to, m.transfer, m.to_node, m.site, m.released_at";

/// Where a right lies, where it does not lie with the node that granted it.
pub(super) struct Moved {
    pub(super) holder: NodeKey,
    pub(super) given_at: Option<SiteId>,
    pub(super) passing: Option<Passing>,
}

/// What [`MOVED_COLUMNS`] say, if there is a row.
pub(super) fn read_moved(
    columns: &mut Columns<'_, '_>,
    store: &Store<'_>,
) -> Result<Option<Moved>> {
    let holder: Option<i64> = columns.value()?;
    let given_at = columns.uuid_if_any()?.map(SiteId);
    let transfer = columns.uuid_if_any()?.map(TransferId);
    let to: Option<i64> = columns.value()?;
    let site = columns.uuid_if_any()?.map(SiteId);
    let at = columns.moment_if_any()?;
    let Some(holder) = holder else {
        return Ok(None);
    };
    let passing = match (transfer, to, site, at) {
        (Some(transfer), Some(to), Some(site), Some(at)) => Some(Passing {
            transfer,
            to: store.key(to)?,
            site,
            at,
        }),
        _ => None,
    };
    Ok(Some(Moved {
        holder: store.key(holder)?,
        given_at,
        passing,
    }))
}

fn is_elsewhere(entitlement: &Entitlement) -> bool {
    entitlement.passing.is_some()
        || entitlement.moved_to.is_some()
        || entitlement.holder != entitlement.granted.node
}

/// Writes where the right of an entitlement lies; `before` is what the rows say.
pub(super) fn save_moved(
    no: i64,
    place: u32,
    before: Option<&Entitlement>,
    entitlement: &Entitlement,
    store: &Store<'_>,
) -> Result<()> {
    if is_elsewhere(entitlement) {
        let passing = entitlement.passing;
        let to = passing
            .map(|passing| store.number(passing.to))
            .transpose()?;
        store.run(
            "INSERT OR REPLACE INTO r_right (
                arrival, place, holder, moved_to, transfer, to_node, site, released_at
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                no,
                place,
                store.number(entitlement.holder)?,
                entitlement.moved_to.map(|site| site.0.into_bytes()),
                passing.map(|passing| passing.transfer.0.into_bytes()),
                to,
                passing.map(|passing| passing.site.0.into_bytes()),
                passing.map(|passing| passing.at.0),
            ],
        )?;
    } else if before.is_some_and(is_elsewhere) {
        store.run(
            "DELETE FROM r_right WHERE arrival = ?1 AND place = ?2",
            params![no, place],
        )?;
    }
    Ok(())
}

/// The number under which rows keep a standing: its place in [`GivenBy::ALL`].
pub(crate) const fn standing_number(standing: GivenBy) -> i64 {
    match standing {
        GivenBy::Held => 0,
        GivenBy::Recovered => 1,
        GivenBy::Claimed => 2,
    }
}

/// The standing of a number.
pub(crate) fn standing(number: i64) -> Result<GivenBy> {
    let found = GivenBy::ALL
        .into_iter()
        .find(|standing| standing_number(*standing) == number);
    found.ok_or(RegisterError::Row)
}

/// A recovery takes over the rights as a claim does; the first of either counts.
pub(super) fn recovered(
    recovered: &NodeRecovered,
    recorded: &Recorded,
    store: &Store<'_>,
) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_claimed (
            old_node, wall, counter, node, position, last_position, first, second, recovery
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            recovered.node.0,
            order.wall,
            order.counter,
            order.node,
            order.position,
            recovered.last_position.cast_signed(),
            recovered.first.0.as_bytes(),
            recovered.second.0.as_bytes(),
            recovered.recovery.0.as_bytes(),
        ],
    )?;
    Ok(())
}

/// The newest rules count.
pub(super) fn rules(set: &RecoveryRulesSet, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT wall, counter, node, position FROM r_recovery_rules";
    let standing = one(store.connection, sql, [], |columns| {
        store.read_order(columns)
    })?;
    if standing.is_some_and(|standing| standing >= recorded.order) {
        return Ok(());
    }
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR REPLACE INTO r_recovery_rules (
            only, waiting_days_min, wall, counter, node, position
        ) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            set.waiting_days_min,
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

/// Every decision is kept; the newest is shown first.
pub(super) fn decided(
    decided: &OverlapDecided,
    recorded: &Recorded,
    store: &Store<'_>,
) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_overlap_decided (
            node, position, wall, counter, overlap, arrival, decision, at, author
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            decided.overlap.0.as_bytes(),
            decided.arrival.0.as_bytes(),
            decided.decision.code(),
            recorded.occurred.at.0,
            recorded.author.0.as_bytes(),
        ],
    )?;
    Ok(())
}
