//! Figures and situation reports, counted out of the register.
//!
//! Every number carries a [`Trace`]: a short key, without anything of any person, that opens exactly
//! the events the number was counted from. Parts sum to the whole, or the difference stands there
//! with its name and sign. Nothing here writes, decides or remembers; a report is counted anew each
//! time, and says until when it counted and from which state of the register.
//!
//! [`Sitrep::compute`] counts; [`Sitrep::to_json`] and [`html`] show; [`published`] compares with
//! what others have said in public. What a report says in words comes through [`Words`].

mod cases;
mod chart;
mod compute;
mod cover;
mod error;
mod figure;
pub mod html;
mod opened;
pub mod published;
mod reconcile;
mod sitrep;
mod suppress;
mod trace;
mod window;
mod words;

pub use error::ReportError;
pub use figure::{Counts, Figure, Measure, Value};
pub use opened::Opened;
pub use sitrep::{
    Apart, Audience, Breakdown, BreakdownRow, DayRow, Dimension, ExpectedRow, FeedbackRow, ItemRow,
    MovementRow, Reconciliation, ReferralRow, SCHEMA, Scope, SiteNamed, Sitrep, Stamp, Step,
    StepKind, StockRow, UNKNOWN, WaybillRow,
};
pub use trace::{Narrowed, NotAKey, Span, Trace};
pub use words::{Arg, MESSAGE_IDS, WORD_FAMILIES, Words};
