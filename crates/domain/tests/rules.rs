//! What the rules promise, whatever anybody asks for in whatever order. Commands are made at random
//! from a small world, so that they collide; every accepted one is folded into [`Memory`], and after
//! each step the promises are checked against a count kept by this test alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, ArrivalId, CardCode, Command, Context, Country, EntitlementId, Event, FamilyId, Grant,
    Ids, ImportId, Item, ItemCode, Known, LegalBasis, Limit, LineId, LineState, LinkId,
    ListedPerson, Meeting, Memory, Moment, MovementId, MovementKind, NodeKey, Occurred,
    OperationId, Order, Package, Particulars, PersonId, Recorded, Refusal, Registering, Rejected,
    RelationCode, Role, Screened, Screening, SiteId, SiteKind, Staff, StocktakeId, UserId,
    VoidReason, Vulnerability, WaybillId, WaybillLine, When, Whose, decide,
};
use proptest::prelude::*;
use uuid::Uuid;

const SITE: SiteId = SiteId(Uuid::from_u128(1));
const ELSEWHERE: SiteId = SiteId(Uuid::from_u128(2));
const ADMIN: UserId = UserId(Uuid::from_u128(3));
const EVERYBODY: UserId = UserId(Uuid::from_u128(4));
const NODE: NodeKey = NodeKey([7; 32]);
const START_MS: i64 = 1_632_319_200_000;

struct Counter(u128);

impl Ids for Counter {
    fn id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }

    fn card(&mut self) -> CardCode {
        self.0 += 1;
        CardCode::from_random(u64::try_from(self.0 - (1 << 64)).unwrap().to_be_bytes())
    }
}

