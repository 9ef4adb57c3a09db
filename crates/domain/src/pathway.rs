//! Pathways: the ways on that were promised as safe, orderly and humane, for one person, as steps that
//! can be checked. That somebody was told of one, that one was opened and what it came to can be counted by
//! whoever holds the events; which one it is, and its steps, are sealed: that somebody asks for asylum
//! is nobody's to know.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Personal, Recorded};
use crate::{
    Day, Moment, PathwayId, PathwayKind, PathwayOutcome, PathwaySource, PathwayStep, Permission,
    PersonId, Slot,
};

impl PathwayKind {
    /// What somebody must be allowed to do to see or open a pathway of this kind. A kind of a newer
    /// version is guarded as closely as any.
    pub fn guarded_by(&self) -> Permission {
        let everyday = [
            Self::FAMILY_REUNIFICATION,
            Self::WORK_OR_STUDY_VISA,
            Self::VOLUNTARY_RETURN,
            Self::REINTEGRATION_GRANT,
        ];
        if everyday.contains(self) {
            Permission::Refer
        } else {
            Permission::SeeScreening
        }
    }

    /// Its steps, in the order they usually come. The lists are ours: they name what somebody at a desk
    /// can check, and no law of any country.
    pub fn steps(&self) -> Vec<PathwayStep> {
        use PathwayStep as S;
        match self.as_str() {
            "family_reunification" => vec![
                S::RELATIVE_FOUND,
                S::PAPERS_COLLECTED,
                S::APPLICATION_FILED,
                S::INTERVIEW,
                S::DECISION,
                S::TRAVEL_PAPERS,
                S::TRAVELLED,
            ],
            "resettlement" => vec![
                S::PROTECTION_REGISTERED,
                S::IDENTIFIED,
                S::SUBMITTED,
                S::INTERVIEW,
                S::MEDICAL_CHECK,
                S::DECISION,
                S::TRAVELLED,
            ],
            "humanitarian_parole" => vec![
                S::SUPPORTER_FOUND,
                S::APPLICATION_FILED,
                S::SECURITY_CHECK,
                S::DECISION,
                S::TRAVELLED,
            ],
            "asylum" => vec![
                S::RIGHTS_EXPLAINED,
                S::LEGAL_AID,
                S::APPLICATION_FILED,
                S::INTERVIEW,
                S::DECISION,
            ],
            "work_or_study_visa" => vec![
                S::OFFER,
                S::PAPERS_COLLECTED,
                S::APPLICATION_FILED,
                S::INTERVIEW,
                S::DECISION,
                S::TRAVELLED,
            ],
            "voluntary_return" => vec![
                S::COUNSELLED,
                S::CONSENT_SIGNED,
                S::TRAVEL_PAPERS,
                S::TRAVEL_BOOKED,
                S::TRAVELLED,
            ],
            "reintegration_grant" => vec![
                S::COUNSELLED,
                S::PLAN_WRITTEN,
                S::DECISION,
                S::FIRST_PAYMENT,
                S::VISITED,
            ],
            _ => Vec::new(),
        }
    }
}

/// What is sealed of a pathway: of one that was opened, and of one that somebody was told of by its kind.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct PathwayTerms {
    /// Which way.
    #[n(0)]
    pub kind: PathwayKind,
}

/// Whether a step still has to be done.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
pub enum StepStands {
    /// Somebody still has to do it.
    #[default]
    #[n(0)]
    Open,
    /// Done, on a day.
    #[n(1)]
    Done(#[n(0)] Day),
    /// This person does not need it.
    #[n(2)]
    NotApplicable,
}

impl StepStands {
    /// The word of it in forms and catalogues.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done(_) => "done",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// How one step stands: sealed.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct StepState {
    /// Which.
    #[n(0)]
    pub step: PathwayStep,
    /// Whether it still has to be done.
    #[n(1)]
    pub stands: StepStands,
    /// By which day it is to be done.
    #[n(2)]
    pub due: Option<Day>,
}

impl StepState {
    /// Whether somebody still has to do it.
    pub fn is_open(&self) -> bool {
        self.stands == StepStands::Open
    }
}

/// How far a pathway has come, for counting.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathwayStage {
    /// The person was told of one, and it is not opened.
    Told,
    /// Opened, and not closed.
    Open,
    /// It came to an end.
    Closed(PathwayOutcome),
}

