//! What is said at the door: one line of JSON, the bytes of a file if there is one, and lines of JSON
//! back, the last of which is the answer. Limits hold before anything is read into memory.

use std::io::{self, BufRead, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::work::{Answer, Work};

/// Longest line, in bytes: an answer carries a whole report.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What is asked at the door.
#[derive(Debug, Serialize, Deserialize)]
pub struct Call {
    /// The passphrase of the data: whoever knows it may read everything anyway.
    pub passphrase: String,
    /// What is asked.
    pub work: Work,
    /// How many bytes of a file follow.
    pub file_bytes: u64,
}

/// What comes back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum Said {
    /// It goes on.
    Progress {
        /// Done so far.
        done: u64,
        /// In all.
        total: u64,
    },
    /// It is done.
    Done {
        /// What came of it.
        answer: Answer,
    },
    /// It was not done.
    Failed {
        /// Why, and what to do.
        message: String,
    },
}

/// Writes one line.
pub fn say(to: &mut impl Write, what: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(what).map_err(io::Error::other)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.flush()
}

/// Reads one line.
pub fn hear<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<T> {
    let mut line = Vec::new();
    from.take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "the other side hung up",
        ));
    }
    serde_json::from_slice(&line).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_heard_and_half_of_it_is_not() {
        let mut line = Vec::new();
        say(&mut line, &Said::Progress { done: 1, total: 2 }).unwrap();
        assert!(matches!(
            hear(&mut &line[..]),
            Ok(Said::Progress { done: 1, total: 2 })
        ));
        assert!(hear::<Said>(&mut &line[..line.len() - 1]).is_err());
    }
}
