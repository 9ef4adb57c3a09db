//! What was given more often than it was to be, because nodes apart each gave it in good faith, or
//! because a right was recovered: found when they meet, listed, and decided by people (G4). Nothing is
//! merged and nothing taken back by itself.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::id_by_rule;
use crate::{NodeKey, Order, OverlapId};

/// In what way something was given too often.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlapKind {
    /// One entitlement, given again: after a recovery, or on both sides of a fork.
    ReceivedAgain,
    /// Given by a node that held no right to give it, or no longer.
    WithoutRight,
    /// One person received an item more often than its limit allows.
    OverLimit,
    /// Two nodes each granted the same person, or the same line of a manifest, the same item for one
    /// movement, and both were given.
    GrantedTwice,
}

impl OverlapKind {
    /// Every kind, the most certain first.
    pub const ALL: [Self; 4] = [
        Self::ReceivedAgain,
        Self::WithoutRight,
        Self::OverLimit,
        Self::GrantedTwice,
    ];

    /// The word of the kind in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReceivedAgain => "received_again",
            Self::WithoutRight => "without_right",
            Self::OverLimit => "over_limit",
            Self::GrantedTwice => "granted_twice",
        }
    }
}

/// What people decided about it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum OverlapDecision {
    /// It stays as it is.
    #[n(0)]
    Accepted,
    /// Somebody talks with the person, or with the colleague who gave it.
    #[n(1)]
    FollowUp,
    /// It was recorded by mistake.
    #[n(2)]
    Error,
}

impl OverlapDecision {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::FollowUp, Self::Error];

    /// The word of the decision in forms, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::FollowUp => "follow_up",
            Self::Error => "error",
        }
    }

    /// The decision of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|decision| decision.code() == code)
    }
}

/// An act of giving by its place: the log it stands in, and where.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct ActOfGiving {
    /// The node whose log it stands in.
    #[n(0)]
    pub node: NodeKey,
    /// Its position there.
    #[n(1)]
    pub position: u64,
}

impl From<Order> for ActOfGiving {
    fn from(order: Order) -> Self {
        Self {
            node: order.node,
            position: order.position,
        }
    }
}

impl ActOfGiving {
    /// The id under which what is decided about this act is kept: the same on every node.
    pub fn overlap(self) -> OverlapId {
        let mut name = self.node.0.to_vec();
        name.extend_from_slice(&self.position.to_be_bytes());
        OverlapId(id_by_rule("overlap", &name))
    }
}