/// A site at work, with everything that was accepted.
struct World {
    known: Memory,
    ids: Counter,
    now: Moment,
    node: NodeKey,
    position: u64,
    entered_late_ms: i64,
    log: Vec<Recorded>,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            known: Memory::default(),
            ids: Counter(1 << 64),
            now: Moment(START_MS),
            node: NODE,
            position: 0,
            entered_late_ms: 0,
            log: Vec::new(),
        };
        world.set_up();
        world
    }

    fn set_up(&mut self) {
        let operation = OperationId(Uuid::from_u128(9));
        self.must(
            ADMIN,
            Command::FoundOperation {
                operation,
                name: "Demo".into(),
                root_signing: vec![1],
                root_recovery: vec![2],
            },
        );
        for (site, name) in [(SITE, "Port-au-Prince airport"), (ELSEWHERE, "Custody")] {
            self.must(
                ADMIN,
                Command::OpenSite {
                    site,
                    name: name.into(),
                    kind: SiteKind::AIRPORT,
                    country: Country::HTI,
                    area: None,
                    port_code: None,
                    capacity: None,
                    time_zone: "America/Port-au-Prince".into(),
                    day_closes_min: 0,
                },
            );
        }
        for (user, login) in [(ADMIN, "admin"), (EVERYBODY, "everybody")] {
            self.must(
                ADMIN,
                Command::AdmitUser {
                    user,
                    roles: Role::ALL.to_vec(),
                    staff: Staff {
                        login: login.into(),
                        name: "Demo-Staff".into(),
                    },
                },
            );
        }
        let item = |code, stocked, limit| Item {
            code,
            stocked,
            money: None,
            limit,
        };
        let limit = Some(Limit { times: 1, days: 90 });
        self.must(
            ADMIN,
            Command::DefineItem {
                item: item(ItemCode::HOT_MEAL, true, None),
            },
        );
        self.must(
            ADMIN,
            Command::DefineItem {
                item: item(ItemCode::HYGIENE_KIT, true, limit),
            },
        );
        self.must(
            ADMIN,
            Command::DefineItem {
                item: item(ItemCode::BABY_KIT, false, None),
            },
        );
        let grant = |item, when| Grant {
            item,
            quantity: 1,
            when,
        };
        let grants = vec![
            grant(ItemCode::HOT_MEAL, When::Met),
            grant(ItemCode::HYGIENE_KIT, When::Registered),
            grant(
                ItemCode::BABY_KIT,
                When::Vulnerable(Vulnerability::PREGNANT),
            ),
        ];
        self.must(
            ADMIN,
            Command::DefinePackage {
                package: Package { grants },
            },
        );
    }

    fn must(&mut self, user: UserId, command: Command) {
        let actor = Actor::Setup(user);
        self.run(actor, command)
            .expect("setting up is always allowed");
    }

    fn ask(&mut self, command: Command) -> Result<Vec<Recorded>, Rejected> {
        self.run(Actor::User(EVERYBODY), command)
    }

    fn refusal(&mut self, command: Command) -> Refusal {
        match self.ask(command) {
            Err(Rejected::Refused(refusal)) => refusal,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    fn run(&mut self, actor: Actor, command: Command) -> Result<Vec<Recorded>, Rejected> {
        self.now = self.now.plus_ms(1_000);
        let occurred = Occurred::at(self.now.plus_ms(-self.entered_late_ms));
        let mut context = Context {
            actor,
            site: SITE,
            node: self.node,
            now: self.now,
            occurred,
            ids: &mut self.ids,
        };
        let decided = decide(command, &self.known, &mut context)?;
        let mut recorded = Vec::new();
        for new in decided {
            self.position += 1;
            let order = Order {
                wall_ms: u64::try_from(self.now.0).unwrap(),
                counter: 0,
                node: self.node,
                position: self.position,
            };
            // Through bytes, as the ledger does it: what is folded is what was recorded.
            let event = Event::from_cbor(new.event.kind(), &new.event.to_cbor());
            assert_eq!(event, new.event);
            recorded.push(Recorded {
                order,
                aggregate: new.aggregate,
                author: actor.id(),
                occurred,
                event,
                parts: new
                    .parts
                    .into_iter()
                    .map(|part| (part.personal.slot(), Ok(part.personal)))
                    .collect(),
            });
        }
        for event in &recorded {
            self.known.apply(event);
        }
        self.log.extend(recorded.iter().cloned());
        Ok(recorded)
    }

    fn flight(&mut self, number: u128) -> MovementId {
        let movement = MovementId(Uuid::from_u128(100 + number));
        self.ask(Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("DR-{number}"),
            origin: ELSEWHERE,
            destination: SITE,
            expected: self.now,
            legal_basis: LegalBasis::TITLE_42,
            announced: 5,
            screened_before: Screened::NotOffered,
        })
        .expect("a new flight can be announced");
        movement
    }

    fn landed(&mut self, number: u128) -> MovementId {
        let movement = self.flight(number);
        self.ask(Command::LandMovement {
            movement,
            headcount: 5,
        })
        .expect("it can land");
        movement
    }

    fn registered(&mut self, movement: MovementId, number: u128) -> (ArrivalId, PersonId) {
        let arrival = ArrivalId(Uuid::from_u128(200 + number));
        let person = PersonId(Uuid::from_u128(300 + number));
        self.ask(register(arrival, movement, new_person(person, "Ana"), None))
            .expect("somebody can be registered");
        (arrival, person)
    }

    fn entitlement(&self, arrival: ArrivalId, item: &ItemCode) -> EntitlementId {
        let arrival = self.known.arrival(arrival).unwrap().unwrap();
        arrival
            .entitlements
            .iter()
            .find(|granted| granted.item == *item)
            .unwrap()
            .id
    }

    fn stock_up(&mut self, item: ItemCode, quantity: u32) {
        let waybill = WaybillId(self.ids.id());
        let lines = vec![WaybillLine { item, quantity }];
        let number = format!("W-{waybill}");
        let send = Command::SendWaybill {
            waybill,
            number,
            origin: None,
            destination: SITE,
            lines: lines.clone(),
        };
        self.ask(send).unwrap();
        self.ask(Command::ReceiveWaybill {
            waybill,
            lines,
            difference: None,
        })
        .unwrap();
    }
}

fn new_person(person: PersonId, name: &str) -> Whose {
    let particulars = Particulars {
        given_names: name.into(),
        family_name: "Demo-Mapou".into(),
        ..Particulars::default()
    };
    Whose::New {
        person,
        particulars: Box::new(particulars),
    }
}

fn register(
    arrival: ArrivalId,
    movement: MovementId,
    whose: Whose,
    line: Option<LineId>,
) -> Command {
    Command::Register(Box::new(Registering {
        arrival,
        movement,
        whose,
        line,
        informed: true,
        document_shared: false,
    }))
}

#[test]
fn an_item_given_twice_is_refused_with_the_time_of_the_first() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    world.ask(give.clone()).unwrap();
    let at = world.now;
    assert_eq!(world.refusal(give), Refusal::AlreadyGiven { at });
}

#[test]
fn what_was_never_handed_over_is_on_the_shelf_and_what_walked_away_is_not() {
    for (reason, left) in [(VoidReason::NOT_GIVEN, 10), (VoidReason::WRONG_PERSON, 9)] {
        let mut world = World::new();
        world.stock_up(ItemCode::HOT_MEAL, 10);
        let movement = world.landed(1);
        let (arrival, _) = world.registered(movement, 1);
        let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
        world
            .ask(Command::Redeem {
                arrival,
                entitlement,
                card_checked: false,
            })
            .unwrap();
        world
            .ask(Command::Void {
                arrival,
                entitlement,
                reason,
            })
            .unwrap();
        assert_eq!(world.known.stock(SITE, &ItemCode::HOT_MEAL), Ok(left));
    }
}

