//! What can be typed: commands, flags and their help. Names and exit statuses are promises to other
//! people's scripts: they grow, they do not change. Nothing here does anything.

mod rights;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub use rights::{LostNode, Rights, RightsAsked};

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

/// `akey import`
#[derive(Subcommand, Debug)]
pub enum Import {
    /// A manifest, XLSX or CSV: every bad row is listed, the good ones are kept
    #[command(after_help = "Examples:\n  \
        akey import manifest list.xlsx --movement \"DEMO 113\" --as marie --dry-run\n  \
        akey import manifest list.csv --movement \"DEMO 113\" --as marie --date-order dmy")]
    Manifest(Manifest),
    /// Figures that others stated, CSV: put on record as they were stated
    #[command(
        after_help = "What is on record already stays as it is; a row that cannot be used is told, the \
        others are kept.\n\nExamples:\n  \
        akey import figures figures.csv --as marie --dry-run\n  \
        akey import figures figures.csv --as marie"
    )]
    Figures(ImportFigures),
}

/// `akey import figures`
#[derive(Args, Debug)]
pub struct ImportFigures {
    /// The file, with the columns of crates/akey/figures/haiti-2021.csv
    pub file: PathBuf,
    /// Only say what would be put on record
    #[arg(long)]
    pub dry_run: bool,
    /// Who takes them in; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// `akey import manifest`
#[derive(Args, Debug)]
pub struct Manifest {
    /// The file
    pub file: PathBuf,
    /// Id of the movement, or its name where only one open movement has it
    #[arg(long, value_name = "ID")]
    pub movement: String,
    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,
    /// You looked: nobody whose data was erased on request is in this file
    #[arg(long)]
    pub erased_checked: bool,
    /// Which comes first in dates like 03/04/1990, where the file itself leaves it open
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<Order>,
    /// What the columns of a list without a header hold, in their order, for instance
    /// family-name,given-names,sex,-,birth-date; `-` is not read. Without it a guess is shown
    #[arg(long, value_name = "FIELDS")]
    pub columns: Option<String>,
    /// You looked: this is the right movement, although the file names another flight or day, most of
    /// its people are on another manifest, or it takes most people off the list
    #[arg(long)]
    pub right_movement: bool,
    /// Who imports it: a sign-in name; the password is asked for (or AKEY_PASSWORD)
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// Day first or month first.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

/// `akey report`
#[derive(Subcommand, Debug)]
pub enum Report {
    /// The situation report of a day or a period
    #[command(after_help = "Examples:\n  \
        akey report sitrep --from 2021-09-19 --to 2021-09-23 --format html --out sitrep.html\n  \
        akey report sitrep --from 2021-09-01 --to 2021-09-30 --format pdf --language fr --out sitrep.pdf\n  \
        akey report sitrep --from 2021-09-23 --to 2021-09-23 --format json --out -")]
    Sitrep(Sitrep),
    /// Publish a day or a month, once and for good
    #[command(
        after_help = "Small numbers are hidden, and as many others as it takes so that none can be worked \
        out from all\nthat is published (docs/publication.md). With a month go its days.\n\nExamples:\n  \
        akey report publish 2021-09-19 --dry-run\n  \
        akey report publish 2021-09 --as marie --second paul\n\n\
        Both passwords are asked for (or AKEY_PASSWORD, AKEY_SECOND_PASSWORD)."
    )]
    Publish(Publish),
    /// List what is published
    #[command(
        after_help = "Examples:\n  akey report published\n  akey report published --since --json"
    )]
    Published {
        /// Count again, and say what is otherwise by now and how many people were erased since
        #[arg(long)]
        since: bool,
    },
    /// Check published files, all together, for numbers that can be worked out
    #[command(
        after_help = "It reads the files and nothing else, and needs no site. It exits with 1 if a hidden \
        number can be\nnarrowed down to fewer than six values.\n\nExamples:\n  \
        akey report sitrep --public --from 2021-09-19 --to 2021-09-19 --format json --out 19.json\n  \
        akey report audit 19.json 20.json 2021-09.json"
    )]
    Audit {
        /// Published reports in the form for programs
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// `akey report publish`
#[derive(Args, Debug)]
pub struct Publish {
    /// A day (2021-09-19) or a month (2021-09)
    #[arg(value_name = "DAY|MONTH")]
    pub period: String,
    /// Only say what would be hidden
    #[arg(long)]
    pub dry_run: bool,
    /// Who publishes it; in a demo, its coordinator unless said
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
    /// Who looked at it too; in a demo, its information officer unless said
    #[arg(long, value_name = "LOGIN")]
    pub second: Option<String>,
}

/// `akey report sitrep`
#[derive(Args, Debug)]
pub struct Sitrep {
    /// First day
    #[arg(long, value_name = "DATE")]
    pub from: Date,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub to: Date,
    /// One site, by id or name; all unless said
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// As it was published: one day, or one month
    #[arg(long, conflicts_with = "site")]
    pub public: bool,
    /// How it is written
    #[arg(long, value_name = "FORMAT")]
    pub format: Format,
    /// Language of its words; the JSON has none
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = languages())]
    pub language: String,
    /// Where to write it; - for standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// How a report is written.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A page to read and print
    Html,
    /// Tagged PDF to read, print and hear
    Pdf,
    /// A workbook, with a sheet that says where each number comes from
    Xlsx,
    /// CSV with HXL hashtags, a row for each number
    Hxl,
    /// For programs, every number with its trace
    Json,
}

