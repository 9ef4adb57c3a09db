//! Whether days or months come first in a file, by its own evidence: a number above twelve can only
//! be a day. Where the file does not show it and it matters, it is asked, never assumed.

use jiff::civil::Date;
use serde::Serialize;

use super::birth::written_in;
use super::date::{DateOrder, Written};
use super::field::Field;
use super::grid::{Cell, Grid};
use super::header::Header;
use super::problem::Offending;

/// How many rows a question shows.
const EXAMPLES_MAX: usize = 5;

/// How the order of dates is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// No date of the file needs it.
    NotNeeded,
    /// By dates with a number above twelve.
    Values,
    /// The header says it, for instance "(dd/mm/yyyy)".
    Header,
    /// The caller said it.
    Told,
    /// It is not known: there is no evidence, or evidence for both.
    Undecided,
}

/// What a file shows of the order of its dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct DateEvidence {
    /// The order, where it is known.
    pub order: Option<DateOrder>,
    /// How it is known.
    pub basis: Basis,
    /// How many dates can only be read with the day first, and the row of the first.
    pub day_first: Seen,
    /// How many dates can only be read with the month first, and the row of the first.
    pub month_first: Seen,
    /// How many dates can be read both ways.
    pub ambiguous: Seen,
    /// All true dates have a day up to 12 and all texts one above: a spreadsheet exchanged them.
    pub swapped_by_spreadsheet: bool,
}

/// How often something was seen, and where first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Seen {
    /// How often.
    pub count: u32,
    /// The row of the first, as the spreadsheet counts.
    pub first_row: Option<u32>,
}

impl Seen {
    fn at(&mut self, row: u32) {
        self.count += 1;
        self.first_row.get_or_insert(row);
    }
}

/// What must be asked before a file can be read to the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// Whether the day or the month comes first.
    DateOrder {
        /// The first dates that can be read both ways.
        examples: Vec<DateExample>,
    },
}

/// A date that can be read both ways.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateExample {
    /// As the spreadsheet counts.
    pub row: u32,
    /// What the cell holds.
    pub text: Offending,
    /// The day it is where days come first.
    pub day_first: Date,
    /// The day it is where months come first.
    pub month_first: Date,
}

/// Looks at all dates of birth below the header.
pub fn evidence(
    grid: &Grid,
    header: &Header,
    told: Option<DateOrder>,
    as_of: Date,
) -> (DateEvidence, Option<Question>) {
    let columns: Vec<usize> = header.mapping.columns_of(Field::BirthDate).collect();
    let (mut day_first, mut month_first, mut ambiguous) =
        (Seen::default(), Seen::default(), Seen::default());
    let mut examples = Vec::new();
    let (mut true_days_low, mut true_days_high) = (0_u32, 0_u32);
    for row in header.below(grid) {
        for cell in columns.iter().filter_map(|column| row.cell(*column)) {
            if let Cell::Day(day) = cell {
                if day.day() <= 12 {
                    true_days_low += 1;
                } else {
                    true_days_high += 1;
                }
            }
            match written_in(cell, grid.epoch, as_of) {
                Written::Ordered(_, DateOrder::DayFirst) => day_first.at(row.number),
                Written::Ordered(_, DateOrder::MonthFirst) => month_first.at(row.number),
                Written::Either {
                    day_first,
                    month_first,
                } => {
                    ambiguous.at(row.number);
                    if examples.len() < EXAMPLES_MAX {
                        let text = Offending(cell.shown());
                        examples.push(DateExample {
                            row: row.number,
                            text,
                            day_first,
                            month_first,
                        });
                    }
                }
                _ => {}
            }
        }
    }
    let in_header = columns
        .iter()
        .find_map(|column| hint(&header.mapping.columns[*column].header));
    let (order, basis) = match (told, day_first.count > 0, month_first.count > 0, in_header) {
        (Some(told), ..) => (Some(told), Basis::Told),
        (None, true, false, _) => (Some(DateOrder::DayFirst), Basis::Values),
        (None, false, true, _) => (Some(DateOrder::MonthFirst), Basis::Values),
        (None, _, _, Some(hint)) => (Some(hint), Basis::Header),
        (None, false, false, None) if ambiguous.count == 0 => (None, Basis::NotNeeded),
        (None, _, _, None) => (None, Basis::Undecided),
    };
    let question =
        (order.is_none() && !examples.is_empty()).then_some(Question::DateOrder { examples });
    // Five and three: by chance, eight days all on their side of the twelfth are one in a thousand.
    let swapped_by_spreadsheet = true_days_high == 0
        && true_days_low >= 5
        && day_first.count + month_first.count >= 3
        && ambiguous.count == 0;
    let evidence = DateEvidence {
        order,
        basis,
        day_first,
        month_first,
        ambiguous,
        swapped_by_spreadsheet,
    };
    (evidence, question)
}

/// The order that a header shows: "(jj/mm/aaaa)", "DD-MM-YYYY", "mm/dd/yy".
fn hint(header: &str) -> Option<DateOrder> {
    let letters: String = header
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphabetic() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    words.windows(2).find_map(|pair| match pair {
        ["dd" | "jj" | "j" | "d", "mm" | "m"] => Some(DateOrder::DayFirst),
        ["mm" | "m", "dd" | "jj" | "d" | "j"] => Some(DateOrder::MonthFirst),
        _ => None,
    })
}
