//! Walking one log from its first event to its last: signatures, chain, tree, attachments.
//!
//! A position that cannot be read is named and passed over, so that everything behind it is still
//! checked.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::attachment::AttachmentRef;
use crate::branch;
use crate::checkpoint::Checkpoint;
use crate::error::{Doing as _, Result};
use crate::event::Event;
use crate::halt::Halt;
use crate::identity::{Hash, NodeId, Position};
use crate::keyring::{self, DataKey};
use crate::merkle::{Frontier, leaf_hash, sha256};
use crate::sealing;
use crate::signature::SignerKey;
use crate::store::{EVENT_COLUMNS, EVENT_COLUMNS_COUNT, StoredEvent};
use crate::verify::{Damage, Finding, Report};

/// Events fetched at once.
const CHUNK: u64 = 256;

/// The walk through one log.
pub(crate) struct LogWalk<'w> {
    connect: &'w dyn Fn() -> Result<Connection>,
    /// Which log.
    node: NodeId,
    /// Who signs what is in it.
    author: NodeId,
    /// The author's key, worked out once.
    signer: Option<SignerKey>,
    size: u64,
    report: &'w mut Report,
    /// Leaf hash of the last event; `None` after one that could not be read.
    previous: Option<Hash>,
    /// The tree so far; `None` once an event could not be read.
    tree: Option<Frontier>,
    own: bool,
    checkpoints: BTreeMap<u64, Vec<u8>>,
}

/// A row and what its columns say.
struct Row {
    event: StoredEvent,
    aggregate: [u8; 16],
    hlc: (u64, u32),
}

impl<'w> LogWalk<'w> {
    pub(crate) fn begin(
        connect: &'w dyn Fn() -> Result<Connection>,
        node: NodeId,
        size: u64,
        report: &'w mut Report,
    ) -> Self {
        Self {
            connect,
            node,
            author: node,
            signer: None,
            size,
            report,
            previous: Some(Hash::ZERO),
            tree: Some(Frontier::default()),
            own: false,
            checkpoints: BTreeMap::new(),
        }
    }

    /// Walks; `step` is called for each position.
    pub(crate) fn run(&mut self, mut step: impl FnMut()) -> Result<()> {
        let mut connection = (self.connect)()?;
        let begins = self.find_beginning(&connection)?;
        self.signer = SignerKey::from_bytes(self.author.0);
        // Of a log that goes on in another copy, what that one wrote may lack its parts here.
        self.own = is_own(&connection, self.node)? && Halt::read(&connection)?.is_none();
        self.checkpoints = checkpoints(&connection, self.node)?;
        self.check_checkpoint(0);
        let mut first = begins + 1;
        while first <= self.size {
            let last = self.size.min(first + CHUNK - 1);
            if let Ok(rows) = rows(&connection, self.node, first, last) {
                self.chunk(&connection, first, last, rows, &mut step);
            } else {
                self.one_by_one(first, last, &mut step)?;
                connection = (self.connect)()?;
            }
            first = last + 1;
        }
        self.check_recorded_end(&connection)
    }

    /// A branch goes on from another log: chain and tree go on from there. Gives after which position it
    /// begins.
    fn find_beginning(&mut self, connection: &Connection) -> Result<u64> {
        let branches = branch::all(connection)?;
        let Some(this) = branches.iter().find(|branch| branch.log == self.node) else {
            return Ok(0);
        };
        self.author = this.node;
        let leaves = branch::leaves(connection, this.parent, this.after)?;
        let mut tree = Frontier::default();
        for leaf in &leaves {
            tree.push(*leaf);
        }
        self.previous = Some(leaves.last().copied().unwrap_or(Hash::ZERO));
        self.tree = Some(tree);
        Ok(this.after)
    }

    /// A bad page lies among these: fetches one by one to name its positions, each on a connection
    /// of its own, because SQLCipher gives up on one that met a bad page.
    fn one_by_one(&mut self, first: u64, last: u64, step: &mut impl FnMut()) -> Result<()> {
        for position in first..=last {
            let connection = (self.connect)()?;
            match rows(&connection, self.node, position, position) {
                Ok(rows) => self.chunk(&connection, position, position, rows, step),
                Err(error) => {
                    self.lose(
                        position,
                        Damage::Page {
                            detail: error.to_string(),
                        },
                    );
                    step();
                }
            }
        }
        Ok(())
    }

