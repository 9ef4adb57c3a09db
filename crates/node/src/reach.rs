//! Who may hold what of people's data (G8): headquarters all of it, a site that of the people it
//! receives. The register knows whose site is concerned; this holds it against a node's papers.

use domain::{Owner, SiteId};
use ledger::{KeyId, Member, Scope};
use register::{Reach, Register};
use uuid::Uuid;

use crate::error::NodeError;

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
