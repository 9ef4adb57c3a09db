//! A site at work, through the public door of the node: what was acknowledged is there after
//! reopening, asking twice does a thing once, sealed notes stay sealed, a backup becomes a node
//! whose rights are frozen until two persons claim them.

mod acquaintance;
mod apart;
mod bundle;
mod feedback;
mod meeting;
mod publishing;
mod rights;
mod role_key;
mod second;
mod statement;

use std::path::Path;
use std::sync::Arc;

use domain::{
    ArrivalId, Command, Confirmed, Country, EntitlementId, Extent, Importing, ItemCode, Known,
    LegalBasis, Meeting, Moment, MovementId, MovementKind, PCode, Particulars, PersonId, Refusal,
    Registering, Role, Screened, Screening, SiteId, SiteKind, Staff, UserId, WaybillId,
    WaybillLine, Whose,
};
use ledger::{Options, Passphrase, PassphraseCost, RootKey, Unlock};
use node::{
    ExecuteError, FirstSite, Founding, ManualClock, NewUser, Node, NodeError, NodeOptions, Request,
    Session, restore,
};
use tempfile::TempDir;
use uuid::Uuid;

const PASSWORD: &str = "demo password";
const START_MS: i64 = 1_632_405_600_000;

struct Desk {
    dir: TempDir,
    node: Node,
    site: SiteId,
    origin: SiteId,
    session: Session,
    root_key: String,
    next: u128,
}

fn options() -> NodeOptions {
    NodeOptions {
        clock: Arc::new(ManualClock::at(Moment(START_MS))),
        ledger: Options {
            passphrase_cost: PassphraseCost::TRIVIAL,
            ..Options::default()
        },
    }
}

fn passphrase() -> Passphrase {
    Passphrase::new("four words are good")
}

fn staff(login: &str) -> Staff {
    Staff {
        login: login.into(),
        name: "Demo-Staff".into(),
    }
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let founded = Node::init(
            &dir.path().join("data"),
            Founding {
                operation: "Demo operation".into(),
                passphrase: &passphrase(),
                root_passphrase: &Passphrase::new("kept in another place"),
                site: FirstSite {
                    name: "Port-au-Prince airport".into(),
                    kind: SiteKind::AIRPORT,
                    country: Country::HTI,
                    area: Some(PCode::HT01),
                    port_code: Some("PAP".into()),
                    time_zone: "America/Port-au-Prince".into(),
                    day_closes_min: 0,
                },
                administrator: staff("chief"),
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
        let session = founded.node.sign_in("chief", PASSWORD).unwrap();
        let mut site = Self {
            dir,
            node: founded.node,
            site: founded.site,
            origin: SiteId(Uuid::from_u128(77)),
            session,
            root_key: founded.root_key,
            next: 1_000,
        };
        let origin = site.origin;
        site.must(Command::OpenSite {
            site: origin,
            name: "Custody".into(),
            kind: SiteKind::CUSTODY,
            country: Country::USA,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Chicago".into(),
            day_closes_min: 0,
        });
        site
    }

    fn data(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }

    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn request(&mut self, command: Command) -> Request {
        Request {
            id: self.id(),
            site: self.site,
            occurred: None,
            command,
        }
    }

    fn must(&mut self, command: Command) {
        let request = self.request(command);
        self.node.execute(&self.session, request).unwrap();
    }

    /// A flight announced to here.
    fn announced(&mut self) -> MovementId {
        let movement = MovementId(self.id());
        let designator = format!("DR-{}", self.next);
        let (origin, destination) = (self.origin, self.site);
        self.must(Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator,
            origin,
            destination,
            expected: Moment(START_MS),
            legal_basis: LegalBasis::TITLE_42,
            announced: 3,
            screened_before: Screened::NotOffered,
        });
        movement
    }

    fn landed(&mut self) -> MovementId {
        let movement = self.announced();
        self.must(Command::LandMovement {
            movement,
            headcount: 3,
        });
        movement
    }

    fn registered(&mut self, movement: MovementId) -> (ArrivalId, PersonId) {
        let particulars = Particulars {
            given_names: "Wilnè".into(),
            family_name: "Demo-Mapou".into(),
            ..Particulars::default()
        };
        self.registered_as(movement, particulars)
    }

    fn registered_as(
        &mut self,
        movement: MovementId,
        particulars: Particulars,
    ) -> (ArrivalId, PersonId) {
        let (arrival, person) = (ArrivalId(self.id()), PersonId(self.id()));
        self.must(Command::Register(Box::new(Registering {
            arrival,
            movement,
            whose: Whose::New {
                person,
                particulars: Box::new(particulars),
            },
            line: None,
            informed: true,
            document_shared: false,
        })));
        (arrival, person)
    }

    fn stock_up(&mut self, item: &ItemCode, quantity: u32) {
        let waybill = WaybillId(self.id());
        let lines = vec![WaybillLine {
            item: item.clone(),
            quantity,
        }];
        let number = format!("W-{}", self.next);
        let destination = self.site;
        let (sent, difference) = (lines.clone(), None);
        self.must(Command::SendWaybill {
            waybill,
            number,
            origin: None,
            destination,
            to: None,
            lines: sent,
        });
        self.must(Command::ReceiveWaybill {
            waybill,
            lines,
            difference,
        });
    }

    fn meal_of(&self, arrival: ArrivalId) -> EntitlementId {
        entitlement(&self.node, arrival, &ItemCode::HOT_MEAL)
    }
}

