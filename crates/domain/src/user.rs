//! People who work with Akèy.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{Permission, Role, UserId};

/// A user as the register knows them. How they prove who they are is the node's business.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their roles; empty when revoked.
    pub roles: Vec<Role>,
    /// Whether they may still sign in.
    pub active: bool,
    /// Their names, where this node may read them.
    pub staff: Option<Staff>,
}

/// Staff names are personal data: they travel sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Staff {
    /// What they type to sign in: small letters and digits.
    #[n(0)]
    pub login: String,
    /// What colleagues read.
    #[n(1)]
    pub name: String,
}

impl User {
    /// The user before any event.
    pub const fn new(id: UserId) -> Self {
        Self {
            id,
            roles: Vec::new(),
            active: false,
            staff: None,
        }
    }

    /// Takes in one event of this user, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::UserAdmitted(admitted) => {
                self.roles.clone_from(&admitted.roles);
                self.active = true;
            }
            Event::UserChanged(changed) => {
                self.roles.clone_from(&changed.roles);
                self.active = changed.active;
            }
            _ => {}
        }
        if let Some(Personal::Staff(staff)) = recorded.part(crate::Slot::Staff) {
            self.staff = Some(staff.clone());
        }
    }

    /// Whether one of the roles allows it.
    pub fn may(&self, permission: Permission) -> bool {
        self.active
            && self
                .roles
                .iter()
                .any(|role| role.permissions().contains(&permission))
    }
}
