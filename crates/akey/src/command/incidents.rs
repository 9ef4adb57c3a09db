//! `akey incidents`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::warned::Warned;
use crate::work::{Answer, Work};

/// Says what is known of danger.
pub fn run(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let Answer::Danger(warned) = control::run(&place, Work::Danger, &[], "Reading")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &warned, || words(&warned))
}

fn words(warned: &Warned) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('_', " ");
    let mut said = String::new();
    for team in &warned.confined {
        let _ = writeln!(
            said,
            "{} of ours cannot leave, {}, since {}",
            team["people"],
            text(&team["area"]),
            text(&team["since"])
        );
    }
    for one in &warned.onward {
        let advice = if one["onward"] == "stay" {
            "nobody travels tonight"
        } else {
            "with care"
        };
        let _ = writeln!(said, "{}: {advice}", text(&one["area"]));
    }
    for access in &warned.access {
        let name = access["road"]
            .as_str()
            .or(access["site"].as_str())
            .unwrap_or_default();
        let status = match access["status"].as_str() {
            Some(status) => format!("{status} until {}", text(&access["until"])),
            None => format!(
                "not known any more, last said: {}",
                text(&access["last_said"])
            ),
        };
        let _ = writeln!(said, "{name}, {}: {status}", text(&access["area"]));
    }
    for incident in &warned.incidents {
        let [at, kind, area, harm, how] =
            ["at", "kind", "area", "harm", "credibility"].map(|key| text(&incident[key]));
        let _ = writeln!(said, "{at}  {kind}, {area}: {harm}, {how}");
    }
    if said.is_empty() {
        said.push_str("Nothing is known of danger.");
    }
    said.trim_end().to_owned()
}
