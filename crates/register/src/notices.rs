//! What the public was told in words.

use domain::{Notice, NoticeId};

use crate::columns::{all, one};
use crate::fold::{NOTICE_COLUMNS, read_notice};
use crate::{Register, Result};

impl Register<'_> {
    /// The newest notices, the newest first, those withdrawn among them.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn notices(&self, at_most: u32) -> Result<Vec<Notice>> {
        let sql = format!(
            "SELECT {NOTICE_COLUMNS} FROM r_notice t ORDER BY t.published_at DESC, t.id LIMIT ?1"
        );
        all(self.connection(), &sql, [at_most], read_notice)
    }

    /// One notice.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn notice(&self, id: NoticeId) -> Result<Option<Notice>> {
        let sql = format!("SELECT {NOTICE_COLUMNS} FROM r_notice t WHERE t.id = ?1");
        one(self.connection(), &sql, [id.0.as_bytes()], read_notice)
    }
}
