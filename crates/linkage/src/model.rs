//! What agreement is worth (Fellegi and Sunter, *A Theory for Record Linkage*, J. Am. Stat. Assoc. 64, 1969),
//! among three kinds of pairs: one person twice, two of one family, and any two.
//!
//! Two brothers share mother, family name and commune, and with them most of what tells a person from
//! strangers. Fields do not agree by chance independently of each other, then, but within each of the three
//! kinds they nearly do; so kin are a kind of their own, whose shares are learnt like the others.

use crate::compare::{FIELDS, Field, Glance, LEVELS, Pattern, SEX_BY_NAME, name};
use crate::frequency::{Frequencies, PARTS, Part};
use crate::record::Record;

/// Nothing is so rare that it never happens.
pub(crate) const LEAST: f64 = 1e-7;

/// Of pairs of a kind, the share with each level of each field.
pub type Shares = [[f64; LEVELS]; FIELDS];

/// Parameters of a model.
#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    /// Of pairs of one person (m).
    pub same: Shares,
    /// Of pairs of one family.
    pub kin: Shares,
    /// Of any two records (u).
    pub any: Shares,
    /// How likely any two have the same given and family names, taken together.
    pub names_by_chance: f64,
    /// How likely any two were born in the same year.
    pub year_by_chance: f64,
    /// To how many others a record belongs that are the same person, in the mean.
    pub same_per_record: f64,
    /// The same for people of one family.
    pub kin_per_record: f64,
}

/// What speaks for two records being one person, in bits: positive speaks for it.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Bits {
    /// For one person, against any two.
    pub same: f64,
    /// For one family, against any two.
    pub kin: f64,
}

/// How many pairs of each kind there are among all.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Prior {
    pub same: f64,
    pub kin: f64,
}

/// What people of one family have in common, as one person has with themselves: told twice, with the same
/// mistakes.
pub(crate) const INHERITED: [Field; 2] = [Field::FamilyName, Field::MotherName];
/// On what they agree more often than any two do, and how often has to be learnt.
pub(crate) const FAMILIAR: [Field; 3] = [Field::Birthplace, Field::Phone, Field::Party];
/// On what they agree more often than any two do, and how often cannot be learnt: what looks like twins with
/// other names is one person under two given names, more often.
pub(crate) const BELIEVED: [Field; 1] = [Field::BirthDate];

/// What two agree on by a level, if it matters how many bear it.
pub(crate) const fn borne(field: Field, level: usize) -> Option<Part> {
    const ALIKE: usize = name::ALIKE as usize;
    const EXCHANGED: usize = name::EXCHANGED as usize;
    match (field, level) {
        (Field::GivenNames, EXCHANGED) => Some(Part::Names),
        (Field::GivenNames, ALIKE) => Some(Part::Given),
        (Field::FamilyName, ALIKE) => Some(Part::Family),
        (Field::MotherName, ALIKE) => Some(Part::Mother),
        (Field::Birthplace, 1) => Some(Part::Place),
        (Field::BirthDate, 1..) => Some(Part::Year),
        _ => None,
    }
}

impl Model {
    /// The shares of each kind among all pairs of so many records.
    pub(crate) fn prior(&self, records: usize) -> Prior {
        let others = as_f64(records as u64).max(2.0) - 1.0;
        Prior {
            same: (self.same_per_record / others).clamp(1e-12, 0.5),
            kin: (self.kin_per_record / others).clamp(1e-12, 0.4),
        }
    }
}

/// A model as it is used: what each level of each field is worth.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    levels: [[Bits; LEVELS]; FIELDS],
    /// How likely any two have the same in a part, by whatever name.
    usual: [f64; PARTS],
    /// The most that a name is worth that is not the same as a whole.
    in_part: [f64; FIELDS],
}

