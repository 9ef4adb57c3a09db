//! Founding, unlocking, opening, and everything for which opening is refused.

use std::fs;

use ledger::{
    Error, Founding, Ledger, Opening, OperationId, Passphrase, Position, RootKey, SystemEntropy,
    Unlock, Vault,
};

use crate::scenario::{NOW_MS, Site, append, draft, options, passphrase};

#[test]
fn a_second_process_is_told_who_holds_the_ledger() {
    let site = Site::empty();
    let _ledger = site.found();
    let error = site.try_open().expect_err("in use");
    let expected = format!("already in use by process {}", std::process::id());
    assert!(error.to_string().contains(&expected), "{error}");
}

#[test]
fn founding_twice_or_opening_nothing_is_refused() {
    let site = Site::founded();
    let passphrase = passphrase();
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: NOW_MS,
    };
    let again = Ledger::create(site.dir(), &founding, options());
    assert!(matches!(again, Err(Error::AlreadyExists(_))));
    let empty = Site::empty();
    assert!(matches!(Vault::read(empty.dir()), Err(Error::NotFound(_))));
    assert!(matches!(
        Ledger::open(empty.dir(), &site.key(), options()),
        Err(Error::NotFound(_))
    ));
}

#[test]
fn a_weak_passphrase_founds_nothing() {
    let site = Site::empty();
    let passphrase = Passphrase::new("1234567");
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: NOW_MS,
    };
    let refused = Ledger::create(site.dir(), &founding, options());
    assert!(matches!(refused, Err(Error::WeakPassphrase(8))));
    assert_eq!(fs::read_dir(site.dir()).expect("the folder").count(), 0);
}

#[test]
fn an_interrupted_founding_can_be_begun_again() {
    let site = Site::founded();
    // As after a power loss between moving the database and moving the key file.
    let unfinished = site.file("akey.unfinished");
    fs::create_dir(&unfinished).expect("makes");
    fs::rename(site.file("akey.keys"), unfinished.join("akey.keys")).expect("moves");
    fs::remove_file(site.file("akey.lock")).expect("removes");
    let ledger = site.found();
    assert_eq!(ledger.head().size, 0);
    drop(ledger);
    // Without that trace the same files are somebody's lost ledger, and are left alone.
    fs::remove_file(site.file("akey.keys")).expect("removes");
    let passphrase = passphrase();
    let founding = Founding {
        passphrase: &passphrase,
        recovery: None,
        now_ms: NOW_MS,
    };
    let refused = Ledger::create(site.dir(), &founding, options());
    assert!(matches!(refused, Err(Error::AlreadyExists(_))));
    assert!(site.file("akey.db").exists());
}

#[test]
fn a_wrong_passphrase_is_said_to_be_wrong() {
    let site = Site::founded();
    let vault = Vault::read(site.dir()).expect("a key file");
    let error = vault
        .unlock(&Passphrase::new("kat mo yo as"))
        .expect_err("wrong");
    assert!(error.to_string().starts_with("wrong passphrase"), "{error}");
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let site = Site::founded();
    let mut vault = Vault::read(site.dir()).expect("a key file");
    let new = Passphrase::new("yon lòt fraz sekrè");
    vault
        .change_passphrase(&site.key(), &new, &options())
        .expect("changes");
    let vault = Vault::read(site.dir()).expect("a key file");
    assert!(matches!(
        vault.unlock(&passphrase()),
        Err(Error::WrongPassphrase(_))
    ));
    let key = vault.unlock(&new).expect("unlocks");
    Ledger::open(site.dir(), &key, options()).expect("opens");
}

#[test]
fn a_lost_passphrase_is_recovered_with_the_root_key_and_no_other() {
    let site = Site::empty();
    let root = RootKey::generate(OperationId([1; 16]), &SystemEntropy);
    let recovery = Some(root.public().recovery);
    let passphrase = passphrase();
    let founding = Founding {
        passphrase: &passphrase,
        recovery,
        now_ms: NOW_MS,
    };
    drop(Ledger::create(site.dir(), &founding, options()).expect("founds"));
    let vault = Vault::read(site.dir()).expect("a key file");
    assert_eq!(vault.recoverable_by(), recovery);
    let key = vault.open(&Unlock::Root(&root)).expect("recovers");
    Ledger::open(site.dir(), &key, options()).expect("opens");
    let other = RootKey::generate(OperationId([1; 16]), &SystemEntropy);
    assert!(matches!(vault.recover(&other), Err(Error::WrongRootKey(_))));
}

