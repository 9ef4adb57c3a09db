//! Damage: a bit flipped anywhere is found and named, or changes nothing; it is never served.

use std::fs;
use std::path::Path;

use ledger::{Content, Damage, Error, Event, KeyId, KeyRef, Ledger, Position, Report};

use crate::scenario::{Site, append, draft, draft_with, options};

/// An event and its contents in clear.
type Served = (Event, Vec<String>);

/// Twelve events, eight with something about a person.
fn filled(ledger: &mut Ledger) -> Vec<Event> {
    (0..12)
        .map(|about| match about % 3 {
            0 => append(ledger, draft(about)),
            _ => append(
                ledger,
                draft_with(
                    about,
                    KeyRef::Person(KeyId([about; 16])),
                    "Mirlande Saint-Fleur",
                ),
            ),
        })
        .collect()
}

/// What a reader is served: events with their contents in clear.
fn served(ledger: &Ledger) -> ledger::Result<Vec<Served>> {
    let reader = ledger.reader()?;
    let mut all = Vec::new();
    reader.view().for_each_in_order(|event| {
        let mut contents = Vec::new();
        for attachment in event.attachments() {
            contents.push(format!("{:?}", reader.view().content(attachment)?));
        }
        all.push((event, contents));
        Ok::<_, Error>(())
    })?;
    Ok(all)
}

fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from)
        .expect("the folder")
        .map(|entry| entry.expect("a file"))
    {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copies");
    }
}

/// Opens a copy of `site` in which one byte of a file is changed. It must be refused, or the
/// damage found, or exactly the same be served.
fn flip(site: &Site, expected: &[Served], name: &str, place: usize) -> Outcome {
    let copy = Site::empty();
    copy_files(site.dir(), copy.dir());
    let mut bytes = fs::read(copy.file(name)).expect("reads");
    bytes[place] ^= 0x04;
    fs::write(copy.file(name), bytes).expect("writes");
    let Ok(ledger) = Ledger::open(copy.dir(), &site.key(), options()) else {
        return Outcome::Refused;
    };
    let report = ledger.verify(|_| ()).expect("walks");
    match served(&ledger) {
        Ok(all) => assert_eq!(
            all, expected,
            "{name}, byte {place}: something else was served"
        ),
        Err(_) => assert!(
            !report.is_clean(),
            "{name}, byte {place}: refused but not found"
        ),
    }
    if report.is_clean() {
        Outcome::Harmless
    } else {
        Outcome::Found
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Refused,
    Found,
    Harmless,
}

#[test]
fn a_byte_changed_anywhere_in_the_database_file_is_found() {
    let site = Site::empty();
    let mut ledger = site.found();
    filled(&mut ledger);
    let expected = served(&ledger).expect("serves");
    drop(ledger);
    let length = fs::metadata(site.file("akey.db")).expect("is there").len();
    let length = usize::try_from(length).expect("small");
    // Every page is met at its beginning, in its middle and in its authentication tag.
    let places = (0..length)
        .step_by(4096)
        .flat_map(|page| [page, page + 1777, page + 4050]);
    for place in places {
        let outcome = flip(&site, &expected, "akey.db", place);
        assert_ne!(outcome, Outcome::Harmless, "byte {place} was not noticed");
    }
}

#[test]
fn a_byte_changed_anywhere_in_the_write_ahead_log_never_serves_anything_else() {
    let site = Site::empty();
    let mut ledger = site.found();
    filled(&mut ledger);
    let expected = served(&ledger).expect("serves");
    // The files as they are while the ledger is open: what a power loss leaves behind.
    let crashed = Site::empty();
    copy_files(site.dir(), crashed.dir());
    let length = fs::metadata(crashed.file("akey.db-wal"))
        .expect("is there")
        .len();
    let length = usize::try_from(length).expect("small");
    assert!(length > 40 * 4096, "the log holds the events");
    let mut refused = 0;
    for place in (0..length).step_by(1531) {
        refused += u32::from(flip(&crashed, &expected, "akey.db-wal", place) == Outcome::Refused);
    }
    assert!(refused > 0, "a damaged log loses what was acknowledged");
}

#[test]
fn a_byte_changed_anywhere_in_the_key_file_is_found_and_is_not_a_wrong_passphrase() {
    let site = Site::founded();
    let good = fs::read(site.file("akey.keys")).expect("reads");
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 0x04;
        fs::write(site.file("akey.keys"), bytes).expect("writes");
        let error = ledger::Vault::read(site.dir()).expect_err("damaged");
        assert!(
            matches!(error, Error::DamagedVault { .. }),
            "byte {place}: {error}"
        );
    }
    fs::write(site.file("akey.keys"), &good).expect("writes");
    let ledger = site.open();
    fs::write(site.file("akey.keys"), &good[1..]).expect("writes");
    let report = ledger.verify(|_| ()).expect("walks");
    assert!(matches!(report.findings[0].damage, Damage::Vault { .. }));
}

