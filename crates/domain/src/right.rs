//! The right to give something lies with exactly one node at a time (G3). It moves only when the node
//! that holds it releases it to a named one, and only once that one has accepted. Until then nobody may
//! give it. What is recorded as given without the right is kept and shown; it is never hidden.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{ArrivalId, Moment, MovementId, NodeKey, SiteId, TransferId};

/// A right on its way: its holder released it, and the node it is for has not answered yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Passing {
    /// The release; the answer names it.
    #[n(0)]
    pub transfer: TransferId,
    /// The node it is for.
    #[n(1)]
    pub to: NodeKey,
    /// The site where it is to be given.
    #[n(2)]
    pub site: SiteId,
    /// When it was released.
    #[n(3)]
    pub at: Moment,
}

impl Passing {
    /// Whether this release waits for an answer of this node.
    pub(crate) fn waits_for(&self, transfer: TransferId, node: NodeKey) -> bool {
        let for_it = self.to == node || planted::mistake!("take what is for another");
        self.transfer == transfer && for_it
    }
}

/// By what right something was given.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum GivenBy {
    /// The node that gave it held the right.
    #[n(0)]
    Held,
    /// The right of a node that is lost, or of a backup, taken over by people's decision. The only act
    /// that can break the promise that each is given once, so it is counted apart everywhere.
    #[n(1)]
    Recovered,
    /// The node that says so held no right, as after a fork: a claim, which people look at.
    #[n(2)]
    Claimed,
}

impl GivenBy {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Held, Self::Recovered, Self::Claimed];

    /// The word of the standing in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Recovered => "recovered",
            Self::Claimed => "claimed",
        }
    }
}

/// Whose rights are released.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Released {
    /// Everybody's of a movement who was met and has not received everything.
    Movement(MovementId),
    /// The first so many people's of a movement, in the order of the queue: a desk's share.
    Share {
        /// The movement.
        movement: MovementId,
        /// How many people.
        people: u32,
    },
    /// These people's.
    People(Vec<ArrivalId>),
}
