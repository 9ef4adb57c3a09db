//! Rows of persons: what everybody may know of them, and, apart, their particulars over time with
//! the words and numbers they are found by.

use std::collections::BTreeSet;

use domain::fold_name;
use domain::{
    Entries, Event, Moment, Order, Particulars, Person, PersonId, Personal, Recorded, Slot, UserId,
};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{all, cbor, one, only};
use crate::people::Version;

/// A person with their particulars over time, as far as they can be read here.
#[derive(Clone, PartialEq)]
pub(crate) struct PersonState {
    pub(crate) person: Person,
    pub(crate) versions: Vec<Version>,
    /// When their erasure was recorded, which is when they were last counted by their traits.
    pub(crate) erased_at: Option<Moment>,
}

impl Aggregate for PersonState {
    const KIND: i64 = 4;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Some(Self {
            person: Person::from_event(recorded)?,
            versions: version(recorded).into_iter().collect(),
            erased_at: None,
        })
    }

    fn apply(&mut self, recorded: &Recorded) {
        self.person.apply(recorded);
        match &recorded.event {
            // Registered twice: one form reached two nodes.
            Event::PersonCorrected(_) | Event::PersonRegistered(_) => {
                self.versions.extend(version(recorded));
            }
            Event::PersonErased(_) => {
                self.erased_at.get_or_insert(recorded.order.recorded_at());
            }
            _ => {}
        }
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        self.person.settle(entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if self.person.erased || (!self.versions.is_empty() && store.erased(self.person.id.0)?) {
            self.person.particulars = None;
            self.versions.clear();
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = "SELECT no, registered_at, registered_by, corrections, erased, erased_at,
                last_wall, last_counter, last_node, last_position
            FROM r_person WHERE id = ?1";
        let found = one(store.connection, sql, [id.as_bytes()], |columns| {
            let no: i64 = columns.value()?;
            let person = Person {
                id: PersonId(id),
                particulars: None,
                registered_at: columns.moment()?,
                registered_by: UserId(columns.uuid()?),
                corrections: columns.count()?,
                erased: columns.flag()?,
            };
            let erased_at = columns.moment_if_any()?;
            Ok((no, person, erased_at, store.read_order(columns)?))
        })?;
        let Some((no, mut person, erased_at, last)) = found else {
            return Ok(None);
        };
        let versions = versions(no, store)?;
        let newest = versions.last().map(|newest| newest.particulars.clone());
        person.particulars = settled(no, store)?.or(newest);
        let state = Self {
            person,
            versions,
            erased_at,
        };
        Ok(Some((state, last)))
    }

    fn save(
        &self,
        before: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        touched: &mut Touched,
    ) -> Result<()> {
        let person = &self.person;
        let last = store.written(last)?;
        let sql = "INSERT INTO r_person (
                id, registered_at, registered_by, corrections, erased, last_wall, last_counter,
                last_node, last_position, erased_at
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (id) DO UPDATE SET
                registered_at = ?2, registered_by = ?3, corrections = ?4, erased = ?5,
                last_wall = ?6, last_counter = ?7, last_node = ?8, last_position = ?9,
                erased_at = ?10
            RETURNING no";
        let values = params![
            person.id.0.as_bytes(),
            person.registered_at.0,
            person.registered_by.0.as_bytes(),
            person.corrections,
            person.erased,
            last.wall,
            last.counter,
            last.node,
            last.position,
            self.erased_at.map(|at| at.0),
        ];
        let no = only(store.connection, sql, values, |columns| columns.value())?;
        let versions_before = before.map_or(&[][..], |before| &before.versions);
        write_versions(no, versions_before, &self.versions, store)?;
        let known_before = before.and_then(|before| before.person.particulars.as_ref());
        let known = person.particulars.as_ref();
        if before.is_none_or(|before| before.settled() != self.settled())
            || versions_before.len() > self.versions.len()
        {
            write_settled(no, self, store)?;
        }
        if known_before != known {
            write_words(no, known_before, known, store)?;
            write_documents(no, known_before, known, store)?;
            touched.person(person.id);
        }
        Ok(())
    }
}

impl PersonState {
    /// What stands, where that is not what was written last: edits made apart are both in it.
    fn settled(&self) -> Option<(&Version, &Particulars)> {
        let newest = self.versions.last()?;
        let known = self.person.particulars.as_ref()?;
        (*known != newest.particulars).then_some((newest, known))
    }
}

/// The number of the row that holds what stands, above those of all versions: whoever asks for the
/// newest row finds it.
const SETTLED: i64 = i64::MAX;

fn settled(no: i64, store: &Store<'_>) -> Result<Option<Particulars>> {
    let sql = "SELECT body FROM r_person_particulars WHERE person = ?1 AND version = ?2";
    one(store.connection, sql, [no, SETTLED], |columns| {
        columns.cbor()
    })
}

fn write_settled(no: i64, state: &PersonState, store: &Store<'_>) -> Result<()> {
    let Some((newest, known)) = state.settled() else {
        store.run(
            "DELETE FROM r_person_particulars WHERE person = ?1 AND version = ?2",
            [no, SETTLED],
        )?;
        return Ok(());
    };
    store.run(
        "INSERT OR REPLACE INTO r_person_particulars (person, version, at, author, reason, body)
        VALUES (?1, ?2, ?3, ?4, NULL, ?5)",
        params![
            no,
            SETTLED,
            newest.at.0,
            newest.by.0.as_bytes(),
            cbor(known)
        ],
    )?;
    Ok(())
}

fn version(recorded: &Recorded) -> Option<Version> {
    let reason = match recorded.part(Slot::Remark) {
        Some(Personal::Remark(reason)) => Some(reason.clone()),
        _ => None,
    };
    Some(Version {
        at: recorded.occurred.at,
        by: recorded.author,
        particulars: recorded.particulars()?.clone(),
        reason,
    })
}

fn versions(no: i64, store: &Store<'_>) -> Result<Vec<Version>> {
    let sql = "SELECT at, author, body, reason FROM r_person_particulars
        WHERE person = ?1 AND version < ?2 ORDER BY version";
    all(store.connection, sql, [no, SETTLED], |columns| {
        Ok(Version {
            at: columns.moment()?,
            by: UserId(columns.uuid()?),
            particulars: columns.cbor::<Particulars>()?,
            reason: columns.value()?,
        })
    })
}

fn write_versions(no: i64, old: &[Version], now: &[Version], store: &Store<'_>) -> Result<()> {
    for (number, version) in (0_i64..).zip(now) {
        if old.get(usize::try_from(number).unwrap_or(usize::MAX)) == Some(version) {
            continue;
        }
        store.run(
            "INSERT OR REPLACE INTO r_person_particulars (person, version, at, author, reason, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                no,
                number,
                version.at.0,
                version.by.0.as_bytes(),
                version.reason,
                cbor(&version.particulars),
            ],
        )?;
    }
    if old.len() > now.len() {
        store.run(
            "DELETE FROM r_person_particulars WHERE person = ?1 AND version >= ?2",
            params![no, i64::try_from(now.len()).unwrap_or(i64::MAX)],
        )?;
    }
    Ok(())
}

