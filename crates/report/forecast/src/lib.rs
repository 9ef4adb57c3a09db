//! What lies ahead, in numbers: when a queue is served, when a stock runs short, what to move where.
//!
//! It knows nothing of Akèy and decides nothing. Numbers go in, numbers come out; no clock, no chance,
//! no file. What is not known goes in as a [`Band`] and comes out as one: its ends are what follows
//! when everything uncertain falls the easy way, or the hard way, at once. That is wider than any
//! probability of the whole, and says so by being no probability.

mod band;
pub mod cover;
pub mod moving;
pub mod queue;

pub use band::{Band, wilson};
