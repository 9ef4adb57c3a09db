//! The drill: many nodes in one process, on a network, disks and clocks that are simulated, driven by
//! one seed through the real code of `domain`, `ledger`, `register` and `node`. After each step and when
//! everything has come to rest the guarantees are held against a truth that no node knows.
//!
//! It must never touch real data, never take anything but its seed for chance, and never ask production
//! what the right answer is.

mod chance;
mod desk;
mod disk;
mod drill;
mod error;
mod faults;
mod finding;
mod machine;
mod minimise;
mod model;
mod network;
mod operation;
mod plant;
mod rest;
mod script;
mod stick;
mod tally;
mod world;

pub use drill::{Drilled, Failure, Plan, Shorten, drill};
pub use error::DrillError;
pub use finding::{Finding, Guarantee};
pub use network::Mishap;
pub use plant::{MISTAKES, Mistake, Planted, named, plant};
pub use script::{Act, Deed, Harm, Script, Step};
pub use tally::Tally;
pub use world::{Ran, run};
