//! Everybody whose particulars can be read here, for whoever compares them.

use domain::{FamilyId, MovementId, Particulars, PersonId};

use super::NEWEST_PARTICULARS;
use crate::columns::{Columns, all, each, one, only};
use crate::{Register, Result};

/// Most families that are looked at because they come again by one movement.
const FAMILIES_MAX: u32 = 500;
/// The family of the person `p`.
const FAMILY: &str =
    "(SELECT m.family FROM r_member m WHERE m.person = p.id ORDER BY m.family LIMIT 1)";

impl Register<'_> {
    /// How many there are, nearly: those whose particulars cannot be read here are counted too.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn people_known(&self) -> Result<usize> {
        let sql = "SELECT count(*) FROM r_person WHERE NOT erased";
        let many: i64 = only(self.connection(), sql, [], |columns| columns.value())?;
        Ok(usize::try_from(many).unwrap_or(0))
    }

    /// Everybody with their newest particulars and their family, in the order they became known here.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn each_known(
        &self,
        mut take: impl FnMut(PersonId, &Particulars, Option<FamilyId>),
    ) -> Result<()> {
        let sql = format!(
            "SELECT p.id, {NEWEST_PARTICULARS}, {FAMILY} FROM r_person p WHERE NOT p.erased ORDER BY p.no"
        );
        each(self.connection(), &sql, [], |columns| {
            read(columns, &mut take)
        })
    }

    /// The same of one person, if they can be read here.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn known(
        &self,
        person: PersonId,
        mut take: impl FnMut(PersonId, &Particulars, Option<FamilyId>),
    ) -> Result<()> {
        let sql = format!(
            "SELECT p.id, {NEWEST_PARTICULARS}, {FAMILY} FROM r_person p WHERE p.id = ?1 AND NOT p.erased"
        );
        let id = person.0.as_bytes();
        one(self.connection(), &sql, [id], |columns| {
            read(columns, &mut take)
        })?;
        Ok(())
    }

    /// Families of which somebody came by a movement who had come before, on one record or on two that were linked.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn families_come_again(&self, movement: MovementId) -> Result<Vec<FamilyId>> {
        let sql = format!(
            "SELECT DISTINCT m.family FROM r_arrival a JOIN r_member m ON m.person = a.person
            WHERE a.movement = ?1 AND EXISTS (
                SELECT 1 FROM r_arrival b WHERE b.movement <> a.movement AND (
                    b.person = a.person
                    OR b.person IN (SELECT k.second FROM r_link k WHERE k.first = a.person AND k.active)
                    OR b.person IN (SELECT k.first FROM r_link k WHERE k.second = a.person AND k.active)
                )
            ) ORDER BY m.family LIMIT {FAMILIES_MAX}"
        );
        let id = movement.0.as_bytes();
        all(self.connection(), &sql, [id], |columns| {
            Ok(FamilyId(columns.uuid()?))
        })
    }

    /// Pairs of records of which people decided that they are one person, or are not after all.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn decided(&self) -> Result<Vec<(PersonId, PersonId)>> {
        let sql = "SELECT first, second FROM r_link ORDER BY id";
        all(self.connection(), sql, [], |columns| {
            Ok((PersonId(columns.uuid()?), PersonId(columns.uuid()?)))
        })
    }

    /// How many came by a movement, as far as they were met.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn came_by(&self, movement: MovementId) -> Result<u32> {
        let sql = "SELECT count(*) FROM r_arrival WHERE movement = ?1";
        let id = movement.0.as_bytes();
        only(self.connection(), sql, [id], |columns| columns.count())
    }
}

fn read(
    columns: &mut Columns<'_, '_>,
    take: &mut impl FnMut(PersonId, &Particulars, Option<FamilyId>),
) -> Result<()> {
    let person = PersonId(columns.uuid()?);
    let particulars = columns.cbor_if_any::<Particulars>()?;
    let family = columns.uuid_if_any()?.map(FamilyId);
    if let Some(particulars) = particulars {
        take(person, &particulars, family);
    }
    Ok(())
}
