//! Sealed parts that a bundle gave and nobody wants here yet: because their event has not come, or
//! because they are for another node and are only carried. Each lies here as it came, with its data
//! key sealed to whom it was given, which nobody else can open.
//!
//! There is a bound, and the oldest go first: what is lost here is asked for again. What was erased is
//! neither taken in nor kept.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Doing as _, Result};
use crate::identity::{Hash, KeyId, NodeId};
use crate::keyring::{self, DataKey};
use crate::reader::View;
use crate::sync::{AddressedKey, GivenPart, pieces};
use crate::transaction::Transaction;
use crate::wanted::{CIPHERTEXT_BYTES_MAX, Kept, Piece, SealedDataKey, is_wanted};

/// Most bytes that wait here.
const WAITING_BYTES_MAX: u64 = 64 << 20;
/// Most keys kept of one owner for one node: one for each node that made one apart, and some that came
/// twice.
const KEYS_EACH_MAX: u32 = 16;
/// Most parts read at once to be passed on.
const CARRIED_MAX: i64 = 512;

/// How much waits here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Parts for this node, whose events have not come.
    pub own: u64,
    /// Parts carried for others.
    pub carried: u64,
}

/// Every identity of this ledger.
fn ourselves(connection: &Connection) -> Result<Vec<NodeId>> {
    connection
        .prepare_cached("SELECT node FROM ledger_identity")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| row.get(0).map(NodeId))?
                .collect()
        })
        .doing("read which node this is")
}

impl View<'_> {
    /// How much waits here for its event, or to be passed on.
    pub fn waiting(&self) -> Result<Waiting> {
        self.connection()
            .query_row(
                "SELECT count(own), count(*) - count(own) FROM (
                    SELECT (SELECT 1 FROM ledger_waiting_key k WHERE k.key = p.key
                        AND k.node IN (SELECT node FROM ledger_identity) LIMIT 1) AS own
                    FROM ledger_waiting_part p)",
                [],
                |row| {
                    Ok(Waiting {
                        own: row.get(0)?,
                        carried: row.get(1)?,
                    })
                },
            )
            .doing("count what waits")
    }

    /// Whole parts that wait and came after a place, with their places.
    pub(crate) fn carried_after(self, after: i64) -> Result<Vec<(i64, Hash)>> {
        self.connection()
            .prepare_cached(
                "SELECT arrived, hash FROM ledger_waiting_part
                 WHERE arrived > ?1 AND length(partial) = total ORDER BY arrived LIMIT ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_map(params![after, CARRIED_MAX], |row| {
                        Ok((row.get(0)?, Hash(row.get(1)?)))
                    })?
                    .collect()
            })
            .doing("read what is carried")
    }

    /// A whole part that waits, with the data key it is under.
    pub(crate) fn carried(self, hash: Hash) -> Result<Option<(KeyId, Vec<u8>)>> {
        self.connection()
            .prepare_cached(
                "SELECT key, partial FROM ledger_waiting_part
                 WHERE hash = ?1 AND length(partial) = total",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([hash.0], |row| Ok((KeyId(row.get(0)?), row.get(1)?)))
                    .optional()
            })
            .doing("read what is carried")
    }

    /// The data keys of an owner that came sealed to a node.
    pub(crate) fn carried_keys(self, key: KeyId, node: NodeId) -> Result<Vec<Vec<u8>>> {
        sealed_to(self.connection(), key, node)
    }
}

fn sealed_to(connection: &Connection, key: KeyId, node: NodeId) -> Result<Vec<Vec<u8>>> {
    connection
        .prepare_cached("SELECT sealed FROM ledger_waiting_key WHERE key = ?1 AND node = ?2")
        .and_then(|mut statement| {
            statement
                .query_map([&key.0[..], &node.0[..]], |row| row.get(0))?
                .collect()
        })
        .doing("read a key that waits")
}

