//! Many runs, on as many cores as asked, and what they came to.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::error::DrillError;
use crate::finding::Finding;
use crate::minimise;
use crate::script::Script;
use crate::tally::Tally;
use crate::world::run;

/// Failures that are shortened: each takes some hundred runs, and what fails in many seeds mostly fails
/// for one reason.
const SHORTENED_MAX: u64 = 3;

/// What is to be run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which seeds.
    pub seeds: Range<u64>,
    /// On how many cores.
    pub jobs: usize,
    /// No new run begins after so long.
    pub at_most: Option<Duration>,
    /// Whether a failing run is shortened while it still fails.
    pub shorten: Shorten,
}

/// Whether a failing run is shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shorten {
    /// It is.
    Yes,
    /// It is reported as it is.
    No,
}

/// A seed that failed.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// Which.
    pub seed: u64,
    /// What was found.
    pub finding: Finding,
    /// How many steps the whole script has.
    pub steps: usize,
    /// The numbers of the steps that are enough to see it; all of them from the fourth failure on.
    pub keep: Vec<usize>,
    /// These steps in words.
    pub script: Vec<String>,
}

/// What many runs came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Drilled {
    /// Runs that ended.
    pub seeds: u64,
    /// The first seed.
    pub start: u64,
    /// What happened in them.
    pub tally: Tally,
    /// Seeds that failed, in order.
    pub failures: Vec<Failure>,
    /// How long it took.
    pub seconds: f64,
}

impl Drilled {
    /// Whether every guarantee held in every run.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty()
    }

    /// Site-days lived through in a second.
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    pub fn site_days_per_second(&self) -> f64 {
        self.tally.site_days as f64 / self.seconds.max(0.001)
    }
}

/// Runs the seeds of a plan; `progress` hears how many are done and how many failed.
///
/// # Errors
/// When the drill itself fails; what it finds is no error.
pub fn drill(plan: &Plan, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Drilled, DrillError> {
    let begun = Instant::now();
    let next = AtomicU64::new(plan.seeds.start);
    let broken = AtomicBool::new(false);
    let failed = AtomicU64::new(0);
    let drilled = Mutex::new(Ok(Drilled {
        start: plan.seeds.start,
        ..Drilled::default()
    }));
    let work = || {
        loop {
            let late = plan.at_most.is_some_and(|most| begun.elapsed() >= most);
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if late || seed >= plan.seeds.end || broken.load(Ordering::Relaxed) {
                return;
            }
            let ran = one(seed, plan.shorten, &failed);
            let mut drilled = drilled.lock().unwrap_or_else(PoisonError::into_inner);
            match (ran, &mut *drilled) {
                (Ok((tally, failure)), Ok(drilled)) => {
                    drilled.seeds += 1;
                    drilled.tally.add(&tally);
                    drilled.failures.extend(failure);
                    progress(drilled.seeds, drilled.failures.len() as u64);
                }
                (Err(error), _) => {
                    *drilled = Err(error);
                    broken.store(true, Ordering::Relaxed);
                }
                (Ok(_), Err(_)) => return,
            }
        }
    };
    std::thread::scope(|scope| {
        let others = (1..plan.jobs.max(1)).map(|_| scope.spawn(work));
        let others: Vec<_> = others.collect();
        work();
        // The scope alone waits for their work, not for their end: what OpenSSL keeps for each thread would
        // be let go while the process leaves.
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let drilled = drilled.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut drilled = drilled?;
    drilled.failures.sort_by_key(|failure| failure.seed);
    drilled.seconds = begun.elapsed().as_secs_f64();
    Ok(drilled)
}

fn one(
    seed: u64,
    shorten: Shorten,
    failed: &AtomicU64,
) -> Result<(Tally, Option<Failure>), DrillError> {
    let script = Script::of(seed);
    let ran = run(&script)?;
    let Some(finding) = ran.finding else {
        return Ok((ran.tally, None));
    };
    let nth = failed.fetch_add(1, Ordering::Relaxed);
    let short = match shorten {
        Shorten::Yes if nth < SHORTENED_MAX => minimise::shortened(&script, &finding)?,
        Shorten::Yes | Shorten::No => script.clone(),
    };
    let failure = Failure {
        seed,
        finding,
        steps: script.steps.len(),
        keep: short.steps.iter().map(|step| step.number).collect(),
        script: short.steps.iter().map(ToString::to_string).collect(),
    };
    Ok((ran.tally, Some(failure)))
}
