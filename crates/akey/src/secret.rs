//! Passphrases and passwords: from a file, from the environment, or asked for without echo. Never
//! from an argument, which every user of the computer could read, and never printed.

use std::fs;
use std::io::IsTerminal;
use std::path::Path;

use ledger::Passphrase;

use crate::failure::Failure;

/// A secret that is needed: how it is called, which variable may hold it.
#[derive(Clone, Copy, Debug)]
pub struct Secret {
    /// What people are asked for.
    pub name: &'static str,
    /// The environment variable.
    pub variable: &'static str,
}

/// What unlocks the data.
pub const PASSPHRASE: Secret = Secret {
    name: "Passphrase",
    variable: "AKEY_PASSPHRASE",
};
/// What will unlock the data.
pub const NEW_PASSPHRASE: Secret = Secret {
    name: "New passphrase",
    variable: "AKEY_NEW_PASSPHRASE",
};
/// What protects the root key.
pub const ROOT_PASSPHRASE: Secret = Secret {
    name: "Passphrase of the root key",
    variable: "AKEY_ROOT_PASSPHRASE",
};
/// What opens a bundle.
pub const BUNDLE_PASSPHRASE: Secret = Secret {
    name: "Passphrase of the bundle",
    variable: "AKEY_BUNDLE_PASSPHRASE",
};
/// Whoever acts.
pub const PASSWORD: Secret = Secret {
    name: "Password",
    variable: "AKEY_PASSWORD",
};
/// Whoever was given access anew.
pub const NEW_PASSWORD: Secret = Secret {
    name: "New password of the colleague",
    variable: "AKEY_NEW_PASSWORD",
};
/// The first of two who decide.
pub const FIRST_PASSWORD: Secret = Secret {
    name: "Password of the first person",
    variable: "AKEY_FIRST_PASSWORD",
};
/// The second of two who decide.
pub const SECOND_PASSWORD: Secret = Secret {
    name: "Password of the second person",
    variable: "AKEY_SECOND_PASSWORD",
};

impl Secret {
    /// The secret, from a file if one is named, else from the environment, else asked for.
    pub fn get(self, file: Option<&Path>) -> Result<String, Failure> {
        match self.given(file)? {
            Some(given) => Ok(given),
            None => self.ask(self.name),
        }
    }

    /// A new secret: asked for twice where it is typed, because it is typed blind.
    pub fn choose(self, file: Option<&Path>) -> Result<String, Failure> {
        if let Some(given) = self.given(file)? {
            return Ok(given);
        }
        let first = self.ask(self.name)?;
        let second = self.ask(&format!("{} again", self.name))?;
        if first == second {
            Ok(first)
        } else {
            Err(Failure::Wrong(
                "the two are not the same: nothing was changed, try again".into(),
            ))
        }
    }

    fn given(self, file: Option<&Path>) -> Result<Option<String>, Failure> {
        if let Some(file) = file {
            let text =
                fs::read_to_string(file).map_err(Failure::file(file, "read the passphrase"))?;
            return Ok(Some(text.lines().next().unwrap_or_default().to_owned()));
        }
        Ok(std::env::var(self.variable).ok())
    }

    fn ask(self, question: &str) -> Result<String, Failure> {
        if !std::io::stdin().is_terminal() {
            return Err(Failure::Usage(format!(
                "{} is needed and there is no terminal to ask at: set {}, or name a file",
                self.name, self.variable
            )));
        }
        rpassword::prompt_password(format!("{question}: "))
            .map_err(|source| Failure::Wrong(format!("{question} could not be read: {source}")))
    }
}

/// The passphrase as the ledger takes it.
pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text)
}
