//! Statistical disclosure control for tables of people: which numbers must not be shown so that no
//! small one can be worked out, and a proof that none can.
//!
//! It knows nothing of Akèy. Numbers are cells; sums tie them together, across tables and across
//! publications alike, so that a day and its month, or two tables with a common total, are one system.
//! A number of people below [`SMALLEST_SHOWN`] is hidden, and with it others, until everybody who knows
//! all that is shown and all sums can still not narrow any hidden number to fewer than [`WIDTH`] + 1
//! values (cell suppression; Willenborg and de Waal, *Elements of Statistical Disclosure Control*, 2001,
//! chapter 4; Fischetti and Salazar-González, *Solving the cell suppression problem on tabular data with
//! linear constraints*, Management Science 47, 2001).
//!
//! [`protect`] chooses what is hidden; [`prove`] looks only at what is shown, as a stranger would, and
//! finds for every hidden number two complete sets of whole numbers that fit everything shown and differ
//! there by [`WIDTH`] or more. The sets are found by linear programming and checked in whole numbers, so
//! the solver need not be trusted. [`attack`] works out what a stranger can know at most.
//!
//! What a stranger is taken to know: every number shown, every sum, which part cannot be more than which
//! whole, that nothing hidden is zero. Not: how much whoever asks contributes, nor the choices of
//! [`protect`] run backwards.

mod attack;
mod program;
mod proof;
mod protect;
mod tables;

pub use attack::{Bounds, attack};
pub use proof::{Proof, Proved, Unproved, prove};
pub use protect::{Unprotected, protect};
pub use tables::{AtMost, Cell, CellId, Shown, Sum, Tables};

/// The smallest number of people that is shown, but for nobody.
pub const SMALLEST_SHOWN: u64 = 5;

/// How far the largest and the smallest possible value of a hidden number lie apart at least.
pub const WIDTH: u64 = 5;
