//! The database goes away, comes back, is the wrong one, or lost something.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use domain::{Command, MovementId};
use ledger::Error;
use ledger::shared::{Addition, HubName, Place, Placed, SharedStore as _, StoredEntry};
use ledger_postgres::{Address, Hearing, PostgresStore, Settings};
use node::{ExecuteError, Node, NodeError};
use scratch_postgres::ScratchPostgres;

use crate::company::{Between, Desk, Hub, meet, options, passphrase};

/// Long enough for any machine; nothing waits for so long unless it is broken.
const LONG: Duration = Duration::from_mins(1);

fn quick() -> Settings {
    Settings {
        patience: Duration::from_millis(300),
        answered_within: Duration::from_secs(2),
        ..Settings::default()
    }
}

fn until(mut seen: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !seen() {
        assert!(begun.elapsed() < LONG, "it never comes");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn connect(address: &str) -> ledger::Result<PostgresStore> {
    PostgresStore::connect(&address.parse::<Address>()?, quick())
}

/// Registers people until told to stop; gives what was answered and what was not.
fn registering(
    desk: &mut Desk,
    movement: MovementId,
    stop: &mpsc::Receiver<()>,
) -> (Vec<u64>, Vec<NodeError>) {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    while stop.try_recv().is_err() {
        let whose = desk.somebody();
        let (_, command) = desk.registering(movement, whose);
        match desk.ask(command) {
            Ok(told) => done.push(told.position),
            Err(ExecuteError::Failed(error)) => failed.push(error),
            Err(refused) => panic!("{refused}"),
        }
    }
    (done, failed)
}

#[test]
fn a_database_that_crashes_and_comes_back_loses_nothing_and_work_goes_on() {
    let mut cluster = ScratchPostgres::start();
    let mut hub = Hub::on_with(&cluster, quick());
    let movement = hub.one.landed();
    let (told, stop) = mpsc::channel();
    let (told_two, stop_two) = mpsc::channel();
    let (one, two) = (&mut hub.one, &mut hub.two);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let desks = [
            scope.spawn(move || registering(one, movement, &stop)),
            scope.spawn(move || registering(two, movement, &stop_two)),
        ];
        for _ in 0..2 {
            std::thread::sleep(Duration::from_millis(400));
            cluster.stop_at_once();
            std::thread::sleep(Duration::from_millis(400));
            cluster.start_again();
        }
        std::thread::sleep(Duration::from_millis(400));
        told.send(()).unwrap();
        told_two.send(()).unwrap();
        desks.map(|desk| desk.join().unwrap()).into_iter().collect()
    });
    for (done, failed) in &answers {
        assert!(!done.is_empty());
        for error in failed {
            assert!(matches!(error, NodeError::HubStore { .. }), "{error}");
        }
    }
    // Without opening anything anew, both go on, and both hold all that was answered.
    hub.one.registered(movement);
    hub.two.registered(movement);
    hub.agree();
    let end = hub.one.node.log_end().unwrap().position;
    let mut answered: Vec<u64> = answers.iter().flat_map(|(done, _)| done.clone()).collect();
    let count = answered.len();
    answered.sort_unstable();
    answered.dedup();
    assert_eq!(answered.len(), count);
    assert!(answered.iter().all(|position| *position <= end));
    // What was not answered as done may be there all the same; nothing stands twice.
    let failed: usize = answers.iter().map(|(_, failed)| failed.len()).sum();
    println!("{count} answered, {failed} not, the log ends at {end}");
}

#[test]
fn a_database_that_is_down_is_said_to_be_down_within_a_bounded_time() {
    let mut cluster = ScratchPostgres::start();
    let mut hub = Hub::on_with(&cluster, quick());
    let movement = hub.one.landed();
    cluster.stop_at_once();
    let begun = Instant::now();
    let error = connect("postgres://akey@127.0.0.1:1/hub").unwrap_err();
    assert!(matches!(error, Error::StoreAway { .. }), "{error}");
    let whose = hub.one.somebody();
    let (_, command) = hub.one.registering(movement, whose);
    let request = hub.one.request(command);
    let error = hub.one.node.execute(&hub.one.session, request.clone());
    let error = error.unwrap_err();
    assert!(error.to_string().contains("does not answer"), "{error}");
    assert!(begun.elapsed() < LONG);
    // What it knows it still shows.
    hub.one.digests();
    cluster.start_again();
    until(|| {
        hub.one
            .node
            .execute(&hub.one.session, request.clone())
            .is_ok()
    });
    hub.agree();
}

