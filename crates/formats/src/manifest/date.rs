//! Days of birth as people write them: serial numbers, ISO 8601, day, month and year in any order
//! and with any separator, months by name in Kreyòl, French, English and Spanish.
//!
//! What cannot be decided is not decided: `03/04/1990` stays both the third of April and the fourth
//! of March until the file's own evidence or a person says which.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Earliest year read as a year of birth.
const YEAR_MIN: i16 = 1850;
/// Latest year read as one; births after the day of the movement are refused later, with their own
/// message.
const YEAR_MAX: i16 = 2199;

/// Which comes first where a date is written in numbers with the year last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// The day, as in Haiti, Chile and France.
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

/// Where the numbered days of a workbook begin (ISO/IEC 29500-1, 18.17.4.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Epoch {
    /// Day 1 is 1 January 1900, and day 60 is a 29 February 1900 that never was.
    #[default]
    Y1900,
    /// Day 0 is 1 January 1904.
    Y1904,
}

impl Epoch {
    /// The day of a serial number; the part behind the point is the time and is left out.
    pub fn day(self, serial: f64) -> Option<Date> {
        // Excel ends with the year 9999.
        if !(0.0..2_958_466.0).contains(&serial) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked above, and the time is meant to go"
        )]
        let serial = serial as i64;
        let (first, days) = match (self, serial) {
            (Self::Y1904, days) => (date(1904, 1, 1), days),
            (Self::Y1900, 0 | 60) => return None,
            (Self::Y1900, days @ 1..=59) => (date(1899, 12, 31), days),
            (Self::Y1900, days) => (date(1899, 12, 30), days),
        };
        first.checked_add(days.days()).ok()
    }
}

/// What a text says about a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// This day, however it is read.
    Day(Date),
    /// This day, because one of its numbers can only be the day; so it shows an order.
    Ordered(Date, DateOrder),
    /// One of two days.
    Either {
        /// Where the day comes first.
        day_first: Date,
        /// Where the month comes first.
        month_first: Date,
    },
    /// No day but a year.
    Year(i16),
    /// Numbers in the place of a day that are none.
    Impossible,
    /// Nothing that is a date.
    Unreadable,
}

impl Written {
    /// The day of two possible ones under an order.
    pub const fn under(self, order: DateOrder) -> Self {
        match (self, order) {
            (Self::Either { day_first, .. }, DateOrder::DayFirst) => Self::Day(day_first),
            (Self::Either { month_first, .. }, DateOrder::MonthFirst) => Self::Day(month_first),
            (other, _) => other,
        }
    }
}

/// Reads a text as a date. A year of two digits means the latest such year that is not after
/// `latest_year`, the year of the movement: nobody on a manifest is born after it, and almost nobody
/// is over a hundred years old.
pub fn written(text: &str, latest_year: i16) -> Written {
    let mut tokens = tokens(without_time(text));
    tokens.retain(|token| !matches!(token, Token::Word(word) if NOISE.contains(&word.as_str())));
    let century = Century { latest_year };
    match tokens.as_slice() {
        [Token::Number(number)] => century.bare(*number),
        [Token::Number(a), Token::Number(b), Token::Number(c)] => century.numeric(*a, *b, *c),
        [Token::Number(a), Token::Number(b)] => Century::partial(*a, *b),
        [Token::Number(a), Token::Word(month), Token::Number(b)]
        | [Token::Word(month), Token::Number(a), Token::Number(b)] => century.named(month, *a, *b),
        [Token::Word(word), Token::Number(year)] if month(word).is_some() && year.digits == 4 => {
            year_of(*year)
        }
        _ => Written::Unreadable,
    }
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

enum Token {
    Number(Number),
    Word(String),
}

/// Words between the parts of a date, ordinal endings, "about", and the X of an unknown day.
const NOISE: [&str; 25] = [
    "de", "del", "le", "el", "of", "the", "er", "st", "nd", "rd", "th", "o", "vers", "circa", "c",
    "ca", "env", "environ", "about", "ne", "nee", "en", "an", "xx", "x",
];

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).take(64) {
        match (c.to_digit(10), tokens.last_mut()) {
            (Some(digit), Some(Token::Number(number))) if open => {
                number.value = number.value.saturating_mul(10).saturating_add(digit);
                number.digits += 1;
            }
            (Some(digit), _) => tokens.push(Token::Number(Number {
                value: digit,
                digits: 1,
            })),
            (None, Some(Token::Word(word))) if open && c.is_alphabetic() => {
                word.extend(c.to_lowercase());
            }
            (None, _) if c.is_alphabetic() => tokens.push(Token::Word(c.to_lowercase().collect())),
            (None, _) => {
                open = false;
                continue;
            }
        }
        open = true;
    }
    tokens
}

