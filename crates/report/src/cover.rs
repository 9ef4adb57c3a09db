//! Whether the goods last. The method, as the report states it: what is in stock divided by what
//! was given a day on average over the last working days with gifts of that item, at most seven of
//! them and none older than four weeks; and, beside it, what is in stock less what is owed to people
//! who are here and needed for those who are announced.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Day, ItemCode, Moment};
use register::Register;
use register::stock::GoodsAsked;

use crate::error::ReportError;
use crate::sitrep::{ExpectedRow, Scope, StockRow, WaybillRow};
use crate::window::Places;

/// Most days of gifts that the pace is taken from.
const DAYS_WITH_GIFTS_MAX: u32 = 7;
/// How many days back such days are looked for.
const DAYS_BACK_MAX: u32 = 28;
/// How far ahead people announced are counted.
const AHEAD_MS: i64 = 7 * 86_400_000;

/// What moved at a site, as far as a report asks.
pub(crate) struct SiteGoods {
    /// The balance of every item that ever moved there.
    balances: BTreeMap<ItemCode, i64>,
    /// How much of each item was given in the days of the report.
    pub(crate) given_in_period: BTreeMap<ItemCode, u64>,
    /// How much was given on each of the last days before the cut-off, the newest first.
    given_lately: Vec<BTreeMap<ItemCode, u64>>,
}

/// What moved at each of the sites covered.
pub(crate) fn goods(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<SiteGoods>, ReportError> {
    let asked: Vec<_> = places
        .covered()
        .iter()
        .flat_map(|site| {
            let to = site.span_of(scope.to).1.min(scope.cut_off);
            let period = vec![site.span_of(scope.from).0.min(to), to];
            let last = site.day_of(scope.cut_off.plus_ms(-1));
            let opens = days_up_to(last).into_iter().map(|day| site.span_of(day).0);
            let closes = site.span_of(last).1;
            let bounds = opens.chain([closes]).map(|at| at.min(scope.cut_off));
            [period, bounds.collect()].map(|bounds| GoodsAsked {
                site: site.id,
                bounds,
            })
        })
        .collect();
    let mut counted = register.goods(&asked)?.into_iter();
    let mut goods = Vec::new();
    while let (Some(period), Some(lately)) = (counted.next(), counted.next()) {
        goods.push(SiteGoods {
            balances: period.balances,
            given_in_period: period.given.into_iter().next().unwrap_or_default(),
            given_lately: lately.given.into_iter().rev().collect(),
        });
    }
    Ok(goods)
}

/// Stock and cover of every item at the sites covered, out of what moved there.
pub(crate) fn stock(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
    goods: &[SiteGoods],
) -> Result<Vec<StockRow>, ReportError> {
    let stocked: BTreeSet<ItemCode> = register
        .items()?
        .into_iter()
        .filter(|item| item.stocked)
        .map(|item| item.code)
        .collect();
    let mut rows = Vec::new();
    for (site, goods) in places.covered().iter().zip(goods) {
        let shelves: Vec<_> = goods
            .balances
            .iter()
            .filter(|(item, _)| stocked.contains(*item))
            .collect();
        if shelves.is_empty() {
            continue;
        }
        let paces = paces(&goods.given_lately);
        let needs = register.needs(site.id, scope.cut_off.plus_ms(AHEAD_MS))?;
        for (item, here) in shelves {
            let pace = paces.get(item).copied().unwrap_or_default();
            let need = needs.iter().find(|need| need.item == *item);
            let owed_here = need.map_or(0, |need| need.open);
            let needed_for_expected = need.map_or(0, |need| need.expected);
            let promised = owed_here.saturating_add(needed_for_expected);
            rows.push(StockRow {
                site: site.name.clone(),
                item: item.clone(),
                in_stock: *here,
                given_lately: pace.given,
                days_with_gifts: pace.days,
                cover_days_tenths: pace.cover_tenths(*here),
                owed_here,
                needed_for_expected,
                left_over: here.saturating_sub(i64::try_from(promised).unwrap_or(i64::MAX)),
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

/// The pace of each item out of what was given day by day, the newest day first.
fn paces(days: &[BTreeMap<ItemCode, u64>]) -> BTreeMap<ItemCode, Pace> {
    let mut paces: BTreeMap<ItemCode, Pace> = BTreeMap::new();
    for (item, given) in days.iter().flatten() {
        let pace = paces.entry(item.clone()).or_default();
        if *given > 0 && pace.days < DAYS_WITH_GIFTS_MAX {
            pace.days += 1;
            pace.given += given;
        }
    }
    paces
}

/// The days among which those with gifts are looked for, in order; the last is this one.
fn days_up_to(last: Day) -> Vec<Day> {
    let mut days = vec![last];
    for _ in 1..DAYS_BACK_MAX {
        let Ok(before) = days[days.len() - 1].0.yesterday() else {
            break;
        };
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
