//! Taking in what other nodes wrote: each event to its place in its author's log, or named and set
//! aside. Signatures are checked before ([`check_batch`](crate::check_batch)); here it is decided where an event belongs.
//!
//! An event that cannot be placed yet is *parked*: kept beside the logs until what is missing comes.
//! Nothing that was sent is lost, one author's bad event never stops another's, and the result is the
//! same for the same events, whatever the order in which they came (G2, G9).

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, ToSql, params};

use crate::branch::{self, Branch, Tip};
use crate::error::{Doing as _, Error, Result, malformed};
use crate::event::Event;
use crate::identity::{Hash, NodeId, Position, Receipt};
use crate::keyring;
use crate::ledger::Ledger;
use crate::member::{self, Member, Papers};
use crate::shared::Change;
use crate::store::{SqliteStore, Store as _};
use crate::transaction::Transaction;

/// A clock may be this far ahead of ours before what it stamped is set aside: a day, in milliseconds.
/// Less is told apart by nobody; more would drag the clocks of all others along.
pub const CLOCK_AHEAD_MAX_MS: u64 = 86_400_000;
/// Most events set aside for one author: what comes beyond is refused until there is room.
const PARKED_MAX: u64 = 100_000;
/// Most events set aside for all authors together: anybody can sign as authors that nobody knows.
const PARKED_ALL_MAX: u64 = 400_000;

/// Why an event was set aside or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Aside {
    /// What comes before it in its log is not here yet.
    Gap,
    /// Its author has no papers here yet.
    Stranger,
    /// It is stamped with a time that has not come.
    Clock,
    /// More is set aside for this author, or for all, than is kept; it was not kept.
    TooMany,
}

impl Aside {
    const fn code(self) -> u8 {
        match self {
            Self::Gap => 0,
            Self::Stranger => 1,
            Self::Clock => 2,
            Self::TooMany => 3,
        }
    }

    const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Gap,
            1 => Self::Stranger,
            2 => Self::Clock,
            _ => Self::TooMany,
        }
    }
}

/// What taking in a batch came to.
#[derive(Debug, Default)]
pub struct Received {
    /// Events that are now in a log, in the order in which they were placed.
    pub stored: Vec<Event>,
    /// How many were here already.
    pub known: u64,
    /// What was set aside: author, position, why.
    pub aside: Vec<(NodeId, Position, Aside)>,
    /// Nodes whose log turned out not to be one line, or to end earlier. Their logs were cut anew:
    /// whatever was worked out from them has to be worked out again.
    pub cut: Vec<NodeId>,
}

impl Received {
    /// Adds what another batch came to.
    pub fn merge(&mut self, other: Self) {
        self.stored.extend(other.stored);
        self.known += other.known;
        self.aside.extend(other.aside);
        for node in other.cut {
            if !self.cut.contains(&node) {
                self.cut.push(node);
            }
        }
    }

    /// Whether any log is another one now.
    pub fn changed(&self) -> bool {
        !self.stored.is_empty() || !self.cut.is_empty()
    }

    /// Whether something of this author waits for what comes before it.
    pub fn gap(&self, node: NodeId) -> bool {
        self.aside
            .iter()
            .any(|(of, _, why)| *of == node && *why == Aside::Gap)
    }
}

/// Events set aside for one author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parked {
    /// The author.
    pub node: NodeId,
    /// Why.
    pub why: Aside,
    /// How many.
    pub events: u64,
    /// The first of them.
    pub first: Position,
}

