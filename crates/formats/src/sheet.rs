//! The first sheet of a workbook as rows of text, one after another: for tables that are no manifest.

use calamine::Reader;

use crate::manifest::ManifestError;
use crate::manifest::workbook::{self, check_parts, open};

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
    let (mut workbook, epoch) = open(bytes)?;
    let first = workbook.sheet_names().first().cloned();
    let first = first.ok_or(ManifestError::Damaged)?;
    let mut rows = Vec::new();
    workbook::each_row(&mut workbook, &first, epoch, |row| {
        if !row.cells.is_empty() {
            rows.push((row.number, row.headers()));
        }
        Ok(())
    })?;
    Ok(rows)
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
