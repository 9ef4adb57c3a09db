//! `akey figures`: what others stated in public, held against itself.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use figures::{
    Conflict, Derived, Finding, Gap, Interval, Options, Problem, Read, Reconciliation, Statement,
    Step, Term, Verdict, read, reconcile,
};
use serde_json::json;

use crate::cli::{self, Common};
use crate::failure::Failure;

/// What was said in public about September 2021; `crates/akey/figures/README.md` says by whom.
pub const PUBLISHED: &[u8] = include_bytes!("../../figures/haiti-2021.csv");

/// Holds statements against each other and says what was found.
pub fn run(common: &Common, asked: &cli::Reconcile) -> Result<(), Failure> {
    let read = statements(&asked.files)?;
    let options = Options {
        about_percent: asked.about,
    };
    let found = reconcile(&read.statements, options);
    let answer = json!({ "problems": read.problems, "found": found });
    super::answer(common.json, &answer, || words(&read, &found))?;
    match found.conflicts.len() {
        0 => Ok(()),
        1 => Err(Failure::Wrong(
            "one set of statements cannot be true together".into(),
        )),
        many => Err(Failure::Wrong(format!(
            "{many} sets of statements cannot be true together"
        ))),
    }
}

/// The statements of all files; those that go along where none is named.
fn statements(files: &[PathBuf]) -> Result<Read, Failure> {
    let unreadable = |why: figures::ReadError| Failure::Wrong(why.to_string());
    if files.is_empty() {
        return read(PUBLISHED).map_err(unreadable);
    }
    let mut all = Read::default();
    for file in files {
        let bytes = fs::read(file).map_err(Failure::file(file, "read the figures"))?;
        let one =
            read(&bytes).map_err(|why| Failure::Wrong(format!("{}: {why}", file.display())))?;
        all.problems.extend(one.problems);
        for statement in one.statements {
            let mut known = all.statements.iter();
            if known.any(|known| known.figure_id == statement.figure_id) {
                return Err(Failure::Wrong(format!(
                    "{}: {} is in two files: give every statement an id of its own",
                    file.display(),
                    statement.figure_id
                )));
            }
            all.statements.push(statement);
        }
    }
    Ok(all)
}

fn words(read: &Read, found: &Reconciliation) -> String {
    let said = Said(&read.statements);
    let mut text = String::new();
    let mut part = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "{heading}\n  {}\n", lines.join("\n  "));
        }
    };
    let problem = |problem: &Problem| {
        let column = problem
            .column
            .map_or_else(String::new, |column| format!(", {column}"));
        format!(
            "row {}{column}: {}; {}",
            problem.row, problem.what, problem.remedy
        )
    };
    part("Left out", read.problems.iter().map(problem).collect());
    part(
        "Cannot all be true",
        found
            .conflicts
            .iter()
            .map(|set| said.conflict(set))
            .collect(),
    );
    part(
        "Only because numbers are round",
        found
            .at_face_value
            .iter()
            .map(|set| said.conflict(set))
            .collect(),
    );
    part("Not accounted for", found.gaps.iter().map(gap).collect());
    let findings = found.findings.iter();
    let several = findings.filter(|finding| finding.verdict != Verdict::Alone);
    part(
        "Side by side",
        several.flat_map(|finding| said.finding(finding)).collect(),
    );
    part(
        "What follows, and nobody said",
        found.derived.iter().map(derived).collect(),
    );
    let _ = write!(
        text,
        "{} statements; \"about\" is {} in a hundred either way. --json has every step.",
        found.statements, found.about_percent
    );
    text
}

/// What was stated, by id.
struct Said<'a>(&'a [Statement]);

impl Said<'_> {
    fn of(&self, id: &str) -> Option<&Statement> {
        self.0.iter().find(|statement| statement.figure_id == id)
    }

    /// `DR02: 1401 (White House press secretary), 2021-09-19 to 2021-09-23`
    fn line(&self, id: &str) -> String {
        let Some(statement) = self.of(id) else {
            return id.to_owned();
        };
        let days = match statement.period_start {
            Some(from) => format!("{from} to {}", statement.as_of),
            None => statement.as_of.to_string(),
        };
        format!(
            "{id}: {} ({}), {days}",
            statement.said(),
            statement.stated_by
        )
    }

    fn conflict(&self, set: &Conflict) -> String {
        let each: Vec<_> = set.statements.iter().map(|id| self.line(id)).collect();
        let by = set
            .by_at_least
            .map_or_else(String::new, |by| format!(", by {by} at least"));
        format!("{}{by}", each.join("  ×  "))
    }

    fn finding(&self, finding: &Finding) -> Vec<String> {
        let verdict = match finding.verdict {
            Verdict::Alone => "alone",
            Verdict::Consistent => "consistent",
            Verdict::ExplainedByPeriod => "consistent: different days",
            Verdict::ExplainedByScope => "alone: others count more, or less, of the same",
            Verdict::Contradictory => "contradictory",
        };
        let about = &finding.about;
        let mut lines = vec![format!(
            "{} · {} {}: {verdict}",
            about.indicator, about.place, about.route
        )];
        lines.extend(
            finding
                .statements
                .iter()
                .map(|id| format!("  {}", self.line(id))),
        );
        lines.extend(finding.steps.iter().map(|one| format!("    {}", step(one))));
        lines
    }
}

fn interval(interval: Interval) -> String {
    match interval.high {
        Some(high) if high < interval.low => "nothing: the parts are more than the whole".into(),
        Some(high) if high == interval.low => high.to_string(),
        Some(high) => format!("{} to {high}", interval.low),
        None if interval.low == 0 => "any".into(),
        None => format!("{} or more", interval.low),
    }
}

fn term(term: &Term) -> String {
    let days = match (term.from, term.to) {
        (Some(from), Some(to)) if from == to => format!(" on {to}"),
        (Some(from), Some(to)) => format!(" {from} to {to}"),
        (None, Some(day)) => format!(" on {day}"),
        _ => " at its highest".into(),
    };
    let who = match term.statements.as_slice() {
        [] => "the rest".to_owned(),
        some => some.join(", "),
    };
    let value = match (term.statements.is_empty(), term.can_be) {
        (true, Some(can_be)) => can_be,
        _ => term.says,
    };
    format!("{who}{days} ({})", interval(value))
}

fn step(step: &Step) -> String {
    let right: Vec<_> = step.right.iter().map(term).collect();
    format!(
        "{} {} {}",
        term(&step.left),
        step.relation,
        right.join(" + ")
    )
}

fn gap(gap: &Gap) -> String {
    format!(
        "{}: {}, because {} sum to {}; with \"about\" as it is taken, {}",
        gap.whole,
        gap.unaccounted,
        gap.parts.join(" + "),
        gap.sum,
        interval(gap.can_be)
    )
}

fn derived(derived: &Derived) -> String {
    let longer = derived.longer.join(", ");
    let shorter = match derived.shorter.as_slice() {
        [] => "a share of it".to_owned(),
        some => some.join(", "),
    };
    format!(
        "{} · {} {}, {} to {}: {} ({longer} less {shorter})",
        derived.about.indicator,
        derived.about.place,
        derived.about.route,
        derived.from,
        derived.to,
        interval(derived.can_be)
    )
}
