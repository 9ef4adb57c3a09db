//! Danger: incidents, whether places and roads can be reached, teams that cannot leave; and what that
//! means for those who are to travel on tonight. Who was harmed and what exactly happened is sealed:
//! bodies hold kind, department and time.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::event::{Event, Personal, Recorded, Slot};
use crate::{
    AccessId, AccessStatus, Credibility, Harm, IncidentId, IncidentKind, IncidentSource, Moment,
    PCode, SiteId, TeamId, UserId,
};

const HOUR_MS: i64 = 3_600_000;
/// An incident in which people were taken or killed keeps others from travelling for so long.
pub const SEVERE_HOURS: i64 = 24;
/// Any incident asks for care for so long.
pub const CAREFUL_HOURS: i64 = 72;

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Incident {
    /// Its id.
    #[n(0)]
    pub id: IncidentId,
    /// What.
    #[n(1)]
    pub kind: IncidentKind,
    /// In which department.
    #[n(2)]
    pub area: PCode,
    /// At which site of ours, where it was at one.
    #[n(3)]
    pub site: Option<SiteId>,
    /// When.
    #[n(4)]
    pub at: Moment,
    /// What came of it.
    #[n(5)]
    pub harm: Harm,
    /// From whom it is known.
    #[n(6)]
    pub source: IncidentSource,
    /// How far it is to be believed.
    #[n(7)]
    pub credibility: Credibility,
    /// Who reported it.
    #[n(8)]
    pub by: UserId,
    /// What exactly happened, where it can be read here.
    #[n(9)]
    pub text: Option<String>,
    /// When somebody said that it is over.
    #[n(10)]
    pub closed_at: Option<Moment>,
}

impl Incident {
    /// The incident that an event reports.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::IncidentReported(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.incident,
            kind: body.kind.clone(),
            area: body.area.clone(),
            site: body.site,
            at: recorded.occurred.at,
            harm: body.harm.clone(),
            source: body.source.clone(),
            credibility: body.credibility.clone(),
            by: recorded.author,
            text: remark(recorded),
            closed_at: None,
        })
    }

    /// Takes in one later event of this incident, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::IncidentUpdated(body) => {
                self.harm = body.harm.clone();
                self.credibility = body.credibility.clone();
                if let Some(text) = remark(recorded) {
                    self.text = Some(text);
                }
            }
            Event::IncidentClosed(_) => {
                self.closed_at.get_or_insert(recorded.occurred.at);
            }
            _ => {}
        }
    }

    /// Whether people were taken or killed, and it is not thought to be untrue.
    pub fn is_severe(&self) -> bool {
        let is_grave = [Harm::TAKEN, Harm::KILLED].contains(&self.harm);
        is_grave && !self.is_doubted()
    }

    /// Whether it is thought to be untrue.
    pub fn is_doubted(&self) -> bool {
        [Credibility::DOUBTFUL, Credibility::IMPROBABLE].contains(&self.credibility)
    }
}

fn remark(recorded: &Recorded) -> Option<String> {
    match recorded.part(Slot::Remark) {
        Some(Personal::Remark(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Whether a site or a road can be reached, until when that was said to hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Access {
    /// Its id: one for each place.
    #[n(0)]
    pub id: AccessId,
    /// The site.
    #[n(1)]
    pub site: Option<SiteId>,
    /// The road, as people call it.
    #[n(2)]
    pub road: Option<String>,
    /// The department.
    #[n(3)]
    pub area: PCode,
    /// How it stands.
    #[n(4)]
    pub status: AccessStatus,
    /// When that was said.
    #[n(5)]
    pub said_at: Moment,
    /// Until when it holds: what is said of a road in the morning is not known in the evening.
    #[n(6)]
    pub until: Moment,
    /// Who said so.
    #[n(7)]
    pub by: UserId,
}

impl Access {
    /// What an event says of a place.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::AccessStated(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.access,
            site: body.site,
            road: body.road.clone(),
            area: body.area.clone(),
            status: body.status.clone(),
            said_at: recorded.occurred.at,
            until: body.until,
            by: recorded.author,
        })
    }

    /// Takes in what is said later.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Some(later) = Self::from_event(recorded) {
            *self = later;
        }
    }

    /// How it stands now; none once what was said has run out.
    pub fn now(&self, now: Moment) -> Option<&AccessStatus> {
        (now < self.until).then_some(&self.status)
    }
}

