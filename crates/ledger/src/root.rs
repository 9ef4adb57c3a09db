//! The operation root key: made once, kept offline, the only one who can admit nodes.
//!
//! It must never lie on a node in clear; it leaves memory only inside a passphrase-encrypted
//! text that can be printed.

use std::fmt;

use crate::entropy::Entropy;
use crate::error::Result;
use crate::identity::{NodeId, OperationId, Position, SiteId};
use crate::passphrase::{Passphrase, PassphraseCost};

/// The X25519 public key of the root, to which a node may wrap its database key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryKey(pub [u8; 32]);

/// The root key with its secrets. Wiped when dropped.
pub struct RootKey {}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(..)")
    }
}

impl RootKey {
    /// A fresh root key for a new operation.
    pub fn generate(operation: OperationId, entropy: &dyn Entropy) -> Self {
        let _ = (operation, entropy);
        todo!()
    }

    /// The public half, which every node knows.
    pub fn public(&self) -> RootPublic {
        todo!()
    }

    /// The key as text, encrypted with a passphrase of its own, to be kept offline: a file on a
    /// stick or a printed page.
    pub fn export(
        &self,
        passphrase: &Passphrase,
        cost: PassphraseCost,
        entropy: &dyn Entropy,
    ) -> Result<String> {
        let _ = (passphrase, cost, entropy);
        todo!()
    }

    /// Reads what [`RootKey::export`] wrote.
    pub fn import(text: &str, passphrase: &Passphrase) -> Result<Self> {
        let _ = (text, passphrase);
        todo!()
    }

    /// Signs that a node belongs to the operation. Gives the certificate's bytes.
    pub fn admit(&self, admission: &Admission) -> Vec<u8> {
        let _ = admission;
        todo!()
    }

    /// Signs that a new node stands in for one whose log ended. Gives the certificate's bytes.
    pub fn claim(&self, claim: &Claim) -> Vec<u8> {
        let _ = claim;
        todo!()
    }
}

/// What every node knows of the root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootPublic {
    /// The operation it founds.
    pub operation: OperationId,
    /// Ed25519 verifying key.
    pub signing: [u8; 32],
    /// X25519 key for the recovery of database keys.
    pub recovery: RecoveryKey,
}

impl RootPublic {
    /// Reads and checks an admission certificate.
    pub fn verify_admission(&self, bytes: &[u8]) -> Result<Admission> {
        let _ = bytes;
        todo!()
    }

    /// Reads and checks a claim certificate.
    pub fn verify_claim(&self, bytes: &[u8]) -> Result<Claim> {
        let _ = bytes;
        todo!()
    }
}

/// "This node belongs to the operation, at this site, from this time on."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The operation.
    pub operation: OperationId,
    /// The node admitted.
    pub node: NodeId,
    /// Its site.
    pub site: SiteId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// "The log of `old` ends at `last`; `new` takes over its rights and stock." (G9)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The operation.
    pub operation: OperationId,
    /// The node that is no more.
    pub old: NodeId,
    /// The last position of its log that the restored copy holds; 0 for an empty log.
    pub last: Position,
    /// The node that stands in.
    pub new: NodeId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}
