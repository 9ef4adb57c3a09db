//! Records while a model weighs pairs of them: how rare each one's names are is worked out once, and most pairs
//! are told apart at a glance.

use rayon::prelude::*;

use crate::compare::Glance;
use crate::frequency::{PARTS, Part};
use crate::link::Linkage;
use crate::model::{Bits, Model, Weights};

/// A model at work on records.
pub(crate) struct Weighing<'a> {
    linkage: &'a Linkage,
    weights: Weights,
    /// Of each record and part, what it is worth that so few, or so many, have the same.
    rarities: Vec<[f32; PARTS]>,
}

impl<'a> Weighing<'a> {
    pub(crate) fn of(linkage: &'a Linkage, model: &Model) -> Self {
        let weights = Weights::of(model);
        let records = linkage.records.all().par_iter();
        let rarities = records.map(|record| {
            Part::ALL.map(|part| {
                let rarity = weights.rarity(part, record, &linkage.frequencies);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a millionth of a bit is no evidence"
                )]
                let rarity = rarity as f32;
                rarity
            })
        });
        Self {
            linkage,
            rarities: rarities.collect(),
            weights,
        }
    }

    /// What speaks for two being one person.
    pub(crate) fn bits(&self, one: u32, other: u32) -> Bits {
        let pattern = self.linkage.pattern(one, other);
        self.weights.bits(pattern, self.rarity(one, other))
    }

    /// The same; none where it is less than so much.
    pub(crate) fn bits_from(&self, least: f64, one: u32, other: u32) -> Option<Bits> {
        let records = &self.linkage.records;
        let glance = Glance::of(records.record(one), records.record(other));
        if self.weights.at_most(&glance, self.rarity(one, other)) < least {
            return None;
        }
        let (first, second) = (records.view(one), records.view(other));
        let pattern = self.linkage.compare().look(&glance, &first, &second);
        let bits = self.weights.bits(pattern, self.rarity(one, other));
        Some(bits).filter(|bits| bits.same >= least)
    }

    fn rarity(&self, one: u32, other: u32) -> impl Fn(Part) -> f64 {
        let (a, b) = (&self.rarities[one as usize], &self.rarities[other as usize]);
        |part| f64::from(a[part as usize].min(b[part as usize]))
    }
}
