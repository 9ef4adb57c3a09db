//! Somebody's decision that two records are one person. It can be undone; both histories are kept.

use serde::Serialize;

use crate::event::{Event, Recorded};
use crate::{LinkId, PersonId};

/// A link as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// One record.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// It has not been undone.
    pub active: bool,
}

impl Link {
    /// The link that an event makes.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::PersonsLinked(linked) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: linked.link,
            first: linked.first,
            second: linked.second,
            active: true,
        })
    }

    /// Takes in one later event of this link, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        if matches!(recorded.event, Event::PersonsUnlinked(_)) {
            self.active = false;
        }
    }
}
