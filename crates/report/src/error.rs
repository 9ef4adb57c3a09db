//! What can go wrong while a report is made. Nothing here names a person.

use domain::LookupFailed;
use register::RegisterError;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The register could not be read.
    #[error("the report could not be counted: {0}")]
    Register(#[from] RegisterError),
    /// A question to the register had no answer.
    #[error("the report could not be counted: {0}")]
    Lookup(#[from] LookupFailed),
    /// The period ends before it begins.
    #[error("the report ends before it begins: choose a last day that is not before the first")]
    PeriodBackwards,
    /// The period is longer than a report can show by day.
    #[error("the report spans more than {days_max} days: choose a shorter period")]
    PeriodTooLong {
        /// The longest period, in days.
        days_max: u32,
    },
    /// A site that the report is to cover is not known here.
    #[error("one of the sites is not known here: choose among the sites of this operation")]
    SiteUnknown,
    /// Nothing is set up yet.
    #[error("there is no site to report on: open a site first")]
    NoSite,
    /// A file of stated figures has a row that is no figure.
    #[error("the stated figures cannot be read at row {row}: {reason}; correct that row")]
    Stated {
        /// The row, as a spreadsheet counts.
        row: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The workbook could not be written.
    #[error(
        "the workbook could not be written: {0}; see that the disk has room, or use another format"
    )]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The table could not be written.
    #[error("the table could not be written: {0}; use another format")]
    Table(#[from] csv::Error),
}
