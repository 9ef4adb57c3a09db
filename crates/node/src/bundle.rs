//! Bundles at a running node: written to a stick for others, read from one. What is in them and what
//! may go into them is the ledger's and the register's to say; here files are opened, and what came
//! goes the way of everything that other nodes send.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use ledger::bundle::{Header, LogFrom, Outgoing, Reading, Recipient, Segment, WorkFactor, Writing};
use ledger::sync::{Blob, Delivery, LogHead, Message, hello, welcome};
use ledger::{
    Aside, BundleId, Hash, NodeId, Parked, Passphrase, Position, Reader, Received, View, Waiting,
};
use register::Register;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::NodeError;
use crate::intake;
use crate::node::Node;
use crate::peer;
use crate::reach::BundleReach;
use crate::reading::Snapshot;

/// Bundles that were begun to be read are remembered, so many of them.
const REMEMBERED_MAX: u32 = 1_000;

/// From where on a bundle is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// What those it is for had when they were last heard of is left out.
    #[default]
    LastHeard,
    /// Everything.
    Beginning,
    /// What lies up to these positions, by log, is left out.
    Ends(BTreeMap<NodeId, u64>),
}

/// A bundle to be written.
#[derive(Clone, Debug)]
pub struct BundleAsked {
    /// Where to. Nothing may stand there.
    pub file: PathBuf,
    /// For which nodes; none for every other node of the operation.
    pub to: Vec<NodeId>,
    /// From where on.
    pub since: Since,
    /// What a guess at the passphrase costs.
    pub work: WorkFactor,
}

/// A bundle stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleWritten {
    /// Which.
    pub id: BundleId,
    /// For which nodes.
    pub to: Vec<NodeId>,
    /// From where on it carries which logs.
    pub from: Vec<LogFrom>,
    /// Events in it.
    pub events: u64,
    /// Sealed parts in it.
    pub parts: u64,
    /// Its size.
    pub bytes: u64,
}

/// A bundle was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleRead {
    /// Which.
    pub id: BundleId,
    /// Who wrote it.
    pub writer: NodeId,
    /// When, by the writer's clock, in milliseconds since 1970.
    pub written_ms: u64,
    /// Events that were not here.
    pub events: u64,
    /// Events that were here already.
    pub known: u64,
    /// Histories of which more can be read now.
    pub readable: u64,
    /// The segment it went on from, where an earlier reading had been interrupted.
    pub resumed_at: Option<u64>,
    /// Nodes whose log turned out not to be one line, or to end earlier.
    pub cut: Vec<NodeId>,
    /// Events that did not find room among those that wait: read the bundle again once what they wait
    /// for has come.
    pub refused: u64,
    /// What waits now, from whichever bundle or meeting, and why.
    pub parked: Vec<Parked>,
    /// Sealed parts that wait for their events, or to be passed on.
    pub waiting: Waiting,
    /// What was no good, in words.
    pub bad: Vec<String>,
}

impl Node {
    /// Writes a bundle. Nothing half-written ever bears its name.
    ///
    /// # Errors
    /// When this node has no papers, one of those it is for does not belong, or the file cannot be
    /// written.
    pub fn write_bundle(
        &self,
        asked: &BundleAsked,
        passphrase: &Passphrase,
        progress: impl FnMut(u64, u64),
    ) -> Result<BundleWritten, NodeError> {
        if asked.file.exists() {
            let what = "a file of this name is there already; choose another name";
            return Err(not_written(&asked.file, &what));
        }
        let reader = self.shared.writer.reader()?;
        let part = beside(&asked.file);
        let written = self.write_part(&part, asked, passphrase, &reader, progress);
        let written = written.and_then(|written| {
            put_in_place(&part, &asked.file).map_err(|error| not_written(&asked.file, &error))?;
            Ok(written)
        });
        if written.is_err() {
            // What is half there is of no use to anybody; if it cannot be removed it says what it is.
            let _ = fs::remove_file(&part);
        }
        written
    }

