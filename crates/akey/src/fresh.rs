//! Ids for what the command line asks for.

use uuid::Uuid;

/// A random id that nothing has yet (RFC 9562, version 8).
pub fn fresh_id() -> Uuid {
    let mut bytes = [0; 16];
    ledger::Entropy::fill(&ledger::SystemEntropy, &mut bytes);
    Uuid::new_v8(bytes)
}
