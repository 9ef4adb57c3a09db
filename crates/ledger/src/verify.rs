//! Walking everything that is stored and checking it against everything that was signed.
//!
//! It reads and reports; it never repairs and never stops at the first damage.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, params};

use crate::error::{Doing as _, Error, Result};
use crate::identity::{Hash, NodeId, Position};
use crate::ledger::{DATABASE_FILE_NAME, Options};
use crate::log_walk::LogWalk;
use crate::schema::{self, Access};
use crate::vault::{DatabaseKey, Vault};
use crate::{head_record, member, vault};

/// How far a long piece of work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u64,
    /// In all.
    pub total: u64,
}

/// What kind of damage was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// A page of the database file fails its authentication, or cannot be read.
    Page {
        /// What SQLite or SQLCipher says.
        detail: String,
    },
    /// An event's bytes do not have the hash under which they were stored.
    EventBytes,
    /// An event's bytes are not a well-formed event.
    EventForm {
        /// What is wrong.
        detail: String,
    },
    /// An event's signature is not the node's.
    EventSignature,
    /// An event does not follow the one before it.
    Chain,
    /// The event is not there, although later ones are or the log says that it was.
    Missing,
    /// The tree over the log is not the one recorded or signed.
    Tree,
    /// The stored columns about an event differ from its signed content.
    Columns,
    /// An attachment's ciphertext does not have the hash its event binds.
    AttachmentBytes {
        /// The hash it should have.
        hash: Hash,
    },
    /// An attachment of this node does not open with the key that is held.
    AttachmentKey {
        /// Its hash.
        hash: Hash,
    },
    /// An attachment of this node is gone although its key was never erased.
    AttachmentMissing {
        /// Its hash.
        hash: Hash,
    },
    /// A checkpoint's signature or content is wrong; the position is its size.
    Checkpoint {
        /// What is wrong.
        detail: String,
    },
    /// The papers of a node, or the word that it was sent away, do not lead to the operation's root key.
    Papers {
        /// What is wrong.
        detail: String,
    },
    /// The acknowledged-head record is damaged.
    HeadRecord {
        /// What is wrong.
        detail: String,
    },
    /// The key file is damaged.
    Vault {
        /// What is wrong.
        detail: String,
    },
}

impl Damage {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::HeadRecord { .. } => {
                "open the ledger once: if nothing acknowledged is missing, the record is mended"
            }
            Self::Vault { .. } => {
                "do not close the running program before it has written the key file again by \
                 changing the passphrase, or take the key file from a backup"
            }
            Self::EventSignature
            | Self::EventForm { .. }
            | Self::Checkpoint { .. }
            | Self::Papers { .. } => {
                "do not trust it; restore the latest backup that verifies, and find out who wrote it"
            }
            _ => "copy the folder away for study, then restore the latest backup that verifies",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { detail } => write!(f, "the database file is damaged ({detail})"),
            Self::EventBytes => f.write_str("the event's bytes changed"),
            Self::EventForm { detail } => write!(f, "not a well-formed event ({detail})"),
            Self::EventSignature => f.write_str("the signature is not the node's"),
            Self::Chain => f.write_str("it does not follow the event before it"),
            Self::Missing => f.write_str("the event is missing"),
            Self::Tree => f.write_str("the tree over the log is not the recorded one"),
            Self::Columns => f.write_str("its columns differ from its signed content"),
            Self::AttachmentBytes { hash } => write!(f, "attachment {hash} changed"),
            Self::AttachmentKey { hash } => {
                write!(f, "attachment {hash} does not open with its key")
            }
            Self::AttachmentMissing { hash } => {
                write!(f, "attachment {hash} is missing and was never erased")
            }
            Self::Checkpoint { detail } => write!(f, "the checkpoint does not hold ({detail})"),
            Self::Papers { detail } => write!(f, "its papers do not hold ({detail})"),
            Self::HeadRecord { detail } => {
                write!(f, "the acknowledged-head record is damaged ({detail})")
            }
            Self::Vault { detail } => write!(f, "the key file is damaged ({detail})"),
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose log, if it is about a log.
    pub node: Option<NodeId>,
    /// The position in it, if it is about one event.
    pub position: Option<Position>,
    /// What is wrong.
    pub damage: Damage,
}

impl Finding {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        self.damage.remedy()
    }

    const fn of_file(damage: Damage) -> Self {
        Self {
            node: None,
            position: None,
            damage,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.node, self.position) {
            (Some(node), Some(position)) => write!(f, "node {node}, position {position}: ")?,
            (Some(node), None) => write!(f, "node {node}: ")?,
            _ => {}
        }
        write!(f, "{}; {}", self.damage, self.remedy())
    }
}

/// What a verification saw.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Events checked, signatures included.
    pub events: u64,
    /// Attachments whose hash was checked.
    pub attachments: u64,
    /// Of these, opened with the key that is held.
    pub opened: u64,
    /// Attachments erased with their key: gone on purpose.
    pub erased: u64,
    /// Attachments or keys never given to this node.
    pub withheld: u64,
    /// Checkpoints checked.
    pub checkpoints: u64,
    /// What is wrong. Empty is good.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether every event is there, unchanged and in its place: nothing is wrong but that sealed parts
    /// are gone, as after a disk was lost of which nobody else had them.
    pub fn holds_all_events(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| matches!(finding.damage, Damage::AttachmentMissing { .. }))
    }

    /// The report, unless something is wrong.
    pub(crate) fn require_clean(self) -> Result<Self> {
        match self.findings.first() {
            None => Ok(self),
            Some(finding) => Err(Error::Unverified(finding.to_string())),
        }
    }
}

