//! What is known now: rows in SQLite, folded from domain events, and the questions pages, reports
//! and rules ask of them.
//!
//! The rows are a function of the *set* of events: in whatever order events come, and however often
//! the same one comes, the rows and their [`Digest`] are the same, and all of them can be dropped
//! and folded again at any time. Everything lives in tables named `r_…` of a connection somebody
//! else opened; this crate opens no file, keeps no clock and never touches another table. Rows made
//! of public bodies stand apart from rows made of sealed parts, so that two nodes of which one may
//! not read some part agree on the public half.
//!
//! Nothing here decides: rules are in [`domain`], which asks through [`domain::Known`].

#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method's own path is not general enough: a row's lifetimes stand on the type"
)]

pub mod board;
mod columns;
pub mod conflicts;
mod digest;
pub mod editions;
mod error;
pub mod feedback;
pub mod figures;
mod fold;
mod known;
pub mod late;
pub mod movements;
pub mod notices;
pub mod overlaps;
mod packed;
mod page;
pub mod paper;
pub mod pathways;
pub mod people;
pub mod queue;
mod reach;
pub mod referrals;
pub mod rights;
mod schema;
pub mod served;
pub mod setup;
pub mod staff;
mod stated;
pub mod stock;

use domain::Recorded;
use rusqlite::Connection;
use uuid::Uuid;

use fold::Store;

pub use digest::Digest;
pub use error::RegisterError;
pub use page::{Page, Paged};
pub use reach::Reach;
pub use schema::{FOLD_VERSION, Migrated, migrate};

/// A result of this crate.
pub type Result<T, E = RegisterError> = std::result::Result<T, E>;

/// Where earlier events of an aggregate come from when it has to be folded anew.
pub trait EventSource {
    /// Every event of an aggregate, in any order; at least those handed to the register so far.
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>>;
}

/// The read model behind a connection. Cheap to make: make one for each transaction, because it
/// remembers numbers it wrote, which a rollback takes back.
pub struct Register<'c> {
    store: Store<'c>,
}

impl<'c> Register<'c> {
    /// The register behind a connection whose tables [`migrate`] made.
    pub fn new(connection: &'c Connection) -> Self {
        Self {
            store: Store::new(connection),
        }
    }

    pub(crate) const fn connection(&self) -> &'c Connection {
        self.store.connection
    }
}
