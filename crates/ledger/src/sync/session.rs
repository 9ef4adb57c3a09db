//! One meeting of two nodes, as one of them sees it.
//!
//! It reads from a [`View`] and never writes: what came is handed out as a [`Delivery`], to be checked
//! and kept by whoever owns the ledger, who then says with [`Session::kept`] what came of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::branch::Branch;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::identity::{Hash, KeyId, NodeId, Position};
use crate::intake::Received;
use crate::member::{Member, Papers};
use crate::reader::View;
use crate::sealing::SEALED_KEY_BYTES;
use crate::sync::message::{
    AddressedKey, Blob, GivenPart, Hello, LIST_MAX, LogHead, Message, PartBytes, PartWanted,
    Refused, SealedKey, VERSION,
};
use crate::wanted::{Piece, SealedDataKey, Wanted};

/// Most parts asked for at once.
const PARTS_MAX: usize = 1024;
/// The least that a part takes of an answer, with its key: more than fit are not asked for.
const PART_BYTES_MIN: usize = 256;
/// Most events read and sent at once, whatever their size.
const EVENTS_MAX: u64 = LIST_MAX;
/// Most logs that the other side is believed to have.
const LOGS_MAX: usize = 20_000;
/// Most parts remembered that were asked for and not given: of more, the next meeting gives word.
const OWED_MAX: usize = 1 << 16;
/// Most bytes of events or parts in one message, whoever asks for more.
const BUDGET_MAX: u32 = 4 << 20;

/// Whether a node may hold what is under a data key (G8).
pub trait Reach {
    /// Whether this member may hold it.
    fn may_hold(&self, member: &Member, key: KeyId) -> Result<bool>;

    /// Sealed parts beside earlier events that go to others with these: who becomes a site's business
    /// by an event has a history elsewhere.
    fn beside(&self, events: &[Event]) -> Result<Vec<Hash>> {
        let _ = events;
        Ok(Vec::new())
    }
}

/// How much is asked for at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one answer, before they are packed.
    pub budget: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { budget: 1 << 20 }
    }
}

/// What came, to be checked and kept.
#[derive(Debug)]
pub enum Delivery {
    /// Papers and revocations.
    Papers {
        /// Papers of nodes.
        papers: Vec<Vec<u8>>,
        /// Revocations.
        revocations: Vec<Vec<u8>>,
    },
    /// Events as signed: for [`check_batch`](crate::check_batch) and
    /// [`Transaction::receive`](crate::Transaction::receive).
    Events(Vec<Vec<u8>>),
    /// For [`Transaction::keep_parts`](crate::Transaction::keep_parts).
    Parts(Vec<Piece>, Vec<SealedDataKey>),
    /// For [`Transaction::keep_given`](crate::Transaction::keep_given).
    Given(Vec<GivenPart>, Vec<AddressedKey>),
}

/// How far a meeting has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Events that came, known ones included.
    pub events: u64,
    /// Events still to come, as the other side's heads say.
    pub events_left: u64,
    /// Parts that came.
    pub parts: u64,
    /// Events given.
    pub events_given: u64,
    /// Parts given.
    pub parts_given: u64,
}

/// Events of a log that are to be asked for.
#[derive(Clone, Copy, Debug)]
struct Missing {
    head: LogHead,
    /// From here on.
    first: u64,
    /// How far to step back when what came does not fit on: doubled each time.
    step: u64,
}

/// What was asked and is not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Events(Stretch),
    Parts(BTreeMap<Hash, Wanted>),
}

/// What was handed out and is not kept yet.
#[derive(Clone, Copy, Debug)]
enum Unkept {
    Events(Stretch),
    /// Parts that all came to their end.
    WholeParts,
    /// Papers, or parts of which one goes on.
    Other,
}

/// Events of a log that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    log: NodeId,
    /// From here on.
    first: u64,
    /// How far it would have been stepped back then.
    step: u64,
}

/// Parts that the other side asked for and was not given: it is told when they can be given.
#[derive(Debug, Default)]
struct Owed {
    /// They were not here.
    missing: BTreeSet<Hash>,
    /// It might not hold them, as far as the events here told.
    not_theirs: BTreeSet<Hash>,
    /// The last part that had come when it was told last.
    told_to: u64,
}

