//! How fast the ledger is, next to what the same disk and processor do in the same run.
//!
//! `cargo bench -p akey-ledger`. Durable commits are bounded by the disk's flush: compare
//! `durable` with `bare_sqlite`, which is one row for each commit in a plain file with the same
//! settings, and `bare_flush`, which is one write and flush.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use ledger::{
    AggregateId, AuthorId, Draft, DraftAttachment, Event, Founding, KeyId, KeyRef, Ledger,
    Occurred, Options, Passphrase, PassphraseCost, Receipt,
};
use rusqlite::Connection;
use tempfile::TempDir;
use zeroize::Zeroizing;

fn main() {
    divan::main();
}

const NOW_MS: u64 = 1_632_405_600_000;

fn founded() -> (TempDir, Ledger) {
    let folder = folder();
    let options = Options {
        passphrase_cost: PassphraseCost::TRIVIAL,
        ..Options::default()
    };
    let passphrase = Passphrase::new("kat mo yo ase");
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: NOW_MS,
    };
    let ledger = Ledger::create(folder.path(), &founding, options).expect("founds");
    (folder, ledger)
}

/// A folder on the disk of the sources, not in memory as `/tmp` may be.
fn folder() -> TempDir {
    tempfile::tempdir_in(".").expect("a folder")
}

fn draft(number: u64) -> Draft {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    let content = Zeroizing::new(vec![1; 180]);
    let key = KeyRef::Person(KeyId(id));
    Draft {
        kind: "arrival.registered".to_owned(),
        aggregate: AggregateId(id),
        author: AuthorId([9; 16]),
        occurred: Occurred::exactly(0),
        body: vec![0xa2, 0x01, 0x02, 0x03, 0x44, 0x01, 0x02, 0x03, 0x04],
        attachments: vec![DraftAttachment {
            slot: "person".to_owned(),
            key,
            content,
        }],
    }
}

/// Commits a group of events, each with a new person, and waits until they are durable.
#[divan::bench(args = [1, 10, 100], sample_count = 60)]
fn durable(bencher: Bencher<'_, '_>, group: u64) {
    let (_folder, mut ledger) = founded();
    let mut number = 0;
    bencher.counter(ItemsCount::new(group)).bench_local(|| {
        let mut transaction = ledger.begin().expect("begins");
        for _ in 0..group {
            number += 1;
            transaction.append(draft(number), NOW_MS).expect("appends");
        }
        transaction.commit().expect("commits")
    });
}

/// One row in one commit, by SQLite alone: write-ahead log, full flush, no encryption.
#[divan::bench(sample_count = 60)]
fn bare_sqlite(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let connection = Connection::open(folder.path().join("bare.db")).expect("opens");
    connection
        .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .and_then(|()| connection.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE t (a)"))
        .expect("configures");
    bencher.counter(ItemsCount::new(1_u64)).bench_local(|| {
        connection
            .execute("INSERT INTO t VALUES (zeroblob(700))", [])
            .expect("commits")
    });
}

/// One small write and its flush.
#[divan::bench(sample_count = 60)]
fn bare_flush(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let mut file = File::create(folder.path().join("bare")).expect("makes");
    file.write_all(&[0; 8192])
        .and_then(|()| file.sync_all())
        .expect("writes");
    bencher.counter(ItemsCount::new(1_u64)).bench_local(|| {
        file.seek(SeekFrom::Start(0)).expect("seeks");
        file.write_all(&[1; 120])
            .and_then(|()| file.sync_data())
            .expect("flushes");
    });
}

/// Appending without the disk: sealing, signing, hashing, inserting, then undone.
#[divan::bench(args = [100], sample_count = 30)]
fn append_undone(bencher: Bencher<'_, '_>, group: u64) {
    let (_folder, mut ledger) = founded();
    bencher.counter(ItemsCount::new(group)).bench_local(|| {
        let mut transaction = ledger.begin().expect("begins");
        for number in 0..group {
            transaction.append(draft(number), NOW_MS).expect("appends");
        }
    });
}

fn filled(events: u64) -> (TempDir, Ledger) {
    let (folder, mut ledger) = founded();
    let mut transaction = ledger.begin().expect("begins");
    for number in 0..events {
        transaction.append(draft(number), NOW_MS).expect("appends");
    }
    transaction.commit().expect("commits");
    (folder, ledger)
}

/// Reading a signed event from its bytes, signature included.
#[divan::bench(sample_count = 50)]
fn verify_signature(bencher: Bencher<'_, '_>) {
    let (_folder, ledger) = filled(1);
    let reader = ledger.reader().expect("reads");
    let mut events: Vec<Event> = Vec::new();
    let read = reader.view().for_each_after(Receipt(0), |event| {
        events.push(event);
        Ok::<_, ledger::Error>(())
    });
    read.expect("reads");
    let bytes = events[0].bytes();
    bencher
        .counter(ItemsCount::new(1_u64))
        .bench_local(|| Event::from_bytes(black_box(bytes).to_vec()).expect("verifies"));
}

/// Reading as many signed events as come in one message, signatures included: on all cores, and the
/// signatures of one node together.
#[divan::bench(args = [100, 3_000], sample_count = 20)]
fn check_batch(bencher: Bencher<'_, '_>, events: u64) {
    let (_folder, ledger) = filled(events);
    let reader = ledger.reader().expect("reads");
    let mut batch: Vec<Vec<u8>> = Vec::new();
    let read = reader.view().for_each_after(Receipt(0), |event| {
        batch.push(event.bytes().to_vec());
        Ok::<_, ledger::Error>(())
    });
    read.expect("reads");
    bencher.counter(ItemsCount::new(events)).bench_local(|| {
        let (good, bad) = ledger::check_batch(black_box(batch.clone()));
        assert!(good.len() == batch.len() && bad.is_empty());
    });
}

/// Walking a whole ledger: pages, signatures, chain, tree, attachments opened.
#[divan::bench(args = [10_000], sample_count = 3)]
fn verify_ledger(bencher: Bencher<'_, '_>, events: u64) {
    let (_folder, ledger) = filled(events);
    bencher.counter(ItemsCount::new(events)).bench_local(|| {
        assert!(ledger.verify(|_| ()).expect("walks").is_clean());
    });
}

/// Reading every event in total order, as a rebuild does, without contents.
#[divan::bench(args = [10_000], sample_count = 5)]
fn read_in_order(bencher: Bencher<'_, '_>, events: u64) {
    let (_folder, ledger) = filled(events);
    let reader = ledger.reader().expect("reads");
    bencher.counter(ItemsCount::new(events)).bench_local(|| {
        let mut seen = 0_u64;
        let read = reader.view().for_each_in_order(|event| {
            seen += u64::from(!event.body().is_empty());
            Ok::<_, ledger::Error>(())
        });
        read.expect("reads");
        assert_eq!(seen, events);
    });
}
