//! Is this somebody we know? Everybody whose data this node may read, held in memory as numbers and sounds
//! beside the register, never on the disk. It is made out of the register when it is first needed, and keeps up
//! with the ledger from there. It proposes; a person links.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use domain::{
    Birth, Day, Document, DocumentKind, Event, FamilyId, NodeKey, Particulars, PersonId, Sex,
};
use ledger::Position;
use linkage::{Explanation, Fields, Index, Model};
use uuid::Uuid;

use crate::error::NodeError;
use crate::intake::TakenIn;
use crate::node::Node;
use crate::reading::Snapshot;

/// Where a model of one's own is kept among the node's settings.
const MODEL: &str = "linkage-model";

/// An index of so many is made in less than half a second.
const MADE_IN_PASSING: usize = 20_000;

/// Somebody who may be the one.
#[derive(Clone, PartialEq, Debug)]
pub struct Acquaintance {
    /// The person as registered before.
    pub person: PersonId,
    /// How probable it is.
    pub probability: f64,
    /// Why.
    pub because: Explanation,
}

/// Who is asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// As far as it is known.
    pub particulars: &'a Particulars,
    /// Families of which somebody was found already on the same movement.
    pub families: &'a [FamilyId],
    /// How many people came by it: so many could be of those families.
    pub among: u32,
    /// At most so many answers.
    pub most: usize,
    /// None less probable.
    pub least: f64,
}

pub use linkage::Size;

/// The index of a node, made when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Acquaintances {
    known: Mutex<Option<Everybody>>,
    is_ready: AtomicBool,
    /// Logs were cut anew: the index has to be made anew.
    is_stale: AtomicBool,
    /// Of whom something became readable that was not when their events were read.
    again: Mutex<Vec<Uuid>>,
}

impl Acquaintances {
    /// Other nodes sent something: what was read before may say more now than it did.
    pub(crate) fn note(&self, taken: &TakenIn) {
        if taken.received.as_ref().is_some_and(|it| !it.cut.is_empty()) {
            self.is_stale.store(true, Ordering::Release);
        }
        if !taken.readable.is_empty() {
            self.again().extend(&taken.readable);
        }
    }

    fn again(&self) -> std::sync::MutexGuard<'_, Vec<Uuid>> {
        self.again.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The index, and where in it everybody stands.
#[derive(Debug)]
struct Everybody {
    index: Index,
    people: Vec<PersonId>,
    /// By the lower half of the id, which is random (RFC 9562, section 5.7).
    places: HashMap<u64, u32>,
    /// How far each log was read.
    seen: HashMap<NodeKey, u64>,
}

impl Node {
    /// Who of those registered before it may be, the most probable first.
    ///
    /// # Errors
    /// When the register or the ledger cannot be read.
    pub fn is_this_somebody_known(
        &self,
        asked: &Asked<'_>,
    ) -> Result<Vec<Acquaintance>, NodeError> {
        self.with_everybody(|everybody| everybody.find(asked))
    }

    /// Everybody whose data can be read here, as linkage compares them.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn each_to_compare(
        &self,
        mut take: impl FnMut(PersonId, &Fields<'_>),
    ) -> Result<(), NodeError> {
        self.read(|register| {
            Ok(register.each_known(|person, particulars, family| {
                with_fields(particulars, family, |fields| take(person, fields));
            })?)
        })
    }

    /// Whether asking takes no time worth speaking of: the index was made, by [`Node::get_acquainted`] or by the
    /// first who asked, or so few are known that it is made in passing.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn is_acquainted(&self) -> Result<bool, NodeError> {
        if self.shared.acquaintances.is_ready.load(Ordering::Acquire) {
            return Ok(true);
        }
        let people = self.read::<_, NodeError>(|register| Ok(register.people_known()?))?;
        Ok(people <= MADE_IN_PASSING)
    }

