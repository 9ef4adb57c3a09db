//! Reading rows: one column after another, in the order the query names them, each as the type the
//! domain knows it by. What cannot be read so was never written by this version.

use domain::{Moment, NodeKey};
use minicbor::Decode;
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Connection, Params, Row};
use uuid::Uuid;

use crate::{RegisterError, Result};

/// The columns of one row, read from left to right.
pub(crate) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r> Columns<'r, '_> {
    pub(crate) fn value<T: FromSql>(&mut self) -> Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn raw(&mut self) -> Result<ValueRef<'r>> {
        let value = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn uuid(&mut self) -> Result<Uuid> {
        self.value::<[u8; 16]>().map(Uuid::from_bytes)
    }

    pub(crate) fn uuid_if_any(&mut self) -> Result<Option<Uuid>> {
        Ok(self.value::<Option<[u8; 16]>>()?.map(Uuid::from_bytes))
    }

    pub(crate) fn moment(&mut self) -> Result<Moment> {
        self.value().map(Moment)
    }

    pub(crate) fn moment_if_any(&mut self) -> Result<Option<Moment>> {
        Ok(self.value::<Option<i64>>()?.map(Moment))
    }

    pub(crate) fn text(&mut self) -> Result<String> {
        self.value()
    }

    pub(crate) fn count(&mut self) -> Result<u32> {
        self.value()
    }

    pub(crate) fn flag(&mut self) -> Result<bool> {
        self.value()
    }

    pub(crate) fn key(&mut self) -> Result<NodeKey> {
        self.value().map(NodeKey)
    }

    /// A place in a log, which SQLite keeps as a signed number of the same bits.
    pub(crate) fn position(&mut self) -> Result<u64> {
        Ok(self.value::<i64>()?.cast_unsigned())
    }

    /// A code of a closed list.
    pub(crate) fn code<T>(&mut self, from_code: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        let code = self.raw()?.as_str().ok().and_then(from_code);
        code.ok_or(RegisterError::Row)
    }

    pub(crate) fn cbor<T: for<'b> Decode<'b, ()>>(&mut self) -> Result<T> {
        self.cbor_if_any()?.ok_or(RegisterError::Row)
    }

    pub(crate) fn cbor_if_any<T: for<'b> Decode<'b, ()>>(&mut self) -> Result<Option<T>> {
        let bytes = self
            .raw()?
            .as_blob_or_null()
            .map_err(|_| RegisterError::Row)?;
        bytes
            .map(minicbor::decode)
            .transpose()
            .map_err(|_| RegisterError::Row)
    }
}

/// The first row of a query.
pub(crate) fn one<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl FnOnce(&mut Columns<'_, '_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    match rows.next()? {
        Some(row) => read(&mut Columns { row, next: 0 }).map(Some),
        None => Ok(None),
    }
}

/// The only row of a query that always has one, as a count has.
pub(crate) fn only<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl FnOnce(&mut Columns<'_, '_>) -> Result<T>,
) -> Result<T> {
    one(connection, sql, parameters, read)?.ok_or(RegisterError::Row)
}

/// Every row of a query.
pub(crate) fn all<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    mut read: impl FnMut(&mut Columns<'_, '_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    each(connection, sql, parameters, |columns| {
        found.push(read(columns)?);
        Ok(())
    })?;
    Ok(found)
}

/// Every row of a query, without keeping them.
pub(crate) fn each(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    mut read: impl FnMut(&mut Columns<'_, '_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        read(&mut Columns { row, next: 0 })?;
    }
    Ok(())
}

/// What a value is written as.
pub(crate) fn cbor<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to a vector cannot fail")
}

/// "DR 12" and "dr12" are one name: the form in which names of movements and papers are compared,
/// as [`domain::same_name`] compares them.
pub(crate) fn name_key(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
