//! Short runs: every guarantee holds in them, and one seed is one history.

use std::process::Command;

use drill::{Plan, Script, Shorten, drill, run};

/// Seeds that every test run goes through.
const SEEDS: u64 = 12;
/// A seed asked for in another process.
const ASKED: &str = "AKEY_DRILL_TRACE_OF";

#[test]
fn every_guarantee_holds_in_a_short_drill() {
    let plan = Plan {
        seeds: 0..SEEDS,
        jobs: 2,
        at_most: None,
        shorten: Shorten::No,
    };
    let drilled = drill(&plan, &|_, _| {}).unwrap();
    for failure in &drilled.failures {
        eprintln!("seed {}: {}", failure.seed, failure.finding);
    }
    assert!(drilled.is_clean());
    assert_eq!(drilled.seeds, SEEDS);
    assert!(drilled.tally.given > 0 && drilled.tally.settled > 0);
}

#[test]
fn one_seed_is_one_history_in_every_process() {
    let trace = |seed: u64| {
        let ran = run(&Script::of(seed)).unwrap();
        ran.trace.map(|byte| format!("{byte:02x}")).concat()
    };
    if let Ok(seed) = std::env::var(ASKED) {
        println!("trace {}", trace(seed.parse().unwrap()));
        return;
    }
    for seed in [3, 4] {
        let other = Command::new(std::env::current_exe().unwrap())
            .args([
                "one_seed_is_one_history_in_every_process",
                "--exact",
                "--nocapture",
            ])
            .env(ASKED, seed.to_string())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&other.stdout).into_owned();
        assert!(said.contains(&trace(seed)), "{said}");
    }
}
