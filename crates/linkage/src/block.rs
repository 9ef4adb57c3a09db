//! Blocks: records that share a key. A block that grew too large, because half the country is called Jean, is
//! divided by what else is known; what cannot be divided is gone through in order, each with its neighbours
//! only. So time stays bounded, whatever the file.

use rayon::prelude::*;

use crate::key::{FINER, Rule};
use crate::model::as_f64;
use crate::record::Records;

/// More records of one key are divided.
const BLOCK_MAX: usize = 64;
/// So often a block is divided by one thing more.
const DEPTH_MAX: usize = 3;
/// With so many neighbours each is compared where nothing divides them.
const NEIGHBOURS: usize = 4;
/// Records are given keys by so many at a time.
const CHUNK: u32 = 1 << 14;

/// The blocks of one key.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    members: Vec<u32>,
    /// Where each block begins and ends in `members`, and how it is gone through.
    bounds: Vec<Bound>,
    /// Records whose block had to be divided.
    pub crowded: u64,
}

/// Where a block begins and ends, and how it is gone through.
type Bound = (u32, u32, Through);

fn pairs_of((from, to, through): &Bound) -> u64 {
    let many = u64::from(to - from);
    match through {
        Through::All => many * (many - 1) / 2,
        Through::Neighbours => many * NEIGHBOURS as u64,
    }
}

#[derive(Clone, Copy, Debug)]
enum Through {
    /// Everyone with everyone.
    All,
    /// Everyone with those next to them.
    Neighbours,
}

impl Blocks {
    /// Blocks of the records that `takes` takes.
    pub(crate) fn of(rule: &Rule, records: &Records, takes: impl Fn(u32) -> bool + Sync) -> Self {
        let many = u32::try_from(records.len()).expect("fewer records than 2^32");
        let starts = (0..many).step_by(CHUNK as usize).collect::<Vec<_>>();
        let keyed = starts.par_iter().map(|start| {
            let mut keyed = Vec::with_capacity(2 * CHUNK as usize);
            let end = many.min(start.saturating_add(CHUNK));
            for place in (*start..end).filter(|place| takes(*place)) {
                let begin = keyed.len();
                let mut push = |key: u32| keyed.push(u64::from(key) << 32 | u64::from(place));
                (rule.keys)(&records.view(place), &records.lexicon, &mut push);
                keyed[begin..].sort_unstable();
                dedup_from(&mut keyed, begin);
            }
            keyed
        });
        let mut keyed: Vec<u64> = keyed.flatten_iter().collect();
        keyed.par_sort_unstable();
        let mut blocks = Self::default();
        let mut crowded = Vec::new();
        for block in keyed.chunk_by(|one, other| one >> 32 == other >> 32) {
            match block.len() {
                0 | 1 => {}
                2..=BLOCK_MAX => blocks.push(block.iter().map(|keyed| low(*keyed)), Through::All),
                many => {
                    blocks.crowded += many as u64;
                    crowded.push(block);
                }
            }
        }
        let divided = crowded.into_par_iter().map(|block| {
            let members: Vec<u32> = block.iter().map(|keyed| low(*keyed)).collect();
            let mut parts = Self::default();
            parts.divide(records, &members, 0, DEPTH_MAX);
            parts.push_in_order(records, members);
            parts
        });
        let divided: Vec<Self> = divided.collect();
        for parts in divided {
            blocks.append(&parts);
        }
        blocks
    }

    fn append(&mut self, parts: &Self) {
        let from = position(self.members.len());
        self.members.extend(&parts.members);
        let bounds = parts.bounds.iter();
        let shifted = bounds.map(|(begin, end, through)| (from + begin, from + end, *through));
        self.bounds.extend(shifted);
    }

    fn push(&mut self, members: impl Iterator<Item = u32>, through: Through) {
        let from = position(self.members.len());
        self.members.extend(members);
        self.bounds
            .push((from, position(self.members.len()), through));
    }

    fn push_in_order(&mut self, records: &Records, mut members: Vec<u32>) {
        members.sort_unstable_by_key(|place| {
            let one = records.record(*place);
            (one.birth, one.mother_whole, one.place, *place)
        });
        self.push(members.into_iter(), Through::Neighbours);
    }

