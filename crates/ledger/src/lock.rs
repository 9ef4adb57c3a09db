//! One process at a time: the lock file `akey.lock`.
//!
//! The lock is the operating system's and ends with the process, however it ends. The file only
//! says who holds it and is never removed, because removing it would let two hold it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::error::{DoingAt as _, Error, Result};

/// Name of the lock's file.
pub(crate) const FILE_NAME: &str = "akey.lock";

/// Held as long as the ledger is open.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, or says which process holds it.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(FILE_NAME);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .doing_at(&path, "open")?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::InUse {
                    path: dir.to_owned(),
                    holder: holder(&mut file),
                });
            }
            Err(TryLockError::Error(source)) => {
                return Err(Error::Io {
                    path,
                    doing: "lock",
                    source,
                });
            }
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()))
            .doing_at(&path, "write")?;
        Ok(Self { _file: file })
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let known = file.read_to_string(&mut text).is_ok() && text.trim().parse::<u32>().is_ok();
    if known {
        format!("process {}", text.trim())
    } else {
        "another process".to_owned()
    }
}
