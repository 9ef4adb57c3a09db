//! Sealed parts that ride after their events: which are wanted here, what came of them, and what is
//! given to others.
//!
//! A part is ciphertext and useless without its data key, so the two go together: the key sealed to
//! the node that asks (HPKE, RFC 9180), the ciphertext as it is. Whether a node may have it is asked of
//! a [`Reach`](crate::sync::Reach), never decided here. What was erased is never taken in again.

use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use crate::attachment::AttachmentRef;
use crate::entropy::Entropy;
use crate::error::{Doing as _, Result};
use crate::identity::{AggregateId, Hash, KeyId};
use crate::keyring::{self, DataKey};
use crate::merkle::sha256;
use crate::reader::View;
use crate::sealing::{self, CONTENT_BYTES_MAX, RolePublicKey, SealingSecret, SecretKey};
use crate::store::{Ciphertext, SqliteStore, Store as _};
use crate::transaction::Transaction;

const CONTEXT: &[u8] = b"akey data key 1";
/// Largest ciphertext: a padded content, sealed twice.
pub(crate) const CIPHERTEXT_BYTES_MAX: u64 = (CONTENT_BYTES_MAX + CONTENT_BYTES_MAX / 8) as u64;

/// A sealed part that is wanted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
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
    /// Parts wanted here, those that are half here first.
    pub fn wanted(&self, limit: usize) -> Result<Vec<Wanted>> {
        self.connection()
            .prepare_cached(
                "SELECT hash, key, length(partial) FROM ledger_wanted
                 ORDER BY length(partial) = 0, rowid LIMIT ?1",
            )
            .and_then(|mut statement| {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                statement
                    .query_map([limit], |row| {
                        Ok(Wanted {
                            hash: Hash(row.get(0)?),
                            key: KeyId(row.get(1)?),
                            have: row.get(2)?,
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

    /// The data keys of an owner sealed to somebody else's sealing key, as far as they are here: one,
    /// or more where nodes apart each made one.
    pub fn seal_data_keys(
        &self,
        key: KeyId,
        to: RolePublicKey,
        entropy: &dyn Entropy,
    ) -> Result<Vec<SealedDataKey>> {
        let secrets = keyring::data_key(self.connection(), key)?.held();
        let sealed = secrets.iter().map(|secret| {
            let sealed = to.seal(&context(key), secret.as_slice(), entropy)?;
            Ok(SealedDataKey { key, sealed })
        });
        sealed.collect()
    }
}

impl Transaction<'_> {
    /// Notes that a part of an event of this aggregate is wanted here, unless it can be read already or
    /// was erased.
    pub fn want(&mut self, attachment: &AttachmentRef, aggregate: AggregateId) -> Result<()> {
        self.change(|ledger| {
            let connection = &ledger.connection;
            let key = attachment.key.person();
            let bound_to = sealing::attachment_context(&attachment.key, &attachment.slot);
            let complete = match keyring::data_key(connection, key)? {
                DataKey::Erased => true,
                DataKey::Held(secrets) => opens(connection, attachment.hash, &bound_to, &secrets)?,
                DataKey::Unknown => false,
            };
            if complete {
                return Ok(());
            }
            connection
                .prepare_cached(
                    "INSERT INTO ledger_wanted (hash, key, aggregate, partial, context)
                     VALUES (?1, ?2, ?3, x'', ?4) ON CONFLICT DO NOTHING",
                )
                .and_then(|mut statement| {
                    statement.execute(params![attachment.hash.0, key.0, aggregate.0, bound_to])
                })
                .doing("note what is wanted")
                .map(drop)
        })
    }

    /// Keeps pieces of wanted parts and the keys that came with them. What nobody here wants is not kept.
    pub fn keep_parts(
        &mut self,
        pieces: Vec<Piece>,
        keys: &[SealedDataKey],
        now_ms: u64,
    ) -> Result<Kept> {
        self.change(|ledger| {
            let connection = &ledger.connection;
            let secrets = keyring::sealing_secrets(connection)?;
            let mut kept = Kept::default();
            for key in keys {
                keep_key(connection, key, &secrets, now_ms)?;
            }
            for piece in pieces {
                keep_piece(connection, &piece, &mut kept)?;
            }
            for key in keys {
                settle_key(connection, key.key, &mut kept)?;
            }
            kept.aggregates.sort_unstable();
            kept.aggregates.dedup();
            Ok(kept)
        })
    }
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

fn has_ciphertext(connection: &Connection, hash: Hash) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_attachment WHERE hash = ?1)")
        .and_then(|mut statement| statement.query_row([hash.0], |row| row.get(0)))
        .doing("look for an attachment")
}

/// Opens and keeps a data key, if something under it is wanted and it is neither here nor erased. One
/// that another node made for the same owner is kept beside the first.
fn keep_key(
    connection: &Connection,
    sealed: &SealedDataKey,
    secrets: &[SealingSecret],
    now_ms: u64,
) -> Result<()> {
    let here = keyring::data_key(connection, sealed.key)?;
    if matches!(here, DataKey::Erased) {
        return Ok(());
    }
    let wanted: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_wanted WHERE key = ?1)")
        .and_then(|mut statement| statement.query_row([sealed.key.0], |row| row.get(0)))
        .doing("read what is wanted")?;
    let opened = secrets
        .iter()
        .find_map(|secret| secret.open(&context(sealed.key), &sealed.sealed));
    match opened.and_then(|clear| <[u8; 32]>::try_from(clear.as_slice()).ok()) {
        Some(secret) if wanted => {
            let secret = Zeroizing::new(secret);
            match here {
                DataKey::Held(known) if known.contains(&secret) => Ok(()),
                DataKey::Held(_) => {
                    keyring::keep_further_key(connection, sealed.key, &secret, now_ms)
                }
                _ => keyring::keep_data_key(connection, sealed.key, &secret, now_ms),
            }
        }
        // Sealed to somebody else, or not asked for.
        _ => Ok(()),
    }
}

/// Adds bytes to a wanted part; when it is whole and right, it is an attachment.
fn keep_piece(connection: &Connection, piece: &Piece, kept: &mut Kept) -> Result<()> {
    let row: Option<([u8; 16], Vec<u8>)> = connection
        .prepare_cached("SELECT key, partial FROM ledger_wanted WHERE hash = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([piece.hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("read what is wanted")?;
    let Some((key, mut bytes)) = row else {
        return Ok(());
    };
    if piece.total > CIPHERTEXT_BYTES_MAX {
        kept.bad.push(piece.hash);
        return Ok(());
    }
    if piece.offset != bytes.len() as u64 {
        // Another peer gave these bytes meanwhile, or an earlier piece was lost: asked for again.
        return Ok(());
    }
    bytes.extend_from_slice(&piece.bytes);
    if (bytes.len() as u64) < piece.total {
        return set_partial(connection, piece.hash, &bytes);
    }
    if sha256(&bytes) != piece.hash {
        kept.bad.push(piece.hash);
        return set_partial(connection, piece.hash, &[]);
    }
    let ciphertext = Ciphertext {
        hash: piece.hash,
        key: KeyId(key),
        bytes,
    };
    if !has_ciphertext(connection, piece.hash)? {
        SqliteStore::on(connection).insert_ciphertext(&ciphertext)?;
    }
    set_partial(connection, piece.hash, &[])?;
    settle_key(connection, ciphertext.key, kept)
}

fn set_partial(connection: &Connection, hash: Hash, bytes: &[u8]) -> Result<()> {
    connection
        .prepare_cached("UPDATE ledger_wanted SET partial = ?2 WHERE hash = ?1")
        .and_then(|mut statement| statement.execute(params![hash.0, bytes]))
        .doing("keep a piece")
        .map(drop)
}

/// Nothing under this key is wanted any more that can be opened by now.
fn settle_key(connection: &Connection, key: KeyId, kept: &mut Kept) -> Result<()> {
    let DataKey::Held(secrets) = keyring::data_key(connection, key)? else {
        return Ok(());
    };
    let waiting: Vec<([u8; 32], [u8; 16], Vec<u8>)> = connection
        .prepare_cached(
            "SELECT hash, aggregate, context FROM ledger_wanted w WHERE key = ?1
                AND EXISTS (SELECT 1 FROM ledger_attachment a WHERE a.hash = w.hash)",
        )
        .and_then(|mut statement| {
            statement
                .query_map([key.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })
        .doing("read what is wanted")?;
    for (hash, aggregate, bound_to) in waiting {
        if !opens(connection, Hash(hash), &bound_to, &secrets)? {
            continue;
        }
        connection
            .prepare_cached("DELETE FROM ledger_wanted WHERE hash = ?1")
            .and_then(|mut statement| statement.execute([hash]))
            .doing("note what came")?;
        kept.aggregates.push(AggregateId(aggregate));
    }
    Ok(())
}
