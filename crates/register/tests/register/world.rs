//! A site at work: commands are decided on the register in SQLite, folded into it and, beside it,
//! into the register in memory. Its log knows whose each sealed part is, so that it can destroy the
//! parts of somebody erased as a ledger does.

use std::collections::BTreeSet;

use domain::{
    Actor, ArrivalId, CardCode, Command, Confirmed, Context, Country, EntitlementId, Event, Extent,
    Grant, Ids, ImportId, Importing, Item, ItemCode, Known, LegalBasis, Limit, LineId,
    ListedPerson, Meeting, Memory, Moment, MovementId, MovementKind, NodeKey, Occurred,
    OperationId, Order, Owner, Package, Particulars, PersonId, Precision, Recorded, Registering,
    Rejected, Role, Screened, SiteId, SiteKind, Slot, Staff, UserId, Vulnerability, WaybillId,
    WaybillLine, When, Whose, Withheld, decide,
};
use register::{EventSource, Register, RegisterError};
use rusqlite::Connection;
use uuid::Uuid;

pub const SITE: SiteId = SiteId(Uuid::from_u128(1));
pub const ELSEWHERE: SiteId = SiteId(Uuid::from_u128(2));
pub const ADMIN: UserId = UserId(Uuid::from_u128(3));
pub const EVERYBODY: UserId = UserId(Uuid::from_u128(4));
pub const FOCAL: UserId = UserId(Uuid::from_u128(6));
pub const NODES: [NodeKey; 3] = [NodeKey([7; 32]), NodeKey([9; 32]), NodeKey([8; 32])];
/// 22 September 2021, 10:20 in Port-au-Prince.
pub const START: Moment = Moment(1_632_320_400_000);

/// Ids and cards in the order they are asked for.
pub struct Counter(pub u128);

impl Counter {
    pub const fn starting_at(first: u128) -> Self {
        Self(first)
    }
}

impl Ids for Counter {
    fn id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }

    fn card(&mut self) -> CardCode {
        self.0 += 1;
        CardCode::from_random(u64::try_from(self.0 % (1 << 64)).unwrap().to_be_bytes())
    }
}

/// Everything recorded, and whose each part is.
#[derive(Default)]
pub struct Log {
    pub events: Vec<Recorded>,
    owners: Vec<Vec<Owner>>,
    erased: BTreeSet<Owner>,
    pub position: [u64; 3],
}

impl Log {
    /// The event as the ledger gives it out today: parts of erased owners are gone.
    pub fn today(&self, place: usize) -> Recorded {
        let mut recorded = self.events[place].clone();
        for (part, owner) in recorded.parts.iter_mut().zip(&self.owners[place]) {
            if self.erased.contains(owner) {
                part.1 = Err(Withheld::Erased);
            }
        }
        recorded
    }

    /// Takes in an event of another node's log, as it was recorded. False where it was here already.
    pub fn take(&mut self, other: &Self, place: usize) -> bool {
        let recorded = &other.events[place];
        if self
            .events
            .iter()
            .any(|known| known.order == recorded.order)
        {
            return false;
        }
        self.note_erased(&recorded.event);
        self.events.push(recorded.clone());
        self.owners.push(other.owners[place].clone());
        true
    }

    /// What whoever closes a movement knows: where each log ends.
    fn ends(&self, event: &Event) -> Option<Vec<Order>> {
        matches!(event, Event::MovementClosed(_)).then(|| {
            let last = |node: NodeKey| {
                let theirs = self.events.iter().map(|recorded| recorded.order);
                theirs
                    .filter(|order| order.node == node)
                    .max_by_key(|order| order.position)
            };
            NODES.into_iter().filter_map(last).collect()
        })
    }

    fn note_erased(&mut self, event: &Event) {
        match event {
            Event::PersonErased(erased) => {
                self.erased.extend(erased.also.iter().copied());
                self.erased.insert(Owner::from(erased.person));
            }
            Event::FeedbackErased(erased) => {
                self.erased.insert(Owner::from(erased.feedback));
            }
            Event::LineErased(erased) => {
                self.erased.insert(Owner::from(erased.line));
            }
            _ => {}
        }
    }

