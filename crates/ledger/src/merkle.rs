//! RFC 9162 Merkle trees: roots, inclusion and consistency proofs, checkpoints.

use crate::identity::{Hash, NodeId};

/// That one leaf is in a tree (RFC 9162, section 2.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// Index of the leaf, from 0.
    pub index: u64,
    /// Leaves in the tree.
    pub size: u64,
    /// Hashes from the leaf up.
    pub path: Vec<Hash>,
}

/// That one tree begins with another (RFC 9162, section 2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// Leaves in the earlier tree.
    pub from: u64,
    /// Leaves in the later tree.
    pub to: u64,
    /// The hashes.
    pub path: Vec<Hash>,
}

/// A node's signed word on its log: so many events, this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log.
    pub node: NodeId,
    /// Events in it.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// When it was signed, in milliseconds since 1970.
    pub at_ms: u64,
    /// The COSE_Sign1 as signed.
    pub bytes: Vec<u8>,
}
