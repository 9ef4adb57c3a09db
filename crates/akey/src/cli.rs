//! What can be typed: commands, flags and their help. Names and exit statuses are promises to other
//! people's scripts: they grow, they do not change. Nothing here does anything.

mod figures;
mod import;
mod link;
mod loss;
mod nodes;
mod report;
mod rights;
mod trial;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

pub use figures::{Figures, Outlook, OutlookOf, OutlookQueue, Pathways, Reconcile};
pub use import::{Import, ImportFigures, Manifest, Order};
pub use link::Link;
pub use loss::{AcceptLoss, Claim, Passphrase, Protection, RecoverProtection, Restore};
pub use nodes::{
    BundleRead, BundleWrite, Bundles, Hub, Invite, Join, Nodes, Peers, Readmit, Revoke,
};
pub use report::{Format, Publish, Receipt, Report, Sitrep, Updates, UpdatesAction};
pub use rights::{LostNode, Rights, RightsAsked};
pub use trial::{Bench, Drill, Measurement};

/// Reception of returning people, with or without a network.
#[derive(Parser, Debug)]
#[command(
    name = "akey",
    version,
    about,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Try it with invented people on real figures:\n  akey demo\n\n\
                  Exit status: 0 done, 1 refused or found wrong, 2 usage."
)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Args, Debug, Clone)]
pub struct Common {
    /// The folder that holds the site's data
    #[arg(long, global = true, value_name = "DIR", env = "AKEY_DATA")]
    pub data: Option<PathBuf>,
    /// A file whose first line is the passphrase (else AKEY_PASSPHRASE, else asked for)
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Answer as JSON on standard output; a failure as {"error": …, "exit": n}, and in words on
    /// standard error
    #[arg(long, global = true)]
    pub json: bool,
    /// The database that the servers of a hub share: postgres://NAME:PASSWORD@HOST/DATABASE
    ///
    /// PostgreSQL 15 or newer. Better in AKEY_STORE: arguments are seen by everybody on the computer.
    /// On another machine it is reached by TLS; ?sslrootcert=FILE names its authority.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "AKEY_STORE",
        hide_env_values = true
    )]
    pub store: Option<StoreAddress>,
}

/// Where the database of a hub is. It may hold a password and is never shown.
#[derive(Clone)]
pub struct StoreAddress(pub String);

impl std::fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreAddress(..)")
    }
}

