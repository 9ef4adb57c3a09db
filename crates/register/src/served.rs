//! How fast people were registered lately.

use domain::{Moment, SiteId};
use rusqlite::params;

use crate::columns::all;
use crate::{Register, Result};

/// The registrations that are looked at: those of the people met last.
const SEEN_MAX: u32 = 1_000;
/// Longer between two registrations is a pause, and not a person.
const PAUSE_MS: i64 = 30 * 60_000;
const HOUR_MS: i64 = 3_600_000;

/// How fast people were registered lately.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServedLately {
    /// How long each took at one desk, in milliseconds: from one registration to the next by the same
    /// colleague. Who was registered together with another took no time of their own. Pauses are left
    /// out.
    pub took_ms: Vec<u32>,
    /// How many colleagues registered somebody within the last hour.
    pub clerks: u32,
}

impl Register<'_> {
    /// How fast people were registered at a site, up to an instant. What was written on paper first has
    /// no time of its own and does not count.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn served_lately(&self, site: SiteId, now: Moment) -> Result<ServedLately> {
        let sql = "SELECT registered_by, registered_at FROM (
                SELECT registered_by, registered_at, rough FROM r_present
                WHERE site = ?1 AND registered_at IS NOT NULL ORDER BY met_at DESC LIMIT ?2)
            WHERE rough & 2 = 0 AND registered_by IS NOT NULL AND registered_at <= ?3
            ORDER BY registered_by, registered_at";
        let values = params![site.0.as_bytes(), SEEN_MAX, now.0];
        let seen: Vec<(Vec<u8>, i64)> = all(self.connection(), sql, values, |columns| {
            Ok((columns.value()?, columns.value()?))
        })?;
        let mut served = ServedLately::default();
        for (place, (clerk, at)) in seen.iter().enumerate() {
            let next = seen.get(place + 1).filter(|(next, _)| next == clerk);
            match next.map(|(_, next)| next - at) {
                Some(gap) if gap < PAUSE_MS => {
                    served.took_ms.push(u32::try_from(gap).unwrap_or(0));
                }
                Some(_) => {}
                // The last of this colleague.
                None => served.clerks += u32::from(*at > now.0 - HOUR_MS),
            }
        }
        Ok(served)
    }
}
