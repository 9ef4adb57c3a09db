//! One row as one person: each cell read on its own, so that a bad one costs its field and never the
//! row. A row is refused only when it names nobody.

use domain::{Document, DocumentKind, ListedPerson, Particulars, Sex};
use jiff::civil::Date;

use crate::national_number;

use super::country;
use super::date::{DateOrder, Epoch};
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
    // Longer than any of them: most cells are, and need no copy.
    if text.len() > 24 {
        return false;
    }
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
            byte: None,
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
pub struct Pen<'a> {
    pub(super) reading: &'a Reading<'a>,
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

    pub(super) fn note(
        &mut self,
        column: usize,
        code: ProblemCode,
        arguments: Vec<(&'static str, String)>,
    ) {
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
    pub(super) fn cell(&mut self, field: Field) -> Option<(usize, Cell)> {
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
                    self.check_national_number(column, &document.number);
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

    /// Under a header that says NIF or NINU, a number has their form, or that is told.
    fn check_national_number(&mut self, column: usize, number: &str) {
        let mapped = self.reading.mapping.columns.get(column);
        let named = mapped.is_some_and(|mapped| national_number::is_named_in(&mapped.header));
        if named && national_number::read(number).is_err() {
            let digits = national_number::DIGITS.to_string();
            let code = ProblemCode::NationalNumberForm;
            self.note(column, code, vec![("digits", digits)]);
        }
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