impl Weights {
    pub(crate) fn of(model: &Model) -> Self {
        let mut weights = Self {
            levels: [[Bits::default(); LEVELS]; FIELDS],
            usual: [1.0; PARTS],
            in_part: [0.0; FIELDS],
        };
        for field in Field::ALL {
            let is_familiar = INHERITED.contains(&field)
                || FAMILIAR.contains(&field)
                || BELIEVED.contains(&field);
            for level in 0..field.levels().len() {
                let share = |shares: &Shares| shares[field as usize][level].max(LEAST);
                let any = share(&model.any);
                let says_nothing = field == Field::Sex && level == usize::from(SEX_BY_NAME);
                let mut bits = Bits::default();
                if !says_nothing {
                    bits.same = (share(&model.same) / any).log2();
                    if is_familiar {
                        bits.kin = (share(&model.kin) / any).log2();
                    }
                }
                weights.levels[field as usize][level] = bits;
                match borne(field, level) {
                    Some(Part::Names | Part::Year) => {}
                    Some(part) => weights.usual[part as usize] = any,
                    None => {
                        let most = &mut weights.in_part[field as usize];
                        *most = most.max(bits.same);
                    }
                }
            }
        }
        weights.usual[Part::Names as usize] = model.names_by_chance.max(LEAST);
        weights.usual[Part::Year as usize] = model.year_by_chance.max(LEAST);
        weights
    }

    /// What a level is worth before it is known how many bear the name.
    pub(crate) const fn level(&self, field: Field, level: usize) -> Bits {
        self.levels[field as usize][level]
    }

    /// How likely any two have the same in a part, by whatever name.
    pub(crate) const fn usual(&self, part: Part) -> f64 {
        self.usual[part as usize]
    }

    /// What it is worth besides that so few, or so many, have what a record has.
    pub(crate) fn rarity(&self, part: Part, record: &Record, frequencies: &Frequencies) -> f64 {
        let usual = self.usual(part);
        (usual / frequencies.share(part, part.of(record), usual)).log2()
    }

    /// The same of two: of what differs, that of which there is more.
    pub(crate) fn rarity_of_both(
        &self,
        part: Part,
        [one, other]: [&Record; 2],
        frequencies: &Frequencies,
    ) -> f64 {
        let of = |record| self.rarity(part, record, frequencies);
        if part.of(one) == part.of(other) {
            of(one)
        } else {
            of(one).min(of(other))
        }
    }

    /// No more than this can speak for one person, whatever the names that a glance left open are worth.
    pub(crate) fn at_most(&self, glance: &Glance, rarity: impl Fn(Part) -> f64) -> f64 {
        let mut most = self.bits(glance.pattern, rarity).same;
        if glance.names {
            most += self.in_part[Field::GivenNames as usize];
            most += self.in_part[Field::FamilyName as usize];
        }
        if glance.mother {
            most += self.in_part[Field::MotherName as usize];
        }
        most
    }

    /// All fields of a pair taken together; `rarity` is that of what both have in a part, of two that differ that
    /// of which there is more.
    pub(crate) fn bits(&self, pattern: Pattern, rarity: impl Fn(Part) -> f64) -> Bits {
        let mut sum = Bits::default();
        for field in Field::ALL {
            if let Some(level) = pattern.level(field) {
                let weight = self.level(field, level);
                let rarity = borne(field, level).map_or(0.0, &rarity);
                sum.same += weight.same + rarity;
                // Of what is theirs alone, kin agree as any two do: neither level nor rarity counts.
                if weight.kin != 0.0 {
                    sum.kin += weight.kin + rarity;
                }
            }
        }
        sum
    }
}

/// The share of those who bear a name that two agree on, where it was counted.
pub(crate) fn borne_by(
    field: Field,
    level: usize,
    record: &Record,
    frequencies: &Frequencies,
) -> Option<f64> {
    let part =
        borne(field, level).filter(|part| *part != Part::Year && frequencies.tells(*part))?;
    Some(frequencies.share(part, part.of(record), 0.0))
}

impl Prior {
    /// The probability that it is one person.
    pub(crate) fn probability(self, bits: Bits) -> f64 {
        let same = self.same * bits.same.exp2();
        let kin = self.kin * bits.kin.exp2();
        same / (same + kin + self.any().max(0.0))
    }

    /// The share of pairs that are neither.
    pub(crate) const fn any(self) -> f64 {
        1.0 - self.same - self.kin
    }
}

/// The probability behind odds in bits.
pub fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

#[expect(clippy::cast_precision_loss, reason = "far fewer pairs than 2^52")]
pub(crate) const fn as_f64(number: u64) -> f64 {
    number as f64
}
