//! `akey accept-loss`: the last resort after a disk lost what it had confirmed. It names what is
//! missing and never goes on without being told to.

use std::io::{IsTerminal, Write};

use ledger::Vault;
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;

/// What has to be typed to go on.
const WORD: &str = "accept";

/// Goes on with what is left, under a new identity.
pub fn run(common: &Common, asked: &cli::AcceptLoss) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let key = Vault::read(&place.dir)?.unlock(&secret::passphrase(&place.passphrase()?))?;
    let lost = node::missing(&place.dir, &key, place.options())?;
    let lost = lost.ok_or(node::NodeError::NothingLost)?;
    if !asked.yes {
        confirm(&lost)?;
    }
    let accepted = node::accept_loss(&place.dir, &key, place.options())?;
    let (from, to) = match lost {
        ledger::Error::AcknowledgedLost {
            acknowledged,
            found,
            ..
        } if acknowledged > found => (Some(found + 1), Some(acknowledged)),
        _ => (None, None),
    };
    let value = json!({
        "answer": "loss_accepted",
        "folder": place.dir,
        "missing": lost.to_string(),
        "lost_from": from,
        "lost_to": to,
        "old_node": accepted.old_node,
        "last_position": accepted.last_position,
        "new_node": accepted.node.key(),
    });
    output::answer(common.json, &value, || {
        format!(
            "{lost}.\n\n\
             The loss is accepted. This node is new ({new}); the old one ({old}) ends at position {last}.\n\
             Enter again from paper what is missing. Nothing that the old one granted is given until two\n\
             persons with the root key claim its rights:\n  \
             akey claim --data {folder} --root-key FILE --first LOGIN --second LOGIN",
            new = accepted.node.key(),
            old = accepted.old_node,
            last = accepted.last_position,
            folder = place.dir.display(),
        )
    })
}

/// Says what is missing and waits for the word.
fn confirm(lost: &ledger::Error) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "{lost}. There is no terminal to ask whether to go on without it: add --yes"
        )));
    }
    let unread = |error| Failure::Wrong(format!("the answer could not be read: {error}"));
    eprint!(
        "{lost}.\n\nWhat is missing does not come back. Is there no newer backup, and is the folder \
         copied as it is?\nType {WORD} to go on without it: "
    );
    std::io::stderr().flush().map_err(unread)?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(unread)?;
    if line.trim() == WORD {
        Ok(())
    } else {
        Err(Failure::Wrong("nothing was changed".into()))
    }
}
