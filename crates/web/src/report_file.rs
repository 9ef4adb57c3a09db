//! The situation report as a file, in each of its forms, in one language and by the clock of a site:
//! what the page offers to download and the command line writes.

use domain::Site;
use report::document::Document;
use report::html::Traces;
use report::{ReportError, Sitrep};
use report_pdf::PdfError;

use crate::catalogue::Texts;
use crate::language::Language;
use crate::moment::Clock;
use crate::page::report::Spoken;

/// In what form a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportForm {
    /// A page to read and print.
    Html,
    /// For programs, every number with its trace.
    Json,
    /// Tagged PDF to read, print and hear.
    Pdf,
    /// A workbook.
    Xlsx,
    /// CSV with HXL hashtags.
    Hxl,
}

/// A report could not be written as a file.
#[derive(Debug, thiserror::Error)]
pub enum ReportFileError {
    /// As a workbook or a table.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// As PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl ReportForm {
    /// Every form.
    pub const ALL: [Self; 5] = [Self::Html, Self::Json, Self::Pdf, Self::Xlsx, Self::Hxl];

    /// Its word in addresses and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Hxl => "hxl",
        }
    }

    /// The form of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// How its files are named.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Hxl => "csv",
            other => other.code(),
        }
    }

    /// What browsers call it (RFC 6838).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Hxl => "text/csv; charset=utf-8",
        }
    }
}

/// A report as a file of its own, in the language and by the clock of the site it is read at.
///
/// # Errors
/// [`ReportFileError`] says in which form it could not be written, and which to take instead.
pub fn report_file(
    sitrep: &Sitrep,
    form: ReportForm,
    language: Language,
    site: Option<&Site>,
) -> Result<Vec<u8>, ReportFileError> {
    let t = Texts::new(language);
    let clock = Clock::new(t, site);
    let words = Spoken { t, clock: &clock };
    Ok(match form {
        ReportForm::Html => report::html::page(sitrep, &words, Traces::None)
            .into_string()
            .into_bytes(),
        ReportForm::Json => sitrep.to_json().into_bytes(),
        ReportForm::Pdf => report_pdf::write(&Document::of(sitrep, &words))?,
        ReportForm::Xlsx => sitrep.to_xlsx(&words)?,
        ReportForm::Hxl => sitrep.to_hxl(&words)?.into_bytes(),
    })
}
