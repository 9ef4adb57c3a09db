//! What a stranger can work out from what is shown.

use crate::program::{NoAnswer, Rows};
use crate::proof::plain;
use crate::tables::{CellId, Tables};

/// How little and how much a hidden number can be, as far as linear programming over real numbers can
/// tell; whole numbers may narrow it a little further.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// The hidden number.
    pub cell: CellId,
    /// Not less than this.
    pub least: u64,
    /// Not more than this; none where there is no end.
    pub most: Option<u64>,
}

impl Bounds {
    /// How far the bounds lie apart; none where there is no end.
    pub fn width(&self) -> Option<u64> {
        self.most.map(|most| most.saturating_sub(self.least))
    }
}

/// The bounds of every hidden number, in the order of the cells. Those for which nothing fits what is
/// shown, because what is shown contradicts itself, are left out.
pub fn attack(tables: &Tables, hidden: &[bool]) -> Vec<Bounds> {
    let mut all: Vec<_> = tables
        .groups(hidden)
        .into_iter()
        .flat_map(|group| {
            let shown = |cell: CellId| i128::from(tables.cells[cell].value);
            let rows = Rows::of(tables, group, shown, |_| 0);
            let bounds = (0..rows.cells.len()).filter_map(|place| of(&rows, place));
            bounds.collect::<Vec<_>>()
        })
        .collect();
    all.sort_by_key(|bounds| bounds.cell);
    all
}

fn of(rows: &Rows, target: usize) -> Option<Bounds> {
    let extreme = |direction: f64| {
        let entries: Vec<_> = (0..rows.cells.len())
            .map(|place| {
                let cost = if place == target { direction } else { 0.0 };
                plain(cost, f64::INFINITY)
            })
            .collect();
        rows.cheapest(&entries, false).map(|values| values[target])
    };
    let least = extreme(1.0).ok()?;
    let most = match extreme(-1.0) {
        Ok(most) => Some(inward(most.floor(), most)),
        Err(NoAnswer::Unbounded) => None,
        Err(NoAnswer::Infeasible | NoAnswer::GaveUp) => return None,
    };
    Some(Bounds {
        cell: rows.cells[target],
        least: inward(least.ceil(), least),
        most,
    })
}

/// The whole number inside a bound; the nearest one where the solver is only not exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of people, none below one"
)]
fn inward(inside: f64, bound: f64) -> u64 {
    let nearest = bound.round();
    let whole = if (bound - nearest).abs() < 1e-6 {
        nearest
    } else {
        inside
    };
    whole.max(0.0) as u64
}
