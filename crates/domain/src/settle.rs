//! State as it stands where edits were made apart: what the fields of a thing show, once its whole
//! history is known. Where a field is in conflict the rules here say what is shown meanwhile, and each
//! errs on the side of the person received, or of who must not come in.

use crate::event::{Event, Order, Personal, Recorded, Slot};
use crate::{
    Access, Arrival, Availability, Booklet, Entries, Feedback, Field, Incident, Line, Movement,
    Office, Pathway, Person, Referral, ReferralState, Registration, Service, Site, Stage, User,
    Value,
};

impl Person {
    /// Shows of every field of the particulars what stands in it.
    pub fn settle(&mut self, entries: &Entries) {
        if self.erased {
            return;
        }
        let Some(particulars) = &mut self.particulars else {
            return;
        };
        for field in Field::ALL {
            if let Some(value) = entries.shown(*field) {
                particulars.set(*field, value);
            }
        }
    }
}

impl Line {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let (false, Some(Value::Particulars(known))) =
            (self.erased, entries.shown(Field::LineParticulars))
        {
            self.particulars = Some((**known).clone());
        }
    }
}

impl Movement {
    /// Shows what stands. Who says that it arrived saw it: a cancellation by somebody who did not know
    /// does not make it go away.
    pub fn settle(&mut self, entries: &Entries) {
        let is_disputed = entries.conflict(Field::MovementTakesPlace).is_some();
        let takes_place = entries.shown(Field::MovementTakesPlace) != Some(&Value::Flag(false));
        if !takes_place && !is_disputed {
            self.stage = Stage::Cancelled;
        } else if self.stage == Stage::Cancelled {
            self.stage = self.reached();
        }
        if let Some(Value::Destination { site, expected }) =
            entries.shown(Field::MovementDestination)
        {
            self.destination = *site;
            self.expected = *expected;
            if self.diverted_from == Some(*site) {
                self.diverted_from = None;
            }
        }
        if let Some(Value::Moment(at)) = entries.shown(Field::MovementDepartedAt) {
            self.departed_at = Some(*at);
        }
        if let Some(Value::Moment(at)) = entries.shown(Field::MovementLandedAt) {
            self.landed_at = Some(*at);
        }
        if let Some(Value::Number(Some(people))) = entries.shown(Field::MovementHeadcount) {
            self.headcount = u32::try_from(*people).ok();
        }
        if let Some(Value::Screened(counts)) = entries.shown(Field::MovementScreening) {
            self.screening = Some(*counts);
        }
    }

    /// How far it came, whatever was said of a cancellation.
    const fn reached(&self) -> Stage {
        if self.closed_at.is_some() {
            Stage::Closed
        } else if self.landed_at.is_some() {
            Stage::Landed
        } else if self.departed_at.is_some() {
            Stage::Departed
        } else {
            Stage::Announced
        }
    }
}

impl Arrival {
    /// Shows what stands. Of two reasons to be called first the more urgent one counts; of two persons
    /// registered on one card the first, until somebody chooses.
    pub fn settle(&mut self, entries: &Entries, history: &[Recorded]) {
        self.settle_withdrawal(entries, history);
        if self.priority.is_some() {
            let reasons = entries.standing(Field::ArrivalPriority);
            let reasons = reasons.filter_map(|entry| match entry.value {
                Value::Priority(reason) => Some(reason),
                _ => None,
            });
            self.priority = reasons.min().or(self.priority);
        }
        if self.screening.is_some()
            && let Some(Value::Screening(answers)) = entries.shown(Field::ArrivalScreening)
        {
            self.screening = Some((**answers).clone());
        }
        if let Some(Value::Person(chosen)) = entries.chosen(Field::ArrivalPerson)
            && self.person().is_some_and(|person| person != *chosen)
        {
            // What was corrected before the choice was corrected of the registration shown then.
            let is_choice = |recorded: &&Recorded| matches!(&recorded.event, Event::ValueChosen(chosen) if chosen.field == Field::ArrivalPerson.code());
            let choice = history.iter().rfind(is_choice);
            let since = choice.map(|choice| choice.order);
            let theirs = registered(history, since, |how| how.person == *chosen);
            self.registration = theirs.or(self.registration.take());
        }
    }

