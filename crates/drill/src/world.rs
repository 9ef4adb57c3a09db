//! A run: machines, network and truth, and one step after the other. What it comes to is a trace, so
//! that two runs of one seed can be held against each other, and a finding if there is one.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::NodeKey;
use node::{Done, ExecuteError, Node, NodeError, Request, Session};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::error::DrillError;
use crate::finding::{Finding, Guarantee};
use crate::machine::Machine;
use crate::model::{Knowledge, Model, Place, Store};
use crate::network::{Carried, Link, Mishap};
use crate::operation::{BEGIN_MS, Operation};
use crate::script::{Deed, Script, Step};
use crate::stick::Stick;
use crate::tally::Tally;

/// Meetings at once.
const LINKS_MAX: usize = 8;
/// Between two steps, milliseconds.
const BETWEEN_STEPS_MS: i64 = 1_000;
pub(crate) const MINUTE_MS: i64 = 60_000;

/// What ends a run early.
#[derive(Debug)]
pub enum Stop {
    /// A guarantee did not hold.
    Found(Finding),
    /// The drill itself could not go on.
    Broken(DrillError),
}

impl From<Finding> for Stop {
    fn from(finding: Finding) -> Self {
        Self::Found(finding)
    }
}

impl From<DrillError> for Stop {
    fn from(error: DrillError) -> Self {
        Self::Broken(error)
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    /// What it found.
    pub finding: Option<Finding>,
    /// A hash over everything that happened.
    pub trace: [u8; 32],
    /// What happened, counted.
    pub tally: Tally,
}

/// What a node answered.
#[derive(Debug)]
pub enum Answer {
    /// It is done and durable.
    Done(Done),
    /// A rule says no.
    Refused(domain::Refusal),
    /// The node could not, and has a good reason.
    Failed,
}

/// The simulated world.
#[derive(Debug)]
pub struct World {
    // Dropped in this order: meetings hold nodes, nodes hold folders.
    pub(crate) links: Vec<Link>,
    pub(crate) machines: Vec<Machine>,
    pub(crate) sticks: Vec<Stick>,
    pub(crate) folder: TempDir,
    pub(crate) operation: Arc<Operation>,
    pub(crate) model: Model,
    pub(crate) true_ms: i64,
    /// How far any clock was ahead at most.
    pub(crate) ahead_most_ms: i64,
    pub(crate) tally: Tally,
    pub(crate) acknowledged: BTreeMap<Place, [u8; 32]>,
    sides: Option<u64>,
    trace: Sha256,
    seed: u64,
}

/// What a node knows.
pub(crate) struct Known<'n>(pub(crate) &'n Node);

impl Knowledge for Known<'_> {
    fn knows(&self, place: Place) -> bool {
        matches!(self.0.event(place.key, place.position), Ok(Some(_)))
    }
}

/// Runs a script.
///
/// # Errors
/// When the drill itself fails, as without room for its folders.
pub fn run(script: &Script) -> Result<Ran, DrillError> {
    let mut world = World::begin(script)?;
    let mut outcome = Ok(());
    for step in &script.steps {
        outcome = world.step(step).map_err(|stop| at_step(stop, step));
        if outcome.is_err() {
            break;
        }
    }
    let outcome = outcome.and_then(|()| world.come_to_rest());
    world
        .tally
        .finish(world.true_ms - BEGIN_MS, script.machines);
    let finding = match outcome {
        Ok(()) => None,
        Err(Stop::Found(finding)) => Some(finding),
        Err(Stop::Broken(error)) => return Err(error),
    };
    Ok(Ran {
        finding,
        trace: world.trace.clone().finalize().into(),
        tally: std::mem::take(&mut world.tally),
    })
}

fn at_step(stop: Stop, step: &Step) -> Stop {
    match stop {
        Stop::Found(finding) => Stop::Found(Finding {
            step: Some(step.number),
            ..finding
        }),
        broken @ Stop::Broken(_) => broken,
    }
}

impl World {
    fn begin(script: &Script) -> Result<Self, DrillError> {
        let operation = Operation::with(script.machines)?;
        let folder = crate::machine::folder()?;
        let mut world = Self {
            links: Vec::new(),
            machines: Vec::new(),
            sticks: Vec::new(),
            folder,
            operation: Arc::clone(&operation),
            model: Model::default(),
            true_ms: BEGIN_MS,
            ahead_most_ms: 0,
            tally: Tally::default(),
            acknowledged: BTreeMap::new(),
            sides: None,
            trace: Sha256::new(),
            seed: script.seed,
        };
        for (number, founded) in operation.nodes.iter().enumerate() {
            let number = number as u64;
            let machine = Machine::new(founded, world.folder.path(), script.seed, number)?;
            world.machines.push(machine);
        }
        Ok(world)
    }

