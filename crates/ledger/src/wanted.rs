//! Sealed parts that ride after their events: which are wanted here, what came of them, and what is
//! given to others.
//!
//! A part is ciphertext and useless without its data key, so the two go together: the key sealed to
//! the node that asks (HPKE, RFC 9180), the ciphertext as it is. A key is kept only for what it opens:
//! nobody can have others seal under a key of their choice by handing it out. Whether a node may have it is asked of
//! a [`Reach`](crate::sync::Reach), never decided here. What was erased is never taken in again.

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use crate::attachment::AttachmentRef;
use crate::entropy::{Draw, Entropy};
use crate::error::{Doing as _, Result};
use crate::identity::{AggregateId, Hash, KeyId};
use crate::keyring::{self, DataKey};
use crate::merkle::sha256;
use crate::reader::View;
use crate::sealing::{self, CONTENT_BYTES_MAX, RolePublicKey, SealingSecret, SecretKey};
use crate::shared::Change;
use crate::store::{Ciphertext, SqliteStore, Store as _};
use crate::transaction::Transaction;

const CONTEXT: &[u8] = b"akey data key 1";
/// Fewer keys are sealed or opened sooner than another core is woken.
const SEALED_TOGETHER_MIN: usize = 8;
/// Most data keys of one owner: one for each node that made one apart.
const KEYS_EACH_MAX: usize = 16;
/// Largest ciphertext: a padded content, sealed twice.
pub(crate) const CIPHERTEXT_BYTES_MAX: u64 = (CONTENT_BYTES_MAX + CONTENT_BYTES_MAX / 8) as u64;

/// A sealed part that is wanted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// In which order it came to be wanted, among those that still are; local to this database. Numbers at
    /// the end are used again.
    pub number: u64,
    /// The hash that its event binds.
    pub hash: Hash,
    /// The data key it is under.
    pub key: KeyId,
    /// How many of its bytes are here already.
    pub have: u64,
}

/// Some bytes of a sealed part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Of which part.
    pub hash: Hash,
    /// From which byte on.
    pub offset: u64,
    /// How many bytes the whole has.
    pub total: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A data key sealed to the node that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedDataKey {
    /// Which key.
    pub key: KeyId,
    /// Sealed by HPKE to the node's sealing key.
    pub sealed: Vec<u8>,
}

/// What came of pieces and keys.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The aggregates of which parts can be read now that could not before.
    pub aggregates: Vec<AggregateId>,
    /// Parts whose bytes were not those that their events bind: thrown away, still wanted.
    pub bad: Vec<Hash>,
}

fn context(key: KeyId) -> Vec<u8> {
    [CONTEXT, &key.0].concat()
}

