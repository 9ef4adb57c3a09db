//! The set-up all these tests share: a hub of two servers, and what people do there. With the tests of
//! what the two know of each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{
    ArrivalId, Birth, Command, Country, EntitlementId, ItemCode, Known as _, LegalBasis, Moment,
    MovementId, MovementKind, PCode, Particulars, PersonId, Refusal, Registering, Role, Screened,
    SiteId, SiteKind, Staff, WaybillId, WaybillLine, Whose,
};
use ledger::bundle::WorkFactor;
use ledger::shared::{FileStore, SharedStore};
use ledger::{NodeId, Options, Passphrase, PassphraseCost, RootKey, Scope, Unlock};
use ledger_postgres::{PostgresStore, Settings};
use node::{
    BundleAsked, Done, ExecuteError, FirstSite, Founding, ManualClock, MeetingLimits, Node,
    NodeError, NodeOptions, Request, Session, Since,
};
use scratch_postgres::ScratchPostgres;
use tempfile::TempDir;
use uuid::Uuid;

pub const PASSWORD: &str = "demo password";
const START_MS: i64 = 1_632_405_600_000;
const CUSTODY: SiteId = SiteId(Uuid::from_u128(77));

pub fn options() -> NodeOptions {
    NodeOptions {
        clock: Arc::new(ManualClock::at(Moment(START_MS))),
        ledger: Options {
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        },
    }
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("four words are good")
}

/// Where the servers find the order that they share.
#[derive(Clone)]
pub enum Between {
    File(PathBuf),
    Postgres(String, Settings),
}

impl Between {
    pub fn store(&self) -> Box<dyn SharedStore> {
        match self {
            Self::File(path) => Box::new(FileStore::open(path).unwrap()),
            Self::Postgres(address, settings) => {
                let address = address.parse().unwrap();
                Box::new(PostgresStore::connect(&address, *settings).unwrap())
            }
        }
    }
}

/// Somebody at a server.
pub struct Desk {
    pub node: Node,
    pub session: Session,
    pub site: SiteId,
    next: u128,
}

pub struct Hub {
    pub dir: TempDir,
    pub between: Between,
    pub one: Desk,
    pub two: Desk,
    root_key: String,
}

fn found(dir: &Path) -> (Node, SiteId, String) {
    let founded = Node::init(
        dir,
        Founding {
            operation: "Demo operation".into(),
            passphrase: &passphrase(),
            root_passphrase: &Passphrase::new("kept in another place"),
            site: FirstSite {
                name: "Headquarters".into(),
                kind: SiteKind::AIRPORT,
                country: Country::HTI,
                area: Some(PCode::HT01),
                port_code: Some("PAP".into()),
                time_zone: "America/Port-au-Prince".into(),
                day_closes_min: 0,
            },
            administrator: Staff {
                login: "chief".into(),
                name: "Demo-Staff".into(),
            },
            password: PASSWORD.into(),
            also: vec![
                Role::Clerk,
                Role::Coordinator,
                Role::Warehouse,
                Role::Cash,
                Role::Screener,
            ],
            languages: Vec::new(),
            keep_root_key: &mut |_| Ok(()),
        },
        options(),
    )
    .unwrap();
    (founded.node, founded.site, founded.root_key)
}

impl Hub {
    /// On a file between the two.
    pub fn on_file() -> Self {
        let dir = TempDir::new().unwrap();
        let between = Between::File(dir.path().join("order.db"));
        Self::new(dir, between)
    }

    /// On a new database of a cluster.
    pub fn on(cluster: &ScratchPostgres) -> Self {
        Self::on_with(cluster, Settings::default())
    }

    pub fn on_with(cluster: &ScratchPostgres, settings: Settings) -> Self {
        let between = Between::Postgres(cluster.database(), settings);
        Self::new(TempDir::new().unwrap(), between)
    }

