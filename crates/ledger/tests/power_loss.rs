//! Power loss at any byte: the files are rebuilt as the disk could have left them, opened by the
//! ordinary code, and everything acknowledged must be there, nothing half (G1).
//!
//! The writes recorded are the real ones of SQLite and of the acknowledged-head record, in one
//! log. The assumption is G1's: a disk that says flushed has flushed. Where it lies, the last test
//! shows that the loss is noticed.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

use faulty_disk::{Choices, Image, Log, Operation};
use ledger::{
    AggregateId, AuthorId, DatabaseKey, Disk, DiskFile, Draft, DraftAttachment, Error, Founding,
    Hash, KeyId, KeyRef, Ledger, Occurred, Options, Passphrase, PassphraseCost, SystemDisk, Vault,
};
use zeroize::Zeroizing;

const NOW_MS: u64 = 1_632_405_600_000;

/// The real disk, with the head record's writes noted in the same log as SQLite's.
#[derive(Debug)]
struct WatchedDisk {
    log: Arc<Log>,
}

#[derive(Debug)]
struct WatchedFile {
    log: Arc<Log>,
    path: std::path::PathBuf,
    file: Box<dyn DiskFile>,
}

impl Disk for WatchedDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = SystemDisk.open(path)?;
        Ok(Box::new(WatchedFile {
            log: Arc::clone(&self.log),
            path: path.to_owned(),
            file,
        }))
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        SystemDisk.sync_directory(path)
    }
}

impl DiskFile for WatchedFile {
    fn read_all(&mut self) -> io::Result<Vec<u8>> {
        self.file.read_all()
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.log.write(&self.path, offset, bytes);
        self.file.write_at(offset, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()?;
        self.log.sync(&self.path);
        Ok(())
    }
}

fn plain_options() -> Options {
    Options {
        passphrase_cost: PassphraseCost::TRIVIAL,
        ..Options::default()
    }
}

/// What was written and when it was acknowledged.
struct Recording {
    before: Image,
    operations: Vec<Operation>,
    /// Leaf hashes in order of position.
    leaves: Vec<Hash>,
    /// Sizes of the log at which a transaction ended.
    ends: BTreeSet<u64>,
    key: DatabaseKey,
}

/// A person of their own for each number.
fn person(number: u64) -> KeyId {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    KeyId(id)
}

fn draft(number: u64) -> Draft {
    let content = Zeroizing::new(vec![1; 100]);
    let key = KeyRef::Person(person(number));
    Draft {
        kind: "arrival.met".to_owned(),
        aggregate: AggregateId(person(number).0),
        author: AuthorId([9; 16]),
        occurred: Occurred::exactly(0),
        body: vec![0xa0],
        attachments: vec![DraftAttachment {
            slot: "person".to_owned(),
            key,
            content,
        }],
    }
}

/// Runs a writer on a watched disk: commits of one to four events with their rows, undone parts,
/// erasures, small write-ahead logs, closing and opening again.
fn record(name: &str, commits: u64) -> Recording {
    let folder = tempfile::tempdir().expect("a folder");
    let passphrase = Passphrase::new("kat mo yo ase");
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: NOW_MS,
    };
    let mut ledger = Ledger::create(folder.path(), &founding, plain_options()).expect("founds");
    let transaction = ledger.begin().expect("begins");
    let table = "CREATE TABLE rows (position INTEGER PRIMARY KEY)";
    transaction
        .connection()
        .execute_batch(table)
        .expect("writes");
    transaction.commit().expect("commits");
    drop(ledger);

    let key = Vault::read(folder.path())
        .and_then(|it| it.unlock(&passphrase))
        .expect("unlocks");
    let before = Image::of_folder(folder.path()).expect("reads");
    let log = Arc::new(Log::default());
    faulty_disk::register(name, Arc::clone(&log));
    let disk = Arc::new(WatchedDisk {
        log: Arc::clone(&log),
    });
    let options = Options {
        vfs: Some(name.to_owned()),
        disk,
        ..plain_options()
    };

    let (mut leaves, mut ends) = (Vec::new(), BTreeSet::from([0]));
    let mut ledger = Ledger::open(folder.path(), &key, options.clone()).expect("opens");
    for number in 0..commits {
        let mut transaction = ledger.begin().expect("begins");
        let checkpoint_often = "PRAGMA wal_autocheckpoint = 40";
        transaction
            .connection()
            .query_row(checkpoint_often, [], |_| Ok(()))
            .expect("configures");
        for part in 0..=number % 4 {
            let refused: Result<(), Error> = transaction.attempt(|undone| {
                undone.append(draft(number + 1_000_000), NOW_MS)?;
                Err(Error::Abandoned)
            });
            refused.expect_err("undone");
            let event = transaction
                .append(draft(number * 4 + part), NOW_MS)
                .expect("appends");
            transaction
                .connection()
                .execute("INSERT INTO rows VALUES (?1)", [event.position().0])
                .expect("writes");
            leaves.push(event.leaf());
        }
        if number % 9 == 8 {
            transaction
                .erase(person((number - 3) * 4), NOW_MS)
                .expect("erases");
        }
        let head = transaction.commit().expect("commits");
        log.mark(head.size);
        ends.insert(head.size);
        if number % 12 == 11 {
            drop(ledger);
            ledger = Ledger::open(folder.path(), &key, options.clone()).expect("opens");
        }
    }
    drop(ledger);
    Recording {
        before,
        operations: log.operations(),
        leaves,
        ends,
        key,
    }
}