#[test]
fn nothing_is_given_that_is_not_here() {
    let mut world = World::new();
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    let short = Refusal::StockShort {
        item: ItemCode::HOT_MEAL,
        available: 0,
    };
    assert_eq!(world.refusal(give), short);
}

#[test]
fn a_person_returned_again_within_the_limit_needs_the_coordinator() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let first = world.landed(1);
    let (arrival, person) = world.registered(first, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();

    let second = world.landed(2);
    let again = ArrivalId(Uuid::from_u128(250));
    world
        .ask(register(again, second, Whose::Known(person), None))
        .unwrap();
    let entitlement = world.entitlement(again, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival: again,
        entitlement,
        card_checked: false,
    };
    assert!(matches!(
        world.refusal(give.clone()),
        Refusal::LimitReached { days: 90, .. }
    ));
    let reason = "lost everything on the way".to_owned();
    world
        .ask(Command::WaiveLimit {
            arrival: again,
            entitlement,
            reason,
        })
        .unwrap();
    world.ask(give).unwrap();
}

#[test]
fn a_limit_holds_across_records_that_people_linked() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let first = world.landed(1);
    let (arrival, one) = world.registered(first, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
    let second = world.landed(2);
    let (again, other) = world.registered(second, 2);
    let link = LinkId(Uuid::from_u128(400));
    world
        .ask(Command::LinkPersons {
            link,
            first: one,
            second: other,
        })
        .unwrap();
    let entitlement = world.entitlement(again, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival: again,
        entitlement,
        card_checked: false,
    };
    assert!(matches!(
        world.refusal(give.clone()),
        Refusal::LimitReached { .. }
    ));
    let reason = "twins".to_owned();
    world.ask(Command::UnlinkPersons { link, reason }).unwrap();
    world.ask(give).unwrap();
}

#[test]
fn who_refuses_to_register_still_eats() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let arrival = ArrivalId(Uuid::from_u128(201));
    let person = PersonId(Uuid::from_u128(301));
    world
        .ask(register(
            arrival,
            movement,
            Whose::Declined { person },
            None,
        ))
        .unwrap();
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
}

#[test]
fn a_no_show_who_comes_after_all_is_registered() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Ana"), listed(3, "Bea")];
    let import = ImportId(Uuid::from_u128(500));
    world
        .ask(Command::ImportManifest {
            import,
            movement,
            people,
            refused: 0,
            elsewhere_confirmed: false,
        })
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 1,
        })
        .unwrap();
    world.ask(Command::CloseMovement { movement }).unwrap();
    let line = world.known.lines(movement).unwrap()[0].id;
    assert_eq!(
        world.known.line(line).unwrap().unwrap().state(),
        LineState::NoShow
    );
    world.ask(Command::ReopenMovement { movement }).unwrap();
    let arrival = ArrivalId(Uuid::from_u128(201));
    let whose = new_person(PersonId(Uuid::from_u128(301)), "Ana");
    world
        .ask(register(arrival, movement, whose, Some(line)))
        .unwrap();
    assert_eq!(
        world.known.line(line).unwrap().unwrap().state(),
        LineState::Registered
    );
}

#[test]
fn a_clerk_cannot_do_what_a_coordinator_does() {
    let mut world = World::new();
    let clerk = UserId(Uuid::from_u128(5));
    let staff = Staff {
        login: "clerk".into(),
        name: "Demo-Clerk".into(),
    };
    world.must(
        ADMIN,
        Command::AdmitUser {
            user: clerk,
            roles: vec![Role::Clerk],
            staff,
        },
    );
    let movement = world.flight(1);
    let land = Command::LandMovement {
        movement,
        headcount: 5,
    };
    let refused = world.run(Actor::User(clerk), land);
    assert!(matches!(
        refused,
        Err(Rejected::Refused(Refusal::NotAllowed { .. }))
    ));
}

#[test]
fn the_last_administrator_stays() {
    let mut world = World::new();
    let roles = vec![Role::Clerk];
    let demote = |user| Command::ChangeUser {
        user,
        roles: roles.clone(),
        active: true,
    };
    world.must(ADMIN, demote(EVERYBODY));
    let refused = world.run(Actor::Setup(ADMIN), demote(ADMIN));
    assert_eq!(refused, Err(Refusal::LastAdministrator.into()));
}

