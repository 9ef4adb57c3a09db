//! One meeting on one stream. A thread holds the meeting, because ledger and register are read and
//! written there; two small tasks read and write the stream. How much is asked for at once follows how
//! quickly answers come, so that a link that breaks every twenty seconds still finishes.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use node::{Meeting, MeetingLimits, Node};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::frame::LengthMax;
use crate::{PeeringError, frame};

/// Messages that wait to be written. A side that does not read what it asked for is not read from.
const UNWRITTEN_MAX: usize = 8;
/// An answer should take about so long.
const ANSWER_TIME: Duration = Duration::from_secs(3);
/// Bytes asked for at once: at least, at most, and to begin with.
const BUDGET_MIN: u32 = 2 << 10;
const BUDGET_MAX: u32 = 4 << 20;
const BUDGET_FIRST: u32 = 64 << 10;
/// Changes that follow each other so closely are told together.
const TOGETHER: Duration = Duration::from_millis(25);
/// A side that parts reads on for so long at most: what it said last would be lost if the stream ended
/// while something unread waits.
const PARTING: Duration = Duration::from_secs(5);
/// How often at most it is written down that both had everything.
const NOTE_EVERY: Duration = Duration::from_secs(10);

/// Whether a meeting ends when both have everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Length {
    /// It ends.
    Once,
    /// It goes on: what is recorded later is told at once.
    Open,
}

/// How much is asked for at once on the way to one node: kept from one meeting to the next, because a
/// link that broke before an answer was through needs smaller ones.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Arc<AtomicU32>);

impl Default for Budget {
    fn default() -> Self {
        Self(Arc::new(AtomicU32::new(BUDGET_FIRST)))
    }
}

impl Budget {
    /// The next meeting begins with so much.
    pub(crate) fn limits(&self) -> MeetingLimits {
        MeetingLimits {
            budget: self.0.load(Ordering::Relaxed),
        }
    }

    fn set(&self, budget: u32) {
        self.0.store(budget, Ordering::Relaxed);
    }

    /// The link broke.
    fn halve(&self) {
        let half = self.limits().budget / 2;
        self.set(half.max(BUDGET_MIN));
    }
}

/// How long something is awaited, whatever else comes: a sign of life is no hello and no answer.
#[derive(Debug, Clone, Copy)]
struct Patience {
    hello: Duration,
    answer: Duration,
}

impl Default for Patience {
    /// An answer is awaited as long as it takes on a link that became two hundred times slower since it was
    /// chosen how much to ask for.
    fn default() -> Self {
        Self {
            hello: Duration::from_mins(1),
            answer: 200 * ANSWER_TIME,
        }
    }
}

/// What the meeting's thread hears.
enum Heard {
    Message(Vec<u8>),
    Changed,
    Ended(Option<std::io::Error>),
}

/// How a meeting ended well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parted {
    pub(crate) progress: node::MeetingProgress,
    pub(crate) clock_ahead_ms: i64,
    pub(crate) received_bytes: u64,
    pub(crate) sent_bytes: u64,
}

/// Holds a meeting on a stream until it is over.
pub(crate) async fn hold<S>(
    node: Node,
    meeting: Meeting,
    stream: S,
    length: Length,
    budget: &Budget,
) -> Result<Parted, PeeringError>
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    hold_patiently(node, meeting, stream, length, budget, Patience::default()).await
}

