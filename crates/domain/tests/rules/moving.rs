//! Rights and goods between the nodes of an operation: one holder at a time, nothing below nought, and
//! what nobody may do (G3, G5).

use domain::{
    ActOfGiving, ArrivalId, Command, DifferenceReason, EntitlementId, ItemCode, Known, LossReason,
    NodeKey, OverlapDecision, RecoveryId, Refusal, Released, TransferId, WaybillId, WaybillLine,
};
use uuid::Uuid;

use crate::world::{ADMIN, ELSEWHERE, EVERYBODY, NODE, SITE, World};

const LAPTOP: NodeKey = NodeKey([8; 32]);
const THIRD: NodeKey = NodeKey([9; 32]);
const DAY_MS: i64 = 86_400_000;

/// Two nodes of one site, and somebody met and registered at the first.
fn two_nodes() -> (World, ArrivalId, EntitlementId) {
    let mut world = World::new();
    for node in [NODE, LAPTOP, THIRD] {
        let certificate = vec![1];
        world.must(ADMIN, Command::AdmitNode { node, certificate });
    }
    for node in [NODE, LAPTOP] {
        world.node = node;
        world.stock_up(ItemCode::HOT_MEAL, 10);
    }
    world.node = NODE;
    let movement = world.landed(1);
    let (arrival, _) = world.registered(movement, 1);
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    (world, arrival, entitlement)
}

fn transfer(number: u128) -> TransferId {
    TransferId(Uuid::from_u128(5_000 + number))
}

fn release(number: u128, arrival: ArrivalId, to: NodeKey) -> Command {
    Command::ReleaseRights {
        transfer: transfer(number),
        of: Released::People(vec![arrival]),
        to,
        site: SITE,
    }
}

fn give(arrival: ArrivalId, entitlement: EntitlementId, card_checked: bool) -> Command {
    Command::Redeem {
        arrival,
        entitlement,
        card_checked,
    }
}

#[test]
fn a_right_is_used_where_it_was_accepted_and_nowhere_before() {
    let (mut world, arrival, entitlement) = two_nodes();
    let redeem = give(arrival, entitlement, true);
    world.node = LAPTOP;
    let elsewhere = Refusal::RightElsewhere { holder: NODE };
    assert_eq!(world.refusal(redeem.clone()), elsewhere);
    world.node = NODE;
    world.ask(release(1, arrival, LAPTOP)).unwrap();
    let released = Refusal::RightReleased { to: LAPTOP };
    assert_eq!(world.refusal(redeem.clone()), released);
    world.node = LAPTOP;
    assert_eq!(world.refusal(redeem.clone()), Refusal::RightNotAccepted);
    world
        .ask(Command::AcceptRights {
            transfer: transfer(1),
        })
        .unwrap();
    world.node = NODE;
    let elsewhere = Refusal::RightElsewhere { holder: LAPTOP };
    assert_eq!(world.refusal(redeem.clone()), elsewhere);
    world.node = LAPTOP;
    world.ask(redeem).unwrap();
}

#[test]
fn a_declined_right_is_with_who_released_it_and_an_answer_is_given_once() {
    let (mut world, arrival, entitlement) = two_nodes();
    world.ask(release(1, arrival, LAPTOP)).unwrap();
    let decline = Command::DeclineRights {
        transfer: transfer(1),
    };
    assert_eq!(world.refusal(decline.clone()), Refusal::NothingReleasedHere);
    world.node = LAPTOP;
    world.ask(decline.clone()).unwrap();
    assert_eq!(world.refusal(decline), Refusal::NothingReleasedHere);
    let accept = Command::AcceptRights {
        transfer: transfer(1),
    };
    assert_eq!(world.refusal(accept), Refusal::NothingReleasedHere);
    world.node = NODE;
    world.ask(give(arrival, entitlement, false)).unwrap();
}

#[test]
fn rights_released_twice_are_released_once_and_those_of_others_never() {
    let (mut world, arrival, _) = two_nodes();
    assert!(!world.ask(release(1, arrival, LAPTOP)).unwrap().is_empty());
    assert!(world.ask(release(1, arrival, LAPTOP)).unwrap().is_empty());
    assert_eq!(
        world.refusal(release(2, arrival, THIRD)),
        Refusal::NothingToRelease
    );
    world.node = LAPTOP;
    assert_eq!(
        world.refusal(release(3, arrival, THIRD)),
        Refusal::NothingToRelease
    );
    assert_eq!(
        world.refusal(release(4, arrival, LAPTOP)),
        Refusal::NotToItself
    );
    let stranger = NodeKey([77; 32]);
    assert_eq!(
        world.refusal(release(5, arrival, stranger)),
        Refusal::UnknownNode
    );
}

