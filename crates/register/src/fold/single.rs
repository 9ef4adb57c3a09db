//! Events that stand alone. Some are a row each, whatever else happened: then it does not matter
//! when they come. Of others the newest in total order counts, or the first: then a row remembers
//! its event and gives way only to a newer, or an older, one.

use domain::body::{
    ArrivalFromPaper, AuthorKeyMade, CountSigned, ManifestImported, NodeAdmitted, NodeClaimed,
    NodeRestored, OperationFounded, RoleKeyRecovered, StockCounted,
};
use domain::{DifferenceReason, Event, Order, Recorded, Role, stock_changes};
use rusqlite::{ToSql, params};

use super::across::Touched;
use super::right;
use super::store::Store;
use crate::Result;
use crate::columns::{cbor, one};
use crate::stock::Cause;

/// Writes the rows of an event that is not part of an aggregate's history, or beside it.
pub(super) fn write(recorded: &Recorded, store: &Store<'_>, touched: &mut Touched) -> Result<()> {
    write_stock_changes(recorded, store, touched)?;
    match &recorded.event {
        Event::OperationFounded(founded) => operation(founded, recorded, store),
        Event::NodeAdmitted(admitted) => admission(admitted, recorded, store),
        Event::NodeRestored(restored) => restoration(restored, recorded, store),
        // No rights follow from what stands on a branch (G9).
        Event::NodeClaimed(_) | Event::NodeRecovered(_) if recorded.is_on_branch() => Ok(()),
        Event::NodeClaimed(claimed) => claim(claimed, recorded, store),
        Event::NodeRecovered(recovered) => right::recovered(recovered, recorded, store),
        Event::RecoveryRulesSet(set) => right::rules(set, recorded, store),
        Event::OverlapDecided(decided) => right::decided(decided, recorded, store),
        Event::AuthorKeyMade(made) => author_key(made, &recorded.order, store),
        Event::RoleKeyMade(made) => role_key(made.role, &made.public_key.0, &recorded.order, store),
        Event::RoleKeyRecovered(recovered) => role_key_recovery(recovered, recorded, store),
        Event::ManifestImported(imported) => import(imported, recorded, store),
        Event::StockCounted(counted) => stocktake(counted, recorded, store),
        Event::CountSigned(signed) => count_signed(signed, recorded, store),
        Event::ArrivalFromPaper(paper) => from_paper(paper, recorded, store),
        _ => Ok(()),
    }
}

fn write_stock_changes(
    recorded: &Recorded,
    store: &Store<'_>,
    touched: &mut Touched,
) -> Result<()> {
    let cause = match &recorded.event {
        Event::WaybillSent(_) => Cause::Sent,
        Event::WaybillReceived(_) => Cause::Received,
        Event::EntitlementRedeemed(_) => Cause::Given,
        Event::RedemptionVoided(_) => Cause::Voided,
        Event::StockCounted(_) => Cause::Counted,
        _ => return Ok(()),
    };
    let order = store.written(&recorded.order)?;
    for (place, (site, item, change)) in (0_i64..).zip(stock_changes(&recorded.event)) {
        touched.goods(order.node, order.position);
        store.run(
            "INSERT OR IGNORE INTO r_stock_change (
                node, position, wall, counter, place, site, item, change, cause, at, author,
                aggregate
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                order.node,
                order.position,
                order.wall,
                order.counter,
                place,
                site.0.as_bytes(),
                item.as_str(),
                change,
                cause.number(),
                recorded.occurred.at.0,
                recorded.author.0.as_bytes(),
                recorded.aggregate.as_bytes(),
            ],
        )?;
    }
    Ok(())
}

fn operation(founded: &OperationFounded, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let id = founded.operation.0.as_bytes();
    let sql = "SELECT wall, counter, node, position FROM r_operation WHERE id = ?1";
    let standing = one(store.connection, sql, [id], |columns| {
        store.read_order(columns)
    })?;
    if standing.is_some_and(|standing| standing <= recorded.order) {
        return Ok(());
    }
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR REPLACE INTO r_operation (
            id, name, root_signing, root_recovery, languages, wall, counter, node, position
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id,
            founded.name,
            founded.root_signing.0,
            founded.root_recovery.0,
            founded.languages.as_ref().map(cbor),
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn admission(admitted: &NodeAdmitted, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_admitted (node, position, wall, counter, admitted, certificate)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            admitted.node.0,
            admitted.certificate.0,
        ],
    )?;
    Ok(())
}

