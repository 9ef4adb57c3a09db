//! `akey claim`: after a restore, two persons with the root key take over the old node's rights.

use std::fs;

use domain::Permission;
use ledger::RootKey;
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;

/// Takes over the rights of the node of the backup.
pub fn run(common: &Common, asked: &cli::Claim) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let root = read_root_key(&asked.root_key)?;
    let node = place.open(&place.passphrase()?)?;
    let first = node.sign_in(&asked.first, &secret::FIRST_PASSWORD.get(None)?)?;
    let second = node.sign_in(&asked.second, &secret::SECOND_PASSWORD.get(None)?)?;
    let decides = [Permission::Administer, Permission::DecideExceptions];
    if !decides.into_iter().any(|permission| second.may(permission)) {
        return Err(Failure::Wrong(format!(
            "{} may not be the second person: name another administrator or a coordinator with \
             --second. Nothing was claimed",
            asked.second
        )));
    }
    let claimed = node.claim(&first, &second, &root)?;
    let value = json!({
        "answer": "claimed",
        "old_node": claimed.old_node,
        "to_check": claimed.to_check,
    });
    output::answer(common.json, &value, || {
        format!(
            "The rights and the stock of node {} are here now.\n\
             {} items may have been given after the backup was made: at each the desk asks to check\n\
             the person's card first. The old node must not be used any more.",
            claimed.old_node, claimed.to_check
        )
    })
}

/// The root key, read from its file and opened.
pub fn read_root_key(asked: &cli::RootKeyFile) -> Result<RootKey, Failure> {
    let file = &asked.file;
    let text = fs::read_to_string(file).map_err(Failure::file(file, "read the root key"))?;
    let passphrase = secret::ROOT_PASSPHRASE.get(asked.passphrase.as_deref())?;
    Ok(RootKey::import(&text, &secret::passphrase(&passphrase))?)
}
