//! The event: what it holds, how it is written, how it is read back and checked.
//!
//! An event is a COSE_Sign1 (RFC 9052, section 4.2) over a deterministic CBOR map. The bytes that
//! were signed are the bytes that are stored, hashed, sent and verified; they are never written
//! anew from the decoded view. The signed part must never hold personal data: that is what
//! attachments are for.

use std::ops::Range;

use crate::attachment::{AttachmentRef, DraftAttachment};
use crate::cbor;
use crate::clock::{EventOrder, Hlc, Occurred};
use crate::error::{Error, Result, malformed};
use crate::identity::{AggregateId, AuthorId, Hash, NodeId, Position, Receipt};
use crate::merkle::leaf_hash;
use crate::payload::Payload;
use crate::sign1::{self, Purpose, Sign1};
use crate::signature::SignerKey;

/// Longest kind or slot.
const WORD_BYTES_MAX: usize = 64;
/// Largest public body.
pub(crate) const BODY_BYTES_MAX: usize = 1 << 20;
/// Most attachments beside one event.
pub(crate) const ATTACHMENTS_MAX: usize = 256;

/// An event before it has a place in the log. Position, chain, clock and signature come from the
/// ledger when it is appended.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What happened, a word of the program like `arrival.registered`.
    pub kind: String,
    /// What it is about.
    pub aggregate: AggregateId,
    /// Who says so.
    pub author: AuthorId,
    /// When it happened.
    pub occurred: Occurred,
    /// The public body: one data item of deterministic CBOR, without personal data.
    pub body: Vec<u8>,
    /// The personal part.
    pub attachments: Vec<DraftAttachment>,
}

/// A signed event, decoded. There is no way to make one but to append a draft or to read and
/// check stored bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub(crate) receipt: Receipt,
    /// In which log it lies here: its node's, or a branch of it.
    pub(crate) log: NodeId,
    pub(crate) version: u32,
    pub(crate) kind: String,
    pub(crate) aggregate: AggregateId,
    pub(crate) author: AuthorId,
    pub(crate) node: NodeId,
    pub(crate) position: Position,
    pub(crate) previous: Hash,
    pub(crate) hlc: Hlc,
    pub(crate) occurred: Occurred,
    /// Where in `bytes` the body lies.
    pub(crate) body: Range<usize>,
    pub(crate) attachments: Vec<AttachmentRef>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) leaf: Hash,
}

