//! Sheets that are written from top to bottom, cell by cell, and remember where each figure stands.

use domain::{Day, Moment};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::error::ReportError;
use crate::figure::{Figure, Value};
use crate::html::{Paper, described};
use crate::trace::Trace;
use crate::words::Words;

/// Most letters that a cell holds (Excel's limit is 32,767).
const LETTERS_MAX: usize = 32_000;
/// Most letters in the name of a sheet.
const NAME_LETTERS_MAX: usize = 31;
/// What a sheet's name must not hold.
const NOT_IN_NAMES: &[char] = &['[', ']', ':', '*', '?', '/', '\\', '\''];

/// How cells look.
struct Looks {
    title: Format,
    heading: Format,
    number: Format,
    strong_number: Format,
    strong: Format,
    share: Format,
    date: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        let number = Format::new().set_num_format("#,##0");
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0x00DC_EDEE)),
            strong_number: number.clone().set_bold(),
            number,
            strong: Format::new().set_bold(),
            share: Format::new().set_num_format("0.0%"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

/// Where a figure stands.
struct Source<'s> {
    sheet: usize,
    row: u32,
    column: u16,
    figure: &'s Figure,
    trace: &'s Trace,
}

/// A workbook being written about a report.
pub(super) struct Book<'s> {
    workbook: Workbook,
    looks: Looks,
    words: &'s dyn Words,
    names: Vec<String>,
    sources: Vec<Source<'s>>,
}

/// What stands in a cell.
pub(super) enum Cell<'s> {
    Nothing,
    Text(String),
    Strong(String),
    Number(i64),
    Figure(&'s Figure),
    StrongFigure(&'s Figure),
    /// A part of a whole.
    Share(&'s Figure, &'s Figure),
    Day(Day),
    Moment(Moment),
}

/// A column: its heading and how many letters wide it is.
pub(super) struct Column(pub(super) String, pub(super) f64);

impl<'s> Book<'s> {
    pub(super) fn new(words: &'s dyn Words) -> Self {
        Self {
            workbook: Workbook::new(),
            looks: Looks::new(),
            words,
            names: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// A new sheet. Its name is cut to what a name may be, and made its own.
    fn sheet(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        let mut name: String = name
            .chars()
            .filter(|letter| !NOT_IN_NAMES.contains(letter) && !letter.is_control())
            .take(NAME_LETTERS_MAX)
            .collect();
        let taken = |name: &str| {
            self.names
                .iter()
                .any(|other| other.eq_ignore_ascii_case(name))
        };
        if name.trim().is_empty() || taken(&name) {
            name = format!("{}", self.names.len() + 1);
        }
        self.names.push(name.clone());
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        Ok(sheet)
    }

    /// A sheet with one table, whose headings stay in sight.
    pub(super) fn table(
        &mut self,
        name: &str,
        columns: &[Column],
        rows: impl Iterator<Item = Vec<Cell<'s>>>,
    ) -> Result<(), ReportError> {
        self.table_below(name, &[], columns, rows)
    }

    /// The same with lines of text above the headings, the first of them as a title.
    pub(super) fn table_below(
        &mut self,
        name: &str,
        lines: &[String],
        columns: &[Column],
        rows: impl Iterator<Item = Vec<Cell<'s>>>,
    ) -> Result<(), ReportError> {
        self.sheet(name)?;
        let place = self.names.len() - 1;
        let Self {
            workbook,
            looks,
            words,
            sources,
            ..
        } = self;
        let sheet = workbook.worksheet_from_index(place)?;
        for (column, place) in columns.iter().zip(0_u16..) {
            sheet.set_column_width(place, column.1)?;
        }
        let mut row = 0;
        for line in lines {
            let look = (row == 0).then_some(&looks.title);
            text(sheet, (row, 0), line, look)?;
            row += 1;
        }
        for (column, place) in columns.iter().zip(0_u16..) {
            text(sheet, (row, place), &column.0, Some(&looks.heading))?;
        }
        row += 1;
        sheet.set_freeze_panes(row, 1)?;
        for cells in rows {
            for (cell, column) in cells.into_iter().zip(0_u16..) {
                let at = (row, column);
                let figure = write(sheet, at, cell, looks, *words)?;
                if let Some((figure, trace)) =
                    figure.and_then(|figure| Some((figure, figure.trace.as_ref()?)))
                {
                    sources.push(Source {
                        sheet: place,
                        row,
                        column,
                        figure,
                        trace,
                    });
                }
            }
            row += 1;
        }
        Ok(())
    }

    /// Adds the sheet of sources and gives the file.
    pub(super) fn finish(mut self, paper: &Paper<'_>) -> Result<Vec<u8>, ReportError> {
        let names = self.names.clone();
        let sources = std::mem::take(&mut self.sources);
        let columns = [
            ("sitrep-source-sheet", 26.0),
            ("sitrep-source-cell", 8.0),
            ("sitrep-source-what", 44.0),
            ("sitrep-people-number", 10.0),
            ("sitrep-source-key", 90.0),
        ]
        .map(|(id, width)| Column(paper.say(id), width));
        let mut lines = vec![paper.say("sitrep-sources")];
        lines.extend(paper.stamp_lines());
        if paper.sitrep.audience == crate::sitrep::Audience::Internal {
            lines.push(paper.say("sitrep-method-trace"));
        }
        let words = self.words;
        let row = |source: &Source<'_>| {
            let number = match source.figure.shown() {
                Some(number) => Cell::Number(number),
                None => Cell::Nothing,
            };
            vec![
                Cell::Text(names[source.sheet].clone()),
                Cell::Text(reference(source.row, source.column)),
                Cell::Text(described(source.trace, words)),
                number,
                Cell::Text(source.trace.key()),
            ]
        };
        let name = paper.say("sitrep-sources");
        self.table_below(&name, &lines, &columns, sources.iter().map(row))?;
        let title = format!("{} · {}", paper.say("sitrep-title"), paper.period());
        let mut properties = DocProperties::new().set_title(title);
        // The time of counting, not of writing: the same report is the same file.
        let computed = words.local(paper.sitrep.stamp.computed_at);
        if let Some(computed) = excel_moment(computed) {
            properties = properties.set_creation_datetime(&computed);
        }
        self.workbook.set_properties(&properties);
        Ok(self.workbook.save_to_buffer()?)
    }
}

/// The name of a cell, as spreadsheets write it: `C5`.
fn reference(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    words: &str,
    look: Option<&Format>,
) -> Result<(), XlsxError> {
    let words: String = words.chars().take(LETTERS_MAX).collect();
    match look {
        Some(look) => sheet.write_string_with_format(row, column, words, look)?,
        None => sheet.write_string(row, column, words)?,
    };
    Ok(())
}

/// Writes a cell; gives the figure in it, where there is one.
fn write<'s>(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: Cell<'s>,
    looks: &Looks,
    words: &dyn Words,
) -> Result<Option<&'s Figure>, XlsxError> {
    let (row, column) = at;
    match cell {
        Cell::Nothing => {}
        Cell::Text(words) => text(sheet, at, &words, None)?,
        Cell::Strong(words) => text(sheet, at, &words, Some(&looks.strong))?,
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, exact(number), &looks.number)?;
        }
        Cell::Figure(figure) => {
            count(sheet, at, figure, &looks.number, words)?;
            return Ok(Some(figure));
        }
        Cell::StrongFigure(figure) => {
            count(sheet, at, figure, &looks.strong_number, words)?;
            return Ok(Some(figure));
        }
        Cell::Share(part, whole) => {
            if let (Some(part), Some(whole)) = (part.shown(), whole.shown())
                && whole > 0
            {
                let share = exact(part) / exact(whole);
                sheet.write_number_with_format(row, column, share, &looks.share)?;
            }
        }
        Cell::Day(day) => match excel_day(day.0) {
            Some(date) => {
                sheet.write_datetime_with_format(row, column, &date, &looks.date)?;
            }
            None => text(sheet, at, &day.to_string(), None)?,
        },
        Cell::Moment(moment) => match excel_moment(words.local(moment)) {
            Some(moment) => {
                sheet.write_datetime_with_format(row, column, &moment, &looks.moment)?;
            }
            None => text(sheet, at, &words.moment(moment), None)?,
        },
    }
    Ok(None)
}

