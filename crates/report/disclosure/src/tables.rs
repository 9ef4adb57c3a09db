//! Numbers and what ties them together.

use std::collections::BTreeMap;

/// A cell by its place in [`Tables::cells`].
pub type CellId = usize;

/// A number of people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// The number.
    pub value: u64,
    /// What is decided about it.
    pub shown: Shown,
    /// How dear it is to the reader: of two numbers that could be hidden, the cheaper one is.
    pub cost: u32,
}

/// Whether a number is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Published before, shown: nothing can hide it any more.
    Always,
    /// Published before, hidden: it stays so.
    Never,
    /// To be decided; shown unless it has to be hidden.
    Open,
}

/// A whole that is the sum of its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// The whole.
    pub whole: CellId,
    /// Its parts.
    pub parts: Vec<CellId>,
}

/// A part that cannot be more than its whole, where parts overlap or are not all listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AtMost {
    /// The part.
    pub part: CellId,
    /// The whole.
    pub whole: CellId,
}

/// Linked tables.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tables {
    /// Their numbers.
    pub cells: Vec<Cell>,
    /// What sums to what.
    pub sums: Vec<Sum>,
    /// What cannot be more than what.
    pub at_most: Vec<AtMost>,
}

impl Tables {
    /// Adds a number.
    pub fn add(&mut self, value: u64, shown: Shown, cost: u32) -> CellId {
        self.cells.push(Cell { value, shown, cost });
        self.cells.len() - 1
    }

    /// Ties a whole to its parts.
    pub fn sum(&mut self, whole: CellId, parts: Vec<CellId>) {
        self.sums.push(Sum { whole, parts });
    }

    /// Whether every sum and every bound holds.
    pub fn hold(&self) -> bool {
        self.agree(|cell| i128::from(self.cells[cell].value), |_| true)
    }

    /// Whether every sum and every bound holds of these values in which one of some cells stands.
    pub(crate) fn agree(
        &self,
        value: impl Fn(CellId) -> i128,
        is_meant: impl Fn(CellId) -> bool,
    ) -> bool {
        let sums = self.sums.iter().all(|sum| {
            let touched = is_meant(sum.whole) || sum.parts.iter().any(|part| is_meant(*part));
            !touched || value(sum.whole) == sum.parts.iter().map(|part| value(*part)).sum()
        });
        sums && self.at_most.iter().all(|bound| {
            let touched = is_meant(bound.part) || is_meant(bound.whole);
            !touched || value(bound.part) <= value(bound.whole)
        })
    }

    /// What is hidden when only what was published before, and the small numbers, are.
    pub fn small(&self) -> Vec<bool> {
        let hidden = |cell: &Cell| match cell.shown {
            Shown::Always => false,
            Shown::Never => true,
            Shown::Open => (1..crate::SMALLEST_SHOWN).contains(&cell.value),
        };
        self.cells.iter().map(hidden).collect()
    }

    /// Groups the cells that `moves` says yes to by what ties them together: numbers of two groups
    /// tell nothing of each other.
    pub(crate) fn groups(&self, moves: &[bool]) -> Vec<Vec<CellId>> {
        let mut leader: Vec<CellId> = (0..self.cells.len()).collect();
        for sum in &self.sums {
            join(
                &mut leader,
                moves,
                sum.parts.iter().copied().chain([sum.whole]),
            );
        }
        for bound in &self.at_most {
            join(&mut leader, moves, [bound.part, bound.whole].into_iter());
        }
        let mut groups: BTreeMap<CellId, Vec<CellId>> = BTreeMap::new();
        for cell in (0..self.cells.len()).filter(|cell| moves[*cell]) {
            groups
                .entry(leader_of(&mut leader, cell))
                .or_default()
                .push(cell);
        }
        groups.into_values().collect()
    }
}

fn join(leader: &mut [CellId], moves: &[bool], tied: impl Iterator<Item = CellId>) {
    let mut first = None;
    for cell in tied.filter(|cell| moves[*cell]) {
        let of = leader_of(leader, cell);
        match first {
            None => first = Some(of),
            Some(first) => leader[of] = leader_of(leader, first),
        }
    }
}

fn leader_of(leader: &mut [CellId], mut cell: CellId) -> CellId {
    while leader[cell] != cell {
        leader[cell] = leader[leader[cell]];
        cell = leader[cell];
    }
    cell
}