impl Owed {
    /// What can be given by now of what was missing.
    fn came(&mut self, view: View<'_>) -> Result<Vec<Hash>> {
        let last = view.last_part()?;
        if self.missing.is_empty() {
            self.told_to = last;
            return Ok(Vec::new());
        }
        let mut owed = Vec::new();
        // Behind the last: numbers of what was erased at the end are used again.
        self.told_to = self.told_to.min(last);
        for (number, hash) in view.parts_after(self.told_to)? {
            self.told_to = number;
            if self.missing.contains(&hash) && view.giveable(hash)?.is_some() {
                self.missing.remove(&hash);
                owed.push(hash);
            }
        }
        Ok(owed)
    }
}

/// One meeting.
#[derive(Debug)]
pub struct Session {
    me: NodeId,
    peer: NodeId,
    limits: Limits,
    /// The other side, once its papers are found to hold.
    member: Option<Member>,
    clock_ahead_ms: i64,
    /// Where our logs end, as it was told last.
    told: BTreeMap<NodeId, LogHead>,
    /// Where the other side's logs end, as it said last.
    theirs: BTreeMap<NodeId, LogHead>,
    outbox: VecDeque<Message>,
    missing: BTreeMap<NodeId, Missing>,
    asked: Option<Asked>,
    /// Deliveries handed out and not yet kept, in order.
    unkept: VecDeque<Unkept>,
    /// Up to which of the parts wanted here was asked for. No more than where to look first: numbers are used
    /// again, and some that were asked for may not have come.
    parts_asked: u64,
    /// Parts that the other side does not give: not asked for again unless it says so.
    absent: BTreeSet<Hash>,
    owed: Owed,
    said_done: bool,
    heard_done: bool,
    /// How often it was told that logs end elsewhere, and how often the other side told so.
    heads_told: u64,
    heads_heard: u64,
    progress: Progress,
}

impl Session {
    /// Begins a meeting with a node; who it is was made sure of by whoever carries the messages.
    pub fn begin(view: View<'_>, peer: NodeId, now_ms: u64, limits: Limits) -> Result<Self> {
        let me = view.node()?;
        let hello = hello(view, me, now_ms)?;
        let told = by_log(&hello.logs);
        Ok(Self {
            me,
            peer,
            limits,
            member: None,
            clock_ahead_ms: 0,
            told,
            theirs: BTreeMap::new(),
            outbox: VecDeque::from([Message::Hello(hello)]),
            missing: BTreeMap::new(),
            asked: None,
            unkept: VecDeque::new(),
            parts_asked: 0,
            absent: BTreeSet::new(),
            owed: Owed {
                told_to: view.last_part()?,
                ..Owed::default()
            },
            said_done: false,
            heard_done: false,
            heads_told: 0,
            heads_heard: 0,
            progress: Progress::default(),
        })
    }

    /// The other side.
    pub const fn peer(&self) -> NodeId {
        self.peer
    }

    /// The other side's membership, once its papers are found to hold.
    pub const fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    /// How far the other side's clock is ahead of ours, in milliseconds.
    pub const fn clock_ahead_ms(&self) -> i64 {
        self.clock_ahead_ms
    }

    /// How far it has come.
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// How much is asked for at once from here on: a slow link needs small pieces.
    pub const fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Both sides have what they wanted.
    pub fn is_settled(&self) -> bool {
        self.said_done && self.heard_done && self.outbox.is_empty() && self.unkept.is_empty()
    }

    /// The next thing to say, if there is one now.
    pub fn say(&mut self, view: View<'_>) -> Result<Option<Message>> {
        if self.outbox.is_empty() {
            self.ask(view)?;
        }
        Ok(self.outbox.pop_front())
    }

    /// Reads what the other side said: nothing but a greeting until it is found to belong. `None` for what only
    /// newer versions know.
    pub fn read(&self, bytes: &[u8]) -> Result<Option<Message>> {
        match self.member {
            Some(_) => Message::from_bytes(bytes),
            None => Message::greeting_from_bytes(bytes),
        }
    }

