//! What came of a command, on standard output.

use std::io::Write;

use serde::Serialize;

use crate::failure::Failure;

/// Says what came of it: as JSON for programs, or in words.
pub fn answer<T: Serialize>(
    json: bool,
    what: &T,
    words: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let text = if json {
        serde_json::to_string_pretty(what).expect("plain values become JSON")
    } else {
        words()
    };
    say(&text)
}

/// Writes to standard output. Whoever stopped reading has heard enough.
pub fn say(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Wrong(
            format!("standard output could not be written: {error}"),
        )),
        _ => Ok(()),
    }
}
