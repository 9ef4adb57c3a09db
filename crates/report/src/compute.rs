//! Counting a situation report out of the register. Nothing here keeps a number: all are counted
//! anew each time, and each bears the trace along which it was counted.

use std::collections::{BTreeMap, HashMap};

use domain::{AgeGroup, Day, ItemCode, Movement, MovementId, PCode, Vulnerability};
use register::Register;
use register::figures::{self, Criteria, Step as Reached, Value};

use crate::cases;
use crate::cover;
use crate::error::ReportError;
use crate::figure::{Counts, Figure, Measure};
use crate::opened::{code_of, followed, landed};
use crate::reconcile::reconcile;
use crate::sitrep::{
    Apart, Audience, Breakdown, BreakdownRow, DayRow, Dimension, ItemRow, MovementRow, SCHEMA,
    Scope, SiteNamed, Sitrep, Stamp, UNKNOWN,
};
use crate::trace::{Narrowed, Span, Trace};
use crate::window::{Places, Window, days};

/// Up to so many movements are followed one by one, which reads only their own people; more of them
/// in one pass over everybody.
const FOLLOWED_ONE_BY_ONE_MAX: usize = 150;

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
        let counting = Counting {
            register,
            places: &places,
            span: Span {
                sites: scope.sites.clone(),
                from: scope.from,
                to: scope.to,
                cut_off: scope.cut_off,
            },
        };
        let days = counting.days(&days)?;
        let rows: Vec<_> = days.iter().map(|row| &row.counts).collect();
        let totals = counting.sum(&Narrowed::Whole, &rows);
        let movements = counting.movements()?;
        let rows: Vec<_> = movements.iter().map(|row| &row.counts).collect();
        let together = counting.sum(&Narrowed::Landed, &rows);
        let mut sitrep = Self {
            schema: SCHEMA,
            audience: Audience::Internal,
            stamp,
            from: scope.from,
            to: scope.to,
            cut_off: scope.cut_off,
            sites: named(&places),
            apart: apart(&totals, &together),
            reconciliation: Some(reconcile(&together)),
            breakdowns: counting.breakdowns(&totals, &together, &movements)?,
            items: counting.items()?,
            stock: cover::stock(register, &places, scope)?,
            waybills: cover::waybills(register, &places)?,
            expected: cover::expected(register, &places, scope.cut_off)?,
            referrals: cases::referrals(register, &places, scope)?,
            feedback: cases::feedback(register, &places, scope)?,
            totals,
            days,
            movements,
            landed: together,
        };
        if scope.audience == Audience::Public {
            sitrep.publish();
        }
        Ok(sitrep)
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

