//! The ledger of one node in one folder: founding it, opening it, handing out the writer's
//! transaction and readers.
//!
//! Opening refuses a folder in use, a database of a newer version, and one that lost what it had
//! acknowledged. It must never repair by forgetting.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, params};

use crate::branch;
use crate::clock::Hlc;
use crate::disk::{Disk, SystemDisk};
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::{Doing as _, Error, Result, malformed};
use crate::event::Event;
use crate::halt::Halt;
use crate::head_record::{self, Acknowledged, HeadRecord};
use crate::identity::{Hash, NodeId, Position};
use crate::intake::Received;
use crate::keyring;
use crate::lock::Lock;
use crate::merkle::Frontier;
use crate::passphrase::{Passphrase, PassphraseCost};
use crate::reader::{Head, Reader, View};
use crate::root::RecoveryKey;
use crate::schema::{self, Access};
use crate::shared::{self, Place, Recorded, Sharing};
use crate::staging::Staging;
use crate::statement::{Receipting, StatementReceipt};
use crate::succession::{self, Succession};
use crate::transaction::Transaction;
use crate::vault::{DatabaseKey, Vault};
use crate::verify::{self, Progress, Report};

/// What the ledger stands on. The default is the real machine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Files beside the database.
    pub disk: Arc<dyn Disk>,
    /// Name of the SQLite file system to use; `None` for the usual one.
    pub vfs: Option<String>,
    /// How long to wait for another connection's lock.
    pub busy_timeout: Duration,
    /// Cost of deriving a key from a new passphrase.
    pub passphrase_cost: PassphraseCost,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            entropy: Arc::new(SystemEntropy),
            disk: Arc::new(SystemDisk),
            vfs: None,
            busy_timeout: Duration::from_secs(5),
            passphrase_cost: PassphraseCost::default(),
        }
    }
}

/// What a new ledger is founded with.
#[derive(Debug)]
pub struct Founding<'a> {
    /// The passphrase that will unlock it.
    pub passphrase: &'a Passphrase,
    /// The root's public key, if a lost passphrase shall be recoverable with the root key.
    pub recovery: Option<RecoveryKey>,
    /// When, in milliseconds since 1970.
    pub now_ms: u64,
}

/// What was found at opening that the operator may want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Opening {
    /// One half of the acknowledged-head record was torn, as by a power loss while it was
    /// written. The other half was used; nothing acknowledged is missing.
    pub torn_head_record: bool,
    /// Commits that were complete on disk although the power went before they were acknowledged.
    /// They are kept.
    pub unacknowledged_commits: u64,
}

/// Where this node's log stands, in memory; goes back with a transaction that is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub commits: u64,
    pub hlc: Hlc,
    pub leaf: Hash,
    pub frontier: Frontier,
    /// Whether a key was erased since the last commit.
    pub erased: bool,
    /// How far this mirror of a hub has come; none where it is the whole of its node.
    pub place: Option<Place>,
}

impl Standing {
    pub(crate) const fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(crate) fn append(&mut self, event: &Event) {
        self.hlc = event.hlc;
        self.leaf = event.leaf;
        self.frontier.push(event.leaf);
    }

