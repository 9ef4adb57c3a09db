//! What can go wrong with the updates, said so that whoever runs them knows what to do. No address,
//! and nothing a mail server wrote: both could name somebody.

use crate::address::AddressProblem;
use crate::postbox::SettingsProblem;
use crate::trouble::Trouble;

/// The result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// The updates could not do something.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file does not open or fails.
    #[error(
        "the store of the updates could not be read or written: {0}; check the disk, and that updates.db belongs to this data folder"
    )]
    Store(#[from] rusqlite::Error),
    /// A newer program wrote the file.
    #[error(
        "updates.db was written by a newer program (version {found}, this one knows {known}): use that one"
    )]
    Newer {
        /// The version of the file.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Settings that do not parse any more.
    #[error("the settings of the mail server cannot be read: set them again")]
    Settings,
    /// Not an address that mail can be sent to.
    #[error("this is not an e-mail address: {0}")]
    Address(#[from] AddressProblem),
    /// Settings nobody could send with.
    #[error("the mail server is not set: {0}")]
    Postbox(#[from] SettingsProblem),
    /// Nobody said through which server to send.
    #[error(
        "no mail server is set: set one with `akey updates smtp set` or on the page of the updates"
    )]
    NoPostbox,
    /// The mail server.
    #[error("{0}")]
    Mail(#[from] Trouble),
    /// The thread that sends could not be started.
    #[error("the thread that sends mail could not be started: {0}")]
    Thread(std::io::Error),
}