    /// Makes the index, and says how large it is.
    ///
    /// # Errors
    /// As [`Node::is_this_somebody_known`].
    pub fn get_acquainted(&self) -> Result<Size, NodeError> {
        self.with_everybody(|everybody| everybody.index.size())
    }

    /// The model that this node weighs by: its own, where one was learnt here.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn linkage_model(&self) -> Result<Model, NodeError> {
        let own = self.setting(MODEL)?;
        let own = own.and_then(|json| String::from_utf8(json).ok());
        // A model of a later version is not read; the one that ships is no worse than none.
        Ok(own
            .and_then(|json| Model::from_json(&json).ok())
            .unwrap_or_default())
    }

    /// Weighs by another model from now on, and after the next start.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn set_linkage_model(&self, model: &Model) -> Result<(), NodeError> {
        self.set_setting(MODEL, model.to_json().as_bytes())?;
        self.with_everybody(|everybody| everybody.index.set_model(model.clone()))
    }

    fn with_everybody<T>(&self, ask: impl FnOnce(&mut Everybody) -> T) -> Result<T, NodeError> {
        let acquaintances = &self.shared.acquaintances;
        let mut known = acquaintances.known.lock().unwrap_or_else(|poisoned| {
            // Whoever panicked may have left it half done: it is made anew.
            acquaintances.known.clear_poison();
            acquaintances.is_ready.store(false, Ordering::Release);
            let mut known = poisoned.into_inner();
            *known = None;
            known
        });
        let is_current = match &mut *known {
            Some(_) if acquaintances.is_stale.swap(false, Ordering::AcqRel) => false,
            Some(everybody) => {
                let again = std::mem::take(&mut *acquaintances.again());
                self.look(|snapshot| {
                    everybody.read_again(&again, snapshot)?;
                    everybody.catch_up(snapshot)
                })?
            }
            None => false,
        };
        if !is_current {
            let model = self.linkage_model()?;
            *known = None;
            *known = Some(self.look(|snapshot| Everybody::of(snapshot, model))?);
            acquaintances.is_ready.store(true, Ordering::Release);
        }
        Ok(ask(known.as_mut().expect("it was just made")))
    }
}

impl Everybody {
    fn of(snapshot: &Snapshot<'_>, model: Model) -> Result<Self, NodeError> {
        let register = snapshot.register();
        let people = register.people_known()?;
        let mut everybody = Self {
            index: Index::new(model, people),
            people: Vec::with_capacity(people),
            places: HashMap::with_capacity(people),
            seen: seen(snapshot)?,
        };
        register
            .each_known(|person, particulars, family| everybody.add(person, particulars, family))?;
        Ok(everybody)
    }

    /// Takes in what was recorded since. Not, where somebody was erased: words of their names would stay, and the
    /// index has to be made anew.
    fn catch_up(&mut self, snapshot: &Snapshot<'_>) -> Result<bool, NodeError> {
        let now = seen(snapshot)?;
        if now == self.seen {
            return Ok(true);
        }
        let source = snapshot.source();
        let register = snapshot.register();
        for (node, size) in &now {
            let before = self.seen.get(node).copied().unwrap_or(0);
            if before >= *size {
                continue;
            }
            let events = source.0.range(
                ledger::NodeId(node.0),
                Position(before + 1),
                Position(*size),
            )?;
            for event in &events {
                // Its public body is enough: nothing is unsealed for it.
                let event = Event::from_cbor(event.kind(), event.body());
                if matches!(event, Event::PersonErased(_)) {
                    return Ok(false);
                }
                if let Some(person) = concerned(&event) {
                    self.forget(person);
                    register.known(person, |person, particulars, family| {
                        self.add(person, particulars, family);
                    })?;
                }
            }
        }
        self.seen = now;
        Ok(true)
    }

    /// Reads people again of whom more can be read now. What is no person is passed over.
    fn read_again(&mut self, again: &[Uuid], snapshot: &Snapshot<'_>) -> Result<(), NodeError> {
        let register = snapshot.register();
        for id in again {
            let person = PersonId(*id);
            self.forget(person);
            register.known(person, |person, particulars, family| {
                self.add(person, particulars, family);
            })?;
        }
        Ok(())
    }

