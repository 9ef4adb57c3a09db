//! When a person was born, out of up to three columns: date, year, age. The most exact one that can be
//! believed is used; where they contradict each other, that is told.

use domain::{Birth, Day};
use jiff::civil::Date;

use super::date::{Epoch, Written, written};
use super::field::Field;
use super::grid::{Cell, letter};
use super::person::{Pen, Reading};
use super::problem::ProblemCode;

/// Oldest age believed, in years: what the domain believes.
const AGE_YEARS_MAX: i16 = 125;

impl Pen<'_> {
    /// Date before year before age; where more than one is there they must agree.
    pub(super) fn birth(&mut self) -> Option<Birth> {
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
