//! Counting: whatever happened, parts sum to the whole, every number opens exactly what it was
//! counted from, and published figures come out of the events.

use akey_report::{
    Dimension, Figure, ItemRow, Measure, Narrowed, ReportError, Scope, Sitrep, Span, Stamp,
    StepKind, Trace, published,
};
use domain::{
    Command, Day, ItemCode, Known, LegalBasis, Moment, SiteId, VoidReason, Vulnerability,
};
use jiff::civil::date;
use proptest::prelude::*;
use register::Page;
use register::figures::Row;

use crate::reception::{CAP_HAITIEN, PORT_AU_PRINCE, Reception, listed, somebody};

/// Something that happens; numbers choose among what there is.
#[derive(Clone, Copy, Debug)]
enum Happening {
    Announce {
        north: bool,
        people: u32,
        basis: usize,
    },
    List {
        movement: usize,
        people: u32,
    },
    Land {
        movement: usize,
        people: u32,
    },
    Meet {
        movement: usize,
    },
    Register {
        arrival: usize,
        listed: bool,
        declined: bool,
    },
    Screen {
        arrival: usize,
        found: usize,
    },
    Give {
        arrival: usize,
        place: usize,
    },
    Void {
        arrival: usize,
    },
    Leave {
        arrival: usize,
    },
    Close {
        movement: usize,
    },
    Wait {
        hours: i64,
    },
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    use Happening as H;
    let n = || 0_usize..64;
    let one = prop_oneof![
        2 => (any::<bool>(), 1_u32..9, 0_usize..3).prop_map(|(north, people, basis)| H::Announce { north, people, basis }),
        2 => (n(), 0_u32..8).prop_map(|(movement, people)| H::List { movement, people }),
        3 => (n(), 0_u32..9).prop_map(|(movement, people)| H::Land { movement, people }),
        6 => n().prop_map(|movement| H::Meet { movement }),
        6 => (n(), any::<bool>(), prop::bool::weighted(0.1)).prop_map(|(arrival, listed, declined)| H::Register { arrival, listed, declined }),
        3 => (n(), 0_usize..4).prop_map(|(arrival, found)| H::Screen { arrival, found }),
        5 => (n(), 0_usize..3).prop_map(|(arrival, place)| H::Give { arrival, place }),
        1 => n().prop_map(|arrival| H::Void { arrival }),
        1 => n().prop_map(|arrival| H::Leave { arrival }),
        1 => n().prop_map(|movement| H::Close { movement }),
        3 => (1_i64..20).prop_map(|hours| H::Wait { hours }),
    ];
    proptest::collection::vec(one, 10..90)
}

fn play(reception: &mut Reception, happenings: Vec<Happening>) {
    let first = reception.announce(PORT_AU_PRINCE, 4, LegalBasis::TITLE_42);
    reception.list(first, listed(0..4));
    reception.land(first, 4);
    for _ in 0..3 {
        reception.meet(first);
    }
    for (number, happening) in (100_u32..).zip(happenings) {
        happen(reception, number, happening);
    }
}

