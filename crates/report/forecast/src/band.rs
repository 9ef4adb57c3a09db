//! A number that is not known exactly: least, likely, most. And what a share seen so far says of the
//! share to come.

use serde::Serialize;

/// A two-sided normal quantile: nine times in ten the true share lies within.
const Z: f64 = 1.645;

/// A number with what it may be at least and at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Band {
    /// At least this, if everything falls low.
    pub low: u64,
    /// This, if it goes on as so far.
    pub likely: u64,
    /// At most this, if everything falls high.
    pub high: u64,
}

impl Band {
    /// A number known exactly.
    pub const fn exact(number: u64) -> Self {
        Self {
            low: number,
            likely: number,
            high: number,
        }
    }

    /// Whether its ends are on their sides.
    pub const fn is_ordered(self) -> bool {
        self.low <= self.likely && self.likely <= self.high
    }

    /// The sum, end by end.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            likely: self.likely.saturating_add(other.likely),
            high: self.high.saturating_add(other.high),
        }
    }

    /// So many thousandths of it, end by end; the lower end rounded down, the others up.
    #[must_use]
    pub const fn permille(self, share: Self) -> Self {
        Self {
            low: self.low.saturating_mul(share.low) / 1000,
            likely: self.likely.saturating_mul(share.likely).div_ceil(1000),
            high: self.high.saturating_mul(share.high).div_ceil(1000),
        }
    }
}

/// The share behind `hits` among `tried`, in thousandths: as seen, between the ends of Wilson's score
/// interval at nine in ten (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212). None without trials.
/// More hits than trials count as all of them.
pub fn wilson(hits: u32, tried: u32) -> Option<Band> {
    if tried == 0 {
        return None;
    }
    let (n, share) = (
        f64::from(tried),
        f64::from(hits.min(tried)) / f64::from(tried),
    );
    let centre = share + Z * Z / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    let likely = thousandths(share.mul_add(1000.0, 0.0).round());
    Some(Band {
        low: thousandths(((centre - reach) / scale * 1000.0).floor()).min(likely),
        likely,
        high: thousandths(((centre + reach) / scale * 1000.0).ceil()).max(likely),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held between 0 and 1000 first"
)]
fn thousandths(share: f64) -> u64 {
    share.clamp(0.0, 1000.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_seen_often_is_known_better_than_one_seen_rarely() {
        let few = wilson(1, 10).expect("there were trials");
        let many = wilson(100, 1_000).expect("there were trials");
        assert_eq!((few.likely, many.likely), (100, 100));
        assert!(few.low < many.low && many.high < few.high);
        assert_eq!(wilson(0, 0), None);
        assert_eq!(
            wilson(0, 50).map(|none| (none.low, none.likely)),
            Some((0, 0))
        );
    }

    #[test]
    fn wilson_agrees_with_a_value_worked_by_hand() {
        // 10 of 100 with z = 1.645: centre 0.1135, scale 1.02706, reach 0.05115.
        assert_eq!(
            wilson(10, 100),
            Some(Band {
                low: 60,
                likely: 100,
                high: 161
            })
        );
    }
}
