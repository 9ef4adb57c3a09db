//! The one writer. Commands that wait are carried out together in one transaction, each in a part of
//! its own, so that a hundred desks cost one flush of the disk (group commit). Whoever asked is
//! answered only when everything is durable.

use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use domain::{
    Actor, Command, Context, Event, Known, NewEvent, NodeKey, Occurred, Refusal, Role, SiteId,
    UserId, decide, made_upon_history,
};
use ledger::{KeyId, Ledger, Reader, RolePublicKey, Transaction};
use register::{Migrated, Register};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::acquaintance::Acquaintances;
use crate::clock::Clock;
use crate::company::{changed_rows, finish};
use crate::error::{ExecuteError, NodeError};
use crate::folding;
use crate::ids::SystemIds;
use crate::intake::{concerned, erased_by, want_by_own};
use crate::local::{self, Asked};
use crate::node::Done;
use crate::source::LedgerSource;
use crate::statement::vouched;
use crate::{succession, translation};

/// Most commands in one transaction: bounds how long the first of them waits for the last.
const BATCH_MAX: usize = 256;

/// A command on its way to the writer.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) request: Uuid,
    pub(crate) actor: Actor,
    pub(crate) site: SiteId,
    pub(crate) occurred: Option<Occurred>,
    pub(crate) command: Command,
    /// Who signed in beside the actor, for what takes two.
    pub(crate) second: Option<UserId>,
}

impl Order {
    /// Who asks for what kind of thing: a request id used for something else is refused.
    fn asked(&self) -> [u8; 32] {
        let kind = std::mem::discriminant(&self.command);
        Sha256::digest(format!("{} {kind:?}", self.actor.id()).as_bytes()).into()
    }
}

type Answer = Result<Done, ExecuteError>;
type Work = Box<dyn FnOnce(&mut Writer) + Send>;
type LocalWork = Box<dyn FnOnce(&Connection) -> Result<(), NodeError> + Send>;

pub(crate) enum Job {
    /// Carry out commands; each may be refused by itself.
    Execute(Vec<Order>, Sender<Vec<Answer>>),
    /// Change this node's own tables.
    Local(LocalWork, Sender<Result<(), NodeError>>),
    /// Something that needs the ledger for itself.
    Alone(Work),
}

/// How others reach the writer. When it is dropped the writer finishes what waits and stops, so that
/// the folder is free for whoever opens it next.
#[derive(Debug)]
pub(crate) struct WriterHandle {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for WriterHandle {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic on that thread was reported where it happened.
            let _ = thread.join();
        }
    }
}

impl WriterHandle {
    /// Starts the writer on a thread of its own.
    pub(crate) fn start(writer: Writer) -> Result<Self, NodeError> {
        let (jobs, waiting) = channel();
        let thread = std::thread::Builder::new()
            .name("akey-writer".into())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| NodeError::NothingSaved {
                cause: error.to_string(),
            })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Carries out commands together; answers in their order, once everything is durable.
    pub(crate) fn execute(&self, orders: Vec<Order>) -> Result<Vec<Answer>, NodeError> {
        self.ask(|answer| Job::Execute(orders, answer))
    }

    /// Changes this node's own tables.
    pub(crate) fn local(
        &self,
        work: impl FnOnce(&Connection) -> Result<(), NodeError> + Send + 'static,
    ) -> Result<(), NodeError> {
        self.ask(|answer| Job::Local(Box::new(work), answer))?
    }

