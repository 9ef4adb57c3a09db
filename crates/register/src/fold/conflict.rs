//! Rows of conflicts: where more than one value stands in a field. They hold which entries these are,
//! never what stands in them: that is read from the events, by whoever may.

use domain::{Entries, Field};
use rusqlite::params;
use uuid::Uuid;

use super::store::Store;
use crate::Result;
use crate::columns::one;

/// The table of a field's conflicts: what is known of sealed ones is known only where they can be read.
pub(crate) fn table(field: Field) -> &'static str {
    if field.is_sealed() {
        "r_conflict_sealed"
    } else {
        "r_conflict"
    }
}

/// Whether somebody ever had to choose in a field of this, or has to. Then whatever comes is folded
/// with its whole history, so that it makes no difference when it came.
pub(super) fn is_settled(id: Uuid, store: &Store<'_>) -> Result<bool> {
    let sql = "SELECT 1 FROM r_settled WHERE aggregate = ?1";
    Ok(one(store.connection, sql, [id.as_bytes()], |_| Ok(()))?.is_some())
}

/// Replaces the rows of one thing's conflicts.
pub(super) fn write(about: Uuid, entries: &Entries, store: &Store<'_>) -> Result<()> {
    let id = about.as_bytes();
    if entries.was_ever_in_conflict() {
        let sql = "INSERT OR IGNORE INTO r_settled (aggregate) VALUES (?1)";
        store.run(sql, [id])?;
    }
    forget(about, store)?;
    for conflict in entries.conflicts() {
        let field = conflict.field;
        let sql = format!(
            "INSERT INTO {} (about, field, place, at, author, wall, counter, node, position)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            table(field)
        );
        for (place, entry) in (0_i64..).zip(&conflict.entries) {
            let order = store.written(&entry.order)?;
            store.run(
                &sql,
                params![
                    id,
                    field.code(),
                    place,
                    entry.at.0,
                    entry.by.0.as_bytes(),
                    order.wall,
                    order.counter,
                    order.node,
                    order.position,
                ],
            )?;
        }
    }
    Ok(())
}

fn forget(about: Uuid, store: &Store<'_>) -> Result<()> {
    store.run(
        "DELETE FROM r_conflict WHERE about = ?1",
        [about.as_bytes()],
    )?;
    forget_sealed(about, store)
}

/// What was sealed is erased: there is nothing left to choose between.
pub(super) fn forget_sealed(about: Uuid, store: &Store<'_>) -> Result<()> {
    let sql = "DELETE FROM r_conflict_sealed WHERE about = ?1";
    store.run(sql, [about.as_bytes()])?;
    Ok(())
}
