//! What somebody stated.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Interval;

/// More people, flights or days than anybody states.
pub(crate) const VALUE_MAX: i64 = 10_000_000_000;

/// How exactly somebody stated a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Precision {
    /// This number, or between these two.
    #[serde(rename = "exact")]
    Exact,
    /// Near this number.
    #[serde(rename = "about")]
    About,
    /// This number or more.
    #[serde(rename = "at least")]
    AtLeast,
    /// This number is planned: it says nothing of what happened.
    #[serde(rename = "planned")]
    Planned,
}

/// A figure somebody stated: one row of a file such as `figures/haiti-2021.csv`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Our name for it.
    pub figure_id: String,
    /// What was counted.
    pub indicator: String,
    /// Its lower bound.
    pub value_low: i64,
    /// Its upper bound; none for "at least".
    pub value_high: Option<i64>,
    /// How exactly.
    pub precision: Precision,
    /// In what.
    pub unit: String,
    /// A flow since this day; none for a stock.
    pub period_start: Option<Date>,
    /// Until, or on, this day.
    pub as_of: Date,
    /// Where.
    pub place: String,
    /// From > to; `all` for every origin.
    pub route: String,
    /// Groups or shares, as the source gives them.
    pub breakdown: String,
    /// Who said so.
    pub stated_by: String,
    /// Who published it.
    pub published_by: String,
    /// When it was published.
    pub published_on: Date,
    /// Where it was read.
    pub source_url: String,
    /// A remark.
    pub note: String,
    /// Statements that are parts of this one, separated by spaces; together they can be less than it.
    #[serde(default)]
    pub parts: String,
}

impl Statement {
    /// What it says, where "about" means so many hundredths more or less, rounded outwards.
    pub fn says(&self, about_percent: i64) -> Interval {
        let low = self.value_low;
        let high = self.value_high;
        match self.precision {
            Precision::Exact => Interval {
                low,
                high: high.or(Some(low)),
            },
            Precision::About => {
                let apart = |number: i64| (number.saturating_mul(about_percent) + 99) / 100;
                Interval {
                    low: low.saturating_sub(apart(low)).max(0),
                    high: Some(high.unwrap_or(low)).map(|high| high.saturating_add(apart(high))),
                }
            }
            Precision::AtLeast => Interval { low, high },
            Precision::Planned => Interval::ANY,
        }
    }

    /// The number as it was said, with `≈`, `≥` or two bounds.
    pub fn said(&self) -> String {
        let low = self.value_low;
        match (self.precision, self.value_high) {
            (Precision::About, _) => format!("≈ {low}"),
            (Precision::AtLeast, _) => format!("≥ {low}"),
            (Precision::Planned, _) => format!("planned {low}"),
            (Precision::Exact, Some(high)) if high != low => format!("{low} to {high}"),
            (Precision::Exact, _) => low.to_string(),
        }
    }

    /// The ids of its parts, each once.
    pub fn part_ids(&self) -> BTreeSet<&str> {
        self.parts.split_whitespace().collect()
    }

    /// Those of its parts that are none of these statements.
    pub fn unknown_parts(&self, statements: &[Self]) -> Vec<&str> {
        let is_unknown = |id: &&str| statements.iter().all(|other| other.figure_id != **id);
        self.part_ids().into_iter().filter(is_unknown).collect()
    }

    /// Its groups, where every part of the breakdown is a word and a number: `men 6586; women 2456`.
    pub fn groups(&self) -> Option<Vec<(&str, i64)>> {
        if self.breakdown.trim().is_empty() {
            return None;
        }
        let parts = self.breakdown.split(';').map(str::trim);
        parts
            .map(|part| {
                let (word, number) = part.rsplit_once(' ')?;
                let is_word = word.chars().all(|c| c.is_alphabetic() || c == '_');
                let number = number.parse().ok();
                let number = number.filter(|number| is_word && (0..=VALUE_MAX).contains(number));
                Some((word, number?))
            })
            .collect()
    }
}
