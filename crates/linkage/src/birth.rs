//! Dates of birth as they are told: a day, a year, or 1 January, which is what is written when only the year
//! is known.

/// When somebody was born, as far as it was told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Birth {
    /// On a day: year, month, day.
    Day(i16, u8, u8),
    /// In a year.
    Year(i16),
    /// Not told, or nothing that can be read.
    #[default]
    Unknown,
}

impl Birth {
    /// Reads `1987-03-12` or `1987`. Anything else is not known.
    pub fn read(text: &str) -> Self {
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|year| year.len() == 4);
        let year = year.and_then(|year| year.parse().ok());
        let month = parts.next().and_then(|month| month.parse().ok());
        let day = parts.next().and_then(|day| day.parse().ok());
        match (year, month, day, parts.next()) {
            (Some(year), None, None, None) if !text.contains('-') => Self::Year(year),
            (Some(year), Some(1), Some(1), None) => Self::Year(year),
            (Some(year), Some(month @ 1..=12), Some(day @ 1..=31), None) => {
                Self::Day(year, month, day)
            }
            _ => Self::Unknown,
        }
    }

    /// The year, where it was told.
    pub const fn year(self) -> Option<i16> {
        match self {
            Self::Day(year, ..) | Self::Year(year) => Some(year),
            Self::Unknown => None,
        }
    }

    /// How two stand to each other, from 0, apart, to 5, the same day; none where either is not known. 4: day
    /// and month exchanged. 3: one part differs, as by a digit. 2: the same year, of one no more is known. 1: a
    /// year apart, of one no more is known.
    pub fn agreement(self, other: Self) -> Option<u8> {
        let agreement = match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => return None,
            (Self::Day(y1, m1, d1), Self::Day(y2, m2, d2)) => {
                let apart = (y1 - y2).unsigned_abs();
                let same = [apart == 0, m1 == m2, d1 == d2]
                    .iter()
                    .filter(|same| **same)
                    .count();
                if same == 3 {
                    5
                } else if apart == 0 && m1 == d2 && d1 == m2 {
                    4
                } else if same == 2 && (apart == 0 || apart == 1 || apart == 10) {
                    3
                } else {
                    0
                }
            }
            (one, other) => match one
                .year()
                .zip(other.year())
                .map(|(one, other)| (one - other).abs())
            {
                Some(0) => 2,
                Some(1) => 1,
                _ => 0,
            },
        };
        Some(agreement)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_agree_as_far_as_they_were_told() {
        let agree = |one: &str, other: &str| Birth::read(one).agreement(Birth::read(other));
        assert_eq!(agree("1987-03-12", "1987-03-12"), Some(5));
        assert_eq!(agree("1987-03-12", "1987-12-03"), Some(4));
        assert_eq!(agree("1987-03-12", "1987-03-22"), Some(3));
        assert_eq!(agree("1987-03-12", "1997-03-12"), Some(3));
        assert_eq!(agree("1987-03-12", "1987-01-01"), Some(2));
        assert_eq!(agree("1987", "1988"), Some(1));
        assert_eq!(agree("1987-03-12", "1990-03-12"), Some(0));
        assert_eq!(agree("1987-03-12", ""), None);
        assert_eq!(Birth::read("1987-13-12"), Birth::Unknown);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_agreement_has_no_direction(one in ".{0,14}", other in "[0-9-]{0,10}") {
            let (one, other) = (Birth::read(&one), Birth::read(&other));
            prop_assert_eq!(one.agreement(other), other.agreement(one));
        }
    }
}
