//! A notice queued for everybody who asked to be told: how long that takes, beside as many bare rows in
//! the same run, and whether desks that register meanwhile wait longer.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rusqlite::Connection;
use updates::{Announced, Item, Letter, Updates};

use super::desk::{Load, PAUSE, PEOPLE, under};
use super::rig::Rig;
use super::{Measure, latencies};
use crate::failure::Failure;
use crate::progress::Bar;
use population::Chance;

/// Desks that register meanwhile.
const DESKS: u32 = 100;

/// The measurement.
pub fn queued(rig: &Rig, readers: u32) -> Result<Vec<Measure>, Failure> {
    let bar = Bar::new("Queueing");
    let bare = bare_rows(&rig.folder().join("bare.db"), readers)
        .map_err(|error| Failure::Wrong(format!("bare SQLite could not be measured: {error}")))?;
    let mut measures = vec![Measure::new(
        format!("bare SQLite, {readers} rows"),
        bare,
        "s",
    )];
    let site = rig.found()?;
    let updates = web::open_updates(&site.node)?;
    updates.invent(readers)?;
    bar.set(1, 4);
    let begun = Instant::now();
    announce(&updates, 0, readers)?;
    measures.push(
        Measure::new(
            format!("a notice queued for {readers}"),
            begun.elapsed().as_secs_f64(),
            "s",
        )
        .aiming("60 s"),
    );
    bar.set(2, 4);
    let mut chance = Chance::seeded(7);
    for (done, (name, busy)) in (3..).zip([("alone", false), ("while mail is queued", true)]) {
        let load = Load {
            clients: DESKS,
            movement: site.landed(&mut chance, &format!("BENCH {name}"), PEOPLE)?,
            pause: PAUSE,
            first_number: done * 100_000_000,
        };
        let stop = AtomicBool::new(!busy);
        let (waits_ms, rounds) = std::thread::scope(|scope| {
            let queueing = scope.spawn(|| -> Result<u32, Failure> {
                let mut rounds = 0;
                while !stop.load(Ordering::Relaxed) {
                    rounds += 1;
                    announce(&updates, rounds, readers)?;
                }
                Ok(rounds)
            });
            let waits = under(&load, &site);
            stop.store(true, Ordering::Relaxed);
            let rounds = queueing.join().expect("queueing does not panic")?;
            Ok::<_, Failure>((waits?.0, rounds))
        })?;
        measures.extend(latencies(
            &format!("registrations, {DESKS} desks, {name}"),
            waits_ms,
            Some("50 ms"),
        ));
        if busy {
            measures.push(Measure::new(
                "notices queued meanwhile",
                f64::from(rounds),
                "",
            ));
        }
        bar.set(u64::from(done), 4);
    }
    Ok(measures)
}

fn announce(updates: &Updates, number: u32, readers: u32) -> Result<(), Failure> {
    let letters = ["ht", "fr", "en", "es"].map(|language| {
        let letter = Letter {
            subject: format!("Notice {number}"),
            body: "Water for everybody.\n".repeat(20),
        };
        (language, letter)
    });
    let announced = updates.announce(&Item {
        key: &number.to_string(),
        topics: 1,
        letters: letters.into(),
    })?;
    if announced == Announced::Queued(readers as usize) {
        Ok(())
    } else {
        Err(Failure::Wrong(format!(
            "not everybody was queued: {announced:?}"
        )))
    }
}

/// As many rows in one transaction, flushed once, without encryption.
fn bare_rows(file: &Path, rows: u32) -> rusqlite::Result<f64> {
    let mut connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE bare (id INTEGER PRIMARY KEY, at INTEGER NOT NULL)")?;
    let begun = Instant::now();
    let transaction = connection.transaction()?;
    for row in 0..rows {
        transaction
            .prepare_cached("INSERT INTO bare (id, at) VALUES (?1, ?2)")?
            .execute((row, 7))?;
    }
    transaction.commit()?;
    Ok(begun.elapsed().as_secs_f64())
}
