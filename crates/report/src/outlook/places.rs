//! How many places a site has left: camps, shelters, transit centres that hold so many people and no
//! more. Who is there now is the last headcount with an end, and what came and left since.

use domain::{Day, Moment, Movement, Site, SiteId, Stage};
use figures::Options;
use forecast::Band;
use forecast::cover::{Day as Ahead, Holding, Left, outlook};
use register::movements::MovementFilter;
use register::{Page, Register};
use serde::Serialize;

use super::Days;
use crate::balance::{Held, Span, balances};
use crate::error::ReportError;

/// The places of one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Places {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// How many people it holds.
    pub capacity: u32,
    /// How many are there.
    pub here: Span,
    /// Since when that is so by our balance: the last headcount, or what came or left since.
    pub as_of: Moment,
    /// The days, the one that is running first.
    pub days: Vec<Day>,
    /// Places left at the end of each; less than none are people without a place.
    pub left: Vec<Left>,
    /// The first full day if everything falls the hard way.
    pub short_earliest: Option<Day>,
    /// The first full day as it looks.
    pub short_likely: Option<Day>,
    /// The first full day even if everything falls the easy way.
    pub short_latest: Option<Day>,
}

/// Every site of which it is known how many it holds and how many are there.
pub(super) fn of_sites(
    register: &Register<'_>,
    sites: &[Site],
    now: Moment,
    days: usize,
    turnout: Band,
) -> Result<Vec<Places>, ReportError> {
    let holding: Vec<_> = sites
        .iter()
        .filter_map(|site| Some((site, site.capacity?)))
        .collect();
    if holding.is_empty() {
        return Ok(Vec::new());
    }
    let balances = balances(register, Options::default())?;
    let filter = MovementFilter {
        stages: vec![Stage::Announced, Stage::Departed],
        ..MovementFilter::default()
    };
    let coming = register.movements(&filter, Page::first(u32::MAX))?.rows;
    let mut places = Vec::new();
    for (site, capacity) in holding {
        let balance = balances.sites.iter().find(|one| one.site == site.id);
        let Some(Held { at, people }) = balance.and_then(|balance| balance.held_now(now)) else {
            continue;
        };
        let days = Days::of(site, now, days);
        let each: Vec<_> = (0..days.each.len())
            .map(|number| {
                let announced = |is_meant: &dyn Fn(&Movement) -> bool| -> u64 {
                    let rows = coming.iter().map(|row| &row.movement);
                    rows.filter(|one| days.holds(number, one.expected) && is_meant(one))
                        .map(|one| u64::from(one.announced))
                        .sum()
                };
                let came = announced(&|one| one.destination == site.id);
                // Who departed is not there any more by the balance.
                let left = announced(&|one| one.origin == site.id && one.stage == Stage::Announced);
                let unsure = if number == 0 {
                    Band {
                        low: 0,
                        likely: half(people),
                        high: width(people),
                    }
                } else {
                    Band::exact(0)
                };
                Ahead {
                    need: Band::exact(came).permille(turnout).plus(unsure),
                    delivered: Band {
                        low: 0,
                        likely: left,
                        high: left,
                    },
                }
            })
            .collect();
        let found = outlook(Holding::Store(i64::from(capacity) - people.low), &each);
        places.push(Places {
            site: site.id,
            site_name: site.name.clone(),
            capacity,
            here: people,
            as_of: at,
            days: days.names(),
            short_earliest: days.at(found.short_earliest),
            short_likely: days.at(found.short_likely),
            short_latest: days.at(found.short_latest),
            left: found.days,
        });
    }
    Ok(places)
}

fn width(people: Span) -> u64 {
    people.high.saturating_sub(people.low).unsigned_abs()
}

/// Between two bounds of a count neither is likelier: the middle.
fn half(people: Span) -> u64 {
    width(people) / 2
}