    /// Checks events `first..=last`, of which `rows` are there.
    fn chunk(
        &mut self,
        connection: &Connection,
        first: u64,
        last: u64,
        rows: Vec<Row>,
        step: &mut impl FnMut(),
    ) {
        let mut rows = rows.into_iter().peekable();
        for position in first..=last {
            match rows.next_if(|row| row.event.position.0 == position) {
                Some(row) => self.event(connection, position, row),
                None => self.lose(position, Damage::Missing),
            }
            self.check_checkpoint(position);
            step();
        }
    }

    fn event(&mut self, connection: &Connection, position: u64, row: Row) {
        self.report.events += 1;
        let expected = self.previous;
        let leaf = leaf_hash(&row.event.bytes);
        if leaf != row.event.leaf {
            self.lose(position, Damage::EventBytes);
            return;
        }
        self.previous = Some(leaf);
        if let Some(tree) = &mut self.tree {
            tree.push(leaf);
        }
        let event = match Event::decode(row.event.bytes, row.event.receipt) {
            Ok(event) => event,
            Err(error) => {
                self.find(
                    position,
                    Damage::EventForm {
                        detail: error.to_string(),
                    },
                );
                return;
            }
        };
        let signed = match &self.signer {
            Some(key) if event.node == self.author => event.check_signature_by(key),
            _ => event.check_signature(),
        };
        if signed.is_err() {
            self.find(position, Damage::EventSignature);
        }
        let columns = (
            event.node,
            event.position,
            event.aggregate.0,
            event.hlc.wall_ms,
            event.hlc.counter,
        );
        if columns
            != (
                self.author,
                Position(position),
                row.aggregate,
                row.hlc.0,
                row.hlc.1,
            )
        {
            self.find(position, Damage::Columns);
        }
        if expected.is_some_and(|expected| expected != event.previous) {
            self.find(position, Damage::Chain);
        }
        for attachment in &event.attachments {
            if let Err(error) = self.attachment(connection, position, attachment) {
                self.find(
                    position,
                    Damage::Page {
                        detail: error.to_string(),
                    },
                );
            }
        }
    }

    fn attachment(
        &mut self,
        connection: &Connection,
        position: u64,
        attachment: &AttachmentRef,
    ) -> Result<()> {
        let hash = attachment.hash;
        let key = keyring::data_key(connection, attachment.key.person())?;
        let ciphertext: Option<Vec<u8>> = connection
            .prepare_cached("SELECT ciphertext FROM ledger_attachment WHERE hash = ?1")
            .and_then(|mut statement| statement.query_row([hash.0], |row| row.get(0)).optional())
            .doing("read an attachment")?;
        match (key, ciphertext) {
            (DataKey::Erased, None) => self.report.erased += 1,
            (DataKey::Held(_) | DataKey::Unknown, None) if self.own => {
                self.find(position, Damage::AttachmentMissing { hash });
            }
            (_, None) => self.report.withheld += 1,
            (key, Some(ciphertext)) => {
                self.report.attachments += 1;
                if sha256(&ciphertext) != hash {
                    self.find(position, Damage::AttachmentBytes { hash });
                    return Ok(());
                }
                let DataKey::Held(secrets) = key else {
                    if self.own {
                        // This node wrote it, so it had the key.
                        self.find(position, Damage::AttachmentKey { hash });
                    } else {
                        self.report.withheld += 1;
                    }
                    return Ok(());
                };
                let AttachmentRef { key: to, slot, .. } = attachment;
                let opened = secrets
                    .iter()
                    .find_map(|key| sealing::open_attachment(key, to, slot, &ciphertext));
                match opened {
                    Some(_) => self.report.opened += 1,
                    // What this node wrote it could open. What another wrote may wait for a key, or was
                    // sealed wrongly by its author: nothing is damaged here.
                    None if self.own => self.find(position, Damage::AttachmentKey { hash }),
                    None => self.report.withheld += 1,
                }
            }
        }
        Ok(())
    }