    fn add(&mut self, person: PersonId, particulars: &Particulars, family: Option<FamilyId>) {
        let place = with_fields(particulars, family, |fields| self.index.add(fields));
        debug_assert_eq!(
            place as usize,
            self.people.len(),
            "places are given in order"
        );
        self.people.push(person);
        self.places.insert(short(person), place);
    }

    fn forget(&mut self, person: PersonId) {
        if let Some(place) = self.places.remove(&short(person)) {
            self.index.remove(place);
            self.people[place as usize] = PersonId(Uuid::nil());
        }
    }

    fn find(&mut self, asked: &Asked<'_>) -> Vec<Acquaintance> {
        let families: Vec<String> = asked
            .families
            .iter()
            .map(|family| family.0.to_string())
            .collect();
        let families: Vec<&str> = families.iter().map(String::as_str).collect();
        let families = linkage::Families {
            parties: &families,
            among: asked.among,
        };
        let found = with_fields(asked.particulars, None, |fields| {
            self.index
                .candidates(fields, families, asked.most, asked.least)
        });
        let person = |candidate: linkage::Candidate| Acquaintance {
            person: self.people[candidate.place as usize],
            probability: candidate.probability,
            because: candidate.explanation,
        };
        found.into_iter().map(person).collect()
    }
}

fn seen(snapshot: &Snapshot<'_>) -> Result<HashMap<NodeKey, u64>, NodeError> {
    let heads = snapshot.source().0.heads()?;
    Ok(heads
        .into_iter()
        .map(|head| (NodeKey(head.node.0), head.size))
        .collect())
}

/// Of whom an event says something that people are compared by.
const fn concerned(event: &Event) -> Option<PersonId> {
    match event {
        Event::PersonRegistered(registered) => Some(registered.person),
        Event::PersonCorrected(corrected) => Some(corrected.person),
        Event::FamilyJoined(joined) => Some(joined.person),
        Event::FamilyLeft(left) => Some(left.person),
        _ => None,
    }
}

fn short(person: PersonId) -> u64 {
    person.0.as_u64_pair().1
}

/// Of several documents the one that people are compared by: that which says most of who somebody is.
pub fn compared_document(particulars: &Particulars) -> Option<&Document> {
    let rank = |kind: DocumentKind| match kind {
        DocumentKind::IdentityCard => 0,
        DocumentKind::Passport => 1,
        DocumentKind::BirthCertificate => 2,
        DocumentKind::Other => 3,
    };
    particulars
        .documents
        .iter()
        .min_by_key(|document| rank(document.kind))
}

/// What linkage compares of somebody.
fn with_fields<T>(
    particulars: &Particulars,
    family: Option<FamilyId>,
    take: impl FnOnce(&Fields<'_>) -> T,
) -> T {
    let birth_date = match particulars.birth {
        Some(Birth::On(Day(day))) => day.to_string(),
        Some(Birth::Year(year)) => format!("{year:04}"),
        Some(Birth::Aged {
            years,
            on: Day(day),
        }) => format!("{:04}", day.year().saturating_sub(years)),
        None => String::new(),
    };
    let family = family
        .map(|family| family.0.to_string())
        .unwrap_or_default();
    take(&Fields {
        given_names: &particulars.given_names,
        family_name: &particulars.family_name,
        sex: match particulars.sex {
            Some(Sex::F) => "f",
            Some(Sex::M) => "m",
            Some(Sex::X) | None => "",
        },
        birth_date: &birth_date,
        mother_name: particulars.mother_name.as_deref().unwrap_or_default(),
        birthplace: particulars.birthplace.as_deref().unwrap_or_default(),
        phone: particulars.phone.as_deref().unwrap_or_default(),
        document: compared_document(particulars).map_or("", |document| &document.number),
        party: &family,
    })
}
