//! Giving: with care and by mistake, and what a node answers held against the truth of the run.

use domain::{ArrivalId, Command, EntitlementId, Known as _, Moment, Refusal, VoidReason};
use node::{Done, NodeError};

use super::GOODS;
use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::{Gift, Giver, Not, Promise, is_service};
use crate::world::{Answer, Known, Stop, World};

impl World {
    pub(super) fn give(
        &mut self,
        machine: usize,
        care: Care,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        let at = &self.machines[machine];
        let owed_here = |id: &&EntitlementId| {
            let promise = &self.model.promises[*id];
            let ours = promise.holder == at.key || at.heir_of.contains(&promise.holder);
            promise.standing() == 0 && promise.passing.is_none() && ours && promise.site == at.site
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

    /// Asks a node to give an item, and holds its answer against the truth.
    pub(crate) fn redeem(
        &mut self,
        machine: usize,
        entitlement: EntitlementId,
        chance: &mut Chance,
    ) -> Result<Answer, Stop> {
        let promise = self.model.promises[&entitlement].clone();
        let at = self.machines[machine].now();
        let allowed = self.allowed(machine, entitlement, at);
        let holds = self.giver(machine).holds(&promise, &self.known_at(machine));
        let command = Command::Redeem {
            arrival: promise.arrival,
            entitlement,
            card_checked: chance.permille(700),
        };
        match self.ask(machine, command, chance)? {
            Answer::Done(done) => {
                self.may_still_move_rights(machine)?;
                if let Err(not) = allowed {
                    self.given_wrongly(machine, &promise, entitlement, not)?;
                }
                self.given(machine, entitlement, at, done);
                Ok(Answer::Done(done))
            }
            Answer::Refused(refusal) => {
                // It may be given already by whoever holds the right: then both reasons are true.
                let truth = match &refusal {
                    Refusal::AlreadyGiven { .. } => allowed,
                    _ if holds => allowed,
                    _ => Err(Not::Elsewhere),
                };
                self.refused_rightly(machine, &promise, truth, &refusal)?;
                Ok(Answer::Refused(refusal))
            }
            Answer::Failed => Ok(Answer::Failed),
        }
    }

    fn allowed(&self, machine: usize, entitlement: EntitlementId, at: Moment) -> Result<(), Not> {
        let giver = self.giver(machine);
        let known = self.known_at(machine);
        self.model.may_give(entitlement, giver, at, &known)
    }

    pub(crate) fn giver(&self, machine: usize) -> Giver<'_> {
        let at = &self.machines[machine];
        Giver {
            key: at.key,
            heir_of: &at.heir_of,
            store: self.store(machine),
        }
    }

    fn known_at(&self, machine: usize) -> Known<'_> {
        let node = self.machines[machine].node.as_ref();
        Known(node.expect("only running machines are asked"))
    }

