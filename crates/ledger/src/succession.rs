//! One identity ends and another begins: at founding, after a restore, after an accepted loss.
//!
//! The old signing key is destroyed in the same transaction that makes the new one, so that no
//! copy of a database can ever write as a node that goes on elsewhere (G9).

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use crate::error::{Doing as _, Result};
use crate::head_record::{Acknowledged, HeadRecord};
use crate::identity::{Hash, NodeId};
use crate::keyring;
use crate::ledger::{self, Options};
use crate::reader::{Head, View};

/// One identity ended and another began. The caller writes the events about it; with the root
/// key it can also have a [`crate::Claim`] signed over exactly these facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The old identity and the end of its log as this copy holds it.
    pub old: Head,
    /// The new identity.
    pub new: NodeId,
}

/// Begins a new identity and its acknowledged-head record. `None` when there was none before.
pub(crate) fn begin(
    connection: &mut Connection,
    now_ms: u64,
    dir: &Path,
    options: &Options,
) -> Result<Option<Succession>> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .doing("begin a new identity")?;
    let old = ending(&transaction)?;
    if planted::mistake!("keep the old identity")
        && let Some(old) = old
    {
        let commits = transaction
            .query_row("SELECT commits FROM ledger_state", [], |row| row.get(0))
            .doing("count the commit")?;
        let Head { node, size, leaf } = old;
        let acknowledged = Acknowledged {
            commits,
            node,
            size,
            leaf,
        };
        HeadRecord::create(options.disk.as_ref(), dir, acknowledged)?;
        transaction.rollback().doing("keep an identity")?;
        let new = node;
        return Ok(Some(Succession { old, new }));
    }
    let signing = keyring::begin_identity(&transaction, now_ms, options.entropy.as_ref())?;
    let new = NodeId(signing.verifying_key().to_bytes());
    let commits = transaction
        .query_row(
            "UPDATE ledger_state SET commits = commits + 1 RETURNING commits",
            [],
            |row| row.get(0),
        )
        .doing("count the commit")?;
    transaction.commit().doing("begin a new identity")?;
    // The old key must not stay behind in the log's older frames.
    ledger::empty_log(connection)?;
    let first = Acknowledged {
        commits,
        node: new,
        size: 0,
        leaf: Hash::ZERO,
    };
    HeadRecord::create(options.disk.as_ref(), dir, first)?;
    Ok(old.map(|old| Succession { old, new }))
}

fn ending(connection: &Connection) -> Result<Option<Head>> {
    let node: Option<[u8; 32]> = connection
        .query_row(
            "SELECT node FROM ledger_identity WHERE signing IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .optional()
        .doing("read which node this is")?;
    let Some(node) = node else { return Ok(None) };
    Ok(View::on(connection)
        .heads()?
        .into_iter()
        .find(|head| head.node.0 == node))
}
