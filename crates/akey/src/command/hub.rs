//! `akey hub`: taking a node's data to a database that several servers share, and setting up a further
//! server there. The address of the database may hold a password: it is never said back.

use std::path::Path;

use ledger::Unlock;
use node::Node;
use serde_json::json;

use crate::cli::{Common, Hub};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::progress::Bar;
use crate::secret;

/// Runs one of them.
pub fn run(common: &Common, asked: &Hub) -> Result<(), Failure> {
    match asked {
        Hub::Move => take(common),
        Hub::Join { file } => join(common, file),
    }
}

fn take(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let store = place.store()?.ok_or_else(unnamed)?;
    let passphrase = secret::passphrase(&place.passphrase()?);
    Node::move_to_hub(&place.dir, &passphrase, place.options(), store)?;
    let value = json!({ "answer": "moved", "folder": place.dir });
    output::answer(common.json, &value, || {
        format!(
            "The database is the hub's from here on, and this folder is its first server:\n  \
             AKEY_STORE=… akey serve --data {folder}\n\n\
             A further server: write a backup here (akey backup FILE), carry it over, and there:\n  \
             AKEY_STORE=… akey hub join FILE --data DIR\n\
             Backups made before today are of a single node: destroy them, or restore them only as new nodes.",
            folder = place.dir.display()
        )
    })
}

fn join(common: &Common, file: &Path) -> Result<(), Failure> {
    let place = Place::of(common)?;
    // Asked for first: a copy that cannot reach its hub is of no use.
    let store = place.store()?.ok_or_else(unnamed)?;
    let passphrase = secret::passphrase(&place.passphrase()?);
    let bar = Bar::new("Checking the backup");
    let unlock = Unlock::Passphrase(&passphrase);
    let report = Node::join_hub(file, &place.dir, &unlock, &place.options(), |step| {
        bar.set(step.done, step.total);
    })?;
    drop(bar);
    let node = Node::open_at_hub(&place.dir, &passphrase, place.options(), store)?;
    let end = node.log_end()?;
    let value = json!({
        "answer": "joined_hub",
        "folder": place.dir,
        "node": node.key(),
        "events_in_backup": report.events,
        "position": end.position,
    });
    output::answer(common.json, &value, || {
        format!(
            "{folder} is a server of the hub and knows everything up to position {position}. Start it:\n  \
             AKEY_STORE=… akey serve --data {folder}",
            folder = place.dir.display(),
            position = end.position
        )
    })
}

fn unnamed() -> Failure {
    Failure::Usage(
        "name the database: --store postgres://NAME@HOST/DATABASE, or AKEY_STORE, which keeps a password \
         out of the list of processes"
            .into(),
    )
}