fn happen(reception: &mut Reception, number: u32, happening: Happening) {
    use Happening as H;
    let movement = |place: usize| reception.movements[place % reception.movements.len()];
    let arrival = |place: usize| reception.arrivals[place % reception.arrivals.len()];
    match happening {
        H::Announce {
            north,
            people,
            basis,
        } => {
            let site = if north { CAP_HAITIEN } else { PORT_AU_PRINCE };
            let basis = [
                LegalBasis::TITLE_42,
                LegalBasis::VOLUNTARY_RETURN,
                LegalBasis::NOT_STATED,
            ][basis]
                .clone();
            reception.announce(site, people, basis);
        }
        H::List {
            movement: place,
            people,
        } => {
            let movement = movement(place);
            let start = number * 10;
            reception.list(movement, listed(start..start + people));
        }
        H::Land {
            movement: place,
            people,
        } => {
            let movement = movement(place);
            reception.land(movement, people);
        }
        H::Meet { movement: place } => {
            let movement = movement(place);
            reception.meet(movement);
        }
        H::Register {
            arrival: place,
            listed,
            declined,
        } => {
            let arrival = arrival(place);
            let movement = reception
                .register()
                .arrival(arrival)
                .unwrap()
                .unwrap()
                .movement;
            let line = if listed {
                reception.free_line(movement)
            } else {
                None
            };
            reception.put_on_record(arrival, line, (!declined).then(|| somebody(number)));
        }
        H::Screen {
            arrival: place,
            found,
        } => {
            let arrival = arrival(place);
            let found = [
                vec![],
                vec![Vulnerability::NO_SHELTER],
                vec![Vulnerability::PREGNANT, Vulnerability::NO_SHELTER],
                vec![Vulnerability::CHILD_ALONE],
            ][found]
                .clone();
            reception.screen(arrival, found);
        }
        H::Give {
            arrival: place,
            place: item,
        } => {
            let arrival = arrival(place);
            reception.give(arrival, item);
        }
        H::Void { arrival: place } => {
            let arrival = arrival(place);
            if let Some(entitlement) = reception.give(arrival, 0) {
                let void = Command::Void {
                    arrival,
                    entitlement,
                    reason: VoidReason::NOT_GIVEN,
                };
                reception.ask_at(arrival, void).unwrap();
            }
        }
        H::Leave { arrival: place } => {
            let arrival = arrival(place);
            let _ = reception.ask_at(arrival, Command::Leave { arrival });
        }
        H::Close { movement: place } => {
            let movement = movement(place);
            let site = reception.site_of(movement);
            let _ = reception.ask(site, Command::CloseMovement { movement });
        }
        H::Wait { hours } => reception.wait(hours),
    }
}

/// Every figure of a report.
fn figures(sitrep: &Sitrep) -> Vec<Figure> {
    let rows = sitrep.days.iter().map(|row| &row.counts);
    let counts = rows
        .chain(sitrep.movements.iter().map(|row| &row.counts))
        .chain([&sitrep.totals, &sitrep.landed]);
    let mut figures: Vec<_> = counts
        .flat_map(|counts| Measure::ALL.map(|measure| counts.of(measure).clone()))
        .collect();
    for breakdown in &sitrep.breakdowns {
        figures.push(breakdown.total.clone());
        figures.extend(breakdown.rows.iter().map(|row| row.figure.clone()));
    }
    figures.extend(sitrep.items.iter().map(|row| row.people.clone()));
    figures.extend(sitrep.items.iter().filter_map(|row| row.quantity.clone()));
    figures
}

fn opens_what_it_counts(reception: &Reception, figure: &Figure) {
    let key = figure.trace.as_ref().unwrap().key();
    let trace = Trace::from_key(&key).unwrap();
    let register = reception.register();
    let value = u64::try_from(figure.shown().unwrap()).unwrap();
    assert_eq!(trace.count(&register).unwrap(), value, "{key}");
    // Page by page, three at a time: together they are the whole.
    let (mut rows, mut number) = (Vec::new(), 0);
    loop {
        let opened = trace.open(&register, Page { number, size: 3 }).unwrap();
        assert_eq!(opened.value, value, "{key}");
        rows.extend(opened.rows);
        number += 1;
        if u64::from(number) * 3 >= opened.total {
            assert_eq!(rows.len() as u64, opened.total, "{key}");
            break;
        }
    }
    let order = |row: &Row| (row.at, row.queue, row.position);
    assert!(rows.is_sorted_by_key(order), "{key} is not in order");
    let mut different = rows.clone();
    // Somebody may be given an item more than once, each time by an event of its own.
    different.sort_by_key(|row| (row.subject, row.node, row.position));
    different.dedup_by_key(|row| (row.subject, row.node, row.position));
    assert_eq!(different.len(), rows.len(), "{key} lists something twice");
    let counted = match trace.measure {
        Measure::Movements if !trace.counts_pieces() => rows.len() as u64,
        _ => rows.iter().map(|row| u64::from(row.people)).sum(),
    };
    assert_eq!(counted, value, "{key}");
}

