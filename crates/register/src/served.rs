//! How fast people were served lately, as far as registrations show it.

use domain::{Moment, SiteId};
use rusqlite::params;

use crate::columns::each;
use crate::{Register, Result};

/// How fast people were served lately.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ServedLately {
    /// How long one person took at one desk, in minutes: from one registration to the next by the same
    /// clerk. Pauses are left out.
    pub minutes: Vec<f64>,
    /// How many clerks registered somebody in the last hour.
    pub desks: u32,
}

/// Longer between two registrations is a pause, and not a person.
const PAUSE_MS: i64 = 30 * 60_000;
const HOUR_MS: i64 = 3_600_000;

impl Register<'_> {
    /// How fast people were registered at a site within a span.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn served_lately(&self, site: SiteId, since: Moment, now: Moment) -> Result<ServedLately> {
        let sql = "SELECT registered_by, registered_at FROM r_present
            WHERE site = ?1 AND registered_at >= ?2 AND registered_at <= ?3 AND registered_by IS NOT NULL
            ORDER BY registered_by, registered_at";
        let mut served = ServedLately::default();
        let mut before: Option<([u8; 16], i64)> = None;
        let mut lately: Option<[u8; 16]> = None;
        let values = params![site.0.as_bytes(), since.0, now.0];
        each(self.connection(), sql, values, |columns| {
            let (clerk, at): ([u8; 16], i64) = (columns.value()?, columns.value()?);
            if let Some((same, last)) = before
                && same == clerk
                && (1..PAUSE_MS).contains(&(at - last))
            {
                let seconds = i32::try_from((at - last) / 1_000).unwrap_or(i32::MAX);
                served.minutes.push(f64::from(seconds) / 60.0);
            }
            if at > now.0 - HOUR_MS && lately != Some(clerk) {
                lately = Some(clerk);
                served.desks += 1;
            }
            before = Some((clerk, at));
            Ok(())
        })?;
        Ok(served)
    }
}
