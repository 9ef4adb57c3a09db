//! Registrations at the desk: durable commands a second and how long each waits, with 1, 10 and 100
//! clients, beside what bare SQLite commits on the same disk.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::rig::{Rig, Running, somebody};
use super::{Measure, latencies};
use crate::failure::Failure;
use crate::progress::Bar;
use population::Chance;

/// People said to be on each movement that is registered from: more than are.
pub const PEOPLE: u32 = 10_000;
/// What a desk that is very quick does between two registrations.
pub const PAUSE: Duration = Duration::from_secs(1);
/// How long each part is measured.
const SPAN: Duration = Duration::from_secs(4);
/// Bytes of a bare row: about what one small event takes.
const BARE_ROW_BYTES: usize = 512;

/// The measurement.
pub fn registrations(rig: &Rig) -> Result<Vec<Measure>, Failure> {
    let bare = bare_commits(&rig.folder().join("bare.db"))
        .map_err(|error| Failure::Wrong(format!("bare SQLite could not be measured: {error}")))?;
    let mut measures = vec![Measure::new("bare SQLite commits", bare, "/s")];
    let site = rig.found()?;
    let bar = Bar::new("Registering");
    for (done, clients) in (0..).zip([1_u32, 10, 100]) {
        bar.set(done, 3);
        let mut chance = Chance::seeded(u64::from(clients));
        let movement = site.landed(&mut chance, &format!("BENCH {clients}"), PEOPLE)?;
        let pause = Duration::ZERO;
        let load = Load {
            clients,
            movement,
            pause,
            first_number: clients * 2_000_000,
        };
        let (waits_ms, seconds) = under(&load, &site)?;
        let count = f64::from(u32::try_from(waits_ms.len()).unwrap_or(u32::MAX));
        let name = format!("registrations, {clients} clients");
        measures.push(Measure::new(name.clone(), count / seconds, "/s"));
        measures.extend(latencies(&name, waits_ms, None));
    }
    let mut chance = Chance::seeded(u64::from(u32::MAX));
    let movement = site.landed(&mut chance, "BENCH paced", PEOPLE)?;
    let load = Load {
        clients: 100,
        movement,
        pause: PAUSE,
        first_number: 1_000_000_000,
    };
    let (waits_ms, _) = under(&load, &site)?;
    let name = "registrations, 100 desks with a pause of one second";
    measures.extend(latencies(name, waits_ms, Some("50 ms")));
    Ok(measures)
}

/// How many desks register, how busily.
pub struct Load {
    /// How many.
    pub clients: u32,
    /// Whose people.
    pub movement: domain::MovementId,
    /// How long each rests between two.
    pub pause: Duration,
    /// Everybody has a number of their own.
    pub first_number: u32,
}

/// Registers for a while; how long each registration waited, in milliseconds, and for how many seconds.
pub fn under(load: &Load, site: &Running) -> Result<(Vec<f64>, f64), Failure> {
    let &Load {
        clients,
        movement,
        pause,
        first_number,
    } = load;
    let begun = Instant::now();
    let waits = std::thread::scope(|scope| {
        let desks: Vec<_> = (0..clients)
            .map(|client| {
                scope.spawn(move || -> Result<Vec<f64>, Failure> {
                    let mut chance = Chance::seeded(movement.0.as_u64_pair().0 ^ u64::from(client));
                    let mut waits_ms = Vec::new();
                    // Desks do not begin at one stroke of a bell.
                    std::thread::sleep(pause * client / clients);
                    let mut number = first_number + client * 20_000;
                    while begun.elapsed() < SPAN {
                        number += 1;
                        let command = somebody(&mut chance, number, movement);
                        let asked = Instant::now();
                        site.execute(&mut chance, command)?;
                        waits_ms.push(asked.elapsed().as_secs_f64() * 1_000.0);
                        std::thread::sleep(pause);
                    }
                    Ok(waits_ms)
                })
            })
            .collect();
        let mut waits = Vec::new();
        for desk in desks {
            waits.extend(desk.join().expect("a desk does not panic")?);
        }
        Ok::<_, Failure>(waits)
    })?;
    Ok((waits, begun.elapsed().as_secs_f64()))
}

/// One row a commit, in the same mode in which the ledger writes: WAL, every commit flushed.
fn bare_commits(file: &Path) -> rusqlite::Result<f64> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")?;
    let row = vec![7_u8; BARE_ROW_BYTES];
    let begun = Instant::now();
    let mut commits = 0_u32;
    while begun.elapsed() < SPAN {
        connection
            .prepare_cached("INSERT INTO bare (bytes) VALUES (?1)")?
            .execute([&row])?;
        commits += 1;
    }
    Ok(f64::from(commits) / begun.elapsed().as_secs_f64())
}
