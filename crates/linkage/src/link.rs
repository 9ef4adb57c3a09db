//! All against all: blocks, a model out of the records themselves, and every pair with its probability.

use std::collections::HashSet;

use crate::block::{BLOCK_MAX, RULES};
use crate::compare::{FAMILY, GIVEN, Pattern, compare};
use crate::model::{Model, Patterns, as_f64, probability};
use crate::record::{Fields, Reader, Ready, Words};

/// Pairs drawn at random, out of which it is learnt how often any two agree.
const RANDOM_PAIRS: u64 = 1_000_000;

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

/// Records, and what is needed to link them.
#[derive(Debug, Default)]
pub struct Linkage {
    reader: Reader,
    records: Vec<Ready>,
}

/// What came of linking.
#[derive(Debug)]
pub struct Linked {
    /// The pairs, the most probable first.
    pub pairs: Vec<Pair>,
    /// The model.
    pub model: Model,
    /// Pairs compared.
    pub compared: u64,
    /// By each key: its name, and how many records it left out, because too many have the same.
    pub crowded: Vec<(&'static str, u64)>,
}

impl Linkage {
    /// Takes in a record.
    pub fn add(&mut self, fields: &Fields<'_>) {
        let ready = self.reader.read(fields);
        self.records.push(ready);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Learns a model from these records, compares those that share a key, and gives the pairs at least so
    /// probable.
    pub fn link(&self, least: f64) -> Linked {
        let keys: Vec<Vec<u64>> = RULES
            .iter()
            .map(|rule| self.records.iter().map(|one| (rule.key)(one)).collect())
            .collect();
        let blocks: Vec<Blocks> = keys.iter().map(|keys| Blocks::of(keys)).collect();
        let model = self.learn(&blocks);
        let mut pairs = Vec::new();
        let mut compared = 0;
        for (number, of_rule) in blocks.iter().enumerate() {
            for (one, other) in of_rule.pairs() {
                // Who shares an earlier key was compared by that.
                let earlier = (0..number).any(|before| {
                    let key = keys[before][one as usize];
                    key != 0
                        && key == keys[before][other as usize]
                        && !blocks[before].is_crowded(key)
                });
                if earlier {
                    continue;
                }
                compared += 1;
                let probability = self.probability(&model, one, other);
                if probability >= least {
                    let (one, other) = (one.min(other), one.max(other));
                    pairs.push(Pair {
                        one,
                        other,
                        probability,
                    });
                }
            }
        }
        pairs.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then((a.one, a.other).cmp(&(b.one, b.other)))
        });
        let crowded = RULES.iter().zip(&blocks);
        let crowded = crowded
            .map(|(rule, blocks)| (rule.name, blocks.crowded_records))
            .collect();
        Linked {
            pairs,
            model,
            compared,
            crowded,
        }
    }

    fn pattern(&self, one: u32, other: u32) -> Pattern {
        let (one, other) = (&self.records[one as usize], &self.records[other as usize]);
        compare(one, other, &self.reader.words, &self.reader.documents)
    }

    /// The probability that two are one person; agreement on a frequent name is worth less.
    fn probability(&self, model: &Model, one: u32, other: u32) -> f64 {
        let pattern = self.pattern(one, other);
        let ready = &self.records[one as usize];
        let rarity = |field: usize, words: &Words, whole: u32| {
            pattern
                .level(field)
                .filter(|level| (3..5).contains(level))?;
            let all = as_f64(self.records.len() as u64).max(1.0);
            let share = f64::from(words.times(whole)).max(1.0) / all;
            // Of all who agree on this field by chance, those who agree on this very name.
            let usual = model.u[field][3] + model.u[field][4];
            Some((usual / share).log2())
        };
        let rare = rarity(GIVEN, &self.reader.givens, ready.given.whole).unwrap_or(0.0)
            + rarity(FAMILY, &self.reader.families, ready.family.whole).unwrap_or(0.0);
        let prior = (model.prior / (1.0 - model.prior)).log2();
        probability(prior + model.sum(pattern, |_| true) + rare)
    }

