//! What an event writes into which fields: the one table that says what an edit is. Whatever is not
//! in it is either written once, or stands beside what others wrote and replaces nothing.

use serde::Serialize;

use crate::event::{Event, Order, Personal, Recorded};
use crate::{
    AccessStatus, Birth, Contact, Country, Credibility, DefinedBasis, Document, Field, Harm, Item,
    Moment, PCode, Package, Particulars, PathwayOutcome, PersonId, PlacesOf, Priority,
    Reachability, ReferralOutcome, Role, ScreenedCounts, Screening, ServiceKind, Sex, SiteId,
    SiteKind, Slot, UserId,
};

/// What stands in a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Words; empty for none.
    Text(String),
    /// A number; none where it was not said.
    Number(Option<u64>),
    /// Yes or no.
    Flag(bool),
    /// A moment.
    Moment(Moment),
    /// Sex.
    Sex(Option<Sex>),
    /// Birth.
    Birth(Option<Birth>),
    /// A country.
    Country(Option<Country>),
    /// Countries.
    Countries(Vec<Country>),
    /// Documents.
    Documents(Vec<Document>),
    /// An administrative area.
    Area(Option<PCode>),
    /// Who somebody is.
    Particulars(Box<Particulars>),
    /// Somebody on record.
    Person(PersonId),
    /// What kind of place.
    SiteKind(SiteKind),
    /// Where to, and when.
    Destination {
        /// The site.
        site: SiteId,
        /// The expected arrival.
        expected: Moment,
    },
    /// How many were screened before.
    Screened(ScreenedCounts),
    /// Answers of a screening.
    Screening(Box<Screening>),
    /// Why somebody is called first.
    Priority(Priority),
    /// What a user may do.
    Access {
        /// Their roles.
        roles: Vec<Role>,
        /// Whether they may sign in.
        active: bool,
    },
    /// An item.
    Item(Item),
    /// The package.
    Package(Package),
    /// A legal basis.
    LegalBasis(DefinedBasis),
    /// An office.
    Office {
        /// Its name.
        name: String,
        /// Who answers for it.
        members: Vec<UserId>,
        /// Whether it can be asked.
        active: bool,
    },
    /// A service in the directory.
    Listing {
        /// Its name.
        name: String,
        /// What kind of help.
        kind: ServiceKind,
        /// The languages spoken there.
        languages: Vec<String>,
        /// People can be referred to it.
        active: bool,
        /// When this was said.
        as_of: Moment,
    },
    /// Where a service is and how it is reached.
    Contact(Contact),
    /// What a service said of its room and of how it can be reached.
    Availability {
        /// How many people it can take.
        places: Option<u32>,
        /// At a time, or in a week.
        places_of: PlacesOf,
        /// How it can be reached.
        reachable: Reachability,
        /// Until when that holds.
        until: Option<Moment>,
        /// The days on which it is open.
        open_days: Vec<u8>,
        /// When this was said.
        as_of: Moment,
    },
    /// What a referral came to.
    Outcome {
        /// To what.
        outcome: ReferralOutcome,
        /// When somebody is to ask again.
        due: Option<Moment>,
        /// When it did.
        at: Moment,
    },
    /// What came of something dangerous, and how far it is to be believed.
    Harm {
        /// What came of it.
        harm: Harm,
        /// How far it is to be believed.
        credibility: Credibility,
    },
    /// How a place or a road stands.
    Status {
        /// How.
        status: AccessStatus,
        /// When that was said.
        said_at: Moment,
        /// Until when it holds.
        until: Moment,
        /// Who said so.
        by: UserId,
    },
    /// What a pathway came to, and when.
    PathwayEnd {
        /// To what.
        outcome: PathwayOutcome,
        /// When.
        at: Moment,
    },
}

