//! Tables as CSV that a spreadsheet opens without being attacked by it.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is run as a formula by
//! spreadsheets; such cells get an apostrophe in front, which spreadsheets show as plain text
//! (OWASP, *CSV Injection*). Numbers of ours are written by the caller as texts too and are safe
//! only while they are not negative: this writer is for counts and words.

use std::borrow::Cow;

/// A table as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets show accents.
///
/// ```
/// # use akey_formats as formats;
/// let csv = formats::csv_out::table(&["name"], [["=1+1"]]);
/// assert_eq!(csv, "\u{feff}name\r\n'=1+1\r\n".as_bytes());
/// ```
pub fn table<Row, Text>(header: &[&str], rows: impl IntoIterator<Item = Row>) -> Vec<u8>
where
    Row: IntoIterator<Item = Text>,
    Text: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let mut write = |cells: Vec<String>| {
        writer
            .write_record(cells)
            .expect("writing to memory cannot fail");
    };
    write(
        header
            .iter()
            .map(|text| harmless(text).into_owned())
            .collect(),
    );
    for row in rows {
        write(
            row.into_iter()
                .map(|text| harmless(text.as_ref()).into_owned())
                .collect(),
        );
    }
    writer.into_inner().expect("writing to memory cannot fail")
}

/// The text, unable to be run as a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_cell_can_run_as_a_formula(rows in proptest::collection::vec(proptest::collection::vec("[=+@\t\r\n\",;'a-]{0,6}", 2), 0..8)) {
            let bytes = table(&["one", "two"], &rows);
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&bytes[3..]);
            let read: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read.len(), rows.len());
            for (read, written) in read.iter().flatten().zip(rows.iter().flatten()) {
                prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']));
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| read != written).unwrap_or(read), written);
            }
        }
    }
}
