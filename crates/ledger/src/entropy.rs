//! Where randomness comes from. It is passed in, so that a simulated run can be repeated.
//!
//! Only the operating system's generator may serve a real operation; a seeded source is for the
//! drill and for tests, never for data about people.

use std::convert::Infallible;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use zeroize::Zeroizing;

use crate::merkle::sha256;

/// A source of random bytes for keys, nonces and ids.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills `bytes` with bytes nobody can predict.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Going on without randomness would make keys others can guess: stopping is the safe way.
        getrandom::fill(bytes).expect("the operating system provides random bytes");
    }
}

/// One draw made into as many bytes as are asked for (SHA-256 over it and a counter), so that threads
/// beside each other need not share a source and a simulated run stays the same.
#[derive(Debug)]
pub(crate) struct Draw {
    seed: Zeroizing<[u8; 32]>,
    blocks: AtomicU64,
}

impl Draw {
    /// Draws from a source.
    pub(crate) fn from(source: &dyn Entropy) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        source.fill(seed.as_mut_slice());
        let blocks = AtomicU64::new(0);
        Self { seed, blocks }
    }
}

impl Entropy for Draw {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = self.blocks.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            let block = sha256(&Zeroizing::new([self.seed.as_slice(), &block].concat()));
            chunk.copy_from_slice(&block.0[..chunk.len()]);
        }
    }
}

/// Lets an [`Entropy`] serve where the cryptography crates ask for a generator.
pub(crate) struct Generator<'e>(pub &'e dyn Entropy);

impl rand_core::TryRng for Generator<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Generator<'_> {}
