//! A model out of the records themselves, without anybody saying who is who: how any two agree out of pairs
//! drawn at random, how one person and one family agree by expectation-maximisation (Dempster, Laird and Rubin,
//! 1977; for linkage Winkler, 1988) over pairs that share a key.

use std::collections::HashMap;

use crate::compare::{FIELDS, Field, LEVELS, Pattern};
use crate::model::{self, FAMILIAR, INHERITED, LEAST, Model, Shares, as_f64};

/// So many rounds of estimation; it stands still long before.
const ROUNDS: usize = 40;
/// So many pairs are believed to be as in the model begun with, before any is seen.
const BELIEVED: f64 = 20.0;

/// How often each pattern was seen.
pub(crate) type Patterns = HashMap<Pattern, u64>;

/// What a key taught.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    /// Fields in the key: nothing is learnt of them, because all pairs agree on them.
    pub fields: &'static [Field],
    pub same: Shares,
    pub kin: Shares,
    /// Pairs of one person, expected.
    pub same_pairs: f64,
    /// Pairs of one family, expected.
    pub kin_pairs: f64,
}

/// How any two agree.
pub(crate) fn any_two(random: &Patterns, before: &Shares) -> Shares {
    // Whole numbers first: sums of fractions depend on the order.
    let mut counts = [[0_u64; LEVELS]; FIELDS];
    for (pattern, times) in random {
        for field in Field::ALL {
            if let Some(level) = pattern.level(field) {
                counts[field as usize][level] += times;
            }
        }
    }
    let mut shares = believed(before);
    for (shares, counts) in shares.iter_mut().zip(&counts) {
        for (share, count) in shares.iter_mut().zip(counts) {
            *share += as_f64(*count);
        }
        to_shares(shares);
    }
    shares
}

/// Estimates how one person and how one family agree, over pairs that share a key; how any two do is held as
/// it is.
pub(crate) fn lesson(begin: &Model, seen: Patterns, fields: &'static [Field]) -> Lesson {
    // In one order, so that sums of fractions are the same every time.
    let mut seen: Vec<(Pattern, f64)> = seen
        .into_iter()
        .map(|(pattern, times)| (pattern, as_f64(times)))
        .collect();
    seen.sort_unstable_by_key(|(pattern, _)| *pattern);
    let mut model = begin.clone();
    // A document is one person's.
    let kin_most = if fields == [Field::Document] {
        0.0
    } else {
        0.99
    };
    let (mut same_share, mut kin_share) = (0.25, f64::min(0.25, kin_most));
    let (mut same_pairs, mut kin_pairs) = (0.0, 0.0);
    let all: f64 = seen.iter().map(|(_, times)| times).sum();
    for _ in 0..ROUNDS {
        let mut same = believed(&begin.same);
        let mut kin = believed(&begin.kin);
        (same_pairs, kin_pairs) = (0.0, 0.0);
        let ratios = Ratios::of(&model, fields);
        for (pattern, times) in &seen {
            let (of_same, of_kin) = ratios.likelihoods(*pattern);
            let (one, family) = (same_share * of_same, kin_share * of_kin);
            let whole = one + family + (1.0 - same_share - kin_share);
            let (one, family) = (times * one / whole, times * family / whole);
            same_pairs += one;
            kin_pairs += family;
            for field in Field::ALL {
                if let Some(level) = pattern.level(field) {
                    same[field as usize][level] += one;
                    kin[field as usize][level] += family;
                }
            }
        }
        for field in INHERITED {
            for (one, of_kin) in same[field as usize].iter_mut().zip(kin[field as usize]) {
                *one += of_kin;
            }
        }
        same.iter_mut().for_each(to_shares);
        kin.iter_mut().for_each(to_shares);
        for field in Field::ALL
            .into_iter()
            .filter(|field| !FAMILIAR.contains(field))
        {
            let like = if INHERITED.contains(&field) {
                &same
            } else if model::BELIEVED.contains(&field) {
                &begin.kin
            } else {
                &model.any
            };
            kin[field as usize] = like[field as usize];
        }
        (model.same, model.kin) = (same, kin);
        same_share = (same_pairs / all.max(1.0)).clamp(1e-6, 0.98);
        kin_share = (kin_pairs / all.max(1.0)).clamp(0.0, f64::min(kin_most, 0.99 - same_share));
    }
    Lesson {
        fields,
        same: model.same,
        kin: model.kin,
        same_pairs,
        kin_pairs,
    }
}

/// Each field as it is in the mean over the keys it is in none of, by the pairs behind it.
pub(crate) fn together<'a>(
    lessons: &(impl Iterator<Item = &'a Lesson> + Clone),
    before: &Shares,
    of: impl Fn(&Lesson) -> (&Shares, f64),
) -> Shares {
    let mut shares = *before;
    for field in Field::ALL {
        let elsewhere = lessons.clone().filter(|one| !one.fields.contains(&field));
        let weighed: Vec<_> = elsewhere.map(&of).collect();
        let weight: f64 = weighed.iter().map(|(_, pairs)| pairs).sum();
        if weight < 1.0 {
            continue;
        }
        for (level, share) in shares[field as usize].iter_mut().enumerate() {
            let sum = weighed
                .iter()
                .map(|(shares, pairs)| shares[field as usize][level] * pairs);
            *share = sum.sum::<f64>() / weight;
        }
    }
    shares
}

/// Likelihoods against any two, of fields that are not in a key.
struct Ratios {
    same: Shares,
    kin: Shares,
    fields: Vec<Field>,
}

impl Ratios {
    fn of(model: &Model, key: &[Field]) -> Self {
        let against = |shares: &Shares| {
            let mut ratio = [[1.0; LEVELS]; FIELDS];
            for field in Field::ALL {
                for level in 0..field.levels().len() {
                    let (one, any) = (
                        shares[field as usize][level],
                        model.any[field as usize][level],
                    );
                    ratio[field as usize][level] = one.max(LEAST) / any.max(LEAST);
                }
            }
            ratio
        };
        Self {
            same: against(&model.same),
            kin: against(&model.kin),
            fields: Field::ALL
                .into_iter()
                .filter(|field| !key.contains(field))
                .collect(),
        }
    }

    fn likelihoods(&self, pattern: Pattern) -> (f64, f64) {
        let mut both = (1.0, 1.0);
        for field in &self.fields {
            if let Some(level) = pattern.level(*field) {
                both.0 *= self.same[*field as usize][level];
                both.1 *= self.kin[*field as usize][level];
            }
        }
        both
    }
}

fn believed(shares: &Shares) -> Shares {
    shares.map(|of_field| of_field.map(|share| share * BELIEVED))
}

pub(crate) fn to_shares(counts: &mut [f64; LEVELS]) {
    let sum: f64 = counts.iter().sum();
    if sum > 0.0 {
        for count in counts {
            *count /= sum;
        }
    }
}
