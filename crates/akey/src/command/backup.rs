//! `akey backup`.

use std::path::Path;

use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// Writes a backup while work goes on.
pub fn run(common: &Common, file: &Path) -> Result<(), Failure> {
    let place = Place::of(common)?;
    // The running program may stand in another folder.
    let file = std::path::absolute(file).map_err(Failure::file(file, "find the folder"))?;
    if file.exists() {
        return Err(Failure::Wrong(format!(
            "{} exists already: choose another name, nothing was overwritten",
            file.display()
        )));
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.is_dir()) {
        return Err(Failure::Wrong(format!(
            "{} cannot be written, because there is no folder {}: make it or name another, nothing was \
             written",
            file.display(),
            folder.display()
        )));
    }
    let answer = control::run(&place, Work::Backup { file }, &[], "Writing the backup")?;
    let Answer::BackedUp {
        file,
        bytes,
        events,
    } = &answer
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &answer, || {
        format!(
            "{} holds {events} events in {bytes} bytes, encrypted; the same passphrase opens it.\n\
             Keep it away from this computer.",
            file.display()
        )
    })
}