    /// A withdrawal takes back the registrations that whoever withdrew knew of. Where somebody else was
    /// registered meanwhile, or something was given, the card counts, and with it whoever is on it.
    fn settle_withdrawal(&mut self, entries: &Entries, history: &[Recorded]) {
        let of = |kind: fn(&Event) -> bool| {
            let events = history.iter();
            events.filter(move |recorded| kind(&recorded.event))
        };
        let withdrawals: Vec<_> = of(|event| matches!(event, Event::ArrivalWithdrawn(_))).collect();
        if withdrawals.is_empty() {
            return;
        }
        let took_back = |withdrawal: &&Recorded, registration: &Recorded| match &withdrawal.upon {
            Some(known) => known.contains(&registration.order),
            // From before it could name them.
            None => registration.order < withdrawal.order,
        };
        let mut registrations = of(|event| matches!(event, Event::ArrivalRegistered(_)));
        let stands = registrations.any(|registration| {
            let mut withdrawals = withdrawals.iter();
            !withdrawals.any(|withdrawal| took_back(withdrawal, registration))
        });
        if stands {
            self.withdrawn_at = None;
        }
        if self.withdrawn_at.is_some() {
            let chosen = match entries.chosen(Field::ArrivalPerson) {
                Some(Value::Person(person)) => Some(*person),
                _ => None,
            };
            let first = || registered(history, None, |_| true).map(|how| how.person);
            self.withdrawn_from = chosen.or_else(first);
            return;
        }
        self.withdrawn_from = None;
        if planted::mistake!("forget who a card was for") {
            return;
        }
        if self.registration.is_none() {
            self.registration = registered(history, None, |_| true);
        }
        if self.screening.is_none() {
            let answers = |recorded: &Recorded| match recorded.part(Slot::Screening) {
                Some(Personal::Screening(answers)) => Some(answers.clone()),
                _ => None,
            };
            self.screening = history.iter().rev().find_map(answers);
        }
    }
}

/// The first registration in a history that is meant, with the last correction of it since then.
fn registered(
    history: &[Recorded],
    since: Option<Order>,
    is_meant: impl Fn(&Registration) -> bool,
) -> Option<Registration> {
    let mut registrations = history.iter().filter_map(Registration::from_event);
    let mut found = registrations.find(is_meant)?;
    for recorded in history {
        if let Event::RegistrationCorrected(corrected) = &recorded.event
            && since.is_none_or(|since| recorded.order > since)
        {
            found.line = corrected.line;
        }
    }
    Some(found)
}

impl Registration {
    fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::ArrivalRegistered(registered) = &recorded.event else {
            return None;
        };
        Some(Self {
            person: registered.person,
            line: registered.line,
            declined: registered.declined,
            informed: registered.informed,
            at: recorded.occurred.at,
            by: recorded.author,
            order: recorded.order,
        })
    }
}

impl Site {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        let number = |field| match entries.shown(field) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        if let Some(Value::Text(name)) = entries.shown(Field::SiteName) {
            self.name.clone_from(name);
        }
        if let Some(Value::SiteKind(kind)) = entries.shown(Field::SiteKind) {
            self.kind = kind.clone();
        }
        if let Some(Value::Country(Some(country))) = entries.shown(Field::SiteCountry) {
            self.country = *country;
        }
        if let Some(Value::Area(area)) = entries.shown(Field::SiteArea) {
            self.area.clone_from(area);
        }
        if let Some(Value::Text(code)) = entries.shown(Field::SitePortCode) {
            self.port_code = Some(code.clone()).filter(|code| !code.is_empty());
        }
        if let Some(capacity) = number(Field::SiteCapacity) {
            self.capacity = capacity.and_then(|room| u32::try_from(room).ok());
        }
        if let Some(Value::Text(zone)) = entries.shown(Field::SiteTimeZone) {
            self.time_zone.clone_from(zone);
        }
        if let Some(Some(minutes)) = number(Field::SiteDayCloses) {
            self.day_closes_min = u16::try_from(minutes).unwrap_or(0);
        }
    }
}

