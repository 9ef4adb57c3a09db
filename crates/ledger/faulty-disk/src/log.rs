//! The log of everything that happened to the files, in order.

use std::path::Path;
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
