//! The register of stated figures held against itself and against what Akèy counted: statements as
//! [`figures::reconcile`] takes them, and beside each the number of our own for the same days, where we
//! counted the same thing.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Country, Day, FigureId, Known as _, Method, Moment, NewFigure, Sharpness, Site, SiteId,
    StatedFigure,
};
use figures::{Interval, Options, Precision, Reconciliation, Statement, reconcile};
use register::Register;
use register::figures::{Criteria, Step, Value};
use serde::Serialize;

use crate::error::ReportError;
use crate::opened::returns;

/// What was stated and stands, held against itself and against ours.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// The statements, in the order of their days.
    pub statements: Vec<Statement>,
    /// The figure behind each, by its code.
    pub ids: BTreeMap<String, FigureId>,
    /// What was found.
    pub found: Reconciliation,
    /// Our own numbers, by the code of the figure they stand beside.
    pub own: BTreeMap<String, Own>,
}

/// What Akèy counted of the same thing in the same days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Own {
    /// The number.
    pub value: u64,
    /// The sites that were counted.
    pub sites: Vec<SiteId>,
    /// The first working day.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// Nothing was received here before this day, although the period begins before it: ours is a part.
    pub counts_from: Option<Day>,
    /// The last day is not over yet: more may come.
    pub goes_on: bool,
    /// How far ours is from what was stated; nought where it fits.
    pub apart: u64,
}

/// Reads the register of statements and holds it against itself, and against what was counted by now.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn hold(register: &Register<'_>, options: Options, now: Moment) -> Result<Held, ReportError> {
    let figures = register.stated_figures()?;
    let standing = figures.iter().filter(|figure| figure.withdrawn.is_none());
    let places = Places::of(register, now)?;
    let mut ids = BTreeMap::new();
    let mut statements: Vec<Statement> = Vec::new();
    let mut own = BTreeMap::new();
    for figure in standing {
        let stated = &figure.stated;
        // Two nodes apart can give one code to two figures: the second is told apart by its id.
        let mut statement = statement(stated);
        if ids.contains_key(&statement.figure_id) {
            statement.figure_id = format!("{} ({})", stated.code, figure.id);
        }
        ids.insert(statement.figure_id.clone(), figure.id);
        if let Some(ours) = places.count(register, stated, &statement, options)? {
            own.insert(statement.figure_id.clone(), ours);
        }
        statements.push(statement);
    }
    let found = reconcile(&statements, options);
    Ok(Held {
        statements,
        ids,
        found,
        own,
    })
}

/// A figure as the reconciliation takes it.
pub fn statement(stated: &StatedFigure) -> Statement {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Statement {
        figure_id: stated.code.clone(),
        indicator: stated.indicator.clone(),
        value_low: number(stated.low),
        value_high: stated.high.map(number),
        precision: match stated.sharpness {
            Sharpness::Exact => Precision::Exact,
            Sharpness::About => Precision::About,
            Sharpness::AtLeast => Precision::AtLeast,
            Sharpness::Planned => Precision::Planned,
        },
        unit: stated.unit.clone(),
        period_start: stated.from.map(|day| day.0),
        as_of: stated.as_of.0,
        place: stated.place.clone(),
        route: stated.route.clone(),
        breakdown: stated.breakdown.clone(),
        stated_by: stated.stated_by.clone(),
        published_by: stated.published_by.clone(),
        published_on: stated.published_on.0,
        source_url: stated.source_url.clone(),
        note: stated.note.clone(),
        parts: stated.parts.join(" "),
    }
}

/// What of a file is new.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// The statements that are not on record yet, with those of their parts that are anywhere.
    pub statements: Vec<Statement>,
    /// How many are on record already.
    pub known: usize,
    /// Statements that say too little, or too much, to be put on record, each with the column.
    pub unusable: Vec<(String, &'static str)>,
    /// Parts that are neither in the file nor on record, each with the statement that names it.
    pub lost_parts: Vec<(String, String)>,
}

