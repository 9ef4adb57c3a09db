//! Chance that is the same every time, on every machine: the same seed makes the same people, and what
//! fails fails again. Never used where something must be hard to guess.

/// SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Chance that follows from a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below a bound that is not zero. The bias of the remainder is below one in 2^32 for
    /// the small bounds used here.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.bits() % u64::from(bound)).expect("a remainder below a u32")
    }

    /// Whether something happens that happens so many times in a thousand.
    pub fn per_mille(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// One of several, all alike.
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = u32::try_from(choices.len()).expect("a short list");
        &choices[self.below(count) as usize]
    }

    /// One of several, by weight.
    pub fn weighted<'a, T>(&mut self, choices: &'a [(u32, T)]) -> &'a T {
        let total = choices.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, choice) in choices {
            if left < *weight {
                return choice;
            }
            left -= weight;
        }
        unreachable!("what is left is below the sum of the weights")
    }

    /// A number from 0, inclusive, to 1, exclusive.
    pub fn share(&mut self) -> f64 {
        // 53 bits are what a float holds.
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let bits = (self.bits() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// Puts things in any order (Fisher and Yates, as Durstenfeld wrote it).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for place in (1..things.len()).rev() {
            let bound = u32::try_from(place + 1).expect("a short list");
            things.swap(place, self.below(bound) as usize);
        }
    }
}
