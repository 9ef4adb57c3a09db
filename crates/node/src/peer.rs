//! What this node knows of the others: where they answer, when they met last, what they had then.
//! It belongs to this node alone and is never sent anywhere.

use std::collections::BTreeMap;

use domain::{Moment, SiteId};
use ledger::sync::LogHead;
use ledger::{Branch, Halt, Member, NodeId, Parked, Waiting};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::error::NodeError;
use crate::node::Node;
use crate::writer::Writer;

/// Most addresses kept for one node: those it was reached at last.
pub const PEER_ADDRESSES_MAX: usize = 4;

/// A clock so far off is worth a word.
const CLOCK_WORTH_A_WORD_MS: i64 = 60_000;

/// Another node of the operation, as this one knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The node.
    pub node: NodeId,
    /// Its site, its scope, whether it was sent away; none before its papers came.
    pub member: Option<Member>,
    /// The name of its site, where it is known.
    pub site_name: Option<String>,
    /// Where it answers, the best known first.
    pub addresses: Vec<String>,
    /// When this node met it last, or read a bundle of it.
    pub met_at: Option<Moment>,
    /// By which road that was.
    pub met_by: Option<Road>,
    /// As of when it is known what it has: by a bundle, when that was written.
    pub known_at: Option<Moment>,
    /// How far its clock was ahead when they met, in milliseconds.
    pub clock_ahead_ms: i64,
    /// Why the last attempt to meet it failed, if it did.
    pub trouble: Option<String>,
    /// How the two stand, by what it had when they met.
    pub ahead: Ahead,
}

/// How word of another node came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// The two were connected.
    Network,
    /// It wrote a bundle that was read here.
    Stick,
}

/// Who has how many events that the other has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Events it had that are not here.
    pub theirs: u64,
    /// Events here that it had not.
    pub ours: u64,
}

/// How this node stands among the others.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Every other node.
    pub peers: Vec<Peer>,
    /// Logs that are not one line: forks, and what was written after a node was sent away.
    pub branches: Vec<Branch>,
    /// What was set aside, and why.
    pub parked: Vec<Parked>,
    /// Sealed parts that this node may hold and does not have yet.
    pub parts_wanted: u64,
    /// Sealed parts that came before their events, or are carried for others.
    pub waiting: Waiting,
    /// Why this node may write nothing more under its identity, if it may not.
    pub halted: Option<Halt>,
}

/// A log that is not one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// Whose.
    pub node: NodeId,
    /// After which position it parts.
    pub after: u64,
    /// How many lines go on from there.
    pub lines: usize,
    /// It parts there because the node was sent away at that position.
    pub revoked: bool,
}

impl Standing {
    /// Where logs are not one line, in order.
    pub fn forks(&self) -> Vec<Fork> {
        let mut lines: BTreeMap<(NodeId, u64), usize> = BTreeMap::new();
        for branch in &self.branches {
            *lines.entry((branch.node, branch.after)).or_default() += 1;
        }
        let revoked = |node, after| {
            let peer = self.peers.iter().find(|peer| peer.node == node);
            let member = peer.and_then(|peer| peer.member.as_ref());
            member.is_some_and(|member| member.revoked_after == Some(after))
        };
        let forks = lines.into_iter().map(|((node, after), lines)| Fork {
            node,
            after,
            lines,
            revoked: revoked(node, after),
        });
        forks.collect()
    }
}

impl Peer {
    /// How far its clock is ahead, in minutes, where that is worth a word.
    pub fn clock_ahead_min(&self) -> Option<i64> {
        let off = self.clock_ahead_ms.abs() >= CLOCK_WORTH_A_WORD_MS;
        off.then_some(self.clock_ahead_ms / 60_000)
    }
}

/// What is kept of a node.
#[derive(Default)]
struct Kept {
    addresses: Vec<String>,
    met_ms: Option<i64>,
    clock_ahead_ms: i64,
    heads: Vec<LogHead>,
    trouble: Option<String>,
    /// What was kept of the last bundle of it.
    stick: Option<Stick>,
}

/// What is kept of a node's last bundle.
struct Stick {
    read_ms: i64,
    written_ms: i64,
    heads: Vec<LogHead>,
}

impl Kept {
    /// When word of it came last, and by which road.
    fn last_word(&self) -> (Option<Moment>, Option<Road>) {
        let read_ms = self.stick.as_ref().map(|stick| stick.read_ms);
        match self.met_ms.max(read_ms) {
            None => (None, None),
            at if at == self.met_ms => (at.map(Moment), Some(Road::Network)),
            at => (at.map(Moment), Some(Road::Stick)),
        }
    }

    /// Where its logs ended, as it said last, and as of when.
    fn into_heads(self) -> (Vec<LogHead>, Option<Moment>) {
        match self.stick {
            Some(stick) if self.met_ms.is_none_or(|met| met < stick.written_ms) => {
                (stick.heads, Some(Moment(stick.written_ms)))
            }
            _ => (self.heads, self.met_ms.map(Moment)),
        }
    }
}

