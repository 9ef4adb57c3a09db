//! The ledger through its public door: what is written is there, what is undone is not, what is
//! damaged is found.
//!
//! Nothing here looks into the crate; where stored bytes are altered, it is done as a thief or a
//! failing disk would do it.

#[path = "behaviour/any_bytes.rs"]
mod any_bytes;
#[path = "behaviour/backup.rs"]
mod backup;
#[path = "behaviour/bundle.rs"]
mod bundle;
#[path = "behaviour/crash.rs"]
mod crash;
#[path = "behaviour/damage.rs"]
mod damage;
#[path = "behaviour/meeting.rs"]
mod meeting;
#[path = "behaviour/opening.rs"]
mod opening;
#[path = "behaviour/scenario.rs"]
mod scenario;
#[path = "behaviour/sealed.rs"]
mod sealed;
#[path = "behaviour/shared.rs"]
mod shared;
#[path = "behaviour/sync.rs"]
mod sync;
#[path = "behaviour/writing.rs"]
mod writing;
