//! Shares in a breakdown that speak of a period: `from September 2021 87 per cent`.

use jiff::civil::Date;

use crate::{Interval, Statement};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Since which day a share of what was stated is counted, and how much that is: a whole percentage is
/// half of one more or less.
pub(crate) fn since(statement: &Statement, whole: Interval) -> Option<(Date, Interval)> {
    statement.breakdown.split(';').find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let ["from", month, year, percent, "per", "cent"] = words[..] else {
            return None;
        };
        let month = MONTHS.iter().position(|name| *name == month)?;
        let month = i8::try_from(month + 1).ok()?;
        let since = Date::new(year.parse().ok()?, month, 1).ok()?;
        let percent: i64 = percent
            .parse()
            .ok()
            .filter(|percent| (0..=100).contains(percent))?;
        let inside = statement.period_start? < since && since <= statement.as_of;
        let of = |number: i64, halves: i64| number.saturating_mul(halves);
        let low = (of(whole.low, percent * 2 - 1) + 199) / 200;
        let high = whole.high.map(|high| of(high, percent * 2 + 1) / 200);
        inside.then_some((
            since,
            Interval {
                low: low.max(0),
                high,
            },
        ))
    })
}