impl Node {
    /// How this node stands among the others.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn standing(&self) -> Result<Standing, NodeError> {
        self.look(|snapshot| {
            let view = snapshot.source().0;
            let register = snapshot.register();
            let members = view.members()?;
            let sites: BTreeMap<_, _> = register
                .sites()?
                .into_iter()
                .map(|site| (site.id, site.name))
                .collect();
            let ours = ends(view)?;
            let mut kept = all(snapshot.connection())?;
            let me = NodeId(self.key().0);
            for node in members.keys() {
                kept.entry(*node).or_default();
            }
            kept.remove(&me);
            let peers = kept.into_iter().map(|(node, kept)| {
                let member = members.get(&node).cloned();
                let site = member.as_ref();
                let site = site.map(|member| SiteId(Uuid::from_bytes(member.site.0)));
                let (met_at, met_by) = kept.last_word();
                let (addresses, trouble) = (kept.addresses.clone(), kept.trouble.clone());
                let clock_ahead_ms = kept.clock_ahead_ms;
                let (heads, known_at) = kept.into_heads();
                Peer {
                    node,
                    site_name: site.and_then(|site| sites.get(&site).cloned()),
                    member,
                    addresses,
                    met_at,
                    met_by,
                    known_at,
                    clock_ahead_ms,
                    trouble,
                    ahead: compared(&ours, &heads),
                }
            });
            Ok(Standing {
                peers: peers.collect(),
                branches: view.branches()?,
                parked: view.parked()?,
                parts_wanted: view.wanted_count()?,
                waiting: view.waiting()?,
                halted: view.halted()?,
            })
        })
    }

    /// Keeps where a node answers; the newest address is tried first.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn keep_address(&self, node: NodeId, address: &str) -> Result<(), NodeError> {
        let address = address.to_owned();
        self.change_peer(node, move |kept| {
            kept.addresses.retain(|known| *known != address);
            kept.addresses.insert(0, address);
            kept.addresses.truncate(PEER_ADDRESSES_MAX);
        })
    }

    /// Forgets every address of a node.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn forget_addresses(&self, node: NodeId) -> Result<(), NodeError> {
        self.change_peer(node, |kept| kept.addresses.clear())
    }

    /// Keeps that a node was met, and what it had.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn keep_met(
        &self,
        node: NodeId,
        clock_ahead_ms: i64,
        heads: Vec<LogHead>,
    ) -> Result<(), NodeError> {
        let now = self.now();
        self.change_peer(node, move |kept| {
            kept.met_ms = Some(now.0);
            kept.clock_ahead_ms = clock_ahead_ms;
            kept.heads = heads;
            kept.trouble = None;
        })
    }

    /// Whether a node is known to belong to the operation, sent away or not.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn belongs(&self, node: NodeId) -> Result<bool, NodeError> {
        self.with_reader(|reader| Ok(reader.view().papers(node)?.is_some()))
    }

    /// Keeps why a node could not be met, in words without personal data. Of whom nothing is known yet,
    /// nothing is kept: anybody on a network can call under any number of names.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn keep_trouble(&self, node: NodeId, trouble: &str) -> Result<(), NodeError> {
        let known = self.look(|snapshot| {
            let belongs = snapshot.source().0.papers(node)?.is_some();
            Ok::<_, NodeError>(belongs || one(snapshot.connection(), node)?.is_some())
        })?;
        if !known {
            return Ok(());
        }
        let trouble = trouble.to_owned();
        self.change_peer(node, move |kept| kept.trouble = Some(trouble))
    }

    /// Tries again what was set aside because its time had not come. Where none has come since, the writer is
    /// left alone.
    ///
    /// # Errors
    /// When it could not be saved.
    pub fn retry_set_aside(&self) -> Result<(), NodeError> {
        let now_ms = self.now_ms();
        if !self.with_reader(|reader| Ok(reader.view().is_any_due(now_ms)?))? {
            return Ok(());
        }
        self.shared.writer.alone(Writer::retry_set_aside)??;
        Ok(())
    }

    fn change_peer(
        &self,
        node: NodeId,
        change: impl FnOnce(&mut Kept) + Send + 'static,
    ) -> Result<(), NodeError> {
        self.shared.writer.local(move |connection| {
            let mut kept = one(connection, node)?.unwrap_or_default();
            change(&mut kept);
            save(connection, node, &kept)
        })
    }
}

fn ends(view: ledger::View<'_>) -> Result<BTreeMap<NodeId, u64>, NodeError> {
    let heads = view.heads()?.into_iter();
    Ok(heads.map(|head| (head.node, head.size)).collect())
}

fn compared(ours: &BTreeMap<NodeId, u64>, theirs: &[LogHead]) -> Ahead {
    let mut ahead = Ahead::default();
    let mut known = BTreeMap::new();
    for head in theirs {
        let here = ours.get(&head.log).copied().unwrap_or(head.after);
        ahead.theirs += head.size.saturating_sub(here);
        known.insert(head.log, head.size);
    }
    for (log, size) in ours {
        ahead.ours += size.saturating_sub(known.get(log).copied().unwrap_or(0));
    }
    ahead
}