/// The words a name is found by.
pub(crate) fn words(name: &str) -> BTreeSet<String> {
    let folded = fold_name(name);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn write_words(
    no: i64,
    old: Option<&Particulars>,
    now: Option<&Particulars>,
    store: &Store<'_>,
) -> Result<()> {
    let of = |particulars: Option<&Particulars>| {
        particulars.map_or_else(BTreeSet::new, |known| words(&known.full_name()))
    };
    let (old, now) = (of(old), of(now));
    for word in old.difference(&now) {
        store.run(
            "DELETE FROM r_name_token WHERE token = ?1 AND person = ?2",
            params![word, no],
        )?;
    }
    for word in now.difference(&old) {
        store.run(
            "INSERT INTO r_name_token (token, person) VALUES (?1, ?2)",
            params![word, no],
        )?;
    }
    Ok(())
}

fn write_documents(
    no: i64,
    old: Option<&Particulars>,
    now: Option<&Particulars>,
    store: &Store<'_>,
) -> Result<()> {
    let of = |particulars: Option<&Particulars>| -> BTreeSet<String> {
        let documents = particulars.map_or(&[][..], |known| &known.documents);
        let numbers = documents.iter().map(|document| document.number.clone());
        numbers.collect()
    };
    let (old, now) = (of(old), of(now));
    for number in old.difference(&now) {
        store.run(
            "DELETE FROM r_document WHERE number = ?1 AND person = ?2",
            params![number, no],
        )?;
    }
    for number in now.difference(&old) {
        store.run(
            "INSERT INTO r_document (number, person) VALUES (?1, ?2)",
            params![number, no],
        )?;
    }
    Ok(())
}