impl Transaction<'_> {
    /// Keeps parts that came without being asked for, and the keys that came with them: what is wanted
    /// here at once, the rest until its event comes or until it is passed on.
    pub fn keep_given(
        &mut self,
        parts: Vec<GivenPart>,
        keys: &[AddressedKey],
        now_ms: u64,
    ) -> Result<Kept> {
        let identities = ourselves(self.connection())?;
        let own: Vec<SealedDataKey> = keys
            .iter()
            .filter(|key| identities.contains(&key.to))
            .map(|key| SealedDataKey {
                key: key.key.key,
                sealed: key.key.sealed.clone(),
            })
            .collect();
        // A part that cannot be opened here is nobody's to keep but as it came, to be passed on.
        let (mut ours, mut others) = (Vec::new(), Vec::new());
        for given in parts {
            let key = given.key;
            let held = matches!(keyring::data_key(self.connection(), key)?, DataKey::Held(_));
            if held || own.iter().any(|own| own.key == key) {
                ours.push(given);
            } else {
                others.push(given);
            }
        }
        let wanted: Vec<Piece> = pieces(ours.iter().map(|given| given.part.clone()).collect());
        let kept = self.keep_parts(wanted, &own, now_ms)?;
        self.change(|ledger| {
            let connection = &ledger.connection;
            for key in keys {
                keep_key(connection, key)?;
            }
            for given in ours {
                if !is_wanted(connection, given.part.hash)? {
                    keep_part(connection, &given)?;
                }
            }
            for given in others {
                keep_part(connection, &given)?;
            }
            forget_oldest(connection)?;
            forget_idle_keys(connection)
        })?;
        Ok(kept)
    }

    /// Takes out what waited for events that are here by now: after [`Transaction::want`]. None where nothing
    /// did.
    pub fn settle_waiting(&mut self, now_ms: u64) -> Result<Option<Kept>> {
        let ready = self.change(|ledger| take_wanted(&ledger.connection))?;
        if ready.is_empty() {
            return Ok(None);
        }
        let (pieces, keys): (Vec<_>, Vec<_>) = ready.into_iter().unzip();
        let keys: Vec<SealedDataKey> = keys.into_iter().flatten().collect();
        let kept = self.keep_parts(pieces, &keys, now_ms)?;
        self.change(|ledger| forget_idle_keys(&ledger.connection))?;
        Ok(Some(kept))
    }
}

/// A part that waits and is wanted by now, with the keys that were sealed to this node.
type Ready = (Piece, Vec<SealedDataKey>);

fn take_wanted(connection: &Connection) -> Result<Vec<Ready>> {
    let rows: Vec<(Hash, KeyId, u64, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT p.hash, p.key, p.total, p.partial FROM ledger_waiting_part p
             JOIN ledger_wanted w ON w.hash = p.hash ORDER BY p.arrived",
        )
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok((
                        Hash(row.get(0)?),
                        KeyId(row.get(1)?),
                        row.get(2)?,
                        row.get(3)?,
                    ))
                })?
                .collect()
        })
        .doing("read what waits")?;
    let ours = ourselves(connection)?;
    let mut ready = Vec::with_capacity(rows.len());
    for (hash, key, total, bytes) in rows {
        let mut own = Vec::new();
        for node in &ours {
            let sealed = sealed_to(connection, key, *node)?.into_iter();
            own.extend(sealed.map(|sealed| SealedDataKey { key, sealed }));
        }
        if own.is_empty() {
            // For somebody else: it stays, to be passed on.
            continue;
        }
        connection
            .prepare_cached("DELETE FROM ledger_waiting_part WHERE hash = ?1")
            .and_then(|mut statement| statement.execute([hash.0]))
            .doing("take out what waited")?;
        let piece = Piece {
            hash,
            offset: 0,
            total,
            bytes,
        };
        ready.push((piece, own));
    }
    Ok(ready)
}

