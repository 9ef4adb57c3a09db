//! What people tell us about our work. What is said about somebody who works here is sealed to the
//! key of the focal point; its event looks like any other feedback, so that lists and counts of a
//! site do not betray that it exists.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{
    FeedbackChannel, FeedbackId, FeedbackKind, MisconductKind, Moment, SiteId, Slot, UserId,
};

/// What somebody told us.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Voice {
    /// How it reached us.
    #[n(0)]
    pub channel: FeedbackChannel,
    /// What kind of word it is.
    #[n(1)]
    pub kind: FeedbackKind,
    /// What was said.
    #[n(2)]
    pub text: String,
    /// How to answer; none for somebody who stays unknown.
    #[n(3)]
    pub contact: Option<String>,
    /// Only who answers it reads what was said.
    #[n(4)]
    pub sensitive: bool,
}

/// What is said about somebody who works here, or what was done about it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Misconduct {
    /// What they are said to have done; none for what was done about it.
    #[n(0)]
    pub kind: Option<MisconductKind>,
    /// How it reached us.
    #[n(1)]
    pub channel: Option<FeedbackChannel>,
    /// What was said, or done.
    #[n(2)]
    pub text: String,
    /// How to reach who told it; none for somebody who stays unknown.
    #[n(3)]
    pub contact: Option<String>,
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackStage {
    /// Not answered yet.
    Open,
    /// Answered.
    Answered,
    /// Nothing more is to be done.
    Closed,
}

impl FeedbackStage {
    /// Every stage, in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Closed];

    /// The word of the stage in rows and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The stage of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Feedback as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Feedback {
    /// Its id.
    pub id: FeedbackId,
    /// Where it was recorded.
    pub site: SiteId,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// How far it has come.
    pub stage: FeedbackStage,
    /// When it was first answered.
    pub answered_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// It is for the focal point alone.
    pub confidential: bool,
    /// What was said and answered was erased.
    pub erased: bool,
    /// What was said, where this node may read it.
    pub voice: Option<Voice>,
    /// The newest answer, where this node may read it.
    pub answer: Option<String>,
}

impl Feedback {
    /// The feedback that an event records.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::FeedbackRecorded(said) = &recorded.event else {
            return None;
        };
        let sealed = |(slot, _): &(Slot, _)| *slot == Slot::Misconduct;
        Some(Self {
            id: said.feedback,
            site: said.site,
            at: recorded.occurred.at,
            by: recorded.author,
            stage: FeedbackStage::Open,
            answered_at: None,
            closed_at: None,
            confidential: recorded.parts.iter().any(sealed),
            erased: false,
            voice: match recorded.part(Slot::Feedback) {
                Some(Personal::Feedback(voice)) => Some(voice.clone()),
                _ => None,
            },
            answer: None,
        })
    }

    /// Takes in one later event of this feedback, in total order. What was erased is over: an answer
    /// that another node gave meanwhile is erased with it.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            _ if self.erased => {}
            Event::FeedbackErased(_) => {
                self.erased = true;
                self.voice = None;
                self.answer = None;
                self.stage = FeedbackStage::Closed;
                self.closed_at.get_or_insert(recorded.occurred.at);
            }
            Event::FeedbackAnswered(_) => {
                self.stage = FeedbackStage::Answered;
                self.answered_at.get_or_insert(recorded.occurred.at);
                self.closed_at = None;
                if let Some(Personal::Remark(answer)) = recorded.part(Slot::Remark) {
                    self.answer = Some(answer.clone());
                }
            }
            Event::FeedbackClosed(_) => {
                self.stage = FeedbackStage::Closed;
                self.closed_at = Some(recorded.occurred.at);
            }
            _ => {}
        }
    }
}
