//! Where sealed data belongs: the sites whose people, movements and goods it is about. A node holds
//! personal data only of the people its own site receives (G8); this says whose site that is.

use domain::{LineId, MovementId, Owner, SiteId};
use uuid::Uuid;

use crate::columns::all;
use crate::{Register, Result};

/// For whom sealed data of an owner is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Every node of the operation: who works here, what services there are, what is dangerous.
    Everybody,
    /// The nodes of these sites, and those that may hold everything. None: only the latter.
    Sites(Vec<SiteId>),
}

impl Register<'_> {
    /// For whom the sealed data of an owner is, as far as the events tell.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn reach(&self, owner: Owner) -> Result<Reach> {
        let id = owner.0;
        let shared = "SELECT 1 FROM r_user WHERE id = ?1
            UNION ALL SELECT 1 FROM r_service WHERE id = ?1
            UNION ALL SELECT 1 FROM r_incident WHERE id = ?1
            UNION ALL SELECT 1 FROM r_team WHERE id = ?1 LIMIT 1";
        let everybody = all(self.store.connection, shared, [id.as_bytes()], |_| Ok(()))?;
        if !everybody.is_empty() {
            return Ok(Reach::Everybody);
        }
        // A person belongs where they arrived, and where they are expected: on the manifest of a
        // movement to a site. A line of a manifest belongs where its movement goes to, and where it
        // went before it was diverted.
        let sql = "
            SELECT a.site FROM r_arrival a WHERE a.person = ?1 OR a.id = ?1
            UNION SELECT m.site FROM r_arrival a JOIN r_right m ON m.arrival = a.no
                WHERE (a.person = ?1 OR a.id = ?1) AND m.site IS NOT NULL
            UNION SELECT m.moved_to FROM r_arrival a JOIN r_right m ON m.arrival = a.no
                WHERE (a.person = ?1 OR a.id = ?1) AND m.moved_to IS NOT NULL
            UNION SELECT a.site FROM r_arrival a JOIN r_member f ON f.person = a.person
                WHERE f.family = ?1
            UNION SELECT m.destination FROM r_line l JOIN r_movement m ON m.id = l.movement
                WHERE l.id = ?1
            UNION SELECT m.diverted_from FROM r_line l JOIN r_movement m ON m.id = l.movement
                WHERE l.id = ?1 AND m.diverted_from IS NOT NULL
            UNION SELECT m.destination FROM r_movement m WHERE m.id = ?1
            UNION SELECT m.origin FROM r_movement m WHERE m.id = ?1
            UNION SELECT m.diverted_from FROM r_movement m
                WHERE m.id = ?1 AND m.diverted_from IS NOT NULL
            UNION SELECT f.site FROM r_feedback f WHERE f.id = ?1
            UNION SELECT w.destination FROM r_waybill w WHERE w.id = ?1
            UNION SELECT w.origin FROM r_waybill w WHERE w.id = ?1 AND w.origin IS NOT NULL";
        let sites = all(self.store.connection, sql, [id.as_bytes()], |columns| {
            Ok(SiteId(columns.uuid()?))
        })?;
        Ok(Reach::Sites(sites))
    }

    /// Who stands on the manifest of a movement: what is sealed of each goes where the movement goes.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn listed_on(&self, movement: MovementId) -> Result<Vec<LineId>> {
        let sql = "SELECT id FROM r_line WHERE movement = ?1";
        all(
            self.store.connection,
            sql,
            [movement.0.as_bytes()],
            |columns| Ok(LineId(columns.uuid()?)),
        )
    }

    /// In which histories, beside its own, sealed data of an owner stands: a person's in those of their
    /// arrivals, referrals and pathways.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn histories_of(&self, owner: Owner) -> Result<Vec<Uuid>> {
        let sql = "SELECT id FROM r_arrival WHERE person = ?1
            UNION SELECT id FROM r_referral WHERE person = ?1
            UNION SELECT family FROM r_member WHERE person = ?1
            UNION SELECT id FROM r_pathway WHERE word = ?2";
        let person = owner.0;
        let word = person.to_string();
        all(
            self.store.connection,
            sql,
            rusqlite::params![person.as_bytes(), word],
            |columns| columns.uuid(),
        )
    }
}
