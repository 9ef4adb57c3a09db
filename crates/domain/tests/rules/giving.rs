//! What is given: once, within limits, out of what is here, at a believable time (G3, G4, G5).

use domain::{ArrivalId, Command, ItemCode, Known, LinkId, Meeting, Refusal, VoidReason, Whose};
use uuid::Uuid;

use crate::world::{NODE, SITE, World, register};

#[test]
fn an_item_given_twice_is_refused_with_the_time_of_the_first() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    world.ask(give.clone()).unwrap();
    let at = world.now;
    assert_eq!(world.refusal(give), Refusal::AlreadyGiven { at });
}

#[test]
fn what_was_never_handed_over_is_on_the_shelf_and_what_walked_away_is_not() {
    for (reason, left) in [(VoidReason::NOT_GIVEN, 10), (VoidReason::WRONG_PERSON, 9)] {
        let mut world = World::new();
        world.stock_up(ItemCode::HOT_MEAL, 10);
        let movement = world.landed(1);
        let (arrival, _) = world.registered(movement, 1);
        let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
        world
            .ask(Command::Redeem {
                arrival,
                entitlement,
                card_checked: false,
            })
            .unwrap();
        world
            .ask(Command::Void {
                arrival,
                entitlement,
                reason,
            })
            .unwrap();
        assert_eq!(world.known.stock(SITE, NODE, &ItemCode::HOT_MEAL), Ok(left));
    }
}

#[test]
fn nothing_is_given_that_is_not_here() {
    let mut world = World::new();
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    let short = Refusal::StockShort {
        item: ItemCode::HOT_MEAL,
        available: 0,
    };
    assert_eq!(world.refusal(give), short);
}

#[test]
fn a_person_returned_again_within_the_limit_needs_the_coordinator() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let first = world.landed(1);
    let (arrival, person) = world.registered(first, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();

    let second = world.landed(2);
    let again = ArrivalId(Uuid::from_u128(250));
    world
        .ask(register(again, second, Whose::Known(person), None))
        .unwrap();
    let entitlement = world.entitlement(again, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival: again,
        entitlement,
        card_checked: false,
    };
    assert!(matches!(
        world.refusal(give.clone()),
        Refusal::LimitReached { days: 90, .. }
    ));
    let reason = "lost everything on the way".to_owned();
    world
        .ask(Command::WaiveLimit {
            arrival: again,
            entitlement,
            reason,
        })
        .unwrap();
    world.ask(give).unwrap();
}

#[test]
fn a_limit_holds_across_records_that_people_linked() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let first = world.landed(1);
    let (arrival, one) = world.registered(first, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
    let second = world.landed(2);
    let (again, other) = world.registered(second, 2);
    let link = LinkId(Uuid::from_u128(400));
    world
        .ask(Command::LinkPersons {
            link,
            first: one,
            second: other,
        })
        .unwrap();
    let entitlement = world.entitlement(again, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival: again,
        entitlement,
        card_checked: false,
    };
    assert!(matches!(
        world.refusal(give.clone()),
        Refusal::LimitReached { .. }
    ));
    let reason = "twins".to_owned();
    world.ask(Command::UnlinkPersons { link, reason }).unwrap();
    world.ask(give).unwrap();
}

#[test]
fn nothing_happens_in_the_future_or_before_the_person_was_met() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    world.entered_late_ms = -1;
    assert_eq!(world.refusal(give.clone()), Refusal::InFuture);
    world.entered_late_ms = 100 * 86_400_000;
    assert_eq!(world.refusal(give), Refusal::BeforeMet);
}

#[test]
fn what_is_limited_is_given_only_to_somebody_known() {
    let mut world = World::new();
    world.stock_up(ItemCode::HYGIENE_KIT, 10);
    let movement = world.landed(1);
    let arrival = ArrivalId(Uuid::from_u128(201));
    let meetings = vec![Meeting {
        arrival,
        priority: None,
    }];
    world.ask(Command::Meet { movement, meetings }).unwrap();
    let reason = "before any form".to_owned();
    let item = ItemCode::HYGIENE_KIT;
    world
        .ask(Command::Grant {
            arrival,
            item,
            quantity: 1,
            reason,
        })
        .unwrap();
    let entitlement = world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    assert_eq!(world.refusal(give), Refusal::NotRegistered);
}
