//! The situation report as a workbook: a sheet for each table, with numbers as numbers and dates as
//! dates, and a last sheet that says of every number where it comes from. It holds no person.
//!
//! Texts are written as texts whatever they begin with, so none is ever taken for a formula. Rows go
//! to an unnamed temporary file as they are written, so memory does not grow with them.

mod book;
mod sheets;

use crate::error::ReportError;
use crate::html::Paper;
use crate::sitrep::Sitrep;
use crate::words::Words;
use book::Book;

impl Sitrep {
    /// The report as a workbook (XLSX), with its words in one language.
    ///
    /// # Errors
    /// [`ReportError::Workbook`] when it cannot be written, as when there is no room for temporary
    /// files.
    pub fn to_xlsx(&self, words: &dyn Words) -> Result<Vec<u8>, ReportError> {
        let paper = Paper::plain(self, words);
        let mut book = Book::new(words);
        sheets::write(&paper, &mut book)?;
        book.finish(&paper)
    }
}
