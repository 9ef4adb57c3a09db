//! What goes into a bundle: of each log what those it is for are not known to have, papers and
//! revocations, and the sealed parts that they may hold, each right behind its event, so that a file
//! that breaks off gives both. Read piece by piece, so that memory is bounded whatever the amount.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::header::LogFrom;
use crate::branch::{self, Branch};
use crate::entropy::Entropy;
use crate::error::Result;
use crate::event::Event;
use crate::identity::{Hash, KeyId, NodeId, Position};
use crate::member::Member;
use crate::reader::View;
use crate::sync::{
    AddressedKey, Blob, GivenPart, LIST_MAX, LogHead, Message, PartBytes, PartWanted, Reach,
    SealedKey, events_within,
};

/// Bytes of events or parts in one segment, before they are packed.
const BUDGET: usize = 1 << 20;
/// Most parts that are asked for in a bundle.
const WANTED_MAX: usize = 20_000;
const _: () = assert!(WANTED_MAX as u64 <= LIST_MAX);
/// So many parts are remembered as written; one that is written twice does no harm.
const GIVEN_REMEMBERED_MAX: usize = 100_000;

/// Somebody a bundle is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The node.
    pub member: Member,
    /// Where its logs ended when it was last heard of; none if it never was.
    pub heads: Vec<LogHead>,
    /// Parts it said it would like to have.
    pub wanted: Vec<Hash>,
}

/// Events of a log that are to be written.
#[derive(Clone, Copy, Debug)]
struct Range {
    log: NodeId,
    next: u64,
    last: u64,
}

/// The contents of a bundle, as they are taken out.
#[derive(Debug)]
pub struct Outgoing {
    recipients: Vec<Member>,
    from: Vec<LogFrom>,
    outbox: VecDeque<Message>,
    ranges: VecDeque<Range>,
    parts: VecDeque<Hash>,
    /// Parts that are in it already, so that one history is not written twice.
    given: BTreeSet<Hash>,
    /// A part too large for one segment, and how much of it is out.
    begun: Option<(Hash, u64)>,
    carried_after: i64,
    events_total: u64,
    events: u64,
    parts_given: u64,
}

/// Up to which position of each log here a node has it that said where its own logs end.
pub fn known_by(view: View<'_>, heads: &[LogHead]) -> Result<BTreeMap<NodeId, u64>> {
    let branches = by_log(view)?;
    let sizes: BTreeMap<NodeId, u64> = view
        .heads()?
        .into_iter()
        .map(|head| (head.node, head.size))
        .collect();
    let mut known: BTreeMap<NodeId, u64> = BTreeMap::new();
    let mut note = |log: NodeId, size: u64| {
        let there = known.entry(log).or_default();
        *there = size.max(*there);
    };
    for head in heads.iter().filter(|head| head.size > 0) {
        let lines = branch::logs_of(view.connection(), head.node)?;
        let place = Position(head.size);
        if let Some(log) = branch::holding(view.connection(), &lines, place, head.leaf)? {
            note(log, head.size);
            // Who has an event has the whole line that leads to it.
            let mut child = log;
            while let Some(branch) = branches.get(&child) {
                note(branch.parent, branch.after);
                child = branch.parent;
            }
        } else if let Some(size) = sizes.get(&head.log).filter(|size| **size < head.size) {
            // It has more of this log than is here. Most likely ours is the beginning of it: our last
            // event shows whether it is.
            note(head.log, size.saturating_sub(1));
        }
    }
    Ok(known)
}

fn by_log(view: View<'_>) -> Result<BTreeMap<NodeId, Branch>> {
    let branches = view.branches()?.into_iter();
    Ok(branches.map(|branch| (branch.log, branch)).collect())
}