    fn step(&mut self, step: &Step) -> Result<(), Stop> {
        self.true_ms += BETWEEN_STEPS_MS;
        self.tell_time();
        self.tally.steps += 1;
        self.note(&step.number.to_be_bytes());
        let mut chance = Chance::new(step.pick);
        let count = self.machines.len();
        match step.deed {
            Deed::Wait { minutes } => self.true_ms += i64::from(minutes) * MINUTE_MS,
            Deed::Work { machine, act } => self.work(machine % count, act, &mut chance)?,
            Deed::Harm { machine, harm } => self.harm(machine % count, harm, &mut chance)?,
            Deed::Call { one, other, budget } => self.call(one % count, other % count, budget)?,
            Deed::Carry {
                link,
                messages,
                mishap,
            } => self.carry(link, messages, mishap, &mut chance)?,
            Deed::Hang { link } => {
                if !self.links.is_empty() {
                    let link = link % self.links.len();
                    self.links.remove(link);
                    self.tally.fault("meeting broken off");
                }
            }
            Deed::Write { machine } => self.write_stick(machine % count, &mut chance)?,
            Deed::Read { machine } => self.read_stick(machine % count, &mut chance)?,
            Deed::Part { sides } => {
                self.sides = Some(sides);
                self.tally.fault("partition");
                let apart = |ends: [usize; 2]| side(sides, ends[0]) != side(sides, ends[1]);
                self.links.retain(|link| !apart(link.ends));
            }
            Deed::Heal => self.sides = None,
        }
        self.hear_of_losses();
        Ok(())
    }

    /// Every clock shows its time.
    pub(crate) fn tell_time(&self) {
        for machine in &self.machines {
            machine.tell_time(self.true_ms, self.true_ms - BEGIN_MS);
        }
    }

    /// Puts something into the trace.
    pub(crate) fn note(&mut self, what: &[u8]) {
        self.trace.update((what.len() as u64).to_be_bytes());
        self.trace.update(what);
    }

    /// Asks a node to do something. What was done is remembered as acknowledged.
    pub(crate) fn ask(
        &mut self,
        machine: usize,
        command: domain::Command,
        chance: &mut Chance,
    ) -> Result<Answer, Stop> {
        let session = self.operation.chief.clone();
        self.ask_as(machine, command, chance, &session)
    }

    pub(crate) fn ask_as(
        &mut self,
        machine: usize,
        command: domain::Command,
        chance: &mut Chance,
        session: &Session,
    ) -> Result<Answer, Stop> {
        let request = Request {
            id: new_id(chance),
            site: self.machines[machine].site,
            occurred: None,
            command,
        };
        // Once, and again when the power went or the disk was full.
        for _ in 0..3 {
            let Some(node) = self.machines[machine].node.clone() else {
                return Ok(Answer::Failed);
            };
            self.tally.commands += 1;
            let before = self.machines[machine].disk.written();
            let answer = node.execute(session, request.clone());
            drop(node);
            if self.power_went(machine, before, chance)? {
                // Nobody saw the answer. Whoever asked asks again.
                continue;
            }
            match answer {
                Ok(done) => {
                    self.acknowledge(machine, done)?;
                    return Ok(Answer::Done(done));
                }
                Err(ExecuteError::Refused(refusal)) => {
                    self.tally.refused += 1;
                    self.note(refusal.code().as_bytes());
                    return Ok(Answer::Refused(refusal));
                }
                Err(ExecuteError::Failed(_)) if self.machines[machine].disk.is_full() => {
                    self.note(b"full");
                    self.make_room(machine)?;
                }
                Err(ExecuteError::Failed(error)) => {
                    self.excuse(machine, &error)?;
                    return Ok(Answer::Failed);
                }
            }
        }
        Ok(Answer::Failed)
    }

    fn acknowledge(&mut self, machine: usize, done: Done) -> Result<(), Stop> {
        self.note(&done.position.to_be_bytes());
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        if done.events == 0 {
            return Ok(());
        }
        let place = self.place(machine, done);
        let Some(hash) = event_hash(&node, place).ok().flatten() else {
            let what = format!(
                "node {machine} acknowledged {} and does not have it",
                done.position
            );
            return Err(Finding::of(Guarantee::G1, what).into());
        };
        self.note(&hash);
        self.remember(place, hash);
        Ok(())
    }

    /// A failure needs a reason that the run gave.
    pub(crate) fn excuse(&mut self, machine: usize, error: &NodeError) -> Result<(), Stop> {
        self.note(b"failed");
        if self.is_in_trouble(machine) {
            return Ok(());
        }
        let what = format!("node {machine} failed for no reason: {error}");
        Err(Finding::of(Guarantee::G1, what).into())
    }