impl User {
    /// Shows what stands. Where two said different things of what somebody may do, they may do what
    /// both allow: whoever was sent away at one node does not come in by an edit of another.
    pub fn settle(&mut self, entries: &Entries) {
        let said = entries.standing(Field::UserAccess);
        let said: Vec<_> = said
            .filter_map(|entry| match &entry.value {
                Value::Access { roles, active } => Some((roles, *active)),
                _ => None,
            })
            .collect();
        if let Some((first, _)) = said.first() {
            let by_all = |role: &&_| said.iter().all(|(roles, _)| roles.contains(role));
            self.roles = first.iter().filter(by_all).copied().collect();
            self.active = said.iter().all(|(_, active)| *active);
        }
    }
}

impl Office {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let Some(Value::Office {
            name,
            members,
            active,
        }) = entries.shown(Field::OfficeDefinition)
        {
            self.name.clone_from(name);
            self.members.clone_from(members);
            self.active = *active;
        }
    }
}

impl Service {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let Some(Value::Listing {
            name,
            kind,
            languages,
            active,
            as_of,
        }) = entries.shown(Field::ServiceListing)
        {
            self.name.clone_from(name);
            self.kind = kind.clone();
            self.languages.clone_from(languages);
            self.active = *active;
            self.as_of = *as_of;
        }
        if let Some(Value::Contact(contact)) = entries.shown(Field::ServiceContact) {
            self.contact = Some(contact.clone());
        }
        if let Some(Value::Availability {
            places,
            places_of,
            reachable,
            until,
            open_days,
            as_of,
        }) = entries.shown(Field::ServiceAvailability)
        {
            self.available = Some(Availability {
                places: *places,
                places_of: places_of.clone(),
                reachable: reachable.clone(),
                until: *until,
                open_days: open_days.clone(),
                as_of: *as_of,
            });
        }
    }
}

impl Referral {
    /// Goes through its history again where somebody chose what it came to: from there on that stands.
    /// Before a choice what was over first stays over.
    pub fn settle(&mut self, entries: &Entries, history: &[Recorded]) {
        let field = Field::ReferralOutcome;
        let chosen = |recorded: &Recorded| match &recorded.event {
            Event::ValueChosen(chosen) => entries.value_of(field, chosen.chosen),
            _ => None,
        };
        if !history.iter().any(|recorded| chosen(recorded).is_some()) {
            return;
        }
        let mut anew: Option<Self> = None;
        for recorded in history {
            let Some(referral) = &mut anew else {
                anew = Self::from_event(recorded);
                continue;
            };
            referral.apply(recorded);
            if let Some(Value::Outcome { outcome, due, at }) = chosen(recorded)
                && let Some(state) = ReferralState::from_code(outcome.as_str())
            {
                referral.state = state;
                referral.state_at = at;
                referral.due = due.filter(|_| state.is_open());
            }
        }
        if let Some(anew) = anew {
            *self = anew;
        }
    }
}

impl Incident {
    /// Shows what stands; of two words on what came of it the later, until somebody chooses.
    pub fn settle(&mut self, entries: &Entries) {
        if let Some(Value::Harm { harm, credibility }) = entries.shown(Field::IncidentState) {
            self.harm = harm.clone();
            self.credibility = credibility.clone();
        }
    }
}

impl Access {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let Some(Value::Status {
            status,
            said_at,
            until,
            by,
        }) = entries.shown(Field::AccessStatus)
        {
            self.status = status.clone();
            self.said_at = *said_at;
            self.until = *until;
            self.by = *by;
        }
    }
}

impl Pathway {
    /// Shows the end that somebody chose; before that the first stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let (true, Some(Value::PathwayEnd { outcome, at })) =
            (self.closed.is_some(), entries.chosen(Field::PathwayOutcome))
        {
            self.closed = Some((outcome.clone(), *at));
        }
    }
}

impl Feedback {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let (true, Some(Value::Text(answer))) =
            (self.answer.is_some(), entries.shown(Field::FeedbackAnswer))
        {
            self.answer = Some(answer.clone());
        }
    }
}

impl Booklet {
    /// Shows what stands.
    pub fn settle(&mut self, entries: &Entries) {
        if let Some(Value::Number(Some(torn_out))) = entries.shown(Field::BookletTornOut) {
            self.torn_out = u32::try_from(*torn_out).ok();
        }
    }
}
