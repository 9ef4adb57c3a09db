//! Users: the page of the administrator.

use domain::User;

use crate::columns::all;
use crate::fold::{USER_COLUMNS, read_user};
use crate::{Register, Result};

impl Register<'_> {
    /// Everybody who ever worked here, by login, then id; names where this node may read them.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn users(&self) -> Result<Vec<User>> {
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM r_user u LEFT JOIN r_staff s ON s.user = u.id
            ORDER BY s.login IS NULL, s.login, u.id"
        );
        all(self.connection(), &sql, [], read_user)
    }
}
