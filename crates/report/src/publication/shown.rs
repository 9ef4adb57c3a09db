//! An edition as a situation report, so that it is shown in every form a report has.

use std::collections::HashMap;

use domain::{
    Edition, EditionTable, ItemCode, Known as _, Moment, MovementId, Period, Site, SiteId, Stage,
};
use register::Register;

use super::plan::{BREAKDOWNS, BY_ITEM, BY_MOVEMENT, TOTALS};
use super::prepare::Prepared;
use crate::compute::rank;
use crate::error::ReportError;
use crate::figure::{Counts, Figure, Measure, Value};
use crate::sitrep::{
    Audience, Breakdown, BreakdownRow, DayRow, ItemRow, MovementRow, SCHEMA, SiteNamed, Sitrep,
    Stamp,
};
use crate::window::Places;

impl Sitrep {
    /// Shows an edition as it was published; of a month, its days too. Where anything happened, and
    /// what movements are called, is taken from the register, no number is.
    ///
    /// # Errors
    /// [`ReportError::Register`] when the register cannot be read.
    pub fn published(register: &Register<'_>, edition: &Edition) -> Result<Self, ReportError> {
        // A day stands by itself.
        let editions = match edition.period {
            Period::Day(_) => Vec::new(),
            Period::Month(_) => register.editions()?,
        };
        let days = editions.iter().map(View::from).collect();
        shown(register, &View::from(edition), days)
    }
}

impl Prepared {
    /// Shows the last edition that would be published, as it would be.
    ///
    /// # Errors
    /// [`ReportError::Register`] when the register cannot be read.
    ///
    /// # Panics
    /// When nothing was prepared.
    pub fn preview(&self, register: &Register<'_>) -> Result<Sitrep, ReportError> {
        let editions = register.editions()?;
        let drafts = self.drafts.iter().map(|draft| View {
            period: draft.period,
            sites: &self.sites,
            cut_off: self.cut_off,
            log_end: "",
            at: self.cut_off,
            tables: &draft.tables,
        });
        let last = drafts.clone().next_back();
        let days = editions.iter().map(View::from).chain(drafts).collect();
        shown(
            register,
            &last.expect("at least one edition is prepared"),
            days,
        )
    }
}

/// What is shown of an edition, recorded or not.
#[derive(Clone, Copy)]
struct View<'a> {
    period: Period,
    sites: &'a [SiteId],
    cut_off: Moment,
    log_end: &'a str,
    at: Moment,
    tables: &'a [EditionTable],
}

impl<'a> From<&'a Edition> for View<'a> {
    fn from(edition: &'a Edition) -> Self {
        Self {
            period: edition.period,
            sites: &edition.sites,
            cut_off: edition.cut_off,
            log_end: &edition.log_end,
            at: edition.published_at,
            tables: &edition.tables,
        }
    }
}

fn shown(
    register: &Register<'_>,
    edition: &View<'_>,
    all: Vec<View<'_>>,
) -> Result<Sitrep, ReportError> {
    let places = Places::of(register, &[])?;
    let days = match edition.period {
        Period::Day(_) => vec![*edition],
        Period::Month(_) => days_of(all, edition.period),
    };
    let rows = Rows::of(edition.tables);
    let operation = register.founded()?.map(|operation| operation.name);
    let mut movements = Vec::new();
    for day in &days {
        movements.extend(self::movements(register, &places, day)?);
    }
    movements.sort_by_key(|row: &MovementRow| (row.landed_at, row.movement));
    let site = |id: &SiteId| SiteNamed {
        id: *id,
        name: places.name(*id),
    };
    let totals = rows.totals();
    Ok(Sitrep {
        schema: SCHEMA,
        audience: Audience::Public,
        stamp: Stamp {
            operation: operation.unwrap_or_default(),
            log_end: edition.log_end.to_owned(),
            computed_at: edition.at,
            computed_by: String::new(),
        },
        from: edition.period.from(),
        to: edition.period.to(),
        cut_off: edition.cut_off,
        sites: edition
            .sites
            .iter()
            .filter(|id| places.site(**id).is_none_or(Site::is_shown_in_public))
            .map(site)
            .collect(),
        days: days.iter().map(day_row).collect(),
        movements,
        landed: totals.clone(),
        totals,
        apart: Vec::new(),
        reconciliation: None,
        breakdowns: rows.breakdowns(),
        items: rows.items(),
        stock: Vec::new(),
        waybills: Vec::new(),
        expected: Vec::new(),
        referrals: Vec::new(),
        feedback: Vec::new(),
        incidents: Vec::new(),
        recovered: Vec::new(),
    })
}