fn entitlement(node: &Node, arrival: ArrivalId, item: &ItemCode) -> EntitlementId {
    let found = node
        .read::<_, NodeError>(|register| Ok(register.arrival(arrival)?))
        .unwrap();
    found
        .unwrap()
        .entitlements
        .iter()
        .find(|granted| granted.item == *item)
        .unwrap()
        .id
}

fn stock(node: &Node, site: SiteId, item: &ItemCode) -> i64 {
    node.read::<_, NodeError>(|register| Ok(register.to_give(site, node.key(), item)?))
        .unwrap()
}

#[test]
fn what_was_acknowledged_is_there_after_reopening() {
    let mut site = Desk::new();
    site.stock_up(&ItemCode::HOT_MEAL, 5);
    let movement = site.landed();
    let (arrival, person) = site.registered(movement);
    let entitlement = site.meal_of(arrival);
    site.must(Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    });
    let data = site.data();
    let Desk {
        dir, node, site, ..
    } = site;
    let before = node.verify(|_| {}).unwrap();
    assert!(before.is_clean(), "{before:?}");
    drop(node);

    let node = reopen(&data);
    let after = node.verify(|_| {}).unwrap();
    assert_eq!(after.standing, before.standing);
    let found = node
        .read::<_, NodeError>(|register| Ok(register.person(person)?))
        .unwrap();
    assert_eq!(found.unwrap().particulars.unwrap().given_names, "Wilnè");
    assert_eq!(stock(&node, site, &ItemCode::HOT_MEAL), 4);
    drop(dir);
}

/// A node that was dropped has given its folder free.
fn reopen(data: &Path) -> Node {
    Node::open(data, &passphrase(), options()).unwrap()
}

#[test]
fn posting_a_form_twice_does_the_thing_once() {
    let mut site = Desk::new();
    let movement = site.landed();
    let meetings = vec![Meeting {
        arrival: ArrivalId(site.id()),
        priority: None,
    }];
    let request = site.request(Command::Meet { movement, meetings });
    let first = site.node.execute(&site.session, request.clone()).unwrap();
    let again = site.node.execute(&site.session, request).unwrap();
    assert!(!first.repeated && again.repeated);
    assert_eq!(
        (first.events, first.position),
        (again.events, again.position)
    );
}

