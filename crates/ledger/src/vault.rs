//! The key file `akey.keys`: the database key, wrapped by the passphrase and, if wished, sealed to
//! the operation root key.
//!
//! It must never hold a key in clear, and a damaged file must never be mistaken for a wrong
//! passphrase.

use std::fmt;
use std::path::{Path, PathBuf};

use minicbor::Decoder;
use minicbor::decode::Error as DecodeError;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::cbor;
use crate::disk;
use crate::entropy::Entropy;
use crate::error::{DoingAt as _, Error, Result};
use crate::ledger::Options;
use crate::merkle::sha256;
use crate::passphrase::{Passphrase, PassphraseLock};
use crate::root::{RecoveryKey, RootKey};
use crate::sealing::RolePublicKey;

/// Name of the key file.
pub(crate) const FILE_NAME: &str = "akey.keys";

const MAGIC: &str = "akey keys";
const VERSION: u32 = 1;
const CONTEXT_PASSPHRASE: &[u8] = b"akey database key by passphrase 1";
const CONTEXT_RECOVERY: &[u8] = b"akey database key by root 1";

/// Bytes of the cipher's key and of SQLCipher's salt.
const KEY_BYTES: usize = 32 + 16;

/// The bytes that open the database: SQLCipher's raw key and its salt. Never shown, wiped when
/// dropped.
///
/// SQLCipher would keep the salt in the first bytes of the file and read it from there, past the
/// write-ahead log: a first page torn by a power loss would then close the whole database.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; KEY_BYTES]);

impl DatabaseKey {
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        let mut key = Self([0; KEY_BYTES]);
        entropy.fill(&mut key.0);
        key
    }

    /// A key for what this program keeps beside the ledger, of its own for each label: HKDF-SHA256
    /// (RFC 5869). Whoever holds it learns nothing of the database key.
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        hkdf::Hkdf::<sha2::Sha256>::new(Some(b"akey beside the ledger 1"), &self.0)
            .expand(label.as_bytes(), derived.as_mut_slice())
            .expect("HKDF gives up to 255 blocks, and this is one");
        derived
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// What SQLCipher writes at the beginning of the file, without ever reading it again.
    pub(crate) fn salt(&self) -> &[u8] {
        &self.0[32..]
    }

    fn from_unwrapped(bytes: Option<Zeroizing<Vec<u8>>>) -> Option<Self> {
        bytes?.as_slice().try_into().ok().map(Self)
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

/// What somebody has in hand to open a key file.
#[derive(Clone, Copy, Debug)]
pub enum Unlock<'a> {
    /// The passphrase.
    Passphrase(&'a Passphrase),
    /// The operation root key.
    Root(&'a RootKey),
}

/// The key file of a ledger, read and whole, not yet unlocked.
#[derive(Clone, Debug)]
pub struct Vault {
    path: PathBuf,
    lock: PassphraseLock,
    recovery: Option<Recovery>,
}

/// The database key sealed to the operation root key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recovery {
    root: RecoveryKey,
    sealed: Vec<u8>,
}

impl Vault {
    /// A key file for a new ledger in `dir`, not yet written.
    pub(crate) fn found(
        dir: &Path,
        key: &DatabaseKey,
        passphrase: &Passphrase,
        root: Option<RecoveryKey>,
        options: &Options,
    ) -> Result<Self> {
        let entropy = options.entropy.as_ref();
        let recovery = match root {
            Some(root) => {
                let sealed = RolePublicKey(root.0).seal(CONTEXT_RECOVERY, &key.0, entropy)?;
                Some(Recovery { root, sealed })
            }
            None => None,
        };
        let lock = close(key, passphrase, options)?;
        Ok(Self {
            path: dir.join(FILE_NAME),
            lock,
            recovery,
        })
    }

    /// Reads the key file of the ledger in `dir`.
    pub fn read(dir: &Path) -> Result<Self> {
        let path = dir.join(FILE_NAME);
        if !path.exists() {
            return Err(Error::NotFound(dir.to_owned()));
        }
        let bytes = std::fs::read(&path).doing_at(&path, "read")?;
        Self::from_bytes(path, &bytes)
    }

    /// Reads a key file's bytes, as they are in the file at `path`.
    pub(crate) fn from_bytes(path: PathBuf, bytes: &[u8]) -> Result<Self> {
        let damaged = |why: String| Error::DamagedVault {
            path: path.clone(),
            why,
        };
        cbor::check_deterministic(bytes).map_err(|error| damaged(error.to_string()))?;
        let (lock, recovery) = decode(bytes).map_err(|error| damaged(error.to_string()))?;
        Ok(Self {
            path,
            lock,
            recovery,
        })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let body = cbor::encode(|e| {
            e.map(if self.recovery.is_some() { 3 } else { 2 })?
                .u8(1)?
                .u32(VERSION)?
                .u8(2)?;
            self.lock.encode(e)?;
            if let Some(recovery) = &self.recovery {
                e.u8(3)?
                    .array(2)?
                    .bytes(&recovery.root.0)?
                    .bytes(&recovery.sealed)?;
            }
            Ok(())
        });
        let checksum = sha256(&body);
        cbor::encode(|e| {
            e.array(3)?
                .str(MAGIC)?
                .bytes(&body)?
                .bytes(&checksum.0)?
                .ok()
        })
    }

    /// Writes the key file durably.
    pub(crate) fn write(&self, options: &Options) -> Result<()> {
        disk::replace(options.disk.as_ref(), &self.path, &self.to_bytes())
    }

    /// The same keys for a ledger in another folder.
    pub(crate) fn moved_to(&self, dir: &Path) -> Self {
        Self {
            path: dir.join(FILE_NAME),
            ..self.clone()
        }
    }

    /// The database key, given the passphrase.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<DatabaseKey> {
        let key = self.lock.open(passphrase, CONTEXT_PASSPHRASE)?;
        DatabaseKey::from_unwrapped(key)
            .ok_or_else(|| Error::WrongPassphrase(self.path.display().to_string()))
    }

    /// The database key, given the operation root key: the way back from a lost passphrase.
    pub fn recover(&self, root: &RootKey) -> Result<DatabaseKey> {
        let opened = self
            .recovery
            .as_ref()
            .and_then(|it| root.recovery().open(CONTEXT_RECOVERY, &it.sealed));
        DatabaseKey::from_unwrapped(opened)
            .ok_or_else(|| Error::WrongRootKey(self.path.display().to_string()))
    }

    /// The database key, in either way.
    pub fn open(&self, with: &Unlock<'_>) -> Result<DatabaseKey> {
        match with {
            Unlock::Passphrase(passphrase) => self.unlock(passphrase),
            Unlock::Root(root) => self.recover(root),
        }
    }

    /// The root key that could open it, if any.
    pub fn recoverable_by(&self) -> Option<RecoveryKey> {
        self.recovery.as_ref().map(|recovery| recovery.root)
    }

    /// Sets a new passphrase for a key obtained by [`Vault::unlock`] or [`Vault::recover`], and
    /// writes the file durably. The old passphrase no longer opens this file; copies of the old
    /// file, as in backups, still open with it.
    pub fn change_passphrase(
        &mut self,
        key: &DatabaseKey,
        new: &Passphrase,
        options: &Options,
    ) -> Result<()> {
        let changed = Self {
            lock: close(key, new, options)?,
            ..self.clone()
        };
        changed.write(options)?;
        *self = changed;
        Ok(())
    }
}

