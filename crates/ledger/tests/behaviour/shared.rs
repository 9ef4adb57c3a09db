//! Two servers of a hub as ledgers: what one changes the other comes to by the same steps, and nothing
//! that was altered between them is taken for what was written.

use std::path::Path;

use ledger::shared::{FileStore, Followed};
use ledger::{Error, KeyRef, Ledger, Unlock};
use rusqlite::Connection;

use crate::scenario::{NOW_MS, PERSON, Site, append, draft, draft_with, options, passphrase};

struct Hub {
    one: Ledger,
    two: Ledger,
    one_site: Site,
    two_site: Site,
    between: Site,
}

impl Hub {
    fn new() -> Self {
        let (one_site, two_site, between) = (Site::empty(), Site::empty(), Site::empty());
        let mut one = one_site.found();
        append(&mut one, draft(1));
        one.move_to(Box::new(store(&between))).expect("moves");
        let backup = between.file("backup");
        let reader = one.reader().expect("reads");
        ledger::backup(&reader, &backup, NOW_MS, |_| {}).expect("backs up");
        let passphrase = passphrase();
        let unlock = Unlock::Passphrase(&passphrase);
        ledger::copy_of_server(&backup, two_site.dir(), &unlock, &options(), |_| {})
            .expect("copies");
        let mut two = two_site.open();
        two.attach(Box::new(store(&between))).expect("attaches");
        Self {
            one,
            two,
            one_site,
            two_site,
            between,
        }
    }

    fn sql(&self, sql: &str) {
        let connection = Connection::open(self.between.file("order.db")).expect("opens");
        connection.execute_batch(sql).expect("changes");
    }
}

fn store(between: &Site) -> FileStore {
    FileStore::open(&between.file("order.db")).expect("opens")
}

fn follow(ledger: &mut Ledger) -> ledger::Result<Followed> {
    let mut followed = Followed::default();
    loop {
        let entries = ledger.ahead()?;
        if entries.is_empty() {
            return Ok(followed);
        }
        let mut transaction = ledger.begin()?;
        for entry in entries {
            transaction.follow(entry, &mut followed)?;
        }
        transaction.commit()?;
    }
}

fn content(ledger: &Ledger) -> Vec<ledger::Content> {
    let reader = ledger.reader().expect("reads");
    let events = reader
        .view()
        .events_of(ledger::AggregateId([2; 16]))
        .expect("reads");
    let attachments = events.iter().flat_map(ledger::Event::attachments);
    attachments
        .map(|attachment| reader.view().content(attachment).expect("reads"))
        .collect()
}

#[test]
fn an_event_with_its_sealed_part_is_at_both_servers() {
    let mut hub = Hub::new();
    append(
        &mut hub.one,
        draft_with(2, KeyRef::Person(PERSON), "Demo-Mapou"),
    );
    let followed = follow(&mut hub.two).expect("follows");
    assert_eq!(followed.own.len(), 1);
    assert_eq!(hub.one.head(), hub.two.head());
    assert_eq!(hub.one.place(), hub.two.place());
    assert_eq!(content(&hub.one), content(&hub.two));
    assert!(matches!(content(&hub.two)[..], [ledger::Content::Clear(_)]));
    assert!(hub.two.verify(|_| {}).expect("walks").is_clean());
}

#[test]
fn whoever_comes_second_keeps_nothing_and_decides_again() {
    let mut hub = Hub::new();
    append(&mut hub.one, draft(3));
    let before = hub.two.head();
    let mut transaction = hub.two.begin().expect("begins");
    transaction
        .append(draft_with(4, KeyRef::Person(PERSON), "Demo"), NOW_MS)
        .expect("appends");
    let refused = transaction.commit();
    assert!(matches!(refused, Err(Error::Overtaken)), "{refused:?}");
    assert_eq!(hub.two.head(), before);
    follow(&mut hub.two).expect("follows");
    let event = append(&mut hub.two, draft(4));
    assert_eq!(event.position().0, before.size + 2);
    follow(&mut hub.one).expect("follows");
    assert_eq!(hub.one.head(), hub.two.head());
}

#[test]
fn what_a_savepoint_undid_is_not_shared() {
    let mut hub = Hub::new();
    let mut transaction = hub.one.begin().expect("begins");
    transaction.append(draft(3), NOW_MS).expect("appends");
    let mut part = transaction.savepoint().expect("begins");
    part.append(draft_with(4, KeyRef::Person(PERSON), "Demo"), NOW_MS)
        .expect("appends");
    part.rollback().expect("undoes");
    transaction.commit().expect("commits");
    let followed = follow(&mut hub.two).expect("follows");
    assert_eq!(followed.own.len(), 1);
    assert_eq!(hub.one.head(), hub.two.head());
}

