//! What statements speak of, and how loosely they are taken.

use serde::Serialize;

/// How it is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// How many hundredths "about" is more or less.
    pub about_percent: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { about_percent: 5 }
    }
}

/// What statements speak of.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
pub struct About {
    /// What was counted.
    pub indicator: String,
    /// Where.
    pub place: String,
    /// From > to.
    pub route: String,
}
