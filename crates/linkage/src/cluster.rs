//! Pairs put together to people. A chain, A like B and B like C, is no person: two groups become one only if all
//! pairs between them, taken together, speak for it.

use std::collections::HashMap;
use std::hash::Hash;

use crate::link::{Linkage, Linked};
use crate::measure::Quality;
use crate::model::Weights;

/// From here on a pair is thought to be one person.
pub const LIKELY: f64 = 0.5;
/// No pair alone outweighs what all others say: more bits are not counted.
const BITS_MAX: f64 = 20.0;
/// So many pairs between two groups are looked at.
const CROSS_MAX: usize = 64;

/// Records by person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clusters {
    /// Of each record, the first record of the same person.
    first: Vec<u32>,
    /// Pairs that were likely, and not followed, because others spoke against it.
    pub refused: u64,
}

impl Clusters {
    /// Puts likely pairs together, the most probable first.
    pub fn of(linkage: &Linkage, linked: &Linked) -> Self {
        let weights = Weights::of(&linked.model);
        let prior = linked.model.prior(linkage.len());
        let known: HashMap<(u32, u32), f64> = linked
            .pairs
            .iter()
            .map(|pair| ((pair.one, pair.other), pair.probability))
            .collect();
        let bits = |one: u32, other: u32| {
            let pair = (one.min(other), one.max(other));
            let probability = known
                .get(&pair)
                .copied()
                .unwrap_or_else(|| prior.probability(linkage.bits(&weights, pair.0, pair.1)));
            (probability / (1.0 - probability).max(1e-9))
                .max(1e-9)
                .log2()
                .clamp(-BITS_MAX, BITS_MAX)
        };
        let mut groups = Groups::new(linkage.len());
        let mut refused = 0;
        for pair in linked
            .pairs
            .iter()
            .take_while(|pair| pair.probability >= LIKELY)
        {
            let (one, other) = (groups.first(pair.one), groups.first(pair.other));
            if one == other {
                continue;
            }
            let (a, b) = (groups.members(&one), groups.members(&other));
            let cross = a
                .iter()
                .flat_map(|one| b.iter().map(move |other| (*one, *other)));
            // The pair itself is among them unless there are very many.
            let sum: f64 = cross
                .take(CROSS_MAX)
                .map(|(one, other)| bits(one, other))
                .sum();
            if sum > 0.0 {
                groups.join(one, other);
            } else {
                refused += 1;
            }
        }
        Self {
            first: groups.into_first(),
            refused,
        }
    }

    /// The first record of the same person; itself, where there is no other before it.
    pub fn person(&self, record: u32) -> u32 {
        self.first[record as usize]
    }

    /// How many records each person has, by their first record.
    pub fn sizes(&self) -> HashMap<u32, u32> {
        let mut sizes = HashMap::new();
        for first in &self.first {
            *sizes.entry(*first).or_default() += 1;
        }
        sizes
    }

    /// How right it is to put records together so, where it is known who is who, by pairs of records. Records of
    /// whom it is not known are left out of account.
    pub fn quality<T: Eq + Hash>(&self, truth: &[Option<T>]) -> Quality {
        let mut said: HashMap<u32, u64> = HashMap::new();
        let mut real: HashMap<&T, u64> = HashMap::new();
        let mut right: HashMap<(u32, &T), u64> = HashMap::new();
        for (person, who) in self.first.iter().zip(truth) {
            if let Some(who) = who {
                *said.entry(*person).or_default() += 1;
                *real.entry(who).or_default() += 1;
                *right.entry((*person, who)).or_default() += 1;
            }
        }
        let pairs = |many: &u64| many * (many - 1) / 2;
        Quality {
            real: real.values().map(pairs).sum(),
            said: said.values().map(pairs).sum(),
            right: right.values().map(pairs).sum(),
            threshold: LIKELY,
        }
    }
}

/// Groups of records; who is in none is a group alone.
struct Groups {
    first: Vec<u32>,
    members: HashMap<u32, Vec<u32>>,
}

impl Groups {
    fn new(records: usize) -> Self {
        Self {
            first: (0..).take(records).collect(),
            members: HashMap::new(),
        }
    }

    fn first(&self, record: u32) -> u32 {
        self.first[record as usize]
    }

    fn members<'a>(&'a self, first: &'a u32) -> &'a [u32] {
        self.members
            .get(first)
            .map_or(std::slice::from_ref(first), Vec::as_slice)
    }

    fn join(&mut self, one: u32, other: u32) {
        let (into, from) = (one.min(other), one.max(other));
        let moved = self.members.remove(&from).unwrap_or_else(|| vec![from]);
        for record in &moved {
            self.first[*record as usize] = into;
        }
        let members = self.members.entry(into).or_insert_with(|| vec![into]);
        members.extend(moved);
    }

    fn into_first(self) -> Vec<u32> {
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Pair;
    use crate::model::Model;
    use crate::record::Fields;

    #[test]
    fn a_chain_is_no_person_and_three_that_are_alike_are_one() {
        let mut linkage = Linkage::default();
        for given_names in ["Demo-Ana", "Demo-Bea", "Demo-Zoe"] {
            linkage.add(&Fields {
                given_names,
                ..Fields::default()
            });
        }
        let clusters = |last: f64| {
            let pair = |one, other, probability| Pair {
                one,
                other,
                probability,
            };
            let linked = Linked {
                pairs: vec![pair(0, 1, 0.99), pair(1, 2, 0.9), pair(0, 2, last)],
                model: Model::default(),
                compared: 3,
                recall_of_keys: None,
                crowded: Vec::new(),
            };
            let clusters = Clusters::of(&linkage, &linked);
            let people: Vec<u32> = (0..3).map(|record| clusters.person(record)).collect();
            (
                people,
                clusters.refused,
                clusters.quality(&[Some(1); 3]).said,
            )
        };
        assert_eq!(clusters(0.4), (vec![0, 0, 0], 0, 3));
        assert_eq!(clusters(0.001), (vec![0, 0, 2], 1, 1));
    }
}
