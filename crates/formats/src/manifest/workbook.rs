//! Workbooks of Excel 2007 and later (ISO/IEC 29500): their sheets as grids.
//!
//! A workbook is an archive that a stranger made. Before anything reads it, every part is unpacked
//! once into nothing and counted, because the sizes an archive states of itself can be lies; a cut
//! off or altered part shows there by its checksum. Cells are then read one by one into rows of our
//! own: two cells at the far corners of a sheet must not become a table of seventeen billion.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;

use super::date::Epoch;
use super::error::{Foreign, ManifestError};
use super::grid::{COLUMNS_MAX, Cell, Grid, Row};

/// Most bytes that the parts of a workbook may unpack to. 20,000 rows of 30 columns have about forty
/// million.
pub const UNPACKED_BYTES_MAX: u64 = 192 * 1024 * 1024;
/// Most parts of a workbook that are looked at.
const PARTS_MAX: usize = 2_000;
/// Most sheets that are read to find the manifest among them.
const SHEETS_MAX: usize = 40;

pub(crate) type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The visible sheets of a workbook, each with its rows.
///
/// The library that reads them can overflow on references such as `A99999999999` in altered files,
/// which is a panic where overflows are checked. It works on a copy of nothing but the borrowed bytes,
/// so stopping it at any point leaves nothing half done: such a file is a damaged one.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, ManifestError> {
    check_parts(bytes)?;
    std::panic::catch_unwind(|| unguarded(bytes)).unwrap_or(Err(ManifestError::Damaged))
}

fn unguarded(bytes: &[u8]) -> Result<Vec<Grid>, ManifestError> {
    let (mut workbook, epoch) = open(bytes)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(SHEETS_MAX)
        .collect();
    names
        .into_iter()
        .map(|name| sheet(&mut workbook, &name, epoch))
        .collect()
}

/// A workbook, and where its numbered days begin.
pub(crate) fn open(bytes: &[u8]) -> Result<(Workbook<'_>, Epoch), ManifestError> {
    let workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let epoch = if workbook.has_1904_epoch() {
        Epoch::Y1904
    } else {
        Epoch::Y1900
    };
    Ok((workbook, epoch))
}

fn refusal(error: &XlsxError) -> ManifestError {
    match error {
        XlsxError::Password => ManifestError::Foreign {
            kind: Foreign::Locked,
        },
        _ => ManifestError::Damaged,
    }
}

/// Unpacks every part into nothing, counting: a sheet may hide under any name.
pub(crate) fn check_parts(bytes: &[u8]) -> Result<(), ManifestError> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ManifestError::Damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(ManifestError::TooLargeInside {
            max: UNPACKED_BYTES_MAX,
        });
    }
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let part = archive
            .by_index(place)
            .map_err(|_| ManifestError::Damaged)?;
        // One byte more than is left tells "exactly as many" from "too many".
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| ManifestError::Damaged)?;
        left = left
            .checked_sub(read)
            .ok_or(ManifestError::TooLargeInside {
                max: UNPACKED_BYTES_MAX,
            })?;
    }
    Ok(())
}

fn sheet(workbook: &mut Workbook<'_>, name: &str, epoch: Epoch) -> Result<Grid, ManifestError> {
    let mut grid = Grid {
        sheet: Some(name.to_owned()),
        epoch,
        ..Grid::default()
    };
    each_row(workbook, name, epoch, |row| grid.push(row))?;
    Ok(grid)
}

/// Gives the rows of a sheet one after another; what is blank at the end of a row may be there.
pub(crate) fn each_row(
    workbook: &mut Workbook<'_>,
    name: &str,
    epoch: Epoch,
    mut take: impl FnMut(Row) -> Result<(), ManifestError>,
) -> Result<(), ManifestError> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| refusal(&error))?;
    let mut row = Row {
        number: 1,
        cells: Vec::new(),
        quote_repaired: false,
    };
    while let Some(found) = reader.next_cell().map_err(|error| refusal(&error))? {
        let (row_index, column) = found.get_position();
        let Some(cell) = cell(found.get_value(), epoch) else {
            continue;
        };
        let number = row_index.saturating_add(1);
        if number < row.number {
            // Every writer puts rows in order (ISO/IEC 29500-1, 18.3.1.73); this is not one.
            return Err(ManifestError::Damaged);
        }
        if number > row.number {
            let next = Row {
                number,
                cells: Vec::new(),
                quote_repaired: false,
            };
            take(std::mem::replace(&mut row, next))?;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(ManifestError::TooManyColumns { row: number });
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, None);
        }
        row.cells[column] = Some(cell);
    }
    take(row)
}

fn cell(value: &DataRef<'_>, epoch: Epoch) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Cell::of_text(&number.to_string()),
        DataRef::Float(number) => number.is_finite().then_some(Cell::Number(*number)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::of_text(text)
        }
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::Bool(truth) => Cell::of_text(if *truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(stamp) => {
            let day: Option<Date> = epoch.day(stamp.as_f64());
            day.map_or_else(
                || Some(Cell::Number(stamp.as_f64())),
                |day| Some(Cell::Day(day)),
            )
        }
        DataRef::Error(_) => Some(Cell::Failed),
    }
}
