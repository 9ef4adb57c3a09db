//! Families return together: who came with the same people as the last time is more likely the same, and nobody
//! is two of one party at once.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::link::{KEPT_LEAST, Kept, Linkage, Pair};
use crate::model::{Bits, Prior};
use crate::weighing::Weighing;

/// A party of more is a flight, and says nothing.
const PARTY_MAX: usize = 24;
/// From here on two parties are looked at member by member.
const LIKELY: f64 = 0.2;
/// Of the members of a family that comes again, the share that comes along.
const COMES_ALONG: f64 = 0.8;

/// The pairs with their probabilities, who travelled together taken into account.
pub(crate) fn pairs(
    linkage: &Linkage,
    weighing: &Weighing<'_>,
    prior: Prior,
    kept: &[Kept],
) -> Vec<Pair> {
    let parties = Parties::of(linkage);
    let by_itself = |kept: &Kept| Pair {
        one: kept.one,
        other: kept.other,
        probability: prior.probability(kept.bits()),
    };
    let (mut alone, mut among): (Vec<&Kept>, Vec<(u32, u32, &Kept)>) = (Vec::new(), Vec::new());
    for pair in kept {
        match parties.both(linkage, pair) {
            Some((one, other)) => among.push((one.min(other), one.max(other), pair)),
            None => alone.push(pair),
        }
    }
    among.par_sort_unstable_by_key(|(one, other, pair)| (*one, *other, pair.one, pair.other));
    let between: Vec<&[(u32, u32, &Kept)]> =
        among.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
    let weighed = between.par_iter().flat_map_iter(|found| {
        let (one, other, _) = found[0];
        let is_likely = |pair: &&Kept| prior.probability(pair.bits()) >= LIKELY;
        if found.iter().any(|(.., pair)| is_likely(pair)) {
            let members = [&parties.members[&one][..], &parties.members[&other][..]];
            member_by_member(weighing, prior, members)
        } else {
            found.iter().map(|(.., pair)| by_itself(pair)).collect()
        }
    });
    let mut pairs: Vec<Pair> = weighed.collect();
    pairs.extend(alone.into_iter().map(by_itself));
    pairs
}

/// Who travelled with whom.
struct Parties {
    members: HashMap<u32, Vec<u32>>,
}

impl Parties {
    fn of(linkage: &Linkage) -> Self {
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (place, record) in (0..).zip(linkage.records.all().iter()) {
            if record.party != 0 {
                members.entry(record.party).or_default().push(place);
            }
        }
        members.retain(|_, members| (2..=PARTY_MAX).contains(&members.len()));
        Self { members }
    }

    /// The parties of both, if they are two and neither travelled alone.
    fn both(&self, linkage: &Linkage, pair: &Kept) -> Option<(u32, u32)> {
        let party = |place| linkage.records.record(place).party;
        let (one, other) = (party(pair.one), party(pair.other));
        let are_two = one != other && self.members.contains_key(&one);
        (are_two && self.members.contains_key(&other)).then_some((one, other))
    }
}

/// Everyone of one party with everyone of the other.
fn member_by_member(weighing: &Weighing<'_>, prior: Prior, members: [&[u32]; 2]) -> Vec<Pair> {
    let [rows, columns] = members;
    let bits: Vec<Vec<Bits>> = rows
        .iter()
        .map(|one| {
            let row = columns
                .iter()
                .map(|other| weighing.bits(*one.min(other), *one.max(other)));
            row.collect()
        })
        .collect();
    let alone: Vec<Vec<f64>> = bits
        .iter()
        .map(|row| row.iter().map(|bits| prior.probability(*bits)).collect())
        .collect();
    let many = u32::try_from(rows.len().max(columns.len())).unwrap_or(u32::MAX);
    let odds = bits
        .iter()
        .map(|row| row.iter().map(|bits| odds_within_family(*bits, many)));
    let odds: Vec<Vec<f64>> = odds.map(Iterator::collect).collect();
    // Somebody is one of the other party, or none of them.
    let (in_row, in_column) = sums(&odds);
    let probability = |row: usize, column: usize| {
        let came_again = others_came(&alone, row, column);
        let among = odds[row][column] / (1.0 + in_row[row].max(in_column[column]));
        came_again * among + (1.0 - came_again) * alone[row][column]
    };
    let of_row = |row: usize| {
        (0..columns.len())
            .map(|column| probability(row, column))
            .collect()
    };
    let probabilities: Vec<Vec<f64>> = (0..rows.len()).map(of_row).collect();
    let (of_row, of_column) = sums(&probabilities);
    let mut pairs = Vec::new();
    for (row, one) in rows.iter().enumerate() {
        for (column, other) in columns.iter().enumerate() {
            // Nobody is two of one party.
            let sum = of_row[row].max(of_column[column]).max(1.0);
            let probability = probabilities[row][column] / sum;
            if probability >= KEPT_LEAST {
                pairs.push(Pair {
                    one: *one.min(other),
                    other: *one.max(other),
                    probability,
                });
            }
        }
    }
    pairs
}

/// The sums of a table's rows, and of its columns.
fn sums(table: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let mut of_columns = vec![0.0; table.first().map_or(0, Vec::len)];
    for row in table {
        for (sum, value) in of_columns.iter_mut().zip(row) {
            *sum += value;
        }
    }
    (
        table.iter().map(|row| row.iter().sum()).collect(),
        of_columns,
    )
}

/// The probability that it is one person, within a family of so many of which it is known that it came again.
pub(crate) fn within_family(bits: Bits, members: u32) -> f64 {
    let odds = odds_within_family(bits, members);
    odds / (1.0 + odds)
}

/// Against another of the same family: of those some are kin, and some, as husband and wife, are not.
fn odds_within_family(bits: Bits, members: u32) -> f64 {
    let within = COMES_ALONG / f64::from(members.max(1));
    let another = 0.5 * bits.kin.exp2() + 0.5;
    within * bits.same.exp2() / ((1.0 - within) * another)
}

/// How probable it is that somebody else of one party is somebody else of the other.
fn others_came(alone: &[Vec<f64>], row: usize, column: usize) -> f64 {
    let mut none = 1.0;
    for (_, others) in alone.iter().enumerate().filter(|(at, _)| *at != row) {
        let others = others.iter().enumerate().filter(|(at, _)| *at != column);
        none *= 1.0
            - others
                .map(|(_, probability)| *probability)
                .fold(0.0, f64::max);
    }
    1.0 - none
}