    pub(crate) fn load(connection: &Connection, node: NodeId) -> Result<Self> {
        let (commits, hlc) = connection
            .query_row(
                "SELECT commits, hlc_wall_ms, hlc_counter FROM ledger_state",
                [],
                |row| {
                    Ok((
                        row.get(0)?,
                        Hlc {
                            wall_ms: row.get(1)?,
                            counter: row.get(2)?,
                        },
                    ))
                },
            )
            .doing("read where it stands")?;
        let (size, leaf, frontier): (u64, [u8; 32], Vec<u8>) = connection
            .query_row(
                "SELECT size, leaf, frontier FROM ledger_log WHERE node = ?1",
                [node.0],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .doing("read where this node's log stands")?;
        let frontier = Frontier::from_bytes(size, &frontier)
            .ok_or_else(|| malformed("ledger", "the tree's edge does not fit the log's size"))?;
        Ok(Self {
            commits,
            hlc,
            leaf: Hash(leaf),
            frontier,
            erased: false,
            place: shared::read_place(connection)?,
        })
    }

    pub(crate) fn store(&self, connection: &Connection, node: NodeId) -> Result<()> {
        connection
            .prepare_cached(
                "UPDATE ledger_state SET commits = ?1, hlc_wall_ms = ?2, hlc_counter = ?3",
            )
            .and_then(|mut statement| {
                statement.execute(params![self.commits, self.hlc.wall_ms, self.hlc.counter])
            })
            .doing("record where it stands")?;
        connection
            .prepare_cached(
                "UPDATE ledger_log SET size = ?2, leaf = ?3, frontier = ?4 WHERE node = ?1",
            )
            .and_then(|mut statement| {
                let frontier = self.frontier.to_bytes();
                statement.execute(params![node.0, self.size(), self.leaf.0, frontier])
            })
            .doing("record where this node's log stands")
            .map(drop)
    }

    pub(crate) const fn acknowledged(&self, node: NodeId) -> Acknowledged {
        Acknowledged {
            commits: self.commits,
            node,
            size: self.size(),
            leaf: self.leaf,
        }
    }
}

/// Name of the database's file.
pub(crate) const DATABASE_FILE_NAME: &str = "akey.db";

/// The open ledger of this node: its one writer.
///
/// ```
/// use ledger::{
///     AggregateId, AuthorId, Draft, Founding, Ledger, Occurred, Options, Passphrase,
///     PassphraseCost, Unlock, Vault,
/// };
///
/// let dir = tempfile::tempdir()?;
/// let options = Options { passphrase_cost: PassphraseCost::TRIVIAL, ..Options::default() };
/// let passphrase = Passphrase::new("four words are good");
/// let founding = Founding { passphrase: &passphrase, recovery: None, now_ms: 1_000 };
/// let mut ledger = Ledger::create(dir.path(), &founding, options.clone())?;
///
/// let mut transaction = ledger.begin()?;
/// let event = transaction.append(
///     Draft {
///         kind: "movement.landed".to_owned(),
///         aggregate: AggregateId([1; 16]),
///         author: AuthorId([2; 16]),
///         occurred: Occurred::exactly(1_000),
///         body: vec![0xa0],
///         attachments: Vec::new(),
///     },
///     1_000,
/// )?;
/// transaction.commit()?; // durable from here on
/// drop(ledger);
///
/// let key = Vault::read(dir.path())?.open(&Unlock::Passphrase(&passphrase))?;
/// let ledger = Ledger::open(dir.path(), &key, options)?;
/// assert_eq!(ledger.reader()?.view().events_of(AggregateId([1; 16]))?, [event]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ledger {
    // Declared first, closed first: the lock must outlast the connection.
    pub(crate) connection: Connection,
    pub(crate) node: NodeId,
    pub(crate) signing: SigningKey,
    pub(crate) standing: Standing,
    pub(crate) options: Options,
    /// Set while the open transaction holds a half-done change.
    pub(crate) abandoned: bool,
    /// Set when only opening anew can tell what the disk holds.
    pub(crate) must_reopen: bool,
    /// Why this node may write nothing more under its identity, if it may not.
    pub(crate) halted: Option<Halt>,
    /// Whether other servers of a hub have to agree to what changes here.
    pub(crate) sharing: Sharing,
    /// Lets the one legitimate commit pass the commit hook.
    pub(crate) may_commit: Arc<AtomicBool>,
    dir: PathBuf,
    key: DatabaseKey,
    record: HeadRecord,
    opening: Opening,
    _lock: Lock,
}

impl Ledger {
    /// Founds a new ledger in an empty or new folder, with a new node identity.
    pub fn create(dir: &Path, founding: &Founding<'_>, options: Options) -> Result<Self> {
        let staging = Staging::begin(dir)?;
        let key = DatabaseKey::generate(options.entropy.as_ref());
        let vault = Vault::found(
            staging.dir(),
            &key,
            founding.passphrase,
            founding.recovery,
            &options,
        )?;
        let path = staging.dir().join(DATABASE_FILE_NAME);
        let mut connection = schema::connect(&path, &key, Access::Write, &options)?;
        schema::migrate(&mut connection)?;
        succession::begin(&mut connection, founding.now_ms, staging.dir(), &options)?;
        close(connection)?;
        vault.write(&options)?;
        staging.finish(&options)?;
        Self::open(dir, &key, options)
    }