/// The days of a month; should two nodes have published one, the first.
fn days_of(all: Vec<View<'_>>, month: Period) -> Vec<View<'_>> {
    let (from, to) = (month.from(), month.to());
    let mut days: Vec<_> = all
        .into_iter()
        .filter(|edition| matches!(edition.period, Period::Day(day) if from <= day && day <= to))
        .collect();
    days.sort_by_key(|day| day.period.from());
    days.dedup_by_key(|day| day.period.from());
    days
}

fn day_row(edition: &View<'_>) -> DayRow {
    DayRow {
        day: edition.period.from(),
        counts: Rows::of(edition.tables).totals(),
    }
}

fn movements(
    register: &Register<'_>,
    places: &Places,
    day: &View<'_>,
) -> Result<Vec<MovementRow>, ReportError> {
    let rows = Rows::of(day.tables);
    let mut movements = Vec::new();
    for (code, figure) in rows.of_table(Measure::Returned, Some(BY_MOVEMENT)) {
        let Ok(id) = code.parse::<MovementId>() else {
            continue;
        };
        let Some(movement) = register.movement(id)? else {
            continue;
        };
        movements.push(MovementRow {
            movement: id,
            from_site: places
                .site(movement.origin)
                .filter(|site| site.is_shown_in_public())
                .map(|site| site.name.clone()),
            from_country: places.country(movement.origin),
            to_site: public_name(places, movement.destination),
            day: day.period.from(),
            landed_at: movement.landed_at.unwrap_or(Moment(0)),
            legal_basis: movement.legal_basis,
            screened_before: movement.screened_before,
            // How far it has come since would make the edition another one.
            stage: Stage::Landed,
            kind: movement.kind,
            designator: movement.designator,
            counts: Counts::each(|measure| match measure {
                Measure::Movements => plain(Value::Shown(1)),
                Measure::Returned => figure.clone(),
                _ => plain(Value::Unpublished),
            }),
        });
    }
    Ok(movements)
}

/// The name of a site that the public may read; of others the country.
fn public_name(places: &Places, id: SiteId) -> String {
    match places.site(id).filter(|site| !site.is_shown_in_public()) {
        Some(site) => site.country.to_string(),
        None => places.name(id),
    }
}

fn plain(value: Value) -> Figure {
    Figure { value, trace: None }
}

/// The rows of an edition by what they count.
struct Rows<'a>(HashMap<(&'a str, Option<&'a str>), &'a EditionTable>);

impl<'a> Rows<'a> {
    fn of(tables: &'a [EditionTable]) -> Self {
        let key = |table: &'a EditionTable| ((&*table.of, table.by.as_deref()), table);
        Self(tables.iter().map(key).collect())
    }

    fn of_table(
        &self,
        of: Measure,
        by: Option<&str>,
    ) -> impl Iterator<Item = (&'a str, Figure)> + use<'a> {
        let table = self.0.get(&(of.code(), by)).copied();
        let rows = table.into_iter().flat_map(|table| &table.rows);
        rows.map(|row| {
            let value = row.count.map_or(Value::Hidden, |count| {
                Value::Shown(i64::try_from(count).unwrap_or(i64::MAX))
            });
            (&*row.code, plain(value))
        })
    }

    fn total(&self, of: Measure) -> Figure {
        let mut rows = self.of_table(of, None);
        rows.next()
            .map_or(plain(Value::Unpublished), |(_, figure)| figure)
    }

    fn totals(&self) -> Counts {
        Counts::each(|measure| {
            if TOTALS.contains(&measure) {
                self.total(measure)
            } else {
                plain(Value::Unpublished)
            }
        })
    }

    fn breakdowns(&self) -> Vec<Breakdown> {
        let breakdown = |(of, by): (Measure, crate::Dimension)| {
            let rows = self.of_table(of, Some(by.code()));
            let mut rows: Vec<_> = rows
                .map(|(code, figure)| BreakdownRow {
                    code: code.to_owned(),
                    figure,
                })
                .collect();
            rows.sort_by_key(|row| {
                let shown = row.figure.shown();
                (
                    rank(by, &row.code),
                    -shown.unwrap_or_default(),
                    row.code.clone(),
                )
            });
            Breakdown {
                by,
                of,
                parts_are_the_whole: by.parts_are_the_whole(),
                rows,
                total: self.total(of),
            }
        };
        BREAKDOWNS.map(breakdown).into()
    }

    fn items(&self) -> Vec<ItemRow> {
        let rows = self.of_table(Measure::Assisted, Some(BY_ITEM));
        let mut rows: Vec<_> = rows
            .map(|(code, people)| ItemRow {
                item: ItemCode::any(code.to_owned()),
                people,
                quantity: None,
            })
            .collect();
        rows.sort_by_key(|row| {
            let shown = row.people.shown();
            (-shown.unwrap_or_default(), row.item.clone())
        });
        rows
    }
}
