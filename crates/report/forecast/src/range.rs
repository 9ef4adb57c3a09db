//! A number that is not known: the least it may well be, what is likely, the most.

use serde::Serialize;

/// Low, likely, high.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Range {
    /// It may well be as little as this.
    pub low: f64,
    /// What is likely.
    pub likely: f64,
    /// It may well be as much as this.
    pub high: f64,
}

impl Range {
    /// A number that is known.
    pub const fn exactly(number: f64) -> Self {
        Self {
            low: number,
            likely: number,
            high: number,
        }
    }

    /// The lower quartile, the median and the upper quartile of what was seen; none of nothing.
    pub fn of_sample(sample: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = sample
            .iter()
            .copied()
            .filter(|one| one.is_finite())
            .collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let quartile = |quarters: usize| sorted[(last * quarters + 2) / 4];
        Some(Self {
            low: quartile(1),
            likely: quartile(2),
            high: quartile(3),
        })
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            low: self.low * factor,
            likely: self.likely * factor,
            high: self.high * factor,
        }
    }
}

/// What share of people came, out of those announced and those who came, movement by movement: from a
/// movement with few to one with many. Without any, everybody who is announced comes.
pub fn share(seen: &[(u32, u32)]) -> Range {
    let of_one = |(announced, came): &(u32, u32)| {
        (*announced > 0).then(|| f64::from(*came) / f64::from(*announced))
    };
    let sample: Vec<f64> = seen.iter().filter_map(of_one).collect();
    Range::of_sample(&sample).unwrap_or(Range::exactly(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_of_what_was_seen() {
        let range = Range::of_sample(&[9.0, 1.0, 5.0, 3.0, 7.0]).unwrap();
        assert_eq!((range.low, range.likely, range.high), (3.0, 5.0, 7.0));
        assert_eq!(Range::of_sample(&[]), None);
        assert_eq!(Range::of_sample(&[f64::NAN]), None);
        assert_eq!(share(&[(0, 5)]), Range::exactly(1.0));
    }
}
