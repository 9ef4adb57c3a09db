//! `akey figures`: what others stated in public, held against itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use figures::{
    Conflict, Derived, Finding, Gap, Interval, Options, Read, Reconciliation, Statement, Step,
    Term, Verdict, read, reconcile,
};
use serde_json::json;

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::stated::{self, FiguresAsked, Stated};
use crate::work::{Answer, Work};

/// What was said in public about September 2021; `crates/akey/figures/README.md` says by whom.
pub const PUBLISHED: &[u8] = include_bytes!("../../figures/haiti-2021.csv");

/// Holds statements against each other and says what was found.
pub fn run(common: &Common, asked: &cli::Reconcile) -> Result<(), Failure> {
    let (read, own) = if asked.register {
        let stated = on_record(common, asked.about)?;
        let read = Read {
            statements: stated::statements(&stated)?,
            problems: Vec::new(),
        };
        (read, stated.own)
    } else {
        (statements(&asked.files)?, BTreeMap::new())
    };
    let options = Options {
        about_percent: asked.about,
    };
    let found = reconcile(&read.statements, options);
    let answer = json!({ "problems": read.problems, "found": found, "own": own });
    output::answer(common.json, &answer, || words(&read, &found) + &ours(&own))?;
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

/// Puts the figures of a file on record.
pub fn take(common: &Common, asked: &cli::ImportFigures) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let file = fs::read(&asked.file).map_err(Failure::file(&asked.file, "read the figures"))?;
    let (login, password) = super::import::who(&place, asked.login.as_deref())?;
    let work = Work::ImportFigures(FiguresAsked {
        dry_run: asked.dry_run,
        login,
        password,
    });
    let Answer::TookFigures(taken) = control::run(&place, work, &file, "Importing")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &taken, || {
        let did = if taken.dry_run {
            "Would put on record"
        } else {
            "Put on record"
        };
        let mut lines = taken.problems.clone();
        lines.push(format!(
            "{did}: {}{}; {} were on record already.",
            taken.recorded.len(),
            if taken.recorded.is_empty() {
                String::new()
            } else {
                format!(" ({})", taken.recorded.join(", "))
            },
            taken.known
        ));
        lines.join("\n")
    })
}

/// Writes the figures on record.
pub fn export(common: &Common, out: Option<&Path>) -> Result<(), Failure> {
    let stated = on_record(common, Options::default().about_percent)?;
    match out {
        None => output::answer(common.json, &stated, || stated.csv.trim_end().to_owned()),
        Some(out) => {
            fs::write(out, &stated.csv).map_err(Failure::file(out, "write the figures"))?;
            output::answer(common.json, &json!({ "file": out }), || {
                format!("Wrote {}.", out.display())
            })
        }
    }
}

fn on_record(common: &Common, about: i64) -> Result<Stated, Failure> {
    let place = Place::of(common)?;
    let Answer::Figures(stated) = control::run(&place, Work::Figures { about }, &[], "Reading")?
    else {
        unreachable!("work is answered in kind")
    };
    Ok(stated)
}

/// What was counted here, beside what was stated.
fn ours(own: &BTreeMap<String, serde_json::Value>) -> String {
    let mut text = String::new();
    for (code, own) in own {
        let verdict = match (
            &own["goes_on"],
            own["counts_from"].as_str(),
            own["apart"].as_u64(),
        ) {
            (serde_json::Value::Bool(true), ..) => "so far: the last day is not over".to_owned(),
            (_, Some(day), _) => format!("counted only from {day}"),
            (_, None, Some(0)) => "fits".to_owned(),
            (_, None, apart) => format!("{} apart", apart.unwrap_or_default()),
        };
        let _ = write!(text, "\n{code}: counted here {} ({verdict})", own["value"]);
    }
    if text.is_empty() {
        return text;
    }
    format!("\n\nCounted by Akèy{}", text.replace('\n', "\n  "))
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
    let lost = read.statements.iter().flat_map(|statement| {
        let unknown = statement.unknown_parts(&read.statements).into_iter();
        unknown.map(|part| {
            format!(
                "{}, parts: no row is called {part}; name the parts by their figure_id",
                statement.figure_id
            )
        })
    });
    let problems = read.problems.iter().map(stated::problem);
    part("Left out", problems.chain(lost).collect());
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
