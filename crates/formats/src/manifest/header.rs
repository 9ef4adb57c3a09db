//! Where the list begins: the row whose cells name columns, below whatever titles stand above it.

use super::grid::Grid;
use super::mapping::Mapping;

/// How many filled rows from the top may hold the header.
const ROWS_SEARCHED: usize = 60;

/// The header of a grid.
#[derive(Clone, PartialEq, Debug)]
pub struct Header {
    /// Its place among the rows of the grid.
    pub place: usize,
    /// What the columns hold.
    pub mapping: Mapping,
    /// Where that comes from.
    pub source: MappingSource,
}

/// Where a mapping comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MappingSource {
    /// It was given, and fits.
    Saved,
    /// From the headers alone.
    Guessed,
}

impl Header {
    /// The header of a grid: the first row that a saved mapping fits, else the first whose cells
    /// name enough fields, a name of people among them.
    pub fn find(grid: &Grid, saved: &[Mapping]) -> Option<Self> {
        Self::saved(grid, saved).or_else(|| Self::guessed(grid))
    }

    fn saved(grid: &Grid, saved: &[Mapping]) -> Option<Self> {
        let rows = grid.rows.iter().enumerate().take(ROWS_SEARCHED);
        for (place, row) in rows {
            let headers = row.headers();
            let fitting = saved
                .iter()
                .find(|mapping| mapping.names_people() && mapping.fits(&headers));
            if let Some(mapping) = fitting {
                return Some(Self {
                    place,
                    mapping: mapping.for_headers(&headers),
                    source: MappingSource::Saved,
                });
            }
        }
        None
    }

    fn guessed(grid: &Grid) -> Option<Self> {
        let mut found: Vec<(usize, Self)> = Vec::new();
        for (place, row) in grid.rows.iter().enumerate().take(ROWS_SEARCHED) {
            let mapping = Mapping::guess(&row.headers());
            let fields = mapping.fields();
            let enough = fields >= 2 || row.filled() == 1 && is_single_column(grid);
            if !mapping.names_people() || !enough {
                continue;
            }
            let source = MappingSource::Guessed;
            found.push((
                fields,
                Self {
                    place,
                    mapping,
                    source,
                },
            ));
        }
        // The first that names half as many fields as the best: where two lists stand one below the
        // other, beginning at the second would lose the first.
        let most = found.iter().map(|(fields, _)| *fields).max()?;
        found
            .into_iter()
            .find(|(fields, _)| fields * 2 >= most)
            .map(|(_, header)| header)
    }
}

/// A list of nothing but names.
fn is_single_column(grid: &Grid) -> bool {
    grid.rows.iter().all(|row| row.cells.len() == 1)
}