    /// Does something that needs the ledger for itself.
    pub(crate) fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> T + Send + 'static,
    ) -> Result<T, NodeError> {
        let answered = self.begin_alone(work)?;
        answered.recv().map_err(|_| NodeError::WriterGone)
    }

    /// Has something done that needs the ledger for itself, and does not wait: the answer comes.
    pub(crate) fn begin_alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> T + Send + 'static,
    ) -> Result<Receiver<T>, NodeError> {
        self.begin(|answer| {
            Job::Alone(Box::new(move |writer| {
                // Whoever asked may have gone away; the work is done all the same.
                let _ = answer.send(work(writer));
            }))
        })
    }

    /// A new read connection.
    pub(crate) fn reader(&self) -> Result<Reader, NodeError> {
        Ok(self.alone(|writer| writer.ledger.reader())??)
    }

    /// Another way to reach the writer: it goes on while anybody has one.
    pub(crate) fn jobs(&self) -> Result<Sender<Job>, NodeError> {
        self.jobs.clone().ok_or(NodeError::WriterGone)
    }

    fn ask<T>(&self, job: impl FnOnce(Sender<T>) -> Job) -> Result<T, NodeError> {
        let answered = self.begin(job)?;
        answered.recv().map_err(|_| NodeError::WriterGone)
    }

    fn begin<T>(&self, job: impl FnOnce(Sender<T>) -> Job) -> Result<Receiver<T>, NodeError> {
        let (answer, answered) = channel();
        let jobs = self.jobs.as_ref().ok_or(NodeError::WriterGone)?;
        jobs.send(job(answer)).map_err(|_| NodeError::WriterGone)?;
        Ok(answered)
    }
}

/// Whoever wants to hear that something was recorded.
#[derive(Default, Clone)]
pub(crate) struct Watchers(Arc<Mutex<Vec<Heard>>>);

type Heard = Box<dyn Fn() -> ControlFlow<()> + Send + Sync>;

impl Watchers {
    /// Calls `heard` after every commit until it breaks off; it must return at once.
    pub(crate) fn add(&self, heard: impl Fn() -> ControlFlow<()> + Send + Sync + 'static) {
        let mut watchers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.push(Box::new(heard));
    }

    pub(crate) fn tell(&self) {
        let mut watchers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.retain(|heard| heard().is_continue());
    }
}

impl std::fmt::Debug for Watchers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watchers")
    }
}

/// The ledger, and what is needed to carry out commands on it.
pub(crate) struct Writer {
    pub(crate) ledger: Ledger,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: SystemIds,
    /// Whether this node's log says that it was admitted.
    pub(crate) introduced: bool,
    /// Told after every commit.
    pub(crate) watchers: Watchers,
    /// Told of what can be read now that could not before.
    pub(crate) acquaintances: Arc<Acquaintances>,
    /// Whether rows beside the ledger that change are noted, for the other servers of a hub.
    pub(crate) shares_rows: bool,
}

impl Writer {
    fn run(mut self, waiting: &Receiver<Job>) {
        while let Ok(first) = waiting.recv() {
            let mut next = Some(first);
            while let Some(job) = next.take() {
                next = self.step(job, waiting);
            }
        }
    }

