//! The tables, and when they have to be made anew.

use rusqlite::Connection;

use crate::Result;

/// What the fold makes of events. Any change of the tables or of their meaning raises it.
pub const FOLD_VERSION: u32 = 1;

/// What [`migrate`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use = "new tables are empty until every event is folded again"]
pub enum Migrated {
    /// The rows are those of this fold version.
    Current,
    /// The tables are new and empty: fold every event again.
    Rebuild,
}

/// Makes the tables, or makes them anew when another fold version made them.
pub fn migrate(connection: &Connection) -> Result<Migrated> {
    todo!()
}
