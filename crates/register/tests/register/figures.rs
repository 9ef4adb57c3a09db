//! A number is the length of the list it opens.

use std::collections::BTreeMap;

use domain::{
    AgeGroup, Birth, Command, Country, Day, ItemCode, LegalBasis, Moment, MovementId, PCode,
    Particulars, PersonId, Precision, Sex, Vulnerability, Whose,
};
use jiff::civil::date;
use proptest::prelude::*;
use register::figures::{Answer, By, Criteria, Dimension, Question, Step, Value, Wait};
use register::stock::GoodsAsked;
use register::{Page, Register};

use crate::steps::{id, lived, steps};
use crate::world::{ELSEWHERE, SITE, START, World, applied, named, open_site, rebuilt};

const STEPS: [Step; 12] = [
    Step::Announced,
    Step::Returned,
    Step::Listed,
    Step::Met,
    Step::Registered,
    Step::Unlisted,
    Step::Declined,
    Step::Screened,
    Step::Assisted,
    Step::Given,
    Step::Left,
    Step::NoShow,
];

const DIMENSIONS: [Dimension; 10] = [
    Dimension::Site,
    Dimension::Movement,
    Dimension::LegalBasis,
    Dimension::AgeGroup,
    Dimension::Origin,
    Dimension::Destination,
    Dimension::LastResidence,
    Dimension::Vulnerability,
    Dimension::Item,
    Dimension::Wait,
];

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Site(SITE)),
        Just(Value::Site(ELSEWHERE)),
        (0_u8..3).prop_map(|number| Value::Movement(MovementId(id(100, number)))),
        Just(Value::LegalBasis(LegalBasis::TITLE_42)),
        (0_usize..5).prop_map(|place| Value::AgeGroup(AgeGroup::ALL[place])),
        Just(Value::Origin(None)),
        Just(Value::Origin(Some(PCode::HT01))),
        Just(Value::Destination(Some(PCode::HT03))),
        Just(Value::LastResidence(Some(Country::CHL))),
        Just(Value::LastResidence(None)),
        Just(Value::Vulnerability(Vulnerability::PREGNANT)),
        Just(Value::Item(ItemCode::HOT_MEAL)),
        Just(Value::Item(ItemCode::HYGIENE_KIT)),
        (0..Wait::ALL.len()).prop_map(|place| Value::Wait(Wait::ALL[place])),
    ]
}

fn criteria() -> impl Strategy<Value = Criteria> {
    let bound = || prop::option::of((0_i64..240).prop_map(|s| START.plus_ms(s * 1_000)));
    let values = prop::collection::vec(values(), 0..3);
    (0..STEPS.len(), bound(), bound(), values).prop_map(|(step, from, to, values)| Criteria {
        step: STEPS[step],
        from,
        to,
        values,
    })
}

