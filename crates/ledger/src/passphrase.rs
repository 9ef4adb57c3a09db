//! Passphrases: how one becomes a key (Argon2id, RFC 9106), at what cost.
//!
//! A passphrase is never stored, shown or logged.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::cbor;
use crate::entropy::Entropy;
use crate::error::{Error, Result, malformed};
use crate::sealing::{self, SecretKey};

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

/// No more than this is spent on a passphrase, whatever a file asks for: a damaged or hostile
/// file must not stop the machine.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 16;
const LANES_MAX: u32 = 16;

/// Bytes of salt, the recommended 128 bits (RFC 9106, section 3.1).
const SALT_BYTES: usize = 16;

/// A secret wrapped by a passphrase: cost, salt, and the secret under the derived key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PassphraseLock {
    cost: PassphraseCost,
    salt: [u8; SALT_BYTES],
    wrapped: Vec<u8>,
}

impl PassphraseLock {
    /// Wraps a secret by a new passphrase.
    pub(crate) fn close(
        passphrase: &Passphrase,
        cost: PassphraseCost,
        context: &[u8],
        secret: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Self> {
        if passphrase.0.chars().count() < PASSPHRASE_CHARACTERS_MIN {
            return Err(Error::WeakPassphrase(PASSPHRASE_CHARACTERS_MIN));
        }
        let mut salt = [0; SALT_BYTES];
        entropy.fill(&mut salt);
        let key = derive(passphrase, &salt, cost)?;
        Ok(Self {
            cost,
            salt,
            wrapped: sealing::wrap(&key, context, secret, entropy),
        })
    }

    /// The secret; `None` when the passphrase is not the one.
    pub(crate) fn open(
        &self,
        passphrase: &Passphrase,
        context: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let key = derive(passphrase, &self.salt, self.cost)?;
        Ok(sealing::unwrap(&key, context, &self.wrapped))
    }

    /// `[memory_kib, passes, lanes, salt, wrapped]`.
    pub(crate) fn encode(
        &self,
        e: &mut minicbor::Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.array(5)?
            .u32(self.cost.memory_kib)?
            .u32(self.cost.passes)?
            .u32(self.cost.lanes)?;
        e.bytes(&self.salt)?.bytes(&self.wrapped)?.ok()
    }

    pub(crate) fn decode(d: &mut minicbor::Decoder<'_>) -> Result<Self, minicbor::decode::Error> {
        cbor::array_of(d, 5)?;
        let cost = PassphraseCost {
            memory_kib: d.u32()?,
            passes: d.u32()?,
            lanes: d.u32()?,
        };
        Ok(Self {
            cost,
            salt: cbor::bytes_of(d)?,
            wrapped: d.bytes()?.to_vec(),
        })
    }
}

fn derive(passphrase: &Passphrase, salt: &[u8], cost: PassphraseCost) -> Result<SecretKey> {
    let refused = || {
        malformed(
            "passphrase cost",
            "it is outside of what Argon2id takes here",
        )
    };
    if cost.memory_kib > MEMORY_KIB_MAX || cost.passes > PASSES_MAX || cost.lanes > LANES_MAX {
        return Err(refused());
    }
    let params = argon2::Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| refused())?;
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut key = Zeroizing::new([0; 32]);
    argon2
        .hash_password_into(passphrase.0.as_bytes(), salt, key.as_mut())
        .map_err(|_| refused())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn a_passphrase_opens_however_its_accents_were_typed() {
        let composed = Passphrase::new("lekòl la toupre");
        let decomposed = Passphrase::new("leko\u{300}l la toupre");
        let lock = PassphraseLock::close(
            &composed,
            PassphraseCost::TRIVIAL,
            b"test",
            b"s",
            &SystemEntropy,
        )
        .expect("closes");
        assert_eq!(
            lock.open(&decomposed, b"test")
                .expect("runs")
                .expect("opens")
                .as_slice(),
            b"s"
        );
        assert!(
            lock.open(&Passphrase::new("lekol la toupre"), b"test")
                .expect("runs")
                .is_none()
        );
        assert!(lock.open(&composed, b"other").expect("runs").is_none());
    }

    #[test]
    fn a_short_passphrase_is_refused() {
        let short = Passphrase::new("òòòòòòò");
        let refused = PassphraseLock::close(
            &short,
            PassphraseCost::TRIVIAL,
            b"test",
            b"s",
            &SystemEntropy,
        );
        assert!(matches!(refused, Err(Error::WeakPassphrase(8))));
    }

    #[test]
    fn a_file_that_asks_for_too_much_work_is_refused() {
        let greedy = PassphraseCost {
            memory_kib: u32::MAX,
            passes: 1,
            lanes: 1,
        };
        assert!(derive(&Passphrase::new("anything"), &[0; 16], greedy).is_err());
    }
}