#[test]
fn two_tabs_give_an_item_once() {
    let mut site = Desk::new();
    site.stock_up(&ItemCode::HOT_MEAL, 5);
    let movement = site.landed();
    let (arrival, _) = site.registered(movement);
    let entitlement = site.meal_of(arrival);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    let tabs = [site.request(give.clone()), site.request(give)];
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let (node, session) = (&site.node, &site.session);
        let tabs = tabs.map(|request| scope.spawn(move || node.execute(session, request)));
        tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
    });
    let given = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(given, 1);
    assert!(outcomes.iter().any(|outcome| matches!(
        outcome,
        Err(ExecuteError::Refused(Refusal::AlreadyGiven { .. }))
    )));
    assert_eq!(stock(&site.node, site.site, &ItemCode::HOT_MEAL), 4);
}

#[test]
fn a_refused_command_leaves_its_neighbours_in_the_batch_alone() {
    let mut site = Desk::new();
    let movement = site.landed();
    let meet = |site: &mut Desk, movement| {
        let meetings = vec![Meeting {
            arrival: ArrivalId(site.id()),
            priority: None,
        }];
        site.request(Command::Meet { movement, meetings })
    };
    let nowhere = MovementId(Uuid::from_u128(1));
    let batch = vec![
        meet(&mut site, movement),
        meet(&mut site, nowhere),
        meet(&mut site, movement),
    ];
    let answers = site.node.execute_all(&site.session, batch).unwrap();
    assert!(matches!(
        &answers[..],
        [
            Ok(_),
            Err(ExecuteError::Refused(Refusal::UnknownMovement)),
            Ok(_)
        ]
    ));
    assert!(site.node.verify(|_| {}).unwrap().is_clean());
}

#[test]
fn protection_notes_open_only_for_those_who_were_given_the_key() {
    let mut site = Desk::new();
    let admit = |site: &mut Desk, session: &Session, login: &str, role| {
        let (request, user) = (site.id(), UserId(site.id()));
        let roles = vec![role];
        let new = NewUser {
            user,
            roles,
            staff: staff(login),
            password: PASSWORD.into(),
        };
        site.node.admit(session, request, site.site, new).unwrap();
        user
    };
    let chief = site.session.clone();
    admit(&mut site, &chief, "first", Role::Protection);
    let first = site.node.sign_in("first", PASSWORD).unwrap();
    assert!(first.opens_notes(), "the first of the role makes the key");

    let movement = site.landed();
    let (arrival, _) = site.registered(movement);
    let screening = Screening {
        protection_concern: true,
        ..Screening::default()
    };
    let note = Some("told something in confidence".to_owned());
    site.must(Command::Screen {
        arrival,
        screening,
        note,
    });

    assert_eq!(site.node.open_notes(&first, arrival).unwrap().len(), 1);
    assert!(matches!(
        site.node.open_notes(&chief, arrival),
        Err(NodeError::RoleKeyClosed)
    ));

    let second = admit(&mut site, &chief, "second", Role::Protection);
    let waiting = site.node.sign_in("second", PASSWORD).unwrap();
    assert!(
        !waiting.opens_notes(),
        "an administrator alone lets nobody read notes"
    );
    assert_eq!(
        site.node
            .without_role_key(domain::Role::Protection)
            .unwrap(),
        [second]
    );
    site.node.share_role_key(&first, second).unwrap();
    let given = site.node.sign_in("second", PASSWORD).unwrap();
    let notes = site.node.open_notes(&given, arrival).unwrap();
    assert_eq!(notes[0].text, "told something in confidence");
}

#[test]
fn a_form_that_was_used_for_something_else_is_refused() {
    let mut site = Desk::new();
    let movement = site.landed();
    let meetings = vec![Meeting {
        arrival: ArrivalId(site.id()),
        priority: None,
    }];
    let met = site.request(Command::Meet { movement, meetings });
    site.node.execute(&site.session, met.clone()).unwrap();
    let other = Request {
        command: Command::CloseMovement { movement },
        ..met
    };
    let refused = site.node.execute(&site.session, other);
    assert!(matches!(
        refused,
        Err(ExecuteError::Refused(Refusal::RequestReused))
    ));
}

