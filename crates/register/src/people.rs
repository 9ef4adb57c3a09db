//! Finding people, and all that is known of one.

mod known;
mod search;

use crate::columns::{all, one};
use crate::fold::{Aggregate, ArrivalState, LINK_COLUMNS, MovementState, PersonState, read_link};
use crate::{Register, Result};
use domain::{
    Arrival, ArrivalId, Birth, CardCode, Family, LineId, Link, Moment, Movement, MovementId,
    Particulars, Person, PersonId, Sex, SiteId, UserId,
};

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
    /// The arrivals with this card, those that were a mistake last; more than one only after a fork, or
    /// where a card of a booklet was entered again after a mistake.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn arrivals_with_card(&self, card: &CardCode) -> Result<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE card = ?1
            ORDER BY withdrawn_at IS NOT NULL, id";
        all(self.connection(), sql, [card.as_str()], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        })
    }

    /// All that is known of somebody.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn person_detail(&self, person: PersonId) -> Result<Option<PersonDetail>> {
        let Some((state, _)) = PersonState::load(&self.store, person.0)? else {
            return Ok(None);
        };
        let mut same = self.all_same(person)?;
        same.retain(|other| *other != person);
        let sql = "SELECT family FROM r_member WHERE person = ?1 ORDER BY family LIMIT 1";
        let id = person.0.as_bytes();
        let family = one(self.connection(), sql, [id], |columns| columns.uuid())?;
        let family = match family {
            Some(family) => Family::load(&self.store, family)?.map(|(family, _)| family),
            None => None,
        };
        Ok(Some(PersonDetail {
            arrivals: self.arrivals_in_detail(person)?,
            person: state.person,
            versions: state.versions,
            family,
            links: self.links_of(person)?,
            same,
        }))
    }

    fn arrivals_in_detail(&self, person: PersonId) -> Result<Vec<(Arrival, Option<Movement>)>> {
        let sql = "SELECT id FROM r_arrival WHERE person = ?1 ORDER BY met_at DESC, id";
        let ids = all(self.connection(), sql, [person.0.as_bytes()], |columns| {
            columns.uuid()
        })?;
        let mut arrivals = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some((state, _)) = ArrivalState::load(&self.store, id)? {
                let movement = MovementState::load(&self.store, state.arrival.movement.0)?;
                arrivals.push((state.arrival, movement.map(|(state, _)| state.movement)));
            }
        }
        Ok(arrivals)
    }

    fn links_of(&self, person: PersonId) -> Result<Vec<Link>> {
        let sql = format!(
            "SELECT {LINK_COLUMNS} FROM r_link WHERE first = ?1
            UNION SELECT {LINK_COLUMNS} FROM r_link WHERE second = ?1 ORDER BY id"
        );
        all(self.connection(), &sql, [person.0.as_bytes()], read_link)
    }

    /// Names for ids, in the order asked; those not known here are left out.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn named(&self, persons: &[PersonId]) -> Result<Vec<NamedPerson>> {
        let sql = format!("SELECT {NEWEST_PARTICULARS} FROM r_person p WHERE p.id = ?1");
        let mut named = Vec::with_capacity(persons.len());
        for person in persons {
            let id = person.0.as_bytes();
            let known = one(self.connection(), &sql, [id], |columns| {
                columns.cbor_if_any::<Particulars>()
            })?;
            if let Some(particulars) = known {
                named.push(NamedPerson {
                    person: *person,
                    name: particulars.as_ref().map(Particulars::full_name),
                    sex: particulars.as_ref().and_then(|known| known.sex),
                    birth: particulars.as_ref().and_then(|known| known.birth),
                });
            }
        }
        Ok(named)
    }
}

/// The newest particulars of the person `p`.
const NEWEST_PARTICULARS: &str = "(SELECT v.body FROM r_person_particulars v
    WHERE v.person = p.no ORDER BY v.version DESC LIMIT 1)";
