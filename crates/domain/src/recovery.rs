//! What becomes of the rights of a node that is lost for good. One person announces the loss and names
//! the node that is to take over; a waiting period runs, in which the lost node may be heard again; then
//! a second person, with another account, confirms it on that node. Nothing here proves that the node is
//! gone: what it gives where nobody hears it is found later and listed.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{Moment, NodeKey, RecoveryId, UserId};

/// Waiting period where the operation set none, in days.
pub const WAITING_DAYS_DEFAULT: u32 = 7;
/// Shortest waiting period an operation may set, in days.
pub const WAITING_DAYS_LEAST: u32 = 1;
/// Longest waiting period, in days.
pub const WAITING_DAYS_MAX: u32 = 90;

const DAY_MS: i64 = 86_400_000;

/// Why a node is thought to be lost.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum LossReason {
    /// Broken beyond repair, burnt, drowned.
    #[n(0)]
    Destroyed,
    /// Stolen or taken away.
    #[n(1)]
    Stolen,
    /// Its log went on in two copies, so neither may go on.
    #[n(2)]
    Forked,
    /// The operation sent it away.
    #[n(3)]
    SentAway,
    /// Nobody knows where it is.
    #[n(4)]
    Missing,
}

impl LossReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Destroyed,
        Self::Stolen,
        Self::Forked,
        Self::SentAway,
        Self::Missing,
    ];

    /// The word of the reason in forms, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Destroyed => "destroyed",
            Self::Stolen => "stolen",
            Self::Forked => "forked",
            Self::SentAway => "sent_away",
            Self::Missing => "missing",
        }
    }

    /// The reason of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A recovery as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Recovery {
    /// Its id.
    #[n(0)]
    pub id: RecoveryId,
    /// The lost node.
    #[n(1)]
    pub node: NodeKey,
    /// Its last event that was known where the loss was announced.
    #[n(2)]
    pub last_position: u64,
    /// The node that is to take over.
    #[n(3)]
    pub heir: NodeKey,
    /// How long is waited, in days.
    #[n(4)]
    pub waiting_days: u32,
    /// Why it is thought to be lost.
    #[n(5)]
    pub why: LossReason,
    /// Who announced it.
    #[n(6)]
    pub announced_by: UserId,
    /// When that was recorded. Not when it is said to have happened: the waiting must be real.
    #[n(7)]
    pub announced_at: Moment,
    /// When it was called off, if it was.
    #[n(8)]
    pub called_off_at: Option<Moment>,
    /// When the rights were taken over, if they were.
    #[n(9)]
    pub recovered_at: Option<Moment>,
    /// Who confirmed that.
    #[n(10)]
    pub confirmed_by: Option<UserId>,
    /// What the node that is to take over knew when it heard of it.
    #[n(11)]
    pub heard: Option<Heard>,
}

/// That the node which is to take over heard of a loss.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Heard {
    /// When, by its clock.
    #[n(0)]
    pub at: Moment,
    /// The last event of the lost node that it knew then.
    #[n(1)]
    pub last_position: u64,
}

/// How far a recovery has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryStage {
    /// Announced, and the waiting period runs or has yet to begin.
    Waiting,
    /// The waiting period is over: a second person may confirm.
    Due,
    /// Called off.
    CalledOff,
    /// The rights were taken over.
    Recovered,
}

impl RecoveryStage {
    /// Every stage.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Due, Self::CalledOff, Self::Recovered];

    /// The word of the stage in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Due => "due",
            Self::CalledOff => "called_off",
            Self::Recovered => "recovered",
        }
    }
}

impl Recovery {
    /// The recovery that an event announces.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::NodeAnnouncedLost(lost) = &recorded.event else {
            return None;
        };
        let at = recorded.order.recorded_at();
        let heard = Heard {
            at,
            last_position: lost.last_position,
        };
        Some(Self {
            id: lost.recovery,
            node: lost.node,
            last_position: lost.last_position,
            heir: lost.heir,
            waiting_days: lost.waiting_days,
            why: lost.why,
            announced_by: recorded.author,
            announced_at: at,
            called_off_at: None,
            recovered_at: None,
            confirmed_by: None,
            heard: (recorded.order.node == lost.heir).then_some(heard),
        })
    }

    /// Takes in one later event of this recovery, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::RecoveryCalledOff(_) => {
                self.called_off_at
                    .get_or_insert(recorded.order.recorded_at());
            }
            Event::NodeLossHeard(heard) if recorded.order.node == self.heir => {
                self.heard.get_or_insert(Heard {
                    at: recorded.order.recorded_at(),
                    last_position: heard.last_position,
                });
            }
            Event::NodeRecovered(_) if recorded.order.node == self.heir => {
                self.recovered_at
                    .get_or_insert(recorded.order.recorded_at());
                self.confirmed_by.get_or_insert(recorded.author);
            }
            _ => {}
        }
    }

    /// From when on it may be confirmed; none while the node that is to take over has not heard of it. The
    /// waiting is counted by that node's clock, from when it heard: the clock of whoever announced it may be
    /// days behind.
    pub fn due(&self) -> Option<Moment> {
        self.heard.map(|heard| self.waits_until(heard.at))
    }

    /// Until when is waited by a node that heard of it now.
    pub fn waits_until(&self, heard: Moment) -> Moment {
        heard.plus_ms(i64::from(self.waiting_days) * DAY_MS)
    }

    /// The last event of the lost node that was known when it was said to be lost: where that was announced,
    /// or where its rights are to be taken over. Whatever comes beyond was heard since.
    pub fn known_until(&self) -> u64 {
        let heard = self.heard.map_or(0, |heard| heard.last_position);
        self.last_position.max(heard)
    }

    /// Whether it is about this node and has that one take over.
    pub fn is_for(&self, node: NodeKey, heir: NodeKey) -> bool {
        self.node == node && self.heir == heir
    }

    /// Whether it is neither called off nor done.
    pub const fn is_open(&self) -> bool {
        self.called_off_at.is_none() && self.recovered_at.is_none()
    }

    /// How far it has come. What was taken over stays so, whoever calls it off elsewhere.
    pub fn stage(&self, now: Moment) -> RecoveryStage {
        if self.recovered_at.is_some() {
            RecoveryStage::Recovered
        } else if self.called_off_at.is_some() {
            RecoveryStage::CalledOff
        } else if self.due().is_some_and(|due| due <= now) {
            RecoveryStage::Due
        } else {
            RecoveryStage::Waiting
        }
    }
}