#[test]
fn what_somebody_may_do_is_asked_anew_and_not_remembered_from_the_sign_in() {
    let mut site = Desk::new();
    let mut admit = |login: &str, roles: Vec<Role>| {
        let (request, user) = (site.id(), UserId(site.id()));
        let new = NewUser {
            user,
            roles,
            staff: staff(login),
            password: PASSWORD.into(),
        };
        site.node
            .admit(&site.session, request, site.site, new)
            .unwrap();
        user
    };
    let protection = admit("protection", vec![Role::Protection]);
    let second = admit("second", vec![Role::Administrator]);
    let clerk = admit("clerk", vec![Role::Clerk]);
    let holder = site.node.sign_in("protection", PASSWORD).unwrap();
    let shared = site.node.share_role_key(&holder, clerk);
    assert!(matches!(
        shared,
        Err(NodeError::Refused(Refusal::NotAllowed { .. }))
    ));
    let reset = site
        .node
        .set_password(&site.session, protection, "another password");
    assert!(matches!(
        reset,
        Err(ExecuteError::Refused(Refusal::LastRoleKey {
            role: Role::Protection
        }))
    ));

    let revoked = site.node.sign_in("second", PASSWORD).unwrap();
    for (user, roles, active) in [
        (second, vec![Role::Administrator], false),
        (protection, vec![Role::Clerk], true),
    ] {
        site.must(Command::ChangeUser {
            user,
            roles,
            active,
        });
    }
    let set = site.node.set_password(&revoked, clerk, "another password");
    assert!(matches!(
        set,
        Err(ExecuteError::Refused(Refusal::UnknownUser))
    ));
    let movement = site.landed();
    let (arrival, _) = site.registered(movement);
    let opened = site.node.open_notes(&holder, arrival);
    assert!(matches!(opened, Err(NodeError::RoleKeyClosed)));
}

#[test]
fn wrong_passwords_unknown_names_and_revoked_users_are_refused_alike() {
    let mut site = Desk::new();
    let (request, user) = (site.id(), UserId(site.id()));
    let roles = vec![Role::Clerk];
    let new = NewUser {
        user,
        roles: roles.clone(),
        staff: staff("gone"),
        password: PASSWORD.into(),
    };
    site.node
        .admit(&site.session, request, site.site, new)
        .unwrap();
    site.must(Command::ChangeUser {
        user,
        roles,
        active: false,
    });
    for (login, password) in [
        ("chief", "wrong password"),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
    ] {
        let refused = site.node.sign_in(login, password);
        assert!(matches!(refused, Err(NodeError::SignInRefused)), "{login}");
    }
}

#[test]
fn erasing_a_person_destroys_the_data_and_keeps_the_chain() {
    let mut site = Desk::new();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    site.must(Command::ErasePerson { person });
    let found = site
        .node
        .read::<_, NodeError>(|register| Ok(register.person(person)?))
        .unwrap();
    assert_eq!(found.unwrap().particulars, None);
    let verified = site.node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    assert!(verified.report.erased > 0);
}

#[test]
fn erasing_a_person_takes_a_card_along_that_was_withdrawn_from_them() {
    let mut site = Desk::new();
    let movement = site.landed();
    let (arrival, person) = site.registered(movement);
    site.must(Command::Screen {
        arrival,
        screening: Screening {
            vulnerabilities: vec![domain::Vulnerability::DISABILITY],
            ..Screening::default()
        },
        note: None,
    });
    site.must(Command::WithdrawArrival {
        arrival,
        reason: "entered twice".into(),
    });
    let before = site.node.verify(|_| {}).unwrap();
    assert!(before.is_clean(), "{before:?}");
    site.must(Command::ErasePerson { person });
    let verified = site.node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    // The person's own parts and those of the card: the screening and the reason.
    assert!(verified.report.erased >= before.report.erased + 3);
    let arrival = site
        .node
        .read::<_, NodeError>(|register| Ok(register.arrival(arrival)?))
        .unwrap();
    assert_eq!(arrival.unwrap().screening, None);
}

