//! The queue of a site: who waits, who is being served, who was registered and got nothing yet.

use domain::{
    ArrivalId, CardCode, FamilyId, Moment, MovementId, Particulars, PersonId, Priority, SiteId,
};
use rusqlite::params;

use crate::columns::{Columns, all, only};
use crate::fold::priority;
use crate::{Page, Paged, Register, Result};

/// Which part of the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Met, not registered, not gone.
    Waiting,
    /// Registered, not gone, with an item still to receive.
    BeingServed,
    /// Registered, not gone, and nothing received yet.
    Unassisted,
}

/// Somebody in the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queued {
    /// The arrival.
    pub arrival: ArrivalId,
    /// The movement.
    pub movement: MovementId,
    /// Its name.
    pub designator: Option<String>,
    /// Number in the queue; `domain::queue_label` makes it readable.
    pub queue: u32,
    /// Code on the card.
    pub card: CardCode,
    /// When they were met.
    pub met_at: Moment,
    /// Called first, whatever the reason.
    pub flagged: bool,
    /// Why, where this node may read it.
    pub priority: Option<Priority>,
    /// The person, once registered.
    pub person: Option<PersonId>,
    /// Their name, where this node may read it.
    pub name: Option<String>,
    /// Their family.
    pub family: Option<FamilyId>,
    /// They were screened.
    pub screened: bool,
    /// Items granted and not given.
    pub open_items: u32,
    /// Items given.
    pub given_items: u32,
}

impl Part {
    const fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "a.registered_at IS NULL AND a.left_at IS NULL",
            Self::BeingServed => {
                "a.registered_at IS NOT NULL AND a.left_at IS NULL AND EXISTS (
                    SELECT 1 FROM r_entitlement e WHERE e.arrival = a.no AND e.given = 0)"
            }
            Self::Unassisted => {
                "a.registered_at IS NOT NULL AND a.left_at IS NULL AND a.assisted_at IS NULL"
            }
        }
    }
}

/// The urgency of a reason: its place in [`Priority::ALL`]; then who is flagged for a reason this
/// node may not read; then everybody else.
const URGENCY: &str = "CASE p.code WHEN 'child_alone' THEN 0 WHEN 'medical' THEN 1
    WHEN 'pregnant' THEN 2 WHEN 'small_children' THEN 3 WHEN 'frail' THEN 4
    ELSE CASE a.flagged WHEN 1 THEN 5 ELSE 6 END END";

impl Register<'_> {
    /// A part of the queue of people met at a site since an instant: children alone first, then
    /// others to be called first by urgency, then by number.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn queue(
        &self,
        site: SiteId,
        since: Moment,
        part: Part,
        page: Page,
    ) -> Result<Paged<Queued>> {
        let conditions = format!("a.site = ?1 AND a.met_at >= ?2 AND {}", part.condition());
        let sql = format!("SELECT count(*) FROM r_present a WHERE {conditions}");
        let total = only(
            self.connection(),
            &sql,
            params![site.0.as_bytes(), since.0],
            |columns| columns.position(),
        )?;
        let sql = format!(
            "SELECT a.id, a.movement, m.designator, a.queue, a.card, a.met_at, a.flagged, p.code,
                a.person, a.screened_at IS NOT NULL,
                (SELECT count(*) FROM r_entitlement e WHERE e.arrival = a.no AND e.given = 0),
                (SELECT count(*) FROM r_entitlement e WHERE e.arrival = a.no AND e.given > 0),
                (SELECT family FROM r_member f WHERE f.person = a.person
                    ORDER BY f.family LIMIT 1),
                (SELECT v.body FROM r_person q JOIN r_person_particulars v ON v.person = q.no
                    WHERE q.id = a.person ORDER BY v.version DESC LIMIT 1)
            FROM r_present a LEFT JOIN r_priority p ON p.arrival = a.no
            LEFT JOIN r_movement m ON m.id = a.movement
            WHERE {conditions} ORDER BY {URGENCY}, a.queue, a.met_at, a.id LIMIT ?3 OFFSET ?4"
        );
        let values = params![site.0.as_bytes(), since.0, page.limit(), page.offset()];
        let rows = all(self.connection(), &sql, values, read_queued)?;
        Ok(Paged { rows, total })
    }
}

fn read_queued(columns: &mut Columns<'_, '_>) -> Result<Queued> {
    let mut queued = Queued {
        arrival: ArrivalId(columns.uuid()?),
        movement: MovementId(columns.uuid()?),
        designator: columns.value()?,
        queue: columns.count()?,
        card: columns.code(|code| code.parse().ok())?,
        met_at: columns.moment()?,
        flagged: columns.flag()?,
        priority: priority(columns)?,
        person: columns.uuid_if_any()?.map(PersonId),
        screened: columns.flag()?,
        open_items: columns.count()?,
        given_items: columns.count()?,
        family: columns.uuid_if_any()?.map(FamilyId),
        name: None,
    };
    let particulars: Option<Particulars> = columns.cbor_if_any()?;
    queued.name = particulars.map(|known| known.full_name());
    Ok(queued)
}
