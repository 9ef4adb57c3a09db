//! How many desks it takes: who waits and who comes, against how fast people were registered lately.

use domain::{Day, Moment, Site, SiteId};
use forecast::Band;
use forecast::queue::{Course, Queue, Shift, Wave, service_of};
use register::Register;
use register::board::Arriving;
use serde::Serialize;

use super::{Days, Span};
use crate::error::ReportError;

const MINUTE_MS: i64 = 60_000;
/// Nobody is to wait at six in the evening, when it gets dark in Haiti through most of the year …
const NIGHTFALL_HOUR: i8 = 18;
/// … or, where people come later, so long after the last of them came.
const AFTER_LAST_MIN: u32 = 120;

/// The queue of one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Desks {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// From when on it is told.
    pub as_of: Moment,
    /// People counted here and not registered.
    pub waiting: u64,
    /// People announced for the rest of this working day, in minutes from now.
    pub coming: Vec<Wave>,
    /// Colleagues who registered somebody within the last hour.
    pub desks: u32,
    /// Registrations out of which it is told how long one takes.
    pub seen: usize,
    /// How long one took, in milliseconds of one desk; none where too few were seen.
    pub service_ms: Option<Band>,
    /// When the last of today is served, with the desks of the last hour.
    pub last_served: Option<Ends>,
    /// How many desks each day takes.
    pub days: Vec<DeskDay>,
}

/// When the last person is served; none where that takes longer than a week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Ends {
    /// If everything falls the easy way.
    pub easy: Option<Moment>,
    /// As it looks.
    pub likely: Option<Moment>,
    /// If everything falls the hard way.
    pub hard: Option<Moment>,
}

/// What a day takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct DeskDay {
    /// The working day.
    pub day: Day,
    /// People to serve.
    pub people: Band,
    /// When nobody is to wait any more.
    pub by: Moment,
    /// How many desks that takes; none where it is not known how long one person takes.
    pub desks: Option<Needed>,
}

/// The fewest desks with which nobody waits at a time; none where no number is enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Needed {
    /// If everything falls the easy way.
    pub easy: Option<u32>,
    /// As it looks.
    pub likely: Option<u32>,
    /// If everything falls the hard way.
    pub hard: Option<u32>,
}

impl Desks {
    /// The queue of today with so many desks from now on, where one person takes so long, and so many
    /// come whom nobody announced.
    pub fn queue(&self, desks: u32, service_ms: Band, extra: u64) -> Queue {
        let here = Wave {
            at_min: 0,
            people: Band::exact(self.waiting.saturating_add(extra)),
        };
        queue(
            [here]
                .into_iter()
                .chain(self.coming.iter().copied())
                .collect(),
            desks,
            service_ms,
        )
    }

    /// When the last one of a queue that begins now is served.
    pub fn ends(&self, queue: &Queue) -> Ends {
        let end = |course| {
            let minute = queue.last_served(course)?;
            Some(self.as_of.plus_ms(i64::from(minute) * MINUTE_MS))
        };
        Ends {
            easy: end(Course::Easy),
            likely: end(Course::Likely),
            hard: end(Course::Hard),
        }
    }
}

fn queue(waves: Vec<Wave>, desks: u32, service_ms: Band) -> Queue {
    Queue {
        waves,
        shifts: vec![Shift { from_min: 0, desks }],
        service_ms,
    }
}

