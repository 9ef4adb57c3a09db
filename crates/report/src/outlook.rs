//! What comes to a site: when the last person will be served and how many desks would do it by nightfall,
//! what runs short when, and what other stores could send. Worked out from what is announced, what is on
//! the shelves, and what was seen here so far; every input is in the answer.

use domain::{ItemCode, Moment, MovementId, Onward, Site, SiteId};
use forecast::{
    Arriving, Day, Lane, Queue, Range, Served, Shortage, Store, desks_needed, moves, serve, share,
    shortage,
};
use register::Register;
use serde::Serialize;

use crate::error::ReportError;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// Service times are taken from so far back.
const SEEN_HOURS: i64 = 12;
/// Movements from which it is seen how many of those announced come.
const MOVEMENTS_SEEN: usize = 20;
/// A person takes so long where nothing was seen yet, in minutes: a registration with a few questions.
const MINUTES_UNSEEN: Range = Range {
    low: 4.0,
    likely: 6.0,
    high: 10.0,
};

/// What somebody wants to know.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Asked {
    /// With so many desks; as many as were seen at work without it.
    pub desks: Option<u32>,
    /// With so many minutes for each person; as was seen without it.
    pub minutes: Option<f64>,
    /// With so many people more than are announced, in an hour.
    pub extra: u32,
    /// By when everybody is to be served.
    pub by: Moment,
    /// So many days are looked ahead for goods, today included.
    pub days: u32,
}

/// A movement that is expected.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Coming {
    /// Which.
    pub movement: MovementId,
    /// Its name.
    pub designator: String,
    /// When.
    pub expected: Moment,
    /// How many are announced.
    pub announced: u32,
}

/// The queue.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct QueueOutlook {
    /// Who is here and not registered.
    pub waiting: u32,
    /// Who is to come by then.
    pub coming: Vec<Coming>,
    /// How many of those announced come, as seen.
    pub come: Range,
    /// From so many movements.
    pub movements_seen: usize,
    /// How many desks.
    pub desks: u32,
    /// How many were seen at work in the last hour.
    pub desks_seen: u32,
    /// How long one person takes, in minutes.
    pub minutes: Range,
    /// From so many people.
    pub people_seen: usize,
    /// Until then.
    pub by: Moment,
    /// If it goes well.
    pub best: Served,
    /// What is likely.
    pub likely: Served,
    /// If it goes badly.
    pub worst: Served,
    /// How many desks serve everybody by then: likely, and if it goes badly.
    pub needed: (Option<u32>, Option<u32>),
}

/// Goods of one kind.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ItemOutlook {
    /// Which.
    pub item: ItemCode,
    /// On the shelves.
    pub here: i64,
    /// Owed to people who are here.
    pub open: u64,
    /// What is needed by the end of each day.
    pub days: Vec<Day>,
    /// When it runs out.
    pub shortage: Option<Shortage>,
    /// What other stores could send.
    pub moves: Vec<Suggestion>,
}

/// So much from another site.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Suggestion {
    /// From there.
    pub from: SiteId,
    /// So many pieces.
    pub quantity: u32,
}

/// What comes to a site.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Outlook {
    /// Which.
    pub site: SiteId,
    /// As seen at this moment.
    pub at: Moment,
    /// The queue.
    pub queue: QueueOutlook,
    /// Goods, what runs out first first.
    pub items: Vec<ItemOutlook>,
}

/// Works out what comes to a site.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn outlook(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    asked: Asked,
) -> Result<Outlook, ReportError> {
    let come = come(register, site.id, now)?;
    Ok(Outlook {
        site: site.id,
        at: now,
        queue: queue(register, site, now, asked, &come)?,
        items: items(register, site, now, asked.days, come.0)?,
    })
}

/// How many of those announced come, and from how many movements that is known.
fn come(register: &Register<'_>, site: SiteId, now: Moment) -> Result<(Range, usize), ReportError> {
    let landed = register.landed(Some(site), Moment(i64::MIN), now)?;
    let seen: Vec<_> = landed
        .iter()
        .rev()
        .filter_map(|movement| Some((movement.announced, movement.headcount?)))
        .take(MOVEMENTS_SEEN)
        .collect();
    Ok((share(&seen), seen.len()))
}

fn minutes_until(now: Moment, then: Moment) -> u32 {
    u32::try_from((then.0 - now.0).max(0) / MINUTE_MS).unwrap_or(u32::MAX)
}

fn queue(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    asked: Asked,
    (come, movements_seen): &(Range, usize),
) -> Result<QueueOutlook, ReportError> {
    let seen = register.served_lately(site.id, now.plus_ms(-SEEN_HOURS * 60 * MINUTE_MS), now)?;
    let minutes = match asked.minutes {
        Some(minutes) => Range::exactly(minutes),
        None => Range::of_sample(&seen.minutes).unwrap_or(MINUTES_UNSEEN),
    };
    let ground = register.on_the_ground(site.id)?;
    let waiting: u32 = ground
        .iter()
        .map(|ground| {
            ground
                .movement
                .headcount
                .unwrap_or(0)
                .max(ground.met)
                .saturating_sub(ground.registered)
        })
        .sum();
    let arriving = register.arriving(site.id, asked.by)?;
    let coming: Vec<_> = arriving
        .into_iter()
        .map(|arriving| Coming {
            movement: arriving.movement.id,
            designator: arriving.movement.designator,
            expected: arriving.movement.expected,
            announced: arriving.movement.announced,
        })
        .collect();
    let desks = asked.desks.unwrap_or(seen.desks.max(1));
    let stands = |share: f64, minutes_each: f64| {
        let mut groups = vec![
            Arriving {
                in_min: 0,
                people: f64::from(waiting),
            },
            Arriving {
                in_min: 60,
                people: f64::from(asked.extra),
            },
        ];
        groups.extend(coming.iter().map(|coming| Arriving {
            in_min: minutes_until(now, coming.expected),
            people: f64::from(coming.announced) * share,
        }));
        Queue {
            arriving: groups,
            minutes_each,
            desks,
            close_in_min: None,
        }
    };
    let (best, likely, worst) = (
        stands(come.low, minutes.low),
        stands(come.likely, minutes.likely),
        stands(come.high, minutes.high),
    );
    let in_min = minutes_until(now, asked.by);
    Ok(QueueOutlook {
        waiting,
        come: *come,
        movements_seen: *movements_seen,
        desks,
        desks_seen: seen.desks,
        minutes,
        people_seen: seen.minutes.len(),
        by: asked.by,
        best: serve(&best),
        likely: serve(&likely),
        worst: serve(&worst),
        needed: (desks_needed(&likely, in_min), desks_needed(&worst, in_min)),
        coming,
    })
}

