//! Goods: supplied, sent to another store, received with what is lacking, counted.

use domain::{Command, DifferenceReason, ItemCode, StocktakeId, WaybillId, WaybillLine};

use super::GOODS;
use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::Goods;
use crate::world::{Stop, World, new_id};

impl World {
    pub(super) fn supply(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
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
            to: Some(self.key(machine)),
            lines: on_paper(&lines),
        };
        if !self.is_done(machine, command, chance)? {
            return Ok(());
        }
        let goods = Goods {
            destination: site,
            to: self.key(machine),
            lines,
            received: false,
        };
        self.model.goods.insert(waybill, goods);
        self.take_in(machine, waybill, chance)
    }

    pub(super) fn send(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let Some(other) = self.another(machine, chance) else {
            return Ok(());
        };
        let (destination, to) = (self.machines[other].site, self.key(other));
        let item = GOODS[chance.index(GOODS.len())].clone();
        let quantity = i64::try_from(1 + chance.below(4)).expect("a few");
        let lines = vec![(item.clone(), quantity)];
        let waybill = WaybillId(new_id(chance));
        let command = Command::SendWaybill {
            waybill,
            number: format!("W-{}", waybill.0.simple()),
            origin: Some(site),
            destination,
            to: Some(to),
            lines: on_paper(&lines),
        };
        if self.is_done(machine, command, chance)? {
            let store = self.store(machine);
            let left = self.model.move_goods(store, &item, -quantity);
            if left < 0 && !self.model.uncounted.contains(&store) {
                let what =
                    format!("node {machine} sent {item} that it did not have: {left} are left");
                return Err(Finding::of(Guarantee::G5, what).into());
            }
            let goods = Goods {
                destination,
                to,
                lines,
                received: false,
            };
            self.model.goods.insert(waybill, goods);
        }
        Ok(())
    }

    pub(super) fn receive(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let wrongly = chance.permille(150);
        let goods = self.model.goods.iter();
        let mut coming =
            goods.filter(|(_, goods)| wrongly || (self.is_for(machine, goods) && !goods.received));
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
        let store = self.store(machine);
        let unsure = self.model.uncounted.contains(&store);
        if (goods.received || !self.is_for(machine, &goods)) && !unsure {
            let what =
                format!("node {machine} received goods that it was not sent, or had already");
            return Err(Finding::of(Guarantee::G5, what).into());
        }
        for (item, quantity) in lines {
            self.model.move_goods(store, &item, quantity);
        }
        if let Some(goods) = self.model.goods.get_mut(&waybill) {
            goods.received = true;
        }
        Ok(())
    }

    pub(super) fn count(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let site = self.machines[machine].site;
        let item = GOODS[chance.index(GOODS.len())].clone();
        let store = self.store(machine);
        let shelf = self.model.shelf(store, &item);
        let there = (shelf - i64::from(chance.permille(200))).max(0);
        let command = Command::CountStock {
            stocktake: StocktakeId(new_id(chance)),
            site,
            counts: on_paper(&[(item.clone(), there)]),
            difference: Some(DifferenceReason::MISCOUNTED),
        };
        if self.is_done(machine, command, chance)? {
            self.model.move_goods(store, &item, there - shelf);
        }
        Ok(())
    }

    /// Whether goods are for this machine, or for a node that it goes on from.
    fn is_for(&self, machine: usize, goods: &Goods) -> bool {
        let at = &self.machines[machine];
        let before = at.heir_of.iter().chain(&at.ancestors);
        let mut keys = std::iter::once(&at.key).chain(before);
        goods.destination == at.site && keys.any(|key| *key == goods.to)
    }
}

fn on_paper(lines: &[(ItemCode, i64)]) -> Vec<WaybillLine> {
    let lines = lines.iter().map(|(item, quantity)| WaybillLine {
        item: item.clone(),
        quantity: u32::try_from(*quantity).unwrap_or(0),
    });
    lines.collect()
}
