//! Whole numbers between two bounds, the upper of which may be missing.

use serde::Serialize;

/// From `low` to `high`, both possible; without `high` there is no end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Interval {
    /// The least it can be.
    pub low: i64,
    /// The most it can be.
    pub high: Option<i64>,
}

impl Interval {
    /// Anything that can be counted.
    pub const ANY: Self = Self { low: 0, high: None };

    /// Between two numbers.
    pub const fn new(low: i64, high: i64) -> Self {
        Self {
            low,
            high: Some(high),
        }
    }

    /// This number alone.
    pub const fn exactly(number: i64) -> Self {
        Self::new(number, number)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.high.is_some_and(|high| high < self.low)
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let high = match (self.high, other.high) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self {
            low: self.low.max(other.low),
            high,
        }
    }

    /// Sums of one of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let high = self.high.zip(other.high);
        Self {
            low: self.low.saturating_add(other.low),
            high: high.map(|(one, two)| one.saturating_add(two)),
        }
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        Self {
            low: self.low.saturating_mul(factor),
            high: self.high.map(|high| high.saturating_mul(factor)),
        }
    }

    /// What is left of one after one of the other, never less than nothing.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let low = match other.high {
            Some(high) => self.low.saturating_sub(high).max(0),
            None => 0,
        };
        Self {
            low,
            high: self.high.map(|high| high.saturating_sub(other.low)),
        }
    }

    /// Wider by so much on both sides.
    #[must_use]
    pub fn widened(self, by: i64) -> Self {
        Self {
            low: self.low.saturating_sub(by).max(0),
            high: self.high.map(|high| high.saturating_add(by)),
        }
    }
}
