//! Who sends manifests: builds the files that the tests read.

use akey_formats::manifest::{ManifestError, ManifestFile, Options, Problem, read};
use jiff::civil::{Date, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

/// The day of the movement in all tests.
pub const DAY: Date = date(2021, 9, 19);

/// Options of a reader who knows nothing but the day.
pub fn options() -> Options {
    Options::new(DAY)
}

/// Reads a file that is expected to be readable.
pub fn read_file(bytes: &[u8]) -> ManifestFile {
    read(bytes, "manifest", &options()).expect("a readable file")
}

/// Reads a text that is expected to be readable.
pub fn read_text(text: &str) -> ManifestFile {
    read_file(text.as_bytes())
}

/// The error of a file that is expected to be refused.
pub fn refused(bytes: &[u8]) -> ManifestError {
    read(bytes, "manifest", &options()).expect_err("a refused file")
}

/// Where and what a problem is: row, column letter, code.
pub fn told(problem: &Problem) -> (u32, String, &'static str) {
    let letter = problem
        .column
        .as_ref()
        .map_or_else(String::new, |place| place.letter.clone());
    (problem.row, letter, problem.code.as_str())
}

/// All problems of a file, in short.
pub fn all_told(file: &ManifestFile) -> Vec<(u32, String, &'static str)> {
    file.problems.iter().map(told).collect()
}

/// A cell of a workbook.
#[derive(Clone, Copy)]
pub enum Sent<'a> {
    /// A text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A date, as a serial number with the format of a date.
    Day(Date),
    /// Nothing.
    Blank,
}

/// Writes rows into a sheet from a row on, counted as the spreadsheet counts.
pub fn write_rows(sheet: &mut Worksheet, first_row: u32, rows: &[&[Sent<'_>]]) {
    let shown_as_date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (first_row - 1..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match cell {
                Sent::Text(text) => sheet.write_string(row, column, *text),
                Sent::Number(number) => sheet.write_number(row, column, *number),
                Sent::Day(day) => {
                    let stamp = ExcelDateTime::from_ymd(
                        u16::try_from(day.year()).unwrap(),
                        day.month().unsigned_abs(),
                        day.day().unsigned_abs(),
                    )
                    .unwrap();
                    sheet.write_datetime_with_format(row, column, &stamp, &shown_as_date)
                }
                Sent::Blank => continue,
            }
            .unwrap();
        }
    }
}

/// A workbook of one sheet with these rows from the first row on.
pub fn workbook(rows: &[&[Sent<'_>]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write_rows(workbook.add_worksheet(), 1, rows);
    workbook.save_to_buffer().unwrap()
}
