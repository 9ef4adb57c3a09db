//! `akey link`: which records of a file may be one person.

mod people;
mod splink;
mod tables;

use std::fs;
use std::path::PathBuf;

use linkage::{Calibration, Clusters, Linked, Model, Quality, Stage, calibration, quality, review};
use serde::Serialize;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::progress::Bar;

use people::People;

/// From here on a pair is said to be one person.
const THRESHOLD: f64 = 0.5;
/// What is looked at, also below what is written: to measure, to put together, to review.
const LEAST: f64 = 0.01;

/// What came of it.
#[derive(Serialize)]
struct Answer {
    records: usize,
    pairs: usize,
    compared: u64,
    people: usize,
    left_out: usize,
    problems: Vec<String>,
    /// Keys whose blocks were too large, and of how many records.
    crowded: Vec<(&'static str, u64)>,
    recall_of_keys: Option<f64>,
    #[serde(flatten)]
    measured: Option<Measured>,
    file: PathBuf,
    /// What else was written.
    also: Vec<PathBuf>,
}

/// Where it is known who is who.
#[derive(Serialize)]
struct Measured {
    real_pairs: u64,
    at_threshold: Said,
    best: Said,
    /// Pairs within the people that records were put together to.
    as_people: Said,
    calibration: Vec<Step>,
}

#[derive(Serialize)]
struct Said {
    threshold: f64,
    precision: f64,
    recall: f64,
    f1: f64,
}

#[derive(Serialize)]
struct Step {
    said: f64,
    is: f64,
    pairs: u64,
}

/// Reads people, links them, and writes the pairs.
pub fn run(common: &Common, asked: &cli::Link) -> Result<(), Failure> {
    if !(0.0..=1.0).contains(&asked.least) {
        return Err(Failure::Usage(
            "--least is a probability from 0 to 1".into(),
        ));
    }
    let model = model(asked)?;
    let people = People::read(&asked.file, asked.truth.as_deref())?;
    let linked = link(&people, model, asked.least.min(LEAST));
    let clusters = Clusters::of(&people.linkage, &linked);
    let written = linked
        .pairs
        .iter()
        .take_while(|pair| pair.probability >= asked.least);
    let pairs = written.clone().count();
    let mut also = Vec::new();
    tables::pairs(&asked.out, &people.ids, written)?;
    if let Some(out) = &asked.people {
        tables::people(out, &people.ids, &clusters)?;
        also.push(out.clone());
    }
    if let Some(out) = &asked.review {
        let queue = review(&linked, &clusters);
        let explain = |pair: &_| people.linkage.explain(&linked.model, pair);
        tables::review(out, &people.ids, &queue, explain)?;
        also.push(out.clone());
    }
    if let Some(out) = &asked.save_model {
        let json = linked.model.to_json() + "\n";
        fs::write(out, json).map_err(Failure::file(out, "write the model"))?;
        also.push(out.clone());
    }
    if let Some(folder) = &asked.splink {
        splink::write(folder, &people, &linked.model)?;
        also.push(folder.clone());
    }
    let answer = Answer {
        records: people.linkage.len(),
        pairs,
        compared: linked.compared,
        people: clusters.sizes().len(),
        left_out: people.left_out,
        crowded: linked
            .crowded
            .iter()
            .filter(|(_, many)| *many > 0)
            .copied()
            .collect(),
        recall_of_keys: linked.recall_of_keys,
        measured: asked
            .truth
            .is_some()
            .then(|| measure(&people, &linked, &clusters)),
        problems: people.problems,
        file: asked.out.clone(),
        also,
    };
    output::answer(common.json, &answer, || words(&answer))
}

/// The model asked for, to be used as it is; none where one is to be learnt.
fn model(asked: &cli::Link) -> Result<Option<Model>, Failure> {
    let Some(file) = &asked.model else {
        return Ok(None);
    };
    let text = fs::read_to_string(file).map_err(Failure::file(file, "read the model"))?;
    let model = Model::from_json(&text);
    model
        .map(Some)
        .map_err(|bad| Failure::Wrong(format!("{}: {bad}", file.display())))
}

fn link(people: &People, model: Option<Model>, least: f64) -> Linked {
    let bar = Bar::new("Linking");
    let told = |stage: Stage| {
        // Learning is about a quarter of the way.
        let (done, of) = match stage {
            Stage::Learning(done, of) => (done, 4 * of),
            Stage::Comparing(done, of) => (of + 3 * done, 4 * of),
        };
        bar.set(done as u64, of as u64);
    };
    let model = model.unwrap_or_else(|| people.linkage.learn(&Model::default(), &told));
    people.linkage.link(&model, least, &told)
}

fn measure(people: &People, linked: &Linked, clusters: &Clusters) -> Measured {
    let said = |quality: &Quality| Said {
        threshold: quality.threshold,
        precision: quality.precision(),
        recall: quality.recall(),
        f1: quality.f1(),
    };
    let (at, best) = quality(&linked.pairs, &people.truth, THRESHOLD);
    let (together, _) = quality(&clusters.pairs(), &people.truth, THRESHOLD);
    let step = |step: Calibration| Step {
        said: step.said,
        is: step.is,
        pairs: step.pairs,
    };
    Measured {
        real_pairs: at.real,
        at_threshold: said(&at),
        best: said(&best),
        as_people: said(&together),
        calibration: calibration(&linked.pairs, &people.truth)
            .into_iter()
            .map(step)
            .collect(),
    }
}

fn words(answer: &Answer) -> String {
    let mut lines = answer.problems.clone();
    if answer.left_out > answer.problems.len() {
        let more = answer.left_out - answer.problems.len();
        lines.push(format!("and {more} more rows left out"));
    }
    lines.push(format!(
        "{} records, {} pairs compared: {} may be one person; put together, {} people.",
        answer.records, answer.compared, answer.pairs, answer.people
    ));
    for (name, many) in &answer.crowded {
        lines.push(format!(
            "Too many share the same {name}: {many} records were told apart by what else is known of them."
        ));
    }
    if let Some(recall) = answer.recall_of_keys {
        lines.push(format!(
            "Of all pairs that are one person, about {:.1} % were compared.",
            100.0 * recall
        ));
    }
    if let Some(measured) = &answer.measured {
        lines.push(format!("{} pairs are one person.", measured.real_pairs));
        let each = [
            ("At 0.5", &measured.at_threshold),
            ("Best", &measured.best),
            ("As people", &measured.as_people),
        ];
        for (name, said) in each {
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
    }
    let written = std::iter::once(&answer.file).chain(&answer.also);
    let written: Vec<_> = written.map(|file| file.display().to_string()).collect();
    lines.push(format!("Wrote {}.", written.join(", ")));
    lines.join("\n")
}
