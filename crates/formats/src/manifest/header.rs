//! Where the list begins: the row whose cells name columns, below whatever titles stand above it;
//! or two rows, where groups such as "Birth" stand above columns such as "Date" and "Place".

use super::field;
use super::grid::{Cell, Grid, Row};
use super::mapping::{Mapped, Mapping, Repeat};

/// How many filled rows from the top may hold the header.
const ROWS_SEARCHED: usize = 60;

/// The header of a grid.
#[derive(Clone, PartialEq, Debug)]
pub struct Header {
    /// The place of its last row among the rows of the grid; where there is none, that of the first
    /// row of the list.
    place: usize,
    /// How many rows it has: none, one or two.
    height: usize,
    /// What the columns hold.
    pub mapping: Mapping,
    /// Where that comes from.
    pub source: MappingSource,
    /// Its rows as they stand in the file, to be recognised again after a page break.
    rows: Vec<Vec<String>>,
}

/// Where a mapping comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MappingSource {
    /// It was given, and fits.
    Saved,
    /// From the headers alone.
    Guessed,
    /// The file has no header, and somebody confirmed what its columns hold.
    Confirmed,
    /// The file is a message, whose segments say what they hold.
    Fixed,
}

impl MappingSource {
    /// Whether headers tell the next file of this kind, so that its mapping is worth keeping.
    pub const fn is_of_headers(self) -> bool {
        matches!(self, Self::Saved | Self::Guessed)
    }
}

impl Header {
    /// The header of a grid: the first that a saved mapping fits, else the first whose cells name
    /// enough fields, a name of people among them.
    pub fn find(grid: &Grid, saved: &[Mapping]) -> Option<Self> {
        Self::saved(grid, saved).or_else(|| Self::guessed(grid))
    }

    /// No header: the list begins at a row, and somebody confirmed what its columns hold.
    pub fn confirmed(place: usize, mapping: Mapping) -> Self {
        Self {
            place,
            height: 0,
            mapping,
            source: MappingSource::Confirmed,
            rows: Vec::new(),
        }
    }

    /// The rows of the list.
    pub fn below<'a>(&self, grid: &'a Grid) -> &'a [Row] {
        &grid.rows[self.place + self.height.min(1)..]
    }

    /// What stands above it.
    pub fn above<'a>(&self, grid: &'a Grid) -> &'a [Row] {
        &grid.rows[..self.place + 1 - self.height.max(1)]
    }

    /// Its last row as the spreadsheet counts, or 0 where there is none.
    pub fn number(&self, grid: &Grid) -> u32 {
        if self.height == 0 {
            0
        } else {
            grid.rows[self.place].number
        }
    }

    /// How far a row is this header again, or one of its two rows, as after a page break.
    pub fn repeats_in(&self, row: &Row) -> Repeat {
        let repeats = self.rows.iter().map(|header| Repeat::of(header, row));
        repeats
            .max_by_key(|repeat| repeat.alike())
            .unwrap_or_else(|| Repeat::of(&[], row))
    }

    fn new(grid: &Grid, place: usize, mapping: Mapping, source: MappingSource) -> Self {
        Self {
            place,
            height: 1,
            mapping,
            source,
            rows: vec![grid.rows[place].headers()],
        }
    }

    fn of_two(grid: &Grid, place: usize, mapping: Mapping, source: MappingSource) -> Self {
        let rows = &grid.rows[place - 1..=place];
        Self {
            place,
            height: 2,
            mapping,
            source,
            rows: rows.iter().map(Row::headers).collect(),
        }
    }

    fn saved(grid: &Grid, saved: &[Mapping]) -> Option<Self> {
        if saved.is_empty() {
            return None;
        }
        let fitting = |headers: &[String]| {
            let fits = |mapping: &&Mapping| mapping.names_people() && mapping.fits(headers);
            let mapping = saved.iter().find(fits)?;
            Some(mapping.for_headers(headers))
        };
        let source = MappingSource::Saved;
        for place in 0..grid.rows.len().min(ROWS_SEARCHED) {
            if let Some(mapping) = fitting(&grid.rows[place].headers()) {
                return Some(Self::new(grid, place, mapping, source));
            }
            let pair = pair_above(grid, place).map(|pair| joined(&pair));
            if let Some(mapping) = pair.and_then(|headers| fitting(&headers)) {
                return Some(Self::of_two(grid, place, mapping, source));
            }
        }
        None
    }

    fn guessed(grid: &Grid) -> Option<Self> {
        let mut found: Vec<(usize, Self)> = Vec::new();
        let mut fields_above = 0;
        let source = MappingSource::Guessed;
        for (place, row) in grid.rows.iter().enumerate().take(ROWS_SEARCHED) {
            let mapping = Mapping::guess(&row.headers());
            let fields = mapping.fields();
            // Two rows of data, neither of which names any column, need not be read together.
            let telling = fields + fields_above >= 2;
            let pair = telling.then(|| pair_above(grid, place)).flatten();
            let two = pair.map(|pair| of_pairs(&pair));
            let two = two.filter(|two| two.names_people() && two.fields() >= 2);
            if let Some(two) = two.filter(|two| two.fields() > fields.max(fields_above)) {
                // The row above may have been taken for a header of its own.
                found.retain(|(_, header)| header.place + 1 != place);
                found.push((two.fields(), Self::of_two(grid, place, two, source)));
            } else {
                let enough = fields >= 2 || row.filled() == 1 && is_single_column(grid);
                if mapping.names_people() && enough {
                    found.push((fields, Self::new(grid, place, mapping, source)));
                }
            }
            fields_above = fields;
        }
        // The first that names half as many fields as the best: where two lists stand one below the
        // other, beginning at the second would lose the first.
        let most = found.iter().map(|(fields, _)| *fields).max()?;
        found
            .into_iter()
            .find(|(fields, _)| fields * 2 >= most)
            .map(|(_, header)| header)
    }
}

