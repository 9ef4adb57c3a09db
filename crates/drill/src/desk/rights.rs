//! Rights between nodes: let go of for another node, taken and declined there; and the rights of a node
//! said to be lost, taken over after the waiting.

use std::ops::ControlFlow;

use domain::{
    ArrivalId, Command, EntitlementId, Event, LossReason, Moment, NodeKey, RecoveryId, Released,
    TransferId,
};
use node::Done;

use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::{Knowledge as _, Loss, Passing, Place};
use crate::world::{Answer, Known, Stop, World, new_id};

/// How long is waited before the rights of a lost node are taken over, where the operation set nothing.
const WAITING_MS: i64 = 7 * 24 * 60 * 60_000;

/// The run looks who heard of a loss after each step, a little later than they did.
const WAITING_SLACK_MS: i64 = 60 * 60_000;

/// What a node answered about one person's rights of a release.
#[derive(Debug, Clone, Copy)]
struct Answered {
    transfer: TransferId,
    arrival: ArrivalId,
    /// Where it is recorded.
    place: Place,
}

impl World {
    pub(super) fn release(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(other) = self.another(machine, chance) else {
            return Ok(());
        };
        let (to, site) = (self.key(other), self.machines[other].site);
        let of = match chance.below(3) {
            0 => self.some_movement(machine, chance).map(Released::Movement),
            1 => self
                .some_movement(machine, chance)
                .map(|movement| Released::Share {
                    movement,
                    people: 2,
                }),
            _ => self
                .some_stay(machine, chance, |_, _| true)
                .map(|arrival| Released::People(vec![arrival])),
        };
        let Some(of) = of else { return Ok(()) };
        let transfer = TransferId(new_id(chance));
        let command = Command::ReleaseRights {
            transfer,
            of,
            to,
            site,
        };
        let Some(done) = self.done(machine, command, chance)? else {
            return Ok(());
        };
        self.may_still_move_rights(machine)?;
        let mut released: Vec<EntitlementId> = Vec::new();
        self.each_event(machine, done, |event, _| match event {
            Event::RightsReleased(said) if said.transfer == transfer => {
                released.extend(&said.entitlements);
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Break(()),
        })?;
        let passing = Passing {
            transfer,
            to,
            site,
            declined: None,
        };
        for entitlement in released {
            self.let_go(machine, entitlement, passing)?;
        }
        Ok(())
    }

    /// A node says that it let go of a right: it has to have had it.
    fn let_go(
        &mut self,
        machine: usize,
        entitlement: EntitlementId,
        passing: Passing,
    ) -> Result<(), Stop> {
        let Some(promise) = self.model.promises.get_mut(&entitlement) else {
            return Ok(());
        };
        let had = promise.holder == self.machines[machine].key;
        let given = promise.standing() > 0;
        let free = promise.on_its_way().is_none();
        promise.passing = Some(passing);
        promise.hands.push(passing.to);
        let promise = promise.clone();
        // A lost node that is still there may not know that its heir gave it.
        let unaware = !given || self.model.was_in_lost_hands(&promise);
        if (had && free && unaware) || self.model.was_in_copied_hands(&promise) {
            return Ok(());
        }
        let what = format!(
            "node {machine} released {} which was not its own to give",
            promise.item
        );
        Err(Finding::of(Guarantee::G3, what).into())
    }

    pub(super) fn accept(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let command = |transfer| Command::AcceptRights { transfer };
        for answered in self.answer(machine, command, chance)? {
            self.take_over(machine, answered)?;
        }
        Ok(())
    }

    /// A node says that it took what was released to it: it has to have been for it, and not declined.
    fn take_over(&mut self, machine: usize, answered: Answered) -> Result<(), Stop> {
        let key = self.key(machine);
        let mut wrongly = None;
        for (promise, passing) in self.model.under_way(answered.transfer, answered.arrival) {
            if passing.to != key || passing.declined.is_some() {
                wrongly = Some(promise.clone());
            }
            promise.holder = key;
            promise.site = passing.site;
            promise.passing = None;
        }
        match wrongly {
            Some(promise) if !self.model.was_in_copied_hands(&promise) => {
                let what = format!(
                    "node {machine} took a right to {} that was not for it",
                    promise.item
                );
                Err(Finding::of(Guarantee::G3, what).into())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn decline(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let command = |transfer| Command::DeclineRights { transfer };
        for answered in self.answer(machine, command, chance)? {
            let under_way = self.model.under_way(answered.transfer, answered.arrival);
            for (promise, mut passing) in under_way {
                passing.declined.get_or_insert(answered.place);
                promise.passing = Some(passing);
            }
        }
        Ok(())
    }

    /// Answers a release; gives about whose rights that was done, and where.
    fn answer(
        &mut self,
        machine: usize,
        command: fn(TransferId) -> Command,
        chance: &mut Chance,
    ) -> Result<Vec<Answered>, Stop> {
        let mut answers = Vec::new();
        let Some(transfer) = self.some_transfer(machine, chance) else {
            return Ok(answers);
        };
        let Some(done) = self.done(machine, command(transfer), chance)? else {
            return Ok(answers);
        };
        self.may_still_move_rights(machine)?;
        self.each_event(machine, done, |event, place| {
            let (arrival, said) = match event {
                Event::RightsAccepted(said) => (said.arrival, said.transfer),
                Event::RightsDeclined(said) => (said.arrival, said.transfer),
                _ => return ControlFlow::Break(()),
            };
            if said != transfer {
                return ControlFlow::Break(());
            }
            answers.push(Answered {
                transfer,
                arrival,
                place,
            });
            ControlFlow::Continue(())
        })?;
        Ok(answers)
    }

    /// A node that knows that another took over its rights gives nothing, and moves nothing, any more.
    pub(super) fn may_still_move_rights(&self, machine: usize) -> Result<(), Stop> {
        let key = self.key(machine);
        let at = &self.machines[machine];
        let (Some(place), Some(node)) = (self.model.recovered.get(&key), &at.node) else {
            return Ok(());
        };
        if self.is_copied(key) || self.is_copied(place.key) || !Known(node).knows(*place) {
            return Ok(());
        }
        let what = format!("node {machine} goes on with rights that it knows another took over");
        Err(Finding::of(Guarantee::G3, what).into())
    }

    /// A release for this machine, or now and then, by mistake, one for another.
    fn some_transfer(&self, machine: usize, chance: &mut Chance) -> Option<TransferId> {
        let (key, wrongly) = (self.key(machine), chance.permille(100));
        let passing = self
            .model
            .promises
            .values()
            .filter_map(|promise| promise.passing);
        let fitting = passing.filter(|passing| wrongly || passing.to == key);
        let fitting: Vec<TransferId> = fitting.map(|passing| passing.transfer).collect();
        chance.one_of(&fitting)
    }

    /// Looks at what a command recorded, from its last event back, as long as it is asked to.
    fn each_event(
        &mut self,
        machine: usize,
        done: Done,
        mut look: impl FnMut(&Event, Place) -> ControlFlow<()>,
    ) -> Result<(), Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        let key = self.key(machine);
        for position in (1..=done.position).rev() {
            let recorded = match node.event(key, position) {
                Ok(Some(recorded)) => recorded,
                Ok(None) => break,
                Err(error) => return self.excuse(machine, &error),
            };
            if look(&recorded.event, Place { key, position }).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Somebody says that another node is lost for good.
    pub(crate) fn say_lost(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let (Some(lost), elsewhere) = (self.neighbour(machine, chance), chance.permille(200))
        else {
            return Ok(());
        };
        let heir = if elsewhere {
            chance.index(self.machines.len())
        } else {
            machine
        };
        let recovery = RecoveryId(new_id(chance));
        let command = Command::AnnounceLost {
            recovery,
            node: self.key(lost),
            heir: self.key(heir),
            waiting_days: None,
            why: LossReason::Missing,
        };
        if let Some(done) = self.done(machine, command, chance)? {
            let loss = Loss {
                lost: self.key(lost),
                heir: self.key(heir),
                announced: self.place(machine, done),
                heard_at: None,
                known: self.log_end(machine, self.key(lost)),
                by: self.operation.chief.user(),
            };
            self.model.losses.insert(recovery, loss);
            self.hear_of_losses();
            if chance.permille(500) {
                // Not heard of any more, until somebody finds it and switches it on.
                self.unplug(lost);
                self.machines[lost].stop();
            }
        }
        Ok(())
    }

    /// Remembers when the nodes that are to take over hear of a loss, and what they know of the lost node then.
    pub(crate) fn hear_of_losses(&mut self) {
        let losses = self.model.losses.iter();
        let unheard: Vec<_> = losses
            .filter(|(_, loss)| loss.heard_at.is_none())
            .map(|(recovery, loss)| (*recovery, *loss))
            .collect();
        for (recovery, loss) in unheard {
            let mut machines = self.machines.iter();
            let Some(heir) = machines.position(|at| {
                at.key == loss.heir
                    && at
                        .node
                        .as_ref()
                        .is_some_and(|node| Known(node).knows(loss.announced))
            }) else {
                continue;
            };
            let (at, known) = (self.machines[heir].now(), self.log_end(heir, loss.lost));
            let loss = self
                .model
                .losses
                .get_mut(&recovery)
                .expect("it was just there");
            loss.heard_at = Some(at);
            loss.known = loss.known.max(known);
        }
    }

    /// Up to where a machine has the log of an identity.
    fn log_end(&self, machine: usize, of: NodeKey) -> u64 {
        let node = self.machines[machine].node.as_ref();
        let ends = node
            .and_then(|node| node.log_ends().ok())
            .unwrap_or_default();
        let end = ends.into_iter().find(|(log, _)| log.0 == of.0);
        end.map_or(0, |(_, end)| end)
    }

    /// Another machine at the same site, whose people it can serve; where there is none, any other.
    fn neighbour(&self, machine: usize, chance: &mut Chance) -> Option<usize> {
        let here = &self.machines[machine];
        let mut beside = self.machines.iter();
        let beside = beside.position(|at| at.site == here.site && at.key != here.key);
        beside.or_else(|| self.another(machine, chance))
    }

    /// After a while somebody confirms that a node is lost, at the node that takes over.
    pub(crate) fn take_over_lost(&mut self, chance: &mut Chance) -> Result<(), Stop> {
        let losses = self.model.losses.iter();
        let losses: Vec<_> = losses.map(|(recovery, loss)| (*recovery, *loss)).collect();
        let Some((recovery, loss)) = chance.one_of(&losses) else {
            return Ok(());
        };
        let mut machines = self.machines.iter();
        let Some(machine) = machines.position(|at| at.key == loss.heir && at.node.is_some()) else {
            return Ok(());
        };
        if chance.permille(700) {
            self.true_ms += WAITING_MS;
            self.tell_time();
        }
        let session = if chance.permille(800) {
            &self.operation.second
        } else {
            &self.operation.chief
        };
        let session = session.clone();
        let at = self.machines[machine].now();
        let here = self.log_end(machine, loss.lost);
        let command = Command::ConfirmRecovery { recovery };
        if let Answer::Done(done) = self.ask_as(machine, command, chance, &session)? {
            self.model.losses.remove(&recovery);
            let place = self.place(machine, done);
            self.model.recovered.entry(loss.lost).or_insert(place);
            self.recovered(machine, loss, at)?;
            if loss.by == session.user() {
                let what = "one person alone took over the rights of a lost node";
                return Err(Finding::of(Guarantee::G3, what).into());
            }
            // Of a log that was cut, nobody has more.
            if here != loss.known && !self.is_copied(loss.lost) && !self.is_copied(loss.heir) {
                let what = format!(
                    "node {machine} took over the rights of a lost node of which it knew {here} events, and {} were known",
                    loss.known
                );
                return Err(Finding::of(Guarantee::G3, what).into());
            }
        }
        Ok(())
    }

    fn recovered(&mut self, machine: usize, loss: Loss, at: Moment) -> Result<(), Stop> {
        self.tally.recoveries += 1;
        self.machines[machine].heir_of.push(loss.lost);
        // The heir goes on from the book of the lost store, whose shelf stands elsewhere.
        for number in 0..self.machines.len() {
            if self.key(number) == loss.lost || number == machine {
                let store = self.store(number);
                self.model.uncounted.insert(store);
            }
        }
        let waited = loss.heard_at.map_or(0, |heard| at.0 - heard.0);
        if waited < WAITING_MS - WAITING_SLACK_MS && !self.is_copied(loss.heir) {
            let what = format!(
                "node {machine} took over the rights of a lost node after {} hours",
                waited / 3_600_000
            );
            return Err(Finding::of(Guarantee::G3, what).into());
        }
        Ok(())
    }
}