impl Transaction<'_> {
    /// Takes in events of other nodes, checked by [`check_batch`](crate::check_batch), and whatever was waiting for them.
    ///
    /// `now_ms` is what the wall clock says: an event that is stamped far beyond it is set aside.
    pub fn receive(&mut self, events: Vec<Event>, now_ms: u64) -> Result<Received> {
        let mut came = Vec::new();
        self.record(|_| {
            came = events
                .iter()
                .map(|event| event.bytes.clone().into())
                .collect();
        });
        let received = self.change(|ledger| take(ledger, events, now_ms))?;
        if received.changed() || !received.aside.is_empty() {
            self.record(|recorded| recorded.steps.push(Change::Received(came, now_ms)));
        }
        Ok(received)
    }

    /// Takes in the papers of a node. Gives whether they were new; then what had been set aside for
    /// want of them is placed too.
    pub fn admit(&mut self, papers: &Papers, now_ms: u64) -> Result<(bool, Received)> {
        let new = self.change(|ledger| {
            let root = member::root(&ledger.connection)?.ok_or(Error::NoOperation)?;
            member::admit(&ledger.connection, papers, &root)
        })?;
        let Some(node) = new else {
            return Ok((false, Received::default()));
        };
        self.record(|recorded| {
            let papers = papers.to_bytes().into();
            recorded.steps.push(Change::Admitted(papers, now_ms));
        });
        let placed = self.change(|ledger| {
            let of_node = parked_of_stranger(&ledger.connection, node)?;
            take_again(ledger, of_node, now_ms)
        })?;
        Ok((true, placed))
    }

    /// Takes in the root's word that a node no longer belongs. What it wrote after the last position
    /// that counts becomes a branch: kept, passed on, and disputed.
    pub fn revoke(&mut self, certificate: &[u8]) -> Result<Received> {
        let received = self.change(|ledger| {
            let connection = &ledger.connection;
            let root = member::root(connection)?.ok_or(Error::NoOperation)?;
            let mut received = Received::default();
            let Some(revocation) = member::revoke(connection, certificate, &root)? else {
                return Ok(received);
            };
            let node = revocation.node;
            for log in branch::logs_of(connection, node)? {
                let begins = begins_after(connection, log)?;
                let crosses = branch::tip(connection, log)?
                    .is_some_and(|tip| tip.size > revocation.last && begins < revocation.last)
                    || (log == node && revocation.last == 0);
                if crosses {
                    branch::cut(connection, node, log, revocation.last)?;
                }
            }
            received.cut.push(node);
            ledger.note_received(&received)?;
            Ok(received)
        })?;
        if received.changed() {
            let certificate = certificate.to_vec().into();
            self.record(|recorded| recorded.steps.push(Change::Revoked(certificate)));
        }
        Ok(received)
    }

    /// Tries again what was set aside because it was stamped with a time that had not come, and now has. What
    /// waits for something else is placed when that comes.
    pub fn retry_parked(&mut self, now_ms: u64) -> Result<Received> {
        let received = self.change(|ledger| {
            let due = parked_and_due(&ledger.connection, now_ms)?;
            take_again(ledger, due, now_ms)
        })?;
        if received.changed() || !received.aside.is_empty() {
            self.record(|recorded| recorded.steps.push(Change::Retried(now_ms)));
        }
        Ok(received)
    }

    /// Papers for this node under its present identity: what admitted it, and its own word on the key
    /// that others seal to.
    pub fn issue_papers(&mut self, certificates: Vec<Vec<u8>>) -> Result<Papers> {
        self.change(|ledger| {
            let secrets = keyring::sealing_secrets(&ledger.connection)?;
            let sealing = secrets
                .first()
                .ok_or_else(|| malformed("ledger", "it has no sealing key"))?;
            Ok(Papers::issue(certificates, &ledger.signing, sealing))
        })
    }

    /// Trusts the root of an operation from here on, once and for all.
    pub fn trust(&mut self, root: &crate::RootPublic) -> Result<()> {
        if !self.change(|ledger| member::trust(&ledger.connection, root))? {
            return Ok(());
        }
        self.record(|recorded| {
            let operation = root.operation.0.to_vec().into();
            let (signing, recovery) = (root.signing.to_vec(), root.recovery.0.to_vec());
            let trusted = Change::Trusted(operation, signing.into(), recovery.into());
            recorded.steps.push(trusted);
        });
        Ok(())
    }
}

/// Places events, and what was waiting for them.
fn take(ledger: &mut Ledger, events: Vec<Event>, now_ms: u64) -> Result<Received> {
    let mut intake = Intake::begin(&ledger.connection, now_ms)?;
    for event in events {
        intake.take(event)?;
    }
    let received = intake.finish()?;
    ledger.note_received(&received)?;
    Ok(received)
}

