//! Making a ledger's folder whole or not at all.
//!
//! Everything is written into a folder of its own first and moved into place at the end, the key
//! file last: a folder with a key file is complete, one without is none. It must never touch
//! files that it did not write.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{DoingAt as _, Error, Result};
use crate::head_record;
use crate::ledger::{DATABASE_FILE_NAME, Options};
use crate::lock::{self, Lock};
use crate::vault;

/// The files of a ledger, in the order in which they are moved into place.
const FILE_NAMES: [&str; 3] = [head_record::FILE_NAME, DATABASE_FILE_NAME, vault::FILE_NAME];
const STAGING_NAME: &str = "akey.unfinished";

/// A ledger's folder in the making; removed when dropped before it is finished.
#[derive(Debug)]
pub(crate) struct Staging {
    target: PathBuf,
    dir: PathBuf,
    finished: bool,
}

impl Staging {
    /// Begins, if no ledger is in the folder yet.
    pub(crate) fn begin(target: &Path) -> Result<Self> {
        fs::create_dir_all(target).doing_at(target, "make the folder")?;
        let dir = target.join(STAGING_NAME);
        if target.join(vault::FILE_NAME).exists() {
            return Err(Error::AlreadyExists(target.join(vault::FILE_NAME)));
        }
        // Files without a key file are ours only if we were interrupted while moving them.
        let interrupted = dir.join(vault::FILE_NAME).exists();
        for path in FILE_NAMES.map(|name| target.join(name)) {
            match (path.exists(), interrupted) {
                (true, true) => fs::remove_file(&path).doing_at(&path, "remove")?,
                (true, false) => return Err(Error::AlreadyExists(path)),
                (false, _) => {}
            }
        }
        if dir.exists() {
            fs::remove_dir_all(&dir).doing_at(&dir, "remove what an interrupted start left")?;
        }
        fs::create_dir(&dir).doing_at(&dir, "make the folder")?;
        restrict(target)?;
        Ok(Self {
            target: target.to_owned(),
            dir,
            finished: false,
        })
    }

    /// Where to write.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Makes everything durable and moves it into place.
    pub(crate) fn finish(mut self, options: &Options) -> Result<()> {
        for path in FILE_NAMES.map(|name| self.dir.join(name)) {
            fs::File::open(&path)
                .and_then(|file| file.sync_all())
                .doing_at(&path, "flush")?;
        }
        let disk = options.disk.as_ref();
        disk.sync_directory(&self.dir)
            .doing_at(&self.dir, "flush")?;
        for name in FILE_NAMES {
            let to = self.target.join(name);
            fs::rename(self.dir.join(name), &to).doing_at(&to, "move into place")?;
        }
        disk.sync_directory(&self.target)
            .doing_at(&self.target, "flush")?;
        self.finished = true;
        fs::remove_dir_all(&self.dir).doing_at(&self.dir, "remove")
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            // What cannot be removed now is removed by the next attempt.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// Whether a ledger, or what is left of one, stands in a folder.
pub fn exists(dir: &Path) -> bool {
    FILE_NAMES.iter().any(|name| dir.join(name).exists())
}

/// Removes a ledger whose founding was never finished, its key file first, so that however far this
/// comes what is left opens as nothing. Only for whoever knows that nothing in it was ever promised
/// to anybody.
///
/// # Errors
/// When another process has it open, or the disk refuses; asking again goes on.
pub fn discard(dir: &Path, options: &Options) -> Result<()> {
    let database = dir.join(DATABASE_FILE_NAME);
    let _lock = database.exists().then(|| Lock::take(dir)).transpose()?;
    let names = FILE_NAMES.into_iter().rev().map(str::to_owned);
    let beside = ["-wal", "-shm"].map(|end| format!("{DATABASE_FILE_NAME}{end}"));
    for path in names.chain(beside).map(|name| dir.join(name)) {
        if path.exists() {
            fs::remove_file(&path).doing_at(&path, "remove")?;
        }
    }
    let unfinished = dir.join(STAGING_NAME);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).doing_at(&unfinished, "remove")?;
    }
    let lock = dir.join(lock::FILE_NAME);
    if lock.exists() {
        fs::remove_file(&lock).doing_at(&lock, "remove")?;
    }
    options.disk.sync_directory(dir).doing_at(dir, "flush")
}

/// Others on the machine have no business in the folder.
#[cfg(unix)]
fn restrict(dir: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).doing_at(dir, "restrict access to")
}

#[cfg(not(unix))]
fn restrict(_dir: &Path) -> Result<()> {
    Ok(())
}
