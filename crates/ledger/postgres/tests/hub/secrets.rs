//! What lies in the database is of no use to whoever has it without a server.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use scratch_postgres::ScratchPostgres;

use crate::company::{Between, Hub, PASSWORD};

/// Whether bytes stand anywhere in a cluster's files.
fn holds(cluster: &ScratchPostgres, sought: &[u8]) -> bool {
    let pattern: String = sought.iter().fold(String::new(), |mut pattern, byte| {
        let _ = write!(pattern, "\\x{byte:02x}");
        pattern
    });
    let status = Command::new("grep")
        .args([
            "--recursive",
            "--quiet",
            "--text",
            "--perl-regexp",
            &pattern,
        ])
        .arg(cluster.folder().join("data"))
        .env("LC_ALL", "C")
        .stderr(Stdio::null())
        .status();
    // 0 found, 1 not found; 2 where a file went away meanwhile and nothing was found elsewhere.
    status.expect("grep looks").success()
}

#[test]
fn nothing_in_the_database_is_in_clear() {
    let cluster = ScratchPostgres::start();
    let mut hub = Hub::on(&cluster);
    let movement = hub.one.landed();
    let (arrival, person) = hub.two.registered(movement);
    hub.agree();
    let Between::Postgres(address, _) = &hub.between else {
        unreachable!("it is on PostgreSQL")
    };
    let name = address.rsplit('/').next().unwrap();
    // The search finds what is there.
    cluster.sql(
        name,
        "CREATE TABLE sought (word TEXT); INSERT INTO sought VALUES ('wozo-ble')",
    );
    cluster.sql(name, "CHECKPOINT");
    assert!(holds(&cluster, b"wozo-ble"));
    let words: [&[u8]; 6] = [
        "Wilnè".as_bytes(),
        b"Demo-Mapou",
        b"Demo operation",
        b"arrival.registered",
        b"chief",
        PASSWORD.as_bytes(),
    ];
    for word in words {
        assert!(!holds(&cluster, word), "{}", String::from_utf8_lossy(word));
    }
    // Nor the ids by which another node's events could be found again in it.
    let node = hub.one.node.key();
    for id in [
        arrival.0.as_bytes().as_slice(),
        person.0.as_bytes(),
        movement.0.as_bytes(),
        node.0.as_slice(),
    ] {
        assert!(!holds(&cluster, id));
    }
}

#[test]
fn what_was_erased_is_in_no_row_any_more() {
    let cluster = ScratchPostgres::start();
    let mut hub = Hub::on(&cluster);
    let Between::Postgres(address, _) = &hub.between else {
        unreachable!("it is on PostgreSQL")
    };
    let name = address.rsplit('/').next().unwrap().to_owned();
    let count = |table: &str| -> u64 {
        let sql = format!("SELECT count(*) FROM {table}");
        cluster.sql(&name, &sql).parse().unwrap()
    };
    let movement = hub.one.landed();
    let (keys, parts) = (count("akey_key"), count("akey_part"));
    let (_, person) = hub.one.registered(movement);
    assert!(count("akey_key") > keys && count("akey_part") > parts);
    hub.two.must(domain::Command::ErasePerson { person });
    // The erasing itself leaves a sealed note of who did it and why, under another key.
    assert!(count("akey_key") <= keys + 2, "the person's key is gone");
    hub.agree();
}
