//! Sites balance out of headcounts and movements, and stated figures stand beside our own.

use akey_report::balance::{Balances, Span, balances};
use akey_report::stated::{fresh, hold};
use domain::{
    Command, Day, FigureId, LegalBasis, Method, MovementId, MovementKind, NewFigure, Screened,
    ScreenedBefore, ScreenedCounts, Screening, Sharpness, SiteId, StatedFigure,
};
use figures::Options;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::reception::{CUSTODY, PORT_AU_PRINCE, Reception};

fn headcount(
    code: &str,
    site: SiteId,
    day: Date,
    minute: Option<u16>,
    low: u64,
    about: bool,
) -> StatedFigure {
    StatedFigure {
        code: code.into(),
        indicator: "present".into(),
        low,
        high: None,
        sharpness: if about {
            Sharpness::About
        } else {
            Sharpness::Exact
        },
        method: Method::Count,
        unit: "person".into(),
        from: None,
        as_of: Day(day),
        minute,
        place: "Custody".into(),
        site: Some(site),
        route: String::new(),
        breakdown: String::new(),
        stated_by: "Demo".into(),
        published_by: String::new(),
        published_on: Day(date(2021, 9, 19)),
        source_url: String::new(),
        note: String::new(),
        parts: Vec::new(),
    }
}

fn must(reception: &mut Reception, command: Command) {
    reception.ask(PORT_AU_PRINCE, command).unwrap();
}

fn state(reception: &mut Reception, number: u128, stated: StatedFigure) {
    let figures = vec![NewFigure {
        id: FigureId(Uuid::from_u128(number)),
        stated,
        replaces: None,
    }];
    must(reception, Command::StateFigures { figures });
}

fn balanced(reception: &Reception) -> Balances {
    balances(&reception.register(), Options::default()).unwrap()
}

/// A transfer out of custody that leaves and arrives now.
fn transfer(reception: &mut Reception, number: u128, people: u32) -> MovementId {
    let movement = MovementId(Uuid::from_u128(7_000 + number));
    let expected = reception.now;
    must(
        reception,
        Command::AnnounceMovement {
            movement,
            kind: MovementKind::TRANSFER,
            designator: format!("T{number}"),
            origin: CUSTODY,
            destination: PORT_AU_PRINCE,
            expected,
            legal_basis: LegalBasis::SECTOR_TRANSFER,
            announced: people,
            screened_before: Screened::NotKnown,
        },
    );
    must(reception, Command::DepartMovement { movement });
    must(
        reception,
        Command::LandMovement {
            movement,
            headcount: people,
        },
    );
    movement
}

#[test]
fn what_left_and_was_not_counted_is_unaccounted_for_by_as_much_as_the_counts_leave_open() {
    let mut reception = Reception::new(0);
    let first = date(2021, 9, 19);
    state(
        &mut reception,
        1,
        headcount("C1", CUSTODY, first, Some(0), 1_000, false),
    );
    reception.wait(24);
    transfer(&mut reception, 1, 300);
    reception.wait(48);
    state(
        &mut reception,
        2,
        headcount("C2", CUSTODY, date(2021, 9, 21), Some(60), 600, true),
    );
    let balances = balanced(&reception);
    let custody = balances
        .sites
        .iter()
        .find(|site| site.site == CUSTODY)
        .unwrap();
    assert_eq!((custody.came, custody.left), (0, 300));
    assert_eq!(
        custody.expected,
        Some(Span {
            low: 700,
            high: 700
        })
    );
    // About 600 is 570 to 630.
    assert_eq!(custody.unaccounted, Some(Span { low: 70, high: 130 }));
    assert_eq!(custody.unaccounted_said, Some(100));
    let last = custody.held.last().unwrap();
    assert_eq!(
        last.people,
        Span {
            low: 700,
            high: 700
        }
    );
}

#[test]
fn a_movement_on_the_day_of_a_count_may_have_been_before_it_or_after() {
    let mut reception = Reception::new(0);
    let day = date(2021, 9, 19);
    transfer(&mut reception, 1, 300);
    state(
        &mut reception,
        1,
        headcount("C1", CUSTODY, day, None, 1_000, false),
    );
    reception.wait(48);
    state(
        &mut reception,
        2,
        headcount("C2", CUSTODY, date(2021, 9, 20), None, 700, false),
    );
    let balances = balanced(&reception);
    let custody = balances
        .sites
        .iter()
        .find(|site| site.site == CUSTODY)
        .unwrap();
    assert_eq!(
        custody.expected,
        Some(Span {
            low: 700,
            high: 1_000
        })
    );
    assert_eq!(custody.unaccounted, Some(Span { low: 0, high: 300 }));
}

#[test]
fn flows_say_on_what_basis_and_whether_people_were_screened() {
    let mut reception = Reception::new(0);
    let first = transfer(&mut reception, 1, 300);
    transfer(&mut reception, 2, 20);
    must(
        &mut reception,
        Command::StateScreening {
            movement: first,
            counts: ScreenedCounts {
                offered: Some(300),
                refused: Some(12),
                ..ScreenedCounts::default()
            },
        },
    );
    let balances = balanced(&reception);
    let [flow] = &balances.flows[..] else {
        panic!("{:?}", balances.flows)
    };
    assert_eq!((flow.people, flow.movements.len()), (320, 2));
    assert_eq!(flow.screening.refused, Some(12));
    assert_eq!(flow.said.get("not_known"), Some(&1));
}

