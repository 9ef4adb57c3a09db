//! What the columns of a list without a header seem to hold, guessed from what stands in them. A
//! guess is shown with examples and read only once somebody has confirmed it: a list of strangers'
//! names whose mothers were taken for them would look perfectly well.

use std::collections::HashSet;

use domain::{Birth, Day, fold_name};
use jiff::civil::Date;

use super::birth::written_in;
use super::country;
use super::date::Written;
use super::department;
use super::document;
use super::field::Field;
use super::grid::{Cell, Grid, Row};
use super::mapping::{Mapped, Mapping};
use super::sex::{self, Convention};

/// How many rows are looked at.
const SAMPLE_ROWS: usize = 200;
/// How many values of a column are shown.
const EXAMPLES_MAX: usize = 3;

/// What a list without a header seems to hold, to be confirmed or corrected by a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Guess {
    /// The row of a header that is not understood, as the spreadsheet counts; nothing where there is
    /// no header at all.
    pub header_row: Option<u32>,
    /// The first row of the list, as the spreadsheet counts.
    pub first_row: u32,
    /// What its columns seem to hold.
    pub mapping: Mapping,
    /// The first values of each column.
    pub examples: Vec<Vec<String>>,
}

impl std::fmt::Debug for Guess {
    /// Without the examples: they are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fields: Vec<_> = self.mapping.columns.iter().map(|c| c.field).collect();
        write!(f, "from row {} on: {fields:?}", self.first_row)
    }
}

/// The first row that is as wide as the list: titles above it have fewer cells.
pub fn first_row(grid: &Grid) -> usize {
    let sample = grid.rows.iter().take(SAMPLE_ROWS);
    let widest = sample.clone().map(Row::filled).max().unwrap_or(0);
    sample
        .into_iter()
        .position(|row| row.filled() * 2 > widest)
        .unwrap_or(0)
}

/// Guesses what the columns of a grid hold. Nothing where no column looks like names, or nothing
/// beside the names is recognised.
pub fn guess(grid: &Grid, as_of: Date) -> Option<Guess> {
    let first = first_row(grid);
    let with_header = has_strange_header(grid, first, as_of);
    let from = first + usize::from(with_header);
    let rows = grid.rows.get(from..)?;
    let rows = &rows[..rows.len().min(SAMPLE_ROWS)];
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let columns: Vec<Column> = (0..width)
        .map(|column| Column::look(grid, rows, column, as_of))
        .collect();
    let fields = fields(&columns);
    let header = |column| {
        let cell = grid.rows[first].cell(column).filter(|_| with_header);
        cell.map(Cell::shown).unwrap_or_default()
    };
    let mapping = Mapping {
        columns: (0..width)
            .map(|column| Mapped {
                header: header(column),
                field: fields[column],
            })
            .collect(),
    };
    let examples = (0..width).map(|column| {
        let values = rows.iter().filter_map(|row| row.cell(column));
        values.map(Cell::shown).take(EXAMPLES_MAX).collect()
    });
    (mapping.names_people() && mapping.fields() >= 2).then(|| Guess {
        header_row: with_header.then(|| grid.rows[first].number),
        first_row: rows[0].number,
        examples: examples.collect(),
        mapping,
    })
}

/// Whether the first row is a header in words that are not known here: it holds nothing that could be
/// somebody's birth, sex, age or number, and has words in two columns or more that hold such things
/// below. One word alone may be what somebody wrote for a birth they did not know.
fn has_strange_header(grid: &Grid, first: usize, as_of: Date) -> bool {
    let Some(below) = grid.rows.get(first + 1..).filter(|rows| rows.len() >= 2) else {
        return false;
    };
    let row = &grid.rows[first];
    let below = &below[..below.len().min(SAMPLE_ROWS)];
    let is_data = |cell: &Cell| {
        let kinds = kinds(grid, cell, &cell.shown(), as_of);
        kinds.iter().any(|kind| TELLING.contains(kind))
    };
    if row.cells.iter().flatten().any(is_data) {
        return false;
    }
    let is_word = |cell: &Cell| matches!(cell, Cell::Text(text) if text.len() > 2 && !text.contains(|c: char| c.is_ascii_digit()));
    let tells = |column: &usize| {
        row.cell(*column).is_some_and(is_word) && {
            let below = Column::look(grid, below, *column, as_of);
            TELLING.iter().any(|kind| below.is(*kind))
        }
    };
    (0..row.cells.len()).filter(tells).count() >= 2
}

/// What a row about a person has and a header does not.
const TELLING: [Kind; 6] = [
    Kind::Birth,
    Kind::Year,
    Kind::Age,
    Kind::Sex,
    Kind::Document,
    Kind::Phone,
];