async fn hold_patiently<S>(
    node: Node,
    meeting: Meeting,
    stream: S,
    length: Length,
    budget: &Budget,
    patience: Patience,
) -> Result<Parted, PeeringError>
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let (mut input, mut output) = tokio::io::split(stream);
    let (to_meeting, heard) = mpsc::channel(2);
    let (to_peer, mut unwritten) = mpsc::channel::<Vec<u8>>(UNWRITTEN_MAX);

    // Whoever drops this drops the meeting.
    let mut streaming = JoinSet::new();
    let from_stream = to_meeting.clone();
    let length_max = Arc::new(LengthMax::of_greeting());
    let read_max = Arc::clone(&length_max);
    streaming.spawn(async move {
        loop {
            let next = match frame::read(&mut input, &read_max).await {
                Ok(Some(message)) if message.is_empty() => continue,
                Ok(Some(message)) => Heard::Message(message),
                Ok(None) => Heard::Ended(None),
                Err(error) => Heard::Ended(Some(error)),
            };
            let ended = matches!(next, Heard::Ended(_));
            // When the meeting is over, what still comes is read and dropped.
            let _ = from_stream.send(next).await;
            if ended {
                break;
            }
        }
    });
    streaming.spawn(async move {
        loop {
            let next = timeout(frame::SIGN_OF_LIFE, unwritten.recv()).await;
            let written = match next {
                Ok(Some(message)) => frame::write(&mut output, &message).await,
                Ok(None) => {
                    let _ = output.shutdown().await;
                    break;
                }
                Err(_) => frame::write(&mut output, &[]).await,
            };
            // The meeting hears of it when it wants to say more, or from the reading side.
            if written.is_err() {
                break;
            }
        }
    });
    let mut watching = JoinSet::new();
    if length == Length::Open {
        watching.spawn(watch(&node, to_meeting));
    } else {
        drop(to_meeting);
    }

    let conversation = Conversation {
        node,
        meeting: meeting.overlap(),
        length,
        heard,
        to_peer,
        budget: budget.clone(),
        patience,
        length_max,
        spoke_at: Instant::now(),
        awaiting_since: None,
        noted_at: None,
        received_bytes: 0,
        sent_bytes: 0,
    };
    let parted = tokio::task::spawn_blocking(move || conversation.run()).await;
    drop(watching);
    // What was said last is still on its way, and the other side may still be speaking.
    let _ = timeout(PARTING, async {
        while streaming.join_next().await.is_some() {}
    })
    .await;
    let parted =
        parted.unwrap_or_else(|panic| Err(std::io::Error::other(panic.to_string()).into()));
    if matches!(parted, Err(PeeringError::Broken(_) | PeeringError::Silent)) {
        budget.halve();
    }
    parted
}

/// Tells the meeting when something was recorded here.
fn watch(node: &Node, to_meeting: mpsc::Sender<Heard>) -> impl Future<Output = ()> + use<> {
    let changed = Arc::new(Notify::new());
    let weak = Arc::downgrade(&changed);
    node.on_change(move || match weak.upgrade() {
        Some(changed) => {
            changed.notify_one();
            ControlFlow::Continue(())
        }
        None => ControlFlow::Break(()),
    });
    async move {
        loop {
            changed.notified().await;
            tokio::time::sleep(TOGETHER).await;
            if to_meeting.send(Heard::Changed).await.is_err() {
                break;
            }
        }
    }
}

struct Conversation {
    node: Node,
    meeting: Meeting,
    length: Length,
    heard: mpsc::Receiver<Heard>,
    to_peer: mpsc::Sender<Vec<u8>>,
    budget: Budget,
    patience: Patience,
    length_max: Arc<LengthMax>,
    spoke_at: Instant,
    /// Since when a hello or an answer is awaited, where one is.
    awaiting_since: Option<Instant>,
    noted_at: Option<Instant>,
    received_bytes: u64,
    sent_bytes: u64,
}

impl Conversation {
    fn run(mut self) -> Result<Parted, PeeringError> {
        let ended = self.converse();
        if ended.is_err() {
            // The other side is told why, if there is something to tell.
            let _ = self.speak();
        }
        ended
    }