/// Places some of what was set aside, as far as it can be now.
fn take_again(ledger: &mut Ledger, parked: Vec<ParkedEvent>, now_ms: u64) -> Result<Received> {
    let mut events = Vec::with_capacity(parked.len());
    for ParkedEvent { row, event } in parked {
        ledger
            .connection
            .prepare_cached("DELETE FROM ledger_parked WHERE rowid = ?1")
            .and_then(|mut statement| statement.execute([row]))
            .doing("take out what was set aside")?;
        events.push(event);
    }
    take(ledger, events, now_ms)
}

/// After which position a log begins: 0 for a node's own.
fn begins_after(connection: &Connection, log: NodeId) -> Result<u64> {
    let after: Option<u64> = connection
        .prepare_cached("SELECT after FROM ledger_branch WHERE log = ?1")
        .and_then(|mut statement| statement.query_row([log.0], |row| row.get(0)).optional())
        .doing("read a branch")?;
    Ok(after.unwrap_or(0))
}

/// What was set aside, by author and reason.
pub(crate) fn parked(connection: &Connection) -> Result<Vec<Parked>> {
    connection
        .prepare_cached(
            "SELECT node, why, count(*), min(position) FROM ledger_parked GROUP BY node, why
             ORDER BY node, why",
        )
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    Ok(Parked {
                        node: NodeId(row.get(0)?),
                        why: Aside::from_code(row.get(1)?),
                        events: row.get(2)?,
                        first: Position(row.get(3)?),
                    })
                })?
                .collect()
        })
        .doing("read what was set aside")
}

fn is_any_parked(connection: &Connection) -> Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_parked)")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .doing("look for what was set aside")
}

fn count_parked(connection: &Connection, node: NodeId) -> Result<u64> {
    connection
        .prepare_cached("SELECT count(*) FROM ledger_parked WHERE node = ?1")
        .and_then(|mut statement| statement.query_row([node.0], |row| row.get(0)))
        .doing("count what was set aside")
}

fn count_all_parked(connection: &Connection) -> Result<u64> {
    connection
        .prepare_cached("SELECT count(*) FROM ledger_parked")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .doing("count what was set aside")
}

/// An event that was set aside, and its row.
struct ParkedEvent {
    row: i64,
    event: Event,
}

/// What was set aside for want of a node's papers, in order.
fn parked_of_stranger(connection: &Connection, node: NodeId) -> Result<Vec<ParkedEvent>> {
    let of_node = "WHERE node = ?1 AND why = ?2 ORDER BY position, leaf";
    let params = params![node.0, Aside::Stranger.code()];
    parked_where(connection, of_node, params, |_| true)
}

/// What was set aside for its clock and is stamped with a time that has come by now, in order.
fn parked_and_due(connection: &Connection, now_ms: u64) -> Result<Vec<ParkedEvent>> {
    let for_clock = "WHERE why = ?1 ORDER BY node, position, leaf";
    let params = params![Aside::Clock.code()];
    parked_where(connection, for_clock, params, |event| {
        !is_ahead(event, now_ms)
    })
}

fn parked_where(
    connection: &Connection,
    condition: &str,
    params: &[&dyn ToSql],
    ready: impl Fn(&Event) -> bool,
) -> Result<Vec<ParkedEvent>> {
    let doing = "read what was set aside";
    let mut statement = connection
        .prepare_cached(&format!(
            "SELECT rowid, bytes FROM ledger_parked {condition}"
        ))
        .doing(doing)?;
    let mut rows = statement.query(params).doing(doing)?;
    let mut parked = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        // Checked when it was set aside.
        let event = Event::decode(row.get(1).doing(doing)?, Receipt(0))?;
        if ready(&event) {
            let row = row.get(0).doing(doing)?;
            parked.push(ParkedEvent { row, event });
        }
    }
    Ok(parked)
}

/// Whether anything that was set aside for its clock has its time by now.
pub(crate) fn is_any_due(connection: &Connection, now_ms: u64) -> Result<bool> {
    Ok(!parked_and_due(connection, now_ms)?.is_empty())
}