/// The text before a time of day such as ` 00:00:00` or `T00:00Z`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let before = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    let date = before.strip_suffix(['T', 't']).unwrap_or(before);
    if date.len() < before.len() || before.ends_with(' ') {
        date
    } else {
        text
    }
}

/// Full names of the months in the four languages without accents, January first; a name cut short
/// to three letters or more counts while it fits one month only.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "janvye"],
    &["february", "fevrier", "febrero", "fevriye"],
    &["march", "mars", "marzo", "mas"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo", "me"],
    &["june", "juin", "junio", "jen"],
    &["july", "juillet", "julio", "jiye"],
    &["august", "aout", "agosto", "out"],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "septanm",
    ],
    &["october", "octobre", "octubre", "oktob"],
    &["november", "novembre", "noviembre", "novanm"],
    &["december", "decembre", "diciembre", "desanm"],
];

fn month(word: &str) -> Option<i8> {
    let fits = |exact: bool| {
        let mut fitting = (1_i8..).zip(MONTHS).filter(|(_, names)| {
            names
                .iter()
                .any(|name| *name == word || !exact && word.len() >= 3 && name.starts_with(word))
        });
        let first = fitting.next();
        if fitting.next().is_some() {
            None
        } else {
            first.map(|(month, _)| month)
        }
    };
    fits(true).or_else(|| fits(false))
}

fn year_of(number: Number) -> Written {
    match i16::try_from(number.value) {
        Ok(year) if (YEAR_MIN..=YEAR_MAX).contains(&year) => Written::Year(year),
        _ => Written::Unreadable,
    }
}

struct Century {
    latest_year: i16,
}

impl Century {
    fn year(&self, number: Number) -> Option<i16> {
        let value = i16::try_from(number.value).ok()?;
        match number.digits {
            4 => (YEAR_MIN..=YEAR_MAX).contains(&value).then_some(value),
            2 => {
                let this_century = self.latest_year - self.latest_year % 100 + value;
                Some(if this_century > self.latest_year {
                    this_century - 100
                } else {
                    this_century
                })
            }
            _ => None,
        }
    }

    /// One number: a year, a serial number, or eight digits.
    fn bare(&self, number: Number) -> Written {
        match number.digits {
            4 => year_of(number),
            // 27 years to 2118; fewer digits are no birth of anybody alive.
            5 => Epoch::Y1900
                .day(f64::from(number.value))
                .filter(|day| day.year() >= YEAR_MIN)
                .map_or(Written::Unreadable, Written::Day),
            8 => {
                let cut = |value: u32, digits| Number { value, digits };
                let value = number.value;
                let first = cut(value / 10_000, 4);
                let year_first =
                    self.numeric(first, cut(value / 100 % 100, 2), cut(value % 100, 2));
                if matches!(year_first, Written::Day(_)) {
                    return year_first;
                }
                self.numeric(
                    cut(value / 1_000_000, 2),
                    cut(value / 10_000 % 100, 2),
                    cut(value % 10_000, 4),
                )
            }
            _ => Written::Unreadable,
        }
    }

