//! Who may hold what of people's data (G8): headquarters all of it, a site that of the people it
//! receives. The register knows whose site is concerned; this holds it against a node's papers.

use domain::{Event, Owner, SiteId};
use ledger::{AggregateId, Hash, KeyId, Member, Scope, View};
use register::{Reach, Register};
use uuid::Uuid;

use crate::error::NodeError;
use crate::intake::concerned;

/// Whether a node may hold what is sealed under a data key.
pub(crate) fn may_hold(
    register: &Register<'_>,
    member: &Member,
    key: KeyId,
) -> Result<bool, NodeError> {
    if member.scope == Scope::Everything {
        return Ok(true);
    }
    let site = SiteId(Uuid::from_bytes(member.site.0));
    Ok(match register.reach(Owner(Uuid::from_bytes(key.0)))? {
        Reach::Everybody => true,
        Reach::Sites(sites) => sites.contains(&site),
    })
}

/// The same, as a meeting asks it.
pub(crate) struct RegisterReach<'r>(pub(crate) &'r Register<'r>);

impl ledger::sync::Reach for RegisterReach<'_> {
    fn may_hold(&self, member: &Member, key: KeyId) -> ledger::Result<bool> {
        may_hold(self.0, member, key).map_err(|error| ledger::Error::Unverified(error.to_string()))
    }
}

/// The same, as a bundle asks it: what is told of people in one event may lie beside earlier ones.
pub(crate) struct BundleReach<'r> {
    pub(crate) register: &'r Register<'r>,
    pub(crate) view: View<'r>,
}

impl BundleReach<'_> {
    /// Sealed parts of whoever becomes a site's business by these events, in whatever history they
    /// stand.
    fn histories(&self, events: &[ledger::Event]) -> Result<Vec<Hash>, NodeError> {
        let mut owners: Vec<KeyId> = Vec::new();
        for event in events {
            let body = Event::from_cbor(event.kind(), event.body());
            owners.extend(concerned(self.register, &body)?);
        }
        owners.sort_unstable();
        owners.dedup();
        let mut parts = Vec::new();
        for owner in owners {
            let id = Uuid::from_bytes(owner.0);
            let mut histories = self.register.histories_of(Owner(id))?;
            histories.push(id);
            for history in histories {
                let events = self.view.events_of(AggregateId(*history.as_bytes()))?;
                let attachments = events.iter().flat_map(ledger::Event::attachments);
                let theirs = attachments.filter(|part| part.key.person() == owner);
                parts.extend(theirs.map(|part| part.hash));
            }
        }
        Ok(parts)
    }
}

impl ledger::sync::Reach for BundleReach<'_> {
    fn may_hold(&self, member: &Member, key: KeyId) -> ledger::Result<bool> {
        RegisterReach(self.register).may_hold(member, key)
    }

    fn beside(&self, events: &[ledger::Event]) -> ledger::Result<Vec<Hash>> {
        self.histories(events)
            .map_err(|error| ledger::Error::Unverified(error.to_string()))
    }
}
