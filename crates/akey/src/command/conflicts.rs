//! `akey conflicts`: what was written differently at two places and waits for somebody to choose.

use std::fmt::Write as _;

use crate::apart::Waiting;
use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// Lists them.
pub fn run(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let Answer::Conflicts { conflicts } = control::run(&place, Work::Conflicts, &[], "Reading")?
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &conflicts, || words(&conflicts))
}

fn words(conflicts: &[Waiting]) -> String {
    if conflicts.is_empty() {
        return "Nothing was written differently at two places.".to_owned();
    }
    let mut said = String::new();
    for conflict in conflicts {
        let _ = writeln!(said, "{} of {}:", conflict.field, conflict.about);
        for stands in &conflict.stand {
            let _ = writeln!(
                said,
                "  by {}, {}, node {} position {}",
                stands.by, stands.recorded_at, stands.node, stands.position
            );
        }
    }
    said.push_str("Choose on the page /conflicts, where the values can be read.");
    said
}
