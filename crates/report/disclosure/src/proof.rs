//! The proof, from what is shown alone, that no hidden number can be narrowed down.

use crate::program::{Entry, NoAnswer, Rows, rounded};
use crate::tables::{CellId, Tables};
use crate::{Bounds, WIDTH, attack};

/// That every hidden number could be [`WIDTH`] more or less than it could be at least.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved {
    /// A proof for each hidden number, in the order of the cells.
    pub proofs: Vec<Proof>,
}

/// Two values that a hidden number can have, each with everything else that is hidden completed so
/// that all that is shown fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proof {
    /// The hidden number.
    pub cell: CellId,
    /// A value it can have.
    pub least: u64,
    /// Another, [`WIDTH`] or more above.
    pub most: u64,
}

/// Some hidden numbers can be worked out, or nearly.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{} hidden numbers can be worked out, or nearly", .exposed.len())]
pub struct Unproved {
    /// Which, and what is found out about each. Bounds are those of real numbers; none where nothing
    /// fits what is shown.
    pub exposed: Vec<(CellId, Option<Bounds>)>,
}

/// Proves that what `hidden` hides stays so. Of the hidden cells no value is looked at.
///
/// # Errors
/// [`Unproved`] names what can be narrowed down too far, or could not be proved not to be.
pub fn prove(tables: &Tables, hidden: &[bool]) -> Result<Proved, Unproved> {
    let mut search = Search::new(tables, hidden);
    for group in tables.groups(hidden) {
        search.widen(group);
    }
    let cells = (0..tables.cells.len()).filter(|cell| hidden[*cell]);
    let (wide, narrow): (Vec<_>, Vec<_>) = cells.partition(|cell| search.is_wide(*cell));
    if narrow.is_empty() {
        let proof = |cell: CellId| {
            let (least, most) = search.seen[cell].unwrap_or_default();
            Proof { cell, least, most }
        };
        return Ok(Proved {
            proofs: wide.into_iter().map(proof).collect(),
        });
    }
    let bounds = attack(tables, hidden);
    let known = |cell: &CellId| bounds.iter().find(|bounds| bounds.cell == *cell).copied();
    Err(Unproved {
        exposed: narrow.iter().map(|cell| (*cell, known(cell))).collect(),
    })
}

/// The complete sets of numbers found so far, of which only the extremes are kept.
struct Search<'a> {
    tables: &'a Tables,
    hidden: &'a [bool],
    /// More than any hidden number needs to be: so that there is an end to what the solver tries.
    ceiling: u64,
    /// The least and the greatest value seen of each hidden number.
    seen: Vec<Option<(u64, u64)>>,
}

impl<'a> Search<'a> {
    fn new(tables: &'a Tables, hidden: &'a [bool]) -> Self {
        let shown = tables.cells.iter().zip(hidden);
        let shown = shown.filter(|(_, hidden)| !**hidden);
        let ceiling = 1_000 + shown.map(|(cell, _)| cell.value).sum::<u64>();
        Self {
            tables,
            hidden,
            ceiling,
            seen: vec![None; tables.cells.len()],
        }
    }

    fn is_wide(&self, cell: CellId) -> bool {
        self.seen[cell].is_some_and(|(least, most)| most - least >= WIDTH)
    }

    /// Looks for sets in which the numbers of a group are small, and large: first all at once, then
    /// one by one those for which that was not enough.
    fn widen(&mut self, group: Vec<CellId>) {
        let shown = |cell: CellId| i128::from(self.tables.cells[cell].value);
        let rows = Rows::of(self.tables, group, shown, |_| 0);
        for direction in [1.0, -1.0] {
            self.try_for(
                &rows,
                |search, cell| {
                    if search.is_wide(cell) { 0.0 } else { direction }
                },
            );
        }
        for place in 0..rows.cells.len() {
            let target = rows.cells[place];
            for direction in [-1.0, 1.0] {
                if !self.is_wide(target) {
                    self.try_for(
                        &rows,
                        |_, cell| {
                            if cell == target { direction } else { 0.0 }
                        },
                    );
                }
            }
        }
    }

    fn try_for(&mut self, rows: &Rows, cost: impl Fn(&Self, CellId) -> f64) {
        #[expect(clippy::cast_precision_loss, reason = "people are far fewer than 2^52")]
        let most = self.ceiling as f64;
        let entries: Vec<_> = rows
            .cells
            .iter()
            .map(|cell| plain(cost(self, *cell), most))
            .collect();
        for whole in [false, true] {
            match rows.cheapest(&entries, whole) {
                Ok(values) => {
                    if self.take(rows, &values) {
                        return;
                    }
                }
                Err(NoAnswer::Infeasible) => return,
                Err(NoAnswer::Unbounded | NoAnswer::GaveUp) => {}
            }
        }
    }

    /// Takes a set in if, in whole numbers, it fits everything shown.
    fn take(&mut self, rows: &Rows, values: &[f64]) -> bool {
        let mut set: Vec<i128> = self
            .tables
            .cells
            .iter()
            .map(|cell| i128::from(cell.value))
            .collect();
        for (cell, value) in rows.cells.iter().zip(values) {
            set[*cell] = rounded(*value);
        }
        let in_group = |cell: CellId| rows.cells.binary_search(&cell).is_ok();
        let fits = rows.cells.iter().all(|cell| set[*cell] >= 1)
            && self.tables.agree(|cell| set[cell], in_group);
        if !fits {
            return false;
        }
        for cell in &rows.cells {
            debug_assert!(self.hidden[*cell]);
            let value = u64::try_from(set[*cell]).unwrap_or_default();
            let (least, most) = self.seen[*cell].unwrap_or((value, value));
            self.seen[*cell] = Some((least.min(value), most.max(value)));
        }
        true
    }
}

/// A variable for a number that is hidden: not nothing, and of this cost.
pub(crate) fn plain(cost: f64, most: f64) -> Entry {
    Entry {
        above: cost,
        below: -cost,
        least: 1.0,
        most,
    }
}
