//! The tables, version by version, made by the program. Only plain SQL: no sequences, no advisory
//! locks; two servers that make them at once do no harm. A newer version's tables are left alone.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::trouble::Trouble;

/// The version this program knows.
const VERSION: i32 = 1;

/// Each statement can be repeated, and each stands alone: some databases have no transactions for them.
const STATEMENTS: &[&str] = &[
    // Whose this database is: the hub's name under its own key.
    "CREATE TABLE IF NOT EXISTS akey_hub (
        one SMALLINT PRIMARY KEY CHECK (one = 1),
        name BYTEA NOT NULL
    )",
    // The order: what each transaction changed, sealed, each naming the one before it by digest.
    "CREATE TABLE IF NOT EXISTS akey_entry (
        version BIGINT PRIMARY KEY,
        digest BYTEA NOT NULL,
        bytes BYTEA NOT NULL
    )",
    // Sealed parts, in rows of their own so that an erasure destroys them.
    "CREATE TABLE IF NOT EXISTS akey_part (
        name BYTEA PRIMARY KEY,
        owner BYTEA NOT NULL,
        bytes BYTEA NOT NULL
    )",
    "CREATE INDEX IF NOT EXISTS akey_part_owner ON akey_part (owner)",
    // Data keys, wrapped, likewise.
    "CREATE TABLE IF NOT EXISTS akey_key (
        name BYTEA PRIMARY KEY,
        owner BYTEA NOT NULL,
        bytes BYTEA NOT NULL
    )",
    "CREATE INDEX IF NOT EXISTS akey_key_owner ON akey_key (owner)",
    "CREATE TABLE IF NOT EXISTS akey_schema (
        one SMALLINT PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL
    )",
    "INSERT INTO akey_schema (one, version) VALUES (1, 1) ON CONFLICT DO NOTHING",
];

/// So often two servers may get into each other's way while both make the tables.
const TRIES_MAX: u32 = 5;

/// Brings the tables to the version this program knows, or refuses those of a newer one.
pub(crate) async fn migrate(client: &Client) -> Result<(), Trouble> {
    let mut tries = 0;
    loop {
        match version(client).await? {
            Some(found) if found > VERSION => {
                return Err(Trouble::Refused(format!(
                    "its tables are of version {found}, this program knows up to {VERSION}: install the \
                     newer akey that last used it"
                )));
            }
            Some(_) => return Ok(()),
            None => {}
        }
        match make(client).await {
            Ok(()) => return Ok(()),
            // Another server makes them at this moment.
            Err(error) if tries < TRIES_MAX && is_race(&error) => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

async fn make(client: &Client) -> Result<(), tokio_postgres::Error> {
    for statement in STATEMENTS {
        client.batch_execute(statement).await?;
    }
    Ok(())
}

fn is_race(error: &tokio_postgres::Error) -> bool {
    let races = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::INTERNAL_ERROR,
    ];
    error.code().is_some_and(|code| races.contains(code))
}

/// Which version is there; none before there are tables. Asked first, so that a role that may only use
/// the tables need not be allowed to make any.
async fn version(client: &Client) -> Result<Option<i32>, Trouble> {
    match client
        .query_opt("SELECT version FROM akey_schema", &[])
        .await
    {
        Ok(row) => Ok(row.map(|row| row.get(0))),
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
