//! What can go wrong at a node, said so that whoever runs it knows what to do. No personal data.

use domain::{LookupFailed, Refusal, Rejected};

/// The node could not do something.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The register.
    #[error(transparent)]
    Register(register::RegisterError),
    /// A table of this node's own.
    #[error("the node's own tables could not be read or written: {0}; check the disk")]
    Local(#[source] rusqlite::Error),
    /// Name or password.
    #[error("name or password is wrong: check the keyboard and try again")]
    SignInRefused,
    /// Not a good password.
    #[error("a password has at least {min} characters: choose a longer one")]
    PasswordShort {
        /// How many are needed.
        min: usize,
    },
    /// The certificate is not from this operation's root key.
    #[error(
        "this root key belongs to another operation: use the one written when this operation began"
    )]
    OtherRoot,
    /// Nothing to claim.
    #[error("this node was not restored from a backup: there is nothing to claim")]
    NothingToClaim,
    /// Nothing is missing.
    #[error(
        "nothing acknowledged is missing here: there is no loss to accept, nothing was changed"
    )]
    NothingLost,
    /// The writer is gone.
    #[error(
        "the writer has stopped after an earlier failure: nothing was saved; restart the program and look at its first message"
    )]
    WriterGone,
    /// A batch failed as a whole.
    #[error("nothing was saved: {cause}")]
    NothingSaved {
        /// What stopped it.
        cause: String,
    },
    /// The database that a hub's servers share, or this server's copy of it.
    #[error("{cause}")]
    HubStore {
        /// What is wrong, and what to do.
        cause: String,
    },
    /// The protection key is not open in this session.
    #[error(
        "the key for protection notes is not open: sign in as somebody of the protection role who was given it"
    )]
    RoleKeyClosed,
    /// A sealed thing does not open.
    #[error("a sealed key of this node is damaged: restore a backup")]
    SealDamaged,
    /// A saved mapping cannot be read.
    #[error("a saved column mapping cannot be read ({0}): map the columns again")]
    Mapping(#[from] serde_json::Error),
    /// An operation exists or is missing.
    #[error("there is no operation here yet: run `akey init` first")]
    NotFounded,
    /// The root key has no place, so nothing begins.
    #[error(
        "the root key could not be kept: {0}. No operation was begun: make room or name another place, then try again"
    )]
    RootKeyNotKept(std::io::Error),
    /// The folder could not be prepared.
    #[error(
        "the data folder could not be written: {0}. Make room or name another folder, then try again"
    )]
    Founding(std::io::Error),
    /// No copy of the role key that the root key opens.
    #[error(
        "the key for protection notes was not sealed to the root key yet: that happens by itself when somebody who holds it signs in"
    )]
    RoleKeyNotRecoverable,
    /// Founding stopped in the middle.
    #[error(
        "in this folder an operation was begun and never finished: it holds nothing; run `akey init` again"
    )]
    NeverFounded,
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl From<rusqlite::Error> for NodeError {
    fn from(error: rusqlite::Error) -> Self {
        if ledger::is_disk_full(&error) {
            disk_full()
        } else {
            Self::Local(error)
        }
    }
}

impl From<register::RegisterError> for NodeError {
    fn from(error: register::RegisterError) -> Self {
        match error {
            register::RegisterError::Sqlite(error) if ledger::is_disk_full(&error) => disk_full(),
            error => Self::Register(error),
        }
    }
}

impl NodeError {
    /// Whether another server of this hub recorded something first.
    pub(crate) const fn is_overtaken(&self) -> bool {
        matches!(self, Self::Ledger(ledger::Error::Overtaken))
    }

    /// Whether it concerns the hub's database rather than what was asked.
    pub(crate) const fn is_of_hub(&self) -> bool {
        match self {
            Self::HubStore { .. } => true,
            Self::Ledger(error) => error.is_of_store(),
            _ => false,
        }
    }

    /// Whether there was no room left on the disk: making some is all that has to be done.
    pub const fn is_disk_full(&self) -> bool {
        matches!(self, Self::Ledger(ledger::Error::DiskFull { .. }))
    }
}

fn disk_full() -> NodeError {
    let place = "the database".to_owned();
    let doing = "write its tables";
    ledger::Error::DiskFull { place, doing }.into()
}

impl From<LookupFailed> for NodeError {
    fn from(failed: LookupFailed) -> Self {
        Self::NothingSaved {
            cause: failed.to_string(),
        }
    }
}

/// A command was not carried out: either a rule says no, or the node could not.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// A rule says no: the business of whoever asked.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The node could not: nothing was saved.
    #[error(transparent)]
    Failed(#[from] NodeError),
}

impl From<Rejected> for ExecuteError {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::Refused(refusal) => Self::Refused(refusal),
            Rejected::Lookup(failed) => Self::Failed(failed.into()),
        }
    }
}

impl From<ledger::Error> for ExecuteError {
    fn from(error: ledger::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<register::RegisterError> for ExecuteError {
    fn from(error: register::RegisterError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<rusqlite::Error> for ExecuteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<ExecuteError> for NodeError {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Refused(refusal) => Self::Refused(refusal),
            ExecuteError::Failed(error) => error,
        }
    }
}
