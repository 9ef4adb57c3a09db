//! Pathways, and how many people a service took since it said how many it can.

use domain::{Availability, Moment, Pathway, PersonId, ServiceId};

use crate::columns::{all, only};
use crate::{Register, Result};

impl Register<'_> {
    /// Every pathway.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn pathways(&self) -> Result<Vec<Pathway>> {
        let sql = "SELECT body FROM r_pathway ORDER BY id";
        all(self.connection(), sql, [], |columns| columns.cbor())
    }

    /// How many places of a service are taken by people referred to it since it said how many it has.
    /// Those whose referral is sealed to the protection role are not among them.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn places_taken(
        &self,
        service: ServiceId,
        available: &Availability,
        now: Moment,
    ) -> Result<u32> {
        let sql = "SELECT count(*) FROM r_referral_terms t JOIN r_referral f ON f.id = t.referral
            WHERE t.service = ?1 AND f.made_at >= ?2
                AND (f.state IN ('made', 'accepted') OR (?3 AND f.state = 'completed'))";
        let values = (
            service.0.as_bytes(),
            available.counted_since(now).0,
            available.counts_completed(),
        );
        only(self.connection(), sql, values, |columns| columns.count())
    }

    /// Whether somebody asked not to be called, under any of their records and at any referral.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn declines_calls(&self, person: PersonId) -> Result<bool> {
        let sql = "SELECT count(*) FROM r_referral WHERE person = ?1 AND calls_declined = 1";
        for record in self.all_same(person)? {
            let id = record.0.as_bytes();
            let declined = only(self.connection(), sql, [id], |columns| columns.count())?;
            if declined > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