fn sums_to_the_whole(sitrep: &Sitrep) {
    let of = |figure: &Figure| figure.shown().unwrap();
    for measure in Measure::ALL {
        let days: i64 = sitrep
            .days
            .iter()
            .map(|row| of(row.counts.of(measure)))
            .sum();
        assert_eq!(days, of(sitrep.totals.of(measure)), "{measure:?} by day");
        let movements: i64 = sitrep
            .movements
            .iter()
            .map(|row| of(row.counts.of(measure)))
            .sum();
        assert_eq!(
            movements,
            of(sitrep.landed.of(measure)),
            "{measure:?} by movement"
        );
        let apart = sitrep.apart.iter().find(|apart| apart.measure == measure);
        if !matches!(measure, Measure::Announced | Measure::Listed) {
            let difference = apart.map_or(0, |apart| apart.difference);
            assert_eq!(days, movements + difference, "{measure:?} apart");
        }
    }
    for breakdown in &sitrep.breakdowns {
        let rows: i64 = breakdown.rows.iter().map(|row| of(&row.figure)).sum();
        if breakdown.parts_are_the_whole {
            assert_eq!(rows, of(&breakdown.total), "{:?}", breakdown.by);
        }
    }
    let mut reached = 0;
    for step in &sitrep.reconciliation.as_ref().unwrap().steps {
        if step.kind == StepKind::Announced {
            reached = step.value;
        } else if step.kind.is_reached() {
            assert_eq!(reached, step.value, "{:?}", step.kind);
        } else {
            reached += step.value;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn parts_sum_to_the_whole_and_every_number_opens_what_it_counts(
        happenings in happenings(),
        closes_at_six in any::<bool>(),
        hours_back in 0_i64..30,
        here in proptest::option::of(any::<bool>()),
    ) {
        let mut reception = Reception::new(if closes_at_six { 18 * 60 } else { 0 });
        play(&mut reception, happenings);
        let scope = Scope {
            sites: here.map_or_else(Vec::new, |north| vec![if north { CAP_HAITIEN } else { PORT_AU_PRINCE }]),
            cut_off: reception.now.plus_ms(-hours_back * 3_600_000),
            ..reception.scope()
        };
        let sitrep = reception.sitrep(&scope);
        sums_to_the_whole(&sitrep);
        for figure in figures(&sitrep) {
            opens_what_it_counts(&reception, &figure);
        }
    }
}

/// Days of September 2021 with the people of each flight: 12 flights with 1,401 people by the 23rd,
/// 17 by the 24th, as published.
#[test]
fn the_published_figures_of_september_2021_are_counted_out_of_the_events() {
    let mut reception = Reception::new(0);
    let flights = [110, 107, 110, 122, 118, 120, 124, 110, 121, 116, 121, 122];
    for (place, people) in (0_u32..).zip(flights) {
        if place % 3 == 0 && place > 0 {
            reception.wait(24);
        }
        let movement = reception.announce(PORT_AU_PRINCE, people, LegalBasis::TITLE_42);
        reception.land(movement, people);
    }
    let scope = Scope {
        to: Day(date(2021, 9, 23)),
        ..reception.scope()
    };
    let stated = published::read(include_bytes!("../../../akey/figures/haiti-2021.csv")).unwrap();
    let compared = published::compare(&reception.sitrep(&scope), &stated);
    let found: Vec<_> = compared
        .iter()
        .map(|one| (one.figure_id.as_str(), one.computed, one.fits))
        .collect();
    assert_eq!(
        found,
        [("DR02", Some(1_401), true), ("DR03", Some(12), true)]
    );

    reception.wait(24);
    for people in [120, 120, 119, 120, 120] {
        let movement = reception.announce(PORT_AU_PRINCE, people, LegalBasis::TITLE_42);
        reception.land(movement, people);
    }
    let scope = Scope {
        to: Day(date(2021, 9, 24)),
        cut_off: reception.now.plus_ms(1),
        ..scope
    };
    let compared = published::compare(&reception.sitrep(&scope), &stated);
    assert_eq!(compared.len(), 2);
    assert!(compared.iter().all(|one| one.fits), "{compared:?}");
}

#[test]
fn somebody_served_on_the_day_after_landing_is_counted_on_both_tables_with_the_difference_named() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 2, LegalBasis::TITLE_42);
    reception.land(movement, 2);
    reception.meet(movement);
    reception.wait(24);
    reception.meet(movement);
    let second_day = Scope {
        from: Day(date(2021, 9, 20)),
        to: Day(date(2021, 9, 20)),
        ..reception.scope()
    };
    let sitrep = reception.sitrep(&second_day);
    assert_eq!(sitrep.totals.of(Measure::Met).shown(), Some(1));
    assert_eq!(sitrep.landed.of(Measure::Met).shown(), Some(0));
    let apart: Vec<_> = sitrep
        .apart
        .iter()
        .map(|apart| (apart.measure, apart.difference))
        .collect();
    assert_eq!(apart, [(Measure::Met, 1)]);
}