fn close(key: &DatabaseKey, passphrase: &Passphrase, options: &Options) -> Result<PassphraseLock> {
    let entropy = options.entropy.as_ref();
    PassphraseLock::close(
        passphrase,
        options.passphrase_cost,
        CONTEXT_PASSPHRASE,
        &key.0,
        entropy,
    )
}

fn decode(bytes: &[u8]) -> Result<(PassphraseLock, Option<Recovery>), DecodeError> {
    let mut outer = Decoder::new(bytes);
    cbor::array_of(&mut outer, 3)?;
    if outer.str()? != MAGIC {
        return Err(DecodeError::message("it is not a key file"));
    }
    let body = outer.bytes()?;
    if cbor::bytes_of::<32>(&mut outer)? != sha256(body).0 {
        return Err(DecodeError::message("its checksum does not agree"));
    }
    let mut decoder = Decoder::new(body);
    let d = &mut decoder;
    let (mut lock, mut recovery) = (None, None);
    for _ in 0..cbor::map_length(d)? {
        match d.u64()? {
            1 if d.u32()? != VERSION => {
                return Err(DecodeError::message("it is of a newer version"));
            }
            1 => {}
            2 => lock = Some(PassphraseLock::decode(d)?),
            3 => {
                cbor::array_of(d, 2)?;
                let root = RecoveryKey(cbor::bytes_of(d)?);
                recovery = Some(Recovery {
                    root,
                    sealed: d.bytes()?.to_vec(),
                });
            }
            _ => return Err(DecodeError::message("it has an unknown entry")),
        }
    }
    Ok((
        lock.ok_or_else(|| DecodeError::message("it has no passphrase entry"))?,
        recovery,
    ))
}
