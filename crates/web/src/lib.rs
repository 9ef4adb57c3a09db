//! The pages of a site and its small API.
//!
//! Server-rendered HTML in four languages; scripts are conveniences and nothing depends on them.
//! Each request reads the register or sends the node one command; no page writes rows, and nothing
//! here decides what may be: the domain does, pages only say it. No request leaves the site.

mod app;
mod asset;
mod catalogue;
mod component;
mod failure;
mod form;
mod guard;
mod herald;
mod language;
mod layout;
mod lookup;
mod moment;
mod news;
mod number;
mod page;
mod particulars;
mod refusal;
mod report_file;
mod serve;
mod session;
mod visit;
mod words;

pub mod certificate;

pub use app::Settings;
pub use guard::router;
pub use herald::{OpenUpdatesError, announce, open_updates};
pub use language::Language;
pub use report_file::{ReportFileError, ReportForm, report_file};
pub use serve::{Listening, ServeError, listen, serve};
