//! Writes packed rows out of the rows they are made of, so that they are a function of those as they
//! are.

use std::collections::BTreeSet;

use rusqlite::params;

use super::store::Store;
use crate::Result;
use crate::columns::{Columns, all, each, one};
use crate::packed::{
    ASSISTED, Gift, LEFT, MET, Packed, PackedChange, REGISTERED, SCREENED, Word, read_changes,
    write_changes,
};

/// The age group of somebody of whom nothing may be read here.
const UNKNOWN_AGE: u8 = 4;
/// Positions in a block of a log, as a power of two.
const BLOCK_BITS: u32 = 6;

/// Packs one arrival, by its number, anew.
pub(super) fn pack(no: i64, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT a.met_at, a.registered_at, a.first_screened_at, a.assisted_at, a.left_at,
            a.listed, a.declined, a.rough, t.age_group, a.site, a.movement, t.origin, t.destination,
            t.last_residence
        FROM r_present a LEFT JOIN r_arrival_traits t ON t.arrival = a.no WHERE a.no = ?1";
    let read = |columns: &mut Columns<'_, '_>| {
        let mut packed = Packed::default();
        for place in [MET, REGISTERED, SCREENED, ASSISTED, LEFT] {
            packed.set_moment(place, columns.value()?);
        }
        packed.listed = columns.flag()?;
        packed.declined = columns.flag()?;
        packed.rough = columns.value()?;
        packed.age_group = columns.value::<Option<u8>>()?.unwrap_or(UNKNOWN_AGE);
        packed.site = word(columns, store)?;
        packed.movement = word(columns, store)?;
        packed.origin = word(columns, store)?;
        packed.destination = word(columns, store)?;
        packed.last_residence = word(columns, store)?;
        Ok(packed)
    };
    let Some(mut packed) = one(store.connection, sql, [no], read)? else {
        // It was a mistake and is withdrawn.
        store.run("DELETE FROM r_counted WHERE arrival = ?1", [no])?;
        return Ok(());
    };
    if packed.moment(SCREENED).is_some() {
        let sql = "SELECT code FROM r_vulnerability WHERE arrival = ?1 ORDER BY code";
        each(store.connection, sql, [no], |columns| {
            packed.vulnerabilities.push(word(columns, store)?);
            Ok(())
        })?;
    }
    if packed.moment(ASSISTED).is_some() {
        let sql = "SELECT g.item, g.at, g.rough, e.quantity, g.first FROM r_redemption g
            JOIN r_entitlement e ON e.arrival = g.arrival AND e.place = g.entitlement
            WHERE g.arrival = ?1 ORDER BY g.item, g.entitlement, g.place";
        each(store.connection, sql, [no], |columns| {
            packed.gifts.push(Gift {
                item: word(columns, store)?,
                at: columns.value()?,
                rough: columns.flag()?,
                quantity: columns.count()?,
                first: columns.flag()?,
            });
            Ok(())
        })?;
    }
    store.run(
        "INSERT OR REPLACE INTO r_counted (arrival, body) VALUES (?1, ?2)",
        params![no, packed.write()],
    )?;
    Ok(())
}

/// The number of the word in a column; nought where it is null.
fn word(columns: &mut Columns<'_, '_>, store: &Store<'_>) -> Result<Word> {
    match columns.raw()?.as_bytes_or_null() {
        Ok(Some(bytes)) => store.word(bytes),
        _ => Ok(0),
    }
}

/// The block of a log that a position is in. Blocks are short, because recording one gift packs one
/// block anew.
pub(super) const fn block(position: i64) -> i64 {
    position >> BLOCK_BITS
}

/// Packs the changes of stocks in one block of a node's log anew.
pub(super) fn pack_changes(node: i64, block: i64, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT site, item, cause, at, change FROM r_stock_change
        WHERE node = ?1 AND position BETWEEN ?2 AND ?3
        ORDER BY position, wall, counter, place";
    let first = block << BLOCK_BITS;
    let last = first + ((1 << BLOCK_BITS) - 1);
    let changes = all(
        store.connection,
        sql,
        params![node, first, last],
        |columns| {
            Ok(PackedChange {
                site: word(columns, store)?,
                item: word(columns, store)?,
                cause: columns.value()?,
                at: columns.value()?,
                change: columns.value()?,
            })
        },
    )?;
    store.run(
        "INSERT OR REPLACE INTO r_stock_packed (node, block, body) VALUES (?1, ?2, ?3)",
        params![node, block, write_changes(&changes)],
    )?;
    Ok(())
}

/// Forgets the words that no packed row has any more, so that a code by which one person was
/// described does not outlast the erasure of that person.
pub(super) fn sweep_words(store: &Store<'_>) -> Result<()> {
    let mut used = BTreeSet::new();
    let mut packed = Packed::default();
    each(
        store.connection,
        "SELECT body FROM r_counted",
        [],
        |columns| {
            packed.read(columns.raw()?.as_bytes().unwrap_or_default())?;
            used.extend(packed.words());
            Ok(())
        },
    )?;
    each(
        store.connection,
        "SELECT body FROM r_stock_packed",
        [],
        |columns| {
            let bytes = columns.raw()?.as_bytes().unwrap_or_default();
            read_changes(bytes, |change| {
                used.extend([change.site, change.item]);
                Ok(())
            })
        },
    )?;
    let written = all(store.connection, "SELECT no FROM r_word", [], |columns| {
        columns.value::<Word>()
    })?;
    for unused in written.iter().filter(|word| !used.contains(word)) {
        store.run("DELETE FROM r_word WHERE no = ?1", [unused])?;
    }
    store.forget_words();
    Ok(())
}
