//! Figures and situation reports, counted out of the register.
//!
//! Every number carries a [`Trace`]: a short key, without anything of any person, that opens exactly
//! the events the number was counted from. Parts sum to the whole, or the difference stands there
//! with its name and sign. Nothing here writes, decides or remembers; a report is counted anew each
//! time, and says until when it counted and from which state of the register.
//!
//! [`Sitrep::compute`] counts; [`html`], [`Sitrep::to_json`], [`Sitrep::to_xlsx`] and
//! [`Sitrep::to_hxl`] show, and [`document`] writes it all out for whoever sets it on paper;
//! [`publication`] decides what of it is published and
//! keeps that as it is; [`published`] compares with what others have said in public. What a report says in words comes
//! through [`Words`].

pub mod balance;
mod cases;
pub mod chart;
mod compute;
mod counted;
mod cover;
pub mod discreet;
pub mod document;
mod error;
mod figure;
pub mod html;
mod hxl;
pub mod narrative;
mod opened;
pub mod outlook;
pub mod pathways;
pub mod population;
pub mod publication;
pub mod published;
mod reconcile;
pub mod sankey;
mod sitrep;
pub mod stated;
mod trace;
mod window;
mod words;
mod xlsx;

pub use error::ReportError;
pub use figure::{Counts, Figure, Measure, Value};
pub use opened::Opened;
pub use sitrep::{
    Apart, Audience, Breakdown, BreakdownRow, DayRow, Dimension, ExpectedRow, FeedbackRow,
    IncidentRow, ItemRow, MovementRow, Reconciliation, RecoveredRow, ReferralRow, SCHEMA, Scope,
    SiteNamed, Sitrep, Stamp, Step, StepKind, StockRow, UNKNOWN, WaybillRow,
};
pub use trace::{Narrowed, NotAKey, Span, Trace};
pub use words::{Arg, MESSAGE_IDS, WORD_FAMILIES, Words};
