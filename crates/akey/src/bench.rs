//! `akey bench`: what this machine does.

use crate::cli::{self, Common};
use crate::failure::Failure;

/// Runs measurements.
pub fn run(_: &Common, _: &cli::Bench) -> Result<(), Failure> {
    Ok(())
}
