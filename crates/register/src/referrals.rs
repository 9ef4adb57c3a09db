//! The directory of services, who is referred to them, and what became of it.

use std::collections::BTreeMap;

use domain::{Moment, Permission, Referral, ReferralState, Service, ServiceKind, SiteId};
use rusqlite::params;

use crate::columns::all;
use crate::fold::{REFERRAL_COLUMNS, SERVICE_COLUMNS, read_referral, read_service};
use crate::{Register, Result};

/// Referrals of one kind of service and how they stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReferralTally {
    /// The kind; none where this node may not read it.
    pub kind: Option<ServiceKind>,
    /// How many stand at each state.
    pub states: BTreeMap<ReferralState, u64>,
}

impl Register<'_> {
    /// Every service, by kind, then name.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn services(&self) -> Result<Vec<Service>> {
        let sql = format!(
            "SELECT {SERVICE_COLUMNS}
            FROM r_service s LEFT JOIN r_service_contact c ON c.service = s.id
            ORDER BY s.kind, s.name, s.id"
        );
        all(self.connection(), &sql, [], read_service)
    }

    /// The referrals of a site that are not over, as far as somebody who may do this may know of
    /// them: those to be asked after, the longest overdue first, then those whose person is lost. At
    /// most so many.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn open_referrals(
        &self,
        site: SiteId,
        may: impl Fn(Permission) -> bool,
        limit: u32,
    ) -> Result<Vec<Referral>> {
        let open = ServiceKind::KNOWN.iter();
        let open = listed(open.filter(|kind| may(kind.guarded_by())));
        // A kind of a newer version is for whoever sees the sealed ones.
        let known = listed(ServiceKind::KNOWN);
        let sql = format!(
            "SELECT {REFERRAL_COLUMNS}
            FROM r_referral f LEFT JOIN r_referral_terms t ON t.referral = f.id
            LEFT JOIN r_service s ON s.id = t.service
            WHERE f.site = ?1 AND f.state IN ('made', 'accepted', 'lost')
                AND NOT EXISTS (SELECT 1 FROM r_person p WHERE p.id = f.person AND p.erased = 1)
                AND (f.guarded = 0 OR ?3)
                AND (s.kind IS NULL OR s.kind IN ({open}) OR (?3 AND s.kind NOT IN ({known})))
            ORDER BY f.due IS NULL, f.due, f.made_at, f.id LIMIT ?2"
        );
        let values = params![site.0.as_bytes(), limit, may(Permission::Protect)];
        all(self.connection(), &sql, values, read_referral)
    }

    /// The referrals made at a site in a span (from, inclusive, to, exclusive), by kind of service
    /// and by how they stand now. Those that the protection role alone may know of are left out.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn referral_tallies(
        &self,
        site: SiteId,
        (from, to): (Moment, Moment),
    ) -> Result<Vec<ReferralTally>> {
        let sql = "SELECT s.kind, f.state, count(*)
            FROM r_referral f LEFT JOIN r_referral_terms t ON t.referral = f.id
            LEFT JOIN r_service s ON s.id = t.service
            WHERE f.site = ?1 AND f.made_at >= ?2 AND f.made_at < ?3 AND f.guarded = 0
            GROUP BY 1, 2 ORDER BY 1, 2";
        let values = params![site.0.as_bytes(), from.0, to.0];
        let rows = all(self.connection(), sql, values, |columns| {
            let kind: Option<String> = columns.value()?;
            let state = columns.code(ReferralState::from_code)?;
            Ok((kind, state, u64::from(columns.count()?)))
        })?;
        let mut tallies: BTreeMap<Option<String>, BTreeMap<ReferralState, u64>> = BTreeMap::new();
        for (kind, state, count) in rows {
            *tallies.entry(kind).or_default().entry(state).or_default() += count;
        }
        let tallies = tallies.into_iter().map(|(kind, states)| ReferralTally {
            kind: kind.map(ServiceKind::any),
            states,
        });
        Ok(tallies.collect())
    }
}

/// The codes of kinds this version knows, as a list of SQL.
fn listed<'a>(kinds: impl IntoIterator<Item = &'a ServiceKind>) -> String {
    let quoted = kinds.into_iter().map(|kind| format!("'{}'", kind.as_str()));
    quoted.collect::<Vec<_>>().join(", ")
}
