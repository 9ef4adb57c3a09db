//! Rights between two real nodes that meet now and then: released, accepted and used once; a node that
//! is said to be lost objects as soon as it hears of it.

use domain::{LossReason, NodeKey, RecoveryId, RecoveryStage, Released, TransferId};
use ledger::Scope;

use super::meeting::meet;
use super::*;

fn entitled(desk: &Desk, arrival: ArrivalId) -> EntitlementId {
    entitlement(&desk.node, arrival, &ItemCode::HOT_MEAL)
}

fn refusal(desk: &mut Desk, command: Command) -> Refusal {
    let request = desk.request(command);
    match desk.node.execute(&desk.session, request) {
        Err(ExecuteError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn recovery_stage(node: &Node) -> RecoveryStage {
    let found = node.read::<_, NodeError>(|register| Ok(register.recoveries()?));
    found.unwrap()[0].stage(node.now())
}

#[test]
fn a_desk_cut_off_with_a_share_gives_it_and_the_server_gives_the_rest() {
    let mut server = Desk::new();
    server.stock_up(&ItemCode::HOT_MEAL, 10);
    let movement = server.landed();
    let (first, _) = server.registered(movement);
    let (second, _) = server.registered(movement);
    let mut laptop = server.joined(server.site, Scope::Site);
    meet(&server.node, &laptop.node).unwrap();
    let to = laptop.node.key();
    let transfer = TransferId(server.id());
    let site = server.site;
    server.must(Command::ReleaseRights {
        transfer,
        of: Released::Share {
            movement,
            people: 1,
        },
        to,
        site,
    });
    let lines = vec![WaybillLine {
        item: ItemCode::HOT_MEAL,
        quantity: 1,
    }];
    let waybill = WaybillId(server.id());
    server.must(Command::SendWaybill {
        waybill,
        number: "a desk's share".into(),
        origin: Some(site),
        destination: site,
        to: Some(to),
        lines: lines.clone(),
    });
    meet(&server.node, &laptop.node).unwrap();
    laptop.must(Command::AcceptRights { transfer });
    laptop.must(Command::ReceiveWaybill {
        waybill,
        lines,
        difference: None,
    });
    // The cable is pulled: each gives what it holds, and nothing else.
    let give = |arrival, entitlement| Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    };
    let (one, two) = (entitled(&laptop, first), entitled(&laptop, second));
    laptop.must(give(first, one));
    let holder = server.node.key();
    assert_eq!(
        refusal(&mut laptop, give(second, two)),
        Refusal::RightElsewhere { holder }
    );
    assert!(matches!(
        refusal(&mut server, give(first, one)),
        Refusal::RightReleased { .. }
    ));
    server.must(give(second, two));
    meet(&server.node, &laptop.node).unwrap();
    assert!(matches!(
        refusal(&mut server, give(first, one)),
        Refusal::AlreadyGiven { .. }
    ));
    let overlaps = server
        .node
        .read::<_, NodeError>(|register| Ok(register.overlaps()?));
    assert!(overlaps.unwrap().is_empty());
}

#[test]
fn a_node_said_to_be_lost_objects_when_it_hears_of_it() {
    let mut server = Desk::new();
    let mut laptop = server.joined(server.site, Scope::Site);
    meet(&server.node, &laptop.node).unwrap();
    let recovery = RecoveryId(laptop.id());
    let (node, heir): (NodeKey, _) = (server.node.key(), laptop.node.key());
    laptop.must(Command::AnnounceLost {
        recovery,
        node,
        heir,
        waiting_days: None,
        why: LossReason::Missing,
    });
    assert_eq!(recovery_stage(&laptop.node), RecoveryStage::Waiting);
    meet(&server.node, &laptop.node).unwrap();
    assert_eq!(recovery_stage(&server.node), RecoveryStage::CalledOff);
    meet(&server.node, &laptop.node).unwrap();
    assert_eq!(recovery_stage(&laptop.node), RecoveryStage::CalledOff);
    let over = Command::ConfirmRecovery { recovery };
    assert_eq!(refusal(&mut laptop, over), Refusal::RecoveryOver);
}

#[test]
fn who_is_to_be_given_something_at_another_site_is_known_there() {
    let mut server = Desk::new();
    server.open_cap();
    let movement = server.landed();
    let (arrival, person) = server.registered(movement);
    let cap = server.joined(super::meeting::CAP, Scope::Site);
    meet(&server.node, &cap.node).unwrap();
    let known = |node: &Node| {
        let found = node.read::<_, NodeError>(|register| Ok(register.person(person)?));
        found.unwrap().and_then(|person| person.particulars)
    };
    assert!(known(&cap.node).is_none());
    let transfer = TransferId(server.id());
    server.must(Command::ReleaseRights {
        transfer,
        of: Released::People(vec![arrival]),
        to: cap.node.key(),
        site: super::meeting::CAP,
    });
    meet(&server.node, &cap.node).unwrap();
    assert!(known(&cap.node).is_some());
    let mut cap = cap;
    cap.must(Command::AcceptRights { transfer });
    cap.stock_up(&ItemCode::HOT_MEAL, 1);
    let entitlement = entitled(&cap, arrival);
    cap.must(Command::Redeem {
        arrival,
        entitlement,
        card_checked: false,
    });
}
