//! The first sheet of a workbook as rows of text, one after another: for tables that are no manifest.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use crate::manifest::ManifestError;
use crate::manifest::workbook::check_parts;

/// Most columns that are read.
const COLUMNS_MAX: usize = 256;

/// Gives each row that is not blank: its number as the spreadsheet counts, and its cells. Days are given as
/// `1987-03-12`.
///
/// # Errors
/// When it is no workbook, a damaged one, or one that unpacks to too much.
pub fn each_row(bytes: &[u8], mut take: impl FnMut(u32, &[String])) -> Result<(), ManifestError> {
    check_parts(bytes)?;
    // As with manifests: altered references can overflow in the library, and nothing is left half done. Rows
    // are collected first because a caller's state must not be seen after a panic.
    let rows = std::panic::catch_unwind(|| rows(bytes)).unwrap_or(Err(ManifestError::Damaged))?;
    for (number, cells) in rows {
        take(number, &cells);
    }
    Ok(())
}

fn rows(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, ManifestError> {
    let damaged = |_| ManifestError::Damaged;
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let first = workbook.sheet_names().first().cloned();
    let first = first.ok_or(ManifestError::Damaged)?;
    let mut reader = workbook.worksheet_cells_reader(&first).map_err(damaged)?;
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    while let Some(found) = reader.next_cell().map_err(damaged)? {
        let (row, column) = found.get_position();
        let number = row.saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(ManifestError::TooManyColumns { row: number });
        }
        let text = text(found.get_value());
        if text.is_empty() {
            continue;
        }
        match rows.last() {
            Some((last, _)) if *last > number => return Err(ManifestError::Damaged),
            Some((last, _)) if *last == number => {}
            _ => rows.push((number, Vec::new())),
        }
        if let Some((_, cells)) = rows.last_mut() {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => (*text).trim().to_owned(),
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_with_their_numbers_and_days_as_days() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "given_names").unwrap();
        sheet.write(0, 1, "birth_date").unwrap();
        sheet.write(2, 0, " Demo-Ana ").unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(1987, 3, 12).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet
            .write_datetime_with_format(2, 1, &day, &format)
            .unwrap();
        sheet.write(3, 1, 1987).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let mut rows = Vec::new();
        each_row(&bytes, |number, cells| rows.push((number, cells.join("|")))).unwrap();
        let wanted = [
            (1, "given_names|birth_date"),
            (3, "Demo-Ana|1987-03-12"),
            (4, "|1987"),
        ];
        assert_eq!(
            rows,
            wanted.map(|(number, cells)| (number, cells.to_owned()))
        );
        assert!(each_row(b"PK\x03\x04 not a workbook", |_, _| ()).is_err());
    }
}
