//! `akey link`: which records of a file may be one person.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use linkage::{Fields, Linkage, NAMES, Pair, Quality, quality};
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;

/// Rows that cannot be read, told one by one; the rest is counted.
const TOLD_MAX: usize = 20;
/// From here on a pair is said to be one person.
const THRESHOLD: f64 = 0.5;
/// What is looked at to measure, also below what is written.
const LEAST_MEASURED: f64 = 0.01;

/// What a file holds.
struct People {
    linkage: Linkage,
    ids: Vec<String>,
    truth: Vec<Option<String>>,
    problems: Vec<String>,
    left_out: usize,
}

/// Reads people, links them, and writes the pairs.
pub fn run(common: &Common, asked: &cli::Link) -> Result<(), Failure> {
    if !(0.0..=1.0).contains(&asked.least) {
        return Err(Failure::Usage(
            "--least is a probability from 0 to 1".into(),
        ));
    }
    let people = read(asked)?;
    let least = match asked.truth {
        Some(_) => asked.least.min(LEAST_MEASURED),
        None => asked.least,
    };
    let linked = people.linkage.link(least);
    let written = linked
        .pairs
        .iter()
        .take_while(|pair| pair.probability >= asked.least);
    let pairs = written.clone().count();
    write(&asked.out, &people.ids, written)?;
    let measured = asked
        .truth
        .as_ref()
        .map(|_| quality(&linked.pairs, &people.truth, THRESHOLD));
    let said = |quality: &Quality| {
        json!({ "threshold": quality.threshold, "precision": quality.precision(), "recall": quality.recall(),
            "f1": quality.f1(), "real_pairs": quality.real })
    };
    let answer = json!({
        "records": people.linkage.len(),
        "pairs": pairs,
        "compared": linked.compared,
        "left_out": people.left_out,
        "problems": people.problems,
        "crowded": linked.crowded.iter().filter(|(_, many)| *many > 0).collect::<Vec<_>>(),
        "at_threshold": measured.as_ref().map(|(at, _)| said(at)),
        "best": measured.as_ref().map(|(_, best)| said(best)),
        "file": asked.out,
    });
    output::answer(common.json, &answer, || {
        let mut lines = people.problems.clone();
        if people.left_out > people.problems.len() {
            lines.push(format!(
                "and {} more rows left out",
                people.left_out - people.problems.len()
            ));
        }
        lines.push(format!(
            "{} records, {} pairs compared: {pairs} may be one person. Wrote {}.",
            people.linkage.len(),
            linked.compared,
            asked.out.display()
        ));
        for (name, many) in linked.crowded.iter().filter(|(_, many)| *many > 0) {
            lines.push(format!(
                "Too many share the same {name}: {many} records were not compared by it."
            ));
        }
        if let Some((at, best)) = &measured {
            lines.push(format!("{} pairs are one person.", at.real));
            for (name, quality) in [("At 0.5", at), ("Best", best)] {
                lines.push(format!(
                    "{name}: precision {:.4}, recall {:.4}, F1 {:.4} (from {:.3} on)",
                    quality.precision(),
                    quality.recall(),
                    quality.f1(),
                    quality.threshold
                ));
            }
        }
        lines.join("\n")
    })
}

fn read(asked: &cli::Link) -> Result<People, Failure> {
    let file = &asked.file;
    let opened = File::open(file).map_err(Failure::file(file, "read the people"))?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(opened);
    let wrong = |what: String| Failure::Wrong(format!("{}: {what}", file.display()));
    let header = reader
        .headers()
        .map_err(|error| wrong(format!("it is no CSV: {error}; save it as CSV in UTF-8")))?;
    let column = |name: &str| {
        header
            .iter()
            .position(|head| head.eq_ignore_ascii_case(name))
    };
    let places = NAMES.map(column);
    let (id, truth) = (column("record_id"), asked.truth.as_deref().map(column));
    if places[0].is_none() && places[1].is_none() {
        return Err(wrong("row 1: there is no column given_names or family_name; name the columns as akey link --help says".into()));
    }
    if truth == Some(None) {
        let name = asked.truth.as_deref().unwrap_or_default();
        return Err(wrong(format!(
            "row 1: there is no column \"{name}\"; --truth names the column that says who it is"
        )));
    }
    let mut people = People {
        linkage: Linkage::default(),
        ids: Vec::new(),
        truth: Vec::new(),
        problems: Vec::new(),
        left_out: 0,
    };
    for (number, record) in reader.records().enumerate() {
        let row = number + 2;
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                people.left_out += 1;
                if people.problems.len() < TOLD_MAX {
                    people.problems.push(format!(
                        "row {row} cannot be read and is left out ({}); save the file as UTF-8",
                        why(&error)
                    ));
                }
                continue;
            }
        };
        let cell = |place: Option<usize>| {
            place
                .and_then(|place| record.get(place))
                .unwrap_or_default()
        };
        let [
            given_names,
            family_name,
            sex,
            birth_date,
            mother_name,
            birthplace,
            phone,
            document,
        ] = places.map(cell);
        people.linkage.add(&Fields {
            given_names,
            family_name,
            sex,
            birth_date,
            mother_name,
            birthplace,
            phone,
            document,
        });
        let own = cell(id);
        people.ids.push(if own.is_empty() {
            row.to_string()
        } else {
            own.to_owned()
        });
        let who = cell(truth.flatten());
        people.truth.push((!who.is_empty()).then(|| who.to_owned()));
    }
    Ok(people)
}

/// What is wrong with a row, without a word of what stands in it.
fn why(error: &csv::Error) -> &'static str {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8",
        csv::ErrorKind::Io(_) => "the file could not be read",
        _ => "not CSV",
    }
}

fn write<'a>(
    out: &Path,
    ids: &[String],
    pairs: impl Iterator<Item = &'a Pair>,
) -> Result<(), Failure> {
    let failed = || Failure::file(out, "write the pairs");
    let mut writer = BufWriter::new(File::create(out).map_err(failed())?);
    writeln!(writer, "record_a,record_b,probability").map_err(failed())?;
    for pair in pairs {
        let id = |place: u32| quoted(&ids[place as usize]);
        writeln!(
            writer,
            "{},{},{:.6}",
            id(pair.one),
            id(pair.other),
            pair.probability
        )
        .map_err(failed())?;
    }
    writer.flush().map_err(failed())
}

/// An id as a CSV field (RFC 4180).
fn quoted(id: &str) -> String {
    if id.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", id.replace('"', "\"\""))
    } else {
        id.to_owned()
    }
}