#[test]
fn a_restored_node_gives_nothing_until_two_persons_claim_its_rights() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let last_position = world.position;
    world.node = NodeKey([8; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: NODE,
            last_position,
        },
    );
    let give = |card_checked| Command::Redeem {
        arrival,
        entitlement,
        card_checked,
    };
    assert_eq!(world.refusal(give(true)), Refusal::RightsFrozen);
    let claim = |second| Command::ClaimNode {
        old_node: NODE,
        last_position,
        certificate: vec![1],
        second,
    };
    let alone = world.run(Actor::Setup(ADMIN), claim(ADMIN));
    assert_eq!(alone, Err(Refusal::SamePersonTwice.into()));
    world.must(ADMIN, claim(EVERYBODY));
    assert_eq!(world.refusal(give(false)), Refusal::CheckCard);
    world.ask(give(true)).unwrap();
    assert!(matches!(
        world.refusal(give(true)),
        Refusal::AlreadyGiven { .. }
    ));
}

#[test]
fn a_claim_is_for_the_node_that_made_it_and_ends_the_old_node() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: true,
    };
    let (first_copy, second_copy) = (NodeKey([8; 32]), NodeKey([9; 32]));
    for copy in [first_copy, second_copy] {
        world.node = copy;
        world.must(
            ADMIN,
            Command::RecordRestore {
                old_node: NODE,
                last_position: 1,
            },
        );
    }
    world.node = first_copy;
    let claim = |old_node| Command::ClaimNode {
        old_node,
        last_position: 1,
        certificate: vec![1],
        second: EVERYBODY,
    };
    world.must(ADMIN, claim(NODE));
    world.node = second_copy;
    assert_eq!(world.refusal(give.clone()), Refusal::RightsFrozen);
    let late = world.run(Actor::Setup(ADMIN), claim(NODE));
    assert_eq!(late, Err(Refusal::AlreadyClaimed.into()));
    world.node = NODE;
    assert_eq!(world.refusal(give.clone()), Refusal::Superseded);

    // A copy of the copy takes over what the copy had taken over.
    world.node = NodeKey([10; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: first_copy,
            last_position: 1,
        },
    );
    assert_eq!(world.refusal(give.clone()), Refusal::RightsFrozen);
    world.must(ADMIN, claim(first_copy));
    world.ask(give).unwrap();
}

#[test]
fn a_restored_site_feeds_who_arrives_before_the_root_key_does() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    world.node = NodeKey([8; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: NODE,
            last_position: 1,
        },
    );
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
}

#[test]
fn nothing_happens_in_the_future_or_before_the_person_was_met() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    world.entered_late_ms = -1;
    assert_eq!(world.refusal(give.clone()), Refusal::InFuture);
    world.entered_late_ms = 100 * 86_400_000;
    assert_eq!(world.refusal(give), Refusal::BeforeMet);
}

#[test]
fn admitting_somebody_again_does_not_change_what_they_may() {
    let mut world = World::new();
    let staff = Staff {
        login: "other".into(),
        name: "Demo-Other".into(),
    };
    let admit = Command::AdmitUser {
        user: ADMIN,
        roles: vec![Role::Clerk],
        staff,
    };
    let again = world.run(Actor::Setup(ADMIN), admit);
    assert_eq!(again, Err(Refusal::UserKnown.into()));
}

#[test]
fn what_is_limited_is_given_only_to_somebody_known() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let movement = world.landed(1);
    let arrival = ArrivalId(Uuid::from_u128(201));
    let meetings = vec![Meeting {
        arrival,
        priority: None,
    }];
    world.ask(Command::Meet { movement, meetings }).unwrap();
    let reason = "before any form".to_owned();
    let item = ItemCode::HYGIENE_KIT;
    world
        .ask(Command::Grant {
            arrival,
            item,
            quantity: 1,
            reason,
        })
        .unwrap();
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    assert_eq!(world.refusal(give), Refusal::NotRegistered);
}

#[test]
fn a_file_that_cannot_be_read_takes_nobody_off_the_list() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people, refused| Command::ImportManifest {
        import: ImportId(Uuid::from_u128(500)),
        movement,
        people,
        refused,
        elsewhere_confirmed: false,
    };
    world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")], 0))
        .unwrap();
    assert_eq!(world.refusal(import(Vec::new(), 2)), Refusal::ManifestEmpty);
    world.ask(import(vec![listed(2, "Ana")], 1)).unwrap();
    let lines = world.known.lines(movement).unwrap();
    assert!(lines.iter().all(|line| line.state() == LineState::Waiting));
}

