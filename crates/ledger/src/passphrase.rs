//! Passphrases: how one becomes a key (Argon2id, RFC 9106), at what cost.
//!
//! A passphrase is never stored, shown or logged.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// The fewest characters a new passphrase may have.
pub const PASSPHRASE_CHARACTERS_MIN: usize = 8;

/// What a person types to unlock. Normalised (NFKC), so that an accented letter is the same on
/// every keyboard. Wiped when dropped.
#[derive(Clone)]
pub struct Passphrase(pub(crate) Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed.
    pub fn new(typed: &str) -> Self {
        Self(Zeroizing::new(typed.nfkc().collect()))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// How much work a guess at the passphrase costs. The default is the second recommended choice
/// of RFC 9106, section 4 (64 MiB, three passes, four lanes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PassphraseCost {
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
        }
    }
}

impl PassphraseCost {
    /// So cheap that it protects nothing: for tests and for demonstrations on invented data.
    pub const TRIVIAL: Self = Self {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };
}