impl std::str::FromStr for StoreAddress {
    type Err = std::convert::Infallible;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        Ok(Self(address.to_owned()))
    }
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// A working example operation: September 2021, invented people, real figures
    #[command(after_help = "Examples:\n  \
        akey demo                              19 to 23 September, a flight landing on the 24th\n  \
        akey demo --until 2021-10-19           10,831 people by all routes\n  \
        akey demo --no-serve --data /tmp/demo  only make the data")]
    Demo(Demo),
    /// Begin an operation: root key, first site, first administrator
    #[command(after_help = "Example:\n  \
        akey init --operation \"Haiti returns\" --site \"Port-au-Prince airport\" --site-kind airport \\\n    \
        --area HT01 --port-code PAP --time-zone America/Port-au-Prince \\\n    \
        --language ht --language fr --admin-login marie --admin-name \"Marie Demo-Mapou\"\n\n\
        What is not given is asked for. Move the root key file off this computer afterwards.")]
    Init(Box<Init>),
    /// Run the site: pages for everybody, and the door for the other commands
    #[command(after_help = "Examples:\n  \
        akey serve                               this computer only, http://127.0.0.1:8710\n  \
        akey serve --listen 192.168.1.10:8710    the site's network, TLS with the site certificate\n  \
        AKEY_STORE=postgres://… akey serve       one server of a hub: see akey hub --help")]
    Serve(Serve),
    /// Take in a file
    #[command(subcommand, arg_required_else_help = true)]
    Import(Import),
    /// Write a report
    #[command(subcommand, arg_required_else_help = true)]
    Report(Report),
    /// Hold what others stated against itself
    #[command(subcommand, arg_required_else_help = true)]
    Figures(Figures),
    /// Verify the receipt of a statement
    #[command(subcommand, arg_required_else_help = true)]
    Receipt(Receipt),
    /// Danger: teams that cannot leave, roads, incidents, and where nobody is to travel tonight
    #[command(
        after_help = "It prints no text of an incident: that is read on the page, by those who may.\n\n\
        Example:\n  akey incidents --data /srv/akey --json"
    )]
    Incidents,
    /// Who is told by mail, in numbers; mail that came back; sending what waits
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Addresses are shown nowhere. The mail server is set on the page /updates/office.\n\n\
        Examples:\n  \
        akey updates --data /srv/akey --json\n  \
        akey updates bounce --data /srv/akey returned.eml\n  \
        In /etc/aliases, so that mail that comes back is counted:\n  \
        news: \"|akey updates bounce --data /srv/akey --passphrase-file /etc/akey/passphrase || exit 75\""
    )]
    Updates(Updates),
    /// Recommendations, and what became of them
    #[command(after_help = "Example:\n  akey recommendations --data /srv/akey --json")]
    Recommendations,
    /// The balance of every site: who came, who left, who is not accounted for
    #[command(after_help = "Example:\n  akey sites --data /srv/akey --json")]
    Sites,
    /// Of those who were told of safe, orderly and humane pathways: how many got one
    #[command(
        after_help = "The numbers are small and stay within the operation: nothing of them is published.\n\n\
        Examples:\n  \
        akey pathways --data /srv/akey --json\n  \
        akey pathways --data /srv/akey --from 2021-09-19 --to 2021-10-19"
    )]
    Pathways(Pathways),
    /// Find records of a file that may be one person, each pair with its probability
    #[command(
        after_help = "For a file it needs no site; nothing leaves the machine, and nobody is linked: a person decides.\n\n\
        Examples:\n  \
        akey link people.csv --out pairs.csv\n  \
        akey link people.xlsx --out pairs.csv --people people-linked.csv --review look-first.csv\n  \
        akey link people.csv --out pairs.csv --truth entity --save-model model.json\n  \
        akey link more.csv --out pairs.csv --model model.json\n  \
        akey link --register --out pairs.csv --review look-first.csv --at-the-desk"
    )]
    Link(Link),
    /// What runs short when, with its bounds, and what could be moved; or when a queue is served
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  \
        akey outlook --data /srv/akey --days 7\n  \
        akey outlook queue --arrivals takhtabaig.csv --desks 70 --minutes 4.9359 --by 18:00"
    )]
    Outlook(Outlook),
    /// Check every signature, every sealed part and every row
    #[command(after_help = "Example:\n  akey verify --data /srv/akey\n\n\
        Ends with 1 when anything is wrong, and names it. Two nodes with the same events print the\n\
        same public digest.")]
    Verify,
    /// Drop what was worked out from the events and work it out anew
    #[command(after_help = "Example:\n  akey rebuild --data /srv/akey")]
    Rebuild,
    /// Write a backup into one file, while work goes on
    #[command(
        after_help = "Example:\n  akey backup /media/stick/akey-2021-09-24.backup\n\n\
        The file is encrypted as the data is; the same passphrase opens it."
    )]
    Backup {
        /// Where to write it
        file: PathBuf,
    },
    /// Make a node from a backup, in an empty folder
    #[command(
        after_help = "Example:\n  akey restore akey-2021-09-24.backup --data /srv/akey-restored\n\n\
        The restored node has a new identity and gives nothing until two persons with the root key\n\
        claim the old one's rights: see akey claim --help."
    )]
    Restore(Restore),
    /// After a restore: take over the old node's rights, by two persons with the root key
    #[command(after_help = "Example:\n  \
        akey claim --root-key /media/stick/root-key.txt --first marie --second jean\n\n\
        Both passwords are asked for (or AKEY_FIRST_PASSWORD, AKEY_SECOND_PASSWORD). What may have\n\
        been given since the backup is then marked: check the card.")]
    Claim(Claim),
    /// The disk lost acknowledged events and no better backup exists: go on with what is left
    #[command(after_help = "Example:\n  akey accept-loss --data /srv/akey\n\n\
        It says first what is missing, and asks. The node takes a new identity, and as after a restore\n\
        it gives nothing that the old one granted until two persons with the root key claim its rights:\n\
        see akey claim --help. Copy the folder as it is before.")]
    AcceptLoss(AcceptLoss),
    /// Nodes of the operation: invite one, join, send one away
    #[command(subcommand, arg_required_else_help = true)]
    Node(Nodes),
    /// What was written differently at two places, and waits for somebody to choose
    #[command(
        after_help = "It prints which fields, whose values and when, never what they say: that is read on\n\
        the page /conflicts, by those who may.\n\n\
        Example:\n  akey conflicts --data /srv/akey --json"
    )]
    Conflicts,
    /// Who may give what, between nodes: release, accept, and what was given too often
    #[command(after_help = "Examples:\n  \
        akey rights --data /srv/akey\n  \
        akey rights release --movement DR-21 --to \"Cap-Haïtien airport\" --divert --as marie\n  \
        akey rights overlaps")]
    Rights(RightsAsked),
    /// A hub of several servers on one database
    #[command(subcommand, arg_required_else_help = true)]
    Hub(Hub),
    /// The other nodes: who has what, how far behind, last contact, forks, clocks
    #[command(after_help = "Examples:\n  \
        akey peers --data /srv/akey\n  \
        akey peers --data /srv/akey --meet hub.example.org      meet it now, and remember where it is")]
    Peers(Peers),
    /// What a stick carries between nodes that have no network
    #[command(subcommand, arg_required_else_help = true)]
    Bundle(Bundles),
    /// The key for protection notes
    #[command(subcommand, arg_required_else_help = true)]
    Protection(Protection),
    /// Change the passphrase, or set a new one with the root key
    #[command(subcommand, arg_required_else_help = true)]
    Passphrase(Passphrase),
    /// Print completions for a shell
    #[command(after_help = "Example:\n  \
        akey completions bash > ~/.local/share/bash-completion/completions/akey")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Many simulated nodes through partitions, crashes and thieves, held against the guarantees
    #[command(
        after_help = "It needs no site and touches no data. A seed is one history: it fails alike everywhere.\n\n\
        Examples:\n  \
        akey drill --seeds 1000                 a coffee's worth\n  \
        akey drill --nightly --jobs 8 --json    10,000 seeds or one hour\n  \
        akey drill --start 4711 --seeds 1       one seed again"
    )]
    Drill(Drill),
    /// Measure this machine: registrations, import, rebuild, report, start, pages
    #[command(after_help = "Examples:\n  \
        akey bench                            everything, some minutes\n  \
        akey bench register                   one of them\n  \
        akey bench rebuild --events 1000000")]
    Bench(Bench),
}

