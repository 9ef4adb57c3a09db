//! Writing: one transaction at a time, in which events and the read model's rows change together.
//!
//! A transaction that is dropped leaves no trace, neither in the file nor in memory. Nothing is
//! acknowledged before it is durable.

use std::ops::{Deref, DerefMut};

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::event::{Draft, Event};
use crate::identity::KeyId;
use crate::merkle::Checkpoint;
use crate::reader::{Head, View};

/// What an erasure destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whether the key existed until now.
    pub key: bool,
    /// How many ciphertexts went with it.
    pub attachments: usize,
}

/// The one open transaction of the writer. Dropped without commit it is rolled back.
#[derive(Debug)]
pub struct Transaction<'l> {
    ledger: &'l mut crate::Ledger,
}

impl Transaction<'_> {
    /// Appends an event to this node's log: position, previous hash and clock are assigned,
    /// attachments sealed, the whole signed and stored. Durable only after
    /// [`Transaction::commit`].
    pub fn append(&mut self, draft: Draft, now_ms: u64) -> Result<Event> {
        let _ = (draft, now_ms);
        todo!()
    }

    /// Destroys a data key and every ciphertext under it on this node. Signatures and chain still
    /// verify. The event that says so is the caller's to append, in the same transaction.
    pub fn erase(&mut self, key: KeyId, now_ms: u64) -> Result<Erased> {
        let _ = (key, now_ms);
        todo!()
    }

    /// Signs and stores a checkpoint of this node's log as it stands in this transaction.
    pub fn checkpoint(&mut self, now_ms: u64) -> Result<Checkpoint> {
        let _ = now_ms;
        todo!()
    }

    /// Begins a part that can be undone by itself. Dropped without [`Savepoint::commit`] it
    /// leaves no trace, in the file or in memory.
    pub fn savepoint(&mut self) -> Result<Savepoint<'_>> {
        todo!()
    }

    /// Runs `work` within a savepoint that is kept if it succeeds and undone if it fails.
    pub fn attempt<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _ = work;
        todo!()
    }

    /// The connection, for the read model's own tables (any prefix but `ledger_`).
    pub fn connection(&self) -> &Connection {
        let _ = &self.ledger;
        todo!()
    }

    /// The ledger's tables as this transaction sees them.
    pub fn view(&self) -> View<'_> {
        View::on(self.connection())
    }

    /// The end of this node's log as this transaction sees it.
    pub fn head(&self) -> Head {
        todo!()
    }

    /// Makes everything durable and acknowledges it: returns only when the log is on the disk and
    /// the acknowledged-head record after it.
    pub fn commit(self) -> Result<Head> {
        todo!()
    }
}

/// A part of a transaction that can be undone by itself; use it as the transaction.
#[derive(Debug)]
pub struct Savepoint<'t> {
    transaction: Transaction<'t>,
}

impl Savepoint<'_> {
    /// Keeps it as part of the transaction around it.
    pub fn commit(self) -> Result<()> {
        todo!()
    }

    /// Undoes it, saying whether that worked; dropping does the same silently.
    pub fn rollback(self) -> Result<()> {
        todo!()
    }
}

impl<'t> Deref for Savepoint<'t> {
    type Target = Transaction<'t>;

    fn deref(&self) -> &Transaction<'t> {
        &self.transaction
    }
}

impl<'t> DerefMut for Savepoint<'t> {
    fn deref_mut(&mut self) -> &mut Transaction<'t> {
        &mut self.transaction
    }
}
