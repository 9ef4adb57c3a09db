//! The key file `akey.keys`: the database key, wrapped by the passphrase and, if wished, to the
//! operation root key.
//!
//! It must never hold a key in clear, and a damaged file must never be mistaken for a wrong
//! passphrase.

use std::fmt;
use std::path::Path;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::Result;
use crate::passphrase::Passphrase;
use crate::root::RootKey;

/// The 32 bytes that open the database. Never shown, wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey(pub(crate) [u8; 32]);

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

/// The key file of a ledger, read and whole, not yet unlocked.
#[derive(Debug)]
pub struct Vault {}

impl Vault {
    /// Reads the key file of the ledger in `dir`.
    pub fn read(dir: &Path) -> Result<Self> {
        let _ = dir;
        todo!()
    }

    /// The database key, given the passphrase.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<DatabaseKey> {
        let _ = passphrase;
        todo!()
    }

    /// The database key, given the operation root key: the way back from a lost passphrase.
    pub fn recover(&self, root: &RootKey) -> Result<DatabaseKey> {
        let _ = root;
        todo!()
    }

    /// Whether the root key could open it.
    pub fn is_recoverable(&self) -> bool {
        todo!()
    }

    /// Sets a new passphrase for a key obtained by [`Vault::unlock`] or [`Vault::recover`], and
    /// writes the file durably. The old passphrase no longer opens this file (copies of the old
    /// file, as in backups, still open with it).
    pub fn change_passphrase(
        &mut self,
        key: &DatabaseKey,
        new: &Passphrase,
        options: &crate::Options,
    ) -> Result<()> {
        let _ = (key, new, options);
        todo!()
    }
}
