//! A server is killed in the middle of its work (`kill -9`): what it had acknowledged is at the other,
//! and it goes on where it was.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use domain::MovementId;
use ledger_postgres::Settings;
use scratch_postgres::ScratchPostgres;
use uuid::Uuid;

use crate::company::{Between, Desk, Hub};

/// How the child finds its work: its folder, the database, the movement.
const WORK: &str = "AKEY_TEST_HUB_SERVER";

/// Not a test by itself: the process that is killed. It says each position that it was told.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn a_server_that_registers_until_it_is_killed() {
    let Ok(work) = std::env::var(WORK) else {
        return;
    };
    let words: Vec<&str> = work.split('\n').collect();
    let [dir, address, movement, seed] = words[..] else {
        panic!("four lines")
    };
    let between = Between::Postgres(address.to_owned(), Settings::default());
    let mut desk = Desk::open(dir.as_ref(), &between, seed.parse().unwrap());
    let movement = MovementId(movement.parse::<Uuid>().unwrap());
    let mut out = std::io::stdout();
    loop {
        let whose = desk.somebody();
        let (_, command) = desk.registering(movement, whose);
        let told = desk.must(command);
        writeln!(out, "told {}", told.position).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn what_a_killed_server_acknowledged_is_at_the_other() {
    let cluster = ScratchPostgres::start();
    let mut hub = Hub::on(&cluster);
    let movement = hub.one.landed();
    let Between::Postgres(address, _) = hub.between.clone() else {
        unreachable!("it is on PostgreSQL")
    };
    let dir = hub.meet_at();
    drop(hub.two);
    let mut told = Vec::new();
    for (round, lines) in [3, 11, 7].into_iter().enumerate() {
        let seed = 10_000_000 + round * 1_000_000;
        let work = format!("{}\n{address}\n{}\n{seed}", dir.display(), movement.0);
        let mut server = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--nocapture", "--exact"])
            .arg("killed::a_server_that_registers_until_it_is_killed")
            .env(WORK, work)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(server.stdout.take().unwrap()).lines();
        let mut heard = 0;
        while heard < lines {
            let line = said.next().expect("it goes on").unwrap();
            if let Some(position) = line.strip_prefix("told ") {
                told.push(position.parse::<u64>().unwrap());
                heard += 1;
                // The other server works at the same time.
                hub.one.registered(movement);
            }
        }
        server.kill().unwrap();
        server.wait().unwrap();
        let rest = said.map_while(Result::ok);
        told.extend(rest.filter_map(|line| line.strip_prefix("told ")?.parse::<u64>().ok()));
    }
    let two = Desk::open(&dir, &hub.between, 90_000_000);
    hub.one.node.follow().unwrap();
    assert_eq!(hub.one.digests(), two.digests());
    let registered = |position: &u64| {
        let event = hub.one.node.event(hub.one.node.key(), *position).unwrap();
        event.is_some()
    };
    assert!(told.len() >= 21);
    assert!(told.iter().all(registered));
    let count = told.len();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told.len(), count);
}
