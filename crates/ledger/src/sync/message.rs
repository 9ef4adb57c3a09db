//! What nodes say to each other: CBOR, compressed where it helps, bounded.
//!
//! Entries are numbered and never change their meaning; unknown ones are passed over and unknown
//! messages ignored, so that newer nodes may say more (G10).

use std::io::Read as _;

use minicbor::{Decode, Encode};

use crate::cbor;
use crate::error::{Error, Result, malformed};
use crate::identity::{Hash, KeyId, NodeId, OperationId};

/// Largest message, unpacked: what a peer can make us hold.
pub const MESSAGE_BYTES_MAX: usize = 8 << 20;
/// Largest greeting, unpacked: what somebody can make us hold of whom nobody knows yet whether it belongs.
/// That of an operation of hundreds of nodes is a tenth of it.
pub const GREETING_BYTES_MAX: usize = 1 << 20;
/// Longest list in a message, whatever it is of.
pub(crate) const LIST_MAX: u64 = 20_000;
/// A packed message that needs a larger window than any message has (as a power of two, in bytes) is refused
/// before there is room made for it.
const WINDOW_LOG_MAX: u32 = MESSAGE_BYTES_MAX.ilog2();
/// The numbers of what may be said before both sides know that they belong together.
const GREETINGS: [u32; 2] = [0, 7];
/// Shorter messages are not worth compressing.
const COMPRESS_FROM: usize = 256;
/// Fast, and within a few percent of what slower levels save on signatures and hashes.
const COMPRESSION_LEVEL: i32 = 3;

const FORM_PLAIN: u8 = 0;
const FORM_ZSTD: u8 = 1;

/// The version of what is said here.
pub(crate) const VERSION: u32 = 1;

/// Where a log ends, as one side says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LogHead {
    /// Which log.
    #[n(0)]
    pub log: NodeId,
    /// Who signs what is in it.
    #[n(1)]
    pub node: NodeId,
    /// The position after which it begins.
    #[n(2)]
    pub after: u64,
    /// The position of its last event.
    #[n(3)]
    pub size: u64,
    /// The leaf hash of it.
    #[n(4)]
    pub leaf: Hash,
}

/// Who speaks, and what is there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// The version spoken.
    #[n(0)]
    pub version: u32,
    /// The operation.
    #[n(1)]
    pub operation: OperationId,
    /// The node that speaks. Whoever carries the message makes sure that it is.
    #[n(2)]
    pub node: NodeId,
    /// Its papers, for who has not met it yet.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub papers: Vec<u8>,
    /// What its clock says, in milliseconds since 1970.
    #[n(4)]
    pub now_ms: u64,
    /// Whose papers it has.
    #[n(5)]
    pub members: Vec<NodeId>,
    /// Which revocations it has.
    #[n(6)]
    pub revoked: Vec<(NodeId, u64)>,
    /// Where its logs end.
    #[n(7)]
    pub logs: Vec<LogHead>,
}

/// Bytes of one event, papers or certificate.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Blob(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

/// A part that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PartWanted {
    /// Which.
    #[n(0)]
    pub hash: Hash,
    /// How many bytes of it are there already.
    #[n(1)]
    pub have: u64,
}

/// Some bytes of a part.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PartBytes {
    /// Which.
    #[n(0)]
    pub hash: Hash,
    /// From which byte on.
    #[n(1)]
    pub offset: u64,
    /// How many the whole has.
    #[n(2)]
    pub total: u64,
    /// The bytes.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// A data key sealed to the node that asked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SealedKey {
    /// Which.
    #[n(0)]
    pub key: KeyId,
    /// Sealed.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// Some bytes of a part that nobody asked for, with the data key it is under.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct GivenPart {
    /// The data key it is under.
    #[n(0)]
    pub key: KeyId,
    /// The bytes.
    #[n(1)]
    pub part: PartBytes,
}

/// A data key sealed to a node that did not ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AddressedKey {
    /// To which node.
    #[n(0)]
    pub to: NodeId,
    /// The key.
    #[n(1)]
    pub key: SealedKey,
}

