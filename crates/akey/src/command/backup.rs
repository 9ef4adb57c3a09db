//! `akey backup`.

use std::path::Path;

use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
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
    let answer = control::run(&place, Work::Backup { file }, &[], "Writing the backup")?;
    let Answer::BackedUp {
        file,
        bytes,
        events,
    } = &answer
    else {
        unreachable!("work is answered in kind")
    };
    super::answer(common.json, &answer, || {
        format!(
            "{} holds {events} events in {bytes} bytes, encrypted; the same passphrase opens it.\n\
             Keep it away from this computer.",
            file.display()
        )
    })
}
