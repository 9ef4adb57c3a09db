//! A meeting with another node: bytes from it in, bytes for it out. Who carries them (TLS, a stick,
//! the simulation) is not known here.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use ledger::sync::{Limits, LogHead, Message, Progress, Session};
use ledger::{NodeId, Reader};
use register::Register;

use crate::error::NodeError;
use crate::intake::{self, TakenIn};
use crate::node::Node;
use crate::reach::RegisterReach;
use crate::reading::Snapshot;

/// Most things that are named of what was no good: the first tell what is wrong.
const BAD_MAX: usize = 100;

/// One meeting with one other node.
///
/// While events or parts that came are being kept, the next are asked for, heard and checked. With
/// [`Meeting::overlap`] that happens at the same time, as suits a machine with several cores; without it
/// one after the other, as suits a simulation that has to repeat exactly. What is said is the same.
#[derive(Debug)]
pub struct Meeting {
    node: Node,
    session: Session,
    reader: Reader,
    overlap: bool,
    /// What came last, and what is becoming of it.
    keeping: Option<Keeping>,
    /// Bytes that were no good, as they came.
    bad: Vec<String>,
}

#[derive(Debug)]
enum Keeping {
    UnderWay(Receiver<Result<TakenIn, NodeError>>),
    Done(Result<TakenIn, NodeError>),
}

impl Node {
    /// Begins a meeting with a node. Whoever carries the bytes has made sure that it is that node.
    ///
    /// # Errors
    /// When this node belongs to no operation yet, or cannot be read.
    pub fn meet(&self, peer: NodeId, limits: Limits) -> Result<Meeting, NodeError> {
        let reader = self.shared.readers.another()?;
        let now_ms = self.now_ms();
        let session = Session::begin(reader.view(), peer, now_ms, limits)?;
        Ok(Meeting {
            node: self.clone(),
            session,
            reader,
            overlap: false,
            keeping: None,
            bad: Vec::new(),
        })
    }

    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.now().0).unwrap_or(0)
    }
}

impl Meeting {
    /// The other node.
    pub const fn peer(&self) -> NodeId {
        self.session.peer()
    }

    /// Whether the other node said hello and is found to belong.
    pub const fn is_greeted(&self) -> bool {
        self.session.member().is_some()
    }

    /// Whether something was asked for that has not come yet.
    pub const fn awaits_answer(&self) -> bool {
        self.session.awaits_answer()
    }

    /// From here on what came is kept while what comes next is asked for, heard and checked.
    #[must_use]
    pub fn overlap(mut self) -> Self {
        self.overlap = true;
        self
    }

    /// The next thing to say, if there is one now.
    ///
    /// # Errors
    /// When this node cannot be read, or what came cannot be kept.
    pub fn say(&mut self) -> Result<Option<Vec<u8>>, NodeError> {
        loop {
            if let Some(message) = self.session.say(self.reader.view())? {
                return Ok(Some(message.to_bytes()));
            }
            // What more there is to say may hang on what came last; while the next is on its way, that has time.
            if self.keeping.is_none() || self.session.awaits_answer() {
                return Ok(None);
            }
            self.settle()?;
        }
    }

    /// Takes in what the other side said. Whatever came with it is durable once more was heard that had to
    /// be kept, or once nothing is awaited and there is nothing more to say.
    ///
    /// # Errors
    /// When either side will not go on, or what came cannot be understood or kept: the meeting is over.
    pub fn hear(&mut self, bytes: &[u8]) -> Result<(), NodeError> {
        // What only newer versions know is passed over.
        let Some(message) = self.session.read(bytes)? else {
            return Ok(());
        };
        if !matches!(message, Message::Events { .. } | Message::Parts { .. }) {
            self.settle()?;
        }
        let now_ms = self.node.now_ms();
        let options = &self.node.shared.options;
        let delivery = {
            let snapshot = Snapshot::begin(&self.reader)?;
            let register: Register<'_> = snapshot.register();
            let reach = RegisterReach(&register);
            let view = self.reader.view();
            let entropy = options.entropy.as_ref();
            self.session.hear(message, view, &reach, entropy, now_ms)?
        };
        let Some(delivery) = delivery else {
            return Ok(());
        };
        let (checked, bad) = intake::check(delivery);
        self.note_bad(bad);
        self.settle()?;
        let writer = &self.node.shared.writer;
        let kept = writer.begin_alone(move |writer| writer.take_in(checked))?;
        let keeping = Keeping::UnderWay(kept);
        self.keeping = Some(if self.overlap {
            keeping
        } else {
            Keeping::Done(keeping.wait())
        });
        Ok(())
    }

    /// Waits until what came last is kept, and draws from it what is to be said.
    fn settle(&mut self) -> Result<(), NodeError> {
        let Some(keeping) = self.keeping.take() else {
            return Ok(());
        };
        let taken = keeping.wait()?;
        self.note_bad(taken.bad);
        let view = self.reader.view();
        self.session.kept(taken.received.as_ref(), view)?;
        if taken.recorded_own {
            self.session.tell(view)?;
        }
        Ok(())
    }

    fn note_bad(&mut self, bad: Vec<String>) {
        let room = BAD_MAX.saturating_sub(self.bad.len());
        self.bad.extend(bad.into_iter().take(room));
    }

    /// Says what is here by now, after something was recorded in the middle of a meeting.
    ///
    /// # Errors
    /// When this node cannot be read, or the other one was sent away meanwhile: the meeting is over.
    pub fn tell(&mut self) -> Result<(), NodeError> {
        self.session.tell(self.reader.view())?;
        Ok(())
    }

    /// Where the other side's logs end, as far as it said.
    pub const fn theirs(&self) -> &BTreeMap<NodeId, LogHead> {
        self.session.theirs()
    }

    /// How much is asked for at once from here on.
    pub const fn set_limits(&mut self, limits: Limits) {
        self.session.set_limits(limits);
    }

    /// Both sides have what they wanted.
    pub fn is_settled(&self) -> bool {
        self.session.is_settled()
    }

    /// How far it has come.
    pub const fn progress(&self) -> Progress {
        self.session.progress()
    }

    /// How far the other side's clock is ahead, in milliseconds; 0 before it said.
    pub const fn clock_ahead_ms(&self) -> i64 {
        self.session.clock_ahead_ms()
    }

    /// What came and was no good, in words; of very much, the first.
    pub fn bad(&self) -> &[String] {
        &self.bad
    }
}

impl Keeping {
    fn wait(self) -> Result<TakenIn, NodeError> {
        match self {
            Self::UnderWay(kept) => kept.recv().map_err(|_| NodeError::WriterGone)?,
            Self::Done(taken) => taken,
        }
    }
}

impl Drop for Meeting {
    /// A link may break while something is being kept: it is kept all the same.
    fn drop(&mut self) {
        if let Err(error) = self.settle() {
            tracing::error!("{error}");
        }
    }
}
