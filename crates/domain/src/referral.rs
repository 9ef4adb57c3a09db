//! Referrals: the services people can be sent to, and one person sent to one service.
//!
//! Which service it is says much about a person, so it is sealed. What everybody who holds the
//! event can read is that somebody was referred, when somebody is to ask again, and what became of
//! it. Referrals to a service of the protection kinds are sealed to the key of the protection role.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{
    Moment, Permission, PersonId, ReferralId, ReferralOutcome, ServiceId, ServiceKind, SiteId,
    Slot, UserId,
};

impl ServiceKind {
    /// What somebody must be allowed to do to see or make a referral to this kind of service. A
    /// kind of a newer version is guarded as closely as any.
    pub fn guarded_by(&self) -> Permission {
        let practical = [
            Self::SHELTER,
            Self::FOOD,
            Self::WATER,
            Self::CASH,
            Self::LIVELIHOODS,
            Self::EDUCATION,
            Self::TRANSPORT,
            Self::TELECOMMUNICATIONS,
        ];
        if practical.contains(self) {
            Permission::Refer
        } else if [Self::HEALTH, Self::NUTRITION].contains(self) {
            Permission::SeeScreening
        } else {
            Permission::Protect
        }
    }
}

/// Where a service is and how it is reached.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Contact {
    /// Where.
    #[n(0)]
    pub place: String,
    /// How it is reached: a telephone, a person, opening hours.
    #[n(1)]
    pub reach: String,
    /// How many people it can take, and who.
    #[n(2)]
    pub capacity: String,
}

/// A service as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// What kind of help.
    pub kind: ServiceKind,
    /// The languages spoken there (BCP 47).
    pub languages: Vec<String>,
    /// People can be referred to it now.
    pub active: bool,
    /// Where it is and how it is reached, where this node may read it.
    pub contact: Option<Contact>,
    /// When this was last said of it.
    pub as_of: Moment,
}

impl Service {
    /// The service that an event lists.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::ServiceListed(listed) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: listed.service,
            name: listed.name.clone(),
            kind: listed.kind.clone(),
            languages: listed.languages.clone(),
            active: listed.active,
            contact: match recorded.part(Slot::Contact) {
                Some(Personal::Contact(contact)) => Some(contact.clone()),
                _ => None,
            },
            as_of: recorded.occurred.at,
        })
    }

    /// Takes in one later event of this service, in total order: it replaces what was known.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Some(newer) = Self::from_event(recorded) {
            *self = newer;
        }
    }
}

/// Who agreed to a referral.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Consent {
    /// The person, told where the referral goes and what is passed on.
    #[n(0)]
    Person,
    /// A parent or caregiver of a child, and the child as far as it understands.
    #[n(1)]
    Caregiver,
    /// Nobody: an immediate danger to life or safety, or a child whose caregiver is the danger.
    #[n(2)]
    Nobody,
}

impl Consent {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Person, Self::Caregiver, Self::Nobody];

    /// The word of the answer in forms and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Caregiver => "caregiver",
            Self::Nobody => "nobody",
        }
    }

    /// The answer of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.code() == code)
    }
}

/// What is sealed of a referral.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ReferralTerms {
    /// To which service.
    #[n(0)]
    pub service: ServiceId,
    /// Who agreed.
    #[n(1)]
    pub consent: Consent,
    /// Why without consent.
    #[n(2)]
    pub reason: Option<String>,
    /// What the person needs there; no more than the service has to know.
    #[n(3)]
    pub need: Option<String>,
}

/// How far a referral has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralState {
    /// Made; no answer yet.
    Made,
    /// The service takes the person.
    Accepted,
    /// The service does not.
    Declined,
    /// Done.
    Completed,
    /// The person cannot be reached.
    Lost,
    /// The person does not want it any more.
    Withdrawn,
}

impl ReferralState {
    /// Every state, in the order reports show them.
    pub const ALL: [Self; 6] = [
        Self::Made,
        Self::Accepted,
        Self::Declined,
        Self::Completed,
        Self::Lost,
        Self::Withdrawn,
    ];

    /// The word of the state in rows, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Completed => "completed",
            Self::Lost => "lost",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing follows any more. Somebody lost may be found again.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Declined | Self::Completed | Self::Withdrawn)
    }

    /// Whether somebody is to ask what became of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Made | Self::Accepted)
    }

    /// Whether an outcome can follow. A service declines before or after it accepted; only what
    /// was accepted is completed; somebody lost has to be found first.
    pub fn may_become(self, outcome: &ReferralOutcome) -> bool {
        let from: &[Self] = match Self::from_code(outcome.as_str()) {
            Some(Self::Accepted) => &[Self::Made],
            Some(Self::Completed) => &[Self::Accepted],
            Some(Self::Declined | Self::Lost) => &[Self::Made, Self::Accepted],
            Some(Self::Withdrawn) => &[Self::Made, Self::Accepted, Self::Lost],
            Some(Self::Made) | None => &[],
        };
        from.contains(&self)
    }
}

/// A referral as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// The person.
    pub person: PersonId,
    /// Where it was made.
    pub site: SiteId,
    /// When.
    pub made_at: Moment,
    /// By whom.
    pub made_by: UserId,
    /// When somebody is to ask; none when it is over or the person is lost.
    pub due: Option<Moment>,
    /// How far it has come.
    pub state: ReferralState,
    /// Before the person was lost, how far it had come.
    pub before_lost: ReferralState,
    /// Since when.
    pub state_at: Moment,
    /// How often somebody asked.
    pub follow_ups: u32,
    /// It is for the protection role alone.
    pub guarded: bool,
    /// To which service and why, where this node may read it.
    pub terms: Option<ReferralTerms>,
}

impl Referral {
    /// The referral that an event makes.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::ReferralMade(made) = &recorded.event else {
            return None;
        };
        let sealed = |(slot, _): &(Slot, _)| *slot == Slot::ProtectionReferral;
        Some(Self {
            id: made.referral,
            person: made.person,
            site: made.site,
            made_at: recorded.occurred.at,
            made_by: recorded.author,
            due: Some(made.due),
            state: ReferralState::Made,
            before_lost: ReferralState::Made,
            state_at: recorded.occurred.at,
            follow_ups: 0,
            guarded: recorded.parts.iter().any(sealed),
            terms: match recorded.part(Slot::Referral) {
                Some(Personal::Referral(terms)) => Some(terms.clone()),
                _ => None,
            },
        })
    }

    /// Takes in one later event of this referral, in total order. What two nodes said of it apart
    /// is taken as it comes: the later word stands, except that what is over stays over.
    pub fn apply(&mut self, recorded: &Recorded) {
        if self.state.is_over() {
            return;
        }
        match &recorded.event {
            Event::ReferralFollowedUp(followed) => {
                self.follow_ups += 1;
                self.due = Some(followed.due);
                if self.state == ReferralState::Lost {
                    self.state = self.before_lost;
                    self.state_at = recorded.occurred.at;
                }
            }
            Event::ReferralAnswered(answered) => {
                let Some(state) = ReferralState::from_code(answered.outcome.as_str()) else {
                    return;
                };
                if state == ReferralState::Lost && self.state != ReferralState::Lost {
                    self.before_lost = self.state;
                }
                self.state = state;
                self.state_at = recorded.occurred.at;
                self.due = answered.due.filter(|_| state.is_open());
            }
            _ => {}
        }
    }
}
