//! `akey rights` and what `akey node` says of lost nodes: who may give what, between nodes.

use std::fmt::Write as _;

use crate::cli::{self, Common};
use crate::command::import::who;
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::rights::{By, OverlapShown, Rights, RightsAnswer, RightsAsked};
use crate::work::{Answer, Work};

/// Runs one of them.
pub fn run(common: &Common, asked: &cli::RightsAsked) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let asked = match &asked.what {
        None => RightsAsked::Show,
        Some(cli::Rights::Overlaps) => RightsAsked::Overlaps,
        Some(cli::Rights::Release(asked)) => RightsAsked::Release {
            movement: asked.movement.clone(),
            to: asked.to.clone(),
            people: asked.people,
            divert: asked.divert,
            by: by(&place, asked.login.as_deref())?,
        },
        Some(cli::Rights::Accept(asked)) => RightsAsked::Answer {
            transfer: asked.release.clone(),
            accept: true,
            by: by(&place, asked.login.as_deref())?,
        },
        Some(cli::Rights::Decline(asked)) => RightsAsked::Answer {
            transfer: asked.release.clone(),
            accept: false,
            by: by(&place, asked.login.as_deref())?,
        },
    };
    say(common, &place, asked)
}

/// Says that a node is lost, calls that off, confirms it.
pub fn lost(common: &Common, asked: &cli::LostNode) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let asked = match asked {
        cli::LostNode::Announce(asked) => RightsAsked::AnnounceLost {
            node: asked.node.clone(),
            heir: asked.heir.clone(),
            days: asked.days,
            why: asked.why.clone(),
            by: by(&place, asked.login.as_deref())?,
        },
        cli::LostNode::Recover(asked) => RightsAsked::Recover {
            recovery: asked.recovery.clone(),
            by: by(&place, asked.login.as_deref())?,
        },
        cli::LostNode::CallOff(asked) => RightsAsked::CallOff {
            recovery: asked.recovery.clone(),
            by: by(&place, asked.login.as_deref())?,
        },
        cli::LostNode::Waiting(asked) => RightsAsked::Waiting {
            days: asked.days,
            by: by(&place, asked.login.as_deref())?,
        },
    };
    say(common, &place, asked)
}

fn by(place: &Place, login: Option<&str>) -> Result<By, Failure> {
    let (login, password) = who(place, login)?;
    Ok(By { login, password })
}

fn say(common: &Common, place: &Place, asked: RightsAsked) -> Result<(), Failure> {
    let work = Work::Rights(asked);
    let Answer::Rights(answer) = control::run(place, work, &[], "Asking")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &answer, || match &answer {
        RightsAnswer::Shown(rights) => words(rights),
        RightsAnswer::Overlaps { overlaps } => list(overlaps),
        RightsAnswer::Recorded { events, id } if id.is_empty() => {
            format!("Recorded ({events} events).")
        }
        RightsAnswer::Recorded { events, id } => format!("Recorded as {id} ({events} events)."),
    })
}

fn words(rights: &Rights) -> String {
    let mut text = String::new();
    for taken in &rights.taken_over {
        let _ = writeln!(
            text,
            "{} items for {} people by the rights of {}, which is lost: look at the card first",
            taken.items, taken.people, taken.node
        );
    }
    for held in &rights.held {
        let _ = writeln!(
            text,
            "{}: {} items for {} people are still to be given here",
            held.movement, held.items, held.people
        );
    }
    for way in &rights.under_way {
        let _ = writeln!(
            text,
            "{}  {}: {} items for {} people, on their way from {} to {}{}",
            way.transfer,
            way.movement,
            way.items,
            way.people,
            way.from,
            way.to,
            if way.to_here {
                ": `akey rights accept` takes them"
            } else {
                ""
            }
        );
    }
    for lost in &rights.lost {
        let heard = if lost.heard {
            "; IT WAS HEARD SINCE: call this off"
        } else {
            ""
        };
        let due = lost.due.as_ref().map_or_else(
            || "the waiting begins when that node hears of it".to_owned(),
            |due| format!("to be confirmed from {due}"),
        );
        let _ = writeln!(
            text,
            "{}  {} is said to be lost ({}), {} is to take over: {}, {due}{heard}",
            lost.recovery,
            lost.node,
            lost.why.replace('_', " "),
            lost.heir,
            lost.stage.replace('_', " "),
        );
    }
    if rights.given_by_recovery > 0 {
        let _ = writeln!(
            text,
            "{} items were given by recovered rights: counted apart, because only they can have been\n\
             given twice.",
            rights.given_by_recovery
        );
    }
    if rights.overlaps_open > 0 {
        let _ = writeln!(
            text,
            "{} items were given more often than they were to be and wait for a decision:\n\
             `akey rights overlaps`.",
            rights.overlaps_open
        );
    }
    if text.is_empty() {
        text.push_str("Nothing is to be given here, and nothing is on its way.");
    }
    text.trim_end().to_owned()
}

fn list(overlaps: &[OverlapShown]) -> String {
    if overlaps.is_empty() {
        return "Nothing was given more often than it was to be, as far as is known here.".into();
    }
    let mut text = String::new();
    for overlap in overlaps {
        let _ = writeln!(
            text,
            "{}  {}  {}  given {}, before {}: {}",
            overlap.kind.replace('_', " "),
            overlap.item,
            overlap.arrival,
            overlap.at,
            overlap.earlier.join(", "),
            overlap
                .decided
                .as_deref()
                .map_or_else(|| "not decided".into(), |word| word.replace('_', " "))
        );
    }
    text.trim_end().to_owned()
}