/// Sets apart what is on record already: a file may be taken in again with new rows.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn fresh(
    register: &Register<'_>,
    statements: &[Statement],
    now: Moment,
) -> Result<Fresh, ReportError> {
    let mut fresh = Vec::new();
    let mut known = 0;
    let mut unusable = Vec::new();
    for statement in statements {
        if register.figure_coded(&statement.figure_id)?.is_some() {
            known += 1;
        } else if let Some(column) = unusable_in(statement, domain::latest_day(now)) {
            unusable.push((statement.figure_id.clone(), column));
        } else {
            fresh.push(statement.clone());
        }
    }
    let in_file: BTreeSet<_> = fresh
        .iter()
        .map(|statement| statement.figure_id.clone())
        .collect();
    let mut lost_parts = Vec::new();
    for statement in &mut fresh {
        let mut kept = Vec::new();
        for part in statement.part_ids() {
            let is_itself = part == statement.figure_id;
            let is_known = in_file.contains(part) || register.figure_coded(part)?.is_some();
            if is_known && !is_itself {
                kept.push(part);
            } else {
                lost_parts.push((statement.figure_id.clone(), part.to_owned()));
            }
        }
        statement.parts = kept.join(" ");
    }
    Ok(Fresh {
        known,
        statements: fresh,
        unusable,
        lost_parts,
    })
}

/// The column for which a statement cannot be put on record.
fn unusable_in(statement: &Statement, today: Day) -> Option<&'static str> {
    let url = statement.source_url.as_str();
    let is_ahead = statement.as_of > today.0 && statement.precision != Precision::Planned;
    [
        ("indicator", statement.indicator.is_empty()),
        ("place", statement.place.is_empty()),
        ("stated_by", statement.stated_by.is_empty()),
        ("as_of", is_ahead),
        ("published_on", statement.published_on > today.0),
        (
            "source_url",
            !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://"),
        ),
    ]
    .into_iter()
    .find_map(|(column, is_wrong)| is_wrong.then_some(column))
}

/// Statements of a file as figures to be put on record; a place that bears the name of a site of ours
/// is that site.
pub fn figures_of(
    statements: &[Statement],
    sites: &[Site],
    mut id: impl FnMut() -> FigureId,
) -> Vec<NewFigure> {
    let number = |value: i64| u64::try_from(value).unwrap_or_default();
    let figure = |statement: &Statement| {
        let mut sites = sites.iter();
        let site = sites.find(|site| domain::same_name(&site.name, &statement.place));
        StatedFigure {
            code: statement.figure_id.clone(),
            indicator: statement.indicator.clone(),
            low: number(statement.value_low),
            high: statement.value_high.map(number),
            sharpness: match statement.precision {
                Precision::Exact => Sharpness::Exact,
                Precision::About => Sharpness::About,
                Precision::AtLeast => Sharpness::AtLeast,
                Precision::Planned => Sharpness::Planned,
            },
            method: Method::Statement,
            unit: match statement.unit.as_str() {
                "" => "person".to_owned(),
                unit => unit.to_owned(),
            },
            from: statement.period_start.map(Day),
            as_of: Day(statement.as_of),
            minute: None,
            place: statement.place.clone(),
            site: site.map(|site| site.id),
            route: statement.route.clone(),
            breakdown: statement.breakdown.clone(),
            stated_by: statement.stated_by.clone(),
            published_by: statement.published_by.clone(),
            published_on: Day(statement.published_on),
            source_url: statement.source_url.clone(),
            note: statement.note.clone(),
            parts: statement
                .part_ids()
                .into_iter()
                .map(str::to_owned)
                .collect(),
        }
    };
    let new = |statement| NewFigure {
        id: id(),
        stated: figure(statement),
        replaces: None,
    };
    statements.iter().map(new).collect()
}

/// Every site, and the first day anybody was received.
struct Places {
    sites: Vec<Site>,
    first: Option<Moment>,
    now: Moment,
}

impl Places {
    fn of(register: &Register<'_>, now: Moment) -> Result<Self, ReportError> {
        let landed = register.landed(None, Moment(i64::MIN), Moment(i64::MAX))?;
        Ok(Self {
            sites: register.sites()?,
            first: landed
                .iter()
                .filter_map(|movement| movement.landed_at)
                .min(),
            now,
        })
    }