/// `akey updates`
#[derive(Args, Debug)]
pub struct Updates {
    /// What to do; without it, how it stands
    #[command(subcommand)]
    pub action: Option<UpdatesAction>,
}

/// What `akey updates` does.
#[derive(Subcommand, Debug)]
pub enum UpdatesAction {
    /// Take in mail that came back (RFC 3464): who has no such mailbox is sent nothing more
    ///
    /// Each file is one message; without files, one message is read from standard input. A message
    /// that is no report of a mail of ours is passed over: it is no error, so that it is not returned.
    Bounce {
        /// The messages
        files: Vec<PathBuf>,
    },
    /// Send now what waits
    Send,
}

/// `akey receipt`
#[derive(Subcommand, Debug)]
pub enum Receipt {
    /// Check words, signature and receipt of a statement, with nothing but the file
    #[command(
        after_help = "It needs no site and no network. The file is a transparent statement (RFC 9943) as \
        the page of a\nrecommendation or a published report gives it, or the text of its code. Ends with 1 when \
        anything\ndoes not hold.\n\nExamples:\n  \
        akey receipt verify 4f1c.cose\n  \
        akey receipt verify 4f1c.cose --log-key 9a31… --author-key 07be… --json"
    )]
    Verify {
        /// The file
        file: PathBuf,
        /// The log's key as its node prints it, where it is known
        #[arg(long, value_name = "HEX")]
        log_key: Option<String>,
        /// The author's key, where it is known
        #[arg(long, value_name = "HEX")]
        author_key: Option<String>,
    },
    /// Write a statement with its receipt as a file
    #[command(
        after_help = "Example:\n  akey receipt write 0000…adc8 --data /srv/akey --out advice.cose"
    )]
    Write {
        /// The id of the statement, as `akey recommendations` prints it
        statement: String,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// `akey figures`
#[derive(Subcommand, Debug)]
pub enum Figures {
    /// Hold statements against each other: what can all be true, what cannot, what is left over
    #[command(
        after_help = "Without a file, what was said in public about September 2021. It needs no site. It \
        exits with 1 if\nstatements contradict each other. docs/figures.md says how it decides.\n\nExamples:\n  \
        akey figures reconcile\n  \
        akey figures reconcile figures.csv --about 2\n  \
        akey figures reconcile figures.csv more.csv --json\n  \
        akey figures reconcile --register --data /srv/akey"
    )]
    Reconcile(Reconcile),
    /// Write the figures on record as CSV, of the form that is taken in
    #[command(after_help = "Example:\n  akey figures export --data /srv/akey --out figures.csv")]
    Export {
        /// Where to write it; to the screen without
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// `akey figures reconcile`
#[derive(Args, Debug)]
pub struct Reconcile {
    /// Statements as CSV, with the columns of crates/akey/figures/haiti-2021.csv
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Those on record at the site of --data, and beside them what was counted there
    #[arg(long, conflicts_with = "files")]
    pub register: bool,
    /// How many hundredths "about" is more or less
    #[arg(long, value_name = "PERCENT", default_value_t = 5, value_parser = clap::value_parser!(i64).range(0..=50))]
    pub about: i64,
}

/// `akey link`
#[derive(Args, Debug)]
pub struct Link {
    /// People, as CSV in UTF-8 or XLSX with a header: record_id, given_names, family_name, sex (f, m),
    /// birth_date (1987-03-12 or 1987), mother_name, birthplace, phone, document, and party, which is
    /// the same for those who travelled together. Other columns are ignored, any may be missing
    #[arg(value_name = "FILE", required_unless_present = "register")]
    pub file: Option<PathBuf>,
    /// Everybody whom this site may read, instead of a file; records are called by the ids of people
    #[arg(long, conflicts_with_all = ["file", "truth", "splink"])]
    pub register: bool,
    /// Weigh by this model at the desk from now on: the one that was learnt, or that of --model
    #[arg(long, requires = "register", conflicts_with = "file")]
    pub at_the_desk: bool,
    /// Where the pairs go: record_a, record_b, probability, the most probable first
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Leave pairs less probable than this out
    #[arg(long, value_name = "P", default_value_t = 0.5)]
    pub least: f64,
    /// The column that says who it is: precision, recall, F1 and calibration are said too
    #[arg(long, value_name = "COLUMN")]
    pub truth: Option<String>,
    /// Write who is who as well: record_id, person
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// Write what people should look at as well, what is worth most first, each with the reasons
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// Use this model as it is, instead of learning one from the file
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Keep the model that was used, as JSON that can be read
    #[arg(long, value_name = "FILE")]
    pub save_model: Option<PathBuf>,
    /// Write the model as settings for Splink into this folder, with the records made ready for it:
    /// they hold names. What to do with them stands in its README
    #[arg(long, value_name = "FOLDER")]
    pub splink: Option<PathBuf>,
}

/// `akey pathways`
#[derive(Args, Debug)]
pub struct Pathways {
    /// Told or opened on this day or later (else since the beginning)
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Told or opened on this day or earlier (else until today)
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
}

/// `akey outlook`
#[derive(Args, Debug)]
pub struct Outlook {
    /// Only the site of this name
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// How many days ahead
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub days: u16,
    /// Of what
    #[command(subcommand)]
    pub of: Option<OutlookOf>,
}

/// What `akey outlook` can look at beside goods.
#[derive(Subcommand, Debug)]
pub enum OutlookOf {
    /// When the last person of a queue is served, out of a file; needs no site
    Queue(OutlookQueue),
}

/// `akey outlook queue`
#[derive(Args, Debug)]
pub struct OutlookQueue {
    /// Who comes when, as CSV: time,people and, where it is not sure, low,high
    #[arg(long, value_name = "FILE")]
    pub arrivals: PathBuf,
    /// How many desks are open
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub desks: u32,
    /// How many minutes one person takes at a desk
    #[arg(long, value_name = "M", allow_negative_numbers = true, value_parser = crate::minutes::milliseconds_of)]
    pub minutes: u64,
    /// When the desks open (else with the first arrivals)
    #[arg(long, value_name = "HH:MM", value_parser = crate::minutes::minute_of)]
    pub opens: Option<u32>,
    /// By when nobody should wait: says how many desks that takes
    #[arg(long, value_name = "HH:MM", value_parser = crate::minutes::minute_of)]
    pub by: Option<u32>,
}

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
    /// The root key file
    #[arg(long, value_name = "FILE")]
    pub root_key: PathBuf,
    /// A file whose first line is the root key's passphrase (else AKEY_ROOT_PASSPHRASE, else asked)
    #[arg(long, value_name = "FILE")]
    pub root_passphrase_file: Option<PathBuf>,
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
    /// The root key file
    #[arg(long, value_name = "FILE")]
    pub root_key: PathBuf,
    /// A file whose first line is the root key's passphrase (else AKEY_ROOT_PASSPHRASE, else asked)
    #[arg(long, value_name = "FILE")]
    pub root_passphrase_file: Option<PathBuf>,
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
    Recover {
        /// The root key file
        #[arg(long, value_name = "FILE")]
        root_key: PathBuf,
        /// A file whose first line is the root key's passphrase (else AKEY_ROOT_PASSPHRASE, else
        /// asked)
        #[arg(long, value_name = "FILE")]
        root_passphrase_file: Option<PathBuf>,
    },
}

