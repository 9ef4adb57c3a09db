//! Finding people, and all that is known of one.

use domain::{
    Arrival, ArrivalId, Birth, CardCode, Family, LineId, Link, Moment, Movement, MovementId,
    Particulars, Person, PersonId, Sex, SiteId, UserId,
};

use crate::{Register, Result};

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search<'a> {
    /// What was typed or scanned: words of a name, a card, a document number, a queue number.
    pub text: &'a str,
    /// Where queue numbers are looked up.
    pub site: SiteId,
    /// Queue numbers given before this instant are not meant.
    pub since: Moment,
    /// At most so many people.
    pub limit: u32,
}

/// Why somebody was found; the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Because {
    /// The code on the card.
    Card,
    /// The number of a document.
    Document,
    /// The number in the queue.
    Queue,
    /// Every word is a word of the name.
    Name,
    /// Every word begins a word of the name.
    NameBegins,
}

/// Somebody found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Why.
    pub because: Because,
    /// The person; none for somebody met and not registered.
    pub person: Option<PersonId>,
    /// Their newest arrival, or the one whose card or number was looked for.
    pub arrival: Option<ArrivalId>,
    /// Its movement.
    pub movement: Option<MovementId>,
    /// Its card.
    pub card: Option<CardCode>,
    /// Its number in the queue.
    pub queue: Option<u32>,
    /// When they were met.
    pub met_at: Option<Moment>,
    /// Who they are, where this node may read it.
    pub particulars: Option<Particulars>,
}

/// What a search found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SearchResult {
    /// The surest first.
    pub found: Vec<Found>,
    /// There are more than were asked for.
    pub more: bool,
}

/// One state of somebody's particulars.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Since when.
    pub at: Moment,
    /// Who wrote them.
    pub by: UserId,
    /// The particulars.
    pub particulars: Particulars,
    /// Why they were corrected, where this node may read it.
    pub reason: Option<String>,
}

/// All that is known of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonDetail {
    /// The person.
    pub person: Person,
    /// Their particulars over time, the oldest first, where this node may read them.
    pub versions: Vec<Version>,
    /// Their arrivals, the newest first, each with its movement where known here.
    pub arrivals: Vec<(Arrival, Option<Movement>)>,
    /// Their family.
    pub family: Option<Family>,
    /// Decisions that another record is the same person, or is not.
    pub links: Vec<Link>,
    /// The other records of the same person.
    pub same: Vec<PersonId>,
}

/// Somebody on the manifest of a movement that is being received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// The line.
    pub line: LineId,
    /// The movement.
    pub movement: MovementId,
    /// Who it is.
    pub particulars: Particulars,
}

/// The little that tells people in a list apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedPerson {
    /// The person.
    pub person: PersonId,
    /// Their name, where this node may read it.
    pub name: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth.
    pub birth: Option<Birth>,
}

impl Register<'_> {
    /// Finds people by name, card, document or queue number.
    pub fn search(&self, search: &Search<'_>) -> Result<SearchResult> {
        todo!()
    }

    /// Finds people who are listed, not registered, on movements being received at a site.
    pub fn search_expected(&self, site: SiteId, text: &str, limit: u32) -> Result<Vec<Expected>> {
        todo!()
    }

    /// The arrivals with this card; more than one only after a fork.
    pub fn arrivals_with_card(&self, card: &CardCode) -> Result<Vec<ArrivalId>> {
        todo!()
    }

    /// All that is known of somebody.
    pub fn person_detail(&self, person: PersonId) -> Result<Option<PersonDetail>> {
        todo!()
    }

    /// Names for ids, in the order asked; those not known here are left out.
    pub fn named(&self, persons: &[PersonId]) -> Result<Vec<NamedPerson>> {
        todo!()
    }
}
