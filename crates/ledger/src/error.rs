//! What can go wrong in the ledger, said so that somebody at a field office knows what to do.
//!
//! A message names the place (file, node, position), what is wrong and the remedy. It must never
//! hold personal data, keys or passphrases.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::bundle::BundleFault;
use crate::halt::HaltReason;
use crate::identity::{Hash, KeyId, NodeId, Position};
use crate::sync::Refused;

/// Short for a result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything the ledger may refuse or fail at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Bytes that are not what they should be.
    #[error("this is not a valid {what}: {why}")]
    Malformed {
        /// What was being read.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// More than the ledger takes.
    #[error("{what} is {size}, more than the {limit} the ledger takes; split it")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// How large it is.
        size: usize,
        /// How large it may be.
        limit: usize,
    },
    /// A signature that does not verify.
    #[error(
        "the signature of this {what} is not by {signer}: do not trust it, ask its source again"
    )]
    Signature {
        /// What was signed.
        what: &'static str,
        /// Whose signature was expected.
        signer: String,
    },
    /// Stored bytes that changed since they were stored.
    #[error(
        "event {position} of node {node} is damaged: {why}. It is not served; run `akey verify`, \
         then restore from a backup"
    )]
    DamagedEvent {
        /// The log.
        node: NodeId,
        /// The place in it.
        position: Position,
        /// What does not agree.
        why: String,
    },
    /// Sealed content that changed since it was stored.
    #[error(
        "attachment {hash} is damaged: {why}. It is not served; run `akey verify`, then restore \
         from a backup"
    )]
    DamagedAttachment {
        /// The hash under which it is bound.
        hash: Hash,
        /// What does not agree.
        why: &'static str,
    },
    /// The database file itself is damaged or the key is not its key.
    #[error(
        "{path} cannot be read: {why}. The file is damaged or belongs to another key file; restore \
         from a backup"
    )]
    DamagedDatabase {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// Content was to be sealed with a key that has been destroyed.
    #[error("data key {0} was erased and cannot be used again; use a new key for this person")]
    KeyErased(KeyId),
    /// The database has lost what had been acknowledged.
    #[error(
        "{path}: node {node} had acknowledged its log up to position {acknowledged} (commit \
         {acknowledged_commit}), but the database ends at position {found} (commit \
         {found_commit}): {} lost. Restore the latest backup, or accept the loss \
         (`akey accept-loss`); the node then takes a new identity",
        lost(*.found, *.acknowledged)
    )]
    AcknowledgedLost {
        /// The database file.
        path: PathBuf,
        /// Whose log.
        node: NodeId,
        /// What had been promised.
        acknowledged: u64,
        /// What is there.
        found: u64,
        /// The commit that had been promised.
        acknowledged_commit: u64,
        /// The last commit that is there.
        found_commit: u64,
    },
    /// The database holds another history than the acknowledged one.
    #[error(
        "{path}: the event at position {position} of node {node} is not the one that was \
         acknowledged: this is another copy's history. Restore the latest backup, or accept the \
         loss (`akey accept-loss`); the node then takes a new identity"
    )]
    AcknowledgedDiffers {
        /// The database file.
        path: PathBuf,
        /// Whose log.
        node: NodeId,
        /// The place that differs.
        position: Position,
    },
    /// The acknowledged-head file is gone or unreadable.
    #[error(
        "{path}: {why}. Without it nobody can tell whether the database lost acknowledged events. \
         Put the file back, restore the latest backup, or accept the loss (`akey accept-loss`); \
         the node then takes a new identity"
    )]
    HeadRecord {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The key file is damaged (which is not a wrong passphrase).
    #[error("{path} is damaged: {why}. Take the copy from a backup file, or restore the backup")]
    DamagedVault {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The passphrase does not open what it should.
    #[error("wrong passphrase for {0}; check the keyboard layout and capital letters, try again")]
    WrongPassphrase(String),
    /// The root key is not the one this vault was sealed to.
    #[error(
        "{0} cannot be opened with this root key; use the root key of the operation it belongs to"
    )]
    WrongRootKey(String),
    /// A note sealed to a role was tried with another key.
    #[error("this note is sealed to a role whose key this is not; ask somebody who holds the role")]
    WrongRoleKey,
    /// A passphrase too short to protect anything.
    #[error("the passphrase is too short: use at least {0} characters, four words are good")]
    WeakPassphrase(usize),
    /// No ledger in the folder.
    #[error("there is no ledger in {0}; check the folder, or start one with `akey init`")]
    NotFound(PathBuf),
    /// A ledger is already in the folder.
    #[error("{0} already exists; choose an empty folder, nothing was changed")]
    AlreadyExists(PathBuf),
    /// Another process works on the same data.
    #[error("{path} is already in use by {holder}; stop it first or work through it")]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Which process, as far as is known.
        holder: String,
    },
    /// A database made by a newer Akèy.
    #[error(
        "the database is of version {found}, this program knows up to {known}; install the newer \
         Akèy that last opened it"
    )]
    NewerDatabase {
        /// Version of the file.
        found: usize,
        /// Highest version known here.
        known: usize,
    },
    /// A backup file that is damaged.
    #[error("backup {path} is damaged: {why}. Nothing was restored; take another backup file")]
    DamagedBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The database is damaged in a way that forbids going on.
    #[error("the ledger does not verify: {0}. Restore another backup")]
    Unverified(String),
    /// A rolled back savepoint left the transaction unusable.
    #[error("an earlier failure left this transaction unusable; nothing of it was kept, try again")]
    Abandoned,
    /// The disk failed while committing.
    #[error("the disk failed while writing; stop, check the disk, and open the ledger again")]
    MustReopen,
    /// A proof that does not prove.
    #[error("the {what} proof does not hold: {why}")]
    Proof {
        /// Inclusion or consistency.
        what: &'static str,
        /// What does not agree.
        why: &'static str,
    },
    /// The disk refused.
    #[error("{path}: could not {doing}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no room left.
    #[error(
        "the disk is full: {place} could not {doing}. Nothing of this was saved, and nothing saved \
         before is lost: make room on the disk, then do it again"
    )]
    DiskFull {
        /// The file, or the database.
        place: String,
        /// What was being done.
        doing: &'static str,
    },
    /// This node may write nothing more under its identity.
    #[error(
        "node {node} may write nothing more: {}. Nothing is lost. Call whoever holds the root key: \
         `akey accept-loss` gives this copy a new identity, which they then admit",
        halted(*.why)
    )]
    Halted {
        /// The identity.
        node: NodeId,
        /// Why.
        why: HaltReason,
    },
    /// One of two nodes that met will not go on.
    #[error("node {peer}: {}", refused(*.why))]
    PeerRefused {
        /// The other node.
        peer: NodeId,
        /// Why.
        why: Refused,
    },
    /// A bundle that cannot be read, or not to its end.
    #[error("the bundle, at byte {byte} (segment {segment}): {}", fault.words())]
    Bundle {
        /// About which byte of the file.
        byte: u64,
        /// In which segment, from 0.
        segment: u64,
        /// What is wrong.
        fault: BundleFault,
    },
    /// A bundle could not be written.
    #[error("the bundle was not written {0}")]
    BundleNotWritten(String),
    /// A bundle by a node from which nothing is taken here.
    #[error("the bundle is by node {writer}, and nothing of it was taken in: {}", not_taken(*.why))]
    BundleRefused {
        /// Who wrote it.
        writer: NodeId,
        /// Why.
        why: Refused,
    },
    /// The ledger has not been told which operation it belongs to.
    #[error("this ledger belongs to no operation yet; join one with `akey node join`")]
    NoOperation,
    /// The ledger belongs to another operation.
    #[error("this is of another operation than this ledger; look for the right code or folder")]
    OtherOperation,
    /// Another server of this hub was quicker: the caller decides again on what is there now.
    #[error("another server of this hub recorded something first; ask again")]
    Overtaken,
    /// The database of the hub does not answer.
    #[error(
        "the hub's database does not answer ({why}): nothing was saved. Work goes on by itself when it \
         is back; ask again then"
    )]
    StoreAway {
        /// What is known of it.
        why: String,
    },
    /// The connection to the database of the hub broke while it was saving.
    #[error(
        "the hub's database went away while it was saving ({why}), so nobody knows yet whether this \
         was done. Send the same form again when it is back: what was done is not done twice"
    )]
    StoreUnsure {
        /// What is known of it.
        why: String,
    },
    /// The database of the hub cannot be used as it is.
    #[error("the hub's database cannot be used: {why}")]
    StoreRefused {
        /// Why, and what to do.
        why: String,
    },
    /// What stands in the database of the hub is not what its servers wrote.
    #[error(
        "entry {version} of the hub's database is not as a server of this hub wrote it. It is not used: \
         restore the database to its latest state, or begin a new one from a server's data (docs/hub.md)"
    )]
    StoreDamaged {
        /// Its number.
        version: u64,
    },
    /// The database of the hub lacks what this server knows that it had.
    #[error(
        "the hub's database no longer holds entry {version}, which had been acknowledged (a failover to \
         a copy that was behind, or an old backup of it?). This server writes nothing more: see \
         docs/hub.md, \"When the database lost something\""
    )]
    StoreLost {
        /// The last entry this server knows.
        version: u64,
    },
    /// Somebody else's database.
    #[error(
        "this database belongs to another hub or operation: look at the address. Nothing was changed"
    )]
    StoreOfAnother,
    /// Nobody's database.
    #[error(
        "this database holds no hub yet: look at the address, or take this node's data there with \
         `akey hub move`"
    )]
    StoreEmpty,
    /// Somebody's database already.
    #[error(
        "this database already holds a hub: name an empty one; a further server of this hub is set up \
         with `akey hub join`. Nothing was changed"
    )]
    StoreTaken,
    /// The data is in a shared database already.
    #[error("this data is in a hub's database already: `akey serve --store URL` goes on with it")]
    StoreMoved,
    /// The data is in no shared database.
    #[error(
        "this data is in no hub's database yet: take it there with `akey hub move --store URL`, or \
         leave --store out"
    )]
    StoreNotMoved,
    /// One server's mirror, opened without its database.
    #[error(
        "this is the data of one server of a hub, and its database was not named: nothing can be saved \
         without it. Say --store URL (or AKEY_STORE)"
    )]
    StoreNeeded,
    /// Saved at the hub, but not in this server's own file.
    #[error(
        "this was saved in the hub's database, but not yet in this server's own copy ({why}): do not do \
         it again; it will show as soon as the copy can be written"
    )]
    MirrorBehind {
        /// What stopped it.
        why: String,
    },
    /// SQLite refused.
    #[error("the database could not {doing}: {source}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// Whether SQLite failed because there was no room for what it had to write.
