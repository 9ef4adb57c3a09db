//! What runs short when, at which site, and what could be moved: the register's numbers put to
//! [`forecast`]. What is needed the register says ([`Register::needs`], as for the board); how many of
//! those announced come is taken from the movements closed so far. Every row holds what it was
//! computed from.

use std::collections::BTreeMap;

use domain::{Day, ItemCode, Moment, MovementId, Site, SiteId, SiteKind, Stage};
use forecast::Band;
use forecast::cover::{Day as Ahead, Holding, Left, outlook as lasts, turnout};
use forecast::moving::{Site as Shelf, suggest};
use register::movements::MovementFilter;
use register::{Page, Register};
use serde::Serialize;

use crate::error::ReportError;

/// The movements closed last, out of which it is taken how many come.
const CLOSED_MAX: u32 = 200;

/// What lies ahead.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Outlook {
    /// How many come of those announced, and out of what that was taken.
    pub turnout: Turnout,
    /// Each item at each site that has it or needs it.
    pub rows: Vec<Row>,
    /// What could be moved so that less is short.
    pub moves: Vec<Suggestion>,
}

/// How many come of those announced.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Turnout {
    /// In thousandths. Where no movement was closed yet: all of them.
    pub permille: Band,
    /// Movements closed that it was taken from.
    pub movements: u32,
    /// People on their manifests.
    pub listed: u32,
    /// Of these, who did not come.
    pub no_shows: u32,
    /// Who came and was on none.
    pub unlisted: u32,
}

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
    /// The first short day if everything falls the hard way.
    pub short_earliest: Option<Day>,
    /// The first short day as it looks.
    pub short_likely: Option<Day>,
    /// The first short day even if everything falls the easy way.
    pub short_latest: Option<Day>,
    /// By how much it is short at worst, as it looks.
    pub short_by: u64,
}

/// Something to move.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Suggestion {
    /// What.
    pub item: ItemCode,
    /// How much.
    pub amount: u32,
    /// From where.
    pub from: SiteId,
    /// Its name.
    pub from_name: String,
    /// To where.
    pub to: SiteId,
    /// Its name.
    pub to_name: String,
}

impl Outlook {
    /// Only what concerns the site of a name; none where nothing does.
    #[must_use]
    pub fn of_site(mut self, name: &str) -> Option<Self> {
        self.rows.retain(|row| row.site_name == name);
        self.moves
            .retain(|one| one.from_name == name || one.to_name == name);
        (!self.rows.is_empty()).then_some(self)
    }
}

/// What lies ahead of every site, from an instant on, for so many days.
///
/// # Errors
/// When the register cannot be read.
pub fn outlook(register: &Register<'_>, now: Moment, days: usize) -> Result<Outlook, ReportError> {
    let turnout = turnout_so_far(register)?;
    let sites = register.sites()?;
    let mut rows = Vec::new();
    for site in &sites {
        rows.extend(of_site(register, site, now, days, turnout.permille)?);
    }
    let moves = moves(&sites, &rows);
    Ok(Outlook {
        turnout,
        rows,
        moves,
    })
}

fn turnout_so_far(register: &Register<'_>) -> Result<Turnout, ReportError> {
    let filter = MovementFilter {
        stages: vec![Stage::Closed],
        ..MovementFilter::default()
    };
    let mut seen = Turnout {
        permille: Band::exact(1000),
        movements: 0,
        listed: 0,
        no_shows: 0,
        unlisted: 0,
    };
    for row in register.movements(&filter, Page::first(CLOSED_MAX))?.rows {
        let balance = register.balance(row.movement.id)?;
        if balance.listed > 0 {
            seen.movements += 1;
            seen.listed += balance.listed;
            seen.no_shows += balance.no_show;
            seen.unlisted += balance.unlisted;
        }
    }
    if let Some(permille) = turnout(seen.listed, seen.no_shows, seen.unlisted) {
        seen.permille = permille;
    }
    Ok(seen)
}

fn of_site(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    days: usize,
    turnout: Band,
) -> Result<Vec<Row>, ReportError> {
    let shelves: BTreeMap<ItemCode, i64> = register
        .balances(Some(site.id))?
        .into_iter()
        .map(|shelf| (shelf.item, shelf.here))
        .collect();
    let mut day = site.day_of(now);
    let (mut ahead, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..days {
        let end = site.span_of(day).1;
        ahead.push(day);
        ends.push(end);
        day = site.day_of(end);
    }
    let last = ends.last().copied().unwrap_or(now);
    let movements: Vec<_> = register
        .arriving(site.id, last)?
        .into_iter()
        .map(|arriving| arriving.movement.id)
        .collect();
    // What is expected until the end of each day, of each item, in one order.
    let until = ends
        .iter()
        .map(|end| register.needs(site.id, *end))
        .collect::<Result<Vec<_>, _>>()?;
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
        let needed = |day: usize| until[day].get(place).map_or(0, |need| need.expected);
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
        let found = lasts(Holding::Store(here), &each);
        let day = |day: Option<usize>| day.and_then(|day| ahead.get(day)).copied();
        rows.push(Row {
            site: site.id,
            site_name: site.name.clone(),
            item: first.item.clone(),
            here,
            open: first.open,
            under_way: coming,
            movements: movements.clone(),
            days: ahead.clone(),
            short_earliest: day(found.short_earliest),
            short_likely: day(found.short_likely),
            short_latest: day(found.short_latest),
            short_by: found.short_by,
            left: found.days,
        });
    }
    Ok(rows)
}

/// What could be moved: from what is left over even in the hard course, to what is short as it looks.
/// No lane crosses a border; how far sites are apart is not on record, so every lane counts the same,
/// but that warehouses give first.
fn moves(sites: &[Site], rows: &[Row]) -> Vec<Suggestion> {
    let mut by_item: BTreeMap<&ItemCode, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_item.entry(&row.item).or_default().push(row);
    }
    let known = |id: SiteId| sites.iter().find(|site| site.id == id);
    let mut moves = Vec::new();
    for (item, rows) in by_item {
        let shelf = |row: &&Row| {
            let least = row.left.iter().map(|left| left.low).min().unwrap_or(0);
            Shelf {
                spare: u32::try_from(least.max(0)).unwrap_or(u32::MAX),
                short: u32::try_from(row.short_by).unwrap_or(u32::MAX),
            }
        };
        let shelves: Vec<_> = rows.iter().map(shelf).collect();
        let lane = |from: &Row, to: &Row| {
            let (from, to) = (known(from.site)?, known(to.site)?);
            // A warehouse is there to give; what lies where people arrive is better left there.
            let cost = if from.kind == SiteKind::WAREHOUSE {
                1
            } else {
                2
            };
            (from.country == to.country).then_some(cost)
        };
        let costs: Vec<Vec<_>> = rows
            .iter()
            .map(|from| rows.iter().map(|to| lane(from, to)).collect())
            .collect();
        // Where none can be found, shortages stand there all the same.
        let found = suggest(&shelves, &costs).unwrap_or_default();
        moves.extend(found.into_iter().map(|one| Suggestion {
            item: item.clone(),
            amount: one.amount,
            from: rows[one.from].site,
            from_name: rows[one.from].site_name.clone(),
            to: rows[one.to].site,
            to_name: rows[one.to].site_name.clone(),
        }));
    }
    moves
}
