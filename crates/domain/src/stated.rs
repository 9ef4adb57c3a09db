//! Figures that somebody stated: how many people at a place, how many returned within a period, and
//! who says so. Akèy keeps a figure as it was stated and never changes it; what was typed wrongly is
//! withdrawn, and stays on record as withdrawn.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{Day, FigureId, FigureWithdrawal, Moment, SiteId, UserId};

/// No figure of people, flights or days is larger: what is typed beyond it is a slip of the finger.
pub const FIGURE_MAX: u64 = 10_000_000_000;

/// How exactly a figure was stated.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Sharpness {
    /// This number, or between these two.
    #[n(0)]
    Exact,
    /// Near this number.
    #[n(1)]
    About,
    /// This number or more.
    #[n(2)]
    AtLeast,
    /// This number is planned: it says nothing of what happened.
    #[n(3)]
    Planned,
}

impl Sharpness {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Exact, Self::About, Self::AtLeast, Self::Planned];

    /// The word in forms and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::Planned => "planned",
        }
    }

    /// The answer of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// How somebody came to the number.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Method {
    /// It was said, and not how it was found.
    #[n(0)]
    Statement,
    /// Counted one by one.
    #[n(1)]
    Count,
    /// Estimated, as from a part or from the air.
    #[n(2)]
    Estimate,
}

impl Method {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Count, Self::Estimate, Self::Statement];

    /// The word in forms and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Count => "count",
            Self::Estimate => "estimate",
        }
    }

    /// The answer of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// A figure as it was stated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct StatedFigure {
    /// Our short name for it, as `DR02`.
    #[n(0)]
    pub code: String,
    /// What was counted, as `present` or `returned`.
    #[n(1)]
    pub indicator: String,
    /// Its lower bound.
    #[n(2)]
    pub low: u64,
    /// Its upper bound; none where only one number was said.
    #[n(3)]
    pub high: Option<u64>,
    /// How exactly.
    #[n(4)]
    pub sharpness: Sharpness,
    /// How it was found.
    #[n(5)]
    pub method: Method,
    /// In what: `person`, `flight`.
    #[n(6)]
    pub unit: String,
    /// A flow since this day; none for how many there were.
    #[n(7)]
    pub from: Option<Day>,
    /// Until, or on, this day.
    #[n(8)]
    pub as_of: Day,
    /// Minutes after midnight of that day, where it was said.
    #[n(9)]
    pub minute: Option<u16>,
    /// Where, as it was said.
    #[n(10)]
    pub place: String,
    /// The site of ours that this is.
    #[n(11)]
    pub site: Option<SiteId>,
    /// From > to, as `USA>HTI`.
    #[n(12)]
    pub route: String,
    /// Groups or shares, as the source gives them.
    #[n(13)]
    pub breakdown: String,
    /// Who said so.
    #[n(14)]
    pub stated_by: String,
    /// Who published it.
    #[n(15)]
    pub published_by: String,
    /// When it was published, or told to us.
    #[n(16)]
    pub published_on: Day,
    /// Where it can be read.
    #[n(17)]
    pub source_url: String,
    /// A remark of whoever entered it.
    #[n(18)]
    pub note: String,
    /// The codes of figures that are parts of this one.
    #[n(19)]
    pub parts: Vec<String>,
}

impl StatedFigure {
    /// Whether it is how many people there were at a place: what a headcount is.
    pub fn is_headcount(&self) -> bool {
        self.from.is_none() && matches!(self.indicator.as_str(), "present" | "present_peak")
    }
}

/// Why a figure no longer stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Withdrawn {
    /// When.
    #[n(0)]
    pub at: Moment,
    /// By whom.
    #[n(1)]
    pub by: UserId,
    /// Why.
    #[n(2)]
    pub reason: FigureWithdrawal,
    /// The figure that stands in its place.
    #[n(3)]
    pub replaced_by: Option<FigureId>,
}

/// A stated figure as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Figure {
    /// Its id.
    #[n(0)]
    pub id: FigureId,
    /// What was stated.
    #[n(1)]
    pub stated: StatedFigure,
    /// Who entered it here.
    #[n(2)]
    pub by: UserId,
    /// When it was entered.
    #[n(3)]
    pub entered_at: Moment,
    /// Whether it was withdrawn.
    #[n(4)]
    pub withdrawn: Option<Withdrawn>,
}

impl Figure {
    /// The figure that an event states.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::FigureStated(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.figure,
            stated: body.stated.clone(),
            by: recorded.author,
            entered_at: recorded.order.recorded_at(),
            withdrawn: None,
        })
    }

    /// Takes in one later event of this figure, in total order. The first withdrawal stands.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Event::FigureWithdrawn(body) = &recorded.event {
            self.withdrawn.get_or_insert(Withdrawn {
                at: recorded.order.recorded_at(),
                by: recorded.author,
                reason: body.reason.clone(),
                replaced_by: body.replaced_by,
            });
        }
    }
}