/// Why a node will not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
pub enum Refused {
    /// Of another operation.
    #[n(0)]
    OtherOperation,
    /// Its papers do not lead to the root key of this operation.
    #[n(1)]
    Papers,
    /// It was sent away.
    #[n(2)]
    Revoked,
    /// The invitation by which it came has expired.
    #[n(3)]
    Expired,
    /// Another node came by the same invitation before.
    #[n(4)]
    InvitationUsed,
    /// It is not the node that was expected.
    #[n(5)]
    OtherNode,
    /// What it said cannot be understood.
    #[n(6)]
    Malformed,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Message {
    /// Who speaks, and what is there. The first thing each side says.
    #[n(0)]
    Hello(#[n(0)] Hello),
    /// Papers of nodes, and revocations, that the other side did not list.
    #[n(1)]
    Papers {
        /// Papers.
        #[n(0)]
        papers: Vec<Blob>,
        /// Revocations.
        #[n(1)]
        revocations: Vec<Blob>,
    },
    /// Asks for events of a log from a position on, so many bytes at most (one event always).
    #[n(2)]
    Want {
        /// Which log.
        #[n(0)]
        log: NodeId,
        /// From which position on.
        #[n(1)]
        first: u64,
        /// How many bytes at most.
        #[n(2)]
        budget: u32,
    },
    /// Events of a log in order; the answer to `Want`.
    #[n(3)]
    Events {
        /// Which log.
        #[n(0)]
        log: NodeId,
        /// The position of the first.
        #[n(1)]
        first: u64,
        /// The events as signed.
        #[n(2)]
        events: Vec<Blob>,
    },
    /// Asks for sealed parts, so many bytes at most.
    #[n(4)]
    WantParts {
        /// Which.
        #[n(0)]
        parts: Vec<PartWanted>,
        /// How many bytes at most.
        #[n(1)]
        budget: u32,
    },
    /// Sealed parts with their keys; the answer to `WantParts`.
    #[n(5)]
    Parts {
        /// Bytes of parts.
        #[n(0)]
        parts: Vec<PartBytes>,
        /// The data keys they are under.
        #[n(1)]
        keys: Vec<SealedKey>,
        /// What is not here or not given.
        #[n(2)]
        absent: Vec<Hash>,
    },
    /// Nothing more is wanted.
    #[n(6)]
    Done {
        /// How many [`Message::Heads`] the speaker had heard by then: after a later one this no longer counts.
        #[n(0)]
        heads: u64,
    },
    /// The speaker will not go on.
    #[n(7)]
    Refuse(#[n(0)] Refused),
    /// Logs that end elsewhere than was said before.
    #[n(8)]
    Heads(#[n(0)] Vec<LogHead>),
    /// Sealed parts that were not asked for, with their keys sealed to the nodes that may hold them:
    /// what a bundle carries instead of `Parts`.
    #[n(9)]
    Given {
        /// Bytes of parts.
        #[n(0)]
        parts: Vec<GivenPart>,
        /// The data keys they are under.
        #[n(1)]
        keys: Vec<AddressedKey>,
    },
    /// Sealed parts that were asked for and not given, and can be given by now. [`Message::Heads`] follows,
    /// after which the other side looks again. Who does not know this word asks at the next meeting.
    #[n(10)]
    AskAgain(#[n(0)] Vec<Hash>),
}

impl Message {
    /// The message as it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        let plain = minicbor::to_vec(self).expect("writing to memory does not fail");
        let (form, body) = if plain.len() < COMPRESS_FROM {
            (FORM_PLAIN, plain)
        } else {
            match zstd::bulk::compress(&plain, COMPRESSION_LEVEL) {
                Ok(packed) if packed.len() < plain.len() => (FORM_ZSTD, packed),
                _ => (FORM_PLAIN, plain),
            }
        };
        let mut bytes = Vec::with_capacity(1 + body.len());
        bytes.push(form);
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Reads a message. `None` for one that only newer versions know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Option<Self>> {
        read(&unpack(bytes, MESSAGE_BYTES_MAX)?)
    }

    /// Reads what somebody says before it is known whether they belong: a small hello or refusal, and nothing
    /// else is so much as taken apart.
    pub fn greeting_from_bytes(bytes: &[u8]) -> Result<Option<Self>> {
        let plain = unpack(bytes, GREETING_BYTES_MAX)?;
        let mut decoder = minicbor::Decoder::new(&plain);
        let number = decoder.array().and_then(|_| decoder.u32());
        match number {
            Ok(number) if GREETINGS.contains(&number) => read(&plain),
            _ => Err(malformed("message", "it was said before hello")),
        }
    }
}

fn read(plain: &[u8]) -> Result<Option<Message>> {
    cbor::check_bounded(plain, LIST_MAX)?;
    match minicbor::decode(plain) {
        Ok(message) => Ok(Some(message)),
        Err(error) if error.is_unknown_variant() => Ok(None),
        Err(error) => Err(malformed("message", error.to_string())),
    }
}

/// Unpacks no more than so many bytes, whatever the packed form claims.
fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>> {
    let (form, body) = bytes
        .split_first()
        .ok_or_else(|| malformed("message", "it is empty"))?;
    let most = limit as u64 + 1;
    let mut plain = Vec::new();
    match *form {
        FORM_PLAIN => body.take(most).read_to_end(&mut plain),
        FORM_ZSTD => zstd::stream::read::Decoder::new(body).and_then(|mut decoder| {
            decoder.window_log_max(WINDOW_LOG_MAX)?;
            decoder.take(most).read_to_end(&mut plain)
        }),
        _ => return Err(malformed("message", "it is packed in a way not known here")),
    }
    .map_err(|error| malformed("message", error.to_string()))?;
    if plain.len() > limit {
        return Err(Error::TooLarge {
            what: "a message",
            size: plain.len(),
            limit,
        });
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Message {
        Message::Events {
            log: NodeId([1; 32]),
            first: 4,
            events: vec![Blob(vec![7; 300]), Blob(vec![8; 300])],
        }
    }

    #[test]
    fn a_message_reads_back_as_it_was_said() {
        for message in [
            sample(),
            Message::Done { heads: 3 },
            Message::Refuse(Refused::Revoked),
        ] {
            let read = Message::from_bytes(&message.to_bytes()).expect("reads");
            assert_eq!(read, Some(message));
        }
    }

    #[test]
    fn a_message_of_a_newer_version_is_passed_over() {
        // Variant 99 with one field.
        let bytes = [FORM_PLAIN, 0x82, 0x18, 99, 0x81, 0x01];
        assert_eq!(Message::from_bytes(&bytes).expect("well formed"), None);
    }

    #[test]
    fn a_few_bytes_that_unpack_to_gigabytes_are_refused() {
        let bomb = zstd::bulk::compress(&vec![0; MESSAGE_BYTES_MAX + 1], 19).expect("packs");
        let bytes = [&[FORM_ZSTD], bomb.as_slice()].concat();
        assert!(bytes.len() < 10_000);
        let refused = Message::from_bytes(&bytes).expect_err("too large");
        assert!(matches!(refused, Error::TooLarge { .. }), "{refused}");
    }

    #[test]
    fn a_list_of_more_entries_than_anybody_has_to_say_is_refused() {
        let events = vec![Blob(Vec::new()); 20_001];
        let many = Message::Events {
            log: NodeId([1; 32]),
            first: 1,
            events,
        };
        let packed = many.to_bytes();
        assert!(packed.len() < 200);
        let refused = Message::from_bytes(&packed).expect_err("too many");
        assert!(refused.to_string().contains("a list in it"), "{refused}");
    }

    #[test]
    fn before_hello_nothing_but_a_small_greeting_is_read() {
        let mut hello = Hello {
            version: VERSION,
            operation: OperationId([7; 16]),
            node: NodeId([1; 32]),
            papers: vec![1; 500],
            now_ms: 1,
            members: vec![NodeId([2; 32]); 50],
            revoked: Vec::new(),
            logs: Vec::new(),
        };
        let refusal = Message::Refuse(Refused::Revoked);
        for greeting in [Message::Hello(hello.clone()), refusal] {
            let read = Message::greeting_from_bytes(&greeting.to_bytes()).expect("reads");
            assert_eq!(read, Some(greeting));
        }
        let early = Message::greeting_from_bytes(&sample().to_bytes());
        let early = early.expect_err("not yet").to_string();
        assert!(early.contains("before hello"), "{early}");
        hello.papers = vec![0; GREETING_BYTES_MAX];
        let large = Message::greeting_from_bytes(&Message::Hello(hello).to_bytes());
        assert!(matches!(large, Err(Error::TooLarge { .. })), "{large:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Message::from_bytes(&bytes);
            let _ = Message::greeting_from_bytes(&bytes);
        }

        #[test]
        fn an_altered_message_is_read_or_refused_without_panic(
            place in any::<prop::sample::Index>(), value in any::<u8>(), cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = sample().to_bytes();
            let place = place.index(bytes.len());
            bytes[place] = value;
            bytes.truncate(cut.index(bytes.len()) + 1);
            let _ = Message::from_bytes(&bytes);
        }
    }
}
