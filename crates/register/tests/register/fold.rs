//! The rows are a function of the set of events.

use domain::{Event, LineState, Recorded, body};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use register::{EventSource, Migrated, Register, RegisterError};
use rusqlite::Connection;
use uuid::Uuid;

use crate::steps::{lived, steps};
use crate::world::{Log, NODES, World, applied, empty, named, rebuilt, withheld};

fn digest(connection: &Connection) -> register::Digest {
    Register::new(connection).digest().unwrap()
}

/// The log as a node keeps it that may read nothing sealed.
struct Sealed<'l>(&'l Log);

impl EventSource for Sealed<'_> {
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        let events = self.0.of_aggregate(aggregate)?;
        Ok(events.iter().map(withheld).collect())
    }
}

/// Events in an order, some of them twice, as an arbitrary network would bring them.
fn shuffled(length: usize, keys: &[u32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).chain((0..length).step_by(7)).collect();
    let key = |place: usize, turn: usize| keys[(place * 31 + turn) % keys.len()];
    let mut keyed: Vec<_> = places
        .drain(..)
        .enumerate()
        .map(|(turn, place)| (key(place, turn), turn, place))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, _, place)| place).collect()
}

fn any_order_gives_the_same(world: &World, keys: &[u32]) -> Result<(), TestCaseError> {
    let expected = digest(&world.connection);
    prop_assert_eq!(digest(&rebuilt(&world.log)), expected, "rebuilt");
    let order = shuffled(world.log.events.len(), keys);
    let first_heard: Vec<_> = order
        .iter()
        .map(|place| &world.log.events[*place])
        .collect();
    let connection = applied(first_heard.iter().copied(), &world.log);
    prop_assert_eq!(digest(&connection), expected, "in another order");
    let at_once = empty();
    let events = first_heard.into_iter().cloned().map(Ok);
    Register::new(&at_once).fold(events, &world.log).unwrap();
    prop_assert_eq!(digest(&at_once), expected, "in another order, many at once");
    for event in &world.log.events {
        Register::new(&connection).apply(event, &world.log).unwrap();
    }
    prop_assert_eq!(digest(&connection), expected, "all of them once more");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_repetition_give_the_same_rows(
        steps in steps(90),
        keys in prop::collection::vec(any::<u32>(), 1..64),
    ) {
        any_order_gives_the_same(&lived(&steps), &keys)?;
    }

    #[test]
    fn a_node_that_may_read_nothing_sealed_agrees_on_what_is_public(steps in steps(90)) {
        let world = lived(&steps);
        let connection = empty();
        let events = world.log.events.iter().map(|event| Ok(withheld(event)));
        Register::new(&connection).fold(events, &Sealed(&world.log)).unwrap();
        let here = digest(&world.connection);
        let there = digest(&connection);
        prop_assert_eq!(there.public, here.public);
        prop_assert_ne!(there.full, here.full);
    }
}

#[test]
fn an_event_that_comes_late_is_folded_where_it_belongs() {
    let mut world = World::new();
    let movement = world.landed(1, 5);
    let other = world.landed(2, 5);
    world.meet(movement);
    world.meet(other);
    // The headcount was corrected before the flight was closed; the correction comes last.
    let correction = body::HeadcountCorrected {
        movement,
        headcount: 4,
    };
    world.forge(movement.0, correction);
    world.forge(
        movement.0,
        body::HeadcountCorrected {
            movement,
            headcount: 6,
        },
    );
    let events = &world.log.events;
    let late = events.len() - 2;
    let mut order: Vec<_> = events.iter().collect();
    let correction = order.remove(late);
    order.push(correction);
    let connection = applied(order, &world.log);
    assert_eq!(digest(&connection), digest(&world.connection));
    let ground = Register::new(&connection)
        .on_the_ground(crate::world::SITE)
        .unwrap();
    let counted: Vec<_> = ground
        .iter()
        .map(|ground| ground.movement.headcount)
        .collect();
    assert!(counted.contains(&Some(6)), "{counted:?}");
}

