//! The shared order in an SQLite file: for servers on one machine, which is what tests and simulations
//! have. It keeps the same promises as a database server and stands for it wherever only those matter.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::{Addition, HubName, Name, Notice, Place, Placed, SharedStore, StoredEntry, StoredRow};
use crate::error::{Doing as _, Error, Result};
use crate::identity::Hash;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS akey_hub (
    one INTEGER PRIMARY KEY CHECK (one = 1), name BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS akey_entry (
    version INTEGER PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS akey_part (
    name BLOB PRIMARY KEY, owner BLOB NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS akey_part_owner ON akey_part (owner);
CREATE TABLE IF NOT EXISTS akey_key (
    name BLOB PRIMARY KEY, owner BLOB NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS akey_key_owner ON akey_key (owner);
";
/// Entries read at once.
const ENTRIES_MAX: u64 = 256;

/// A shared order in a file.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    connection: Connection,
}

impl FileStore {
    /// Opens it, made if it is not there.
    pub fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path).doing("open")?;
        connection
            .busy_timeout(Duration::from_secs(10))
            .doing("set its waiting time")?;
        connection
            .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
            .doing("be configured")?;
        connection.execute_batch(SCHEMA).doing("make its tables")?;
        Ok(Self {
            path: path.to_owned(),
            connection,
        })
    }

    /// Another server's way to the same order.
    pub fn another(&self) -> Result<Self> {
        Self::open(&self.path)
    }

    fn place_at(&self, version: u64) -> Result<Option<Place>> {
        self.connection
            .query_row(
                "SELECT digest FROM akey_entry WHERE version = ?1",
                [version],
                |row| {
                    let digest = Hash(row.get(0)?);
                    Ok(Place { version, digest })
                },
            )
            .optional()
            .doing("read a place")
    }

    fn rows(&self, sql: &str, names: &[Name]) -> Result<Vec<StoredRow>> {
        let mut statement = self.connection.prepare_cached(sql).doing("read rows")?;
        let mut rows = Vec::with_capacity(names.len());
        for name in names {
            let row = statement
                .query_row([name], |row| {
                    Ok(StoredRow {
                        name: *name,
                        owner: row.get(0)?,
                        bytes: row.get(1)?,
                    })
                })
                .optional()
                .doing("read a row")?;
            rows.extend(row);
        }
        Ok(rows)
    }
}

impl SharedStore for FileStore {
    fn hub(&mut self) -> Result<Option<HubName>> {
        let name: Option<Name> = self
            .connection
            .query_row("SELECT name FROM akey_hub", [], |row| row.get(0))
            .optional()
            .doing("read whose it is")?;
        let begins = self.place_at(0)?;
        Ok(name
            .zip(begins)
            .map(|(name, begins)| HubName { name, begins }))
    }

    fn begin(&mut self, hub: &HubName) -> Result<()> {
        let before = self.hub()?;
        if before.is_some_and(|before| before.name != hub.name) || self.last()? > 0 {
            return Err(Error::StoreTaken);
        }
        let transaction = self.connection.transaction().doing("begin")?;
        transaction
            .execute(
                "INSERT INTO akey_hub (one, name) VALUES (1, ?1) ON CONFLICT DO NOTHING",
                [hub.name],
            )
            .and_then(|_| {
                transaction.execute(
                    "INSERT INTO akey_entry (version, digest, bytes) VALUES (0, ?1, x'')
                     ON CONFLICT (version) DO UPDATE SET digest = ?1",
                    [hub.begins.digest.0],
                )
            })
            .doing("record whose it is")?;
        transaction.commit().doing("record whose it is")
    }

    fn place(&mut self, addition: &Addition) -> Result<Placed> {
        let entry = &addition.entry;
        if self.place_at(entry.place.version)? == Some(entry.place) {
            return Ok(Placed::Here);
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("begin")?;
        let placed = transaction
            .execute(
                "INSERT INTO akey_entry (version, digest, bytes) SELECT ?1, ?2, ?3
                 WHERE EXISTS (SELECT 1 FROM akey_entry WHERE version = ?4 AND digest = ?5)
                 ON CONFLICT DO NOTHING",
                params![
                    entry.place.version,
                    entry.place.digest.0,
                    entry.bytes,
                    addition.after.version,
                    addition.after.digest.0
                ],
            )
            .doing("place an entry")?;
        if placed == 0 {
            return Ok(Placed::Overtaken);
        }
        for part in &addition.parts {
            transaction
                .execute(
                    "INSERT INTO akey_part (name, owner, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO NOTHING",
                    params![part.name, part.owner, part.bytes],
                )
                .doing("keep a part")?;
        }
        for key in &addition.keys {
            transaction
                .execute(
                    "INSERT INTO akey_key (name, owner, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO NOTHING",
                    params![key.name, key.owner, key.bytes],
                )
                .doing("keep a key")?;
        }
        for owner in &addition.erased {
            transaction
                .execute("DELETE FROM akey_part WHERE owner = ?1", [owner])
                .and_then(|_| transaction.execute("DELETE FROM akey_key WHERE owner = ?1", [owner]))
                .doing("erase")?;
        }
        transaction.commit().doing("place an entry")?;
        Ok(Placed::Here)
    }

    fn last(&mut self) -> Result<u64> {
        self.connection
            .query_row(
                "SELECT ifnull(max(version), 0) FROM akey_entry",
                [],
                |row| row.get(0),
            )
            .doing("read the last place")
    }

    fn from(&mut self, version: u64) -> Result<Vec<StoredEntry>> {
        self.connection
            .prepare_cached(
                "SELECT version, digest, bytes FROM akey_entry WHERE version >= ?1
                 ORDER BY version LIMIT ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([version, ENTRIES_MAX], |row| {
                        let (version, digest) = (row.get(0)?, Hash(row.get(1)?));
                        Ok(StoredEntry {
                            place: Place { version, digest },
                            bytes: row.get(2)?,
                        })
                    })?
                    .collect()
            })
            .doing("read entries")
    }

    fn parts(&mut self, names: &[Name]) -> Result<Vec<StoredRow>> {
        self.rows("SELECT owner, bytes FROM akey_part WHERE name = ?1", names)
    }

    fn keys(&mut self, names: &[Name]) -> Result<Vec<StoredRow>> {
        self.rows("SELECT owner, bytes FROM akey_key WHERE name = ?1", names)
    }

    fn tell(&mut self, _notice: Notice) {}
}
