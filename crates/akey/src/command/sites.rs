//! `akey sites`: the balance of every site, and what went between them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::Common;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::stated::Sites;
use crate::work::{Answer, Work};

/// Says how many came, left and are not accounted for.
pub fn run(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let Answer::Sites(sites) = control::run(&place, Work::Sites, &[], "Counting")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &sites, || words(&sites))
}

fn words(sites: &Sites) -> String {
    let name = |value: &Value| {
        let id = value.as_str().unwrap_or_default();
        sites
            .names
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_owned())
    };
    let list = |key: &str| sites.balances[key].as_array().cloned().unwrap_or_default();
    let mut text = String::new();
    for site in list("sites") {
        let _ = write!(
            text,
            "{}: {} came, {} left",
            name(&site["site"]),
            site["came"],
            site["left"]
        );
        if let Some(gap) = site["unaccounted"].as_object() {
            let (low, high) = (&gap["low"], &gap["high"]);
            let gap = if low == high {
                low.to_string()
            } else {
                format!("{low} to {high}")
            };
            let _ = write!(text, ", {gap} not accounted for");
        }
        text.push('\n');
        for headcount in site["headcounts"].as_array().into_iter().flatten() {
            let stated = &headcount["stated"];
            let bounds = match (&headcount["low"], &headcount["high"]) {
                (low, Value::Null) => format!("{low} or more"),
                (low, high) if low == high => low.to_string(),
                (low, high) => format!("{low} to {high}"),
            };
            let text_of = |key: &str| stated[key].as_str().unwrap_or_default().to_owned();
            let _ = writeln!(
                text,
                "  {}  {bounds}  ({})",
                text_of("as_of"),
                text_of("stated_by")
            );
        }
    }
    for flow in list("flows") {
        let _ = writeln!(
            text,
            "{} → {}: {} people, {}",
            name(&flow["from"]),
            name(&flow["to"]),
            flow["people"],
            flow["legal_basis"]
                .as_str()
                .unwrap_or_default()
                .replace('_', " ")
        );
        for (answer, people) in flow["told"].as_object().into_iter().flatten() {
            let answer = answer.replace('_', " ");
            let _ = writeln!(
                text,
                "  screening before, told at the desk: {answer}, {people}"
            );
        }
    }
    if text.is_empty() {
        text.push_str("Nobody was counted anywhere, and nothing moved.");
    }
    text.trim_end().to_owned()
}
