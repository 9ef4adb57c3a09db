//! Figures: what a report counts, and one number with the way back to what it was counted from.
//! A number never stands here without either its [`Trace`] or the reason why it has none.

use register::figures::Step;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::trace::Trace;

/// What is counted: how far people came in the reception. Each has its own moment, by which a day
/// or a period counts it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// Movements that landed.
    Movements,
    /// People announced, on movements not cancelled; by the moment they are expected.
    Announced,
    /// People on manifests, lines taken off again not counted; by the moment they were listed.
    Listed,
    /// Returned: people counted when their movement landed.
    Returned,
    /// People met, each with a number and a card.
    Met,
    /// People registered.
    Registered,
    /// Registered without being on the manifest.
    Unlisted,
    /// Registered, and preferred not to say who they are.
    Declined,
    /// Screened, or asked and preferred not to answer.
    Screened,
    /// Assisted: received one item at least.
    Assisted,
    /// Left the reception.
    Left,
    /// On the manifest and did not come.
    NoShow,
}

impl Measure {
    /// Every measure, in the order reports show them.
    pub const ALL: [Self; 12] = [
        Self::Movements,
        Self::Announced,
        Self::Listed,
        Self::Returned,
        Self::Met,
        Self::Registered,
        Self::Unlisted,
        Self::Declined,
        Self::Screened,
        Self::Assisted,
        Self::Left,
        Self::NoShow,
    ];

    /// The word of the measure in files, addresses and message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Movements => "movements",
            Self::Announced => "announced",
            Self::Listed => "listed",
            Self::Returned => "returned",
            Self::Met => "met",
            Self::Registered => "registered",
            Self::Unlisted => "unlisted",
            Self::Declined => "declined",
            Self::Screened => "screened",
            Self::Assisted => "assisted",
            Self::Left => "left",
            Self::NoShow => "no_show",
        }
    }

    /// The measure of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }

    /// The step of the register that it counts. A movement is counted by the people who landed.
    pub(crate) const fn step(self) -> Step {
        match self {
            Self::Movements | Self::Returned => Step::Returned,
            Self::Announced => Step::Announced,
            Self::Listed => Step::Listed,
            Self::Met => Step::Met,
            Self::Registered => Step::Registered,
            Self::Unlisted => Step::Unlisted,
            Self::Declined => Step::Declined,
            Self::Screened => Step::Screened,
            Self::Assisted => Step::Assisted,
            Self::Left => Step::Left,
            Self::NoShow => Step::NoShow,
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// A number, or why it is not shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
    /// The number.
    Shown(i64),
    /// Hidden in the public version: too small, or a small number could be worked out from it. Which
    /// of the two is not told.
    Hidden,
    /// Not in the plan of what is published.
    Unpublished,
}

/// One number of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// The number.
    pub value: Value,
    /// The way back to what was counted; none in the public version.
    pub trace: Option<Trace>,
}

impl Figure {
    /// A number that was counted along a trace.
    pub const fn new(value: i64, trace: Trace) -> Self {
        Self {
            value: Value::Shown(value),
            trace: Some(trace),
        }
    }

    /// The number, where it is shown.
    pub const fn shown(&self) -> Option<i64> {
        match self.value {
            Value::Shown(value) => Some(value),
            Value::Hidden | Value::Unpublished => None,
        }
    }
}

/// `{"value": 12, "trace": "…"}`; a number that is not shown is `{"value": null, "suppressed":
/// "hidden"}` or `"not_published"`.
impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &self.shown())?;
        match self.value {
            Value::Shown(_) => {}
            Value::Hidden => map.serialize_entry("suppressed", "hidden")?,
            Value::Unpublished => map.serialize_entry("suppressed", "not_published")?,
        }
        if let Some(trace) = &self.trace {
            map.serialize_entry("trace", &trace.key())?;
        }
        map.end()
    }
}

/// One figure for each measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts(Vec<Figure>);

impl Counts {
    /// Counts each measure in turn.
    pub fn each(mut figure: impl FnMut(Measure) -> Figure) -> Self {
        Self(Measure::ALL.map(&mut figure).into())
    }

    /// The figure of a measure.
    pub fn of(&self, measure: Measure) -> &Figure {
        &self.0[measure as usize]
    }
}

/// A map from the measure's word to its figure.
impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            Measure::ALL
                .iter()
                .map(|measure| (measure.code(), self.of(*measure))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn every_measure_is_found_by_its_word_and_stands_at_its_place() {
        for (place, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure as usize, place);
            assert_eq!(Measure::from_code(measure.code()), Some(measure));
        }
    }
}
