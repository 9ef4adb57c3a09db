//! Why a whole file was not taken in. Nothing of its content stands in these messages.

use super::content::Guess;
use super::grid::{BYTES_MAX, COLUMNS_MAX, ROWS_MAX};

/// What a file is, where it is not a table that is read here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Foreign {
    /// PDF.
    Pdf,
    /// A word processor's document.
    Word,
    /// Excel before 2007 (`.xls`).
    OldExcel,
    /// Excel binary (`.xlsb`).
    BinaryExcel,
    /// OpenDocument (`.ods`).
    OpenDocument,
    /// A workbook locked with a password.
    Locked,
    /// A web page, whatever its name says.
    WebPage,
    /// XML, for instance a spreadsheet of 2003.
    Xml,
    /// A picture.
    Picture,
    /// An archive of other files.
    Archive,
    /// An EDIFACT message without a list of passengers.
    Edifact,
    /// Anything else that is no text.
    Binary,
}

impl Foreign {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Pdf,
        Self::Word,
        Self::OldExcel,
        Self::BinaryExcel,
        Self::OpenDocument,
        Self::Locked,
        Self::WebPage,
        Self::Xml,
        Self::Picture,
        Self::Archive,
        Self::Edifact,
        Self::Binary,
    ];

    /// The word of the kind in catalogues, in lower case with hyphens.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Word => "word",
            Self::OldExcel => "old-excel",
            Self::BinaryExcel => "binary-excel",
            Self::OpenDocument => "open-document",
            Self::Locked => "locked",
            Self::WebPage => "web-page",
            Self::Xml => "xml",
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::Edifact => "edifact",
            Self::Binary => "binary",
        }
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF",
            Self::Word => "a Word document",
            Self::OldExcel => "an Excel workbook of before 2007 (.xls)",
            Self::BinaryExcel => "a binary Excel workbook (.xlsb)",
            Self::OpenDocument => "an OpenDocument file (.ods or .odt)",
            Self::Locked => "locked with a password",
            Self::WebPage => "a web page",
            Self::Xml => "an XML file",
            Self::Picture => "a picture",
            Self::Archive => "an archive",
            Self::Edifact => "an EDIFACT message without a list of passengers (PAXLST)",
            Self::Binary => "not a table",
        }
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::Pdf | Self::Picture | Self::Binary => {
                "ask the sender for the list as XLSX or CSV"
            }
            Self::Edifact => {
                "ask the sender for the PAXLST message, or for the list as XLSX or CSV"
            }
            Self::Word => "copy the table into a spreadsheet and save it as XLSX",
            Self::Locked => "open it with its password and save it as XLSX without one",
            Self::Archive => "unpack it and choose the XLSX or CSV file inside",
            Self::OldExcel | Self::BinaryExcel | Self::OpenDocument | Self::WebPage | Self::Xml => {
                "open it in a spreadsheet program and save it as XLSX"
            }
        }
    }
}

/// A row that could be the header, for a page that asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As the spreadsheet counts.
    pub row: u32,
    /// What its cells hold.
    pub cells: Vec<String>,
}

impl std::fmt::Debug for Candidate {
    /// Without the cells: they may hold personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} of {} cells", self.row, self.cells.len())
    }
}

/// Why a file was not taken in. Nothing was imported from it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Nothing in it.
    #[error("the file is empty: choose the file that holds the list")]
    Empty,
    /// Too many bytes.
    #[error(
        "the file has {bytes} bytes, more than {BYTES_MAX}: remove pictures, or divide it into several files"
    )]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// Another kind of file.
    #[error("the file is {}: {}", kind.what(), kind.remedy())]
    Foreign {
        /// What it is.
        kind: Foreign,
    },
    /// A workbook that is cut off or broken.
    #[error(
        "the workbook is damaged or was not copied to its end: copy or download it again; if it opens in a spreadsheet program, save it there under a new name and import that"
    )]
    Damaged,
    /// A workbook that unpacks to too much.
    #[error("the workbook unpacks to more than {max} bytes: copy the list into a new workbook")]
    TooLargeInside {
        /// The limit in bytes.
        max: u64,
    },
    /// Too many rows.
    #[error("{}more than {ROWS_MAX} rows are filled: divide the file", sheet.as_ref().map_or_else(String::new, |sheet| format!("in sheet “{sheet}” ")))]
    TooManyRows {
        /// The sheet, where there are sheets.
        sheet: Option<String>,
    },
    /// Too many columns.
    #[error("row {row} has more than {COLUMNS_MAX} columns: delete what is not part of the list")]
    TooManyColumns {
        /// As the spreadsheet counts.
        row: u32,
    },
    /// No row looks like a header.
    #[error(
        "no row names columns such as name, sex or date of birth: write a header above the list, or choose the header row and say what its columns hold"
    )]
    NoHeader {
        /// The sheet that was looked at, where there are sheets.
        sheet: Option<String>,
        /// The first rows, for choosing one.
        candidates: Vec<Candidate>,
        /// What the columns seem to hold, where that can be told from what stands in them.
        guess: Option<Box<Guess>>,
    },
    /// A sheet was asked for that is not there.
    #[error("the workbook has no visible sheet of the name asked for: choose one of the {} it has", sheets.len())]
    NoSheet {
        /// The sheets it has.
        sheets: Vec<String>,
    },
}

impl ManifestError {
    /// The word of the error in catalogues, in lower case with hyphens. For a foreign file the kind
    /// follows, for instance `foreign-pdf`.
    pub fn code(&self) -> String {
        match self {
            Self::Empty => "empty".into(),
            Self::TooLarge { .. } => "too-large".into(),
            Self::Foreign { kind } => format!("foreign-{}", kind.code()),
            Self::Damaged => "damaged".into(),
            Self::TooLargeInside { .. } => "too-large-inside".into(),
            Self::TooManyRows { .. } => "too-many-rows".into(),
            Self::TooManyColumns { .. } => "too-many-columns".into(),
            Self::NoHeader { .. } => "no-header".into(),
            Self::NoSheet { .. } => "no-sheet".into(),
        }
    }
}
