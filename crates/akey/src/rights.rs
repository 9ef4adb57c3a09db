//! Rights between nodes, as the command line asks for them: what is on its way, what is released and
//! answered, what was given too often, and nodes that are lost.

use domain::{
    Command, Known, LossReason, MovementId, NodeKey, RecoveryId, Refusal, Released, SiteId, Stage,
    TransferId,
};
use node::{ExecuteError, Node, NodeAt, NodeError, Request};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::fresh::fresh_id;
use crate::work::movement_of;

/// What is asked about rights.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "asked", rename_all = "snake_case")]
pub enum RightsAsked {
    /// How they lie.
    Show,
    /// What was given too often.
    Overlaps,
    /// Release some.
    Release {
        /// The movement: its id or its name.
        movement: String,
        /// The node: a site with one node, or the beginning of a key.
        to: String,
        /// Of so many people only.
        people: Option<u32>,
        /// The movement itself goes there too.
        divert: bool,
        /// Who asks.
        by: By,
    },
    /// Take what was released to this node, or leave it where it was.
    Answer {
        /// The release.
        transfer: String,
        /// Take it.
        accept: bool,
        /// Who asks.
        by: By,
    },
    /// Say that a node is lost.
    AnnounceLost {
        /// The node.
        node: String,
        /// The node that is to take over.
        heir: String,
        /// How long is waited.
        days: Option<u32>,
        /// Why: a word of `domain::LossReason`.
        why: String,
        /// Who asks.
        by: By,
    },
    /// Call that off.
    CallOff {
        /// The announcement.
        recovery: String,
        /// Who asks.
        by: By,
    },
    /// Confirm it.
    Recover {
        /// The announcement.
        recovery: String,
        /// Who asks.
        by: By,
    },
    /// Set how long is waited at least.
    Waiting {
        /// In days.
        days: u32,
        /// Who asks.
        by: By,
    },
}

/// Who asks, and how they prove it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct By {
    /// What they sign in with.
    pub login: String,
    /// How they prove it.
    pub password: String,
}

/// How rights lie, as far as this node knows.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq, Default)]
pub struct Rights {
    /// On their way.
    pub under_way: Vec<UnderWay>,
    /// What this node may still give, by movement on the ground or announced.
    pub held: Vec<Held>,
    /// What this node may still give by the rights of lost nodes that it took over.
    pub taken_over: Vec<TakenOver>,
    /// What was given too often and waits for a decision.
    pub overlaps_open: usize,
    /// How often something was given by recovered rights.
    pub given_by_recovery: u32,
    /// Nodes said to be lost.
    pub lost: Vec<Lost>,
    /// How long is waited at least, in days.
    pub waiting_days_min: u32,
}

/// Rights on their way.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct UnderWay {
    /// The release.
    pub transfer: String,
    /// The movement.
    pub movement: String,
    /// From which node.
    pub from: String,
    /// To which node.
    pub to: String,
    /// It is this one: it can accept or decline.
    pub to_here: bool,
    /// Of how many people.
    pub people: u32,
    /// How many items.
    pub items: u32,
}

/// What this node may still give by the rights of a lost node.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct TakenOver {
    /// The lost node.
    pub node: String,
    /// To how many people.
    pub people: u32,
    /// How many items.
    pub items: u32,
}

/// What this node may still give of a movement.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Held {
    /// The movement.
    pub movement: String,
    /// To how many people.
    pub people: u32,
    /// How many items.
    pub items: u32,
}

/// A node said to be lost.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Lost {
    /// The announcement.
    pub recovery: String,
    /// The node.
    pub node: String,
    /// The node that is to take over.
    pub heir: String,
    /// Why: a word of `domain::LossReason`.
    pub why: String,
    /// How far it has come: a word of `domain::RecoveryStage`.
    pub stage: String,
    /// From when on it may be confirmed; none while the node that is to take over has not heard of it.
    pub due: Option<String>,
    /// It was heard since.
    pub heard: bool,
}

/// Something given too often, without names.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct OverlapShown {
    /// Its id.
    pub overlap: String,
    /// In what way: a word of `domain::OverlapKind`.
    pub kind: String,
    /// The item.
    pub item: String,
    /// The arrival.
    pub arrival: String,
    /// When it was given once too often.
    pub at: String,
    /// When it was given before.
    pub earlier: Vec<String>,
    /// What was decided, the newest last word; none yet.
    pub decided: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "rights", rename_all = "snake_case")]