fn keep_key(connection: &Connection, key: &AddressedKey) -> Result<()> {
    if matches!(keyring::data_key(connection, key.key.key)?, DataKey::Erased) {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO ledger_waiting_key (key, node, sealed) SELECT ?1, ?2, ?3
             WHERE (SELECT count(*) FROM ledger_waiting_key WHERE key = ?1 AND node = ?2) < ?4
             ON CONFLICT DO NOTHING",
        )
        .and_then(|mut statement| {
            let sealed = &key.key.sealed;
            statement.execute(params![key.key.key.0, key.to.0, sealed, KEYS_EACH_MAX])
        })
        .doing("keep a key for later")
        .map(drop)
}

/// Keeps bytes of a part, unless it is here, erased or for nobody.
fn keep_part(connection: &Connection, given: &GivenPart) -> Result<()> {
    let (key, part) = (given.key, &given.part);
    if part.total > CIPHERTEXT_BYTES_MAX || part.bytes.len() as u64 > part.total {
        return Ok(());
    }
    let erased = matches!(keyring::data_key(connection, key)?, DataKey::Erased);
    let elsewhere: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM ledger_attachment WHERE hash = ?1)
                OR NOT EXISTS (SELECT 1 FROM ledger_waiting_key WHERE key = ?2)",
        )
        .and_then(|mut statement| {
            statement.query_row([&part.hash.0[..], &key.0[..]], |row| row.get(0))
        })
        .doing("look for a part")?;
    if erased || elsewhere {
        return Ok(());
    }
    let there: Option<u64> = connection
        .prepare_cached("SELECT length(partial) FROM ledger_waiting_part WHERE hash = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([part.hash.0], |row| row.get(0))
                .optional()
        })
        .doing("look for a part")?;
    match there {
        None if part.offset == 0 => connection
            .prepare_cached(
                "INSERT INTO ledger_waiting_part (hash, key, total, partial) VALUES (?1, ?2, ?3, ?4)",
            )
            .and_then(|mut statement| {
                statement.execute(params![part.hash.0, key.0, part.total, part.bytes])
            }),
        Some(length) if length == part.offset => connection
            .prepare_cached(
                "UPDATE ledger_waiting_part SET partial = CAST(partial || ?2 AS BLOB)
                 WHERE hash = ?1 AND length(partial) + length(?2) <= total",
            )
            .and_then(|mut statement| statement.execute(params![part.hash.0, part.bytes])),
        // Here already, or an earlier piece was let go.
        _ => Ok(0),
    }
    .doing("keep a part for later")
    .map(drop)
}

fn forget_oldest(connection: &Connection) -> Result<()> {
    loop {
        let size: u64 = connection
            .prepare_cached("SELECT ifnull(sum(total), 0) FROM ledger_waiting_part")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .doing("measure what waits")?;
        if size <= WAITING_BYTES_MAX {
            return Ok(());
        }
        connection
            .execute(
                "DELETE FROM ledger_waiting_part WHERE arrived IN
                    (SELECT arrived FROM ledger_waiting_part ORDER BY arrived LIMIT 64)",
                [],
            )
            .doing("let go of what waited longest")?;
    }
}

fn forget_idle_keys(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM ledger_waiting_key WHERE NOT EXISTS
                (SELECT 1 FROM ledger_waiting_part p WHERE p.key = ledger_waiting_key.key)",
        )
        .and_then(|mut statement| statement.execute([]))
        .doing("let go of keys")
        .map(drop)
}

/// Erases what waits under a data key.
pub(crate) fn erase(connection: &Connection, key: KeyId) -> Result<()> {
    for sql in [
        "DELETE FROM ledger_waiting_part WHERE key = ?1",
        "DELETE FROM ledger_waiting_key WHERE key = ?1",
    ] {
        connection.execute(sql, [key.0]).doing("erase what waits")?;
    }
    Ok(())
}
