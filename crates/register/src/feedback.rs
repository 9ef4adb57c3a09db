//! What people told us, and how far it was answered. Every question here leaves out what is said
//! about people who work here, but for the one that only the focal point's page asks.

use std::collections::BTreeMap;

use domain::{Feedback, FeedbackId, FeedbackKind, FeedbackStage, Moment, SiteId};
use rusqlite::params;

use crate::columns::all;
use crate::fold::{FEEDBACK_COLUMNS, read_feedback};
use crate::{Register, Result};

/// Feedback by kind and stage; of kinds this node may not read under none.
pub type FeedbackTally = BTreeMap<Option<FeedbackKind>, BTreeMap<FeedbackStage, u64>>;

impl Register<'_> {
    /// The feedback of a site, what is open first, then the newest; at most so much.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn feedback_at(&self, site: SiteId, limit: u32) -> Result<Vec<Feedback>> {
        self.feedback_rows(site, false, limit)
    }

    /// What is said about people who work at a site. For the focal point alone: whoever calls this
    /// has made sure of it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn misconduct_at(&self, site: SiteId, limit: u32) -> Result<Vec<Feedback>> {
        self.feedback_rows(site, true, limit)
    }

    /// The feedback of a site that this reference names: the first four bytes of its id. What is said
    /// about people who work here is never among it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn feedback_referred(&self, site: SiteId, reference: [u8; 4]) -> Result<Vec<FeedbackId>> {
        let sql = "SELECT b.id FROM r_feedback b
            WHERE b.site = ?1 AND b.confidential = 0 AND substr(b.id, 1, 4) = ?2";
        let values = params![site.0.as_bytes(), reference];
        all(self.connection(), sql, values, |columns| {
            Ok(FeedbackId(columns.uuid()?))
        })
    }

    fn feedback_rows(&self, site: SiteId, confidential: bool, limit: u32) -> Result<Vec<Feedback>> {
        let sql = format!(
            "SELECT {FEEDBACK_COLUMNS}
            FROM r_feedback b LEFT JOIN r_feedback_text t ON t.feedback = b.id
            WHERE b.site = ?1 AND b.confidential = ?2
            ORDER BY b.stage = 'closed', b.at DESC, b.id LIMIT ?3"
        );
        let values = params![site.0.as_bytes(), confidential, limit];
        all(self.connection(), &sql, values, read_feedback)
    }

    /// The feedback recorded at a site in a span (from, inclusive, to, exclusive), by kind and by
    /// how it stands now; what is said about people who work here is not in it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn feedback_tally(
        &self,
        site: SiteId,
        (from, to): (Moment, Moment),
    ) -> Result<FeedbackTally> {
        let sql = format!(
            "SELECT {FEEDBACK_COLUMNS}
            FROM r_feedback b LEFT JOIN r_feedback_text t ON t.feedback = b.id
            WHERE b.site = ?1 AND b.confidential = 0 AND b.at >= ?2 AND b.at < ?3"
        );
        let values = params![site.0.as_bytes(), from.0, to.0];
        let mut tally = FeedbackTally::new();
        for feedback in all(self.connection(), &sql, values, read_feedback)? {
            let kind = feedback.voice.map(|voice| voice.kind);
            *tally
                .entry(kind)
                .or_default()
                .entry(feedback.stage)
                .or_default() += 1;
        }
        Ok(tally)
    }
}
