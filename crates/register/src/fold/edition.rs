//! Rows of editions, and, apart, the numbers they were made of, shown or not.

use domain::{Day, Edition, EditionId, EditionTable, Order, Period, Recorded, SiteId, UserId};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::columns::{Columns, cbor, one};
use crate::{RegisterError, Result};

/// The columns that [`read_edition`] reads, of `r_edition e LEFT JOIN r_edition_basis b`.
pub(crate) const EDITION_COLUMNS: &str = "e.id, e.first_day, e.last_day, e.sites, e.cut_off, \
    e.plan, e.log_end, e.tables, e.published_at, e.author, \
    e.approved_by, b.body";

/// An edition out of [`EDITION_COLUMNS`].
pub(crate) fn read_edition(columns: &mut Columns<'_, '_>) -> Result<Edition> {
    let id = EditionId(columns.uuid()?);
    let (from, to) = (day(columns)?, day(columns)?);
    Ok(Edition {
        id,
        period: Period::of(from, to).ok_or(RegisterError::Row)?,
        sites: columns.cbor::<Vec<SiteId>>()?,
        cut_off: columns.moment()?,
        plan: columns.value()?,
        log_end: columns.text()?,
        tables: columns.cbor::<Vec<EditionTable>>()?,
        published_at: columns.moment()?,
        by: UserId(columns.uuid()?),
        approved_by: UserId(columns.uuid()?),
        basis: columns.cbor_if_any::<Vec<u64>>()?,
    })
}

fn day(columns: &mut Columns<'_, '_>) -> Result<Day> {
    columns.code(|day| day.parse().ok().map(Day))
}

impl Aggregate for Edition {
    const KIND: i64 = 13;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    /// What is published stays as it is.
    fn apply(&mut self, _: &Recorded) {}

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if self.basis.is_some() && store.erased(self.id.0)? {
            self.basis = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {EDITION_COLUMNS}, e.last_wall, e.last_counter, e.last_node, e.last_position
            FROM r_edition e LEFT JOIN r_edition_basis b ON b.edition = e.id WHERE e.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_edition(columns)?, store.read_order(columns)?))
        })
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let last = store.written(last)?;
        let id = self.id.0.as_bytes();
        store.run(
            "INSERT OR REPLACE INTO r_edition (
                id, first_day, last_day, sites, cut_off, plan, log_end, tables, published_at,
                author, approved_by, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                id,
                self.period.from().to_string(),
                self.period.to().to_string(),
                cbor(&self.sites),
                self.cut_off.0,
                self.plan,
                self.log_end,
                cbor(&self.tables),
                self.published_at.0,
                self.by.0.as_bytes(),
                self.approved_by.0.as_bytes(),
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        match &self.basis {
            Some(basis) => store.run(
                "INSERT OR REPLACE INTO r_edition_basis (edition, body) VALUES (?1, ?2)",
                params![id, cbor(basis)],
            ),
            None => store.run("DELETE FROM r_edition_basis WHERE edition = ?1", [id]),
        }?;
        Ok(())
    }
}
