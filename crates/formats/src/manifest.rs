//! Manifests as carriers and offices send them: CSV, XLSX and PAXLST in, people and problems out.
//!
//! Three promises. Nothing is lost in silence: what is not taken in is told with its row, its column
//! and a remedy, and a bad cell costs its field, never its row. Nothing is guessed that matters:
//! where a file does not show whether days or months come first, that is asked. Nothing from the file
//! is trusted: there are limits on everything, and nothing here panics.
//!
//! ```
//! # use akey_formats as formats;
//! use formats::manifest::{Options, read};
//!
//! let file = "Nom;Prénom;Sexe;Né le\nDemo-Jean;Marie;F;14/03/1990\n";
//! let options = Options::new(jiff::civil::date(2021, 9, 19));
//! let manifest = read(file.as_bytes(), "list.csv", &options).unwrap();
//! assert_eq!(manifest.people[0].particulars.full_name(), "Marie Demo-Jean");
//! assert!(manifest.problems.is_empty() && manifest.question.is_none());
//! ```

mod about;
mod birth;
mod content;
pub mod country;
mod date;
mod delimited;
pub(crate) mod department;
pub(crate) mod document;
mod error;
mod field;
mod grid;
mod header;
mod mapping;
mod margin;
pub(crate) mod name;
mod order;
mod person;
mod problem;
pub(crate) mod sex;
mod source;
mod survey;
pub(crate) mod twice;
pub(crate) mod workbook;

use domain::{Changes, Confirmed, Extent, ImportId, Importing, Line, ListedPerson, MovementId};
use jiff::civil::Date;
use serde::Serialize;

pub use crate::paxlst::Flight;
pub use content::Guess;
pub use date::DateOrder;
pub use delimited::Separator;
pub use error::{Candidate, Foreign, ManifestError};
pub use field::Field;
pub use grid::{BYTES_MAX, CELL_BYTES_MAX, COLUMNS_MAX, ROWS_MAX};
pub use header::MappingSource;
pub use mapping::{Mapped, Mapping};
pub use margin::{Margin, Skipped};
pub use order::{Basis, DateEvidence, DateExample, Question, Seen};
pub use problem::{Offending, Place, Problem, ProblemCode, Severity};
pub(crate) use source::utf16;
pub use workbook::UNPACKED_BYTES_MAX;

use grid::{Cell, Grid};
use header::Header;
use person::{Outcome, Reading};
use source::Kind;

/// How many rows are shown for choosing a header by hand.
const CANDIDATES_MAX: usize = 12;
/// How many rows decide which separator a file uses.
const SEPARATOR_SAMPLE_ROWS: usize = 200;

/// What the caller knows beside the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The day the manifest speaks of: that of the movement. Ages count from it and births after it
    /// are refused, so the same file must be read with the same day or its ages seem to change.
    pub as_of: Date,
    /// Mappings saved from earlier files or chosen by a person; the first that fits is used, and
    /// where none fits the headers decide.
    pub mappings: Vec<Mapping>,
    /// The answer to [`Question::DateOrder`].
    pub date_order: Option<DateOrder>,
    /// The sheet to read, or the flight of a file with several; else the one that looks most like a
    /// manifest.
    pub sheet: Option<String>,
    /// The name of the movement, by which one of several flights in a file is chosen.
    pub movement: Option<String>,
    /// What the columns of a file without a header hold, as somebody confirmed it: the guess of
    /// [`ManifestError::NoHeader`], or another. No header is looked for then.
    pub without_header: Option<Mapping>,
}

impl Options {
    /// A file about this day, of which nothing else is known.
    pub const fn new(as_of: Date) -> Self {
        Self {
            as_of,
            mappings: Vec::new(),
            date_order: None,
            sheet: None,
            movement: None,
            without_header: None,
        }
    }
}

/// What kind of file it was.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A workbook (XLSX).
    Workbook,
    /// A passenger list message (PAXLST).
    Message,
    /// Text with separators (CSV).
    Delimited {
        /// The encoding by its name in the WHATWG Encoding Standard.
        encoding: &'static str,
        /// What stands between cells.
        separator: Separator,
    },
}