pub fn is_disk_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|failed| {
        failed.code == rusqlite::ErrorCode::DiskFull
            || failed.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
    })
}

impl Error {
    /// Whether it concerns the database between a hub's servers: everybody who asks now alike.
    pub const fn is_of_store(&self) -> bool {
        matches!(
            self,
            Self::Overtaken
                | Self::StoreAway { .. }
                | Self::StoreUnsure { .. }
                | Self::StoreRefused { .. }
                | Self::StoreDamaged { .. }
                | Self::StoreLost { .. }
                | Self::StoreNeeded
                | Self::MirrorBehind { .. }
        )
    }

    /// A failure of SQLite, a full disk told apart.
    pub(crate) fn of_database(doing: &'static str, source: rusqlite::Error) -> Self {
        if is_disk_full(&source) {
            let place = "the database".to_owned();
            Self::DiskFull { place, doing }
        } else {
            Self::Database { doing, source }
        }
    }
}

const fn refused(why: Refused) -> &'static str {
    match why {
        Refused::OtherOperation => "it belongs to another operation; check the address",
        Refused::Papers => {
            "its papers do not lead to the root key of this operation; invite it anew with \
             `akey node invite`"
        }
        Refused::Revoked => "it was sent away from this operation; nothing is exchanged with it",
        Refused::Expired => "its invitation has expired; make a new one with `akey node invite`",
        Refused::InvitationUsed => {
            "another node came by the same invitation; if nobody knows of it the code was stolen: \
             revoke both and invite anew"
        }
        Refused::OtherNode => "it is not the node that was expected at this address",
        Refused::Malformed => "what it said cannot be understood; update the older of the two",
    }
}

