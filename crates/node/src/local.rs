//! Tables that belong to this node alone: what was asked and done, who may sign in, settings. They
//! are in the encrypted file and in backups, never in the ledger, never sent to another node.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::error::NodeError;

const VERSION: i64 = 1;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS n_setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_done (
    request BLOB PRIMARY KEY,
    asked BLOB NOT NULL,
    events INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_credential (
    user BLOB PRIMARY KEY,
    salt BLOB NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    sealed_secret BLOB NOT NULL,
    public_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_role_key (
    user BLOB PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_focal_point_key (
    user BLOB PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_peer (
    node BLOB PRIMARY KEY,
    addresses TEXT NOT NULL,
    met_ms INTEGER,
    clock_ahead_ms INTEGER NOT NULL,
    heads TEXT NOT NULL,
    trouble TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_stick (
    node BLOB PRIMARY KEY,
    read_ms INTEGER NOT NULL,
    written_ms INTEGER NOT NULL,
    heads TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_asked (
    node BLOB NOT NULL,
    part BLOB NOT NULL,
    PRIMARY KEY (node, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_bundle (
    bundle BLOB PRIMARY KEY,
    segments INTEGER NOT NULL,
    read_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS n_mapping (
    headers TEXT PRIMARY KEY,
    mapping TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Makes the tables where they are missing.
pub(crate) fn migrate(connection: &Connection) -> Result<(), NodeError> {
    connection.execute_batch(SCHEMA)?;
    match setting(connection, "local_version")? {
        None => set(connection, "local_version", &VERSION.to_be_bytes()),
        Some(version) if version == VERSION.to_be_bytes() => Ok(()),
        Some(_) => Err(NodeError::NothingSaved {
            cause: "this data was written by a newer version of akey: install that version".into(),
        }),
    }
}

/// A setting of this node.
pub(crate) fn setting(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, NodeError> {
    Ok(connection
        .prepare_cached("SELECT value FROM n_setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Changes a setting of this node.
pub(crate) fn set(connection: &Connection, name: &str, value: &[u8]) -> Result<(), NodeError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO n_setting (name, value) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(())
}

/// A request that was carried out before.
pub(crate) struct Asked {
    /// Who asked for what, as [`crate::writer::Order::asked`] names it.
    pub(crate) by_and_what: [u8; 32],
    /// How many events came of it.
    pub(crate) events: u32,
    /// The position of the last of them.
    pub(crate) last_position: u64,
}

/// What came of a request that was carried out before.
pub(crate) fn done(connection: &Connection, request: Uuid) -> Result<Option<Asked>, NodeError> {
    if planted::mistake!("forget what was asked") {
        return Ok(None);
    }
    Ok(connection
        .prepare_cached("SELECT asked, events, last_position FROM n_done WHERE request = ?1")?
        .query_row([request.as_bytes()], |row| {
            Ok(Asked {
                by_and_what: row.get("asked")?,
                events: row.get("events")?,
                last_position: row.get::<_, i64>("last_position")?.unsigned_abs(),
            })
        })
        .optional()?)
}

/// How many events back a request is remembered: weeks at a busy site. A form posted again later than
/// that is decided anew, and the rules still refuse to give twice.
const REMEMBERED_EVENTS: u64 = 1_000_000;

/// Forgets requests of long ago, so that the table stays bounded.
pub(crate) fn forget_old(connection: &Connection, head: u64) -> Result<(), NodeError> {
    let oldest = i64::try_from(head.saturating_sub(REMEMBERED_EVENTS)).unwrap_or(i64::MAX);
    if oldest == 0 {
        return Ok(());
    }
    connection.execute("DELETE FROM n_done WHERE last_position < ?1", [oldest])?;
    Ok(())
}

/// Remembers that a request was carried out.
pub(crate) fn remember(
    connection: &Connection,
    request: Uuid,
    done: &Asked,
) -> Result<(), NodeError> {
    let last_position = i64::try_from(done.last_position).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO n_done (request, asked, events, last_position) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            request.as_bytes(),
            done.by_and_what,
            done.events,
            last_position
        ])?;
    Ok(())
}