    fn new(dir: TempDir, between: Between) -> Self {
        let (first, second) = (dir.path().join("one"), dir.path().join("two"));
        let (node, site, root_key) = found(&first);
        let session = node.sign_in("chief", PASSWORD).unwrap();
        let mut desk = Desk {
            node,
            session,
            site,
            next: 1_000,
        };
        desk.must(Command::OpenSite {
            site: CUSTODY,
            name: "Custody".into(),
            kind: SiteKind::CUSTODY,
            country: Country::USA,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Chicago".into(),
            day_closes_min: 0,
        });
        drop(desk);
        Node::move_to_hub(&first, &passphrase(), options(), between.store()).unwrap();
        let one = Desk::open(&first, &between, 1_000_000);
        let file = dir.path().join("hub.backup");
        one.node.backup(&file, |_| {}).unwrap();
        let passphrase = passphrase();
        let unlock = Unlock::Passphrase(&passphrase);
        Node::join_hub(&file, &second, &unlock, &options(), |_| {}).unwrap();
        let two = Desk::open(&second, &between, 2_000_000);
        Self {
            dir,
            between,
            one,
            two,
            root_key,
        }
    }

    pub fn meet_at(&self) -> PathBuf {
        self.dir.path().join("two")
    }

    /// Both have taken in everything; they hold the same, and it verifies.
    pub fn agree(&self) {
        self.one.node.follow().unwrap();
        self.two.node.follow().unwrap();
        assert_eq!(self.one.digests(), self.two.digests());
        assert_eq!(
            self.one.node.log_ends().unwrap(),
            self.two.node.log_ends().unwrap()
        );
    }

    pub fn root(&self) -> RootKey {
        let opened = Passphrase::new("kept in another place");
        RootKey::import(&self.root_key, &opened).unwrap()
    }

    /// A laptop of the operation that met nobody yet.
    fn laptop(&self, scope: Scope) -> (TempDir, Node) {
        let node = &self.one.node;
        let code = node
            .invite(&self.root(), self.one.site, scope, u64::MAX)
            .unwrap();
        let dir = TempDir::new().unwrap();
        let data = dir.path().join("data");
        let joined = Node::join(&data, &code, &passphrase(), options()).unwrap();
        (dir, joined)
    }
}

impl Desk {
    pub fn open(dir: &Path, between: &Between, next: u128) -> Self {
        let node = Node::open_at_hub(dir, &passphrase(), options(), between.store()).unwrap();
        Self::at(node, next)
    }

    pub fn open_alone(node: Node, next: u128) -> Self {
        Self::at(node, next)
    }

    fn at(node: Node, next: u128) -> Self {
        Self {
            session: node.sign_in("chief", PASSWORD).unwrap(),
            site: node.home_site().unwrap(),
            node,
            next,
        }
    }

    pub fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    pub fn request(&mut self, command: Command) -> Request {
        Request {
            id: self.id(),
            site: self.site,
            occurred: None,
            command,
        }
    }

    pub fn ask(&mut self, command: Command) -> Result<Done, ExecuteError> {
        let request = self.request(command);
        self.node.execute(&self.session, request)
    }

    pub fn must(&mut self, command: Command) -> Done {
        self.ask(command).unwrap()
    }