impl Value {
    /// Whether two say the same: when something was said makes no difference to what was said.
    pub fn says_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Outcome { outcome, .. }, Self::Outcome { outcome: other, .. }) => {
                outcome == other
            }
            (Self::PathwayEnd { outcome, .. }, Self::PathwayEnd { outcome: other, .. }) => {
                outcome == other
            }
            (
                Self::Status { status, until, .. },
                Self::Status {
                    status: other,
                    until: other_until,
                    ..
                },
            ) => (status, until) == (other, other_until),
            (Self::Listing { .. }, Self::Listing { .. })
            | (Self::Availability { .. }, Self::Availability { .. }) => {
                self.timeless() == other.timeless()
            }
            _ => self == other,
        }
    }

    fn timeless(&self) -> Self {
        let mut timeless = self.clone();
        if let Self::Listing { as_of, .. } | Self::Availability { as_of, .. } = &mut timeless {
            *as_of = Moment(0);
        }
        timeless
    }
}

/// How an event writes a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    /// It says what stands there, and means it, whatever stood there before.
    Says,
    /// It carries the whole of something of which its author may have changed one field only: what
    /// equals what stood there before was left as it was.
    Carries,
}

/// Whether an event of this kind writes into fields in which something may stand already.
pub fn is_edit(event: &Event) -> bool {
    matches!(
        event,
        Event::PersonCorrected(_)
            | Event::LineChanged(_)
            | Event::MovementDeparted(_)
            | Event::MovementLanded(_)
            | Event::HeadcountCorrected(_)
            | Event::MovementDiverted(_)
            | Event::MovementCancelled(_)
            | Event::ScreeningStated(_)
            | Event::ArrivalFlagged(_)
            | Event::ArrivalRegistered(_)
            | Event::ArrivalScreened(_)
            | Event::SiteOpened(_)
            | Event::UserChanged(_)
            | Event::ItemDefined(_)
            | Event::PackageDefined(_)
            | Event::LegalBasisDefined(_)
            | Event::OfficeDefined(_)
            | Event::ServiceListed(_)
            | Event::ServiceStated(_)
            | Event::ReferralAnswered(_)
            | Event::IncidentUpdated(_)
            | Event::AccessStated(_)
            | Event::PathwayClosed(_)
            | Event::FeedbackAnswered(_)
            | Event::BookletReturned(_)
            | Event::ValueChosen(_)
    )
}

/// Whether an event of this kind begins what it writes into: it replaces nothing. Two of one thing come
/// of one form that reached two nodes.
fn begins(event: &Event) -> bool {
    matches!(
        event,
        Event::PersonRegistered(_)
            | Event::LineListed(_)
            | Event::MovementAnnounced(_)
            | Event::UserAdmitted(_)
            | Event::IncidentReported(_)
    )
}

/// Whether something may have been written twice in a history, so that what stands is to be worked out.
pub fn is_written_again(history: &[Recorded]) -> bool {
    let mut beginnings = history.iter().filter(|recorded| begins(&recorded.event));
    beginnings.nth(1).is_some() || history.iter().any(|recorded| is_edit(&recorded.event))
}

/// Whether an event says again what the history before it may have said already.
pub fn says_again(event: &Event) -> bool {
    is_edit(event) || begins(event)
}

/// What an event was made upon: what begins something was made upon nothing, said or not.
pub(crate) fn made_upon(recorded: &Recorded) -> Option<&[Order]> {
    match &recorded.upon {
        None if begins(&recorded.event) => Some(&[]),
        upon => upon.as_deref(),
    }
}

