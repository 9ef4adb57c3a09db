//! Flights, bus convoys, boats and transfers: from announced to closed.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{LanguageCode, LegalBasis, Moment, MovementId, MovementKind, SiteId};

/// Largest number of people one movement may announce or count. The largest passenger ships carry
/// fewer; a slip of the finger carries more.
pub const MOVEMENT_PEOPLE_MAX: u32 = 10_000;

/// Whether people were screened for protection needs before they were moved (row S4).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Screened {
    /// Not known.
    #[n(0)]
    NotKnown,
    /// It was not offered.
    #[n(1)]
    NotOffered,
    /// It was done.
    #[n(2)]
    Done,
}

impl Screened {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::NotKnown, Self::NotOffered, Self::Done];

    /// The word of the answer in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotKnown => "not_known",
            Self::NotOffered => "not_offered",
            Self::Done => "done",
        }
    }

    /// The answer of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// How many people of a movement were screened for protection needs before they were moved, as far as
/// somebody said so. Each may be missing: it was not said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct ScreenedCounts {
    /// It was offered to so many.
    #[n(0)]
    pub offered: Option<u32>,
    /// So many asked for it.
    #[n(1)]
    pub asked: Option<u32>,
    /// It was done with so many.
    #[n(2)]
    pub done: Option<u32>,
    /// It was refused to so many who asked.
    #[n(3)]
    pub refused: Option<u32>,
}

impl ScreenedCounts {
    /// Each with its word in forms and catalogues.
    pub const fn each(self) -> [(&'static str, Option<u32>); 4] {
        [
            ("offered", self.offered),
            ("asked", self.asked),
            ("done", self.done),
            ("refused", self.refused),
        ]
    }
}

/// A legal basis that the operation added to the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct DefinedBasis {
    /// Its code in events and files.
    #[n(0)]
    pub code: LegalBasis,
    /// What it is called, by language.
    #[n(1)]
    pub names: Vec<(LanguageCode, String)>,
    /// Whether it is offered for new movements.
    #[n(2)]
    pub active: bool,
}

impl DefinedBasis {
    /// What it is called in a language, or in the first it has a name in.
    pub fn name(&self, language: &str) -> Option<&str> {
        let mut names = self.names.iter();
        let named = names.find(|(tag, _)| tag.as_str() == language);
        named.or(self.names.first()).map(|(_, name)| name.as_str())
    }
}

/// How far a movement has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Announced, not yet under way.
    Announced,
    /// Under way.
    Departed,
    /// Here; people are being received.
    Landed,
    /// Everybody was served or did not come.
    Closed,
    /// It does not take place.
    Cancelled,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [
        Self::Announced,
        Self::Departed,
        Self::Landed,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The word of the stage in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Departed => "departed",
            Self::Landed => "landed",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The stage of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// A movement as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Movement {
    /// Its id.
    pub id: MovementId,
    /// How people travel.
    pub kind: MovementKind,
    /// Flight number or name.
    pub designator: String,
    /// From where.
    pub origin: SiteId,
    /// To where, after any diversion.
    pub destination: SiteId,
    /// Where it was to go before it was diverted.
    pub diverted_from: Option<SiteId>,
    /// When it is to arrive.
    pub expected: Moment,
    /// On what legal basis.
    pub legal_basis: LegalBasis,
    /// How many people were announced.
    pub announced: u32,
    /// Whether people were screened for protection needs before.
    pub screened_before: Screened,
    /// How far it has come.
    pub stage: Stage,
    /// When it departed.
    pub departed_at: Option<Moment>,
    /// When it landed.
    pub landed_at: Option<Moment>,
    /// How many people were counted.
    pub headcount: Option<u32>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// How many were screened before, where somebody said.
    pub screening: Option<ScreenedCounts>,
}

impl Movement {
    /// The movement that an event announces.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::MovementAnnounced(announced) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: announced.movement,
            kind: announced.kind.clone(),
            designator: announced.designator.clone(),
            origin: announced.origin,
            destination: announced.destination,
            diverted_from: None,
            expected: announced.expected,
            legal_basis: announced.legal_basis.clone(),
            announced: announced.announced,
            screened_before: announced.screened_before,
            stage: Stage::Announced,
            departed_at: None,
            landed_at: None,
            headcount: None,
            closed_at: None,
            screening: None,
        })
    }

    /// Takes in one later event of this movement, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        let at = recorded.occurred.at;
        match &recorded.event {
            Event::MovementDeparted(_) => {
                self.stage = self.stage.max(Stage::Departed);
                self.departed_at = Some(at);
            }
            Event::MovementLanded(landed) => {
                self.stage = Stage::Landed;
                self.landed_at = Some(at);
                self.headcount = Some(landed.headcount);
            }
            Event::HeadcountCorrected(corrected) => self.headcount = Some(corrected.headcount),
            Event::MovementDiverted(diverted) => {
                self.diverted_from.get_or_insert(self.destination);
                self.destination = diverted.destination;
                self.expected = diverted.expected;
            }
            Event::MovementCancelled(_) => self.stage = Stage::Cancelled,
            Event::MovementClosed(_) => {
                self.stage = Stage::Closed;
                self.closed_at = Some(at);
            }
            Event::ScreeningStated(stated) => self.screening = Some(stated.counts),
            Event::MovementReopened(_) => {
                self.stage = Stage::Landed;
                self.closed_at = None;
            }
            _ => {}
        }
    }
}
