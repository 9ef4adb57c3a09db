//! Referrals: the services people can be sent to, and one person sent to one service.
//!
//! Which service it is says much about a person, so it is sealed. What everybody who holds the
//! event can read is that somebody was referred, when somebody is to ask again, and what became of
//! it. Referrals to a service of the protection kinds are sealed to the key of the protection role.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{
    CallResult, Moment, Permission, PersonId, PlacesOf, Reachability, ReferralId, ReferralOutcome,
    ServiceId, ServiceKind, SiteId, Slot, UserId,
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

const WEEK_MS: i64 = 7 * 86_400_000;

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

/// What a service said of its room and of how it can be reached: as of a moment, because beds fill.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Availability {
    /// How many people it can take; none where it did not say.
    #[n(0)]
    pub places: Option<u32>,
    /// What these are: people at a time, or in a week.
    #[n(1)]
    pub places_of: PlacesOf,
    /// Whether and how it can be reached.
    #[n(2)]
    pub reachable: Reachability,
    /// Until when that holds; none where it was said without an end.
    #[n(3)]
    pub until: Option<Moment>,
    /// The days of the week on which it is open, from 1, Monday, to 7, Sunday; empty where it did not
    /// say.
    #[n(4)]
    pub open_days: Vec<u8>,
    /// When this was said.
    #[n(5)]
    pub as_of: Moment,
}

impl Availability {
    /// Whether and how the service can be reached; none once what was said ran out.
    pub fn reachable_now(&self, now: Moment) -> Option<&Reachability> {
        self.holds(now).then_some(&self.reachable)
    }

    /// Whether what was said still holds.
    pub fn holds(&self, now: Moment) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// From when on referrals take places: since it was said, and of places in a week no longer than
    /// seven days back.
    pub fn counted_since(&self, now: Moment) -> Moment {
        if self.places_of == PlacesOf::WEEK {
            self.as_of.max(now.plus_ms(-WEEK_MS))
        } else {
            self.as_of
        }
    }

    /// Whether somebody who was helped has taken a place all the same: an appointment of the week is
    /// gone, a bed is free again.
    pub fn counts_completed(&self) -> bool {
        self.places_of == PlacesOf::WEEK
    }

    /// How many places are left when so many were taken since it was said.
    pub fn free(&self, taken: u32) -> Option<u32> {
        self.places.map(|places| places.saturating_sub(taken))
    }
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
    /// What it said of its room and of how it can be reached.
    pub available: Option<Availability>,
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
            available: None,
        })
    }

    /// Takes in one later event of this service, in total order: it replaces what was known of the
    /// same.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Event::ServiceStated(stated) = &recorded.event {
            self.available = Some(Availability {
                places: stated.places,
                places_of: stated.places_of.clone(),
                reachable: stated.reachable.clone(),
                until: stated.until,
                open_days: stated.open_days.clone(),
                as_of: recorded.occurred.at,
            });
        } else if let Some(newer) = Self::from_event(recorded) {
            *self = Self {
                available: self.available.take(),
                ..newer
            };
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
    /// How often somebody was spoken to.
    pub follow_ups: u32,
    /// How often in a row nobody was reached.
    pub unreached: u32,
    /// How the last call went; none where nobody called.
    pub last_call: Option<CallResult>,
    /// The person asked not to be called any more.
    pub calls_declined: bool,
    /// It is for the protection role alone.
    pub guarded: bool,
    /// To which service and why, where this node may read it.
    pub terms: Option<ReferralTerms>,
}

/// Whether somebody was spoken to. A result of a newer version is not known to be one.
fn speaks(result: &CallResult) -> bool {
    [CallResult::REACHED, CallResult::NO_CALLS].contains(result)
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
            unreached: 0,
            last_call: None,
            calls_declined: false,
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
        let reached = match &recorded.event {
            Event::ReferralFollowedUp(followed) => followed.reached.as_ref(),
            _ => None,
        };
        // That somebody does not want to be called is theirs to say, and to take back, at any time.
        if reached == Some(&CallResult::CALLS_AGAIN) {
            self.calls_declined = false;
            return;
        }
        self.calls_declined |= reached == Some(&CallResult::NO_CALLS);
        if self.state.is_over() {
            return;
        }
        match &recorded.event {
            Event::ReferralFollowedUp(followed) => {
                if reached.is_some() {
                    self.last_call = reached.cloned();
                }
                if reached.is_none_or(speaks) {
                    self.follow_ups += 1;
                    self.unreached = 0;
                    if self.state == ReferralState::Lost {
                        self.state = self.before_lost;
                        self.state_at = recorded.occurred.at;
                    }
                } else {
                    self.unreached += 1;
                }
                self.due = Some(followed.due).filter(|_| self.state.is_open());
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