#[test]
fn the_key_of_another_ledger_does_not_open_this_one() {
    let (site, other) = (Site::founded(), Site::founded());
    let refused = Ledger::open(site.dir(), &other.key(), options());
    assert!(matches!(refused, Err(Error::DamagedDatabase { .. })));
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let site = Site::empty();
    let mut ledger = site.found();
    let transaction = ledger.begin().expect("begins");
    let newer = "UPDATE ledger_state SET version = 99";
    transaction.connection().execute(newer, []).expect("writes");
    transaction.commit().expect("commits");
    drop(ledger);
    let error = site.try_open().expect_err("newer");
    assert!(
        matches!(error, Error::NewerDatabase { found: 99, .. }),
        "{error}"
    );
}

#[test]
fn a_database_older_than_its_head_record_is_refused_and_names_the_loss() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(&mut ledger, draft(1));
    drop(ledger);
    let old = fs::read(site.file("akey.db")).expect("reads");
    let mut ledger = site.open();
    for _ in 0..3 {
        append(&mut ledger, draft(1));
    }
    let lost_node = ledger.node();
    drop(ledger);
    fs::write(site.file("akey.db"), old).expect("puts the old copy back");

    let error = site.try_open().expect_err("refused");
    assert!(
        matches!(
            error,
            Error::AcknowledgedLost {
                acknowledged: 4,
                found: 1,
                ..
            }
        ),
        "{error}"
    );
    assert!(
        error.to_string().contains("positions 2 to 4 are lost"),
        "{error}"
    );

    let (mut ledger, succession) =
        Ledger::accept_loss(site.dir(), &site.key(), NOW_MS, options()).expect("accepted");
    assert_eq!((succession.old.node, succession.old.size), (lost_node, 1));
    assert_eq!(succession.new, ledger.node());
    assert_ne!(ledger.node(), lost_node);
    assert_eq!(append(&mut ledger, draft(2)).position(), Position(1));
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
    drop(ledger);
    assert_eq!(site.open().opening(), Opening::default());
}

#[test]
fn a_lost_commit_without_an_event_is_noticed_too() {
    let site = Site::founded();
    let old = fs::read(site.file("akey.db")).expect("reads");
    let mut ledger = site.open();
    let transaction = ledger.begin().expect("begins");
    transaction
        .connection()
        .execute_batch("CREATE TABLE rows (a)")
        .expect("writes");
    transaction.commit().expect("commits");
    drop(ledger);
    fs::write(site.file("akey.db"), old).expect("puts the old copy back");
    let error = site.try_open().expect_err("refused");
    assert!(
        error.to_string().contains("the last commits are lost"),
        "{error}"
    );
}

#[test]
fn another_history_under_the_same_head_is_refused() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(&mut ledger, draft(1));
    drop(ledger);
    let files = ["akey.db", "akey.head"].map(|name| site.file(name));
    let before = files.clone().map(|path| fs::read(path).expect("reads"));
    append(&mut site.open(), draft(2));
    let promised = fs::read(site.file("akey.head")).expect("reads");
    for (path, bytes) in files.iter().zip(before) {
        fs::write(path, bytes).expect("puts the old copy back");
    }
    append(&mut site.open(), draft(3));
    fs::write(site.file("akey.head"), promised).expect("puts the promise back");
    let error = site.try_open().expect_err("refused");
    assert!(
        matches!(
            error,
            Error::AcknowledgedDiffers {
                position: Position(2),
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_missing_head_record_is_not_taken_for_a_new_ledger() {
    let site = Site::founded();
    fs::remove_file(site.file("akey.head")).expect("removes");
    assert!(matches!(site.try_open(), Err(Error::HeadRecord { .. })));
}

#[test]
fn a_torn_head_record_is_reported_and_mended() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(&mut ledger, draft(1));
    drop(ledger);
    let mut bytes = fs::read(site.file("akey.head")).expect("reads");
    // The first slot of a fresh record is the older one after one more commit or the newer one;
    // either way one good slot is left.
    bytes[40] ^= 1;
    fs::write(site.file("akey.head"), bytes).expect("tears");
    let ledger = site.open();
    assert!(ledger.opening().torn_head_record);
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}
