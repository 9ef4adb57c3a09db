//! The public version. What is published is published once, by a fixed plan, as *editions*: one for each
//! day, and one for each month that sums its days. An edition never changes. Before it is published its
//! numbers and all sums that tie it to the editions before are looked at together, and enough of them
//! are hidden that no number of one to four people can be worked out from any of it
//! ([`disclosure`] says how, and proves it).
//!
//! [`prepare`] counts, hides and proves; what it returns is recorded as it is. [`Sitrep::published`]
//! shows an edition, [`compare`] counts its days again and says what has changed since.
//!
//! A month sums what was published of its days, shown or not, rather than what is known by then: the
//! difference, a person entered late for instance, would be a small number that readers could subtract.

mod audit;
mod compare;
mod plan;
mod prepare;
mod shown;
mod system;

pub use audit::{Audit, AuditError, Exposed, audit};
pub use compare::{Change, Comparison, compare};
pub(crate) use plan::BY_ITEM;
pub use plan::PLAN;
pub use prepare::{Asked, Draft, Prepared, Undecided, prepare};
