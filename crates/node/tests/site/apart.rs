//! Two nodes write the same thing apart: when they meet, both values are there with their authors until
//! somebody who saw both chooses; what is put together is the same on both.

use domain::{
    Choosing, Command, Field, Meeting, MovementId, PCode, Particulars, PersonId, Refusal, Whose,
};
use ledger::Scope;
use node::{Node, NodeError};
use register::conflicts::{InConflict, Stands};

use crate::Desk;
use crate::meeting::{digests, meet};

fn conflicts(node: &Node) -> Vec<InConflict> {
    node.read::<_, NodeError>(|register| Ok(register.conflicts()?))
        .unwrap()
}

fn known(node: &Node, person: PersonId) -> Particulars {
    let found = node
        .read::<_, NodeError>(|register| Ok(domain::Known::person(register, person)?))
        .unwrap();
    found.unwrap().particulars.unwrap()
}

fn correct(desk: &mut Desk, person: PersonId, particulars: Particulars) {
    desk.must(Command::CorrectPerson {
        person,
        particulars: Box::new(particulars),
        reason: "said so".into(),
        document_shared: false,
    });
}

fn choose(conflict: &InConflict, place: usize) -> Command {
    let seen: Vec<_> = conflict.stand.iter().map(|stands| stands.order).collect();
    Command::Choose(Box::new(Choosing {
        about: conflict.about,
        field: conflict.field,
        chosen: seen[place],
        seen,
    }))
}

fn recount(desk: &mut Desk, movement: MovementId, headcount: u32) {
    desk.must(Command::CorrectHeadcount {
        movement,
        headcount,
        reason: "counted again".into(),
    });
}

#[test]
fn what_two_nodes_corrected_apart_is_shown_by_both_until_one_of_them_chooses() {
    let mut site = Desk::new();
    let movement = site.landed();
    let (_, person) = site.registered(movement);
    let mut hub = site.joined(site.site, Scope::Everything);
    let before = known(&site.node, person);
    let named = |name: &str| Particulars {
        family_name: name.into(),
        ..before.clone()
    };
    correct(&mut site, person, named("Demo-One"));
    correct(
        &mut hub,
        person,
        Particulars {
            origin: Some(PCode::HT03),
            ..named("Demo-Two")
        },
    );
    recount(&mut site, movement, 4);
    recount(&mut hub, movement, 5);
    meet(&site.node, &hub.node).unwrap();
    for desk in [&site, &hub] {
        let waiting: Vec<_> = conflicts(&desk.node)
            .iter()
            .map(|conflict| (conflict.field, conflict.stand.len()))
            .collect();
        assert_eq!(
            waiting,
            [(Field::PersonFamilyName, 2), (Field::MovementHeadcount, 2)]
        );
        // What only one of them wrote is there without a question.
        assert_eq!(known(&desk.node, person).origin, Some(PCode::HT03));
    }
    assert_eq!(digests(&site.node), digests(&hub.node));
    let found = conflicts(&hub.node);
    // Of one millisecond: which stands first, their keys say.
    let of_site = |stands: &Stands| stands.order.node == site.node.key();
    let by_site = found[0].stand.iter().position(of_site).unwrap();
    hub.must(choose(&found[0], by_site));
    hub.must(choose(&found[1], 1));
    let late = site.request(choose(&found[0], 1 - by_site));
    meet(&site.node, &hub.node).unwrap();
    for desk in [&site, &hub] {
        assert!(conflicts(&desk.node).is_empty());
        assert_eq!(known(&desk.node, person).family_name, "Demo-One");
        assert_eq!(known(&desk.node, person).origin, Some(PCode::HT03));
    }
    assert_eq!(digests(&site.node), digests(&hub.node));
    let refused = site.node.execute(&site.session, late).unwrap_err();
    assert!(matches!(
        refused,
        node::ExecuteError::Refused(Refusal::NoConflict)
    ));
}

#[test]
fn who_is_met_while_another_node_closes_the_movement_is_listed_on_both() {
    let mut site = Desk::new();
    let movement = site.landed();
    site.registered(movement);
    let mut hub = site.joined(site.site, Scope::Everything);
    site.must(Command::CloseMovement { movement });
    let arrival = domain::ArrivalId(hub.id());
    hub.must(Command::Meet {
        movement,
        meetings: vec![Meeting {
            arrival,
            priority: None,
        }],
    });
    meet(&site.node, &hub.node).unwrap();
    for desk in [&site, &hub] {
        let late = desk
            .node
            .read::<_, NodeError>(|register| Ok(register.after_closing(movement)?))
            .unwrap();
        let late: Vec<_> = late.iter().map(|entry| entry.arrival).collect();
        assert_eq!(late, [arrival]);
    }
    assert_eq!(digests(&site.node), digests(&hub.node));
}

#[test]
fn a_card_registered_at_two_nodes_shows_both_persons_and_the_first_stands() {
    let mut site = Desk::new();
    let movement = site.landed();
    let arrival = domain::ArrivalId(site.id());
    site.must(Command::Meet {
        movement,
        meetings: vec![Meeting {
            arrival,
            priority: None,
        }],
    });
    let mut hub = site.joined(site.site, Scope::Everything);
    let register = |desk: &mut Desk| {
        let person = PersonId(desk.id());
        desk.must(Command::Register(Box::new(domain::Registering {
            arrival,
            movement,
            whose: Whose::Declined { person },
            line: None,
            informed: true,
            document_shared: false,
        })));
        person
    };
    let first = register(&mut site);
    let second = register(&mut hub);
    meet(&site.node, &hub.node).unwrap();
    let registered = |node: &Node| {
        let found = node
            .read::<_, NodeError>(|register| Ok(domain::Known::arrival(register, arrival)?))
            .unwrap();
        found.unwrap().person().unwrap()
    };
    let shown = registered(&site.node);
    assert!([first, second].contains(&shown));
    assert_eq!(registered(&hub.node), shown);
    let waiting = conflicts(&site.node);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].field, Field::ArrivalPerson);
    let events = site.node.events(arrival.0).unwrap();
    let of = |order: domain::Order| {
        events
            .iter()
            .find(|it| it.order == order)
            .map(|it| match &it.event {
                domain::Event::ArrivalRegistered(body) => body.person,
                other => panic!("{other:?}"),
            })
    };
    let chosen = waiting[0]
        .stand
        .iter()
        .position(|stands| of(stands.order) != Some(shown))
        .unwrap();
    site.must(choose(&waiting[0], chosen));
    meet(&site.node, &hub.node).unwrap();
    assert_ne!(registered(&hub.node), shown);
    assert_eq!(digests(&site.node), digests(&hub.node));
}