    /// Divides by each of what is finer, from one on; what is still too large by what comes behind that.
    fn divide(&mut self, records: &Records, members: &[u32], from: usize, depth: usize) {
        for (number, finer) in FINER.iter().enumerate().skip(from) {
            let keyed = members.iter().map(|place| {
                let key = finer(&records.view(*place), &records.lexicon);
                u64::from(key) << 32 | u64::from(*place)
            });
            let mut keyed: Vec<u64> = keyed.filter(|keyed| keyed >> 32 != 0).collect();
            keyed.sort_unstable();
            for block in keyed.chunk_by(|one, other| one >> 32 == other >> 32) {
                let parts = block.iter().map(|keyed| low(*keyed));
                match block.len() {
                    0 | 1 => {}
                    2..=BLOCK_MAX => self.push(parts, Through::All),
                    // What divides nothing off is left to those that come behind.
                    many if many == members.len() => {}
                    _ if depth > 1 => {
                        let parts: Vec<u32> = parts.collect();
                        self.divide(records, &parts, number + 1, depth - 1);
                        self.push_in_order(records, parts);
                    }
                    _ => self.push_in_order(records, parts.collect()),
                }
            }
        }
    }

    /// Every pair, on all cores; what is found of each comes in the order of the blocks. Pairs stand in
    /// several blocks sometimes.
    pub(crate) fn each_pair<T: Send>(&self, find: impl Fn(u32, u32) -> Option<T> + Sync) -> Vec<T> {
        let tasks = self.bounds.par_chunks(64);
        let found = tasks.map(|bounds| {
            let mut found = Vec::new();
            for bound in bounds {
                self.pairs(bound, |one, other| found.extend(find(one, other)));
            }
            found
        });
        found.flatten_iter().collect()
    }

    /// Pairs of blocks that are no larger than said, summed up on all cores: of one block in so many, so that no
    /// more are taken than said, nearly. Gives by how much the pairs taken stand for all.
    pub(crate) fn sum_up<T: Send>(
        &self,
        largest: usize,
        most: u64,
        empty: impl Fn() -> T + Sync + Send,
        take: impl Fn(&mut T, u32, u32) + Sync + Send,
        add: impl Fn(T, T) -> T + Sync + Send,
    ) -> (T, f64) {
        let is_small = |bound: &&Bound| (bound.1 - bound.0) as usize <= largest;
        let small: Vec<&Bound> = self.bounds.iter().filter(is_small).collect();
        let all: u64 = small.iter().map(|bound| pairs_of(bound)).sum();
        let one_in = usize::try_from(all / most.max(1) + 1).unwrap_or(1);
        let taken: Vec<&Bound> = small.into_iter().step_by(one_in).collect();
        let pairs: u64 = taken.iter().map(|bound| pairs_of(bound)).sum();
        let sums = taken.par_chunks(64).fold(&empty, |mut sum, bounds| {
            for bound in bounds {
                self.pairs(bound, |one, other| take(&mut sum, one, other));
            }
            sum
        });
        let stands_for = as_f64(all) / as_f64(pairs.max(1));
        (sums.reduce(&empty, add), stands_for)
    }

    /// How many pairs there are.
    pub(crate) fn count(&self) -> u64 {
        self.bounds.iter().map(pairs_of).sum()
    }

    fn pairs(&self, bound: &Bound, mut take: impl FnMut(u32, u32)) {
        let (from, to, through) = *bound;
        let block = &self.members[from as usize..to as usize];
        for (at, one) in block.iter().enumerate() {
            let behind = &block[at + 1..];
            let behind = match through {
                Through::All => behind,
                Through::Neighbours => &behind[..behind.len().min(NEIGHBOURS)],
            };
            for other in behind {
                take(*one.min(other), *one.max(other));
            }
        }
    }
}

fn position(length: usize) -> u32 {
    u32::try_from(length).expect("fewer members than 2^32")
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
const fn low(keyed: u64) -> u32 {
    keyed as u32
}

/// Leaves each only once in what lies from a place on, which is sorted.
fn dedup_from(keyed: &mut Vec<u64>, begin: usize) {
    let mut kept = begin;
    for at in begin..keyed.len() {
        if kept == begin || keyed[kept - 1] != keyed[at] {
            keyed[kept] = keyed[at];
            kept += 1;
        }
    }
    keyed.truncate(kept);
}
