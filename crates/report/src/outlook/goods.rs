//! How long the goods of a site last.

use std::collections::BTreeMap;

use domain::{Day, ItemCode, MovementId, Site, SiteId};
use forecast::Band;
use forecast::cover::{Day as Ahead, Holding, Left, outlook};
use register::Register;
use serde::Serialize;

use super::Days;
use crate::error::ReportError;

/// One item at one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Row {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// The item.
    pub item: ItemCode,
    /// On the shelves by the book.
    pub here: i64,
    /// Owed to people who are here.
    pub open: u64,
    /// Under way on open waybills; counted from the second day on, and not at all in the hard course.
    pub under_way: u64,
    /// The movements announced that it counts with.
    pub movements: Vec<MovementId>,
    /// The days, the one that is running first.
    pub days: Vec<Day>,
    /// What is left at the end of each.
    pub left: Vec<Left>,
    /// How many of these days it lasts in full.
    pub lasts: Lasts,
    /// The first short day if everything falls the hard way.
    pub short_earliest: Option<Day>,
    /// The first short day as it looks.
    pub short_likely: Option<Day>,
    /// The first short day even if everything falls the easy way.
    pub short_latest: Option<Day>,
    /// By how much it is short at worst, as it looks.
    pub short_by: u64,
}

impl Row {
    /// Whether it may run short within the days looked ahead.
    pub const fn is_short(&self) -> bool {
        self.short_earliest.is_some()
    }
}

/// Days of cover: how many days something lasts in full, today being the first; none where longer than
/// was looked ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Lasts {
    /// If everything falls the hard way.
    pub hard: Option<usize>,
    /// As it looks.
    pub likely: Option<usize>,
    /// If everything falls the easy way.
    pub easy: Option<usize>,
}

/// Each item that a site has or needs.
pub(super) fn of_site(
    register: &Register<'_>,
    site: &Site,
    days: &Days,
    turnout: Band,
) -> Result<Vec<Row>, ReportError> {
    let shelves: BTreeMap<ItemCode, i64> = register
        .balances(Some(site.id))?
        .into_iter()
        .map(|shelf| (shelf.item, shelf.here))
        .collect();
    let movements: Vec<_> = register
        .arriving(site.id, days.end())?
        .into_iter()
        .map(|arriving| arriving.movement.id)
        .collect();
    // What is expected until the end of each day, of each item, in one order.
    let ends: Vec<_> = days.each.iter().map(|day| day.until).collect();
    let until = register.needs_until(site.id, &ends)?;
    let mut under_way: BTreeMap<ItemCode, u64> = BTreeMap::new();
    for line in register
        .open_waybills(Some(site.id))?
        .into_iter()
        .flat_map(|waybill| waybill.sent)
    {
        *under_way.entry(line.item).or_default() += u64::from(line.quantity);
    }
    let mut rows = Vec::new();
    for (place, first) in until.first().into_iter().flatten().enumerate() {
        let here = shelves.get(&first.item).copied().unwrap_or(0);
        // The package is given where people arrive, and nowhere else.
        let expected = |day: usize| until[day].get(place).map_or(0, |need| need.expected);
        let needed = |day: usize| {
            if site.is_reception() {
                expected(day)
            } else {
                0
            }
        };
        if here == 0 && first.open == 0 && needed(until.len() - 1) == 0 {
            continue;
        }
        let coming = under_way.get(&first.item).copied().unwrap_or(0);
        let each: Vec<_> = (0..until.len())
            .map(|day| {
                let before = day.checked_sub(1).map_or(0, needed);
                let need = Band::exact(needed(day).saturating_sub(before)).permille(turnout);
                let owed = if day == 0 { first.open } else { 0 };
                let delivered = if day == 1 { coming } else { 0 };
                Ahead {
                    need: need.plus(Band::exact(owed)),
                    delivered: Band {
                        low: 0,
                        likely: delivered,
                        high: delivered,
                    },
                }
            })
            .collect();
        let found = outlook(Holding::Store(here), &each);
        rows.push(Row {
            site: site.id,
            site_name: site.name.clone(),
            item: first.item.clone(),
            here,
            open: first.open,
            under_way: coming,
            movements: movements.clone(),
            days: days.names(),
            short_earliest: days.at(found.short_earliest),
            short_likely: days.at(found.short_likely),
            short_latest: days.at(found.short_latest),
            short_by: found.short_by,
            lasts: Lasts {
                hard: found.short_earliest,
                likely: found.short_likely,
                easy: found.short_latest,
            },
            left: found.days,
        });
    }
    Ok(rows)
}
