//! How long a situation report takes over many arrivals: 100,000, or as many as stand behind `--`.
//! People of 100-seat flights over a month, each met, registered, screened, given two things and
//! gone; a register in memory, so that what is measured is counting and not a disk.

use std::time::{Duration, Instant};

use akey_report::html::{Traces, page};
use akey_report::{Arg, Scope, Sitrep, Stamp, Words};
use domain::{
    ArrivalId, Birth, CardCode, Country, Day, Entitled, EntitlementId, Event, Item, ItemCode,
    LegalBasis, Moment, MovementId, MovementKind, NodeKey, Occurred, Order, PCode, Particulars,
    PersonId, Personal, Recorded, Screened, Screening, Sex, SiteId, SiteKind, Slot, UserId,
    Vulnerability, body,
};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use register::{EventSource, Register, RegisterError, migrate};
use rusqlite::Connection;
use uuid::Uuid;

const ARRIVALS: u64 = 100_000;
const SEATS: u64 = 100;
const DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;
const START_MS: i64 = 1_632_045_600_000;
const ROUNDS: usize = 5;
const WORKBOOK_ROWS: usize = 100_000;
const SITE: SiteId = SiteId(Uuid::from_u128(1));
const ORIGIN: SiteId = SiteId(Uuid::from_u128(2));
const NODE: NodeKey = NodeKey([7; 32]);

/// Events come in order, so nothing is ever folded anew.
struct Nothing;

impl EventSource for Nothing {
    fn of_aggregate(&self, _: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        Ok(Vec::new())
    }
}

