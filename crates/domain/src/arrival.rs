//! One person arriving by one movement: met, registered, screened, assisted, left.

mod giving;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{
    ArrivalId, CardCode, Entitlement, EntitlementId, LineId, Moment, MovementId, Order, PersonId,
    Screening, SiteId, Slot, UserId,
};

/// Why somebody is called before others. A trait, so it travels sealed.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Priority {
    /// A child without an adult.
    #[n(0)]
    ChildAlone,
    /// Ill or injured.
    #[n(1)]
    Medical,
    /// Pregnant.
    #[n(2)]
    Pregnant,
    /// With small children.
    #[n(3)]
    SmallChildren,
    /// Old, or with a disability.
    #[n(4)]
    Frail,
}

impl Priority {
    /// Every reason, the most urgent first.
    pub const ALL: [Self; 5] = [
        Self::ChildAlone,
        Self::Medical,
        Self::Pregnant,
        Self::SmallChildren,
        Self::Frail,
    ];

    /// The word of the reason in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChildAlone => "child_alone",
            Self::Medical => "medical",
            Self::Pregnant => "pregnant",
            Self::SmallChildren => "small_children",
            Self::Frail => "frail",
        }
    }

    /// The reason of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|priority| priority.code() == code)
    }
}

/// How somebody was registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Registration {
    /// The person.
    pub person: PersonId,
    /// Where on the manifest; none for somebody unlisted.
    pub line: Option<LineId>,
    /// They preferred not to say who they are.
    pub declined: bool,
    /// They were told what is kept about them, and why.
    pub informed: bool,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// Where it stands in the log.
    pub order: Order,
}

/// An arrival as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Arrival {
    /// Its id.
    pub id: ArrivalId,
    /// The movement.
    pub movement: MovementId,
    /// The site.
    pub site: SiteId,
    /// Number in the queue of the day.
    pub queue: u32,
    /// Code on the card.
    pub card: CardCode,
    /// When the person was met.
    pub met_at: Moment,
    /// Called first, and why, where this node may read it.
    pub priority: Option<Priority>,
    /// Called first, for a reason this node may not read or somebody may not see.
    pub flagged: bool,
    /// How they were registered, if they were.
    pub registration: Option<Registration>,
    /// When they were screened.
    pub screened_at: Option<Moment>,
    /// The newest answers, where this node may read them.
    pub screening: Option<Screening>,
    /// How many protection notes there are.
    pub protection_notes: u32,
    /// What they are to receive.
    pub entitlements: Vec<Entitlement>,
    /// When they left.
    pub left_at: Option<Moment>,
    /// When it was withdrawn as a mistake. Then it counts nowhere, and nobody is registered by it.
    pub withdrawn_at: Option<Moment>,
    /// Who was registered on it before it was withdrawn: their erasure takes it along.
    pub withdrawn_from: Option<PersonId>,
}

impl Arrival {
    /// The arrival that an event begins.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::ArrivalMet(met) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: met.arrival,
            movement: met.movement,
            site: met.site,
            queue: met.queue,
            card: met.card,
            met_at: recorded.occurred.at,
            priority: None,
            flagged: false,
            registration: None,
            screened_at: None,
            screening: None,
            protection_notes: 0,
            entitlements: Vec::new(),
            left_at: None,
            withdrawn_at: None,
            withdrawn_from: None,
        })
    }

    /// Takes in one later event of this arrival, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        let at = recorded.occurred.at;
        if recorded
            .parts
            .iter()
            .any(|(slot, _)| *slot == Slot::Protection)
        {
            self.protection_notes += 1;
        }
        match &recorded.event {
            Event::ArrivalFlagged(_) => {
                self.flagged = true;
                if let Some(Personal::Priority(priority)) = recorded.part(Slot::Priority) {
                    self.priority = Some(*priority);
                }
            }
            Event::ArrivalRegistered(_) if self.withdrawn_at.is_some() => {}
            Event::ArrivalRegistered(registered) => {
                self.registration.get_or_insert(Registration {
                    person: registered.person,
                    line: registered.line,
                    declined: registered.declined,
                    informed: registered.informed,
                    at,
                    by: recorded.author,
                    order: recorded.order,
                });
            }
            Event::RegistrationCorrected(corrected) => {
                if let Some(registration) = &mut self.registration {
                    registration.line = corrected.line;
                }
            }
            Event::ArrivalScreened(_) => {
                self.screened_at = Some(at);
                if let Some(Personal::Screening(screening)) = recorded.part(Slot::Screening) {
                    self.screening = Some(screening.clone());
                }
            }
            Event::ArrivalLeft(_) => self.left_at = Some(at),
            Event::ArrivalWithdrawn(_) if !self.something_given() => {
                self.withdrawn_at = Some(at);
                self.withdrawn_from = self.person();
                self.registration = None;
                // The answers were those of whoever was registered, on the card that stays.
                self.screening = None;
            }
            _ => self.apply_giving(recorded),
        }
    }

    /// Whether something was given on it and not voided.
    pub fn something_given(&self) -> bool {
        self.entitlements
            .iter()
            .any(|entitlement| entitlement.redeemed.is_some())
    }

    /// The entitlement of this id.
    pub fn entitlement(&self, id: EntitlementId) -> Option<&Entitlement> {
        self.entitlements
            .iter()
            .find(|entitlement| entitlement.id == id)
    }

    fn entitlement_mut(&mut self, id: EntitlementId) -> Option<&mut Entitlement> {
        self.entitlements
            .iter_mut()
            .find(|entitlement| entitlement.id == id)
    }

    /// The number as it is called out and printed: a letter and three digits.
    pub fn queue_label(&self) -> String {
        queue_label(self.queue)
    }

    /// The person, once registered.
    pub fn person(&self) -> Option<PersonId> {
        self.registration
            .as_ref()
            .map(|registration| registration.person)
    }
}

/// `A001` to `A999`, then `B001`; after `Z999` it begins again, weeks of one day's queue later.
pub fn queue_label(number: u32) -> String {
    let zero_based = number.saturating_sub(1);
    let letter = char::from(b'A' + u8::try_from((zero_based / 999) % 26).expect("a letter"));
    format!("{letter}{:03}", zero_based % 999 + 1)
}

#[cfg(test)]
mod tests {
    use super::queue_label;

    #[test]
    fn queue_numbers_are_a_letter_and_three_digits() {
        assert_eq!(queue_label(1), "A001");
        assert_eq!(queue_label(999), "A999");
        assert_eq!(queue_label(1000), "B001");
        assert_eq!(queue_label(1068), "B069");
    }
}
