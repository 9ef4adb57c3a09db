//! A connection together with the numbers of nodes and of words, which stand in rows in place of
//! their keys, ids and codes.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use domain::{NodeKey, Order};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Params};
use uuid::Uuid;

use crate::columns::{Columns, each, one, only};
use crate::packed::Word;
use crate::{RegisterError, Result};

/// Statements kept ready: more than the fold and the questions of rules have together.
const STATEMENTS_KEPT: usize = 256;

pub(crate) struct Store<'c> {
    pub(crate) connection: &'c Connection,
    nodes: RefCell<Nodes>,
    words: RefCell<HashMap<Vec<u8>, Word>>,
    any_erased: Cell<bool>,
}

#[derive(Default)]
struct Nodes {
    numbers: HashMap<NodeKey, i64>,
    keys: HashMap<i64, NodeKey>,
}

/// A place in a node's log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) node: NodeKey,
    pub(crate) position: u64,
}

impl From<Order> for Place {
    fn from(order: Order) -> Self {
        Self {
            node: order.node,
            position: order.position,
        }
    }
}

/// The four columns of an [`Order`], as they are written.
#[derive(Clone, Copy)]
pub(crate) struct OrderColumns {
    pub(crate) wall: i64,
    pub(crate) counter: u32,
    pub(crate) node: i64,
    pub(crate) position: i64,
}

impl<'c> Store<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        // Without this, SQLite plans an outer join anew for every value bound to it: twice the time
        // of a fold. Where it is refused, nothing but time is lost.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
        Self {
            connection,
            nodes: RefCell::default(),
            words: RefCell::default(),
            any_erased: Cell::new(false),
        }
    }

    pub(crate) fn run(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(parameters)?)
    }

    /// The number of a node; a new one for a node not met before.
    pub(crate) fn number(&self, key: NodeKey) -> Result<i64> {
        if let Some(number) = self.nodes.borrow().numbers.get(&key) {
            return Ok(*number);
        }
        self.run("INSERT OR IGNORE INTO r_node (key) VALUES (?1)", [key.0])?;
        let sql = "SELECT no FROM r_node WHERE key = ?1";
        let number = only(self.connection, sql, [key.0], |columns| columns.value())?;
        self.nodes.borrow_mut().numbers.insert(key, number);
        Ok(number)
    }

    /// The number of an id or a code in packed rows; a new one for a word not met before.
    pub(crate) fn word(&self, word: &[u8]) -> Result<Word> {
        if let Some(number) = self.words.borrow().get(word) {
            return Ok(*number);
        }
        let standing = "SELECT no FROM r_word WHERE word = ?1";
        let standing = one(self.connection, standing, [word], |columns| columns.value())?;
        let number = match standing {
            Some(number) => number,
            None => only(
                self.connection,
                "INSERT INTO r_word (word) VALUES (?1) RETURNING no",
                [word],
                |columns| columns.value(),
            )?,
        };
        self.words.borrow_mut().insert(word.to_vec(), number);
        Ok(number)
    }

    /// Forgets the numbers of words that are known without asking, after some were deleted.
    pub(crate) fn forget_words(&self) {
        self.words.borrow_mut().clear();
    }

    /// The key of the node of a number.
    pub(crate) fn key(&self, number: i64) -> Result<NodeKey> {
        if let Some(key) = self.nodes.borrow().keys.get(&number) {
            return Ok(*key);
        }
        let mut nodes = self.nodes.borrow_mut();
        each(
            self.connection,
            "SELECT no, key FROM r_node",
            [],
            |columns| {
                nodes.keys.insert(columns.value()?, columns.key()?);
                Ok(())
            },
        )?;
        nodes.keys.get(&number).copied().ok_or(RegisterError::Row)
    }

    pub(crate) fn written(&self, order: &Order) -> Result<OrderColumns> {
        Ok(OrderColumns {
            wall: order.wall_ms.cast_signed(),
            counter: order.counter,
            node: self.number(order.node)?,
            position: order.position.cast_signed(),
        })
    }

    /// The columns wall, counter, node number, position.
    pub(crate) fn read_order(&self, columns: &mut Columns<'_, '_>) -> Result<Order> {
        Ok(Order {
            wall_ms: columns.value::<i64>()?.cast_unsigned(),
            counter: columns.count()?,
            node: self.key(columns.value()?)?,
            position: columns.position()?,
        })
    }

    /// The columns node number, position, where there are any.
    pub(crate) fn read_place(&self, columns: &mut Columns<'_, '_>) -> Result<Option<Place>> {
        let node: Option<i64> = columns.value()?;
        let position: Option<i64> = columns.value()?;
        let (Some(node), Some(position)) = (node, position) else {
            return Ok(None);
        };
        Ok(Some(Place {
            node: self.key(node)?,
            position: position.cast_unsigned(),
        }))
    }

    /// A place as its two columns, where there is one.
    pub(crate) fn place_columns(&self, place: Option<Place>) -> Result<(Option<i64>, Option<i64>)> {
        Ok(match place {
            Some(place) => (
                Some(self.number(place.node)?),
                Some(place.position.cast_signed()),
            ),
            None => (None, None),
        })
    }

    /// Whether the sealed parts of this owner are erased.
    pub(crate) fn erased(&self, owner: Uuid) -> Result<bool> {
        if !self.any_erased.get() {
            let any = one(
                self.connection,
                "SELECT 1 FROM r_erased LIMIT 1",
                [],
                |_| Ok(()),
            )?;
            self.any_erased.set(any.is_some());
        }
        if !self.any_erased.get() {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM r_erased WHERE owner = ?1";
        Ok(one(self.connection, sql, [owner.as_bytes()], |_| Ok(()))?.is_some())
    }
}
