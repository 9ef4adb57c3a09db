//! Two who write the same field apart: people are counted again, and where two counts stand, somebody
//! chooses. What stands where is said a second time here, by who saw what.

use domain::{Choosing, Command, Edit, Field, MovementId, Refusal};
use node::Done;

use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::{Count, Place, differ, names};
use crate::world::{Answer, Known, Stop, World};

impl World {
    pub(super) fn recount(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(movement) = self.some_movement(machine, chance) else {
            return Ok(());
        };
        let mut seen = self.counts_at(machine, movement);
        // Few numbers, so that two who count apart often count the same.
        let headcount = 4 + u32::try_from(chance.below(3)).expect("one of three");
        let correction = Command::CorrectHeadcount {
            movement,
            headcount,
            reason: "counted again".into(),
        };
        let command = if chance.permille(500) {
            Command::EditUpon(Box::new(Edit {
                seen: names(&seen),
                command: correction,
            }))
        } else {
            // Whoever does not say what they saw saw what is shown: of several values the latest.
            if differ(&seen) {
                let latest = seen.iter().max_by_key(|count| count.order).cloned();
                seen = latest.into_iter().collect();
            }
            correction
        };
        if let Some(done) = self.done(machine, command, chance)? {
            let seen = seen.iter().map(|count| count.place).collect();
            self.counted(machine, movement, headcount, seen, done)?;
        }
        Ok(())
    }

    pub(super) fn choose(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let movements = self.model.counts.keys();
        let standing = movements.map(|movement| (*movement, self.counts_at(machine, *movement)));
        let in_conflict: Vec<_> = standing.filter(|(_, counts)| differ(counts)).collect();
        if in_conflict.is_empty() {
            return Ok(());
        }
        let (movement, standing) = &in_conflict[chance.index(in_conflict.len())];
        let (movement, chosen) = (*movement, &standing[chance.index(standing.len())]);
        let command = Command::Choose(Box::new(Choosing {
            about: movement.0,
            field: Field::MovementHeadcount,
            chosen: chosen.order,
            seen: names(standing),
        }));
        match self.ask(machine, command, chance)? {
            Answer::Done(done) => {
                let seen = standing.iter().map(|count| count.place).collect();
                self.counted(machine, movement, chosen.people, seen, done)
            }
            Answer::Refused(refusal @ (Refusal::NoConflict | Refusal::ConflictChanged))
                if !self.is_count_unsure(movement) =>
            {
                let what = format!(
                    "node {machine} does not show the counts that stand: {}",
                    refusal.code()
                );
                Err(Finding::of(Guarantee::G4, what).into())
            }
            _ => Ok(()),
        }
    }

    /// Remembers what somebody counted, and what they saw.
    pub(super) fn counted(
        &mut self,
        machine: usize,
        movement: MovementId,
        people: u32,
        seen: Vec<Place>,
        done: Done,
    ) -> Result<(), Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        let place = self.place(machine, done);
        match node.event(place.key, place.position) {
            Ok(Some(recorded)) if done.events > 0 => {
                let count = Count {
                    people,
                    place,
                    order: recorded.order,
                    seen,
                };
                self.model.counts.entry(movement).or_default().push(count);
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(error) => self.excuse(machine, &error),
        }
    }

    fn counts_at(&self, machine: usize, movement: MovementId) -> Vec<Count> {
        let Some(node) = &self.machines[machine].node else {
            return Vec::new();
        };
        self.model.counts_standing(movement, &Known(node))
    }

    /// Of what a copied node wrote nobody can say whether it stands.
    pub(crate) fn is_count_unsure(&self, movement: MovementId) -> bool {
        let counts = self.model.counts.get(&movement);
        counts.is_some_and(|counts| counts.iter().any(|count| self.is_copied(count.place.key)))
    }
}