    /// Opens the ledger in a folder, with the key from [`Vault::unlock`].
    pub fn open(dir: &Path, key: &DatabaseKey, options: Options) -> Result<Self> {
        let lock = Self::lock(dir)?;
        let path = dir.join(DATABASE_FILE_NAME);
        let (record, reading) = HeadRecord::open(options.disk.as_ref(), dir)?;
        let mut connection = schema::connect(&path, key, Access::Write, &options)?;
        keep_log(&connection)?;
        schema::migrate(&mut connection)?;
        let signing = keyring::signing_key(&connection)?
            .ok_or_else(|| malformed("ledger", "it has no signing key"))?;
        let node = NodeId(signing.verifying_key().to_bytes());
        let standing = Standing::load(&connection, node)?;
        check_acknowledged(&connection, &path, &reading.acknowledged)?;
        if reading.acknowledged.node != node {
            let why = "it is of another identity of this node";
            return Err(Error::HeadRecord {
                path: dir.join(head_record::FILE_NAME),
                why,
            });
        }
        check_end(&connection, node, &standing)?;
        let halted = Halt::read(&connection)?;
        settle(&connection)?;

        let may_commit = Arc::new(AtomicBool::new(false));
        let allowed = Arc::clone(&may_commit);
        connection
            .commit_hook(Some(move || !allowed.load(Ordering::Relaxed)))
            .doing("guard its commits")?;
        let opening = Opening {
            torn_head_record: !reading.whole,
            unacknowledged_commits: standing.commits - reading.acknowledged.commits,
        };
        let sharing = match standing.place {
            None => Sharing::Alone,
            Some(_) => Sharing::Cut(Recorded::default()),
        };
        let mut ledger = Self {
            connection,
            node,
            signing,
            standing,
            options,
            abandoned: false,
            must_reopen: false,
            halted,
            sharing,
            may_commit,
            dir: dir.to_owned(),
            key: key.clone(),
            record,
            opening,
            _lock: lock,
        };
        if opening != Opening::default() {
            ledger.mend_record()?;
        }
        Ok(ledger)
    }

    /// Opens a ledger that [`Ledger::open`] refuses because it lost what it had acknowledged, or one
    /// that was halted because its log goes on elsewhere. The
    /// node takes a new identity: nobody may write a second history at the lost positions (G9).
    /// Refused when the rest does not verify.
    pub fn accept_loss(
        dir: &Path,
        key: &DatabaseKey,
        now_ms: u64,
        options: Options,
    ) -> Result<(Self, Succession)> {
        let lock = Self::lock(dir)?;
        let path = dir.join(DATABASE_FILE_NAME);
        let mut connection = schema::connect(&path, key, Access::Write, &options)?;
        schema::migrate(&mut connection)?;
        settle(&connection)?;
        verify::walk_database(dir, key, &options, |_| ()).require_clean()?;
        let succession = succession::begin(&mut connection, now_ms, dir, &options)?;
        close(connection)?;
        drop(lock);
        let old = succession.ok_or_else(|| malformed("ledger", "it has no signing key"))?;
        Ok((Self::open(dir, key, options)?, old))
    }

    fn lock(dir: &Path) -> Result<Lock> {
        if dir.join(DATABASE_FILE_NAME).exists() {
            Lock::take(dir)
        } else {
            Err(Error::NotFound(dir.to_owned()))
        }
    }

    /// A receipt by this node for one of the statements of its log, whose leaves these are in their
    /// order (RFC 9942).
    ///
    /// # Errors
    /// [`Error::Proof`](crate::Error::Proof) where the log has no such statement.
    pub fn statement_receipt(
        &self,
        leaves: &[Hash],
        index: u64,
        said: &Receipting<'_>,
    ) -> Result<Vec<u8>> {
        StatementReceipt::give(&self.signing, leaves, index, said)
    }

    /// The node's key as PKCS #8 (RFC 8410), with which it says in TLS who it is. What TLS signs begins
    /// with 64 spaces (RFC 8446, section 4.4.3) and never is one of our messages.
    pub fn transport_key(&self) -> zeroize::Zeroizing<Vec<u8>> {
        const BEGINNING: [u8; 16] = [
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22,
            0x04, 0x20,
        ];
        zeroize::Zeroizing::new([&BEGINNING, self.signing.as_bytes().as_slice()].concat())
    }

    pub(crate) const fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// This node.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// The end of this node's log.
    pub const fn head(&self) -> Head {
        Head {
            node: self.node,
            size: self.standing.size(),
            leaf: self.standing.leaf,
        }
    }

    /// What was found at opening.
    pub const fn opening(&self) -> Opening {
        self.opening
    }

    /// Why this node may write nothing more under its present identity, if it may not.
    pub const fn halted(&self) -> Option<Halt> {
        self.halted
    }

    /// What came from elsewhere may concern this node itself: then it writes no more (G9).
    pub(crate) fn note_received(&mut self, received: &Received) -> Result<()> {
        let latest = received.stored.iter().map(|event| event.hlc).max();
        if let Some(latest) = latest {
            self.standing.hlc = self.standing.hlc.observe(latest);
        }
        let ours = received.cut.contains(&self.node)
            || received.stored.iter().any(|event| event.node == self.node);
        if ours && !planted::mistake!("let both copies go on") {
            let halt = Halt::find(&self.connection, self.node)?;
            halt.record(&self.connection)?;
            self.halted = Some(halt);
            let here = Standing::load(&self.connection, self.node)?;
            self.standing.leaf = here.leaf;
            self.standing.frontier = here.frontier;
        }
        Ok(())
    }

