//! A balance for each site and for the operation: how many were there at first, came, left, are there
//! by the last count, and are not accounted for. Headcounts are stated figures and reach as far as they
//! were stated; what came and left is what Akèy's movements say. Interval arithmetic does the rest.

use std::collections::BTreeMap;

use domain::{Figure, StatedFigure};
use domain::{
    LegalBasis, Moment, Movement, MovementId, Screened, ScreenedBefore, ScreenedCounts, Site,
    SiteId, Stage,
};
use figures::{Interval, Options};
use register::movements::{MovementFilter, ToldBefore};
use register::{Page, Register};
use serde::Serialize;

use crate::error::ReportError;
use crate::stated;

const DAY_MS: i64 = 86_400_000;

/// Whole numbers from one to another, below nothing too: a difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Span {
    /// At least.
    pub low: i64,
    /// At most.
    pub high: i64,
}

impl Span {
    /// Nothing.
    pub const ZERO: Self = Self { low: 0, high: 0 };

    fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_sub(other.high),
            high: self.high.saturating_sub(other.low),
        }
    }
}

/// A headcount of a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Headcount {
    /// What was stated.
    pub stated: StatedFigure,
    /// Its first instant: of the minute where that was said, of the day where it was not.
    pub from: Moment,
    /// Its last.
    pub until: Moment,
    /// At least.
    pub low: i64,
    /// At most; none where no end was said.
    pub high: Option<i64>,
}

/// A change of how many people are at a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// More, or fewer.
    pub change: i64,
    /// By which movement.
    pub movement: MovementId,
}

/// How many people a site holds from a moment on, by our balance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Held {
    /// When.
    pub at: Moment,
    /// How many.
    pub people: Span,
}

/// The balance of one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SiteBalance {
    /// The site.
    pub site: SiteId,
    /// Every headcount, in the order of time.
    pub headcounts: Vec<Headcount>,
    /// What came and left, in the order of time.
    pub steps: Vec<Step>,
    /// The number of [`Self::headcounts`] that the balance begins with: the first with an end.
    pub opening: Option<usize>,
    /// The last such one, where it is another.
    pub closing: Option<usize>,
    /// Who came, of all movements.
    pub came: i64,
    /// Who left, of all movements.
    pub left: i64,
    /// Who is to be there at the last count, by the first count and what came and left between.
    pub expected: Option<Span>,
    /// Who is not: expected and not counted. Below nothing: counted and not expected.
    pub unaccounted: Option<Span>,
    /// The same, with every number as it was said.
    pub unaccounted_said: Option<i64>,
    /// Our balance over time.
    pub held: Vec<Held>,
}

/// All people who were moved from one site to another on one legal basis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Flow {
    /// From.
    pub from: SiteId,
    /// To.
    pub to: SiteId,
    /// On what legal basis.
    pub legal_basis: LegalBasis,
    /// The movements.
    pub movements: Vec<MovementId>,
    /// People counted on arrival; of movements under way those announced.
    pub people: i64,
    /// Of these, under way.
    pub under_way: i64,
    /// Screening before, as far as numbers were said of these movements; each a sum.
    pub screening: ScreenedCounts,
    /// What the people themselves said at the desk, each a number of people.
    pub told: BTreeMap<ScreenedBefore, u32>,
    /// Movements of which it is said that screening was done, not offered, or nothing.
    pub said: BTreeMap<&'static str, u32>,
}

/// The balances of all sites, and what goes between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Balances {
    /// Of every site at which anything is known.
    pub sites: Vec<SiteBalance>,
    /// What went between them.
    pub flows: Vec<Flow>,
}

/// Balances every site.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn balances(register: &Register<'_>, options: Options) -> Result<Balances, ReportError> {
    let figures = register.stated_figures()?;
    let movements = register.movements(&MovementFilter::default(), Page::first(u32::MAX))?;
    let movements: Vec<Movement> = movements.rows.into_iter().map(|row| row.movement).collect();
    let sites = register.sites()?;
    let of_site = |site: &Site| SiteBalance::of(site, &figures, &movements, options);
    Ok(Balances {
        sites: sites.iter().filter_map(of_site).collect(),
        flows: flows(&movements, &register.told_before(None)?),
    })
}

