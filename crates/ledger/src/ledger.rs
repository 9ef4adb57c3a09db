//! The ledger of one node in one folder: founding it, opening it, handing out the writer's
//! transaction and readers.
//!
//! Opening refuses a folder in use, a database of a newer version, and one that lost what it had
//! acknowledged. It must never repair by forgetting.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::disk::{Disk, SystemDisk};
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::Result;
use crate::identity::NodeId;
use crate::passphrase::{Passphrase, PassphraseCost};
use crate::reader::{Head, Reader};
use crate::root::RecoveryKey;
use crate::transaction::Transaction;
use crate::vault::DatabaseKey;

/// What the ledger stands on. The default is the real machine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Files beside the database.
    pub disk: Arc<dyn Disk>,
    /// Name of the SQLite file system to use; `None` for the usual one.
    pub vfs: Option<String>,
    /// How long to wait for another connection's lock.
    pub busy_timeout: Duration,
    /// Cost of deriving a key from a new passphrase.
    pub passphrase_cost: PassphraseCost,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            entropy: Arc::new(SystemEntropy),
            disk: Arc::new(SystemDisk),
            vfs: None,
            busy_timeout: Duration::from_secs(5),
            passphrase_cost: PassphraseCost::default(),
        }
    }
}

/// What a new ledger is founded with.
#[derive(Debug)]
pub struct Founding<'a> {
    /// The passphrase that will unlock it.
    pub passphrase: &'a Passphrase,
    /// The root's public key, if a lost passphrase shall be recoverable with the root key.
    pub recovery: Option<RecoveryKey>,
    /// When, in milliseconds since 1970.
    pub now_ms: u64,
}

/// What was found at opening that the operator may want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Opening {
    /// One half of the acknowledged-head record was torn, as by a power loss while it was
    /// written. The other half was used; nothing acknowledged is missing.
    pub torn_head_record: bool,
    /// Commits that were complete on disk although the power went before they were acknowledged.
    /// They are kept.
    pub unacknowledged_commits: u64,
}

/// The open ledger of this node: its one writer.
#[derive(Debug)]
pub struct Ledger {}

impl Ledger {
    /// Founds a new ledger in an empty or new folder, with a new node identity.
    pub fn create(dir: &Path, founding: &Founding<'_>, options: Options) -> Result<Self> {
        let _ = (dir, founding, options);
        todo!()
    }

    /// Opens the ledger in a folder, with the key from [`crate::Vault::unlock`].
    pub fn open(dir: &Path, key: &DatabaseKey, options: Options) -> Result<Self> {
        let _ = (dir, key, options);
        todo!()
    }

    /// Opens a ledger that [`Ledger::open`] refuses because it lost what it had acknowledged. The
    /// node takes a new identity: nobody may write a second history at the lost positions (G9).
    /// Refused when the rest does not verify.
    pub fn accept_loss(
        dir: &Path,
        key: &DatabaseKey,
        now_ms: u64,
        options: Options,
    ) -> Result<(Self, crate::Succession)> {
        let _ = (dir, key, now_ms, options);
        todo!()
    }

    /// This node.
    pub fn node(&self) -> NodeId {
        todo!()
    }

    /// The end of this node's log.
    pub fn head(&self) -> Head {
        todo!()
    }

    /// What was found at opening.
    pub fn opening(&self) -> Opening {
        todo!()
    }

    /// Begins the writer's transaction; it takes the database's one write lock at once.
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        todo!()
    }

    /// A read-only connection of its own, for another thread.
    pub fn reader(&self) -> Result<Reader> {
        todo!()
    }

    /// Walks and checks everything; see [`crate::Report`].
    pub fn verify(&self, progress: impl FnMut(crate::Progress)) -> Result<crate::Report> {
        let _ = progress;
        todo!()
    }
}