    pub fn landed(&mut self) -> MovementId {
        let movement = MovementId(self.id());
        let designator = format!("DR-{}", self.next);
        let destination = self.site;
        self.must(Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator,
            origin: CUSTODY,
            destination,
            expected: Moment(START_MS),
            legal_basis: LegalBasis::TITLE_42,
            announced: 3,
            screened_before: Screened::NotOffered,
        });
        self.must(Command::LandMovement {
            movement,
            headcount: 500,
        });
        movement
    }

    pub fn registering(&mut self, movement: MovementId, whose: Whose) -> (ArrivalId, Command) {
        let arrival = ArrivalId(self.id());
        let command = Command::Register(Box::new(Registering {
            arrival,
            movement,
            whose,
            line: None,
            informed: true,
            document_shared: false,
        }));
        (arrival, command)
    }

    pub fn somebody(&mut self) -> Whose {
        Whose::New {
            person: PersonId(self.id()),
            particulars: Box::new(Particulars {
                given_names: "Wilnè".into(),
                family_name: "Demo-Mapou".into(),
                birth: Some(Birth::Year(1980)),
                ..Particulars::default()
            }),
        }
    }

    pub fn registered(&mut self, movement: MovementId) -> (ArrivalId, PersonId) {
        let whose = self.somebody();
        let person = whose.person();
        let (arrival, command) = self.registering(movement, whose);
        self.must(command);
        (arrival, person)
    }

    pub fn stock_up(&mut self, item: &ItemCode, quantity: u32) {
        let waybill = WaybillId(self.id());
        let lines = vec![WaybillLine {
            item: item.clone(),
            quantity,
        }];
        self.must(Command::SendWaybill {
            waybill,
            number: format!("W-{waybill:?}"),
            origin: None,
            destination: self.site,
            to: None,
            lines: lines.clone(),
        });
        self.must(Command::ReceiveWaybill {
            waybill,
            lines,
            difference: None,
        });
    }

    pub fn entitlement(&self, arrival: ArrivalId, item: &ItemCode) -> EntitlementId {
        let found = self
            .node
            .read::<_, NodeError>(|register| Ok(register.arrival(arrival)?))
            .unwrap()
            .unwrap();
        let granted = found.entitlements.iter();
        let mut granted = granted.filter(|granted| granted.item == *item);
        granted.next().unwrap().id
    }

    pub fn giving(arrival: ArrivalId, entitlement: EntitlementId) -> Command {
        Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        }
    }

    pub fn stock(&self, item: &ItemCode) -> i64 {
        self.node
            .read::<_, NodeError>(|register| {
                Ok(register.stock(self.site, self.node.key(), item)?)
            })
            .unwrap()
    }

    pub fn given_names(&self, person: PersonId) -> Option<String> {
        let found = self
            .node
            .read::<_, NodeError>(|register| Ok(register.person(person)?))
            .unwrap();
        found?.particulars.map(|known| known.given_names)
    }

    pub fn digests(&self) -> ([u8; 32], [u8; 32]) {
        let verified = self.node.verify(|_| {}).unwrap();
        assert!(verified.is_clean(), "{verified:?}");
        (verified.standing.public, verified.standing.full)
    }
}

/// Lets two nodes meet until both have what they want.
pub fn meet(one: &Node, other: &Node) {
    let id = |node: &Node| NodeId(node.key().0);
    let mut meetings = [
        one.meet(id(other), MeetingLimits::default()).unwrap(),
        other.meet(id(one), MeetingLimits::default()).unwrap(),
    ];
    while !meetings.iter().all(node::Meeting::is_settled) {
        let mut idle = true;
        for from in 0..2 {
            while let Some(said) = meetings[from].say().unwrap() {
                idle = false;
                meetings[1 - from].hear(&said).unwrap();
            }
        }
        assert!(!idle, "both wait for each other");
    }
}

/// Runs a test on a file between the servers, and on PostgreSQL.
pub fn on_both(test: impl Fn(Hub)) {
    test(Hub::on_file());
    test(Hub::on(&ScratchPostgres::start()));
}

#[test]
fn what_a_stick_brought_to_one_server_is_known_to_both_once_its_events_come_to_the_other() {
    on_both(|hub| {
        let (dir, laptop) = hub.laptop(Scope::Everything);
        meet(&hub.one.node, &laptop);
        laptop.enrol("chief", PASSWORD).unwrap();
        let mut laptop = Desk::open_alone(laptop, 3_000_000);
        let secret = Passphrase::new("kenep siwel mango");
        let written = |laptop: &Desk, name: &str, since: Since| {
            let file = dir.path().join(name);
            let asked = BundleAsked {
                file: file.clone(),
                to: vec![NodeId(hub.one.node.key().0)],
                since,
                work: WorkFactor::TRIVIAL,
            };
            let written = laptop.node.write_bundle(&asked, &secret, |_, _| {});
            assert!(written.unwrap().events > 0);
            file
        };
        let movement = laptop.landed();
        let (_, first) = laptop.registered(movement);
        let early = written(&laptop, "early.akey", Since::LastHeard);
        let ends = laptop.node.log_ends().unwrap().into_iter().collect();
        let (_, second) = laptop.registered(movement);
        let late = written(&laptop, "late.akey", Since::Ends(ends));
        let read = |desk: &Desk, file: &Path| {
            let read = desk.node.read_bundle(file, &secret, |_, _| {});
            read.unwrap()
        };
        assert!(read(&hub.two, &late).waiting.own > 0);
        read(&hub.one, &early);
        hub.two.node.follow().unwrap();
        hub.one.node.follow().unwrap();
        for (desk, person) in [(&hub.one, first), (&hub.one, second), (&hub.two, second)] {
            assert_eq!(desk.given_names(person).as_deref(), Some("Wilnè"));
        }
        hub.agree();
    });
}

