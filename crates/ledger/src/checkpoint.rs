//! Checkpoints: a node's signed word on how long its log is and what its root is.
//!
//! Two checkpoints of one node that are not consistent prove that it forked; so none may ever be
//! signed over anything but the log as stored.

use ed25519_dalek::SigningKey;
use minicbor::Decoder;

use crate::cbor;
use crate::error::{Result, malformed};
use crate::identity::{Hash, NodeId};
use crate::sign1::{self, Purpose};

/// A node's signed word on its log: so many events, this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub(crate) node: NodeId,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) at_ms: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Checkpoint {
    pub(crate) fn sign(key: &SigningKey, size: u64, root: Hash, at_ms: u64) -> Self {
        let node = NodeId(key.verifying_key().to_bytes());
        let payload = cbor::encode(|e| {
            e.map(4)?.u8(1)?.bytes(&node.0)?.u8(2)?.u64(size)?;
            e.u8(3)?.bytes(&root.0)?.u8(4)?.u64(at_ms)?.ok()
        });
        let bytes = sign1::sign(Purpose::Checkpoint, key, &payload);
        Self {
            node,
            size,
            root,
            at_ms,
            bytes,
        }
    }

    /// Reads a checkpoint and checks its signature.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (message, signer) = sign1::open(Purpose::Checkpoint, bytes)?;
        sign1::check_signature(Purpose::Checkpoint, &message, signer)?;
        let checkpoint = Self::decode(message.payload, bytes)
            .map_err(|error| malformed("checkpoint", error.to_string()))?;
        if checkpoint.node == signer {
            Ok(checkpoint)
        } else {
            Err(malformed(
                "checkpoint",
                "it is about another node than the one that signed it",
            ))
        }
    }

    fn decode(payload: &[u8], bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let mut decoder = Decoder::new(payload);
        let (mut node, mut size, mut root, mut at_ms) = (None, None, None, None);
        for _ in 0..cbor::map_length(&mut decoder)? {
            match decoder.u64()? {
                1 => node = Some(NodeId(cbor::bytes_of(&mut decoder)?)),
                2 => size = Some(decoder.u64()?),
                3 => root = Some(Hash(cbor::bytes_of(&mut decoder)?)),
                4 => at_ms = Some(decoder.u64()?),
                _ => decoder.skip()?,
            }
        }
        let missing = || minicbor::decode::Error::message("an entry is missing");
        Ok(Self {
            node: node.ok_or_else(missing)?,
            size: size.ok_or_else(missing)?,
            root: root.ok_or_else(missing)?,
            at_ms: at_ms.ok_or_else(missing)?,
            bytes: bytes.to_vec(),
        })
    }

    /// Whose log.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Events in it.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree over them.
    pub const fn root(&self) -> Hash {
        self.root
    }

    /// When it was signed, in milliseconds since 1970.
    pub const fn at_ms(&self) -> u64 {
        self.at_ms
    }

    /// The COSE_Sign1 as signed.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_altered_anywhere_is_refused() {
        let good = Checkpoint::sign(&SigningKey::from_bytes(&[3; 32]), 5, Hash([9; 32]), 1_000);
        assert_eq!(
            Checkpoint::from_bytes(good.bytes()).expect("as signed"),
            good
        );
        for place in 0..good.bytes.len() {
            let mut bytes = good.bytes.clone();
            bytes[place] ^= 0x10;
            assert!(
                Checkpoint::from_bytes(&bytes).is_err(),
                "byte {place} altered was accepted"
            );
        }
    }
}
