//! What can be typed when something is lost: data, a passphrase, a key.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::RootKeyFile;

/// `akey restore`
#[derive(Args, Debug)]
pub struct Restore {
    /// The backup
    pub file: PathBuf,
    /// The root key file, where the passphrase of the backup is lost
    #[arg(long, value_name = "FILE")]
    pub root_key: Option<PathBuf>,
    /// A file whose first line is the root key's passphrase (else AKEY_ROOT_PASSPHRASE, else asked)
    #[arg(long, value_name = "FILE", requires = "root_key")]
    pub root_passphrase_file: Option<PathBuf>,
}

/// `akey claim`
#[derive(Args, Debug)]
pub struct Claim {
    #[command(flatten)]
    #[allow(missing_docs, reason = "its fields say it")]
    pub root_key: RootKeyFile,
    /// An administrator
    #[arg(long, value_name = "LOGIN")]
    pub first: String,
    /// Another administrator or coordinator
    #[arg(long, value_name = "LOGIN")]
    pub second: String,
}

/// `akey accept-loss`
#[derive(Args, Debug)]
pub struct AcceptLoss {
    /// Do not ask: what is missing is known and nothing brings it back
    #[arg(long)]
    pub yes: bool,
}

/// `akey protection`
#[derive(Subcommand, Debug)]
pub enum Protection {
    /// Nobody can open protection notes any more: give the key to somebody of the protection role
    /// with the root key
    #[command(after_help = "Examples:\n  \
        akey protection recover --root-key /media/stick/root-key.txt --as marie --to guerda\n  \
        akey protection recover --root-key root-key.txt --as marie --to guerda --new-password\n\n\
        An administrator is there and types their password (or AKEY_PASSWORD). With --new-password the\n\
        colleague chooses a new one (or AKEY_NEW_PASSWORD), for whoever forgot theirs. It is recorded:\n\
        who, when, for whom. Stop akey serve first.")]
    Recover(RecoverProtection),
}

/// `akey protection recover`
#[derive(Args, Debug)]
pub struct RecoverProtection {
    #[command(flatten)]
    #[allow(missing_docs, reason = "its fields say it")]
    pub root_key: RootKeyFile,
    /// The administrator who is there
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: String,
    /// Who is given the key: of the protection role, neither administrator nor coordinator
    #[arg(long, value_name = "LOGIN")]
    pub to: String,
    /// They forgot their password, and choose a new one now
    #[arg(long)]
    pub new_password: bool,
}

/// `akey passphrase`
#[derive(Subcommand, Debug)]
pub enum Passphrase {
    /// Set a new passphrase with the old one
    #[command(after_help = "Example:\n  akey passphrase change --data /srv/akey\n\n\
        The new one is asked for (or AKEY_NEW_PASSPHRASE).")]
    Change,
    /// The passphrase is lost: set a new one with the root key
    #[command(
        after_help = "Example:\n  akey passphrase recover --root-key /media/stick/root-key.txt"
    )]
    Recover(RootKeyFile),
}
