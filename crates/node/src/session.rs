//! Somebody who signed in.

use std::fmt;
use std::sync::Arc;

use domain::{Actor, Permission, Role, UserId};
use ledger::SealingSecret;

/// Somebody who signed in: who they are, and the role key they unlocked with their password. It
/// lives in memory only and is gone with the session.
#[derive(Clone)]
pub struct Session {
    pub(crate) user: UserId,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) role_secret: Option<Arc<SealingSecret>>,
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
    pub const fn opens_notes(&self) -> bool {
        self.role_secret.is_some()
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