/// `akey drill`
#[derive(Args, Debug)]
pub struct Drill {
    /// How many seeds
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub seeds: u64,
    /// The first seed
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub start: u64,
    /// On how many cores; all unless said
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// 10,000 seeds, or as many as fit into an hour
    #[arg(long, conflicts_with = "seeds")]
    pub nightly: bool,
    /// Plant a mistake, or all of them one after the other, and say which seed shows it; `list`
    /// names them. Only in builds with `--features armed`
    #[arg(long, value_name = "MISTAKE", conflicts_with_all = ["seeds", "start", "nightly"])]
    pub plant: Option<String>,
    /// Only these steps of the seed named with --start, as a failure prints them
    #[arg(long, value_name = "STEPS", value_delimiter = ',', conflicts_with_all = ["seeds", "nightly"])]
    pub keep: Option<Vec<usize>>,
}

impl Drill {
    /// On how many cores.
    pub fn jobs(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.jobs.unwrap_or(cores).max(1)
    }
}

/// `akey bench`
#[derive(Args, Debug)]
pub struct Bench {
    /// Which measurement; all unless said
    #[arg(value_name = "NAME")]
    pub name: Option<Measurement>,
    /// How many events to rebuild from
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    pub events: u64,
    /// How many people to have on record for the report, the start and the pages
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub people: u32,
    /// How many are told by mail
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub readers: u32,
}

/// What can be measured.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measurement {
    /// Durable registrations a second, with 1, 10 and 100 desks, beside bare SQLite commits
    Register,
    /// Reading and taking in a manifest of 10,000 rows
    Import,
    /// Queueing a notice for everybody who asked to be told, while desks register
    Mail,
    /// A new node's first meeting with this one, and what is recorded later
    Sync,
    /// Working the register out anew from the events
    Rebuild,
    /// A situation report
    Sitrep,
    /// Start after unlock, and memory
    Start,
    /// Pages of the desk over HTTP
    Pages,
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
