//! Users: the page of the administrator.

use domain::{Role, User};

use crate::{Register, Result};

impl Register<'_> {
    /// Everybody who ever worked here, by login, then id; names where this node may read them.
    pub fn users(&self) -> Result<Vec<User>> {
        todo!()
    }

    /// The public key to which notes for a role are sealed.
    pub fn role_key(&self, role: Role) -> Result<Option<Vec<u8>>> {
        todo!()
    }
}
