//! Meeting people and putting them on record: flights land, people are met, registered, screened,
//! corrected, linked, and leave.

use domain::{
    ArrivalId, Birth, Command, LegalBasis, LinkId, Meeting, MovementId, MovementKind, Particulars,
    PersonId, Registering, Screened, Screening, Vulnerability, Whose,
};

use crate::chance::Chance;
use crate::model::{Knowledge as _, Same, Stay};
use crate::operation::ORIGIN;
use crate::script::Act;
use crate::world::{Known, Stop, World, new_id};

/// So many people a flight is announced with, and counted when it lands.
const LANDED: u32 = 5;

impl World {
    pub(super) fn land(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let movement = MovementId(new_id(chance));
        let announced = Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("DR-{}", movement.0.simple())
                .chars()
                .take(20)
                .collect(),
            origin: ORIGIN,
            destination: site,
            expected: self.machines[machine].now(),
            legal_basis: LegalBasis::TITLE_42,
            announced: LANDED,
            screened_before: Screened::NotOffered,
        };
        if !self.is_done(machine, announced, chance)? {
            return Ok(());
        }
        let landed = Command::LandMovement {
            movement,
            headcount: LANDED,
        };
        if let Some(done) = self.done(machine, landed, chance)? {
            self.model.landed.entry(site).or_default().push(movement);
            self.counted(machine, movement, LANDED, Vec::new(), done)?;
        }
        Ok(())
    }

    pub(super) fn meet(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(movement) = self.some_movement(machine, chance) else {
            return Ok(());
        };
        let people = 1 + chance.below(3);
        let arrivals: Vec<_> = (0..people).map(|_| ArrivalId(new_id(chance))).collect();
        let meetings = arrivals.iter().map(|arrival| Meeting {
            arrival: *arrival,
            priority: None,
        });
        let command = Command::Meet {
            movement,
            meetings: meetings.collect(),
        };
        if self.is_done(machine, command, chance)? {
            for arrival in arrivals {
                self.came(machine, arrival, movement);
                self.learn(machine, arrival)?;
            }
        }
        Ok(())
    }

    fn came(&mut self, machine: usize, arrival: ArrivalId, movement: MovementId) {
        let stay = Stay {
            site: self.machines[machine].site,
            movement,
            person: None,
            registered: None,
            withdrawn: false,
            met_by: self.key(machine),
            doubtful: false,
        };
        self.model.stays.entry(arrival).or_insert(stay);
    }

    pub(super) fn register(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let unregistered = |_: &ArrivalId, stay: &Stay| stay.person.is_none();
        let Some(arrival) = self.some_stay(machine, chance, unregistered) else {
            return Ok(());
        };
        let movement = self.model.stays[&arrival].movement;
        let person = PersonId(new_id(chance));
        let whose = if chance.permille(100) {
            Whose::Declined { person }
        } else {
            Whose::New {
                person,
                particulars: Box::new(somebody(chance)),
            }
        };
        self.put_on_record(machine, arrival, movement, whose, chance)
    }

    pub(super) fn register_again(
        &mut self,
        machine: usize,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let Some(movement) = self.some_movement(machine, chance) else {
            return Ok(());
        };
        let Some(person) = self.some_person(machine, chance) else {
            return Ok(());
        };
        let arrival = ArrivalId(new_id(chance));
        self.put_on_record(machine, arrival, movement, Whose::Known(person), chance)
    }

    fn put_on_record(
        &mut self,
        machine: usize,
        arrival: ArrivalId,
        movement: MovementId,
        whose: Whose,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let person = whose.person();
        let command = Command::Register(Box::new(Registering {
            arrival,
            movement,
            whose,
            line: None,
            informed: true,
            document_shared: false,
        }));
        if let Some(done) = self.done(machine, command, chance)? {
            let place = self.place(machine, done);
            self.came(machine, arrival, movement);
            if let Some(stay) = self.model.stays.get_mut(&arrival) {
                stay.doubtful |= stay.person.is_some_and(|before| before != person);
                stay.person = Some(person);
                stay.registered = Some(place);
                // Where it was withdrawn, this desk had not heard of it.
                stay.withdrawn = false;
            }
            if !self.model.persons.contains(&person) {
                self.model.persons.push(person);
            }
            self.learn(machine, arrival)?;
        }
        Ok(())
    }

    pub(super) fn screen(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let registered = |_: &ArrivalId, stay: &Stay| stay.who().is_some();
        let Some(arrival) = self.some_stay(machine, chance, registered) else {
            return Ok(());
        };
        let found = [
            Vulnerability::PREGNANT,
            Vulnerability::NO_SHELTER,
            Vulnerability::CHILD_ALONE,
        ];
        let screening = Screening {
            vulnerabilities: chance
                .one_of(&[0, 1, 2])
                .map(|place: usize| found[place].clone())
                .into_iter()
                .collect(),
            ..Screening::default()
        };
        let command = Command::Screen {
            arrival,
            screening,
            note: None,
        };
        if self.is_done(machine, command, chance)? {
            self.learn(machine, arrival)?;
        }
        Ok(())
    }

    pub(super) fn correct(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(person) = self.some_person(machine, chance) else {
            return Ok(());
        };
        let command = Command::CorrectPerson {
            person,
            particulars: Box::new(somebody(chance)),
            reason: "read the document again".into(),
            document_shared: false,
        };
        if self.is_done(machine, command, chance)? {
            let site = self.machines[machine].site;
            let stays = self.model.stays.iter();
            let theirs = stays.filter(|(_, stay)| stay.person == Some(person) && stay.site == site);
            let theirs: Vec<ArrivalId> = theirs.map(|(arrival, _)| *arrival).collect();
            for arrival in theirs {
                self.learn(machine, arrival)?;
            }
        }
        Ok(())
    }

    pub(super) fn link(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let persons = &self.model.persons;
        let (Some(first), Some(second)) = (chance.one_of(persons), chance.one_of(persons)) else {
            return Ok(());
        };
        let link = LinkId(new_id(chance));
        let command = Command::LinkPersons {
            link,
            first,
            second,
        };
        if let Some(done) = self.done(machine, command, chance)? {
            let same = Same {
                first,
                second,
                said: self.place(machine, done),
                unsaid: None,
            };
            self.model.same.insert(link, same);
        }
        Ok(())
    }

    pub(super) fn unlink(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let links: Vec<LinkId> = self.model.same.keys().copied().collect();
        let Some(link) = chance.one_of(&links) else {
            return Ok(());
        };
        let command = Command::UnlinkPersons {
            link,
            reason: "two people after all".into(),
        };
        if let Some(done) = self.done(machine, command, chance)? {
            let place = self.place(machine, done);
            let same = self
                .model
                .same
                .get_mut(&link)
                .expect("it was chosen from there");
            same.unsaid.get_or_insert(place);
        }
        Ok(())
    }

    pub(super) fn leave(
        &mut self,
        machine: usize,
        act: Act,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let Some(arrival) = self.some_stay(machine, chance, |_, _| true) else {
            return Ok(());
        };
        if act == Act::Leave {
            let command = Command::Leave { arrival };
            return self.ask(machine, command, chance).map(drop);
        }
        let saw_all = self.saw_all_of(machine, arrival);
        let command = Command::WithdrawArrival {
            arrival,
            reason: "met twice".into(),
        };
        if self.is_done(machine, command, chance)?
            && let Some(stay) = self.model.stays.get_mut(&arrival)
        {
            stay.withdrawn |= saw_all;
        }
        Ok(())
    }

    /// Whether a node knows everything that was done on a card: who was registered, and what was given.
    fn saw_all_of(&self, machine: usize, arrival: ArrivalId) -> bool {
        let Some(node) = &self.machines[machine].node else {
            return false;
        };
        let known = Known(node);
        let stay = self.model.stays.get(&arrival);
        let registered = stay.and_then(|stay| stay.registered);
        let promises = self.model.promises.values();
        let theirs = promises.filter(|promise| promise.arrival == arrival);
        let gifts = theirs.flat_map(|promise| &promise.gifts);
        let mut places = registered.into_iter().chain(gifts.map(|gift| gift.place));
        places.all(|place| known.knows(place))
    }

    pub(super) fn end_movement(
        &mut self,
        machine: usize,
        act: Act,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let Some(movement) = self.some_movement(machine, chance) else {
            return Ok(());
        };
        let command = if act == Act::Close {
            Command::CloseMovement { movement }
        } else {
            Command::DivertMovement {
                movement,
                destination: self.machines[chance.index(self.machines.len())].site,
                expected: self.machines[machine].now(),
            }
        };
        self.ask(machine, command, chance).map(drop)
    }

    pub(super) fn erase(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(person) = chance.one_of(&self.model.persons) else {
            return Ok(());
        };
        self.ask(machine, Command::ErasePerson { person }, chance)
            .map(drop)
    }
}

fn somebody(chance: &mut Chance) -> Particulars {
    let year = i16::try_from(1_960 + chance.below(60)).expect("a year");
    Particulars {
        given_names: format!("Test{}", chance.below(1_000)),
        family_name: "Demo-Egzanp".into(),
        birth: Some(Birth::Year(year)),
        ..Particulars::default()
    }
}
