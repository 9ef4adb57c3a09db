//! The door by which commands reach a site that is running: a Unix socket in the data folder that
//! only its owner may open, and behind it the passphrase is asked for again before anything is done.
//! It never leaves the computer.

mod client;
pub mod protocol;
mod server;

pub use client::run;
pub use server::Door;
