//! Days and times of a message: a number whose form another number names (UN/EDIFACT 2379).

use jiff::civil::{Date, DateTime, Time};

/// Which century two digits of a year mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Century {
    /// The latest that is not after this day: births.
    Until(Date),
    /// That of this day: flights and papers.
    Around(Date),
}

/// What a number says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// A day, with a time where there is one.
    At(DateTime),
    /// A year and no day.
    Year(i16),
    /// Digits in the place of a day that are none.
    Impossible,
    /// Nothing that is a date.
    Unreadable,
}

impl Said {
    /// The day, where it is one.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::At(at) => Some(at.date()),
            _ => None,
        }
    }
}

/// Reads a number in its form: 101 YYMMDD, 102 CCYYMMDD, 201 YYMMDDHHMM, 203 CCYYMMDDHHMM, 602 CCYY,
/// 2 DDMMYY. Without a form, or where the number has another length, its length decides; carriers
/// leave the form out for births, which are YYMMDD in the implementation guide (4.13).
pub fn read(number: &str, form: &str, century: Century) -> Said {
    let digits: Vec<i16> = number
        .chars()
        .filter(|c| !matches!(c, '-' | '.' | '/' | ' ' | ':'))
        .map(|c| c.to_digit(10).and_then(|digit| i16::try_from(digit).ok()))
        .collect::<Option<_>>()
        .unwrap_or_default();
    let pair = |place: usize| digits[place] * 10 + digits[place + 1];
    match (digits.len(), form) {
        (4, "602" | "") => Said::Year(pair(0) * 100 + pair(2)),
        (6, "2") => day(century.year(pair(4)), pair(2), pair(0), &[]),
        (6, _) => day(century.year(pair(0)), pair(2), pair(4), &[]),
        (8, _) => day(pair(0) * 100 + pair(2), pair(4), pair(6), &[]),
        (10, _) => day(century.year(pair(0)), pair(2), pair(4), &digits[6..]),
        (12 | 14, _) => day(pair(0) * 100 + pair(2), pair(4), pair(6), &digits[8..]),
        _ => Said::Unreadable,
    }
}

fn day(year: i16, month: i16, day: i16, time: &[i16]) -> Said {
    // Travel documents write noughts for what is not known of a birth (ICAO 9303-3, 4.8).
    if (month == 0 || day == 0) && year > 0 {
        return Said::Year(year);
    }
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Said::Impossible;
    };
    let Ok(date) = Date::new(year, month, day) else {
        return Said::Impossible;
    };
    let part = |place: usize| {
        let pair = time.get(place..place + 2)?;
        i8::try_from(pair[0] * 10 + pair[1]).ok()
    };
    let time = part(0)
        .zip(part(2))
        .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    Said::At(date.to_datetime(time.unwrap_or(Time::midnight())))
}

impl Century {
    fn year(self, two: i16) -> i16 {
        match self {
            Self::Until(latest) => {
                let year = latest.year() - latest.year() % 100 + two;
                if year > latest.year() {
                    year - 100
                } else {
                    year
                }
            }
            Self::Around(day) => {
                let year = day.year() - day.year() % 100 + two;
                match year - day.year() {
                    51.. => year - 100,
                    ..=-50 => year + 100,
                    _ => year,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: Date = date(2021, 9, 19);

    #[test]
    fn births_are_read_in_every_form() {
        for (number, form, said) in [
            ("900314", "", Some(date(1990, 3, 14))),
            ("210918", "101", Some(date(2021, 9, 18))),
            ("220101", "101", Some(date(1922, 1, 1))),
            ("19900314", "102", Some(date(1990, 3, 14))),
            ("19900314", "", Some(date(1990, 3, 14))),
            ("140390", "2", Some(date(1990, 3, 14))),
            ("1990-03-14", "", Some(date(1990, 3, 14))),
            ("900230", "", None),
            ("9003", "101", None),
            ("DEMO", "", None),
            ("", "", None),
        ] {
            assert_eq!(
                read(number, form, Century::Until(DAY)).day(),
                said,
                "{number}"
            );
        }
        assert_eq!(read("900230", "", Century::Until(DAY)), Said::Impossible);
        assert_eq!(read("900000", "", Century::Until(DAY)), Said::Year(1990));
        assert_eq!(read("1990", "602", Century::Until(DAY)), Said::Year(1990));
        assert_eq!(read("9O0314", "", Century::Until(DAY)), Said::Unreadable);
    }

    #[test]
    fn flights_and_papers_lie_around_their_day() {
        let read = |number, form| read(number, form, Century::Around(DAY));
        assert_eq!(
            read("2109191430", "201"),
            Said::At(date(2021, 9, 19).at(14, 30, 0, 0))
        );
        assert_eq!(
            read("202109191430", "203"),
            Said::At(date(2021, 9, 19).at(14, 30, 0, 0))
        );
        assert_eq!(read("310101", "").day(), Some(date(2031, 1, 1)));
        assert_eq!(read("720101", "").day(), Some(date(1972, 1, 1)));
    }
}
