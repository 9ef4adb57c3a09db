//! What can be typed to try the program: the drill, and how fast it is.

use clap::{Args, ValueEnum};

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
