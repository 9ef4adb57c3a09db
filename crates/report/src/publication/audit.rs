//! The audit of published files, by anybody: nothing is read but the files, in the form for programs.
//! All files given are taken together, as whoever wants to find somebody out would take them.

use std::collections::{BTreeMap, HashMap};

use disclosure::prove;
use domain::{Day, EditionRow, EditionTable, Period};
use serde::{Deserialize, Serialize};

use super::plan::{BY_ITEM, BY_MOVEMENT};
use super::system::{CameBy, Known, Numbers, System};
use crate::figure::Measure;
use crate::sitrep::{Dimension, SCHEMA, UNKNOWN};

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Audit {
    /// How many numbers of people the files hold.
    pub numbers: usize,
    /// How many of them are hidden.
    pub hidden: usize,
    /// The hidden numbers that can be worked out, or narrowed down to less than
    /// [`disclosure::WIDTH`].
    pub exposed: Vec<Exposed>,
    /// How many sums do not add up although all their numbers are shown.
    pub contradictions: usize,
}

/// A hidden number of which too much can be worked out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Exposed {
    /// The first day of the table it stands in.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// What it counts.
    pub of: String,
    /// By what; none for a total.
    pub by: Option<String>,
    /// Which row; empty for a total.
    pub code: String,
    /// It is at least this.
    pub least: Option<u64>,
    /// It is at most this.
    pub most: Option<u64>,
}

/// A file is no published report.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// It is not the form for programs.
    #[error("file {file} is no report in JSON: {reason}; take the form for programs")]
    NotAReport {
        /// Which of the files, from one.
        file: usize,
        /// What is wrong, where.
        reason: String,
    },
    /// It is not the public version.
    #[error(
        "file {file} is not a public version: only these are published, and only these audited"
    )]
    NotPublic {
        /// Which of the files, from one.
        file: usize,
    },
    /// Its days are neither one day nor one month.
    #[error("file {file} covers neither one day nor one month: it is no edition")]
    NoPeriod {
        /// Which of the files, from one.
        file: usize,
    },
}

#[derive(Deserialize)]
struct File {
    schema: String,
    audience: String,
    from: Day,
    to: Day,
    totals: BTreeMap<String, Number>,
    days: Vec<OfDay>,
    movements: Vec<OfMovement>,
    breakdowns: Vec<OfGroup>,
    items: Vec<OfItem>,
}

#[derive(Clone, Deserialize)]
struct Number {
    value: Option<u64>,
    suppressed: Option<String>,
}

#[derive(Deserialize)]
struct OfDay {
    day: Day,
    counts: BTreeMap<String, Number>,
}

#[derive(Deserialize)]
struct OfMovement {
    movement: String,
    from_country: Option<String>,
    legal_basis: String,
    screened_before: String,
    day: Day,
    counts: BTreeMap<String, Number>,
}

#[derive(Deserialize)]
struct OfGroup {
    by: String,
    of: String,
    rows: Vec<OfRow>,
}

#[derive(Deserialize)]
struct OfRow {
    code: String,
    #[serde(flatten)]
    number: Number,
}

#[derive(Deserialize)]
struct OfItem {
    item: String,
    people: Number,
}

impl Number {
    /// What is not in the plan tells nothing, not even that it is hidden.
    fn is_published(&self) -> bool {
        self.value.is_some() || self.suppressed.as_deref() != Some("not_published")
    }
}

/// Audits published files together.
///
/// # Errors
/// [`AuditError`] names the file that is none.
pub fn audit(files: &[&[u8]]) -> Result<Audit, AuditError> {
    let mut editions: Vec<(Period, Vec<EditionTable>)> = Vec::new();
    let mut from_months: BTreeMap<Day, Vec<EditionTable>> = BTreeMap::new();
    let mut came_by = CameBy::new();
    for (file, number) in files.iter().zip(1..) {
        let read = read(file, number)?;
        let Some(period) = Period::of(read.from, read.to) else {
            return Err(AuditError::NoPeriod { file: number });
        };
        for movement in &read.movements {
            came_by.insert(movement.movement.clone(), movement.ways());
        }
        if let Period::Month(_) = period {
            for day in &read.days {
                let tables = from_months.entry(day.day).or_default();
                tables.extend(totals(&day.counts));
                let of_day = read.movements.iter().filter(|row| row.day == day.day);
                tables.push(movements(of_day));
            }
        }
        if editions.iter().all(|(known, _)| *known != period) {
            editions.push((period, read.tables(period)));
        }
    }
    // A month tells the totals of its days; where a day has a file of its own, that says the same and
    // more.
    for (day, tables) in from_months {
        if editions.iter().all(|(known, _)| *known != Period::Day(day)) {
            editions.push((Period::Day(day), tables));
        }
    }
    Ok(audited(&editions, &came_by))
}

