//! The situation report on paper: a [`Document`] set on pages of A4 and written as tagged PDF that
//! meets PDF/UA-1 (ISO 14289-1), so that it can be read aloud as well as printed. It decides how
//! things look and nothing else: every word and number comes with the document.
//!
//! First everything is given its place ([`layout`]), page by page, together with the tree of what it
//! means; then the pages are drawn and the tree is written ([`draw`]). The same document gives the
//! same bytes.

mod block;
mod chart;
mod draw;
mod face;
mod head;
mod layout;
mod table;
mod tree;

use akey_report::document::Document;

/// A report could not be written as PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// One of the two fonts that are part of the program cannot be read.
    #[error("the fonts of this program are damaged: install it again")]
    Font,
    /// What was set is no accessible PDF.
    #[error("the report cannot be written as PDF ({reason}): write it as HTML and print that")]
    Written {
        /// What the writer says.
        reason: String,
    },
}

/// Writes a report as PDF.
///
/// # Errors
/// [`PdfError`] when the writer refuses it.
pub fn write(document: &Document) -> Result<Vec<u8>, PdfError> {
    let faces = face::Faces::load()?;
    let set = layout::Layout::set(document, &faces);
    draw::draw(document, &faces, set)
}