/// Whether an event is stamped with a time so far ahead that it has to wait.
const fn is_ahead(event: &Event, now_ms: u64) -> bool {
    event.hlc.wall_ms > now_ms.saturating_add(CLOCK_AHEAD_MAX_MS)
}

/// A log as it grows during a batch.
struct Line {
    tip: Tip,
    /// Other logs go on from its end.
    closed: bool,
    /// Positions after which what comes no longer counts.
    ends: Vec<u64>,
}

impl Line {
    /// Whether the next event behind the last one belongs to this log.
    fn goes_on(&self) -> bool {
        !self.closed && !self.ends.contains(&self.tip.size)
    }
}

/// A batch on its way in.
struct Intake<'t> {
    connection: &'t Connection,
    members: BTreeMap<NodeId, Member>,
    revoked: BTreeMap<NodeId, Vec<u64>>,
    now_ms: u64,
    /// Whether anything is set aside that may be waiting for what comes.
    any_parked: bool,
    /// How much is set aside for an author, where it was counted.
    parked: BTreeMap<NodeId, u64>,
    /// How much is set aside for all, once it was counted.
    all_parked: Option<u64>,
    /// Logs that were looked at; written when they have to be read from the tables, and at the end.
    lines: BTreeMap<NodeId, Line>,
    received: Received,
}

impl<'t> Intake<'t> {
    fn begin(connection: &'t Connection, now_ms: u64) -> Result<Self> {
        let mut revoked: BTreeMap<NodeId, Vec<u64>> = BTreeMap::new();
        for (node, last, _) in member::revocations(connection)? {
            revoked.entry(node).or_default().push(last);
        }
        Ok(Self {
            connection,
            members: member::members(connection)?,
            revoked,
            now_ms,
            any_parked: is_any_parked(connection)?,
            parked: BTreeMap::new(),
            all_parked: None,
            lines: BTreeMap::new(),
            received: Received::default(),
        })
    }

    fn take(&mut self, event: Event) -> Result<()> {
        let mut waiting = vec![event];
        while let Some(event) = waiting.pop() {
            let (node, position, leaf) = (event.node, event.position, event.leaf);
            if self.place(event)? && self.any_parked {
                waiting.extend(self.unpark(node, position.next(), leaf)?);
            }
        }
        Ok(())
    }

    /// Puts one event into its log, or aside. Gives whether it is in a log now and was not before.
    fn place(&mut self, event: Event) -> Result<bool> {
        let (node, position) = (event.node, event.position);
        if !self.members.contains_key(&node) {
            return self.park(&event, Aside::Stranger);
        }
        if is_ahead(&event, self.now_ms) {
            return self.park(&event, Aside::Clock);
        }
        if i64::try_from(position.0).is_err() {
            return self.park(&event, Aside::Gap);
        }
        // What comes in order, as nearly everything does: the next of a log that is one line.
        let line = self.line(node, node)?;
        let next = (line.tip.size + 1, line.tip.leaf) == (position.0, event.previous);
        if next && line.goes_on() {
            return self.append(event, node);
        }
        self.write_down()?;
        let logs = branch::logs_of(self.connection, node)?;
        if branch::holding(self.connection, &logs, position, event.leaf)?.is_some() {
            self.received.known += 1;
            return Ok(false);
        }
        if position == Position::FIRST {
            return self.behind(event, node, 0);
        }
        let before = Position(position.0 - 1);
        match branch::holding(self.connection, &logs, before, event.previous)? {
            Some(parent) => self.behind(event, parent, before.0),
            None => self.park(&event, Aside::Gap),
        }
    }

