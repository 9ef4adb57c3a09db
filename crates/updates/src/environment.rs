//! What time it is, and chance: passed in, so that a test can say both.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Time and chance.
pub trait Environment: Send + Sync + fmt::Debug {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;
    /// Fills these bytes with bytes that nobody can predict.
    fn fill(&self, bytes: &mut [u8]);

    /// A number nobody can predict.
    fn chance(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

/// The machine's.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }

    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system provides random bytes");
    }
}

/// A clock that is set, and chance that repeats: for tests and for showing, never for real people.
#[derive(Debug)]
pub struct ManualEnvironment {
    now: AtomicI64,
    drawn: AtomicU64,
}

impl ManualEnvironment {
    /// Begins at a moment, in milliseconds since 1970.
    pub const fn at(now_ms: i64) -> Self {
        Self {
            now: AtomicI64::new(now_ms),
            drawn: AtomicU64::new(0),
        }
    }

    /// Lets time pass.
    pub fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Environment for ManualEnvironment {
    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64 (Steele, Lea, Flood 2014).
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst) + 1;
            let mut z = drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}
