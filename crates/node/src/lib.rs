//! The running site: it unlocks the ledger, executes commands one after another, folds their events
//! into the register in the same transaction, and lets many readers look at one consistent state.
//!
//! It ties the other rooms together and holds no rules of its own: what may be is decided in
//! [`domain`], what is durable in [`ledger`], what is known in [`register`]. It knows no sockets, no
//! pages and no files but those of the data folder.

mod access;
mod acquaintance;
mod bundle;
mod clock;
mod company;
mod credential;
mod error;
mod folding;
mod founding;
mod ids;
mod intake;
mod joining;
mod local;
mod mapping;
mod meeting;
mod node;
mod note;
mod peer;
mod reach;
mod reading;
mod rights;
mod session;
mod source;
pub mod statement;
mod succession;
mod translation;
mod writer;

pub use access::NewUser;
pub use acquaintance::{Acquaintance, Asked, Size, compared_document};
pub use bundle::{BundleAsked, BundleRead, BundleWritten, Since};
pub use clock::{Clock, ManualClock, OffsetClock, SystemClock};
pub use error::{ExecuteError, NodeError};
pub use founding::{FirstSite, Founded, Founding, unfinished_founding};
pub use ids::SystemIds;
pub use ledger::sync::{Limits as MeetingLimits, Progress as MeetingProgress};
pub use ledger::{Aside, Halt, HaltReason, NodeId, Parked, Scope, Waiting};
pub use linkage::{Explanation, Field as ComparedField, Model as LinkageModel, Reason};
pub use meeting::Meeting;
pub use node::{Done, LogEnd, Node, NodeOptions, Request, Verified};
pub use note::{Heard, Note};
pub use peer::{Ahead, Fork, PEER_ADDRESSES_MAX, Peer, Road, Standing};
pub use rights::NodeAt;
pub use session::Session;
pub use succession::{ClaimedRights, LossAccepted, RestoredNode, accept_loss, missing, restore};
