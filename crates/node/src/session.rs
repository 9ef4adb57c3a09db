//! Somebody who signed in.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::{Actor, Permission, Role, UserId};
use ledger::SealingSecret;

/// Somebody who signed in: who they are, and the role keys they unlocked with their password. They
/// live in memory only and are gone with the session.
#[derive(Clone)]
pub struct Session {
    pub(crate) user: UserId,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) role_secrets: BTreeMap<Role, Arc<SealingSecret>>,
}

impl Session {
    /// Who signed in.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// What colleagues read.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their roles when they signed in; every command asks the register again.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Whether their roles allow it.
    pub fn may(&self, permission: Permission) -> bool {
        self.roles
            .iter()
            .any(|role| role.permissions().contains(&permission))
    }

    /// Whether protection notes can be opened in this session.
    pub fn opens_notes(&self) -> bool {
        self.opens(Role::Protection)
    }

    /// Whether what is sealed to a role can be opened in this session.
    pub fn opens(&self, role: Role) -> bool {
        self.role_secrets.contains_key(&role)
    }

    /// Whether what is sealed to any role can be opened in this session.
    pub fn opens_any(&self) -> bool {
        !self.role_secrets.is_empty()
    }

    pub(crate) const fn actor(&self) -> Actor {
        Actor::User(self.user)
    }
}

impl fmt::Debug for Session {
    /// Without name and key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}
