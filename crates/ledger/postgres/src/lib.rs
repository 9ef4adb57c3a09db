//! PostgreSQL between the servers of a hub: the order that they share ([`ledger::shared`]), in plain SQL
//! that its distributed descendants understand too.
//!
//! Every call waits for a bounded time and says what happened: placed, overtaken, away with nothing
//! changed, or, when the connection broke while the answer was under way and the database did not come
//! back in time, not known. An address may hold a password: it is in no message and in no log. What is
//! stored is sealed before it comes here; this room must never be given anything else.

mod address;
mod link;
mod listening;
mod schema;
mod store;
mod tls;
mod trouble;

use std::time::Duration;

pub use address::Address;
pub use store::PostgresStore;

/// How long things may take, and how a server hears of the others.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a database that went away is waited for before whoever asks is told so.
    pub patience: Duration,
    /// How long one answer is waited for: a server that hangs does not even say that time is up.
    pub answered_within: Duration,
    /// How a server hears of what others placed.
    pub hearing: Hearing,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(8),
            answered_within: Duration::from_secs(link::STATEMENT_SECONDS_MAX + 5),
            hearing: Hearing::Notified,
        }
    }
}

/// How a server hears of what others placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// By LISTEN and NOTIFY where the database has them; whoever must know asks in any case.
    Notified,
    /// By asking alone, as where a pooler stands between.
    Asking,
}