    pub fn all_today(&self) -> Vec<Recorded> {
        (0..self.events.len())
            .map(|place| self.today(place))
            .collect()
    }
}

impl EventSource for Log {
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        let places =
            (0..self.events.len()).filter(|place| self.events[*place].aggregate == aggregate);
        Ok(places.map(|place| self.today(place)).collect())
    }
}

/// A register of its own.
pub fn empty() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let _ = register::migrate(&connection).unwrap();
    connection
}

/// A register made of these events, one after another.
pub fn applied<'e>(events: impl IntoIterator<Item = &'e Recorded>, log: &Log) -> Connection {
    let connection = empty();
    let register = Register::new(&connection);
    for event in events {
        register.apply(event, log).unwrap();
    }
    connection
}

/// A register rebuilt from the log as it is today.
pub fn rebuilt(log: &Log) -> Connection {
    let connection = empty();
    let events = log.all_today().into_iter().map(Ok);
    Register::new(&connection).fold(events, log).unwrap();
    connection
}

pub struct World {
    pub connection: Connection,
    pub memory: Memory,
    pub log: Log,
    pub now: Moment,
    pub node: usize,
    pub ids: Counter,
    /// How long before now things happen.
    pub late_ms: i64,
    /// How exactly it is known when.
    pub precision: Precision,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            connection: empty(),
            memory: Memory::default(),
            log: Log::default(),
            now: START,
            node: 0,
            ids: Counter(1 << 64),
            late_ms: 0,
            precision: Precision::Minute,
        };
        world.set_up();
        world
    }

    /// An id never given before.
    pub fn ids_next(&mut self) -> Uuid {
        self.ids.id()
    }

    pub fn register(&self) -> Register<'_> {
        Register::new(&self.connection)
    }

    fn set_up(&mut self) {
        self.must(Command::FoundOperation {
            operation: OperationId(Uuid::from_u128(9)),
            name: "Demo".into(),
            root_signing: vec![1],
            root_recovery: vec![2],
            languages: Vec::new(),
        });
        for (site, name) in [(SITE, "Port-au-Prince airport"), (ELSEWHERE, "Del Rio")] {
            self.must(open_site(site, name, "America/Port-au-Prince"));
        }
        for (user, login) in [(ADMIN, "admin"), (EVERYBODY, "everybody")] {
            self.must(Command::AdmitUser {
                user,
                roles: Role::ALL[..8].to_vec(),
                staff: Staff {
                    login: login.into(),
                    name: "Demo-Staff".into(),
                },
            });
        }
        self.must(Command::AdmitUser {
            user: FOCAL,
            roles: vec![Role::FocalPoint],
            staff: Staff {
                login: "focal".into(),
                name: "Demo-Staff".into(),
            },
        });
        for role in Role::WITH_KEY {
            self.must(Command::MakeRoleKey {
                role,
                public_key: vec![3; 32],
            });
        }
        for node in NODES {
            self.must(Command::AdmitNode {
                node,
                certificate: vec![1],
            });
        }
        let limit = Some(Limit { times: 1, days: 90 });
        for (code, stocked, limit) in [
            (ItemCode::HOT_MEAL, true, None),
            (ItemCode::HYGIENE_KIT, true, limit),
            (ItemCode::BABY_KIT, false, None),
        ] {
            self.must(Command::DefineItem {
                item: Item {
                    code,
                    stocked,
                    money: None,
                    limit,
                },
            });
        }
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
        self.must(Command::DefinePackage {
            package: Package { grants },
        });
    }

    /// What the program itself may do while setting up.
    pub fn must(&mut self, command: Command) {
        self.run(Actor::Setup(ADMIN), command)
            .expect("setting up is always allowed");
    }

    /// What somebody of every role asks for.
    pub fn ask(&mut self, command: Command) -> Result<(), Rejected> {
        self.run(Actor::User(EVERYBODY), command)
    }

    /// What one user asks for.
    pub fn run(&mut self, actor: Actor, command: Command) -> Result<(), Rejected> {
        self.now = self.now.plus_ms(1_000);
        let occurred = Occurred {
            at: self.now.plus_ms(-self.late_ms),
            precision: self.precision,
        };
        let register = Register::new(&self.connection);
        let mut context = Context {
            actor,
            site: SITE,
            node: NODES[self.node],
            now: self.now,
            occurred,
            ids: &mut self.ids,
        };
        let decided = decide(command, &register, &mut context)?;
        for new in decided {
            self.log.position[self.node] += 1;
            let order = Order {
                node: NODES[self.node],
                position: self.log.position[self.node],
                ..self.tick()
            };
            self.log.note_erased(&new.event);
            self.log
                .owners
                .push(new.parts.iter().map(|part| part.owner).collect());
            // Through bytes, as the ledger does it: what is folded is what was recorded.
            let event = Event::from_cbor(new.event.kind(), &new.event.to_cbor());
            assert_eq!(event, new.event);
            self.log.events.push(Recorded {
                order,
                node: order.node,
                aggregate: new.aggregate,
                author: actor.id(),
                occurred,
                upon: new
                    .upon
                    .or_else(|| self.memory.upon(new.aggregate, &new.event))
                    .or_else(|| self.log.ends(&new.event)),
                event,
                parts: new
                    .parts
                    .into_iter()
                    .map(|part| (part.personal.slot(), Ok(part.personal)))
                    .collect(),
            });
            let recorded = self.log.today(self.log.events.len() - 1);
            self.memory.apply(&recorded);
            register.apply(&recorded, &self.log).unwrap();
        }
        Ok(())
    }

    /// The next reading of this node's hybrid logical clock, in an order that has no node yet.
    fn tick(&self) -> Order {
        let latest = self.log.events.iter().map(|recorded| recorded.order).max();
        let now_ms = u64::try_from(self.now.0).unwrap();
        let (wall_ms, counter) = match latest {
            Some(latest) if latest.wall_ms >= now_ms => (latest.wall_ms, latest.counter + 1),
            _ => (now_ms, 0),
        };
        Order {
            wall_ms,
            counter,
            node: NODES[0],
            position: 0,
        }
    }

    /// Learns these events of another node, in the order given.
    pub fn learn(&mut self, other: &Log, places: impl IntoIterator<Item = usize>) {
        let mut new = false;
        for place in places {
            new |= self.log.take(other, place);
            // Twice is as good as once.
            let recorded = other.events[place].clone();
            self.register().apply(&recorded, &self.log).unwrap();
        }
        if new {
            let mut history = self.log.all_today();
            history.sort_by_key(|recorded| recorded.order);
            self.memory = Memory::default();
            for recorded in &history {
                self.memory.apply(recorded);
            }
        }
    }

    pub fn announced(&mut self, number: u128, people: u32) -> MovementId {
        let movement = MovementId(Uuid::from_u128(100 + number));
        self.ask(Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("DR-{number}"),
            origin: ELSEWHERE,
            destination: SITE,
            expected: self.now,
            legal_basis: LegalBasis::TITLE_42,
            announced: people,
            screened_before: Screened::NotOffered,
        })
        .unwrap();
        movement
    }

    pub fn landed(&mut self, number: u128, people: u32) -> MovementId {
        let movement = self.announced(number, people);
        self.land(movement, people);
        movement
    }

    pub fn land(&mut self, movement: MovementId, headcount: u32) {
        self.ask(Command::LandMovement {
            movement,
            headcount,
        })
        .unwrap();
    }

    pub fn import(&mut self, movement: MovementId, names: &[&str]) -> Vec<LineId> {
        let people = (2..)
            .zip(names)
            .map(|(row, name)| ListedPerson {
                row,
                particulars: named(name),
            })
            .collect();
        let import = ImportId(self.ids.id());
        self.ask(Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed {
                elsewhere: true,
                replaces: true,
                nobody_erased: false,
            },
        })))
        .unwrap();
        let mut lines = self.register().lines(movement).unwrap();
        lines.sort_by_key(|line| line.row);
        lines.iter().map(|line| line.id).collect()
    }

    pub fn meet(&mut self, movement: MovementId) -> ArrivalId {
        let arrival = ArrivalId(self.ids.id());
        self.ask(Command::Meet {
            movement,
            meetings: vec![Meeting {
                arrival,
                priority: None,
            }],
        })
        .unwrap();
        arrival
    }

    pub fn register_as(
        &mut self,
        movement: MovementId,
        particulars: Particulars,
        line: Option<LineId>,
    ) -> (ArrivalId, PersonId) {
        let arrival = self.meet(movement);
        let person = PersonId(self.ids.id());
        let whose = Whose::New {
            person,
            particulars: Box::new(particulars),
        };
        self.ask(registering(arrival, movement, whose, line))
            .unwrap();
        (arrival, person)
    }

    pub fn entitlement(&self, arrival: ArrivalId, item: &ItemCode) -> EntitlementId {
        let arrival = self.register().arrival(arrival).unwrap().unwrap();
        let granted = arrival.entitlements.iter();
        granted.rev().find(|held| held.item == *item).unwrap().id
    }

    pub fn give(&mut self, arrival: ArrivalId, item: &ItemCode) {
        let entitlement = self.entitlement(arrival, item);
        self.ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
    }

    pub fn stock_up(&mut self, item: ItemCode, quantity: u32) {
        let waybill = WaybillId(self.ids.id());
        let lines = vec![WaybillLine { item, quantity }];
        self.ask(Command::SendWaybill {
            waybill,
            number: format!("W-{waybill}"),
            origin: None,
            destination: SITE,
            to: None,
            lines: lines.clone(),
        })
        .unwrap();
        self.ask(Command::ReceiveWaybill {
            waybill,
            lines,
            difference: None,
        })
        .unwrap();
    }

    /// An event that no rule here would make, as it may come from a node after a fork.
    pub fn forge(&mut self, aggregate: Uuid, event: impl Into<Event>) {
        self.now = self.now.plus_ms(1_000);
        self.log.position[self.node] += 1;
        self.log.owners.push(Vec::new());
        self.log.events.push(Recorded {
            order: Order {
                wall_ms: u64::try_from(self.now.0).unwrap(),
                counter: 0,
                node: NODES[self.node],
                position: self.log.position[self.node],
            },
            node: NODES[self.node],
            aggregate,
            author: EVERYBODY,
            occurred: Occurred::at(self.now),
            event: event.into(),
            upon: None,
            parts: Vec::new(),
        });
        let recorded = self.log.events.last().unwrap();
        self.memory.apply(recorded);
        self.register().apply(recorded, &self.log).unwrap();
    }
}

pub fn open_site(site: SiteId, name: &str, time_zone: &str) -> Command {
    Command::OpenSite {
        site,
        name: name.into(),
        kind: SiteKind::AIRPORT,
        country: Country::HTI,
        area: None,
        port_code: None,
        capacity: None,
        time_zone: time_zone.into(),
        day_closes_min: 0,
    }
}

pub fn registering(
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
        document_shared: true,
    }))
}

/// Somebody of whom only the name is known; the last word is the family name.
pub fn named(name: &str) -> Particulars {
    let (given, family) = name.rsplit_once(' ').unwrap_or(("", name));
    Particulars {
        given_names: given.into(),
        family_name: family.into(),
        ..Particulars::default()
    }
}

/// The event as a node sees it that may read none of its parts.
pub fn withheld(recorded: &Recorded) -> Recorded {
    let mut recorded = recorded.clone();
    let parts = recorded.parts.iter();
    let hidden: Vec<(Slot, _)> = parts
        .map(|(slot, _)| (*slot, Err(Withheld::NotHere)))
        .collect();
    recorded.parts = hidden;
    recorded
}
