//! The database file: how it is opened and encrypted, and its tables, version by version.
//!
//! Migrations are numbered and only go forward. All tables begin with `ledger_`; other prefixes
//! belong to the read model, which shares the file. A file of a newer version is refused before
//! anything in it is touched.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use zeroize::Zeroizing;

use crate::error::{Doing as _, Error, Result};
use crate::identity::hex;
use crate::ledger::Options;
use crate::vault::DatabaseKey;

/// Each takes the database from one version to the next; the first starts from nothing.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE ledger_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        commits INTEGER NOT NULL,
        hlc_wall_ms INTEGER NOT NULL,
        hlc_counter INTEGER NOT NULL
    ) STRICT;
    INSERT INTO ledger_state VALUES (1, 1, 0, 0, 0);

    CREATE TABLE ledger_identity (
        node BLOB PRIMARY KEY CHECK (length(node) = 32),
        signing BLOB CHECK (length(signing) = 32),
        sealing BLOB NOT NULL CHECK (length(sealing) = 32),
        since_ms INTEGER NOT NULL,
        until_ms INTEGER,
        CHECK ((signing IS NULL) = (until_ms IS NOT NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_log (
        node BLOB PRIMARY KEY CHECK (length(node) = 32),
        size INTEGER NOT NULL,
        leaf BLOB NOT NULL,
        frontier BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_event (
        receipt INTEGER PRIMARY KEY,
        node BLOB NOT NULL,
        position INTEGER NOT NULL,
        hlc_wall_ms INTEGER NOT NULL,
        hlc_counter INTEGER NOT NULL,
        aggregate BLOB NOT NULL,
        leaf BLOB NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (node, position)
    ) STRICT;
    CREATE INDEX ledger_event_order
        ON ledger_event (hlc_wall_ms, hlc_counter, node, position);
    CREATE INDEX ledger_event_aggregate
        ON ledger_event (aggregate, hlc_wall_ms, hlc_counter, node, position);

    CREATE TABLE ledger_key (
        key BLOB PRIMARY KEY CHECK (length(key) = 16),
        secret BLOB CHECK (length(secret) = 32),
        created_ms INTEGER NOT NULL,
        erased_ms INTEGER,
        CHECK ((secret IS NULL) = (erased_ms IS NOT NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_attachment (
        hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
        key BLOB NOT NULL,
        ciphertext BLOB NOT NULL
    ) STRICT;
    CREATE INDEX ledger_attachment_key ON ledger_attachment (key);

    CREATE TABLE ledger_checkpoint (
        node BLOB NOT NULL,
        size INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (node, size)
    ) STRICT, WITHOUT ROWID;
",
    // Other nodes. From here on the `node` of `ledger_log`, `ledger_event` and `ledger_checkpoint` is a
    // log: a node's own, or a branch of it.
    "
    CREATE TABLE ledger_root (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        operation BLOB NOT NULL CHECK (length(operation) = 16),
        signing BLOB NOT NULL CHECK (length(signing) = 32),
        recovery BLOB NOT NULL CHECK (length(recovery) = 32)
    ) STRICT;

    CREATE TABLE ledger_member (
        node BLOB PRIMARY KEY CHECK (length(node) = 32),
        papers BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_revocation (
        node BLOB NOT NULL CHECK (length(node) = 32),
        last INTEGER NOT NULL,
        certificate BLOB NOT NULL,
        PRIMARY KEY (node, last)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger_branch (
        log BLOB PRIMARY KEY CHECK (length(log) = 32),
        node BLOB NOT NULL CHECK (length(node) = 32),
        parent BLOB NOT NULL CHECK (length(parent) = 32),
        after INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ledger_branch_node ON ledger_branch (node);
    CREATE INDEX ledger_branch_parent ON ledger_branch (parent);

    CREATE TABLE ledger_parked (
        node BLOB NOT NULL CHECK (length(node) = 32),
        position INTEGER NOT NULL,
        leaf BLOB NOT NULL CHECK (length(leaf) = 32),
        previous BLOB NOT NULL CHECK (length(previous) = 32),
        why INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (node, position, leaf)
    ) STRICT;

    CREATE TABLE ledger_wanted (
        hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
        key BLOB NOT NULL CHECK (length(key) = 16),
        aggregate BLOB NOT NULL CHECK (length(aggregate) = 16),
        partial BLOB NOT NULL
    ) STRICT;
    CREATE INDEX ledger_wanted_key ON ledger_wanted (key);

    CREATE TABLE ledger_halt (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        node BLOB NOT NULL CHECK (length(node) = 32),
        why INTEGER NOT NULL
    ) STRICT;
",
    // Two nodes apart each make a data key for one owner: what is sealed under either is opened.
    "
    CREATE TABLE ledger_further_key (
        key BLOB NOT NULL CHECK (length(key) = 16),
        secret BLOB NOT NULL CHECK (length(secret) = 32),
        created_ms INTEGER NOT NULL,
        PRIMARY KEY (key, secret)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE ledger_wanted ADD COLUMN context BLOB NOT NULL DEFAULT x'';
",
    // One server's mirror of a hub: how far it has come in the order that the servers share.
    "
    CREATE TABLE ledger_mirror (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;
",
    // Sealed parts that came before their events, or that are carried for others.
    "
    CREATE TABLE ledger_waiting_part (
        arrived INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
        key BLOB NOT NULL CHECK (length(key) = 16),
        total INTEGER NOT NULL,
        partial BLOB NOT NULL
    ) STRICT;
    CREATE INDEX ledger_waiting_part_key ON ledger_waiting_part (key);
    CREATE INDEX ledger_waiting_part_total ON ledger_waiting_part (total);

    CREATE TABLE ledger_waiting_key (
        key BLOB NOT NULL CHECK (length(key) = 16),
        node BLOB NOT NULL CHECK (length(node) = 32),
        sealed BLOB NOT NULL,
        PRIMARY KEY (key, node, sealed)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ledger_waiting_key_node ON ledger_waiting_key (node);
",
    // Aggregates are random, so every batch of another node's events writes most pages of their index: it holds
    // no more than finds the events, and the few of one aggregate are sorted when they are read. What two events
    // of one millisecond and counter are sorted by need not be in an index either.
    "
    DROP INDEX ledger_event_aggregate;
    CREATE INDEX ledger_event_aggregate ON ledger_event (aggregate);
    DROP INDEX ledger_event_order;
    CREATE INDEX ledger_event_order ON ledger_event (hlc_wall_ms, hlc_counter);
",
];

/// The version this program writes.
pub(crate) const VERSION: usize = MIGRATIONS.len();

/// How a connection will be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Write,
    Read,
}

/// Pages the writer keeps: the upper levels and the newest leaves of every index at a site of some
/// hundred thousand people.
const WRITER_PAGES_KIB: u32 = 32 << 10;
/// Pages each reader keeps; several of them are open.
const READER_PAGES_KIB: u32 = 4 << 10;
/// The write-ahead log is brought into the file at this many pages. Keys are random, so a busy hour
/// writes the same pages again and again: the longer the log, the fewer of them are written twice.
const LOG_PAGES_MAX: u32 = 8_000;

/// Opens the encrypted file, made if it is not there and `access` is for writing.
pub(crate) fn connect(
    path: &Path,
    key: &DatabaseKey,
    access: Access,
    options: &Options,
) -> Result<Connection> {
    let flags = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &options.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs.as_str()),
        None => Connection::open_with_flags(path, flags),
    }
    .map_err(|source| damaged(path, &source))?;
    unlock(&connection, key).map_err(|source| damaged(path, &source))?;
    connection
        .busy_timeout(options.busy_timeout)
        .doing("set its waiting time")?;
    // Without this, SQLite looks into bound values where partial indexes exist, and prepares such
    // statements anew at every use: four tenths of the time a command takes.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .doing("keep its query plans")?;
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON;
             PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;",
        )
        .doing("be configured")?;
    if planted::mistake!("skip the flush") {
        connection
            .execute_batch("PRAGMA synchronous = OFF")
            .doing("be configured")?;
    }
    // Pages held decrypted: every miss costs a decryption and its check.
    let pages_kib = match access {
        Access::Write => WRITER_PAGES_KIB,
        Access::Read => READER_PAGES_KIB,
    };
    connection
        .execute_batch(&format!("PRAGMA cache_size = -{pages_kib}"))
        .doing("be configured")?;
    if access == Access::Write {
        connection
            .execute_batch(&format!("PRAGMA wal_autocheckpoint = {LOG_PAGES_MAX}"))
            .doing("be configured")?;
        let mode: String = connection
            .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
            .map_err(|source| damaged(path, &source))?;
        if mode != "wal" {
            return Err(Error::DamagedDatabase {
                path: path.to_owned(),
                why: format!("its journal is {mode:?} where \"wal\" is needed"),
            });
        }
    }
    Ok(connection)
}

/// Gives SQLCipher the raw key and the salt (96 digits) and makes sure that it opens the first page.
pub(crate) fn unlock(connection: &Connection, key: &DatabaseKey) -> rusqlite::Result<()> {
    // Damage is reported through errors; SQLCipher would also print it.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let digits = Zeroizing::new(hex(key.as_bytes()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", digits.as_str()));
    connection.execute_batch(&pragma)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// An error of SQLite while opening or reading pages.
pub(crate) fn damaged(path: &Path, source: &rusqlite::Error) -> Error {
    Error::DamagedDatabase {
        path: path.to_owned(),
        why: source.to_string(),
    }
}

/// Brings the tables to the version this program knows, or refuses those of a newer one.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let found = version(connection)?;
    if found > VERSION {
        return Err(Error::NewerDatabase {
            found,
            known: VERSION,
        });
    }
    for (done, migration) in MIGRATIONS.iter().enumerate().skip(found) {
        let transaction = connection.transaction().doing("begin a migration")?;
        transaction.execute_batch(migration).doing("migrate")?;
        transaction
            .execute("UPDATE ledger_state SET version = ?1", [done + 1])
            .doing("record its version")?;
        transaction.commit().doing("finish a migration")?;
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<usize> {
    let table: Option<String> = connection
        .query_row(
            "SELECT name FROM sqlite_schema WHERE name = 'ledger_state'",
            [],
            |row| row.get(0),
        )
        .optional()
        .doing("read its schema")?;
    if table.is_none() {
        return Ok(0);
    }
    connection
        .query_row("SELECT version FROM ledger_state", [], |row| row.get(0))
        .doing("read its version")
}
