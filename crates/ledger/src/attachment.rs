//! What rides beside an event: personal data, encrypted and bound by hash.
//!
//! The signed part holds only the slot's name, the id of the data key and the hash of ciphertext
//! under a random nonce, from which nothing can be guessed. Nothing here may put plaintext, or a
//! hash of plaintext, anywhere near the signed part.

use zeroize::Zeroizing;

use crate::identity::{Hash, KeyId};
use crate::sealing::{RolePublicKey, SealedNote};

/// Who will be able to read an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyRef {
    /// Whoever holds this data key, which is made on first use.
    Person(KeyId),
    /// Only who holds the role's private key: the content is sealed to the role first, and then
    /// encrypted with the person's data key, so that erasing the person erases it too. This node
    /// keeps nothing with which it could open the inner seal.
    Role {
        /// The data key of the person it is about.
        person: KeyId,
        /// Whom it is for.
        role: RolePublicKey,
    },
}

impl KeyRef {
    /// The data key whose erasure destroys the attachment.
    pub const fn person(&self) -> KeyId {
        match self {
            Self::Person(key) | Self::Role { person: key, .. } => *key,
        }
    }
}

/// Personal data on its way into the ledger.
#[derive(Clone, Debug)]
pub struct DraftAttachment {
    /// What it is to the event, like `name`; a word of the program, never of a person.
    pub slot: String,
    /// Who will be able to read it.
    pub key: KeyRef,
    /// The content in clear, wiped from memory when dropped.
    pub content: Zeroizing<Vec<u8>>,
}

/// An attachment as the signed part of its event names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttachmentRef {
    /// What it is to the event.
    pub slot: String,
    /// Who can read it.
    pub key: KeyRef,
    /// SHA-256 of the ciphertext.
    pub hash: Hash,
}

/// What is to be had of an attachment on this node.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// The content in clear, wiped from memory when dropped.
    Clear(Zeroizing<Vec<u8>>),
    /// Sealed to a role: hand it to somebody who holds the role's private key.
    SealedToRole(SealedNote),
    /// The person was erased here: key and ciphertext are destroyed.
    Erased,
    /// Not given to this node: it lacks the ciphertext or the key.
    Withheld,
    /// The bytes are those that the event binds, and open with no key of their owner: whoever wrote the
    /// event sealed them wrongly or bound what was sealed for another place. That concerns this part alone;
    /// [`verify`](crate::Reader::verify) names it where this node wrote it.
    Unopened,
}
