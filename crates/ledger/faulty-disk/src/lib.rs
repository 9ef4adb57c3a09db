//! A disk for tests: it remembers every write, truncation, deletion and flush in one log, and makes
//! of any place in that log the files that a power loss there could have left behind.
//!
//! What was flushed is there. What was not flushed is there or not, sector by sector, whole, old
//! or garbage. It must never be used outside of tests.

mod image;
mod log;
mod vfs;

pub use image::{Choices, Image};
pub use log::{Log, Operation};
pub use vfs::register;