/// A pathway of one person, as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Pathway {
    /// Its id.
    #[n(0)]
    pub id: PathwayId,
    /// The person.
    #[n(1)]
    pub person: PersonId,
    /// When they say they were told of one, and by whom.
    #[n(2)]
    pub told: Option<(Moment, PathwaySource)>,
    /// When it was opened.
    #[n(3)]
    pub opened_at: Option<Moment>,
    /// Which way, where this node may read it; none too where somebody was told of pathways in general.
    #[n(4)]
    pub kind: Option<PathwayKind>,
    /// The steps of which something was said, where this node may read them.
    #[n(5)]
    pub steps: Vec<StepState>,
    /// What it came to, and when.
    #[n(6)]
    pub closed: Option<(PathwayOutcome, Moment)>,
    /// Of which kind the person was told, where this node may read it; none where they were told of
    /// pathways in general.
    #[n(7)]
    pub told_kind: Option<PathwayKind>,
}

fn sealed_kind(recorded: &Recorded) -> Option<PathwayKind> {
    match recorded.part(Slot::Pathway) {
        Some(Personal::Pathway(terms)) => Some(terms.kind.clone()),
        _ => None,
    }
}

impl Pathway {
    /// The pathway that an event begins, or tells of.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let (id, person) = match &recorded.event {
            Event::PathwayTold(told) => (told.pathway, told.person),
            Event::PathwayOpened(opened) => (opened.pathway, opened.person),
            _ => return None,
        };
        let mut pathway = Self {
            id,
            person,
            told: None,
            opened_at: None,
            kind: None,
            steps: Vec::new(),
            closed: None,
            told_kind: None,
        };
        pathway.apply(recorded);
        Some(pathway)
    }

    /// Takes in one event of this pathway, in total order. What two nodes said of it apart is taken as
    /// it comes: the first opening and the first end stand, of a step the last word.
    pub fn apply(&mut self, recorded: &Recorded) {
        let at = recorded.occurred.at;
        match &recorded.event {
            Event::PathwayTold(told) if self.told.is_none() => {
                self.told = Some((at, told.by.clone()));
                self.told_kind = sealed_kind(recorded);
                if self.opened_at.is_none() {
                    self.kind.clone_from(&self.told_kind);
                }
            }
            Event::PathwayOpened(_) if self.opened_at.is_none() => {
                self.opened_at = Some(at);
                self.kind = sealed_kind(recorded);
            }
            Event::PathwayStepSaid(_) if self.closed.is_none() => {
                if let Some(Personal::PathwayStep(said)) = recorded.part(Slot::PathwayStep) {
                    self.steps.retain(|other| other.step != said.step);
                    self.steps.push(said.clone());
                    self.steps.sort_by(|one, other| one.step.cmp(&other.step));
                }
            }
            Event::PathwayClosed(closed) if self.opened_at.is_some() && self.closed.is_none() => {
                self.closed = Some((closed.outcome.clone(), at));
            }
            _ => {}
        }
    }

    /// What is sealed is gone: which way it was, and its steps. That there was one is still counted.
    pub fn forget(&mut self) {
        self.kind = None;
        self.told_kind = None;
        self.steps.clear();
    }

    /// How far it has come.
    pub fn stage(&self) -> PathwayStage {
        match (&self.closed, self.opened_at) {
            (Some((outcome, _)), _) => PathwayStage::Closed(outcome.clone()),
            (None, Some(_)) => PathwayStage::Open,
            (None, None) => PathwayStage::Told,
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(&self) -> bool {
        self.stage() == PathwayStage::Open
    }

    /// How every step stands, in the order of its kind; those of which nothing was said are open.
    pub fn all_steps(&self) -> Vec<StepState> {
        let steps = self.kind.as_ref().map(PathwayKind::steps);
        let said = |step: &PathwayStep| self.steps.iter().find(|said| said.step == *step);
        let standing = |step: PathwayStep| {
            said(&step).cloned().unwrap_or(StepState {
                step,
                stands: StepStands::Open,
                due: None,
            })
        };
        steps
            .unwrap_or_default()
            .into_iter()
            .map(standing)
            .collect()
    }

    /// The step to be done next: of the open ones the one that is due first, else the first.
    pub fn next_step(&self) -> Option<StepState> {
        let steps = self.all_steps().into_iter().filter(StepState::is_open);
        steps.min_by_key(|step| (step.due.is_none(), step.due))
    }
}
