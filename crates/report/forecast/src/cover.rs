//! When something runs short: what is there, what comes in, what is needed, day by day.
//!
//! Goods and money are a [`Holding::Store`]: what is not used today is there tomorrow. Beds and
//! staff hours are a [`Holding::Daily`]: as many each day, and who came yesterday may still lie in
//! one. Amounts are whole numbers of the smallest unit: items, minor units of money, beds, minutes.

use serde::Serialize;

use crate::Band;

/// Longest look ahead, in days.
pub const DAYS_MAX: usize = 60;

/// How something lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holding {
    /// It is used up: what is there at the start; less than nothing is a debt.
    Store(i64),
    /// It is there again each day.
    Daily {
        /// How much each day.
        capacity: u64,
        /// How many days one use takes it: a bed for three nights, an hour of staff for one day.
        held_days: usize,
    },
}

/// A day ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Day {
    /// What is needed by who comes that day.
    pub need: Band,
    /// What is delivered before it is needed.
    pub delivered: Band,
}

/// What is left at the end of a day; less than nothing is short by so much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Left {
    /// If much is needed and little delivered.
    pub low: i64,
    /// As it looks.
    pub likely: i64,
    /// If little is needed and much delivered.
    pub high: i64,
}

/// How it goes, and on which day, counted from 0, it is first short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outlook {
    /// What is left at the end of each day.
    pub days: Vec<Left>,
    /// The first short day if everything falls the hard way; none within the days asked.
    pub short_earliest: Option<usize>,
    /// The first short day as it looks.
    pub short_likely: Option<usize>,
    /// The first short day even if everything falls the easy way.
    pub short_latest: Option<usize>,
    /// By how much it is short at worst, as it looks.
    pub short_by: u64,
}

/// How something lasts over some days, at most [`DAYS_MAX`].
pub fn outlook(holding: Holding, days: &[Day]) -> Outlook {
    let days = &days[..days.len().min(DAYS_MAX)];
    let course = |need: fn(Band) -> u64, delivered: fn(Band) -> u64| -> Vec<i64> {
        let used: Vec<i64> = days.iter().map(|day| whole(need(day.need))).collect();
        match holding {
            Holding::Store(opening) => {
                let mut left = opening;
                let day = used.iter().zip(days).map(|(used, day)| {
                    left = left
                        .saturating_add(whole(delivered(day.delivered)))
                        .saturating_sub(*used);
                    left
                });
                day.collect()
            }
            Holding::Daily {
                capacity,
                held_days,
            } => {
                let taken = |last: usize| {
                    let first = (last + 1).saturating_sub(held_days.max(1));
                    used[first..=last]
                        .iter()
                        .fold(0_i64, |sum, used| sum.saturating_add(*used))
                };
                let left = |(last, day): (usize, &Day)| {
                    whole(capacity)
                        .saturating_add(whole(delivered(day.delivered)))
                        .saturating_sub(taken(last))
                };
                days.iter().enumerate().map(left).collect()
            }
        }
    };
    let low = course(|need| need.high, |came| came.low);
    let likely = course(|need| need.likely, |came| came.likely);
    let high = course(|need| need.low, |came| came.high);
    let short = |left: &[i64]| left.iter().position(|left| *left < 0);
    let worst = likely.iter().copied().min().unwrap_or(0).min(0);
    Outlook {
        short_earliest: short(&low),
        short_likely: short(&likely),
        short_latest: short(&high),
        short_by: worst.unsigned_abs(),
        days: low
            .into_iter()
            .zip(likely)
            .zip(high)
            .map(|((low, likely), high)| Left { low, likely, high })
            .collect(),
    }
}

/// How many come, in thousandths of those announced, out of what was seen so far: of `listed` people,
/// `no_shows` did not come, and `unlisted` came beside them. Both shares by [`crate::wilson`]; none
/// where nobody was listed yet.
///
/// Who comes or stays away does so with others, so the true spread is wider than said.
pub fn turnout(listed: u32, no_shows: u32, unlisted: u32) -> Option<Band> {
    let (away, beside) = (
        crate::wilson(no_shows, listed)?,
        crate::wilson(unlisted, listed)?,
    );
    Some(Band {
        low: (1000 + beside.low).saturating_sub(away.high),
        likely: (1000 + beside.likely).saturating_sub(away.likely),
        high: (1000 + beside.high).saturating_sub(away.low),
    })
}

fn whole(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