/// What an event writes into which fields, as far as it can be read here.
#[allow(clippy::too_many_lines, reason = "one arm for each kind of event")]
pub(crate) fn written(recorded: &Recorded) -> Vec<(Field, How, Value)> {
    let at = recorded.occurred.at;
    let says = |field, value| vec![(field, How::Says, value)];
    match &recorded.event {
        Event::PersonRegistered(_) | Event::PersonCorrected(_) => recorded
            .particulars()
            .map_or_else(Vec::new, particulars_written),
        Event::LineListed(_) | Event::LineChanged(_) => {
            recorded.particulars().map_or_else(Vec::new, |known| {
                let value = Value::Particulars(Box::new(known.clone()));
                says(Field::LineParticulars, value)
            })
        }
        Event::MovementAnnounced(body) => vec![
            (Field::MovementTakesPlace, How::Says, Value::Flag(true)),
            (
                Field::MovementDestination,
                How::Says,
                Value::Destination {
                    site: body.destination,
                    expected: body.expected,
                },
            ),
        ],
        Event::MovementDeparted(_) => vec![
            (Field::MovementTakesPlace, How::Says, Value::Flag(true)),
            (Field::MovementDepartedAt, How::Says, Value::Moment(at)),
        ],
        Event::MovementLanded(body) => vec![
            (Field::MovementTakesPlace, How::Says, Value::Flag(true)),
            (Field::MovementLandedAt, How::Says, Value::Moment(at)),
            (
                Field::MovementHeadcount,
                How::Says,
                Value::Number(Some(body.headcount.into())),
            ),
        ],
        Event::HeadcountCorrected(body) => says(
            Field::MovementHeadcount,
            Value::Number(Some(body.headcount.into())),
        ),
        Event::MovementDiverted(body) => says(
            Field::MovementDestination,
            Value::Destination {
                site: body.destination,
                expected: body.expected,
            },
        ),
        Event::MovementCancelled(_) => says(Field::MovementTakesPlace, Value::Flag(false)),
        Event::ScreeningStated(body) => {
            says(Field::MovementScreening, Value::Screened(body.counts))
        }
        Event::ArrivalRegistered(body) => says(Field::ArrivalPerson, Value::Person(body.person)),
        Event::ArrivalScreened(_) => match recorded.part(Slot::Screening) {
            Some(Personal::Screening(answers)) => says(
                Field::ArrivalScreening,
                Value::Screening(Box::new(answers.clone())),
            ),
            _ => Vec::new(),
        },
        Event::ArrivalFlagged(_) => match recorded.part(Slot::Priority) {
            Some(Personal::Priority(priority)) => {
                says(Field::ArrivalPriority, Value::Priority(*priority))
            }
            _ => Vec::new(),
        },
        Event::SiteOpened(body) => vec![
            carried(Field::SiteName, Value::Text(body.name.clone())),
            carried(Field::SiteKind, Value::SiteKind(body.kind.clone())),
            carried(Field::SiteCountry, Value::Country(Some(body.country))),
            carried(Field::SiteArea, Value::Area(body.area.clone())),
            carried(
                Field::SitePortCode,
                Value::Text(body.port_code.clone().unwrap_or_default()),
            ),
            carried(
                Field::SiteCapacity,
                Value::Number(body.capacity.map(u64::from)),
            ),
            carried(Field::SiteTimeZone, Value::Text(body.time_zone.clone())),
            carried(
                Field::SiteDayCloses,
                Value::Number(Some(body.day_closes_min.into())),
            ),
        ],
        Event::UserAdmitted(body) => says(
            Field::UserAccess,
            Value::Access {
                roles: body.roles.clone(),
                active: true,
            },
        ),
        Event::UserChanged(body) => says(
            Field::UserAccess,
            Value::Access {
                roles: body.roles.clone(),
                active: body.active,
            },
        ),
        Event::ItemDefined(body) => says(Field::ItemDefinition, Value::Item(body.item.clone())),
        Event::PackageDefined(body) => {
            says(Field::PackageGrants, Value::Package(body.package.clone()))
        }
        Event::LegalBasisDefined(body) => says(
            Field::LegalBasisDefinition,
            Value::LegalBasis(body.basis.clone()),
        ),
        Event::OfficeDefined(body) => says(
            Field::OfficeDefinition,
            Value::Office {
                name: body.name.clone(),
                members: body.members.clone(),
                active: body.active,
            },
        ),
        Event::ServiceListed(body) => {
            let listing = Value::Listing {
                name: body.name.clone(),
                kind: body.kind.clone(),
                languages: body.languages.clone(),
                active: body.active,
                as_of: at,
            };
            let mut written = vec![carried(Field::ServiceListing, listing)];
            if let Some(Personal::Contact(contact)) = recorded.part(Slot::Contact) {
                written.push(carried(
                    Field::ServiceContact,
                    Value::Contact(contact.clone()),
                ));
            }
            written
        }
        Event::ServiceStated(body) => says(
            Field::ServiceAvailability,
            Value::Availability {
                places: body.places,
                places_of: body.places_of.clone(),
                reachable: body.reachable.clone(),
                until: body.until,
                open_days: body.open_days.clone(),
                as_of: at,
            },
        ),
        Event::ReferralAnswered(body) => says(
            Field::ReferralOutcome,
            Value::Outcome {
                outcome: body.outcome.clone(),
                due: body.due,
                at,
            },
        ),
        Event::IncidentReported(body) => says(
            Field::IncidentState,
            Value::Harm {
                harm: body.harm.clone(),
                credibility: body.credibility.clone(),
            },
        ),
        Event::IncidentUpdated(body) => says(
            Field::IncidentState,
            Value::Harm {
                harm: body.harm.clone(),
                credibility: body.credibility.clone(),
            },
        ),
        Event::AccessStated(body) => says(
            Field::AccessStatus,
            Value::Status {
                status: body.status.clone(),
                said_at: at,
                until: body.until,
                by: recorded.author,
            },
        ),
        Event::PathwayClosed(body) => says(
            Field::PathwayOutcome,
            Value::PathwayEnd {
                outcome: body.outcome.clone(),
                at,
            },
        ),
        Event::FeedbackAnswered(_) => match recorded.part(Slot::Remark) {
            Some(Personal::Remark(answer)) => {
                says(Field::FeedbackAnswer, Value::Text(answer.clone()))
            }
            _ => Vec::new(),
        },
        Event::BookletReturned(body) => says(
            Field::BookletTornOut,
            Value::Number(Some(body.torn_out.into())),
        ),
        _ => Vec::new(),
    }
}

