//! What the drill found: a guarantee that did not hold, in which step, in words.

use std::fmt;

use serde::Serialize;

/// A promise of DESIGN's section 3, as far as the drill holds production to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Guarantee {
    /// What was acknowledged is there; what is damaged is named and never served.
    G1,
    /// The same events give the same register.
    G2,
    /// An item is given once.
    G3,
    /// Limits hold against all that is known, and nothing is dropped in silence.
    G4,
    /// Nobody gives what is not on the shelf.
    G5,
    /// Two histories of one node are caught.
    G9,
    /// What is not understood yet is kept and passed on.
    G10,
}

/// A guarantee did not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which.
    pub guarantee: Guarantee,
    /// In which step of the script; none when it showed at rest, after the last.
    pub step: Option<usize>,
    /// What was seen.
    pub what: String,
}

impl Finding {
    /// Something was seen that must not be.
    pub fn of(guarantee: Guarantee, what: impl Into<String>) -> Self {
        Self {
            guarantee,
            step: None,
            what: what.into(),
        }
    }

    /// Whether another finding is of the same kind: then a shorter script still shows this one.
    pub fn is_like(&self, other: &Self) -> bool {
        let kind = |finding: &Self| {
            let words: Vec<String> = finding
                .what
                .split_whitespace()
                .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
                .map(str::to_owned)
                .collect();
            (finding.guarantee, words)
        };
        kind(self) == kind(other)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => write!(f, "{:?} at step {step}: {}", self.guarantee, self.what),
            None => write!(f, "{:?} at rest: {}", self.guarantee, self.what),
        }
    }
}