    /// Our own number beside a figure; none where we do not count such a thing, or not there.
    fn count(
        &self,
        register: &Register<'_>,
        stated: &StatedFigure,
        statement: &Statement,
        options: Options,
    ) -> Result<Option<Own>, ReportError> {
        let Some(from) = stated.from else {
            return Ok(None);
        };
        let counted = Counted::of(&stated.indicator);
        let sites = self.at(stated);
        let (Some(counted), Some(first), false) = (counted, self.first, sites.is_empty()) else {
            return Ok(None);
        };
        let origin = Origin::of(&stated.route);
        if stated.sharpness == Sharpness::Planned || origin == Origin::Elsewhere {
            return Ok(None);
        }
        let mut value = 0;
        for site in &sites {
            let window = (site.span_of(from).0, site.span_of(stated.as_of).1);
            value += self.at_site(register, counted, site.id, window, origin)?;
        }
        if value == 0
            && sites
                .iter()
                .all(|site| site.span_of(stated.as_of).1 <= first)
        {
            // All of it was before anything was counted here.
            return Ok(None);
        }
        let days_before = sites.iter().map(|site| site.day_of(first)).min();
        Ok(Some(Own {
            value,
            sites: sites.iter().map(|site| site.id).collect(),
            from,
            to: stated.as_of,
            goes_on: sites
                .iter()
                .any(|site| site.span_of(stated.as_of).1 > self.now),
            counts_from: days_before.filter(|day| *day > from),
            apart: apart(value, statement.says(options.about_percent)),
        }))
    }

    /// The sites of a place: the site of this name, or those of the country where people are received.
    fn at(&self, stated: &StatedFigure) -> Vec<&Site> {
        if let Some(id) = stated.site {
            return self.sites.iter().filter(|site| site.id == id).collect();
        }
        let country = formats::manifest::country::read(&stated.place);
        let of_country = |site: &&Site| Some(site.country) == country;
        self.sites.iter().filter(of_country).collect()
    }

    fn at_site(
        &self,
        register: &Register<'_>,
        counted: Counted,
        site: SiteId,
        window: (Moment, Moment),
        origin: Origin,
    ) -> Result<u64, ReportError> {
        let step = match counted {
            Counted::Movements => Step::Returned,
            Counted::People(step) => step,
        };
        let criteria = Criteria::of(step)
            .between(window.0, window.1)
            .with(Value::Site(site));
        if let (Origin::All, Counted::People(_)) = (origin, counted) {
            return Ok(register.count(&criteria)?);
        }
        // By the country of origin: movement by movement. Who was assisted in the period may have landed
        // before it.
        let landed = register.landed(Some(site), Moment(i64::MIN), window.1)?;
        let is_from = |id: SiteId| match origin {
            Origin::All => true,
            Origin::Elsewhere => false,
            Origin::Country(country) => self
                .sites
                .iter()
                .any(|site| site.id == id && site.country == country),
        };
        let of_route = landed
            .iter()
            .filter(|movement| returns(movement) && is_from(movement.origin));
        let mut sum = 0;
        for movement in of_route {
            sum += match counted {
                Counted::Movements => {
                    let is_within = movement.landed_at.is_some_and(|at| at >= window.0);
                    u64::from(is_within)
                }
                Counted::People(_) => {
                    register.count(&criteria.clone().with(Value::Movement(movement.id)))?
                }
            };
        }
        Ok(sum)
    }
}

/// What of ours is the same as an indicator.
#[derive(Clone, Copy)]
enum Counted {
    Movements,
    People(Step),
}

impl Counted {
    fn of(indicator: &str) -> Option<Self> {
        match indicator {
            "return_flights" => Some(Self::Movements),
            "returned" => Some(Self::People(Step::Returned)),
            "assisted_at_reception" => Some(Self::People(Step::Assisted)),
            _ => None,
        }
    }
}

/// Where the people of a figure came from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// From everywhere.
    All,
    /// From a country.
    Country(Country),
    /// From somewhere we do not count by.
    Elsewhere,
}

impl Origin {
    fn of(route: &str) -> Self {
        let from = route.split('>').next().unwrap_or_default().trim();
        if from.is_empty() || from == "all" {
            return Self::All;
        }
        from.parse().map_or(Self::Elsewhere, Self::Country)
    }
}

/// How far a number is from an interval.
fn apart(value: u64, says: Interval) -> u64 {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    let below = says.low.saturating_sub(value);
    let above = says.high.map_or(0, |high| value.saturating_sub(high));
    u64::try_from(below.max(above)).unwrap_or_default()
}
