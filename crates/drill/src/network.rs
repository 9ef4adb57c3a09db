//! The simulated network: what two nodes say to each other lies on a wire until the run carries it.
//! It can be carried late, twice, in another order, changed, or never.

use std::collections::VecDeque;

use ledger::NodeId;
use ledger::sync::Message;
use node::{Meeting, MeetingLimits, Node, NodeError};

use crate::error::DrillError;

/// Most messages on a wire at once: a node that says more waits.
const ON_THE_WIRE_MAX: usize = 8;
/// More turns than any meeting of a run takes.
const TURNS_MAX: usize = 20_000;

/// What becomes of the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mishap {
    /// It arrives.
    None,
    /// It is lost.
    Lost,
    /// It arrives twice.
    Twice,
    /// The one after it arrives first.
    Swapped,
    /// A bit of it changes.
    Changed,
    /// The other side changes an event in it.
    Forged,
}

/// Two nodes in a meeting.
#[derive(Debug)]
pub struct Link {
    /// Which machines.
    pub ends: [usize; 2],
    meetings: [Meeting; 2],
    /// What was said to each end and is under way.
    wires: [VecDeque<Vec<u8>>; 2],
    /// Something happened to a message: the meeting need not succeed any more.
    pub harmed: bool,
    turn: usize,
}

/// What carrying came to.
#[derive(Debug)]
pub enum Carried {
    /// It goes on.
    On,
    /// Both have what they want.
    Settled,
    /// One end did not go on.
    Ended {
        /// Which end.
        end: usize,
        /// Why.
        why: NodeError,
    },
}

/// The identity as a meeting names it.
pub fn id(node: &Node) -> NodeId {
    NodeId(node.key().0)
}

impl Link {
    /// Begins a meeting.
    pub fn begin(ends: [usize; 2], nodes: [&Node; 2], budget: u32) -> Result<Self, NodeError> {
        let limits = MeetingLimits { budget };
        Ok(Self {
            ends,
            meetings: [
                nodes[0].meet(id(nodes[1]), limits)?,
                nodes[1].meet(id(nodes[0]), limits)?,
            ],
            wires: [VecDeque::new(), VecDeque::new()],
            harmed: false,
            turn: 0,
        })
    }

    /// Lets both say what they have to say, and carries one message. `heard` is told what arrives.
    pub fn carry(
        &mut self,
        mishap: Mishap,
        bit: u64,
        heard: &mut dyn FnMut(usize, &[u8]),
    ) -> Carried {
        for from in 0..2 {
            while self.wires[1 - from].len() < ON_THE_WIRE_MAX {
                match self.meetings[from].say() {
                    Ok(Some(said)) => self.wires[1 - from].push_back(said),
                    Ok(None) => break,
                    Err(why) => return Carried::Ended { end: from, why },
                }
            }
        }
        if self.is_settled() {
            return Carried::Settled;
        }
        self.turn += 1;
        let mut to = self.turn % 2;
        if self.wires[to].is_empty() {
            to = 1 - to;
        }
        let Some(mut message) = self.wires[to].pop_front() else {
            return Carried::On;
        };
        match mishap {
            Mishap::None => return self.deliver(to, &message, heard),
            Mishap::Lost => {}
            Mishap::Twice => {
                self.harmed = true;
                let carried = self.deliver(to, &message, heard);
                if !matches!(carried, Carried::On) {
                    return carried;
                }
                return self.deliver(to, &message, heard);
            }
            Mishap::Swapped => {
                if let Some(next) = self.wires[to].pop_front() {
                    self.wires[to].push_front(message);
                    self.harmed = true;
                    return self.deliver(to, &next, heard);
                }
                return self.deliver(to, &message, heard);
            }
            Mishap::Forged => {
                self.harmed = true;
                return self.deliver(to, &forged(message, bit), heard);
            }
            Mishap::Changed => {
                let bits = u64::try_from(message.len())
                    .unwrap_or(u64::MAX)
                    .saturating_mul(8);
                if bits > 0 {
                    let at = bit % bits;
                    let byte = usize::try_from(at / 8).expect("within a message");
                    message[byte] ^= 1 << (at % 8);
                }
                self.harmed = true;
                return self.deliver(to, &message, heard);
            }
        }
        self.harmed = true;
        Carried::On
    }

    fn deliver(
        &mut self,
        to: usize,
        message: &[u8],
        heard: &mut dyn FnMut(usize, &[u8]),
    ) -> Carried {
        heard(to, message);
        match self.meetings[to].hear(message) {
            Ok(()) => Carried::On,
            Err(why) => Carried::Ended { end: to, why },
        }
    }

    /// Whether both have what they want.
    pub fn is_settled(&self) -> bool {
        self.meetings.iter().all(Meeting::is_settled) && self.wires.iter().all(VecDeque::is_empty)
    }

    /// Whether nothing is under way and nobody has anything to say: then it hangs.
    pub fn is_silent(&self) -> bool {
        self.wires.iter().all(VecDeque::is_empty)
    }
}

/// The message with a bit of its first event turned over, if it carries events.
fn forged(bytes: Vec<u8>, bit: u64) -> Vec<u8> {
    let Ok(Some(mut message)) = Message::from_bytes(&bytes) else {
        return bytes;
    };
    let Message::Events { events, .. } = &mut message else {
        return bytes;
    };
    let Some(event) = events.first_mut().filter(|event| !event.0.is_empty()) else {
        return bytes;
    };
    let length = u64::try_from(event.0.len()).unwrap_or(u64::MAX);
    let byte = usize::try_from((bit >> 3) % length).expect("within an event");
    event.0[byte] ^= 1 << (bit % 8);
    message.to_bytes()
}

/// Lets two nodes meet on a good network until both have what they want.
pub fn let_meet(one: &Node, other: &Node) -> Result<(), DrillError> {
    let failed = |error: NodeError| DrillError::of("let two nodes meet", error);
    let mut link = Link::begin([0, 1], [one, other], 1 << 20).map_err(failed)?;
    for _ in 0..TURNS_MAX {
        match link.carry(Mishap::None, 0, &mut |_, _| {}) {
            Carried::On if link.is_silent() && !link.is_settled() => {}
            Carried::On => {}
            Carried::Settled => return Ok(()),
            Carried::Ended { why, .. } => return Err(failed(why)),
        }
    }
    Err(DrillError::of(
        "let two nodes meet",
        "they never had enough",
    ))
}

impl Mishap {
    /// What a report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Lost => "message lost",
            Self::Twice => "message twice",
            Self::Swapped => "messages out of order",
            Self::Changed => "message changed",
            Self::Forged => "event forged",
        }
    }
}
