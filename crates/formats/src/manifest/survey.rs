//! What is wrong with a file as a whole: columns that nobody understands, totals that do not fit,
//! a second sheet that was not read, dates that a spreadsheet exchanged.

use super::List;
use super::field::Field;
use super::grid::{Cell, Grid, Row, letter};
use super::header::Header;
use super::mapping::Mapping;
use super::order::DateEvidence;
use super::person::Reading;
use super::problem::{Place, Problem, ProblemCode};
use super::sex::{self, Shown};

/// A file and what is known of it once its rows are read.
pub struct Survey<'a> {
    /// Its rows.
    pub grid: &'a Grid,
    /// Its header.
    pub header: &'a Header,
    /// How its rows were read.
    pub reading: &'a Reading<'a>,
    /// What its dates show.
    pub dates: &'a DateEvidence,
    /// M was taken as male without evidence.
    pub sex_assumed: bool,
    /// It is text with separators, in which a row can have too many cells by mistake.
    pub delimited: bool,
}

/// What M and H stand for in the column of sexes.
pub fn sex_convention(grid: &Grid, header: &Header) -> Shown {
    let column = header.mapping.columns_of(Field::Sex).next();
    let name = column.map_or("", |column| header.mapping.columns[column].header.as_str());
    let cells = header
        .below(grid)
        .iter()
        .filter_map(|row| match row.cell(column?) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        });
    sex::convention(name, cells)
}

/// Whether nothing but names and the running number of a row is filled.
pub fn has_only_a_name(row: &Row, mapping: &Mapping) -> bool {
    row.cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.is_some())
        .all(|(column, _)| {
            let field = mapping.columns.get(column).and_then(|mapped| mapped.field);
            field.is_some_and(|field| field.is_name() || field == Field::Sequence)
        })
}

