//! Chance that can be repeated: everything that a run leaves open comes from its seed, through here.
//!
//! It must never serve real data: whoever knows the seed knows every key.

use std::sync::Mutex;
use std::sync::PoisonError;

use ledger::Entropy;

/// A small generator (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The same seed, the same chances.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Chance of its own for one purpose, so that drawing more in one place changes nothing elsewhere.
    pub fn of(seed: u64, purpose: u64) -> Self {
        let mut mixed = Self::new(seed ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self::new(mixed.next())
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit, which is at least 1.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// An index into something of this length, which is at least 1.
    pub fn index(&mut self, length: usize) -> usize {
        let below = self.below(u64::try_from(length).unwrap_or(u64::MAX));
        usize::try_from(below).expect("below a length")
    }

    /// Whether something happens that happens so many times in a thousand.
    pub const fn permille(&mut self, times: u64) -> bool {
        self.below(1_000) < times
    }

    /// Turns one bit of these bytes over, if there are any.
    pub fn turn_a_bit(&mut self, bytes: &mut [u8]) {
        let at = self.index(bytes.len().max(1));
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << self.below(8);
        }
    }

    /// One of several; none of nothing.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() {
            return None;
        }
        Some(of[self.index(of.len())])
    }
}

/// Random bytes for keys, nonces and ids, out of a seed.
#[derive(Debug)]
pub struct SeededEntropy {
    chance: Mutex<Chance>,
}

impl SeededEntropy {
    /// The same seed, the same bytes in the same order.
    pub fn new(seed: u64, purpose: u64) -> Self {
        Self {
            chance: Mutex::new(Chance::of(seed, purpose)),
        }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        for part in bytes.chunks_mut(8) {
            let drawn = chance.next().to_le_bytes();
            part.copy_from_slice(&drawn[..part.len()]);
        }
    }
}