#[test]
fn what_one_server_recorded_the_other_knows_to_the_byte() {
    on_both(|mut hub| {
        hub.one.stock_up(&ItemCode::HOT_MEAL, 5);
        let movement = hub.one.landed();
        let (arrival, person) = hub.one.registered(movement);
        hub.two.node.follow().unwrap();
        assert_eq!(hub.two.given_names(person).as_deref(), Some("Wilnè"));
        let meal = hub.two.entitlement(arrival, &ItemCode::HOT_MEAL);
        hub.two.must(Desk::giving(arrival, meal));
        hub.agree();
        assert_eq!(hub.one.stock(&ItemCode::HOT_MEAL), 4);
        // Both are the same node, and write one log.
        assert_eq!(hub.one.node.key(), hub.two.node.key());
    });
}

#[test]
fn who_may_sign_in_at_one_server_may_at_the_other() {
    let hub = Hub::on_file();
    hub.one.node.set_setting("tone", b"calm").unwrap();
    hub.two.node.follow().unwrap();
    assert_eq!(hub.two.node.setting("tone").unwrap().unwrap(), b"calm");
    hub.two.node.set_setting("tone", b"clear").unwrap();
    // It was not told yet, and both change rows at once.
    hub.one.node.set_setting("other", b"1").unwrap();
    hub.agree();
    assert_eq!(hub.one.node.setting("tone").unwrap().unwrap(), b"clear");
    assert_eq!(hub.two.node.setting("other").unwrap().unwrap(), b"1");
}

#[test]
fn one_form_sent_to_both_servers_is_one_thing_done() {
    on_both(|mut hub| {
        let movement = hub.one.landed();
        let whose = hub.one.somebody();
        let (_, command) = hub.one.registering(movement, whose);
        let request = hub.one.request(command);
        let first = hub.one.node.execute(&hub.one.session, request.clone());
        let again = hub.two.node.execute(&hub.two.session, request);
        let (first, again) = (first.unwrap(), again.unwrap());
        assert!(!first.repeated && again.repeated);
        assert_eq!(first.position, again.position);
        hub.agree();
    });
}

#[test]
fn a_refusal_rests_on_what_both_recorded() {
    let mut hub = Hub::on_file();
    // The other server has not been told of the movement yet: it asks before it says no.
    let movement = hub.one.landed();
    hub.two.registered(movement);
    hub.agree();
}

#[test]
fn who_is_erased_at_one_server_is_destroyed_at_both_and_between_them() {
    on_both(|mut hub| {
        let movement = hub.one.landed();
        let (_, person) = hub.one.registered(movement);
        hub.two.must(Command::ErasePerson { person });
        hub.agree();
        assert_eq!(hub.one.given_names(person), None);
        // A server that is set up later from an old backup comes to the same.
        let third = hub.dir.path().join("three");
        let passphrase = passphrase();
        let unlock = Unlock::Passphrase(&passphrase);
        let file = hub.dir.path().join("hub.backup");
        Node::join_hub(&file, &third, &unlock, &options(), |_| {}).unwrap();
        let third = Desk::open(&third, &hub.between, 3_000_000);
        assert_eq!(third.given_names(person), None);
        assert_eq!(third.digests(), hub.one.digests());
    });
}

