//! People who belong together, on one movement or split over several.

use serde::Serialize;

use crate::event::{Event, Personal, Recorded};
use crate::{FamilyId, PersonId, RelationCode, Slot};

/// A family as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Family {
    /// Its id.
    pub id: FamilyId,
    /// Its members, in the order they joined.
    pub members: Vec<Member>,
}

/// Somebody in a family.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// How they stand to the head, where this node may read it.
    pub relation: Option<RelationCode>,
}

impl Family {
    /// The family that an event forms.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::FamilyFormed(formed) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: formed.family,
            members: Vec::new(),
        })
    }

    /// Takes in one later event of this family, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::FamilyJoined(joined) => {
                let relation = match recorded.part(Slot::Relation) {
                    Some(Personal::Relation(relation)) => Some(relation.to_head.clone()),
                    _ => None,
                };
                self.members.retain(|member| member.person != joined.person);
                self.members.push(Member {
                    person: joined.person,
                    relation,
                });
            }
            Event::FamilyLeft(left) => self.members.retain(|member| member.person != left.person),
            _ => {}
        }
    }
}
