//! Rows below the header that are not about one person: the header again after a page break,
//! totals, signatures, empty numbered lines. They are left out, and each is told.

use domain::fold_name;
use serde::Serialize;

use super::field::Field;
use super::grid::{Cell, Row};
use super::header::Header;
use super::mapping::Mapping;

/// Why a row was left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Margin {
    /// The header again.
    RepeatedHeader,
    /// Another header: a second list below the first.
    OtherHeader,
    /// A total or subtotal.
    Total,
    /// A signature, a page number, a remark.
    Note,
    /// A line with its number and nothing else.
    NumberOnly,
    /// A member of the crew.
    Crew,
    /// Replaced or taken off by a later message of the same file.
    Superseded,
}

/// A row that was left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Skipped {
    /// As the spreadsheet counts.
    pub row: u32,
    /// Why.
    pub margin: Margin,
}

const TOTALS: [&str; 9] = [
    "total",
    "totaux",
    "totales",
    "sous total",
    "subtotal",
    "sub total",
    "grand total",
    "nombre total",
    "sous totaux",
];
/// Labels of a total over the whole list.
const WHOLE_TOTALS: [&str; 10] = [
    "total",
    "grand total",
    "total general",
    "nombre total",
    "total passagers",
    "total passengers",
    "total pasajeros",
    "total pax",
    "total migrants",
    "total personnes",
];
const NOTES: [&str; 19] = [
    "signature",
    "signe",
    "signed",
    "firma",
    "fait a",
    "fait le",
    "prepare par",
    "prepared by",
    "elaborado por",
    "approuve par",
    "approved by",
    "certified",
    "certifie",
    "imprime le",
    "printed",
    "end of list",
    "fin de la liste",
    "fin de liste",
    "fin de lista",
];

/// What a row is in the margin, or nothing where it is about a person.
pub fn of(row: &Row, header: &Header) -> Option<Margin> {
    let mapping = &header.mapping;
    let repeats = header.repeats_in(row);
    if !repeats.is_whole() && is_other_header(row, mapping) {
        return Some(Margin::OtherHeader);
    }
    if repeats.is_likely() {
        return Some(Margin::RepeatedHeader);
    }
    let field = |column: usize| mapping.columns.get(column).and_then(|mapped| mapped.field);
    let filled = || {
        row.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.is_some())
            .map(|(column, _)| column)
    };
    let is_number = |column| {
        row.cell(column)
            .is_some_and(|cell| !cell.shown().contains(char::is_alphabetic))
    };
    if filled().all(|column| field(column) == Some(Field::Sequence) && is_number(column)) {
        return Some(Margin::NumberOnly);
    }
    let about_somebody = filled().any(|column| {
        field(column).is_some_and(|field| !field.is_name() && field != Field::Sequence)
    });
    let label = row.cells.iter().flatten().find_map(|cell| match cell {
        Cell::Text(text) => Some(fold_name(text)),
        _ => None,
    });
    let label = label.unwrap_or_default();
    let names = filled()
        .filter(|column| field(*column).is_some_and(Field::is_name))
        .filter(|column| {
            row.cell(*column)
                .is_some_and(|cell| cell.shown().contains(char::is_alphabetic))
        })
        .count();
    // Two name cells are somebody called Total or Page; one, without anything else, is not.
    let is_total = begins_with(&label, &TOTALS) && names < 2;
    if is_total && !has_evidence_of_a_person(row, mapping) {
        return Some(Margin::Total);
    }
    if about_somebody {
        return None;
    }
    let is_note = names < 2 && (begins_with(&label, &NOTES) || is_page_number(&label));
    (names == 0 || is_note).then_some(Margin::Note)
}

fn is_page_number(label: &str) -> bool {
    let mut words = label.split(' ');
    let page = matches!(words.next(), Some("page" | "pagina" | "paj"));
    page && words
        .next()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the cells of a row name columns. A name column is looked at first: hardly anybody is called
/// like a header, so that few rows are looked at whole.
fn is_other_header(row: &Row, mapping: &Mapping) -> bool {
    let suspected = mapping
        .columns
        .iter()
        .zip(&row.cells)
        .any(|(column, cell)| {
            column.field.is_some_and(Field::is_name)
                && cell
                    .as_ref()
                    .is_some_and(|cell| Mapping::guess(&[cell.shown()]).fields() > 0)
        });
    if !suspected {
        return false;
    }
    let other = Mapping::guess(&row.headers());
    other.names_people() && other.fields() >= 2 && other.fields() * 2 > row.filled()
}

/// Whether a row that begins with "total" is a person of that name after all.
fn has_evidence_of_a_person(row: &Row, mapping: &Mapping) -> bool {
    const TELLING: [Field; 6] = [
        Field::BirthDate,
        Field::BirthYear,
        Field::PassportNumber,
        Field::IdentityCardNumber,
        Field::DocumentNumber,
        Field::Nationality,
    ];
    TELLING
        .iter()
        .flat_map(|field| mapping.columns_of(*field))
        .any(|column| {
            row.cell(column)
                .is_some_and(|cell| cell.shown().trim().len() >= 3)
        })
}

fn begins_with(label: &str, words: &[&str]) -> bool {
    words.iter().any(|words| {
        label
            .strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The number of people that a total row states, where it states one number for the whole list.
pub fn stated_total(row: &Row) -> Option<u64> {
    let mut label = String::new();
    let mut numbers = Vec::new();
    for cell in row.cells.iter().flatten() {
        for word in fold_name(&cell.shown())
            .split(' ')
            .filter(|word| !word.is_empty())
        {
            match word.parse::<u64>() {
                Ok(number) => numbers.push(number),
                Err(_) if label.is_empty() => word.clone_into(&mut label),
                Err(_) => {
                    label.push(' ');
                    label.push_str(word);
                }
            }
        }
    }
    match numbers.as_slice() {
        [only] if WHOLE_TOTALS.contains(&label.as_str()) => Some(*only),
        _ => None,
    }
}
