//! `akey passphrase`: a new one with the old one, or with the root key when the old one is lost.

use ledger::{Options, Vault};
use serde_json::json;

use super::claim::read_root_key;
use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;

/// Sets a new passphrase.
pub fn run(common: &Common, asked: cli::Passphrase) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let mut vault = Vault::read(&place.dir)?;
    let key = match asked {
        cli::Passphrase::Change => vault.unlock(&secret::passphrase(&place.passphrase()?))?,
        cli::Passphrase::Recover(root_key) => vault.recover(&read_root_key(&root_key)?)?,
    };
    let new = secret::NEW_PASSPHRASE.choose(None)?;
    vault.change_passphrase(&key, &secret::passphrase(&new), &Options::default())?;
    let value = json!({ "answer": "passphrase_changed", "folder": place.dir });
    output::answer(common.json, &value, || {
        format!(
            "{} opens with the new passphrase. Backups made before still open with the old one: \
             make a new one now.",
            place.dir.display()
        )
    })
}
