//! Dates of birth as they are told: a day, a year, or 1 January, which is what is written when only the year
//! is known.

/// When somebody was born, as far as it was told. In one number: year, month, day; no month and day where only
/// the year is known, and 0 where nothing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Birth(u32);

/// Years in which people were born of whom there are records.
const YEARS: std::ops::RangeInclusive<u16> = 1850..=2150;

/// How two dates of birth stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub(crate) enum Nearness {
    Apart = 0,
    /// A year apart, of one no more is known: from an age that was told.
    YearApart = 1,
    /// The same year, of one no more is known.
    Year = 2,
    /// One part differs: another day, another month, or one digit of the year.
    OnePart = 3,
    /// Day and month exchanged for each other.
    Exchanged = 4,
    Day = 5,
}

impl Birth {
    /// Not told, or nothing that can be read.
    pub const UNKNOWN: Self = Self(0);

    /// Reads `1987-03-12`, `19870312`, `12/03/1987` (the day first, as Haiti writes) or `1987`; a month above
    /// twelve is a day. Anything else is not known.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let mut parts = text.split(['-', '/', '.', ' ']);
        let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
        let (year, month, day) = match parts {
            [Some(year), None, ..] | [Some(year), Some(_), None, None] if year.len() == 4 => {
                (year, None, None)
            }
            // Only ASCII has eight bytes of which four and two can be taken.
            [Some(all), None, ..] if all.len() == 8 && all.is_ascii() => {
                (&all[..4], Some(&all[4..6]), Some(&all[6..]))
            }
            [Some(_), Some(year), None, None] if year.len() == 4 => (year, None, None),
            [Some(year), month, day, None] if year.len() == 4 => (year, month, day),
            [day, month, Some(year), None] if year.len() == 4 => (year, month, day),
            _ => return Self::UNKNOWN,
        };
        let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
        let Some(year) = year.parse().ok().filter(|year| YEARS.contains(year)) else {
            return Self::UNKNOWN;
        };
        match (month.map(number), day.map(number)) {
            (None, None) | (Some(Some(1)), Some(Some(1))) => Self::of(year, 0, 0),
            (Some(Some(month @ 1..=12)), Some(Some(day @ 1..=31)))
            | (Some(Some(day @ 13..=31)), Some(Some(month @ 1..=12))) => Self::of(year, month, day),
            _ => Self::UNKNOWN,
        }
    }

    fn of(year: u16, month: u8, day: u8) -> Self {
        Self(u32::from(year) << 16 | u32::from(month) << 8 | u32::from(day))
    }

    /// The number it is held as; 0 where nothing is known.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// The year, where it was told.
    pub const fn year(self) -> Option<u16> {
        if self.0 == 0 {
            None
        } else {
            Some((self.0 >> 16) as u16)
        }
    }

    /// Month and day, where they were told.
    pub const fn month_and_day(self) -> Option<(u8, u8)> {
        let [_, _, month, day] = self.0.to_be_bytes();
        if month == 0 { None } else { Some((month, day)) }
    }

    /// How two stand to each other; none where either is not known.
    pub(crate) fn nearness(self, other: Self) -> Option<Nearness> {
        let (y1, y2) = (self.year()?, other.year()?);
        let Some(((m1, d1), (m2, d2))) = self.month_and_day().zip(other.month_and_day()) else {
            return Some(match y1.abs_diff(y2) {
                0 => Nearness::Year,
                1 => Nearness::YearApart,
                _ => Nearness::Apart,
            });
        };
        Some(match (y1 == y2, m1 == m2, d1 == d2) {
            (true, true, true) => Nearness::Day,
            (true, _, _) if m1 == d2 && d1 == m2 => Nearness::Exchanged,
            (true, true, false) | (true, false, true) => Nearness::OnePart,
            (false, true, true) if y1.abs_diff(y2) == 1 || digits_apart(y1, y2) == 1 => {
                Nearness::OnePart
            }
            _ => Nearness::Apart,
        })
    }
}

fn digits_apart(mut one: u16, mut other: u16) -> u8 {
    let mut apart = 0;
    while one > 0 || other > 0 {
        apart += u8::from(one % 10 != other % 10);
        (one, other) = (one / 10, other / 10);
    }
    apart
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_agree_as_far_as_they_were_told() {
        let near = |one: &str, other: &str| Birth::read(one).nearness(Birth::read(other));
        assert_eq!(near("1987-03-12", "1987-03-12"), Some(Nearness::Day));
        assert_eq!(near("1987-03-12", "1987-12-03"), Some(Nearness::Exchanged));
        assert_eq!(near("1987-03-12", "1987-03-22"), Some(Nearness::OnePart));
        assert_eq!(near("1987-03-12", "1957-03-12"), Some(Nearness::OnePart));
        assert_eq!(near("1989-03-12", "1990-03-12"), Some(Nearness::OnePart));
        assert_eq!(near("1987-03-12", "1987-01-01"), Some(Nearness::Year));
        assert_eq!(near("1987", "1988"), Some(Nearness::YearApart));
        assert_eq!(near("1987-03-12", "1990-04-12"), Some(Nearness::Apart));
        assert_eq!(near("1987-03-12", ""), None);
        let read = Birth::read("1987-03-12");
        for other in ["19870312", "12/03/1987", "12.3.1987", "1987-12-03"] {
            let other_day = other == "1987-12-03";
            assert_eq!(Birth::read(other) == read, !other_day, "{other}");
        }
        assert_eq!(Birth::read("1987-30-12"), Birth::read("1987-12-30"));
        assert_eq!(Birth::read("1987-03"), Birth::read("1987"));
        assert_eq!(Birth::read("01/01/1987"), Birth::read("1987"));
        for nothing in ["1987-13-32", "87-03-12", "0987", "1987-03-12-1", "1987-x-y"] {
            assert_eq!(Birth::read(nothing), Birth::UNKNOWN, "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_nearness_has_no_direction(one in ".{0,14}", other in "[0-9-]{0,10}") {
            let (one, other) = (Birth::read(&one), Birth::read(&other));
            prop_assert_eq!(one.nearness(other), other.nearness(one));
        }
    }
}