#[test]
fn the_manifest_of_another_flight_is_noticed() {
    let mut world = World::new();
    let people = || {
        let mut person = listed(2, "Ana");
        person.particulars.documents = vec![domain::Document::new(
            domain::DocumentKind::Passport,
            "DEMO1",
            None,
        )];
        vec![person]
    };
    let import = |movement, elsewhere_confirmed| Command::ImportManifest {
        import: ImportId(Uuid::from_u128(500)),
        movement,
        people: people(),
        refused: 0,
        elsewhere_confirmed,
    };
    let (first, second) = (world.flight(1), world.flight(2));
    world.ask(import(first, false)).unwrap();
    let other = "DR-1".to_owned();
    assert_eq!(
        world.refusal(import(second, false)),
        Refusal::ManifestElsewhere { other }
    );
    world.ask(import(second, true)).unwrap();
}

#[test]
fn somebody_erased_is_not_listed_again_by_the_same_file() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people| Command::ImportManifest {
        import: ImportId(Uuid::from_u128(500)),
        movement,
        people,
        refused: 0,
        elsewhere_confirmed: false,
    };
    world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")]))
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 2,
        })
        .unwrap();
    let lines = world.known.lines(movement).unwrap();
    let line = lines.iter().find(|line| line.row == Some(2)).unwrap().id;
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Ana"),
            Some(line),
        ))
        .unwrap();
    world.ask(Command::ErasePerson { person }).unwrap();
    let again = world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")]))
        .unwrap();
    assert_eq!(again.len(), 0);
    let screening = Screening::default();
    let screen = Command::Screen {
        arrival,
        screening,
        note: None,
    };
    assert_eq!(world.refusal(screen), Refusal::PersonErased);
}

#[test]
fn who_says_their_name_later_receives_what_they_are_entitled_to() {
    let mut world = World::new();
    let movement = world.landed(1);
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            Whose::Declined { person },
            None,
        ))
        .unwrap();
    let Whose::New { particulars, .. } = new_person(person, "Ana") else {
        unreachable!()
    };
    let reason = "told it later".to_owned();
    world
        .ask(Command::CorrectPerson {
            person,
            particulars,
            reason,
            document_shared: false,
        })
        .unwrap();
    world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
}

#[test]
fn a_registration_at_the_wrong_line_is_moved_and_the_line_waits_again() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Ana"), listed(3, "Bea")];
    let import = ImportId(Uuid::from_u128(500));
    let refused = 0;
    world
        .ask(Command::ImportManifest {
            import,
            movement,
            people,
            refused,
            elsewhere_confirmed: false,
        })
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 2,
        })
        .unwrap();
    let lines = world.known.lines(movement).unwrap();
    let (wrong, right) = (lines[0].id, lines[1].id);
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Bea"),
            Some(wrong),
        ))
        .unwrap();
    world
        .ask(Command::CorrectRegistration {
            arrival,
            line: Some(right),
        })
        .unwrap();
    let state = |line| world.known.line(line).unwrap().unwrap().state();
    assert_eq!(
        (state(wrong), state(right)),
        (LineState::Waiting, LineState::Registered)
    );
}

#[test]
fn no_public_body_holds_a_name() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Zilefanm")];
    let import = ImportId(Uuid::from_u128(500));
    world
        .ask(Command::ImportManifest {
            import,
            movement,
            people,
            refused: 0,
            elsewhere_confirmed: false,
        })
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 5,
        })
        .unwrap();
    let arrival = ArrivalId(Uuid::from_u128(201));
    let person = PersonId(Uuid::from_u128(301));
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Zilefanm"),
            None,
        ))
        .unwrap();
    let screening = Screening {
        vulnerabilities: vec![Vulnerability::PREGNANT],
        ..Screening::default()
    };
    let key = Command::MakeRoleKey {
        role: Role::Protection,
        public_key: vec![1],
    };
    world.must(ADMIN, key);
    let note = Some("Zilefanm told something".to_owned());
    world
        .ask(Command::Screen {
            arrival,
            screening,
            note,
        })
        .unwrap();
    // The rules of a package name vulnerabilities, but nobody who has one.
    let is_rule = |recorded: &&Recorded| matches!(recorded.event, Event::PackageDefined(_));
    for recorded in world.log.iter().filter(|recorded| !is_rule(recorded)) {
        let public = String::from_utf8_lossy(&recorded.event.to_cbor()).into_owned();
        for secret in [
            "Zilefanm",
            "Demo-Mapou",
            "Demo-Staff",
            "pregnant",
            "everybody",
        ] {
            assert!(
                !public.contains(secret),
                "{} holds {secret}",
                recorded.event.kind()
            );
        }
    }
}

