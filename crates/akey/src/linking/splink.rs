//! The model and the records as Splink takes them: a folder of files, and what to do with them.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use linkage::{Model, splink};

use super::people::People;
use super::tables::quoted;
use crate::failure::Failure;

const README: &str = include_str!("splink/README.md");

/// Writes the folder.
pub fn write(folder: &Path, people: &People, model: &Model) -> Result<(), Failure> {
    let linkage = &people.linkage;
    let settings = linkage.splink_settings(model);
    let settings = serde_json::to_string_pretty(&settings).expect("plain values become JSON");
    let written = || {
        fs::create_dir_all(folder.join("tf"))?;
        fs::write(folder.join("README.md"), README)?;
        fs::write(folder.join("settings.json"), settings + "\n")?;
        fs::write(folder.join("prepare.sql"), splink::PREPARE)?;
        fs::write(folder.join("kin.sql"), linkage.splink_kin(model))?;
        for (column, table) in linkage.splink_frequencies(model) {
            fs::write(folder.join("tf").join(format!("{column}.csv")), table)?;
        }
        let mut records = BufWriter::new(File::create(folder.join("records.csv"))?);
        let ids = people.ids.iter().map(|id| quoted(id));
        linkage.write_splink_records(ids, &mut records)?;
        records.flush()
    };
    written().map_err(Failure::file(folder, "write what Splink takes"))
}
