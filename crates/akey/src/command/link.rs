//! `akey link`: which records of a file, or of the register, may be one person.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use linkage::Model;
use serde::Serialize;

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::linking::{Found, Measured, People, RegisterAsked, Summary, write_for_splink};
use crate::output;
use crate::place::Place;
use crate::progress::Bar;
use crate::work::{Answer, Work};

/// What is said of it.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    summary: Summary,
    left_out: usize,
    problems: Vec<String>,
    file: PathBuf,
    /// What else was written.
    also: Vec<PathBuf>,
}

/// Links people, and writes the pairs.
pub fn run(common: &Common, asked: &cli::Link) -> Result<(), Failure> {
    if !(0.0..=1.0).contains(&asked.least) {
        return Err(Failure::Usage(
            "--least is a probability from 0 to 1".into(),
        ));
    }
    let told = match &asked.file {
        Some(file) => of_file(file, asked)?,
        None => of_register(common, asked)?,
    };
    output::answer(common.json, &told, || words(&told))
}

fn of_file(file: &Path, asked: &cli::Link) -> Result<Told, Failure> {
    let model = asked.model.as_deref().map(model).transpose()?;
    let people = People::read(file, asked.truth.as_deref())?;
    let bar = Bar::new("Linking");
    let found = Found::of(people, model, asked.least, |done, of| bar.set(done, of));
    drop(bar);
    let mut also = Vec::new();
    write(&asked.out, |to| found.write_pairs(to))?;
    if let Some(out) = &asked.people {
        write(out, |to| found.write_people(to))?;
        also.push(out.clone());
    }
    if let Some(out) = &asked.review {
        write(out, |to| found.write_review(to))?;
        also.push(out.clone());
    }
    if let Some(out) = &asked.save_model {
        write(out, |to| writeln!(to, "{}", found.linked.model.to_json()))?;
        also.push(out.clone());
    }
    if let Some(folder) = &asked.splink {
        write_for_splink(folder, &found.people, &found.linked.model)?;
        also.push(folder.clone());
    }
    Ok(Told {
        summary: found.summary(),
        left_out: found.people.left_out,
        problems: found.people.problems,
        file: asked.out.clone(),
        also,
    })
}

fn of_register(common: &Common, asked: &cli::Link) -> Result<Told, Failure> {
    let model = asked.model.as_deref().map(model).transpose()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a probability in millionths"
    )]
    let least_millionths = (asked.least * 1e6).round() as u32;
    let work = Work::LinkRegister(RegisterAsked {
        least_millionths,
        model: model.map(|model| model.to_json()),
        at_the_desk: asked.at_the_desk,
        people: asked.people.is_some(),
        review: asked.review.is_some(),
    });
    let place = Place::of(common)?;
    let answer = control::run(&place, work, &[], "Linking")?;
    let Answer::RegisterLinked {
        summary,
        pairs,
        people,
        review,
        model,
    } = answer
    else {
        unreachable!("work is answered in kind")
    };
    let summary = serde_json::from_value(summary);
    let summary = summary.map_err(|error| Failure::Answered(error.to_string()))?;
    write(&asked.out, |to| to.write_all(pairs.as_bytes()))?;
    let mut also = Vec::new();
    for (out, text) in [
        (&asked.people, people),
        (&asked.review, review),
        (&asked.save_model, Some(model + "\n")),
    ] {
        if let (Some(out), Some(text)) = (out, text) {
            write(out, |to| to.write_all(text.as_bytes()))?;
            also.push(out.clone());
        }
    }
    Ok(Told {
        summary,
        left_out: 0,
        problems: Vec::new(),
        file: asked.out.clone(),
        also,
    })
}

/// A model to be used as it is.
fn model(file: &Path) -> Result<Model, Failure> {
    let text = fs::read_to_string(file).map_err(Failure::file(file, "read the model"))?;
    let model = Model::from_json(&text);
    model.map_err(|bad| Failure::Wrong(format!("{}: {bad}", file.display())))
}

fn write(
    out: &Path,
    table: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = File::create(out).and_then(|file| {
        let mut to = BufWriter::new(file);
        table(&mut to)?;
        to.flush()
    });
    written.map_err(Failure::file(out, "write the table"))
}

fn words(told: &Told) -> String {
    let mut lines = told.problems.clone();
    if told.left_out > told.problems.len() {
        let more = told.left_out - told.problems.len();
        lines.push(format!("and {more} more rows left out"));
    }
    let summary = &told.summary;
    lines.push(format!(
        "{} records, {} pairs compared: {} may be one person; put together, {} people.",
        summary.records, summary.compared, summary.pairs, summary.people
    ));
    for (name, many) in &summary.crowded {
        lines.push(format!(
            "Too many share the same {name}: {many} records were told apart by what else is known of them."
        ));
    }
    if let Some(recall) = summary.recall_of_keys {
        lines.push(format!(
            "Of all pairs that are one person, about {:.1} % were compared.",
            100.0 * recall
        ));
    }
    if let Some(measured) = &summary.measured {
        lines.extend(measured_words(measured));
    }
    let written = std::iter::once(&told.file).chain(&told.also);
    let written: Vec<_> = written.map(|file| file.display().to_string()).collect();
    lines.push(format!("Wrote {}.", written.join(", ")));
    lines.join("\n")
}

fn measured_words(measured: &Measured) -> Vec<String> {
    let mut lines = vec![format!("{} pairs are one person.", measured.real_pairs)];
    for (name, said) in [
        ("At 0.5", &measured.at_threshold),
        ("Best", &measured.best),
        ("As people", &measured.as_people),
    ] {
        lines.push(format!(
            "{name}: precision {:.4}, recall {:.4}, F1 {:.4} (from {:.3} on)",
            said.precision, said.recall, said.f1, said.threshold
        ));
    }
    lines.push("Said to be likely, and is, of pairs:".to_owned());
    for step in &measured.calibration {
        lines.push(format!(
            "  {:.3}  {:.3}  {}",
            step.said, step.is, step.pairs
        ));
    }
    lines
}
