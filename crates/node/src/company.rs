//! The servers of one hub. They are one node: one name, one log, one database between them that says in
//! which order everything happened; each has the whole of it in its own folder and answers from there.
//! What is decided at one is decided on everything that any of them recorded before, or it is decided
//! again.
//!
//! It never answers that something is done before the database has it durably, and never decides what
//! the rules decide.

mod rows;

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use ledger::shared::{Followed, SharedStore};
use ledger::{Ledger, Passphrase, Progress, Received, Report, Transaction, Unlock, Vault};
use register::Register;

use crate::error::NodeError;
use crate::folding;
use crate::founding;
use crate::intake::{TakenIn, ids};
use crate::node::{Node, NodeOptions};
use crate::source::LedgerSource;
use crate::writer::{Job, Writer};

/// A server asks so often what others recorded, even when nothing was heard of them.
const ASKED_EVERY: Duration = Duration::from_secs(1);
/// How long the writer is awaited before it is asked whether anybody waits any more.
const ANSWER_AWAITED: Duration = Duration::from_millis(100);
/// A server decides so often again before it gives up: as often others were quicker, so the hub went on.
const DECIDED_AGAIN_MAX: u32 = 100;

impl Node {
    /// Opens one server of a hub: its folder, and the database that it shares with the others.
    ///
    /// # Errors
    /// As [`Node::open`]; when the database cannot be used, is not this hub's, or the folder is not in
    /// one.
    pub fn open_at_hub(
        dir: &Path,
        passphrase: &Passphrase,
        options: NodeOptions,
        store: Box<dyn SharedStore>,
    ) -> Result<Self, NodeError> {
        founding::check_finished(dir)?;
        let key = Vault::read(dir)?.unlock(passphrase)?;
        let mut ledger = Ledger::open(dir, &key, options.ledger.clone())?;
        ledger.attach(store)?;
        Self::start(dir, ledger, options)
    }

    /// Takes a node's data to a database, which several servers can share from then on.
    ///
    /// # Errors
    /// When the folder is in use or in a database already, or the database is somebody's; then nothing
    /// was changed.
    pub fn move_to_hub(
        dir: &Path,
        passphrase: &Passphrase,
        options: NodeOptions,
        store: Box<dyn SharedStore>,
    ) -> Result<(), NodeError> {
        // Whatever is unfinished in the folder is finished before others see it.
        drop(Self::open(dir, passphrase, options.clone())?);
        let key = Vault::read(dir)?.unlock(passphrase)?;
        let mut ledger = Ledger::open(dir, &key, options.ledger)?;
        Ok(ledger.move_to(store)?)
    }

    /// Sets up a further server of a hub in an empty or new folder, from a backup of one of its
    /// servers. What was recorded since comes from the database when it is opened.
    ///
    /// # Errors
    /// When the file is damaged or not of a hub's server, the passphrase wrong or the folder in use;
    /// then nothing is left in the folder.
    pub fn join_hub(
        file: &Path,
        dir: &Path,
        unlock: &Unlock<'_>,
        options: &NodeOptions,
        progress: impl FnMut(Progress),
    ) -> Result<Report, NodeError> {
        founding::check_finished(dir)?;
        let report = ledger::copy_of_server(file, dir, unlock, &options.ledger, progress)?;
        Ok(report)
    }

    /// Whether this is one server of a hub.
    ///
    /// # Errors
    /// When the writer has stopped.
    pub fn is_hub_server(&self) -> Result<bool, NodeError> {
        self.shared.writer.alone(|writer| writer.ledger.is_mirror())
    }

    /// Takes in what the hub's other servers recorded up to now.
    ///
    /// # Errors
    /// When the database does not answer, or this folder cannot be written.
    pub fn follow(&self) -> Result<(), NodeError> {
        self.shared.writer.alone(Writer::keep_up)?
    }
}

impl Writer {
    /// Does something and makes it durable; where another server of the hub was quicker, takes in what
    /// that recorded and does it again.
    pub(crate) fn on_head<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> Result<T, NodeError>,
    ) -> Result<T, NodeError> {
        let mut again = 0;
        loop {
            match work(self) {
                Err(error) if error.is_overtaken() && again < DECIDED_AGAIN_MAX => {
                    again += 1;
                    self.follow()?;
                }
                outcome => return outcome,
            }
        }
    }

    /// Takes in what other servers recorded, and what waited here for it.
    fn keep_up(&mut self) -> Result<(), NodeError> {
        self.follow()?;
        self.on_head(Self::take_out_waiting)
    }

    /// Takes in what other servers recorded, if there are any.
    pub(crate) fn follow(&mut self) -> Result<(), NodeError> {
        let mut any = false;
        loop {
            let entries = self.ledger.ahead()?;
            if entries.is_empty() {
                break;
            }
            any = true;
            let mut transaction = self.ledger.begin()?;
            let mut followed = Followed::default();
            for entry in entries {
                transaction.follow(entry, &mut followed)?;
            }
            let taken = fold_followed(&transaction, followed)?;
            transaction.commit()?;
            self.acquaintances.note(&taken);
        }
        if any {
            self.watchers.tell();
        }
        Ok(())
    }

    /// Begins to note what is changed beside the ledger, where other servers need to know.
    pub(crate) fn watch_rows(&mut self) -> Result<(), NodeError> {
        if !self.ledger.is_mirror() {
            return Ok(());
        }
        let transaction = self.ledger.begin()?;
        rows::watch(transaction.connection())?;
        transaction.commit()?;
        self.shares_rows = true;
        Ok(())
    }

    /// Writes rows beside the ledger as they are here; durable when it returns.
    pub(crate) fn share_rows(&mut self, changed: &[u8]) -> Result<(), NodeError> {
        self.on_head(|writer| {
            let shares_rows = writer.shares_rows;
            let transaction = writer.ledger.begin()?;
            rows::apply(transaction.connection(), changed)?;
            finish(transaction, shares_rows)
        })
    }
}