fn listed(row: u32, name: &str) -> ListedPerson {
    let particulars = Particulars {
        given_names: name.into(),
        family_name: "Demo-Mapou".into(),
        ..Particulars::default()
    };
    ListedPerson { row, particulars }
}

/// A command in terms of a small world: numbers are taken modulo what exists.
#[derive(Debug, Clone)]
enum Step {
    Announce(u8),
    Import(u8, Vec<u8>),
    Land(u8),
    Cancel(u8),
    Close(u8),
    Reopen(u8),
    Divert(u8),
    Meet(u8, u8),
    Register {
        arrival: u8,
        movement: u8,
        person: u8,
        known: bool,
        line: Option<u8>,
    },
    Decline {
        arrival: u8,
        movement: u8,
        person: u8,
    },
    NoShow(u8),
    Screen(u8, bool),
    Give(u8, u8),
    Void(u8, u8, u8),
    Waive(u8, u8),
    Grant(u8, u8),
    Link(u8, u8, u8),
    Unlink(u8),
    Join(u8, u8),
    Quit(u8, u8),
    Erase(u8),
    Leave(u8),
    Send(u8, u8, u8, bool),
    Receive(u8, u8),
    Count(u8, u8),
    /// What follows is entered so many seconds after it happened.
    Late(i16),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let small = 0_u8..6;
    // Few movements, so that people collide on them.
    let few = 0_u8..2;
    let step = prop_oneof![
        2 => few.clone().prop_map(Step::Announce),
        3 => (few.clone(), prop::collection::vec(small.clone(), 0..6))
            .prop_map(|(movement, people)| Step::Import(movement, people)),
        4 => few.clone().prop_map(Step::Land),
        1 => few.clone().prop_map(Step::Cancel),
        1 => few.clone().prop_map(Step::Close),
        1 => few.clone().prop_map(Step::Reopen),
        1 => few.clone().prop_map(Step::Divert),
        3 => (few.clone(), small.clone()).prop_map(|(movement, arrival)| Step::Meet(movement, arrival)),
        8 => (small.clone(), few.clone(), small.clone(), any::<bool>(), prop::option::of(small.clone()))
            .prop_map(|(arrival, movement, person, known, line)| Step::Register { arrival, movement, person, known, line }),
        1 => (small.clone(), few.clone(), small.clone())
            .prop_map(|(arrival, movement, person)| Step::Decline { arrival, movement, person }),
        1 => small.clone().prop_map(Step::NoShow),
        2 => (small.clone(), any::<bool>()).prop_map(|(arrival, pregnant)| Step::Screen(arrival, pregnant)),
        10 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Give(arrival, item)),
        2 => (small.clone(), small.clone(), 0_u8..3).prop_map(|(arrival, item, reason)| Step::Void(arrival, item, reason)),
        2 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Waive(arrival, item)),
        2 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Grant(arrival, item)),
        2 => (small.clone(), small.clone(), small.clone()).prop_map(|(link, a, b)| Step::Link(link, a, b)),
        1 => small.clone().prop_map(Step::Unlink),
        2 => (small.clone(), small.clone()).prop_map(|(family, person)| Step::Join(family, person)),
        1 => (small.clone(), small.clone()).prop_map(|(family, person)| Step::Quit(family, person)),
        1 => small.clone().prop_map(Step::Erase),
        1 => small.clone().prop_map(Step::Leave),
        3 => (small.clone(), small.clone(), 1_u8..20, any::<bool>())
            .prop_map(|(waybill, item, quantity, out)| Step::Send(waybill, item, quantity, out)),
        3 => (small.clone(), 0_u8..20).prop_map(|(waybill, quantity)| Step::Receive(waybill, quantity)),
        1 => (small, 0_u8..20).prop_map(|(item, quantity)| Step::Count(item, quantity)),
        2 => (-50_i16..200).prop_map(Step::Late),
    ];
    prop::collection::vec(step, 1..120)
}

/// Every history begins with a flight on the ground and goods on the shelf, so that the random part
/// is about people.
fn opening() -> Vec<Step> {
    vec![
        Step::Announce(0),
        Step::Import(0, vec![0, 1, 2, 3]),
        Step::Land(0),
        Step::Announce(1),
        Step::Import(1, vec![4, 5]),
        Step::Send(0, 0, 20, false),
        Step::Receive(0, 20),
        Step::Send(1, 1, 3, false),
        Step::Receive(1, 3),
    ]
}

const ITEMS: [ItemCode; 3] = [
    ItemCode::HOT_MEAL,
    ItemCode::HYGIENE_KIT,
    ItemCode::BABY_KIT,
];