    fn numeric(&self, a: Number, b: Number, c: Number) -> Written {
        let year_first = a.digits == 4 || a.digits == 2 && a.value > 31 && c.digits <= 2;
        if year_first {
            let Some(year) = self.year(a) else {
                return Written::Unreadable;
            };
            return match day(year, b, c) {
                Ok(day) => Written::Day(day),
                Err(other) => other,
            };
        }
        let Some(year) = self.year(c) else {
            return Written::Unreadable;
        };
        match (day(year, b, a), day(year, a, b)) {
            (Ok(one), Ok(other)) if one == other => Written::Day(one),
            (Ok(day_first), Ok(month_first)) => Written::Either {
                day_first,
                month_first,
            },
            (Ok(day), Err(_)) => Written::Ordered(day, DateOrder::DayFirst),
            (Err(_), Ok(day)) => Written::Ordered(day, DateOrder::MonthFirst),
            (Err(Written::Year(year)), _) | (_, Err(Written::Year(year))) => Written::Year(year),
            (Err(other), Err(_)) => other,
        }
    }

    /// Month and year, or an unknown day: `03/1985`.
    fn partial(a: Number, b: Number) -> Written {
        match (a.digits, b.digits) {
            (4, 1..=2) if b.value <= 12 => year_of(a),
            (1..=2, 4) if a.value <= 12 => year_of(b),
            _ => Written::Unreadable,
        }
    }

    fn named(&self, word: &str, a: Number, b: Number) -> Written {
        let Some(month) = month(word) else {
            return Written::Unreadable;
        };
        let (day_number, year) = if a.digits == 4 { (b, a) } else { (a, b) };
        let Some(year) = self.year(year) else {
            return Written::Unreadable;
        };
        let month = Number {
            value: u32::from(month.unsigned_abs()),
            digits: 2,
        };
        match day(year, month, day_number) {
            Ok(day) => Written::Day(day),
            Err(other) => other,
        }
    }
}

