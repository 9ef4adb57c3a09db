//! A working example operation: real figures of September and October 2021, invented people, the
//! real commands. It opens nothing that a site does not have, and its data can be thrown away.

mod advice;
mod cases;
mod editions;
pub mod founding;
pub mod manifest_file;
mod name;
mod notices;
mod pathways;
pub mod people;
pub mod plan;
mod play;
mod said;
mod shelter;
pub mod timetable;

use std::path::Path;

use domain::Moment;
use jiff::civil::Date;
use node::Node;

use crate::failure::Failure;
use play::Play;
use population::Chance;
use timetable::Timetable;

/// The seed of the demo: everybody who starts it meets the same people.
const SEED: u64 = 20_210_919;

/// A demo that was played.
pub struct Played {
    /// Its node; its clock stands still at the moment the visitor takes over.
    pub node: Node,
    /// That moment.
    pub stop: Moment,
}

/// Plays the demo up to and including a day, in an empty folder.
pub fn play(dir: &Path, until: Date, progress: impl FnMut(u64, u64)) -> Result<Played, Failure> {
    let mut chance = Chance::seeded(SEED);
    let timetable = Timetable::until(until);
    let founded = founding::found(dir, &mut chance)?;
    let node = Play::new(founded, chance, &timetable).through(&timetable, progress)?;
    Ok(Played {
        node,
        stop: timetable.stop,
    })
}