#[test]
fn a_desk_is_given_a_share_of_a_movement_in_the_order_of_the_queue() {
    let (mut world, first, _) = two_nodes();
    let movement = domain::MovementId(Uuid::from_u128(101));
    let (second, _) = world.registered(movement, 2);
    let share = |number, people| Command::ReleaseRights {
        transfer: transfer(number),
        of: Released::Share { movement, people },
        to: LAPTOP,
        site: SITE,
    };
    assert_eq!(world.refusal(share(1, 0)), Refusal::NothingToRelease);
    let released = world.ask(share(1, 1)).unwrap();
    assert!(released.iter().all(|event| event.aggregate == first.0));
    let rest = world.ask(share(2, 9)).unwrap();
    assert!(rest.iter().all(|event| event.aggregate == second.0));
}

#[test]
fn what_was_given_is_voided_where_the_right_lies() {
    let (mut world, arrival, entitlement) = two_nodes();
    world.ask(give(arrival, entitlement, false)).unwrap();
    let void = Command::Void {
        arrival,
        entitlement,
        reason: domain::VoidReason::KNOWN[0].clone(),
    };
    world.node = LAPTOP;
    let elsewhere = Refusal::RightElsewhere { holder: NODE };
    assert_eq!(world.refusal(void.clone()), elsewhere);
    world.node = NODE;
    world.ask(void).unwrap();
}

#[test]
fn a_node_gives_and_sends_only_what_is_in_its_own_store() {
    let (mut world, arrival, entitlement) = two_nodes();
    world.node = THIRD;
    let item = ItemCode::HOT_MEAL;
    let lines = |quantity| {
        vec![WaybillLine {
            item: ItemCode::HOT_MEAL,
            quantity,
        }]
    };
    let send = |number: u128, to, quantity| Command::SendWaybill {
        waybill: WaybillId(Uuid::from_u128(6_000 + number)),
        number: format!("S-{number}"),
        origin: Some(SITE),
        destination: SITE,
        to,
        lines: lines(quantity),
    };
    let short = Refusal::StockShort {
        item: item.clone(),
        available: 0,
    };
    assert_eq!(world.refusal(send(1, Some(NODE), 1)), short);
    world.node = NODE;
    assert_eq!(world.refusal(send(2, None, 1)), Refusal::SamePlace);
    world.ask(send(3, Some(LAPTOP), 4)).unwrap();
    // What is under way is nobody's.
    assert_eq!(world.known.stock(SITE, NODE, &item), Ok(6));
    assert_eq!(world.known.stock(SITE, LAPTOP, &item), Ok(10));
    let receive = |quantity, difference| Command::ReceiveWaybill {
        waybill: WaybillId(Uuid::from_u128(6_003)),
        lines: lines(quantity),
        difference,
    };
    let for_other = Refusal::WaybillForOther { to: LAPTOP };
    assert_eq!(world.refusal(receive(4, None)), for_other);
    world.node = LAPTOP;
    assert_eq!(
        world.refusal(receive(3, None)),
        Refusal::DifferenceUnexplained
    );
    world.ask(receive(3, Some(DifferenceReason::LOST))).unwrap();
    assert_eq!(world.known.stock(SITE, LAPTOP, &item), Ok(13));
    world.node = NODE;
    world.ask(release(1, arrival, THIRD)).unwrap();
    world.node = THIRD;
    world
        .ask(Command::AcceptRights {
            transfer: transfer(1),
        })
        .unwrap();
    assert_eq!(world.refusal(give(arrival, entitlement, false)), short);
}