const fn not_taken(why: Refused) -> &'static str {
    match why {
        Refused::OtherOperation => {
            "it was written in another operation; look for the right file, or the right data folder"
        }
        Refused::Expired => {
            "nobody here has met that node, and its invitation has expired since; invite it anew with \
             more `--hours`, or let it meet another node of the operation first"
        }
        Refused::Revoked => {
            "it was sent away from this operation; what it wrote before comes with a bundle of any \
             other node"
        }
        other => refused(other),
    }
}

const fn halted(why: HaltReason) -> &'static str {
    match why {
        HaltReason::Overtaken => {
            "its log goes on in another copy of it, this one is older (a restored backup?)"
        }
        HaltReason::Forked => {
            "another copy of it wrote other events at the same positions (a cloned disk?)"
        }
        HaltReason::Revoked => "the operation sent it away",
        HaltReason::StoreLost => {
            "its hub's database lost what had been acknowledged, see docs/hub.md"
        }
    }
}

fn lost(found: u64, acknowledged: u64) -> String {
    match acknowledged.saturating_sub(found) {
        0 => "the last commits are".to_owned(),
        1 => format!("position {acknowledged} is"),
        _ => format!("positions {} to {acknowledged} are", found + 1),
    }
}

/// Adds to a failure what was being done.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| Error::of_database(doing, source))
    }
}

/// Adds to a failure of the file system which file and what was being done.
pub(crate) trait DoingAt<T> {
    fn doing_at(self, path: &std::path::Path, doing: &'static str) -> Result<T>;
}

impl<T> DoingAt<T> for std::io::Result<T> {
    fn doing_at(self, path: &std::path::Path, doing: &'static str) -> Result<T> {
        self.map_err(|source| match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull {
                place: path.display().to_string(),
                doing,
            },
            _ => Error::Io {
                path: path.to_owned(),
                doing,
                source,
            },
        })
    }
}

pub(crate) fn malformed(what: &'static str, why: impl Into<String>) -> Error {
    Error::Malformed {
        what,
        why: why.into(),
    }
}
