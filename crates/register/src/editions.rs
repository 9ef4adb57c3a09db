//! What the public was told, and how far the numbers behind it can have moved since because people
//! were erased.

use std::collections::BTreeSet;

use domain::{Edition, EditionId, Moment, PersonId, SiteId};

use crate::columns::{all, each, one};
use crate::fold::{EDITION_COLUMNS, read_edition};
use crate::{Register, Result};

impl Register<'_> {
    /// Every edition, by its first day, its last day, and when it was published.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn editions(&self) -> Result<Vec<Edition>> {
        let sql = format!(
            "SELECT {EDITION_COLUMNS}
            FROM r_edition e LEFT JOIN r_edition_basis b ON b.edition = e.id
            ORDER BY e.first_day, e.last_day, e.published_at, e.id"
        );
        all(self.connection(), &sql, [], read_edition)
    }

    /// One edition.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn edition(&self, id: EditionId) -> Result<Option<Edition>> {
        let sql = format!(
            "SELECT {EDITION_COLUMNS}
            FROM r_edition e LEFT JOIN r_edition_basis b ON b.edition = e.id WHERE e.id = ?1"
        );
        let id = id.0.as_bytes();
        one(self.connection(), &sql, [id], read_edition)
    }

    /// How many people who were met within one of these windows (a site, from, inclusive, to,
    /// exclusive) were erased after an instant, by when that was recorded. Each counts once, however
    /// often they came; cards withdrawn as a mistake do not count, nor do lines of a manifest that
    /// were erased by themselves. Two records linked as one person are two here, because each is
    /// erased by itself.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn erased_among(&self, windows: &[(SiteId, Moment, Moment)], since: Moment) -> Result<u64> {
        let sql = "SELECT p.id, a.site, a.met_at
            FROM r_person p CROSS JOIN r_present a ON a.person = p.id WHERE p.erased_at > ?1";
        let mut erased = BTreeSet::new();
        each(self.connection(), sql, [since.0], |columns| {
            let person = PersonId(columns.uuid()?);
            let (at_site, met_at) = (SiteId(columns.uuid()?), columns.moment()?);
            let mut windows = windows.iter();
            if windows.any(|(site, from, to)| *site == at_site && (*from..*to).contains(&met_at)) {
                erased.insert(person);
            }
            Ok(())
        })?;
        Ok(u64::try_from(erased.len()).unwrap_or(u64::MAX))
    }
}