fn count(
    sheet: &mut Worksheet,
    at: (u32, u16),
    figure: &Figure,
    look: &Format,
    words: &dyn Words,
) -> Result<(), XlsxError> {
    match figure.value {
        Value::Shown(number) => {
            sheet.write_number_with_format(at.0, at.1, exact(number), look)?;
            Ok(())
        }
        Value::Hidden => text(sheet, at, &words.say("sitrep-hidden", &[]), None),
        Value::Unpublished => text(sheet, at, &words.say("sitrep-unpublished", &[]), None),
    }
}

/// A number as a spreadsheet keeps it: exact up to 2⁵³, which is more people than there are.
#[allow(
    clippy::cast_precision_loss,
    reason = "a spreadsheet knows no other numbers"
)]
const fn exact(number: i64) -> f64 {
    number as f64
}

/// A day as a spreadsheet keeps it; none before 1900, which it does not know.
fn excel_day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn excel_moment(local: jiff::civil::DateTime) -> Option<ExcelDateTime> {
    let hour = u16::from(local.hour().unsigned_abs());
    let minute = local.minute().unsigned_abs();
    excel_day(local.date())?
        .and_hms(hour, minute, f64::from(local.second()))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [(0, 0), (4, 2), (9, 25), (9, 26), (99, 701), (0, 702)]
            .map(|(row, column)| reference(row, column));
        assert_eq!(names, ["A1", "C5", "Z10", "AA10", "ZZ100", "AAA1"]);
    }
}