/// A column under two rows of header: its group, where it is in one, and its own name.
struct Pair {
    group: String,
    name: String,
}

/// The columns of a row and the row directly above it, read as groups and columns. A group stands
/// above its first column and reaches as far as the cells behind it are empty, as merged cells are
/// saved; a name in the upper row alone is a cell merged downwards. Nothing where the lower row has
/// anything but texts: numbers and dates are data.
fn pair_above(grid: &Grid, place: usize) -> Option<Vec<Pair>> {
    let (upper, lower) = (grid.rows.get(place.checked_sub(1)?)?, &grid.rows[place]);
    let is_text = |row: &Row| {
        let mut cells = row.cells.iter().flatten();
        cells.all(|cell| matches!(cell, Cell::Text(_)))
    };
    let next_to = upper.number.checked_add(1) == Some(lower.number);
    if !next_to || !is_text(lower) || !is_text(upper) {
        return None;
    }
    let width = upper.cells.len().max(lower.cells.len());
    let text = |row: &Row, column| row.cell(column).map(Cell::shown).unwrap_or_default();
    let mut group = String::new();
    let pairs = (0..width).map(|column| {
        let (above, name) = (text(upper, column), text(lower, column));
        match (above.is_empty(), name.is_empty()) {
            (false, false) => group.clone_from(&above),
            // Merged downwards: no group, and none reaches across it.
            (false, true) => {
                group.clear();
                return Pair {
                    group: String::new(),
                    name: above,
                };
            }
            _ => {}
        }
        Pair {
            group: if name.is_empty() {
                String::new()
            } else {
                group.clone()
            },
            name,
        }
    });
    Some(pairs.collect())
}

/// One name for each column: that of its group and its own.
fn joined(pairs: &[Pair]) -> Vec<String> {
    let name = |pair: &Pair| match (pair.group.as_str(), pair.name.as_str()) {
        ("", name) => name.to_owned(),
        (group, name) => format!("{group} · {name}"),
    };
    pairs.iter().map(name).collect()
}

fn of_pairs(pairs: &[Pair]) -> Mapping {
    let names: Vec<(&str, &str)> = pairs
        .iter()
        .map(|pair| (pair.group.as_str(), pair.name.as_str()))
        .collect();
    let columns = joined(pairs).into_iter().zip(field::guess_grouped(&names));
    Mapping {
        columns: columns
            .map(|(header, field)| Mapped { header, field })
            .collect(),
    }
}

/// A list of nothing but names.
fn is_single_column(grid: &Grid) -> bool {
    grid.rows.iter().all(|row| row.cells.len() == 1)
}
