//! What comes, from what is announced and from what was seen so far: when a queue is served and how many
//! desks would clear it by nightfall, when goods run out and how sure that is, and what to move between
//! stores before it hurts.
//!
//! Numbers in, numbers out: nothing here knows Akèy, asks the time, or reads a table.

mod moving;
mod queue;
mod range;
mod stock;

pub use moving::{Lane, Move, Store, moves};
pub use queue::{Arriving, Queue, Served, desks_needed, serve};
pub use range::{Range, share};
pub use stock::{Day, Shortage, shortage};
