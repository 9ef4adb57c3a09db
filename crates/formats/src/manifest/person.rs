//! One row as one person: each cell read on its own, so that a bad one costs its field and never the
//! row. A row is refused only when it names nobody.

use domain::{Birth, Day, Document, DocumentKind, ListedPerson, Particulars, Sex};
use jiff::civil::Date;

use super::country;
use super::date::{DateOrder, Epoch, Written, written};
use super::department;
use super::document::{self, Numbered};
use super::field::Field;
use super::grid::{Cell, Row, letter};
use super::mapping::Mapping;
use super::name::{self, Order};
use super::problem::{Offending, Place, Problem, ProblemCode};
use super::sex::{self, Convention};

/// Longest text kept of a field, in characters: what the domain keeps.
const TEXT_CHARACTERS_MAX: usize = 120;
/// Oldest age believed, in years: what the domain believes.
const AGE_YEARS_MAX: i16 = 125;

/// What must be known of a file to read its rows.
pub struct Reading<'a> {
    /// What its columns hold.
    pub mapping: &'a Mapping,
    /// Where its numbered days begin.
    pub epoch: Epoch,
    /// The order of its dates, where it is known.
    pub order: Option<DateOrder>,
    /// What M stands for.
    pub convention: Convention,
    /// The day the manifest speaks of.
    pub as_of: Date,
}

/// What became of a row.
pub enum Outcome {
    /// A person.
    Person(Box<ListedPerson>),
    /// Nobody is named.
    Nobody,
}

/// A row read.
pub struct ReadRow {
    /// What became of it.
    pub outcome: Outcome,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Its full name was divided by assumption.
    pub name_order_assumed: bool,
}

/// A text that says "nothing here" in fields other than names.
fn is_blank_word(text: &str) -> bool {
    let word = text
        .trim_matches(['-', '.', '_', '*', '?', ' ', '–', '—'])
        .to_lowercase();
    matches!(
        word.as_str(),
        "" | "n/a"
            | "na"
            | "n.a"
            | "nd"
            | "n.d"
            | "none"
            | "nil"
            | "null"
            | "aucun"
            | "aucune"
            | "sans"
            | "ninguno"
            | "ninguna"
            | "no tiene"
            | "unknown"
            | "inconnu"
            | "inconnue"
            | "desconocido"
            | "non disponible"
            | "not available"
            | "pa genyen"
            | "s/n"
            | "néant"
            | "neant"
    )
}

impl Reading<'_> {
    /// Where a column stands, for a problem.
    pub fn place(&self, column: usize) -> Place {
        let header = self
            .mapping
            .columns
            .get(column)
            .map_or("", |mapped| mapped.header.as_str());
        Place {
            letter: letter(column),
            header: header.to_owned(),
        }
    }

    /// Reads a row.
    pub fn row(&self, row: &Row) -> ReadRow {
        let mut pen = Pen {
            reading: self,
            row,
            problems: Vec::new(),
            assumed: false,
        };
        let particulars = pen.particulars();
        let Pen {
            mut problems,
            assumed,
            ..
        } = pen;
        let named = [&particulars.given_names, &particulars.family_name]
            .into_iter()
            .any(|name| name.chars().any(char::is_alphabetic));
        if !named {
            problems.clear();
        }
        let outcome = if named {
            Outcome::Person(Box::new(ListedPerson {
                row: row.number,
                particulars,
            }))
        } else {
            Outcome::Nobody
        };
        ReadRow {
            outcome,
            problems,
            name_order_assumed: named && assumed,
        }
    }
}

/// Reads the cells of one row and notes what is wrong with them.
struct Pen<'a> {
    reading: &'a Reading<'a>,
    row: &'a Row,
    problems: Vec<Problem>,
    assumed: bool,
}

