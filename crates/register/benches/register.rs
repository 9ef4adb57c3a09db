//! How fast the register folds, counts and finds, in an encrypted file with the settings of a node.
//!
//! `cargo bench -p akey-register`. One arrival is ten events on three aggregates (a manifest line, a
//! person, the arrival: listed, met, two grants, registered, screened, three gifts), so a million
//! events are a hundred thousand people.

use std::sync::{Mutex, OnceLock};

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use domain::{
    ArrivalId, Birth, CardCode, Country, Day, Entitled, EntitlementId, Event, ItemCode, Known,
    LegalBasis, LineId, Moment, MovementId, MovementKind, NodeKey, Occurred, Order, PCode,
    Particulars, PersonId, Personal, Recorded, Screened, Screening, Sex, SiteId, SiteKind, Slot,
    UserId, Vulnerability, WaybillLine, body,
};
use register::figures::{Criteria, Dimension, Step};
use register::people::Search;
use register::{EventSource, Page, Register, RegisterError};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

fn main() {
    divan::main();
}

const SITE: SiteId = SiteId(Uuid::from_u128(1));
const NODE: NodeKey = NodeKey([7; 32]);
const START_MS: i64 = 1_632_000_000_000;
const PEOPLE_ON_A_FLIGHT: u64 = 150;
const EVENTS_OF_A_PERSON: u64 = 10;

