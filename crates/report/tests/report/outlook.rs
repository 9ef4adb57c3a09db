//! What lies ahead, out of a register: goods, moves, places, desks.

use akey_report::outlook::{Outlook, outlook};
use domain::{
    Command, Country, Day, DifferenceReason, FigureId, ItemCode, LegalBasis, Method, Moment,
    MovementId, MovementKind, NewFigure, Onward, PCode, Screened, Sharpness, SiteId, SiteKind,
    StatedFigure, StocktakeId, TeamId, WaybillLine,
};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use crate::reception::{CAP_HAITIEN, CUSTODY, PORT_AU_PRINCE, Reception, listed};

const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
const DAYS: usize = 4;

fn must(reception: &mut Reception, command: Command) {
    reception.ask(PORT_AU_PRINCE, command).unwrap();
}

fn ahead(reception: &Reception) -> Outlook {
    outlook(&reception.register(), reception.now, DAYS).unwrap()
}

/// The shelves are counted, and so many meals are there.
fn meals(reception: &mut Reception, number: u128, site: SiteId, quantity: u32) {
    let command = Command::CountStock {
        stocktake: StocktakeId(Uuid::from_u128(0x51 << 64 | number)),
        site,
        counts: vec![WaybillLine {
            item: ItemCode::HOT_MEAL,
            quantity,
        }],
        difference: Some(DifferenceReason::DAMAGED),
    };
    reception.ask(site, command).unwrap();
}

fn expected(
    reception: &mut Reception,
    number: u128,
    (from, to): (SiteId, SiteId),
    hours: i64,
    announced: u32,
) -> MovementId {
    let movement = MovementId(Uuid::from_u128(0x30 << 64 | number));
    let announce = Command::AnnounceMovement {
        movement,
        kind: MovementKind::FLIGHT,
        designator: format!("DX-{number}"),
        origin: from,
        destination: to,
        expected: reception.now.plus_ms(hours * HOUR_MS),
        legal_basis: LegalBasis::TITLE_42,
        announced,
        screened_before: Screened::NotKnown,
    };
    must(reception, announce);
    movement
}

fn change_site(
    reception: &mut Reception,
    site: SiteId,
    area: Option<PCode>,
    capacity: Option<u32>,
) {
    let known = reception.register().sites().unwrap();
    let known = known.into_iter().find(|known| known.id == site).unwrap();
    must(
        reception,
        Command::OpenSite {
            site,
            name: known.name,
            kind: known.kind,
            country: known.country,
            area,
            port_code: known.port_code,
            capacity,
            time_zone: known.time_zone,
            day_closes_min: known.day_closes_min,
        },
    );
}

#[test]
fn a_shortage_is_seen_the_day_before_and_so_is_what_could_be_moved_and_why_not_tonight() {
    let mut reception = Reception::new(0);
    meals(&mut reception, 1, PORT_AU_PRINCE, 150);
    let into = (CUSTODY, PORT_AU_PRINCE);
    expected(&mut reception, 1, into, 3, 100);
    expected(&mut reception, 2, into, 27, 100);
    let seen = ahead(&reception);
    let row = |item: &ItemCode| {
        let mut rows = seen.rows.iter();
        let found = rows.find(|row| row.site == PORT_AU_PRINCE && row.item == *item);
        found.unwrap().clone()
    };
    let food = row(&ItemCode::HOT_MEAL);
    assert_eq!(food.short_likely, Some(Day(date(2021, 9, 20))));
    assert_eq!(food.lasts.likely, Some(1));
    assert_eq!(food.short_by, 50);
    let left: Vec<_> = food.left.iter().map(|left| left.likely).collect();
    assert_eq!(left, [50, -50, -50, -50]);
    assert_eq!(food.movements.len(), 2);
    assert_eq!(row(&ItemCode::HYGIENE_KIT).lasts.hard, None);
    let [one] = seen.suggestions.moves.as_slice() else {
        panic!("{:?}", seen.suggestions)
    };
    assert_eq!(
        (one.from, one.to, one.amount),
        (CAP_HAITIEN, PORT_AU_PRINCE, 50)
    );
    assert_eq!(one.onward, Onward::Go);
    change_site(&mut reception, CAP_HAITIEN, Some(PCode::HT03), None);
    let confined = Command::ConfineTeam {
        team: TeamId(Uuid::from_u128(7)),
        people: 3,
        area: PCode::HT03,
        site: None,
        text: None,
    };
    must(&mut reception, confined);
    assert_eq!(ahead(&reception).suggestions.moves[0].onward, Onward::Stay);
}

