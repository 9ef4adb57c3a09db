//! Why two are thought to be one person: from what is known before anything is compared, field by field, to the
//! probability. In bits, as people read them in a waterfall: each bit up makes it twice as likely.

use crate::compare::{Field, Pattern};
use crate::frequency::{Frequencies, Part};
use crate::model::{Prior, Weights, borne, borne_by, probability};
use crate::record::Record;

/// What one field says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reason {
    /// The field.
    pub field: Field,
    /// Its level, as [`Field::levels`] calls it.
    pub level: &'static str,
    /// What that is worth, in bits: positive speaks for one person.
    pub bits: f64,
    /// How many bear the name, as a share of all, where that was counted.
    pub borne_by: Option<f64>,
}

/// Why a pair has its probability. Its parts add up to the logarithm of the odds.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// Before anything is compared: so few of all pairs are one person.
    pub before: f64,
    /// What each field says, in their order; what is not known says nothing and is not there.
    pub reasons: Vec<Reason>,
    /// That brothers and sisters have much of it in common; never positive.
    pub family: f64,
    /// That others of both parties are, or are not, the same.
    pub together: f64,
}

impl Explanation {
    pub(crate) fn of(
        pattern: Pattern,
        records: [&Record; 2],
        frequencies: &Frequencies,
        weights: &Weights,
        prior: Prior,
    ) -> Self {
        let rarity = |part: Part| weights.rarity_of_both(part, records, frequencies);
        let reasons = Field::ALL.into_iter().filter_map(|field| {
            let level = pattern.level(field)?;
            let rarity = borne(field, level).map_or(0.0, rarity);
            Some(Reason {
                field,
                level: field.levels()[level],
                bits: weights.level(field, level).same + rarity,
                borne_by: borne_by(field, level, records[0], frequencies),
            })
        });
        let bits = weights.bits(pattern, rarity);
        Self {
            before: (prior.same / prior.any()).log2(),
            reasons: reasons.collect(),
            family: -(prior.kin / prior.any())
                .mul_add(bits.kin.exp2(), 1.0)
                .log2(),
            together: 0.0,
        }
    }

    /// The same, where others of both parties made it so probable.
    #[must_use]
    pub(crate) fn come_to(mut self, probability: f64) -> Self {
        let odds = probability / (1.0 - probability).max(f64::EPSILON);
        self.together = odds.max(f64::MIN_POSITIVE).log2() - self.sum();
        self
    }

    fn sum(&self) -> f64 {
        self.before + self.reasons.iter().map(|reason| reason.bits).sum::<f64>() + self.family
    }

    /// The probability it adds up to.
    pub fn probability(&self) -> f64 {
        probability(self.sum() + self.together)
    }
}
