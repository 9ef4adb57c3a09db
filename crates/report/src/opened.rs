//! Opening a figure: a trace turned into the register's own criteria, counted and listed through
//! the same conditions, so that a number and the list behind it cannot disagree (G6).

use domain::{AgeGroup, Moment, Movement, MovementId, MovementKind, PCode, Vulnerability};
use register::figures::{Criteria, Row, Step, Value, Wait};
use register::{Page, Register};

use crate::error::ReportError;
use crate::figure::Measure;
use crate::sitrep::{Dimension, UNKNOWN};
use crate::trace::{Narrowed, Span, Trace};
use crate::window::{Places, days};

/// A page of what a figure was counted from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// The number: people, or movements where movements are counted.
    pub value: u64,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Rows on all pages together.
    pub total: u64,
}

impl Trace {
    /// The number, counted again.
    ///
    /// # Errors
    /// As [`Trace::open`].
    pub fn count(&self, register: &Register<'_>) -> Result<u64, ReportError> {
        let mut value = 0;
        for criteria in self.criteria(register)? {
            value += self.counted(register, &criteria)?;
        }
        Ok(value)
    }

    /// The number, and one page of the events it was counted from, the oldest first, however many
    /// sites or movements they come from. The `people` of all rows add up to the number; movements
    /// count as rows.
    ///
    /// # Errors
    /// [`ReportError::Register`] when the register cannot be read, [`ReportError::SiteUnknown`]
    /// and the errors of a wrong period for a trace that no report made.
    pub fn open(&self, register: &Register<'_>, page: Page) -> Result<Opened, ReportError> {
        let (mut value, mut total, mut asked) = (0, 0, Vec::new());
        for criteria in self.criteria(register)? {
            let rows = register.list(&criteria, Page::first(1))?.total;
            if rows > 0 {
                value += self.counted(register, &criteria)?;
                total += rows;
                asked.push(criteria);
            }
        }
        let skipped = u64::from(page.number) * u64::from(page.size);
        let rows = match &asked[..] {
            _ if skipped >= total => Vec::new(),
            [criteria] => register.list(criteria, page)?.rows,
            several => merged(register, several, skipped, page)?,
        };
        Ok(Opened { value, rows, total })
    }

    fn counted(&self, register: &Register<'_>, criteria: &Criteria) -> Result<u64, ReportError> {
        Ok(match self.measure {
            Measure::Movements if !self.counts_pieces() => {
                register.list(criteria, Page::first(1))?.total
            }
            _ => register.count(criteria)?,
        })
    }

    /// What the register is asked: several criteria that exclude each other.
    fn criteria(&self, register: &Register<'_>) -> Result<Vec<Criteria>, ReportError> {
        let Span {
            sites, from, to, ..
        } = &self.span;
        days(*from, *to)?;
        let places = Places::of(register, sites)?;
        let value = match &self.narrowed {
            Narrowed::Whole => None,
            Narrowed::Movement(movement) => {
                return Ok(vec![followed(self.measure, *movement, self.span.cut_off)]);
            }
            Narrowed::Landed => return self.of_movements(register, &places, |_| true),
            Narrowed::Group(
                dimension @ (Dimension::DepartedFrom
                | Dimension::LegalBasis
                | Dimension::ScreenedBefore),
                code,
            ) => {
                return self.of_movements(register, &places, |movement| {
                    came_by(*dimension, movement, &places) == *code
                });
            }
            Narrowed::Group(dimension, code) => match value_of(*dimension, code) {
                Some(value) => Some(value),
                None => return Ok(Vec::new()),
            },
            Narrowed::Item(item) | Narrowed::Given(item) => Some(Value::Item(item.clone())),
        };
        let step = if self.counts_pieces() {
            Step::Given
        } else {
            self.measure.step()
        };
        let windows = places.of_span(&self.span);
        Ok(windows
            .iter()
            .map(|window| {
                let criteria = window.criteria(step);
                match &value {
                    Some(value) => criteria.with(value.clone()),
                    None => criteria,
                }
            })
            .collect())
    }

    /// Whether it counts what was given and not people.
    pub const fn counts_pieces(&self) -> bool {
        matches!(self.narrowed, Narrowed::Given(_))
    }