#[test]
fn a_limit_for_one_person_holds_across_both_servers() {
    on_both(|mut hub| {
        let (first, second) = (hub.one.landed(), hub.one.landed());
        hub.one.stock_up(&ItemCode::CASH_GRANT, 10);
        let (arrival, person) = hub.one.registered(first);
        let (again, command) = hub.one.registering(second, Whose::Known(person));
        hub.one.must(command);
        hub.two.node.follow().unwrap();
        let grant = hub.one.entitlement(arrival, &ItemCode::CASH_GRANT);
        let later = hub.two.entitlement(again, &ItemCode::CASH_GRANT);
        let (one, two) = (&mut hub.one, &mut hub.two);
        let given: Vec<_> = std::thread::scope(|scope| {
            let giving = [
                scope.spawn(|| one.ask(Desk::giving(arrival, grant))),
                scope.spawn(|| two.ask(Desk::giving(again, later))),
            ];
            giving
                .map(|desk| desk.join().unwrap())
                .into_iter()
                .collect()
        });
        assert_eq!(
            given.iter().filter(|given| given.is_ok()).count(),
            1,
            "{given:?}"
        );
        assert!(given.iter().any(|given| matches!(
            given,
            Err(ExecuteError::Refused(Refusal::LimitReached { .. }))
        )));
        hub.agree();
    });
}

#[test]
fn what_another_node_brings_to_one_server_is_at_both() {
    on_both(|mut hub| {
        let movement = hub.one.landed();
        let (dir, laptop) = hub.laptop(Scope::Everything);
        meet(&hub.one.node, &laptop);
        laptop.enrol("chief", PASSWORD).unwrap();
        let mut laptop = Desk::at(laptop, 5_000_000);
        let (_, person) = laptop.registered(movement);
        meet(&hub.two.node, &laptop.node);
        hub.one.node.follow().unwrap();
        assert_eq!(hub.one.given_names(person).as_deref(), Some("Wilnè"));
        hub.agree();
        assert_eq!(hub.one.digests(), laptop.digests());
        // The hub's own events that come back over the laptop are no second history.
        let (_, at_two) = hub.two.registered(movement);
        meet(&hub.two.node, &laptop.node);
        meet(&hub.one.node, &laptop.node);
        assert_eq!(hub.one.node.halted().unwrap(), None);
        assert_eq!(hub.one.given_names(at_two).as_deref(), Some("Wilnè"));
        hub.agree();
        drop(dir);
    });
}

#[test]
fn a_fork_that_arrives_at_one_server_is_seen_at_the_other() {
    on_both(|mut hub| {
        let movement = hub.one.landed();
        let (dir, laptop) = hub.laptop(Scope::Everything);
        meet(&hub.one.node, &laptop);
        laptop.enrol("chief", PASSWORD).unwrap();
        drop(laptop);
        // A cloned disk.
        let data = dir.path().join("data");
        let twin = dir.path().join("twin");
        std::fs::create_dir(&twin).unwrap();
        for entry in std::fs::read_dir(&data).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), twin.join(entry.file_name())).unwrap();
            }
        }
        let open = |dir: &Path| Node::open(dir, &passphrase(), options()).unwrap();
        let mut original = Desk::at(open(&data), 6_000_000);
        let mut twin = Desk::at(open(&twin), 7_000_000);
        let (_, first) = original.registered(movement);
        let (_, second) = twin.registered(movement);
        // Each comes to another server, and the servers record something of their own meanwhile.
        meet(&hub.one.node, &original.node);
        hub.two.registered(movement);
        meet(&hub.two.node, &twin.node);
        hub.agree();
        for server in [&hub.one, &hub.two] {
            assert!(server.given_names(first).is_some());
            assert!(server.given_names(second).is_some());
            let branches = server.node.standing().unwrap().branches;
            assert_eq!(branches.len(), 2, "both lines stand");
        }
        meet(&hub.one.node, &twin.node);
        assert!(twin.node.halted().unwrap().is_some());
        hub.agree();
    });
}
