//! A site at work, folded from every command that was accepted: what the tests of the rules share.

use domain::{
    Actor, ArrivalId, CardCode, Command, Context, Country, EntitlementId, Event, Grant, Ids, Item,
    ItemCode, Known, LegalBasis, Limit, LineId, ListedPerson, Memory, Moment, MovementId,
    MovementKind, NodeKey, Occurred, OperationId, Order, Package, Particulars, PersonId, Recorded,
    Refusal, Registering, Rejected, Role, Screened, SiteId, SiteKind, Staff, UserId, Vulnerability,
    WaybillId, WaybillLine, When, Whose, decide,
};
use uuid::Uuid;

pub(crate) const SITE: SiteId = SiteId(Uuid::from_u128(1));
pub(crate) const ELSEWHERE: SiteId = SiteId(Uuid::from_u128(2));
pub(crate) const ADMIN: UserId = UserId(Uuid::from_u128(3));
pub(crate) const EVERYBODY: UserId = UserId(Uuid::from_u128(4));
pub(crate) const NODE: NodeKey = NodeKey([7; 32]);
pub(crate) const START_MS: i64 = 1_632_319_200_000;

pub(crate) struct Counter(u128);

impl Counter {
    pub(crate) const fn new() -> Self {
        Self(1 << 64)
    }
}

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
pub(crate) struct World {
    pub(crate) known: Memory,
    pub(crate) ids: Counter,
    pub(crate) now: Moment,
    pub(crate) site: SiteId,
    pub(crate) node: NodeKey,
    pub(crate) position: u64,
    pub(crate) entered_late_ms: i64,
    pub(crate) log: Vec<Recorded>,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut world = Self {
            known: Memory::default(),
            ids: Counter::new(),
            now: Moment(START_MS),
            site: SITE,
            node: NODE,
            position: 0,
            entered_late_ms: 0,
            log: Vec::new(),
        };
        world.set_up();
        world
    }

    pub(crate) fn set_up(&mut self) {
        let operation = OperationId(Uuid::from_u128(9));
        self.must(
            ADMIN,
            Command::FoundOperation {
                operation,
                name: "Demo".into(),
                root_signing: vec![1],
                root_recovery: vec![2],
                languages: Vec::new(),
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
                    roles: Role::ALL[..8].to_vec(),
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

    pub(crate) fn must(&mut self, user: UserId, command: Command) {
        let actor = Actor::Setup(user);
        self.run(actor, command)
            .expect("setting up is always allowed");
    }

    pub(crate) fn ask(&mut self, command: Command) -> Result<Vec<Recorded>, Rejected> {
        self.run(Actor::User(EVERYBODY), command)
    }

    pub(crate) fn refusal(&mut self, command: Command) -> Refusal {
        match self.ask(command) {
            Err(Rejected::Refused(refusal)) => refusal,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    pub(crate) fn run(
        &mut self,
        actor: Actor,
        command: Command,
    ) -> Result<Vec<Recorded>, Rejected> {
        self.now = self.now.plus_ms(1_000);
        let occurred = Occurred::at(self.now.plus_ms(-self.entered_late_ms));
        let mut context = Context {
            actor,
            site: self.site,
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
                node: self.node,
                aggregate: new.aggregate,
                author: actor.id(),
                occurred,
                upon: new
                    .upon
                    .or_else(|| self.known.upon(new.aggregate, &new.event)),
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

    /// An event in a log of this node that no rule here would make.
    pub(crate) fn forge(&mut self, log: NodeKey, aggregate: Uuid, event: impl Into<Event>) {
        self.now = self.now.plus_ms(1_000);
        self.position += 1;
        let recorded = Recorded {
            order: Order {
                wall_ms: u64::try_from(self.now.0).unwrap(),
                counter: 0,
                node: log,
                position: self.position,
            },
            node: self.node,
            aggregate,
            author: ADMIN,
            occurred: Occurred::at(self.now),
            event: event.into(),
            upon: None,
            parts: Vec::new(),
        };
        self.known.apply(&recorded);
        self.log.push(recorded);
    }

    pub(crate) fn flight(&mut self, number: u128) -> MovementId {
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

    pub(crate) fn landed(&mut self, number: u128) -> MovementId {
        let movement = self.flight(number);
        self.ask(Command::LandMovement {
            movement,
            headcount: 5,
        })
        .expect("it can land");
        movement
    }

    pub(crate) fn registered(
        &mut self,
        movement: MovementId,
        number: u128,
    ) -> (ArrivalId, PersonId) {
        let arrival = ArrivalId(Uuid::from_u128(200 + number));
        let person = PersonId(Uuid::from_u128(300 + number));
        self.ask(register(arrival, movement, new_person(person, "Ana"), None))
            .expect("somebody can be registered");
        (arrival, person)
    }

    pub(crate) fn entitlement(&self, arrival: ArrivalId, item: &ItemCode) -> EntitlementId {
        let arrival = self.known.arrival(arrival).unwrap().unwrap();
        arrival
            .entitlements
            .iter()
            .find(|granted| granted.item == *item)
            .unwrap()
            .id
    }

    pub(crate) fn stock_up(&mut self, item: ItemCode, quantity: u32) {
        let waybill = WaybillId(self.ids.id());
        let lines = vec![WaybillLine { item, quantity }];
        let number = format!("W-{waybill}");
        let send = Command::SendWaybill {
            waybill,
            number,
            origin: None,
            destination: self.site,
            to: None,
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

pub(crate) fn new_person(person: PersonId, name: &str) -> Whose {
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

pub(crate) fn register(
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
pub(crate) fn listed(row: u32, name: &str) -> ListedPerson {
    let particulars = Particulars {
        given_names: name.into(),
        family_name: "Demo-Mapou".into(),
        ..Particulars::default()
    };
    ListedPerson { row, particulars }
}
