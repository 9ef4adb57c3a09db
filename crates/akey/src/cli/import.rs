//! What can be typed to take files in.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
