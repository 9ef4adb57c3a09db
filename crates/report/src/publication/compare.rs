//! What was published beside what is counted now: late entries, corrections, withdrawals, people whose
//! data was erased. For people of the operation; the edition stays as it is.

use std::collections::BTreeMap;

use domain::{Day, Edition, EditionTable, Moment, Period};
use register::Register;
use serde::Serialize;

use super::plan::tables_of;
use super::prepare::{counted, summed};
use crate::error::ReportError;
use crate::window::{Places, days};

/// An edition beside the same counted now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Comparison {
    /// The first day.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// When it was published.
    pub published_at: Moment,
    /// When it was counted again.
    pub counted_at: Moment,
    /// How many numbers there are.
    pub numbers: u64,
    /// Those that differ.
    pub changes: Vec<Change>,
    /// How many of the people met in these days were erased since. Counts stay; what is told of who
    /// people are moves to "not known".
    pub erased: u64,
}

/// A number that is another now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// What it counts.
    pub of: String,
    /// By what; none for a total.
    pub by: Option<String>,
    /// Which row; empty for a total.
    pub code: String,
    /// Whether the published number is shown.
    pub shown: bool,
    /// What was counted when it was published.
    pub then: u64,
    /// What is counted now.
    pub now: u64,
}

/// Counts the days of an edition again.
///
/// # Errors
/// [`ReportError::Register`] when the register cannot be read.
pub fn compare(
    register: &Register<'_>,
    edition: &Edition,
    now: Moment,
) -> Result<Comparison, ReportError> {
    let (from, to) = (edition.period.from(), edition.period.to());
    let mut counted_now = Vec::new();
    for day in days(from, to)? {
        let tables = tables_of(&counted(register, day, now)?);
        let basis: Vec<u64> = numbers(&tables).collect();
        counted_now.push((tables, basis));
    }
    let (tables, basis) = match edition.period {
        Period::Day(_) => counted_now.pop().unwrap_or_default(),
        Period::Month(_) => summed(counted_now.iter().map(|(tables, basis)| (tables, basis))),
    };
    let mut rows: BTreeMap<Key, Row> = BTreeMap::new();
    let then = edition.basis.as_deref().unwrap_or_default();
    for (place, (key, count)) in keyed(&edition.tables).enumerate() {
        // Where what is hidden cannot be read here, only what is shown can be compared.
        if let Some(number) = then.get(place).copied().or(count) {
            rows.insert(key, (count.is_some(), number, 0));
        }
    }
    let is_whole = edition.basis.is_some();
    for ((key, _), number) in keyed(&tables).zip(basis) {
        match rows.get_mut(&key) {
            Some(row) => row.2 = number,
            // A row that was not there: nobody was in it.
            None if is_whole => {
                rows.insert(key, (true, 0, number));
            }
            None => {}
        }
    }
    let numbers = rows.len() as u64;
    let changes = rows
        .into_iter()
        .filter(|(_, (_, then, now))| then != now)
        .map(|((of, by, code), (shown, then, now))| Change {
            of,
            by,
            code,
            shown,
            then,
            now,
        });
    let changes = changes.collect();
    let places = Places::of(register, &[])?;
    let windows: Vec<_> = places
        .covered()
        .iter()
        .filter(|site| edition.sites.contains(&site.id))
        .map(|site| (site.id, site.span_of(from).0, site.span_of(to).1))
        .collect();
    Ok(Comparison {
        from,
        to,
        published_at: edition.published_at,
        counted_at: now,
        numbers,
        changes,
        erased: register.erased_among(&windows, edition.published_at)?,
    })
}

type Key = (String, Option<String>, String);
/// Whether it is shown, what was counted then, what is counted now.
type Row = (bool, u64, u64);

fn keyed(tables: &[EditionTable]) -> impl Iterator<Item = (Key, Option<u64>)> {
    let tables = tables.iter();
    tables.flat_map(|table| {
        table.rows.iter().map(|row| {
            let key = (table.of.clone(), table.by.clone(), row.code.clone());
            (key, row.count)
        })
    })
}

fn numbers(tables: &[EditionTable]) -> impl Iterator<Item = u64> {
    keyed(tables).map(|(_, count)| count.unwrap_or_default())
}