impl Pen<'_> {
    fn particulars(&mut self) -> Particulars {
        let (given_names, family_name) = self.names();
        Particulars {
            given_names,
            family_name,
            sex: self.sex(),
            birth: self.birth(),
            mother_name: self.text(Field::MotherName),
            birthplace: self.text(Field::Birthplace),
            country_of_birth: self.country(Field::CountryOfBirth),
            nationalities: self.nationalities(),
            documents: self.documents(),
            phone: self.phone(),
            destination: self.department(Field::Destination),
            last_residence: self.country(Field::LastResidence),
            origin: self.department(Field::Origin),
        }
    }

    fn note(&mut self, column: usize, code: ProblemCode, arguments: Vec<(&'static str, String)>) {
        let shown = self
            .row
            .cell(column)
            .map(Cell::shown)
            .filter(|text| !text.is_empty());
        self.problems.push(Problem {
            row: self.row.number,
            column: Some(self.reading.place(column)),
            code,
            arguments,
            text: shown.map(|text| Offending(text.chars().take(TEXT_CHARACTERS_MAX).collect())),
        });
    }

    /// The first filled cell of a field's columns; the others, where they say something else, are
    /// noted and left.
    fn cell(&mut self, field: Field) -> Option<(usize, Cell)> {
        let mut found: Option<(usize, Cell)> = None;
        for (column, cell) in self.cells(field) {
            match &found {
                None => found = Some((column, cell)),
                Some((used, first))
                    if domain::fold_name(&first.shown()) != domain::fold_name(&cell.shown()) =>
                {
                    let other = letter(*used);
                    self.note(
                        column,
                        ProblemCode::ColumnsContradict,
                        vec![("other", other)],
                    );
                }
                Some(_) => {}
            }
        }
        found
    }

    /// The filled cells of a field's columns; errors of the spreadsheet are noted.
    fn cells(&mut self, field: Field) -> Vec<(usize, Cell)> {
        let mapping = self.reading.mapping;
        let mut cells = Vec::new();
        for column in mapping.columns_of(field) {
            match self.row.cell(column) {
                Some(Cell::Failed) => self.note(column, ProblemCode::CellError, Vec::new()),
                Some(Cell::Text(text)) if !field.is_name() && is_blank_word(text) => {}
                Some(cell) => cells.push((column, cell.clone())),
                None => {}
            }
        }
        cells
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let (column, cell) = self.cell(field)?;
        let text = cell.shown();
        self.warn_of_text(column, &text);
        Some(self.cut(column, text))
    }

    fn warn_of_text(&mut self, column: usize, text: &str) {
        if looks_like_formula(text) {
            self.note(column, ProblemCode::FormulaText, Vec::new());
        }
        if looks_damaged(text) {
            self.note(column, ProblemCode::TextDamaged, Vec::new());
        }
    }

    fn cut(&mut self, column: usize, text: String) -> String {
        let Some((end, _)) = text.char_indices().nth(TEXT_CHARACTERS_MAX) else {
            return text;
        };
        let limit = TEXT_CHARACTERS_MAX.to_string();
        self.note(column, ProblemCode::TextTooLong, vec![("limit", limit)]);
        text[..end].trim_end().to_owned()
    }

    fn names(&mut self) -> (String, String) {
        let mut given = self.joined(Field::GivenNames, Field::MiddleNames);
        let mut family = self.joined(Field::FamilyName, Field::SecondFamilyName);
        for (field, order) in [
            (Field::FamilyThenGiven, Order::FamilyFirst),
            (Field::GivenThenFamily, Order::GivenFirst),
            (Field::FullName, Order::Unsaid),
        ] {
            if !given.is_empty() && !family.is_empty() {
                break;
            }
            let Some(full) = self.text(field) else {
                continue;
            };
            let divided = name::divide(&full, order);
            self.assumed |= divided.assumed;
            if given.is_empty() && family.is_empty() {
                (given, family) = (divided.given, divided.family);
            } else if given.is_empty() {
                given = divided.given;
            } else {
                family = divided.family;
            }
        }
        (given, family)
    }

    fn joined(&mut self, first: Field, second: Field) -> String {
        let parts: Vec<String> = [self.text(first), self.text(second)]
            .into_iter()
            .flatten()
            .filter(|text| text.contains(char::is_alphanumeric))
            .collect();
        let joined = parts.join(" ");
        match joined.char_indices().nth(TEXT_CHARACTERS_MAX) {
            Some((end, _)) => joined[..end].trim_end().to_owned(),
            None => joined,
        }
    }

    fn sex(&mut self) -> Option<Sex> {
        let (column, cell) = self.cell(Field::Sex)?;
        let read = sex::read(&cell.shown(), self.reading.convention);
        if read.is_none() {
            self.note(column, ProblemCode::SexUnreadable, Vec::new());
        }
        read.flatten()
    }

    fn country(&mut self, field: Field) -> Option<domain::Country> {
        let (column, cell) = self.cell(field)?;
        let country = country::read(&cell.shown());
        if country.is_none() {
            self.note(column, ProblemCode::CountryUnknown, Vec::new());
        }
        country
    }

    fn nationalities(&mut self) -> Vec<domain::Country> {
        let mut nationalities = Vec::new();
        for (column, cell) in self.cells(Field::Nationality) {
            match country::read_all(&cell.shown()) {
                Some(countries) => nationalities.extend(countries),
                None => self.note(column, ProblemCode::CountryUnknown, Vec::new()),
            }
        }
        let mut seen = Vec::new();
        nationalities.retain(|country| {
            let new = !seen.contains(country);
            seen.push(*country);
            new
        });
        nationalities
    }

    fn department(&mut self, field: Field) -> Option<domain::PCode> {
        let (column, cell) = self.cell(field)?;
        let department = department::read(&cell.shown());
        if department.is_none() {
            self.note(column, ProblemCode::DepartmentUnknown, Vec::new());
        }
        department
    }

    fn phone(&mut self) -> Option<String> {
        let (column, cell) = self.cell(Field::Phone)?;
        let text = match document::number(&cell) {
            Numbered::As(text) => text,
            Numbered::Rounded => {
                self.note(column, ProblemCode::NumberDamaged, Vec::new());
                return None;
            }
        };
        // Seven digits are a Haitian number of before 2009 without its first digit; fewer are none.
        if text.chars().filter(char::is_ascii_digit).count() < 6 {
            self.note(column, ProblemCode::PhoneUnreadable, Vec::new());
            return None;
        }
        Some(self.cut(column, text))
    }

    fn documents(&mut self) -> Vec<Document> {
        let said_kind = self.document_kind();
        let issuer = self.country(Field::DocumentIssuer);
        let mut documents: Vec<Document> = Vec::new();
        for (field, kind) in [
            (Field::PassportNumber, DocumentKind::Passport),
            (Field::IdentityCardNumber, DocumentKind::IdentityCard),
            (
                Field::BirthCertificateNumber,
                DocumentKind::BirthCertificate,
            ),
            (Field::DocumentNumber, said_kind),
        ] {
            for (column, cell) in self.cells(field) {
                if let Some(mut document) = self.document(column, &cell, kind) {
                    document.issuer = issuer;
                    if documents
                        .iter()
                        .all(|known| known.number != document.number)
                    {
                        documents.push(document);
                    }
                }
            }
        }
        documents
    }

    fn document_kind(&mut self) -> DocumentKind {
        let Some((column, cell)) = self.cell(Field::DocumentKind) else {
            return DocumentKind::Other;
        };
        document::kind(&cell.shown()).unwrap_or_else(|| {
            self.note(column, ProblemCode::DocumentKindUnknown, Vec::new());
            DocumentKind::Other
        })
    }

    fn document(&mut self, column: usize, cell: &Cell, kind: DocumentKind) -> Option<Document> {
        let code = match document::number(cell) {
            Numbered::Rounded => ProblemCode::NumberDamaged,
            Numbered::As(text) => {
                let text = self.cut(column, text);
                self.warn_of_text(column, &text);
                match document::document(kind, &text) {
                    Some(document) => return Some(document),
                    None => ProblemCode::DocumentUnreadable,
                }
            }
        };
        self.note(column, code, Vec::new());
        None
    }

    /// Date before year before age; where more than one is there they must agree.
    fn birth(&mut self) -> Option<Birth> {
        let date = self.birth_date();
        let year = self.birth_year();
        let age = self.age();
        let dated = match (date, year) {
            (Some(on @ Birth::On(_)), _) => Some(on),
            (_, Some(year)) => Some(year),
            (half_known, None) => half_known,
        };
        let Some(birth) = dated else {
            return age.map(|(_, age)| age);
        };
        if let Some((column, stated)) = age {
            let apart =
                (birth.age_on(self.reading.as_of) - stated.age_on(self.reading.as_of)).abs();
            // Lists are made up to a year before they are used, and a bare year is half a year off.
            if apart > 1 {
                let used = self.reading.mapping.columns_of(Field::BirthDate).next();
                let column_of_birth =
                    used.or_else(|| self.reading.mapping.columns_of(Field::BirthYear).next());
                let place = column_of_birth.unwrap_or(column);
                self.note(
                    place,
                    ProblemCode::AgeContradictsBirth,
                    vec![("other", letter(column))],
                );
            }
        }
        Some(birth)
    }

    fn birth_date(&mut self) -> Option<Birth> {
        let (column, cell) = self.cell(Field::BirthDate)?;
        let read = self.reading.date(&cell);
        let birth = match read {
            Written::Day(day) => Birth::On(Day(day)),
            Written::Ordered(day, shown) => {
                if self.reading.order.is_some_and(|order| order != shown) {
                    self.note(column, ProblemCode::DateOtherOrder, Vec::new());
                }
                Birth::On(Day(day))
            }
            Written::Year(year) => Birth::Year(year),
            Written::Either {
                day_first,
                month_first,
            } => {
                self.note(column, ProblemCode::DateAmbiguous, Vec::new());
                // Both lie in one year, and that much is certain.
                debug_assert_eq!(day_first.year(), month_first.year());
                Birth::Year(day_first.year())
            }
            Written::Impossible => {
                self.note(column, ProblemCode::DateImpossible, Vec::new());
                return None;
            }
            Written::Unreadable => {
                self.note(column, ProblemCode::DateUnreadable, Vec::new());
                return None;
            }
        };
        self.believed(column, birth)
    }

    fn birth_year(&mut self) -> Option<Birth> {
        let (column, cell) = self.cell(Field::BirthYear)?;
        match self.reading.date(&cell) {
            Written::Year(year) => self.believed(column, Birth::Year(year)),
            Written::Day(day) | Written::Ordered(day, _) => {
                self.believed(column, Birth::On(Day(day)))
            }
            Written::Either { day_first, .. } => {
                self.believed(column, Birth::Year(day_first.year()))
            }
            Written::Impossible | Written::Unreadable => {
                self.note(column, ProblemCode::YearUnreadable, Vec::new());
                None
            }
        }
    }

    /// The stated age and its column.
    fn age(&mut self) -> Option<(usize, Birth)> {
        let (column, cell) = self.cell(Field::Age)?;
        let Some(years) = age_years(&cell) else {
            self.note(column, ProblemCode::AgeUnreadable, Vec::new());
            return None;
        };
        let birth = if (1850..=self.reading.as_of.year()).contains(&years) {
            Birth::Year(years)
        } else {
            Birth::Aged {
                years,
                on: Day(self.reading.as_of),
            }
        };
        self.believed(column, birth).map(|birth| (column, birth))
    }

    /// The birth, unless nobody can be born then.
    fn believed(&mut self, column: usize, birth: Birth) -> Option<Birth> {
        let as_of = self.reading.as_of;
        let after = match birth {
            Birth::On(Day(day)) => day > as_of,
            Birth::Year(year) => year > as_of.year(),
            Birth::Aged { years, .. } => years < 0,
        };
        // A bare year counts from its middle: this year's children are not born in the future.
        let birth = match birth {
            Birth::Year(year) if year == as_of.year() && birth.age_on(as_of) < 0 => Birth::Aged {
                years: 0,
                on: Day(as_of),
            },
            other => other,
        };
        if after {
            self.note(column, ProblemCode::BirthInFuture, Vec::new());
            return None;
        }
        if birth.age_on(as_of) > AGE_YEARS_MAX {
            let limit = AGE_YEARS_MAX.to_string();
            self.note(column, ProblemCode::BirthTooOld, vec![("limit", limit)]);
            return None;
        }
        Some(birth)
    }
}

