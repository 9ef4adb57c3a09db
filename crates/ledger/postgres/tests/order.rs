//! What every store between a hub's servers promises, asked of each alike: an SQLite file and a real
//! PostgreSQL.

use std::collections::BTreeMap;
use std::sync::Barrier;

use ledger::shared::{
    Addition, FileStore, HubName, Place, Placed, SharedStore, StoredEntry, StoredRow,
};
use ledger::{Error, Hash};
use ledger_postgres::{PostgresStore, Settings};
use scratch_postgres::ScratchPostgres;

/// Where new, empty stores come from; a store is reached by as many servers as ask.
trait Bed: Sync {
    fn fresh(&self) -> Box<dyn Fn() -> Box<dyn SharedStore> + Sync>;
}

struct Files(tempfile::TempDir);

impl Bed for Files {
    fn fresh(&self) -> Box<dyn Fn() -> Box<dyn SharedStore> + Sync> {
        let number = std::fs::read_dir(self.0.path()).expect("lists").count();
        let path = self.0.path().join(format!("{number}.db"));
        Box::new(move || Box::new(FileStore::open(&path).expect("opens")))
    }
}

impl Bed for ScratchPostgres {
    fn fresh(&self) -> Box<dyn Fn() -> Box<dyn SharedStore> + Sync> {
        let address = self.database().parse().expect("an address");
        Box::new(move || {
            Box::new(PostgresStore::connect(&address, Settings::default()).expect("connects"))
        })
    }
}

const HUB: HubName = HubName {
    name: [7; 32],
    begins: Place {
        version: 0,
        digest: Hash([1; 32]),
    },
};

fn place(version: u64, digest: u8) -> Place {
    Place {
        version,
        digest: Hash([digest; 32]),
    }
}

/// An entry with nothing beside it.
fn after(after: Place, digest: u8) -> Addition {
    Addition {
        after,
        entry: StoredEntry {
            place: place(after.version + 1, digest),
            bytes: vec![digest; 40],
        },
        parts: Vec::new(),
        keys: Vec::new(),
        erased: Vec::new(),
    }
}

fn row(name: u8, owner: u8) -> StoredRow {
    StoredRow {
        name: [name; 32],
        owner: [owner; 32],
        bytes: vec![name; 300],
    }
}

fn a_database_is_nobodys_until_a_hub_begins_in_it(bed: &dyn Bed) {
    let open = bed.fresh();
    let (mut one, mut other) = (open(), open());
    assert_eq!(one.hub().unwrap(), None);
    one.begin(&HUB).unwrap();
    assert_eq!(other.hub().unwrap(), Some(HUB));
    assert_eq!(other.last().unwrap(), 0);
    // Broken off and begun again, with what happened in between.
    let later = HubName {
        begins: place(0, 2),
        ..HUB
    };
    other.begin(&later).unwrap();
    assert_eq!(one.hub().unwrap(), Some(later));
    let another = HubName {
        name: [8; 32],
        ..HUB
    };
    assert!(matches!(one.begin(&another), Err(Error::StoreTaken)));
    assert_eq!(one.place(&after(later.begins, 3)).unwrap(), Placed::Here);
    assert!(matches!(one.begin(&later), Err(Error::StoreTaken)));
    assert_eq!(one.hub().unwrap(), Some(later));
}

fn one_entry_stands_at_each_place(bed: &dyn Bed) {
    let open = bed.fresh();
    let (mut one, mut other) = (open(), open());
    one.begin(&HUB).unwrap();
    let first = after(HUB.begins, 10);
    assert_eq!(one.place(&first).unwrap(), Placed::Here);
    assert_eq!(one.place(&first).unwrap(), Placed::Here, "asked again");
    let rival = after(HUB.begins, 11);
    assert_eq!(other.place(&rival).unwrap(), Placed::Overtaken);
    let of_another_history = after(place(1, 11), 12);
    assert_eq!(other.place(&of_another_history).unwrap(), Placed::Overtaken);
    let with_a_gap = after(place(2, 12), 13);
    assert_eq!(other.place(&with_a_gap).unwrap(), Placed::Overtaken);
    let second = after(first.entry.place, 14);
    assert_eq!(other.place(&second).unwrap(), Placed::Here);
    assert_eq!(one.last().unwrap(), 2);
    let all = one.from(0).unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all[1..], [first.entry, second.entry]);
    assert_eq!(one.from(2).unwrap().len(), 1);
    assert_eq!(one.from(3).unwrap(), []);
}

fn what_comes_with_an_entry_comes_with_it_or_not_at_all(bed: &dyn Bed) {
    let open = bed.fresh();
    let mut store = open();
    store.begin(&HUB).unwrap();
    let mut first = after(HUB.begins, 10);
    first.parts = vec![row(1, 50), row(2, 50), row(3, 51)];
    first.keys = vec![row(50, 50), row(51, 51)];
    assert_eq!(store.place(&first).unwrap(), Placed::Here);
    let mut rival = after(HUB.begins, 11);
    rival.parts = vec![row(4, 52)];
    rival.keys = vec![row(52, 52)];
    rival.erased = vec![[50; 32]];
    assert_eq!(store.place(&rival).unwrap(), Placed::Overtaken);
    let names: Vec<_> = (0..6).map(|name| [name; 32]).collect();
    let mut found = store.parts(&names).unwrap();
    found.sort_by_key(|row| row.name);
    assert_eq!(found, first.parts);
    let mut keys = store.keys(&[[50; 32], [51; 32], [52; 32]]).unwrap();
    keys.sort_by_key(|row| row.name);
    assert_eq!(keys, first.keys);
}

