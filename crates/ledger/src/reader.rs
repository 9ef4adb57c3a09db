//! Reading: events, heads and contents, on any connection to the ledger's database.
//!
//! What is served has been checked against its hash. Nothing here writes.

use rusqlite::Connection;

use crate::attachment::{AttachmentRef, Content};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::identity::{AggregateId, Hash, NodeId, Position, Receipt};
use crate::merkle::{Checkpoint, ConsistencyProof, InclusionProof};

/// The end of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose log.
    pub node: NodeId,
    /// How many events it holds, which is the position of the last one.
    pub size: u64,
    /// Leaf hash of the last one, [`Hash::ZERO`] for an empty log.
    pub leaf: Hash,
}

/// A read-only connection of its own. Make as many as there are threads; writing goes on beside.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
}

impl Reader {
    /// The connection, for the read model's own tables.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The ledger's tables on this connection.
    pub const fn view(&self) -> View<'_> {
        View {
            connection: &self.connection,
        }
    }
}

/// The ledger's tables as seen through one connection: a [`Reader`]'s, or the writer's within
/// its transaction.
#[derive(Clone, Copy, Debug)]
pub struct View<'c> {
    pub(crate) connection: &'c Connection,
}

impl<'c> View<'c> {
    /// The ledger's tables through any connection to its database.
    pub const fn on(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// The events of one aggregate, of all nodes, in total order.
    pub fn events_of(&self, aggregate: AggregateId) -> Result<Vec<Event>> {
        let _ = aggregate;
        todo!()
    }

    /// Events `first..=last` of a node's log, as far as they are here.
    pub fn range(&self, node: NodeId, first: Position, last: Position) -> Result<Vec<Event>> {
        let _ = (node, first, last);
        todo!()
    }

    /// Hands every event of every node to `each`, in total order, one at a time.
    pub fn for_each_in_order<E: From<Error>>(
        &self,
        each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let _ = each;
        todo!()
    }

    /// Hands every event that came after `seen` to `each`, in order of receipt, one at a time:
    /// how a read model that is behind catches up.
    pub fn for_each_after<E: From<Error>>(
        &self,
        seen: Receipt,
        each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let _ = (seen, each);
        todo!()
    }

    /// One event.
    pub fn event(&self, node: NodeId, position: Position) -> Result<Option<Event>> {
        let _ = (node, position);
        todo!()
    }

    /// The node that signs here now.
    pub fn node(&self) -> Result<NodeId> {
        todo!()
    }

    /// The end of this node's own log.
    pub fn head(&self) -> Result<Head> {
        todo!()
    }

    /// The end of every log held here, in order of node id.
    pub fn heads(&self) -> Result<Vec<Head>> {
        todo!()
    }

    /// The receipt of the newest event, `Receipt(0)` when there is none.
    pub fn last_receipt(&self) -> Result<Receipt> {
        todo!()
    }

    /// What an attachment holds, as far as this node may and can open it.
    pub fn content(&self, attachment: &AttachmentRef) -> Result<Content> {
        let _ = attachment;
        todo!()
    }

    /// The latest checkpoint of a log.
    pub fn checkpoint(&self, node: NodeId) -> Result<Option<Checkpoint>> {
        let _ = node;
        todo!()
    }

    /// The root of the tree over the first `size` events of a log.
    pub fn root(&self, node: NodeId, size: u64) -> Result<Hash> {
        let _ = (node, size);
        todo!()
    }

    /// Proof that an event is in the first `size` events of its log.
    pub fn prove_inclusion(
        &self,
        node: NodeId,
        position: Position,
        size: u64,
    ) -> Result<InclusionProof> {
        let _ = (node, position, size);
        todo!()
    }

    /// Proof that the log of `to` events begins with the log of `from` events.
    pub fn prove_consistency(&self, node: NodeId, from: u64, to: u64) -> Result<ConsistencyProof> {
        let _ = (node, from, to);
        todo!()
    }
}
