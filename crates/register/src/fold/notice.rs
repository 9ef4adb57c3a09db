//! Rows of notices.

use domain::{Notice, NoticeId, NoticeText, Order, Recorded, UserId};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, cbor, one};

/// The columns that [`read_notice`] reads, of `r_notice t`.
pub(crate) const NOTICE_COLUMNS: &str =
    "t.id, t.texts, t.published_at, t.author, t.approved_by, t.withdrawn_at";

/// A notice out of [`NOTICE_COLUMNS`].
pub(crate) fn read_notice(columns: &mut Columns<'_, '_>) -> Result<Notice> {
    Ok(Notice {
        id: NoticeId(columns.uuid()?),
        texts: columns.cbor::<Vec<NoticeText>>()?,
        published_at: columns.moment()?,
        by: UserId(columns.uuid()?),
        approved_by: UserId(columns.uuid()?),
        withdrawn_at: columns.value::<Option<i64>>()?.map(domain::Moment),
    })
}

impl Aggregate for Notice {
    const KIND: i64 = 14;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {NOTICE_COLUMNS}, t.last_wall, t.last_counter, t.last_node, t.last_position
            FROM r_notice t WHERE t.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_notice(columns)?, store.read_order(columns)?))
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
        store.run(
            "INSERT OR REPLACE INTO r_notice (
                id, texts, published_at, author, approved_by, withdrawn_at, last_wall, last_counter,
                last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                self.id.0.as_bytes(),
                cbor(&self.texts),
                self.published_at.0,
                self.by.0.as_bytes(),
                self.approved_by.0.as_bytes(),
                self.withdrawn_at.map(|at| at.0),
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        Ok(())
    }
}
