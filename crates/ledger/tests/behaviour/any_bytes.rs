//! No file whatever makes the ledger panic, or pass for what it is not: key files, root keys on paper,
//! certificates and backups with bytes changed, cut and doubled. `AKEY_FUZZ_CASES` sets how many of each
//! kind; 100 without, because every one of them opens files.

use std::fs;

use ledger::{
    Admission, OperationId, Passphrase, PassphraseCost, RootKey, SiteId, SystemEntropy, Unlock,
    Vault, backup, restore,
};
use proptest::prelude::*;

use crate::scenario::{NOW_MS, Site, append, draft, options, passphrase};

fn cases() -> ProptestConfig {
    let cases = std::env::var("AKEY_FUZZ_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases.unwrap_or(100))
    }
}

/// What happens to a file on its way.
#[derive(Clone, Debug)]
enum Change {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Double(prop::sample::Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        1 => at().prop_map(Change::Cut),
        1 => (at(), 1_usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (at(), 1_usize..40).prop_map(|(at, length)| Change::Double(at, length)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match change {
            Change::Set(at, byte) => bytes[at.index(length)] = *byte,
            Change::Cut(at) => bytes.truncate(at.index(length)),
            Change::Remove(at, many) => {
                let from = at.index(length);
                bytes.drain(from..length.min(from + many));
            }
            Change::Double(at, many) => {
                let from = at.index(length);
                let again = bytes[from..length.min(from + many)].to_vec();
                bytes.splice(from..from, again);
            }
        }
    }
    bytes
}

fn root_passphrase() -> Passphrase {
    Passphrase::new("kept in another place")
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_key_file_with_bytes_changed_opens_nothing(
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let site = Site::founded();
        let file = fs::read_dir(site.dir())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .find(|path| path.extension().is_some_and(|extension| extension == "keys"));
        let Some(file) = file else {
            return Err(TestCaseError::fail("the key file has another name"));
        };
        let good = fs::read(&file).expect("reads");
        let bad = changed(good.clone(), &changes);
        fs::write(&file, &bad).expect("writes");
        let opened = Vault::read(site.dir()).and_then(|vault| vault.unlock(&passphrase()));
        prop_assert!(opened.is_err() || bad == good);
        if let Err(error) = opened {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn a_root_key_copied_wrong_from_paper_is_refused_by_its_line(
        changes in prop::collection::vec(change(), 1..4),
        noise in "[ -~\n]{0,60}",
    ) {
        let operation = OperationId([5; 16]);
        let root = RootKey::generate(operation, &SystemEntropy);
        let text = root
            .export(&root_passphrase(), PassphraseCost::TRIVIAL, &SystemEntropy)
            .expect("writes");
        let bad = changed(text.into_bytes(), &changes);
        let bad = String::from_utf8_lossy(&bad).into_owned();
        for text in [bad.clone(), format!("{noise}{bad}"), noise] {
            // What only differs in blanks, or above the lines, is the same key; nothing else is one.
            if let Ok(read) = RootKey::import(&text, &root_passphrase()) {
                prop_assert_eq!(read.public(), root.public());
            }
        }
    }

    #[test]
    fn a_certificate_with_bytes_changed_admits_nobody(
        changes in prop::collection::vec(change(), 1..6),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let operation = OperationId([5; 16]);
        let root = RootKey::generate(operation, &SystemEntropy);
        let site = Site::empty();
        let node = site.found().node();
        let good = root.admit(&Admission {
            operation,
            node,
            site: SiteId([6; 16]),
            at_ms: NOW_MS,
        });
        let bad = changed(good.clone(), &changes);
        prop_assert!(root.public().verify_admission(&bad).is_err() || bad == good);
        prop_assert!(root.public().verify_claim(&bad).is_err());
        prop_assert!(root.public().verify_admission(&bytes).is_err());
    }
}

proptest! {
    // Each writes a database and reads it whole.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_backup_with_bytes_changed_is_refused_or_restores_what_was_backed_up(
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let site = Site::empty();
        let mut ledger = site.found();
        append(&mut ledger, draft(1));
        let file = site.file("site.backup");
        let reader = ledger.reader().expect("reads");
        backup(&reader, &file, NOW_MS, |_| ()).expect("backs up");
        let bad = changed(fs::read(&file).expect("reads"), &changes);
        fs::write(&file, bad).expect("writes");
        let copy = Site::empty();
        let passphrase = passphrase();
        let unlock = Unlock::Passphrase(&passphrase);
        if let Ok(restored) = restore(&file, copy.dir(), &unlock, NOW_MS + 5, &options(), |_| ()) {
            // The changes fell where nothing is read.
            prop_assert_eq!(restored.succession.old, ledger.head());
            prop_assert_eq!(restored.report.events, 1);
        }
    }
}