pub enum RightsAnswer {
    /// How they lie.
    Shown(Rights),
    /// What was given too often.
    Overlaps {
        /// Each.
        overlaps: Vec<OverlapShown>,
    },
    /// Something was recorded.
    Recorded {
        /// As how many events.
        events: u32,
        /// The release or the announcement it is about.
        id: String,
    },
}

/// Does what is asked.
pub fn perform(node: &Node, asked: RightsAsked) -> Result<RightsAnswer, Failure> {
    match asked {
        RightsAsked::Show => shown(node).map(RightsAnswer::Shown),
        RightsAsked::Overlaps => overlaps(node).map(|overlaps| RightsAnswer::Overlaps { overlaps }),
        RightsAsked::Release {
            movement,
            to,
            people,
            divert,
            by,
        } => release(node, &movement, &to, people, divert, &by),
        RightsAsked::Answer {
            transfer,
            accept,
            by,
        } => {
            let transfer: TransferId = parsed(&transfer)?;
            let command = if accept {
                Command::AcceptRights { transfer }
            } else {
                Command::DeclineRights { transfer }
            };
            record(node, &by, transfer.to_string(), command)
        }
        RightsAsked::AnnounceLost {
            node: lost,
            heir,
            days,
            why,
            by,
        } => {
            let why = LossReason::from_code(&why).ok_or_else(|| {
                let known: Vec<_> = LossReason::ALL.iter().map(|why| why.code()).collect();
                Failure::Wrong(format!(
                    "\"{why}\" is no reason: choose one of {}",
                    known.join(", ")
                ))
            })?;
            let recovery = RecoveryId(fresh_id());
            let command = Command::AnnounceLost {
                recovery,
                node: node_called(node, &lost, |at| !at.replaced)?.key,
                heir: node_called(node, &heir, NodeAt::takes_part)?.key,
                waiting_days: days,
                why,
            };
            record(node, &by, recovery.to_string(), command)
        }
        RightsAsked::CallOff { recovery, by } => {
            let recovery: RecoveryId = parsed(&recovery)?;
            let command = Command::CallOffRecovery { recovery };
            record(node, &by, recovery.to_string(), command)
        }
        RightsAsked::Recover { recovery, by } => {
            let recovery: RecoveryId = parsed(&recovery)?;
            let command = Command::ConfirmRecovery { recovery };
            record(node, &by, recovery.to_string(), command)
        }
        RightsAsked::Waiting { days, by } => {
            let command = Command::SetRecoveryRules {
                waiting_days_min: days,
            };
            record(node, &by, String::new(), command)
        }
    }
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| {
        Failure::Wrong(format!(
            "\"{text}\" is no id: copy it from `akey rights` or `akey node lost`"
        ))
    })
}

/// The node of a site that has one, or whose key begins so. Of several, the one that can be meant.
fn node_called(
    node: &Node,
    called: &str,
    can_be_meant: fn(&NodeAt) -> bool,
) -> Result<NodeAt, Failure> {
    let nodes = node.nodes()?;
    let mut found: Vec<_> = nodes
        .iter()
        .filter(|at| at.name.as_deref() == Some(called) || at.key.to_string().starts_with(called))
        .collect();
    if found.len() > 1 {
        found.retain(|at| can_be_meant(at));
    }
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let known: Vec<_> = nodes.iter().map(NodeAt::label).collect();
            Err(Failure::Wrong(format!(
                "no node is called \"{called}\": known are {}",
                known.join(", ")
            )))
        }
        several => {
            let known: Vec<_> = several.iter().map(|at| at.label()).collect();
            Err(Failure::Wrong(format!(
                "several nodes are called \"{called}\": {}; name one by the beginning of its key",
                known.join(", ")
            )))
        }
    }
}

fn record(node: &Node, by: &By, id: String, command: Command) -> Result<RightsAnswer, Failure> {
    let site = node.home_site()?;
    let events = execute(node, by, site, command)?;
    Ok(RightsAnswer::Recorded { events, id })
}

fn execute(node: &Node, by: &By, site: SiteId, command: Command) -> Result<u32, Failure> {
    let session = node.sign_in(&by.login, &by.password)?;
    let request = Request {
        id: fresh_id(),
        site,
        occurred: None,
        command,
    };
    Ok(node.execute(&session, request)?.events)
}

