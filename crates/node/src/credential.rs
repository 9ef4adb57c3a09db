//! How users prove who they are, and the key each holds for the protection role.
//!
//! A password never leaves this module: Argon2id (RFC 9106) makes a key of it, the key opens the
//! user's own secret (XChaCha20-Poly1305), and that it opens is the proof. To the user's public key
//! the secret of the protection role can be sealed (HPKE, RFC 9180), so that it is readable only
//! while somebody who holds it is signed in.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::UserId;
use ledger::{Entropy, RolePublicKey, SealingSecret};
use rusqlite::{Connection, OptionalExtension, params};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::NodeError;

/// Shortest password taken, in characters (NIST SP 800-63B, 5.1.1.2).
pub(crate) const PASSWORD_CHARACTERS_MIN: usize = 8;

/// What one guess at a password costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// Memory, in KiB.
    pub(crate) memory_kib: u32,
    /// Passes over it.
    pub(crate) passes: u32,
}

impl Cost {
    /// OWASP's first choice for Argon2id: 19 MiB, two passes. A laptop at a desk does it in well
    /// under a tenth of a second.
    pub(crate) const SIGN_IN: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
}

struct Row {
    salt: [u8; 16],
    cost: Cost,
    sealed_secret: Vec<u8>,
}

/// A password's proof and the user's secret sealed under it, ready to be stored.
pub(crate) struct Credential {
    salt: [u8; 16],
    cost: Cost,
    sealed_secret: Vec<u8>,
    public_key: RolePublicKey,
}

/// Makes a new secret for a user, sealed under a new password.
pub(crate) fn make(
    entropy: &dyn Entropy,
    user: UserId,
    password: &str,
    cost: Cost,
) -> Result<Credential, NodeError> {
    if password.chars().count() < PASSWORD_CHARACTERS_MIN {
        return Err(NodeError::PasswordShort {
            min: PASSWORD_CHARACTERS_MIN,
        });
    }
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let secret = SealingSecret::generate(entropy);
    let key = derive(password, &salt, cost)?;
    let sealed_secret = seal(&key, entropy, user, &secret.to_bytes())?;
    Ok(Credential {
        salt,
        cost,
        sealed_secret,
        public_key: secret.public(),
    })
}

/// Stores it. A role key the user held is gone and has to be given to them again.
pub(crate) fn store(
    connection: &Connection,
    user: UserId,
    made: &Credential,
) -> Result<(), NodeError> {
    connection.execute(
        "INSERT OR REPLACE INTO n_credential
             (user, salt, memory_kib, passes, sealed_secret, public_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            user.0.as_bytes(),
            made.salt,
            made.cost.memory_kib,
            made.cost.passes,
            made.sealed_secret,
            made.public_key.0
        ],
    )?;
    for table in ["n_role_key", "n_focal_point_key"] {
        connection.execute(
            &format!("DELETE FROM {table} WHERE user = ?1"),
            [user.0.as_bytes()],
        )?;
    }
    Ok(())
}

/// The user's own secret, if the password is right. Takes as long for somebody unknown as for a
/// wrong password.
pub(crate) fn unlock(
    connection: &Connection,
    user: Option<UserId>,
    password: &str,
) -> Result<SealingSecret, NodeError> {
    let found = user
        .map(|user| row(connection, user))
        .transpose()?
        .flatten();
    let (Some(user), Some(row)) = (user, found) else {
        derive(password, &[0; 16], Cost::SIGN_IN)?;
        return Err(NodeError::SignInRefused);
    };
    let key = derive(password, &row.salt, row.cost)?;
    let secret = open(&key, user, &row.sealed_secret).ok_or(NodeError::SignInRefused)?;
    Ok(SealingSecret::from_bytes(&secret))
}

/// The public key to which things for a user are sealed.
pub(crate) fn public_key(
    connection: &Connection,
    user: UserId,
) -> Result<Option<RolePublicKey>, NodeError> {
    Ok(connection
        .query_row(
            "SELECT public_key FROM n_credential WHERE user = ?1",
            [user.0.as_bytes()],
            |row| row.get::<_, [u8; 32]>(0),
        )
        .optional()?
        .map(RolePublicKey))
}

fn row(connection: &Connection, user: UserId) -> Result<Option<Row>, NodeError> {
    Ok(connection
        .query_row(
            "SELECT salt, memory_kib, passes, sealed_secret FROM n_credential WHERE user = ?1",
            [user.0.as_bytes()],
            |row| {
                Ok(Row {
                    salt: row.get("salt")?,
                    cost: Cost {
                        memory_kib: row.get("memory_kib")?,
                        passes: row.get("passes")?,
                    },
                    sealed_secret: row.get("sealed_secret")?,
                })
            },
        )
        .optional()?)
}

fn derive(password: &str, salt: &[u8; 16], cost: Cost) -> Result<Zeroizing<[u8; 32]>, NodeError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32))
        .map_err(|_| NodeError::SealDamaged)?;
    // However the keyboard composes "è", it is the same password (NIST SP 800-63B, 5.1.1.2).
    let typed: Zeroizing<String> = Zeroizing::new(password.nfkc().collect());
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(typed.as_bytes(), salt, &mut *key)
        .map_err(|_| NodeError::SealDamaged)?;
    Ok(key)
}

const NONCE_LENGTH: usize = 24;

fn seal(
    key: &[u8; 32],
    entropy: &dyn Entropy,
    user: UserId,
    secret: &[u8; 32],
) -> Result<Vec<u8>, NodeError> {
    let mut nonce = [0; NONCE_LENGTH];
    entropy.fill(&mut nonce);
    let payload = Payload {
        msg: secret,
        aad: user.0.as_bytes(),
    };
    let sealed = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| NodeError::SealDamaged)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(key: &[u8; 32], user: UserId, sealed: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LENGTH>()?;
    let payload = Payload {
        msg: sealed,
        aad: user.0.as_bytes(),
    };
    let opened = XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .ok()?;
    Some(Zeroizing::new(opened.as_slice().try_into().ok()?))
}
