//! Where more than one value stands in a field, and waits for somebody to choose.

use domain::{Field, Moment, Order, UserId};
use uuid::Uuid;

use crate::columns::all;
use crate::fold::conflict_table;
use crate::{Register, Result};

/// One of the values that stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stands {
    /// Who wrote it.
    pub by: UserId,
    /// When it happened, as they said.
    pub at: Moment,
    /// Where it is in the log.
    pub order: Order,
}

/// A field in conflict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InConflict {
    /// What it is a field of.
    pub about: Uuid,
    /// Which field.
    pub field: Field,
    /// What stands, in total order.
    pub stand: Vec<Stands>,
}

impl Register<'_> {
    /// Every field in conflict, as far as it can be read here, in the order of what they are about.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn conflicts(&self) -> Result<Vec<InConflict>> {
        let mut found: Vec<InConflict> = Vec::new();
        for table in ["r_conflict", "r_conflict_sealed"] {
            let sql = format!(
                "SELECT about, field, at, author, wall, counter, node, position FROM {table}
                ORDER BY about, field, place"
            );
            let rows = all(self.connection(), &sql, [], |columns| {
                let about = columns.uuid()?;
                let field = columns.code(Field::from_code)?;
                let stands = Stands {
                    at: columns.moment()?,
                    by: UserId(columns.uuid()?),
                    order: self.store.read_order(columns)?,
                };
                Ok((about, field, stands))
            })?;
            for (about, field, stands) in rows {
                match found.last_mut() {
                    Some(last) if (last.about, last.field) == (about, field) => {
                        last.stand.push(stands);
                    }
                    _ => found.push(InConflict {
                        about,
                        field,
                        stand: vec![stands],
                    }),
                }
            }
        }
        found.sort_by_key(|conflict| (conflict.field.about(), conflict.about, conflict.field));
        Ok(found)
    }

    /// The fields of one thing that are in conflict.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn conflicts_of(&self, about: Uuid) -> Result<Vec<Field>> {
        let sql = "SELECT DISTINCT field FROM r_conflict WHERE about = ?1
            UNION SELECT DISTINCT field FROM r_conflict_sealed WHERE about = ?1 ORDER BY field";
        all(self.connection(), sql, [about.as_bytes()], |columns| {
            columns.code(Field::from_code)
        })
    }

    pub(crate) fn stands_in(&self, about: Uuid, field: Field) -> Result<Vec<Order>> {
        let sql = format!(
            "SELECT wall, counter, node, position FROM {}
            WHERE about = ?1 AND field = ?2 ORDER BY place",
            conflict_table(field)
        );
        let values = rusqlite::params![about.as_bytes(), field.code()];
        all(self.connection(), &sql, values, |columns| {
            self.store.read_order(columns)
        })
    }
}
