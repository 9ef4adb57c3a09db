//! What a transaction changed in the ledger, as a list of steps that lead any equal ledger to the same
//! state. Ciphertexts and data keys are named in the steps and ride beside them, so that they can be
//! destroyed where the steps stay.
//!
//! A step must never change its number or meaning: hub servers of two versions share a database.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::error::{Result, malformed};
use crate::identity::{AggregateId, Hash, KeyId};
use crate::merkle::sha256;
use crate::sealing::SecretKey;
use crate::store::Ciphertext;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Change {
    /// The node wrote this event.
    #[n(0)]
    Own(#[n(0)] ByteVec),
    /// Events of other nodes came, at this time.
    #[n(1)]
    Received(#[n(0)] Vec<ByteVec>, #[n(1)] u64),
    /// Papers of a node came, at this time.
    #[n(2)]
    Admitted(#[n(0)] ByteVec, #[n(1)] u64),
    /// The root's word came that a node was sent away.
    #[n(3)]
    Revoked(#[n(0)] ByteVec),
    /// What was set aside was tried again, at this time.
    #[n(4)]
    Retried(#[n(0)] u64),
    /// The root of the operation is trusted: operation, signing key, recovery key.
    #[n(5)]
    Trusted(#[n(0)] ByteVec, #[n(1)] ByteVec, #[n(2)] ByteVec),
    /// A sealed part is wanted: its hash, the data key, the aggregate of its event, what it is bound to.
    #[n(6)]
    Wanted(
        #[n(0)] Hash,
        #[n(1)] KeyId,
        #[n(2)] AggregateId,
        #[n(3)] ByteVec,
    ),
    /// A data key and everything under it was destroyed, at this time.
    #[n(7)]
    Erased(#[n(0)] KeyId, #[n(1)] u64),
    /// A data key is here since this time, which one of this owner's is told by its hash.
    #[n(8)]
    Key(#[n(0)] KeyId, #[n(1)] u64, #[n(2)] Hash),
    /// A sealed part is here: its hash, the data key.
    #[n(9)]
    Part(#[n(0)] Hash, #[n(1)] KeyId),
    /// Something of the node's own beside the ledger.
    #[n(10)]
    Beside(#[n(0)] ByteVec),
    /// The node signed where its log stands.
    #[n(11)]
    Checkpoint(#[n(0)] ByteVec),
}

/// What the open transaction changed so far.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    pub steps: Vec<Change>,
    pub parts: Vec<Ciphertext>,
    pub keys: Vec<(KeyId, SecretKey)>,
}

/// How far the record had come: what an undone savepoint goes back to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark(usize, usize, usize);

impl Recorded {
    pub(crate) fn part(&mut self, ciphertext: &Ciphertext) {
        self.steps
            .push(Change::Part(ciphertext.hash, ciphertext.key));
        self.parts.push(ciphertext.clone());
    }

    pub(crate) fn key(&mut self, key: KeyId, secret: &SecretKey, created_ms: u64) {
        self.steps
            .push(Change::Key(key, created_ms, hash_of(secret)));
        self.keys.push((key, secret.clone()));
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark(self.steps.len(), self.parts.len(), self.keys.len())
    }

    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.steps.truncate(mark.0);
        self.parts.truncate(mark.1);
        self.keys.truncate(mark.2);
    }

    /// The data keys that are destroyed by the end of it.
    pub(crate) fn erased(&self) -> Vec<KeyId> {
        let erased = self.steps.iter().filter_map(|step| match step {
            Change::Erased(key, _) => Some(*key),
            _ => None,
        });
        let mut erased: Vec<KeyId> = erased.collect();
        erased.sort_unstable();
        erased.dedup();
        erased
    }
}

/// Tells the data keys of one owner apart. A key is 32 random bytes: nothing can be guessed from its hash.
pub(crate) fn hash_of(secret: &SecretKey) -> Hash {
    sha256(&[b"akey data key of an owner 1".as_slice(), secret.as_slice()].concat())
}

/// The steps as bytes.
pub(crate) fn encode(steps: &[Change]) -> Vec<u8> {
    minicbor::to_vec(steps).expect("writing to memory does not fail")
}

/// Reads steps. One of a newer version cannot be passed over: everything after it rests on it.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Change>> {
    minicbor::decode(bytes).map_err(|error| {
        malformed(
            "entry of the hub's database",
            format!(
                "{error}; a newer version of akey may have written it: install that one here too"
            ),
        )
    })
}
