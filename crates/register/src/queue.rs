//! The queue of a site: who waits, who is being served, who was registered and got nothing yet.

use domain::{ArrivalId, CardCode, FamilyId, Moment, MovementId, PersonId, Priority, SiteId};

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

impl Register<'_> {
    /// A part of the queue of people met at a site since an instant: children alone first, then
    /// others to be called first by urgency, then by number.
    pub fn queue(
        &self,
        site: SiteId,
        since: Moment,
        part: Part,
        page: Page,
    ) -> Result<Paged<Queued>> {
        todo!()
    }
}