/// The day, or what these numbers are instead: zeros stand for a day or month nobody knows.
fn day(year: i16, month: Number, day: Number) -> Result<Date, Written> {
    if month.digits > 2 || day.digits > 2 {
        return Err(Written::Unreadable);
    }
    if day.value == 0 || month.value == 0 {
        return Err(Written::Year(year));
    }
    let part = |number: Number| i8::try_from(number.value).map_err(|_| Written::Impossible);
    Date::new(year, part(month)?, part(day)?).map_err(|_| Written::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LATEST: i16 = 2030;

    fn all_days() -> impl Iterator<Item = Date> {
        date(1900, 1, 1)
            .series(1.day())
            .take_while(|day| *day <= date(2030, 12, 31))
    }

    /// Every form that leaves no doubt, for each day.
    fn certain_forms(day: Date) -> Vec<String> {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let place = usize::try_from(m - 1).unwrap();
        let mut forms = vec![
            format!("{y}-{m:02}-{d:02}"),
            format!("{y}/{m}/{d}"),
            format!("{y}.{m:02}.{d:02}"),
            format!("{y}-{m:02}-{d:02}T00:00:00Z"),
            format!("{y}-{m:02}-{d:02} 00:00:00"),
            format!("{y}{m:02}{d:02}"),
        ];
        for name in MONTHS[place] {
            let capital: String = name[..1].to_uppercase() + &name[1..];
            forms.push(format!("{d} {name} {y}"));
            forms.push(format!("{d:02}-{capital}-{y}"));
            forms.push(format!("{d} de {name} de {y}"));
            forms.push(format!("{capital} {d}, {y}"));
            forms.push(format!("{d:02}{}{y}", name.to_uppercase()));
            forms.push(format!("{y} {name} {d}"));
        }
        let accented = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ][place];
        forms.push(format!("{d} {accented} {y}"));
        let kreyol = [
            "janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè", "out", "septanm", "oktòb",
            "novanm", "desanm",
        ][place];
        forms.push(format!("{d} {kreyol} {y}"));
        forms
    }

    #[test]
    fn every_day_from_1900_to_2030_is_read_in_every_form() {
        let mut read = 0;
        for day in all_days() {
            for form in certain_forms(day) {
                assert_eq!(written(&form, LATEST), Written::Day(day), "{form}");
                read += 1;
            }
            for separator in ["/", "-", ".", " ", " / ", ", "] {
                for (order, text) in [
                    (
                        DateOrder::DayFirst,
                        format!(
                            "{:02}{separator}{:02}{separator}{}",
                            day.day(),
                            day.month(),
                            day.year()
                        ),
                    ),
                    (
                        DateOrder::DayFirst,
                        format!(
                            "{}{separator}{}{separator}{}",
                            day.day(),
                            day.month(),
                            day.year()
                        ),
                    ),
                    (
                        DateOrder::MonthFirst,
                        format!(
                            "{:02}{separator}{:02}{separator}{}",
                            day.month(),
                            day.day(),
                            day.year()
                        ),
                    ),
                ] {
                    let found = written(&text, LATEST);
                    match found {
                        Written::Ordered(found, shown) => {
                            assert_eq!((found, shown), (day, order), "{text}");
                        }
                        other => assert_eq!(other.under(order), Written::Day(day), "{text}"),
                    }
                    assert_eq!(
                        matches!(found, Written::Ordered(..)),
                        day.day() > 12,
                        "{text}"
                    );
                    read += 1;
                }
            }
        }
        assert!(read > 2_000_000, "{read}");
    }

    #[test]
    fn every_day_is_read_from_its_serial_number_in_both_systems() {
        for (serial, day) in (61_i32..).zip(
            date(1900, 3, 1)
                .series(1.day())
                .take_while(|day| *day <= date(2030, 12, 31)),
        ) {
            assert_eq!(Epoch::Y1900.day(f64::from(serial)), Some(day));
            assert_eq!(Epoch::Y1900.day(f64::from(serial) + 0.75), Some(day));
            // The two systems are 1,462 days apart (ISO/IEC 29500-1, 18.17.4.1).
            if serial >= 1_462 {
                assert_eq!(Epoch::Y1904.day(f64::from(serial - 1_462)), Some(day));
            }
            if serial >= 10_000 {
                assert_eq!(written(&serial.to_string(), LATEST), Written::Day(day));
            }
        }
        assert_eq!(Epoch::Y1900.day(1.0), Some(date(1900, 1, 1)));
        assert_eq!(Epoch::Y1900.day(59.0), Some(date(1900, 2, 28)));
        for nonsense in [60.0, 0.0, -1.0, f64::NAN, f64::INFINITY, 3e6] {
            assert_eq!(Epoch::Y1900.day(nonsense), None);
        }
    }

    #[test]
    fn a_year_of_two_digits_is_the_latest_not_after_the_movement() {
        for (text, day) in [
            ("14/03/85", date(1985, 3, 14)),
            ("14/03/21", date(2021, 3, 14)),
            ("14/03/22", date(1922, 3, 14)),
            ("14-MAR-00", date(2000, 3, 14)),
            ("85-03-14", date(1985, 3, 14)),
        ] {
            let found = written(text, 2021);
            assert!(
                matches!(found, Written::Day(found) | Written::Ordered(found, _) if found == day),
                "{text} {found:?}"
            );
        }
    }

    #[test]
    fn what_is_half_known_keeps_its_year() {
        for text in [
            "1985",
            "00/00/1985",
            "XX/XX/1985",
            "03/1985",
            "vers 1985",
            "mars 1985",
            "1985-00-00",
            "c. 1985",
        ] {
            assert_eq!(written(text, LATEST), Written::Year(1985), "{text}");
        }
    }

    #[test]
    fn nonsense_is_named_for_what_it_is() {
        for text in [
            "31/02/1990",
            "1990-13-01",
            "30 fevrier 1990",
            "32/01/1990",
            "13/13/1990",
        ] {
            assert_eq!(written(text, LATEST), Written::Impossible, "{text}");
        }
        for text in [
            "",
            "hier",
            "12 jui 1990",
            "1/2/3/4",
            "14/03/985",
            "99999999",
            "1234567",
            "3 foo 1990",
            "0999",
        ] {
            assert_eq!(written(text, LATEST), Written::Unreadable, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not_but_never_panics(text in "\\PC{0,40}", year in 1900_i16..2200) {
            let _ = written(&text, year);
        }

        #[test]
        fn any_numbers_are_read_or_not_but_never_panic(text in "[0-9xX/. :T-]{0,24}") {
            let _ = written(&text, LATEST);
        }
    }
}
