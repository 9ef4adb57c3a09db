//! `akey pathways`: what became of those who were told of pathways.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// Says how many were told, and how many of them got one.
pub fn run(common: &Common, asked: &cli::Pathways) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let work = Work::Pathways {
        from: asked.from,
        to: asked.to,
    };
    let Answer::Pathways { pathways } = control::run(&place, work, &[], "Counting")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &pathways, || words(&pathways))
}

fn words(pathways: &Value) -> String {
    let all = &pathways["all"];
    let mut text = format!(
        "Of {} told, {} got one.\n",
        all["told"], all["told_and_got"]
    );
    if let Some(days) = all["median_days"].as_i64() {
        let _ = writeln!(text, "From being told to getting it: {days} days (median).");
    }
    let of_kinds = pathways["kinds"].as_array().into_iter().flatten();
    for of in of_kinds {
        let name = of["kind"].as_str().unwrap_or("not readable here");
        line(&mut text, &name.replace('_', " "), of);
    }
    line(&mut text, "all together", all);
    text.trim_end().to_owned()
}

fn line(text: &mut String, name: &str, one: &Value) {
    let _ = writeln!(
        text,
        "{name}: {} told, {} of them got it; {} opened: {} going on, {} granted, {} refused, {} withdrawn, {} lost contact",
        one["told"],
        one["told_and_got"],
        one["opened"],
        one["still_open"],
        one["granted"],
        one["refused"],
        one["withdrawn"],
        one["lost_contact"],
    );
}