    /// Takes in what the other side said. What has to be kept is given back; then [`Session::kept`].
    ///
    /// # Errors
    /// [`Error::PeerRefused`] when either side will not go on: the meeting is over.
    pub fn hear(
        &mut self,
        message: Message,
        view: View<'_>,
        reach: &dyn Reach,
        entropy: &dyn Entropy,
        now_ms: u64,
    ) -> Result<Option<Delivery>> {
        self.check_belongs(view)?;
        match message {
            Message::Hello(hello) => self.greet(&hello, view, now_ms),
            Message::Refuse(why) => Err(self.refusal(why)),
            _ if self.member.is_none() => Err(self.refuse(Refused::Malformed)),
            Message::Papers {
                papers,
                revocations,
            } => {
                let papers = Delivery::Papers {
                    papers: bytes(papers),
                    revocations: bytes(revocations),
                };
                Ok(Some(self.deliver(Unkept::Other, papers)))
            }
            Message::Want { log, first, budget } => {
                self.give_events(view, log, first, budget)?;
                Ok(None)
            }
            Message::WantParts { parts, budget } => {
                self.give_parts(view, reach, entropy, &parts, budget)?;
                Ok(None)
            }
            Message::Events { log, first, events } => Ok(self.take_events(log, first, events)),
            Message::Parts {
                parts,
                keys,
                absent,
            } => Ok(self.take_parts(parts, keys, &absent)),
            Message::Heads(heads) => {
                self.heads_heard += 1;
                self.said_done = false;
                self.compare(&heads, view)?;
                Ok(None)
            }
            Message::AskAgain(parts) => {
                for hash in &parts {
                    self.absent.remove(hash);
                }
                Ok(None)
            }
            // In a meeting what is wanted is asked for.
            Message::Given { .. } => Ok(None),
            Message::Done { heads } => {
                // Said before it heard of what was told since, it does not count.
                self.heard_done = heads == self.heads_told;
                Ok(None)
            }
        }
    }

    /// Whether something was asked for that has not come yet. Events and parts may be heard while those
    /// that came before are still being kept; anything else is heard when all is kept.
    pub const fn awaits_answer(&self) -> bool {
        self.asked.is_some()
    }

    /// Says what came of a delivery, of the first of several; `None` where it was parts. The view must show
    /// it kept.
    ///
    /// # Errors
    /// [`Error::PeerRefused`] when the other side was sent away by what came: the meeting is over.
    pub fn kept(&mut self, received: Option<&Received>, view: View<'_>) -> Result<()> {
        let kept = self.unkept.pop_front();
        self.check_belongs(view)?;
        let Some(received) = received else {
            return Ok(());
        };
        if !received.cut.is_empty() {
            // Logs have other names and ends now than were told.
            self.tell(view)?;
        }
        if let Some(Unkept::Events(stretch)) = kept {
            self.step_back(stretch, received);
        }
        self.forget_held(view)
    }

    /// Goes back in a log if what came of it does not fit on what is here, until it does.
    fn step_back(&mut self, came: Stretch, received: &Received) {
        let Some(missing) = self.missing.get_mut(&came.log) else {
            return;
        };
        // What was asked for before the last step back cannot fit either.
        if missing.step != came.step || !received.gap(missing.head.node) {
            return;
        }
        let floor = missing.head.after + 1;
        if came.first <= floor {
            // From its very beginning it did not fit: this side cannot help.
            self.missing.remove(&came.log);
            return;
        }
        missing.first = came.first.saturating_sub(missing.step).max(floor);
        missing.step = missing.step.saturating_mul(2);
    }

    /// Says which logs end elsewhere by now, and which parts can be given that could not when they were
    /// asked for: after something was added in the middle of a meeting.
    ///
    /// # Errors
    /// [`Error::PeerRefused`] when the other side was sent away meanwhile: the meeting is over.
    pub fn tell(&mut self, view: View<'_>) -> Result<()> {
        self.check_belongs(view)?;
        let here = by_log(&log_heads(view)?);
        let news: Vec<LogHead> = here
            .values()
            .filter(|head| self.told.get(&head.log) != Some(head))
            .copied()
            .collect();
        self.told = here;
        let mut again = self.owed.came(view)?;
        if !news.is_empty() {
            // What happened may have made somebody the other side's business.
            again.extend(std::mem::take(&mut self.owed.not_theirs));
        }
        for parts in again.chunks(PARTS_MAX) {
            self.outbox.push_back(Message::AskAgain(parts.to_vec()));
        }
        if !news.is_empty() || !again.is_empty() {
            self.outbox.push_back(Message::Heads(news));
            self.heads_told += 1;
            // The other side looks again, and says again that it is done.
            self.heard_done = false;
        }
        Ok(())
    }