/// Ids as random as real ones, and the same in every run (SplitMix64, Steele et al. 2014).
fn random(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn id(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(random(kind << 40 | number), random(number << 8 | kind))
}

/// Nothing comes late here, so nothing is asked for again.
struct NoSource;

impl EventSource for NoSource {
    fn of_aggregate(&self, _: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        Err(RegisterError::Source("nothing comes late".into()))
    }
}

struct Writer {
    position: u64,
    at: i64,
}

impl Writer {
    fn event(&mut self, aggregate: Uuid, event: impl Into<Event>) -> Recorded {
        self.position += 1;
        self.at += 20;
        Recorded {
            order: Order {
                wall_ms: self.at.unsigned_abs(),
                counter: 0,
                node: NODE,
                position: self.position,
            },
            node: NODE,
            aggregate,
            author: UserId(Uuid::from_u128(3)),
            occurred: Occurred::at(Moment(self.at)),
            event: event.into(),
            upon: None,
            parts: Vec::new(),
        }
    }
}

fn part(mut recorded: Recorded, slot: Slot, personal: Personal) -> Recorded {
    recorded.parts.push((slot, Ok(personal)));
    recorded
}

fn particulars(number: u64) -> Particulars {
    let syllables = [
        "ma", "ri", "jo", "wil", "ner", "ro", "zi", "ka", "pe", "lu", "fa", "de",
    ];
    let word = |seed: u64| -> String {
        let pick = |shift: u32| syllables[usize::try_from((seed >> shift) % 12).unwrap()];
        [pick(0), pick(8), pick(16)].concat()
    };
    let seed = random(number);
    let year = i16::try_from(1950 + seed % 70).unwrap();
    Particulars {
        given_names: format!("{} {}", word(seed % 997), word(seed % 499)),
        family_name: format!("Demo-{}", word(seed >> 7)),
        sex: Some(if seed.is_multiple_of(3) {
            Sex::F
        } else {
            Sex::M
        }),
        birth: Some(Birth::On(Day(jiff::civil::date(year, 5, 5)))),
        destination: Some(PCode::KNOWN[usize::try_from(seed % 10).unwrap()].clone()),
        origin: Some(PCode::KNOWN[usize::try_from((seed >> 9) % 10).unwrap()].clone()),
        last_residence: Some(Country::OFFERED[usize::try_from((seed >> 5) % 9).unwrap()]),
        nationalities: vec![Country::HTI],
        documents: vec![domain::Document::new(
            domain::DocumentKind::Passport,
            &format!("HA{number:08}"),
            None,
        )],
        ..Particulars::default()
    }
}

fn setup(writer: &mut Writer) -> Vec<Recorded> {
    let site = body::SiteOpened {
        site: SITE,
        name: "Port-au-Prince airport".into(),
        kind: SiteKind::AIRPORT,
        country: Country::HTI,
        area: None,
        port_code: None,
        capacity: None,
        time_zone: "America/Port-au-Prince".into(),
        day_closes_min: 0,
    };
    vec![writer.event(SITE.0, site)]
}

/// A flight lands with its meals, and the one before is closed.
fn flight(writer: &mut Writer, number: u64) -> Vec<Recorded> {
    let movement = MovementId(id(1, number));
    let announced = body::MovementAnnounced {
        movement,
        kind: MovementKind::FLIGHT,
        designator: format!("DR-{number}"),
        origin: SiteId(Uuid::from_u128(2)),
        destination: SITE,
        expected: Moment(writer.at),
        legal_basis: LegalBasis::TITLE_42,
        announced: 150,
        screened_before: Screened::NotKnown,
    };
    let landed = body::MovementLanded {
        movement,
        headcount: 150,
    };
    let waybill = domain::WaybillId(id(8, number));
    let lines = vec![WaybillLine {
        item: ItemCode::HOT_MEAL,
        quantity: 150,
    }];
    let received = body::WaybillReceived {
        waybill,
        destination: SITE,
        lines: lines.clone(),
        difference: None,
    };
    let sent = body::WaybillSent {
        waybill,
        number: format!("W-{number}"),
        origin: None,
        destination: SITE,
        lines,
        to: None,
    };
    let before = MovementId(id(1, number.wrapping_sub(1)));
    let closed = body::MovementClosed { movement: before };
    vec![
        writer.event(before.0, closed),
        writer.event(movement.0, announced),
        writer.event(movement.0, landed),
        writer.event(waybill.0, sent),
        writer.event(waybill.0, received),
    ]
}

fn person(writer: &mut Writer, number: u64) -> Vec<Recorded> {
    let movement = MovementId(id(1, number / PEOPLE_ON_A_FLIGHT));
    let line = LineId(id(2, number));
    let arrival = ArrivalId(id(3, number));
    let who = PersonId(id(4, number));
    let items = [
        ItemCode::HOT_MEAL,
        ItemCode::HYGIENE_KIT,
        ItemCode::CASH_GRANT,
    ];
    let entitlement = |place: u64| EntitlementId(id(5 + place, number));
    let known = particulars(number);
    let granted = |places: std::ops::Range<u64>| body::ArrivalEntitled {
        arrival,
        entitlements: places
            .map(|place| Entitled {
                entitlement: entitlement(place),
                item: items[usize::try_from(place).unwrap()].clone(),
                quantity: 1,
            })
            .collect(),
    };
    let listed = writer.event(line.0, body::LineListed { line, movement });
    let listed = part(listed, Slot::Row, Personal::Row(2));
    let mut events = vec![
        part(
            listed,
            Slot::Particulars,
            Personal::Particulars(known.clone()),
        ),
        writer.event(
            arrival.0,
            body::ArrivalMet {
                arrival,
                movement,
                site: SITE,
                queue: u32::try_from(number % PEOPLE_ON_A_FLIGHT).unwrap() + 1,
                card: CardCode::from_random(random(number).to_be_bytes()),
            },
        ),
        writer.event(arrival.0, granted(0..1)),
    ];
    let registered = writer.event(who.0, body::PersonRegistered { person: who });
    events.push(part(
        registered,
        Slot::Particulars,
        Personal::Particulars(known),
    ));
    events.push(writer.event(
        arrival.0,
        body::ArrivalRegistered {
            arrival,
            person: who,
            line: Some(line),
            declined: false,
            informed: true,
        },
    ));
    events.push(writer.event(arrival.0, granted(1..3)));
    let screened = writer.event(arrival.0, body::ArrivalScreened { arrival });
    let screening = Screening {
        vulnerabilities: (number.is_multiple_of(9))
            .then_some(Vulnerability::PREGNANT)
            .into_iter()
            .collect(),
        ..Screening::default()
    };
    events.push(part(
        screened,
        Slot::Screening,
        Personal::Screening(screening),
    ));
    for place in 0..3 {
        events.push(writer.event(
            arrival.0,
            body::EntitlementRedeemed {
                arrival,
                entitlement: entitlement(place),
                item: items[usize::try_from(place).unwrap()].clone(),
                quantity: 1,
                site: SITE,
                card_checked: false,
                from_stock: place < 2,
                recovered: None,
            },
        ));
    }
    events
}

/// The history of so many people, made while it is read.
fn history(people: u64) -> impl Iterator<Item = Recorded> {
    let mut writer = Writer {
        position: 0,
        at: START_MS,
    };
    let first = setup(&mut writer);
    let rest = (0..people).flat_map(move |number| {
        let mut events = Vec::new();
        if number.is_multiple_of(PEOPLE_ON_A_FLIGHT) {
            events = flight(&mut writer, number / PEOPLE_ON_A_FLIGHT);
        }
        events.extend(person(&mut writer, number));
        events
    });
    first.into_iter().chain(rest)
}

/// The page cache of a node, in kilobytes.
const CACHE_KB: u32 = 65_536;

/// An encrypted file with the settings of a node, and the folder it is in.
fn file() -> (TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = Connection::open(folder.path().join("register.sqlite")).expect("a file");
    connection
        .execute_batch(
            "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\";
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -65536;",
        )
        .expect("settings");
    let _ = register::migrate(&connection).expect("tables");
    (folder, connection)
}

fn folded(people: u64) -> (TempDir, Connection) {
    let (folder, connection) = file();
    // Ten million events are set up with more memory than they are asked with.
    let settle = |kilobytes: u32| {
        let pragma = format!("PRAGMA cache_size = -{kilobytes}");
        connection.execute_batch(&pragma).expect("a setting");
    };
    settle(if people > 100_000 {
        3_000_000
    } else {
        CACHE_KB
    });
    let events = history(people).map(Ok);
    Register::new(&connection)
        .fold(events, &NoSource)
        .expect("folds");
    settle(CACHE_KB);
    (folder, connection)
}

/// Registers of 100,000 and of 1,000,000 people, folded when first asked for.
fn with<T>(people: u64, ask: impl FnOnce(&Register<'_>, &Connection) -> T) -> T {
    static SITE_YEAR: OnceLock<Mutex<(TempDir, Connection)>> = OnceLock::new();
    static OPERATION: OnceLock<Mutex<(TempDir, Connection)>> = OnceLock::new();
    let of = if people > 100_000 {
        &OPERATION
    } else {
        &SITE_YEAR
    };
    let held = of.get_or_init(|| Mutex::new(folded(people)));
    let held = held.lock().expect("no bench panicked");
    ask(&Register::new(&held.1), &held.1)
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn fold_1_000_000_events(bencher: Bencher<'_, '_>) {
    let people = 1_000_000 / EVENTS_OF_A_PERSON;
    let events: Vec<_> = history(people).collect();
    bencher
        .counter(ItemsCount::new(events.len()))
        .with_inputs(|| (file(), events.clone()))
        .bench_local_values(|((folder, connection), events)| {
            let events = events.into_iter().map(Ok);
            let number = Register::new(&connection).fold(events, &NoSource);
            (number.expect("folds"), folder, connection)
        });
}

#[divan::bench(sample_count = 500, sample_size = 1)]
fn apply_one_event_at_100_000_people(bencher: Bencher<'_, '_>) {
    let mut number = 200_000_u64;
    with(100_000, |register, connection| {
        let mut waiting = Vec::new();
        let mut writer = Writer {
            position: 10_000_000,
            at: START_MS + 1_000_000_000,
        };
        // Without the commit: the node folds within the transaction of its ledger.
        connection.execute_batch("BEGIN").expect("a transaction");
        bencher
            .with_inputs(|| {
                if waiting.is_empty() {
                    number += 1;
                    waiting = person(&mut writer, number);
                    waiting.reverse();
                }
                waiting.pop().expect("filled above")
            })
            .bench_local_values(|event| register.apply(&event, &NoSource));
        connection.execute_batch("ROLLBACK").expect("a transaction");
    });
}

const SITREP_STEPS: [Step; 10] = [
    Step::Returned,
    Step::Listed,
    Step::Met,
    Step::Registered,
    Step::Unlisted,
    Step::Declined,
    Step::Screened,
    Step::Assisted,
    Step::Left,
    Step::NoShow,
];

const SITREP_DIMENSIONS: [Dimension; 5] = [
    Dimension::Movement,
    Dimension::AgeGroup,
    Dimension::Origin,
    Dimension::Destination,
    Dimension::LastResidence,
];

fn whole() -> Criteria {
    Criteria::of(Step::Met).between(Moment(START_MS), Moment(i64::MAX))
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn sitrep_every_step_by_five_dimensions(bencher: Bencher<'_, '_>, people: u64) {
    with(people, |register, _| {
        bencher.bench_local(|| register.tally(&whole(), &SITREP_STEPS, &SITREP_DIMENSIONS));
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn sitrep_met_to_assisted_by_age_group(bencher: Bencher<'_, '_>, people: u64) {
    let steps = [Step::Met, Step::Registered, Step::Screened, Step::Assisted];
    with(people, |register, _| {
        bencher.bench_local(|| register.tally(&whole(), &steps, &[Dimension::AgeGroup]));
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn sitrep_by_vulnerability(bencher: Bencher<'_, '_>, people: u64) {
    with(people, |register, _| {
        bencher.bench_local(|| {
            register.tally(&whole(), &[Step::Registered], &[Dimension::Vulnerability])
        });
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn sitrep_by_item(bencher: Bencher<'_, '_>, people: u64) {
    with(people, |register, _| {
        bencher.bench_local(|| register.tally(&whole(), &[Step::Assisted], &[Dimension::Item]));
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn list_of_everybody_met(bencher: Bencher<'_, '_>, people: u64) {
    with(people, |register, _| {
        bencher.bench_local(|| register.list(&whole(), Page::first(50)));
    });
}

#[divan::bench(
    args = ["mari jo", "demo", "zi pe demo wil", "fadefade", "HA00004242", "zzz mari", "j"],
    sample_count = 50
)]
fn search_at_100_000_people(bencher: Bencher<'_, '_>, text: &str) {
    let search = Search {
        text,
        site: SITE,
        since: Moment(0),
        limit: 20,
    };
    with(100_000, |register, _| {
        bencher.bench_local(|| register.search(black_box(&search)));
    });
}

#[divan::bench(sample_count = 20)]
fn stock_of_one_item_at_100_000_people(bencher: Bencher<'_, '_>) {
    with(100_000, |register, _| {
        bencher.bench_local(|| register.stock(SITE, NODE, black_box(&ItemCode::HOT_MEAL)));
    });
}

#[divan::bench(sample_count = 20)]
fn board_at_100_000_people(bencher: Bencher<'_, '_>) {
    with(100_000, |register, _| {
        bencher.bench_local(|| register.on_the_ground(SITE).map(|ground| ground.len()));
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn digest_at_100_000_people(bencher: Bencher<'_, '_>) {
    with(100_000, |register, _| {
        bencher.bench_local(|| register.digest());
    });
}