impl World {
    #[allow(clippy::too_many_lines, reason = "one arm for each kind of step")]
    fn command(&mut self, step: Step) -> Option<Command> {
        let id = |base: u128, number: u8| Uuid::from_u128(base + u128::from(number));
        let movement = |number| MovementId(id(100, number));
        let arrival = |number| ArrivalId(id(200, number));
        let person = |number| PersonId(id(300, number));
        let link = |number| LinkId(id(400, number));
        let family = |number| FamilyId(id(600, number));
        let waybill = |number| WaybillId(id(700, number));
        let item = |number: u8| ITEMS[usize::from(number) % ITEMS.len()].clone();
        let line = |movement: MovementId, number: u8| {
            let lines = self.known.lines(movement).unwrap();
            lines.get(usize::from(number)).map(|line| line.id)
        };
        let granted = |number: u8, nth: u8| {
            let found = self.known.arrival(arrival(number)).unwrap()?;
            Some(found.entitlements.get(usize::from(nth))?.id)
        };
        Some(match step {
            Step::Late(seconds) => {
                self.entered_late_ms = i64::from(seconds) * 1_000;
                return None;
            }
            Step::Announce(number) => Command::AnnounceMovement {
                movement: movement(number),
                kind: MovementKind::FLIGHT,
                designator: format!("DR-{number}"),
                origin: ELSEWHERE,
                destination: SITE,
                expected: Moment(START_MS),
                legal_basis: LegalBasis::TITLE_42,
                announced: 5,
                screened_before: Screened::NotKnown,
            },
            Step::Import(number, people) => Command::ImportManifest {
                import: ImportId(self.ids.id()),
                movement: movement(number),
                people: (2..)
                    .zip(people)
                    .map(|(row, name)| listed(row, &format!("Demo {name}")))
                    .collect(),
                refused: 0,
                elsewhere_confirmed: false,
            },
            Step::Land(number) => Command::LandMovement {
                movement: movement(number),
                headcount: 5,
            },
            Step::Cancel(number) => Command::CancelMovement {
                movement: movement(number),
                reason: "storm".into(),
            },
            Step::Close(number) => Command::CloseMovement {
                movement: movement(number),
            },
            Step::Reopen(number) => Command::ReopenMovement {
                movement: movement(number),
            },
            Step::Divert(number) => Command::DivertMovement {
                movement: movement(number),
                destination: ELSEWHERE,
                expected: self.now,
            },
            Step::Meet(of, who) => Command::Meet {
                movement: movement(of),
                meetings: vec![Meeting {
                    arrival: arrival(who),
                    priority: None,
                }],
            },
            Step::Register {
                arrival: who,
                movement: of,
                person: whose,
                known,
                line: nth,
            } => {
                let whose = if known {
                    Whose::Known(person(whose))
                } else {
                    new_person(person(whose), "Demo")
                };
                let line = nth.and_then(|nth| line(movement(of), nth));
                register(arrival(who), movement(of), whose, line)
            }
            Step::Decline {
                arrival: who,
                movement: of,
                person: whose,
            } => {
                let whose = Whose::Declined {
                    person: person(whose),
                };
                register(arrival(who), movement(of), whose, None)
            }
            Step::NoShow(number) => Command::MarkNoShow {
                line: line(movement(number % 2), number)?,
            },
            Step::Screen(who, pregnant) => Command::Screen {
                arrival: arrival(who),
                screening: Screening {
                    vulnerabilities: pregnant
                        .then_some(Vulnerability::PREGNANT)
                        .into_iter()
                        .collect(),
                    ..Screening::default()
                },
                note: None,
            },
            Step::Give(who, nth) => Command::Redeem {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                card_checked: false,
            },
            Step::Void(who, nth, reason) => Command::Void {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                reason: VoidReason::KNOWN[usize::from(reason)].clone(),
            },
            Step::Waive(who, nth) => Command::WaiveLimit {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                reason: "need".into(),
            },
            Step::Grant(who, what) => Command::Grant {
                arrival: arrival(who),
                item: item(what),
                quantity: 2,
                reason: "need".into(),
            },
            Step::Link(number, a, b) => Command::LinkPersons {
                link: link(number),
                first: person(a),
                second: person(b),
            },
            Step::Unlink(number) => Command::UnlinkPersons {
                link: link(number),
                reason: "not alike".into(),
            },
            Step::Join(number, who) => Command::JoinFamily {
                family: family(number),
                person: person(who),
                relation: RelationCode::SPOUSE,
            },
            Step::Quit(number, who) => Command::LeaveFamily {
                family: family(number),
                person: person(who),
            },
            Step::Erase(who) => Command::ErasePerson {
                person: person(who),
            },
            Step::Leave(who) => Command::Leave {
                arrival: arrival(who),
            },
            Step::Send(number, what, quantity, out) => Command::SendWaybill {
                waybill: waybill(number),
                number: format!("W-{number}"),
                origin: out.then_some(SITE),
                destination: if out { ELSEWHERE } else { SITE },
                lines: vec![WaybillLine {
                    item: item(what),
                    quantity: u32::from(quantity),
                }],
            },
            Step::Receive(number, quantity) => Command::ReceiveWaybill {
                waybill: waybill(number),
                lines: vec![WaybillLine {
                    item: self.known.waybill(waybill(number)).unwrap()?.sent[0]
                        .item
                        .clone(),
                    quantity: u32::from(quantity),
                }],
                difference: Some(domain::DifferenceReason::LOST),
            },
            Step::Count(what, quantity) => Command::CountStock {
                stocktake: StocktakeId(self.ids.id()),
                site: SITE,
                counts: vec![WaybillLine {
                    item: item(what),
                    quantity: u32::from(quantity),
                }],
                difference: Some(domain::DifferenceReason::MISCOUNTED),
            },
        })
    }
}