/// Rows beside the ledger that a transaction changed and other servers need; none where nothing is.
pub(crate) fn changed_rows(
    transaction: &Transaction<'_>,
    shares_rows: bool,
) -> Result<Option<Vec<u8>>, NodeError> {
    if shares_rows {
        rows::take(transaction.connection())
    } else {
        Ok(None)
    }
}

/// Makes a transaction durable, with what changed beside the ledger.
pub(crate) fn finish(mut transaction: Transaction<'_>, shares_rows: bool) -> Result<(), NodeError> {
    if let Some(changed) = changed_rows(&transaction, shares_rows)? {
        transaction.share_beside(changed);
    }
    transaction.commit()?;
    Ok(())
}

/// Folds what another server recorded. What it erased, kept and wanted is applied already.
fn fold_followed(transaction: &Transaction<'_>, followed: Followed) -> Result<TakenIn, NodeError> {
    let Followed {
        own,
        received,
        readable,
        beside,
    } = followed;
    let readable = ids(&readable);
    let connection = transaction.connection();
    let source = LedgerSource(transaction.view());
    let register = Register::new(connection);
    if received.cut.is_empty() {
        let events = own.iter().chain(&received.stored).map(|event| {
            source
                .open(event)
                .map_err(|error| register::RegisterError::Source(error.to_string()))
        });
        register.fold(events, &source)?;
        register.refold(readable.iter().copied(), &source)?;
    } else {
        // Logs have other names now: everything worked out from them is worked out again.
        register.clear()?;
        folding::fold_all(connection, &source, &mut |_, _| {})?;
    }
    for rows in &beside {
        rows::apply(connection, rows)?;
    }
    if !beside.is_empty() {
        rows::forget(connection)?;
    }
    Ok(TakenIn {
        readable,
        received: Some(Received {
            cut: received.cut,
            ..Received::default()
        }),
        ..TakenIn::default()
    })
}

enum Signal {
    Heard,
    Stop,
}

/// Who is told when other servers may have recorded something.
pub(crate) struct Listening {
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
}

/// Takes in what other servers recorded as soon as it is heard of, and otherwise every second. Stops
/// when it is dropped.
#[derive(Debug)]
pub(crate) struct Follower {
    sender: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// Begins to listen, if this is one server of a hub.
    pub(crate) fn begin(writer: &mut Writer) -> Option<Self> {
        if !writer.ledger.is_mirror() {
            return None;
        }
        let (sender, signals) = channel();
        let heard = Mutex::new(sender.clone());
        writer.ledger.tell_of_others(Arc::new(move || {
            // It may have stopped meanwhile; then nobody needs to know.
            let _ = heard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .send(Signal::Heard);
        }));
        Some(Self { sender, signals })
    }

    /// Follows from here on, on a thread of its own.
    pub(crate) fn start(self, jobs: Sender<Job>) -> Result<Follower, NodeError> {
        let Self { sender, signals } = self;
        let thread = std::thread::Builder::new()
            .name("akey-hub".into())
            .spawn(move || run(&signals, &jobs))
            .map_err(|error| NodeError::HubStore {
                cause: format!("the program could not start its threads: {error}"),
            })?;
        Ok(Follower {
            sender,
            thread: Some(thread),
        })
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.sender.send(Signal::Stop);
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic on that thread was reported where it happened.
            let _ = thread.join();
        }
    }
}

fn run(signals: &Receiver<Signal>, jobs: &Sender<Job>) {
    let mut trouble: Option<String> = None;
    loop {
        if !goes_on(signals, ASKED_EVERY) {
            return;
        }
        let (answer, answered) = channel();
        let look = Job::Alone(Box::new(move |writer: &mut Writer| {
            let _ = answer.send(writer.keep_up());
        }));
        if jobs.send(look).is_err() {
            return;
        }
        // Whoever stops this thread may be the writer itself, which then answers no more.
        let followed = loop {
            match answered.recv_timeout(ANSWER_AWAITED) {
                Ok(followed) => break followed,
                Err(RecvTimeoutError::Timeout) if !is_stopped(signals) => {}
                Err(_) => return,
            }
        };
        let now = followed.err().map(|error| error.to_string());
        match (&trouble, &now) {
            (before, Some(now)) if before.as_ref() != Some(now) => tracing::error!("{now}"),
            (Some(_), None) => tracing::warn!("the hub's database answers again"),
            _ => {}
        }
        trouble = now;
    }
}

/// Waits until something is heard or it is time to ask; what was heard meanwhile is answered by one look.
fn goes_on(signals: &Receiver<Signal>, at_most: Duration) -> bool {
    match signals.recv_timeout(at_most) {
        Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => false,
        Ok(Signal::Heard) | Err(RecvTimeoutError::Timeout) => !is_stopped(signals),
    }
}

fn is_stopped(signals: &Receiver<Signal>) -> bool {
    signals
        .try_iter()
        .any(|signal| matches!(signal, Signal::Stop))
}
