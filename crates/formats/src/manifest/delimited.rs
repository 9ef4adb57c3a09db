//! Text with separators: which encoding, which separator, and the rows.
//!
//! Rows are cut here and not by a CSV library for two reasons: a problem must name the row as a
//! spreadsheet counts it (blank lines count, a line break inside quotes does not), and one stray
//! quotation mark must cost at most a warning on its own row, not swallow the rows below it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde::Serialize;

use super::error::ManifestError;
use super::grid::{CELL_BYTES_MAX, COLUMNS_MAX, Cell, Grid, Row};
use super::source::utf16;

/// Most line breaks inside one quoted cell; a quotation mark open for longer was a stray one.
const BREAKS_IN_CELL_MAX: usize = 20;

/// What stands between cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// Tab.
    Tab,
    /// `|`
    Pipe,
}

impl Separator {
    /// Every separator, the likelier first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The character.
    pub const fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Pipe => '|',
        }
    }
}

/// A text and the encoding it was in.
pub struct Decoded {
    /// The text without byte order mark.
    pub text: String,
    /// The name of the encoding (WHATWG Encoding Standard).
    pub encoding: &'static str,
}

/// Decodes a file: UTF-16 by its mark or shape, UTF-8 where it is valid, else Windows-1252, in which
/// every byte means something.
pub fn decode(bytes: &[u8]) -> Decoded {
    let encoding = utf16(bytes).unwrap_or_else(|| valid_utf8_or_1252(bytes));
    let (text, used, _) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: used.name(),
    }
}