/// What was given and not voided, counted from the log alone.
#[derive(Default)]
struct Given(BTreeMap<EntitlementId, u32>);

impl Given {
    fn take_in(&mut self, recorded: &Recorded) -> Result<(), TestCaseError> {
        match &recorded.event {
            Event::EntitlementRedeemed(redeemed) => {
                let times = self.0.entry(redeemed.entitlement).or_default();
                *times += 1;
                prop_assert_eq!(*times, 1, "an entitlement was redeemed twice");
            }
            Event::RedemptionVoided(voided) => {
                let times = self.0.entry(voided.entitlement).or_default();
                prop_assert_eq!(*times, 1, "a void without a redemption");
                *times = 0;
            }
            _ => {}
        }
        Ok(())
    }
}

fn check_balance(world: &World, movement: MovementId) -> Result<(), TestCaseError> {
    let lines = world.known.lines(movement).unwrap();
    let arrivals: Vec<_> = world
        .known
        .all_arrivals()
        .filter(|arrival| arrival.movement == movement)
        .collect();
    let in_state = |state| lines.iter().filter(|line| line.state() == state).count();
    let registered = arrivals
        .iter()
        .filter(|arrival| arrival.registration.is_some())
        .count();
    let unlisted = arrivals
        .iter()
        .filter(|arrival| {
            arrival
                .registration
                .as_ref()
                .is_some_and(|how| how.line.is_none())
        })
        .count();
    let announced = lines.len() - in_state(LineState::Removed);
    prop_assert_eq!(
        announced + unlisted,
        registered + in_state(LineState::NoShow) + in_state(LineState::Waiting),
        "announced + unlisted = registered + no-show + waiting"
    );
    let left = arrivals
        .iter()
        .filter(|arrival| arrival.registration.is_none() && arrival.left_at.is_some())
        .count();
    let waiting = usize::try_from(world.known.unregistered(movement).unwrap()).unwrap();
    prop_assert_eq!(
        arrivals.len(),
        registered + waiting + left,
        "met = registered + waiting at the desk + left unregistered"
    );
    let taken: BTreeSet<_> = arrivals
        .iter()
        .filter_map(|arrival| arrival.registration.as_ref()?.line)
        .collect();
    prop_assert_eq!(taken.len(), registered - unlisted, "one line, one arrival");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_a_promise(steps in steps()) {
        let mut world = World::new();
        let mut given = Given::default();
        for step in opening().into_iter().chain(steps) {
            let Some(command) = world.command(step) else { continue };
            let Ok(recorded) = world.ask(command) else { continue };
            for event in &recorded {
                given.take_in(event)?;
            }
            for ((_, item), balance) in world.known.all_stock() {
                prop_assert!(*balance >= 0, "{} fell to {}", item, balance);
            }
            for number in 0..2 {
                check_balance(&world, MovementId(Uuid::from_u128(100 + number)))?;
            }
        }
    }

    #[test]
    fn an_event_of_a_newer_version_is_kept_as_unknown(kind in "[a-z]{1,8}\\.[a-z]{1,8}", body: Vec<u8>) {
        prop_assume!(!Event::KINDS.contains(&kind.as_str()));
        prop_assert_eq!(Event::from_cbor(&kind, &body), Event::Unknown { kind });
    }

    #[test]
    fn any_body_is_understood_or_unknown(nth in 0..Event::KINDS.len(), body: Vec<u8>) {
        let _ = Event::from_cbor(Event::KINDS[nth], &body);
    }
}
