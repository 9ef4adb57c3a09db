//! What the pages show.

use domain::{Command, ItemCode, LineState, Meeting, Priority, Stage};
use register::Page;
use register::board::Decision;
use register::movements::{LineFilter, MovementFilter};
use register::queue::Part;
use register::stock::Cause;

use crate::world::{NODES, SITE, START, World, named};

#[test]
fn the_board_counts_each_step_of_what_is_on_the_ground() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.announced(1, 3);
    let lines = world.import(
        movement,
        &["Ana Demo-One", "Bea Demo-Two", "Cia Demo-Three"],
    );
    world.land(movement, 4);
    let (arrival, _) = world.register_as(movement, named("Ana Demo-One"), Some(lines[0]));
    world.give(arrival, &ItemCode::HOT_MEAL);
    world.meet(movement);
    let ground = world.register().on_the_ground(SITE).unwrap();
    assert_eq!(ground.len(), 1);
    let ground = &ground[0];
    assert_eq!(ground.origin.as_deref(), Some("Del Rio"));
    assert_eq!(ground.movement.headcount, Some(4));
    let counts = (ground.listed, ground.met, ground.registered);
    assert_eq!(counts, (3, 2, 1));
    assert_eq!((ground.screened, ground.assisted, ground.left), (0, 1, 0));
    let decisions = world
        .register()
        .decisions(SITE, NODES[0], world.now)
        .unwrap();
    assert_eq!(
        decisions,
        [Decision::HeadcountDiffers {
            movement,
            designator: "DR-1".into(),
            headcount: 4,
            listed: 3,
        }]
    );
}

#[test]
fn more_cards_than_people_counted_wait_for_a_decision() {
    let mut world = World::new();
    let movement = world.landed(1, 1);
    let decisions = |world: &World| {
        let decisions = world.register().decisions(SITE, NODES[0], world.now);
        let mut decisions = decisions.unwrap();
        decisions.retain(|decision| matches!(decision, Decision::MetExceeds { .. }));
        decisions
    };
    world.meet(movement);
    assert_eq!(decisions(&world), []);
    world.meet(movement);
    let [Decision::MetExceeds { headcount, met, .. }] = decisions(&world)[..] else {
        panic!("one card too many is said once");
    };
    assert_eq!((headcount, met), (1, 2));
}

#[test]
fn children_alone_are_called_first_then_the_urgent_then_by_number() {
    let mut world = World::new();
    let movement = world.landed(1, 5);
    let priorities = [
        None,
        Some(Priority::Frail),
        None,
        Some(Priority::ChildAlone),
        Some(Priority::Medical),
    ];
    for priority in priorities {
        let arrival = domain::ArrivalId(world.ids_next());
        let meetings = vec![Meeting { arrival, priority }];
        world.ask(Command::Meet { movement, meetings }).unwrap();
    }
    let queue = world
        .register()
        .queue(SITE, START, Part::Waiting, Page::first(4))
        .unwrap();
    let called: Vec<_> = queue.rows.iter().map(|row| row.queue).collect();
    assert_eq!(called, [4, 5, 2, 1]);
    assert_eq!(queue.total, 5);
}

#[test]
fn somebody_registered_is_served_until_everything_is_given() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let movement = world.landed(1, 5);
    let (arrival, _) = world.register_as(movement, named("Ana Demo-One"), None);
    let of = |world: &World, part| {
        let page = world.register().queue(SITE, START, part, Page::first(5));
        page.unwrap().total
    };
    assert_eq!(of(&world, Part::Waiting), 0);
    assert_eq!(of(&world, Part::BeingServed), 1);
    assert_eq!(of(&world, Part::Unassisted), 1);
    world.give(arrival, &ItemCode::HOT_MEAL);
    assert_eq!(of(&world, Part::Unassisted), 0);
    let served = world
        .register()
        .queue(SITE, START, Part::BeingServed, Page::first(5))
        .unwrap();
    let row = &served.rows[0];
    assert_eq!((row.open_items, row.given_items), (1, 1));
    assert_eq!(row.name.as_deref(), Some("Ana Demo-One"));
    world.give(arrival, &ItemCode::HYGIENE_KIT);
    assert_eq!(of(&world, Part::BeingServed), 0);
}

#[test]
fn a_manifest_is_read_page_by_page_by_state_and_by_name() {
    let mut world = World::new();
    let movement = world.announced(1, 4);
    let names = [
        "Ana Demo-One",
        "Béa Demo-Two",
        "Cia Demo-Three",
        "Bea Demo-Four",
    ];
    let lines = world.import(movement, &names);
    world.land(movement, 4);
    world.register_as(movement, named("Ana Demo-One"), Some(lines[0]));
    world.ask(Command::MarkNoShow { line: lines[2] }).unwrap();
    let register = world.register();
    let read = |state, search: Option<&str>, page| {
        let search = search.map(str::to_owned);
        let filter = LineFilter { state, search };
        let found = register.manifest(movement, &filter, page).unwrap();
        let ids: Vec<_> = found.rows.iter().map(|row| row.line.id).collect();
        (ids, found.total)
    };
    let all = Page::first(10);
    assert_eq!(read(None, None, all), (lines.clone(), 4));
    let second = Page { number: 1, size: 3 };
    assert_eq!(read(None, None, second), (vec![lines[3]], 4));
    assert_eq!(read(Some(LineState::Registered), None, all).0, [lines[0]]);
    assert_eq!(read(Some(LineState::NoShow), None, all).0, [lines[2]]);
    assert_eq!(
        read(Some(LineState::Waiting), None, all).0,
        [lines[1], lines[3]]
    );
    assert_eq!(read(None, Some("bea"), all).0, [lines[1], lines[3]]);
    assert_eq!(read(None, Some("two be"), all).0, [lines[1]]);
    let balance = register.balance(movement).unwrap();
    assert!(balance.adds_up());
    assert_eq!(
        (balance.listed, balance.no_show, balance.waiting),
        (4, 1, 2)
    );
}