impl Reading<'_> {
    /// What a cell of a date column says, under the order of the file where there is one.
    pub fn date(&self, cell: &Cell) -> Written {
        let written = written_in(cell, self.epoch, self.as_of);
        self.order.map_or(written, |order| written.under(order))
    }
}

/// What a cell of a date column says by itself.
pub fn written_in(cell: &Cell, epoch: Epoch, as_of: Date) -> Written {
    match cell {
        Cell::Day(day) => Written::Day(*day),
        Cell::Number(number) if number.fract() == 0.0 && (1850.0..2200.0).contains(number) => {
            written(&number.to_string(), as_of.year())
        }
        // Four digits and fewer are no birth of anybody alive.
        Cell::Number(number) if (10_000.0..100_000.0).contains(number) => {
            epoch.day(*number).map_or(Written::Unreadable, Written::Day)
        }
        Cell::Number(number) if number.fract() == 0.0 => written(&number.to_string(), as_of.year()),
        Cell::Number(_) | Cell::Failed => Written::Unreadable,
        Cell::Text(text) => written(text, as_of.year()),
    }
}

/// Completed years: "34", "34 ans", "8 mois"; also a year of birth in the place of an age.
fn age_years(cell: &Cell) -> Option<i16> {
    let text = cell.shown().to_lowercase().replace(',', ".");
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..end].trim_end_matches('.').parse().ok()?;
    let unit = domain::fold_name(&text[end..]);
    let years = match unit.as_str() {
        "" | "an" | "ans" | "a" | "ano" | "anos" | "year" | "years" | "y" | "yo" | "yr" | "yrs"
        | "lane" | "years old" => number,
        "mois" | "m" | "mes" | "meses" | "month" | "months" | "mo" | "mwa" => number / 12.0,
        "jour" | "jours" | "dia" | "dias" | "day" | "days" | "jou" | "semaines" | "weeks"
        | "semanas" => 0.0,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked, and completed years are meant"
    )]
    (0.0..10_000.0).contains(&years).then_some(years as i16)
}

/// Whether a spreadsheet would run the text. A plus before digits is a telephone number.
fn looks_like_formula(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('=' | '@') => true,
        Some('+' | '-') => characters.next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}

/// Whether letters were broken: the sign for "no such character", or UTF-8 once read as
/// Windows-1252, in which `é` became `Ã©`.
fn looks_damaged(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let broken = c == '\u{fffd}'
            || matches!(c, 'Ã' | 'Â')
                && characters
                    .peek()
                    .is_some_and(|next| !next.is_ascii() && !next.is_alphabetic());
        if broken {
            return true;
        }
    }
    false
}
