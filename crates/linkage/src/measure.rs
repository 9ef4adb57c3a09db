//! How well pairs were found, where it is known who is who.

use std::collections::HashMap;

use crate::link::Pair;

/// Pairs found, against those there are.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Quality {
    /// Pairs that are one person.
    pub real: u64,
    /// Pairs said to be.
    pub said: u64,
    /// Of those said, how many are.
    pub right: u64,
    /// From which probability on pairs are said to be one person.
    pub threshold: f64,
}

impl Quality {
    /// Of the pairs said, the share that is right; 1 where none was said.
    pub fn precision(&self) -> f64 {
        share(self.right, self.said)
    }

    /// Of the pairs there are, the share that was said; 1 where there are none.
    pub fn recall(&self) -> f64 {
        share(self.right, self.real)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.said + self.real)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        1.0
    } else {
        crate::model::as_f64(part) / crate::model::as_f64(whole)
    }
}

/// The quality at a threshold, and where F1 is best. `truth` says of each record who it is; none where that is
/// not known, and such records are left out of account. Pairs are in the order that
/// [`crate::Linkage::link`] gives.
pub fn quality<T: Eq + std::hash::Hash>(
    pairs: &[Pair],
    truth: &[Option<T>],
    threshold: f64,
) -> (Quality, Quality) {
    let mut many: HashMap<&T, u64> = HashMap::new();
    for who in truth.iter().flatten() {
        *many.entry(who).or_default() += 1;
    }
    let real = many.values().map(|many| many * (many - 1) / 2).sum();
    let nothing = Quality {
        real,
        threshold,
        ..Quality::default()
    };
    let (mut at, mut best, mut so_far) = (nothing, nothing, nothing);
    for pair in pairs {
        let (one, other) = (&truth[pair.one as usize], &truth[pair.other as usize]);
        let (Some(one), Some(other)) = (one, other) else {
            continue;
        };
        so_far.said += 1;
        so_far.right += u64::from(one == other);
        so_far.threshold = pair.probability;
        if pair.probability >= threshold {
            at = Quality {
                threshold,
                ..so_far
            };
        }
        if so_far.f1() > best.f1() || best.said == 0 {
            best = so_far;
        }
    }
    (at, best)
}

/// Pairs said to be about so probable, and how many of them are one person.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Calibration {
    /// How probable they were said to be, in the mean.
    pub said: f64,
    /// The share that is.
    pub is: f64,
    /// How many pairs.
    pub pairs: u64,
}

/// What is said to be 90 % likely should be true nine times in ten: the pairs in ten equal steps of probability,
/// steps without pairs left out. Records of whom it is not known who they are are left out of account.
pub fn calibration<T: Eq>(pairs: &[Pair], truth: &[Option<T>]) -> Vec<Calibration> {
    let mut steps = [(0.0, 0_u64, 0_u64); 10];
    for pair in pairs {
        let (one, other) = (&truth[pair.one as usize], &truth[pair.other as usize]);
        if let (Some(one), Some(other)) = (one, other) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 10"
            )]
            let step = &mut steps[((pair.probability * 10.0) as usize).min(9)];
            step.0 += pair.probability;
            step.1 += 1;
            step.2 += u64::from(one == other);
        }
    }
    let filled = steps.into_iter().filter(|(_, pairs, _)| *pairs > 0);
    let curve = filled.map(|(said, pairs, right)| Calibration {
        said: said / crate::model::as_f64(pairs),
        is: share(right, pairs),
        pairs,
    });
    curve.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_counts_what_was_said_and_what_there_is() {
        let pair = |one, other, probability| Pair {
            one,
            other,
            probability,
        };
        let pairs = [
            pair(0, 1, 0.9),
            pair(0, 2, 0.6),
            pair(1, 2, 0.4),
            pair(2, 3, 0.3),
        ];
        let truth = [Some("a"), Some("a"), Some("a"), Some("b"), None];
        let (at, best) = quality(&pairs, &truth, 0.5);
        assert_eq!((at.real, at.said, at.right), (3, 2, 2));
        assert_eq!((best.said, best.right, best.threshold), (3, 3, 0.4));
        assert!((at.f1() - 0.8).abs() < 1e-12 && (best.f1() - 1.0).abs() < 1e-12);
        let (none, _) = quality::<&str>(&[], &[], 0.5);
        assert!((none.precision() - 1.0).abs() < 1e-12);
    }
}