    /// Puts an event behind the one at `before` of `log`, which is here.
    fn behind(&mut self, event: Event, log: NodeId, before: u64) -> Result<bool> {
        let node = event.node;
        let line = self.line(log, node)?;
        if line.tip.size == before && line.goes_on() {
            return self.append(event, log);
        }
        if planted::mistake!("keep one branch only") {
            return Ok(false);
        }
        if line.tip.size > before {
            branch::cut(self.connection, node, log, before)?;
        }
        let begun = Branch {
            log: branch::name(event.leaf),
            node,
            parent: log,
            after: before,
        };
        let from = branch::tip(self.connection, log)?.unwrap_or_default();
        branch::begin(self.connection, &begun)?;
        // The log that ends here is listed too when nothing is in it.
        branch::set_tip(self.connection, log, &from)?;
        branch::set_tip(self.connection, begun.log, &from)?;
        // The logs of this node are other ones now.
        self.lines.clear();
        if !self.received.cut.contains(&node) {
            self.received.cut.push(node);
        }
        self.append(event, begun.log)
    }

    fn append(&mut self, mut event: Event, log: NodeId) -> Result<bool> {
        event.log = log;
        let store = SqliteStore::on(self.connection);
        event.receipt = store.append(&[&event], &[])?[0];
        let tip = &mut self.line(log, event.node)?.tip;
        tip.size = event.position.0;
        tip.leaf = event.leaf;
        tip.frontier.push(event.leaf);
        self.received.stored.push(event);
        Ok(true)
    }

    /// A log of a node, as far as it is here.
    fn line(&mut self, log: NodeId, node: NodeId) -> Result<&mut Line> {
        if !self.lines.contains_key(&log) {
            let line = Line {
                tip: branch::tip(self.connection, log)?.unwrap_or_default(),
                closed: branch::has_children(self.connection, log)?,
                ends: self.revoked.get(&node).cloned().unwrap_or_default(),
            };
            self.lines.insert(log, line);
        }
        Ok(self.lines.get_mut(&log).expect("put there just now"))
    }

    fn write_down(&self) -> Result<()> {
        for (log, line) in &self.lines {
            if line.tip.size > 0 {
                branch::set_tip(self.connection, *log, &line.tip)?;
            }
        }
        Ok(())
    }

    fn park(&mut self, event: &Event, why: Aside) -> Result<bool> {
        let (node, position) = (event.node, event.position);
        let there = match self.parked.get(&node) {
            Some(there) => *there,
            None => count_parked(self.connection, node)?,
        };
        let all = match self.all_parked {
            Some(all) => all,
            None => count_all_parked(self.connection)?,
        };
        if there >= PARKED_MAX || all >= PARKED_ALL_MAX {
            self.parked.insert(node, there);
            self.all_parked = Some(all);
            self.received.aside.push((node, position, Aside::TooMany));
            return Ok(false);
        }
        let added = self
            .connection
            .prepare_cached(
                "INSERT INTO ledger_parked (node, position, leaf, previous, why, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    node.0,
                    position.0.min(i64::MAX.unsigned_abs()),
                    event.leaf.0,
                    event.previous.0,
                    why.code(),
                    event.bytes,
                ])
            })
            .doing("set an event aside")?;
        self.parked.insert(node, there + added as u64);
        self.all_parked = Some(all + added as u64);
        self.any_parked = true;
        self.received.aside.push((node, position, why));
        Ok(false)
    }

    /// What waited for the event that was just placed.
    fn unpark(&mut self, node: NodeId, next: Position, previous: Hash) -> Result<Vec<Event>> {
        let waiting: Vec<Vec<u8>> = self
            .connection
            .prepare_cached(
                "DELETE FROM ledger_parked WHERE node = ?1 AND position = ?2 AND previous = ?3
                 RETURNING bytes",
            )
            .and_then(|mut statement| {
                statement
                    .query_map(params![node.0, next.0, previous.0], |row| row.get(0))?
                    .collect()
            })
            .doing("take out what was set aside")?;
        if let Some(there) = self.parked.get_mut(&node) {
            *there = there.saturating_sub(waiting.len() as u64);
        }
        if let Some(all) = &mut self.all_parked {
            *all = all.saturating_sub(waiting.len() as u64);
        }
        waiting
            .into_iter()
            .map(|bytes| Event::decode(bytes, Receipt(0)))
            .collect()
    }

    fn finish(self) -> Result<Received> {
        self.write_down()?;
        Ok(self.received)
    }
}