    fn learn(&self, blocks: &[Blocks]) -> Model {
        let random = self.random_patterns();
        let count = as_f64(self.records.len() as u64);
        let all_pairs = (count * (count - 1.0) / 2.0).max(1.0);
        let mut model = Model::beginning(&random, 1.0 / count.max(2.0));
        let mut learnt = Vec::new();
        let mut most_same: f64 = 0.0;
        for (rule, of_rule) in RULES.iter().zip(blocks).filter(|(rule, _)| rule.teaches) {
            let mut seen = Patterns::new();
            for (one, other) in of_rule.pairs() {
                *seen.entry(self.pattern(one, other)).or_default() += 1;
            }
            if seen.is_empty() {
                continue;
            }
            let (m, same) = model.learn(seen, rule.fields);
            most_same = most_same.max(same);
            learnt.push((rule.fields, m, same));
        }
        // Each field's m is the mean over the keys it is in none of, by the pairs behind it.
        for field in 0..model.m.len() {
            let of_field = learnt
                .iter()
                .filter(|(fields, ..)| !fields.contains(&field));
            let weight: f64 = of_field.clone().map(|(.., same)| same).sum();
            if weight > 0.0 {
                for level in 0..model.m[field].len() {
                    let sum: f64 = of_field
                        .clone()
                        .map(|(_, m, same)| m[field][level] * same)
                        .sum();
                    model.m[field][level] = sum / weight;
                }
            }
        }
        model.prior = (most_same / all_pairs).clamp(1e-12, 0.5);
        model
    }

    /// Any two records, drawn the same way every time.
    fn random_patterns(&self) -> Patterns {
        let mut seen = Patterns::new();
        let many = self.records.len() as u64;
        if many < 2 {
            return seen;
        }
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut draw = || {
            // SplitMix64 (Steele, Lea and Flood, 2014).
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut bits = state;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            u32::try_from((bits ^ (bits >> 31)) % many).unwrap_or(0)
        };
        for _ in 0..RANDOM_PAIRS.min(many.saturating_mul(many)) {
            let (one, other) = (draw(), draw());
            if one != other {
                *seen.entry(self.pattern(one, other)).or_default() += 1;
            }
        }
        seen
    }
}

/// Records by key.
#[derive(Debug)]
struct Blocks {
    /// Records in the order of their keys.
    order: Vec<u32>,
    /// Where each block of two or more, and not of too many, begins and ends.
    bounds: Vec<(usize, usize)>,
    crowded: HashSet<u64>,
    crowded_records: u64,
}

impl Blocks {
    fn of(keys: &[u64]) -> Self {
        let mut order: Vec<u32> = (0_u32..)
            .zip(keys)
            .filter(|(_, key)| **key != 0)
            .map(|(at, _)| at)
            .collect();
        order.sort_unstable_by_key(|at| (keys[*at as usize], *at));
        let mut blocks = Self {
            order,
            bounds: Vec::new(),
            crowded: HashSet::new(),
            crowded_records: 0,
        };
        let mut from = 0;
        while from < blocks.order.len() {
            let key = keys[blocks.order[from] as usize];
            let many = blocks.order[from..]
                .iter()
                .take_while(|at| keys[**at as usize] == key)
                .count();
            if many > BLOCK_MAX {
                blocks.crowded.insert(key);
                blocks.crowded_records += many as u64;
            } else if many > 1 {
                blocks.bounds.push((from, from + many));
            }
            from += many;
        }
        blocks
    }

    /// Every two records of one block.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        let blocks = self.bounds.iter();
        let blocks = blocks.map(|(from, to)| &self.order[*from..*to]);
        blocks.flat_map(|block| {
            let each = block.iter().enumerate();
            each.flat_map(|(at, one)| block[at + 1..].iter().map(|other| (*one, *other)))
        })
    }

    fn is_crowded(&self, key: u64) -> bool {
        self.crowded.contains(&key)
    }
}