/// Goes through the list in small pages, so that the pages are tried too.
fn people_listed(world: &World, criteria: &Criteria) -> u64 {
    let register = world.register();
    let mut people = 0;
    let mut rows = 0;
    for number in 0.. {
        let page = register.list(criteria, Page { number, size: 3 }).unwrap();
        if page.rows.is_empty() {
            assert_eq!(rows, page.total);
            break;
        }
        rows += u64::try_from(page.rows.len()).unwrap();
        people += page
            .rows
            .iter()
            .map(|row| u64::from(row.people))
            .sum::<u64>();
        for row in page.rows {
            let behind =
                world.log.events.iter().find(|event| {
                    (event.order.node, event.order.position) == (row.node, row.position)
                });
            assert!(behind.is_some(), "a row without an event");
        }
    }
    people
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_number_is_the_length_of_its_list(
        steps in steps(120),
        asked in prop::collection::vec(criteria(), 24),
    ) {
        let world = lived(&steps);
        for criteria in asked {
            let count = world.register().count(&criteria).unwrap();
            prop_assert_eq!(people_listed(&world, &criteria), count, "{:?}", criteria);
        }
    }

    #[test]
    fn each_part_of_a_breakdown_is_the_number_it_opens(
        steps in steps(120),
        asked in prop::collection::vec(criteria(), 4),
    ) {
        let world = lived(&steps);
        let register = world.register();
        for criteria in asked {
            let tallies = register.tally(&criteria, &STEPS, &DIMENSIONS).unwrap();
            prop_assert_eq!(tallies.len(), DIMENSIONS.len());
            for tally in tallies {
                for (place, step) in STEPS.into_iter().enumerate() {
                    let whole = Criteria { step, ..criteria.clone() };
                    let mut sum = 0;
                    for (value, counts) in &tally.counts {
                        let part = whole.clone().with(value.clone());
                        prop_assert_eq!(register.count(&part).unwrap(), counts[place], "{:?}", part);
                        sum += counts[place];
                    }
                    if !matches!(tally.dimension, Dimension::Vulnerability | Dimension::Item) {
                        let lists = matches!(step, Step::Announced | Step::Returned | Step::Listed | Step::NoShow);
                        if tally.dimension != Dimension::Wait || !lists {
                            prop_assert_eq!(sum, register.count(&whole).unwrap(), "parts sum to the whole");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_survey_counts_in_a_span_is_the_number_of_that_span(
        steps in steps(120),
        asked in prop::collection::vec(criteria(), 4),
        mut bounds in prop::collection::vec((0_i64..240).prop_map(|s| START.plus_ms(s * 1_000)), 0..6),
    ) {
        bounds.sort();
        let world = lived(&steps);
        let register = world.register();
        let question = |criteria: &Criteria| Question {
            criteria: criteria.clone(),
            steps: STEPS.to_vec(),
            by: By::Spans(bounds.clone()),
        };
        let questions: Vec<_> = asked.iter().map(question).collect();
        for (criteria, answer) in asked.iter().zip(register.survey(&questions).unwrap()) {
            let Answer::Spans(spans) = answer else { panic!("asked for spans") };
            prop_assert_eq!(spans.len(), bounds.len().saturating_sub(1));
            for (span, counted) in bounds.windows(2).zip(&spans) {
                for (step, counted) in STEPS.into_iter().zip(counted) {
                    let one = Criteria { step, ..criteria.clone() }.between(span[0], span[1]);
                    prop_assert_eq!(register.count(&one).unwrap(), counted.people, "{:?}", one);
                    prop_assert_eq!(register.list(&one, Page::first(1)).unwrap().total, counted.rows);
                }
            }
        }
    }

    #[test]
    fn a_survey_is_the_same_in_whatever_order_events_came(steps in steps(120)) {
        let world = lived(&steps);
        let backwards = applied(world.log.events.iter().rev(), &world.log);
        let again = rebuilt(&world.log);
        let everybody = Criteria::of(Step::Met);
        let tally = |register: &Register<'_>| register.tally(&everybody, &STEPS, &DIMENSIONS).unwrap();
        let expected = tally(&world.register());
        prop_assert_eq!(&tally(&Register::new(&backwards)), &expected);
        prop_assert_eq!(&tally(&Register::new(&again)), &expected);
    }

    #[test]
    fn goods_summed_at_once_are_those_summed_one_by_one(
        steps in steps(160),
        mut bounds in prop::collection::vec((0_i64..240).prop_map(|s| START.plus_ms(s * 1_000)), 0..6),
    ) {
        bounds.sort();
        let world = lived(&steps);
        let register = world.register();
        let asked = [SITE, ELSEWHERE].map(|site| GoodsAsked { site, bounds: bounds.clone() });
        let backwards = applied(world.log.events.iter().rev(), &world.log);
        prop_assert_eq!(
            register.goods(&asked).unwrap(),
            Register::new(&backwards).goods(&asked).unwrap()
        );
        for (asked, goods) in asked.iter().zip(register.goods(&asked).unwrap()) {
            let balances = register.balances(Some(asked.site)).unwrap().into_iter();
            let balances: BTreeMap<_, _> = balances.map(|shelf| (shelf.item, shelf.here)).collect();
            prop_assert_eq!(&goods.balances, &balances);
            prop_assert_eq!(goods.given.len(), bounds.len().saturating_sub(1));
            for (span, given) in bounds.windows(2).zip(&goods.given) {
                let one: BTreeMap<_, _> =
                    register.given(asked.site, span[0], span[1]).unwrap().into_iter().collect();
                prop_assert_eq!(given, &one);
            }
        }
    }

    #[test]
    fn every_movement_adds_up(steps in steps(160)) {
        let world = lived(&steps);
        for number in 0..3 {
            let balance = world.register().balance(MovementId(id(100, number))).unwrap();
            prop_assert!(balance.adds_up(), "{:?}", balance);
        }
    }
}

#[test]
fn an_age_is_that_of_the_day_of_arrival_by_the_calendar_of_the_site() {
    let mut world = World::new();
    let movement = world.landed(1, 1);
    let eighteen_tomorrow = Particulars {
        sex: Some(Sex::M),
        birth: Some(Birth::On(Day(date(2003, 9, 23)))),
        ..named("Jean Demo-One")
    };
    world.register_as(movement, eighteen_tomorrow, None);
    let group = |world: &World| {
        let met = Criteria::of(Step::Met);
        let groups = world
            .register()
            .counts_by(&met, Dimension::AgeGroup)
            .unwrap();
        groups[0].0.clone()
    };
    assert_eq!(group(&world), Value::AgeGroup(AgeGroup::Boys));
    // In Kiritimati, fourteen hours ahead, it is tomorrow already.
    world.must(open_site(SITE, "Kiritimati", "Pacific/Kiritimati"));
    assert_eq!(group(&world), Value::AgeGroup(AgeGroup::Men));
}

#[test]
fn somebody_is_assisted_on_the_day_of_the_first_item_only() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let movement = world.landed(1, 1);
    let (arrival, _) = world.register_as(movement, named("Ana Demo-One"), None);
    world.give(arrival, &ItemCode::HOT_MEAL);
    let midnight = world.now.plus_ms(1);
    world.now = world.now.plus_ms(86_400_000);
    world.give(arrival, &ItemCode::HYGIENE_KIT);
    let register = world.register();
    let of = |from: Moment, to: Moment| Criteria::of(Step::Assisted).between(from, to);
    let (first, second) = (of(START, midnight), of(midnight, Moment(i64::MAX)));
    assert_eq!(register.count(&first).unwrap(), 1);
    assert_eq!(register.count(&second).unwrap(), 0);
    let kit = Value::Item(ItemCode::HYGIENE_KIT);
    assert_eq!(register.count(&second.with(kit.clone())).unwrap(), 1);
    assert_eq!(register.count(&first.with(kit)).unwrap(), 0);
}

#[test]
fn what_is_voided_does_not_count() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 1);
    let arrival = world.meet(movement);
    world.give(arrival, &ItemCode::HOT_MEAL);
    let assisted = Criteria::of(Step::Assisted);
    assert_eq!(world.register().count(&assisted).unwrap(), 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Void {
            arrival,
            entitlement,
            reason: domain::VoidReason::NOT_GIVEN,
        })
        .unwrap();
    assert_eq!(world.register().count(&assisted).unwrap(), 0);
}

#[test]
fn how_long_somebody_waited_is_told_by_the_step_that_is_counted() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 1);
    let arrival = world.meet(movement);
    world.now = world.now.plus_ms(20 * 60_000);
    world.give(arrival, &ItemCode::HOT_MEAL);
    let register = world.register();
    let assisted = Criteria::of(Step::Assisted);
    let after = |wait| assisted.clone().with(Value::Wait(wait));
    assert_eq!(register.count(&after(Wait::To30Min)).unwrap(), 1);
    assert_eq!(register.count(&after(Wait::Under15Min)).unwrap(), 0);
    let waited = |criteria: &Criteria| register.counts_by(criteria, Dimension::Wait).unwrap();
    assert_eq!(waited(&assisted), [(Value::Wait(Wait::To30Min), 1)]);
    assert_eq!(
        waited(&Criteria::of(Step::Met)),
        [(Value::Wait(Wait::Under15Min), 1)]
    );
}

#[test]
fn where_only_the_day_is_known_nobody_can_say_how_long_somebody_waited() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 3);
    // The day is known of the meeting, the hour of the meal …
    world.precision = Precision::Day;
    let first = world.meet(movement);
    world.now = world.now.plus_ms(3 * 3_600_000);
    world.precision = Precision::Hour;
    world.give(first, &ItemCode::HOT_MEAL);
    // … of the meeting to the minute, and of the meal nothing but the day.
    world.precision = Precision::Minute;
    let second = world.meet(movement);
    world.now = world.now.plus_ms(5 * 3_600_000);
    world.precision = Precision::Unknown;
    world.give(second, &ItemCode::HOT_MEAL);
    world.precision = Precision::Minute;
    let third = world.meet(movement);
    world.give(third, &ItemCode::HOT_MEAL);
    let register = world.register();
    for step in [Step::Assisted, Step::Given] {
        let counts = register
            .counts_by(&Criteria::of(step), Dimension::Wait)
            .unwrap();
        let expected = [
            (Value::Wait(Wait::Under15Min), 1),
            (Value::Wait(Wait::Unknown), 2),
        ];
        assert_eq!(counts, expected, "{step:?}");
        let unknown = Criteria::of(step).with(Value::Wait(Wait::Unknown));
        assert_eq!(register.list(&unknown, Page::first(9)).unwrap().total, 2);
    }
}

