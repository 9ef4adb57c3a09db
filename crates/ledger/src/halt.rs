//! Why a node may write nothing more under its identity: its log goes on elsewhere, or it was sent
//! away. What it wrote stays; people decide, and the node goes on under a new identity (G9).

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::branch;
use crate::error::{Doing as _, Error, Result};
use crate::identity::NodeId;
use crate::member;

/// What ended an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    /// Which identity.
    pub node: NodeId,
    /// Why.
    pub why: HaltReason,
}

/// Why a node may write nothing more under its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HaltReason {
    /// Its log goes on in another copy of it: this one is an older copy.
    Overtaken,
    /// Its log has two lines: this copy and another wrote different events at one position.
    Forked,
    /// The operation sent it away.
    Revoked,
    /// The database of its hub lacks what had been acknowledged: other servers may go on where this
    /// one had been.
    StoreLost,
}

impl HaltReason {
    const fn code(self) -> u8 {
        match self {
            Self::Overtaken => 0,
            Self::Forked => 1,
            Self::Revoked => 2,
            Self::StoreLost => 3,
        }
    }

    const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Overtaken,
            1 => Self::Forked,
            3 => Self::StoreLost,
            _ => Self::Revoked,
        }
    }
}

impl Halt {
    /// What ended this identity, as the tables tell.
    pub(crate) fn find(connection: &Connection, node: NodeId) -> Result<Self> {
        let revoked = member::revocations(connection)?;
        let why = if revoked.iter().any(|(sent_away, _, _)| *sent_away == node) {
            HaltReason::Revoked
        } else if branch::logs_of(connection, node)?.len() > 1 {
            HaltReason::Forked
        } else {
            HaltReason::Overtaken
        };
        Ok(Self { node, why })
    }

    pub(crate) fn read(connection: &Connection) -> Result<Option<Self>> {
        connection
            .query_row("SELECT node, why FROM ledger_halt", [], |row| {
                Ok(Self {
                    node: NodeId(row.get(0)?),
                    why: HaltReason::from_code(row.get(1)?),
                })
            })
            .optional()
            .doing("read whether it may write")
    }

    pub(crate) fn record(&self, connection: &Connection) -> Result<()> {
        connection
            .execute(
                "INSERT OR REPLACE INTO ledger_halt (one, node, why) VALUES (1, ?1, ?2)",
                params![self.node.0, self.why.code()],
            )
            .doing("record that it may not write")
            .map(drop)
    }

    /// What an attempt to write is answered.
    pub(crate) const fn refusal(self) -> Error {
        Error::Halted {
            node: self.node,
            why: self.why,
        }
    }
}
