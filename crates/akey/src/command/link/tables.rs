//! What is written: pairs, who is who, and what a person should look at first.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use linkage::{Clusters, Explanation, Pair, Review};

use crate::failure::Failure;

/// `record_a, record_b, probability`, the most probable first.
pub fn pairs<'a>(
    out: &Path,
    ids: &[String],
    pairs: impl Iterator<Item = &'a Pair>,
) -> Result<(), Failure> {
    table(out, "record_a,record_b,probability", |to| {
        for pair in pairs {
            let [one, other] = names(ids, pair);
            writeln!(to, "{one},{other},{:.6}", pair.probability)?;
        }
        Ok(())
    })
}

/// `record_id, person`: the same person, the same number, which is the `record_id` of their first record.
pub fn people(out: &Path, ids: &[String], clusters: &Clusters) -> Result<(), Failure> {
    table(out, "record_id,person", |to| {
        for (record, id) in (0_u32..).zip(ids) {
            let person = &ids[clusters.person(record) as usize];
            writeln!(to, "{},{}", quoted(id), quoted(person))?;
        }
        Ok(())
    })
}

/// `record_a, record_b, probability, worth, because`, what is worth most first. No word of anybody: fields and
/// how far they agree.
pub fn review(
    out: &Path,
    ids: &[String],
    queue: &[Review],
    explain: impl Fn(&Pair) -> Explanation,
) -> Result<(), Failure> {
    table(out, "record_a,record_b,probability,worth,because", |to| {
        for review in queue {
            let [one, other] = names(ids, &review.pair);
            let because = because(&explain(&review.pair));
            writeln!(
                to,
                "{one},{other},{:.6},{:.3},{because}",
                review.pair.probability, review.worth
            )?;
        }
        Ok(())
    })
}

/// `family_name alike +5.2; sex apart -6.1`.
fn because(explanation: &Explanation) -> String {
    let reasons = explanation.reasons.iter().map(|reason| {
        format!(
            "{} {} {:+.1}",
            reason.field.name(),
            reason.level,
            reason.bits
        )
    });
    let rest = [
        ("shared by families", explanation.family),
        ("others of the party", explanation.together),
    ];
    let rest = rest.into_iter().filter(|(_, bits)| bits.abs() >= 0.05);
    let rest = rest.map(|(what, bits)| format!("{what} {bits:+.1}"));
    let before = format!("before {:+.1}", explanation.before);
    std::iter::once(before)
        .chain(reasons)
        .chain(rest)
        .collect::<Vec<_>>()
        .join("; ")
}

fn names(ids: &[String], pair: &Pair) -> [String; 2] {
    [pair.one, pair.other].map(|place| quoted(&ids[place as usize]))
}

fn table(
    out: &Path,
    header: &str,
    rows: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let written = File::create(out).and_then(|file| {
        let mut to = BufWriter::new(file);
        writeln!(to, "{header}")?;
        rows(&mut to)?;
        to.flush()
    });
    written.map_err(Failure::file(out, "write the table"))
}

/// An id as a CSV field (RFC 4180).
fn quoted(id: &str) -> String {
    if id.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", id.replace('"', "\"\""))
    } else {
        id.to_owned()
    }
}
