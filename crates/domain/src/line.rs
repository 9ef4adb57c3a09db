//! One person on a manifest: listed, then registered or a no-show, exactly one of them.

use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded, Slot};
use crate::{ArrivalId, LineId, MovementId, Particulars};

/// What became of somebody on the manifest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Not yet known.
    Waiting,
    /// Registered here.
    Registered,
    /// Did not come.
    NoShow,
    /// A corrected manifest no longer names them.
    Removed,
}

impl LineState {
    /// The word of the state in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Registered => "registered",
            Self::NoShow => "no_show",
            Self::Removed => "removed",
        }
    }
}

fn row(recorded: &Recorded) -> Option<u32> {
    match recorded.part(Slot::Row) {
        Some(Personal::Row(row)) => Some(*row),
        _ => None,
    }
}

/// A line of a manifest as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// The movement.
    pub movement: MovementId,
    /// The row of the newest file that names it, where this node may read it.
    pub row: Option<u32>,
    /// Who it is, where this node may read it.
    pub particulars: Option<Particulars>,
    /// A corrected manifest no longer names them.
    pub removed: bool,
    /// Marked as not having come.
    pub no_show: bool,
    /// Its sealed parts were erased, with the person or by themselves.
    pub erased: bool,
    /// The arrival registered for this line. It comes from that arrival's own event.
    pub taken_by: Option<ArrivalId>,
}

impl Line {
    /// The line that an event lists.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::LineListed(listed) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: listed.line,
            movement: listed.movement,
            row: row(recorded),
            particulars: recorded.particulars().cloned(),
            removed: false,
            no_show: false,
            erased: false,
            taken_by: None,
        })
    }

    /// Takes in one later event of this line, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::LineErased(_) => {
                self.erased = true;
                self.particulars = None;
                self.row = None;
            }
            Event::LineChanged(_) if self.erased => self.removed = false,
            Event::LineChanged(_) => {
                self.row = row(recorded).or(self.row);
                self.removed = false;
                if let Some(particulars) = recorded.particulars() {
                    self.particulars = Some(particulars.clone());
                }
            }
            Event::LineRemoved(_) => self.removed = true,
            Event::NoShow(_) => self.no_show = true,
            Event::NoShowWithdrawn(_) => self.no_show = false,
            _ => {}
        }
    }

    /// What became of the person. Who is registered is not a no-show, whatever was marked before.
    pub const fn state(&self) -> LineState {
        if self.taken_by.is_some() {
            LineState::Registered
        } else if self.removed {
            LineState::Removed
        } else if self.no_show {
            LineState::NoShow
        } else {
            LineState::Waiting
        }
    }
}
