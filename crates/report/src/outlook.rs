//! What lies ahead: how long goods last at which site and what could be moved, how many places a site has
//! left, and how many desks it takes to serve who comes. The register's numbers put to [`forecast`]; how
//! many of those announced come is taken from the movements closed so far. Every row holds what it was
//! computed from.

mod desks;
mod goods;
mod moves;
mod places;

use domain::{Day, Moment, Site};
use forecast::Band;
use forecast::cover::turnout;
use register::Register;
use serde::Serialize;

use crate::error::ReportError;

pub use self::desks::{DeskDay, Desks, Ends, Needed};
pub use self::goods::{Lasts, Row};
pub use self::moves::{Suggestion, Suggestions};
pub use self::places::Places;

/// The movements closed last, out of which it is taken how many come.
const CLOSED_MAX: u32 = 200;
/// So many on their manifests say enough: more would be of times long past, and take long to count.
const LISTED_ENOUGH: u32 = 5_000;

/// What lies ahead.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Outlook {
    /// How many come of those announced, and out of what that was taken.
    pub turnout: Turnout,
    /// Each item at each site that has it or needs it.
    pub rows: Vec<Row>,
    /// What could be moved so that less is short.
    #[serde(flatten)]
    pub suggestions: Suggestions,
    /// Sites that hold so many people and no more.
    pub places: Vec<Places>,
    /// The queue of each site at which people wait or to which they come.
    pub desks: Vec<Desks>,
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

/// The days ahead of a site, each with the moments it lasts.
struct Days {
    now: Moment,
    each: Vec<Span>,
}

struct Span {
    day: Day,
    from: Moment,
    until: Moment,
}

impl Days {
    fn of(site: &Site, now: Moment, number: usize) -> Self {
        let mut day = site.day_of(now);
        let mut each = Vec::with_capacity(number);
        for _ in 0..number {
            let (from, until) = site.span_of(day);
            each.push(Span { day, from, until });
            day = site.day_of(until);
        }
        Self { now, each }
    }

    fn end(&self) -> Moment {
        self.each.last().map_or(self.now, |day| day.until)
    }

    /// Whether an instant is of a day; one that is past, and still to come, is of the first.
    fn holds(&self, number: usize, at: Moment) -> bool {
        let day = self.each.get(number);
        day.is_some_and(|day| at < day.until && (at >= day.from || number == 0))
    }

    fn names(&self) -> Vec<Day> {
        self.each.iter().map(|day| day.day).collect()
    }

    fn at(&self, number: Option<usize>) -> Option<Day> {
        Some(self.each.get(number?)?.day)
    }
}

impl Outlook {
    /// Only what concerns the site of a name; none where nothing does.
    #[must_use]
    pub fn of_site(mut self, name: &str) -> Option<Self> {
        self.rows.retain(|row| row.site_name == name);
        self.places.retain(|row| row.site_name == name);
        self.desks.retain(|row| row.site_name == name);
        self.suggestions
            .moves
            .retain(|one| one.from_name == name || one.to_name == name);
        let is_known = !(self.rows.is_empty() && self.places.is_empty() && self.desks.is_empty());
        is_known.then_some(self)
    }
}

/// What lies ahead of every site, from an instant on, for so many days.
///
/// # Errors
/// When the register cannot be read.
pub fn outlook(register: &Register<'_>, now: Moment, days: usize) -> Result<Outlook, ReportError> {
    let turnout = turnout_so_far(register)?;
    let sites = register.sites()?;
    let (mut rows, mut desks) = (Vec::new(), Vec::new());
    for site in &sites {
        let days = Days::of(site, now, days);
        rows.extend(goods::of_site(register, site, &days, turnout.permille)?);
        if site.is_reception() {
            desks.extend(desks::of_site(register, site, &days, turnout.permille)?);
        }
    }
    Ok(Outlook {
        turnout,
        suggestions: moves::moves(&sites, &rows, &register.danger()?, now),
        places: places::of_sites(register, &sites, now, days, turnout.permille)?,
        rows,
        desks,
    })
}

/// What runs short at one site, and what could be moved there, as [`outlook`] says both. Other sites are looked
/// at only where something is missing here.
///
/// # Errors
/// When the register cannot be read.
pub fn short_at(
    register: &Register<'_>,
    here: &Site,
    now: Moment,
    days: usize,
) -> Result<(Vec<Row>, Suggestions), ReportError> {
    let turnout = turnout_so_far(register)?.permille;
    let goods = |site| goods::of_site(register, site, &Days::of(site, now, days), turnout);
    let mut rows = goods(here)?;
    let is_missing = rows.iter().any(|row| row.short_by > 0);
    let found = if is_missing {
        let sites = register.sites()?;
        // In the order of sites, as `outlook` has them: which of two equal moves is said hangs on that.
        let mut all = Vec::new();
        for site in &sites {
            all.extend(goods(site)?);
        }
        let mut found = moves::moves(&sites, &all, &register.danger()?, now);
        found.moves.retain(|one| one.to == here.id);
        found
    } else {
        Suggestions::default()
    };
    rows.retain(Row::is_short);
    Ok((rows, found))
}

fn turnout_so_far(register: &Register<'_>) -> Result<Turnout, ReportError> {
    let mut seen = Turnout {
        permille: Band::exact(1000),
        movements: 0,
        listed: 0,
        no_shows: 0,
        unlisted: 0,
    };
    for movement in register.closed_with_manifest(CLOSED_MAX)? {
        if seen.listed >= LISTED_ENOUGH {
            break;
        }
        let balance = register.balance(movement)?;
        seen.movements += 1;
        seen.listed += balance.listed;
        seen.no_shows += balance.no_show;
        seen.unlisted += balance.unlisted;
    }
    if let Some(permille) = turnout(seen.listed, seen.no_shows, seen.unlisted) {
        seen.permille = permille;
    }
    Ok(seen)
}