#[test]
fn what_is_moved_away_from_a_site_needs_no_package_there() {
    let mut reception = Reception::new(0);
    expected(&mut reception, 1, (PORT_AU_PRINCE, CUSTODY), 3, 500);
    let seen = ahead(&reception);
    assert!(
        seen.rows.iter().all(|row| row.site != CUSTODY),
        "{:?}",
        seen.rows
    );
    assert!(seen.desks.is_empty());
}

#[test]
fn as_many_come_of_those_announced_as_came_so_far() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 10, LegalBasis::TITLE_42);
    reception.list(movement, listed(0..10));
    reception.land(movement, 9);
    for number in 0..9 {
        reception.meet(movement);
        let line = (number < 8).then(|| reception.free_line(movement).unwrap());
        let arrival = *reception.arrivals.last().unwrap();
        reception.put_on_record(arrival, line, None);
    }
    must(&mut reception, Command::CloseMovement { movement });
    expected(&mut reception, 1, (CUSTODY, PORT_AU_PRINCE), 3, 1_000);
    let seen = ahead(&reception);
    let came = seen.turnout;
    assert_eq!((came.movements, came.listed), (1, 10));
    assert_eq!((came.no_shows, came.unlisted), (2, 1));
    assert_eq!(came.permille.likely, 900);
    let people = seen.desks[0].days[0].people;
    assert_eq!(people.likely, 900);
    assert!(people.low < 800 && people.high > 950, "{people:?}");
}

#[test]
fn desks_are_told_by_how_long_registrations_took_without_the_pauses() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 40, LegalBasis::TITLE_42);
    reception.land(movement, 40);
    let none = ahead(&reception).desks[0].clone();
    assert_eq!((none.waiting, none.service_ms, none.desks), (40, None, 0));
    assert!(none.days[0].desks.is_none());
    for number in 0..20 {
        reception.meet(movement);
        let pause = if number == 10 { 90 } else { 2 };
        reception.now = reception.now.plus_ms(pause * MINUTE_MS - 2_000);
        let arrival = *reception.arrivals.last().unwrap();
        reception.put_on_record(arrival, None, None);
    }
    let seen = ahead(&reception).desks[0].clone();
    assert_eq!((seen.waiting, seen.desks, seen.seen), (20, 1, 18));
    assert_eq!(seen.service_ms.unwrap().likely, 120_000);
    let served = seen.last_served.unwrap();
    assert_eq!(served.likely, Some(reception.now.plus_ms(40 * MINUTE_MS)));
    assert_eq!(seen.days[0].desks.unwrap().likely, Some(1));
    // After six in the evening nobody is to wait two hours from then, or from when the last one comes.
    reception.now = Moment::from("2021-09-19T22:30:00Z".parse::<jiff::Timestamp>().unwrap());
    let dark = ahead(&reception).desks[0].days[0];
    assert_eq!(dark.by, reception.now.plus_ms(2 * HOUR_MS));
    assert_eq!(dark.desks.unwrap().likely, Some(1));
    expected(&mut reception, 1, (CUSTODY, PORT_AU_PRINCE), 1, 60);
    let late = ahead(&reception).desks[0].days[0];
    assert_eq!(late.by, reception.now.plus_ms(179 * MINUTE_MS));
    assert_eq!(late.desks.unwrap().likely, Some(1));
}