/// Releases what is held here of a movement; one that has not landed goes there itself where that is
/// wanted, because who is met there is granted everything there.
fn release(
    node: &Node,
    movement: &str,
    to: &str,
    people: Option<u32>,
    divert: bool,
    by: &By,
) -> Result<RightsAnswer, Failure> {
    let movement = movement_of(node, movement)?;
    let at = node_called(node, to, NodeAt::takes_part)?;
    let here = node.home_site()?;
    let mut events = 0;
    let on_its_way = matches!(movement.stage, Stage::Announced | Stage::Departed);
    if divert && on_its_way && movement.destination != at.site {
        let command = Command::DivertMovement {
            movement: movement.id,
            destination: at.site,
            expected: movement.expected,
        };
        events += execute(node, by, here, command)?;
    }
    let transfer = TransferId(fresh_id());
    let command = Command::ReleaseRights {
        transfer,
        of: of(movement.id, people),
        to: at.key,
        site: at.site,
    };
    match execute(node, by, here, command) {
        Ok(released) => events += released,
        // Nobody of it was met: with the movement itself everything went.
        Err(Failure::Execute(ExecuteError::Refused(Refusal::NothingToRelease))) if events > 0 => {}
        Err(failure) => return Err(failure),
    }
    Ok(RightsAnswer::Recorded {
        events,
        id: transfer.to_string(),
    })
}

fn of(movement: MovementId, people: Option<u32>) -> Released {
    match people {
        None => Released::Movement(movement),
        Some(people) => Released::Share { movement, people },
    }
}

fn label(nodes: &[NodeAt], key: NodeKey) -> String {
    let found = nodes.iter().find(|at| at.key == key);
    found.map_or_else(|| key.to_string(), NodeAt::label)
}

fn shown(node: &Node) -> Result<Rights, Failure> {
    let nodes = node.nodes()?;
    let me = node.key();
    let now = node.now();
    node.read::<_, NodeError>(|register| {
        let mut rights = Rights {
            waiting_days_min: register.waiting_days_min()?,
            ..Rights::default()
        };
        for under_way in register.rights_under_way()? {
            let movement = register.movement(under_way.movement)?;
            rights.under_way.push(UnderWay {
                transfer: under_way.transfer.to_string(),
                movement: movement.map_or_else(String::new, |movement| movement.designator),
                from: label(&nodes, under_way.from),
                to: label(&nodes, under_way.to),
                to_here: under_way.to == me,
                people: under_way.people,
                items: under_way.items,
            });
        }
        for (movement, holding) in register.held_by(me)? {
            let found = register.movement(movement)?;
            rights.held.push(Held {
                movement: found.map_or_else(String::new, |movement| movement.designator),
                people: holding.people,
                items: holding.items,
            });
        }
        for (lost, holding) in register.taken_over_by(me)? {
            rights.taken_over.push(TakenOver {
                node: label(&nodes, lost),
                people: holding.people,
                items: holding.items,
            });
        }
        let overlaps = register.overlaps()?;
        let open = overlaps.iter().filter(|overlap| overlap.decided.is_empty());
        rights.overlaps_open = open.count();
        let given = register.given_by_recovery(None, None)?;
        rights.given_by_recovery = given.iter().map(|given| given.times).sum();
        for recovery in register.recoveries()? {
            rights.lost.push(Lost {
                recovery: recovery.id.to_string(),
                node: label(&nodes, recovery.node),
                heir: label(&nodes, recovery.heir),
                why: recovery.why.code().into(),
                stage: recovery.stage(now).code().into(),
                due: recovery.due().map(|due| due.to_string()),
                heard: recovery.is_open() && register.heard_since(&recovery)?,
            });
        }
        Ok(rights)
    })
    .map_err(Failure::from)
}

fn overlaps(node: &Node) -> Result<Vec<OverlapShown>, Failure> {
    let overlaps = node.read::<_, NodeError>(|register| Ok(register.overlaps()?))?;
    let shown = overlaps.into_iter().map(|overlap| OverlapShown {
        overlap: overlap.id.to_string(),
        kind: overlap.kind.code().into(),
        item: overlap.act.item.to_string(),
        arrival: overlap.act.arrival.to_string(),
        at: overlap.act.at.to_string(),
        earlier: overlap
            .earlier
            .iter()
            .map(|act| act.at.to_string())
            .collect(),
        decided: overlap
            .decided
            .first()
            .map(|decided| decided.decision.code().into()),
    });
    Ok(shown.collect())
}
