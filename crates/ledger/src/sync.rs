//! Bringing two nodes to the same events: what is said, and what follows from it. No sockets, no
//! clock, no threads: messages go in, messages and things to be kept come out.
//!
//! Each side says where its logs end and asks for what it lacks, in pieces that it chooses the size of. The
//! next is asked for while the last is being kept, and whatever came whole is kept: a link that breaks at
//! any moment costs the piece that it cut. Both sides do the same; there is no leader. Nothing that came
//! is believed before it was checked.

mod message;
mod session;

pub(crate) use message::LIST_MAX;
pub use message::{
    AddressedKey, Blob, GREETING_BYTES_MAX, GivenPart, Hello, LogHead, MESSAGE_BYTES_MAX, Message,
    PartBytes, PartWanted, Refused, SealedKey,
};
pub use session::{Delivery, Limits, Progress, Reach, Session, Welcome, hello, welcome};
pub(crate) use session::{events_within, pieces};
