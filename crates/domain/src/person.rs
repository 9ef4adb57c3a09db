//! A person across arrivals: particulars with their history.

use serde::Serialize;

use crate::event::{Event, Recorded};
use crate::{Moment, Particulars, PersonId, UserId};

/// A person as they are known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The newest particulars, where this node may read them.
    pub particulars: Option<Particulars>,
    /// When they were first registered.
    pub registered_at: Moment,
    /// By whom.
    pub registered_by: UserId,
    /// How often they were corrected.
    pub corrections: u32,
    /// Their data was erased.
    pub erased: bool,
}

impl Person {
    /// The person that an event registers.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::PersonRegistered(registered) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: registered.person,
            particulars: recorded.particulars().cloned(),
            registered_at: recorded.occurred.at,
            registered_by: recorded.author,
            corrections: 0,
            erased: false,
        })
    }

    /// Takes in one later event of this person, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::PersonCorrected(_) if !self.erased => {
                self.corrections += 1;
                if let Some(particulars) = recorded.particulars() {
                    self.particulars = Some(particulars.clone());
                }
            }
            Event::PersonErased(_) => {
                self.erased = true;
                self.particulars = None;
            }
            _ => {}
        }
    }
}