    /// A node gave what nobody may give, unless the run itself broke what the promise assumes.
    fn given_wrongly(
        &mut self,
        machine: usize,
        promise: &Promise,
        entitlement: EntitlementId,
        not: Not,
    ) -> Result<(), Stop> {
        let stay = self.model.stays.get(&promise.arrival);
        let excused = match not {
            Not::Elsewhere if self.is_frozen(machine, promise) => false,
            Not::Given | Not::Elsewhere if self.model.was_in_copied_hands(promise) => true,
            Not::Given | Not::Elsewhere if self.is_risk_of_recovery(machine, promise) => {
                self.tally.given_again_after_recovery += u64::from(not == Not::Given);
                true
            }
            not => self.is_unsure(machine, not),
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
            Refusal::RightElsewhere { .. }
            | Refusal::RightReleased { .. }
            | Refusal::RightNotAccepted => (Guarantee::G3, Not::Elsewhere),
            Refusal::LimitReached { .. } => (Guarantee::G4, Not::Limit),
            Refusal::StockShort { .. } => (Guarantee::G5, Not::Short),
            _ => return Ok(()),
        };
        *self
            .tally
            .refusals
            .entry(refusal.code().to_owned())
            .or_default() += 1;
        let unsure = match reason {
            Not::Given | Not::Elsewhere => {
                self.model.was_in_copied_hands(promise)
                    || self.model.was_in_lost_hands(promise)
                    || self.is_copied(self.key(machine))
                    || (reason == Not::Given && self.stands_here(machine, promise))
            }
            reason => self.is_unsure(machine, reason),
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

    /// Whether something was given on it as far as this node knows: it may not have heard yet that it was
    /// taken back.
    fn stands_here(&self, machine: usize, promise: &Promise) -> bool {
        let known = self.known_at(machine);
        promise.gifts.iter().any(|gift| gift.stands_for(&known))
    }

    /// What the node held whose backup this one was made from stays frozen until people claim it.
    fn is_frozen(&self, machine: usize, promise: &Promise) -> bool {
        let (at, holder) = (&self.machines[machine], promise.holder);
        holder != at.key && at.ancestors.contains(&holder) && !at.heir_of.contains(&holder)
    }

    /// Two nodes may each give what a lost one held: until they meet, nothing can keep them from it.
    fn is_risk_of_recovery(&self, machine: usize, promise: &Promise) -> bool {
        let at = &self.machines[machine];
        let mut hands = promise.hands.iter();
        self.model.was_in_lost_hands(promise)
            && hands.any(|hand| *hand == at.key || at.heir_of.contains(hand))
    }

    /// Whether the run itself made it unsure: of a copied node's gifts nobody knows which history
    /// counts, of a card registered twice whose it is, and of an uncounted shelf what lies there.
    fn is_unsure(&self, machine: usize, not: Not) -> bool {
        let mut stays = self.model.stays.values();
        match not {
            Not::Limit => !self.model.copied.is_empty() || stays.any(|stay| stay.doubtful),
            Not::Short => self.model.uncounted.contains(&self.store(machine)),
            Not::Given | Not::Elsewhere | Not::Unknown => false,
        }
    }

    fn given(&mut self, machine: usize, entitlement: EntitlementId, at: Moment, done: Done) {
        let place = self.place(machine, done);
        let store = self.store(machine);
        self.tally.given += 1;
        let Some(promise) = self.model.promises.get_mut(&entitlement) else {
            return;
        };
        // What is on its way to a lost node is its heir's with everything else.
        let hand = promise
            .on_its_way()
            .map_or(promise.holder, |passing| passing.to);
        let recovered = self.model.recovered.contains_key(&hand) && hand != place.key;
        self.tally.given_by_recovery += u64::from(recovered);
        promise.gifts.push(Gift {
            place,
            at,
            voided: None,
            recovered,
        });
        if let Some(stay) = self.model.stays.get_mut(&promise.arrival) {
            // Where the card was withdrawn, this desk had not heard of it.
            stay.withdrawn = false;
        }
        let (item, quantity) = (promise.item.clone(), promise.quantity);
        if !is_service(&item) {
            self.model.move_goods(store, &item, -quantity);
        }
    }

    pub(super) fn void(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let given = self
            .model
            .promises
            .iter()
            .filter(|(_, promise)| promise.standing() > 0 && promise.site == site);
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
        let place = self.place(machine, done);
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
            let store = self.store(machine);
            self.model.move_goods(store, &item, quantity);
        }
        Ok(())
    }

    pub(super) fn grant(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
            let stay = self.model.stays.get(&arrival);
            if stay.is_none_or(|stay| stay.met_by != self.key(machine)) {
                // Met at another desk of the site, of which this one has not heard.
                return Ok(());
            }
            let what = format!("node {machine} does not know an arrival that it acknowledged");
            return Err(Finding::of(Guarantee::G1, what).into());
        };
        let stay = self.model.stays.get(&arrival);
        let site = stay.map_or(self.machines[machine].site, |stay| stay.site);
        for owed in found.entitlements {
            let promise = Promise {
                arrival,
                item: owed.item,
                quantity: i64::from(owed.quantity),
                holder: owed.granted.node,
                site,
                passing: None,
                hands: vec![owed.granted.node],
                gifts: Vec::new(),
                waived: false,
            };
            self.model.promises.entry(owed.id).or_insert(promise);
        }
        Ok(())
    }
}

/// How careful somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// They give what is owed here.
    Right,
    /// They give what is not.
    Wrong,
}
