//! Personal data: sealed, read back, sealed to a role, erased.

use ledger::{Content, Error, KeyId, KeyRef, SealingSecret, SystemEntropy};

use crate::scenario::{NOW_MS, PERSON, Site, append, draft, draft_with};

fn clear(content: &Content) -> &str {
    match content {
        Content::Clear(bytes) => std::str::from_utf8(bytes).expect("text"),
        other => panic!("not in clear: {other:?}"),
    }
}

#[test]
fn what_is_sealed_is_read_back_by_who_holds_the_key() {
    let site = Site::empty();
    let mut ledger = site.found();
    let first = append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande Saint-Fleur"),
    );
    let second = append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande St-Fleur"),
    );
    let reader = ledger.reader().expect("reads");
    for (event, name) in [
        (first, "Mirlande Saint-Fleur"),
        (second, "Mirlande St-Fleur"),
    ] {
        let content = reader
            .view()
            .content(&event.attachments()[0])
            .expect("reads");
        assert_eq!(clear(&content), name);
        assert!(
            !event
                .bytes()
                .windows(8)
                .any(|window| window == &name.as_bytes()[..8])
        );
    }
}

#[test]
fn nothing_readable_lies_in_any_file() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande Saint-Fleur"),
    );
    for name in ["akey.db", "akey.db-wal", "akey.head", "akey.keys"] {
        let bytes = std::fs::read(site.file(name)).expect("is there");
        for word in [b"Mirlande".as_slice(), b"arrival.met", b"ledger_event"] {
            let found = bytes.windows(word.len()).any(|window| window == word);
            assert!(
                !found,
                "{name} holds {:?} in clear",
                String::from_utf8_lossy(word)
            );
        }
    }
}

#[test]
fn a_note_to_a_role_is_closed_to_the_node_that_wrote_it() {
    let site = Site::empty();
    let mut ledger = site.found();
    let protection = SealingSecret::generate(&SystemEntropy);
    let key = KeyRef::Role {
        person: PERSON,
        role: protection.public(),
    };
    let event = append(&mut ledger, draft_with(1, key, "afraid to go home"));
    let reader = ledger.reader().expect("reads");
    let Content::SealedToRole(note) = reader
        .view()
        .content(event.attachment("person").expect("bound"))
        .expect("reads")
    else {
        panic!("the node could read it");
    };
    assert_eq!(
        note.open(&protection).expect("opens").as_slice(),
        b"afraid to go home"
    );
    for own in reader.view().sealing_secrets().expect("reads") {
        assert!(matches!(note.open(&own), Err(Error::WrongRoleKey)));
    }
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn an_erased_person_is_gone_and_everything_still_verifies() {
    let site = Site::empty();
    let mut ledger = site.found();
    let protection = SealingSecret::generate(&SystemEntropy).public();
    let other = KeyRef::Person(KeyId([0x44; 16]));
    let name = append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande"),
    );
    let role = KeyRef::Role {
        person: PERSON,
        role: protection,
    };
    let note = append(&mut ledger, draft_with(1, role, "a note"));
    let kept = append(&mut ledger, draft_with(2, other, "Wilner"));

    let mut transaction = ledger.begin().expect("begins");
    let erased = transaction.erase(PERSON, NOW_MS).expect("erases");
    transaction.append(draft(1), NOW_MS).expect("says so");
    transaction.commit().expect("commits");
    assert_eq!((erased.key, erased.attachments), (true, 2));

    drop(ledger);
    let mut ledger = site.open();
    let reader = ledger.reader().expect("reads");
    for event in [&name, &note] {
        let content = reader
            .view()
            .content(&event.attachments()[0])
            .expect("reads");
        assert_eq!(content, Content::Erased);
    }
    assert_eq!(
        clear(
            &reader
                .view()
                .content(&kept.attachments()[0])
                .expect("reads")
        ),
        "Wilner"
    );
    let report = ledger.verify(|_| ()).expect("walks");
    assert!(report.is_clean(), "{:?}", report.findings);
    assert_eq!((report.events, report.erased, report.opened), (4, 2, 1));

    let mut transaction = ledger.begin().expect("begins");
    let again = transaction.append(draft_with(1, KeyRef::Person(PERSON), "Mirlande"), NOW_MS);
    assert!(matches!(again, Err(Error::KeyErased(PERSON))));
    assert!(!transaction.erase(PERSON, NOW_MS).expect("erases").key);
}

#[test]
fn an_erased_key_is_overwritten_and_the_write_ahead_log_is_emptied() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande"),
    );
    let mut transaction = ledger.begin().expect("begins");
    transaction.erase(PERSON, NOW_MS).expect("erases");
    let overwrites: u64 = transaction
        .connection()
        .query_row("PRAGMA secure_delete", [], |row| row.get(0))
        .expect("asks");
    transaction.commit().expect("commits");
    let log = std::fs::metadata(site.file("akey.db-wal")).expect("is there");
    assert_eq!((overwrites, log.len()), (1, 0));
    let reader = ledger.reader().expect("reads");
    let kept: Option<Vec<u8>> = reader
        .connection()
        .query_row("SELECT secret FROM ledger_key", [], |row| row.get(0))
        .expect("marked");
    assert_eq!(kept, None);
}

#[test]
fn what_was_never_given_is_withheld() {
    let (site, elsewhere) = (Site::empty(), Site::empty());
    let event = append(
        &mut elsewhere.found(),
        draft_with(1, KeyRef::Person(PERSON), "Mirlande"),
    );
    let ledger = site.found();
    let reader = ledger.reader().expect("reads");
    let content = reader
        .view()
        .content(&event.attachments()[0])
        .expect("reads");
    assert_eq!(content, Content::Withheld);
}