const COLUMNS: &str = "node, addresses, met_ms, clock_ahead_ms, heads, trouble";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(NodeId, Kept)> {
    let addresses: String = row.get(1)?;
    let heads: String = row.get(4)?;
    // What an older version wrote otherwise is forgotten: it is said again at the next meeting.
    Ok((
        NodeId(row.get(0)?),
        Kept {
            addresses: serde_json::from_str(&addresses).unwrap_or_default(),
            met_ms: row.get(2)?,
            clock_ahead_ms: row.get(3)?,
            heads: heads.lines().filter_map(head_from_line).collect(),
            trouble: row.get(5)?,
            stick: None,
        },
    ))
}

/// Where the logs of a node ended when word of it came last.
pub(crate) fn heads_of(connection: &Connection, node: NodeId) -> Result<Vec<LogHead>, NodeError> {
    let kept = all(connection)?.remove(&node);
    Ok(kept.map(|kept| kept.into_heads().0).unwrap_or_default())
}

/// Keeps what a bundle said of its writer, unless a later one of it was read before. No bundle is written after
/// it is read, whatever the clock said where it was written: one that was years ahead for a day would have
/// its word stand against every later one.
pub(crate) fn keep_stick(
    connection: &Connection,
    node: NodeId,
    (read_ms, written_ms): (i64, i64),
    heads: &[LogHead],
) -> Result<(), NodeError> {
    let written_ms = written_ms.min(read_ms);
    connection
        .prepare_cached(
            "INSERT INTO n_stick (node, read_ms, written_ms, heads) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (node) DO UPDATE SET read_ms = ?2, written_ms = ?3, heads = ?4
                WHERE min(written_ms, read_ms) <= ?3",
        )?
        .execute(params![node.0, read_ms, written_ms, in_lines(heads)])?;
    Ok(())
}

fn in_lines(heads: &[LogHead]) -> String {
    let lines: Vec<String> = heads.iter().map(head_to_line).collect();
    lines.join("\n")
}

fn all(connection: &Connection) -> Result<BTreeMap<NodeId, Kept>, NodeError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM n_peer ORDER BY node"))?;
    let rows = statement.query_map([], read)?;
    let mut all: BTreeMap<NodeId, Kept> = rows.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection
        .prepare_cached("SELECT node, read_ms, min(written_ms, read_ms), heads FROM n_stick")?;
    let sticks = statement.query_map([], |row| {
        let heads: String = row.get(3)?;
        let stick = Stick {
            read_ms: row.get(1)?,
            written_ms: row.get(2)?,
            heads: heads.lines().filter_map(head_from_line).collect(),
        };
        Ok((NodeId(row.get(0)?), stick))
    })?;
    for stick in sticks {
        let (node, stick) = stick?;
        all.entry(node).or_default().stick = Some(stick);
    }
    Ok(all)
}

fn one(connection: &Connection, node: NodeId) -> Result<Option<Kept>, NodeError> {
    let sql = format!("SELECT {COLUMNS} FROM n_peer WHERE node = ?1");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row([node.0], read)
        .optional()?
        .map(|(_, kept)| kept))
}

fn save(connection: &Connection, node: NodeId, kept: &Kept) -> Result<(), NodeError> {
    let sql = format!("INSERT OR REPLACE INTO n_peer ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    connection.prepare_cached(&sql)?.execute(params![
        node.0,
        serde_json::to_string(&kept.addresses)?,
        kept.met_ms,
        kept.clock_ahead_ms,
        in_lines(&kept.heads),
        kept.trouble,
    ])?;
    Ok(())
}

fn head_to_line(head: &LogHead) -> String {
    let (log, node, leaf) = (head.log.hex(), head.node.hex(), head.leaf.hex());
    format!("{log} {node} {} {} {leaf}", head.after, head.size)
}

fn head_from_line(line: &str) -> Option<LogHead> {
    let mut words = line.split(' ');
    let mut word = || words.next();
    Some(LogHead {
        log: word()?.parse().ok()?,
        node: word()?.parse().ok()?,
        after: word()?.parse().ok()?,
        size: word()?.parse().ok()?,
        leaf: word()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(size: u64) -> [LogHead; 1] {
        [LogHead {
            log: NodeId([1; 32]),
            node: NodeId([1; 32]),
            after: 0,
            size,
            leaf: ledger::Hash([2; 32]),
        }]
    }

    #[test]
    fn a_bundle_of_a_clock_years_ahead_does_not_outlast_the_next() {
        let connection = Connection::open_in_memory().expect("opens");
        crate::local::migrate(&connection).expect("has its tables");
        let node = NodeId([1; 32]);
        let keep = |at, size| keep_stick(&connection, node, at, &heads(size)).expect("keeps");
        keep((1_000, 90_000_000), 4);
        keep((2_000, 1_900), 5);
        assert_eq!(heads_of(&connection, node).expect("reads"), heads(5));
        // An earlier one that is read late says nothing new.
        keep((3_000, 1_500), 3);
        assert_eq!(heads_of(&connection, node).expect("reads"), heads(5));
    }
}