    fn call(&mut self, one: usize, other: usize, budget: u32) -> Result<(), Stop> {
        let ends = [one.min(other), one.max(other)];
        let apart = self
            .sides
            .is_some_and(|sides| side(sides, one) != side(sides, other));
        let busy = self.links.iter().any(|link| link.ends == ends);
        let twins = self.machines[one].key == self.machines[other].key;
        if one == other || apart || busy || twins || self.links.len() >= LINKS_MAX {
            return Ok(());
        }
        let nodes = ends.map(|end| self.machines[end].node.clone());
        let [Some(first), Some(second)] = nodes else {
            return Ok(());
        };
        match Link::begin(ends, [&first, &second], budget) {
            Ok(link) => {
                self.links.push(link);
                self.tally.meetings += 1;
                Ok(())
            }
            Err(_) if ends.iter().any(|end| self.is_in_trouble(*end)) => Ok(()),
            Err(error) => self.excuse(ends[0], &error),
        }
    }

    fn carry(
        &mut self,
        link: usize,
        messages: u32,
        mishap: Mishap,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        if self.links.is_empty() {
            return Ok(());
        }
        let place = link % self.links.len();
        if mishap != Mishap::None {
            self.tally.fault(mishap.name());
        }
        for number in 0..messages {
            let mishap = if number == 0 { mishap } else { Mishap::None };
            let bit = chance.next();
            let trace = &mut self.trace;
            let mut heard = |end: usize, message: &[u8]| {
                trace.update([u8::try_from(end).unwrap_or(2)]);
                trace.update(Sha256::digest(message));
            };
            let ends = self.links[place].ends;
            let before = ends.map(|end| self.machines[end].disk.written());
            let carried = self.links[place].carry(mishap, bit, &mut heard);
            self.tally.messages += 1;
            for (end, before) in ends.into_iter().zip(before) {
                if self.power_went(end, before, chance)? {
                    return Ok(());
                }
            }
            match carried {
                Carried::On => {}
                Carried::Settled => {
                    self.links.remove(place);
                    self.tally.settled += 1;
                    return Ok(());
                }
                Carried::Ended { end, why } => {
                    // Dropped at once: it holds both nodes, and one may have to start again.
                    let harmed = self.links.remove(place).harmed;
                    if harmed {
                        self.note(b"ended");
                        return Ok(());
                    }
                    return self.excuse_meeting(ends, end, &why);
                }
            }
        }
        Ok(())
    }

    /// A meeting on a good network goes on, unless one side has a reason.
    fn excuse_meeting(
        &mut self,
        ends: [usize; 2],
        end: usize,
        why: &NodeError,
    ) -> Result<(), Stop> {
        self.note(b"ended");
        for machine in ends {
            if self.machines[machine].disk.is_full() {
                return self.make_room(machine);
            }
        }
        if ends.iter().any(|end| self.is_in_trouble(*end)) {
            return Ok(());
        }
        let what = format!(
            "the meeting of nodes {} and {} ended at {} on a good network: {why}",
            ends[0], ends[1], ends[end]
        );
        Err(Finding::of(Guarantee::G2, what).into())
    }

    /// Whose key a machine writes under.
    pub(crate) fn key(&self, machine: usize) -> NodeKey {
        self.machines[machine].key
    }

    /// Where what a machine did last is recorded.
    pub(crate) fn place(&self, machine: usize, done: Done) -> Place {
        Place {
            key: self.key(machine),
            position: done.position,
        }
    }

    /// The goods beside a machine.
    pub(crate) fn store(&self, machine: usize) -> Store {
        let at = &self.machines[machine];
        Store {
            site: at.site,
            machine: at.store,
        }
    }

    /// The seed of the run.
    pub(crate) const fn seed(&self) -> u64 {
        self.seed
    }

    /// The network is whole.
    pub(crate) fn heal(&mut self) {
        self.sides = None;
    }
}

fn side(sides: u64, machine: usize) -> u64 {
    (sides >> (machine % 64)) & 1
}

/// An id that nobody else has.
pub(crate) fn new_id(chance: &mut Chance) -> uuid::Uuid {
    let (high, low) = (chance.next(), chance.next());
    uuid::Builder::from_u128((u128::from(high) << 64) | u128::from(low)).into_uuid()
}

/// What stands at a place of a log, as one number.
pub(crate) fn event_hash(node: &Node, place: Place) -> Result<Option<[u8; 32]>, NodeError> {
    let event = node.event(place.key, place.position)?;
    Ok(event.map(|event| {
        let said = format!("{:?} {:?} {:?}", event.order, event.aggregate, event.event);
        Sha256::digest(said.as_bytes()).into()
    }))
}