/// People of ours who cannot leave a place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Team {
    /// Its id.
    #[n(0)]
    pub id: TeamId,
    /// How many.
    #[n(1)]
    pub people: u32,
    /// In which department.
    #[n(2)]
    pub area: PCode,
    /// At which site.
    #[n(3)]
    pub site: Option<SiteId>,
    /// Since when.
    #[n(4)]
    pub since: Moment,
    /// Until when.
    #[n(5)]
    pub freed_at: Option<Moment>,
    /// Who they are and how to reach them, where it can be read here.
    #[n(6)]
    pub text: Option<String>,
}

impl Team {
    /// The team that an event tells of.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::TeamConfined(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.team,
            people: body.people,
            area: body.area.clone(),
            site: body.site,
            since: recorded.occurred.at,
            freed_at: None,
            text: remark(recorded),
        })
    }

    /// Takes in one later event of this team, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Event::TeamFreed(_) = &recorded.event {
            self.freed_at.get_or_insert(recorded.occurred.at);
        }
    }
}

/// Everything that is known of danger.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Danger {
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// Places and roads.
    pub access: Vec<Access>,
    /// Teams.
    pub teams: Vec<Team>,
}

/// Whether people travel to a department tonight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Onward {
    /// Nothing is known that speaks against it.
    Go,
    /// With care: by daylight, together, having asked.
    Careful,
    /// Not tonight: they are to be given a night here.
    Stay,
}

impl Onward {
    /// The word in files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Careful => "careful",
            Self::Stay => "stay",
        }
    }
}

/// Why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// An incident.
    Incident {
        /// Which.
        id: IncidentId,
        /// What it was.
        kind: IncidentKind,
        /// How many hours ago.
        hours: i64,
    },
    /// A place or a road.
    Access {
        /// Which.
        id: AccessId,
        /// How it stands.
        status: AccessStatus,
    },
    /// Our own people cannot leave.
    Team {
        /// Which.
        id: TeamId,
        /// How many.
        people: u32,
    },
}

impl Danger {
    /// What it means for travelling within, or to, a department: the gravest of all that is known, with
    /// every reason.
    pub fn onward(&self, area: &PCode, now: Moment) -> (Onward, Vec<Reason>) {
        let mut onward = Onward::Go;
        let mut reasons = Vec::new();
        let mut add = |level: Onward, reason: Reason| {
            onward = onward.max(level);
            reasons.push(reason);
        };
        let teams = self
            .teams
            .iter()
            .filter(|team| team.area == *area && team.freed_at.is_none());
        for team in teams {
            let (id, people) = (team.id, team.people);
            add(Onward::Stay, Reason::Team { id, people });
        }
        for access in self.access.iter().filter(|access| access.area == *area) {
            let Some(status) = access.now(now) else {
                continue;
            };
            let level = if *status == AccessStatus::CLOSED {
                Onward::Stay
            } else if *status == AccessStatus::RESTRICTED {
                Onward::Careful
            } else {
                continue;
            };
            let (id, status) = (access.id, status.clone());
            add(level, Reason::Access { id, status });
        }
        for incident in self
            .incidents
            .iter()
            .filter(|incident| incident.area == *area)
        {
            let hours = (now.0 - incident.at.0).div_euclid(HOUR_MS);
            let is_recent = (0..CAREFUL_HOURS).contains(&hours);
            if !is_recent || incident.closed_at.is_some() {
                continue;
            }
            let level = if incident.is_severe() && hours < SEVERE_HOURS {
                Onward::Stay
            } else {
                Onward::Careful
            };
            let (id, kind) = (incident.id, incident.kind.clone());
            add(level, Reason::Incident { id, kind, hours });
        }
        (onward, reasons)
    }
}
