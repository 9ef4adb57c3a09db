//! Backup beside the writer, restore under a new identity.

use std::fs;

use ledger::{
    Claim, Error, KeyRef, Ledger, OperationId, Passphrase, Position, Restored, RootKey,
    SystemEntropy, Unlock, backup, restore,
};

use crate::scenario::{NOW_MS, PERSON, Site, append, draft, draft_with, options, passphrase};

fn restored(from: &Site, into: &Site) -> ledger::Result<Restored> {
    let passphrase = passphrase();
    let unlock = Unlock::Passphrase(&passphrase);
    restore(
        &from.file("site.backup"),
        into.dir(),
        &unlock,
        NOW_MS + 5,
        &options(),
        |_| (),
    )
}

fn with_backup() -> (Site, Ledger) {
    let site = Site::empty();
    let mut ledger = site.found();
    append(
        &mut ledger,
        draft_with(1, KeyRef::Person(PERSON), "Mirlande"),
    );
    append(&mut ledger, draft(2));
    let reader = ledger.reader().expect("reads");
    let made = backup(&reader, &site.file("site.backup"), NOW_MS, |_| ()).expect("backs up");
    assert_eq!(made.head, ledger.head());
    assert_eq!(
        made.bytes,
        fs::metadata(site.file("site.backup"))
            .expect("is there")
            .len()
    );
    (site, ledger)
}

#[test]
fn a_restored_ledger_has_everything_but_the_right_to_sign_as_the_old_node() {
    let (site, ledger) = with_backup();
    let copy = Site::empty();
    let restored = restored(&site, &copy).expect("restores");
    assert_eq!(restored.succession.old, ledger.head());
    assert_eq!(restored.made_at_ms, NOW_MS);
    assert_eq!((restored.report.events, restored.report.opened), (2, 1));

    let mut again = copy.open();
    assert_eq!(again.node(), restored.succession.new);
    assert_ne!(again.node(), ledger.node());
    let reader = again.reader().expect("reads");
    let old = reader
        .view()
        .range(ledger.node(), Position(1), Position(9))
        .expect("reads");
    assert_eq!(old.len(), 2);
    let content = reader
        .view()
        .content(&old[0].attachments()[0])
        .expect("reads");
    assert!(matches!(content, ledger::Content::Clear(name) if name.as_slice() == b"Mirlande"));
    assert_eq!(reader.view().past_nodes().expect("reads"), [ledger.node()]);
    assert_eq!(reader.view().sealing_secrets().expect("reads").len(), 2);
    let keys: u64 = reader
        .connection()
        .query_row("SELECT count(signing) FROM ledger_identity", [], |row| {
            row.get(0)
        })
        .expect("reads");
    assert_eq!(keys, 1, "the old signing key is destroyed in the copy");

    let event = append(&mut again, draft(3));
    assert_eq!(
        (event.position(), event.node()),
        (Position(1), again.node())
    );
    assert!(event.order() > old[1].order());
    assert!(again.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn a_claim_signed_over_a_succession_holds() {
    let (site, _ledger) = with_backup();
    let copy = Site::empty();
    let succession = restored(&site, &copy).expect("restores").succession;
    let root = RootKey::generate(OperationId([1; 16]), &SystemEntropy);
    let claim = Claim {
        operation: OperationId([1; 16]),
        old: succession.old.node,
        last: succession.old.size,
        new: succession.new,
        at_ms: NOW_MS,
    };
    assert_eq!(
        root.public()
            .verify_claim(&root.claim(&claim))
            .expect("holds"),
        claim
    );
}

#[test]
fn a_backup_taken_while_the_writer_goes_on_is_of_one_moment() {
    let site = Site::empty();
    let mut ledger = site.found();
    for about in 0..20 {
        append(
            &mut ledger,
            draft_with(about, KeyRef::Person(PERSON), &"x".repeat(40_000)),
        );
    }
    let reader = ledger.reader().expect("reads");
    let writer = std::thread::spawn(move || {
        for about in 0..40 {
            append(&mut ledger, draft(about));
        }
        ledger
    });
    let made = backup(&reader, &site.file("site.backup"), NOW_MS, |_| ()).expect("backs up");
    let ledger = writer.join().expect("writes");
    assert_eq!(ledger.head().size, 60);
    let copy = Site::empty();
    assert_eq!(
        restored(&site, &copy).expect("restores").succession.old,
        made.head
    );
}

#[test]
fn a_wrong_passphrase_or_a_used_folder_restores_nothing() {
    let (site, _ledger) = with_backup();
    let copy = Site::empty();
    let wrong = Passphrase::new("not this one");
    let file = site.file("site.backup");
    let refused = restore(
        &file,
        copy.dir(),
        &Unlock::Passphrase(&wrong),
        NOW_MS,
        &options(),
        |_| (),
    );
    assert!(matches!(refused, Err(Error::WrongPassphrase(_))));
    assert_eq!(fs::read_dir(copy.dir()).expect("the folder").count(), 0);
    let used = Site::founded();
    assert!(matches!(
        restored(&site, &used),
        Err(Error::AlreadyExists(_))
    ));
}

#[test]
fn a_backup_with_a_byte_changed_or_cut_off_is_refused() {
    let (site, _ledger) = with_backup();
    let good = fs::read(site.file("site.backup")).expect("reads");
    let damaged = Site::empty();
    let refuses = |bytes: &[u8], what: &str| {
        fs::write(damaged.file("site.backup"), bytes).expect("writes");
        let copy = Site::empty();
        let error = restored(&damaged, &copy).expect_err(what);
        assert!(
            matches!(error, Error::DamagedBackup { .. }),
            "{what}: {error}"
        );
        assert_eq!(
            fs::read_dir(copy.dir()).expect("the folder").count(),
            0,
            "{what}"
        );
    };
    let places = (0..600).chain((600..good.len()).step_by(997));
    for place in places {
        let mut bytes = good.clone();
        bytes[place] ^= 0x20;
        refuses(&bytes, &format!("byte {place} changed"));
    }
    for length in [0, 10, 100, good.len() - 1] {
        refuses(&good[..length], &format!("cut to {length}"));
    }
    refuses(&[good.as_slice(), &[0]].concat(), "one byte more");
}