    fn of_movements(
        &self,
        register: &Register<'_>,
        places: &Places,
        belongs: impl Fn(&Movement) -> bool,
    ) -> Result<Vec<Criteria>, ReportError> {
        Ok(landed(register, places, &self.span)?
            .iter()
            .filter(|movement| belongs(movement))
            .map(|movement| followed(self.measure, movement.id, self.span.cut_off))
            .collect())
    }
}

/// One page out of several lists, in the order that each of them has.
fn merged(
    register: &Register<'_>,
    lists: &[Criteria],
    skipped: u64,
    page: Page,
) -> Result<Vec<Row>, ReportError> {
    let end = skipped.saturating_add(page.size.into());
    let first = Page::first(u32::try_from(end).unwrap_or(u32::MAX));
    let mut rows = Vec::new();
    for criteria in lists {
        rows.extend(register.list(criteria, first)?.rows);
    }
    rows.sort_by_key(|row| (row.at, row.queue, row.position, row.subject, row.node));
    let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
    Ok(rows
        .into_iter()
        .skip(skipped)
        .take(page.size as usize)
        .collect())
}

/// The people of one movement at a step, whenever before the cut-off they came to it. How many were
/// announced has no such limit: a movement may land before the moment it was expected.
pub(crate) fn followed(measure: Measure, movement: MovementId, cut_off: Moment) -> Criteria {
    Criteria {
        to: (measure != Measure::Announced).then_some(cut_off),
        ..Criteria::of(measure.step()).with(Value::Movement(movement))
    }
}

/// The movements that landed in a span, in the order in which they landed.
pub(crate) fn landed(
    register: &Register<'_>,
    places: &Places,
    span: &Span,
) -> Result<Vec<Movement>, ReportError> {
    let mut landed = Vec::new();
    for window in places.of_span(span) {
        landed.extend(register.landed(window.site, window.from, window.to)?);
    }
    landed.retain(returns);
    landed.sort_by_key(|movement| (movement.landed_at, movement.id));
    Ok(landed)
}

/// Whether people return by it; who is transferred from one site to another does not.
pub(crate) fn returns(movement: &Movement) -> bool {
    movement.kind != MovementKind::TRANSFER
}

/// The code of a movement in a dimension that says how people came.
pub(crate) fn came_by(dimension: Dimension, movement: &Movement, places: &Places) -> String {
    match dimension {
        Dimension::LegalBasis => movement.legal_basis.as_str().to_owned(),
        Dimension::ScreenedBefore => movement.screened_before.code().to_owned(),
        _ => places
            .country(movement.origin)
            .map_or_else(|| UNKNOWN.to_owned(), |country| country.to_string()),
    }
}

/// The register's value of a code; none where nobody can have it.
fn value_of(dimension: Dimension, code: &str) -> Option<Value> {
    let known = (code != UNKNOWN).then_some(code);
    match dimension {
        Dimension::AgeGroup => AgeGroup::from_code(code).map(Value::AgeGroup),
        Dimension::Origin => Some(Value::Origin(known.map(PCode::any))),
        Dimension::Destination => Some(Value::Destination(known.map(PCode::any))),
        Dimension::LastResidence => match known {
            None => Some(Value::LastResidence(None)),
            Some(code) => code
                .parse()
                .ok()
                .map(|country| Value::LastResidence(Some(country))),
        },
        Dimension::Vulnerability => Some(Value::Vulnerability(Vulnerability::any(code))),
        Dimension::Waited => Wait::from_code(code).map(Value::Wait),
        Dimension::DepartedFrom | Dimension::LegalBasis | Dimension::ScreenedBefore => None,
    }
}

/// The code of a register's value.
pub(crate) fn code_of(value: &Value) -> String {
    let or_unknown = |code: Option<&str>| code.unwrap_or(UNKNOWN).to_owned();
    match value {
        Value::Site(site) => site.to_string(),
        Value::Movement(movement) => movement.to_string(),
        Value::LegalBasis(legal_basis) => legal_basis.to_string(),
        Value::AgeGroup(group) => group.code().to_owned(),
        Value::Origin(code) | Value::Destination(code) => {
            or_unknown(code.as_ref().map(PCode::as_str))
        }
        Value::LastResidence(country) => or_unknown(country.as_ref().map(domain::Country::as_str)),
        Value::Vulnerability(vulnerability) => vulnerability.to_string(),
        Value::Item(item) => item.to_string(),
        Value::Wait(wait) => wait.code().to_owned(),
    }
}
