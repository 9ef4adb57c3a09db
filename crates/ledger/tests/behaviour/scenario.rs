//! The set-up all behaviour tests share: a ledger in a folder of its own, and drafts to put in.

use std::path::{Path, PathBuf};

use ledger::{
    AggregateId, AuthorId, DatabaseKey, Draft, DraftAttachment, Event, Founding, KeyId, KeyRef,
    Ledger, Occurred, Options, Passphrase, PassphraseCost, Unlock, Vault,
};
use zeroize::Zeroizing;

pub const NOW_MS: u64 = 1_632_405_600_000;
pub const PERSON: KeyId = KeyId([0x33; 16]);

/// A folder with a ledger in it.
pub struct Site {
    folder: tempfile::TempDir,
}

pub fn options() -> Options {
    Options {
        passphrase_cost: PassphraseCost::TRIVIAL,
        ..Options::default()
    }
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("kat mo yo ase")
}

impl Site {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// A new ledger, closed.
    pub fn founded() -> Self {
        let site = Self::empty();
        drop(site.found());
        site
    }

    pub fn found(&self) -> Ledger {
        let passphrase = passphrase();
        let founding = Founding {
            passphrase: &passphrase,
            recovery: None,
            now_ms: NOW_MS,
        };
        Ledger::create(self.dir(), &founding, options()).expect("founds")
    }

    pub fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// Another folder with the same files in it, as a cloned disk has.
    pub fn copied(&self) -> Self {
        let copy = Self::empty();
        for entry in std::fs::read_dir(self.dir()).expect("lists") {
            let entry = entry.expect("lists");
            std::fs::copy(
                entry.path(),
                copy.file(&entry.file_name().to_string_lossy()),
            )
            .expect("copies");
        }
        copy
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    pub fn key(&self) -> DatabaseKey {
        let vault = Vault::read(self.dir()).expect("a key file");
        vault
            .open(&Unlock::Passphrase(&passphrase()))
            .expect("unlocks")
    }

    pub fn open(&self) -> Ledger {
        self.try_open().expect("opens")
    }

    pub fn try_open(&self) -> ledger::Result<Ledger> {
        Ledger::open(self.dir(), &self.key(), options())
    }
}

/// An event about aggregate `about`, without personal data.
pub fn draft(about: u8) -> Draft {
    Draft {
        kind: "arrival.met".to_owned(),
        aggregate: AggregateId([about; 16]),
        author: AuthorId([9; 16]),
        occurred: Occurred::exactly(NOW_MS.cast_signed()),
        body: vec![0xa1, 0x01, about.min(23)],
        attachments: Vec::new(),
    }
}

/// The same with something about a person.
pub fn draft_with(about: u8, key: KeyRef, content: &str) -> Draft {
    let content = Zeroizing::new(content.as_bytes().to_vec());
    let attachment = DraftAttachment {
        slot: "person".to_owned(),
        key,
        content,
    };
    Draft {
        attachments: vec![attachment],
        ..draft(about)
    }
}

/// Appends one event in a transaction of its own.
pub fn append(ledger: &mut Ledger, draft: Draft) -> Event {
    let mut transaction = ledger.begin().expect("begins");
    let event = transaction.append(draft, NOW_MS).expect("appends");
    transaction.commit().expect("commits");
    event
}