fn audited(editions: &[(Period, Vec<EditionTable>)], came_by: &CameBy) -> Audit {
    let known: Vec<_> = editions
        .iter()
        .map(|(period, tables)| Known {
            period: *period,
            tables,
            numbers: Numbers::Shown,
            is_published: true,
        })
        .collect();
    let system = System::of(&known, came_by);
    let hidden = system.tables.small();
    let exposed = match prove(&system.tables, &hidden) {
        Ok(_) => Vec::new(),
        Err(unproved) => {
            let mut names = HashMap::new();
            for ((period, tables), cells) in editions.iter().zip(&system.cells) {
                let rows = tables
                    .iter()
                    .flat_map(|table| table.rows.iter().map(move |row| (table, row)));
                for ((table, row), cell) in rows.zip(cells) {
                    names.insert(*cell, (*period, table, row));
                }
            }
            let exposed = unproved.exposed.into_iter().filter_map(|(cell, bounds)| {
                let (period, table, row) = names.get(&Some(cell))?;
                Some(Exposed {
                    from: period.from(),
                    to: period.to(),
                    of: table.of.clone(),
                    by: table.by.clone(),
                    code: row.code.clone(),
                    least: bounds.map(|bounds| bounds.least),
                    most: bounds.and_then(|bounds| bounds.most),
                })
            });
            exposed.collect()
        }
    };
    Audit {
        numbers: system.tables.cells.len(),
        hidden: hidden.iter().filter(|hidden| **hidden).count(),
        exposed,
        contradictions: system.contradictions.len(),
    }
}

fn read(bytes: &[u8], file: usize) -> Result<File, AuditError> {
    let not = |reason: String| AuditError::NotAReport { file, reason };
    let read: File = serde_json::from_slice(bytes).map_err(|error| not(error.to_string()))?;
    if read.schema != SCHEMA {
        return Err(not(format!("its schema is not {SCHEMA}")));
    }
    if read.audience != "public" {
        return Err(AuditError::NotPublic { file });
    }
    Ok(read)
}

fn row(code: &str, number: &Number) -> EditionRow {
    EditionRow {
        code: code.to_owned(),
        count: number.value,
    }
}

fn totals(counts: &BTreeMap<String, Number>) -> impl Iterator<Item = EditionTable> {
    let published = counts.iter().filter(|(_, number)| number.is_published());
    published.map(|(of, number)| EditionTable {
        of: of.clone(),
        by: None,
        rows: vec![row("", number)],
    })
}

fn movements<'a>(rows: impl Iterator<Item = &'a OfMovement>) -> EditionTable {
    let of = Measure::Returned.code();
    let rows = rows.filter_map(|movement| {
        let returned = movement.counts.get(of)?;
        Some(row(&movement.movement, returned))
    });
    EditionTable {
        of: of.to_owned(),
        by: Some(BY_MOVEMENT.to_owned()),
        rows: rows.collect(),
    }
}

impl OfMovement {
    fn ways(&self) -> Vec<(&'static str, String)> {
        let country = self.from_country.clone();
        vec![
            (
                Dimension::DepartedFrom.code(),
                country.unwrap_or_else(|| UNKNOWN.to_owned()),
            ),
            (Dimension::LegalBasis.code(), self.legal_basis.clone()),
            (
                Dimension::ScreenedBefore.code(),
                self.screened_before.clone(),
            ),
        ]
    }
}

impl File {
    fn tables(&self, period: Period) -> Vec<EditionTable> {
        let groups = self.breakdowns.iter().map(|group| EditionTable {
            of: group.of.clone(),
            by: Some(group.by.clone()),
            rows: group
                .rows
                .iter()
                .map(|of| row(&of.code, &of.number))
                .collect(),
        });
        let items = EditionTable {
            of: Measure::Assisted.code().to_owned(),
            by: Some(BY_ITEM.to_owned()),
            rows: self
                .items
                .iter()
                .map(|of| row(&of.item, &of.people))
                .collect(),
        };
        let movements = match period {
            Period::Day(_) => Some(movements(self.movements.iter())),
            Period::Month(_) => None,
        };
        totals(&self.totals)
            .chain(groups)
            .chain([items])
            .chain(movements)
            .collect()
    }
}