/// Checks the folder of a ledger: the key file, the acknowledged-head record, the database.
pub(crate) fn walk(
    dir: &Path,
    key: &DatabaseKey,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Report {
    let mut report = walk_database(dir, key, options, progress);
    let vault = std::fs::read(dir.join(vault::FILE_NAME))
        .map_err(|error| error.to_string())
        .and_then(|bytes| {
            Vault::from_bytes(dir.join(vault::FILE_NAME), &bytes).map_err(|e| e.to_string())
        });
    if let Err(detail) = vault {
        report
            .findings
            .push(Finding::of_file(Damage::Vault { detail }));
    }
    let detail = match head_record::inspect(dir) {
        Ok(reading) if reading.whole => None,
        Ok(_) => Some("one half of it is torn or altered".to_owned()),
        Err(error) => Some(error.to_string()),
    };
    if let Some(detail) = detail {
        report
            .findings
            .push(Finding::of_file(Damage::HeadRecord { detail }));
    }
    report
}

/// Checks the database in a folder: pages, papers, events, attachments, checkpoints.
pub(crate) fn walk_database(
    dir: &Path,
    key: &DatabaseKey,
    options: &Options,
    mut progress: impl FnMut(Progress),
) -> Report {
    let path = dir.join(DATABASE_FILE_NAME);
    // SQLCipher closes a connection to everything after one bad page; so each part gets its own.
    let connect = || schema::connect(&path, key, Access::Read, options);
    let mut report = Report::default();
    if let Some(detail) = salt_complaint(&path, key) {
        report
            .findings
            .push(Finding::of_file(Damage::Page { detail }));
    }
    match page_findings(&connect) {
        Ok(findings) => report.findings.extend(findings),
        Err(error) => report.findings.push(page_finding(&error)),
    }
    match connect().and_then(|connection| member::unproven(&connection)) {
        Ok(unproven) => report.findings.extend(unproven.into_iter().map(of_papers)),
        Err(error) => report.findings.push(page_finding(&error)),
    }
    let logs = connect().and_then(|connection| logs(&connection));
    let logs = match logs {
        Ok(logs) => logs,
        Err(error) => {
            report.findings.push(page_finding(&error));
            return report;
        }
    };
    let total = logs.iter().map(|(_, size)| size).sum();
    let mut done = 0;
    for (node, size) in logs {
        let mut walk = LogWalk::begin(&connect, node, size, &mut report);
        let outcome = walk.run(|| {
            done += 1;
            if done % 256 == 0 || done == total {
                progress(Progress { done, total });
            }
        });
        if let Err(error) = outcome {
            report.findings.push(Finding {
                node: Some(node),
                ..page_finding(&error)
            });
        }
    }
    report
}

/// The first bytes of the file are the salt; no page's authentication covers them.
fn salt_complaint(path: &Path, key: &DatabaseKey) -> Option<String> {
    let mut salt = vec![0; key.salt().len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut salt));
    match read {
        Err(error) => Some(error.to_string()),
        Ok(()) if salt == key.salt() => None,
        Ok(()) => Some("its first bytes changed".to_owned()),
    }
}

fn page_finding(error: &Error) -> Finding {
    Finding::of_file(Damage::Page {
        detail: error.to_string(),
    })
}

fn of_papers((node, error): (NodeId, Error)) -> Finding {
    let detail = error.to_string();
    Finding {
        node: Some(node),
        position: None,
        damage: Damage::Papers { detail },
    }
}

/// Logs held here and how long they are said to be: the longer of what is recorded and what is
/// there.
fn logs(connection: &Connection) -> Result<Vec<(NodeId, u64)>> {
    connection
        .prepare(
            "SELECT node, max(size) FROM (
                SELECT node, size FROM ledger_log
                UNION ALL SELECT node, max(position) FROM ledger_event GROUP BY node
             ) GROUP BY node ORDER BY node",
        )
        .and_then(|mut statement| {
            statement
                .query_map(params![], |row| Ok((NodeId(row.get(0)?), row.get(1)?)))?
                .collect()
        })
        .doing("read which logs there are")
}

/// Pages that fail authentication, and structures that do not fit together. Reading beside a
/// writer may catch a page half-written: what is found is looked at a second time.
fn page_findings(connect: &dyn Fn() -> Result<Connection>) -> Result<Vec<Finding>> {
    let first = page_complaints(connect)?;
    if first.is_empty() {
        return Ok(Vec::new());
    }
    std::thread::sleep(Duration::from_millis(200));
    let second = page_complaints(connect)?;
    let both = first
        .into_iter()
        .filter(|complaint| second.contains(complaint));
    Ok(both
        .map(|detail| Finding::of_file(Damage::Page { detail }))
        .collect())
}

fn page_complaints(connect: &dyn Fn() -> Result<Connection>) -> Result<Vec<String>> {
    let mut complaints = complaints(&connect()?, "PRAGMA cipher_integrity_check")?;
    if complaints.is_empty() {
        let structure = complaints_of_structure(&connect()?)?;
        complaints.extend(structure);
    }
    Ok(complaints)
}

fn complaints_of_structure(connection: &Connection) -> Result<Vec<String>> {
    let mut complaints = complaints(connection, "PRAGMA quick_check(100)")?;
    complaints.retain(|complaint| complaint != "ok");
    Ok(complaints)
}

fn complaints(connection: &Connection, pragma: &str) -> Result<Vec<String>> {
    connection
        .prepare(pragma)
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .doing("check its pages")
}
