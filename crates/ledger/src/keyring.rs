//! The keys inside the encrypted database: one data key for each person, and this node's own.
//!
//! They exist nowhere else. Erasing a person is destroying a row's secret here.

use ed25519_dalek::SigningKey;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::error::{Doing as _, Error, Result};
use crate::identity::{Hash, KeyId, NodeId};
use crate::merkle::Frontier;
use crate::sealing::{SealingSecret, SecretKey, fresh_key};

/// What is known of an owner's data key.
pub(crate) enum DataKey {
    /// Here. Mostly one; where nodes apart each made a key for one owner, all of them: the one to seal
    /// under first.
    Held(Vec<SecretKey>),
    Erased,
    Unknown,
}

impl DataKey {
    /// Every secret that is here.
    pub(crate) fn held(self) -> Vec<SecretKey> {
        match self {
            Self::Held(secrets) => secrets,
            Self::Erased | Self::Unknown => Vec::new(),
        }
    }
}

/// Looks up an owner's data key.
pub(crate) fn data_key(connection: &Connection, key: KeyId) -> Result<DataKey> {
    let found: Option<Option<[u8; 32]>> = connection
        .prepare_cached("SELECT secret FROM ledger_key WHERE key = ?1")
        .and_then(|mut statement| statement.query_row([key.0], |row| row.get(0)).optional())
        .doing("read a data key")?;
    Ok(match found {
        Some(Some(secret)) => {
            let mut secrets = vec![Zeroizing::new(secret)];
            secrets.extend(further_keys(connection, key)?);
            DataKey::Held(secrets)
        }
        Some(None) => DataKey::Erased,
        None => DataKey::Unknown,
    })
}

fn further_keys(connection: &Connection, key: KeyId) -> Result<Vec<SecretKey>> {
    connection
        .prepare_cached("SELECT secret FROM ledger_further_key WHERE key = ?1 ORDER BY secret")
        .and_then(|mut statement| {
            statement
                .query_map([key.0], |row| row.get(0).map(Zeroizing::new))?
                .collect()
        })
        .doing("read a data key")
}

/// Keeps another data key of an owner, made by a node that did not have the first.
pub(crate) fn keep_further_key(
    connection: &Connection,
    key: KeyId,
    secret: &SecretKey,
    now_ms: u64,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO ledger_further_key (key, secret, created_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        )
        .and_then(|mut statement| {
            statement.execute(params![key.0, secret.as_slice(), now_ms.cast_signed()])
        })
        .doing("keep a data key")
        .map(drop)
}

/// Keeps a new data key.
pub(crate) fn keep_data_key(
    connection: &Connection,
    key: KeyId,
    secret: &SecretKey,
    now_ms: u64,
) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO ledger_key (key, secret, created_ms) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| {
            statement.execute(params![key.0, secret.as_slice(), now_ms.cast_signed()])
        })
        .doing("keep a data key")
        .map(drop)
}

/// Destroys a data key and all ciphertexts under it. Gives whether the key was held, and how many
/// ciphertexts went. A key unknown here is marked too, so that it can never come in later.
pub(crate) fn erase(connection: &Connection, key: KeyId, now_ms: u64) -> Result<(bool, usize)> {
    let held = matches!(data_key(connection, key)?, DataKey::Held(_));
    connection
        .execute(
            "INSERT INTO ledger_key (key, secret, created_ms, erased_ms) VALUES (?1, NULL, ?2, ?2)
             ON CONFLICT (key) DO UPDATE SET secret = NULL, erased_ms = excluded.erased_ms
                WHERE secret IS NOT NULL",
            params![key.0, now_ms.cast_signed()],
        )
        .doing("erase a data key")?;
    connection
        .execute(
            "DELETE FROM ledger_further_key WHERE key = ?1",
            params![key.0],
        )
        .doing("erase a data key")?;
    let attachments = connection
        .execute(
            "DELETE FROM ledger_attachment WHERE key = ?1",
            params![key.0],
        )
        .doing("erase attachments")?;
    connection
        .execute("DELETE FROM ledger_wanted WHERE key = ?1", params![key.0])
        .doing("erase attachments")?;
    crate::waiting::erase(connection, key)?;
    Ok((held, attachments))
}

/// The signing key of the present identity.
pub(crate) fn signing_key(connection: &Connection) -> Result<Option<SigningKey>> {
    let secret: Option<[u8; 32]> = connection
        .query_row(
            "SELECT signing FROM ledger_identity WHERE signing IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .optional()
        .doing("read the node's key")?;
    let secret = secret.map(Zeroizing::new);
    Ok(secret.map(|secret| SigningKey::from_bytes(&secret)))
}

/// The sealing keys of this node, the present one first, then those of past identities: what was
/// once sealed to them can still be opened.
pub(crate) fn sealing_secrets(connection: &Connection) -> Result<Vec<SealingSecret>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT sealing FROM ledger_identity ORDER BY until_ms IS NOT NULL, until_ms DESC",
        )
        .doing("prepare to read sealing keys")?;
    statement
        .query_map([], |row| {
            Ok(SealingSecret::from_bytes(&Zeroizing::new(row.get(0)?)))
        })
        .and_then(Iterator::collect)
        .doing("read sealing keys")
}

/// Makes the first or the next identity: the signing key before it is destroyed, its sealing key
/// stays. Part of the caller's transaction.
pub(crate) fn begin_identity(
    connection: &Connection,
    now_ms: u64,
    entropy: &dyn Entropy,
) -> Result<SigningKey> {
    let signing = SigningKey::from_bytes(&fresh_key(entropy));
    let node = NodeId(signing.verifying_key().to_bytes());
    let sealing = SealingSecret::generate(entropy).to_bytes();
    connection
        .execute(
            "UPDATE ledger_identity SET signing = NULL, until_ms = ?1 WHERE signing IS NOT NULL",
            [now_ms.cast_signed()],
        )
        .doing("end the identity before")?;
    connection
        .execute("DELETE FROM ledger_halt", [])
        .doing("end the identity before")?;
    // A copy of a hub server that goes on under a name of its own is no server of that hub.
    connection
        .execute("DELETE FROM ledger_mirror", [])
        .doing("end the identity before")?;
    connection
        .execute(
            "INSERT INTO ledger_identity (node, signing, sealing, since_ms) VALUES (?1, ?2, ?3, ?4)",
            params![
                node.0,
                Zeroizing::new(signing.to_bytes()).as_slice(),
                sealing.as_slice(),
                now_ms.cast_signed()
            ],
        )
        .doing("keep the new identity")?;
    connection
        .execute(
            "INSERT INTO ledger_log (node, size, leaf, frontier) VALUES (?1, 0, ?2, ?3)",
            params![node.0, Hash::ZERO.0, Frontier::default().to_bytes()],
        )
        .doing("begin the new log")?;
    Ok(signing)
}

/// Refuses a key that was erased, gives the one that is held, or makes a fresh one.
pub(crate) fn data_key_for_use(
    connection: &Connection,
    key: KeyId,
    entropy: &dyn Entropy,
) -> Result<(SecretKey, bool)> {
    match data_key(connection, key)? {
        DataKey::Held(mut secrets) => Ok((secrets.swap_remove(0), false)),
        DataKey::Unknown => Ok((fresh_key(entropy), true)),
        DataKey::Erased => Err(Error::KeyErased(key)),
    }
}