    /// Where the other side's logs end, as far as it said.
    pub const fn theirs(&self) -> &BTreeMap<NodeId, LogHead> {
        &self.theirs
    }

    fn greet(&mut self, hello: &Hello, view: View<'_>, now_ms: u64) -> Result<Option<Delivery>> {
        if hello.node != self.peer {
            return Err(self.refuse(Refused::OtherNode));
        }
        let Welcome { member, new } = match welcome(hello, view, now_ms)? {
            Ok(welcome) => welcome,
            Err(why) => return Err(self.refuse(why)),
        };
        let delivery = new.then(|| Delivery::Papers {
            papers: vec![hello.papers.clone()],
            revocations: Vec::new(),
        });
        self.member = Some(member);
        self.clock_ahead_ms = difference(hello.now_ms, now_ms);
        self.said_done = false;
        self.theirs.clear();
        self.pass_on_papers(hello, view)?;
        self.compare(&hello.logs, view)?;
        Ok(delivery.map(|delivery| self.deliver(Unkept::Other, delivery)))
    }

    /// What the other side did not list of who belongs and who was sent away.
    fn pass_on_papers(&mut self, hello: &Hello, view: View<'_>) -> Result<()> {
        let listed: BTreeSet<_> = hello.members.iter().collect();
        let mut papers = Vec::new();
        for node in view.members()?.into_keys() {
            if !listed.contains(&node) && node != self.me {
                papers.extend(view.papers(node)?.map(Blob));
            }
        }
        let revocations: Vec<_> = view
            .revocations()?
            .into_iter()
            .filter(|(node, last, _)| !hello.revoked.contains(&(*node, *last)))
            .map(|(_, _, certificate)| Blob(certificate))
            .collect();
        if !papers.is_empty() || !revocations.is_empty() {
            self.outbox.push_back(Message::Papers {
                papers,
                revocations,
            });
        }
        Ok(())
    }

    /// What the other side has that is not here.
    fn compare(&mut self, heads: &[LogHead], view: View<'_>) -> Result<()> {
        let here: BTreeMap<_, _> = view
            .heads()?
            .into_iter()
            .map(|head| (head.node, head.size))
            .collect();
        let branches = view.branches()?;
        for head in heads {
            if self.theirs.len() >= LOGS_MAX && !self.theirs.contains_key(&head.log) {
                continue;
            }
            self.theirs.insert(head.log, *head);
            if head.size <= head.after || view.holds(head.node, Position(head.size), head.leaf)? {
                continue;
            }
            // Most likely it goes on where one of our lines of that node ends.
            let lines = branches
                .iter()
                .filter(|branch| branch.node == head.node)
                .map(|branch| branch.log)
                .chain([head.node]);
            let ends = lines.filter_map(|log| here.get(&log)).copied();
            let end = ends.filter(|size| *size < head.size).max();
            let first = end.unwrap_or(0).max(head.after) + 1;
            let missing = Missing {
                head: *head,
                first,
                step: 1,
            };
            self.progress.events_left += head.size + 1 - first;
            self.missing.insert(head.log, missing);
        }
        Ok(())
    }

    /// Logs whose end is here by now are not missing any more.
    fn forget_held(&mut self, view: View<'_>) -> Result<()> {
        let mut held = Vec::new();
        for (log, missing) in &self.missing {
            let head = missing.head;
            let whole = missing.first > head.size;
            if whole || view.holds(head.node, Position(head.size), head.leaf)? {
                held.push(*log);
            }
        }
        for log in held {
            self.missing.remove(&log);
        }
        Ok(())
    }