#[test]
fn rights_of_a_lost_node_are_taken_over_by_two_persons_after_the_waiting_period() {
    let (mut world, arrival, entitlement) = two_nodes();
    let recovery = RecoveryId(Uuid::from_u128(7_001));
    let announce = |waiting_days| Command::AnnounceLost {
        recovery,
        node: NODE,
        heir: LAPTOP,
        waiting_days,
        why: LossReason::Stolen,
    };
    world.node = THIRD;
    let short = Refusal::WaitingOutOfRange { min: 7, max: 90 };
    assert_eq!(world.refusal(announce(Some(6))), short);
    world
        .run(domain::Actor::User(ADMIN), announce(None))
        .unwrap();
    assert_eq!(world.refusal(announce(None)), Refusal::RecoveryOpen);
    let confirm = Command::ConfirmRecovery { recovery };
    let elsewhere = Refusal::RecoverElsewhere { heir: LAPTOP };
    assert_eq!(world.refusal(confirm.clone()), elsewhere);
    world.node = LAPTOP;
    // The node that takes over hears of it days later; from there on it waits.
    world.now = world.now.plus_ms(7 * DAY_MS);
    let early = world.refusal(confirm.clone());
    assert!(matches!(early, Refusal::RecoveryEarly { .. }), "{early:?}");
    let hear = Command::HearOfLoss { recovery };
    world
        .run(domain::Actor::Setup(ADMIN), hear.clone())
        .unwrap();
    assert_eq!(world.run(domain::Actor::Setup(ADMIN), hear), Ok(Vec::new()));
    let early = world.refusal(confirm.clone());
    assert!(matches!(early, Refusal::RecoveryEarly { .. }), "{early:?}");
    world.now = world.now.plus_ms(7 * DAY_MS);
    let alone = world.run(domain::Actor::User(ADMIN), confirm.clone());
    assert_eq!(alone, Err(Refusal::SamePersonTwice.into()));
    let redeem = |checked| give(arrival, entitlement, checked);
    assert_eq!(
        world.refusal(redeem(true)),
        Refusal::RightElsewhere { holder: NODE }
    );
    world.ask(confirm).unwrap();
    assert_eq!(world.refusal(redeem(false)), Refusal::CheckCard);
    world.ask(redeem(true)).unwrap();
    let found = world.known.arrival(arrival).unwrap().unwrap();
    let given = found.entitlement(entitlement).unwrap();
    let by = given.redeemed.as_ref().unwrap().standing;
    assert_eq!(by, domain::GivenBy::Recovered);
    // The lost node comes back: it neither moves nor answers rights any more.
    world.node = NODE;
    let decline = Command::DeclineRights {
        transfer: transfer(9),
    };
    assert_eq!(world.refusal(decline), Refusal::Superseded);
    assert_eq!(
        world.refusal(release(9, arrival, LAPTOP)),
        Refusal::Superseded
    );
}

#[test]
fn a_node_that_is_heard_again_is_not_lost() {
    let (mut world, arrival, entitlement) = two_nodes();
    let recovery = RecoveryId(Uuid::from_u128(7_001));
    let announce = Command::AnnounceLost {
        recovery,
        node: NODE,
        heir: LAPTOP,
        waiting_days: Some(7),
        why: LossReason::Missing,
    };
    world.node = LAPTOP;
    world.run(domain::Actor::User(ADMIN), announce).unwrap();
    world.node = NODE;
    world.ask(give(arrival, entitlement, false)).unwrap();
    world.node = LAPTOP;
    world.now = world.now.plus_ms(8 * DAY_MS);
    let confirm = Command::ConfirmRecovery { recovery };
    assert_eq!(world.refusal(confirm.clone()), Refusal::NodeHeard);
    world.ask(Command::CallOffRecovery { recovery }).unwrap();
    assert_eq!(world.refusal(confirm), Refusal::RecoveryOver);
}

/// A loss announced by a node that knew so much of the lost one; its heir heard of it and waited.
fn waited_for(world: &mut World, last_position: u64) -> RecoveryId {
    let recovery = RecoveryId(Uuid::from_u128(7_001));
    let lost = domain::body::NodeAnnouncedLost {
        recovery,
        node: NODE,
        last_position,
        heir: LAPTOP,
        waiting_days: 7,
        why: LossReason::Missing,
    };
    world.node = THIRD;
    world.forge(THIRD, recovery.0, lost);
    world.node = LAPTOP;
    let hear = Command::HearOfLoss { recovery };
    world.run(domain::Actor::Setup(ADMIN), hear).unwrap();
    world.now = world.now.plus_ms(8 * DAY_MS);
    recovery
}

#[test]
fn what_the_node_that_takes_over_knew_already_is_not_a_sign_of_life() {
    let (mut world, arrival, entitlement) = two_nodes();
    let known = world.known.log_end(NODE).unwrap();
    // Announced by a node that knew less.
    let recovery = waited_for(&mut world, known - 3);
    world.ask(Command::ConfirmRecovery { recovery }).unwrap();
    world.ask(give(arrival, entitlement, true)).unwrap();
}