/// What the cells of a column can be. One cell can be several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Birth,
    Year,
    Age,
    Sex,
    Country,
    Department,
    /// What kind of document.
    Paper,
    Document,
    Phone,
    Name,
}

/// What was counted in a column.
#[derive(Default)]
struct Column {
    filled: usize,
    counts: [usize; 10],
    /// Cells that differ.
    distinct: usize,
    /// Numbers that follow each other by one.
    steps: usize,
    /// Names of two words or more.
    several_words: usize,
    /// Names in capitals.
    capitals: usize,
    /// The middle of the years of its dates.
    year: i16,
}

impl Column {
    fn look(grid: &Grid, rows: &[Row], column: usize, as_of: Date) -> Self {
        let mut seen = Self::default();
        let mut values = HashSet::new();
        let mut years = Vec::new();
        let mut last: Option<f64> = None;
        for cell in rows.iter().filter_map(|row| row.cell(column)) {
            seen.filled += 1;
            let text = cell.shown();
            for kind in kinds(grid, cell, &text, as_of) {
                seen.counts[kind as usize] += 1;
            }
            if let Written::Day(day)
            | Written::Ordered(day, _)
            | Written::Either { day_first: day, .. } = written_in(cell, grid.epoch, as_of)
            {
                years.push(day.year());
            }
            let number: Option<f64> = text.parse().ok();
            if let (Some(number), Some(last)) = (number, last) {
                seen.steps += usize::from((number - last - 1.0).abs() < f64::EPSILON);
            }
            last = number;
            seen.several_words += usize::from(
                text.split([' ', ',', '/'])
                    .filter(|word| !word.is_empty())
                    .count()
                    > 1,
            );
            seen.capitals += usize::from(!text.contains(char::is_lowercase));
            values.insert(text);
        }
        seen.distinct = values.len();
        years.sort_unstable();
        seen.year = years.get(years.len() / 2).copied().unwrap_or(i16::MAX);
        seen
    }

    /// Nine in ten of its cells.
    fn is(&self, kind: Kind) -> bool {
        let count = self.counts[kind as usize];
        count > 0 && count * 10 >= self.filled * 9
    }

    /// 1, 2, 3 … or the like.
    fn is_sequence(&self) -> bool {
        self.filled > 1 && (self.steps + 1) * 10 >= self.filled * 9
    }

    /// Words that hardly repeat, as names do and codes do not.
    fn is_names(&self) -> bool {
        self.is(Kind::Name)
            && !self.is(Kind::Sex)
            && !self.is(Kind::Country)
            && !self.is(Kind::Department)
            && !self.is(Kind::Paper)
            && (self.filled < 5 || self.distinct * 3 > self.filled)
    }
}

fn kinds(grid: &Grid, cell: &Cell, text: &str, as_of: Date) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let is_text = matches!(cell, Cell::Text(_));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let whole: Option<i16> = text.parse().ok();
    match written_in(cell, grid.epoch, as_of) {
        // Eight digits can be a date or a number: only a birth that can be one counts.
        Written::Day(day) | Written::Ordered(day, _) | Written::Either { day_first: day, .. }
            if day <= as_of && Birth::On(Day(day)).age_on(as_of) <= 110 =>
        {
            kinds.push(Kind::Birth);
        }
        Written::Year(year) if (1900..=as_of.year()).contains(&year) => kinds.push(Kind::Year),
        _ => {}
    }
    if whole.is_some_and(|years| (0..=110).contains(&years)) {
        kinds.push(Kind::Age);
    }
    if is_text && digits == 0 {
        if sex::read(text, Convention::MaleFemale).is_some() {
            kinds.push(Kind::Sex);
        }
        if country::read_all(text).is_some() {
            kinds.push(Kind::Country);
        }
        if department::read(text).is_some() {
            kinds.push(Kind::Department);
        }
        if document::kind(text).is_some() {
            kinds.push(Kind::Paper);
        }
        if letters >= 2 && fold_name(text).split(' ').count() <= 8 {
            kinds.push(Kind::Name);
        }
    }
    let bare = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '+' | '.');
    if is_text && digits >= 7 && text.chars().all(bare) && text.contains(['+', ' ', '(']) {
        kinds.push(Kind::Phone);
    } else if (5..=20).contains(&(digits + letters)) && digits >= 4 && letters <= digits {
        kinds.push(Kind::Document);
    }
    kinds
}