/// The root key, where something is signed with it.
#[derive(Args, Debug)]
pub struct RootKeyFile {
    /// The file of the root key
    #[arg(long = "root-key", value_name = "FILE")]
    pub file: PathBuf,
    /// A file whose first line is the root key's passphrase (else AKEY_ROOT_PASSPHRASE, else asked)
    #[arg(long = "root-passphrase-file", value_name = "FILE")]
    pub passphrase: Option<PathBuf>,
}

/// `akey demo`
#[derive(Args, Debug)]
pub struct Demo {
    /// Play up to and including this day; what lands the next day is left to you
    #[arg(long, value_name = "DATE", default_value = "2021-09-23")]
    pub until: Date,
    /// Port of the pages
    #[arg(long, value_name = "N", default_value_t = 8710)]
    pub port: u16,
    /// Only make the data
    #[arg(long)]
    pub no_serve: bool,
    /// Begin anew, even where a demo stands already
    #[arg(long)]
    pub fresh: bool,
}

/// `akey init`
#[derive(Args, Debug)]
pub struct Init {
    /// Name of the operation
    #[arg(long, value_name = "NAME")]
    pub operation: Option<String>,
    /// Name of this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// What the site is
    #[arg(long, value_name = "KIND", value_parser = site_kinds())]
    pub site_kind: Option<String>,
    /// Country, ISO 3166-1 alpha-3
    #[arg(long, value_name = "CODE", default_value = "HTI")]
    pub country: domain::Country,
    /// Administrative area, as a P-code
    #[arg(long, value_name = "P-CODE")]
    pub area: Option<String>,
    /// IATA code or UN/LOCODE
    #[arg(long, value_name = "CODE")]
    pub port_code: Option<String>,
    /// IANA time zone
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// When the site's day closes, local time; midnight unless said
    #[arg(long, value_name = "HH:MM", default_value = "00:00")]
    pub day_closes: jiff::civil::Time,
    /// What the first administrator types to sign in
    #[arg(long, value_name = "LOGIN")]
    pub admin_login: Option<String>,
    /// The first administrator's name
    #[arg(long, value_name = "NAME")]
    pub admin_name: Option<String>,
    /// Another role of the first administrator, at a site where one person does several things
    #[arg(long, value_name = "ROLE", value_parser = roles())]
    pub admin_role: Vec<String>,
    /// A language of the pages, the first for whoever has not chosen; all four unless said, chosen
    /// by the browser
    #[arg(long, value_name = "CODE", value_parser = languages(), value_delimiter = ',')]
    pub language: Vec<String>,
    /// Where to write the root key; `root-key.txt` beside the data folder unless said
    #[arg(long, value_name = "FILE")]
    pub root_key: Option<PathBuf>,
    /// A name by which devices on the site's network reach it, beside akey.local
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// An address by which they reach it
    #[arg(long, value_name = "IP")]
    pub address: Vec<std::net::IpAddr>,
}

/// `akey serve`
#[derive(Args, Debug)]
pub struct Serve {
    /// Where to listen: plain HTTP on this computer alone, TLS elsewhere
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8710")]
    pub listen: SocketAddr,
    /// Where to answer other nodes; unless said, port 8711 of the same address where that is not this
    /// computer alone
    #[arg(long, value_name = "ADDR")]
    pub nodes: Option<SocketAddr>,
    /// Do not look for nodes on the local network, and do not announce this one there
    #[arg(long)]
    pub no_neighbours: bool,
}

fn site_kinds() -> Vec<&'static str> {
    vec![
        "encampment",
        "custody",
        "airport",
        "land_crossing",
        "seaport",
        "shelter",
        "warehouse",
        "office",
    ]
}

fn languages() -> Vec<&'static str> {
    vec!["ht", "fr", "en", "es"]
}

fn roles() -> Vec<&'static str> {
    domain::Role::ALL
        .into_iter()
        .map(domain::Role::code)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_is_described_and_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_kind_of_site_can_be_typed() {
        let known: Vec<&str> = domain::SiteKind::KNOWN
            .iter()
            .map(domain::SiteKind::as_str)
            .collect();
        assert_eq!(site_kinds(), known);
    }

    #[test]
    fn every_language_of_the_pages_can_be_typed() {
        let known: Vec<&str> = domain::LanguageCode::KNOWN
            .iter()
            .map(domain::LanguageCode::as_str)
            .collect();
        assert_eq!(languages(), known);
    }
}
