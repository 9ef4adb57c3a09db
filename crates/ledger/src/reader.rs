//! Reading: events, heads and contents, on any connection to the ledger's database.
//!
//! What is served has been checked against its hash. Nothing here writes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension as _};

use crate::attachment::{AttachmentRef, Content};
use crate::branch::{self, Branch};
use crate::checkpoint::Checkpoint;
use crate::error::{Doing as _, Error, Result, malformed};
use crate::event::Event;
use crate::halt::Halt;
use crate::identity::{AggregateId, Hash, NodeId, Position, Receipt};
use crate::intake::{self, Parked};
use crate::keyring::{self, DataKey};
use crate::ledger::{self, Options};
use crate::member::{self, Member};
use crate::merkle::{ConsistencyProof, InclusionProof, root_of};
use crate::root::RootPublic;
use crate::schema::{self, Access};
use crate::sealing::{self, Opened, SealingSecret};
use crate::store::{SqliteStore, Store as _};
use crate::vault::DatabaseKey;
use crate::wanted;

/// The end of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which log: a node's own, or a branch of it.
    pub node: NodeId,
    /// The position of the last event: how many events there are up to it.
    pub size: u64,
    /// Leaf hash of the last one, [`Hash::ZERO`] for an empty log.
    pub leaf: Hash,
}

/// A read-only connection of its own. Make as many as there are threads; writing goes on beside.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) dir: PathBuf,
    pub(crate) key: DatabaseKey,
    pub(crate) options: Options,
}

impl Reader {
    /// Another connection to the database of an open ledger.
    pub(crate) fn open(dir: PathBuf, key: DatabaseKey, options: Options) -> Result<Self> {
        let path = dir.join(ledger::DATABASE_FILE_NAME);
        let connection = schema::connect(&path, &key, Access::Read, &options)?;
        Ok(Self {
            connection,
            dir,
            key,
            options,
        })
    }

    /// One more like this, for another thread.
    pub fn another(&self) -> Result<Self> {
        Self::open(self.dir.clone(), self.key.clone(), self.options.clone())
    }

    /// A key for what is kept beside the ledger; see [`DatabaseKey::derive`].
    pub fn derived_key(&self, label: &str) -> zeroize::Zeroizing<[u8; 32]> {
        self.key.derive(label)
    }

    /// The connection, for the read model's own tables. To read several things of one moment,
    /// begin a deferred transaction on it.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The ledger's tables on this connection.
    pub const fn view(&self) -> View<'_> {
        View {
            connection: &self.connection,
        }
    }

    /// Walks and checks everything, while the writer goes on. Damage is in the report; an error
    /// is only that there was nothing to be walked.
    pub fn verify(&self, progress: impl FnMut(crate::Progress)) -> Result<crate::Report> {
        let path = self.dir.join(ledger::DATABASE_FILE_NAME);
        if !path.exists() {
            return Err(Error::NotFound(self.dir.clone()));
        }
        Ok(crate::verify::walk(
            &self.dir,
            &self.key,
            &self.options,
            progress,
        ))
    }
}

/// The ledger's tables as seen through one connection: a [`Reader`]'s, or the writer's within
/// its transaction.
#[derive(Clone, Copy, Debug)]
pub struct View<'c> {
    connection: &'c Connection,
}

impl<'c> View<'c> {
    /// The ledger's tables through any connection to its database.
    pub const fn on(connection: &'c Connection) -> Self {
        Self { connection }
    }