fn main() {
    let arrivals = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(ARRIVALS);
    let connection = Connection::open_in_memory().expect("a database in memory");
    let _ = migrate(&connection).expect("new tables");
    let register = Register::new(&connection);
    let (folded, events) = timed(|| {
        register
            .fold(history(arrivals), &Nothing)
            .expect("a made-up history folds")
    });
    println!("{arrivals} arrivals, {events} events folded in {folded:.1?}");
    let scope = Scope {
        sites: Vec::new(),
        from: Day(date(2021, 9, 19)),
        to: Day(date(2021, 10, 19)),
        cut_off: Moment(START_MS + 40 * DAY_MS),
    };
    let day = Scope {
        from: Day(date(2021, 9, 25)),
        to: Day(date(2021, 9, 25)),
        ..scope.clone()
    };
    for (name, scope) in [("a day", &day), ("a month", &scope)] {
        let mut times: Vec<_> = (0..ROUNDS)
            .map(|_| timed(|| compute(&register, scope)).0)
            .collect();
        times.sort();
        println!(
            "sitrep of {name}: median {:.1?}, best {:.1?}",
            times[ROUNDS / 2],
            times[0]
        );
    }
    let sitrep = compute(&register, &scope);
    let (written, html) = timed(|| page(&sitrep, &Codes, Traces::At("/trace/")).into_string());
    println!(
        "page of the month: {} KB in {written:.1?}",
        html.len() / 1_024
    );
    let (written, csv) = timed(|| sitrep.to_hxl(&Codes).expect("a table"));
    println!(
        "HXL of the month: {} KB in {written:.1?}",
        csv.len() / 1_024
    );
    // As many rows of sources as an operation of months has.
    let mut long = sitrep.clone();
    while !long.movements.is_empty() && long.movements.len() * 12 < WORKBOOK_ROWS {
        long.movements.extend(sitrep.movements.clone());
    }
    let rows = long.movements.len() * 12;
    let (written, book) = timed(|| long.to_xlsx(&Codes).expect("a workbook"));
    println!(
        "workbook with {rows} rows of sources: {} KB in {written:.1?}",
        book.len() / 1_024
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn compute(register: &Register<'_>, scope: &Scope) -> Sitrep {
    let stamp = Stamp {
        operation: "Demo".into(),
        log_end: String::new(),
        computed_at: scope.cut_off,
        computed_by: "Demo".into(),
    };
    Sitrep::compute(register, scope, stamp).expect("a report can be counted")
}

/// The same history each time.
fn history(arrivals: u64) -> impl Iterator<Item = Result<Recorded, RegisterError>> {
    let items = [ItemCode::HOT_MEAL, ItemCode::HYGIENE_KIT].map(item);
    let sites = [SITE, ORIGIN].map(site).into_iter().chain(items);
    let flights = (0..arrivals.div_ceil(SEATS)).flat_map(move |flight| {
        let people = (flight * SEATS..arrivals.min((flight + 1) * SEATS)).flat_map(arrival);
        landed(flight)
            .into_iter()
            .chain(people)
            .chain([closed(flight)])
    });
    let spread = move |number: u64, count: u64| {
        let place = i64::try_from(number * 1_000_000 / count).expect("below a million");
        Moment(START_MS + place * (DAYS * DAY_MS / 1_000_000))
    };
    let mut position = 0;
    sites.map(|event| (0, event)).chain(flights).map(
        move |(flight, (aggregate, event, personal))| {
            position += 1;
            let at = spread(flight, arrivals.div_ceil(SEATS));
            Ok(Recorded {
                order: Order {
                    wall_ms: u64::try_from(at.0).expect("after 1970"),
                    counter: 0,
                    node: NODE,
                    position,
                },
                node: NODE,
                aggregate,
                author: UserId(Uuid::from_u128(4)),
                occurred: Occurred::at(at),
                event,
                upon: None,
                parts: personal
                    .into_iter()
                    .map(|(slot, personal)| (slot, Ok(personal)))
                    .collect(),
            })
        },
    )
}

type Told = (Uuid, Event, Option<(Slot, Personal)>);

fn site(site: SiteId) -> Told {
    let opened = body::SiteOpened {
        site,
        name: format!("Demo {site}"),
        kind: SiteKind::AIRPORT,
        country: Country::HTI,
        area: None,
        port_code: None,
        capacity: None,
        time_zone: "America/Port-au-Prince".into(),
        day_closes_min: 0,
    };
    (site.0, opened.into(), None)
}

fn item(code: ItemCode) -> Told {
    let item = Item {
        code,
        stocked: true,
        money: None,
        limit: None,
    };
    (SITE.0, body::ItemDefined { item }.into(), None)
}

fn id(kind: u64, number: u64) -> Uuid {
    // Spread like real ids, so that the tables grow as they would.
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Uuid::from_u64_pair(mixed ^ kind, (kind << 56) | number)
}

fn landed(flight: u64) -> Vec<(u64, Told)> {
    let movement = MovementId(id(1, flight));
    let announced = body::MovementAnnounced {
        movement,
        kind: MovementKind::FLIGHT,
        designator: format!("DR-{flight}"),
        origin: ORIGIN,
        destination: SITE,
        expected: Moment(START_MS),
        legal_basis: LegalBasis::TITLE_42,
        announced: 100,
        screened_before: Screened::NotOffered,
    };
    let landed = body::MovementLanded {
        movement,
        headcount: 100,
    };
    vec![
        (flight, (movement.0, announced.into(), None)),
        (flight, (movement.0, landed.into(), None)),
    ]
}

/// Everybody is served before the next flight, as every evening of a real operation.
fn closed(flight: u64) -> (u64, Told) {
    let movement = MovementId(id(1, flight));
    let closed = body::MovementClosed { movement };
    (flight, (movement.0, closed.into(), None))
}

fn arrival(number: u64) -> Vec<(u64, Told)> {
    let flight = number / SEATS;
    let arrival = ArrivalId(id(2, number));
    let person = PersonId(id(3, number));
    let meal = EntitlementId(id(4, number));
    let kit = EntitlementId(id(5, number));
    let pick = |of: u64| usize::try_from(number % of).expect("small");
    let particulars = Particulars {
        given_names: format!("Demo{number}"),
        family_name: "Demo-Mapou".into(),
        sex: [Some(Sex::M), Some(Sex::F), Some(Sex::M), None][pick(4)],
        birth: [Some(Birth::Year(1990)), Some(Birth::Year(2012))][pick(2)],
        destination: PCode::KNOWN.get(pick(11)).cloned(),
        origin: PCode::KNOWN.get(pick(11)).cloned(),
        last_residence: Some([Country::CHL, Country::BRA][pick(2)]),
        ..Particulars::default()
    };
    let screening = Screening {
        vulnerabilities: if number.is_multiple_of(7) {
            vec![Vulnerability::PREGNANT]
        } else {
            Vec::new()
        },
        ..Screening::default()
    };
    let entitled = |entitlement, item| Entitled {
        entitlement,
        item,
        quantity: 1,
    };
    let given = |entitlement, item| body::EntitlementRedeemed {
        arrival,
        entitlement,
        item,
        quantity: 1,
        site: SITE,
        card_checked: false,
        from_stock: true,
        recovered: None,
    };
    let events: Vec<Told> = vec![
        (
            arrival.0,
            body::ArrivalMet {
                arrival,
                movement: MovementId(id(1, flight)),
                site: SITE,
                queue: u32::try_from(number).unwrap_or(u32::MAX),
                card: CardCode::from_random(number.to_be_bytes()),
            }
            .into(),
            None,
        ),
        (
            person.0,
            body::PersonRegistered { person }.into(),
            Some((Slot::Particulars, Personal::Particulars(particulars))),
        ),
        (
            arrival.0,
            body::ArrivalRegistered {
                arrival,
                person,
                line: None,
                declined: false,
                informed: true,
            }
            .into(),
            None,
        ),
        (
            arrival.0,
            body::ArrivalScreened { arrival }.into(),
            Some((Slot::Screening, Personal::Screening(screening))),
        ),
        (
            arrival.0,
            body::ArrivalEntitled {
                arrival,
                entitlements: vec![
                    entitled(meal, ItemCode::HOT_MEAL),
                    entitled(kit, ItemCode::HYGIENE_KIT),
                ],
            }
            .into(),
            None,
        ),
        (arrival.0, given(meal, ItemCode::HOT_MEAL).into(), None),
        (arrival.0, given(kit, ItemCode::HYGIENE_KIT).into(), None),
        (arrival.0, body::ArrivalLeft { arrival }.into(), None),
    ];
    events.into_iter().map(|event| (flight, event)).collect()
}

/// Words that cost nothing: ids and codes as they are.
struct Codes;

impl Words for Codes {
    fn language(&self) -> &'static str {
        "en"
    }

    fn say(&self, id: &str, _: &[(&str, Arg<'_>)]) -> String {
        id.to_owned()
    }

    fn word(&self, _: &str, code: &str) -> String {
        code.to_owned()
    }

    fn number(&self, number: i64) -> String {
        number.to_string()
    }

    fn date(&self, date: Date) -> String {
        date.to_string()
    }

    fn moment(&self, moment: Moment) -> String {
        moment.to_string()
    }

    fn local(&self, moment: Moment) -> DateTime {
        moment
            .timestamp()
            .to_zoned_datetime(TimeZone::UTC)
            .datetime()
    }
}