    /// Asks for what is missing next, if nothing is asked already; says so when nothing is.
    fn ask(&mut self, view: View<'_>) -> Result<()> {
        if self.member.is_none() || self.asked.is_some() || self.said_done {
            return Ok(());
        }
        let to_come = |missing: &&Missing| missing.first <= missing.head.size;
        let to_come = self.missing.values().filter(to_come);
        // What a branch goes on from begins before it, and comes first: without it no event of the branch
        // finds its place.
        if let Some(missing) = to_come.min_by_key(|missing| missing.head.after) {
            let (log, first) = (missing.head.log, missing.first);
            let step = missing.step;
            self.asked = Some(Asked::Events(Stretch { log, first, step }));
            self.outbox.push_back(Message::Want {
                log,
                first,
                budget: self.limits.budget,
            });
            return Ok(());
        }
        // Which parts are wanted, and how much of them, is known when what came before is kept.
        let whole = |unkept: &Unkept| matches!(unkept, Unkept::WholeParts);
        if !self.unkept.iter().all(whole) {
            return Ok(());
        }
        let wanted = self.wanted(view)?;
        if !wanted.is_empty() {
            let parts = wanted.iter().map(|wanted| PartWanted {
                hash: wanted.hash,
                have: wanted.have,
            });
            self.outbox.push_back(Message::WantParts {
                parts: parts.collect(),
                budget: self.limits.budget,
            });
            let wanted = wanted.into_iter().map(|wanted| (wanted.hash, wanted));
            self.asked = Some(Asked::Parts(wanted.collect()));
        } else if self.unkept.is_empty() {
            self.said_done = true;
            let heads = self.heads_heard;
            self.outbox.push_back(Message::Done { heads });
        }
        Ok(())
    }

    /// The parts to ask for next: as many as one answer can hold.
    fn wanted(&mut self, view: View<'_>) -> Result<Vec<Wanted>> {
        let most = (self.limits.budget as usize / PART_BYTES_MIN).clamp(1, PARTS_MAX);
        let mut wanted = view.wanted(self.parts_asked, most)?;
        wanted.retain(|wanted| !self.absent.contains(&wanted.hash));
        if wanted.is_empty() && self.unkept.is_empty() {
            // Once more from the first: of those asked for, some may not have fitted into an answer.
            wanted = view.wanted(0, most + self.absent.len())?;
            wanted.retain(|wanted| !self.absent.contains(&wanted.hash));
            wanted.truncate(most);
        }
        Ok(wanted)
    }

    fn take_events(&mut self, log: NodeId, first: u64, events: Vec<Blob>) -> Option<Delivery> {
        let stretch = match self.asked {
            Some(Asked::Events(stretch)) if stretch.log == log => stretch,
            // An answer to nothing, or a repeated one.
            _ => return None,
        };
        self.asked = None;
        let number = events.len() as u64;
        let missing = self.missing.get_mut(&log)?;
        if number == 0 || first != stretch.first {
            // It does not have what it said: nothing more of this log from this side.
            self.missing.remove(&log);
            return None;
        }
        // Unless what came before it did not fit: then it is asked for again.
        if missing.first == first {
            missing.first += number;
        }
        self.progress.events += number;
        self.progress.events_left = self.progress.events_left.saturating_sub(number);
        let delivery = Delivery::Events(bytes(events));
        Some(self.deliver(Unkept::Events(stretch), delivery))
    }

    fn take_parts(
        &mut self,
        mut parts: Vec<PartBytes>,
        keys: Vec<SealedKey>,
        absent: &[Hash],
    ) -> Option<Delivery> {
        let asked = match self.asked.take() {
            Some(Asked::Parts(asked)) => asked,
            // An answer to nothing, or a repeated one.
            other => {
                self.asked = other;
                return None;
            }
        };
        // What was not asked for is not kept, and nothing is remembered of it.
        parts.retain(|part| asked.contains_key(&part.hash));
        let goes_on = |part: &PartBytes| {
            let length = part.bytes.len() as u64;
            part.offset == asked[&part.hash].have
                && length > 0
                && part.offset.saturating_add(length) < part.total
        };
        let unkept = if parts.iter().any(goes_on) {
            Unkept::Other
        } else {
            Unkept::WholeParts
        };
        // What came to its end, or not at all, is not asked for twice in one meeting.
        let ended = parts.iter().filter(|part| !goes_on(part));
        let ended = ended.map(|part| &part.hash).chain(absent);
        let ended: Vec<_> = ended.filter_map(|hash| asked.get(hash)).collect();
        let over: Vec<_> = if ended.is_empty() && parts.is_empty() {
            // Nothing given: none of these is asked for again.
            asked.values().collect()
        } else {
            ended
        };
        self.absent.extend(over.iter().map(|wanted| wanted.hash));
        let asked_to = over.iter().map(|wanted| wanted.number).max();
        self.parts_asked = asked_to.unwrap_or(self.parts_asked);
        if parts.is_empty() {
            return None;
        }
        self.progress.parts += parts.len() as u64;
        let pieces = pieces(parts);
        let keys = keys
            .into_iter()
            .map(|key| SealedDataKey {
                key: key.key,
                sealed: key.sealed,
            })
            .collect();
        Some(self.deliver(unkept, Delivery::Parts(pieces, keys)))
    }