#[test]
fn a_byte_changed_anywhere_in_the_head_record_is_found() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(&mut ledger, draft(1));
    let good = fs::read(site.file("akey.head")).expect("reads");
    for place in (0..240).chain((240..good.len()).step_by(61)) {
        let mut bytes = good.clone();
        bytes[place] ^= 0x04;
        fs::write(site.file("akey.head"), bytes).expect("writes");
        let report = ledger.verify(|_| ()).expect("walks");
        let found = matches!(
            report.findings[..],
            [ledger::Finding {
                damage: Damage::HeadRecord { .. },
                ..
            }]
        );
        assert!(found, "byte {place} was not noticed");
    }
}

/// Changes the database through a connection that has the key, as a program error might.
fn alter(ledger: &mut Ledger, sql: &str) {
    let transaction = ledger.begin().expect("begins");
    let changed = transaction.connection().execute(sql, []).expect("alters");
    assert!(changed > 0, "{sql} changed nothing");
    transaction.commit().expect("commits");
}

fn report_after(sql: &str) -> (Report, ledger::Result<Vec<Served>>) {
    let site = Site::empty();
    let mut ledger = site.found();
    filled(&mut ledger);
    let mut transaction = ledger.begin().expect("begins");
    transaction.checkpoint(1).expect("signs");
    transaction.commit().expect("commits");
    alter(&mut ledger, sql);
    let report = ledger.verify(|_| ()).expect("walks");
    (report, served(&ledger))
}

/// The damages found at a position.
fn at(report: &Report, position: u64) -> Vec<&Damage> {
    let at = |finding: &&ledger::Finding| finding.position == Some(Position(position));
    report
        .findings
        .iter()
        .filter(at)
        .map(|finding| &finding.damage)
        .collect()
}

#[test]
fn an_event_whose_stored_bytes_changed_is_named_and_not_served() {
    let (report, served) = report_after(
        "UPDATE ledger_event SET bytes = CAST(substr(bytes, 1, 200) || x'ff' || substr(bytes, 202) AS BLOB)
         WHERE position = 5",
    );
    assert_eq!(at(&report, 5), [&Damage::EventBytes]);
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.position == Some(Position(5)))
    );
    assert!(report.findings[0].to_string().contains("position 5"));
    assert!(matches!(
        served,
        Err(Error::DamagedEvent {
            position: Position(5),
            ..
        })
    ));
}

#[test]
fn every_flipped_bit_of_a_stored_event_is_named() {
    let site = Site::empty();
    let mut ledger = site.found();
    let event = append(&mut ledger, draft(1));
    append(&mut ledger, draft(2));
    for place in (0..event.bytes().len()).step_by(7) {
        let mut bytes = event.bytes().to_vec();
        bytes[place] ^= 1;
        let digits = bytes
            .iter()
            .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
        alter(
            &mut ledger,
            &format!("UPDATE ledger_event SET bytes = x'{digits}' WHERE position = 1"),
        );
        let report = ledger.verify(|_| ()).expect("walks");
        assert_eq!(at(&report, 1), [&Damage::EventBytes], "byte {place}");
        assert!(served(&ledger).is_err());
    }
}

