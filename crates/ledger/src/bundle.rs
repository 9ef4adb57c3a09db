//! Bundles: one meeting's worth of messages in a file, for where there is no network. A stick carries
//! it, from hand to hand if need be, and whoever reads it has in the end what a meeting would have
//! given: events, papers, revocations, and sealed parts with their keys.
//!
//! Outside it is an age file that opens with a passphrase (age-encryption.org/v1), so that other
//! people's tools can open it too. Inside it is a line that says what it is, and *segments*, each
//! signed by the node that wrote the bundle and numbered, so that each can be kept before the next is
//! read and a file that breaks off is good up to there. Nothing that came is believed before it was
//! checked as in a meeting; nothing here writes to a ledger.

mod age;
mod fault;
mod header;
mod outgoing;
mod reading;
mod stream;
mod writing;

pub use age::{WORK_FACTOR_MAX, WorkFactor};
pub use fault::BundleFault;
pub use header::{Header, LogFrom};
pub use outgoing::{Outgoing, Recipient, known_by};
pub use reading::{Reading, Segment};
pub use writing::Writing;

/// What stands at the beginning, before the number of the version and the end of the line.
const MAGIC: &[u8] = b"akey bundle ";
/// The version written here. A reader refuses newer ones before it reads on: what only has to be
/// passed over is a new message, not a new version.
const VERSION: u32 = 1;
/// Largest segment: a message, what signs it, and some room.
const SEGMENT_BYTES_MAX: u32 = (8 << 20) + (64 << 10);
const _: () = assert!(SEGMENT_BYTES_MAX as usize >= crate::sync::MESSAGE_BYTES_MAX + (64 << 10));
