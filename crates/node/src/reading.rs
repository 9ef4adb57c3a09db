//! Many readers: each looks at one consistent state, while the writer goes on.

use std::sync::{Mutex, PoisonError};

use ledger::Reader;
use register::Register;

use crate::error::NodeError;
use crate::source::LedgerSource;

/// Read connections kept for the next who looks.
const IDLE_MAX: usize = 8;

/// Read connections that are not in use. Opening one costs milliseconds, so they are kept.
#[derive(Debug)]
pub(crate) struct Readers {
    idle: Mutex<Vec<Reader>>,
    /// What further ones are made from: the writer may be busy for seconds, waiting for a disk or for the
    /// database of a hub, and whoever reads does not wait with it.
    first: Mutex<Reader>,
}

impl Readers {
    /// None idle yet.
    pub(crate) const fn of(first: Reader) -> Self {
        Self {
            idle: Mutex::new(Vec::new()),
            first: Mutex::new(first),
        }
    }

    /// One more.
    pub(crate) fn another(&self) -> Result<Reader, NodeError> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(first.another()?)
    }

    /// One that is idle.
    pub(crate) fn take(&self) -> Option<Reader> {
        self.idle
            .lock()
            .expect("no reader panics while it holds the list")
            .pop()
    }

    /// It is idle again. More than a few are closed: each holds a page cache.
    pub(crate) fn give_back(&self, reader: Reader) {
        let mut idle = self
            .idle
            .lock()
            .expect("no reader panics while it holds the list");
        if idle.len() < IDLE_MAX {
            idle.push(reader);
        }
    }
}

/// One consistent state of ledger and register.
pub(crate) struct Snapshot<'r> {
    reader: &'r Reader,
}

impl<'r> Snapshot<'r> {
    /// Begins to look; what is committed from now on is not seen.
    pub(crate) fn begin(reader: &'r Reader) -> Result<Self, NodeError> {
        reader.connection().execute_batch("BEGIN DEFERRED")?;
        Ok(Self { reader })
    }

    /// The register in this state.
    pub(crate) fn register(&self) -> Register<'r> {
        Register::new(self.reader.connection())
    }

    /// The connection, for this node's own tables.
    pub(crate) fn connection(&self) -> &'r rusqlite::Connection {
        self.reader.connection()
    }

    /// The ledger in this state.
    pub(crate) fn source(&self) -> LedgerSource<'r> {
        LedgerSource(self.reader.view())
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // A read transaction has nothing to lose; if ending it fails, the connection ends it.
        let _ = self.reader.connection().execute_batch("COMMIT");
    }
}