#[test]
fn what_happened_after_the_cut_off_is_not_counted() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 2, LegalBasis::TITLE_42);
    reception.land(movement, 2);
    reception.meet(movement);
    let cut_off = reception.now.plus_ms(1);
    reception.meet(movement);
    let sitrep = reception.sitrep(&Scope {
        cut_off,
        ..reception.scope()
    });
    assert_eq!(sitrep.totals.of(Measure::Met).shown(), Some(1));
    let missing = sitrep.reconciliation.unwrap();
    let step = missing
        .steps
        .iter()
        .find(|step| step.kind == StepKind::NotMet)
        .unwrap();
    assert_eq!(step.value, 1);
}

#[test]
fn the_same_register_gives_the_same_json() {
    let mut reception = Reception::new(18 * 60);
    let movement = reception.announce(CAP_HAITIEN, 3, LegalBasis::TITLE_42);
    reception.list(movement, listed(0..3));
    reception.land(movement, 3);
    reception.meet(movement);
    let line = reception.free_line(movement);
    reception.put_on_record(reception.arrivals[0], line, Some(somebody(0)));
    reception.give(reception.arrivals[0], 0);
    let scope = reception.scope();
    let json = reception.sitrep(&scope).to_json();
    assert_eq!(json, reception.sitrep(&scope).to_json());
    assert!(
        !json.contains("Demo0") && !json.contains("Mapou"),
        "no names in a report"
    );
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["schema"], "akey-sitrep-1");
    assert_eq!(read["totals"]["registered"]["value"], 1);
    assert_eq!(read["stock"][0]["in_stock"], 99_999);
    assert_eq!(read["items"][0]["item"], "hot_meal");
}

#[test]
fn what_was_given_counts_every_item_stocked_or_not() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 2, LegalBasis::TITLE_42);
    reception.land(movement, 2);
    reception.meet(movement);
    reception.meet(movement);
    for arrival in reception.arrivals.clone() {
        for (place, quantity) in [(1, 3), (2, 1)] {
            let grant = Command::Grant {
                arrival,
                item: ItemCode::SHELTER_NIGHT,
                quantity: quantity.try_into().unwrap(),
                reason: "Demo".into(),
            };
            reception.ask_at(arrival, grant).unwrap();
            reception.give(arrival, place).unwrap();
        }
    }
    let sitrep = reception.sitrep(&reception.scope());
    let of = |row: &ItemRow| {
        let quantity = row.quantity.as_ref().and_then(Figure::shown);
        (row.item.clone(), row.people.shown(), quantity)
    };
    let rows: Vec<_> = sitrep.items.iter().map(of).collect();
    assert_eq!(rows, [(ItemCode::SHELTER_NIGHT, Some(2), Some(8))]);
    let quantity = sitrep.items[0].quantity.as_ref().unwrap();
    opens_what_it_counts(&reception, quantity);
    let opened = quantity.trace.as_ref().unwrap();
    let opened = opened.open(&reception.register(), Page::first(9)).unwrap();
    assert_eq!(opened.total, 4, "an event for each act");
}

