//! The event: what it holds, how it is written, how it is read back and checked.
//!
//! An event is a COSE_Sign1 (RFC 9052, section 4.2) over a deterministic CBOR map. The bytes that
//! were signed are the bytes that are stored, hashed, sent and verified; they are never written
//! anew from the decoded view. The signed part must never hold personal data: that is what
//! attachments are for.

use crate::attachment::{AttachmentRef, DraftAttachment};
use crate::clock::{EventOrder, Hlc, Occurred};
use crate::identity::{AggregateId, AuthorId, Hash, NodeId, Position, Receipt};

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
    pub(crate) version: u32,
    pub(crate) kind: String,
    pub(crate) aggregate: AggregateId,
    pub(crate) author: AuthorId,
    pub(crate) node: NodeId,
    pub(crate) position: Position,
    pub(crate) previous: Hash,
    pub(crate) hlc: Hlc,
    pub(crate) occurred: Occurred,
    pub(crate) body: Vec<u8>,
    pub(crate) attachments: Vec<AttachmentRef>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) leaf: Hash,
}

impl Event {
    /// In which order this node came to hold it; local to this database.
    pub const fn receipt(&self) -> Receipt {
        self.receipt
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
        &self.body
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
            node: self.node,
            position: self.position,
        }
    }
}
