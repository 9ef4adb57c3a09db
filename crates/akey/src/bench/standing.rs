//! A site that has stood for a while: many people on record. How long it takes to work the register
//! out anew, to count a report, to start.

use std::time::Instant;

use domain::{ArrivalId, Command, Day, Meeting, Moment};
use jiff::civil::date;
use ledger::Vault;
use node::{Clock as _, Node};
use report::{Scope, Sitrep, Stamp};

use super::rig::{Rig, somebody};
use super::{Measure, percentile, process};
use crate::demo::founding::{PASSPHRASE, id};
use crate::demo::plan::local;
use crate::demo::timetable::FOUNDED;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::secret;
use population::Chance;

const HOUR_MS: i64 = 3_600_000;
/// People who arrive at a busy site in a day.
const PEOPLE_A_DAY: u32 = 2_000;
/// How many of them are registered together, and how many wait on the last day.
const BATCH: u32 = 500;
/// How often what is quick is measured.
const TIMES: usize = 5;

/// Plays days of a busy site until there are enough people and events: each day a movement lands, its
/// people are registered and it is closed. The last day is still at work, its last people waiting.
pub fn populate(rig: &Rig, people: u32, events: u64) -> Result<Vec<Measure>, Failure> {
    let (site, clock) = rig.found_on_its_day()?;
    let bar = Bar::new("Putting people on record");
    let mut chance = Chance::seeded(2);
    let (mut number, mut day, mut position) = (0, 0, 0);
    let begun = Instant::now();
    let last = loop {
        day += 1;
        clock.set(opening(day));
        let movement = site.landed(&mut chance, &format!("BENCH {day}"), PEOPLE_A_DAY)?;
        for batch in 0..PEOPLE_A_DAY / BATCH {
            clock.set(opening(day).plus_ms(i64::from(batch + 1) * HOUR_MS));
            let requests = (0..BATCH)
                .map(|place| {
                    let command = somebody(&mut chance, number + place, movement);
                    site.request(&mut chance, command)
                })
                .collect();
            for answer in site.node.execute_all(&site.coordinator, requests)? {
                position = answer?.position;
            }
            number += BATCH;
            bar.set(u64::from(number), u64::from(people.max(number)));
            if number >= people && position >= events && batch + 2 >= PEOPLE_A_DAY / BATCH {
                break;
            }
        }
        if number >= people && position >= events {
            break movement;
        }
        site.execute(&mut chance, Command::CloseMovement { movement })?;
    };
    let seconds = begun.elapsed().as_secs_f64();
    let meetings = (0..BATCH)
        .map(|_| Meeting {
            arrival: ArrivalId(id(&mut chance)),
            priority: None,
        })
        .collect();
    let movement = last;
    site.execute(&mut chance, Command::Meet { movement, meetings })?;
    rig.note(clock.now())?;
    Ok(vec![
        Measure::new("people on record", f64::from(number), ""),
        Measure::new("events on record", as_f64(position), ""),
        Measure::new(
            "put on record together",
            f64::from(number) / seconds,
            "people/s",
        ),
    ])
}

/// When a day's work begins.
fn opening(day: i64) -> Moment {
    local(FOUNDED).plus_ms(day * 24 * HOUR_MS)
}

/// The register worked out anew.
pub fn rebuild(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let node = open(rig)?;
    let bar = Bar::new("Folding events");
    let begun = Instant::now();
    let (events, _) = node.rebuild(move |done, total| bar.set(done, total))?;
    let seconds = begun.elapsed().as_secs_f64();
    Ok(vec![
        Measure::new("rebuild", seconds, "s"),
        Measure::new("rebuild", as_f64(events) / seconds, "events/s"),
    ])
}

/// A report over everybody.
pub fn sitrep(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let node = open(rig)?;
    let mut spans_ms = Vec::new();
    for _ in 0..TIMES {
        let scope = Scope {
            sites: Vec::new(),
            from: Day(date(2021, 9, 1)),
            to: Day(date(2022, 9, 30)),
            cut_off: Moment(i64::MAX / 2),
        };
        let stamp = Stamp {
            operation: "bench".into(),
            log_end: String::new(),
            computed_at: node.now(),
            computed_by: "akey bench".into(),
        };
        let begun = Instant::now();
        let sitrep =
            node.read::<_, Failure>(|register| Ok(Sitrep::compute(register, &scope, stamp)?))?;
        spans_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
        drop(sitrep);
    }
    spans_ms.sort_by(f64::total_cmp);
    let median = percentile(&spans_ms, 50);
    Ok(vec![
        Measure::new("sitrep over everybody, median", median, "ms").aiming("1 s over a million"),
    ])
}

/// From the passphrase to a node that answers, and the memory of a serving site.
pub fn start(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let passphrase = secret::passphrase(PASSPHRASE);
    let mut spans_ms = Vec::new();
    for _ in 0..TIMES {
        let key = Vault::read(&rig.data())?.unlock(&passphrase)?;
        let begun = Instant::now();
        let node = Node::open_unlocked(&rig.data(), &key, rig.options()?)?;
        node.read::<_, node::NodeError>(|register| Ok(register.sites()?))?;
        spans_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    spans_ms.sort_by(f64::total_cmp);
    let mut measures = vec![
        Measure::new(
            "start after unlock, median",
            percentile(&spans_ms, 50),
            "ms",
        )
        .aiming("1 s"),
    ];
    measures.extend(process::memory(rig)?);
    Ok(measures)
}

fn open(rig: &Rig) -> Result<Node, Failure> {
    Ok(Node::open(
        &rig.data(),
        &secret::passphrase(PASSPHRASE),
        rig.options()?,
    )?)
}

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
