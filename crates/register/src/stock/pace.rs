//! How fast goods go, and how long what is on the shelf lasts. This is the only place that says it:
//! the board, the page of the stock and the reports ask here.
//!
//! The pace of an item is the mean of the last working days on which it was given, at most seven of
//! them and none older than four weeks. A day on which nothing was given does not slow it, so a site
//! that has received for three days is not taken for one that has for seven. A day that is still
//! running counts only where it makes the pace faster: half a day must not look like a slow one.

use std::collections::BTreeMap;

use domain::{Day, ItemCode, Moment, Site};

use crate::{Register, Result};

/// Most days with gifts that a pace is taken from.
const DAYS_WITH_GIFTS_MAX: usize = 7;
/// How many days back such days are looked for.
const DAYS_BACK_MAX: u32 = 28;

/// How much of an item was given on how many days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// How much was given on these days, net of what came back on them.
    pub given: u64,
    /// How many days these are: at most seven.
    pub days: u32,
}

impl Pace {
    /// How long a stock lasts, in tenths of a day, rounded down; none where nothing was given.
    pub fn cover_tenths(self, stock: i64) -> Option<i64> {
        let given = i64::try_from(self.given).ok().filter(|given| *given > 0)?;
        Some(stock.max(0).saturating_mul(10 * i64::from(self.days)) / given)
    }

    /// Out of what was given on finished days, the newest first, and on the day still running.
    fn of(finished: &[u64], running: u64) -> Self {
        let mean = |given: &[u64]| Self {
            given: given.iter().sum(),
            days: u32::try_from(given.len()).unwrap_or(u32::MAX),
        };
        let finished = &finished[..finished.len().min(DAYS_WITH_GIFTS_MAX)];
        let without = mean(finished);
        if running == 0 {
            return without;
        }
        let before = mean(&finished[..finished.len().min(DAYS_WITH_GIFTS_MAX - 1)]);
        let with = Self {
            given: before.given + running,
            days: before.days + 1,
        };
        if with.is_faster_than(without) {
            with
        } else {
            without
        }
    }

    fn is_faster_than(self, other: Self) -> bool {
        // Means compared crosswise; nothing at all is slower than anything.
        let cross = |given: u64, days: u32| u128::from(given) * u128::from(days);
        other.days == 0 || cross(self.given, other.days) > cross(other.given, self.days)
    }
}

/// The working days of a site among which those with gifts are looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaceDays {
    bounds: Vec<Moment>,
    running: bool,
}

impl PaceDays {
    /// The days before an instant, the one it is in last.
    pub fn before(site: &Site, until: Moment) -> Self {
        let last = site.day_of(until.plus_ms(-1));
        let closes = site.span_of(last).1;
        let mut days = vec![last];
        while days.len() < DAYS_BACK_MAX as usize
            && let Ok(before) = days[days.len() - 1].0.yesterday()
        {
            days.push(Day(before));
        }
        let opens = days.iter().rev().map(|day| site.span_of(*day).0);
        let bounds = opens.chain([closes]).map(|at| at.min(until));
        Self {
            bounds: bounds.collect(),
            running: until < closes,
        }
    }

    /// The bounds between these days, which go upwards.
    pub fn bounds(&self) -> &[Moment] {
        &self.bounds
    }

    /// The pace of each item out of what was given on each of these days, the oldest first.
    pub fn paces(&self, given: &[BTreeMap<ItemCode, u64>]) -> BTreeMap<ItemCode, Pace> {
        let (finished, running) = match given.split_last() {
            Some((today, before)) if self.running => (before, Some(today)),
            _ => (given, None),
        };
        let mut by_item: BTreeMap<&ItemCode, (Vec<u64>, u64)> = BTreeMap::new();
        for (item, given) in finished.iter().rev().flatten() {
            if *given > 0 {
                by_item.entry(item).or_default().0.push(*given);
            }
        }
        for (item, given) in running.into_iter().flatten() {
            by_item.entry(item).or_default().1 = *given;
        }
        by_item
            .into_iter()
            .map(|(item, (finished, running))| (item.clone(), Pace::of(&finished, running)))
            .collect()
    }
}

impl Register<'_> {
    /// How fast each item goes at a site, before an instant.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn paces(&self, site: &Site, until: Moment) -> Result<BTreeMap<ItemCode, Pace>> {
        let days = PaceDays::before(site, until);
        let given = days
            .bounds()
            .windows(2)
            .map(|day| Ok(self.given(site.id, day[0], day[1])?.into_iter().collect()))
            .collect::<Result<Vec<_>>>()?;
        Ok(days.paces(&given))
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn cover_is_stock_over_the_mean_of_the_days_with_gifts() {
        let pace = Pace {
            given: 300,
            days: 2,
        };
        assert_eq!(pace.cover_tenths(640), Some(42));
        assert_eq!(pace.cover_tenths(0), Some(0));
        assert_eq!(pace.cover_tenths(-3), Some(0));
        assert_eq!(Pace::default().cover_tenths(640), None);
    }

    #[test]
    fn a_running_day_counts_only_where_it_makes_the_pace_faster() {
        let pace = |finished: &[u64], running| {
            let pace = Pace::of(finished, running);
            (pace.given, pace.days)
        };
        assert_eq!(pace(&[100, 200], 0), (300, 2));
        assert_eq!(pace(&[100, 200], 20), (300, 2));
        assert_eq!(pace(&[100, 200], 180), (480, 3));
        assert_eq!(pace(&[], 20), (20, 1));
        assert_eq!(pace(&[], 0), (0, 0));
    }

    #[test]
    fn no_more_than_seven_days_make_a_pace() {
        let finished = [10, 10, 10, 10, 10, 10, 10, 1_000];
        assert_eq!(Pace::of(&finished, 0).days, 7);
        let with_today = Pace::of(&finished, 80);
        assert_eq!((with_today.given, with_today.days), (140, 7));
    }
}
