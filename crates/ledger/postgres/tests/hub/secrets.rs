//! What lies in the database is of no use to whoever has it without a server.

use scratch_postgres::ScratchPostgres;

use crate::company::{Between, Hub, PASSWORD};

/// Every byte of a cluster's files.
fn everything(cluster: &ScratchPostgres) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut folders = vec![cluster.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                bytes.extend(std::fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    bytes
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
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
    let bytes = everything(&cluster);
    assert!(holds(&bytes, b"wozo-ble"));
    let words: [&[u8]; 6] = [
        "Wilnè".as_bytes(),
        b"Demo-Mapou",
        b"Demo operation",
        b"arrival.registered",
        b"chief",
        PASSWORD.as_bytes(),
    ];
    for word in words {
        assert!(!holds(&bytes, word), "{}", String::from_utf8_lossy(word));
    }
    // Nor the ids by which another node's events could be found again in it.
    let node = hub.one.node.key();
    for id in [
        arrival.0.as_bytes().as_slice(),
        person.0.as_bytes(),
        movement.0.as_bytes(),
        node.0.as_slice(),
    ] {
        assert!(!holds(&bytes, id));
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
