//! The linear programs: variables for the cells of one group, a row for every sum and bound they stand
//! in. Everything outside the group is a constant of its row.

use std::time::Duration;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, Variable};

use crate::tables::{CellId, Tables};

/// How long whole numbers are looked for where a vertex is not whole.
const PATIENCE: Duration = Duration::from_secs(2);

/// What ties the cells of a group together.
pub(crate) struct Rows {
    /// The cells, in the order of the variables.
    pub(crate) cells: Vec<CellId>,
    rows: Vec<Row>,
}

struct Row {
    /// Variables by their place, with their factor.
    terms: Vec<(usize, f64)>,
    compares: ComparisonOp,
    constant: f64,
}

/// How a variable enters the program.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// What one unit above its base costs, and one unit below. Equal and opposite: a plain variable.
    pub(crate) above: f64,
    pub(crate) below: f64,
    /// The least and greatest it may be.
    pub(crate) least: f64,
    pub(crate) most: f64,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoAnswer {
    /// Nothing fits.
    Infeasible,
    /// There is no end to it.
    Unbounded,
    /// The solver gave up.
    GaveUp,
}

impl Rows {
    /// The rows of a group; `value` is that of what does not belong to it, and `base` what the
    /// variables of the group count from.
    #[expect(clippy::cast_precision_loss, reason = "people are far fewer than 2^52")]
    pub(crate) fn of(
        tables: &Tables,
        group: Vec<CellId>,
        value: impl Fn(CellId) -> i128,
        base: impl Fn(CellId) -> i128,
    ) -> Self {
        let mut place = vec![usize::MAX; tables.cells.len()];
        for (at, cell) in group.iter().enumerate() {
            place[*cell] = at;
        }
        let row = |compares, signed: &mut dyn Iterator<Item = (CellId, i128)>| {
            let mut terms = Vec::new();
            let mut constant = 0_i128;
            for (cell, sign) in signed {
                match place[cell] {
                    usize::MAX => constant -= sign * value(cell),
                    at => {
                        constant -= sign * base(cell);
                        terms.push((at, sign as f64));
                    }
                }
            }
            (!terms.is_empty()).then_some(Row {
                terms,
                compares,
                constant: constant as f64,
            })
        };
        let sums = tables.sums.iter().filter_map(|sum| {
            let parts = sum.parts.iter().map(|part| (*part, -1));
            row(
                ComparisonOp::Eq,
                &mut [(sum.whole, 1)].into_iter().chain(parts),
            )
        });
        let bounds = tables.at_most.iter().filter_map(|bound| {
            let signed = [(bound.part, 1), (bound.whole, -1)];
            row(ComparisonOp::Le, &mut signed.into_iter())
        });
        let rows = sums.chain(bounds).collect();
        Self { cells: group, rows }
    }

    /// The cheapest values of the variables that fit, in their order.
    pub(crate) fn cheapest(&self, entries: &[Entry], whole: bool) -> Result<Vec<f64>, NoAnswer> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let variables: Vec<_> = entries
            .iter()
            .map(|entry| Split::add(&mut problem, entry, whole))
            .collect();
        for row in &self.rows {
            let terms: Vec<_> = row
                .terms
                .iter()
                .flat_map(|(at, factor)| variables[*at].terms(*factor))
                .collect();
            problem.add_constraint(&terms, row.compares, row.constant);
        }
        problem.set_time_limit(PATIENCE);
        let solved = problem.solve().map_err(|error| match error {
            Error::Infeasible => NoAnswer::Infeasible,
            Error::Unbounded => NoAnswer::Unbounded,
            _ => NoAnswer::GaveUp,
        })?;
        let solution = solved.solution().ok_or(NoAnswer::GaveUp)?;
        Ok(variables
            .iter()
            .map(|split| {
                let terms = split.terms(1.0);
                terms
                    .map(|(variable, factor)| factor * solution.var_value(variable))
                    .sum()
            })
            .collect())
    }
}

/// One variable, or two where a unit above costs otherwise than a unit below saves.
struct Split {
    above: Variable,
    below: Option<Variable>,
}

impl Split {
    #[expect(clippy::float_cmp, reason = "both are given, not computed")]
    fn add(problem: &mut Problem, entry: &Entry, whole: bool) -> Self {
        let mut variable = |cost: f64, least: f64, most: f64| {
            if whole {
                problem.add_integer_var(cost, (bound(least), bound(most)))
            } else {
                problem.add_var(cost, (least, most))
            }
        };
        if entry.above == -entry.below {
            Self {
                above: variable(entry.above, entry.least, entry.most),
                below: None,
            }
        } else {
            Self {
                above: variable(entry.above, 0.0, entry.most),
                below: Some(variable(entry.below, 0.0, -entry.least)),
            }
        }
    }

    fn terms(&self, factor: f64) -> impl Iterator<Item = (Variable, f64)> + use<> {
        let below = self.below.map(|variable| (variable, -factor));
        [(self.above, factor)].into_iter().chain(below)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it saturates, which is what is meant"
)]
fn bound(value: f64) -> i32 {
    value as i32
}

/// The whole number meant by a value of the solver.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it saturates, and is checked later"
)]
pub(crate) fn rounded(value: f64) -> i128 {
    value.round() as i128
}
