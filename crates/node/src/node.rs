//! The node as everybody else sees it: ask for something, look at something, keep it safe.

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Command, Moment, NodeKey, Occurred, Recorded, SiteId, UserId};
use formats::manifest::Mapping;
use ledger::{BackupMade, DatabaseKey, Ledger, Options, Passphrase, Progress, Report, Vault};
use register::{Digest, Migrated, Register};
use rusqlite::config::DbConfig;
use uuid::Uuid;

use crate::acquaintance::Acquaintances;
use crate::clock::{Clock, SystemClock};
use crate::company::{Follower, Listening};
use crate::error::{ExecuteError, NodeError};
use crate::ids::SystemIds;
use crate::reading::{Readers, Snapshot};
use crate::session::Session;
use crate::writer::{Order, Watchers, Writer, WriterHandle};
use crate::{folding, founding, local, mapping};

/// What a node stands on. The default is the real machine.
#[derive(Debug, Clone)]
pub struct NodeOptions {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness, disk and the cost of passphrases.
    pub ledger: Options,
}

impl Default for NodeOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ledger: Options::default(),
        }
    }
}

/// A command, and around it what makes asking twice harmless.
#[derive(Clone)]
pub struct Request {
    /// Made by whoever asks. The same id twice does the thing once.
    pub id: Uuid,
    /// The site they work at.
    pub site: SiteId,
    /// When it happened, where it is entered later.
    pub occurred: Option<Occurred>,
    /// What is asked.
    pub command: Command,
}

impl fmt::Debug for Request {
    /// Without the command: it may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

/// A command was carried out and is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// How many events came of it; none when there was nothing to change.
    pub events: u32,
    /// The position of the last of them in this node's log.
    pub position: u64,
    /// It had been carried out before; nothing happened this time.
    pub repeated: bool,
}

/// Where a log ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEnd {
    /// The position of the last event; 0 for an empty log.
    pub position: u64,
    /// Its leaf hash (RFC 9162, section 2.1), in hexadecimal.
    pub leaf: String,
}

/// What a verification found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The ledger's own findings.
    pub report: Report,
    /// Where this node's log ends.
    pub log_end: LogEnd,
    /// The digests of the register as it stands.
    pub standing: Digest,
    /// The digests of a register folded anew from the ledger.
    pub folded_anew: Digest,
}

impl Verified {
    /// Whether everything is as it was signed and folded.
    pub fn is_clean(&self) -> bool {
        self.report.is_clean() && self.standing == self.folded_anew
    }
}

/// A running node. Clones share it; it stops when the last is gone.
#[derive(Debug, Clone)]
pub struct Node {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) dir: PathBuf,
    pub(crate) key: NodeKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) options: Options,
    pub(crate) acquaintances: Arc<Acquaintances>,
    watchers: Watchers,
    /// Dropped before the writer, which closes the data last.
    pub(crate) readers: Readers,
    /// Stops before the writer that it asks.
    _follower: Option<Follower>,
    pub(crate) writer: WriterHandle,
}

impl Node {
    /// Opens the node in a data folder.
    ///
    /// # Errors
    /// A wrong passphrase, a second process on the same data, a newer version's data, damage: each
    /// says what to do.
    pub fn open(
        dir: &Path,
        passphrase: &Passphrase,
        options: NodeOptions,
    ) -> Result<Self, NodeError> {
        founding::check_finished(dir)?;
        let key = Vault::read(dir)?.unlock(passphrase)?;
        Self::open_unlocked(dir, &key, options)
    }

    /// Opens the node with the database key, as the root key recovers it.
    pub fn open_unlocked(
        dir: &Path,
        key: &DatabaseKey,
        options: NodeOptions,
    ) -> Result<Self, NodeError> {
        founding::check_finished(dir)?;
        let ledger = Ledger::open(dir, key, options.ledger.clone())?;
        Self::start(dir, ledger, options)
    }