#[test]
fn rights_are_not_taken_over_before_what_was_known_of_their_use_is_here() {
    let (mut world, ..) = two_nodes();
    let here = world.known.log_end(NODE).unwrap();
    let known = here + 2;
    let recovery = waited_for(&mut world, known);
    assert_eq!(
        world.refusal(Command::ConfirmRecovery { recovery }),
        Refusal::LossBehind { known, here }
    );
}

#[test]
fn what_a_node_says_on_a_branch_of_its_log_or_unannounced_takes_no_rights_from_anybody() {
    let (mut world, arrival, entitlement) = two_nodes();
    let recovery = RecoveryId(Uuid::from_u128(7_001));
    let recovered = domain::body::NodeRecovered {
        recovery,
        node: NODE,
        last_position: 1,
        first: ADMIN,
        second: EVERYBODY,
    };
    // Nobody announced it, or not for this node.
    world.node = THIRD;
    world.forge(THIRD, recovery.0, recovered.clone());
    assert_eq!(world.known.claimants(NODE), Ok(Vec::new()));
    let announce = Command::AnnounceLost {
        recovery,
        node: NODE,
        heir: LAPTOP,
        waiting_days: None,
        why: LossReason::Missing,
    };
    world.run(domain::Actor::User(ADMIN), announce).unwrap();
    assert_eq!(world.known.claimants(NODE), Ok(Vec::new()));
    // The heir says so on a branch; what it gave there is a claim.
    world.node = LAPTOP;
    let branch = NodeKey([77; 32]);
    world.forge(branch, recovery.0, recovered);
    let given = domain::body::EntitlementRedeemed {
        arrival,
        entitlement,
        item: ItemCode::HOT_MEAL,
        quantity: 1,
        site: SITE,
        card_checked: true,
        from_stock: true,
        recovered: Some(NODE),
    };
    assert_eq!(world.known.claimants(NODE), Ok(Vec::new()));
    world.node = NODE;
    let redeemed = give(arrival, entitlement, false);
    world.ask(redeemed).unwrap();
    world.node = LAPTOP;
    world.forge(branch, arrival.0, given);
    let found = world.known.arrival(arrival).unwrap().unwrap();
    let acts = found.entitlement(entitlement).unwrap().acts();
    let standings: Vec<_> = acts.map(|act| act.standing).collect();
    assert_eq!(standings, [domain::GivenBy::Held, domain::GivenBy::Claimed]);
}

#[test]
fn what_was_on_its_way_to_a_lost_node_is_given_by_its_heir_at_the_site_it_was_on_its_way_to() {
    let (mut world, arrival, entitlement) = two_nodes();
    let moved = Command::ReleaseRights {
        transfer: transfer(1),
        of: Released::People(vec![arrival]),
        to: LAPTOP,
        site: ELSEWHERE,
    };
    world.ask(moved).unwrap();
    let recovery = RecoveryId(Uuid::from_u128(7_001));
    let announce = Command::AnnounceLost {
        recovery,
        node: LAPTOP,
        heir: THIRD,
        waiting_days: None,
        why: LossReason::Stolen,
    };
    world.node = THIRD;
    world.run(domain::Actor::User(ADMIN), announce).unwrap();
    world.now = world.now.plus_ms(8 * DAY_MS);
    world.ask(Command::ConfirmRecovery { recovery }).unwrap();
    assert_eq!(
        world.refusal(give(arrival, entitlement, true)),
        Refusal::OtherSite
    );
    world.site = ELSEWHERE;
    let found = world.known.arrival(arrival).unwrap().unwrap();
    let item = found.entitlement(entitlement).unwrap().item.clone();
    world.stock_up(item, 5);
    world.ask(give(arrival, entitlement, true)).unwrap();
}

#[test]
fn a_decision_about_an_overlap_names_an_act_that_took_place() {
    let (mut world, arrival, entitlement) = two_nodes();
    let decide = |act| Command::DecideOverlap {
        arrival,
        entitlement,
        act,
        decision: OverlapDecision::FollowUp,
        reason: "talk with her".into(),
    };
    let never = ActOfGiving {
        node: NODE,
        position: 1,
    };
    assert_eq!(world.refusal(decide(never)), Refusal::NotGiven);
    let given = world.ask(give(arrival, entitlement, false)).unwrap();
    world.ask(decide(given[0].order.into())).unwrap();
    let nobody = world.run(
        domain::Actor::Setup(EVERYBODY),
        decide(given[0].order.into()),
    );
    assert!(nobody.is_err());
}
