//! What can be typed about other nodes: letting them in, sending them away, meeting them by network or by
//! stick, and a hub of several servers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{LostNode, RootKeyFile};

/// `akey node`
#[derive(Subcommand, Debug)]
pub enum Nodes {
    /// Make the code by which one computer may join, with the root key
    #[command(after_help = "Example:\n  \
        akey node invite --site \"Cap-Haïtien airport\" --root-key /media/stick/root-key.txt \\\n    \
        --address 192.168.1.10 --out code.txt --qr code.svg")]
    Invite(Invite),
    /// Join an operation with the code of an invitation
    #[command(after_help = "Example:\n  \
        akey node join --data /srv/akey --code-file code.txt --login marie")]
    Join(Join),
    /// Let somebody of the operation sign in at this node: set their password here
    Enrol {
        /// What they type to sign in
        login: String,
    },
    /// Send a node away, with the root key: stolen, lost, or no longer needed
    #[command(
        after_help = "Example:\n  akey node revoke 3f2a --root-key /media/stick/root-key.txt"
    )]
    Revoke(Revoke),
    /// A node that is lost for good: announce it, wait, recover its rights
    #[command(subcommand, arg_required_else_help = true)]
    Lost(LostNode),
    /// Readmit this node under the new identity that `akey accept-loss` or `akey restore` gave it
    Readmit(Readmit),
}

/// `akey node invite`
#[derive(Args, Debug)]
pub struct Invite {
    /// The site the new node belongs to: its name or id
    #[arg(long, value_name = "SITE")]
    pub site: String,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its fields say it")]
    pub root_key: RootKeyFile,
    /// It may hold all personal data of the operation, as headquarters does
    #[arg(long)]
    pub everything: bool,
    /// For how many hours the code holds
    #[arg(long, value_name = "N", default_value_t = 48)]
    pub hours: u32,
    /// Where this node answers the new one: HOST or HOST:PORT; several may be given
    #[arg(long, value_name = "ADDR")]
    pub address: Vec<String>,
    /// Also write the code to a file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Also draw the code as a QR code (SVG)
    #[arg(long, value_name = "FILE")]
    pub qr: Option<PathBuf>,
}

/// `akey node join`
#[derive(Args, Debug)]
pub struct Join {
    /// The code
    pub code: Option<String>,
    /// A file with the code in it
    #[arg(long, value_name = "FILE", conflicts_with = "code")]
    pub code_file: Option<PathBuf>,
    /// Meet this node first, instead of those the code names
    #[arg(long, value_name = "ADDR")]
    pub meet: Option<String>,
    /// Who is to sign in here; the password is asked for (or AKEY_PASSWORD)
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey node revoke`
#[derive(Args, Debug)]
pub struct Revoke {
    /// The node: its key or how it begins, as `akey peers` shows it
    pub node: String,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its fields say it")]
    pub root_key: RootKeyFile,
}

/// `akey node readmit`
#[derive(Args, Debug)]
pub struct Readmit {
    #[command(flatten)]
    #[allow(missing_docs, reason = "its fields say it")]
    pub root_key: RootKeyFile,
}

/// `akey hub`
#[derive(Subcommand, Debug)]
pub enum Hub {
    /// Take this node's data to an empty database, to be shared by several servers from then on
    #[command(after_help = "Example:\n  \
        AKEY_STORE=postgres://akey:…@db.example.org/akey akey hub move --data /srv/akey\n\n\
        Stop the node first. Afterwards: akey serve with the same AKEY_STORE.")]
    Move,
    /// Set up a further server from a backup of one that runs, in an empty folder
    #[command(
        after_help = "Example, on the running server and then on the new one:\n  \
        akey backup /media/stick/hub.backup\n  \
        AKEY_STORE=postgres://akey:…@db.example.org/akey \\\n    \
        akey hub join /media/stick/hub.backup --data /srv/akey\n\n\
        The passphrase is that of the server of the backup. Destroy the backup afterwards."
    )]
    Join {
        /// The backup, made after akey hub move
        file: PathBuf,
    },
}

/// `akey bundle`
#[derive(Subcommand, Debug)]
pub enum Bundles {
    /// Write what others lack into one encrypted file
    #[command(after_help = "Examples:\n  \
        akey bundle write /media/stick/gate.akey                        for every other node\n  \
        akey bundle write /media/stick/gate.akey --to \"Cap-Haïtien airport\"\n  \
        akey bundle write /media/stick/gate.akey --to 3f2a --from-the-beginning\n  \
        akey peers --json > ends.json                                   there, and here:\n  \
        akey bundle write /media/stick/gate.akey --since ends.json\n\n\
        What each of them had when it was last heard of is left out; a node that never was is given\n\
        everything. What this node carries for others goes along. The file is an age file with a\n\
        passphrase of its own: tell it by another way than the stick goes.")]
    Write(BundleWrite),
    /// Take in what a stick brought
    #[command(after_help = "Example:\n  \
        akey bundle read /media/stick/gate.akey\n\n\
        In any order, as often as you like, weeks late: what waits for something earlier is kept until\n\
        that comes. Interrupted, it goes on at the next reading.")]
    Read(BundleRead),
}

/// The passphrase of a bundle.
#[derive(Args, Debug)]
pub struct BundlePassphrase {
    /// A file whose first line is the passphrase of the bundle (else AKEY_BUNDLE_PASSPHRASE, else asked)
    #[arg(long, value_name = "FILE")]
    pub bundle_passphrase_file: Option<PathBuf>,
}

/// `akey bundle write`
#[derive(Args, Debug)]
pub struct BundleWrite {
    /// Where to write it
    pub file: PathBuf,
    /// For which nodes: the first digits of one, or the name of its site; every other node unless said
    #[arg(long, value_name = "NODE", num_args = 1..)]
    pub to: Vec<String>,
    /// Leave out what a node has that printed this with `akey peers --json`
    #[arg(long, value_name = "FILE", conflicts_with = "from_the_beginning")]
    pub since: Option<PathBuf>,
    /// Leave out nothing
    #[arg(long)]
    pub from_the_beginning: bool,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its field says it")]
    pub passphrase: BundlePassphrase,
}

/// `akey bundle read`
#[derive(Args, Debug)]
pub struct BundleRead {
    /// The file
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs, reason = "its field says it")]
    pub passphrase: BundlePassphrase,
}

/// `akey peers`
#[derive(Args, Debug)]
pub struct Peers {
    /// Meet whoever answers there, now, and remember the address
    #[arg(long, value_name = "ADDR")]
    pub meet: Option<String>,
}
