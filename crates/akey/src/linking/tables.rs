//! What is written: pairs, who is who, and what a person should look at first.

use std::io::{self, Write};

use linkage::{Clusters, Explanation, Pair, Review};

/// `record_a, record_b, probability`, the most probable first.
pub(super) fn pairs<'a>(
    to: &mut impl Write,
    ids: &[String],
    pairs: impl Iterator<Item = &'a Pair>,
) -> io::Result<()> {
    writeln!(to, "record_a,record_b,probability")?;
    for pair in pairs {
        let [one, other] = names(ids, pair);
        writeln!(to, "{one},{other},{:.6}", pair.probability)?;
    }
    Ok(())
}

/// `record_id, person`: the same person, the same number, which is the `record_id` of their first record.
pub(super) fn people(to: &mut impl Write, ids: &[String], clusters: &Clusters) -> io::Result<()> {
    writeln!(to, "record_id,person")?;
    for (record, id) in (0_u32..).zip(ids) {
        let person = &ids[clusters.person(record) as usize];
        writeln!(to, "{},{}", quoted(id), quoted(person))?;
    }
    Ok(())
}

/// `record_a, record_b, probability, worth, because`, what is worth most first. No word of anybody: fields and
/// how far they agree.
pub(super) fn review(
    to: &mut impl Write,
    ids: &[String],
    queue: &[Review],
    explain: impl Fn(&Pair) -> Explanation,
) -> io::Result<()> {
    writeln!(to, "record_a,record_b,probability,worth,because")?;
    for review in queue {
        let [one, other] = names(ids, &review.pair);
        let because = because(&explain(&review.pair));
        let (probability, worth) = (review.pair.probability, review.worth);
        writeln!(to, "{one},{other},{probability:.6},{worth:.3},{because}")?;
    }
    Ok(())
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

/// An id as a CSV field (RFC 4180).
pub(super) fn quoted(id: &str) -> String {
    if id.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", id.replace('"', "\"\""))
    } else {
        id.to_owned()
    }
}