    pub(crate) const fn connection(self) -> &'c Connection {
        self.connection
    }

    const fn store(self) -> SqliteStore<'c> {
        SqliteStore::on(self.connection)
    }

    /// The events of one aggregate, of all nodes, in total order.
    pub fn events_of(&self, aggregate: AggregateId) -> Result<Vec<Event>> {
        self.store().events_of(aggregate)
    }

    /// Events `first..=last` of a node's log, as far as they are here.
    pub fn range(&self, node: NodeId, first: Position, last: Position) -> Result<Vec<Event>> {
        self.store().range(node, first, last)
    }

    /// Hands every event of every node to `each`, in total order, one at a time.
    pub fn for_each_in_order<E: From<Error>>(
        &self,
        each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        self.store().for_each(
            "ORDER BY hlc_wall_ms, hlc_counter, node, position",
            [],
            each,
        )
    }

    /// Hands every event that came after `seen` to `each`, in order of receipt, one at a time:
    /// how a read model that is behind catches up.
    pub fn for_each_after<E: From<Error>>(
        &self,
        seen: Receipt,
        each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        self.store()
            .for_each("WHERE receipt > ?1 ORDER BY receipt", [seen.0], each)
    }

    /// One event.
    pub fn event(&self, node: NodeId, position: Position) -> Result<Option<Event>> {
        Ok(self.range(node, position, position)?.pop())
    }

    /// The node that signs here now.
    pub fn node(&self) -> Result<NodeId> {
        self.connection
            .query_row(
                "SELECT node FROM ledger_identity WHERE signing IS NOT NULL",
                [],
                |row| row.get(0).map(NodeId),
            )
            .doing("read which node this is")
    }

    /// The identities this node had before the present one, the latest first: their logs are
    /// here, their signing keys are destroyed (G9).
    pub fn past_nodes(&self) -> Result<Vec<NodeId>> {
        self.connection
            .prepare_cached(
                "SELECT node FROM ledger_identity WHERE signing IS NULL ORDER BY until_ms DESC",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([], |row| row.get(0).map(NodeId))?
                    .collect()
            })
            .doing("read past identities")
    }

    /// This node's X25519 keys, the present one first: what was sealed to any of them can be
    /// opened.
    pub fn sealing_secrets(&self) -> Result<Vec<SealingSecret>> {
        keyring::sealing_secrets(self.connection)
    }

    /// The end of this node's own log.
    pub fn head(&self) -> Result<Head> {
        let node = self.node()?;
        self.heads()?
            .into_iter()
            .find(|head| head.node == node)
            .ok_or_else(|| malformed("ledger", "this node has no log"))
    }

    /// The end of every log held here, branches too, in order of name.
    pub fn heads(&self) -> Result<Vec<Head>> {
        self.store().heads()
    }

    /// The receipt of the newest event, `Receipt(0)` when there is none.
    pub fn last_receipt(&self) -> Result<Receipt> {
        self.connection
            .query_row(
                "SELECT ifnull(max(receipt), 0) FROM ledger_event",
                [],
                |row| row.get(0).map(Receipt),
            )
            .doing("read the newest receipt")
    }

    /// What an attachment holds, as far as this node may and can open it.
    ///
    /// # Errors
    /// [`Error::DamagedAttachment`] when its bytes changed here.
    pub fn content(&self, attachment: &AttachmentRef) -> Result<Content> {
        let secrets = match keyring::data_key(self.connection, attachment.key.person())? {
            DataKey::Held(secrets) => secrets,
            DataKey::Erased => return Ok(Content::Erased),
            DataKey::Unknown => return Ok(Content::Withheld),
        };
        let Some(ciphertext) = self.store().ciphertext(attachment.hash)? else {
            return Ok(Content::Withheld);
        };
        let AttachmentRef { slot, key, .. } = attachment;
        let opened = secrets
            .iter()
            .find_map(|secret| sealing::open_attachment(secret, key, slot, &ciphertext));
        match opened {
            Some(Opened::Clear(clear)) => Ok(Content::Clear(clear)),
            Some(Opened::Note(note)) => Ok(Content::SealedToRole(note)),
            // Sealed under another key of this owner, which has not come yet.
            None if wanted::is_wanted(self.connection, attachment.hash)? => Ok(Content::Withheld),
            None => Ok(Content::Unopened),
        }
    }

    /// The latest checkpoint of a log, its signature checked.
    pub fn checkpoint(&self, node: NodeId) -> Result<Option<Checkpoint>> {
        let bytes: Option<Vec<u8>> = self
            .connection
            .query_row(
                "SELECT bytes FROM ledger_checkpoint WHERE node = ?1 ORDER BY size DESC LIMIT 1",
                [node.0],
                |row| row.get(0),
            )
            .optional()
            .doing("read a checkpoint")?;
        bytes
            .map(|bytes| Checkpoint::from_bytes(&bytes))
            .transpose()
    }

    /// The root of the tree over the first `size` events of a log.
    pub fn root(&self, node: NodeId, size: u64) -> Result<Hash> {
        Ok(root_of(&self.leaves(node, size)?))
    }

    /// Proof that an event is in the first `size` events of its log. Reads every leaf hash.
    pub fn prove_inclusion(
        &self,
        node: NodeId,
        position: Position,
        size: u64,
    ) -> Result<InclusionProof> {
        let outside = Error::Proof {
            what: "inclusion",
            why: "positions begin at 1",
        };
        let index = position.0.checked_sub(1).ok_or(outside)?;
        InclusionProof::of(index, &self.leaves(node, size)?)
    }

    /// Proof that the log of `to` events begins with the log of `from` events. Reads every leaf
    /// hash.
    pub fn prove_consistency(&self, node: NodeId, from: u64, to: u64) -> Result<ConsistencyProof> {
        ConsistencyProof::of(from, &self.leaves(node, to)?)
    }

    fn leaves(self, log: NodeId, size: u64) -> Result<Vec<Hash>> {
        let leaves = branch::leaves(self.connection, log, size)?;
        if leaves.len() as u64 == size {
            return Ok(leaves);
        }
        Err(Error::Proof {
            what: "Merkle",
            why: "the log here is shorter than that",
        })
    }

    /// The root this ledger trusts; none before it belongs to an operation.
    pub fn root_key(&self) -> Result<Option<RootPublic>> {
        member::root(self.connection)
    }

    /// Every node that belongs to the operation, as far as it is known here.
    pub fn members(&self) -> Result<BTreeMap<NodeId, Member>> {
        member::members(self.connection)
    }

    /// One node that belongs to the operation, as [`View::members`] has it.
    pub fn member(&self, node: NodeId) -> Result<Option<Member>> {
        member::member(self.connection, node)
    }

    /// The papers of a node, as they are passed on.
    pub fn papers(&self, node: NodeId) -> Result<Option<Vec<u8>>> {
        member::papers(self.connection, node)
    }

    /// The root's words on who was sent away, as they are passed on: node, last position that
    /// counts, certificate.
    pub fn revocations(&self) -> Result<Vec<(NodeId, u64, Vec<u8>)>> {
        member::revocations(self.connection)
    }

    /// Why this node may write nothing more under its present identity, if it may not.
    pub fn halted(&self) -> Result<Option<Halt>> {
        Halt::read(self.connection)
    }

    /// Whether a node was sent away, as far as it is known here.
    pub(crate) fn is_revoked(self, node: NodeId) -> Result<bool> {
        member::is_revoked(self.connection, node)
    }

    /// Where logs are not one line (G9).
    pub fn branches(&self) -> Result<Vec<Branch>> {
        branch::all(self.connection)
    }

    /// What was set aside, by author and reason.
    pub fn parked(&self) -> Result<Vec<Parked>> {
        intake::parked(self.connection)
    }

    /// Whether anything that was set aside for its clock has its time by now:
    /// [`Transaction::retry_parked`](crate::Transaction::retry_parked) takes it in.
    pub fn is_any_due(&self, now_ms: u64) -> Result<bool> {
        intake::is_any_due(self.connection, now_ms)
    }

    /// Whether an event is here, on whichever line of its node's log.
    pub fn holds(&self, node: NodeId, position: Position, leaf: Hash) -> Result<bool> {
        let logs = branch::logs_of(self.connection, node)?;
        Ok(branch::holding(self.connection, &logs, position, leaf)?.is_some())
    }
}