fn an_erasure_destroys_what_is_under_a_key(bed: &dyn Bed) {
    let open = bed.fresh();
    let mut store = open();
    store.begin(&HUB).unwrap();
    let mut first = after(HUB.begins, 10);
    first.parts = vec![row(1, 50), row(2, 50), row(3, 51)];
    first.keys = vec![row(50, 50), row(51, 51)];
    store.place(&first).unwrap();
    let mut erasing = after(first.entry.place, 11);
    erasing.erased = vec![[50; 32]];
    erasing.parts = vec![row(4, 51)];
    assert_eq!(store.place(&erasing).unwrap(), Placed::Here);
    let names: Vec<_> = (0..6).map(|name| [name; 32]).collect();
    let mut left: Vec<_> = store.parts(&names).unwrap();
    left.sort_by_key(|row| row.name);
    assert_eq!(left, [row(3, 51), row(4, 51)]);
    assert_eq!(store.keys(&[[50; 32], [51; 32]]).unwrap(), [row(51, 51)]);
    // What was erased stays so when the answer was lost and all of it is asked again.
    assert_eq!(store.place(&first).unwrap(), Placed::Here);
    assert_eq!(store.keys(&[[50; 32]]).unwrap(), []);
}

fn whoever_follows_gets_on_however_large_the_entries_are(bed: &dyn Bed) {
    let open = bed.fresh();
    let mut store = open();
    store.begin(&HUB).unwrap();
    let mut end = HUB.begins;
    for number in 1..=4 {
        let mut large = after(end, number);
        large.entry.bytes = vec![number; 3 << 20];
        assert_eq!(store.place(&large).unwrap(), Placed::Here);
        end = large.entry.place;
    }
    let (mut at, mut reads) = (HUB.begins, 0);
    while at != end {
        let read = store.from(at.version).unwrap();
        assert_eq!(read[0].place, at);
        assert!(read.len() > 1, "it stands still");
        at = read.last().expect("it is not empty").place;
        reads += 1;
    }
    assert!(reads <= 4);
}

/// Servers race; every entry that was answered for stands once, in one unbroken line.
fn servers_that_race_make_one_line(bed: &dyn Bed) {
    const SERVERS: u8 = 4;
    const ENTRIES: u8 = 12;
    let open = bed.fresh();
    open().begin(&HUB).unwrap();
    let start = Barrier::new(usize::from(SERVERS));
    let placed: Vec<(u64, Vec<u8>)> = std::thread::scope(|scope| {
        let racing: Vec<_> = (0..SERVERS)
            .map(|server| {
                let (open, start) = (&open, &start);
                scope.spawn(move || {
                    let mut store = open();
                    let mut placed = Vec::new();
                    start.wait();
                    for number in 0..ENTRIES {
                        let digest = 20 + server * ENTRIES + number;
                        loop {
                            let last = store.last().unwrap();
                            let end = store.from(last).unwrap()[0].place;
                            let mine = after(end, digest);
                            if store.place(&mine).unwrap() == Placed::Here {
                                placed.push((mine.entry.place.version, mine.entry.bytes));
                                break;
                            }
                        }
                    }
                    placed
                })
            })
            .collect();
        let all = racing.into_iter().flat_map(|racer| racer.join().unwrap());
        all.collect()
    });
    let answered: BTreeMap<u64, Vec<u8>> = placed.into_iter().collect();
    let count = u64::from(SERVERS) * u64::from(ENTRIES);
    assert_eq!(answered.len() as u64, count);
    let stands = open().from(0).unwrap();
    assert_eq!(stands.len() as u64, count + 1);
    for (version, entry) in (0..).zip(&stands) {
        assert_eq!(entry.place.version, version);
        if version > 0 {
            assert_eq!(answered[&version], entry.bytes);
        }
    }
}

/// A promise and its name.
type Promise = (&'static str, fn(&dyn Bed));

const PROMISES: &[Promise] = &[
    (
        "a database is nobody's until a hub begins in it",
        a_database_is_nobodys_until_a_hub_begins_in_it,
    ),
    (
        "one entry stands at each place",
        one_entry_stands_at_each_place,
    ),
    (
        "what comes with an entry comes with it or not at all",
        what_comes_with_an_entry_comes_with_it_or_not_at_all,
    ),
    (
        "an erasure destroys what is under a key",
        an_erasure_destroys_what_is_under_a_key,
    ),
    (
        "whoever follows gets on however large the entries are",
        whoever_follows_gets_on_however_large_the_entries_are,
    ),
    (
        "servers that race make one line",
        servers_that_race_make_one_line,
    ),
];

fn ask(bed: &dyn Bed) {
    for (promise, check) in PROMISES {
        println!("{promise}");
        check(bed);
    }
}

#[test]
fn an_sqlite_file_keeps_every_promise() {
    ask(&Files(tempfile::tempdir().expect("a folder")));
}

#[test]
fn a_postgresql_keeps_every_promise() {
    ask(&ScratchPostgres::start());
}