/// The number of a figure that is not suppressed yet.
pub(crate) fn number(figure: &Figure) -> i64 {
    figure
        .shown()
        .expect("numbers are suppressed only when all are counted")
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How many people have each code of a dimension, at a step.
type Tallied = HashMap<(Dimension, Measure), BTreeMap<String, i64>>;

struct Counting<'a> {
    register: &'a Register<'a>,
    places: &'a Places,
    span: Span,
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

    fn windows(&self) -> Vec<Window> {
        self.places.of_span(&self.span)
    }

    fn days(&self, days: &[Day]) -> Result<Vec<DayRow>, ReportError> {
        let steps = Measure::ALL.map(Measure::step);
        let mut sums = vec![[0_i64; Measure::ALL.len()]; days.len()];
        for (site, bounds) in self.places.bounds(days, self.span.cut_off) {
            let everything = Criteria::of(Reached::Met);
            let criteria = match site {
                Some(site) => everything.with(Value::Site(site)),
                None => everything,
            };
            let series = self.register.series(&criteria, &steps, &bounds)?;
            for (sums, counted) in sums.iter_mut().zip(series) {
                for ((sum, measure), counted) in sums.iter_mut().zip(Measure::ALL).zip(counted) {
                    *sum += signed(match measure {
                        Measure::Movements => counted.rows,
                        _ => counted.people,
                    });
                }
            }
        }
        let row = |(day, sums): (&Day, [i64; Measure::ALL.len()])| DayRow {
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
        Ok(days.iter().zip(sums).map(row).collect())
    }

    fn movements(&self) -> Result<Vec<MovementRow>, ReportError> {
        let landed = landed(self.register, self.places, &self.span)?;
        let followed = self.followed(&landed)?;
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

    /// How many people of each movement came to each step before the cut-off.
    fn followed(
        &self,
        movements: &[Movement],
    ) -> Result<HashMap<(MovementId, Measure), i64>, ReportError> {
        let mut counted = HashMap::new();
        if movements.len() <= FOLLOWED_ONE_BY_ONE_MAX {
            for movement in movements {
                for measure in measures_of_people() {
                    let criteria = followed(measure, movement.id, self.span.cut_off);
                    let value = signed(self.register.count(&criteria)?);
                    counted.insert((movement.id, measure), value);
                }
            }
            return Ok(counted);
        }
        // How many were announced has no bound in time, the other measures have the cut-off.
        let (announced, bounded): (Vec<_>, Vec<_>) =
            measures_of_people().partition(|measure| *measure == Measure::Announced);
        for (measures, to) in [(announced, None), (bounded, Some(self.span.cut_off))] {
            let steps: Vec<_> = measures.iter().map(|measure| measure.step()).collect();
            let criteria = Criteria {
                to,
                ..Criteria::of(Reached::Met)
            };
            let by_movement = [figures::Dimension::Movement];
            for tally in self.register.tally(&criteria, &steps, &by_movement)? {
                for (value, counts) in tally.counts {
                    let Value::Movement(movement) = value else {
                        continue;
                    };
                    for (measure, count) in measures.iter().zip(counts) {
                        counted.insert((movement, *measure), signed(count));
                    }
                }
            }
        }
        Ok(counted)
    }

    fn breakdowns(
        &self,
        totals: &Counts,
        landed: &Counts,
        movements: &[MovementRow],
    ) -> Result<Vec<Breakdown>, ReportError> {
        let mut counted = self.tally(
            &[Measure::Registered, Measure::Assisted],
            &[
                Dimension::AgeGroup,
                Dimension::Destination,
                Dimension::Origin,
                Dimension::LastResidence,
            ],
        )?;
        counted.extend(self.tally(&[Measure::Screened], &[Dimension::Vulnerability])?);
        let mut breakdowns: Vec<_> = [
            (Dimension::AgeGroup, Measure::Registered),
            (Dimension::AgeGroup, Measure::Assisted),
            (Dimension::Destination, Measure::Registered),
            (Dimension::Origin, Measure::Registered),
            (Dimension::LastResidence, Measure::Registered),
            (Dimension::Vulnerability, Measure::Screened),
        ]
        .into_iter()
        .map(|(by, of)| {
            let codes = counted.remove(&(by, of)).unwrap_or_default();
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
        Ok(breakdowns)
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
        let places: HashMap<String, usize> = always_shown(by).into_iter().zip(0..).collect();
        rows.sort_by_key(|(code, value)| {
            let fixed = (by == Dimension::AgeGroup).then(|| places.get(code).copied());
            (code == UNKNOWN, fixed, -value, code.clone())
        });
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

    /// People at some steps by some dimensions, in as few passes as the register needs.
    fn tally(&self, of: &[Measure], by: &[Dimension]) -> Result<Tallied, ReportError> {
        let steps: Vec<_> = of.iter().map(|measure| measure.step()).collect();
        let dimensions: Vec<_> = by.iter().filter_map(|by| in_register(*by)).collect();
        let mut counted = Tallied::new();
        for window in self.windows() {
            let criteria = window.criteria(Reached::Registered);
            let tallies = self.register.tally(&criteria, &steps, &dimensions)?;
            for (by, tally) in by.iter().zip(tallies) {
                for (value, counts) in tally.counts {
                    let code = code_of(&value);
                    for (of, count) in of.iter().zip(counts) {
                        let codes = counted.entry((*by, *of)).or_default();
                        *codes.entry(code.clone()).or_default() += signed(count);
                    }
                }
            }
        }
        Ok(counted)
    }

    fn items(&self) -> Result<Vec<ItemRow>, ReportError> {
        let mut people: BTreeMap<ItemCode, i64> = BTreeMap::new();
        let mut quantities: BTreeMap<ItemCode, u64> = BTreeMap::new();
        for window in self.windows() {
            let criteria = window.criteria(Reached::Assisted);
            let by_item = self
                .register
                .counts_by(&criteria, figures::Dimension::Item)?;
            for (value, count) in by_item {
                if let Value::Item(item) = value {
                    *people.entry(item).or_default() += signed(count);
                }
            }
        }
        for site in self.places.covered() {
            let from = site.span_of(self.span.from).0;
            let to = site.span_of(self.span.to).1.min(self.span.cut_off);
            for (item, quantity) in self.register.given(site.id, from.min(to), to)? {
                *quantities.entry(item).or_default() += quantity;
            }
        }
        for item in quantities.keys() {
            people.entry(item.clone()).or_default();
        }
        let mut rows: Vec<_> = people
            .into_iter()
            .map(|(item, count)| ItemRow {
                people: self.figure(Measure::Assisted, Narrowed::Item(item.clone()), count),
                quantity: Some(quantities.get(&item).copied().unwrap_or_default()),
                item,
            })
            .collect();
        rows.sort_by_key(|row| (-number(&row.people), row.item.clone()));
        Ok(rows)
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

fn measures_of_people() -> impl Iterator<Item = Measure> {
    Measure::ALL
        .into_iter()
        .filter(|measure| *measure != Measure::Movements)
}

fn in_register(by: Dimension) -> Option<figures::Dimension> {
    match by {
        Dimension::AgeGroup => Some(figures::Dimension::AgeGroup),
        Dimension::Origin => Some(figures::Dimension::Origin),
        Dimension::Destination => Some(figures::Dimension::Destination),
        Dimension::LastResidence => Some(figures::Dimension::LastResidence),
        Dimension::Vulnerability => Some(figures::Dimension::Vulnerability),
        Dimension::DepartedFrom | Dimension::LegalBasis | Dimension::ScreenedBefore => None,
    }
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
        _ => Vec::new(),
    };
    coded.into_iter().map(str::to_owned).collect()
}