impl Outgoing {
    /// Works out what these do not have. Without heads of theirs, everything is taken from the
    /// beginning.
    pub fn plan(view: View<'_>, recipients: &[Recipient]) -> Result<Self> {
        let branches = by_log(view)?;
        let mut known = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            // Several copies speak under the name of a node that forked: which of them said what it has,
            // and which will read this, nobody knows.
            let node = recipient.member.node;
            let forked = branches.values().any(|branch| branch.node == node);
            known.push(if forked {
                BTreeMap::new()
            } else {
                known_by(view, &recipient.heads)?
            });
        }
        let mut heads = view.heads()?;
        // A line that parts comes before what goes on from it.
        heads.sort_by_key(|head| branches.get(&head.node).map_or(0, |branch| branch.after));
        let (mut ranges, mut from) = (VecDeque::new(), Vec::new());
        for head in heads {
            let begins = branches.get(&head.node).map_or(0, |branch| branch.after);
            let there = known.iter().map(|known| known.get(&head.node).copied());
            let there = there.map(Option::unwrap_or_default).min().unwrap_or(0);
            let after = there.max(begins);
            if head.size > after {
                let (log, next, last) = (head.node, after + 1, head.size);
                from.push(LogFrom { log, after });
                ranges.push_back(Range { log, next, last });
            }
        }
        let events_total = ranges.iter().map(|range| range.last + 1 - range.next).sum();
        let mut outgoing = Self {
            recipients: recipients
                .iter()
                .map(|recipient| recipient.member.clone())
                .collect(),
            from,
            outbox: VecDeque::new(),
            ranges,
            parts: VecDeque::new(),
            given: BTreeSet::new(),
            begun: None,
            carried_after: -1,
            events_total,
            events: 0,
            parts_given: 0,
        };
        outgoing.say_papers(view)?;
        outgoing.say_wanted(view)?;
        for recipient in recipients {
            outgoing.parts.extend(&recipient.wanted);
        }
        Ok(outgoing)
    }

    /// From where on it carries which logs.
    pub fn from(&self) -> &[LogFrom] {
        &self.from
    }

    /// How many events it will carry, and how many are out.
    pub const fn progress(&self) -> (u64, u64) {
        (self.events, self.events_total)
    }

    /// How many sealed parts are out.
    pub const fn parts_given(&self) -> u64 {
        self.parts_given
    }

    /// The next thing to write; nothing when that was all.
    pub fn take(
        &mut self,
        view: View<'_>,
        reach: &dyn Reach,
        entropy: &dyn Entropy,
    ) -> Result<Option<Message>> {
        if let Some(message) = self.outbox.pop_front() {
            return Ok(Some(message));
        }
        loop {
            if !self.parts.is_empty() || self.begun.is_some() {
                if let Some(message) = self.take_parts(view, reach, entropy)? {
                    return Ok(Some(message));
                }
                continue;
            }
            if self.ranges.is_empty() {
                if self.find_carried(view)? {
                    continue;
                }
                return Ok(None);
            }
            if let Some(message) = self.take_events(view, reach)? {
                return Ok(Some(message));
            }
        }
    }

    fn say_papers(&mut self, view: View<'_>) -> Result<()> {
        let mut papers = Vec::new();
        for node in view.members()?.into_keys() {
            papers.extend(view.papers(node)?.map(Blob));
        }
        let revocations = view.revocations()?.into_iter();
        let revocations = revocations.map(|(_, _, certificate)| Blob(certificate));
        self.outbox.push_back(Message::Papers {
            papers,
            revocations: revocations.collect(),
        });
        Ok(())
    }

    /// What the writer itself lacks, for whoever reads it and writes back.
    fn say_wanted(&mut self, view: View<'_>) -> Result<()> {
        let parts: Vec<PartWanted> = view
            .wanted(0, WANTED_MAX)?
            .into_iter()
            .map(|wanted| PartWanted {
                hash: wanted.hash,
                have: 0,
            })
            .collect();
        self.outbox
            .push_back(Message::WantParts { parts, budget: 0 });
        Ok(())
    }

    fn take_events(&mut self, view: View<'_>, reach: &dyn Reach) -> Result<Option<Message>> {
        let Some(range) = self.ranges.front_mut() else {
            return Ok(None);
        };
        let (log, first) = (range.log, range.next);
        let read: Vec<Event> = events_within(view, log, (first, range.last), BUDGET)?;
        range.next += read.len() as u64;
        if read.is_empty() || range.next > range.last {
            self.ranges.pop_front();
        }
        if read.is_empty() {
            return Ok(None);
        }
        for event in &read {
            let hashes = event.attachments().iter().map(|attachment| attachment.hash);
            self.parts.extend(hashes);
        }
        self.parts.extend(reach.beside(&read)?);
        self.events += read.len() as u64;
        let events = read.into_iter().map(|event| Blob(event.bytes)).collect();
        Ok(Some(Message::Events { log, first, events }))
    }

    /// Sealed parts up to the budget, with their keys sealed to everybody who may hold them.
    fn take_parts(
        &mut self,
        view: View<'_>,
        reach: &dyn Reach,
        entropy: &dyn Entropy,
    ) -> Result<Option<Message>> {
        let (mut parts, mut keys) = (Vec::new(), Vec::new());
        let mut addressed = BTreeMap::new();
        let mut left = BUDGET;
        while left > 0 {
            let Some((hash, offset)) = self.next_part() else {
                break;
            };
            let (key, ciphertext, ours) = match view.giveable(hash)? {
                Some((key, ciphertext)) => (key, ciphertext, true),
                None => match view.carried(hash)? {
                    Some((key, ciphertext)) => (key, ciphertext, false),
                    None => continue,
                },
            };
            if let Entry::Vacant(entry) = addressed.entry((key, ours)) {
                let given = if ours {
                    self.sealed_keys(key, view, reach, entropy)?
                } else {
                    self.carried_keys(key, view)?
                };
                entry.insert(!given.is_empty());
                left = left.saturating_sub(given.iter().map(|key| key.key.sealed.len()).sum());
                keys.extend(given);
            }
            if !addressed[&(key, ours)] {
                continue;
            }
            let total = ciphertext.len() as u64;
            let begins = usize::try_from(offset).unwrap_or(usize::MAX);
            let rest = ciphertext.get(begins..).unwrap_or_default();
            let bytes = rest[..rest.len().min(left.max(1))].to_vec();
            left = left.saturating_sub(bytes.len());
            let end = offset + bytes.len() as u64;
            if end < total {
                self.begun = Some((hash, end));
            } else {
                self.note_given(hash);
            }
            let part = PartBytes {
                hash,
                offset,
                total,
                bytes,
            };
            parts.push(GivenPart { key, part });
        }
        Ok((!parts.is_empty()).then_some(Message::Given { parts, keys }))
    }

    /// The part that is next, and from which byte on.
    fn next_part(&mut self) -> Option<(Hash, u64)> {
        if let Some(begun) = self.begun.take() {
            return Some(begun);
        }
        let given = &self.given;
        while let Some(hash) = self.parts.pop_front() {
            if !given.contains(&hash) {
                return Some((hash, 0));
            }
        }
        None
    }

    fn note_given(&mut self, hash: Hash) {
        self.parts_given += 1;
        if self.given.len() >= GIVEN_REMEMBERED_MAX {
            self.given.clear();
        }
        self.given.insert(hash);
    }

    /// A data key held here, sealed to each recipient who may hold it.
    fn sealed_keys(
        &self,
        key: KeyId,
        view: View<'_>,
        reach: &dyn Reach,
        entropy: &dyn Entropy,
    ) -> Result<Vec<AddressedKey>> {
        let mut keys = Vec::new();
        for member in &self.recipients {
            if !reach.may_hold(member, key)? {
                continue;
            }
            for given in view.seal_data_keys(&[key], member.sealing, entropy)? {
                let sealed = given.sealed;
                keys.push(AddressedKey {
                    to: member.node,
                    key: SealedKey { key, sealed },
                });
            }
        }
        Ok(keys)
    }

    /// A data key as it came for recipients: it cannot be opened here.
    fn carried_keys(&self, key: KeyId, view: View<'_>) -> Result<Vec<AddressedKey>> {
        let mut keys = Vec::new();
        for member in &self.recipients {
            for sealed in view.carried_keys(key, member.node)? {
                keys.push(AddressedKey {
                    to: member.node,
                    key: SealedKey { key, sealed },
                });
            }
        }
        Ok(keys)
    }

    /// Looks for more of what is carried for others. Gives whether there was any.
    fn find_carried(&mut self, view: View<'_>) -> Result<bool> {
        let found = view.carried_after(self.carried_after)?;
        let Some((last, _)) = found.last() else {
            return Ok(false);
        };
        self.carried_after = *last;
        self.parts.extend(found.into_iter().map(|(_, hash)| hash));
        Ok(true)
    }
}