    /// Begins the writer's transaction; it takes the database's one write lock at once.
    pub fn begin(&mut self) -> Result<Transaction<'_>> {
        if self.must_reopen {
            return Err(Error::MustReopen);
        }
        Transaction::begin(self)
    }

    /// A read-only connection of its own, for another thread.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(self.dir.clone(), self.key.clone(), self.options.clone())
    }

    /// Walks and checks everything; see [`Report`].
    pub fn verify(&self, progress: impl FnMut(Progress)) -> Result<Report> {
        self.reader()?.verify(progress)
    }

    /// After a durable commit: promises it, and empties the write-ahead log if a key was erased.
    pub(crate) fn acknowledge(&mut self) -> Result<()> {
        let promised = self
            .record
            .acknowledge(self.standing.acknowledged(self.node));
        if promised.is_err() {
            // What is committed is on the disk but not promised. Nothing may be acknowledged on top
            // of it before opening anew has promised it.
            self.must_reopen = true;
        }
        promised?;
        if std::mem::take(&mut self.standing.erased) {
            // A reader may hold the log open; then the next erasure or closing empties it.
            empty_log(&self.connection)?;
        }
        Ok(())
    }

    /// Writes both halves of the record again.
    fn mend_record(&mut self) -> Result<()> {
        let acknowledged = self.standing.acknowledged(self.node);
        self.record.acknowledge(acknowledged)?;
        self.record.acknowledge(acknowledged)?;
        self.record.mend_padding()
    }
}

/// Until the database is found to be whole, closing it leaves the write-ahead log as it is: if
/// opening is refused, it is evidence.
fn keep_log(connection: &Connection) -> Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .doing("be configured")
        .map(drop)
}

/// Brings what the write-ahead log holds into the database file. A power loss while SQLite does
/// that leaves torn pages there, which the log still covers: now they are written whole.
fn settle(connection: &Connection) -> Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .doing("be configured")?;
    empty_log(connection)
}

/// Moves the write-ahead log into the database file and empties it.
pub(crate) fn empty_log(connection: &Connection) -> Result<()> {
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .doing("empty the write-ahead log")
}

/// Refuses a database that ends below what was acknowledged, or holds another history.
fn check_acknowledged(
    connection: &Connection,
    path: &Path,
    acknowledged: &Acknowledged,
) -> Result<()> {
    let node = acknowledged.node;
    let found_commit: u64 = connection
        .query_row("SELECT commits FROM ledger_state", [], |row| row.get(0))
        .doing("read its commits")?;
    // On whichever line: the log may have been cut by the last commit, before that was acknowledged.
    let logs = branch::logs_of(connection, node)?;
    let mut found = 0;
    for log in &logs {
        found = found.max(branch::last(connection, *log)?);
    }
    if found < acknowledged.size || found_commit < acknowledged.commits {
        return Err(Error::AcknowledgedLost {
            path: path.to_owned(),
            node,
            acknowledged: acknowledged.size,
            found,
            acknowledged_commit: acknowledged.commits,
            found_commit,
        });
    }
    if acknowledged.size == 0 {
        return Ok(());
    }
    let position = Position(acknowledged.size);
    if branch::holding(connection, &logs, position, acknowledged.leaf)?.is_some() {
        return Ok(());
    }
    Err(Error::AcknowledgedDiffers {
        path: path.to_owned(),
        node,
        position,
    })
}

/// The log must end where it says that it ends, or the next event would break the chain.
fn check_end(connection: &Connection, node: NodeId, standing: &Standing) -> Result<()> {
    let position = Position(standing.size());
    let end = View::on(connection)
        .heads()?
        .into_iter()
        .find(|head| head.node == node);
    let expected = Head {
        node,
        size: standing.size(),
        leaf: standing.leaf,
    };
    if end == Some(expected) {
        return Ok(());
    }
    let why = "the log does not end where it says".to_owned();
    Err(Error::DamagedEvent {
        node,
        position,
        why,
    })
}

/// Closes a connection so that the file alone holds everything.
pub(crate) fn close(connection: Connection) -> Result<()> {
    empty_log(&connection)?;
    connection.close().map_err(|(_, source)| Error::Database {
        doing: "close",
        source,
    })
}
