//! Movements, their manifests line by line, and the balance that has to add up.

use domain::{
    ArrivalId, CardCode, ImportId, Line, LineState, Moment, Movement, MovementId, PersonId, SiteId,
    Stage, UserId,
};

use crate::{Page, Paged, Register, Result};

/// Which movements.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MovementFilter {
    /// To this site.
    pub destination: Option<SiteId>,
    /// At this stage.
    pub stage: Option<Stage>,
    /// Landed, or else expected, from this instant on …
    pub from: Option<Moment>,
    /// … and before this one.
    pub to: Option<Moment>,
}

/// A movement in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovementRow {
    /// The movement.
    pub movement: Movement,
    /// Name of the site it comes from, where known here.
    pub origin: Option<String>,
    /// Name of the site it goes to, where known here.
    pub destination: Option<String>,
    /// People on its manifest now.
    pub listed: u32,
    /// People given a number.
    pub met: u32,
    /// People registered.
    pub registered: u32,
}

/// How the people of a movement add up: `listed + unlisted = registered + no_show + waiting`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balance {
    /// People on the manifest now, or registered from it.
    pub listed: u32,
    /// People registered without a line of their own. Who claims a line somebody else registered
    /// for earlier counts here.
    pub unlisted: u32,
    /// People registered.
    pub registered: u32,
    /// People on the manifest who did not come.
    pub no_show: u32,
    /// People on the manifest of whom nothing is known yet.
    pub waiting: u32,
    /// Lines a corrected manifest no longer names; not in the balance.
    pub removed: u32,
    /// People given a number.
    pub met: u32,
}

impl Balance {
    /// Whether it adds up.
    pub const fn adds_up(&self) -> bool {
        self.listed + self.unlisted == self.registered + self.no_show + self.waiting
    }
}

/// Which lines of a manifest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineFilter {
    /// In this state.
    pub state: Option<LineState>,
    /// Whose name has words that begin so, in any order, or whose document number begins so.
    pub search: Option<String>,
}

/// A line in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineRow {
    /// The line.
    pub line: Line,
    /// The person registered for it.
    pub person: Option<PersonId>,
    /// Their number in the queue.
    pub queue: Option<u32>,
    /// Their card.
    pub card: Option<CardCode>,
    /// Later arrivals that claim the line as well.
    pub disputed: Vec<ArrivalId>,
}

/// One import of a manifest file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportRow {
    /// The import.
    pub import: ImportId,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// Rows that could be read.
    pub read: u32,
    /// People new on the list.
    pub listed: u32,
    /// People whose particulars changed.
    pub changed: u32,
    /// People no longer on the list.
    pub removed: u32,
    /// Rows that could not be read.
    pub refused: u32,
}

impl Register<'_> {
    /// Movements, the newest first.
    pub fn movements(&self, filter: &MovementFilter, page: Page) -> Result<Paged<MovementRow>> {
        todo!()
    }

    /// How the people of a movement add up.
    pub fn balance(&self, movement: MovementId) -> Result<Balance> {
        todo!()
    }

    /// The manifest of a movement, in the order of its rows.
    pub fn manifest(
        &self,
        movement: MovementId,
        filter: &LineFilter,
        page: Page,
    ) -> Result<Paged<LineRow>> {
        todo!()
    }

    /// The imports of a movement's manifest, the newest first.
    pub fn imports(&self, movement: MovementId) -> Result<Vec<ImportRow>> {
        todo!()
    }
}