    fn give_events(&mut self, view: View<'_>, log: NodeId, first: u64, budget: u32) -> Result<()> {
        let budget = budget.min(BUDGET_MAX) as usize;
        let read = events_within(view, log, (first, u64::MAX), budget)?;
        let events: Vec<Blob> = read.into_iter().map(|event| Blob(event.bytes)).collect();
        self.progress.events_given += events.len() as u64;
        self.outbox
            .push_back(Message::Events { log, first, events });
        Ok(())
    }

    fn give_parts(
        &mut self,
        view: View<'_>,
        reach: &dyn Reach,
        entropy: &dyn Entropy,
        wanted: &[PartWanted],
        budget: u32,
    ) -> Result<()> {
        let budget = budget.min(BUDGET_MAX) as usize;
        let member = self
            .member
            .clone()
            .expect("greeted before anything is given");
        let (mut parts, mut absent) = (Vec::new(), Vec::new());
        let mut keys_of = BTreeSet::new();
        let mut left = budget;
        for part in wanted.iter().take(PARTS_MAX) {
            let Some((key, ciphertext)) = view.giveable(part.hash)? else {
                absent.push(part.hash);
                keep_owed(&mut self.owed.missing, part.hash);
                continue;
            };
            if !reach.may_hold(&member, key)? {
                absent.push(part.hash);
                keep_owed(&mut self.owed.not_theirs, part.hash);
                continue;
            }
            if left == 0 {
                break;
            }
            let total = ciphertext.len() as u64;
            let have = usize::try_from(part.have).unwrap_or(usize::MAX);
            let rest = ciphertext.get(have..).unwrap_or_default();
            let piece = &rest[..rest.len().min(left)];
            left = left.saturating_sub(piece.len().max(1));
            if keys_of.insert(key) {
                left = left.saturating_sub(SEALED_KEY_BYTES);
            }
            parts.push(PartBytes {
                hash: part.hash,
                offset: part.have,
                total,
                bytes: piece.to_vec(),
            });
        }
        let keys_of: Vec<_> = keys_of.into_iter().collect();
        let keys = view.seal_data_keys(&keys_of, member.sealing, entropy)?;
        let keys = keys.into_iter().map(|given| SealedKey {
            key: given.key,
            sealed: given.sealed,
        });
        let keys = keys.collect();
        self.progress.parts_given += parts.len() as u64;
        self.outbox.push_back(Message::Parts {
            parts,
            keys,
            absent,
        });
        Ok(())
    }

    fn deliver(&mut self, unkept: Unkept, delivery: Delivery) -> Delivery {
        self.unkept.push_back(unkept);
        delivery
    }

    /// A meeting may be open for weeks: who is sent away meanwhile is given nothing from then on.
    fn check_belongs(&mut self, view: View<'_>) -> Result<()> {
        if self.member.is_some() && view.is_revoked(self.peer)? {
            return Err(self.refuse(Refused::Revoked));
        }
        Ok(())
    }

    /// Ends the meeting, telling the other side why. Nothing is asked of it or given to it after that.
    fn refuse(&mut self, why: Refused) -> Error {
        self.member = None;
        self.outbox.clear();
        self.outbox.push_back(Message::Refuse(why));
        self.refusal(why)
    }

    fn refusal(&self, why: Refused) -> Error {
        Error::PeerRefused {
            peer: self.peer,
            why,
        }
    }
}

fn keep_owed(owed: &mut BTreeSet<Hash>, part: Hash) {
    if owed.len() < OWED_MAX {
        owed.insert(part);
    }
}

