//! Rows of feedback. What is said about people who work here has a row like any other and no text
//! here: it is sealed to the focal point.

use domain::{
    Entries, Feedback, FeedbackId, FeedbackStage, Order, Recorded, SiteId, UserId, Voice,
};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, cbor, one};

/// The columns that [`read_feedback`] reads, of `r_feedback b LEFT JOIN r_feedback_text t`.
pub(crate) const FEEDBACK_COLUMNS: &str = "b.id, b.site, b.at, b.author, b.stage, b.answered_at, \
    b.closed_at, b.confidential, b.erased, t.voice, t.answer";

/// Feedback out of [`FEEDBACK_COLUMNS`].
pub(crate) fn read_feedback(columns: &mut Columns<'_, '_>) -> Result<Feedback> {
    Ok(Feedback {
        id: FeedbackId(columns.uuid()?),
        site: SiteId(columns.uuid()?),
        at: columns.moment()?,
        by: UserId(columns.uuid()?),
        stage: columns.code(FeedbackStage::from_code)?,
        answered_at: columns.moment_if_any()?,
        closed_at: columns.moment_if_any()?,
        confidential: columns.flag()?,
        erased: columns.flag()?,
        voice: columns.cbor_if_any::<Voice>()?,
        answer: columns.value()?,
    })
}

impl Aggregate for Feedback {
    const KIND: i64 = 11;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        Self::settle(self, entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if store.erased(self.id.0)? {
            self.voice = None;
            self.answer = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {FEEDBACK_COLUMNS}, b.last_wall, b.last_counter, b.last_node, b.last_position
            FROM r_feedback b LEFT JOIN r_feedback_text t ON t.feedback = b.id WHERE b.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_feedback(columns)?, store.read_order(columns)?))
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
            "INSERT OR REPLACE INTO r_feedback (
                id, site, at, author, stage, answered_at, closed_at, confidential, erased,
                last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                id,
                self.site.0.as_bytes(),
                self.at.0,
                self.by.0.as_bytes(),
                self.stage.code(),
                self.answered_at.map(|at| at.0),
                self.closed_at.map(|at| at.0),
                self.confidential,
                self.erased,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        if self.voice.is_none() && self.answer.is_none() {
            store.run("DELETE FROM r_feedback_text WHERE feedback = ?1", [id])?;
        } else {
            store.run(
                "INSERT OR REPLACE INTO r_feedback_text (feedback, voice, answer)
                VALUES (?1, ?2, ?3)",
                params![id, self.voice.as_ref().map(cbor), self.answer],
            )?;
        }
        Ok(())
    }
}
