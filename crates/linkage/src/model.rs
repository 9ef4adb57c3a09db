//! What agreement is worth (Fellegi and Sunter, *A Theory for Record Linkage*, J. Am. Stat. Assoc. 64, 1969):
//! how often each level of each field is found among pairs that are the same person (m) and among any two (u),
//! and how often two are the same at all.

use std::collections::HashMap;

use crate::compare::{FIELDS, LEVELS, Pattern};

/// So many rounds of estimation; it stands still long before.
const ROUNDS: usize = 30;
/// Nothing is so rare that it never happens.
const LEAST: f64 = 1e-7;

type Shares = [[f64; LEVELS]; FIELDS];

/// Parameters of a model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Of pairs of one person, the share with each level.
    pub m: Shares,
    /// Of any two records, the share with each level.
    pub u: Shares,
    /// Of any two records, the share that is one person.
    pub prior: f64,
}

/// How often each pattern was seen.
pub type Patterns = HashMap<Pattern, u64>;

impl Model {
    /// A model to begin with: levels of agreement are likely for one person; u out of any two records.
    pub(crate) fn beginning(random: &Patterns, prior: f64) -> Self {
        let mut u = [[0.5; LEVELS]; FIELDS];
        for (pattern, times) in random {
            for (field, shares) in u.iter_mut().enumerate() {
                if let Some(level) = pattern.level(field) {
                    shares[level] += as_f64(*times);
                }
            }
        }
        u.iter_mut().for_each(to_shares);
        let mut m = [[0.0; LEVELS]; FIELDS];
        for shares in &mut m {
            let mut weight = 1.0;
            for share in shares.iter_mut() {
                *share = weight;
                weight *= 2.0;
            }
            to_shares(shares);
        }
        Self { m, u, prior }
    }

    /// The weight of a level, in bits: positive speaks for one person.
    pub fn weight(&self, field: usize, level: usize) -> f64 {
        (self.m[field][level].max(LEAST) / self.u[field][level].max(LEAST)).log2()
    }

    /// The weight of a pattern without the prior, of fields that count.
    pub(crate) fn sum(&self, pattern: Pattern, counts: impl Fn(usize) -> bool) -> f64 {
        let fields = (0..FIELDS).filter(|field| counts(*field));
        let weights = fields.filter_map(|field| Some(self.weight(field, pattern.level(field)?)));
        weights.sum()
    }

    /// Estimates m by expectation-maximisation (Winkler) over pairs that share a key, u held as it is: of the
    /// fields in the key nothing is learnt, because all pairs agree on them. Gives the shares learnt and how
    /// many pairs they are out of.
    pub(crate) fn learn(&self, seen: Patterns, in_key: &[usize]) -> (Shares, f64) {
        // In one order, so that sums of fractions are the same every time.
        let mut seen: Vec<(Pattern, u64)> = seen.into_iter().collect();
        seen.sort_unstable();
        let mut model = self.clone();
        let mut share: f64 = 0.2;
        let counts = |field: usize| !in_key.contains(&field);
        let mut same = 0.0;
        for _ in 0..ROUNDS {
            let mut sums = [[0.1; LEVELS]; FIELDS];
            same = 0.0;
            let mut all = 0.0;
            for (pattern, times) in &seen {
                let odds = model.sum(*pattern, counts) + (share / (1.0 - share)).log2();
                let expected = probability(odds) * as_f64(*times);
                same += expected;
                all += as_f64(*times);
                for (field, sums) in sums.iter_mut().enumerate() {
                    if let Some(level) = pattern.level(field) {
                        sums[level] += expected;
                    }
                }
            }
            sums.iter_mut().for_each(to_shares);
            model.m = sums;
            share = (same / all.max(1.0)).clamp(1e-6, 1.0 - 1e-6);
        }
        (model.m, same)
    }
}

/// The probability behind odds in bits.
pub fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

fn to_shares(counts: &mut [f64; LEVELS]) {
    let sum: f64 = counts.iter().sum();
    for count in counts {
        *count /= sum;
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer pairs than 2^52")]
pub(crate) const fn as_f64(number: u64) -> f64 {
    number as f64
}
