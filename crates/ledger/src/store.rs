//! Where events and ciphertexts are kept: a narrow trait, and SQLite behind it.
//!
//! A store keeps bytes and gives them back; it neither signs nor decides. What it gives back has
//! been checked against its hash.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::{Doing as _, Error, Result};
use crate::event::Event;
use crate::identity::{AggregateId, Hash, KeyId, NodeId, Position, Receipt};
use crate::merkle::sha256;
use crate::reader::Head;

/// A ciphertext to be kept beside an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ciphertext {
    /// SHA-256 of the bytes, as the event binds it.
    pub hash: Hash,
    /// Whose it is: erased with this key.
    pub key: KeyId,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What every store can do. Appending is part of the caller's transaction.
pub trait Store {
    /// Keeps events and ciphertexts. Each event must follow the last one of its log.
    fn append(&self, events: &[&Event], ciphertexts: &[Ciphertext]) -> Result<Vec<Receipt>>;

    /// Events `first..=last` of a log, as far as they are here.
    fn range(&self, log: NodeId, first: Position, last: Position) -> Result<Vec<Event>>;

    /// The end of every log here, branches too, in order of name.
    fn heads(&self) -> Result<Vec<Head>>;

    /// The events of one aggregate, in total order.
    fn events_of(&self, aggregate: AggregateId) -> Result<Vec<Event>>;

    /// A ciphertext, if it is here.
    fn ciphertext(&self, hash: Hash) -> Result<Option<Vec<u8>>>;
}

/// SQLite through one connection.
#[derive(Clone, Copy, Debug)]
pub struct SqliteStore<'c> {
    pub(crate) connection: &'c Connection,
}

/// One row of `ledger_event`, not yet checked.
pub(crate) struct StoredEvent {
    pub receipt: Receipt,
    /// In which log it lies: that of its node, or a branch of it.
    pub log: NodeId,
    pub node: NodeId,
    pub position: Position,
    pub leaf: Hash,
    pub bytes: Vec<u8>,
}

/// The columns [`StoredEvent::from_row`] reads, in its order.
pub(crate) const EVENT_COLUMNS: &str = "receipt, node, position, leaf, bytes,
    ifnull((SELECT b.node FROM ledger_branch b WHERE b.log = ledger_event.node), node)";
/// How many they are.
pub(crate) const EVENT_COLUMNS_COUNT: usize = 6;

impl StoredEvent {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            receipt: Receipt(row.get(0)?),
            log: NodeId(row.get(1)?),
            position: Position(row.get(2)?),
            leaf: Hash(row.get(3)?),
            bytes: row.get(4)?,
            node: NodeId(row.get(5)?),
        })
    }

    /// The event, if its bytes are those that were stored at this place.
    pub(crate) fn check(self) -> Result<Event> {
        let damaged = |why: String| Error::DamagedEvent {
            node: self.node,
            position: self.position,
            why,
        };
        let changed = crate::merkle::leaf_hash(&self.bytes) != self.leaf;
        if changed && !planted::mistake!("serve what changed") {
            return Err(damaged("its bytes changed".to_owned()));
        }
        let mut event =
            Event::decode(self.bytes, self.receipt).map_err(|error| damaged(error.to_string()))?;
        if (event.node, event.position) != (self.node, self.position) {
            return Err(damaged("it belongs to another place".to_owned()));
        }
        event.log = self.log;
        Ok(event)
    }
}

impl<'c> SqliteStore<'c> {
    /// The store behind a connection.
    pub const fn on(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// Runs a query for whole events and hands each to `each`.
    pub(crate) fn for_each<E: From<Error>>(
        self,
        condition: &str,
        params: impl rusqlite::Params,
        mut each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT {EVENT_COLUMNS} FROM ledger_event {condition}"
            ))
            .doing("prepare to read events")?;
        let mut rows = statement.query(params).doing("read events")?;
        while let Some(row) = rows.next().doing("read events")? {
            each(StoredEvent::from_row(row).doing("read an event")?.check()?)?;
        }
        Ok(())
    }

    pub(crate) fn collect(
        self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        self.for_each(condition, params, |event| {
            events.push(event);
            Ok::<_, Error>(())
        })?;
        Ok(events)
    }

    fn insert_event(self, event: &Event) -> Result<Receipt> {
        // SQLite's integers are signed: a clock beyond 292 million years does not fit.
        let wall_ms = i64::try_from(event.hlc.wall_ms).map_err(|_| Error::Malformed {
            what: "event",
            why: "its clock is beyond all years".to_owned(),
        })?;
        self.connection
            .prepare_cached(
                "INSERT INTO ledger_event
                    (node, position, hlc_wall_ms, hlc_counter, aggregate, leaf, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    event.log.0,
                    event.position.0,
                    wall_ms,
                    event.hlc.counter,
                    event.aggregate.0,
                    event.leaf.0,
                    event.bytes,
                ])
            })
            .doing("store an event")?;
        let receipt = u64::try_from(self.connection.last_insert_rowid());
        Ok(Receipt(receipt.expect("row ids begin at 1")))
    }

    pub(crate) fn insert_ciphertext(self, ciphertext: &Ciphertext) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO ledger_attachment (hash, key, ciphertext) VALUES (?1, ?2, ?3)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    ciphertext.hash.0,
                    ciphertext.key.0,
                    ciphertext.bytes
                ])
            })
            .doing("store an attachment")
            .map(drop)
    }
}

impl Store for SqliteStore<'_> {
    fn append(&self, events: &[&Event], ciphertexts: &[Ciphertext]) -> Result<Vec<Receipt>> {
        for ciphertext in ciphertexts {
            self.insert_ciphertext(ciphertext)?;
        }
        events
            .iter()
            .map(|event| self.insert_event(event))
            .collect()
    }

    fn range(&self, log: NodeId, first: Position, last: Position) -> Result<Vec<Event>> {
        let last = last.0.min(i64::MAX.unsigned_abs());
        self.collect(
            "WHERE node = ?1 AND position BETWEEN ?2 AND ?3 ORDER BY position",
            params![log.0, first.0, last],
        )
    }

    fn heads(&self) -> Result<Vec<Head>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT log.node, ifnull(event.position, 0), ifnull(event.leaf, zeroblob(32))
                 FROM ledger_log AS log
                 LEFT JOIN ledger_event AS event ON event.node = log.node AND event.position =
                    (SELECT max(position) FROM ledger_event WHERE node = log.node)
                 ORDER BY log.node",
            )
            .doing("prepare to read the heads")?;
        statement
            .query_map([], |row| {
                Ok(Head {
                    node: NodeId(row.get(0)?),
                    size: row.get(1)?,
                    leaf: Hash(row.get(2)?),
                })
            })
            .and_then(Iterator::collect)
            .doing("read the heads")
    }

    fn events_of(&self, aggregate: AggregateId) -> Result<Vec<Event>> {
        self.collect(
            "WHERE aggregate = ?1 ORDER BY hlc_wall_ms, hlc_counter, node, position",
            params![aggregate.0],
        )
    }

    fn ciphertext(&self, hash: Hash) -> Result<Option<Vec<u8>>> {
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT ciphertext FROM ledger_attachment WHERE hash = ?1")
            .and_then(|mut statement| statement.query_row([hash.0], |row| row.get(0)).optional())
            .doing("read an attachment")?;
        match bytes {
            Some(bytes) if sha256(&bytes) != hash => Err(Error::DamagedAttachment {
                hash,
                why: "its bytes changed",
            }),
            bytes => Ok(bytes),
        }
    }
}
