//! How many bear a name. Two who are both called Jean say little by it; two called Exantus say much
//! (Winkler, *Frequency-Based Matching in Fellegi-Sunter Model of Record Linkage*, 2000).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::lexicon::Lexicon;
use crate::record::{Record, View};

/// A token of a name is rare that fewer than one in so many bear.
const RARE: u32 = 250;

/// So many records are believed to be as usual, before any is seen.
pub(crate) const BELIEVED: f64 = 20.0;

/// Which part of a record a name stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub(crate) enum Part {
    Given,
    Family,
    Mother,
    /// Commune of birth.
    Place,
    /// Given and family names together.
    Names,
    /// Year of birth: more are young than old.
    Year,
}

pub(crate) const PARTS: usize = 6;
/// Parts whose tokens are counted too.
const NAMES: usize = 3;

/// Counts by what is a hash already.
type Counts = HashMap<u32, u32, BuildHasherDefault<Spread>>;

/// Spreads a hash of 32 bits over 64 (Fibonacci hashing; Knuth, *The Art of Computer Programming*, 6.4).
#[derive(Clone, Copy, Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// How often each name was met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frequencies {
    /// Records in which the part is known.
    known: [u32; PARTS],
    /// Whole names by sound.
    wholes: [Counts; PARTS],
    /// Tokens by sound.
    tokens: [Counts; NAMES],
}

impl Part {
    pub(crate) const ALL: [Self; PARTS] = [
        Self::Given,
        Self::Family,
        Self::Mother,
        Self::Place,
        Self::Names,
        Self::Year,
    ];

    /// What stands in this part of a record; 0 for nothing.
    pub(crate) fn of(self, record: &Record) -> u32 {
        match self {
            Self::Given => record.given_whole,
            Self::Family => record.family_whole,
            Self::Mother => record.mother_whole,
            Self::Place => record.place,
            Self::Names => record.names_whole,
            Self::Year => record.birth.year().map_or(0, u32::from),
        }
    }
}

impl Frequencies {
    /// Counts a record.
    pub(crate) fn add(&mut self, one: &View<'_>, lexicon: &Lexicon) {
        self.change(one, lexicon, |times| *times += 1);
    }

    /// Counts a record no more.
    pub(crate) fn remove(&mut self, one: &View<'_>, lexicon: &Lexicon) {
        self.change(one, lexicon, |times| *times = times.saturating_sub(1));
    }

    fn change(&mut self, one: &View<'_>, lexicon: &Lexicon, change: impl Fn(&mut u32)) {
        for part in Part::ALL {
            let whole = part.of(one.record);
            if whole != 0 {
                change(&mut self.known[part as usize]);
                change_in(&mut self.wholes[part as usize], whole, &change);
            }
        }
        for (tokens, counts) in [one.given, one.family, one.mother]
            .iter()
            .zip(&mut self.tokens)
        {
            for token in *tokens {
                change_in(counts, lexicon.sound(*token), &change);
            }
        }
    }

    /// The share of those of whom the part is known who have the same; never 0. `usual` is how likely any two
    /// have the same: while few are known, it is believed.
    pub(crate) fn share(&self, part: Part, whole: u32, usual: f64) -> f64 {
        let part = part as usize;
        let times = self.wholes[part].get(&whole).copied().unwrap_or(0);
        let known = f64::from(self.known[part].max(1));
        BELIEVED.mul_add(usual, f64::from(times.max(1))) / (known + BELIEVED)
    }

    /// Whether so many are known that it can be said how frequent something is.
    pub(crate) const fn tells(&self, part: Part) -> bool {
        self.known[part as usize] >= 200
    }

    /// Whether few bear this token.
    pub(crate) fn is_rare(&self, part: Part, sound: u32) -> bool {
        let part = part as usize;
        let times = self.tokens[part].get(&sound).copied().unwrap_or(0);
        times < self.known[part] / RARE
    }

    /// How likely two records of whom the part is known have the same; `usual` is believed while few are known.
    pub(crate) fn chance(&self, part: Part, usual: f64) -> f64 {
        // Whole numbers below 2^53 are added in any order alike.
        let times = self.wholes[part as usize].values();
        let same: f64 = times.map(|times| pairs(*times)).sum();
        believing(same, pairs(self.known[part as usize]), usual)
    }

    /// Bytes held, nearly.
    pub(crate) fn bytes(&self) -> usize {
        let all = self.wholes.iter().chain(&self.tokens);
        all.map(|counts| counts.capacity() * 10).sum()
    }
}

/// Changes a count; what is counted no more is not held.
fn change_in(counts: &mut Counts, of: u32, change: impl Fn(&mut u32)) {
    let times = counts.entry(of).or_default();
    change(times);
    if *times == 0 {
        counts.remove(&of);
    }
}

/// Pairs of so many.
pub(crate) fn pairs(many: u32) -> f64 {
    f64::from(many) * (f64::from(many) - 1.0)
}

/// A share of pairs, what is usual believed while there are few.
pub(crate) fn believing(part: f64, whole: f64, usual: f64) -> f64 {
    let believed = BELIEVED * BELIEVED;
    believed.mul_add(usual, part) / (whole + believed)
}