    fn converse(&mut self) -> Result<Parted, PeeringError> {
        loop {
            self.speak()?;
            if self.meeting.is_settled() {
                self.note()?;
                if self.length == Length::Once {
                    return Ok(self.parted());
                }
            }
            match self.hear_next()? {
                Some(Heard::Message(message)) => {
                    self.awaiting_since = None;
                    self.received_bytes += message.len() as u64;
                    self.adapt(message.len());
                    self.meeting.hear(&message)?;
                    if self.meeting.is_greeted() {
                        self.length_max.raise();
                    }
                }
                Some(Heard::Changed) => self.meeting.tell()?,
                Some(Heard::Ended(None)) | None if self.meeting.is_settled() => {
                    return Ok(self.parted());
                }
                Some(Heard::Ended(Some(error))) if error.kind() == std::io::ErrorKind::TimedOut => {
                    return Err(PeeringError::Silent);
                }
                Some(Heard::Ended(Some(error))) => return Err(error.into()),
                Some(Heard::Ended(None)) | None => {
                    return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into());
                }
            }
        }
    }

    /// What is heard next.
    fn hear_next(&mut self) -> Result<Option<Heard>, PeeringError> {
        let patience = match (self.meeting.is_greeted(), self.meeting.awaits_answer()) {
            (false, _) => self.patience.hello,
            (true, true) => self.patience.answer,
            (true, false) => {
                self.awaiting_since = None;
                return Ok(self.heard.blocking_recv());
            }
        };
        let since = *self.awaiting_since.get_or_insert_with(Instant::now);
        let left = patience.saturating_sub(since.elapsed());
        let heard = Handle::current().block_on(timeout(left, self.heard.recv()));
        heard.map_err(|_| PeeringError::Silent)
    }

    fn speak(&mut self) -> Result<(), PeeringError> {
        while let Some(message) = self.meeting.say()? {
            self.sent_bytes += message.len() as u64;
            self.to_peer
                .blocking_send(message)
                .map_err(|_| std::io::Error::from(std::io::ErrorKind::BrokenPipe))?;
            self.spoke_at = Instant::now();
        }
        Ok(())
    }

    /// Asks for more at once when answers come quickly, for less when they do not.
    fn adapt(&mut self, bytes: usize) {
        let before = self.budget.limits().budget;
        // What is short says nothing of the link.
        if bytes < (before / 8) as usize {
            return;
        }
        let took = self.spoke_at.elapsed().max(Duration::from_millis(1));
        self.spoke_at = Instant::now();
        let ratio = ANSWER_TIME.as_secs_f64() / took.as_secs_f64();
        // Less at once when it is slow; more only step by step.
        let wished = f64::from(before) * ratio.clamp(0.25, 2.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two small numbers"
        )]
        let budget = wished.clamp(f64::from(BUDGET_MIN), f64::from(BUDGET_MAX)) as u32;
        self.budget.set(budget);
        self.meeting.set_limits(MeetingLimits { budget });
    }

    /// Writes down that both have everything, now and then.
    fn note(&mut self) -> Result<(), PeeringError> {
        if self.length == Length::Open && self.noted_at.is_some_and(|at| at.elapsed() < NOTE_EVERY)
        {
            return Ok(());
        }
        self.noted_at = Some(Instant::now());
        let heads = self.meeting.theirs().values().copied().collect();
        let peer = self.meeting.peer();
        let clock_ahead_ms = self.meeting.clock_ahead_ms();
        self.node.keep_met(peer, clock_ahead_ms, heads)?;
        Ok(())
    }

    fn parted(&self) -> Parted {
        Parted {
            progress: self.meeting.progress(),
            clock_ahead_ms: self.meeting.clock_ahead_ms(),
            received_bytes: self.received_bytes,
            sent_bytes: self.sent_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{
        NodeId, OperationId, Options, Passphrase, PassphraseCost, RootKey, Scope, SiteId,
        SystemEntropy,
    };
    use node::NodeOptions;

    fn node(folder: &tempfile::TempDir) -> Node {
        let root = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
        let code = root.invite(SiteId([1; 16]), Scope::Site, u64::MAX, &SystemEntropy);
        let options = NodeOptions {
            ledger: Options {
                passphrase_cost: PassphraseCost::TRIVIAL,
                ..Options::default()
            },
            ..NodeOptions::default()
        };
        let passphrase = Passphrase::new("four words are good");
        let dir = folder.path().join("data");
        Node::join(&dir, &code, &passphrase, options).expect("joins")
    }

    #[test]
    fn signs_of_life_keep_nobody_in_who_does_not_say_hello() {
        let folder = tempfile::tempdir().expect("a folder");
        let node = node(&folder);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("starts");
        runtime.block_on(async {
            let stranger = NodeId([9; 32]);
            let budget = Budget::default();
            let meeting = node.meet(stranger, budget.limits()).expect("begins");
            let (here, mut there) = tokio::io::duplex(64 << 10);
            let living = tokio::spawn(async move {
                while frame::write(&mut there, &[]).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
            let patience = Patience {
                hello: Duration::from_millis(300),
                ..Patience::default()
            };
            let held = hold_patiently(node, meeting, here, Length::Open, &budget, patience);
            let parted = timeout(Duration::from_secs(10), held).await;
            let parted = parted.expect("is shown out");
            assert!(matches!(parted, Err(PeeringError::Silent)), "{parted:?}");
            living.abort();
        });
    }
}
