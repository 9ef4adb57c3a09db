//! `akey restore`.

use jiff::Timestamp;
use ledger::Unlock;
use serde_json::json;

use super::claim::read_root_key;
use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::progress::Bar;
use crate::secret;

/// Makes a node from a backup.
pub fn run(common: &Common, asked: &cli::Restore) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let bar = Bar::new("Checking the backup");
    let restore = |unlock: Unlock<'_>| {
        node::restore(&asked.file, &place.dir, &unlock, place.options(), |step| {
            bar.set(step.done, step.total);
        })
    };
    let restored = match &asked.root_key {
        Some(file) => {
            let root = read_root_key(&cli::RootKeyFile {
                file: file.clone(),
                passphrase: asked.root_passphrase_file.clone(),
            })?;
            restore(Unlock::Root(&root))?
        }
        None => restore(Unlock::Passphrase(&secret::passphrase(
            &place.passphrase()?,
        )))?,
    };
    drop(bar);
    let made_at = i64::try_from(restored.made_at_ms)
        .ok()
        .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let value = json!({
        "answer": "restored",
        "folder": place.dir,
        "made_at": made_at.to_string(),
        "events": restored.report.events,
        "old_node": restored.old_node,
        "last_position": restored.last_position,
        "new_node": restored.node.key(),
    });
    output::answer(common.json, &value, || {
        format!(
            "Restored {} events of {made_at} into {}.\n\
             This node is new ({}); the old one ({}) ended at position {} in the backup.\n\
             It gives nothing that the old one granted until two persons with the root key claim\n\
             its rights:\n  akey claim --data {} --root-key FILE --first LOGIN --second LOGIN",
            restored.report.events,
            place.dir.display(),
            restored.node.key(),
            restored.old_node,
            restored.last_position,
            place.dir.display(),
        )
    })
}