    fn write_part(
        &self,
        part: &Path,
        asked: &BundleAsked,
        passphrase: &Passphrase,
        reader: &Reader,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<BundleWritten, NodeError> {
        let view = reader.view();
        let entropy = self.shared.options.entropy.as_ref();
        let recipients = recipients(reader, asked)?;
        let hello = hello(view, view.node()?, self.now_ms())?;
        if hello.papers.is_empty() {
            let what = "this node has no papers: whoever holds the root key admits it with `akey node \
                        readmit`";
            return Err(not_written(&asked.file, &what));
        }
        let mut outgoing = Outgoing::plan(view, &recipients)?;
        let header = Header {
            id: BundleId::random(entropy),
            hello,
            from: outgoing.from().to_vec(),
            to: asked.to.clone(),
        };
        let file = File::create(part).map_err(|error| not_written(&asked.file, &error))?;
        let protection = (passphrase, asked.work);
        let to = BufWriter::with_capacity(1 << 20, file);
        let mut writing = Writing::begin(to, protection, &header, view, entropy)?;
        loop {
            let message = {
                let snapshot = Snapshot::begin(reader)?;
                let register: Register<'_> = snapshot.register();
                let reach = BundleReach {
                    register: &register,
                    view,
                };
                outgoing.take(view, &reach, entropy)?
            };
            let Some(message) = message else { break };
            writing.say(&message)?;
            let (done, total) = outgoing.progress();
            progress(done, total);
        }
        let file = writing.finish()?.into_inner();
        let file = file.map_err(|error| not_written(&asked.file, error.error()))?;
        file.sync_all()
            .map_err(|error| not_written(&asked.file, &error))?;
        let bytes = file.metadata().map_or(0, |metadata| metadata.len());
        Ok(BundleWritten {
            id: header.id,
            to: recipients.iter().map(|to| to.member.node).collect(),
            from: header.from,
            events: outgoing.progress().0,
            parts: outgoing.parts_given(),
            bytes,
        })
    }

    /// Reads a bundle. Each segment is durable before the next is read, so that an interruption costs
    /// one of them.
    ///
    /// # Errors
    /// When it is no bundle of this operation, not by a node that belongs, or not whole. What came
    /// before the fault is kept.
    pub fn read_bundle(
        &self,
        file: &Path,
        passphrase: &Passphrase,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<BundleRead, NodeError> {
        let opened = File::open(file).map_err(|source| ledger::Error::Io {
            path: file.to_owned(),
            doing: "open the bundle",
            source,
        })?;
        let total = opened.metadata().map_or(0, |metadata| metadata.len());
        let mut reading = Reading::open(BufReader::new(opened), passphrase)?;
        let header = reading.header().clone();
        let (id, writer) = (header.id, header.hello.node);
        let now_ms = self.now_ms();
        let mut taking = Taking::default();
        let (welcome, seen) = self.with_reader(|reader| {
            let welcome = welcome(&header.hello, reader.view(), now_ms)?;
            Ok((welcome, segments_seen(reader.connection(), id)?))
        })?;
        let welcome = welcome.map_err(|why| ledger::Error::BundleRefused { writer, why })?;
        if welcome.new {
            let papers = vec![header.hello.papers.clone()];
            let revocations = Vec::new();
            let delivery = Delivery::Papers {
                papers,
                revocations,
            };
            self.take_segment(delivery, &mut taking)?;
        }
        self.keep_word(&header)?;
        if let Some(seen) = seen {
            reading.pass_over(seen)?;
            taking.resumed_at = Some(seen);
        }
        while let Some(segment) = reading.next_segment()? {
            match segment {
                Segment::Said(Message::WantParts { parts, .. }) => {
                    let parts = parts.into_iter().map(|part| part.hash).collect();
                    self.keep_asked(writer, parts)?;
                }
                Segment::Said(message) => {
                    if let Some(delivery) = delivery(message) {
                        self.take_segment(delivery, &mut taking)?;
                    }
                }
                Segment::Unknown => {}
            }
            if taking.refused == 0 {
                self.keep_seen(id, Some(reading.number()))?;
            }
            progress(reading.byte(), total);
        }
        // Read to its end: the next reading begins at its beginning, in case something was lost since.
        self.keep_seen(id, None)?;
        let (parked, waiting) = self.with_reader(|reader| {
            let view = reader.view();
            Ok((view.parked()?, view.waiting()?))
        })?;
        Ok(BundleRead {
            id,
            writer,
            written_ms: header.hello.now_ms,
            events: taking.events,
            known: taking.known,
            readable: taking.readable,
            resumed_at: taking.resumed_at,
            cut: taking.cut,
            refused: taking.refused,
            parked,
            waiting,
            bad: taking.bad,
        })
    }

    fn take_segment(&self, delivery: Delivery, taking: &mut Taking) -> Result<(), NodeError> {
        let (checked, bad) = intake::check(delivery);
        taking.bad.extend(bad);
        let taken = self
            .shared
            .writer
            .alone(move |writer| writer.take_in(checked))??;
        taking.bad.extend(taken.bad.iter().cloned());
        taking.readable += taken.readable.len() as u64;
        if let Some(received) = &taken.received {
            taking.note(received);
        }
        Ok(())
    }

    /// Keeps what a bundle says of its writer: it is word of that node, as of when it was written.
    fn keep_word(&self, header: &Header) -> Result<(), NodeError> {
        let (writer, heads) = (header.hello.node, header.hello.logs.clone());
        if writer.0 == self.key().0 {
            return Ok(());
        }
        let read_ms = self.now().0;
        let written_ms = i64::try_from(header.hello.now_ms).unwrap_or(i64::MAX);
        self.shared.writer.local(move |connection| {
            peer::keep_stick(connection, writer, (read_ms, written_ms), &heads)
        })
    }

    fn keep_asked(&self, node: NodeId, parts: Vec<Hash>) -> Result<(), NodeError> {
        self.shared
            .writer
            .local(move |connection| keep_asked(connection, node, &parts))
    }

    fn keep_seen(&self, bundle: BundleId, segments: Option<u64>) -> Result<(), NodeError> {
        let now_ms = self.now().0;
        self.shared
            .writer
            .local(move |connection| keep_seen(connection, bundle, segments, now_ms))
    }
}

/// What reading came to so far.
#[derive(Default)]
struct Taking {
    events: u64,
    known: u64,
    readable: u64,
    refused: u64,
    resumed_at: Option<u64>,
    cut: Vec<NodeId>,
    bad: Vec<String>,
}

impl Taking {
    fn note(&mut self, received: &Received) {
        self.events += received.stored.len() as u64;
        self.known += received.known;
        let refused = received.aside.iter();
        let refused = refused.filter(|(_, _, why)| *why == Aside::TooMany);
        self.refused += refused.count() as u64;
        for node in &received.cut {
            if !self.cut.contains(node) {
                self.cut.push(*node);
            }
        }
    }
}

/// What of a message is to be kept.
fn delivery(message: Message) -> Option<Delivery> {
    let bytes = |blobs: Vec<Blob>| blobs.into_iter().map(|blob| blob.0).collect();
    match message {
        Message::Papers {
            papers,
            revocations,
        } => Some(Delivery::Papers {
            papers: bytes(papers),
            revocations: bytes(revocations),
        }),
        Message::Events { events, .. } => Some(Delivery::Events(bytes(events))),
        Message::Given { parts, keys } => Some(Delivery::Given(parts, keys)),
        // What only has a meaning between two who hear each other.
        _ => None,
    }
}

/// Those a bundle is for, with what is known of each.
fn recipients(reader: &Reader, asked: &BundleAsked) -> Result<Vec<Recipient>, NodeError> {
    let (view, connection) = (reader.view(), reader.connection());
    let mut members = view.members()?;
    let me = view.node()?;
    let nodes: Vec<NodeId> = if asked.to.is_empty() {
        let others = members.values();
        let others = others.filter(|member| member.revoked_after.is_none() && member.node != me);
        others.map(|member| member.node).collect()
    } else {
        asked.to.clone()
    };
    let mut recipients = Vec::with_capacity(nodes.len());
    for node in nodes {
        let member = members.remove(&node).ok_or_else(|| {
            let what = format!(
                "node {node} does not belong as far as is known here: read a bundle of it first, then \
                 write this one"
            );
            not_written(&asked.file, &what)
        })?;
        if member.revoked_after.is_some() {
            let what = format!("node {node} was sent away: nothing is given to it");
            return Err(not_written(&asked.file, &what));
        }
        let heads = match &asked.since {
            Since::LastHeard => peer::heads_of(connection, node)?,
            Since::Beginning => Vec::new(),
            Since::Ends(ends) => heads_at(view, ends)?,
        };
        recipients.push(Recipient {
            member,
            heads,
            wanted: asked_by(connection, node)?,
        });
    }
    Ok(recipients)
}

/// The heads of logs that end at these positions, as the events here tell.
fn heads_at(view: View<'_>, ends: &BTreeMap<NodeId, u64>) -> Result<Vec<LogHead>, NodeError> {
    let mut heads = Vec::new();
    for head in view.heads()? {
        let size = ends.get(&head.node).copied().unwrap_or(0).min(head.size);
        if let Some(event) = view.event(head.node, Position(size))? {
            heads.push(LogHead {
                log: head.node,
                node: event.node(),
                after: 0,
                size,
                leaf: event.leaf(),
            });
        }
    }
    Ok(heads)
}

fn not_written(file: &Path, what: &dyn std::fmt::Display) -> NodeError {
    ledger::Error::BundleNotWritten(format!("to {}: {what}", file.display())).into()
}

/// Where it is written until it is whole.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    file.with_file_name(name)
}

fn put_in_place(part: &Path, file: &Path) -> std::io::Result<()> {
    fs::rename(part, file)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Some sticks' file systems cannot; their files are written all the same.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// How many segments of a bundle were kept before an interruption.
fn segments_seen(connection: &Connection, bundle: BundleId) -> Result<Option<u64>, NodeError> {
    Ok(connection
        .prepare_cached("SELECT segments FROM n_bundle WHERE bundle = ?1")?
        .query_row([bundle.0], |row| row.get::<_, i64>(0))
        .optional()?
        .map(i64::unsigned_abs))
}

fn keep_seen(
    connection: &Connection,
    bundle: BundleId,
    segments: Option<u64>,
    now_ms: i64,
) -> Result<(), NodeError> {
    let Some(segments) = segments else {
        connection.execute("DELETE FROM n_bundle WHERE bundle = ?1", [bundle.0])?;
        return Ok(());
    };
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO n_bundle (bundle, segments, read_ms) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![bundle.0, segments.cast_signed(), now_ms])?;
    connection.execute(
        "DELETE FROM n_bundle WHERE bundle IN
            (SELECT bundle FROM n_bundle ORDER BY read_ms DESC LIMIT -1 OFFSET ?1)",
        [REMEMBERED_MAX],
    )?;
    Ok(())
}

fn keep_asked(connection: &Connection, node: NodeId, parts: &[Hash]) -> Result<(), NodeError> {
    connection.execute("DELETE FROM n_asked WHERE node = ?1", [node.0])?;
    for part in parts {
        connection
            .prepare_cached(
                "INSERT INTO n_asked (node, part) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![node.0, part.0])?;
    }
    Ok(())
}

fn asked_by(connection: &Connection, node: NodeId) -> Result<Vec<Hash>, NodeError> {
    let mut statement = connection.prepare_cached("SELECT part FROM n_asked WHERE node = ?1")?;
    let parts = statement.query_map([node.0], |row| row.get(0).map(Hash))?;
    Ok(parts.collect::<rusqlite::Result<_>>()?)
}