#[test]
fn stock_cover_is_told_where_something_was_given() {
    let mut reception = Reception::new(0);
    let movement = reception.announce(PORT_AU_PRINCE, 3, LegalBasis::TITLE_42);
    reception.land(movement, 3);
    for _ in 0..2 {
        reception.meet(movement);
    }
    for arrival in reception.arrivals.clone() {
        reception.give(arrival, 0);
    }
    let sitrep = reception.sitrep(&reception.scope());
    let row = sitrep
        .stock
        .iter()
        .find(|row| row.item == domain::ItemCode::HOT_MEAL && row.given_lately > 0)
        .unwrap();
    assert_eq!(
        (row.in_stock, row.given_lately, row.days_with_gifts),
        (99_998, 2, 1)
    );
    assert_eq!(row.cover_days_tenths, Some(499_990));
}

#[test]
fn a_period_that_is_none_and_a_site_that_is_not_here_are_refused() {
    let reception = Reception::new(0);
    let stamp = || Stamp {
        operation: "Demo".into(),
        log_end: String::new(),
        computed_at: Moment(0),
        computed_by: String::new(),
    };
    let compute = |scope: Scope| Sitrep::compute(&reception.register(), &scope, stamp());
    let backwards = Scope {
        to: Day(date(2021, 9, 18)),
        ..reception.scope()
    };
    assert!(matches!(
        compute(backwards),
        Err(ReportError::PeriodBackwards)
    ));
    let long = Scope {
        to: Day(date(2031, 9, 18)),
        ..reception.scope()
    };
    assert!(matches!(
        compute(long),
        Err(ReportError::PeriodTooLong { .. })
    ));
    let elsewhere = Scope {
        sites: vec![SiteId(uuid::Uuid::nil())],
        ..reception.scope()
    };
    assert!(matches!(compute(elsewhere), Err(ReportError::SiteUnknown)));
}

#[test]
fn a_key_that_nobody_was_given_counts_nothing_and_does_no_harm() {
    let reception = Reception::new(0);
    for (by, code) in [
        (Dimension::AgeGroup, "elves"),
        (Dimension::LastResidence, "nowhere"),
        (Dimension::Destination, "' OR 1=1 --"),
        (Dimension::LegalBasis, "none"),
    ] {
        let trace = Trace {
            measure: Measure::Registered,
            span: Span {
                sites: Vec::new(),
                from: Day(date(2021, 9, 19)),
                to: Day(date(2021, 9, 19)),
                cut_off: Moment(i64::MAX),
            },
            narrowed: Narrowed::Group(by, code.into()),
        };
        assert_eq!(trace.count(&reception.register()).unwrap(), 0);
    }
}

#[test]
fn many_movements_are_followed_as_few_are() {
    let mut reception = Reception::new(0);
    for _ in 0..160 {
        let movement = reception.announce(PORT_AU_PRINCE, 3, LegalBasis::TITLE_42);
        reception.land(movement, 2);
        reception.meet(movement);
    }
    let sitrep = reception.sitrep(&reception.scope());
    assert_eq!(sitrep.movements.len(), 160);
    sums_to_the_whole(&sitrep);
    for figure in figures(&sitrep).iter().step_by(37) {
        opens_what_it_counts(&reception, figure);
    }
    let first = &sitrep.movements[0].counts;
    assert_eq!(first.of(Measure::Announced).shown(), Some(3));
    assert_eq!(first.of(Measure::Met).shown(), Some(1));
}
