//! What the public was told in words.

use domain::{Notice, NoticeId};

use crate::columns::{all, one};
use crate::{Register, Result};

impl Register<'_> {
    /// Every notice, the newest first, those withdrawn among them.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn notices(&self) -> Result<Vec<Notice>> {
        let sql = "SELECT body FROM r_notice ORDER BY id";
        let mut notices: Vec<Notice> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        notices.sort_by_key(|notice| std::cmp::Reverse(notice.published_at));
        Ok(notices)
    }

    /// One notice.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn notice(&self, id: NoticeId) -> Result<Option<Notice>> {
        let sql = "SELECT body FROM r_notice WHERE id = ?1";
        one(self.connection(), sql, [id.0.as_bytes()], |columns| {
            columns.cbor()
        })
    }
}
