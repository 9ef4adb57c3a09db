//! The log of everything that happened to the files, in order.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One thing that happened. Files are named without their folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Bytes were handed to the system, not yet to the disk.
    Write {
        /// The file.
        file: String,
        /// Where in it.
        offset: u64,
        /// What.
        bytes: Vec<u8>,
    },
    /// The file was cut.
    Truncate {
        /// The file.
        file: String,
        /// Its new length.
        length: u64,
    },
    /// The file was removed.
    Delete {
        /// The file.
        file: String,
    },
    /// Everything written to the file so far is on the disk.
    Sync {
        /// The file.
        file: String,
    },
    /// The program was promised something here; the number is its own affair.
    Mark(u64),
}

/// The log, shared by all who write.
#[derive(Debug, Default)]
pub struct Log {
    operations: Mutex<Vec<Operation>>,
    full: AtomicBool,
}

impl Log {
    /// Notes a write.
    pub fn write(&self, path: &Path, offset: u64, bytes: &[u8]) {
        self.push(Operation::Write {
            file: name(path),
            offset,
            bytes: bytes.to_vec(),
        });
    }

    /// Notes a truncation.
    pub fn truncate(&self, path: &Path, length: u64) {
        self.push(Operation::Truncate {
            file: name(path),
            length,
        });
    }

    /// Notes a removal.
    pub fn delete(&self, path: &Path) {
        self.push(Operation::Delete { file: name(path) });
    }

    /// Notes a flush.
    pub fn sync(&self, path: &Path) {
        self.push(Operation::Sync { file: name(path) });
    }

    /// Notes what the program was promised up to here.
    pub fn mark(&self, number: u64) {
        self.push(Operation::Mark(number));
    }

    /// All that happened so far.
    pub fn operations(&self) -> Vec<Operation> {
        self.lock().clone()
    }

    /// How many things happened so far.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing happened yet.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Begins anew, and gives what happened until now.
    pub fn take(&self) -> Vec<Operation> {
        std::mem::take(&mut *self.lock())
    }

    /// Whether the disk has no room left: then every write fails.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::SeqCst)
    }

    /// Fills the disk.
    pub fn fill(&self) {
        self.full.store(true, Ordering::SeqCst);
    }

    /// Makes room on the disk.
    pub fn make_room(&self) {
        self.full.store(false, Ordering::SeqCst);
    }

    fn push(&self, operation: Operation) {
        self.lock().push(operation);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Operation>> {
        self.operations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
