//! Where one node's log is not one line: a fork, or what was written after the node was sent away.
//!
//! Every copy of such a log is kept. The common beginning stays the log of the node; each line after
//! it becomes a log of its own, a *branch*, named by the hash of its first event, so that all nodes
//! that hold the same events cut them into the same logs under the same names, whatever came first
//! (G9). Events on a branch are disputed claims: nobody holds rights by them.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Doing as _, Result, malformed};
use crate::identity::{Hash, NodeId, Position};
use crate::merkle::{Frontier, sha256};

/// A part of a node's log that stands apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch {
    /// The name under which heads and ranges know it.
    pub log: NodeId,
    /// The node that signed it.
    pub node: NodeId,
    /// The log it goes on from: the node's own, or another branch.
    pub parent: NodeId,
    /// The position after which it begins.
    pub after: u64,
}

/// The name of the branch that begins with this event. A hash where a key is expected: no node can
/// have it as its key and sign.
pub(crate) fn name(first: Hash) -> NodeId {
    NodeId(sha256(&[b"akey branch 1".as_slice(), &first.0].concat()).0)
}

/// Every branch, in order of name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Branch>> {
    connection
        .prepare_cached("SELECT log, node, parent, after FROM ledger_branch ORDER BY log")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok(Branch {
                        log: NodeId(row.get(0)?),
                        node: NodeId(row.get(1)?),
                        parent: NodeId(row.get(2)?),
                        after: row.get(3)?,
                    })
                })?
                .collect()
        })
        .doing("read branches")
}

/// The logs of a node: its own first, then its branches.
pub(crate) fn logs_of(connection: &Connection, node: NodeId) -> Result<Vec<NodeId>> {
    let mut logs = vec![node];
    let branches: Vec<NodeId> = connection
        .prepare_cached("SELECT log FROM ledger_branch WHERE node = ?1 ORDER BY log")
        .and_then(|mut statement| {
            statement
                .query_map([node.0], |row| row.get(0).map(NodeId))?
                .collect()
        })
        .doing("read branches")?;
    logs.extend(branches);
    Ok(logs)
}

/// Whether another log goes on from the end of this one.
pub(crate) fn has_children(connection: &Connection, log: NodeId) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_branch WHERE parent = ?1)")
        .and_then(|mut statement| statement.query_row([log.0], |row| row.get(0)))
        .doing("read branches")
}

/// Where a log stands as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Tip {
    pub size: u64,
    pub leaf: Hash,
    pub frontier: Frontier,
}

impl Default for Tip {
    /// The end of a log with nothing in it.
    fn default() -> Self {
        Self {
            size: 0,
            leaf: Hash::ZERO,
            frontier: Frontier::default(),
        }
    }
}

/// Where a log ends; `None` where there is no such log.
pub(crate) fn tip(connection: &Connection, log: NodeId) -> Result<Option<Tip>> {
    let row: Option<(u64, [u8; 32], Vec<u8>)> = connection
        .prepare_cached("SELECT size, leaf, frontier FROM ledger_log WHERE node = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([log.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .doing("read where a log ends")?;
    let Some((size, leaf, frontier)) = row else {
        return Ok(None);
    };
    let frontier = Frontier::from_bytes(size, &frontier)
        .ok_or_else(|| malformed("ledger", "the tree's edge does not fit the log's size"))?;
    Ok(Some(Tip {
        size,
        leaf: Hash(leaf),
        frontier,
    }))
}

/// The position of the last event that is there of a log, whatever is recorded of its end; 0 where none is.
pub(crate) fn last(connection: &Connection, log: NodeId) -> Result<u64> {
    connection
        .prepare_cached("SELECT ifnull(max(position), 0) FROM ledger_event WHERE node = ?1")
        .and_then(|mut statement| statement.query_row([log.0], |row| row.get(0)))
        .doing("read the end of a log")
}

/// Records where a log ends.
pub(crate) fn set_tip(connection: &Connection, log: NodeId, tip: &Tip) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO ledger_log (node, size, leaf, frontier) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (node) DO UPDATE SET size = ?2, leaf = ?3, frontier = ?4",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                log.0,
                tip.size,
                tip.leaf.0,
                tip.frontier.to_bytes()
            ])
        })
        .doing("record where a log ends")
        .map(drop)
}

