//! Recommendations and what becomes of them: each version, each answer of an office and each dissent is
//! a statement signed by its author's own key. Nobody can edit another's words; a change is a new
//! version, and what was withdrawn stays on record.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{
    AdviceId, AdviceOutcome, Bytes, Day, Moment, NodeKey, OfficeId, StatementId, SubjectId, UserId,
};

/// What a statement is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum StatementKind {
    /// What somebody recommends, or a new version of it.
    #[n(0)]
    Recommendation,
    /// What an office answers.
    #[n(1)]
    Response,
    /// That somebody does not agree with something that was decided or published.
    #[n(2)]
    Dissent,
    /// A situation report as it was published.
    #[n(3)]
    Report,
}

impl StatementKind {
    /// The word in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recommendation => "recommendation",
            Self::Response => "response",
            Self::Dissent => "dissent",
            Self::Report => "report",
        }
    }
}

/// What a signed statement says, as JSON in its payload. Everything that must not be changed quietly
/// is in it, not only in the event around it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Words {
    /// What it is.
    pub kind: StatementKind,
    /// Its title; of a response or a dissent it may be empty.
    pub title: String,
    /// The words.
    pub text: String,
    /// In which language.
    pub language: String,
    /// The offices it is addressed to, or the one that answers.
    pub offices: Vec<String>,
    /// By when an answer is asked for (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<String>,
    /// What an office decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<String>,
    /// What it is about: the id of an edition or of another statement.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<String>,
    /// The leaf hash of the statement it is a new version of, or answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refers_to: Option<String>,
    /// The numbers in the words that stand there by reference: the name, the days, the number.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub references: Vec<String>,
}

/// An office that is asked and answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Office {
    /// Its id.
    #[n(0)]
    pub id: OfficeId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Who answers for it.
    #[n(2)]
    pub members: Vec<UserId>,
    /// Whether it can be asked.
    #[n(3)]
    pub active: bool,
}

impl Office {
    /// The office that an event defines.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::OfficeDefined(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.office,
            name: body.name.clone(),
            members: body.members.clone(),
            active: body.active,
        })
    }

    /// Takes in a later event of this office: what it is called, and who answers for it now.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Some(later) = Self::from_event(recorded) {
            *self = later;
        }
    }
}

/// A statement as it was registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Registered {
    /// Its id.
    #[n(0)]
    pub id: StatementId,
    /// What it is.
    #[n(1)]
    pub kind: StatementKind,
    /// By whom.
    #[n(2)]
    pub by: UserId,
    /// When it was registered.
    #[n(3)]
    pub at: Moment,
    /// The node in whose log it stands …
    #[n(4)]
    pub node: NodeKey,
    /// … and where.
    #[n(5)]
    pub position: u64,
    /// The signed statement (RFC 9943), without receipts.
    #[n(6)]
    pub bytes: Bytes,
    /// The office that answers.
    #[n(7)]
    pub office: Option<OfficeId>,
    /// What it decided.
    #[n(8)]
    pub outcome: Option<AdviceOutcome>,
    /// The statement it is a new version of, or answers.
    #[n(9)]
    pub refers_to: Option<StatementId>,
    /// Who looked at a report too, and approved.
    #[n(10)]
    pub approved_by: Option<UserId>,
}

/// A recommendation with its versions and answers; or a dissent, or a published report, by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Advice {
    /// Its id.
    #[n(0)]
    pub id: AdviceId,
    /// What its first statement is.
    #[n(1)]
    pub kind: StatementKind,
    /// Whose it is: nobody else can make a new version.
    #[n(2)]
    pub author: UserId,
    /// What it is about, where it is about something here.
    #[n(3)]
    pub about: Option<SubjectId>,
    /// The offices asked, by the newest version.
    #[n(4)]
    pub offices: Vec<OfficeId>,
    /// By when they are to answer.
    #[n(5)]
    pub due: Option<Day>,
    /// Every statement, in total order.
    #[n(6)]
    pub statements: Vec<Registered>,
    /// When its author withdrew it.
    #[n(7)]
    pub withdrawn_at: Option<Moment>,
}