/// What is needed of each item by the end of each day, at a site.
fn needs(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    days: u32,
    come: Range,
) -> Result<Vec<(ItemCode, u64, Vec<Day>)>, ReportError> {
    let mut needed: Vec<(ItemCode, u64, Vec<Day>)> = Vec::new();
    for in_days in 0..days {
        let (_, end) = site.span_of(site.day_of(now.plus_ms(i64::from(in_days) * DAY_MS)));
        for need in register.needs(site.id, end)? {
            let place = needed
                .iter()
                .position(|(item, ..)| *item == need.item)
                .unwrap_or_else(|| {
                    needed.push((need.item.clone(), need.open, Vec::new()));
                    needed.len() - 1
                });
            let of = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            let expected = come.times(of(need.expected));
            let open = of(need.open);
            needed[place].2.push(Day {
                in_days,
                needed: Range {
                    low: open + expected.low,
                    likely: open + expected.likely,
                    high: open + expected.high,
                },
            });
        }
    }
    Ok(needed)
}

fn items(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    days: u32,
    come: Range,
) -> Result<Vec<ItemOutlook>, ReportError> {
    let shelf = |site: SiteId| register.balances(Some(site));
    let here = shelf(site.id)?;
    let mut items = Vec::new();
    let mut is_short = false;
    for (item, open, days) in needs(register, site, now, days, come)? {
        let here = here
            .iter()
            .find(|shelf| shelf.item == item)
            .map_or(0, |shelf| shelf.here);
        let shortage = shortage(whole(here), &days);
        is_short |= shortage.is_some();
        items.push(ItemOutlook {
            item,
            here,
            open,
            days,
            shortage,
            moves: Vec::new(),
        });
    }
    if is_short {
        suggest(register, site, now, &mut items)?;
    }
    items.sort_by_key(|item| {
        (
            item.shortage.map_or(u32::MAX, |shortage| shortage.earliest),
            item.item.clone(),
        )
    });
    Ok(items)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "shelves hold far fewer than 2^52 pieces"
)]
const fn whole(number: i64) -> f64 {
    number as f64
}

/// What other sites could send of what runs short here. A site to which nobody travels tonight neither
/// sends nor is sent to; a store gives before a reception does.
fn suggest(
    register: &Register<'_>,
    site: &Site,
    now: Moment,
    items: &mut [ItemOutlook],
) -> Result<(), ReportError> {
    let danger = register.danger()?;
    let is_cut_off = |site: &Site| {
        let area = site.area.as_ref();
        area.is_some_and(|area| danger.onward(area, now).0 == Onward::Stay)
    };
    if is_cut_off(site) {
        return Ok(());
    }
    let mut others = Vec::new();
    for other in register
        .sites()?
        .into_iter()
        .filter(|other| other.id != site.id && !is_cut_off(other))
    {
        let days = items.first().map_or(0, |item| item.days.len());
        let days = u32::try_from(days).unwrap_or(0);
        let needed = needs(register, &other, now, days, Range::exactly(1.0))?;
        let shelves = register.balances(Some(other.id))?;
        others.push((other, needed, shelves));
    }
    for item in items {
        let Some(short) = item.shortage else { continue };
        let spare = |(_, needed, shelves): &(
            Site,
            Vec<(ItemCode, u64, Vec<Day>)>,
            Vec<register::stock::OnShelf>,
        )| {
            let here = shelves
                .iter()
                .find(|shelf| shelf.item == item.item)
                .map_or(0, |shelf| shelf.here);
            let kept = needed.iter().find(|(code, ..)| *code == item.item);
            let kept = kept
                .and_then(|(_, _, days)| days.last())
                .map_or(0.0, |day| day.needed.high);
            pieces(whole(here) - kept)
        };
        let mut stores = vec![Store {
            spare: 0,
            missing: pieces(short.missing.high.ceil()),
        }];
        stores.extend(others.iter().map(|other| Store {
            spare: spare(other),
            missing: 0,
        }));
        let lanes: Vec<_> = others
            .iter()
            .enumerate()
            .map(|(place, (other, ..))| Lane {
                from: place + 1,
                to: 0,
                cost: if other.kind == domain::SiteKind::WAREHOUSE {
                    1.0
                } else {
                    3.0
                },
            })
            .collect();
        item.moves = moves(&stores, &lanes)
            .into_iter()
            .map(|one| Suggestion {
                from: others[one.from - 1].0.id,
                quantity: one.quantity,
            })
            .collect();
    }
    Ok(())
}

/// Whole pieces; none below nothing.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and a u32"
)]
fn pieces(number: f64) -> u32 {
    number.clamp(0.0, f64::from(u32::MAX)) as u32
}
