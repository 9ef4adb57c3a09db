//! `akey protection recover`: with the root key and an administrator, the key for protection notes
//! goes to somebody of the protection role again.

use serde_json::json;

use super::claim::read_root_key;
use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;

/// Gives the key to a colleague of the protection role.
pub fn recover(common: &Common, asked: &cli::RecoverProtection) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let root = read_root_key(&asked.root_key)?;
    let node = place.open(&place.passphrase()?)?;
    let administrator = node.sign_in(&asked.login, &secret::PASSWORD.get(None)?)?;
    let to = node.read::<_, node::NodeError>(|register| {
        Ok(domain::Known::user_by_login(register, asked.to.trim())?)
    })?;
    let to = to.ok_or_else(|| {
        Failure::Wrong(format!(
            "nobody signs in as {}: look at the list of users; nothing was changed",
            asked.to
        ))
    })?;
    let new_password = asked
        .new_password
        .then(|| secret::NEW_PASSWORD.choose(None))
        .transpose()?;
    node.recover_role_key(&administrator, &root, to, new_password.as_deref())?;
    let value = json!({
        "answer": "protection_key_recovered",
        "by": administrator.user(),
        "to": to,
    });
    output::answer(common.json, &value, || {
        format!(
            "{} can open protection notes again from the next sign-in. That they were given the key\n\
             with the root key, when and by whom, is recorded. Put the root key away again.",
            asked.to
        )
    })
}
