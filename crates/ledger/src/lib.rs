//! The ledger: signed events in a chain and a Merkle tree, personal data sealed beside them,
//! durable in one encrypted file.
//!
//! This crate knows nothing of reception: a payload is a kind and bytes. It must never let
//! personal data into a signed part, never serve bytes that changed since they were signed, and
//! never acknowledge what could still be lost.

mod attachment;
mod backup;
mod branch;
pub mod bundle;
mod cbor;
mod check;
mod checkpoint;
mod clock;
mod disk;
mod entropy;
mod error;
mod event;
mod halt;
mod head_record;
mod identity;
mod intake;
mod invitation;
mod keyring;
mod ledger;
mod lock;
mod log_walk;
mod member;
mod merkle;
mod passphrase;
mod payload;
mod reader;
mod root;
mod schema;
mod sealing;
pub mod shared;
mod sign1;
mod signature;
mod staging;
mod statement;
mod store;
mod succession;
pub mod sync;
mod transaction;
mod vault;
mod verify;
mod waiting;
mod wanted;

pub use attachment::{AttachmentRef, Content, DraftAttachment, KeyRef};
pub use backup::{BackupMade, Restored, backup, copy_of_server, restore};
pub use branch::Branch;
pub use cbor::check_deterministic;
pub use check::{BadEvent, check_batch};
pub use checkpoint::Checkpoint;
pub use clock::{EventOrder, Hlc, Occurred, Precision};
pub use disk::{Disk, DiskFile, SystemDisk};
pub use entropy::{Entropy, SystemEntropy};
pub use error::{Error, Result, is_disk_full};
pub use event::{Draft, Event};
pub use halt::{Halt, HaltReason};
pub use identity::{
    AggregateId, AuthorId, BundleId, Hash, KeyId, NodeId, OperationId, Position, Receipt, SiteId,
};
pub use intake::{Aside, CLOCK_AHEAD_MAX_MS, Parked, Received};
pub use invitation::{Invitation, InvitationCode, InvitingPeer, Revocation, Scope};
pub use ledger::{Founding, Ledger, Opening, Options};
pub use member::{Member, Papers};
pub use merkle::{ConsistencyProof, InclusionProof, leaf_hash, root_of};
pub use passphrase::{Passphrase, PassphraseCost};
pub use reader::{Head, Reader, View};
pub use root::{Admission, Claim, RecoveryKey, RootKey, RootPublic};
pub use sealing::{RolePublicKey, SealedNote, SealingSecret};
pub use staging::{discard, exists};
pub use statement::{
    AuthorKey, Receipting, STATEMENT_BYTES_MAX, Statement, StatementReceipt, Stating,
};
pub use store::{Ciphertext, SqliteStore, Store};
pub use succession::Succession;
pub use transaction::{Erased, Savepoint, Transaction};
pub use vault::{DatabaseKey, Unlock, Vault};
pub use verify::{Damage, Finding, Progress, Report};
pub use waiting::Waiting;
pub use wanted::{Kept, Piece, SealedDataKey, Wanted};
