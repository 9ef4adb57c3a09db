//! Who holds the right to give after a backup was restored (G3, G9).

use domain::{Actor, Command, ItemCode, NodeKey, Refusal};

use crate::world::{ADMIN, EVERYBODY, NODE, World};

#[test]
fn a_restored_node_gives_nothing_until_two_persons_claim_its_rights() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let last_position = world.position;
    world.node = NodeKey([8; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: NODE,
            last_position,
        },
    );
    let give = |card_checked| Command::Redeem {
        arrival,
        entitlement,
        card_checked,
    };
    assert_eq!(world.refusal(give(true)), Refusal::RightsFrozen);
    let claim = |second| Command::ClaimNode {
        old_node: NODE,
        last_position,
        certificate: vec![1],
        second,
    };
    let alone = world.run(Actor::Setup(ADMIN), claim(ADMIN));
    assert_eq!(alone, Err(Refusal::SamePersonTwice.into()));
    world.must(ADMIN, claim(EVERYBODY));
    assert_eq!(world.refusal(give(false)), Refusal::CheckCard);
    world.ask(give(true)).unwrap();
    assert!(matches!(
        world.refusal(give(true)),
        Refusal::AlreadyGiven { .. }
    ));
}

#[test]
fn a_claim_is_for_the_node_that_made_it_and_ends_the_old_node() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    let give = Command::Redeem {
        arrival,
        entitlement,
        card_checked: true,
    };
    let (first_copy, second_copy) = (NodeKey([8; 32]), NodeKey([9; 32]));
    for copy in [first_copy, second_copy] {
        world.node = copy;
        world.must(
            ADMIN,
            Command::RecordRestore {
                old_node: NODE,
                last_position: 1,
            },
        );
    }
    world.node = first_copy;
    let claim = |old_node| Command::ClaimNode {
        old_node,
        last_position: 1,
        certificate: vec![1],
        second: EVERYBODY,
    };
    world.must(ADMIN, claim(NODE));
    world.node = second_copy;
    let elsewhere = Refusal::RightElsewhere { holder: first_copy };
    assert_eq!(world.refusal(give.clone()), elsewhere);
    let late = world.run(Actor::Setup(ADMIN), claim(NODE));
    assert_eq!(late, Err(Refusal::AlreadyClaimed.into()));
    world.node = NODE;
    assert_eq!(world.refusal(give.clone()), Refusal::Superseded);

    // A copy of the copy takes over what the copy had taken over.
    world.node = NodeKey([10; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: first_copy,
            last_position: 1,
        },
    );
    assert_eq!(world.refusal(give.clone()), Refusal::RightsFrozen);
    world.must(ADMIN, claim(first_copy));
    world.ask(give).unwrap();
}

#[test]
fn a_restored_site_feeds_who_arrives_before_the_root_key_does() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    world.node = NodeKey([8; 32]);
    world.must(
        ADMIN,
        Command::RecordRestore {
            old_node: NODE,
            last_position: 1,
        },
    );
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
}