#[test]
fn a_removed_event_is_missed() {
    let (report, _) = report_after("DELETE FROM ledger_event WHERE position = 7");
    assert_eq!(at(&report, 7), [&Damage::Missing]);
}

#[test]
fn a_truncated_log_is_missed() {
    let (report, _) = report_after("DELETE FROM ledger_event WHERE position = 12");
    assert_eq!(at(&report, 12), [&Damage::Missing]);
}

#[test]
fn events_that_changed_places_are_noticed() {
    let (report, served) = report_after(
        "UPDATE ledger_event SET position = CASE position WHEN 3 THEN 1004 ELSE 1003 END
         WHERE position IN (3, 4)",
    );
    assert!(!report.is_clean());
    assert!(served.is_err());
}

#[test]
fn an_event_filed_under_another_aggregate_or_time_is_noticed() {
    for sql in [
        "UPDATE ledger_event SET aggregate = zeroblob(16) WHERE position = 2",
        "UPDATE ledger_event SET hlc_counter = hlc_counter + 1 WHERE position = 2",
    ] {
        let (report, _) = report_after(sql);
        assert_eq!(at(&report, 2), [&Damage::Columns], "{sql}");
    }
}

#[test]
fn ciphertext_that_changed_is_named_with_its_event_and_not_served() {
    let (report, served) = report_after(
        "UPDATE ledger_attachment SET ciphertext =
            CAST(substr(ciphertext, 1, 99) || x'00ff00' || substr(ciphertext, 103) AS BLOB)
         WHERE key = x'02020202020202020202020202020202'",
    );
    assert!(matches!(
        at(&report, 3)[..],
        [Damage::AttachmentBytes { .. }]
    ));
    assert_eq!(report.findings.len(), 1);
    assert!(matches!(served, Err(Error::DamagedAttachment { .. })));
}

#[test]
fn a_data_key_that_changed_is_named_with_its_event() {
    let (report, served) = report_after(
        "UPDATE ledger_key SET secret = zeroblob(32)
         WHERE key = x'02020202020202020202020202020202'",
    );
    assert!(matches!(at(&report, 3)[..], [Damage::AttachmentKey { .. }]));
    let served = served.expect("the rest is read");
    assert_eq!(served[2].1, [format!("{:?}", Content::Unopened)]);
}

#[test]
fn a_missing_attachment_is_not_taken_for_an_erased_one() {
    let (report, _) = report_after(
        "DELETE FROM ledger_attachment WHERE key = x'02020202020202020202020202020202'",
    );
    assert!(matches!(
        at(&report, 3)[..],
        [Damage::AttachmentMissing { .. }]
    ));
}

#[test]
fn a_tree_or_checkpoint_that_does_not_fit_the_log_is_noticed() {
    let site = Site::empty();
    let mut ledger = site.found();
    filled(&mut ledger);
    // The edge is written anew by each commit, so something has to spoil it within the commit.
    let transaction = ledger.begin().expect("begins");
    let spoil = "CREATE TRIGGER spoil AFTER UPDATE ON ledger_log
                 BEGIN UPDATE ledger_log SET frontier = zeroblob(64); END";
    transaction
        .connection()
        .execute_batch(spoil)
        .expect("alters");
    transaction.commit().expect("commits");
    let report = ledger.verify(|_| ()).expect("walks");
    assert_eq!(report.findings[0].damage, Damage::Tree);
    let (report, _) = report_after("UPDATE ledger_checkpoint SET size = 11");
    assert!(matches!(at(&report, 11)[..], [Damage::Checkpoint { .. }]));
}
