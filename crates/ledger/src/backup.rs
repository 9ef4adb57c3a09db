//! Backup while writing goes on, and restore under a new identity.
//!
//! A restored copy must never write as the node it was copied from: its signing key is destroyed
//! in the copy before anything else can happen (G9).

use std::path::Path;

use crate::error::Result;
use crate::identity::NodeId;
use crate::ledger::Options;
use crate::passphrase::Passphrase;
use crate::reader::{Head, Reader};
use crate::verify::{Progress, Report};

/// A backup file that was written and is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupMade {
    /// The end of the log it holds.
    pub head: Head,
    /// Its size.
    pub bytes: u64,
}

/// One identity ended and another began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The old identity and the end of its log as this copy holds it.
    pub old: Head,
    /// The new identity.
    pub new: NodeId,
}

/// What a restore gave.
#[derive(Debug)]
pub struct Restored {
    /// Which identity ended, which began.
    pub succession: Succession,
    /// When the backup was made, in milliseconds since 1970.
    pub made_at_ms: u64,
    /// What was checked.
    pub report: Report,
}

/// Writes a backup of the ledger in `dir` through `reader` into one file, while the writer goes
/// on: to a temporary name, made durable, then renamed.
pub fn backup_of(
    dir: &Path,
    reader: &Reader,
    to: &Path,
    now_ms: u64,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Result<BackupMade> {
    let _ = (dir, reader, to, now_ms, options, progress);
    todo!()
}

/// Unpacks a backup into an empty or new folder, checks everything, and gives the copy a new
/// identity. Nothing is left in `dir` when it fails.
pub fn restore(
    file: &Path,
    dir: &Path,
    passphrase: &Passphrase,
    now_ms: u64,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Result<Restored> {
    let _ = (file, dir, passphrase, now_ms, options, progress);
    todo!()
}
