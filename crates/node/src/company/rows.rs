//! What a node keeps beside its ledger and every server of a hub needs: who may sign in, what was asked
//! and done, settings. Rows that a transaction changed are noted by triggers, so that no caller can
//! forget one, and written by the other servers as they are.
//!
//! Where other nodes answer and what they had when met is each server's own and stays with it.

use minicbor::{Decoder, Encoder};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use crate::error::NodeError;

/// A shared table: its name and its columns, the key first. The order of the list is written into
/// entries: new ones come last.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
}

const TABLES: &[Table] = &[
    Table {
        name: "n_setting",
        columns: &["name", "value"],
    },
    Table {
        name: "n_done",
        columns: &["request", "asked", "events", "last_position"],
    },
    Table {
        name: "n_credential",
        columns: &[
            "user",
            "salt",
            "memory_kib",
            "passes",
            "sealed_secret",
            "public_key",
        ],
    },
    Table {
        name: "n_role_key",
        columns: &["user", "sealed"],
    },
    Table {
        name: "n_focal_point_key",
        columns: &["user", "sealed"],
    },
    Table {
        name: "n_mapping",
        columns: &["headers", "mapping"],
    },
];

/// Notes from here on which shared rows are changed through this connection.
pub(crate) fn watch(connection: &Connection) -> Result<(), NodeError> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS n_changed (
            tab INTEGER NOT NULL, key NOT NULL, PRIMARY KEY (tab, key)
         ) WITHOUT ROWID",
    )?;
    for (number, table) in TABLES.iter().enumerate() {
        let (name, key) = (table.name, table.columns[0]);
        for (what, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            connection.execute_batch(&format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS {name}_{what} AFTER {what} ON {name} BEGIN
                    INSERT OR IGNORE INTO n_changed VALUES ({number}, {row}.{key});
                 END"
            ))?;
        }
    }
    Ok(())
}

/// The rows changed since this was asked last, as they are now; none where nothing was.
pub(crate) fn take(connection: &Connection) -> Result<Option<Vec<u8>>, NodeError> {
    let changed: Vec<(usize, Value)> = connection
        .prepare_cached("SELECT tab, key FROM n_changed ORDER BY tab, key")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if changed.is_empty() {
        return Ok(None);
    }
    forget(connection)?;
    let mut bytes = Encoder::new(Vec::new());
    put(bytes.array(changed.len() as u64));
    for (number, key) in changed {
        let table = &TABLES[number];
        put(bytes.array(3));
        put(bytes.u64(number as u64));
        put_value(&mut bytes, (&key).into());
        let sql = format!(
            "SELECT {} FROM {} WHERE {} = ?1",
            table.columns[1..].join(", "),
            table.name,
            table.columns[0]
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([&key])?;
        match rows.next()? {
            None => put(bytes.null()),
            Some(row) => {
                put(bytes.array(table.columns.len() as u64 - 1));
                for column in 0..table.columns.len() - 1 {
                    put_value(&mut bytes, row.get_ref(column)?);
                }
            }
        }
    }
    Ok(Some(bytes.into_writer()))
}

/// Forgets which rows were changed: they are shared already.
pub(crate) fn forget(connection: &Connection) -> Result<(), NodeError> {
    connection
        .prepare_cached("DELETE FROM n_changed")?
        .execute([])?;
    Ok(())
}

/// Writes rows as another server has them.
pub(crate) fn apply(connection: &Connection, bytes: &[u8]) -> Result<(), NodeError> {
    let mut decoder = Decoder::new(bytes);
    let d = &mut decoder;
    let rows = d.array().map_err(of_newer)?.unwrap_or(0);
    for _ in 0..rows {
        d.array().map_err(of_newer)?;
        let number = d.u64().map_err(of_newer)?;
        let table = usize::try_from(number).ok().and_then(|at| TABLES.get(at));
        let table = table.ok_or_else(|| of_newer("a table"))?;
        let key = value(d)?;
        if d.datatype().map_err(of_newer)? == minicbor::data::Type::Null {
            d.null().map_err(of_newer)?;
            let sql = format!("DELETE FROM {} WHERE {} = ?1", table.name, table.columns[0]);
            connection.prepare_cached(&sql)?.execute([&key])?;
            continue;
        }
        let others = d.array().map_err(of_newer)?.unwrap_or(0);
        if others + 1 != table.columns.len() as u64 {
            return Err(of_newer("a column"));
        }
        let mut values = vec![key];
        for _ in 0..others {
            values.push(value(d)?);
        }
        let places = vec!["?"; values.len()].join(", ");
        let sql = format!(
            "INSERT OR REPLACE INTO {} ({}) VALUES ({places})",
            table.name,
            table.columns.join(", ")
        );
        connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn of_newer(what: impl ToString) -> NodeError {
    NodeError::HubStore {
        cause: format!(
            "another server of this hub runs a newer version of akey: install it here too ({})",
            what.to_string()
        ),
    }
}

fn put<T>(written: Result<T, minicbor::encode::Error<std::convert::Infallible>>) {
    written.map(drop).expect("writing to memory does not fail");
}

fn put_value(bytes: &mut Encoder<Vec<u8>>, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => put(bytes.null()),
        ValueRef::Integer(number) => put(bytes.i64(number)),
        ValueRef::Text(text) => put(bytes.str(&String::from_utf8_lossy(text))),
        ValueRef::Blob(blob) => put(bytes.bytes(blob)),
        ValueRef::Real(_) => unreachable!("no shared table has such a column"),
    }
}

fn value(d: &mut Decoder<'_>) -> Result<Value, NodeError> {
    use minicbor::data::Type;
    Ok(match d.datatype().map_err(of_newer)? {
        Type::Bytes => Value::Blob(d.bytes().map_err(of_newer)?.to_vec()),
        Type::String => Value::Text(d.str().map_err(of_newer)?.to_owned()),
        Type::Null => {
            d.null().map_err(of_newer)?;
            Value::Null
        }
        _ => Value::Integer(d.i64().map_err(of_newer)?),
    })
}
