//! Who asked to be told, and the mail to them: an encrypted store of its own beside the ledger, with
//! consent, a queue, sending by SMTP, bounces, and leaving with one click.
//!
//! This crate knows nothing of reception: an item has a key, topics and texts. Nobody's address may
//! reach a log, an error, the address of a page or the ledger, and what is deleted is gone from the
//! disk. Time and chance come in through [`Environment`].

mod address;
mod bounce;
mod environment;
mod error;
mod key;
mod letter;
mod limit;
mod message;
mod postbox;
mod queue;
mod rehearsal;
mod sender;
mod smtp;
mod store;
mod subscriber;
mod trouble;

pub use address::{Address, AddressProblem};
pub use bounce::{BounceKind, BounceRead};
pub use environment::{Environment, ManualEnvironment, SystemEnvironment};
pub use error::{Error, Result};
pub use key::Token;
pub use letter::{Letter, PLACE_CONFIRM, PLACE_LEAVE, PLACE_PREFERENCES};
pub use limit::{Asked, NETWORK_PER_HOUR_MAX, TOTAL_PER_HOUR_MAX};
pub use postbox::{Postbox, Security, SettingsProblem, Shown};
pub use queue::{Announced, Item, backoff_ms};
pub use sender::{Round, Sender, send_due};
pub use store::{FILE_NAME, Updates};
pub use subscriber::{ASKED_LASTS_MS, Answer, Asking, Counts, Preferences, SUSPENDED_KEPT_MS};
pub use trouble::{Stage, Trouble};
