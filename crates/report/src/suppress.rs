//! The public version. Numbers of people from one to four are not shown, and neither is the next
//! smallest of the same table, from which they could be worked out. This is a first protection: it
//! looks at one table at a time and knows nothing of other reports, so whoever compares several may
//! still learn something. What could lead to a person is taken out altogether: traces, gaps, stock,
//! goods under way, movements still to come.

use crate::figure::{Counts, Figure, Measure, Value};
use crate::sitrep::{Audience, Sitrep};

/// The smallest number of people that is published.
const PUBLISHED_MIN: i64 = 5;

impl Sitrep {
    /// Makes a report fit to be read by everybody: what [`Sitrep::compute`] does for
    /// [`Audience::Public`]. Once published, the numbers taken out are gone from it.
    pub fn publish(&mut self) {
        if self.audience == Audience::Internal {
            protect(self);
        }
    }
}

fn protect(sitrep: &mut Sitrep) {
    sitrep.audience = Audience::Public;
    sitrep.reconciliation = None;
    sitrep.apart.clear();
    sitrep.stock.clear();
    sitrep.waybills.clear();
    sitrep.expected.clear();
    sitrep.referrals.clear();
    sitrep.feedback.clear();
    for item in &mut sitrep.items {
        item.quantity = None;
        alone(&mut item.people);
    }
    for breakdown in &mut sitrep.breakdowns {
        let cells = breakdown.rows.iter_mut().map(|row| &mut row.figure);
        if breakdown.parts_are_the_whole {
            table(cells.collect(), &mut breakdown.total);
        } else {
            cells.for_each(alone);
            alone(&mut breakdown.total);
        }
    }
    for measure in Measure::ALL {
        let days = sitrep.days.iter_mut().map(|row| &mut row.counts);
        column(measure, days, &mut sitrep.totals);
        let movements = sitrep.movements.iter_mut().map(|row| &mut row.counts);
        column(measure, movements, &mut sitrep.landed);
    }
    // Of a single movement only what its carrier knows anyway is told.
    for movement in &mut sitrep.movements {
        for measure in Measure::ALL {
            if !matches!(measure, Measure::Movements | Measure::Returned) {
                movement.counts.of_mut(measure).value = Value::Withheld;
            }
        }
    }
}

fn column<'a>(measure: Measure, rows: impl Iterator<Item = &'a mut Counts>, total: &mut Counts) {
    let cells: Vec<_> = rows.map(|counts| counts.of_mut(measure)).collect();
    let total = total.of_mut(measure);
    if measure == Measure::Movements {
        // A number of aircraft points at nobody.
        for figure in cells.into_iter().chain([total]) {
            figure.trace = None;
        }
    } else {
        table(cells, total);
    }
}

/// A number that no other is summed from.
fn alone(figure: &mut Figure) {
    figure.trace = None;
    if is_small(figure) {
        figure.value = Value::BelowFive;
    }
}

/// Numbers that sum to a total.
fn table(mut cells: Vec<&mut Figure>, total: &mut Figure) {
    alone(total);
    for cell in &mut cells {
        cell.trace = None;
    }
    if !cells.iter().any(|cell| is_small(cell)) {
        return;
    }
    let complement = cells
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| Some((cell.shown()?, place)))
        .filter(|(value, _)| *value >= PUBLISHED_MIN)
        .min();
    let Some((_, complement)) = complement else {
        // Nothing large enough to hide behind: then no row is shown, the empty ones neither.
        for cell in cells {
            cell.value = Value::Withheld;
        }
        return;
    };
    cells[complement].value = Value::Withheld;
    for cell in cells {
        alone(cell);
    }
}

fn is_small(figure: &Figure) -> bool {
    figure
        .shown()
        .is_some_and(|value| 0 < value && value < PUBLISHED_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(value: i64) -> Figure {
        Figure {
            value: Value::Shown(value),
            trace: None,
        }
    }

    fn protected(values: &[i64]) -> (Vec<Figure>, Figure) {
        let mut cells: Vec<_> = values.iter().copied().map(figure).collect();
        let mut total = figure(values.iter().sum());
        table(cells.iter_mut().collect(), &mut total);
        (cells, total)
    }

    fn values(values: &[i64]) -> Vec<Value> {
        protected(values).0.iter().map(|cell| cell.value).collect()
    }

    #[test]
    fn a_small_number_takes_the_next_smallest_with_it() {
        use Value::{BelowFive, Shown, Withheld};
        assert_eq!(
            values(&[100, 3, 20, 0]),
            [Shown(100), BelowFive, Withheld, Shown(0)]
        );
        assert_eq!(values(&[100, 20, 0]), [Shown(100), Shown(20), Shown(0)]);
    }

    #[test]
    fn where_nothing_is_large_no_row_is_shown() {
        assert_eq!(values(&[4, 4, 0]), [Value::Withheld; 3]);
        assert_eq!(protected(&[2, 0]).1.value, Value::BelowFive);
    }

    proptest! {
        #[test]
        fn no_small_number_can_be_worked_out_from_one_table(
            cells in proptest::collection::vec(prop_oneof![0_i64..8, 0_i64..500], 1..12),
        ) {
            let (shown, total) = protected(&cells);
            let hidden: Vec<_> = (0..cells.len()).filter(|place| shown[*place].shown().is_none()).collect();
            for figure in shown.iter().chain([&total]) {
                prop_assert!(!is_small(figure));
            }
            let small = cells.iter().filter(|value| 0 < **value && **value < PUBLISHED_MIN).count();
            if small == 0 {
                prop_assert!(hidden.is_empty());
            } else if total.shown().is_some() {
                // What is hidden besides the small numbers is large, or every row is hidden: either
                // way several ways of filling the gaps add up to the same total.
                let large = hidden.iter().any(|place| cells[*place] >= PUBLISHED_MIN);
                prop_assert!(large || hidden.len() == cells.len());
                prop_assert!(hidden.len() >= 2);
            }
        }
    }
}
