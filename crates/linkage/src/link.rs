//! All against all: blocks, a model out of the records themselves, and every pair with its probability.

use rayon::prelude::*;

use crate::block::Blocks;
use crate::compare::{Compare, Pattern};
use crate::explain::Explanation;
use crate::frequency::{BELIEVED, Frequencies};
use crate::key::RULES;
use crate::model::{Bits, Model, Weights, as_f64};
use crate::record::{Fields, Records};
use crate::weighing::Weighing;
use crate::{party, recall};

/// What is less probable is forgotten.
pub(crate) const KEPT_LEAST: f64 = 1e-3;
/// The same row more often than this is compared with the first of them only.
const TWINS_MAX: usize = 32;

/// Found by no key, but because the row is the same.
pub(crate) const FOUND_OTHERWISE: u16 = 0;

/// Two records that may be one person.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pair {
    /// The place of one in the order of the records.
    pub one: u32,
    /// The place of the other, behind it.
    pub other: u32,
    /// How probable it is.
    pub probability: f64,
}

/// A pair that was compared and not forgotten.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub one: u32,
    pub other: u32,
    pub same: f32,
    pub kin: f32,
    /// Keys it was found by, a bit each.
    pub rules: u16,
}

impl Kept {
    pub(crate) fn bits(&self) -> Bits {
        Bits {
            same: self.same.into(),
            kin: self.kin.into(),
        }
    }
}

/// Records, and what is needed to link them.
#[derive(Debug, Default)]
pub struct Linkage {
    pub(crate) records: Records,
    pub(crate) frequencies: Frequencies,
}

/// What came of linking.
#[derive(Debug)]
pub struct Linked {
    /// The pairs, the most probable first.
    pub pairs: Vec<Pair>,
    /// The model, with how many there are twice here.
    pub model: Model,
    /// Pairs compared, those that share several keys as often.
    pub compared: u64,
    /// Of the pairs that are one person, the share that was compared at all, estimated; none where too few have
    /// a telephone or a document.
    pub recall_of_keys: Option<f64>,
    /// By each key: its name, and of how many records the block had to be divided.
    pub crowded: Vec<(&'static str, u64)>,
}

/// How far linking has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Learning a model: keys learnt from, of how many.
    Learning(usize, usize),
    /// Comparing: keys gone through, of how many.
    Comparing(usize, usize),
}

impl Linkage {
    /// Takes in a record.
    pub fn add(&mut self, fields: &Fields<'_>) {
        let place = self.records.push(fields);
        self.frequencies
            .add(&self.records.view(place), &self.records.lexicon);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn pattern(&self, one: u32, other: u32) -> Pattern {
        self.compare()
            .pattern(&self.records.view(one), &self.records.view(other))
    }

    pub(crate) const fn compare(&self) -> Compare<'_> {
        Compare {
            lexicon: &self.records.lexicon,
            frequencies: &self.frequencies,
        }
    }

    /// To how many others a record belongs in the mean, where so many pairs were found; a small file is believed
    /// to be as usual.
    pub(crate) fn per_record(&self, pairs: f64, usual: f64) -> f64 {
        BELIEVED.mul_add(usual, 2.0 * pairs) / (as_f64(self.len() as u64) + BELIEVED)
    }

    /// What speaks for two being one person.
    pub(crate) fn bits(&self, weights: &Weights, one: u32, other: u32) -> Bits {
        let both = [one, other].map(|place| self.records.record(place));
        let pattern = self.pattern(one, other);
        weights.bits(pattern, |part| {
            weights.rarity_of_both(part, both, &self.frequencies)
        })
    }

    /// Why a pair has its probability, by the model that was used.
    pub fn explain(&self, model: &Model, pair: &Pair) -> Explanation {
        let explanation = Explanation::of(
            self.pattern(pair.one, pair.other),
            [pair.one, pair.other].map(|place| self.records.record(place)),
            &self.frequencies,
            &Weights::of(model),
            model.prior(self.len()),
        );
        explanation.come_to(pair.probability)
    }

    /// Compares those that share a key, and gives the pairs at least so probable.
    pub fn link(&self, model: &Model, least: f64, told: &(dyn Fn(Stage) + Sync)) -> Linked {
        let mut found = model.clone();
        let mut prior = found.prior(self.len());
        let weighing = Weighing::of(self, model);
        let least_bits = (KEPT_LEAST / prior.same).log2();
        let (aside, twins) = self.twins();
        let is_aside = |place: u32| aside.binary_search(&place).is_ok();
        let mut kept = Vec::new();
        let mut compared = 0;
        let mut crowded = Vec::new();
        for (number, rule) in RULES.iter().enumerate() {
            told(Stage::Comparing(number, RULES.len()));
            let blocks = Blocks::of(rule, &self.records, |place| !is_aside(place));
            compared += blocks.count();
            crowded.push((rule.name, blocks.crowded));
            let likely = blocks.each_pair(|one, other| {
                let bits = weighing.bits_from(least_bits, one, other)?;
                (prior.probability(bits) >= KEPT_LEAST)
                    .then(|| Kept::of(one, other, bits, 1 << number))
            });
            kept = once(kept, likely);
        }
        let twins = twins
            .into_iter()
            .map(|(one, other)| Kept::of(one, other, weighing.bits(one, other), FOUND_OTHERWISE));
        kept = once(kept, twins.collect());
        let recall_of_keys = recall::of_keys(&kept, prior);
        for _ in 0..10 {
            let expected: f64 = kept.iter().map(|pair| prior.probability(pair.bits())).sum();
            let recall = recall_of_keys.unwrap_or(0.95).max(0.5);
            found.same_per_record = self.per_record(expected / recall, model.same_per_record);
            prior = found.prior(self.len());
        }
        let mut pairs = party::pairs(self, &weighing, prior, &kept);
        pairs.retain(|pair| pair.probability >= least);
        pairs.par_sort_unstable_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then((a.one, a.other).cmp(&(b.one, b.other)))
        });
        Linked {
            pairs,
            model: found,
            compared,
            recall_of_keys,
            crowded,
        }
    }

    /// Rows that stand in the file very often, to the letter: those behind the first, and each with the first.
    fn twins(&self) -> (Vec<u32>, Vec<(u32, u32)>) {
        let places = (0..).take(self.len());
        let mut keyed: Vec<(u64, u32)> = places
            .map(|place| (self.records.content(place), place))
            .collect();
        keyed.par_sort_unstable();
        let mut twins = Vec::new();
        for same in keyed.chunk_by(|one, other| one.0 == other.0) {
            if same.len() > TWINS_MAX {
                twins.extend(same[1..].iter().map(|(_, place)| (same[0].1, *place)));
            }
        }
        let mut aside: Vec<u32> = twins.iter().map(|(_, place)| *place).collect();
        aside.sort_unstable();
        (aside, twins)
    }
}

impl Kept {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a ten-millionth of a bit is no evidence"
    )]
    pub(crate) fn of(one: u32, other: u32, bits: Bits, rules: u16) -> Self {
        Self {
            one,
            other,
            same: bits.same as f32,
            kin: bits.kin as f32,
            rules,
        }
    }
}

/// Both together, each pair once, in order.
fn once(mut kept: Vec<Kept>, found: Vec<Kept>) -> Vec<Kept> {
    kept.extend(found);
    kept.par_sort_unstable_by_key(|pair| (pair.one, pair.other));
    kept.dedup_by(|next, first| {
        let is_same = (next.one, next.other) == (first.one, first.other);
        if is_same {
            first.rules |= next.rules;
        }
        is_same
    });
    kept
}
