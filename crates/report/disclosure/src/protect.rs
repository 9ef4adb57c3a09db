//! Choosing what to hide. For each hidden number in turn a cheapest way is sought, by linear
//! programming, to change it by enough while every sum still holds; what has to change with it is
//! hidden too. (The heuristic of Kelly, Golden and Assad, *Cell suppression: disclosure protection for
//! sensitive tabular data*, Networks 22, 1992, in the linear form of Fischetti and Salazar-González.)
//! What comes out is proved afterwards, not trusted.

use crate::WIDTH;
use crate::program::{Entry, Rows, rounded};
use crate::proof::{Proved, Unproved, prove};
use crate::tables::{CellId, Shown, Tables};

/// How far a number may change in a set that protects another. More than enough for any.
const REACH: u64 = 1_000;

/// What is hidden costs little to change, but something: else sets would differ where they need not.
const HIDDEN_COST: f64 = 1e-3;

/// Even with everything hidden that may be, something can be worked out from what was published before.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("nothing more can be published: {0}")]
pub struct Unprotected(pub Unproved);

/// Chooses which numbers are hidden, so that [`prove`] proves it, and gives the proof along.
///
/// # Errors
/// [`Unprotected`] where what was published before cannot be protected any more, whatever is hidden.
///
/// # Panics
/// When the sums do not hold.
pub fn protect(tables: &Tables) -> Result<(Vec<bool>, Proved), Unprotected> {
    assert!(tables.hold(), "the parts do not sum to the whole");
    let mut choice = Choice::new(tables);
    for group in tables.groups(&choice.movable) {
        choice.protect(group);
    }
    match prove(tables, &choice.hidden) {
        Ok(proved) => Ok((choice.hidden, proved)),
        Err(unproved) => {
            choice.hide_groups_of(&unproved);
            let proved = prove(tables, &choice.hidden).map_err(Unprotected)?;
            Ok((choice.hidden, proved))
        }
    }
}

struct Choice<'a> {
    tables: &'a Tables,
    hidden: Vec<bool>,
    /// What is hidden or could be: never what was shown before, and never nothing at all.
    movable: Vec<bool>,
    /// The least and the greatest value of each number in the sets found, the true one among them.
    seen: Vec<(u64, u64)>,
}

impl<'a> Choice<'a> {
    fn new(tables: &'a Tables) -> Self {
        let hidden = tables.small();
        let movable = tables.cells.iter().map(|cell| match cell.shown {
            Shown::Always => false,
            Shown::Never => true,
            Shown::Open => cell.value > 0,
        });
        Self {
            tables,
            movable: movable.collect(),
            seen: tables
                .cells
                .iter()
                .map(|cell| (cell.value, cell.value))
                .collect(),
            hidden,
        }
    }

    /// Protects every hidden number of a group, those hidden on the way included. The smallest first:
    /// what protects them protects the others for the most part.
    fn protect(&mut self, group: Vec<CellId>) {
        if !group.iter().any(|cell| self.hidden[*cell]) {
            return;
        }
        // The variables are by how much each number differs from what it is.
        let value = |cell: CellId| i128::from(self.tables.cells[cell].value);
        let rows = Rows::of(self.tables, group, value, value);
        let mut tried = vec![false; rows.cells.len()];
        let next = |choice: &Self, tried: &[bool]| {
            let open = (0..rows.cells.len()).filter(|place| {
                let cell = rows.cells[*place];
                choice.hidden[cell] && !tried[*place] && !choice.is_wide(cell)
            });
            open.min_by_key(|place| choice.tables.cells[rows.cells[*place]].value)
        };
        while let Some(target) = next(self, &tried) {
            tried[target] = true;
            self.widen(&rows, target);
        }
    }

    fn is_wide(&self, cell: CellId) -> bool {
        let (least, most) = self.seen[cell];
        most - least >= WIDTH
    }

    /// Finds sets in which a number is larger, or smaller, until it is wide.
    fn widen(&mut self, rows: &Rows, target: usize) {
        let cell = rows.cells[target];
        let value = self.tables.cells[cell].value;
        let missing = |choice: &Self| {
            let (least, most) = choice.seen[cell];
            WIDTH.saturating_sub(most - least)
        };
        let up = signed(self.seen[cell].1 - value + missing(self));
        if self.change(rows, target, up) {
            return;
        }
        let down = value - self.seen[cell].0 + missing(self);
        if down < value && self.change(rows, target, -signed(down)) {
            return;
        }
        // Neither way alone goes far enough: as far up as it goes, and the rest down.
        for step in (1..WIDTH).rev() {
            if self.change(rows, target, signed(self.seen[cell].1 - value + step)) {
                break;
            }
        }
        let down = value - self.seen[cell].0 + missing(self);
        if down < value {
            self.change(rows, target, -signed(down));
        }
    }

    /// Finds the cheapest set in which a number differs by so much from what it is, and hides what
    /// differs in it. Says whether there is one.
    #[expect(clippy::cast_precision_loss, reason = "a few people")]
    fn change(&mut self, rows: &Rows, target: usize, by: i64) -> bool {
        let entry = |(place, cell): (usize, &CellId)| {
            if place == target {
                return Entry {
                    above: 0.0,
                    below: 0.0,
                    least: by as f64,
                    most: by as f64,
                };
            }
            let of = &self.tables.cells[*cell];
            let cost = if self.hidden[*cell] {
                HIDDEN_COST
            } else {
                f64::from(of.cost)
            };
            Entry {
                above: cost,
                below: cost,
                least: -(of.value.saturating_sub(1).min(REACH) as f64),
                most: REACH as f64,
            }
        };
        let entries: Vec<_> = rows.cells.iter().enumerate().map(entry).collect();
        let Ok(values) = rows.cheapest(&entries, false) else {
            return false;
        };
        // What is not whole is no set of people; what differs in it is hidden all the same, and whole
        // sets are found when all is proved.
        let changed: Vec<_> = rows
            .cells
            .iter()
            .zip(values)
            .filter(|(_, value)| value.abs() > 1e-6)
            .map(|(cell, value)| (*cell, value))
            .collect();
        let is_whole = changed
            .iter()
            .all(|(_, value)| (value - value.round()).abs() < 1e-6);
        for (cell, value) in changed {
            self.hidden[cell] = true;
            if is_whole {
                let value = i128::from(self.tables.cells[cell].value) + rounded(value);
                let value = u64::try_from(value).unwrap_or_default();
                let (least, most) = self.seen[cell];
                self.seen[cell] = (least.min(value), most.max(value));
            }
        }
        true
    }

    /// Hides all that may be hidden in the groups in which something is exposed.
    fn hide_groups_of(&mut self, unproved: &Unproved) {
        for group in self.tables.groups(&self.movable) {
            let exposed = |cell: &CellId| unproved.exposed.iter().any(|(bad, _)| bad == cell);
            if group.iter().any(exposed) {
                for cell in group {
                    self.hidden[cell] = true;
                }
            }
        }
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
