//! A small operation at work: two airports and a place people come from, played through the real
//! rules into a real register in memory.

use akey_report::publication::{Asked, Undecided, prepare};
use akey_report::{Scope, Sitrep, Stamp};
use domain::{
    Actor, ArrivalId, Birth, CardCode, Command, Confirmed, Context, Country, Day, EditionId,
    EntitlementId, Event, Extent, Grant, Ids, ImportId, Importing, Item, ItemCode, Known,
    LegalBasis, LineId, ListedPerson, Meeting, Moment, MovementId, MovementKind, NodeKey, Occurred,
    OperationId, Order, PCode, Package, Particulars, Period, PersonId, Recorded, Registering,
    Rejected, Role, Screened, Screening, Sex, SiteId, SiteKind, Staff, UserId, Vulnerability,
    WaybillId, WaybillLine, When, Whose, decide,
};
use jiff::civil::date;
use register::{EventSource, Register, RegisterError, migrate};
use rusqlite::Connection;
use uuid::Uuid;

pub const PORT_AU_PRINCE: SiteId = SiteId(Uuid::from_u128(1));
pub const CAP_HAITIEN: SiteId = SiteId(Uuid::from_u128(2));
pub const CUSTODY: SiteId = SiteId(Uuid::from_u128(3));
const SOMEBODY: UserId = UserId(Uuid::from_u128(4));
const APPROVER: UserId = UserId(Uuid::from_u128(5));
const NODE: NodeKey = NodeKey([7; 32]);
const HOUR_MS: i64 = 3_600_000;

struct Counter(u64);

impl Ids for Counter {
    fn id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(u128::from(self.0) << 32)
    }

    fn card(&mut self) -> CardCode {
        self.0 += 1;
        CardCode::from_random(self.0.to_be_bytes())
    }
}

/// Events by aggregate, as the ledger would hold them.
#[derive(Default)]
struct Log(std::collections::HashMap<Uuid, Vec<Recorded>>);

impl EventSource for Log {
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        Ok(self.0.get(&aggregate).cloned().unwrap_or_default())
    }
}

pub struct Reception {
    connection: Connection,
    log: Log,
    ids: Counter,
    pub now: Moment,
    position: u64,
    pub movements: Vec<MovementId>,
    pub arrivals: Vec<ArrivalId>,
}