#[test]
fn movements_are_listed_by_stage() {
    let mut world = World::new();
    let on_its_way = world.announced(1, 5);
    let here = world.landed(2, 5);
    world.meet(here);
    let landed = MovementFilter {
        stages: vec![Stage::Landed],
        destination: Some(SITE),
        ..MovementFilter::default()
    };
    let rows = world.register().movements(&landed, Page::first(5)).unwrap();
    assert_eq!(rows.total, 1);
    assert_eq!((rows.rows[0].movement.id, rows.rows[0].met), (here, 1));
    let arriving = world
        .register()
        .arriving(SITE, world.now.plus_ms(1))
        .unwrap();
    assert_eq!(arriving[0].movement.id, on_its_way);
}

#[test]
fn the_stock_is_the_sum_of_its_journal() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 5);
    let arrival = world.meet(movement);
    world.give(arrival, &ItemCode::HOT_MEAL);
    let register = world.register();
    let journal = register
        .journal(SITE, Some(&ItemCode::HOT_MEAL), Page::first(9))
        .unwrap();
    let causes: Vec<_> = journal.rows.iter().map(|row| row.cause).collect();
    assert_eq!(causes, [Cause::Given, Cause::Received]);
    let sum: i64 = journal.rows.iter().map(|row| row.change).sum();
    assert_eq!(sum, 9);
    assert_eq!(register.balances(Some(SITE)).unwrap()[0].here, 9);
    let given = register.given(SITE, START, world.now.plus_ms(1)).unwrap();
    assert_eq!(given, [(ItemCode::HOT_MEAL, 1)]);
}

#[test]
fn expected_needs_are_the_package_for_everybody_who_comes() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    world.announced(1, 30);
    let here = world.landed(2, 5);
    world.meet(here);
    let cover = world
        .register()
        .cover(SITE, world.now, world.now.plus_ms(3_600_000))
        .unwrap();
    let meals = &cover[0];
    assert_eq!(meals.item, ItemCode::HOT_MEAL);
    // Thirty announced and four counted and not met; one met and not served.
    assert_eq!((meals.here, meals.open, meals.expected), (10, 1, 34));
}

#[test]
fn a_site_that_received_for_a_day_is_not_taken_for_one_that_received_for_a_week() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 5);
    for _ in 0..3 {
        let arrival = world.meet(movement);
        world.give(arrival, &ItemCode::HOT_MEAL);
    }
    let tomorrow = world.now.plus_ms(86_400_000);
    let cover = world.register().cover(SITE, tomorrow, tomorrow).unwrap();
    let pace = cover[0].pace;
    assert_eq!((cover[0].here, pace.given, pace.days), (7, 3, 1));
    assert_eq!(pace.cover_tenths(cover[0].here), Some(23));
}

#[test]
fn who_received_a_limited_item_before_waits_for_a_decision() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let first = world.landed(1, 1);
    let (arrival, person) = world.register_as(first, named("Ana Demo-One"), None);
    world.give(arrival, &ItemCode::HYGIENE_KIT);
    let last = world.now;
    let second = world.landed(2, 1);
    let again = world.meet(second);
    let known = domain::Whose::Known(person);
    world
        .ask(crate::world::registering(again, second, known, None))
        .unwrap();
    let entitlement = world.entitlement(again, &ItemCode::HYGIENE_KIT);
    let decisions = world
        .register()
        .decisions(SITE, NODES[0], world.now)
        .unwrap();
    assert_eq!(
        decisions,
        [Decision::LimitReached {
            arrival: again,
            entitlement,
            item: ItemCode::HYGIENE_KIT,
            last,
        }]
    );
}

#[test]
fn after_a_restore_the_cards_of_those_who_are_here_are_to_be_checked() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    world.meet(movement);
    world.meet(movement);
    world.node = 1;
    world.must(Command::RecordRestore {
        old_node: NODES[0],
        last_position: 20,
    });
    world.meet(movement);
    let decisions = |node| {
        let decisions = world.register().decisions(SITE, node, world.now);
        decisions.unwrap()
    };
    let check = Decision::CheckCards {
        old_node: NODES[0],
        entitlements: 2,
    };
    assert_eq!(decisions(NODES[1]), [check]);
    assert_eq!(decisions(NODES[0]), []);
}