fn valid_utf8_or_1252(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// The separator a file names itself in a first line `sep=;`, as Excel writes it.
pub fn named_separator(text: &str) -> Option<Separator> {
    let line = text.lines().next()?.trim_matches('"').to_ascii_lowercase();
    let named = line.strip_prefix("sep=")?;
    Separator::ALL
        .into_iter()
        .find(|separator| named.starts_with(separator.character()))
}

/// The first rows under a separator, for judging it. A row that a grid refuses is left out: under a
/// wrong separator that means nothing.
pub fn sample(text: &str, separator: Separator, rows: usize) -> Grid {
    let mut grid = Grid::default();
    for record in Records::new(text, separator).take(rows) {
        drop(grid.push(record));
    }
    grid
}

/// All rows.
pub fn grid(text: &str, separator: Separator) -> Result<Grid, ManifestError> {
    let mut grid = Grid::default();
    for record in Records::new(text, separator) {
        grid.push(record)?;
    }
    if named_separator(text).is_some() && grid.rows.first().is_some_and(|row| row.number == 1) {
        grid.rows.remove(0);
    }
    Ok(grid)
}

struct Records<'a> {
    rest: &'a str,
    separator: u8,
    number: u32,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: Separator) -> Self {
        let separator = u8::try_from(separator.character()).expect("separators are ASCII");
        Self {
            rest: text,
            separator,
            number: 0,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let quoted = cut(self.rest, self.separator, Quotes::Meant);
        let quote_repaired = quoted.is_none();
        let record = quoted.unwrap_or_else(|| {
            cut(self.rest, self.separator, Quotes::Ordinary)
                .expect("without quotation marks every line is a row")
        });
        self.rest = &self.rest[record.length..];
        Some(Row {
            number: self.number,
            cells: record.cells,
            quote_repaired,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Meant,
    Ordinary,
}

struct Record {
    cells: Vec<Option<Cell>>,
    /// Bytes taken, with the line break.
    length: usize,
}

/// Cuts one row off the text (RFC 4180, with LF, CRLF or CR). Nothing where a quotation mark has no
/// partner: it is never closed, or a text goes on behind the mark that closes it several lines
/// below, which then was the opening mark of another cell.
fn cut(text: &str, separator: u8, quotes: Quotes) -> Option<Record> {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (cell, end) = match opening_quote(bytes, at, separator) {
            Some(open) if quotes == Quotes::Meant => quoted_cell(text, open + 1, separator)?,
            _ => {
                let end = bare_end(bytes, at, separator);
                (unquoted(&text[at..end], quotes), end)
            }
        };
        // One more than allowed is kept so that the grid can refuse the row and name it.
        if cells.len() <= COLUMNS_MAX || cell.is_some() && cells.len() < 2 * COLUMNS_MAX {
            cells.push(cell);
        }
        match bytes.get(end) {
            None => return Some(Record { cells, length: end }),
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                return Some(Record {
                    cells,
                    length: end + 2,
                });
            }
            Some(b'\r' | b'\n') => {
                return Some(Record {
                    cells,
                    length: end + 1,
                });
            }
            Some(_) => at = end + 1,
        }
    }
}

fn opening_quote(bytes: &[u8], from: usize, separator: u8) -> Option<usize> {
    let blank = |byte: &&u8| (**byte == b' ' || **byte == b'\t') && **byte != separator;
    let place = from + bytes[from..].iter().take_while(blank).count();
    (bytes.get(place) == Some(&b'"')).then_some(place)
}

fn bare_end(bytes: &[u8], from: usize, separator: u8) -> usize {
    let ends = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    bytes[from..]
        .iter()
        .position(ends)
        .map_or(bytes.len(), |length| from + length)
}

/// The text of a bare cell; where marks were declared ordinary, without those around the whole.
fn unquoted(text: &str, quotes: Quotes) -> Option<Cell> {
    let inner = text
        .trim()
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match (quotes, inner) {
        (Quotes::Ordinary, Some(inner)) => Cell::of_text(&inner.replace("\"\"", "\"")),
        _ => Cell::of_text(text),
    }
}

/// Reads a cell behind its opening mark; gives it and the place of the separator or line end.
fn quoted_cell(text: &str, from: usize, separator: u8) -> Option<(Option<Cell>, usize)> {
    let bytes = text.as_bytes();
    let mut content = String::new();
    let mut at = from;
    let mut breaks = 0;
    loop {
        let stretch = bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\n'))?;
        content.push_str(&text[at..at + stretch]);
        at += stretch;
        if bytes[at] == b'\n' {
            breaks += 1;
            content.push('\n');
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            content.push('"');
            at += 2;
        } else {
            break;
        }
        if breaks > BREAKS_IN_CELL_MAX || content.len() > CELL_BYTES_MAX {
            return None;
        }
    }
    let end = bare_end(bytes, at + 1, separator);
    let behind = text[at + 1..end].trim();
    if !behind.is_empty() {
        if breaks > 0 {
            return None;
        }
        content.push_str("\" ");
        content.push_str(behind);
        content.insert(0, '"');
    }
    Some((Cell::of_text(&content), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, separator: Separator) -> Vec<(u32, Vec<String>)> {
        let grid = grid(text, separator).unwrap();
        grid.rows
            .iter()
            .map(|row| (row.number, row.headers()))
            .collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (
            number,
            cells.iter().map(|text| (*text).to_owned()).collect(),
        )
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        assert_eq!(
            rows("a;b\r\n\r\n\"c\nd\";e\nf;\"g;h\"\r;i", Separator::Semicolon),
            [
                row(1, &["a", "b"]),
                row(3, &["c d", "e"]),
                row(4, &["f", "g;h"]),
                row(5, &["", "i"])
            ]
        );
    }

    #[test]
    fn a_stray_quotation_mark_costs_no_other_row() {
        let text = "name,town\nJean,\"Ti Jean\nMarie,Gonaives\nRose,\"Les Cayes\"\n";
        let grid = grid(text, Separator::Comma).unwrap();
        assert_eq!(
            grid.rows
                .iter()
                .map(|row| row.quote_repaired)
                .collect::<Vec<_>>(),
            [false, true, false, false]
        );
        assert_eq!(
            rows(text, Separator::Comma),
            [
                row(1, &["name", "town"]),
                row(2, &["Jean", "\"Ti Jean"]),
                row(3, &["Marie", "Gonaives"]),
                row(4, &["Rose", "Les Cayes"])
            ]
        );
    }

    #[test]
    fn each_encoding_is_recognised() {
        let text = "Prénom;Né à\nZoé;Cap-Haïtien\n";
        let utf16 = |mark: &[u8], to: fn(u16) -> [u8; 2]| {
            [mark, &text.encode_utf16().flat_map(to).collect::<Vec<_>>()].concat()
        };
        let cases = [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8"),
            (utf16(b"\xFF\xFE", u16::to_le_bytes), "UTF-16LE"),
            (utf16(b"\xFE\xFF", u16::to_be_bytes), "UTF-16BE"),
            (utf16(b"", u16::to_le_bytes), "UTF-16LE"),
            (WINDOWS_1252.encode(text).0.into_owned(), "windows-1252"),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
    }

    proptest! {
        #[test]
        fn what_a_csv_library_writes_is_read_back(
            cells in proptest::collection::vec(proptest::collection::vec("[a-zé,;|\"'= \t\n]{0,8}", 3), 1..8),
            separator in proptest::sample::select(Separator::ALL.to_vec()),
        ) {
            let mut writer = csv::WriterBuilder::new()
                .delimiter(separator.character() as u8)
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let grid = grid(&text, separator).unwrap();
            let mut read = grid.rows.iter();
            for (number, row) in (1..).zip(&cells) {
                let expected: Vec<_> = row.iter().map(|text| Cell::of_text(text)).collect();
                if expected.iter().all(Option::is_none) {
                    continue;
                }
                let found = read.next().unwrap();
                prop_assert_eq!(found.number, number);
                prop_assert!(!found.quote_repaired);
                for (column, cell) in expected.iter().enumerate() {
                    prop_assert_eq!(found.cell(column), cell.as_ref());
                }
            }
            prop_assert!(read.next().is_none());
        }

        #[test]
        fn no_line_is_ever_lost(text in "[a-b,\"\n]{0,60}") {
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
            let grid = grid(&text, Separator::Comma).unwrap();
            let kept: usize = grid.rows.iter().flat_map(Row::headers).map(|text| letters(&text)).sum();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