impl Reception {
    /// Set up on 19 September 2021, six in the morning; Cap-Haïtien closes its day at six in the
    /// evening, Port-au-Prince at midnight, unless both are to close alike.
    pub fn new(cap_haitien_closes_min: u16) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        let _ = migrate(&connection).unwrap();
        let mut reception = Self {
            connection,
            log: Log::default(),
            ids: Counter(1 << 20),
            now: Moment(1_632_045_600_000),
            position: 0,
            movements: Vec::new(),
            arrivals: Vec::new(),
        };
        reception.set_up(cap_haitien_closes_min);
        reception
    }

    fn set_up(&mut self, cap_haitien_closes_min: u16) {
        self.must(Command::FoundOperation {
            operation: OperationId(Uuid::from_u128(9)),
            name: "Demo".into(),
            root_signing: vec![1; 32],
            root_recovery: vec![2; 32],
            languages: Vec::new(),
        });
        for (site, name, kind, country, day_closes_min) in [
            (
                PORT_AU_PRINCE,
                "Port-au-Prince airport",
                SiteKind::AIRPORT,
                Country::HTI,
                0,
            ),
            (
                CAP_HAITIEN,
                "Cap-Haïtien airport",
                SiteKind::AIRPORT,
                Country::HTI,
                cap_haitien_closes_min,
            ),
            (CUSTODY, "Custody", SiteKind::CUSTODY, Country::USA, 0),
        ] {
            self.must(Command::OpenSite {
                site,
                name: name.into(),
                kind,
                country,
                area: None,
                port_code: None,
                capacity: None,
                time_zone: "America/Port-au-Prince".into(),
                day_closes_min,
            });
        }
        for (user, login) in [(SOMEBODY, "demo"), (APPROVER, "second")] {
            self.must(Command::AdmitUser {
                user,
                roles: Role::ALL[..8].to_vec(),
                staff: Staff {
                    login: login.into(),
                    name: "Demo-Staff".into(),
                },
            });
        }
        for (code, stocked) in [
            (ItemCode::HOT_MEAL, true),
            (ItemCode::HYGIENE_KIT, true),
            (ItemCode::SHELTER_NIGHT, false),
        ] {
            self.must(Command::DefineItem {
                item: Item {
                    code,
                    stocked,
                    money: None,
                    limit: None,
                },
            });
        }
        let grant = |item, when| Grant {
            item,
            quantity: 1,
            when,
        };
        self.must(Command::DefinePackage {
            package: Package {
                grants: vec![
                    grant(ItemCode::HOT_MEAL, When::Met),
                    grant(ItemCode::HYGIENE_KIT, When::Registered),
                    grant(
                        ItemCode::SHELTER_NIGHT,
                        When::Vulnerable(Vulnerability::NO_SHELTER),
                    ),
                ],
            },
        });
        for site in [PORT_AU_PRINCE, CAP_HAITIEN] {
            self.stock_up(site, 100_000);
        }
    }

    fn stock_up(&mut self, destination: SiteId, quantity: u32) {
        let waybill = WaybillId(self.ids.id());
        let lines: Vec<_> = [ItemCode::HOT_MEAL, ItemCode::HYGIENE_KIT]
            .map(|item| WaybillLine { item, quantity })
            .into();
        let send = Command::SendWaybill {
            waybill,
            number: format!("W-{waybill}"),
            origin: None,
            destination,
            to: None,
            lines: lines.clone(),
        };
        self.ask(destination, send).unwrap();
        let receive = Command::ReceiveWaybill {
            waybill,
            lines,
            difference: None,
        };
        self.ask(destination, receive).unwrap();
    }

    fn must(&mut self, command: Command) {
        self.run(Actor::Setup(SOMEBODY), PORT_AU_PRINCE, command)
            .unwrap();
    }

    pub fn ask(&mut self, site: SiteId, command: Command) -> Result<(), Rejected> {
        self.run(Actor::User(SOMEBODY), site, command)
    }

    /// Asks at the site where somebody was met.
    pub fn ask_at(&mut self, arrival: ArrivalId, command: Command) -> Result<(), Rejected> {
        let site = self.register().arrival(arrival).unwrap().unwrap().site;
        self.ask(site, command)
    }

    /// Asks for something that happened before, and is entered now.
    pub fn ask_late(&mut self, site: SiteId, command: Command, at: Moment) -> Result<(), Rejected> {
        self.run_when(Actor::User(SOMEBODY), site, command, Some(at))
    }

    fn run(&mut self, actor: Actor, site: SiteId, command: Command) -> Result<(), Rejected> {
        self.run_when(actor, site, command, None)
    }

    fn run_when(
        &mut self,
        actor: Actor,
        site: SiteId,
        command: Command,
        at: Option<Moment>,
    ) -> Result<(), Rejected> {
        self.now = self.now.plus_ms(1_000);
        let occurred = Occurred::at(at.unwrap_or(self.now));
        let register = Register::new(&self.connection);
        let mut context = Context {
            actor,
            site,
            node: NODE,
            now: self.now,
            occurred,
            ids: &mut self.ids,
        };
        let decided = decide(command, &register, &mut context)?;
        for new in decided {
            self.position += 1;
            let recorded = Recorded {
                order: Order {
                    wall_ms: u64::try_from(self.now.0).unwrap(),
                    counter: 0,
                    node: NODE,
                    position: self.position,
                },
                node: NODE,
                aggregate: new.aggregate,
                author: actor.id(),
                occurred,
                event: Event::from_cbor(new.event.kind(), &new.event.to_cbor()),
                upon: None,
                parts: new
                    .parts
                    .into_iter()
                    .map(|part| (part.personal.slot(), Ok(part.personal)))
                    .collect(),
            };
            let events = self.log.0.entry(recorded.aggregate).or_default();
            events.push(recorded.clone());
            register.apply(&recorded, &self.log).unwrap();
        }
        Ok(())
    }

    /// Counts a day or a month, hides what has to be hidden, and publishes it.
    pub fn publish(&mut self, period: Period) -> Result<usize, Undecided> {
        let cut_off = self.now;
        let prepared = prepare(&self.register(), Asked { period, cut_off })?;
        let (known, hidden) = (prepared.known, prepared.hidden);
        let ids = &mut self.ids;
        let editions = prepared.editions("00", || EditionId(ids.id()));
        let command = Command::PublishEditions {
            editions,
            known,
            second: APPROVER,
        };
        self.ask(PORT_AU_PRINCE, command).unwrap();
        Ok(hidden)
    }

    pub fn register(&self) -> Register<'_> {
        Register::new(&self.connection)
    }

    pub fn wait(&mut self, hours: i64) {
        self.now = self.now.plus_ms(hours * HOUR_MS);
    }

    /// A flight that is expected in three hours.
    pub fn announce(
        &mut self,
        destination: SiteId,
        announced: u32,
        legal_basis: LegalBasis,
    ) -> MovementId {
        let movement = MovementId(self.ids.id());
        let number = self.movements.len() + 1;
        let announce = Command::AnnounceMovement {
            movement,
            kind: MovementKind::FLIGHT,
            designator: format!("DR-{number}"),
            origin: CUSTODY,
            destination,
            expected: self.now.plus_ms(3 * HOUR_MS),
            legal_basis,
            announced,
            screened_before: Screened::NotOffered,
        };
        self.ask(destination, announce).unwrap();
        self.movements.push(movement);
        movement
    }

    pub fn list(&mut self, movement: MovementId, people: Vec<ListedPerson>) {
        let import = ImportId(self.ids.id());
        let command = Command::ImportManifest(Box::new(Importing {
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
        }));
        let _ = self.ask(PORT_AU_PRINCE, command);
    }

    pub fn land(&mut self, movement: MovementId, headcount: u32) {
        let site = self.site_of(movement);
        let _ = self.ask(
            site,
            Command::LandMovement {
                movement,
                headcount,
            },
        );
    }

    pub fn site_of(&self, movement: MovementId) -> SiteId {
        self.register()
            .movement(movement)
            .unwrap()
            .unwrap()
            .destination
    }

    pub fn meet(&mut self, movement: MovementId) {
        let arrival = ArrivalId(self.ids.id());
        let meetings = vec![Meeting {
            arrival,
            priority: None,
        }];
        let site = self.site_of(movement);
        if self.ask(site, Command::Meet { movement, meetings }).is_ok() {
            self.arrivals.push(arrival);
        }
    }

    /// Registers somebody who was met; listed where a line is given.
    pub fn put_on_record(
        &mut self,
        arrival: ArrivalId,
        line: Option<LineId>,
        who: Option<Particulars>,
    ) {
        let known = self.register().arrival(arrival).unwrap().unwrap();
        let person = PersonId(self.ids.id());
        let whose = match who {
            Some(particulars) => Whose::New {
                person,
                particulars: Box::new(particulars),
            },
            None => Whose::Declined { person },
        };
        let registering = Registering {
            arrival,
            movement: known.movement,
            whose,
            line,
            informed: true,
            document_shared: false,
        };
        let _ = self.ask(known.site, Command::Register(Box::new(registering)));
    }

    /// A line of a movement that nobody is registered for.
    pub fn free_line(&self, movement: MovementId) -> Option<LineId> {
        let lines = self.register().lines(movement).unwrap();
        lines
            .iter()
            .find(|line| line.taken_by.is_none())
            .map(|line| line.id)
    }

    pub fn screen(&mut self, arrival: ArrivalId, vulnerabilities: Vec<Vulnerability>) {
        let screening = Screening {
            vulnerabilities,
            ..Screening::default()
        };
        let _ = self.ask_at(
            arrival,
            Command::Screen {
                arrival,
                screening,
                note: None,
            },
        );
    }

    /// Gives the item that stands at a place in what somebody is to receive.
    pub fn give(&mut self, arrival: ArrivalId, place: usize) -> Option<EntitlementId> {
        let known = self.register().arrival(arrival).unwrap().unwrap();
        let entitlement = known.entitlements.get(place)?.id;
        let give = Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        };
        self.ask(known.site, give).ok().map(|()| entitlement)
    }

    pub fn sitrep(&self, scope: &Scope) -> Sitrep {
        let stamp = Stamp {
            operation: "Demo".into(),
            log_end: "00".into(),
            computed_at: self.now,
            computed_by: "Demo-Staff".into(),
        };
        Sitrep::compute(&self.register(), scope, stamp).unwrap()
    }

    /// The whole period of a test, everywhere, up to now.
    pub fn scope(&self) -> Scope {
        Scope {
            sites: Vec::new(),
            from: Day(date(2021, 9, 19)),
            to: Day(date(2021, 9, 26)),
            cut_off: self.now.plus_ms(1),
        }
    }
}

/// Somebody, told apart by a number; some things about some are not known.
pub fn somebody(number: u32) -> Particulars {
    let pick = |of: u32| usize::try_from(number % of).unwrap();
    Particulars {
        given_names: format!("Demo{number}"),
        family_name: "Demo-Mapou".into(),
        sex: [Some(Sex::M), Some(Sex::F), Some(Sex::M), None][pick(4)],
        birth: [Some(Birth::Year(1990)), Some(Birth::Year(2012)), None][pick(3)],
        destination: [
            Some(PCode::HT01),
            Some(PCode::HT03),
            None,
            Some(PCode::HT01),
        ][pick(4)]
        .clone(),
        origin: [Some(PCode::HT05), None][pick(2)].clone(),
        last_residence: [Some(Country::CHL), Some(Country::BRA), None][pick(3)],
        ..Particulars::default()
    }
}

pub fn listed(people: std::ops::Range<u32>) -> Vec<ListedPerson> {
    people
        .map(|number| ListedPerson {
            row: number + 2,
            particulars: somebody(number),
        })
        .collect()
}
