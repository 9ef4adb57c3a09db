//! Whether the goods last. The method, as the report states it: what is in stock divided by what
//! was given a day on average over the last working days with gifts of that item, at most seven of
//! them and none older than four weeks; and, beside it, what is in stock less what is owed to people
//! who are here and needed for those who are announced.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Day, ItemCode, Moment, Site};
use register::Register;
use register::stock::OnShelf;

use crate::error::ReportError;
use crate::sitrep::{ExpectedRow, Scope, StockRow, WaybillRow};
use crate::window::Places;

/// Most days of gifts that the pace is taken from.
const DAYS_WITH_GIFTS_MAX: u32 = 7;
/// How many weeks back such days are looked for.
const WEEKS_BACK_MAX: u32 = 4;
/// How far ahead people announced are counted.
const AHEAD_MS: i64 = 7 * 86_400_000;

/// Stock and cover of every item at the sites covered.
pub(crate) fn stock(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<StockRow>, ReportError> {
    let mut rows = Vec::new();
    for site in places.covered() {
        let mut balances = register.balances(Some(site.id))?;
        let stocked: BTreeSet<ItemCode> = register
            .items()?
            .into_iter()
            .filter(|item| item.stocked)
            .map(|item| item.code)
            .collect();
        balances.retain(|shelf| stocked.contains(&shelf.item));
        if balances.is_empty() {
            continue;
        }
        let paces = paces(register, site, &balances, scope.cut_off)?;
        let needs = register.cover(site.id, scope.cut_off, scope.cut_off.plus_ms(AHEAD_MS))?;
        for shelf in balances {
            let pace = paces.get(&shelf.item).copied().unwrap_or_default();
            let need = needs.iter().find(|need| need.item == shelf.item);
            let owed_here = need.map_or(0, |need| need.open);
            let needed_for_expected = need.map_or(0, |need| need.expected);
            let promised = owed_here.saturating_add(needed_for_expected);
            rows.push(StockRow {
                site: site.name.clone(),
                item: shelf.item,
                in_stock: shelf.here,
                given_lately: pace.given,
                days_with_gifts: pace.days,
                cover_days_tenths: pace.cover_tenths(shelf.here),
                owed_here,
                needed_for_expected,
                left_over: shelf
                    .here
                    .saturating_sub(i64::try_from(promised).unwrap_or(i64::MAX)),
            });
        }
    }
    Ok(rows)
}

/// How much of an item was given on the last days with gifts of it.
#[derive(Clone, Copy, Default)]
struct Pace {
    given: u64,
    days: u32,
}

impl Pace {
    /// How long a stock lasts, in tenths of a day, rounded down.
    fn cover_tenths(self, stock: i64) -> Option<i64> {
        let given = i64::try_from(self.given).ok().filter(|given| *given > 0)?;
        Some(stock.max(0).saturating_mul(10 * i64::from(self.days)) / given)
    }
}

fn paces(
    register: &Register<'_>,
    site: &Site,
    shelves: &[OnShelf],
    cut_off: Moment,
) -> Result<BTreeMap<ItemCode, Pace>, ReportError> {
    let mut paces: BTreeMap<ItemCode, Pace> = BTreeMap::new();
    let mut last = site.day_of(cut_off.plus_ms(-1));
    for _ in 0..WEEKS_BACK_MAX {
        // A week at a time: most items were given every day, and then one is enough.
        let week = week_up_to(last);
        let opens = week.iter().map(|day| site.span_of(*day).0.min(cut_off));
        let closes = site.span_of(last).1.min(cut_off);
        let bounds: Vec<_> = opens.chain([closes]).collect();
        for day in register.given_in_spans(site.id, &bounds)?.into_iter().rev() {
            for (item, given) in day {
                let pace = paces.entry(item).or_default();
                if given > 0 && pace.days < DAYS_WITH_GIFTS_MAX {
                    pace.days += 1;
                    pace.given += given;
                }
            }
        }
        let known = |shelf: &OnShelf| {
            let pace = paces.get(&shelf.item);
            pace.is_some_and(|pace| pace.days == DAYS_WITH_GIFTS_MAX)
        };
        let before = week.first().and_then(|day| day.0.yesterday().ok());
        match before {
            Some(before) if !shelves.iter().all(known) => last = Day(before),
            _ => break,
        }
    }
    Ok(paces)
}

/// The seven days that end with this one, in order; fewer where the calendar begins.
fn week_up_to(last: Day) -> Vec<Day> {
    let mut days = vec![last];
    while let (true, Ok(before)) = (days.len() < 7, days[days.len() - 1].0.yesterday()) {
        days.push(Day(before));
    }
    days.reverse();
    days
}

/// Goods under way to the sites covered.
pub(crate) fn waybills(
    register: &Register<'_>,
    places: &Places,
) -> Result<Vec<WaybillRow>, ReportError> {
    let mut rows = Vec::new();
    for site in places.covered() {
        for waybill in register.open_waybills(Some(site.id))? {
            rows.push(WaybillRow {
                number: waybill.number,
                from_site: waybill.origin.map(|origin| places.name(origin)),
                to_site: site.name.clone(),
                sent_at: waybill.sent_at,
                lines: waybill.sent,
            });
        }
    }
    rows.sort_by(|one, other| (one.sent_at, &one.number).cmp(&(other.sent_at, &other.number)));
    Ok(rows)
}

/// Movements to the sites covered that are not here yet.
pub(crate) fn expected(
    register: &Register<'_>,
    places: &Places,
    cut_off: Moment,
) -> Result<Vec<ExpectedRow>, ReportError> {
    let mut rows = Vec::new();
    for site in places.covered() {
        for arriving in register.arriving(site.id, cut_off.plus_ms(AHEAD_MS))? {
            rows.push(ExpectedRow {
                movement: arriving.movement.id,
                designator: arriving.movement.designator,
                to_site: site.name.clone(),
                expected: arriving.movement.expected,
                announced: arriving.movement.announced,
            });
        }
    }
    rows.sort_by_key(|row| (row.expected, row.movement));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn cover_is_stock_over_the_mean_of_the_days_with_gifts() {
        let pace = Pace {
            given: 300,
            days: 2,
        };
        assert_eq!(pace.cover_tenths(640), Some(42));
        assert_eq!(pace.cover_tenths(0), Some(0));
        assert_eq!(pace.cover_tenths(-3), Some(0));
        assert_eq!(Pace::default().cover_tenths(640), None);
    }
}
