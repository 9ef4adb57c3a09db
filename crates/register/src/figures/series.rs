//! Numbers day by day: every step over many spans that follow each other, in one scan of the rows.

use domain::Moment;
use rusqlite::params_from_iter;

use super::statement::Scope;
use super::{Criteria, Step};
use crate::columns::each;
use crate::{Register, Result};

/// What came to a step within one span.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Rows: arrivals, lines or movements.
    pub rows: u64,
    /// People, as [`Register::count`] counts them.
    pub people: u64,
}

impl Register<'_> {
    /// Counts every step within each span between two neighbouring bounds, from, inclusive, to,
    /// exclusive: for each span, in order, the steps in the order asked. Bounds go upwards. The
    /// step and the period of the criteria are not used.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn series(
        &self,
        criteria: &Criteria,
        steps: &[Step],
        bounds: &[Moment],
    ) -> Result<Vec<Vec<Counted>>> {
        let spans = bounds.len().saturating_sub(1);
        let mut counted = vec![vec![Counted::default(); steps.len()]; spans];
        let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else {
            return Ok(counted);
        };
        let criteria = criteria.clone().between(*first, *last);
        let mut open: Vec<(usize, Step)> = steps.iter().copied().enumerate().collect();
        while let Some((_, step)) = open.first() {
            let basis = step.basis();
            let (here, others): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|(_, step)| step.basis() == basis);
            open = others;
            let mut scope = Scope::of(&criteria, basis, None);
            let some_step: Vec<_> = here
                .iter()
                .map(|(_, step)| format!("({})", step.condition(&criteria, scope.by_item)))
                .collect();
            scope
                .conditions
                .push(format!("({})", some_step.join(" OR ")));
            let columns: Vec<_> = here
                .iter()
                .map(|(_, step)| {
                    let condition = step.condition(&criteria, scope.by_item);
                    let (at, people) = (step.at(scope.by_item), step.people());
                    format!("CASE WHEN {condition} THEN {at} END, {people}")
                })
                .collect();
            let sql = format!(
                "SELECT {} FROM {} WHERE {}",
                columns.join(", "),
                scope.tables,
                scope.conditions.join(" AND ")
            );
            let values = params_from_iter(&scope.values);
            each(self.connection(), &sql, values, |columns| {
                for (place, _) in &here {
                    let at: Option<i64> = columns.value()?;
                    let people: Option<u32> = columns.value()?;
                    let Some(at) = at else { continue };
                    // The conditions hold `at` within the bounds, so there is a span before it.
                    let span = bounds.partition_point(|bound| bound.0 <= at) - 1;
                    let counted = &mut counted[span][*place];
                    counted.rows += 1;
                    counted.people += u64::from(people.unwrap_or(0));
                }
                Ok(())
            })?;
        }
        Ok(counted)
    }
}
