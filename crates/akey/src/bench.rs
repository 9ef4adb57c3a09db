//! `akey bench`: what this machine does with this program, beside what its disk does with bare
//! SQLite in the same run. Everything happens in a folder of its own that is removed at the end; the
//! people are invented.

mod desk;
mod intake;
mod mail;
mod process;
mod rig;
mod standing;
mod sync;

use serde::Serialize;

use crate::cli::{self, Common, Measurement};
use crate::failure::Failure;
use crate::output;
use rig::Rig;

/// One measured value.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// What was measured.
    name: String,
    /// How much.
    value: f64,
    /// Of what.
    unit: &'static str,
    /// What the design aims at, where it does.
    target: Option<&'static str>,
}

impl Measure {
    fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            target: None,
        }
    }

    const fn aiming(mut self, target: &'static str) -> Self {
        self.target = Some(target);
        self
    }
}

/// Runs one measurement, or all.
pub fn run(common: &Common, asked: &cli::Bench) -> Result<(), Failure> {
    let wanted = |measurement| asked.name.is_none_or(|name| name == measurement);
    let mut measures = Vec::new();
    if wanted(Measurement::Register) {
        measures.extend(desk::registrations(&Rig::new(common, "register")?)?);
    }
    if wanted(Measurement::Import) {
        measures.extend(intake::manifest(&Rig::new(common, "import")?)?);
    }
    if wanted(Measurement::Mail) {
        measures.extend(mail::queued(&Rig::new(common, "mail")?, asked.readers)?);
    }
    if wanted(Measurement::Sync) {
        let rig = Rig::new(common, "sync")?;
        measures.extend(sync::first_and_later(&rig, asked.events)?);
    }
    let standing = [
        Measurement::Rebuild,
        Measurement::Sitrep,
        Measurement::Start,
        Measurement::Pages,
    ];
    if standing.into_iter().any(wanted) {
        let people = if asked.name == Some(Measurement::Rebuild) {
            0
        } else {
            asked.people
        };
        let events = if wanted(Measurement::Rebuild) {
            asked.events
        } else {
            0
        };
        let rig = Rig::new(common, "standing")?;
        measures.extend(standing::populate(&rig, people, events)?);
        if wanted(Measurement::Sitrep) {
            measures.extend(standing::sitrep(&rig)?);
        }
        if wanted(Measurement::Rebuild) {
            measures.extend(standing::rebuild(&rig)?);
        }
        if wanted(Measurement::Start) {
            measures.extend(standing::start(&rig)?);
        }
        if wanted(Measurement::Pages) {
            measures.extend(process::pages(&rig)?);
        }
    }
    output::answer(common.json, &measures, || table(&measures))
}

fn table(measures: &[Measure]) -> String {
    let width = measures
        .iter()
        .map(|measure| measure.name.chars().count())
        .max()
        .unwrap_or(0);
    let lines = measures.iter().map(|measure| {
        let value = if measure.value >= 100.0 {
            format!("{:.0}", measure.value)
        } else {
            format!("{:.2}", measure.value)
        };
        let target = measure
            .target
            .map_or_else(String::new, |target| format!("   (aim: {target})"));
        format!(
            "{:<width$}  {value:>12} {}{target}",
            measure.name, measure.unit
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The value below which so many per cent of sorted values lie (nearest rank).
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

/// p50, p95 and p99 of latencies in milliseconds.
fn latencies(name: &str, mut latencies_ms: Vec<f64>, target: Option<&'static str>) -> Vec<Measure> {
    latencies_ms.sort_by(f64::total_cmp);
    [50, 95, 99]
        .into_iter()
        .map(|percent| {
            let value = percentile(&latencies_ms, percent);
            let measure = Measure::new(format!("{name}, p{percent}"), value, "ms");
            Measure { target, ..measure }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        let found = [50, 95, 99].map(|percent| format!("{:.0}", percentile(&values, percent)));
        assert_eq!(found, ["100", "190", "198"]);
    }
}