    /// Compares the checkpoint over so many events, if there is one, with the tree.
    fn check_checkpoint(&mut self, size: u64) {
        let Some(bytes) = self.checkpoints.remove(&size) else {
            return;
        };
        self.report.checkpoints += 1;
        let detail = match Checkpoint::from_bytes(&bytes) {
            Err(error) => error.to_string(),
            Ok(checkpoint) if (checkpoint.node, checkpoint.size) != (self.author, size) => {
                "it is about another log or size".to_owned()
            }
            Ok(checkpoint) => match &self.tree {
                Some(tree) if tree.root() != checkpoint.root => {
                    "the log is not the one that was signed".to_owned()
                }
                _ => return,
            },
        };
        self.find(size, Damage::Checkpoint { detail });
    }

    /// Compares the recorded end and edge of the tree with the log as it was walked.
    fn check_recorded_end(&mut self, connection: &Connection) -> Result<()> {
        let recorded: Option<(u64, [u8; 32], Vec<u8>)> = connection
            .query_row(
                "SELECT size, leaf, frontier FROM ledger_log WHERE node = ?1",
                [self.node.0],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .doing("read where the log ends")?;
        let damage = match (recorded, &self.tree, self.previous) {
            (None, _, _) => Some(Damage::Tree),
            (Some((size, leaf, frontier)), Some(tree), Some(previous)) => {
                let same = size == tree.size()
                    && leaf == previous.0
                    && Frontier::from_bytes(size, &frontier).as_ref() == Some(tree);
                (!same).then_some(Damage::Tree)
            }
            // Something was lost on the way and is named already.
            _ => None,
        };
        if let Some(damage) = damage {
            self.report.findings.push(Finding {
                node: Some(self.node),
                position: None,
                damage,
            });
        }
        for (size, _) in std::mem::take(&mut self.checkpoints) {
            let detail = "it is over more events than there are".to_owned();
            self.find(size, Damage::Checkpoint { detail });
        }
        Ok(())
    }

    /// An event that cannot be used: chain and tree are not compared across it.
    fn lose(&mut self, position: u64, damage: Damage) {
        self.previous = None;
        self.tree = None;
        self.find(position, damage);
    }

    fn find(&mut self, position: u64, damage: Damage) {
        let position = Some(Position(position));
        self.report.findings.push(Finding {
            node: Some(self.node),
            position,
            damage,
        });
    }
}

fn is_own(connection: &Connection, node: NodeId) -> Result<bool> {
    connection
        .query_row(
            "SELECT count(*) FROM ledger_identity WHERE node = ?1",
            [node.0],
            |row| Ok(row.get::<_, u64>(0)? > 0),
        )
        .doing("read which node this is")
}

fn checkpoints(connection: &Connection, node: NodeId) -> Result<BTreeMap<u64, Vec<u8>>> {
    connection
        .prepare("SELECT size, bytes FROM ledger_checkpoint WHERE node = ?1")
        .and_then(|mut statement| {
            statement
                .query_map([node.0], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .doing("read checkpoints")
}

fn rows(connection: &Connection, node: NodeId, first: u64, last: u64) -> Result<Vec<Row>> {
    connection
        .prepare_cached(&format!(
            "SELECT {EVENT_COLUMNS}, aggregate, hlc_wall_ms, hlc_counter FROM ledger_event
             WHERE node = ?1 AND position BETWEEN ?2 AND ?3 ORDER BY position"
        ))
        .and_then(|mut statement| {
            let rows = statement.query_map(params![node.0, first, last], |row| {
                Ok(Row {
                    event: StoredEvent::from_row(row)?,
                    aggregate: row.get(EVENT_COLUMNS_COUNT)?,
                    hlc: (
                        row.get(EVENT_COLUMNS_COUNT + 1)?,
                        row.get(EVENT_COLUMNS_COUNT + 2)?,
                    ),
                })
            })?;
            rows.collect()
        })
        .doing("read events")
}
