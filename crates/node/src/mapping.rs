//! Column mappings of manifests, kept so that the next file with the same headers needs no help.

use formats::manifest::Mapping;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::NodeError;

/// The mapping saved for these headers.
pub(crate) fn saved(
    connection: &Connection,
    headers: &[String],
) -> Result<Option<Mapping>, NodeError> {
    let text: Option<String> = connection
        .query_row(
            "SELECT mapping FROM n_mapping WHERE headers = ?1",
            [key(headers)],
            |row| row.get(0),
        )
        .optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Keeps a mapping for these headers.
pub(crate) fn save(
    connection: &Connection,
    headers: &[String],
    mapping: &Mapping,
) -> Result<(), NodeError> {
    connection.execute(
        "INSERT OR REPLACE INTO n_mapping (headers, mapping) VALUES (?1, ?2)",
        params![key(headers), serde_json::to_string(mapping)?],
    )?;
    Ok(())
}

/// Headers as one text: case and spaces around them do not matter.
fn key(headers: &[String]) -> String {
    let folded: Vec<_> = headers
        .iter()
        .map(|header| header.trim().to_lowercase())
        .collect();
    folded.join("\u{1f}")
}
