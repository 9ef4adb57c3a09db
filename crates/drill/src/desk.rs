//! What people at the desks do: the whole reception, with the mistakes that tired people make. Each
//! answer of a node is held against the truth of the run.

use domain::{
    ArrivalId, Birth, Command, DifferenceReason, EntitlementId, ItemCode, Known as _, LegalBasis,
    LinkId, Meeting, Moment, MovementId, MovementKind, Particulars, PersonId, Refusal, Registering,
    Screened, Screening, SiteId, StocktakeId, VoidReason, Vulnerability, WaybillId, WaybillLine,
    Whose,
};
use node::{Done, NodeError};

use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::{Gift, Goods, Not, Place, Promise, Same, Stay, is_service};
use crate::operation::ORIGIN;
use crate::script::Act;
use crate::world::{Answer, Known, Stop, World, new_id};

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
        }
    }

    fn land(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
            announced: 5,
            screened_before: Screened::NotOffered,
        };
        if !self.is_done(machine, announced, chance)? {
            return Ok(());
        }
        let landed = Command::LandMovement {
            movement,
            headcount: 5,
        };
        if self.is_done(machine, landed, chance)? {
            self.model.landed.entry(site).or_default().push(movement);
        }
        Ok(())
    }

    fn meet(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
            promises: Vec::new(),
            met_by: self.key(machine),
        };
        self.model.stays.entry(arrival).or_insert(stay);
    }

    fn register(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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

    fn register_again(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
        if self.is_done(machine, command, chance)? {
            self.came(machine, arrival, movement);
            if let Some(stay) = self.model.stays.get_mut(&arrival) {
                stay.person = Some(person);
            }
            if !self.model.persons.contains(&person) {
                self.model.persons.push(person);
            }
            self.learn(machine, arrival)?;
        }
        Ok(())
    }

    fn screen(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let registered = |_: &ArrivalId, stay: &Stay| stay.person.is_some();
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

    fn give(&mut self, machine: usize, care: Care, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let owed_here = |id: &&EntitlementId| {
            let promise = &self.model.promises[*id];
            let stay = self.model.stays.get(&promise.arrival);
            promise.standing() == 0 && stay.is_some_and(|stay| stay.site == site)
        };
        let all = self.model.promises.keys();
        let offered: Vec<EntitlementId> = match care {
            Care::Right => all.filter(owed_here).copied().collect(),
            Care::Wrong => all.filter(|id| !owed_here(id)).copied().collect(),
        };
        let Some(entitlement) = chance.one_of(&offered) else {
            return Ok(());
        };
        self.redeem(machine, entitlement, chance)?;
        Ok(())
    }

    /// Asks a node to give an item, and holds its answer against the truth. Gives whether it did.
    pub(crate) fn redeem(
        &mut self,
        machine: usize,
        entitlement: EntitlementId,
        chance: &mut Chance,
    ) -> Result<bool, Stop> {
        let promise = self.model.promises[&entitlement].clone();
        let at = self.machines[machine].now();
        let allowed = self.allowed(machine, entitlement, at);
        let command = Command::Redeem {
            arrival: promise.arrival,
            entitlement,
            card_checked: chance.permille(500),
        };
        match self.ask(machine, command, chance)? {
            Answer::Done(done) => {
                if let Err(not) = allowed {
                    self.given_wrongly(machine, &promise, entitlement, not)?;
                }
                self.given(machine, entitlement, at, done);
                Ok(true)
            }
            Answer::Refused(refusal) => {
                self.refused_rightly(machine, &promise, allowed, &refusal)?;
                Ok(false)
            }
            Answer::Failed => Ok(false),
        }
    }

    fn allowed(&self, machine: usize, entitlement: EntitlementId, at: Moment) -> Result<(), Not> {
        let at_work = &self.machines[machine];
        let node = at_work
            .node
            .as_ref()
            .expect("only running machines are asked");
        let known = Known(node);
        self.model
            .may_give(entitlement, at_work.key, &at_work.heir_of, at, &known)
    }

    /// A node gave what nobody may give, unless the run itself broke what the promise assumes.
    fn given_wrongly(
        &self,
        machine: usize,
        promise: &Promise,
        entitlement: EntitlementId,
        not: Not,
    ) -> Result<(), Stop> {
        let stay = self.model.stays.get(&promise.arrival);
        let copied = !self.model.copied.is_empty();
        let site = self.machines[machine].site;
        let excused = match not {
            Not::Given | Not::Elsewhere => self.model.copied.contains(&promise.holder),
            Not::Limit => copied,
            Not::Short => self.model.uncounted.contains(&site),
            Not::Unknown => false,
        };
        if excused {
            return Ok(());
        }
        let guarantee = match not {
            Not::Limit => Guarantee::G4,
            Not::Short => Guarantee::G5,
            _ => Guarantee::G3,
        };
        let what = format!(
            "node {machine} gave {} ({}) although: {not:?}{}",
            promise.item,
            entitlement.0,
            if stay.is_none() {
                ", to nobody known"
            } else {
                ""
            }
        );
        Err(Finding::of(guarantee, what).into())
    }

    /// A node refused to give: the reason it says has to be true.
    fn refused_rightly(
        &mut self,
        machine: usize,
        promise: &Promise,
        allowed: Result<(), Not>,
        refusal: &Refusal,
    ) -> Result<(), Stop> {
        let (guarantee, reason) = match refusal {
            Refusal::AlreadyGiven { .. } => (Guarantee::G3, Not::Given),
            Refusal::RightElsewhere { .. } => (Guarantee::G3, Not::Elsewhere),
            Refusal::LimitReached { .. } => (Guarantee::G4, Not::Limit),
            Refusal::StockShort { .. } => (Guarantee::G5, Not::Short),
            _ => return Ok(()),
        };
        *self
            .tally
            .refusals
            .entry(refusal.code().to_owned())
            .or_default() += 1;
        let site = self.machines[machine].site;
        let unsure = match reason {
            Not::Given | Not::Elsewhere => {
                self.is_copied(promise.holder) || self.is_copied(self.key(machine))
            }
            Not::Limit => !self.model.copied.is_empty(),
            Not::Short => self.model.uncounted.contains(&site),
            Not::Unknown => false,
        };
        if allowed == Err(reason) || unsure {
            return Ok(());
        }
        let what = format!(
            "node {machine} refused {} as {} although the truth is {allowed:?}",
            promise.item,
            refusal.code()
        );
        Err(Finding::of(guarantee, what).into())
    }

    fn given(&mut self, machine: usize, entitlement: EntitlementId, at: Moment, done: Done) {
        let place = Place {
            key: self.key(machine),
            position: done.position,
        };
        let site = self.machines[machine].site;
        self.tally.given += 1;
        let Some(promise) = self.model.promises.get_mut(&entitlement) else {
            return;
        };
        promise.gifts.push(Gift {
            place,
            at,
            voided: None,
        });
        let (item, quantity) = (promise.item.clone(), promise.quantity);
        if !is_service(&item) {
            self.model.move_goods(site, &item, -quantity);
        }
    }

    fn void(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let given = self.model.promises.iter().filter(|(_, promise)| {
            let stay = self.model.stays.get(&promise.arrival);
            promise.standing() > 0 && stay.is_some_and(|stay| stay.site == site)
        });
        let given: Vec<EntitlementId> = given.map(|(id, _)| *id).collect();
        let Some(entitlement) = chance.one_of(&given) else {
            return Ok(());
        };
        let handed_over = chance.permille(300);
        let reason = if handed_over {
            VoidReason::WRONG_PERSON
        } else {
            VoidReason::NOT_GIVEN
        };
        let arrival = self.model.promises[&entitlement].arrival;
        let command = Command::Void {
            arrival,
            entitlement,
            reason,
        };
        let Some(done) = self.done(machine, command, chance)? else {
            return Ok(());
        };
        let place = Place {
            key: self.key(machine),
            position: done.position,
        };
        let promise = self
            .model
            .promises
            .get_mut(&entitlement)
            .expect("it was chosen from there");
        let standing = promise
            .gifts
            .iter_mut()
            .rev()
            .find(|gift| gift.voided.is_none());
        if let Some(gift) = standing {
            gift.voided = Some(place);
        }
        let (item, quantity) = (promise.item.clone(), promise.quantity);
        if !handed_over && !is_service(&item) {
            self.model.move_goods(site, &item, quantity);
        }
        Ok(())
    }

    fn grant(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(arrival) = self.some_stay(machine, chance, |_, _| true) else {
            return Ok(());
        };
        let command = Command::Grant {
            arrival,
            item: GOODS[chance.index(GOODS.len())].clone(),
            quantity: u32::try_from(1 + chance.below(2)).expect("one or two"),
            reason: "more is needed".into(),
        };
        if self.is_done(machine, command, chance)? {
            self.learn(machine, arrival)?;
        }
        Ok(())
    }

    fn correct(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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

    fn link(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
            let said = Place {
                key: self.key(machine),
                position: done.position,
            };
            let same = Same {
                first,
                second,
                said,
                unsaid: None,
            };
            self.model.same.insert(link, same);
        }
        Ok(())
    }

    fn unlink(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let links: Vec<LinkId> = self.model.same.keys().copied().collect();
        let Some(link) = chance.one_of(&links) else {
            return Ok(());
        };
        let command = Command::UnlinkPersons {
            link,
            reason: "two people after all".into(),
        };
        if let Some(done) = self.done(machine, command, chance)? {
            let place = Place {
                key: self.key(machine),
                position: done.position,
            };
            let same = self
                .model
                .same
                .get_mut(&link)
                .expect("it was chosen from there");
            same.unsaid.get_or_insert(place);
        }
        Ok(())
    }

    fn supply(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let quantity = 1 + chance.below(6);
        let lines: Vec<(ItemCode, i64)> = GOODS
            .iter()
            .map(|item| (item.clone(), i64::try_from(quantity).expect("a few")))
            .collect();
        let waybill = WaybillId(new_id(chance));
        let command = Command::SendWaybill {
            waybill,
            number: format!("S-{}", waybill.0.simple()),
            origin: None,
            destination: site,
            to: None,
            lines: on_paper(&lines),
        };
        if !self.is_done(machine, command, chance)? {
            return Ok(());
        }
        let goods = Goods {
            destination: site,
            lines,
            received: false,
        };
        self.model.goods.insert(waybill, goods);
        self.take_in(machine, waybill, chance)
    }

    fn send(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let others: Vec<SiteId> = self
            .machines
            .iter()
            .map(|at| at.site)
            .filter(|at| *at != site)
            .collect();
        let Some(destination) = chance.one_of(&others) else {
            return Ok(());
        };
        let item = GOODS[chance.index(GOODS.len())].clone();
        let quantity = i64::try_from(1 + chance.below(4)).expect("a few");
        let lines = vec![(item.clone(), quantity)];
        let waybill = WaybillId(new_id(chance));
        let command = Command::SendWaybill {
            waybill,
            number: format!("W-{}", waybill.0.simple()),
            origin: Some(site),
            destination,
            to: None,
            lines: on_paper(&lines),
        };
        if self.is_done(machine, command, chance)? {
            let left = self.model.move_goods(site, &item, -quantity);
            if left < 0 && !self.model.uncounted.contains(&site) {
                let what =
                    format!("node {machine} sent {item} that it did not have: {left} are left");
                return Err(Finding::of(Guarantee::G5, what).into());
            }
            let goods = Goods {
                destination,
                lines,
                received: false,
            };
            self.model.goods.insert(waybill, goods);
        }
        Ok(())
    }

    fn receive(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let wrongly = chance.permille(150);
        let goods = self.model.goods.iter();
        let mut coming =
            goods.filter(|(_, goods)| wrongly || (goods.destination == site && !goods.received));
        let coming: Vec<WaybillId> = coming.by_ref().map(|(id, _)| *id).collect();
        match chance.one_of(&coming) {
            Some(waybill) => self.take_in(machine, waybill, chance),
            None => Ok(()),
        }
    }

    fn take_in(
        &mut self,
        machine: usize,
        waybill: WaybillId,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let goods = self.model.goods[&waybill].clone();
        let mut lines = goods.lines.clone();
        let lacking = chance.permille(200);
        if lacking && let Some((_, quantity)) = lines.first_mut() {
            *quantity -= 1;
        }
        let command = Command::ReceiveWaybill {
            waybill,
            lines: on_paper(&lines),
            difference: lacking.then_some(DifferenceReason::DAMAGED),
        };
        if !self.is_done(machine, command, chance)? {
            return Ok(());
        }
        let unsure = self.model.uncounted.contains(&site);
        if (goods.received || goods.destination != site) && !unsure {
            let what =
                format!("node {machine} received goods that it was not sent, or had already");
            return Err(Finding::of(Guarantee::G5, what).into());
        }
        for (item, quantity) in lines {
            self.model.move_goods(site, &item, quantity);
        }
        if let Some(goods) = self.model.goods.get_mut(&waybill) {
            goods.received = true;
        }
        Ok(())
    }

    fn count(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let item = GOODS[chance.index(GOODS.len())].clone();
        let shelf = self.model.shelf(site, &item);
        let there = (shelf - i64::from(chance.permille(200))).max(0);
        let command = Command::CountStock {
            stocktake: StocktakeId(new_id(chance)),
            site,
            counts: on_paper(&[(item.clone(), there)]),
            difference: Some(DifferenceReason::MISCOUNTED),
        };
        if self.is_done(machine, command, chance)? {
            self.model.move_goods(site, &item, there - shelf);
        }
        Ok(())
    }

    fn leave(&mut self, machine: usize, act: Act, chance: &mut Chance) -> Result<(), Stop> {
        let Some(arrival) = self.some_stay(machine, chance, |_, _| true) else {
            return Ok(());
        };
        let withdrawn = act == Act::Withdraw;
        let command = if withdrawn {
            Command::WithdrawArrival {
                arrival,
                reason: "met twice".into(),
            }
        } else {
            Command::Leave { arrival }
        };
        if self.is_done(machine, command, chance)?
            && withdrawn
            && let Some(stay) = self.model.stays.get_mut(&arrival)
        {
            stay.person = None;
        }
        Ok(())
    }

    fn end_movement(&mut self, machine: usize, act: Act, chance: &mut Chance) -> Result<(), Stop> {
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

    fn erase(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(person) = chance.one_of(&self.model.persons) else {
            return Ok(());
        };
        self.ask(machine, Command::ErasePerson { person }, chance)
            .map(drop)
    }

    /// What a node owes to an arrival by now: whoever granted an item holds the right to give it.
    pub(crate) fn learn(&mut self, machine: usize, arrival: ArrivalId) -> Result<(), Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        let found = node.read::<_, NodeError>(|register| Ok(register.arrival(arrival)?));
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.excuse(machine, &error),
        };
        let Some(found) = found else {
            let what = format!("node {machine} does not know an arrival that it acknowledged");
            return Err(Finding::of(Guarantee::G1, what).into());
        };
        for owed in found.entitlements {
            let promise = Promise {
                arrival,
                item: owed.item,
                quantity: i64::from(owed.quantity),
                holder: owed.granted.node,
                gifts: Vec::new(),
                waived: false,
            };
            self.model.promises.entry(owed.id).or_insert(promise);
            if let Some(stay) = self.model.stays.get_mut(&arrival)
                && !stay.promises.contains(&owed.id)
            {
                stay.promises.push(owed.id);
            }
        }
        Ok(())
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
        let persons: Vec<PersonId> = here.filter_map(|stay| stay.person).collect();
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
}

/// How careful somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// They give what is owed here.
    Right,
    /// They give what is not.
    Wrong,
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

fn on_paper(lines: &[(ItemCode, i64)]) -> Vec<WaybillLine> {
    let lines = lines.iter().map(|(item, quantity)| WaybillLine {
        item: item.clone(),
        quantity: u32::try_from(*quantity).unwrap_or(0),
    });
    lines.collect()
}
