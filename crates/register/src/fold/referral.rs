//! Rows of services and referrals. What everybody may know of a referral stands apart from the
//! service it leads to, which is sealed.

use domain::{
    Availability, CallResult, Contact, Entries, Order, PersonId, Recorded, Referral, ReferralId,
    ReferralState, ReferralTerms, Service, ServiceId, ServiceKind, SiteId, UserId,
};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, cbor, one};

/// The columns that [`read_service`] reads, of `r_service s LEFT JOIN r_service_contact c`.
pub(crate) const SERVICE_COLUMNS: &str =
    "s.id, s.name, s.kind, s.languages, s.active, s.as_of, s.available, c.body";

/// A service out of [`SERVICE_COLUMNS`].
pub(crate) fn read_service(columns: &mut Columns<'_, '_>) -> Result<Service> {
    Ok(Service {
        id: ServiceId(columns.uuid()?),
        name: columns.text()?,
        kind: ServiceKind::any(columns.text()?),
        languages: columns.cbor()?,
        active: columns.flag()?,
        as_of: columns.moment()?,
        available: columns.cbor_if_any::<Availability>()?,
        contact: columns.cbor_if_any::<Contact>()?,
    })
}

impl Aggregate for Service {
    const KIND: i64 = 9;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        Self::settle(self, entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if self.contact.is_some() && store.erased(self.id.0)? {
            self.contact = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {SERVICE_COLUMNS}, s.last_wall, s.last_counter, s.last_node, s.last_position
            FROM r_service s LEFT JOIN r_service_contact c ON c.service = s.id WHERE s.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_service(columns)?, store.read_order(columns)?))
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
        let id = self.id.0.as_bytes();
        store.run(
            "INSERT OR REPLACE INTO r_service (
                id, name, kind, languages, active, as_of, available, last_wall, last_counter,
                last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                id,
                self.name,
                self.kind.as_str(),
                cbor(&self.languages),
                self.active,
                self.as_of.0,
                self.available.as_ref().map(cbor),
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        match &self.contact {
            Some(contact) => store.run(
                "INSERT OR REPLACE INTO r_service_contact (service, body) VALUES (?1, ?2)",
                params![id, cbor(contact)],
            )?,
            None => store.run("DELETE FROM r_service_contact WHERE service = ?1", [id])?,
        };
        Ok(())
    }
}

/// The columns that [`read_referral`] reads, of `r_referral f LEFT JOIN r_referral_terms t`.
pub(crate) const REFERRAL_COLUMNS: &str = "f.id, f.person, f.site, f.made_at, f.made_by, f.due, \
    f.state, f.before_lost, f.state_at, f.follow_ups, f.unreached, f.last_call, f.calls_declined, \
    f.guarded, t.body";

/// A referral out of [`REFERRAL_COLUMNS`].
pub(crate) fn read_referral(columns: &mut Columns<'_, '_>) -> Result<Referral> {
    Ok(Referral {
        id: ReferralId(columns.uuid()?),
        person: PersonId(columns.uuid()?),
        site: SiteId(columns.uuid()?),
        made_at: columns.moment()?,
        made_by: UserId(columns.uuid()?),
        due: columns.moment_if_any()?,
        state: columns.code(ReferralState::from_code)?,
        before_lost: columns.code(ReferralState::from_code)?,
        state_at: columns.moment()?,
        follow_ups: columns.count()?,
        unreached: columns.count()?,
        last_call: columns.value::<Option<String>>()?.map(CallResult::any),
        calls_declined: columns.flag()?,
        guarded: columns.flag()?,
        terms: columns.cbor_if_any::<ReferralTerms>()?,
    })
}

impl Aggregate for Referral {
    const KIND: i64 = 10;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, history: &[Recorded]) {
        Self::settle(self, entries, history);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if self.terms.is_some() && store.erased(self.person.0)? {
            self.terms = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {REFERRAL_COLUMNS}, f.last_wall, f.last_counter, f.last_node, f.last_position
            FROM r_referral f LEFT JOIN r_referral_terms t ON t.referral = f.id WHERE f.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_referral(columns)?, store.read_order(columns)?))
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
        let id = self.id.0.as_bytes();
        store.run(
            "INSERT OR REPLACE INTO r_referral (
                id, person, site, made_at, made_by, due, state, before_lost, state_at, follow_ups,
                unreached, last_call, calls_declined, guarded, last_wall, last_counter, last_node,
                last_position
            ) VALUES (
                ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
            )",
            params![
                id,
                self.person.0.as_bytes(),
                self.site.0.as_bytes(),
                self.made_at.0,
                self.made_by.0.as_bytes(),
                self.due.map(|due| due.0),
                self.state.code(),
                self.before_lost.code(),
                self.state_at.0,
                self.follow_ups,
                self.unreached,
                self.last_call.as_ref().map(CallResult::as_str),
                self.calls_declined,
                self.guarded,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        match &self.terms {
            Some(terms) => store.run(
                "INSERT OR REPLACE INTO r_referral_terms (referral, service, body)
                VALUES (?1, ?2, ?3)",
                params![id, terms.service.0.as_bytes(), cbor(terms)],
            )?,
            None => store.run("DELETE FROM r_referral_terms WHERE referral = ?1", [id])?,
        };
        Ok(())
    }
}
