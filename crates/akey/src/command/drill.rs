//! `akey drill`: many simulated nodes through partitions, crashes and thieves, held against the
//! guarantees. It needs no site and touches no data.

use std::fmt::Write as _;
use std::time::Duration;

use drill::{Drilled, MISTAKES, Mistake, Plan, Planted, Script, Shorten};

use crate::cli::{self, Common};
use crate::failure::Failure;
use crate::output;
use crate::progress::Bar;

/// What a nightly run goes through, or as many of it as fit into an hour.
const NIGHTLY: (u64, Duration) = (10_000, Duration::from_hours(1));

/// Runs the seeds asked for and says what they came to.
pub fn run(common: &Common, asked: &cli::Drill) -> Result<(), Failure> {
    if let Some(name) = &asked.plant {
        return plant(common, asked, name);
    }
    if let Some(keep) = &asked.keep {
        return again(common, asked, keep);
    }
    let (seeds, at_most) = if asked.nightly {
        (NIGHTLY.0, Some(NIGHTLY.1))
    } else {
        (asked.seeds, None)
    };
    let plan = Plan {
        seeds: asked.start..asked.start.saturating_add(seeds),
        jobs: asked.jobs(),
        at_most,
        shorten: Shorten::Yes,
    };
    let bar = Bar::new("Drilling");
    let drilled = drill::drill(&plan, &|done, _| bar.set(done, seeds))?;
    drop(bar);
    output::answer(common.json, &drilled, || words(&drilled))?;
    if drilled.is_clean() {
        Ok(())
    } else {
        Err(Failure::Wrong("a guarantee did not hold: see above".into()))
    }
}

/// Runs one seed again with only some of its steps.
fn again(common: &Common, asked: &cli::Drill, keep: &[usize]) -> Result<(), Failure> {
    let script = Script::of(asked.start).keeping(keep);
    let ran = drill::run(&script)?;
    output::answer(common.json, &ran.finding, || match &ran.finding {
        Some(finding) => finding.to_string(),
        None => "Every guarantee held.".to_owned(),
    })?;
    match ran.finding {
        None => Ok(()),
        Some(_) => Err(Failure::Wrong("a guarantee did not hold: see above".into())),
    }
}

/// Plants mistakes, and says which seed shows each.
fn plant(common: &Common, asked: &cli::Drill, name: &str) -> Result<(), Failure> {
    if name == "list" {
        let list = || {
            let line = |mistake: &Mistake| {
                format!(
                    "{:<26} {:?}  {}",
                    mistake.name, mistake.breaks, mistake.what
                )
            };
            MISTAKES.iter().map(line).collect::<Vec<_>>().join("\n")
        };
        return output::answer(common.json, &MISTAKES, list);
    }
    let mistakes = match name {
        "all" => MISTAKES.to_vec(),
        name => vec![drill::named(name)?],
    };
    let bar = Bar::new("Planting");
    let mut planted = Vec::with_capacity(mistakes.len());
    for mistake in &mistakes {
        bar.set(planted.len() as u64, mistakes.len() as u64);
        planted.push(drill::plant(*mistake, asked.jobs())?);
    }
    drop(bar);
    output::answer(common.json, &planted, || {
        planted.iter().map(seen).collect::<Vec<_>>().join("\n")
    })?;
    if planted.iter().all(|planted| planted.seed.is_some()) {
        Ok(())
    } else {
        Err(Failure::Wrong(
            "a planted mistake was seen by nobody".into(),
        ))
    }
}

fn seen(planted: &Planted) -> String {
    match (planted.seed, &planted.finding) {
        (Some(seed), Some(finding)) => {
            format!(
                "{:<26} seen by seed {seed}: {finding}",
                planted.mistake.name
            )
        }
        _ => format!("{:<26} SEEN BY NOBODY", planted.mistake.name),
    }
}

fn words(drilled: &Drilled) -> String {
    let tally = &drilled.tally;
    let mut text = format!(
        "{} seeds from {}: {} steps, {} commands ({} refused), {} items given,\n\
         {} meetings ({} complete), {} messages; {} site-days in {:.1} s, {:.0} a second.\n",
        drilled.seeds,
        drilled.start,
        tally.steps,
        tally.commands,
        tally.refused,
        tally.given,
        tally.meetings,
        tally.settled,
        tally.messages,
        tally.site_days,
        drilled.seconds,
        drilled.site_days_per_second(),
    );
    if tally.recoveries > 0 {
        let _ = writeln!(
            text,
            "Rights of a lost node taken over {} times: {} items given by them, {} given again because it was not gone.",
            tally.recoveries, tally.given_by_recovery, tally.given_again_after_recovery,
        );
    }
    let faults: Vec<String> = tally
        .faults
        .iter()
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    let _ = writeln!(text, "Faults: {}.", faults.join(", "));
    for failure in &drilled.failures {
        let numbers: Vec<String> = failure.keep.iter().map(ToString::to_string).collect();
        let _ = write!(
            text,
            "\nSeed {} FAILED: {}\n{} of {} steps are enough:\n{}\nAgain: akey drill --start {} --keep {}\n",
            failure.seed,
            failure.finding,
            failure.keep.len(),
            failure.steps,
            failure.script.join("\n"),
            failure.seed,
            numbers.join(","),
        );
    }
    if drilled.is_clean() {
        let _ = write!(text, "Every guarantee held.");
    }
    text
}
