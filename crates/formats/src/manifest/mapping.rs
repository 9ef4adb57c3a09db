//! Which column holds what: guessed once, corrected by a person if need be, saved, and used again
//! for the next file with the same headers.

use domain::fold_name;
use serde::{Deserialize, Serialize};

use super::field::{self, Field};
use super::grid::{Cell, Row};

/// One column of a mapping.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Mapped {
    /// Its header as the file has it.
    pub header: String,
    /// What it holds, or nothing where it is not read.
    pub field: Option<Field>,
}

/// What each column of a file holds, from the first column on.
///
/// ```
/// # use akey_formats as formats;
/// use formats::manifest::{Field, Mapping};
///
/// let headers = ["Nom", "Prénom", "Siège"].map(String::from);
/// let mut mapping = Mapping::guess(&headers);
/// assert_eq!(mapping.columns[0].field, Some(Field::FamilyName));
/// assert_eq!(mapping.columns[2].field, None);
/// assert!(mapping.fits(&["NOM ", "prenom", "siege", ""].map(String::from)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The columns in their order.
    pub columns: Vec<Mapped>,
}

impl Mapping {
    /// What the headers themselves say.
    pub fn guess(headers: &[String]) -> Self {
        let fields = field::guess(headers);
        let columns = headers
            .iter()
            .zip(fields)
            .map(|(header, field)| Mapped {
                header: header.clone(),
                field,
            })
            .collect();
        Self { columns }
    }

    /// Whether a file with these headers can be read with this mapping: the same headers in the same
    /// order, whatever their case, accents and punctuation; empty ones behind the last do not count.
    pub fn fits(&self, headers: &[String]) -> bool {
        let mine = self.columns.iter().map(|column| header_key(&column.header));
        let theirs = headers.iter().map(|header| header_key(header));
        trimmed(mine) == trimmed(theirs)
    }

    /// How many different fields it reads.
    pub fn fields(&self) -> usize {
        let mut fields: Vec<Field> = self
            .columns
            .iter()
            .filter_map(|column| column.field)
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields.len()
    }

    /// Whether it reads anybody's name.
    pub fn names_people(&self) -> bool {
        self.columns
            .iter()
            .any(|column| column.field.is_some_and(Field::is_name))
    }

    /// The columns that hold a field, in their order.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.field == Some(field))
            .map(|(place, _)| place)
    }

    /// This mapping with the headers as a file that it fits has them.
    #[must_use]
    pub fn for_headers(&self, headers: &[String]) -> Self {
        let fields = self
            .columns
            .iter()
            .map(|column| column.field)
            .chain(std::iter::repeat(None));
        let columns = headers.iter().zip(fields);
        Self {
            columns: columns
                .map(|(header, field)| Mapped {
                    header: header.clone(),
                    field,
                })
                .collect(),
        }
    }
}

/// How many of the filled cells of a row are the header of their column, to the letter.
#[derive(Clone, Copy, Debug)]
pub struct Repeat {
    alike: usize,
    filled: usize,
}

impl Repeat {
    /// A row beside a row of headers.
    pub fn of(headers: &[String], row: &Row) -> Self {
        let cells = headers.iter().zip(&row.cells);
        let alike = cells
            .filter(|(header, cell)| matches!(cell, Some(Cell::Text(text)) if text == *header));
        Self {
            alike: alike.count(),
            filled: row.filled(),
        }
    }

    /// How many cells are alike.
    pub const fn alike(self) -> usize {
        self.alike
    }

    /// All of them.
    pub const fn is_whole(self) -> bool {
        self.alike == self.filled
    }

    /// At least half of them, and no fewer than two, or all.
    pub const fn is_likely(self) -> bool {
        self.alike * 2 >= self.filled && (self.alike >= 2 || self.is_whole())
    }
}

fn header_key(header: &str) -> String {
    fold_name(header)
}

fn trimmed(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut keys: Vec<String> = keys.collect();
    while keys.last().is_some_and(String::is_empty) {
        keys.pop();
    }
    keys
}
