//! A manifest of 10,000 rows: how long it takes to read, and to take in.

use std::time::Instant;

use domain::{Command, ImportId};
use jiff::civil::date;

use super::Measure;
use super::rig::Rig;
use crate::demo::founding::id;
use crate::demo::manifest_file;
use crate::demo::people::People;
use crate::demo::plan::{Groups, Route};
use crate::failure::Failure;
use population::Chance;

/// The measurement.
pub fn manifest(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let site = rig.found()?;
    let mut chance = Chance::seeded(3);
    let movement = site.announced(&mut chance, "BENCH", 10_000)?;
    let landing = date(2021, 9, 19);
    let groups = Groups {
        men: 6_000,
        women: 2_300,
        boys: 900,
        girls: 800,
    };
    let travellers = People::seeded(1).of(groups, Route::UsaPap, landing);
    let people: Vec<_> = travellers
        .iter()
        .map(|traveller| &traveller.particulars)
        .collect();
    let file = manifest_file::write("BENCH", 0, &people);

    let begun = Instant::now();
    let options = formats::manifest::Options::new(landing);
    let manifest = formats::manifest::read(&file.bytes, &file.name, &options)?;
    let read_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let begun = Instant::now();
    let command = Command::ImportManifest(Box::new(
        manifest.importing(ImportId(id(&mut chance)), movement),
    ));
    site.execute(&mut chance, command)?;
    let taken_in_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    Ok(vec![
        Measure::new("manifest of 10,000 rows, read", read_ms, "ms"),
        Measure::new("manifest of 10,000 rows, taken in", taken_in_ms, "ms"),
    ])
}
