//! The other nodes of the operation, as commands ask about them: who is there, who has what, where they
//! answer, meeting one of them now, and who was invited or sent away.

use std::collections::BTreeMap;

use ledger::NodeId;
use node::Node;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// How this node stands among the others.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Standing {
    /// This node.
    pub node: String,
    /// The operation.
    pub operation: String,
    /// Every other node.
    pub peers: Vec<Peer>,
    /// Nodes whose log is not one line: position after which it parts, and how many lines.
    pub forks: Vec<Fork>,
    /// What was set aside: author, why, how many events.
    pub set_aside: Vec<SetAside>,
    /// Sealed parts that may be held here and are not here yet.
    pub parts_wanted: u64,
    /// Sealed parts that came before their events.
    #[serde(default)]
    pub parts_waiting: u64,
    /// Sealed parts carried for others.
    #[serde(default)]
    pub parts_carried: u64,
    /// Why this node may write nothing more, if it may not.
    pub halted: Option<String>,
    /// Sites of the operation, name by id.
    pub sites: BTreeMap<String, String>,
    /// Positions of the last events that are here, by node.
    pub ends: BTreeMap<String, u64>,
}

/// Another node.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Peer {
    /// Its key.
    pub node: String,
    /// Its site.
    pub site: Option<String>,
    /// It may hold all of the operation's data.
    pub everything: bool,
    /// Sent away: the last position that counts.
    pub revoked_after: Option<u64>,
    /// Where it answers.
    pub addresses: Vec<String>,
    /// When it was met last, or a bundle of it read.
    pub met_at: Option<String>,
    /// By which road: `network` or `stick`.
    #[serde(default)]
    pub met_by: Option<String>,
    /// As of when it is known what it has.
    #[serde(default)]
    pub known_at: Option<String>,
    /// How far its clock was ahead, in seconds.
    pub clock_ahead_s: i64,
    /// Events it had that are not here.
    pub it_has_more: u64,
    /// Events here that it had not.
    pub we_have_more: u64,
    /// Why it was not met.
    pub trouble: Option<String>,
}

/// A log that is not one line.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Fork {
    /// Whose.
    pub node: String,
    /// After which position it parts.
    pub after: u64,
    /// Lines that go on from there.
    pub lines: usize,
    /// The node was sent away at that position.
    pub revoked: bool,
}

/// Events set aside.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct SetAside {
    /// Whose.
    pub node: String,
    /// Why.
    pub why: String,
    /// How many.
    pub events: u64,
    /// The first of them.
    pub first: u64,
}

/// What a meeting came to.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Met {
    /// With whom.
    pub node: String,
    /// Events that came.
    pub events: u64,
    /// Events given.
    pub events_given: u64,
    /// Sealed parts that came.
    pub parts: u64,
    /// Sealed parts given.
    pub parts_given: u64,
    /// How far its clock is ahead, in seconds.
    pub clock_ahead_s: i64,
    /// Bytes that came.
    pub received_bytes: u64,
    /// Bytes that were sent.
    pub sent_bytes: u64,
}

/// How the node stands.
pub fn standing(node: &Node) -> Result<Standing, Failure> {
    let standing = node.standing()?;
    let forks = standing.forks().into_iter().map(|fork| Fork {
        node: fork.node.hex(),
        after: fork.after,
        lines: fork.lines,
        revoked: fork.revoked,
    });
    let forks = forks.collect();
    let sites = node.read::<_, Failure>(|register| {
        let sites = register.sites().map_err(node::NodeError::from)?;
        let named = sites
            .into_iter()
            .map(|site| (site.id.to_string(), site.name));
        Ok(named.collect())
    })?;
    let root = node.root_public()?;
    Ok(Standing {
        node: NodeId(node.key().0).hex(),
        operation: root.map_or_else(String::new, |root| root.operation.hex()),
        ends: node
            .log_ends()?
            .into_iter()
            .map(|(log, size)| (log.hex(), size))
            .collect(),
        sites,
        peers: standing.peers.into_iter().map(peer).collect(),
        forks,
        set_aside: standing.parked.into_iter().map(set_aside).collect(),
        parts_wanted: standing.parts_wanted,
        parts_waiting: standing.waiting.own,
        parts_carried: standing.waiting.carried,
        halted: standing.halted.map(|halt| {
            let (node, why) = (halt.node, halt.why);
            ledger::Error::Halted { node, why }.to_string()
        }),
    })
}

fn peer(peer: node::Peer) -> Peer {
    let member = peer.member.as_ref();
    Peer {
        node: peer.node.hex(),
        site: peer.site_name,
        everything: member.is_some_and(|member| member.scope == ledger::Scope::Everything),
        revoked_after: member.and_then(|member| member.revoked_after),
        addresses: peer.addresses,
        met_at: peer.met_at.map(|at| at.timestamp().to_string()),
        met_by: peer.met_by.map(|road| road_in_words(road).to_owned()),
        known_at: peer.known_at.map(|at| at.timestamp().to_string()),
        clock_ahead_s: peer.clock_ahead_ms / 1000,
        it_has_more: peer.ahead.theirs,
        we_have_more: peer.ahead.ours,
        trouble: peer.trouble,
    }
}

const fn road_in_words(road: node::Road) -> &'static str {
    match road {
        node::Road::Network => "network",
        node::Road::Stick => "stick",
    }
}

/// Events set aside, with why in words.
pub fn set_aside(parked: ledger::Parked) -> SetAside {
    SetAside {
        node: parked.node.hex(),
        why: why(parked.why).to_owned(),
        events: parked.events,
        first: parked.first.0,
    }
}

const fn why(aside: ledger::Aside) -> &'static str {
    match aside {
        ledger::Aside::Gap => "earlier events of it have not come yet",
        ledger::Aside::Stranger => "its papers have not come yet",
        ledger::Aside::Clock => "they are stamped more than a day ahead: look at that node's clock",
        _ => "there were too many",
    }
}

/// Meets whoever answers at an address, once.
pub fn meet(node: &Node, address: &str) -> Result<Met, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| {
            Failure::Wrong(format!("the program could not start its threads: {error}"))
        })?;
    let met = runtime.block_on(peering::meet_at(node, address, None))?;
    node.keep_address(met.node, address)?;
    Ok(Met {
        node: met.node.hex(),
        events: met.progress.events,
        events_given: met.progress.events_given,
        parts: met.progress.parts,
        parts_given: met.progress.parts_given,
        clock_ahead_s: met.clock_ahead_ms / 1000,
        received_bytes: met.received_bytes,
        sent_bytes: met.sent_bytes,
    })
}