/// Begins a branch with nothing on it yet.
pub(crate) fn begin(connection: &Connection, branch: &Branch) -> Result<()> {
    connection
        .execute(
            "INSERT INTO ledger_branch (log, node, parent, after) VALUES (?1, ?2, ?3, ?4)",
            params![branch.log.0, branch.node.0, branch.parent.0, branch.after],
        )
        .doing("record a branch")
        .map(drop)
}

/// Cuts a log of a node after a position: what follows becomes a branch. Nothing happens where nothing
/// follows.
pub(crate) fn cut(connection: &Connection, node: NodeId, log: NodeId, after: u64) -> Result<()> {
    let Some(end) = tip(connection, log)? else {
        return Ok(());
    };
    let Some(first) = leaf_at(connection, log, after + 1)? else {
        return Ok(());
    };
    let branch = Branch {
        log: name(first),
        node,
        parent: log,
        after,
    };
    let params = params![log.0, branch.log.0, after];
    let moved = "UPDATE ledger_event SET node = ?2 WHERE node = ?1 AND position > ?3";
    connection.execute(moved, params).doing("cut a log")?;
    let moved = "UPDATE ledger_checkpoint SET node = ?2 WHERE node = ?1 AND size > ?3";
    connection.execute(moved, params).doing("cut a log")?;
    // What went on from further up now goes on from the new branch.
    let moved = "UPDATE ledger_branch SET parent = ?2 WHERE parent = ?1 AND after > ?3";
    connection.execute(moved, params).doing("cut a log")?;
    begin(connection, &branch)?;
    set_tip(connection, branch.log, &end)?;
    let leaves = leaves(connection, log, after)?;
    let mut frontier = Frontier::default();
    for leaf in &leaves {
        frontier.push(*leaf);
    }
    let rest = Tip {
        size: after,
        leaf: leaves.last().copied().unwrap_or(Hash::ZERO),
        frontier,
    };
    set_tip(connection, log, &rest)
}

/// The leaf hash at a place of a log, not of what it goes on from.
pub(crate) fn leaf_at(connection: &Connection, log: NodeId, position: u64) -> Result<Option<Hash>> {
    connection
        .prepare_cached("SELECT leaf FROM ledger_event WHERE node = ?1 AND position = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![log.0, position], |row| row.get(0).map(Hash))
                .optional()
        })
        .doing("read a leaf hash")
}

/// The leaf hashes of the first `size` events of a log, those it goes on from included.
pub(crate) fn leaves(connection: &Connection, log: NodeId, size: u64) -> Result<Vec<Hash>> {
    let parent: Option<(NodeId, u64)> = connection
        .prepare_cached("SELECT parent, after FROM ledger_branch WHERE log = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([log.0], |row| Ok((NodeId(row.get(0)?), row.get(1)?)))
                .optional()
        })
        .doing("read a branch")?;
    let mut found = match parent {
        Some((parent, after)) => leaves(connection, parent, after.min(size))?,
        None => Vec::new(),
    };
    let rest: Vec<Hash> = connection
        .prepare_cached(
            "SELECT leaf FROM ledger_event WHERE node = ?1 AND position <= ?2 ORDER BY position",
        )
        .and_then(|mut statement| {
            statement
                .query_map(params![log.0, size.min(i64::MAX.unsigned_abs())], |row| {
                    row.get(0).map(Hash)
                })?
                .collect()
        })
        .doing("read leaf hashes")?;
    found.extend(rest);
    Ok(found)
}

/// In which log of a node an event lies, by its place and leaf hash.
pub(crate) fn holding(
    connection: &Connection,
    logs: &[NodeId],
    position: Position,
    leaf: Hash,
) -> Result<Option<NodeId>> {
    for log in logs {
        if leaf_at(connection, *log, position.0)? == Some(leaf) {
            return Ok(Some(*log));
        }
    }
    Ok(None)
}
