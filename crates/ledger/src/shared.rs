//! A hub of several servers: one node whose ledger stands on each of them, and a database between
//! them that says in which order everything happened.
//!
//! Each server keeps its own encrypted ledger, its *mirror*. Whatever a transaction changes in it is an
//! *entry*, and the database gives every entry one place in one order: the next is placed by
//! compare-and-set, and whoever comes second decides again on what is there now. Applied in that order
//! to equal mirrors, equal entries give equal mirrors: forks, what was set aside and who was sent away
//! included, because each server comes to them by the same steps.
//!
//! This room knows no database: [`SharedStore`] is what it asks of one. It must never let anything into
//! it in clear: entries are sealed under a key of the hub, ids are blinded, and what an erasure has to
//! destroy lies in rows of its own beside the entries. It must never acknowledge what the database has
//! not made durable.

mod change;
mod file;
mod mirror;
mod wrap;

use std::fmt;
use std::sync::Arc;

use crate::error::Result;
use crate::identity::Hash;

pub(crate) use change::{Change, Mark, Recorded};
pub use file::FileStore;
pub use mirror::{Entry, Followed};
pub(crate) use mirror::{Sharing, read_place, write_place};

/// How far a mirror has come in the shared order: the last entry it holds, and the digest over all up
/// to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the entry; 0 before the first.
    pub version: u64,
    /// Digest of that entry, which names the one before it, and so on to the first.
    pub digest: Hash,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({}, {}…)", self.version, &self.digest.hex()[..8])
    }
}

/// The name of something in the database: its id under a key of the hub. Says nothing to others.
pub type Name = [u8; 32];

/// One entry as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place.
    pub place: Place,
    /// What it changes, sealed.
    pub bytes: Vec<u8>,
}

/// A row that an erasure destroys: a sealed part, or a wrapped data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// Its own name.
    pub name: Name,
    /// Under whose data key it is.
    pub owner: Name,
    /// Sealed or wrapped bytes.
    pub bytes: Vec<u8>,
}

/// What one transaction adds to the database, all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The place after which it belongs.
    pub after: Place,
    /// The entry.
    pub entry: StoredEntry,
    /// Sealed parts that come with it.
    pub parts: Vec<StoredRow>,
    /// Data keys that come with it.
    pub keys: Vec<StoredRow>,
    /// Owners of whom every part and key is destroyed.
    pub erased: Vec<Name>,
}

/// What came of placing an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It stands, durably.
    Here,
    /// Another entry stands there, or what it was to follow does not: look, and decide again.
    Overtaken,
}

/// Whose a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HubName {
    /// The hub, under its own key.
    pub name: Name,
    /// Where its order begins: version 0.
    pub begins: Place,
}

/// Told whenever the database may hold something new.
pub type Notice = Arc<dyn Fn() + Send + Sync>;

/// What a hub's servers ask of the database between them.
///
/// Every call waits for a bounded time. [`Error::StoreAway`](crate::Error::StoreAway) means that
/// nothing was changed; [`Error::StoreUnsure`](crate::Error::StoreUnsure) that nobody knows yet.
pub trait SharedStore: fmt::Debug + Send {
    /// Whose this database is; none while it is nobody's.
    fn hub(&mut self) -> Result<Option<HubName>>;

    /// Makes it this hub's. Only a database that is nobody's, or this hub's and without an entry.
    ///
    /// # Errors
    /// [`Error::StoreTaken`](crate::Error::StoreTaken) where it is somebody's already.
    fn begin(&mut self, hub: &HubName) -> Result<()>;

    /// Places an entry with what comes with it. Asked again with the same it answers the same.
    fn place(&mut self, addition: &Addition) -> Result<Placed>;

    /// The last place that is taken.
    fn last(&mut self) -> Result<u64>;

    /// The entries from this version on, that one included, in order: as many as are handled at once.
    fn from(&mut self, version: u64) -> Result<Vec<StoredEntry>>;

    /// The sealed parts of these names that are there.
    fn parts(&mut self, names: &[Name]) -> Result<Vec<StoredRow>>;

    /// The data keys of these names that are there.
    fn keys(&mut self, names: &[Name]) -> Result<Vec<StoredRow>>;

    /// From now on tells of what others placed, as soon as it hears of it. It may never hear: whoever
    /// must know asks.
    fn tell(&mut self, notice: Notice);
}
