//! Whether the goods last. How fast they go the register says ([`register::stock::Pace`]), as it does
//! for the board; beside it stands what is in stock less what is owed to people who are here and
//! needed for those who are announced.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ItemCode, Moment};
use register::Register;
use register::stock::{GoodsAsked, Pace, PaceDays};

use crate::error::ReportError;
use crate::sitrep::{ExpectedRow, Scope, StockRow, WaybillRow};
use crate::window::Places;

/// How far ahead people announced are counted.
const AHEAD_MS: i64 = 7 * 86_400_000;

/// What moved at a site, as far as a report asks.
pub(crate) struct SiteGoods {
    /// The balance of every item that ever moved there.
    balances: BTreeMap<ItemCode, i64>,
    /// How fast each goes.
    paces: BTreeMap<ItemCode, Pace>,
}

/// What moved at each of the sites covered.
pub(crate) fn goods(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<SiteGoods>, ReportError> {
    let sites = places.covered().iter();
    let days: Vec<_> = sites
        .clone()
        .map(|site| PaceDays::before(site, scope.cut_off))
        .collect();
    let asked = sites.zip(&days).map(|(site, days)| GoodsAsked {
        site: site.id,
        bounds: days.bounds().to_vec(),
    });
    let moved = register.goods(&asked.collect::<Vec<_>>())?;
    let goods = days.iter().zip(moved).map(|(days, moved)| SiteGoods {
        balances: moved.balances,
        paces: days.paces(&moved.given),
    });
    Ok(goods.collect())
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
        let needs = register.needs(site.id, scope.cut_off.plus_ms(AHEAD_MS))?;
        for (item, here) in shelves {
            let pace = goods.paces.get(item).copied().unwrap_or_default();
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
