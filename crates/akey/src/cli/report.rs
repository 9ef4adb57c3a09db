//! What can be typed about what is published: reports, updates, receipts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::languages;

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