#[test]
fn erasing_a_no_show_destroys_the_line_and_keeps_the_chain() {
    let mut site = Desk::new();
    let movement = site.landed();
    let import = Command::ImportManifest(Box::new(Importing {
        import: domain::ImportId(site.id()),
        movement,
        people: vec![domain::ListedPerson {
            row: 2,
            particulars: Particulars {
                given_names: "Wilnè".into(),
                family_name: "Demo-Mapou".into(),
                ..Particulars::default()
            },
        }],
        refused: 0,
        extent: Extent::Whole,
        confirmed: Confirmed::default(),
    }));
    site.must(import);
    let lines = |site: &Desk| {
        let found = site
            .node
            .read::<_, NodeError>(|register| Ok(register.lines(movement)?));
        found.unwrap()
    };
    let line = lines(&site)[0].id;
    site.must(Command::MarkNoShow { line });
    site.must(Command::EraseLine { line });
    let after = lines(&site).remove(0);
    assert!(after.erased && after.particulars.is_none(), "{after:?}");
    assert_eq!(after.state(), domain::LineState::NoShow);
    let verified = site.node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    assert!(verified.report.erased > 0);
}

#[test]
fn a_restored_node_is_frozen_until_two_persons_with_the_root_key_claim_it() {
    let mut site = Desk::new();
    site.stock_up(&ItemCode::HOT_MEAL, 5);
    let movement = site.landed();
    let (arrival, _) = site.registered(movement);
    let (request, user) = (site.id(), UserId(site.id()));
    let new = NewUser {
        user,
        roles: vec![Role::Coordinator],
        staff: staff("second"),
        password: PASSWORD.into(),
    };
    site.node
        .admit(&site.session, request, site.site, new)
        .unwrap();
    let file = site.dir.path().join("site.akey-backup");
    site.node.backup(&file, |_| {}).unwrap();

    let elsewhere = site.dir.path().join("restored");
    let restored = restore(
        &file,
        &elsewhere,
        &Unlock::Passphrase(&passphrase()),
        options(),
        |_| {},
    )
    .unwrap();
    let node = restored.node;
    assert_ne!(node.key(), site.node.key());
    assert_eq!(restored.old_node, site.node.key());
    let chief = node.sign_in("chief", PASSWORD).unwrap();
    let second = node.sign_in("second", PASSWORD).unwrap();
    let entitlement = site.meal_of(arrival);
    let root = RootKey::import(&site.root_key, &Passphrase::new("kept in another place")).unwrap();
    let mut give = |card_checked| {
        let command = Command::Redeem {
            arrival,
            entitlement,
            card_checked,
        };
        match node.execute(&chief, site.request(command)) {
            Err(ExecuteError::Refused(refusal)) => Some(refusal),
            Ok(_) => None,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(give(true), Some(Refusal::RightsFrozen));

    let alone = node.claim(&chief, &chief, &root);
    assert!(matches!(
        alone,
        Err(ExecuteError::Refused(Refusal::SamePersonTwice))
    ));
    let claimed = node.claim(&chief, &second, &root).unwrap();
    assert_eq!(claimed.old_node, restored.old_node);
    assert!(claimed.to_check > 0);
    assert_eq!(give(false), Some(Refusal::CheckCard));
    assert_eq!(give(true), None);
    assert!(matches!(give(true), Some(Refusal::AlreadyGiven { .. })));
    assert!(node.verify(|_| {}).unwrap().is_clean());
}

#[test]
fn a_wrong_passphrase_and_a_second_process_are_told_apart() {
    let site = Desk::new();
    let wrong = Node::open(&site.data(), &Passphrase::new("something else"), options());
    assert!(matches!(
        wrong,
        Err(NodeError::Ledger(ledger::Error::WrongPassphrase(_)))
    ));
    let second = Node::open(&site.data(), &passphrase(), options());
    assert!(matches!(
        second,
        Err(NodeError::Ledger(ledger::Error::InUse { .. }))
    ));
}