/// People who left, and have or have not arrived.
fn moved(movement: &Movement) -> Option<i64> {
    match movement.stage {
        Stage::Announced | Stage::Cancelled => None,
        Stage::Departed => Some(i64::from(movement.announced)),
        Stage::Landed | Stage::Closed => movement.headcount.map(i64::from),
    }
}

fn flows(movements: &[Movement], told: &ToldBefore) -> Vec<Flow> {
    let mut flows: BTreeMap<(SiteId, SiteId, LegalBasis), Flow> = BTreeMap::new();
    for movement in movements {
        let Some(people) = moved(movement) else {
            continue;
        };
        let key = (
            movement.origin,
            movement.destination,
            movement.legal_basis.clone(),
        );
        let flow = flows.entry(key).or_insert_with(|| Flow {
            from: movement.origin,
            to: movement.destination,
            legal_basis: movement.legal_basis.clone(),
            movements: Vec::new(),
            people: 0,
            under_way: 0,
            screening: ScreenedCounts::default(),
            told: BTreeMap::new(),
            said: BTreeMap::new(),
        });
        flow.movements.push(movement.id);
        flow.people += people;
        if movement.stage == Stage::Departed {
            flow.under_way += people;
        }
        let sum = |one: Option<u32>, other: Option<u32>| match (one, other) {
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        };
        for (answer, people) in told.get(&movement.id).into_iter().flatten() {
            *flow.told.entry(*answer).or_default() += people;
        }
        if let Some(counts) = movement.screening {
            flow.screening = ScreenedCounts {
                offered: sum(flow.screening.offered, counts.offered),
                asked: sum(flow.screening.asked, counts.asked),
                done: sum(flow.screening.done, counts.done),
                refused: sum(flow.screening.refused, counts.refused),
            };
        }
        let said = match (movement.screening, movement.screened_before) {
            (Some(_), _) => "counted",
            (None, Screened::NotKnown) => "not_known",
            (None, Screened::NotOffered) => "not_offered",
            (None, Screened::Done) => "done",
        };
        *flow.said.entry(said).or_default() += 1;
    }
    flows.into_values().collect()
}

impl SiteBalance {
    fn of(
        site: &Site,
        figures: &[Figure],
        movements: &[Movement],
        options: Options,
    ) -> Option<Self> {
        let mut headcounts: Vec<_> = figures
            .iter()
            .filter(|figure| figure.withdrawn.is_none())
            .map(|figure| &figure.stated)
            .filter(|stated| stated.site == Some(site.id) && stated.is_headcount())
            .map(|stated| headcount(site, stated, options))
            .collect();
        headcounts.sort_by_key(|headcount| (headcount.from, headcount.until));
        let mut steps: Vec<_> = movements
            .iter()
            .filter_map(|movement| step(site.id, movement))
            .collect();
        steps.sort_by_key(|step| (step.at, step.movement));
        if headcounts.is_empty() && steps.is_empty() {
            return None;
        }
        let has_end = |headcount: &Headcount| headcount.high.is_some();
        let opening = headcounts.iter().position(has_end);
        let closing = headcounts
            .iter()
            .rposition(has_end)
            .filter(|closing| Some(*closing) != opening);
        let sum = |way: fn(i64) -> i64| steps.iter().map(|step| way(step.change)).sum();
        let mut balance = Self {
            site: site.id,
            came: sum(|change| change.max(0)),
            left: sum(|change| -change.min(0)),
            headcounts,
            steps,
            opening,
            closing,
            expected: None,
            unaccounted: None,
            unaccounted_said: None,
            held: Vec::new(),
        };
        balance.settle();
        Some(balance)
    }

