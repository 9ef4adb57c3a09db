//! What people at the desks do: the whole reception, with the mistakes that tired people make. Each
//! answer of a node is held against the truth of the run.

mod edits;
mod giving;
mod goods;
mod reception;
mod rights;

use domain::{ArrivalId, Command, ItemCode, MovementId, PersonId};
use node::Done;

use self::giving::Care;
use crate::chance::Chance;
use crate::model::Stay;
use crate::script::Act;
use crate::world::{Answer, Stop, World};

/// What is brought and counted.
const GOODS: &[ItemCode] = &[
    ItemCode::HOT_MEAL,
    ItemCode::WATER,
    ItemCode::HYGIENE_KIT,
    ItemCode::CASH_GRANT,
    ItemCode::BLANKET,
    ItemCode::SHELTER_NIGHT,
];

impl World {
    /// Somebody works at a machine that runs.
    pub(crate) fn work(
        &mut self,
        machine: usize,
        act: Act,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        if self.machines[machine].node.is_none() {
            return Ok(());
        }
        match act {
            Act::Land => self.land(machine, chance),
            Act::Meet => self.meet(machine, chance),
            Act::Register => self.register(machine, chance),
            Act::RegisterAgain => self.register_again(machine, chance),
            Act::Screen => self.screen(machine, chance),
            Act::Give => self.give(machine, Care::Right, chance),
            Act::GiveWrongly => self.give(machine, Care::Wrong, chance),
            Act::Void => self.void(machine, chance),
            Act::Grant => self.grant(machine, chance),
            Act::Correct => self.correct(machine, chance),
            Act::Link => self.link(machine, chance),
            Act::Unlink => self.unlink(machine, chance),
            Act::Supply => self.supply(machine, chance),
            Act::Send => self.send(machine, chance),
            Act::Receive => self.receive(machine, chance),
            Act::Count => self.count(machine, chance),
            Act::Leave | Act::Withdraw => self.leave(machine, act, chance),
            Act::Close | Act::Divert => self.end_movement(machine, act, chance),
            Act::Erase => self.erase(machine, chance),
            Act::Release => self.release(machine, chance),
            Act::Accept => self.accept(machine, chance),
            Act::Decline => self.decline(machine, chance),
            Act::Recount => self.recount(machine, chance),
            Act::Choose => self.choose(machine, chance),
        }
    }

    fn done(
        &mut self,
        machine: usize,
        command: Command,
        chance: &mut Chance,
    ) -> Result<Option<Done>, Stop> {
        Ok(match self.ask(machine, command, chance)? {
            Answer::Done(done) => Some(done),
            Answer::Refused(_) | Answer::Failed => None,
        })
    }

    fn is_done(
        &mut self,
        machine: usize,
        command: Command,
        chance: &mut Chance,
    ) -> Result<bool, Stop> {
        Ok(self.done(machine, command, chance)?.is_some())
    }

    fn some_movement(&self, machine: usize, chance: &mut Chance) -> Option<MovementId> {
        let landed = self.model.landed.get(&self.machines[machine].site)?;
        chance.one_of(landed)
    }

    /// Somebody who came to this site, or, half of the time, to any.
    fn some_person(&self, machine: usize, chance: &mut Chance) -> Option<PersonId> {
        if chance.permille(500) {
            return chance.one_of(&self.model.persons);
        }
        let site = self.machines[machine].site;
        let stays = self.model.stays.values();
        let here = stays.filter(|stay| stay.site == site);
        let persons: Vec<PersonId> = here.filter_map(Stay::who).collect();
        chance.one_of(&persons)
    }

    fn some_stay(
        &self,
        machine: usize,
        chance: &mut Chance,
        like: impl Fn(&ArrivalId, &Stay) -> bool,
    ) -> Option<ArrivalId> {
        let site = self.machines[machine].site;
        // Now and then somebody takes the card of another site.
        let anywhere = chance.permille(50);
        let stays = self.model.stays.iter();
        let fitting = stays.filter(|(id, stay)| (anywhere || stay.site == site) && like(id, stay));
        let fitting: Vec<ArrivalId> = fitting.map(|(id, _)| *id).collect();
        chance.one_of(&fitting)
    }

    /// Another machine, one that writes under another identity.
    fn another(&self, machine: usize, chance: &mut Chance) -> Option<usize> {
        let here = self.key(machine);
        let others = 0..self.machines.len();
        let others: Vec<usize> = others.filter(|other| self.key(*other) != here).collect();
        chance.one_of(&others)
    }
}
