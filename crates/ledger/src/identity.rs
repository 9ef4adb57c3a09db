//! Names of things in the ledger: nodes, hashes, positions, keys, aggregates, authors.
//!
//! Each is its own type, so that a person's key is never taken for a person's id. Nothing here
//! carries meaning beyond equality: ids are random bytes and must never be derived from a name, a
//! document or a telephone number.

use std::fmt;
use std::str::FromStr;

use crate::entropy::Entropy;
use crate::error::Error;

/// Writes bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Reads exactly `N` bytes from `2 * N` hexadecimal digits.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

macro_rules! bytes_newtype {
    ($(#[$doc:meta])* $name:ident, $length:literal, $what:literal, shown: $shown:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            /// All bytes as hexadecimal digits, the form that [`FromStr`] reads back.
            pub fn hex(&self) -> String {
                hex(&self.0)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                encoder: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                encoder.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                decoder: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                crate::cbor::bytes_of(decoder).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0[..$shown]))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), hex(&self.0[..$shown]))
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl From<[u8; $length]> for $name {
            fn from(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = Error;

            fn try_from(bytes: &[u8]) -> Result<Self, Error> {
                let bytes = bytes.try_into().map_err(|_| Error::Malformed {
                    what: $what,
                    why: format!("{} bytes instead of {}", bytes.len(), $length),
                })?;
                Ok(Self(bytes))
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                from_hex(text).map(Self).ok_or_else(|| Error::Malformed {
                    what: $what,
                    why: format!("expected {} hexadecimal digits", $length * 2),
                })
            }
        }
    };
}

macro_rules! random_id {
    ($name:ident) => {
        impl $name {
            /// A fresh id nobody can guess.
            pub fn random(entropy: &dyn Entropy) -> Self {
                let mut bytes = [0; 16];
                entropy.fill(&mut bytes);
                Self(bytes)
            }
        }
    };
}

bytes_newtype!(
    /// A node, named by its Ed25519 verifying key. Shown as its first eight hexadecimal digits.
    NodeId, 32, "node id", shown: 4
);
bytes_newtype!(
    /// A SHA-256 hash: of an event as a leaf, of a tree, of an attachment's ciphertext.
    Hash, 32, "hash", shown: 32
);
bytes_newtype!(
    /// One data key, which is one person's data. Erasing it erases the person from this node.
    KeyId, 16, "key id", shown: 16
);
bytes_newtype!(
    /// What an event is about: a movement, a person, an arrival, a stock line.
    AggregateId, 16, "aggregate id", shown: 16
);
bytes_newtype!(
    /// Who made the statement in an event: a user of the operation.
    AuthorId, 16, "author id", shown: 16
);
bytes_newtype!(
    /// The whole response, one root key.
    OperationId, 16, "operation id", shown: 16
);
bytes_newtype!(
    /// A place of the operation.
    SiteId, 16, "site id", shown: 16
);
bytes_newtype!(
    /// One bundle, so that it is known again.
    BundleId, 16, "bundle id", shown: 16
);

random_id!(BundleId);
random_id!(KeyId);
random_id!(AggregateId);
random_id!(AuthorId);
random_id!(OperationId);
random_id!(SiteId);

impl Hash {
    /// Thirty-two zero bytes: what stands before the first event of a log.
    pub const ZERO: Self = Self([0; 32]);
}

/// The place of an event in its node's log. The first event is at position 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u64);

impl Position {
    /// The first place in a log.
    pub const FIRST: Self = Self(1);

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The order in which this node came to hold an event, own or received: 1, 2, 3… without regard
/// to node or time. Local to one database. A read model remembers the last one it has folded and
/// asks for what came after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Receipt(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_digits() {
        let node = NodeId(std::array::from_fn(|i| u8::try_from(i).expect("below 32")));
        assert_eq!(node.to_string(), "00010203");
        assert_eq!(node.hex().parse::<NodeId>().expect("digits"), node);
        assert!("0g".repeat(32).parse::<NodeId>().is_err());
        assert!("é".repeat(32).parse::<NodeId>().is_err());
        assert!("00".parse::<NodeId>().is_err());
    }
}
