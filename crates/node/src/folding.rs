//! From the ledger's events to the register's rows: everything anew, or what is missing.

use domain::NodeKey;
use ledger::Position;
use register::Register;
use rusqlite::Connection;

use crate::error::NodeError;
use crate::source::LedgerSource;

/// How many events are read at a time when a register catches up.
const EVENTS_AT_A_TIME: u64 = 1_000;

/// Folds every event into an empty register; `progress` hears how many of how many are done.
pub(crate) fn fold_all(
    rows: &Connection,
    source: &LedgerSource<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, NodeError> {
    let register = Register::new(rows);
    let total = source.0.heads()?.iter().map(|head| head.size).sum();
    let mut folded = 0;
    source.0.for_each_in_order::<NodeError>(|event| {
        register.apply(&source.open(&event)?, source)?;
        folded += 1;
        progress(folded, total);
        Ok(())
    })?;
    Ok(folded)
}

/// Folds each log from where the register stopped. The register lives in the same transactions as
/// the ledger, so there is something to fold only after events came in without it.
pub(crate) fn fold_missing(rows: &Connection, source: &LedgerSource<'_>) -> Result<u64, NodeError> {
    let register = Register::new(rows);
    let mut folded = 0;
    for head in source.0.heads()? {
        let mut next = register.position(NodeKey(head.node.0))?.unwrap_or(0) + 1;
        while next <= head.size {
            let last = (next + EVENTS_AT_A_TIME - 1).min(head.size);
            for event in source.0.range(head.node, Position(next), Position(last))? {
                register.apply(&source.open(&event)?, source)?;
                folded += 1;
            }
            next = last + 1;
        }
    }
    Ok(folded)
}