/// How many rows became what. Each row below the header with anything in it is one of: a person,
/// refused, left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
pub struct Counts {
    /// Rows below the header with anything in them.
    pub rows: usize,
    /// People taken in.
    pub people: usize,
    /// Rows refused.
    pub refused: usize,
    /// Rows left out because they are not about one person.
    pub skipped: usize,
}

/// A manifest that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct ManifestFile {
    /// The name of the file, without folders.
    pub name: String,
    /// Who is on it, in the order of the rows.
    pub people: Vec<ListedPerson>,
    /// What is wrong, in the order of the rows.
    pub problems: Vec<Problem>,
    /// What must be asked; the file is read again with the answer in [`Options`].
    pub question: Option<Question>,
    /// What its columns hold, to save for the next file.
    pub mapping: Mapping,
    /// Where that comes from.
    pub mapping_source: MappingSource,
    /// What kind of file it was.
    pub format: Format,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The other visible sheets.
    pub other_sheets: Vec<String>,
    /// The row of the header, or the lower of its two rows, as the spreadsheet counts; 0 where
    /// there is none.
    pub header_row: u32,
    /// What stands above the header, a line a row: often the flight and its day.
    pub titles: Vec<String>,
    /// What its dates show of their order.
    pub dates: DateEvidence,
    /// Rows left out.
    pub skipped: Vec<Skipped>,
    /// How many rows became what.
    pub counts: Counts,
    /// Whether the people are the whole list, or only what changes in it.
    pub extent: Extent,
    /// The flight that a message names.
    pub flight: Option<Flight>,
}

impl ManifestFile {
    /// What its columns hold, where that is worth remembering for the next file with these headers:
    /// only under headers whose words are known here. A row that somebody took for the header may be
    /// a person, whose name no erasure would find among the mappings.
    pub fn mapping_to_keep(&self) -> Option<&Mapping> {
        let known = || {
            let columns = self.mapping.columns.iter();
            let headers: Vec<String> = columns.map(|column| column.header.clone()).collect();
            let guess = Mapping::guess(&headers);
            guess.names_people() && guess.fields() >= 2
        };
        let keep = match self.mapping_source {
            MappingSource::Guessed => true,
            MappingSource::Saved => known(),
            MappingSource::Confirmed | MappingSource::Fixed => false,
        };
        keep.then_some(&self.mapping)
    }

    /// What of it a rule takes in.
    pub fn importing(self, import: ImportId, movement: MovementId) -> Importing {
        Importing {
            import,
            movement,
            people: self.people,
            extent: self.extent,
            refused: u32::try_from(self.counts.refused).unwrap_or(u32::MAX),
            confirmed: Confirmed::default(),
        }
    }

    /// What it would change on a list.
    pub fn changes(&self, current: &[Line]) -> Changes {
        let refused = u32::try_from(self.counts.refused).unwrap_or(u32::MAX);
        domain::changes(current, &self.people, &self.extent, refused)
    }

    /// Whether it names anybody at all.
    pub fn names_somebody(&self) -> bool {
        !self.people.is_empty() || !self.extent.withdrawn().is_empty()
    }
}

/// Reads a manifest. The same bytes and options give the same answer.
///
/// # Errors
///
/// Where the file cannot be read as a table at all; then nothing of it is taken in.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    options: &Options,
) -> Result<ManifestFile, ManifestError> {
    if bytes.is_empty() {
        return Err(ManifestError::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(ManifestError::TooLarge { bytes: bytes.len() });
    }
    let (format, grids) =
        match source::kind(bytes).map_err(|kind| ManifestError::Foreign { kind })? {
            Kind::Workbook => (Format::Workbook, workbook::sheets(bytes)?),
            Kind::Delimited => delimited(bytes, options)?,
            Kind::Message => {
                let mut manifest = crate::paxlst::manifest(bytes, options)?;
                manifest.name = bare_name(file_name);
                return Ok(manifest);
            }
        };
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        return Err(ManifestError::Empty);
    }
    let chosen = choose(&grids, options)?;
    let mut manifest = chosen.read(format, options);
    manifest.name = bare_name(file_name);
    manifest.other_sheets = grids
        .iter()
        .filter(|grid| grid.sheet != manifest.sheet)
        .filter_map(|grid| grid.sheet.clone())
        .collect();
    Ok(manifest)
}

