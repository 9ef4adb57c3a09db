//! What leaves a hub server for the database: sealed or blinded under keys that all servers of the hub
//! derive from their common database key. Whoever has the database without a server has nothing.

use zeroize::Zeroizing;

use super::{Addition, HubName, Name, Place, StoredEntry, StoredRow};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::identity::{Hash, KeyId, NodeId};
use crate::merkle::sha256;
use crate::reader::Head;
use crate::sealing::{self, SecretKey};
use crate::shared::change::{self, Change, Recorded, hash_of};
use crate::vault::DatabaseKey;

const CONTEXT_ENTRY: &[u8] = b"akey hub entry 1";
const CONTEXT_KEY: &[u8] = b"akey hub data key 1";
const CONTEXT_BEGIN: &[u8] = b"akey hub begins 1";

/// The keys of a hub, wiped when dropped.
pub(crate) struct HubKeys {
    entries: SecretKey,
    names: SecretKey,
}

impl std::fmt::Debug for HubKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HubKeys(..)")
    }
}

impl HubKeys {
    pub(crate) fn of(key: &DatabaseKey) -> Self {
        Self {
            entries: key.derive("hub entries"),
            names: key.derive("hub names"),
        }
    }

    /// A name under the hub's key: HMAC-SHA256, as the first block of HKDF-Expand (RFC 5869).
    fn name(&self, kind: &[u8], id: &[u8]) -> Name {
        let mut name = [0; 32];
        hkdf::Hkdf::<sha2::Sha256>::from_prk(self.names.as_slice())
            .expect("32 bytes are a key of SHA-256's length")
            .expand(&[kind, id].concat(), &mut name)
            .expect("HKDF gives up to 255 blocks, and this is one");
        name
    }

    pub(crate) fn of_hub(&self, node: NodeId) -> Name {
        self.name(b"hub ", &node.0)
    }

    pub(crate) fn of_part(&self, hash: Hash) -> Name {
        self.name(b"part ", &hash.0)
    }

    /// Of one data key of an owner.
    pub(crate) fn of_key(&self, key: KeyId, hash: Hash) -> Name {
        self.name(b"key ", &[key.0.as_slice(), &hash.0].concat())
    }

    pub(crate) fn of_owner(&self, key: KeyId) -> Name {
        self.name(b"owner ", &key.0)
    }

    /// Where the order of a hub begins whose own log ends here.
    pub(crate) fn begin(&self, head: Head, commits: u64) -> HubName {
        let name = self.of_hub(head.node);
        let (size, commits) = (head.size.to_be_bytes(), commits.to_be_bytes());
        let begins = [CONTEXT_BEGIN, &name, &size, &head.leaf.0, &commits].concat();
        HubName {
            name,
            begins: Place {
                version: 0,
                digest: sha256(&begins),
            },
        }
    }

    /// What a transaction changed, as it is added to the database after a place.
    pub(crate) fn close(
        &self,
        after: Place,
        recorded: &Recorded,
        entropy: &dyn Entropy,
    ) -> Addition {
        let erased = recorded.erased();
        let lives = |key: &KeyId| erased.binary_search(key).is_err();
        let steps = Zeroizing::new(change::encode(&recorded.steps));
        let bytes = sealing::wrap(&self.entries, &context(after), &steps, entropy);
        let place = next(after, &bytes);
        let parts = recorded.parts.iter().filter(|part| lives(&part.key));
        let keys = recorded.keys.iter().filter(|(key, _)| lives(key));
        Addition {
            after,
            entry: StoredEntry { place, bytes },
            parts: parts
                .map(|part| StoredRow {
                    name: self.of_part(part.hash),
                    owner: self.of_owner(part.key),
                    bytes: part.bytes.clone(),
                })
                .collect(),
            keys: keys
                .map(|(key, secret)| {
                    let context = [CONTEXT_KEY, &key.0].concat();
                    let bytes = sealing::wrap(&self.entries, &context, secret.as_slice(), entropy);
                    StoredRow {
                        name: self.of_key(*key, hash_of(secret)),
                        owner: self.of_owner(*key),
                        bytes,
                    }
                })
                .collect(),
            erased: erased.iter().map(|key| self.of_owner(*key)).collect(),
        }
    }

    /// The steps of an entry that stands after a place, once it is found to be the one written there.
    pub(crate) fn open(&self, after: Place, entry: &StoredEntry) -> Result<Vec<Change>> {
        let version = entry.place.version;
        if next(after, &entry.bytes) != entry.place {
            return Err(Error::StoreDamaged { version });
        }
        let opened = sealing::unwrap(&self.entries, &context(after), &entry.bytes);
        change::decode(&opened.ok_or(Error::StoreDamaged { version })?)
    }

    /// A data key as it was wrapped.
    pub(crate) fn open_key(&self, key: KeyId, wrapped: &[u8]) -> Option<SecretKey> {
        let context = [CONTEXT_KEY, &key.0].concat();
        let opened = sealing::unwrap(&self.entries, &context, wrapped)?;
        <[u8; 32]>::try_from(opened.as_slice())
            .ok()
            .map(Zeroizing::new)
    }
}

/// An entry opens only in its place.
fn context(after: Place) -> Vec<u8> {
    [CONTEXT_ENTRY, &after.version.to_be_bytes(), &after.digest.0].concat()
}

/// The place of these bytes after another.
fn next(after: Place, bytes: &[u8]) -> Place {
    let version = after.version + 1;
    let number = version.to_be_bytes();
    let digest = sha256(&[CONTEXT_ENTRY, &number, &after.digest.0, &sha256(bytes).0].concat());
    Place { version, digest }
}