impl View<'_> {
    /// Parts wanted here after the one of this number, in the order in which they came to be wanted.
    pub fn wanted(&self, after: u64, limit: usize) -> Result<Vec<Wanted>> {
        self.connection()
            .prepare_cached(
                "SELECT rowid, hash, key, length(partial) FROM ledger_wanted
                 WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
            )
            .and_then(|mut statement| {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                statement
                    .query_map(params![after, limit], |row| {
                        Ok(Wanted {
                            number: row.get(0)?,
                            hash: Hash(row.get(1)?),
                            key: KeyId(row.get(2)?),
                            have: row.get(3)?,
                        })
                    })?
                    .collect()
            })
            .doing("read what is wanted")
    }

    /// How many parts are wanted here.
    pub fn wanted_count(&self) -> Result<u64> {
        self.connection()
            .query_row("SELECT count(*) FROM ledger_wanted", [], |row| row.get(0))
            .doing("count what is wanted")
    }

    /// The number of the part that came last: parts are numbered as they come. Numbers at the end are used
    /// again when what had them is erased.
    pub(crate) fn last_part(self) -> Result<u64> {
        self.connection()
            .query_row(
                "SELECT ifnull(max(rowid), 0) FROM ledger_attachment",
                [],
                |row| row.get(0),
            )
            .doing("read which part came last")
    }

    /// Parts that came after the one of this number, in order, with their numbers.
    pub(crate) fn parts_after(self, number: u64) -> Result<Vec<(u64, Hash)>> {
        self.connection()
            .prepare_cached(
                "SELECT rowid, hash FROM ledger_attachment WHERE rowid > ?1 ORDER BY rowid",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([number], |row| Ok((row.get(0)?, Hash(row.get(1)?))))?
                    .collect()
            })
            .doing("read which parts came")
    }

    /// A ciphertext with the data key it is under, if both are here.
    pub(crate) fn giveable(self, hash: Hash) -> Result<Option<(KeyId, Vec<u8>)>> {
        let key: Option<KeyId> = self
            .connection()
            .prepare_cached("SELECT key FROM ledger_attachment WHERE hash = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([hash.0], |row| row.get(0).map(KeyId))
                    .optional()
            })
            .doing("read an attachment")?;
        let Some(key) = key else { return Ok(None) };
        let held = matches!(keyring::data_key(self.connection(), key)?, DataKey::Held(_))
            && !is_wanted(self.connection(), hash)?;
        let bytes = SqliteStore::on(self.connection()).ciphertext(hash)?;
        Ok(bytes.filter(|_| held).map(|bytes| (key, bytes)))
    }

    /// The data keys of these owners sealed to somebody else's sealing key, as far as they are here: one
    /// of each, or more where nodes apart each made one. On all cores.
    pub fn seal_data_keys(
        &self,
        keys: &[KeyId],
        to: RolePublicKey,
        entropy: &dyn Entropy,
    ) -> Result<Vec<SealedDataKey>> {
        let mut unsealed = Vec::with_capacity(keys.len());
        for key in keys {
            for secret in keyring::data_key(self.connection(), *key)?.held() {
                unsealed.push((*key, secret, Draw::from(entropy)));
            }
        }
        let sealed = unsealed.into_par_iter().with_min_len(SEALED_TOGETHER_MIN);
        let sealed = sealed.map(|(key, secret, draw)| {
            let sealed = to.seal(&context(key), secret.as_slice(), &draw)?;
            Ok(SealedDataKey { key, sealed })
        });
        sealed.collect()
    }
}

impl Transaction<'_> {
    /// Notes that a part of an event of this aggregate is wanted here, unless it can be read already or
    /// was erased.
    pub fn want(&mut self, attachment: &AttachmentRef, aggregate: AggregateId) -> Result<()> {
        let (hash, key) = (attachment.hash, attachment.key.person());
        let bound_to = sealing::attachment_context(&attachment.key, &attachment.slot);
        let new =
            self.change(|ledger| note(&ledger.connection, hash, key, aggregate, &bound_to))?;
        if new {
            self.record(|recorded| {
                let wanted = Change::Wanted(hash, key, aggregate, bound_to.into());
                recorded.steps.push(wanted);
            });
        }
        Ok(())
    }

    /// Keeps pieces of wanted parts, and of the keys that came with them those that open a wanted part. What
    /// nobody here wants is not kept.
    pub fn keep_parts(
        &mut self,
        pieces: Vec<Piece>,
        keys: &[SealedDataKey],
        now_ms: u64,
    ) -> Result<Kept> {
        let mut new_keys = Vec::new();
        let mut new_parts = Vec::new();
        let kept = self.change(|ledger| {
            let connection = &ledger.connection;
            let secrets = keyring::sealing_secrets(connection)?;
            let mut kept = Kept::default();
            for piece in pieces {
                new_parts.extend(keep_piece(connection, &piece, &mut kept)?);
            }
            for (key, secret) in open_keys(connection, keys, &secrets)? {
                if opens_any(connection, key, &secret)?
                    && keep_secret(connection, key, &secret, now_ms)?
                {
                    new_keys.push((key, secret));
                }
            }
            for key in keys {
                kept.aggregates.extend(settle(connection, key.key)?);
            }
            kept.aggregates.sort_unstable();
            kept.aggregates.dedup();
            Ok(kept)
        })?;
        self.record(|recorded| {
            for (key, secret) in &new_keys {
                recorded.key(*key, secret, now_ms);
            }
            for part in &new_parts {
                recorded.part(part);
            }
        });
        Ok(kept)
    }
}

