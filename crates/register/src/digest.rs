//! One number for all rows, so that two registers can be compared.

use crate::{Register, Result};

/// SHA-256 over the rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digest {
    /// Over all rows: alike on nodes that have the same events and may read the same parts.
    pub full: [u8; 32],
    /// Over the rows folded from public bodies: alike on all nodes that have the same events.
    pub public: [u8; 32],
}

impl Register<'_> {
    /// The digest of the rows as they are now.
    pub fn digest(&self) -> Result<Digest> {
        todo!()
    }
}