fn role_key_recovery(
    recovered: &RoleKeyRecovered,
    recorded: &Recorded,
    store: &Store<'_>,
) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_role_key_recovered (
            node, position, wall, counter, role, user, author
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            recovered.role.code(),
            recovered.user.0.as_bytes(),
            recorded.author.0.as_bytes(),
        ],
    )?;
    Ok(())
}

fn restoration(restored: &NodeRestored, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_restored (node, position, wall, counter, old_node, last_position)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            restored.old_node.0,
            restored.last_position.cast_signed(),
        ],
    )?;
    Ok(())
}

fn claim(claimed: &NodeClaimed, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_claimed (
            old_node, wall, counter, node, position, last_position, first, second
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            claimed.old_node.0,
            order.wall,
            order.counter,
            order.node,
            order.position,
            claimed.last_position.cast_signed(),
            claimed.first.0.as_bytes(),
            claimed.second.0.as_bytes(),
        ],
    )?;
    Ok(())
}

/// Whether an event is newer than the one a row remembers.
fn newer(sql: &str, key: &dyn ToSql, order: &Order, store: &Store<'_>) -> Result<bool> {
    let standing = one(store.connection, sql, [key], |columns| {
        store.read_order(columns)
    })?;
    Ok(standing.is_none_or(|standing| standing < *order))
}

fn author_key(made: &AuthorKeyMade, order: &Order, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT wall, counter, node, position FROM r_author_key WHERE user = ?1";
    if !newer(sql, made.user.0.as_bytes(), order, store)? {
        return Ok(());
    }
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_author_key (user, public_key, wall, counter, node, position)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            made.user.0.as_bytes(),
            made.public_key.0,
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn role_key(role: Role, public_key: &[u8], order: &Order, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT wall, counter, node, position FROM r_role_key WHERE role = ?1";
    let standing = one(store.connection, sql, [role.code()], |columns| {
        store.read_order(columns)
    })?;
    if standing.is_some_and(|standing| standing <= *order) {
        return Ok(());
    }
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_role_key (role, public_key, wall, counter, node, position)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            role.code(),
            public_key,
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn import(imported: &ManifestImported, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_import (
            node, position, wall, counter, movement, import, at, author, read, listed, changed,
            removed, refused
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            imported.movement.0.as_bytes(),
            imported.import.0.as_bytes(),
            recorded.occurred.at.0,
            recorded.author.0.as_bytes(),
            imported.read,
            imported.listed,
            imported.changed,
            imported.removed,
            imported.refused,
        ],
    )?;
    Ok(())
}

fn stocktake(counted: &StockCounted, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_stocktake (
            node, position, wall, counter, id, site, at, author, items, difference
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            counted.stocktake.0.as_bytes(),
            counted.site.0.as_bytes(),
            recorded.occurred.at.0,
            recorded.author.0.as_bytes(),
            i64::try_from(counted.counts.len()).unwrap_or(i64::MAX),
            counted.difference.as_ref().map(DifferenceReason::as_str),
        ],
    )?;
    Ok(())
}

fn count_signed(signed: &CountSigned, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_count_signed (
            node, position, wall, counter, stocktake, site, at, author, second
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            signed.stocktake.0.as_bytes(),
            signed.site.0.as_bytes(),
            recorded.occurred.at.0,
            recorded.author.0.as_bytes(),
            signed.second.0.as_bytes(),
        ],
    )?;
    Ok(())
}

fn from_paper(paper: &ArrivalFromPaper, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
    let order = store.written(&recorded.order)?;
    store.run(
        "INSERT OR IGNORE INTO r_from_paper (node, position, wall, counter, arrival, written_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            order.node,
            order.position,
            order.wall,
            order.counter,
            paper.arrival.0.as_bytes(),
            paper.written_by.0.as_bytes(),
        ],
    )?;
    Ok(())
}