/// Notes that a part is wanted, unless it can be read already or was erased. Gives whether that is new.
pub(crate) fn note(
    connection: &Connection,
    hash: Hash,
    key: KeyId,
    aggregate: AggregateId,
    bound_to: &[u8],
) -> Result<bool> {
    let complete = match keyring::data_key(connection, key)? {
        DataKey::Erased => true,
        DataKey::Held(secrets) => opens(connection, hash, bound_to, &secrets)?,
        DataKey::Unknown => false,
    };
    // Bytes that nobody waits for any more opened where they belong: an event that binds them to another
    // place does not open them, whatever else comes, and must not keep others from being given them.
    let opened_elsewhere = has_ciphertext(connection, hash)? && !is_wanted(connection, hash)?;
    if complete || opened_elsewhere {
        return Ok(false);
    }
    let added = connection
        .prepare_cached(
            "INSERT INTO ledger_wanted (hash, key, aggregate, partial, context)
             VALUES (?1, ?2, ?3, x'', ?4) ON CONFLICT DO NOTHING",
        )
        .and_then(|mut statement| statement.execute(params![hash.0, key.0, aggregate.0, bound_to]))
        .doing("note what is wanted")?;
    Ok(added > 0)
}

/// Whether a part is wanted here still: its bytes or the key it is under have not come.
pub(crate) fn is_wanted(connection: &Connection, hash: Hash) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_wanted WHERE hash = ?1)")
        .and_then(|mut statement| statement.query_row([hash.0], |row| row.get(0)))
        .doing("look for what is wanted")
}

/// Whether a ciphertext is here and opens with one of these keys.
fn opens(
    connection: &Connection,
    hash: Hash,
    bound_to: &[u8],
    secrets: &[SecretKey],
) -> Result<bool> {
    let Some(ciphertext) = SqliteStore::on(connection).ciphertext(hash)? else {
        return Ok(false);
    };
    // Noted by a version that did not say what it was bound to.
    let any = bound_to.is_empty() && !secrets.is_empty();
    let opened = |secret: &SecretKey| sealing::decrypt(secret, bound_to, &ciphertext).is_some();
    Ok(any || secrets.iter().any(opened))
}

pub(crate) fn has_ciphertext(connection: &Connection, hash: Hash) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_attachment WHERE hash = ?1)")
        .and_then(|mut statement| statement.query_row([hash.0], |row| row.get(0)))
        .doing("look for an attachment")
}

/// Opens data keys under which something is wanted, on all cores. Left out is what is sealed to somebody
/// else, what was not asked for and what is erased.
fn open_keys(
    connection: &Connection,
    keys: &[SealedDataKey],
    secrets: &[SealingSecret],
) -> Result<Vec<(KeyId, SecretKey)>> {
    let mut wanted = Vec::with_capacity(keys.len());
    for sealed in keys {
        let erased = matches!(keyring::data_key(connection, sealed.key)?, DataKey::Erased);
        if !erased && is_wanted_under(connection, sealed.key)? {
            wanted.push(sealed);
        }
    }
    let opened = wanted.into_par_iter().with_min_len(SEALED_TOGETHER_MIN);
    let opened = opened.filter_map(|SealedDataKey { key, sealed }| {
        let open = |secret: &SealingSecret| secret.open(&context(*key), sealed);
        let clear = secrets.iter().find_map(open)?;
        let secret = <[u8; 32]>::try_from(clear.as_slice()).ok()?;
        Some((*key, Zeroizing::new(secret)))
    });
    Ok(opened.collect())
}

fn is_wanted_under(connection: &Connection, key: KeyId) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_wanted WHERE key = ?1)")
        .and_then(|mut statement| statement.query_row([key.0], |row| row.get(0)))
        .doing("read what is wanted")
}

