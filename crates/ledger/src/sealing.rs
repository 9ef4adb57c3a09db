//! Encryption: content under a data key, content to a role, keys to a key holder.
//!
//! Every use has its own context string, so that nothing sealed for one purpose opens in
//! another. Nothing here keeps a key longer than the call.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::entropy::Entropy;
use crate::error::Result;

/// The X25519 public key of a role, like protection; anybody can seal to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RolePublicKey(pub [u8; 32]);

impl fmt::Debug for RolePublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RolePublicKey({})", crate::identity::hex(&self.0[..4]))
    }
}

/// The X25519 private key of a role or a node. Never shown, wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SealingSecret(pub(crate) [u8; 32]);

impl SealingSecret {
    /// A fresh key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let _ = entropy;
        todo!()
    }

    /// The key from its bytes, as kept by whoever holds the role.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// The bytes, to be kept sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// What others seal to.
    pub fn public(&self) -> RolePublicKey {
        todo!()
    }
}

impl fmt::Debug for SealingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingSecret(..)")
    }
}

/// Content that only the holder of a role's private key can open.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedNote {
    pub(crate) bytes: Vec<u8>,
    pub(crate) context: Vec<u8>,
}

impl SealedNote {
    /// Opens it.
    pub fn open(&self, role: &SealingSecret) -> Result<Zeroizing<Vec<u8>>> {
        let _ = (role, &self.bytes, &self.context);
        todo!()
    }
}

impl fmt::Debug for SealedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedNote({} bytes)", self.bytes.len())
    }
}
