//! Rows of users: roles for everybody, names apart.

use domain::{Entries, Event, Order, Recorded, Role, Staff, User, UserId};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, cbor, one};

/// The columns that [`read_user`] reads, of `r_user u LEFT JOIN r_staff s`.
pub(crate) const USER_COLUMNS: &str = "u.id, u.roles, u.active, s.login, s.name";

/// A user out of [`USER_COLUMNS`].
pub(crate) fn read_user(columns: &mut Columns<'_, '_>) -> Result<User> {
    let id = UserId(columns.uuid()?);
    let roles = columns.cbor::<Vec<Role>>()?;
    let active = columns.flag()?;
    let login: Option<String> = columns.value()?;
    let name: Option<String> = columns.value()?;
    Ok(User {
        id,
        roles,
        active,
        staff: login.zip(name).map(|(login, name)| Staff { login, name }),
    })
}

impl Aggregate for User {
    const KIND: i64 = 8;

    fn begin(recorded: &Recorded) -> Option<Self> {
        let Event::UserAdmitted(admitted) = &recorded.event else {
            return None;
        };
        let mut user = Self::new(admitted.user);
        Self::apply(&mut user, recorded);
        Some(user)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        Self::settle(self, entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if self.staff.is_some() && store.erased(self.id.0)? {
            self.staff = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {USER_COLUMNS}, u.last_wall, u.last_counter, u.last_node, u.last_position
            FROM r_user u LEFT JOIN r_staff s ON s.user = u.id WHERE u.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_user(columns)?, store.read_order(columns)?))
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
            "INSERT OR REPLACE INTO r_user (
                id, roles, active, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.id.0.as_bytes(),
                cbor(&self.roles),
                self.active,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        match &self.staff {
            Some(staff) => store.run(
                "INSERT OR REPLACE INTO r_staff (user, login, name) VALUES (?1, ?2, ?3)",
                params![self.id.0.as_bytes(), staff.login, staff.name],
            )?,
            None => store.run(
                "DELETE FROM r_staff WHERE user = ?1",
                [self.id.0.as_bytes()],
            )?,
        };
        Ok(())
    }
}