#[test]
fn two_arrivals_that_claim_one_line_are_shown_and_the_first_holds_it() {
    let mut world = World::new();
    let movement = world.announced(1, 2);
    let lines = world.import(movement, &["Ana Demo-One", "Bea Demo-Two"]);
    world.land(movement, 2);
    let (first, _) = world.register_as(movement, named("Ana Demo-One"), Some(lines[0]));
    let second = world.meet(movement);
    let person = domain::PersonId(world.ids_next());
    world.forge(
        second.0,
        body::ArrivalRegistered {
            arrival: second,
            person,
            line: Some(lines[0]),
            declined: false,
            informed: true,
        },
    );
    let connection = applied(world.log.events.iter().rev(), &world.log);
    assert_eq!(digest(&connection), digest(&world.connection));
    let register = Register::new(&connection);
    let page = register::Page::first(10);
    let manifest = register
        .manifest(movement, &register::movements::LineFilter::default(), page)
        .unwrap();
    let taken = &manifest.rows[0];
    assert_eq!(taken.line.taken_by, Some(first));
    assert_eq!(taken.line.state(), LineState::Registered);
    assert_eq!(taken.disputed, vec![second]);
    let balance = register.balance(movement).unwrap();
    assert_eq!((balance.registered, balance.unlisted), (2, 1));
    assert!(balance.adds_up(), "{balance:?}");
}

#[test]
fn an_item_given_by_two_nodes_is_shown_and_neither_act_is_hidden() {
    let mut world = World::new();
    world.stock_up(domain::ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 1);
    let arrival = world.meet(movement);
    world.give(arrival, &domain::ItemCode::HOT_MEAL);
    world.node = 1;
    let entitlement = world.entitlement(arrival, &domain::ItemCode::HOT_MEAL);
    world.forge(
        arrival.0,
        body::EntitlementRedeemed {
            arrival,
            entitlement,
            item: domain::ItemCode::HOT_MEAL,
            quantity: 1,
            site: crate::world::SITE,
            card_checked: true,
            from_stock: true,
            recovered: None,
        },
    );
    let connection = applied(world.log.events.iter().rev(), &world.log);
    assert_eq!(digest(&connection), digest(&world.connection));
    let decisions = Register::new(&connection)
        .decisions(crate::world::SITE, NODES[0], world.now)
        .unwrap();
    let disputed = register::board::Decision::RedemptionDisputed {
        arrival,
        entitlement,
        item: domain::ItemCode::HOT_MEAL,
        times: 2,
    };
    assert!(decisions.contains(&disputed), "{decisions:?}");
}

#[test]
fn both_branches_of_a_fork_are_kept_whichever_comes_first() {
    let mut world = World::new();
    world.stock_up(domain::ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1, 2);
    let arrivals = [world.meet(movement), world.meet(movement)];
    for arrival in arrivals {
        // A copy of this node went on from the same place in the log.
        world.log.position[0] = 50;
        let entitlement = world.entitlement(arrival, &domain::ItemCode::HOT_MEAL);
        let redeemed = body::EntitlementRedeemed {
            arrival,
            entitlement,
            item: domain::ItemCode::HOT_MEAL,
            quantity: 1,
            site: crate::world::SITE,
            card_checked: false,
            from_stock: true,
            recovered: None,
        };
        world.forge(arrival.0, redeemed);
    }
    let connection = applied(world.log.events.iter().rev(), &world.log);
    assert_eq!(digest(&connection), digest(&world.connection));
    let shelf = Register::new(&connection).balances(Some(crate::world::SITE));
    assert_eq!(shelf.unwrap()[0].here, 8);
}

#[test]
fn what_this_version_does_not_know_is_passed_over_and_counted_as_folded() {
    let mut world = World::new();
    let before = digest(&world.connection);
    let kind = "road.closed".to_owned();
    world.forge(Uuid::from_u128(5), Event::Unknown { kind });
    assert_eq!(digest(&world.connection), before);
    let position = world.log.events.last().unwrap().order.position;
    assert_eq!(world.register().position(NODES[0]).unwrap(), Some(position));
}

#[test]
fn tables_of_another_fold_are_made_anew_and_the_same_ones_are_kept() {
    let world = World::new();
    let connection = rebuilt(&world.log);
    assert_eq!(register::migrate(&connection).unwrap(), Migrated::Current);
    assert_eq!(digest(&connection), digest(&world.connection));
    connection
        .execute("UPDATE r_fold SET version = version + 1", [])
        .unwrap();
    connection
        .execute_batch("CREATE TABLE ledger_event (body BLOB)")
        .unwrap();
    assert_eq!(register::migrate(&connection).unwrap(), Migrated::Rebuild);
    assert_eq!(digest(&connection), digest(&empty()));
    let mine: i64 = connection
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger_event'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(mine, 1);
}

#[test]
fn a_cleared_register_is_empty_and_folds_again_to_the_same() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    world.register_as(movement, named("Ana Demo-One"), None);
    let expected = digest(&world.connection);
    world.register().clear().unwrap();
    assert_eq!(digest(&world.connection), digest(&empty()));
    let events = world.log.all_today().into_iter().map(Ok);
    world.register().fold(events, &world.log).unwrap();
    assert_eq!(digest(&world.connection), expected);
}
