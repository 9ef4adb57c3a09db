//! Facts that more than one aggregate has a part in: who holds a line of a manifest, and the traits
//! of an arrival, which come from the person and from the calendar of the site. They are worked out
//! again from the rows whenever one of those rows changed, so they are a function of the rows. At the
//! end each arrival that changed is packed anew for the reports.

use std::collections::{BTreeSet, HashMap};

use domain::{AgeGroup, LineId, Moment, Order, Particulars, PersonId, SiteId};
use jiff::tz::TimeZone;
use rusqlite::params;
use uuid::Uuid;

use super::packing::{block, pack, pack_changes};
use super::store::Store;
use crate::Result;
use crate::columns::{all, one};

/// What changed since the facts were last worked out. Ordered sets, so that rows are written in the
/// order of their keys.
#[derive(Default)]
pub(crate) struct Touched {
    lines: BTreeSet<LineId>,
    arrivals: BTreeSet<i64>,
    counted: BTreeSet<i64>,
    blocks: BTreeSet<(i64, i64)>,
    persons: BTreeSet<PersonId>,
    sites: BTreeSet<SiteId>,
}

impl Touched {
    pub(crate) fn line(&mut self, line: LineId) {
        self.lines.insert(line);
    }

    pub(crate) fn lines(&mut self, lines: impl Iterator<Item = LineId>) {
        self.lines.extend(lines);
    }

    /// An arrival, by its number, whose person, site or moment changed.
    pub(crate) fn arrival(&mut self, no: i64) {
        self.arrivals.insert(no);
    }

    /// An arrival, by its number, of which something changed that reports count.
    pub(crate) fn counted(&mut self, no: i64) {
        self.counted.insert(no);
    }

    /// A place in the log of a node, by its number, where goods moved.
    pub(crate) fn goods(&mut self, node: i64, position: i64) {
        self.blocks.insert((node, block(position)));
    }

    /// A person whose particulars changed.
    pub(crate) fn person(&mut self, person: PersonId) {
        self.persons.insert(person);
    }

    /// A site whose calendar changed.
    pub(crate) fn site(&mut self, site: SiteId) {
        self.sites.insert(site);
    }

    /// Works out every fact that may have changed.
    pub(super) fn settle(&mut self, store: &Store<'_>) -> Result<()> {
        for LineId(line) in std::mem::take(&mut self.lines) {
            settle_line(line, &mut self.counted, store)?;
        }
        for PersonId(person) in std::mem::take(&mut self.persons) {
            let sql = "SELECT no FROM r_arrival WHERE person = ?1";
            let theirs = all(store.connection, sql, [person.as_bytes()], |columns| {
                columns.value()
            })?;
            self.arrivals.extend::<Vec<i64>>(theirs);
        }
        for SiteId(site) in std::mem::take(&mut self.sites) {
            let sql = "SELECT no FROM r_arrival WHERE site = ?1 AND person IS NOT NULL";
            let there = all(store.connection, sql, [site.as_bytes()], |columns| {
                columns.value()
            })?;
            self.arrivals.extend::<Vec<i64>>(there);
        }
        let mut zones = HashMap::new();
        for no in std::mem::take(&mut self.arrivals) {
            settle_traits(no, &mut zones, store)?;
            self.counted.insert(no);
        }
        for no in std::mem::take(&mut self.counted) {
            pack(no, store)?;
        }
        for (node, block) in std::mem::take(&mut self.blocks) {
            pack_changes(node, block, store)?;
        }
        Ok(())
    }
}

/// The arrival that claimed the line first holds it, if it came by the line's movement.
fn settle_line(line: Uuid, counted: &mut BTreeSet<i64>, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT a.no, a.listed, a.movement IS l.movement, a.registered_wall,
            a.registered_counter, a.registered_node, a.registered_position
        FROM r_arrival a LEFT JOIN r_line l ON l.id = a.line WHERE a.line = ?1";
    let claims = all(store.connection, sql, [line.as_bytes()], |columns| {
        let no: i64 = columns.value()?;
        let holds = columns.flag()?;
        let may = columns.flag()?;
        Ok((no, holds, may, store.read_order(columns)?))
    })?;
    let first = claims.iter().filter(|(_, _, may, _)| *may);
    let first: Option<(Order, i64)> = first.map(|(no, _, _, order)| (*order, *no)).min();
    for (no, holds, _, _) in claims {
        let should = first.is_some_and(|(_, holder)| holder == no);
        if holds != should {
            store.run(
                "UPDATE r_arrival SET listed = ?2 WHERE no = ?1",
                params![no, should],
            )?;
            counted.insert(no);
        }
    }
    Ok(())
}

struct Facts {
    met_at: Moment,
    site: SiteId,
    zone: Option<String>,
    particulars: Option<Particulars>,
}

/// The traits by which reports count somebody, as far as this node may read them.
fn settle_traits(no: i64, zones: &mut HashMap<SiteId, TimeZone>, store: &Store<'_>) -> Result<()> {
    let sql = "SELECT a.met_at, a.site, s.time_zone,
            (SELECT v.body FROM r_person p JOIN r_person_particulars v ON v.person = p.no
             WHERE p.id = a.person ORDER BY v.version DESC LIMIT 1)
        FROM r_arrival a LEFT JOIN r_site s ON s.id = a.site WHERE a.no = ?1";
    let facts = one(store.connection, sql, [no], |columns| {
        Ok(Facts {
            met_at: columns.moment()?,
            site: SiteId(columns.uuid()?),
            zone: columns.value()?,
            particulars: columns.cbor_if_any()?,
        })
    })?;
    let Some(facts) = facts else {
        return Ok(());
    };
    let Some(known) = facts.particulars else {
        store.run("DELETE FROM r_arrival_traits WHERE arrival = ?1", [no])?;
        return Ok(());
    };
    let zone = zones.entry(facts.site).or_insert_with(|| {
        let zone = facts.zone.as_deref().map(TimeZone::get);
        zone.and_then(Result::ok).unwrap_or(TimeZone::UTC)
    });
    let day = facts
        .met_at
        .timestamp()
        .to_zoned_datetime(zone.clone())
        .date();
    store.run(
        "INSERT OR REPLACE INTO r_arrival_traits (
            arrival, age_group, origin, destination, last_residence
        ) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            no,
            age_group_number(known.age_group(day)),
            known.origin.as_ref().map(domain::PCode::as_str),
            known.destination.as_ref().map(domain::PCode::as_str),
            known.last_residence.as_ref().map(domain::Country::as_str),
        ],
    )?;
    Ok(())
}

/// The number under which rows keep an age group: its place in [`AgeGroup::ALL`].
pub(crate) fn age_group_number(group: AgeGroup) -> i64 {
    match group {
        AgeGroup::Men => 0,
        AgeGroup::Women => 1,
        AgeGroup::Boys => 2,
        AgeGroup::Girls => 3,
        AgeGroup::Unknown => 4,
    }
}
