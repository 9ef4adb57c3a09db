//! How long people waited, in a few spans that a reader can act on.

const MINUTE_MS: i64 = 60_000;

/// How long after being met somebody came to a step. What was recorded as earlier than the meeting,
/// as happens with what is entered from paper, counts as no wait; where of one of the two moments no
/// more than the day is known, the wait is not known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wait {
    /// Less than a quarter of an hour.
    Under15Min,
    /// A quarter of an hour or more, less than half an hour.
    To30Min,
    /// Half an hour or more, less than an hour.
    To60Min,
    /// An hour or more, less than two.
    To2Hours,
    /// Two hours or more, less than four.
    To4Hours,
    /// Four hours or more.
    Longer,
    /// Of one of the two moments no more than the day is known.
    Unknown,
}

impl Wait {
    /// Every span, the shortest first, then what is not known.
    pub const ALL: [Self; 7] = [
        Self::Under15Min,
        Self::To30Min,
        Self::To60Min,
        Self::To2Hours,
        Self::To4Hours,
        Self::Longer,
        Self::Unknown,
    ];

    /// The word of the span in files, addresses and message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Under15Min => "under_15_min",
            Self::To30Min => "15_to_30_min",
            Self::To60Min => "30_to_60_min",
            Self::To2Hours => "1_to_2_h",
            Self::To4Hours => "2_to_4_h",
            Self::Longer => "4_h_or_more",
            Self::Unknown => "unknown",
        }
    }

    /// The span of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wait| wait.code() == code)
    }

    /// The span that a wait of so many milliseconds is in, both its moments being known.
    pub fn of_ms(waited: i64) -> Self {
        let holds = |wait: &Self| wait.before_ms().is_none_or(|before| waited < before);
        Self::ALL.into_iter().find(holds).unwrap_or(Self::Longer)
    }

    /// It begins with so many milliseconds; the shortest with any. What is not known has no bounds.
    pub(super) fn begins_ms(self) -> Option<i64> {
        if self == Self::Unknown {
            return None;
        }
        let place = Self::ALL.iter().position(|wait| *wait == self)?;
        Self::ALL[place.checked_sub(1)?].before_ms()
    }

    /// It ends before so many milliseconds; the longest never.
    pub(super) const fn before_ms(self) -> Option<i64> {
        let minutes = match self {
            Self::Under15Min => 15,
            Self::To30Min => 30,
            Self::To60Min => 60,
            Self::To2Hours => 120,
            Self::To4Hours => 240,
            Self::Longer | Self::Unknown => return None,
        };
        Some(minutes * MINUTE_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_is_in_the_one_span_whose_bounds_it_is_between() {
        for waited in [
            i64::MIN,
            -1,
            0,
            899_999,
            900_000,
            3_600_000,
            14_400_000,
            i64::MAX,
        ] {
            let within = |wait: &Wait| {
                wait.begins_ms().is_none_or(|from| from <= waited)
                    && wait.before_ms().is_none_or(|before| waited < before)
            };
            let known = Wait::ALL.into_iter().filter(|wait| *wait != Wait::Unknown);
            let spans: Vec<_> = known.filter(within).collect();
            assert_eq!(spans, [Wait::of_ms(waited)], "{waited}");
        }
        assert_eq!(Wait::of_ms(900_000), Wait::To30Min);
        assert_eq!(Wait::of_ms(14_400_000), Wait::Longer);
    }
}
