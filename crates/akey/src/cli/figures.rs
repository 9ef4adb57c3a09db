//! What can be typed about figures: those that others stated, and those that are to be expected.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

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
