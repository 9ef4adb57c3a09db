//! Counting a situation report out of the register. Nothing here keeps a number: all are counted
//! anew each time, and each bears the trace along which it was counted.

use std::collections::BTreeMap;

use domain::{AgeGroup, Day, ItemCode, Movement, PCode, Vulnerability};
use register::Register;
use register::figures::Wait;

use crate::cases;
use crate::counted::{Counted, OfDay};
use crate::cover;
use crate::error::ReportError;
use crate::figure::{Counts, Figure, Measure};
use crate::opened::landed;
use crate::reconcile::reconcile;
use crate::sitrep::{
    Apart, Audience, Breakdown, BreakdownRow, DayRow, Dimension, ItemRow, MovementRow, SCHEMA,
    Scope, SiteNamed, Sitrep, Stamp, UNKNOWN,
};
use crate::trace::{Narrowed, Span, Trace};
use crate::window::{Places, days};

impl Sitrep {
    /// Counts a report.
    ///
    /// # Errors
    /// [`ReportError::Register`] when the register cannot be read; the other variants when the
    /// scope names an unknown site or a period that is no period.
    pub fn compute(
        register: &Register<'_>,
        scope: &Scope,
        stamp: Stamp,
    ) -> Result<Self, ReportError> {
        let days = days(scope.from, scope.to)?;
        let places = Places::of(register, &scope.sites)?;
        let span = Span {
            sites: scope.sites.clone(),
            from: scope.from,
            to: scope.to,
            cut_off: scope.cut_off,
        };
        let goods = cover::goods(register, &places, scope)?;
        let counting = Counting {
            register,
            places: &places,
            counted: Counted::of(register, &places, &span, &days)?,
            span,
        };
        let days = counting.days(&days);
        let rows: Vec<_> = days.iter().map(|row| &row.counts).collect();
        let totals = counting.sum(&Narrowed::Whole, &rows);
        let movements = counting.movements()?;
        let rows: Vec<_> = movements.iter().map(|row| &row.counts).collect();
        let together = counting.sum(&Narrowed::Landed, &rows);
        Ok(Self {
            schema: SCHEMA,
            audience: Audience::Internal,
            stamp,
            from: scope.from,
            to: scope.to,
            cut_off: scope.cut_off,
            sites: named(&places),
            apart: apart(&totals, &together),
            reconciliation: Some(reconcile(&together)),
            breakdowns: counting.breakdowns(&totals, &together, &movements),
            items: counting.items(),
            stock: cover::stock(register, &places, scope, &goods)?,
            waybills: cover::waybills(register, &places)?,
            expected: cover::expected(register, &places, scope.cut_off)?,
            referrals: cases::referrals(register, &places, scope)?,
            feedback: cases::feedback(register, &places, scope)?,
            incidents: cases::incidents(register, &places, scope)?,
            recovered: cases::recovered(register, &places, scope)?,
            totals,
            days,
            movements,
            landed: together,
        })
    }
}

fn named(places: &Places) -> Vec<SiteNamed> {
    let name = |site: &domain::Site| SiteNamed {
        id: site.id,
        name: site.name.clone(),
    };
    places.covered().iter().map(name).collect()
}

/// By what the days and the movements differ, measure by measure. Announced and listed have moments
/// of their own before anybody lands and are not compared.
fn apart(totals: &Counts, landed: &Counts) -> Vec<Apart> {
    Measure::ALL
        .into_iter()
        .filter(|measure| !matches!(measure, Measure::Announced | Measure::Listed))
        .map(|measure| Apart {
            measure,
            difference: number(totals.of(measure)) - number(landed.of(measure)),
        })
        .filter(|apart| apart.difference != 0)
        .collect()
}

/// The number of a figure that was counted.
pub(crate) fn number(figure: &Figure) -> i64 {
    figure
        .shown()
        .expect("what is counted is shown; only editions hide")
}

struct Counting<'a> {
    register: &'a Register<'a>,
    places: &'a Places,
    span: Span,
    counted: Counted,
}