/// What opening after a power loss came to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Outcome {
    /// Everything acknowledged is there and verifies.
    Whole,
    /// Opening was refused because acknowledged events are missing.
    RefusedAsLost,
    /// Something is wrong, and was or was not noticed.
    Broken(String),
}

/// Loses power after `happened` operations and looks at what is left.
fn lose_power(recording: &Recording, happened: usize, seed: u64) -> Outcome {
    let happened = &recording.operations[..happened];
    let acknowledged = happened
        .iter()
        .rev()
        .find_map(|operation| match operation {
            Operation::Mark(size) => Some(*size),
            _ => None,
        })
        .unwrap_or(0);
    let folder = tempfile::tempdir().expect("a folder");
    let image = recording
        .before
        .after_power_loss(happened, &mut Choices::new(seed));
    image.write_to(folder.path()).expect("writes");
    match examine(recording, folder.path(), acknowledged) {
        Ok(()) => Outcome::Whole,
        Err(Error::AcknowledgedLost { .. }) => Outcome::RefusedAsLost,
        Err(error) => Outcome::Broken(error.to_string()),
    }
}

fn examine(recording: &Recording, folder: &Path, acknowledged: u64) -> ledger::Result<()> {
    let broken = |why: String| Err(Error::Unverified(why));
    let mut ledger = Ledger::open(folder, &recording.key, plain_options())?;
    let size = ledger.head().size;
    if size < acknowledged {
        return broken(format!(
            "{acknowledged} was acknowledged, {size} are there, unnoticed"
        ));
    }
    if !recording.ends.contains(&size) {
        return broken(format!(
            "a transaction is half there: the log ends at {size}"
        ));
    }
    let reader = ledger.reader()?;
    let mut leaves = Vec::new();
    reader.view().for_each_in_order(|event| {
        for attachment in event.attachments() {
            reader.view().content(attachment)?;
        }
        leaves.push(event.leaf());
        Ok::<_, Error>(())
    })?;
    if leaves[..] != recording.leaves[..leaves.len()] || leaves.len() as u64 != size {
        return broken("other events than were written".to_owned());
    }
    let rows: u64 = reader
        .connection()
        .query_row("SELECT count(*) FROM rows", [], |row| row.get(0))
        .expect("reads");
    if rows != size {
        return broken(format!("{rows} rows for {size} events"));
    }
    let report = ledger.verify(|_| ())?;
    if let Some(finding) = report.findings.first() {
        return broken(finding.to_string());
    }
    drop(reader);
    // And it goes on from there.
    let mut transaction = ledger.begin()?;
    transaction.append(draft(2_000_000), NOW_MS)?;
    transaction.commit()?;
    drop(ledger);
    let again = Ledger::open(folder, &recording.key, plain_options())?
        .head()
        .size;
    if again == size + 1 {
        Ok(())
    } else {
        broken("it did not go on".to_owned())
    }
}

/// So many places of the recording, each with a few fates of what was not flushed.
fn every(recording: &Recording, points: usize) -> impl Iterator<Item = (usize, u64)> {
    let total = recording.operations.len();
    (0..points).map(move |point| (1 + point * (total - 1) / points, point as u64))
}

/// How many places are tried; more with `AKEY_POWER_LOSS_POINTS`.
fn points() -> usize {
    let wished = std::env::var("AKEY_POWER_LOSS_POINTS").ok();
    wished.and_then(|text| text.parse().ok()).unwrap_or(250)
}

#[test]
fn what_was_acknowledged_survives_power_loss_at_any_write() {
    let recording = record("honest", 60);
    for (happened, seed) in every(&recording, points()) {
        let outcome = lose_power(&recording, happened, seed);
        assert_eq!(
            outcome,
            Outcome::Whole,
            "after operation {happened}, seed {seed}"
        );
    }
    let syncs = recording
        .operations
        .iter()
        .filter(|it| matches!(it, Operation::Sync { .. }));
    assert!(
        syncs.count() > 120,
        "each commit flushes the log and the record"
    );
}

/// The same, as if nobody had flushed files whose name `matches`.
fn without_flushes(recording: Recording, matches: impl Fn(&str) -> bool) -> Recording {
    let flushes = |it: &Operation| matches!(it, Operation::Sync { file } if matches(file));
    let operations = recording
        .operations
        .into_iter()
        .filter(|it| !flushes(it))
        .collect();
    Recording {
        operations,
        ..recording
    }
}

#[test]
fn a_writer_that_did_not_flush_would_be_caught_by_this_test() {
    let recording = without_flushes(record("nothing", 30), |_| true);
    let caught = every(&recording, points())
        .any(|(happened, seed)| lose_power(&recording, happened, seed) != Outcome::Whole);
    assert!(caught, "the test does not test anything");
}

#[test]
fn a_disk_that_lies_about_flushing_the_log_is_found_out_by_the_head_record() {
    let recording = without_flushes(record("liar", 30), |file| file.ends_with("-wal"));
    let mut refused = 0;
    for (happened, seed) in every(&recording, points()) {
        match lose_power(&recording, happened, seed) {
            Outcome::Whole => {}
            Outcome::RefusedAsLost => refused += 1,
            // A log that was emptied into the database in another order than the disk said may
            // leave the database itself damaged, which is an error too, never a silent loss.
            Outcome::Broken(why) => assert!(!why.contains("unnoticed"), "{why}"),
        }
    }
    assert!(refused > 0, "nothing was lost, so nothing was shown");
}