#[test]
fn a_database_that_hangs_is_not_waited_for_for_ever() {
    let cluster = ScratchPostgres::start();
    let mut hub = Hub::on_with(&cluster, quick());
    let movement = hub.one.landed();
    cluster.signal_all("-STOP");
    let whose = hub.one.somebody();
    let (_, command) = hub.one.registering(movement, whose);
    let request = hub.one.request(command);
    let begun = Instant::now();
    let error = hub.one.node.execute(&hub.one.session, request.clone());
    let error = error.unwrap_err();
    // It had been sent: nobody can say that it was not done.
    assert!(error.to_string().contains("nobody knows yet"), "{error}");
    assert!(begun.elapsed() < LONG);
    cluster.signal_all("-CONT");
    until(|| {
        hub.one
            .node
            .execute(&hub.one.session, request.clone())
            .is_ok()
    });
    let once = hub.one.node.execute(&hub.one.session, request).unwrap();
    assert!(once.repeated);
    hub.agree();
}

#[test]
fn the_wrong_database_is_refused_in_words() {
    let cluster = ScratchPostgres::start();
    let hub = Hub::on_with(&cluster, quick());
    let other = Hub::on_with(&cluster, quick());
    let dir = hub.dir.path().join("two");
    let Hub {
        one, two, between, ..
    } = hub;
    drop(two);
    let open = |address: &str| {
        let store = Box::new(connect(address)?);
        Node::open_at_hub(&dir, &passphrase(), options(), store).map(drop)
    };
    let said = |address: &str| open(address).unwrap_err().to_string();
    let Between::Postgres(theirs, _) = &other.between else {
        unreachable!("it is on PostgreSQL")
    };
    assert!(said(theirs).contains("another hub"));
    assert!(said(&cluster.database()).contains("holds no hub yet"));
    assert!(said(&cluster.address_of("nowhere")).contains("createdb"));
    assert!(said("postgres://127.0.0.1").contains("cannot be read"));
    // A role that may not make tables, before there are any.
    let poor = cluster.database();
    let name = poor.rsplit('/').next().unwrap();
    cluster.sql(
        name,
        "CREATE ROLE poor LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    );
    let words = said(&poor.replace("akey@", "poor@"));
    assert!(words.contains("GRANT CREATE"), "{words}");
    assert!(said(&poor.replace("akey@", "nobody_knows@")).contains("cannot be used"));
    // Tables of a newer version.
    let newer = cluster.database();
    drop(connect(&newer).unwrap());
    let name = newer.rsplit('/').next().unwrap();
    cluster.sql(name, "UPDATE akey_schema SET version = 99");
    assert!(said(&newer).contains("install the newer"));
    // Its own it still opens.
    let Between::Postgres(address, _) = between else {
        unreachable!("it is on PostgreSQL")
    };
    open(&address).unwrap();
    drop(one);
}

#[test]
fn a_role_that_may_only_use_the_tables_is_enough_afterwards() {
    let cluster = ScratchPostgres::start();
    let hub = Hub::on_with(&cluster, quick());
    let Between::Postgres(address, _) = &hub.between else {
        unreachable!("it is on PostgreSQL")
    };
    let name = address.rsplit('/').next().unwrap();
    cluster.sql(
        name,
        "CREATE ROLE modest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
         GRANT SELECT, INSERT, DELETE ON akey_entry, akey_part, akey_key TO modest;
         GRANT SELECT ON akey_hub, akey_schema TO modest",
    );
    let dir = hub.meet_at();
    let modest = Between::Postgres(address.replace("akey@", "modest@"), quick());
    let Hub {
        mut one,
        two,
        dir: _dir,
        ..
    } = hub;
    drop(two);
    let mut two = Desk::open(&dir, &modest, 8_000_000);
    let movement = one.landed();
    let (_, person) = two.registered(movement);
    two.must(Command::ErasePerson { person });
    one.node.follow().unwrap();
    assert_eq!(one.digests(), two.digests());
}

#[test]
fn a_copy_of_a_hub_server_writes_nothing_without_the_database() {
    let hub = Hub::on_file();
    let dir = hub.dir.path().join("two");
    let Hub {
        mut one,
        two,
        dir: _dir,
        ..
    } = hub;
    let movement = one.landed();
    two.node.follow().unwrap();
    drop(two);
    let node = Node::open(&dir, &passphrase(), options()).unwrap();
    assert!(node.is_hub_server().unwrap());
    let mut alone = Desk::open_alone(node, 9_000_000);
    let whose = alone.somebody();
    let (_, command) = alone.registering(movement, whose);
    let error = alone.ask(command).unwrap_err();
    assert!(error.to_string().contains("--store URL"), "{error}");
    // What it holds can be read and checked.
    assert_eq!(alone.digests(), one.digests());
}

#[test]
fn a_database_that_lost_what_was_acknowledged_halts_the_server_that_knows() {
    let cluster = ScratchPostgres::start();
    let mut hub = Hub::on_with(&cluster, quick());
    let Between::Postgres(address, _) = &hub.between else {
        unreachable!("it is on PostgreSQL")
    };
    let name = address.rsplit('/').next().unwrap().to_owned();
    let movement = hub.one.landed();
    hub.two.node.follow().unwrap();
    let root = hub.root();
    let dir = hub.meet_at();
    drop(hub.two);
    let kept = cluster.sql(&name, "SELECT max(version) FROM akey_entry");
    hub.one.registered(movement);
    // A failover to a copy that was behind.
    cluster.sql(
        &name,
        &format!("DELETE FROM akey_entry WHERE version > {kept}"),
    );
    let error = hub.one.node.follow().unwrap_err();
    assert!(
        matches!(error, NodeError::Ledger(Error::StoreLost { .. })),
        "{error}"
    );
    assert!(hub.one.node.halted().unwrap().is_some());
    let whose = hub.one.somebody();
    let (_, command) = hub.one.registering(movement, whose);
    let error = hub.one.ask(command).unwrap_err();
    assert!(
        error.to_string().contains("may write nothing more"),
        "{error}"
    );
    // The other goes on: it never knew more.
    let mut two = Desk::open(&dir, &hub.between, 8_000_000);
    let (_, later) = two.registered(movement);
    // It opens, halted, also later, and the way on is a new identity by itself.
    let first = hub.dir.path().join("one");
    drop(hub.one);
    let again = Node::open_at_hub(&first, &passphrase(), options(), hub.between.store()).unwrap();
    assert!(again.halted().unwrap().is_some());
    drop(again);
    let key = ledger::Vault::read(&first)
        .unwrap()
        .unlock(&passphrase())
        .unwrap();
    let accepted = node::accept_loss(&first, &key, options()).unwrap();
    assert!(!accepted.node.is_hub_server().unwrap());
    assert_ne!(accepted.node.key(), two.node.key());
    // It becomes the hub in a new database. What the other wrote meanwhile comes as a second line.
    accepted.node.readmit(&root).unwrap();
    drop(accepted);
    let fresh = Between::Postgres(cluster.database(), quick());
    Node::move_to_hub(&first, &passphrase(), options(), fresh.store()).unwrap();
    let anew = Desk::open(&first, &fresh, 9_000_000);
    meet(&anew.node, &two.node);
    assert!(anew.given_names(later).is_some());
    assert!(two.node.halted().unwrap().is_some());
    assert_eq!(anew.node.halted().unwrap(), None);
    assert_eq!(anew.node.standing().unwrap().branches.len(), 2);
}

#[test]
fn a_server_that_hears_nothing_asks() {
    let cluster = ScratchPostgres::start();
    let deaf = Settings {
        hearing: Hearing::Asking,
        ..Settings::default()
    };
    let mut hub = Hub::on_with(&cluster, deaf);
    let movement = hub.one.landed();
    let (_, person) = hub.one.registered(movement);
    until(|| hub.two.given_names(person).is_some());
}

#[test]
fn a_server_is_told_of_what_another_placed() {
    let cluster = ScratchPostgres::start();
    let address = cluster.database();
    let (mut one, mut two) = (connect(&address).unwrap(), connect(&address).unwrap());
    let begins = Place {
        version: 0,
        digest: ledger::Hash([1; 32]),
    };
    one.begin(&HubName {
        name: [7; 32],
        begins,
    })
    .unwrap();
    let (heard, hearing) = mpsc::channel();
    let heard = std::sync::Mutex::new(heard);
    one.tell(std::sync::Arc::new(|| {}));
    two.tell(std::sync::Arc::new(move || {
        let _ = heard.lock().unwrap().send(());
    }));
    // The first notice says that it listens from now on.
    hearing.recv_timeout(LONG).unwrap();
    let mut after = begins;
    let mut told = false;
    for digest in 2..100 {
        let place = Place {
            version: after.version + 1,
            digest: ledger::Hash([digest; 32]),
        };
        let entry = StoredEntry {
            place,
            bytes: vec![0; 10],
        };
        let addition = Addition {
            after,
            entry,
            parts: Vec::new(),
            keys: Vec::new(),
            erased: Vec::new(),
        };
        assert_eq!(one.place(&addition).unwrap(), Placed::Here);
        after = place;
        // Whoever announces may still be connecting; then the next is told.
        if hearing.recv_timeout(Duration::from_millis(500)).is_ok() {
            told = true;
            break;
        }
    }
    assert!(told);
}
