//! A failing script with fewer steps: what can be left out while the same thing still fails is left
//! out, large pieces first (Zeller and Hildebrandt's delta debugging, 2002).

use crate::error::DrillError;
use crate::finding::Finding;
use crate::script::{Script, Step};
use crate::world::run;

/// Most runs spent on one failure.
const RUNS_MAX: usize = 300;

/// The shortest script found that still shows the finding.
///
/// # Errors
/// When the drill itself fails.
pub fn shortened(script: &Script, finding: &Finding) -> Result<Script, DrillError> {
    let mut steps = script.steps.clone();
    // Nothing after the step in which it showed is needed.
    if let Some(last) = finding.step {
        steps.retain(|step| step.number <= last);
    }
    let mut runs = 0;
    let mut piece = (steps.len() / 2).max(1);
    loop {
        let mut from = 0;
        let mut dropped = false;
        while from < steps.len() && runs < RUNS_MAX {
            let to = (from + piece).min(steps.len());
            let without: Vec<Step> = [&steps[..from], &steps[to..]].concat();
            runs += 1;
            if still_fails(script, &without, finding)? {
                steps = without;
                dropped = true;
            } else {
                from = to;
            }
        }
        if runs >= RUNS_MAX || (piece == 1 && !dropped) {
            break;
        }
        if !dropped {
            piece = (piece / 2).max(1);
        }
    }
    Ok(Script {
        steps,
        ..script.clone()
    })
}

fn still_fails(script: &Script, steps: &[Step], finding: &Finding) -> Result<bool, DrillError> {
    let tried = Script {
        steps: steps.to_vec(),
        ..script.clone()
    };
    let found = run(&tried)?.finding;
    Ok(found.is_some_and(|found| found.is_like(finding)))
}
