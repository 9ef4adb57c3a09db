//! All editions that hang together, as one system of numbers and sums.

use std::collections::{BTreeMap, HashMap};

use disclosure::{AtMost, CellId, Shown, Tables};
use domain::{EditionTable, Period};

use super::plan::{BY_MOVEMENT, counts_people, is_summed, is_within_total, sums_to_total};

/// The tables of an edition, with every number that is in them.
pub(crate) struct Known<'a> {
    /// Of when.
    pub(crate) period: Period,
    /// What is shown; all of it where nothing is decided yet.
    pub(crate) tables: &'a [EditionTable],
    /// Every number, in the order of the rows; only those shown where it is a stranger who looks.
    pub(crate) numbers: Numbers<'a>,
    /// Whether it is published and stays as it is.
    pub(crate) is_published: bool,
}

/// What is known of the numbers of an edition.
#[derive(Clone, Copy)]
pub(crate) enum Numbers<'a> {
    /// All of them.
    All(&'a [u64]),
    /// Those shown.
    Shown,
}

/// By which word of each dimension a movement came, as the reader of the table of movements sees it.
pub(crate) type CameBy = HashMap<String, Vec<(&'static str, String)>>;

/// The system, and where each row of each edition stands in it.
pub(crate) struct System {
    pub(crate) tables: Tables,
    /// For each edition, a cell for each row in order; none for what is not about people.
    pub(crate) cells: Vec<Vec<Option<CellId>>>,
    /// Wholes that are not the sum of their parts, although all of them are shown.
    pub(crate) contradictions: Vec<CellId>,
}

type Key<'a> = (&'a str, Option<&'a str>, &'a str);

impl System {
    /// Ties editions together: within each, and months to their days.
    pub(crate) fn of(editions: &[Known<'_>], came_by: &CameBy) -> Self {
        let mut system = Self {
            tables: Tables::default(),
            cells: Vec::new(),
            contradictions: Vec::new(),
        };
        let mut keyed: Vec<BTreeMap<Key<'_>, CellId>> = Vec::new();
        for edition in editions {
            let by_key = system.add(edition);
            system.tie_within(edition, &by_key);
            system.tie_movements(&by_key, came_by);
            keyed.push(by_key);
        }
        for (edition, by_key) in editions.iter().zip(&keyed) {
            if let Period::Month(_) = edition.period {
                let days: Vec<_> = editions
                    .iter()
                    .zip(&keyed)
                    .filter(|(day, _)| is_day_of(day.period, edition.period))
                    .collect();
                system.tie_to_days(edition, by_key, &days);
            }
        }
        system
    }

    fn add<'a>(&mut self, edition: &Known<'a>) -> BTreeMap<Key<'a>, CellId> {
        let mut placed = Vec::new();
        let mut by_key = BTreeMap::new();
        for table in edition.tables {
            for row in &table.rows {
                if !counts_people(&table.of) {
                    placed.push(None);
                    continue;
                }
                let value = match edition.numbers {
                    Numbers::All(numbers) => numbers.get(placed.len()).copied(),
                    Numbers::Shown => row.count,
                };
                let value = value.unwrap_or_default();
                let shown = match (edition.is_published, row.count) {
                    (false, _) => Shown::Open,
                    (true, Some(_)) => Shown::Always,
                    (true, None) => Shown::Never,
                };
                let cost = cost(edition.period, table, value);
                let cell = self.tables.add(value, shown, cost);
                placed.push(Some(cell));
                by_key.insert((&*table.of, table.by.as_deref(), &*row.code), cell);
            }
        }
        self.cells.push(placed);
        by_key
    }

    fn tie_within(&mut self, edition: &Known<'_>, by_key: &BTreeMap<Key<'_>, CellId>) {
        for table in edition.tables {
            let Some(by) = table.by.as_deref() else {
                continue;
            };
            let Some(whole) = by_key.get(&(&*table.of, None, "")).copied() else {
                continue;
            };
            let key = |code| (&*table.of, Some(by), code);
            let rows = table.rows.iter();
            let parts: Vec<_> = rows
                .filter_map(|row| by_key.get(&key(&*row.code)).copied())
                .collect();
            if sums_to_total(by) {
                self.tie(whole, parts);
            } else if is_within_total(by) {
                let bounds = parts.into_iter().map(|part| AtMost { part, whole });
                self.tables.at_most.extend(bounds);
            }
        }
    }

    /// The movements are named with how they came, so that whoever reads them can add them up by it.
    fn tie_movements(&mut self, by_key: &BTreeMap<Key<'_>, CellId>, came_by: &CameBy) {
        let mut groups: BTreeMap<(&str, &str, &str), Vec<CellId>> = BTreeMap::new();
        for ((of, by, code), cell) in by_key {
            if *by == Some(BY_MOVEMENT) {
                for (dimension, word) in came_by.get(*code).into_iter().flatten() {
                    groups.entry((of, dimension, word)).or_default().push(*cell);
                }
            }
        }
        for ((of, dimension, word), parts) in groups {
            if let Some(whole) = by_key.get(&(of, Some(dimension), word)) {
                self.tie(*whole, parts);
            }
        }
    }

    /// A month is the sum of its days. Where the table of a day is not there, as when somebody audits
    /// some files and not all, no day can at least be more than its month.
    fn tie_to_days(
        &mut self,
        month: &Known<'_>,
        by_key: &BTreeMap<Key<'_>, CellId>,
        days: &[(&Known<'_>, &BTreeMap<Key<'_>, CellId>)],
    ) {
        let all = days_in(month.period);
        for (key, whole) in by_key {
            if !is_summed(key.1) {
                continue;
            }
            let has = |day: &&(&Known<'_>, _)| {
                let mut tables = day.0.tables.iter();
                tables.any(|table| (&*table.of, table.by.as_deref()) == (key.0, key.1))
            };
            let known = days.iter().filter(has).count();
            let parts: Vec<_> = days
                .iter()
                .filter_map(|(_, day)| day.get(key).copied())
                .collect();
            if known == all {
                self.tie(*whole, parts);
            } else {
                let bounds = parts.into_iter().map(|part| AtMost {
                    part,
                    whole: *whole,
                });
                self.tables.at_most.extend(bounds);
            }
        }
    }

    /// Ties a whole to its parts. What does not sum although it is shown tells nobody anything; there
    /// is none unless a movement is described otherwise by now than when it was published.
    fn tie(&mut self, whole: CellId, parts: Vec<CellId>) {
        let cells = &self.tables.cells;
        let unknown = |cell: &CellId| cells[*cell].shown == Shown::Never && cells[*cell].value == 0;
        let sum: u64 = parts.iter().map(|part| cells[*part].value).sum();
        if sum == cells[whole].value || parts.iter().chain([&whole]).any(unknown) {
            self.tables.sum(whole, parts);
        } else {
            self.contradictions.push(whole);
        }
    }
}

fn is_day_of(day: Period, month: Period) -> bool {
    matches!(day, Period::Day(_)) && month.from() <= day.from() && day.to() <= month.to()
}

fn days_in(period: Period) -> usize {
    usize::try_from(period.to().0.day() - period.from().0.day() + 1).unwrap_or_default()
}

/// How dear a number is: large ones more than small ones, totals more than parts, months more than
/// days.
fn cost(period: Period, table: &EditionTable, value: u64) -> u32 {
    let size = 8 + 2 * value.max(1).ilog2();
    let total = if table.by.is_none() { 6 } else { 1 };
    let span = match period {
        Period::Day(_) => 1,
        Period::Month(_) => 3,
    };
    size * total * span
}