#[test]
fn a_server_that_was_off_during_an_erasure_destroys_too() {
    let mut hub = Hub::new();
    let key = KeyRef::Person(PERSON);
    append(&mut hub.one, draft_with(2, key, "Demo-Mapou"));
    follow(&mut hub.two).expect("follows");
    let mut transaction = hub.one.begin().expect("begins");
    transaction.append(draft(5), NOW_MS).expect("appends");
    transaction.erase(PERSON, NOW_MS).expect("erases");
    transaction.commit().expect("commits");
    follow(&mut hub.two).expect("follows");
    assert_eq!(content(&hub.two), [ledger::Content::Erased]);
    assert_eq!(content(&hub.one), content(&hub.two));
}

#[test]
fn a_mirror_that_fell_back_goes_on_from_the_shared_order() {
    let mut hub = Hub::new();
    append(&mut hub.one, draft(3));
    drop(hub.two);
    // The machine was put back to yesterday: whole, but old. Elsewhere that would be a fork.
    let old = hub.two_site.copied();
    let mut two = hub.two_site.open();
    two.attach(Box::new(store(&hub.between))).expect("attaches");
    follow(&mut two).expect("follows");
    append(&mut two, draft(4));
    drop(two);
    let mut back = old.open();
    back.attach(Box::new(store(&hub.between)))
        .expect("attaches");
    let mut transaction = back.begin().expect("begins");
    transaction.append(draft(5), NOW_MS).expect("appends");
    assert!(matches!(transaction.commit(), Err(Error::Overtaken)));
    follow(&mut back).expect("follows");
    append(&mut back, draft(5));
    follow(&mut hub.one).expect("follows");
    assert_eq!(hub.one.head(), back.head());
}

#[test]
fn an_entry_that_was_altered_moved_or_swapped_stops_whoever_reads_it() {
    let alterations = [
        "UPDATE akey_entry SET bytes = zeroblob(200) WHERE version = 1",
        "UPDATE akey_entry SET digest = zeroblob(32) WHERE version = 1",
        "UPDATE akey_entry SET bytes = (SELECT bytes FROM akey_entry WHERE version = 2) \
         WHERE version = 1",
        "UPDATE akey_entry SET version = version + 100 WHERE version > 0;
         UPDATE akey_entry SET version = 1 WHERE version = 102;
         UPDATE akey_entry SET version = 2 WHERE version = 101",
        "UPDATE akey_key SET bytes = zeroblob(72)",
        "DELETE FROM akey_entry WHERE version = 1",
    ];
    for alteration in alterations {
        let mut hub = Hub::new();
        append(
            &mut hub.one,
            draft_with(2, KeyRef::Person(PERSON), "Demo-Mapou"),
        );
        append(&mut hub.one, draft(3));
        hub.sql(alteration);
        let head = hub.two.head();
        let stopped = follow(&mut hub.two);
        assert!(
            matches!(stopped, Err(Error::StoreDamaged { .. })),
            "{alteration}: {stopped:?}"
        );
        assert_eq!(hub.two.head(), head, "{alteration}");
    }
}

#[test]
fn a_database_that_forgot_halts_whoever_knows_more() {
    let mut hub = Hub::new();
    append(&mut hub.one, draft(3));
    hub.sql("DELETE FROM akey_entry WHERE version = 1");
    assert!(matches!(
        follow(&mut hub.one),
        Err(Error::StoreLost { version: 1 })
    ));
    let mut transaction = hub.one.begin().expect("begins");
    assert!(matches!(
        transaction.append(draft(4), NOW_MS),
        Err(Error::Halted { .. })
    ));
    drop(transaction);
    drop(hub.one);
    assert!(hub.one_site.open().halted().is_some());
}

#[test]
fn a_backup_of_a_single_node_makes_no_second_server() {
    let site = Site::empty();
    let ledger = site.found();
    let (backup, copy) = (site.file("backup"), site.file("copy"));
    ledger::backup(&ledger.reader().expect("reads"), &backup, NOW_MS, |_| {}).expect("backs up");
    let passphrase = passphrase();
    let unlock = Unlock::Passphrase(&passphrase);
    let refused = ledger::copy_of_server(&backup, &copy, &unlock, &options(), |_| {});
    assert!(matches!(refused, Err(Error::StoreNotMoved)));
    assert!(!ledger::exists(Path::new(&copy)));
}

#[test]
fn a_copy_that_is_restored_as_a_node_of_its_own_is_no_server_any_more() {
    let hub = Hub::new();
    let backup = hub.between.file("backup");
    let restored = Site::empty();
    let passphrase = passphrase();
    let unlock = Unlock::Passphrase(&passphrase);
    ledger::restore(&backup, restored.dir(), &unlock, NOW_MS, &options(), |_| {})
        .expect("restores");
    let mut ledger = restored.open();
    assert!(!ledger.is_mirror());
    assert_ne!(ledger.node(), hub.one.node());
    append(&mut ledger, draft(6));
}
