//! How many events a hub records durably in a second, by one server and by two at once, on a PostgreSQL
//! that flushes as in production: `cargo bench -p akey-ledger-postgres`.
//!
//! Each event carries one sealed part under a key of its own, as a registration does. Commits hold one
//! event, as a single desk makes them, or 32, as many desks that wait together do. Numbers are of this
//! machine: client, servers and database share its cores and its disk.

use std::path::Path;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use ledger::shared::Followed;
use ledger::{
    AggregateId, AuthorId, DatabaseKey, Draft, DraftAttachment, Entropy as _, Error, Founding,
    KeyId, KeyRef, Ledger, Occurred, Options, Passphrase, PassphraseCost, SystemEntropy, Unlock,
    Vault,
};
use ledger_postgres::{PostgresStore, Settings};
use scratch_postgres::{Flushing, ScratchPostgres};

const NOW_MS: u64 = 1_632_405_600_000;
const MEASURED: Duration = Duration::from_secs(5);

fn options() -> Options {
    Options {
        passphrase_cost: PassphraseCost::TRIVIAL,
        ..Options::default()
    }
}

fn draft() -> Draft {
    let mut id = [0; 16];
    SystemEntropy.fill(&mut id);
    Draft {
        kind: "arrival.registered".to_owned(),
        aggregate: AggregateId(id),
        author: AuthorId([9; 16]),
        occurred: Occurred::exactly(NOW_MS.cast_signed()),
        body: vec![0xa1, 0x01, 0x02],
        attachments: vec![DraftAttachment {
            slot: "person".to_owned(),
            key: KeyRef::Person(KeyId(id)),
            content: vec![7; 200].into(),
        }],
    }
}

fn open(dir: &Path, key: &DatabaseKey, address: &str) -> Ledger {
    let address = address.parse().expect("an address");
    let store = PostgresStore::connect(&address, Settings::default()).expect("connects");
    let mut ledger = Ledger::open(dir, key, options()).expect("opens");
    match ledger.place() {
        None => ledger.move_to(Box::new(store)).expect("moves"),
        Some(_) => ledger.attach(Box::new(store)).expect("attaches"),
    }
    ledger
}

/// Commits until time is up. Gives events recorded and how often they were decided again.
fn record(ledger: &mut Ledger, events: usize, until: Instant) -> (u64, u64) {
    let (mut recorded, mut again) = (0, 0);
    while Instant::now() < until {
        loop {
            let mut transaction = ledger.begin().expect("begins");
            for _ in 0..events {
                transaction.append(draft(), NOW_MS).expect("appends");
            }
            match transaction.commit() {
                Ok(_) => break,
                Err(Error::Overtaken) => {
                    again += 1;
                    follow(ledger);
                }
                Err(error) => panic!("{error}"),
            }
        }
        recorded += events as u64;
    }
    (recorded, again)
}

fn follow(ledger: &mut Ledger) {
    loop {
        let entries = ledger.ahead().expect("reads");
        if entries.is_empty() {
            return;
        }
        let mut transaction = ledger.begin().expect("begins");
        let mut followed = Followed::default();
        for entry in entries {
            transaction.follow(entry, &mut followed).expect("follows");
        }
        transaction.commit().expect("commits");
    }
}

fn main() {
    let cluster = ScratchPostgres::start_with(Flushing::On);
    for events in [1, 32] {
        for servers in [1, 2] {
            let address = cluster.database();
            let dir = tempfile::tempdir().expect("a folder");
            let first = dir.path().join("0");
            let passphrase = Passphrase::new("four words are good");
            let founding = Founding {
                passphrase: &passphrase,
                recovery: None,
                now_ms: NOW_MS,
            };
            drop(Ledger::create(&first, &founding, options()).expect("founds"));
            let unlock = Unlock::Passphrase(&passphrase);
            let vault = Vault::read(&first).expect("a key file");
            let key = vault.open(&unlock).expect("unlocks");
            let ledger = open(&first, &key, &address);
            let backup = dir.path().join("backup");
            let reader = ledger.reader().expect("reads");
            ledger::backup(&reader, &backup, NOW_MS, |_| {}).expect("backs up");
            let mut ledgers = vec![ledger];
            for server in 1..servers {
                let dir = dir.path().join(server.to_string());
                ledger::copy_of_server(&backup, &dir, &unlock, &options(), |_| {}).expect("copies");
                ledgers.push(open(&dir, &key, &address));
            }
            let start = Barrier::new(servers);
            let recorded: Vec<(u64, u64)> = std::thread::scope(|scope| {
                let threads: Vec<_> = ledgers
                    .iter_mut()
                    .map(|ledger| {
                        let start = &start;
                        scope.spawn(move || {
                            start.wait();
                            record(ledger, events, Instant::now() + MEASURED)
                        })
                    })
                    .collect();
                let threads = threads.into_iter();
                threads.map(|thread| thread.join().expect("ends")).collect()
            });
            let total: u64 = recorded.iter().map(|(events, _)| events).sum();
            let again: u64 = recorded.iter().map(|(_, again)| again).sum();
            #[expect(clippy::cast_precision_loss, reason = "counts of seconds of work")]
            let rate = total as f64 / MEASURED.as_secs_f64();
            println!(
                "hub: {servers} server(s), {events:>2} event(s) a commit: {rate:>7.0} durable events/s, \
                 {again} commits decided again"
            );
        }
    }
}
