//! Invented readers, to measure and to show with.

use rusqlite::named_params;

use crate::error::Result;
use crate::store::Updates;

impl Updates {
    /// Adds so many invented readers who confirmed, of every language in turn, at addresses that exist
    /// nowhere (RFC 2606). Never where real people are told.
    ///
    /// # Errors
    /// When the store fails.
    pub fn invent(&self, many: u32) -> Result<()> {
        let now = self.now_ms();
        let keys = &self.shared.keys;
        self.write(|transaction| {
            let mut row = transaction.prepare(
                "INSERT INTO subscriber (
                    id, address, folded, language, topics, state, terms, consent_at, consent_page,
                    asked_at, confirmed_at, confirm_hash, leave_hash
                ) VALUES (
                    :id, :address, :address, :language, 7, 'confirmed', 'demo', :now, 'demo', :now,
                    :now, :confirm, :leave
                )",
            )?;
            for number in 0..many {
                let id = i64::from(number) + 1;
                let languages = ["ht", "fr", "en", "es"];
                row.execute(named_params! {
                    ":id": id,
                    ":address": format!("demo-{number}@demo.invalid"),
                    ":language": languages[number as usize % languages.len()],
                    ":now": now,
                    ":confirm": keys.confirm(id, now).hash(),
                    ":leave": keys.leave(id).hash(),
                })?;
            }
            Ok(())
        })
    }
}