#[test]
fn each_step_has_its_own_moment_of_which_the_hour_is_known_or_not() {
    let screen = |arrival| Command::Screen {
        arrival,
        screening: domain::Screening::default(),
        note: None,
    };
    let registering = |arrival, movement, person| {
        let particulars = Box::new(named("Ana Demo-One"));
        let whose = Whose::New {
            person,
            particulars,
        };
        crate::world::registering(arrival, movement, whose, None)
    };
    for (rough, step) in (0..).zip([Step::Registered, Step::Screened, Step::Left]) {
        let mut world = World::new();
        let movement = world.landed(1, 2);
        let arrival = world.meet(movement);
        let person = PersonId(id(300, 1));
        let work = [
            registering(arrival, movement, person),
            screen(arrival),
            Command::Leave { arrival },
        ];
        for (place, command) in work.into_iter().enumerate() {
            let rough = place == rough;
            world.precision = if rough {
                Precision::Day
            } else {
                Precision::Minute
            };
            world.ask(command).unwrap();
        }
        // A second screening of which the minute is known does not make the first one's known.
        world.precision = Precision::Minute;
        world.ask(screen(arrival)).unwrap();
        let register = world.register();
        for counted in [Step::Met, Step::Registered, Step::Screened, Step::Left] {
            let expected = if counted == step {
                Wait::Unknown
            } else {
                Wait::Under15Min
            };
            let counts = register.counts_by(&Criteria::of(counted), Dimension::Wait);
            let counts = counts.unwrap();
            assert_eq!(counts, [(Value::Wait(expected), 1)], "{step:?} {counted:?}");
        }
    }
}