/// Whether a data key opens a part that is here and wanted under this owner. One that opens nothing comes
/// again with what it opens.
fn opens_any(connection: &Connection, key: KeyId, secret: &SecretKey) -> Result<bool> {
    let secrets = [secret.clone()];
    for waiting in unopened(connection, key)? {
        if opens(connection, waiting.hash, &waiting.bound_to, &secrets)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps a data key of an owner, beside others of the same owner, unless it is here, there are too many or
/// they were erased. Gives whether it was kept.
pub(crate) fn keep_secret(
    connection: &Connection,
    key: KeyId,
    secret: &SecretKey,
    now_ms: u64,
) -> Result<bool> {
    match keyring::data_key(connection, key)? {
        DataKey::Erased => return Ok(false),
        DataKey::Held(known) if known.contains(secret) || known.len() >= KEYS_EACH_MAX => {
            return Ok(false);
        }
        DataKey::Held(_) => keyring::keep_further_key(connection, key, secret, now_ms)?,
        DataKey::Unknown => keyring::keep_data_key(connection, key, secret, now_ms)?,
    }
    Ok(true)
}

/// Adds bytes to a wanted part; when it is whole and right, it is an attachment. Gives it when it is new.
fn keep_piece(
    connection: &Connection,
    piece: &Piece,
    kept: &mut Kept,
) -> Result<Option<Ciphertext>> {
    let row: Option<([u8; 16], Vec<u8>)> = connection
        .prepare_cached("SELECT key, partial FROM ledger_wanted WHERE hash = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([piece.hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("read what is wanted")?;
    let Some((key, mut bytes)) = row else {
        return Ok(None);
    };
    if piece.total > CIPHERTEXT_BYTES_MAX {
        kept.bad.push(piece.hash);
        return Ok(None);
    }
    if piece.offset != bytes.len() as u64 {
        // Another peer gave these bytes meanwhile, or an earlier piece was lost: asked for again.
        return Ok(None);
    }
    bytes.extend_from_slice(&piece.bytes);
    if (bytes.len() as u64) < piece.total {
        set_partial(connection, piece.hash, &bytes)?;
        return Ok(None);
    }
    if sha256(&bytes) != piece.hash {
        kept.bad.push(piece.hash);
        set_partial(connection, piece.hash, &[])?;
        return Ok(None);
    }
    let ciphertext = Ciphertext {
        hash: piece.hash,
        key: KeyId(key),
        bytes,
    };
    let new = !has_ciphertext(connection, piece.hash)?;
    if new {
        SqliteStore::on(connection).insert_ciphertext(&ciphertext)?;
    }
    set_partial(connection, piece.hash, &[])?;
    let readable = settle(connection, ciphertext.key)?;
    kept.aggregates.extend(readable);
    Ok(new.then_some(ciphertext))
}

fn set_partial(connection: &Connection, hash: Hash, bytes: &[u8]) -> Result<()> {
    connection
        .prepare_cached("UPDATE ledger_wanted SET partial = ?2 WHERE hash = ?1")
        .and_then(|mut statement| statement.execute(params![hash.0, bytes]))
        .doing("keep a piece")
        .map(drop)
}

/// Nothing under this key is wanted any more that can be opened by now. Gives the aggregates of which
/// parts can be read from now on.
pub(crate) fn settle(connection: &Connection, key: KeyId) -> Result<Vec<AggregateId>> {
    let DataKey::Held(secrets) = keyring::data_key(connection, key)? else {
        return Ok(Vec::new());
    };
    let mut readable = Vec::new();
    for Unopened {
        hash,
        aggregate,
        bound_to,
    } in unopened(connection, key)?
    {
        if !opens(connection, hash, &bound_to, &secrets)? {
            continue;
        }
        connection
            .prepare_cached("DELETE FROM ledger_wanted WHERE hash = ?1")
            .and_then(|mut statement| statement.execute([hash.0]))
            .doing("note what came")?;
        readable.push(aggregate);
    }
    Ok(readable)
}

/// A part that is here and still wanted, for want of its key.
struct Unopened {
    hash: Hash,
    aggregate: AggregateId,
    bound_to: Vec<u8>,
}

/// Every such part under an owner's keys.
fn unopened(connection: &Connection, key: KeyId) -> Result<Vec<Unopened>> {
    connection
        .prepare_cached(
            "SELECT hash, aggregate, context FROM ledger_wanted w WHERE key = ?1
                AND EXISTS (SELECT 1 FROM ledger_attachment a WHERE a.hash = w.hash)",
        )
        .and_then(|mut statement| {
            statement
                .query_map([key.0], |row| {
                    Ok(Unopened {
                        hash: Hash(row.get(0)?),
                        aggregate: AggregateId(row.get(1)?),
                        bound_to: row.get(2)?,
                    })
                })?
                .collect()
        })
        .doing("read what is wanted")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::{Content, Founding, KeyRef, Ledger, Options, Passphrase, PassphraseCost};

    const NOW_MS: u64 = 1_632_405_600_000;

    fn ledger(folder: &tempfile::TempDir) -> Ledger {
        let options = Options {
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        };
        let founding = Founding {
            passphrase: &Passphrase::new("kat mo yo ase"),
            recovery: None,
            now_ms: NOW_MS,
        };
        Ledger::create(folder.path(), &founding, options).expect("founds")
    }

    /// A part of somebody, as it comes from elsewhere: what its event binds, its bytes and its key.
    fn part_of(owner: KeyId, padded: &[u8]) -> (AttachmentRef, Piece, SecretKey) {
        let secret = sealing::fresh_key(&SystemEntropy);
        let key = KeyRef::Person(owner);
        let bound_to = sealing::attachment_context(&key, "name");
        let bytes = sealing::wrap(&secret, &bound_to, padded, &SystemEntropy);
        let attachment = AttachmentRef {
            slot: "name".to_owned(),
            key,
            hash: sha256(&bytes),
        };
        let piece = Piece {
            hash: attachment.hash,
            offset: 0,
            total: bytes.len() as u64,
            bytes,
        };
        (attachment, piece, secret)
    }

    /// A data key as somebody seals it to this node.
    fn given(ledger: &Ledger, key: KeyId, secret: &SecretKey) -> SealedDataKey {
        let me = keyring::sealing_secrets(&ledger.connection).expect("reads");
        let sealed = me[0].public();
        let sealed = sealed.seal(&context(key), secret.as_slice(), &SystemEntropy);
        let sealed = sealed.expect("seals");
        SealedDataKey { key, sealed }
    }

    #[test]
    fn a_part_that_its_author_sealed_wrongly_is_kept_and_not_asked_for_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = ledger(&folder);
        let owner = KeyId([3; 16]);
        // Its length says more than there is.
        let (attachment, piece, secret) = part_of(owner, &[0xff; 256]);
        let key = given(&ledger, owner, &secret);
        let mut transaction = ledger.begin().expect("begins");
        let aggregate = AggregateId([1; 16]);
        transaction.want(&attachment, aggregate).expect("notes");
        let kept = transaction.keep_parts(vec![piece], &[key], NOW_MS);
        assert_eq!(kept.expect("keeps").aggregates, [aggregate]);
        let view = transaction.view();
        let opened = view.content(&attachment).expect("stops nothing");
        assert_eq!(opened, Content::Unopened);
        assert_eq!(view.wanted_count().expect("counts"), 0);
    }

    #[test]
    fn a_data_key_that_opens_nothing_is_not_kept_whatever_comes_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = ledger(&folder);
        let owner = KeyId([3; 16]);
        let (attachment, piece, secret) = part_of(owner, &[0; 256]);
        let right = given(&ledger, owner, &secret);
        let chosen = given(&ledger, owner, &sealing::fresh_key(&SystemEntropy));
        let mut transaction = ledger.begin().expect("begins");
        let aggregate = AggregateId([1; 16]);
        transaction.want(&attachment, aggregate).expect("notes");
        let keys = [chosen, right];
        let early = transaction.keep_parts(Vec::new(), &keys, NOW_MS);
        assert_eq!(early.expect("keeps nothing"), Kept::default());
        let kept = transaction.keep_parts(vec![piece], &keys, NOW_MS);
        assert_eq!(kept.expect("keeps").aggregates, [aggregate]);
        let held = keyring::data_key(transaction.connection(), owner).expect("reads");
        assert_eq!(held.held(), [secret]);
    }
}