#[test]
fn what_people_say_themselves_stands_beside_what_was_said_of_them() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 4, LegalBasis::TITLE_42);
    reception.land(movement, 4);
    for answer in [
        Some(ScreenedBefore::Refused),
        Some(ScreenedBefore::NotOffered),
        None,
    ] {
        reception.meet(movement);
        let arrival = *reception.arrivals.last().unwrap();
        reception.put_on_record(arrival, None, None);
        let screening = Screening {
            before: answer,
            ..Screening::default()
        };
        let screen = |screening| Command::Screen {
            arrival,
            screening,
            note: None,
        };
        reception
            .ask_at(arrival, screen(screening.clone()))
            .unwrap();
        // Asked again, they say the same: it is one person.
        reception.ask_at(arrival, screen(screening)).unwrap();
    }
    let balances = balanced(&reception);
    let flow = balances
        .flows
        .iter()
        .find(|flow| flow.movements == [movement]);
    let told = &flow.unwrap().told;
    assert_eq!(told.get(&ScreenedBefore::Refused), Some(&1));
    assert_eq!(told.values().sum::<u32>(), 2);
    let of_one = reception.register().told_before(Some(movement)).unwrap();
    assert_eq!(&of_one[&movement], told);
}

#[test]
fn who_is_transferred_has_not_returned() {
    let mut reception = Reception::new(0);
    let scope = reception.scope();
    let before = reception.sitrep(&scope);
    transfer(&mut reception, 1, 300);
    let scope = reception.scope();
    let after = reception.sitrep(&scope);
    for measure in [
        akey_report::Measure::Returned,
        akey_report::Measure::Announced,
        akey_report::Measure::Movements,
    ] {
        assert_eq!(
            before.totals.of(measure).shown(),
            after.totals.of(measure).shown(),
            "{measure:?}"
        );
    }
    assert!(after.movements.is_empty());
}

#[test]
fn our_own_number_stands_beside_what_was_stated_of_the_same_people() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 110, LegalBasis::TITLE_42);
    reception.land(movement, 110);
    transfer(&mut reception, 1, 40);
    reception.wait(30);
    let returned = |code: &str, low, route: &str, from| StatedFigure {
        indicator: "returned".into(),
        place: "Haiti".into(),
        route: route.into(),
        from: Some(Day(from)),
        site: None,
        as_of: Day(date(2021, 9, 19)),
        ..headcount(code, CUSTODY, date(2021, 9, 19), None, low, false)
    };
    let day = date(2021, 9, 19);
    state(&mut reception, 1, returned("F1", 110, "USA>HTI", day));
    state(&mut reception, 2, returned("F2", 100, "all>HTI", day));
    state(&mut reception, 3, returned("F3", 100, "camp>planes", day));
    state(
        &mut reception,
        4,
        returned("F4", 500, "USA>HTI", date(2021, 9, 1)),
    );
    let held = hold(&reception.register(), Options::default(), reception.now).unwrap();
    assert_eq!((held.own["F1"].value, held.own["F1"].apart), (110, 0));
    assert_eq!((held.own["F2"].value, held.own["F2"].apart), (110, 10));
    assert!(
        !held.own.contains_key("F3"),
        "we do not count by the road out of the camp"
    );
    assert_eq!(held.own["F4"].counts_from, Some(Day(day)));
    assert!(!held.own["F1"].goes_on);
}

#[test]
fn a_file_taken_in_again_brings_only_what_is_new_and_parts_that_are_somewhere() {
    let mut reception = Reception::new(0);
    state(
        &mut reception,
        1,
        headcount("C1", CUSTODY, date(2021, 9, 19), None, 5, false),
    );
    let csv = "figure_id,indicator,value_low,precision,as_of,place,stated_by,parts\n\
               C1,present,5,exact,2021-09-19,Custody,Demo,\n\
               W,present,9,exact,2021-09-19,Custody,Demo,C1 NOWHERE W\n\
               N,present,9,exact,2021-09-19,,Demo,\n\
               L,present,9,exact,2099-09-19,Custody,Demo,\n";
    let read = figures::read(csv.as_bytes()).unwrap();
    let fresh = fresh(&reception.register(), &read.statements, reception.now).unwrap();
    assert_eq!(fresh.known, 1);
    assert_eq!(
        fresh.unusable,
        [("N".to_owned(), "place"), ("L".to_owned(), "as_of")]
    );
    assert_eq!(fresh.statements.len(), 1);
    assert_eq!(fresh.statements[0].parts, "C1");
    let lost = [
        ("W".to_owned(), "NOWHERE".to_owned()),
        ("W".to_owned(), "W".to_owned()),
    ];
    assert_eq!(fresh.lost_parts, lost);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whoever counts rightly, before and after, leaves nobody unaccounted for.
    #[test]
    fn true_counts_leave_nobody_out(
        people in 500_u64..2_000,
        taken in proptest::collection::vec(1_u32..100, 0..5),
        about in any::<bool>(),
    ) {
        let mut reception = Reception::new(0);
        state(&mut reception, 1, headcount("C1", CUSTODY, date(2021, 9, 19), None, people, about));
        for (number, taken) in (0..).zip(&taken) {
            transfer(&mut reception, number, *taken);
        }
        reception.wait(26);
        let left = people - taken.iter().map(|taken| u64::from(*taken)).sum::<u64>();
        state(&mut reception, 2, headcount("C2", CUSTODY, date(2021, 9, 20), Some(30), left, about));
        let balances = balanced(&reception);
        let custody = balances.sites.iter().find(|site| site.site == CUSTODY).unwrap();
        let unaccounted = custody.unaccounted.unwrap();
        prop_assert!(unaccounted.low <= 0 && unaccounted.high >= 0, "{unaccounted:?}");
    }
}
