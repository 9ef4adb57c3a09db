//! Bundles, as commands ask for them: written for some nodes or for all, and read. The passphrase of a
//! bundle is nobody's but the bundle's.

use std::path::{Path, PathBuf};

use ledger::NodeId;
use ledger::bundle::WorkFactor;
use node::{BundleAsked, Node, Since};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::peers::{SetAside, set_aside};
use crate::secret;

/// Fewest digits that name a node.
const DIGITS_MIN: usize = 4;

/// A bundle to be written.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct WriteAsked {
    /// Where to, as an absolute path.
    pub file: PathBuf,
    /// For whom: first digits of a node's key, or the name of a site. None for everybody.
    pub to: Vec<String>,
    /// From where on.
    pub since: WriteSince,
    /// What will open it.
    pub passphrase: String,
}

/// From where on a bundle is written.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum WriteSince {
    /// From what the others had when they were last heard of.
    LastHeard,
    /// From the beginning.
    Beginning,
    /// From these positions, by log.
    Ends(Vec<(String, u64)>),
}

/// A bundle stands.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub file: PathBuf,
    /// Which.
    pub bundle: String,
    /// For which nodes.
    pub to: Vec<String>,
    /// From where on it carries which logs.
    pub from: Vec<From>,
    /// Events in it.
    pub events: u64,
    /// Sealed parts in it.
    pub parts: u64,
    /// Its size.
    pub bytes: u64,
}

/// From where on a bundle carries a log.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct From {
    /// Which log.
    pub log: String,
    /// After which position.
    pub after: u64,
}

/// A bundle was read.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Read {
    /// Which.
    pub bundle: String,
    /// Who wrote it.
    pub writer: String,
    /// When, by the writer's clock.
    pub written_at: String,
    /// Events that were not here.
    pub events: u64,
    /// Events that were here already.
    pub known: u64,
    /// Histories of which more can be read now.
    pub readable: u64,
    /// It went on where an earlier reading had been interrupted.
    pub resumed: bool,
    /// Nodes whose log turned out not to be one line, or to end earlier.
    pub forks: Vec<String>,
    /// Events that found no room.
    pub refused: u64,
    /// What waits now, and why.
    pub set_aside: Vec<SetAside>,
    /// Sealed parts that wait for their events.
    pub parts_waiting: u64,
    /// Sealed parts carried for others.
    pub parts_carried: u64,
    /// What was no good.
    pub bad: Vec<String>,
}

/// Writes a bundle.
pub fn write(
    node: &Node,
    asked: &WriteAsked,
    progress: impl FnMut(u64, u64),
) -> Result<Written, Failure> {
    let since = match &asked.since {
        WriteSince::LastHeard => Since::LastHeard,
        WriteSince::Beginning => Since::Beginning,
        WriteSince::Ends(ends) => {
            let ends = ends.iter().map(|(log, end)| Ok((log.parse()?, *end)));
            Since::Ends(ends.collect::<Result<_, ledger::Error>>()?)
        }
    };
    let bundle = BundleAsked {
        file: asked.file.clone(),
        to: named(node, &asked.to)?,
        since,
        work: WorkFactor::default(),
    };
    let passphrase = secret::passphrase(&asked.passphrase);
    let written = node.write_bundle(&bundle, &passphrase, progress)?;
    let from = written.from.iter().map(|from| From {
        log: from.log.hex(),
        after: from.after,
    });
    Ok(Written {
        file: asked.file.clone(),
        bundle: written.id.hex(),
        to: written.to.iter().map(NodeId::hex).collect(),
        from: from.collect(),
        events: written.events,
        parts: written.parts,
        bytes: written.bytes,
    })
}

/// The nodes that are meant: by the first digits of their keys, or all of a site by its name.
fn named(node: &Node, names: &[String]) -> Result<Vec<NodeId>, Failure> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let peers = node.standing()?.peers;
    let mut nodes = Vec::new();
    for name in names {
        let digits = name.to_ascii_lowercase();
        let by_key = |peer: &&node::Peer| peer.node.hex().starts_with(&digits);
        let by_site = |peer: &&node::Peer| {
            let site = peer.site_name.as_deref();
            site.is_some_and(|site| domain::same_name(site, name))
        };
        let mut meant: Vec<NodeId> = peers.iter().filter(by_site).map(|peer| peer.node).collect();
        if meant.is_empty() && digits.len() >= DIGITS_MIN {
            meant = peers.iter().filter(by_key).map(|peer| peer.node).collect();
            if meant.len() > 1 {
                return Err(Failure::Wrong(format!(
                    "several nodes begin with {name}: give more digits, as `akey peers --json` shows them"
                )));
            }
        }
        if meant.is_empty() {
            return Err(Failure::Wrong(format!(
                "no node and no site of another node is called \"{name}\" here: look at `akey peers`; a node \
                 that nobody has met is known once a bundle of it was read"
            )));
        }
        nodes.extend(meant);
    }
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// Reads a bundle.
pub fn read(
    node: &Node,
    file: &Path,
    passphrase: &str,
    progress: impl FnMut(u64, u64),
) -> Result<Read, Failure> {
    let read = node.read_bundle(file, &secret::passphrase(passphrase), progress)?;
    let written = i64::try_from(read.written_ms).unwrap_or(i64::MAX);
    let written_at = jiff::Timestamp::from_millisecond(written);
    Ok(Read {
        bundle: read.id.hex(),
        writer: read.writer.hex(),
        written_at: written_at.map_or_else(|_| String::new(), |at| at.to_string()),
        events: read.events,
        known: read.known,
        readable: read.readable,
        resumed: read.resumed_at.is_some(),
        forks: read.cut.iter().map(NodeId::hex).collect(),
        refused: read.refused,
        set_aside: read.parked.into_iter().map(set_aside).collect(),
        parts_waiting: read.waiting.own,
        parts_carried: read.waiting.carried,
        bad: read.bad,
    })
}
