//! What happened in runs, counted.

use std::collections::BTreeMap;

use serde::Serialize;

/// What happened, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Steps taken.
    pub steps: u64,
    /// Commands asked.
    pub commands: u64,
    /// Of them refused by a rule.
    pub refused: u64,
    /// Items given.
    pub given: u64,
    /// Of them by the recovered right of a lost node.
    pub given_by_recovery: u64,
    /// Items given again, because the lost node was not gone.
    pub given_again_after_recovery: u64,
    /// Recoveries of the rights of a lost node.
    pub recoveries: u64,
    /// Meetings begun.
    pub meetings: u64,
    /// Meetings after which both had what they wanted.
    pub settled: u64,
    /// Messages carried.
    pub messages: u64,
    /// Days lived through, summed over sites.
    pub site_days: u64,
    /// Faults, by kind.
    pub faults: BTreeMap<String, u64>,
    /// Rules that said no, by code.
    pub refusals: BTreeMap<String, u64>,
}

const DAY_MS: u64 = 86_400_000;

impl Tally {
    /// Counts a fault.
    pub fn fault(&mut self, kind: &str) {
        *self.faults.entry(kind.to_owned()).or_default() += 1;
    }

    /// The run is over: it lasted so long, with so many sites.
    pub fn finish(&mut self, lasted_ms: i64, sites: usize) {
        let site_ms = lasted_ms.unsigned_abs().saturating_mul(sites as u64);
        self.site_days = site_ms.div_ceil(DAY_MS);
    }

    /// Adds what happened in another run.
    pub fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.commands += other.commands;
        self.refused += other.refused;
        self.given += other.given;
        self.given_by_recovery += other.given_by_recovery;
        self.given_again_after_recovery += other.given_again_after_recovery;
        self.recoveries += other.recoveries;
        self.meetings += other.meetings;
        self.settled += other.settled;
        self.messages += other.messages;
        self.site_days += other.site_days;
        for (kind, count) in &other.faults {
            *self.faults.entry(kind.clone()).or_default() += count;
        }
        for (code, count) in &other.refusals {
            *self.refusals.entry(code.clone()).or_default() += count;
        }
    }
}