const fn carried(field: Field, value: Value) -> (Field, How, Value) {
    (field, How::Carries, value)
}

fn particulars_written(known: &Particulars) -> Vec<(Field, How, Value)> {
    let text = |text: &Option<String>| Value::Text(text.clone().unwrap_or_default());
    vec![
        carried(
            Field::PersonGivenNames,
            Value::Text(known.given_names.clone()),
        ),
        carried(
            Field::PersonFamilyName,
            Value::Text(known.family_name.clone()),
        ),
        carried(Field::PersonSex, Value::Sex(known.sex)),
        carried(Field::PersonBirth, Value::Birth(known.birth)),
        carried(Field::PersonMotherName, text(&known.mother_name)),
        carried(Field::PersonBirthplace, text(&known.birthplace)),
        carried(
            Field::PersonCountryOfBirth,
            Value::Country(known.country_of_birth),
        ),
        carried(
            Field::PersonNationalities,
            Value::Countries(known.nationalities.clone()),
        ),
        carried(
            Field::PersonDocuments,
            Value::Documents(known.documents.clone()),
        ),
        carried(Field::PersonPhone, text(&known.phone)),
        carried(
            Field::PersonDestination,
            Value::Area(known.destination.clone()),
        ),
        carried(
            Field::PersonLastResidence,
            Value::Country(known.last_residence),
        ),
        carried(Field::PersonOrigin, Value::Area(known.origin.clone())),
    ]
}

impl Particulars {
    /// Puts a value where its field stands.
    pub fn set(&mut self, field: Field, value: &Value) {
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        match (field, value) {
            (Field::PersonGivenNames, Value::Text(name)) => self.given_names.clone_from(name),
            (Field::PersonFamilyName, Value::Text(name)) => self.family_name.clone_from(name),
            (Field::PersonSex, Value::Sex(sex)) => self.sex = *sex,
            (Field::PersonBirth, Value::Birth(birth)) => self.birth = *birth,
            (Field::PersonMotherName, Value::Text(name)) => self.mother_name = text(name),
            (Field::PersonBirthplace, Value::Text(place)) => self.birthplace = text(place),
            (Field::PersonCountryOfBirth, Value::Country(country)) => {
                self.country_of_birth = *country;
            }
            (Field::PersonNationalities, Value::Countries(countries)) => {
                self.nationalities.clone_from(countries);
            }
            (Field::PersonDocuments, Value::Documents(documents)) => {
                self.documents.clone_from(documents);
            }
            (Field::PersonPhone, Value::Text(phone)) => self.phone = text(phone),
            (Field::PersonDestination, Value::Area(area)) => self.destination.clone_from(area),
            (Field::PersonLastResidence, Value::Country(country)) => self.last_residence = *country,
            (Field::PersonOrigin, Value::Area(area)) => self.origin.clone_from(area),
            _ => {}
        }
    }
}