    /// Does one job; gathers the commands that wait behind a command. Gives back a job of another
    /// kind that it met while gathering.
    fn step(&mut self, job: Job, waiting: &Receiver<Job>) -> Option<Job> {
        match job {
            Job::Alone(work) => {
                // Whoever asked hears that no answer comes; the writer goes on for the others.
                let _ = std::panic::catch_unwind(AssertUnwindSafe(|| work(self)));
                None
            }
            Job::Local(work, answer) => {
                let done = std::panic::catch_unwind(AssertUnwindSafe(|| self.local(work)));
                if let Ok(done) = done {
                    let _ = answer.send(done);
                }
                None
            }
            Job::Execute(orders, answer) => {
                let mut batch = vec![(orders, answer)];
                let mut size = batch[0].0.len();
                let mut other = None;
                while size < BATCH_MAX {
                    match waiting.try_recv() {
                        Ok(Job::Execute(orders, answer)) => {
                            size += orders.len();
                            batch.push((orders, answer));
                        }
                        Ok(job) => {
                            other = Some(job);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                self.execute(batch);
                other
            }
        }
    }

    /// Carries out a batch and answers everybody in it. When it fails as a whole, each command is
    /// tried by itself, so that one that always fails takes no other with it.
    fn execute(&mut self, batch: Vec<(Vec<Order>, Sender<Vec<Answer>>)>) {
        let (orders, askers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let sizes: Vec<_> = orders.iter().map(Vec::len).collect();
        let orders: Vec<_> = orders.into_iter().flatten().collect();
        let answers = match self.execute_together(&orders) {
            Ok(answers) => answers,
            // It concerns all of them alike: trying each by itself would only have them wait longer.
            Err(error) if error.is_of_hub() => {
                tracing::error!(error = %error, "a batch of commands was not answered");
                let cause = error.to_string();
                let failed = || NodeError::HubStore {
                    cause: cause.clone(),
                };
                orders.iter().map(|_| Err(failed().into())).collect()
            }
            Err(error) => {
                tracing::error!(error = %error, "a batch of commands was not saved");
                self.execute_one_by_one(&orders, &error)
            }
        };
        let mut answers = answers.into_iter();
        for (asker, size) in askers.iter().zip(sizes) {
            let _ = asker.send(answers.by_ref().take(size).collect());
        }
    }

    fn execute_one_by_one(&mut self, orders: &[Order], why: &NodeError) -> Vec<Answer> {
        let nothing = |cause: &NodeError| {
            let cause = cause.to_string();
            Err(NodeError::NothingSaved { cause }.into())
        };
        if let [_] = orders {
            return vec![nothing(why)];
        }
        orders
            .chunks(1)
            .map(|order| match self.execute_together(order) {
                Ok(mut answers) => answers.pop().expect("one answer for one command"),
                Err(error) => nothing(&error),
            })
            .collect()
    }

    /// One transaction for all. A refusal concerns its command alone; any other failure means that
    /// nothing of the batch is saved, because after it the state of the transaction is not known.
    pub(crate) fn execute_together(&mut self, orders: &[Order]) -> Result<Vec<Answer>, NodeError> {
        self.on_head(|writer| writer.decide_together(orders))
    }

    fn decide_together(&mut self, orders: &[Order]) -> Result<Vec<Answer>, NodeError> {
        let shares_rows = self.shares_rows;
        let node = NodeKey(self.ledger.node().0);
        let clock = Arc::clone(&self.clock);
        let mut ids = self.ids.clone();
        let mut transaction = self.ledger.begin()?;
        let mut answers = Vec::with_capacity(orders.len());
        let mut wrote = false;
        for order in orders {
            let now = clock.now();
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| {
                transaction.attempt(|transaction| {
                    let occurred = order.occurred.unwrap_or(Occurred::at(now));
                    let mut context = Context {
                        actor: order.actor,
                        site: order.site,
                        node,
                        now,
                        occurred,
                        ids: &mut ids,
                    };
                    carry_out(transaction, order, &mut context)
                })
            }));
            match outcome {
                Ok(Ok(done)) => {
                    wrote |= !done.repeated;
                    answers.push(Ok(done));
                }
                Ok(Err(ExecuteError::Refused(refusal))) => answers.push(Err(refusal.into())),
                Ok(Err(ExecuteError::Failed(error))) => return Err(error),
                Err(_) => {
                    let cause = "a rule of this version failed on this command; report it".into();
                    return Err(NodeError::NothingSaved { cause });
                }
            }
        }
        if wrote && planted::mistake!("answer before the commit") {
            return Ok(answers);
        }
        if wrote {
            finish(transaction, shares_rows)?;
            self.watchers.tell();
        } else {
            drop(transaction);
            let refused = answers.iter().any(Result::is_err);
            // A refusal may rest on what another server changed since. While the database is away the
            // refusal stands: nothing could be saved anyway.
            if refused && matches!(self.ledger.is_at_head(), Ok(false)) {
                return Err(ledger::Error::Overtaken.into());
            }
        }
        Ok(answers)
    }

    fn local(&mut self, work: LocalWork) -> Result<(), NodeError> {
        let shares_rows = self.shares_rows;
        let mut transaction = self.ledger.begin()?;
        work(transaction.connection())?;
        let Some(changed) = changed_rows(&transaction, shares_rows)? else {
            transaction.commit()?;
            return Ok(());
        };
        transaction.share_beside(changed.clone());
        match transaction.commit() {
            // The work can be done only once; what came of it is the same rows.
            Err(ledger::Error::Overtaken) => {
                self.follow()?;
                self.share_rows(&changed)
            }
            done => Ok(done.map(drop)?),
        }
    }

    /// Drops the register and folds it anew from the ledger; `progress` hears how many events of
    /// how many are folded.
    pub(crate) fn rebuild(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, NodeError> {
        let transaction = self.ledger.begin()?;
        let register = Register::new(transaction.connection());
        register.clear()?;
        let source = LedgerSource(transaction.view());
        let folded = folding::fold_all(transaction.connection(), &source, progress)?;
        transaction.commit()?;
        Ok(folded)
    }

    /// Records what is not recorded yet of how this node came to be: after a restore, or after a loss
    /// was accepted, the ledger has past identities that the events do not tell of.
    pub(crate) fn record_succession(&mut self) -> Result<(), NodeError> {
        let reader = self.ledger.reader()?;
        let register = Register::new(reader.connection());
        let recorded = register.restored_from(NodeKey(self.ledger.node().0))?;
        let Some(old) = reader.view().past_nodes()?.first().copied() else {
            return Ok(());
        };
        let last_position = ended_at(reader.view(), old)?;
        let old_node = NodeKey(old.0);
        if recorded.iter().any(|(node, _)| *node == old_node) {
            return Ok(());
        }
        // Nobody is signed in yet: the program records it, in the name of somebody who works here.
        let users = register.users()?;
        let author = users.first().ok_or(NodeError::NotFounded)?.id;
        let order = Order {
            request: domain::Ids::id(&mut self.ids),
            actor: Actor::Setup(author),
            site: SiteId(Uuid::nil()),
            occurred: None,
            command: Command::RecordRestore {
                old_node,
                last_position,
            },
            second: None,
        };
        for answer in self.execute_together(&[order])? {
            answer?;
        }
        Ok(())
    }

    /// Folds what the register has not seen yet.
    pub(crate) fn catch_up(&mut self) -> Result<u64, NodeError> {
        let transaction = self.ledger.begin()?;
        let migrated = register::migrate(transaction.connection())?;
        local::migrate(transaction.connection())?;
        local::forget_old(transaction.connection(), transaction.head().size)?;
        let source = LedgerSource(transaction.view());
        let folded = match migrated {
            Migrated::Rebuild => {
                folding::fold_all(transaction.connection(), &source, &mut |_, _| {})?
            }
            Migrated::Current => folding::fold_missing(transaction.connection(), &source)?,
        };
        transaction.commit()?;
        Ok(folded)
    }
}

/// The last position of a log that is here.
fn ended_at(view: ledger::View<'_>, node: ledger::NodeId) -> Result<u64, NodeError> {
    let heads = view.heads()?;
    Ok(heads
        .iter()
        .find(|head| head.node == node)
        .map_or(0, |head| head.size))
}

/// Decides one command and takes in what it decides: event, rows and what was asked, together.
fn carry_out(
    transaction: &mut Transaction<'_>,
    order: &Order,
    context: &mut Context<'_>,
) -> Answer {
    let by_and_what = order.asked();
    if let Some(before) = local::done(transaction.connection(), order.request)? {
        if before.by_and_what != by_and_what {
            return Err(Refusal::RequestReused.into());
        }
        let (events, position) = (before.events, before.last_position);
        return Ok(Done {
            events,
            position,
            repeated: true,
        });
    }
    if order
        .command
        .second()
        .is_some_and(|second| order.second != Some(second))
    {
        return Err(Refusal::SecondUnsigned.into());
    }
    certified(transaction.connection(), &order.command, context)?;
    let standing = Register::new(transaction.connection());
    vouched(&order.command, context.actor.id(), &standing)?;
    let command = order.command.clone();
    let decided = decide(command, &Register::new(transaction.connection()), context)?;
    let now_ms = u64::try_from(context.now.0).unwrap_or(0);
    let mut recorded = Vec::with_capacity(decided.len());
    let (mut owners, mut new_here) = (Vec::new(), Vec::new());
    for mut new in decided {
        if new.upon.is_none() {
            new.upon = made_upon(transaction, &new)?;
        }
        let role_key = |role| role_key(transaction.connection(), role);
        let draft = translation::draft(&new, context.actor.id(), context.occurred, role_key)?;
        let event = transaction.append(draft, now_ms)?;
        for key in erased_by(&new.event) {
            transaction.erase(key, now_ms)?;
        }
        // Whom this node lets go to another is not its business from then on: thousands at once.
        if !matches!(new.event, Event::RightsReleased(_)) {
            let register = Register::new(transaction.connection());
            owners.extend(concerned(&register, &new.event)?);
        }
        if let Event::PersonRegistered(registered) = &new.event {
            new_here.push(KeyId(*registered.person.0.as_bytes()));
        }
        recorded.push(Ok(translation::just_recorded(new, &event)));
    }
    // Together, so that an arrival met, registered and entitled by one command is written once.
    let events = u32::try_from(recorded.len()).unwrap_or(u32::MAX);
    let source = LedgerSource(transaction.view());
    Register::new(transaction.connection()).fold(recorded, &source)?;
    // Of somebody who is registered for the first time nothing lies elsewhere.
    owners.retain(|owner| !new_here.contains(owner));
    want_by_own(transaction, owners)?;
    let position = transaction.head().size;
    let done = Asked {
        by_and_what,
        events,
        last_position: position,
    };
    local::remember(transaction.connection(), order.request, &done)?;
    Ok(Done {
        events,
        position,
        repeated: false,
    })
}

/// What an event is made upon, where its rule did not say: of an edit what stands here in the fields it
/// writes, of the closing of a movement the end of every log, which is all that whoever closes can know.
fn made_upon(
    transaction: &Transaction<'_>,
    new: &NewEvent,
) -> Result<Option<Vec<domain::Order>>, NodeError> {
    let source = LedgerSource(transaction.view());
    if !matches!(new.event, Event::MovementClosed(_)) {
        return made_upon_history(&new.event, || Ok(source.events(new.aggregate)?));
    }
    let mut ends = Vec::new();
    for head in source.0.heads()? {
        let last = source.0.event(head.node, ledger::Position(head.size))?;
        if let Some(last) = last {
            ends.push(source.open(&last)?.order);
        }
    }
    ends.sort_unstable();
    Ok(Some(ends))
}

/// A certificate is checked where its event is made, whichever way the command came.
fn certified(
    connection: &Connection,
    command: &Command,
    context: &Context<'_>,
) -> Result<(), NodeError> {
    match command {
        Command::AdmitNode { node, certificate } => {
            succession::check_admission(&Register::new(connection), *node, certificate)
        }
        Command::ClaimNode {
            old_node,
            last_position,
            certificate,
            ..
        } => {
            let register = Register::new(connection);
            let heir = context.node;
            succession::check_claim(&register, *old_node, *last_position, heir, certificate)
        }
        _ => Ok(()),
    }
}

fn role_key(connection: &Connection, role: Role) -> Result<RolePublicKey, NodeError> {
    let key = Known::role_key(&Register::new(connection), role)?;
    let key = key.and_then(|key| key.0.try_into().ok());
    Ok(RolePublicKey(key.ok_or(Refusal::NoRoleKey)?))
}