impl Survey<'_> {
    /// Everything that is wrong with the file as a whole.
    pub fn problems(&self, list: &List, rivals: &[(&Grid, usize)]) -> Vec<Problem> {
        let filled = self.filled();
        let mut problems = self.columns(&filled);
        problems.extend(self.wide_rows(&filled));
        problems.extend(self.assumptions(list));
        problems.extend(differing_totals(list));
        problems.extend(self.bare_names(list));
        for (rival, rows) in rivals {
            let sheet = rival.sheet.clone().unwrap_or_default();
            let arguments = vec![("sheet", sheet), ("rows", rows.to_string())];
            problems.push(self.at_header(None, ProblemCode::OtherSheet, arguments));
        }
        if list.people.is_empty() {
            problems.push(self.at_header(None, ProblemCode::NobodyListed, Vec::new()));
        }
        problems
    }

    fn at_header(
        &self,
        column: Option<usize>,
        code: ProblemCode,
        arguments: Vec<(&'static str, String)>,
    ) -> Problem {
        let column: Option<Place> = column.map(|column| self.reading.place(column));
        Problem {
            row: self.header_row(),
            column,
            code,
            arguments,
            text: None,
        }
    }

    fn header_row(&self) -> u32 {
        match self.header.number(self.grid) {
            // Without a header, what is wrong with the whole is told at its first row.
            0 => self.rows().first().map_or(1, |row| row.number),
            number => number,
        }
    }

    fn rows(&self) -> &[Row] {
        self.header.below(self.grid)
    }

    /// How many rows have something in each column.
    fn filled(&self) -> Vec<usize> {
        let mut filled = vec![0; self.header.mapping.columns.len()];
        for row in self.rows() {
            filled.resize(filled.len().max(row.cells.len()), 0);
            for (count, cell) in filled.iter_mut().zip(&row.cells) {
                *count += usize::from(cell.is_some());
            }
        }
        filled
    }

    fn columns(&self, filled: &[usize]) -> Vec<Problem> {
        let mapping = &self.header.mapping;
        let mut problems = Vec::new();
        for (column, &filled) in filled.iter().enumerate() {
            let mapped = mapping.columns.get(column);
            let field = mapped.and_then(|mapped| mapped.field);
            let header = mapped.map_or("", |mapped| mapped.header.as_str());
            let first = field.and_then(|field| mapping.columns_of(field).next());
            match (field, first) {
                (Some(field), Some(first)) if first != column && !field.may_repeat() => {
                    let arguments = vec![("other", letter(first))];
                    problems.push(self.at_header(
                        Some(column),
                        ProblemCode::ColumnRepeated,
                        arguments,
                    ));
                }
                // A column left out by a saved mapping was left out on purpose.
                (None, _)
                    if header.is_empty()
                        && !self.is_confirmed(column)
                        && self.is_unnamed_column(column, filled) =>
                {
                    problems.push(self.at_header(
                        Some(column),
                        ProblemCode::ColumnUnnamed,
                        Vec::new(),
                    ));
                }
                (None, _) if !header.is_empty() && filled > 0 && !self.is_saved() => {
                    problems.push(self.at_header(
                        Some(column),
                        ProblemCode::ColumnUnknown,
                        Vec::new(),
                    ));
                }
                _ => {}
            }
        }
        problems
    }

    /// Whether somebody saw this column without a name and left it out.
    fn is_confirmed(&self, column: usize) -> bool {
        self.header.source == super::MappingSource::Confirmed
            && column < self.header.mapping.columns.len()
    }

    fn is_saved(&self) -> bool {
        self.header.source == super::MappingSource::Saved
    }

    /// In text with separators, cells behind the last header are a column only where most rows have
    /// them; else some rows are too wide.
    fn is_unnamed_column(&self, column: usize, filled: usize) -> bool {
        let behind = column >= self.header.mapping.columns.len();
        if self.delimited && behind {
            filled * 2 > self.rows().len()
        } else {
            filled > 0
        }
    }

    fn wide_rows(&self, filled: &[usize]) -> Vec<Problem> {
        let width = self.header.mapping.columns.len();
        if !self.delimited {
            return Vec::new();
        }
        let is_too_wide = |row: &&Row| {
            let mut behind = (width..row.cells.len()).filter(|column| row.cell(*column).is_some());
            behind.any(|column| !self.is_unnamed_column(column, filled[column]))
        };
        let problem = |row: &Row| {
            let cells = row.cells.len().to_string();
            let arguments = vec![("cells", cells), ("columns", width.to_string())];
            Problem {
                row: row.number,
                column: None,
                code: ProblemCode::RowTooWide,
                arguments,
                text: None,
            }
        };
        self.rows()
            .iter()
            .filter(is_too_wide)
            .map(problem)
            .collect()
    }

    fn assumptions(&self, list: &List) -> Vec<Problem> {
        let column = |field| self.header.mapping.columns_of(field).next();
        [
            (
                list.name_order_assumed,
                ProblemCode::NameOrderAssumed,
                column(Field::FullName),
            ),
            (
                self.sex_assumed,
                ProblemCode::SexConventionAssumed,
                column(Field::Sex),
            ),
            (
                self.dates.swapped_by_spreadsheet,
                ProblemCode::DatesSwapped,
                column(Field::BirthDate),
            ),
        ]
        .into_iter()
        .filter(|(is_so, ..)| *is_so)
        .map(|(_, code, column)| self.at_header(column, code, Vec::new()))
        .collect()
    }

    /// A name alone may be a heading inside the list, unless most rows of the file are like that.
    fn bare_names(&self, list: &List) -> Vec<Problem> {
        if list.bare.len() * 2 > list.people.len() || self.header.mapping.fields() < 3 {
            return Vec::new();
        }
        list.bare
            .iter()
            .map(|row| super::plain(*row, ProblemCode::OnlyAName))
            .collect()
    }
}

/// Totals over the whole list that the file states and its people do not add up to.
fn differing_totals(list: &List) -> Vec<Problem> {
    let read = u64::try_from(list.people.len()).expect("at most twenty thousand");
    let differing = list.totals.iter().filter(|(_, stated)| *stated != read);
    differing
        .map(|(row, stated)| Problem {
            row: *row,
            column: None,
            code: ProblemCode::TotalDiffers,
            arguments: vec![("stated", stated.to_string()), ("read", read.to_string())],
            text: None,
        })
        .collect()
}