/// Events of a log from a position to another, so many bytes at most (one event always). No gap is
/// passed over.
pub(crate) fn events_within(
    view: View<'_>,
    log: NodeId,
    (first, end): (u64, u64),
    budget: usize,
) -> Result<Vec<Event>> {
    let mut events: Vec<Event> = Vec::new();
    let mut size = 0;
    let mut next = first.max(1);
    let mut chunk = 16;
    while (events.len() as u64) < EVENTS_MAX && next <= end {
        let last = next.saturating_add(chunk - 1).min(end);
        let read = view.range(log, Position(next), Position(last))?;
        if read.is_empty() {
            return Ok(events);
        }
        for event in read {
            size += event.bytes.len() + 3;
            let full = size > budget && !events.is_empty();
            if full || event.position.0 != next {
                return Ok(events);
            }
            events.push(event);
            next += 1;
        }
        chunk = (chunk * 2).min(1024);
    }
    Ok(events)
}

/// Bytes of parts, as they are kept.
pub(crate) fn pieces(parts: Vec<PartBytes>) -> Vec<Piece> {
    let pieces = parts.into_iter().map(|part| Piece {
        hash: part.hash,
        offset: part.offset,
        total: part.total,
        bytes: part.bytes,
    });
    pieces.collect()
}

fn by_log(heads: &[LogHead]) -> BTreeMap<NodeId, LogHead> {
    heads.iter().map(|head| (head.log, *head)).collect()
}

/// Where the logs here end.
fn log_heads(view: View<'_>) -> Result<Vec<LogHead>> {
    let branches: BTreeMap<NodeId, Branch> = view
        .branches()?
        .into_iter()
        .map(|branch| (branch.log, branch))
        .collect();
    let logs = view.heads()?.into_iter().map(|head| {
        let branch = branches.get(&head.node);
        LogHead {
            log: head.node,
            node: branch.map_or(head.node, |branch| branch.node),
            after: branch.map_or(0, |branch| branch.after),
            size: head.size,
            leaf: head.leaf,
        }
    });
    Ok(logs.collect())
}

/// What a node says of itself first.
pub fn hello(view: View<'_>, me: NodeId, now_ms: u64) -> Result<Hello> {
    let root = view.root_key()?.ok_or(Error::NoOperation)?;
    Ok(Hello {
        version: VERSION,
        operation: root.operation,
        node: me,
        papers: view.papers(me)?.unwrap_or_default(),
        now_ms,
        members: view.members()?.into_keys().collect(),
        revoked: view
            .revocations()?
            .into_iter()
            .map(|(node, last, _)| (node, last))
            .collect(),
        logs: log_heads(view)?,
    })
}

/// Who says hello, found to belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// Its membership.
    pub member: Member,
    /// It was not known here before.
    pub new: bool,
}

/// Whether whoever says hello belongs here, and why not if it does not. That it is this node was made
/// sure of before.
pub fn welcome(hello: &Hello, view: View<'_>, now_ms: u64) -> Result<Result<Welcome, Refused>> {
    let root = view.root_key()?.ok_or(Error::NoOperation)?;
    if hello.operation != root.operation {
        return Ok(Err(Refused::OtherOperation));
    }
    let mut members = view.members()?;
    let welcome = if let Some(member) = members.remove(&hello.node) {
        Welcome { member, new: false }
    } else {
        let papers = Papers::from_bytes(&hello.papers).and_then(|papers| papers.verify(&root));
        let Ok(member) = papers else {
            return Ok(Err(Refused::Papers));
        };
        if let Some(why) = unwelcome(&member, hello, members.values(), now_ms) {
            return Ok(Err(why));
        }
        Welcome { member, new: true }
    };
    if welcome.member.revoked_after.is_some() {
        return Ok(Err(Refused::Revoked));
    }
    Ok(Ok(welcome))
}

/// Why a node that nobody here has met is not let in, if it is not.
fn unwelcome<'m>(
    stranger: &Member,
    hello: &Hello,
    mut members: impl Iterator<Item = &'m Member>,
    now_ms: u64,
) -> Option<Refused> {
    if stranger.node != hello.node {
        return Some(Refused::Papers);
    }
    let (key, until_ms) = stranger.invitation?;
    if now_ms > until_ms {
        return Some(Refused::Expired);
    }
    let used = members.any(|member| member.invitation.is_some_and(|(used, _)| used == key));
    used.then_some(Refused::InvitationUsed)
}

fn bytes(blobs: Vec<Blob>) -> Vec<Vec<u8>> {
    blobs.into_iter().map(|blob| blob.0).collect()
}

fn difference(theirs_ms: u64, ours_ms: u64) -> i64 {
    let signed = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    signed(theirs_ms).saturating_sub(signed(ours_ms))
}
