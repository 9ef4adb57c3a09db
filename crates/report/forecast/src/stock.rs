//! When goods run out: what is here against what is needed by the end of each day, from what is likely to
//! be needed to what may well be.

use serde::Serialize;

use crate::Range;

/// What is needed by the end of a day, from now on.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Day {
    /// The day, counted from today.
    pub in_days: u32,
    /// So much in all.
    pub needed: Range,
}

/// When something runs out.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Shortage {
    /// The first day on which it may well be short.
    pub earliest: u32,
    /// The first day on which it is likely short; none within the days looked at.
    pub likely: Option<u32>,
    /// The first day on which it is short even if little is needed.
    pub latest: Option<u32>,
    /// How much is likely missing on the last day looked at.
    pub missing: Range,
}

/// When goods run out; none where there is enough for everything that may well be needed.
pub fn shortage(here: f64, days: &[Day]) -> Option<Shortage> {
    let first = |needed: fn(&Range) -> f64| {
        let short = days.iter().filter(|day| needed(&day.needed) > here);
        short.map(|day| day.in_days).min()
    };
    let earliest = first(|needed| needed.high)?;
    let last = days.iter().max_by_key(|day| day.in_days)?;
    let missing = |needed: f64| (needed - here).max(0.0);
    Some(Shortage {
        earliest,
        likely: first(|needed| needed.likely),
        latest: first(|needed| needed.low),
        missing: Range {
            low: missing(last.needed.low),
            likely: missing(last.needed.likely),
            high: missing(last.needed.high),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(in_days: u32, low: f64, likely: f64, high: f64) -> Day {
        Day {
            in_days,
            needed: Range { low, likely, high },
        }
    }

    #[test]
    fn it_runs_out_between_an_earliest_and_a_latest_day() {
        let days = [
            day(0, 50.0, 60.0, 80.0),
            day(1, 80.0, 110.0, 150.0),
            day(2, 130.0, 170.0, 220.0),
        ];
        let short = shortage(100.0, &days).unwrap();
        assert_eq!(
            (short.earliest, short.likely, short.latest),
            (1, Some(1), Some(2))
        );
        assert_eq!(
            short.missing,
            Range {
                low: 30.0,
                likely: 70.0,
                high: 120.0
            }
        );
        assert_eq!(shortage(220.0, &days), None);
        assert_eq!(shortage(0.0, &[]), None);
    }

    proptest! {
        #[test]
        fn more_here_never_runs_out_earlier(needs in proptest::collection::vec(0.0_f64..100.0, 1..10), here in 0.0_f64..200.0, more in 0.0_f64..100.0) {
            let mut sum = 0.0;
            let days: Vec<_> = (0..).zip(&needs).map(|(in_days, need)| {
                sum += need;
                day(in_days, sum * 0.8, sum, sum * 1.2)
            }).collect();
            let first = |here| shortage(here, &days).map_or(u32::MAX, |short| short.earliest);
            prop_assert!(first(here + more) >= first(here));
            if let Some(short) = shortage(here, &days) {
                prop_assert!(short.earliest <= short.likely.unwrap_or(u32::MAX));
                prop_assert!(short.likely.unwrap_or(u32::MAX) <= short.latest.unwrap_or(u32::MAX));
            }
        }
    }
}
