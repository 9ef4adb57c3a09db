//! Figures that others stated in public, held against each other.
//!
//! Each [`Statement`] bounds a quantity: how many, of what, where, in which days. Quantities are tied by
//! what must hold whoever counts: a longer period is at least a shorter one within it; days that follow
//! each other add up; so many a day times the days; parts are no more than their whole; people of one
//! route are among those of all. [`reconcile`] narrows every quantity by interval arithmetic until nothing
//! moves, and says which statements can all be true, which cannot and by how much, what parts leave
//! unaccounted, and what follows that nobody said. Every finding carries its steps, in numbers.
//!
//! It decides nothing: not who is right, nor who meant what.

mod about;
mod conflict;
mod interval;
mod net;
mod read;
mod reconcile;
mod share;
mod statement;

pub use about::{About, Options};
pub use interval::Interval;
pub use net::Rule;
pub use read::{Problem, Read, ReadError, read, write};
pub use reconcile::{
    Conflict, Derived, Finding, Gap, Reconciliation, Step, Term, Verdict, reconcile,
};
pub use statement::{Precision, Statement};
