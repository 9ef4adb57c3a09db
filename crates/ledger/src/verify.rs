//! Walking everything that is stored and checking it against everything that was signed.
//!
//! It reads and reports; it never repairs and never stops at the first damage.

use crate::identity::{Hash, NodeId, Position};

/// How far a long piece of work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u64,
    /// In all.
    pub total: u64,
}

/// What kind of damage was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// A page of the database file fails its authentication.
    Page {
        /// What SQLCipher says.
        detail: String,
    },
    /// An event's bytes do not have the hash under which they were stored.
    EventBytes,
    /// An event's bytes are not a well-formed event.
    EventForm {
        /// What is wrong.
        detail: String,
    },
    /// An event's signature is not the node's.
    EventSignature,
    /// An event does not follow the one before it.
    Chain,
    /// Events are missing between two positions.
    Gap,
    /// The tree over the log is not the one recorded or signed.
    Tree,
    /// The stored columns about an event differ from its signed content.
    Index,
    /// An attachment's ciphertext does not have the hash its event binds.
    AttachmentBytes {
        /// The hash it should have.
        hash: Hash,
    },
    /// An attachment does not open with the key that is held.
    AttachmentKey {
        /// Its hash.
        hash: Hash,
    },
    /// An attachment of this node is gone although its key was never erased.
    AttachmentMissing {
        /// Its hash.
        hash: Hash,
    },
    /// A checkpoint's signature or content is wrong.
    Checkpoint,
    /// The acknowledged-head record is damaged.
    HeadRecord {
        /// What is wrong.
        detail: String,
    },
    /// The key file is damaged.
    Vault {
        /// What is wrong.
        detail: String,
    },
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose log, if it is about a log.
    pub node: Option<NodeId>,
    /// The position in it, if it is about one event.
    pub position: Option<Position>,
    /// What is wrong.
    pub damage: Damage,
    /// What to do about it.
    pub remedy: &'static str,
}

/// What a verification saw.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Events checked, signatures included.
    pub events: u64,
    /// Attachments whose hash was checked.
    pub attachments: u64,
    /// Of these, opened with the key that is held.
    pub opened: u64,
    /// Attachments erased with their key: gone on purpose.
    pub erased: u64,
    /// Attachments never given to this node.
    pub withheld: u64,
    /// Checkpoints checked.
    pub checkpoints: u64,
    /// What is wrong. Empty is good.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}
