//! How fast a statement with its receipt is verified, and how fast a receipt is given.
//!
//! `cargo bench -p akey-ledger --bench statement`. Verifying is: take the statement apart, check its
//! author's signature, take the receipt apart, work the root out of leaf and path, check the log's
//! signature.

use divan::{Bencher, black_box};
use ledger::{
    AuthorKey, Founding, Hash, Ledger, Options, Passphrase, PassphraseCost, Receipting, Statement,
    StatementReceipt, Stating, leaf_hash,
};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SUBJECT: &str = "urn:uuid:00000000-0000-0000-0000-000000000001";
/// Statements in the log: one a minute for a week.
const LOG: usize = 10_000;

fn signed(payload_bytes: usize) -> Vec<u8> {
    let payload = vec![b'a'; payload_bytes];
    AuthorKey::of_secret(&[1; 32]).sign(&Stating {
        issuer: "urn:akey:bench:author",
        subject: SUBJECT,
        content_type: "application/json",
        issued_at: 1_632_405_600,
        payload: &payload,
    })
}

/// A log, the leaves before and after a statement, and its place among them.
fn log(statement: &[u8]) -> (TempDir, Ledger, Vec<Hash>, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let passphrase = Passphrase::new("kat mo yo ase");
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: 1_632_405_600_000,
    };
    let options = Options {
        passphrase_cost: PassphraseCost::TRIVIAL,
        ..Options::default()
    };
    let ledger = Ledger::create(folder.path(), &founding, options).expect("founds");
    let mut leaves: Vec<Hash> = (0..LOG)
        .map(|leaf| leaf_hash(&leaf.to_be_bytes()))
        .collect();
    let index = LOG / 3;
    leaves[index] = leaf_hash(statement);
    (folder, ledger, leaves, index as u64)
}

const SAID: Receipting<'_> = Receipting {
    issuer: "urn:akey:bench:log",
    subject: SUBJECT,
    issued_at: 1_632_405_600,
};

/// Words of a page, and the longest that are taken.
#[divan::bench(args = [2_000, 1_000_000])]
fn verify(bencher: Bencher<'_, '_>, payload_bytes: usize) {
    let statement = signed(payload_bytes);
    let (_folder, ledger, leaves, index) = log(&statement);
    let receipt = ledger
        .statement_receipt(&leaves, index, &SAID)
        .expect("it is in the log");
    let file = Statement::read(&statement)
        .expect("it is one")
        .with(&[receipt]);
    bencher.bench(|| {
        let statement = Statement::read(black_box(&file)).expect("it is one");
        statement.check_signature().expect("signed");
        for receipt in &statement.receipts {
            let receipt = StatementReceipt::read(receipt).expect("it is one");
            receipt.check(&statement).expect("registered");
        }
    });
}

#[divan::bench]
fn give_a_receipt(bencher: Bencher<'_, '_>) {
    let (_folder, ledger, leaves, index) = log(&signed(2_000));
    bencher.bench_local(|| ledger.statement_receipt(black_box(&leaves), index, &SAID));
}