    pub(crate) fn start(
        dir: &Path,
        ledger: Ledger,
        options: NodeOptions,
    ) -> Result<Self, NodeError> {
        let key = NodeKey(ledger.node().0);
        let ids = SystemIds::new(Arc::clone(&options.ledger.entropy));
        let mut writer = Writer {
            ledger,
            clock: Arc::clone(&options.clock),
            ids,
            introduced: false,
            watchers: Watchers::default(),
            acquaintances: Arc::default(),
            shares_rows: false,
        };
        let watchers = writer.watchers.clone();
        let acquaintances = Arc::clone(&writer.acquaintances);
        writer.catch_up()?;
        writer.watch_rows()?;
        match writer.follow() {
            // It is halted and says so to whoever asks for something; what it holds can be read.
            Err(NodeError::Ledger(ledger::Error::StoreLost { .. })) | Ok(()) => {}
            Err(error) => return Err(error),
        }
        if writer.ledger.halted().is_none() {
            writer.record_succession()?;
        }
        writer.establish()?;
        writer.introduce()?;
        writer.answer_losses()?;
        let readers = Readers::of(writer.ledger.reader()?);
        let listening = Listening::begin(&mut writer);
        let writer = WriterHandle::start(writer)?;
        let follower = match listening {
            Some(listening) => Some(listening.start(writer.jobs()?)?),
            None => None,
        };
        let shared = Shared {
            dir: dir.to_owned(),
            key,
            clock: options.clock,
            options: options.ledger,
            acquaintances,
            watchers,
            _follower: follower,
            writer,
            readers,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The public key that names this node.
    pub fn key(&self) -> NodeKey {
        self.shared.key
    }

    /// The data folder.
    pub fn dir(&self) -> &Path {
        &self.shared.dir
    }

    /// What time it is here.
    pub fn now(&self) -> Moment {
        self.shared.clock.now()
    }

    /// Carries out a command and returns when it is durable.
    ///
    /// # Errors
    /// [`ExecuteError::Refused`] when a rule says no, [`ExecuteError::Failed`] when nothing could be
    /// saved. Either way nothing has happened.
    pub fn execute(&self, session: &Session, request: Request) -> Result<Done, ExecuteError> {
        let mut answers = self.execute_all(session, vec![request])?;
        answers.pop().expect("one answer for one command")
    }

    /// Carries out a command that takes two, both signed in: nobody but the second person can make
    /// their session, so no caller can name them in vain.
    ///
    /// # Errors
    /// As [`Node::execute`].
    pub fn execute_with(
        &self,
        session: &Session,
        second: &Session,
        request: Request,
    ) -> Result<Done, ExecuteError> {
        let order = order(session, request, Some(second.user()));
        let mut answers = self.shared.writer.execute(vec![order])?;
        answers.pop().expect("one answer for one command")
    }

    /// Carries out commands together, durable with one flush; each may be refused by itself, a
    /// failure concerns all. What takes two is refused here: a second person signs in for
    /// [`Node::execute_with`] and [`Node::claim`].
    pub fn execute_all(
        &self,
        session: &Session,
        requests: Vec<Request>,
    ) -> Result<Vec<Result<Done, ExecuteError>>, NodeError> {
        let orders = requests.into_iter();
        let orders = orders.map(|request| order(session, request, None));
        self.shared.writer.execute(orders.collect())
    }

    /// Calls `heard` whenever something was recorded, here or elsewhere, until it breaks off. It is
    /// called by the writer and must return at once.
    pub fn on_change(&self, heard: impl Fn() -> ControlFlow<()> + Send + Sync + 'static) {
        self.shared.watchers.add(heard);
    }

    /// The node's key as PKCS #8, with which it says to other nodes who it is.
    ///
    /// # Errors
    /// When the writer has stopped.
    pub fn transport_key(&self) -> Result<zeroize::Zeroizing<Vec<u8>>, NodeError> {
        self.shared
            .writer
            .alone(|writer| writer.ledger.transport_key())
    }

    /// Looks at the register in one consistent state.
    pub fn read<T, E: From<NodeError>>(
        &self,
        look: impl FnOnce(&Register<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.look(|snapshot| look(&snapshot.register()))
    }

    /// The events of one aggregate in total order, their sealed parts opened where they can be.
    pub fn events(&self, aggregate: Uuid) -> Result<Vec<Recorded>, NodeError> {
        self.look(|snapshot| Ok(snapshot.source().events(aggregate)?))
    }

    /// One event.
    pub fn event(&self, node: NodeKey, position: u64) -> Result<Option<Recorded>, NodeError> {
        self.look(|snapshot| {
            let source = snapshot.source();
            let event = source
                .0
                .event(ledger::NodeId(node.0), ledger::Position(position))?;
            Ok(event.map(|event| source.open(&event)).transpose()?)
        })
    }

    pub(crate) fn look<T, E: From<NodeError>>(
        &self,
        look: impl FnOnce(&Snapshot<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let reader = match self.shared.readers.take() {
            Some(reader) => reader,
            None => self.shared.readers.another()?,
        };
        let seen = look(&Snapshot::begin(&reader)?)?;
        self.shared.readers.give_back(reader);
        Ok(seen)
    }

    /// Where the log of this node ends: position and leaf hash of the last event, which together name
    /// everything recorded here so far.
    pub fn log_end(&self) -> Result<LogEnd, NodeError> {
        self.with_reader(|reader| {
            let head = reader.view().head()?;
            Ok(LogEnd {
                position: head.size,
                leaf: head.leaf.hex(),
            })
        })
    }

    /// The mapping that was saved for a manifest with these headers.
    pub fn mapping_for(&self, headers: &[String]) -> Result<Option<Mapping>, NodeError> {
        self.with_reader(|reader| mapping::saved(reader.connection(), headers))
    }

    /// Keeps a mapping for the next manifest with these headers.
    pub fn keep_mapping(&self, headers: &[String], chosen: &Mapping) -> Result<(), NodeError> {
        let (headers, chosen) = (headers.to_vec(), chosen.clone());
        self.shared
            .writer
            .local(move |connection| mapping::save(connection, &headers, &chosen))
    }

    /// A setting of this node alone.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, NodeError> {
        self.with_reader(|reader| local::setting(reader.connection(), name))
    }

    /// Changes a setting of this node alone.
    pub fn set_setting(&self, name: &str, value: &[u8]) -> Result<(), NodeError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.shared
            .writer
            .local(move |connection| local::set(connection, &name, &value))
    }

    /// A key for what is kept beside the ledger, of its own for each label: it opens with the same
    /// passphrase and says nothing of the ledger's own key.
    pub fn key_beside(&self, label: &str) -> Result<zeroize::Zeroizing<[u8; 32]>, NodeError> {
        self.with_reader(|reader| Ok(reader.derived_key(label)))
    }

    /// Whether this is the passphrase of this node: asked before something is done through the
    /// running program on behalf of another process.
    pub fn knows_passphrase(&self, passphrase: &Passphrase) -> bool {
        Vault::read(&self.shared.dir)
            .and_then(|vault| vault.unlock(passphrase))
            .is_ok()
    }

    /// Writes a backup into one file while work goes on.
    pub fn backup(
        &self,
        file: &Path,
        progress: impl FnMut(Progress),
    ) -> Result<BackupMade, NodeError> {
        let now_ms = u64::try_from(self.now().0).unwrap_or(0);
        self.with_reader(|reader| Ok(ledger::backup(reader, file, now_ms, progress)?))
    }

    /// Walks chain, signatures and sealed parts, and folds a second register in memory to hold
    /// against the one that stands. Work goes on meanwhile.
    pub fn verify(&self, progress: impl FnMut(Progress)) -> Result<Verified, NodeError> {
        let report = self.with_reader(|reader| Ok(reader.verify(progress)?))?;
        let (standing, folded_anew) = self.look(|snapshot| {
            let standing = snapshot.register().digest()?;
            let memory = rusqlite::Connection::open_in_memory()?;
            // As the ledger's own connections: statements are prepared once, not at every use.
            memory.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            let made = register::migrate(&memory)?;
            debug_assert_eq!(made, Migrated::Rebuild, "tables in memory are always new");
            if report.holds_all_events() {
                folding::fold_all(&memory, &snapshot.source(), &mut |_, _| {})?;
            }
            Ok::<_, NodeError>((standing, Register::new(&memory).digest()?))
        })?;
        Ok(Verified {
            report,
            log_end: self.log_end()?,
            standing,
            folded_anew,
        })
    }

    /// Drops the register and folds it anew. Gives the number of events and the digests.
    pub fn rebuild(
        &self,
        mut progress: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(u64, Digest), NodeError> {
        self.shared.writer.alone(move |writer| {
            let events = writer.rebuild(&mut progress)?;
            let reader = writer.ledger.reader()?;
            Ok((events, Register::new(reader.connection()).digest()?))
        })?
    }

    pub(crate) fn with_reader<T>(
        &self,
        work: impl FnOnce(&ledger::Reader) -> Result<T, NodeError>,
    ) -> Result<T, NodeError> {
        let reader = match self.shared.readers.take() {
            Some(reader) => reader,
            None => self.shared.readers.another()?,
        };
        let done = work(&reader)?;
        // Not after a failure: a connection that met a damaged page may fail for good.
        self.shared.readers.give_back(reader);
        Ok(done)
    }
}

fn order(session: &Session, request: Request, second: Option<UserId>) -> Order {
    let Request {
        id,
        site,
        occurred,
        command,
    } = request;
    Order {
        request: id,
        actor: session.actor(),
        site,
        occurred,
        command,
        second,
    }
}
