//! The few file operations the acknowledged-head record needs, behind a narrow trait so that a
//! power-loss test can watch and cut them.
//!
//! Nothing here decides anything: it writes where it is told and returns only when the disk says
//! that it is done.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::error::{DoingAt as _, Result};

/// A place for small files that must be durable.
pub trait Disk: Send + Sync + fmt::Debug {
    /// Opens a file for reading and writing, made if it is not there.
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Makes the names in a directory durable.
    fn sync_directory(&self, path: &Path) -> io::Result<()>;
}

/// One open file on a [`Disk`].
pub trait DiskFile: Send + fmt::Debug {
    /// All that is in it.
    fn read_all(&mut self) -> io::Result<Vec<u8>>;

    /// Writes at a place; durable only after [`DiskFile::sync`].
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Returns when everything written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        Ok(Box::new(SystemFile(file)))
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        // Elsewhere a directory cannot be opened as a file, and renaming is durable by itself.
        if cfg!(unix) {
            File::open(path)?.sync_all()
        } else {
            Ok(())
        }
    }
}

#[derive(Debug)]
struct SystemFile(File);

impl DiskFile for SystemFile {
    fn read_all(&mut self) -> io::Result<Vec<u8>> {
        self.0.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(offset))?;
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// Writes a small file whole or not at all: under a temporary name, made durable, then renamed
/// over the old one.
pub(crate) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("new");
    let dir = path
        .parent()
        .expect("a file of the ledger lies in a folder");
    if temporary.exists() {
        std::fs::remove_file(&temporary).doing_at(&temporary, "remove")?;
    }
    disk.open(&temporary)
        .and_then(|mut file| file.write_at(0, bytes).and_then(|()| file.sync()))
        .doing_at(&temporary, "write")?;
    std::fs::rename(&temporary, path).doing_at(path, "replace")?;
    disk.sync_directory(dir).doing_at(dir, "make durable")
}