/// The queue of a site; none where nobody waits and nobody comes.
pub(super) fn of_site(
    register: &Register<'_>,
    site: &Site,
    days: &Days,
    turnout: Band,
) -> Result<Option<Desks>, ReportError> {
    let ground = register.on_the_ground(site.id)?;
    let waiting: u64 = ground
        .iter()
        .map(|one| {
            one.movement
                .headcount
                .unwrap_or(0)
                .max(one.met)
                .saturating_sub(one.registered)
        })
        .map(u64::from)
        .sum();
    let coming = register.arriving(site.id, days.end())?;
    if waiting == 0 && coming.is_empty() {
        return Ok(None);
    }
    let lately = register.served_lately(site.id, days.now)?;
    let people: u64 = coming
        .iter()
        .map(|one| u64::from(one.movement.announced))
        .sum();
    let service_ms = service_of(&lately.took_ms, waiting.saturating_add(people));
    let each = days.each.iter().enumerate();
    let each = each.map(|(number, span)| {
        let waiting = if number == 0 { waiting } else { 0 };
        day(
            site,
            days,
            span,
            waiting,
            &waves(days, number, &coming, turnout),
            service_ms,
        )
    });
    let mut desks = Desks {
        site: site.id,
        site_name: site.name.clone(),
        as_of: days.now,
        waiting,
        coming: waves(days, 0, &coming, turnout),
        desks: lately.clerks,
        seen: lately.took_ms.len(),
        service_ms,
        last_served: None,
        days: each.collect(),
    };
    desks.last_served = service_ms
        .filter(|_| desks.desks > 0)
        .map(|service_ms| desks.ends(&desks.queue(desks.desks, service_ms, 0)));
    Ok(Some(desks))
}

/// Who comes on a day, in minutes from its beginning, or from now where it is running.
fn waves(days: &Days, number: usize, coming: &[Arriving], turnout: Band) -> Vec<Wave> {
    let Some(start) = days.each.get(number).map(|span| span.from.max(days.now)) else {
        return Vec::new();
    };
    let of_day = coming.iter().map(|one| &one.movement);
    let of_day = of_day.filter(|one| days.holds(number, one.expected));
    of_day
        .map(|one| Wave {
            at_min: minutes(start, one.expected),
            people: Band::exact(u64::from(one.announced)).permille(turnout),
        })
        .collect()
}

fn minutes(from: Moment, to: Moment) -> u32 {
    u32::try_from((to.0 - from.0).max(0) / MINUTE_MS).unwrap_or(u32::MAX)
}

/// The next time that it gets dark.
fn nightfall(site: &Site, from: Moment) -> Option<Moment> {
    let today = site.date_of(from);
    let days = [today, today.tomorrow().unwrap_or(today)];
    let mut nights = days.into_iter().filter_map(|date| {
        let at = date
            .at(NIGHTFALL_HOUR, 0, 0, 0)
            .to_zoned_datetime(site.zone());
        Some(Moment::from(at.ok()?.timestamp()))
    });
    nights.find(|at| *at > from)
}

fn day(
    site: &Site,
    days: &Days,
    span: &Span,
    waiting: u64,
    coming: &[Wave],
    service_ms: Option<Band>,
) -> DeskDay {
    let start = span.from.max(days.now);
    let here = Wave {
        at_min: 0,
        people: Band::exact(waiting),
    };
    let last = coming.iter().map(|wave| wave.at_min).max();
    // After dark, nobody is to wait two hours from now either.
    let late = nightfall(site, start).is_none_or(|at| at >= span.until);
    let last = last
        .or(late.then_some(0))
        .map_or(0, |last| last + AFTER_LAST_MIN);
    let dark = nightfall(site, start).filter(|_| !late);
    let by_min = dark.map_or(0, |at| minutes(start, at)).max(last);
    let waves: Vec<_> = [here].into_iter().chain(coming.iter().copied()).collect();
    DeskDay {
        day: span.day,
        people: waves
            .iter()
            .fold(Band::exact(0), |sum, wave| sum.plus(wave.people)),
        by: start.plus_ms(i64::from(by_min) * MINUTE_MS),
        desks: service_ms.map(|service_ms| {
            let queue = queue(waves, 0, service_ms);
            Needed {
                easy: queue.desks_by(Course::Easy, by_min),
                likely: queue.desks_by(Course::Likely, by_min),
                hard: queue.desks_by(Course::Hard, by_min),
            }
        }),
    }
}