/// What each column holds: each field once, the surest sign first.
fn fields(columns: &[Column]) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = columns
        .iter()
        .map(|column| column.is_sequence().then_some(Field::Sequence))
        .collect();
    // Of several columns of dates the births lie furthest back; the others are journeys and expiries.
    let births = (0..columns.len()).filter(|place| columns[*place].is(Kind::Birth));
    if let Some(place) = births.min_by_key(|place| columns[*place].year) {
        fields[place] = Some(Field::BirthDate);
    }
    for (kind, field) in [
        (Kind::Sex, Field::Sex),
        (Kind::Country, Field::Nationality),
        (Kind::Department, Field::Destination),
        (Kind::Paper, Field::DocumentKind),
        (Kind::Year, Field::BirthYear),
        (Kind::Age, Field::Age),
        (Kind::Phone, Field::Phone),
        (Kind::Document, Field::DocumentNumber),
    ] {
        let fits = |place: &usize| {
            let column = &columns[*place];
            let date = column.is(Kind::Birth);
            fields[*place].is_none() && column.is(kind) && !date
        };
        if let Some(place) = (0..columns.len()).find(fits) {
            fields[place] = Some(field);
        }
    }
    let names: Vec<usize> = (0..columns.len())
        .filter(|place| fields[*place].is_none() && columns[*place].is_names())
        .collect();
    for (place, field) in names.iter().zip(name_fields(columns, &names)) {
        fields[*place] = Some(field);
    }
    fields
}

/// One column of names holds whole names; of two or more, one in capitals beside others that are not
/// is the family name, else the first is, as carriers write it.
fn name_fields(columns: &[Column], names: &[usize]) -> Vec<Field> {
    let capital = |place: usize| columns[place].capitals * 10 >= columns[place].filled * 9;
    match *names {
        [] => Vec::new(),
        [_] => vec![Field::FullName],
        [first, second, ..] => {
            if capital(second) && !capital(first) {
                vec![Field::GivenNames, Field::FamilyName]
            } else {
                vec![Field::FamilyName, Field::GivenNames]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::delimited::{Separator, grid};
    use jiff::civil::date;

    fn guessed(text: &str) -> Option<Guess> {
        guess(
            &grid(text, Separator::Semicolon).unwrap(),
            date(2021, 9, 19),
        )
    }

    #[test]
    fn columns_are_told_by_what_stands_in_them() {
        use Field as F;
        let found = guessed(
            "1;DEMO-JEAN;Marie;F;14/03/1990;HTI;DM100001;12/05/2026;+509 3000 0001\n\
             2;DEMO-PIERRE;Wilno;M;02/11/1985;HTI;DM100002;01/02/2025;+509 3000 0002\n\
             3;DEMO-LOUIS;Ana;F;05/06/2017;CHL;DM100003;07/07/2027;\n",
        )
        .unwrap();
        let fields: Vec<_> = found.mapping.columns.iter().map(|c| c.field).collect();
        assert_eq!(
            fields,
            [
                Some(F::Sequence),
                Some(F::FamilyName),
                Some(F::GivenNames),
                Some(F::Sex),
                Some(F::BirthDate),
                Some(F::Nationality),
                Some(F::DocumentNumber),
                None,
                Some(F::Phone),
            ]
        );
        assert_eq!((found.header_row, found.first_row), (None, 1));
        assert_eq!(found.examples[2], ["Marie", "Wilno", "Ana"]);
        assert!(!format!("{found:?}").contains("Marie"));
    }

    #[test]
    fn titles_and_a_header_in_a_strange_language_stand_above() {
        let found = guessed(
            "Lista\nSobrenome;Primeiro;Genero sexual;Data nasc\n\
             Demo-Jean;Marie;F;14/03/1990\nDemo-Paul;Jean;M;15/03/1990\nDemo-Luc;Rose;F;1990-01-02\n",
        )
        .unwrap();
        assert_eq!((found.header_row, found.first_row), (Some(2), 3));
        assert_eq!(found.mapping.columns[0].header, "Sobrenome");
        assert_eq!(found.mapping.columns[3].field, Some(Field::BirthDate));
    }

    #[test]
    fn the_first_person_is_no_header_though_words_stand_for_what_is_not_known_of_them() {
        let others = "Demo-Paul;Jean;M;15/03/1990\nDemo-Luc;Rose;F;02/01/1990\n";
        for first in ["Demo-Jean;Marie;F;INCONNU", "Demo-Jean;Marie;;INCONNU"] {
            let found = guessed(&format!("{first}\n{others}")).unwrap();
            assert_eq!((found.header_row, found.first_row), (None, 1), "{first}");
            assert!(found.mapping.columns.iter().all(|c| c.header.is_empty()));
        }
        let numbered = guessed(&format!(
            "1;Demo-Jean;Marie;INCONNU;INCONNU\n2;{}",
            others.replace("\nDemo-Luc", "\n3;Demo-Luc")
        ));
        assert_eq!(numbered.unwrap().header_row, None);
    }

    #[test]
    fn what_names_nobody_is_not_guessed() {
        assert_eq!(guessed("1;2;3\n4;5;6\n"), None);
        assert_eq!(guessed("Demo-Jean\nDemo-Paul\n"), None);
        assert_eq!(guessed(""), None);
    }
}
