//! What can go wrong. No text here carries personal data: it may reach a log.

/// The register could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// SQLite could not do it.
    #[error(
        "the register's tables could not be read or written ({0}): check the disk, then run `akey verify`"
    )]
    Sqlite(#[from] rusqlite::Error),
    /// The earlier events of an aggregate could not be read.
    #[error("the earlier events could not be read from the ledger ({0}): run `akey verify`")]
    Source(String),
    /// A question of the rules could not be answered.
    #[error(transparent)]
    Lookup(#[from] domain::LookupFailed),
    /// A row holds what this version never writes.
    #[error("a row of the register holds what was never written there: run `akey rebuild`")]
    Row,
}