/// The name of a file without its folders.
fn bare_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next();
    name.unwrap_or_default().to_owned()
}

/// Reads a text with the separator it names, or else the one under which its header names the most
/// fields, or else the one that makes the most cells.
fn delimited(bytes: &[u8], options: &Options) -> Result<(Format, Vec<Grid>), ManifestError> {
    let decoded = delimited::decode(bytes);
    if !decoded.text.contains(char::is_alphanumeric) {
        return Err(ManifestError::Empty);
    }
    let mut best = None;
    for separator in Separator::ALL {
        let sample = delimited::sample(&decoded.text, separator, SEPARATOR_SAMPLE_ROWS);
        let fields =
            Header::find(&sample, &options.mappings).map_or(0, |header| header.mapping.fields());
        let cells: usize = sample.rows.iter().map(grid::Row::filled).sum();
        if best.is_none_or(|(most, _)| (fields, cells) > most) {
            best = Some(((fields, cells), separator));
        }
    }
    let guessed = best.map_or(Separator::Comma, |(_, separator)| separator);
    let separator = delimited::named_separator(&decoded.text).unwrap_or(guessed);
    let grid = delimited::grid(&decoded.text, separator)?;
    Ok((
        Format::Delimited {
            encoding: decoded.encoding,
            separator,
        },
        vec![grid],
    ))
}

/// A grid with its header, and the others that have one too.
struct Chosen<'a> {
    grid: &'a Grid,
    header: Header,
    rivals: Vec<(&'a Grid, usize)>,
}

/// The sheet that was asked for, or the one with the most rows times fields below a header.
fn choose<'a>(grids: &'a [Grid], options: &Options) -> Result<Chosen<'a>, ManifestError> {
    let asked = |grid: &&Grid| {
        options.sheet.is_none() || grid.sheet.is_none() || grid.sheet == options.sheet
    };
    if !grids.iter().any(|grid| asked(&grid)) {
        let sheets = grids.iter().filter_map(|grid| grid.sheet.clone()).collect();
        return Err(ManifestError::NoSheet { sheets });
    }
    if let Some(mapping) = &options.without_header {
        let grid = largest(grids, options).ok_or(ManifestError::Empty)?;
        let first = content::first_row(grid);
        return Ok(Chosen {
            grid,
            header: Header::confirmed(first, mapping.clone()),
            rivals: Vec::new(),
        });
    }
    let mut found: Vec<(&Grid, Header)> = grids
        .iter()
        .filter_map(|grid| Some((grid, Header::find(grid, &options.mappings)?)))
        .collect();
    let weight =
        |(grid, header): &(&Grid, Header)| header.below(grid).len() * header.mapping.fields();
    let place = (0..found.len())
        .filter(|place| asked(&found[*place].0))
        .max_by_key(|place| (weight(&found[*place]), std::cmp::Reverse(*place)));
    let Some(place) = place else {
        return Err(no_header(grids, options));
    };
    let (grid, header) = found.swap_remove(place);
    let rivals = found
        .into_iter()
        .map(|(grid, header)| (grid, header.below(grid).len()))
        .filter(|(_, rows)| *rows > 0)
        .collect();
    Ok(Chosen {
        grid,
        header,
        rivals,
    })
}

/// The sheet asked for, else the one with the most rows; none where all are empty.
fn largest<'a>(grids: &'a [Grid], options: &Options) -> Option<&'a Grid> {
    grids
        .iter()
        .filter(|grid| {
            options.sheet.is_none() || grid.sheet.is_none() || grid.sheet == options.sheet
        })
        .filter(|grid| !grid.rows.is_empty())
        .max_by_key(|grid| grid.rows.len())
}

fn no_header(grids: &[Grid], options: &Options) -> ManifestError {
    let largest = largest(grids, options);
    let candidates = largest
        .into_iter()
        .flat_map(|grid| grid.rows.iter().take(CANDIDATES_MAX));
    ManifestError::NoHeader {
        guess: largest
            .and_then(|grid| content::guess(grid, options.as_of))
            .map(Box::new),
        sheet: largest.and_then(|grid| grid.sheet.clone()),
        candidates: candidates
            .map(|row| Candidate {
                row: row.number,
                cells: row.headers(),
            })
            .collect(),
    }
}

