//! Rows and cells as a file has them, before anybody asks what they mean. The only thing decided
//! here is how much is too much.

use jiff::civil::Date;

use super::date::Epoch;
use super::error::ManifestError;

/// Largest file read, in bytes. A manifest of 20,000 rows has about five million.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;
/// Most rows with anything in them. The largest aircraft carry under a thousand people.
pub const ROWS_MAX: usize = 20_000;
/// Most columns.
pub const COLUMNS_MAX: usize = 256;
/// Longest text of a cell, in bytes: what spreadsheets hold (32,767 characters), in UTF-8.
pub const CELL_BYTES_MAX: usize = 4 * 32_767;

/// What a cell holds. Empty cells are not kept.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// A text, never blank.
    Text(String),
    /// A number.
    Number(f64),
    /// A number shown as a date.
    Day(Date),
    /// An error such as `#N/A`.
    Failed,
}

impl Cell {
    /// A cell of this text, or nothing where it is blank.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = clean(text);
        if text.is_empty() {
            return None;
        }
        let error = [
            "#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!",
        ];
        Some(if error.contains(&text.as_str()) {
            Self::Failed
        } else {
            Self::Text(text)
        })
    }

    /// What a person sees in the cell.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Failed => String::new(),
        }
    }
}

/// Without control and direction characters and zero-width spaces, every other white space one
/// space: what copying from web pages and documents leaves in cells.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(CELL_BYTES_MAX));
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !clean.is_empty();
            continue;
        }
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        {
            continue;
        }
        if clean.len() >= CELL_BYTES_MAX {
            break;
        }
        if std::mem::take(&mut gap) {
            clean.push(' ');
        }
        clean.push(c);
    }
    clean
}

/// A row with something in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// As the spreadsheet counts: from 1, blank rows too.
    pub number: u32,
    /// Its cells, by column, up to the last that is not empty.
    pub cells: Vec<Option<Cell>>,
    /// A quotation mark in it was read as an ordinary character.
    pub quote_repaired: bool,
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column)?.as_ref()
    }

    /// How many cells are not empty.
    pub fn filled(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// The texts of its cells as headers are compared: blank where there is none.
    pub fn headers(&self) -> Vec<String> {
        self.cells
            .iter()
            .map(|cell| cell.as_ref().map_or_else(String::new, Cell::shown))
            .collect()
    }
}

/// The rows of one table, blank ones left out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Grid {
    /// The name of its sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// Its rows in their order.
    pub rows: Vec<Row>,
    /// Where its numbered days begin.
    pub epoch: Epoch,
}

impl Grid {
    /// Puts a row below the others, unless it is blank or one too many.
    pub fn push(&mut self, mut row: Row) -> Result<(), ManifestError> {
        while row.cells.last().is_some_and(Option::is_none) {
            row.cells.pop();
        }
        if row.cells.is_empty() {
            return Ok(());
        }
        if row.cells.len() > COLUMNS_MAX {
            return Err(ManifestError::TooManyColumns { row: row.number });
        }
        if self.rows.len() == ROWS_MAX {
            return Err(ManifestError::TooManyRows {
                sheet: self.sheet.clone(),
            });
        }
        self.rows.push(row);
        Ok(())
    }
}

/// The letter a spreadsheet gives a column, counted from 0: A, B, … Z, AA.
pub fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder of 26");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        for (column, letters) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letter(column), letters);
        }
    }

    #[test]
    fn what_copying_leaves_in_cells_is_removed() {
        assert_eq!(
            Cell::of_text("\u{feff} Demo\u{a0}\u{200b}-Jean\r\n\t Marie\u{202e} "),
            Some(Cell::Text("Demo -Jean Marie".into()))
        );
        assert_eq!(Cell::of_text(" \u{a0}\u{200b} "), None);
        assert_eq!(Cell::of_text("#N/A"), Some(Cell::Failed));
    }
}