    fn settle(&mut self) {
        let Some(opening) = self.opening.map(|place| self.headcounts[place].clone()) else {
            return;
        };
        let span = |headcount: &Headcount| Span {
            low: headcount.low,
            high: headcount.high.unwrap_or(headcount.low),
        };
        self.held = self.over_time(&opening, span(&opening));
        let Some(closing) = self.closing.map(|place| self.headcounts[place].clone()) else {
            return;
        };
        let between = self.between(&opening, &closing);
        let expected = span(&opening).plus(between);
        self.expected = Some(expected);
        self.unaccounted = Some(expected.minus(span(&closing)));
        let said = |headcount: &Headcount| i64::try_from(headcount.stated.low).unwrap_or(i64::MAX);
        let certain = self
            .steps
            .iter()
            .filter(|step| step.at > opening.until && step.at <= closing.until);
        let certain: i64 = certain.map(|step| step.change).sum();
        self.unaccounted_said = Some(said(&opening) + certain - said(&closing));
    }

    /// What came less what left between two counts. What happened while a count was valid may have been
    /// before it or after.
    fn between(&self, opening: &Headcount, closing: &Headcount) -> Span {
        let mut sum = Span::ZERO;
        for step in &self.steps {
            let may_be_before = step.at <= opening.until;
            let may_be_after = step.at >= closing.from;
            if step.at < opening.from || step.at > closing.until {
                continue;
            }
            let change = if may_be_before || may_be_after {
                Span {
                    low: step.change.min(0),
                    high: step.change.max(0),
                }
            } else {
                Span {
                    low: step.change,
                    high: step.change,
                }
            };
            sum = sum.plus(change);
        }
        sum
    }

    /// How many are there now: the last headcount with an end, and what came and left since.
    pub fn held_now(&self, now: Moment) -> Option<Held> {
        let counted = self.closing.or(self.opening);
        let last = &self.headcounts[counted?];
        let people = Span {
            low: last.low,
            high: last.high.unwrap_or(last.low),
        };
        let held = self.over_time(last, people);
        held.into_iter().rfind(|held| held.at <= now)
    }

    fn over_time(&self, opening: &Headcount, people: Span) -> Vec<Held> {
        let mut held = vec![Held {
            at: opening.from,
            people,
        }];
        let mut people = people;
        for step in self.steps.iter().filter(|step| step.at >= opening.from) {
            let change = if step.at <= opening.until {
                Span {
                    low: step.change.min(0),
                    high: step.change.max(0),
                }
            } else {
                Span {
                    low: step.change,
                    high: step.change,
                }
            };
            let sum = people.plus(change);
            // Nobody is fewer than nobody: then some came of whom no movement tells.
            people = Span {
                low: sum.low.max(0),
                high: sum.high.max(0),
            };
            held.push(Held {
                at: step.at,
                people,
            });
        }
        held
    }
}

fn step(site: SiteId, movement: &Movement) -> Option<Step> {
    let people = moved(movement)?;
    let (at, change) = if movement.destination == site {
        (movement.landed_at?, people)
    } else if movement.origin == site {
        // A flight of which nobody said when it left had left when it landed.
        (movement.departed_at.or(movement.landed_at)?, -people)
    } else {
        return None;
    };
    Some(Step {
        at,
        change,
        movement: movement.id,
    })
}

fn headcount(site: &Site, stated: &StatedFigure, options: Options) -> Headcount {
    let says: Interval = stated::statement(stated).says(options.about_percent);
    let midnight = stated.as_of.0.to_zoned_datetime(site.zone());
    let midnight = midnight.map_or(Moment(0), |midnight| Moment::from(midnight.timestamp()));
    let (from, until) = match stated.minute {
        Some(minute) => {
            let at = midnight.plus_ms(i64::from(minute) * 60_000);
            (at, at)
        }
        None => (midnight, midnight.plus_ms(DAY_MS - 1)),
    };
    Headcount {
        stated: stated.clone(),
        from,
        until,
        low: says.low,
        high: says.high,
    }
}