impl Chosen<'_> {
    fn read(self, format: Format, options: &Options) -> ManifestFile {
        let Self {
            grid,
            header,
            rivals,
        } = self;
        let (dates, question) = order::evidence(grid, &header, options.date_order, options.as_of);
        let shown = survey::sex_convention(grid, &header);
        let reading = Reading {
            mapping: &header.mapping,
            epoch: grid.epoch,
            order: dates.order,
            convention: shown.convention,
            as_of: options.as_of,
        };
        let rows = header.below(grid);
        let mut list = List::default();
        for row in rows {
            list.take(row, &header, &reading);
        }
        let survey = survey::Survey {
            grid,
            header: &header,
            reading: &reading,
            dates: &dates,
            sex_assumed: shown.assumed,
            delimited: matches!(format, Format::Delimited { .. }),
        };
        let mut problems = survey.problems(&list, &rivals);
        problems.append(&mut list.problems);
        let place = |_: &ListedPerson, fields: &[Field]| {
            let mut columns = fields
                .iter()
                .filter_map(|field| reading.mapping.columns_of(*field).next());
            columns.next().map(|column| reading.place(column))
        };
        problems.extend(twice::repeated(&list.people, place));
        problems.sort_by_cached_key(|problem| {
            let letter = problem
                .column
                .as_ref()
                .map_or("", |place| place.letter.as_str());
            (problem.row, letter.len(), letter.to_owned())
        });
        let counts = Counts {
            rows: rows.len(),
            people: list.people.len(),
            refused: list.refused,
            skipped: list.skipped.len(),
        };
        assert_eq!(
            counts.rows,
            counts.people + counts.refused + counts.skipped,
            "no row is lost"
        );
        ManifestFile {
            name: String::new(),
            people: list.people,
            problems,
            question,
            mapping_source: header.source,
            format,
            sheet: grid.sheet.clone(),
            other_sheets: Vec::new(),
            header_row: header.number(grid),
            titles: header.above(grid).iter().map(title).collect(),
            dates,
            skipped: list.skipped,
            counts,
            mapping: header.mapping,
            extent: Extent::Whole,
            flight: None,
        }
    }
}

fn title(row: &grid::Row) -> String {
    row.cells
        .iter()
        .flatten()
        .map(Cell::shown)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the rows below the header became.
#[derive(Default)]
struct List {
    people: Vec<ListedPerson>,
    problems: Vec<Problem>,
    skipped: Vec<Skipped>,
    refused: usize,
    name_order_assumed: bool,
    /// Rows with nothing but a name.
    bare: Vec<u32>,
    /// Total rows and what they state.
    totals: Vec<(u32, u64)>,
}

impl List {
    fn take(&mut self, row: &grid::Row, header: &Header, reading: &Reading<'_>) {
        if row.quote_repaired {
            self.problems
                .push(plain(row.number, ProblemCode::QuoteUnbalanced));
        }
        if let Some(margin) = margin::of(row, header) {
            self.skipped.push(Skipped {
                row: row.number,
                margin,
            });
            if margin == Margin::OtherHeader {
                self.problems
                    .push(plain(row.number, ProblemCode::HeaderChanged));
            }
            if margin == Margin::Total {
                self.totals
                    .extend(margin::stated_total(row).map(|stated| (row.number, stated)));
            }
            return;
        }
        let mut read = reading.row(row);
        self.problems.append(&mut read.problems);
        self.name_order_assumed |= read.name_order_assumed;
        match read.outcome {
            Outcome::Person(person) => {
                if survey::has_only_a_name(row, reading.mapping) {
                    self.bare.push(row.number);
                }
                self.people.push(*person);
            }
            Outcome::Nobody => {
                self.refused += 1;
                self.problems.push(plain(row.number, ProblemCode::NoName));
            }
        }
    }
}

fn plain(row: u32, code: ProblemCode) -> Problem {
    Problem {
        row,
        column: None,
        code,
        arguments: Vec::new(),
        text: None,
    }
}