#[test]
fn a_site_that_holds_so_many_is_seen_to_fill_up() {
    let mut reception = Reception::new(0);
    change_site(&mut reception, CUSTODY, None, Some(100));
    assert!(
        ahead(&reception).places.is_empty(),
        "nobody knows who is there"
    );
    let stated = StatedFigure {
        code: "H1".into(),
        indicator: "present".into(),
        low: 80,
        high: None,
        sharpness: Sharpness::About,
        method: Method::Count,
        unit: "person".into(),
        from: None,
        as_of: Day(date(2021, 9, 19)),
        minute: Some(0),
        place: "Custody".into(),
        site: Some(CUSTODY),
        route: String::new(),
        breakdown: String::new(),
        stated_by: "Demo".into(),
        published_by: String::new(),
        published_on: Day(date(2021, 9, 19)),
        source_url: String::new(),
        note: String::new(),
        parts: Vec::new(),
    };
    let figures = vec![NewFigure {
        id: FigureId(Uuid::from_u128(1)),
        stated,
        replaces: None,
    }];
    must(&mut reception, Command::StateFigures { figures });
    expected(&mut reception, 1, (CAP_HAITIEN, CUSTODY), 3, 15);
    expected(&mut reception, 2, (CAP_HAITIEN, CUSTODY), 27, 10);
    expected(&mut reception, 3, (CUSTODY, PORT_AU_PRINCE), 50, 30);
    let seen = ahead(&reception);
    let [custody] = seen.places.as_slice() else {
        panic!("{:?}", seen.places)
    };
    assert_eq!((custody.here.low, custody.here.high), (76, 84));
    let left: Vec<_> = custody
        .left
        .iter()
        .map(|left| (left.low, left.likely, left.high))
        .collect();
    assert_eq!(left, [(1, 5, 9), (-9, -5, -1), (-9, 25, 29), (-9, 25, 29)]);
    assert_eq!(custody.short_latest, Some(Day(date(2021, 9, 20))));
    let of = seen.clone().of_site("Custody").unwrap();
    assert!(of.rows.is_empty() && of.places.len() == 1);
    assert!(seen.of_site("Nowhere").is_none());
}

#[test]
fn what_cannot_be_weighed_is_said_and_is_not_nothing() {
    let mut reception = Reception::new(0);
    meals(&mut reception, 1, PORT_AU_PRINCE, 10);
    expected(&mut reception, 1, (CUSTODY, PORT_AU_PRINCE), 3, 50);
    for number in 0..60 {
        let site = SiteId(Uuid::from_u128(0x99 << 64 | number));
        must(
            &mut reception,
            Command::OpenSite {
                site,
                name: format!("Demo store {number}"),
                kind: SiteKind::WAREHOUSE,
                country: Country::HTI,
                area: None,
                port_code: None,
                capacity: None,
                time_zone: "America/Port-au-Prince".into(),
                day_closes_min: 0,
            },
        );
        meals(&mut reception, 100 + number, site, 5);
    }
    let found = ahead(&reception).suggestions;
    assert!(found.moves.is_empty());
    let [(item, why)] = found.unweighed.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(*item, ItemCode::HOT_MEAL);
    assert!(why.contains("62 sites are more"), "{why}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The simplest model there is: a shelf, and so many meals a day.
    #[test]
    fn meals_last_as_long_as_counting_on_ones_fingers_says(
        shelf in 0_u32..400,
        days in prop::collection::vec(0_u32..150, DAYS),
    ) {
        let mut reception = Reception::new(0);
        meals(&mut reception, 1, PORT_AU_PRINCE, shelf);
        let mut left = i64::from(shelf);
        let mut short = None;
        let mut ends = Vec::new();
        for (number, people) in days.iter().enumerate() {
            let hours = i64::try_from(number).unwrap() * 24 + 2;
            if *people > 0 {
                let id = u128::try_from(number).unwrap();
                expected(&mut reception, id, (CUSTODY, PORT_AU_PRINCE), hours, *people);
            }
            left -= i64::from(*people);
            ends.push(left);
            if left < 0 {
                short.get_or_insert(number);
            }
        }
        let seen = ahead(&reception);
        let row = seen.rows.iter().find(|row| row.site == PORT_AU_PRINCE && row.item == ItemCode::HOT_MEAL);
        let Some(row) = row else {
            prop_assert!(shelf == 0 && days.iter().all(|people| *people == 0));
            return Ok(());
        };
        let likely: Vec<_> = row.left.iter().map(|left| left.likely).collect();
        prop_assert_eq!(likely, ends);
        prop_assert_eq!(row.lasts.likely, short);
    }
}
