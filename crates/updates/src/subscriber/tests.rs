//! Subscribing, leaving and bouncing, without a mail server.

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::environment::ManualEnvironment;
use crate::queue::{Announced, Item};
use crate::{BounceKind, BounceRead};

const START_MS: i64 = 1_632_500_000_000;

struct Office {
    dir: tempfile::TempDir,
    time: Arc<ManualEnvironment>,
    updates: Updates,
}

impl Office {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let time = Arc::new(ManualEnvironment::at(START_MS));
        let updates = Updates::open_in_clear(dir.path(), time.clone()).unwrap();
        Self { dir, time, updates }
    }

    fn ask(&self, address: &str) -> Answer {
        let asking = Asking {
            address: Address::read(address).unwrap(),
            language: "ht",
            topics: 1,
            terms: "1",
            page: "/updates/subscribe",
            from: None,
        };
        self.updates
            .ask(&asking, &letter("confirm"), &letter("known"))
            .unwrap()
    }

    fn id(&self, address: &str) -> Option<(i64, i64, String)> {
        self.updates
            .read(|connection| {
                let sql = "SELECT id, asked_at, state FROM subscriber WHERE folded = ?1";
                let found = connection.query_row(sql, [address], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                });
                Ok(found.optional()?)
            })
            .unwrap()
    }

    fn confirmed(&self, address: &str) -> Token {
        self.ask(address);
        let (id, asked_at, _) = self.id(address).unwrap();
        let token = self.updates.shared.keys.confirm(id, asked_at);
        self.updates.confirm(&token).unwrap().unwrap()
    }
}

fn letter(subject: &str) -> Letter {
    Letter {
        subject: subject.into(),
        body: format!("{subject} text"),
    }
}