impl Advice {
    /// The advice that an event begins.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::StatementRegistered(body) = &recorded.event else {
            return None;
        };
        let mut advice = Self {
            id: body.advice,
            kind: body.kind,
            author: recorded.author,
            about: body.about,
            offices: Vec::new(),
            due: None,
            statements: Vec::new(),
            withdrawn_at: None,
        };
        advice.apply(recorded);
        Some(advice)
    }

    /// Takes in one event of this advice, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::StatementRegistered(body) => {
                if self
                    .statements
                    .iter()
                    .any(|known| known.id == body.statement)
                {
                    return;
                }
                if body.kind != StatementKind::Response {
                    self.offices.clone_from(&body.offices);
                    self.due = body.due;
                }
                self.statements.push(Registered {
                    id: body.statement,
                    kind: body.kind,
                    by: recorded.author,
                    at: recorded.order.recorded_at(),
                    node: recorded.order.node,
                    position: recorded.order.position,
                    bytes: body.bytes.clone(),
                    office: body.office,
                    outcome: body.outcome.clone(),
                    refers_to: body.refers_to,
                    approved_by: body.approved_by,
                });
            }
            Event::AdviceWithdrawn(_) => {
                self.withdrawn_at
                    .get_or_insert(recorded.order.recorded_at());
            }
            _ => {}
        }
    }

    /// Its versions, the first first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Registered> {
        let kind = self.kind;
        self.statements
            .iter()
            .filter(move |statement| statement.kind == kind)
    }

    /// What offices answered, the first first.
    pub fn responses(&self) -> impl DoubleEndedIterator<Item = &Registered> {
        let responses = self.statements.iter();
        responses.filter(|statement| statement.kind == StatementKind::Response)
    }

    /// Its newest version.
    pub fn newest(&self) -> Option<&Registered> {
        self.versions().next_back()
    }

    /// The offices that were asked and did not answer.
    pub fn silent(&self) -> impl Iterator<Item = OfficeId> {
        let answered = |office: &OfficeId| {
            self.responses()
                .any(|response| response.office == Some(*office))
        };
        self.offices
            .iter()
            .copied()
            .filter(move |office| !answered(office))
    }

    /// How it stands on a day.
    pub fn standing(&self, today: Day) -> Standing {
        if self.withdrawn_at.is_some() {
            return Standing::Withdrawn;
        }
        if self.silent().next().is_some() {
            let is_overdue = self.due.is_some_and(|due| due < today);
            return if is_overdue {
                Standing::Overdue
            } else {
                Standing::Open
            };
        }
        // Several offices: what the last of them said.
        let last = self.responses().next_back();
        match last.and_then(|last| last.outcome.as_ref()) {
            None => Standing::Open,
            Some(outcome) if *outcome == AdviceOutcome::ACCEPTED => Standing::Accepted,
            Some(outcome) if *outcome == AdviceOutcome::PARTLY => Standing::Partly,
            Some(_) => Standing::Rejected,
        }
    }
}

/// What became of a recommendation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// An office has not answered, and should have.
    Overdue,
    /// An office has not answered yet.
    Open,
    /// Rejected, with a reason.
    Rejected,
    /// Accepted in part.
    Partly,
    /// Accepted.
    Accepted,
    /// Its author withdrew it.
    Withdrawn,
}

impl Standing {
    /// Every standing, the most urgent first.
    pub const ALL: [Self; 6] = [
        Self::Overdue,
        Self::Open,
        Self::Rejected,
        Self::Partly,
        Self::Accepted,
        Self::Withdrawn,
    ];

    /// The word in addresses and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Rejected => "rejected",
            Self::Partly => "partly",
            Self::Accepted => "accepted",
            Self::Withdrawn => "withdrawn",
        }
    }
}