impl Event {
    /// Reads a signed event from anywhere and checks its form and its signature.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        let event = Self::decode(bytes, Receipt(0))?;
        event.check_signature()?;
        Ok(event)
    }

    /// Checks the signature over the stored bytes.
    pub fn check_signature(&self) -> Result<()> {
        let key = SignerKey::from_bytes(self.node.0).ok_or_else(|| self.unsigned())?;
        self.check_signature_by(&key)
    }

    /// Checks the signature with the node's key, as many of one node are checked.
    pub(crate) fn check_signature_by(&self, key: &SignerKey) -> Result<()> {
        let (words, signature) = self.signed()?;
        if key.accepts(&words, signature) {
            Ok(())
        } else {
            Err(self.unsigned())
        }
    }

    /// What was signed, and the signature, of an event whose form is checked.
    pub(crate) fn signed(&self) -> Result<(Vec<u8>, [u8; 64])> {
        Ok(Sign1::parse(&self.bytes)?.signed())
    }

    /// That its signature is not by the node it names.
    pub(crate) fn unsigned(&self) -> Error {
        Error::Signature {
            what: Purpose::Event.noun(),
            signer: format!("node {}", self.node),
        }
    }

    /// Reads stored bytes and checks their form: encoding, headers, entries. Not the signature.
    pub(crate) fn decode(bytes: Vec<u8>, receipt: Receipt) -> Result<Self> {
        let (message, signer) = sign1::open(Purpose::Event, &bytes)?;
        let payload = Payload::decode(message.payload)
            .map_err(|error| malformed("event", error.to_string()))?;
        if payload.node != signer {
            return Err(malformed(
                "event",
                "it is of another node than the one that signed it",
            ));
        }
        if payload.position.0 == 0
            || (payload.position == Position::FIRST) != (payload.previous == Hash::ZERO)
        {
            return Err(malformed(
                "event",
                "its position and its previous hash do not agree",
            ));
        }
        check_word(&payload.kind)?;
        cbor::check_deterministic(payload.body)?;
        let body_start = payload.body.as_ptr() as usize - bytes.as_ptr() as usize;
        Ok(Self {
            receipt,
            log: payload.node,
            version: payload.version,
            kind: payload.kind,
            aggregate: payload.aggregate,
            author: payload.author,
            node: payload.node,
            position: payload.position,
            previous: payload.previous,
            hlc: payload.hlc,
            occurred: payload.occurred,
            body: body_start..body_start + payload.body.len(),
            attachments: payload.attachments,
            leaf: leaf_hash(&bytes),
            bytes,
        })
    }

    /// In which order this node came to hold it; local to this database.
    pub const fn receipt(&self) -> Receipt {
        self.receipt
    }

    /// In which log it lies: that of its node, or a branch of it, where what it says is disputed.
    pub const fn log(&self) -> NodeId {
        self.log
    }

    /// Whether it lies on a branch: after a fork, or after its node was sent away (G9).
    pub fn is_disputed(&self) -> bool {
        self.log != self.node
    }

    /// The version of the event format.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What happened.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What it is about.
    pub const fn aggregate(&self) -> AggregateId {
        self.aggregate
    }

    /// Who says so.
    pub const fn author(&self) -> AuthorId {
        self.author
    }

    /// The node that recorded and signed it.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Where it stands in that node's log.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// The leaf hash of the event before it, [`Hash::ZERO`] at the first position.
    pub const fn previous(&self) -> Hash {
        self.previous
    }

    /// When it was recorded.
    pub const fn hlc(&self) -> Hlc {
        self.hlc
    }

    /// When it happened.
    pub const fn occurred(&self) -> Occurred {
        self.occurred
    }

    /// The public body, deterministic CBOR.
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.body.clone()]
    }

    /// What rides beside it.
    pub fn attachments(&self) -> &[AttachmentRef] {
        &self.attachments
    }

    /// The attachment in a slot.
    pub fn attachment(&self, slot: &str) -> Option<&AttachmentRef> {
        self.attachments
            .iter()
            .find(|attachment| attachment.slot == slot)
    }

    /// The signed bytes as stored.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// RFC 9162 leaf hash of the signed bytes: the event's name everywhere.
    pub const fn leaf(&self) -> Hash {
        self.leaf
    }

    /// Where it sorts among all events of all nodes.
    pub const fn order(&self) -> EventOrder {
        EventOrder {
            hlc: self.hlc,
            node: self.log,
            position: self.position,
        }
    }
}

/// Kinds and slots are words of the program: lower-case letters, digits, `.`, `-`, `_`. Free text
/// does not fit in, so a name cannot slip into the signed part this way.
pub(crate) fn check_word(word: &str) -> Result<()> {
    let fits = (1..=WORD_BYTES_MAX).contains(&word.len())
        && word
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'));
    if fits {
        return Ok(());
    }
    Err(malformed(
        "kind or slot",
        "use 1 to 64 of a-z, 0-9, '.', '-', '_'",
    ))
}

/// Checks a draft before it is given a place.
pub(crate) fn check_draft(draft: &Draft) -> Result<()> {
    check_word(&draft.kind)?;
    limit("the body of an event", draft.body.len(), BODY_BYTES_MAX)?;
    limit(
        "the number of attachments",
        draft.attachments.len(),
        ATTACHMENTS_MAX,
    )?;
    cbor::check_deterministic(&draft.body)?;
    for (place, attachment) in draft.attachments.iter().enumerate() {
        check_word(&attachment.slot)?;
        if draft.attachments[..place]
            .iter()
            .any(|earlier| earlier.slot == attachment.slot)
        {
            return Err(malformed("draft", "two attachments have the same slot"));
        }
    }
    Ok(())
}

