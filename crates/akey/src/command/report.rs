//! `akey report sitrep`.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::place::Place;
use crate::work::{Answer, SitrepAsked, Work};

/// Counts a situation report and writes it.
pub fn run(common: &Common, asked: cli::Sitrep) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let work = Work::Sitrep(SitrepAsked {
        from: asked.from,
        to: asked.to,
        site: asked.site,
        public: asked.public,
        format: asked.format,
        language: asked.language,
    });
    let Answer::Sitrep { bytes } = control::run(&place, work, &[], "Counting")? else {
        unreachable!("work is answered in kind")
    };
    if asked.out == Path::new("-") {
        let written = std::io::stdout().write_all(&bytes);
        return written.map_err(Failure::file(&asked.out, "write the report"));
    }
    fs::write(&asked.out, &bytes).map_err(Failure::file(&asked.out, "write the report"))?;
    let value = json!({ "answer": "report", "file": asked.out, "bytes": bytes.len() });
    super::answer(common.json, &value, || {
        format!(
            "The report of {} to {} is in {}.",
            asked.from,
            asked.to,
            asked.out.display()
        )
    })
}
