//! `akey peers`: the other nodes: who has what, how far behind, when they met, forks, clocks.

use std::fmt::Write as _;

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::peers::{Met, SetAside, Standing};
use crate::place::Place;
use crate::work::{Answer, Work};

/// A clock so far off is worth a word, in seconds.
const CLOCK_WORTH_A_WORD_S: i64 = 60;
/// So many digits name a node well enough.
pub(super) const DIGITS_SHOWN: usize = 8;

/// Says how the others stand, or meets one of them first.
pub fn run(common: &Common, asked: &cli::Peers) -> Result<(), Failure> {
    let place = Place::of(common)?;
    if let Some(address) = &asked.meet {
        let met = meet(&place, address)?;
        return output::answer(common.json, &met, || met_in_words(&met));
    }
    let standing = standing(&place)?;
    output::answer(common.json, &standing, || words(&standing))
}

/// How the node stands among the others.
pub(super) fn standing(place: &Place) -> Result<Standing, Failure> {
    match control::run(place, Work::Peers, &[], "Looking")? {
        Answer::Peers(standing) => Ok(standing),
        _ => unreachable!("work is answered in kind"),
    }
}

/// Meets whoever answers at an address.
pub(super) fn meet(place: &Place, address: &str) -> Result<Met, Failure> {
    let work = Work::Meet {
        address: address.to_owned(),
    };
    match control::run(place, work, &[], "Meeting")? {
        Answer::Met(met) => Ok(met),
        _ => unreachable!("work is answered in kind"),
    }
}

pub(super) fn met_in_words(met: &Met) -> String {
    let mut text = format!(
        "Met node {}: {} events and {} sealed parts came, {} and {} were given.",
        short(&met.node),
        met.events,
        met.parts,
        met.events_given,
        met.parts_given
    );
    warn_of_clock(&mut text, met.clock_ahead_s);
    text
}

fn warn_of_clock(text: &mut String, ahead_s: i64) {
    if ahead_s.abs() >= CLOCK_WORTH_A_WORD_S {
        let side = if ahead_s > 0 { "ahead of" } else { "behind" };
        let _ = write!(
            text,
            "\n  Its clock is {} minutes {side} ours: look at both.",
            ahead_s.abs() / 60
        );
    }
}

pub(super) fn short(node: &str) -> &str {
    node.get(..DIGITS_SHOWN).unwrap_or(node)
}

/// What was set aside, and why.
pub(super) fn waits(aside: &SetAside) -> String {
    format!(
        "Set aside: {} events of node {} from position {} on: {}.",
        aside.events,
        short(&aside.node),
        aside.first,
        aside.why
    )
}

fn words(standing: &Standing) -> String {
    let mut text = format!("This node: {}\n", short(&standing.node));
    if let Some(halted) = &standing.halted {
        let _ = writeln!(text, "\n{halted}\n");
    }
    if standing.peers.is_empty() {
        text.push_str("No other node is known: `akey node invite` makes the code for one.\n");
    }
    for peer in &standing.peers {
        let site = peer.site.as_deref().unwrap_or("site not known yet");
        let all = if peer.everything {
            ", holds everything"
        } else {
            ""
        };
        let _ = write!(text, "\n{}  {site}{all}\n  ", short(&peer.node));
        match (&peer.revoked_after, &peer.met_at) {
            (Some(last), _) => {
                let _ = write!(
                    text,
                    "sent away: what it wrote after position {last} is disputed"
                );
            }
            (None, None) => text.push_str("never met"),
            (None, Some(at)) => {
                let word = match peer.met_by.as_deref() {
                    Some("stick") => "bundle of it read",
                    _ => "met",
                };
                let _ = write!(
                    text,
                    "{word} {at}; it had {} events more, we have {} more",
                    peer.it_has_more, peer.we_have_more
                );
            }
        }
        if let [first, ..] = peer.addresses.as_slice() {
            let _ = write!(text, "; answers at {first}");
        }
        warn_of_clock(&mut text, peer.clock_ahead_s);
        if let Some(trouble) = &peer.trouble {
            let _ = write!(text, "\n  last attempt: {trouble}");
        }
        text.push('\n');
    }
    for fork in standing.forks.iter().filter(|fork| !fork.revoked) {
        let _ = write!(
            text,
            "\nFORK: node {} wrote {} different lines after position {}. Both are kept, what they say is\n\
             disputed, rights held there are frozen. Stop every copy of it, find out which is the real one,\n\
             give that one a new identity (`akey accept-loss`), readmit it and claim the rights.\n",
            short(&fork.node),
            fork.lines,
            fork.after
        );
    }
    for aside in &standing.set_aside {
        let _ = writeln!(text, "\n{}", waits(aside));
    }
    if standing.parts_wanted > 0 {
        let _ = writeln!(
            text,
            "\n{} sealed parts that belong here have not come yet.",
            standing.parts_wanted
        );
    }
    if standing.parts_carried > 0 {
        let _ = writeln!(
            text,
            "\n{} sealed parts are carried for others: they go along with the next bundle for them.",
            standing.parts_carried
        );
    }
    text.trim_end().to_owned()
}