pub(crate) fn limit(what: &'static str, size: usize, limit: usize) -> Result<()> {
    if size > limit {
        Err(Error::TooLarge { what, size, limit })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::KeyRef;
    use crate::clock::Precision;
    use crate::identity::KeyId;
    use ed25519_dalek::SigningKey;
    use proptest::prelude::*;

    fn sample() -> Draft {
        Draft {
            kind: "arrival.met".to_owned(),
            aggregate: AggregateId([0x11; 16]),
            author: AuthorId([0x22; 16]),
            occurred: Occurred {
                at_ms: 1_632_405_600_000,
                precision: Precision::Minute,
            },
            body: vec![0xa1, 0x01, 0x02],
            attachments: Vec::new(),
        }
    }

    fn placed(draft: &Draft) -> Payload<'_> {
        let signing = SigningKey::from_bytes(&[1; 32]);
        let node = NodeId(signing.verifying_key().to_bytes());
        let hlc = Hlc {
            wall_ms: 1_632_405_612_345,
            counter: 0,
        };
        let name = AttachmentRef {
            slot: "person".to_owned(),
            key: KeyRef::Person(KeyId([0x33; 16])),
            hash: Hash([0x44; 32]),
        };
        Payload::place(draft, (node, Position::FIRST, Hash::ZERO, hlc), vec![name])
    }

    fn signed() -> Event {
        placed(&sample())
            .sign(&SigningKey::from_bytes(&[1; 32]))
            .expect("a good event")
    }

    /// The worked example of `docs/decisions/0002-event-format.md`: Ed25519 signatures are
    /// deterministic, so these bytes may never change.
    #[test]
    fn the_worked_example_of_the_decision_stays_as_written() {
        let decision = include_str!("../../../docs/decisions/0002-event-format.md");
        let written = crate::identity::hex(signed().bytes());
        let shown: String = decision
            .split("```hex")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .expect("the decision shows the bytes")
            .split_whitespace()
            .collect();
        assert_eq!(shown, written);
        assert!(decision.contains(&signed().leaf().hex()));
    }

    #[test]
    fn an_event_reads_back_as_it_was_signed() {
        let event = signed();
        let read = Event::from_bytes(event.bytes().to_vec()).expect("verifies");
        assert_eq!(read, event);
        assert_eq!(read.body(), [0xa1, 0x01, 0x02]);
        assert_eq!(
            read.attachment("person").expect("bound").hash,
            Hash([0x44; 32])
        );
    }

    #[test]
    fn an_event_with_any_bit_flipped_is_refused() {
        let good = signed();
        for bit in 0..good.bytes().len() * 8 {
            let mut bytes = good.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(
                Event::from_bytes(bytes).is_err(),
                "bit {bit} flipped was accepted"
            );
        }
    }

    #[test]
    fn an_event_of_a_later_version_is_kept_whole() {
        let signing = SigningKey::from_bytes(&[1; 32]);
        let draft = sample();
        let mut payload = placed(&draft).encode();
        // Version 2 adds entry 12; the map grows from eleven to twelve entries.
        payload[0] = 0xac;
        payload[2] = 2;
        payload.extend_from_slice(&[0x0c, 0x63, b'n', b'e', b'w']);
        let bytes = sign1::sign(Purpose::Event, &signing, &payload);
        let event = Event::from_bytes(bytes.clone()).expect("a later version is read");
        assert_eq!((event.version(), event.bytes()), (2, bytes.as_slice()));
    }

    #[test]
    fn free_text_does_not_fit_into_a_kind() {
        for word in ["", "Jean Baptiste", "é", &"a".repeat(65)] {
            assert!(check_word(word).is_err(), "{word:?} was accepted");
        }
        assert!(check_word("arrival.met-2_b").is_ok());
    }

    proptest! {
        #[test]
        fn random_bytes_never_make_the_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Event::decode(bytes, Receipt(0));
        }

        #[test]
        fn a_mutated_event_is_refused_without_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in any::<prop::sample::Index>(),
        ) {
            let good = signed();
            let mut bytes = good.bytes().to_vec();
            for (place, value) in changes {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            let unchanged = bytes == good.bytes();
            prop_assert_eq!(Event::from_bytes(bytes).is_ok(), unchanged);
        }
    }
}