fn holds(dir: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

fn bounce(mark: &str, action: &str, status: &str) -> Vec<u8> {
    format!(
        "From: MAILER-DAEMON@example.org\r\nTo: <news+{mark}@example.org>\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; demo@example.org\r\nAction: {action}\r\nStatus: {status}\r\n--b--\r\n"
    )
    .into_bytes()
}

#[test]
fn only_who_confirms_in_time_is_sent_anything() {
    let office = Office::new();
    office.ask("late@example.org");
    let (id, asked_at, _) = office.id("late@example.org").unwrap();
    let token = office.updates.shared.keys.confirm(id, asked_at);
    assert!(office.updates.may_confirm(&token).unwrap());
    let item = Item {
        key: "a",
        topics: 1,
        letters: vec![("ht", letter("a"))],
    };
    assert_eq!(
        office.updates.announce(&item).unwrap(),
        Announced::Queued(0)
    );
    office.time.pass(ASKED_LASTS_MS);
    assert!(!office.updates.may_confirm(&token).unwrap());
    assert_eq!(office.updates.confirm(&token).unwrap(), None);
    assert_eq!(office.updates.sweep().unwrap(), 1);
    assert_eq!(office.updates.counts().unwrap().pending, 0);

    let leave = office.confirmed("demo@example.org");
    let item = Item { key: "b", ..item };
    assert_eq!(
        office.updates.announce(&item).unwrap(),
        Announced::Queued(1)
    );
    assert_eq!(office.updates.announce(&item).unwrap(), Announced::Before);
    let chosen = office.updates.preferences(&leave).unwrap().unwrap();
    assert_eq!(
        (
            chosen.language.as_str(),
            chosen.topics,
            chosen.terms.as_str()
        ),
        ("ht", 1, "1")
    );
    assert!(office.updates.choose(&leave, "fr", 2).unwrap());
    let item = Item { key: "c", ..item };
    assert_eq!(
        office.updates.announce(&item).unwrap(),
        Announced::Queued(0)
    );
    assert_eq!(office.updates.cancel("b").unwrap(), 1);
}

#[test]
fn asking_again_is_answered_alike_and_sends_one_mail_whether_known_or_not() {
    let office = Office::new();
    office.confirmed("demo@example.org");
    let before = office.updates.counts().unwrap();
    assert_eq!(office.ask("Demo@Example.org"), Answer::LookIntoMail);
    assert_eq!(office.ask("other@example.org"), Answer::LookIntoMail);
    let after = office.updates.counts().unwrap();
    assert_eq!(
        (after.confirmed, after.pending),
        (before.confirmed, before.pending + 1)
    );
    assert_eq!(after.queued, before.queued + 2);
    for _ in 0..5 {
        assert_eq!(office.ask("demo@example.org"), Answer::LookIntoMail);
    }
    assert_eq!(
        office.updates.counts().unwrap().queued,
        after.queued,
        "one known letter at a time"
    );
}

#[test]
fn whoever_leaves_is_nowhere_in_the_files_any_more() {
    let office = Office::new();
    let addresses: Vec<_> = (0..400)
        .map(|n| format!("demo-{n:04}-person@example.org"))
        .collect();
    let tokens: Vec<_> = addresses
        .iter()
        .map(|address| office.confirmed(address))
        .collect();
    let item = Item {
        key: "a",
        topics: 1,
        letters: vec![("ht", letter("a"))],
    };
    office.updates.announce(&item).unwrap();
    office.updates.empty_log().unwrap();
    assert!(
        holds(office.dir.path(), b"demo-0007-person"),
        "the test sees what is there"
    );
    for (address, token) in addresses
        .iter()
        .zip(&tokens)
        .filter(|(address, _)| !address.contains("-0399-"))
    {
        office.updates.leave(token).unwrap();
        let _ = address;
    }
    for address in &addresses[..399] {
        assert!(!holds(office.dir.path(), address.as_bytes()), "{address}");
    }
    assert!(holds(office.dir.path(), addresses[399].as_bytes()));
    office.updates.leave(&tokens[0]).unwrap();
    let counts = office.updates.counts().unwrap();
    assert_eq!((counts.confirmed, counts.queued), (1, 2));
}

#[test]
fn an_encrypted_store_shows_nothing_and_opens_with_its_key_only() {
    let dir = tempfile::tempdir().unwrap();
    let time = Arc::new(ManualEnvironment::at(START_MS));
    let updates = Updates::open(dir.path(), &[1; 32], time.clone()).unwrap();
    let asking = Asking {
        address: Address::read("demo@example.org").unwrap(),
        language: "ht",
        topics: 1,
        terms: "1",
        page: "/updates/subscribe",
        from: None,
    };
    updates
        .ask(&asking, &letter("confirm"), &letter("known"))
        .unwrap();
    updates.empty_log().unwrap();
    assert!(!holds(dir.path(), b"demo@example.org") && !holds(dir.path(), b"SQLite format"));
    assert!(Updates::open(dir.path(), &[2; 32], time.clone()).is_err());
    drop(updates);
    let again = Updates::open(dir.path(), &[1; 32], time).unwrap();
    assert_eq!(again.counts().unwrap().pending, 1);
}

#[test]
fn a_storm_of_bounces_changes_one_row_and_forged_ones_none() {
    let office = Office::new();
    office.confirmed("demo@example.org");
    office.confirmed("full@example.org");
    let mark = |address: &str, mail| {
        let (id, ..) = office.id(address).unwrap();
        office.updates.shared.keys.return_mark(id, mail)
    };
    let (gone, full) = (mark("demo@example.org", 1), mark("full@example.org", 1));
    let read = |message: &[u8]| office.updates.bounced(message).unwrap();
    for _ in 0..500 {
        let soft = BounceRead::Counted(BounceKind::Soft);
        assert_eq!(read(&bounce(&full, "failed", "5.2.2")), soft);
    }
    assert_eq!(
        office.updates.counts().unwrap().suspended,
        0,
        "one mail counts once"
    );
    assert_eq!(
        read(&bounce(&full, "delayed", "4.4.1")),
        BounceRead::NoFailure
    );
    let forged = gone.replace('a', "b");
    let forged = if forged == gone {
        format!("{}0", &gone[..gone.len() - 1])
    } else {
        forged
    };
    assert_eq!(
        read(&bounce(&forged, "failed", "5.1.1")),
        BounceRead::NotOurs
    );
    for nothing in [
        &b""[..],
        b"\xff\xfe",
        b"To: <news+1-2-3@example.org>",
        &vec![b'+'; 1_000_000],
    ] {
        assert_eq!(read(nothing), BounceRead::NotOurs);
    }
    for _ in 0..500 {
        let hard = BounceRead::Counted(BounceKind::Hard);
        assert_eq!(read(&bounce(&gone, "failed", "5.1.1")), hard);
    }
    let counts = office.updates.counts().unwrap();
    assert_eq!((counts.confirmed, counts.suspended), (1, 1));
    for mail in 2..6 {
        read(&bounce(&mark("full@example.org", mail), "failed", "4.2.2"));
    }
    assert_eq!(office.updates.counts().unwrap().suspended, 2, "five mails");
    office.time.pass(SUSPENDED_KEPT_MS);
    office.updates.sweep().unwrap();
    assert_eq!(office.id("demo@example.org"), None);
}
