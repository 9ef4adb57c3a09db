//! Rows of links between records of one person, and of families.

use domain::{Family, FamilyId, Link, LinkId, Member, Order, PersonId, Recorded, RelationCode};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, all, one};

/// The columns that [`read_link`] reads.
pub(crate) const LINK_COLUMNS: &str = "id, first, second, active";

/// A link out of [`LINK_COLUMNS`].
pub(crate) fn read_link(columns: &mut Columns<'_, '_>) -> Result<Link> {
    Ok(Link {
        id: LinkId(columns.uuid()?),
        first: PersonId(columns.uuid()?),
        second: PersonId(columns.uuid()?),
        active: columns.flag()?,
    })
}

impl Aggregate for Link {
    const KIND: i64 = 5;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {LINK_COLUMNS}, last_wall, last_counter, last_node, last_position
            FROM r_link WHERE id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_link(columns)?, store.read_order(columns)?))
        })
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let last = store.written(last)?;
        store.run(
            "INSERT OR REPLACE INTO r_link (
                id, first, second, active, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.id.0.as_bytes(),
                self.first.0.as_bytes(),
                self.second.0.as_bytes(),
                self.active,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        Ok(())
    }
}

impl Aggregate for Family {
    const KIND: i64 = 6;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        for member in &mut self.members {
            if member.relation.is_some() && store.erased(member.person.0)? {
                member.relation = None;
            }
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = "SELECT last_wall, last_counter, last_node, last_position
            FROM r_family WHERE id = ?1";
        let last = one(store.connection, sql, [id.as_bytes()], |columns| {
            store.read_order(columns)
        })?;
        let Some(last) = last else {
            return Ok(None);
        };
        let sql = "SELECT m.person, r.code FROM r_member m
            LEFT JOIN r_relation r ON r.family = m.family AND r.person = m.person
            WHERE m.family = ?1 ORDER BY m.place";
        let members = all(store.connection, sql, [id.as_bytes()], |columns| {
            Ok(Member {
                person: PersonId(columns.uuid()?),
                relation: columns.value::<Option<String>>()?.map(RelationCode::any),
            })
        })?;
        let family = Self {
            id: FamilyId(id),
            members,
        };
        Ok(Some((family, last)))
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let id = self.id.0.as_bytes();
        let last = store.written(last)?;
        store.run(
            "INSERT OR REPLACE INTO r_family (
                id, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, last.wall, last.counter, last.node, last.position],
        )?;
        store.run("DELETE FROM r_member WHERE family = ?1", [id])?;
        store.run("DELETE FROM r_relation WHERE family = ?1", [id])?;
        for (place, member) in (0_i64..).zip(&self.members) {
            let person = member.person.0.as_bytes();
            store.run(
                "INSERT INTO r_member (family, place, person) VALUES (?1, ?2, ?3)",
                params![id, place, person],
            )?;
            if let Some(relation) = &member.relation {
                store.run(
                    "INSERT INTO r_relation (family, person, code) VALUES (?1, ?2, ?3)",
                    params![id, person, relation.as_str()],
                )?;
            }
        }
        Ok(())
    }
}