impl Counting<'_> {
    fn figure(&self, measure: Measure, narrowed: Narrowed, value: i64) -> Figure {
        let trace = Trace {
            measure,
            span: self.span.clone(),
            narrowed,
        };
        Figure::new(value, trace)
    }

    /// Counts that are the sums of other counts.
    fn sum(&self, narrowed: &Narrowed, rows: &[&Counts]) -> Counts {
        Counts::each(|measure| {
            let sum = rows.iter().map(|counts| number(counts.of(measure))).sum();
            self.figure(measure, narrowed.clone(), sum)
        })
    }

    fn days(&self, days: &[Day]) -> Vec<DayRow> {
        let sums = &self.counted.days;
        let row = |(day, sums): (&Day, &OfDay)| DayRow {
            day: *day,
            counts: Counts::each(|measure| {
                let span = Span {
                    from: *day,
                    to: *day,
                    ..self.span.clone()
                };
                let trace = Trace {
                    measure,
                    span,
                    narrowed: Narrowed::Whole,
                };
                Figure::new(sums[measure as usize], trace)
            }),
        };
        days.iter().zip(sums).map(row).collect()
    }

    fn movements(&self) -> Result<Vec<MovementRow>, ReportError> {
        let landed = landed(self.register, self.places, &self.span)?;
        let followed = &self.counted.followed;
        let row = |movement: Movement| MovementRow {
            counts: Counts::each(|measure| {
                let value = match measure {
                    Measure::Movements => 1,
                    _ => followed
                        .get(&(movement.id, measure))
                        .copied()
                        .unwrap_or_default(),
                };
                self.figure(measure, Narrowed::Movement(movement.id), value)
            }),
            movement: movement.id,
            from_site: self
                .places
                .site(movement.origin)
                .map(|site| site.name.clone()),
            from_country: self.places.country(movement.origin),
            to_site: self.places.name(movement.destination),
            day: self.day_landed(&movement),
            landed_at: movement
                .landed_at
                .expect("only movements that landed are listed"),
            legal_basis: movement.legal_basis,
            screened_before: movement.screened_before,
            stage: movement.stage,
            kind: movement.kind,
            designator: movement.designator,
        };
        Ok(landed.into_iter().map(row).collect())
    }

    fn day_landed(&self, movement: &Movement) -> Day {
        let at = movement
            .landed_at
            .expect("only movements that landed are listed");
        self.places
            .site(movement.destination)
            .map_or(self.span.from, |site| site.day_of(at))
    }

    fn breakdowns(
        &self,
        totals: &Counts,
        landed: &Counts,
        movements: &[MovementRow],
    ) -> Vec<Breakdown> {
        let mut breakdowns: Vec<_> = [
            (Dimension::AgeGroup, Measure::Registered),
            (Dimension::AgeGroup, Measure::Assisted),
            (Dimension::Destination, Measure::Registered),
            (Dimension::Origin, Measure::Registered),
            (Dimension::LastResidence, Measure::Registered),
            (Dimension::Vulnerability, Measure::Screened),
            (Dimension::Waited, Measure::Registered),
            (Dimension::Waited, Measure::Assisted),
        ]
        .into_iter()
        .map(|(by, of)| {
            let codes = self.counted.groups.get(&(by, of)).cloned();
            let codes = codes.unwrap_or_default();
            self.breakdown(by, of, codes, totals.of(of).clone())
        })
        .collect();
        for by in [
            Dimension::DepartedFrom,
            Dimension::LegalBasis,
            Dimension::ScreenedBefore,
        ] {
            let of = Measure::Returned;
            let mut codes = BTreeMap::new();
            for row in movements {
                *codes.entry(row.came_by(by)).or_default() += number(row.counts.of(of));
            }
            breakdowns.push(self.breakdown(by, of, codes, landed.of(of).clone()));
        }
        breakdowns
    }

    fn breakdown(
        &self,
        by: Dimension,
        of: Measure,
        mut counted: BTreeMap<String, i64>,
        total: Figure,
    ) -> Breakdown {
        for code in always_shown(by) {
            counted.entry(code).or_default();
        }
        let mut rows: Vec<_> = counted.into_iter().collect();
        rows.sort_by_cached_key(|(code, value)| (rank(by, code), -value, code.clone()));
        let row = |(code, value): (String, i64)| BreakdownRow {
            figure: self.figure(of, Narrowed::Group(by, code.clone()), value),
            code,
        };
        Breakdown {
            by,
            of,
            parts_are_the_whole: by.parts_are_the_whole(),
            rows: rows.into_iter().map(row).collect(),
            total,
        }
    }

    fn items(&self) -> Vec<ItemRow> {
        let given = |(item, (people, given)): (&ItemCode, &(i64, i64))| ItemRow {
            people: self.figure(Measure::Assisted, Narrowed::Item(item.clone()), *people),
            quantity: Some(self.figure(Measure::Assisted, Narrowed::Given(item.clone()), *given)),
            item: item.clone(),
        };
        let mut rows: Vec<_> = self.counted.items.iter().map(given).collect();
        rows.sort_by_key(|row| (-number(&row.people), row.item.clone()));
        rows
    }
}

impl MovementRow {
    fn came_by(&self, by: Dimension) -> String {
        match by {
            Dimension::LegalBasis => self.legal_basis.to_string(),
            Dimension::ScreenedBefore => self.screened_before.code().to_owned(),
            _ => self
                .from_country
                .map_or_else(|| UNKNOWN.to_owned(), |country| country.to_string()),
        }
    }
}

/// Where a row stands before its number is looked at: fixed lists in their order, what is not known
/// last.
pub(crate) fn rank(by: Dimension, code: &str) -> (bool, Option<usize>) {
    let fixed = match by {
        Dimension::AgeGroup | Dimension::Waited => {
            always_shown(by).iter().position(|known| known == code)
        }
        _ => None,
    };
    (code == UNKNOWN, fixed)
}

/// Codes whose row stands there even when nobody has them: that nobody has is worth saying.
fn always_shown(by: Dimension) -> Vec<String> {
    let coded: Vec<&str> = match by {
        Dimension::AgeGroup => AgeGroup::ALL.iter().map(|group| group.code()).collect(),
        Dimension::Origin | Dimension::Destination => PCode::KNOWN
            .iter()
            .map(PCode::as_str)
            .chain([UNKNOWN])
            .collect(),
        Dimension::Vulnerability => Vulnerability::KNOWN
            .iter()
            .map(Vulnerability::as_str)
            .collect(),
        Dimension::Waited => Wait::ALL.iter().map(|wait| wait.code()).collect(),
        _ => Vec::new(),
    };
    coded.into_iter().map(str::to_owned).collect()
}
