//! Who is on the list, on record, or no longer: manifests, registration, erasure.

use domain::{
    ArrivalId, Command, Confirmed, Event, Extent, ImportId, Importing, ItemCode, Known, LineState,
    PersonId, Recorded, Refusal, Role, Screening, Vulnerability, Whose,
};
use uuid::Uuid;

use crate::world::{ADMIN, World, listed, new_person, register};

#[test]
fn who_refuses_to_register_still_eats() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 10);
    let movement = world.landed(1);
    let arrival = ArrivalId(Uuid::from_u128(201));
    let person = PersonId(Uuid::from_u128(301));
    world
        .ask(register(
            arrival,
            movement,
            Whose::Declined { person },
            None,
        ))
        .unwrap();
    let entitlement = world.entitlement(arrival, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Redeem {
            arrival,
            entitlement,
            card_checked: false,
        })
        .unwrap();
}

#[test]
fn a_no_show_who_comes_after_all_is_registered() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Ana"), listed(3, "Bea")];
    let import = ImportId(Uuid::from_u128(500));
    world
        .ask(Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        })))
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 1,
        })
        .unwrap();
    world.ask(Command::CloseMovement { movement }).unwrap();
    let line = world.known.lines(movement).unwrap()[0].id;
    assert_eq!(
        world.known.line(line).unwrap().unwrap().state(),
        LineState::NoShow
    );
    world.ask(Command::ReopenMovement { movement }).unwrap();
    let arrival = ArrivalId(Uuid::from_u128(201));
    let whose = new_person(PersonId(Uuid::from_u128(301)), "Ana");
    world
        .ask(register(arrival, movement, whose, Some(line)))
        .unwrap();
    assert_eq!(
        world.known.line(line).unwrap().unwrap().state(),
        LineState::Registered
    );
}

#[test]
fn a_file_that_cannot_be_read_takes_nobody_off_the_list() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people, refused| {
        Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people,
            refused,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        }))
    };
    world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")], 0))
        .unwrap();
    assert_eq!(world.refusal(import(Vec::new(), 2)), Refusal::ManifestEmpty);
    world.ask(import(vec![listed(2, "Ana")], 1)).unwrap();
    let lines = world.known.lines(movement).unwrap();
    assert!(lines.iter().all(|line| line.state() == LineState::Waiting));
}

#[test]
fn a_change_of_a_manifest_touches_only_whom_it_names() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = ImportId(Uuid::from_u128(500));
    world
        .ask(Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people: vec![listed(2, "Ana"), listed(3, "Bea"), listed(4, "Cleo")],
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        })))
        .unwrap();
    let amend = |people, withdrawn| {
        Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people,
            refused: 0,
            extent: Extent::Part { withdrawn },
            confirmed: Confirmed::default(),
        }))
    };
    world
        .ask(amend(vec![listed(9, "Dora")], vec![listed(10, "Bea")]))
        .unwrap();
    let waiting = |world: &World| -> Vec<String> {
        let lines = world.known.lines(movement).unwrap();
        let lines = lines
            .into_iter()
            .filter(|line| line.state() == LineState::Waiting);
        let mut names: Vec<_> = lines
            .filter_map(|line| line.particulars.map(|who| who.given_names))
            .collect();
        names.sort();
        names
    };
    assert_eq!(waiting(&world), ["Ana", "Cleo", "Dora"]);
    let again = world.ask(amend(vec![listed(9, "Dora")], vec![listed(10, "Bea")]));
    assert!(
        again.unwrap().is_empty(),
        "the same change twice changes nothing"
    );
    let nobody = amend(Vec::new(), Vec::new());
    assert_eq!(world.refusal(nobody), Refusal::ManifestEmpty);
}

#[test]
fn the_manifest_of_another_flight_is_noticed() {
    let mut world = World::new();
    let people = || {
        let mut person = listed(2, "Ana");
        person.particulars.documents = vec![domain::Document::new(
            domain::DocumentKind::Passport,
            "DEMO1",
            None,
        )];
        vec![person]
    };
    let import = |movement, elsewhere_confirmed| {
        Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people: people(),
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed {
                elsewhere: elsewhere_confirmed,
                replaces: !elsewhere_confirmed,
                nobody_erased: false,
            },
        }))
    };
    let (first, second) = (world.flight(1), world.flight(2));
    world.ask(import(first, false)).unwrap();
    let other = "DR-1".to_owned();
    assert_eq!(
        world.refusal(import(second, false)),
        Refusal::ManifestElsewhere { other }
    );
    world.ask(import(second, true)).unwrap();
}

#[test]
fn who_did_not_come_is_erased_from_the_list_and_a_longer_list_asks_before_it_names_them_again() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people, erased_confirmed| {
        Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed {
                elsewhere: false,
                replaces: false,
                nobody_erased: erased_confirmed,
            },
        }))
    };
    let (ana, bea, eve) = (listed(2, "Ana"), listed(3, "Bea"), listed(4, "Eve"));
    world
        .ask(import(vec![ana.clone(), bea.clone()], false))
        .unwrap();
    let of = |world: &World, name: &str| {
        let lines = world.known.lines(movement).unwrap();
        let named = |line: &&domain::Line| {
            line.particulars
                .as_ref()
                .is_some_and(|who| who.given_names == name)
        };
        lines.iter().find(named).map(|line| line.id)
    };
    let line = of(&world, "Ana").unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 1,
        })
        .unwrap();
    world.ask(Command::MarkNoShow { line }).unwrap();
    world.ask(Command::EraseLine { line }).unwrap();
    let erased = world.known.line(line).unwrap().unwrap();
    assert!(erased.erased && erased.particulars.is_none() && erased.row.is_none());
    assert_eq!(erased.state(), LineState::NoShow, "they are still counted");
    assert_eq!(
        world.refusal(Command::EraseLine { line }),
        Refusal::PersonErased
    );

    let longer = vec![ana, bea.clone(), eve.clone()];
    assert_eq!(
        world.refusal(import(longer, false)),
        Refusal::ErasedMayReturn {
            erased: 1,
            listed: 2
        }
    );
    assert_eq!(of(&world, "Ana"), None);
    // Whoever looked says so; then the file is taken as it is.
    world
        .ask(import(vec![bea, eve, listed(5, "Ina")], true))
        .unwrap();
    assert!(of(&world, "Eve").is_some());

    let taken = of(&world, "Bea").unwrap();
    let whose = new_person(PersonId(Uuid::from_u128(301)), "Bea");
    let arrival = ArrivalId(Uuid::from_u128(201));
    world
        .ask(register(arrival, movement, whose, Some(taken)))
        .unwrap();
    assert_eq!(
        world.refusal(Command::EraseLine { line: taken }),
        Refusal::ErasePersonInstead
    );
}

#[test]
fn one_human_registered_twice_is_withdrawn_once_what_was_given_is_voided() {
    let mut world = World::new();
    world.stock_up(ItemCode::HOT_MEAL, 5);
    let movement = world.landed(1);
    world
        .ask(Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people: vec![listed(2, "Ana")],
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        })))
        .unwrap();
    let line = world.known.lines(movement).unwrap()[0].id;
    let (right, _) = world.registered(movement, 1);
    let wrong = ArrivalId(Uuid::from_u128(202));
    let twin = PersonId(Uuid::from_u128(302));
    let whose = new_person(twin, "Ana");
    world
        .ask(register(wrong, movement, whose, Some(line)))
        .unwrap();
    let entitlement = world.entitlement(wrong, &ItemCode::HOT_MEAL);
    world
        .ask(Command::Redeem {
            arrival: wrong,
            entitlement,
            card_checked: false,
        })
        .unwrap();
    let withdraw = |reason: &str| Command::WithdrawArrival {
        arrival: wrong,
        reason: reason.into(),
    };
    assert_eq!(world.refusal(withdraw("twice")), Refusal::SomethingGiven);
    world
        .ask(Command::Void {
            arrival: wrong,
            entitlement,
            reason: domain::VoidReason::KNOWN[0].clone(),
        })
        .unwrap();
    assert_eq!(
        world.refusal(withdraw(" ")),
        Refusal::TextMissing { field: "reason" }
    );
    let recorded = world.ask(withdraw("twice")).unwrap();
    assert!(matches!(
        recorded[0].part(domain::Slot::Remark),
        Some(domain::Personal::Remark(reason)) if reason == "twice"
    ));
    assert_eq!(world.refusal(withdraw("twice")), Refusal::Withdrawn);
    assert_eq!(
        world.refusal(Command::Leave { arrival: wrong }),
        Refusal::Withdrawn
    );
    // The line is waited for again, and the first registration can stand at it.
    assert_eq!(
        world.known.line(line).unwrap().unwrap().state(),
        LineState::Waiting
    );
    world
        .ask(Command::CorrectRegistration {
            arrival: right,
            line: Some(line),
        })
        .unwrap();
    world.ask(Command::CloseMovement { movement }).unwrap();
}

#[test]
fn somebody_erased_is_not_listed_again_by_the_same_file() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people| {
        Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        }))
    };
    world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")]))
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 2,
        })
        .unwrap();
    let lines = world.known.lines(movement).unwrap();
    let line = lines.iter().find(|line| line.row == Some(2)).unwrap().id;
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Ana"),
            Some(line),
        ))
        .unwrap();
    world.ask(Command::ErasePerson { person }).unwrap();
    let again = world
        .ask(import(vec![listed(2, "Ana"), listed(3, "Bea")]))
        .unwrap();
    assert_eq!(again.len(), 0);
    let screening = Screening::default();
    let screen = Command::Screen {
        arrival,
        screening,
        note: None,
    };
    assert_eq!(world.refusal(screen), Refusal::PersonErased);
}

#[test]
fn who_says_their_name_later_receives_what_they_are_entitled_to() {
    let mut world = World::new();
    let movement = world.landed(1);
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            Whose::Declined { person },
            None,
        ))
        .unwrap();
    let Whose::New { particulars, .. } = new_person(person, "Ana") else {
        unreachable!()
    };
    let reason = "told it later".to_owned();
    world
        .ask(Command::CorrectPerson {
            person,
            particulars,
            reason,
            document_shared: false,
        })
        .unwrap();
    world.entitlement(arrival, &ItemCode::HYGIENE_KIT);
}

#[test]
fn a_registration_at_the_wrong_line_is_moved_and_the_line_waits_again() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Ana"), listed(3, "Bea")];
    let import = ImportId(Uuid::from_u128(500));
    let refused = 0;
    world
        .ask(Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people,
            refused,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        })))
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 2,
        })
        .unwrap();
    let lines = world.known.lines(movement).unwrap();
    let (wrong, right) = (lines[0].id, lines[1].id);
    let (arrival, person) = (
        ArrivalId(Uuid::from_u128(201)),
        PersonId(Uuid::from_u128(301)),
    );
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Bea"),
            Some(wrong),
        ))
        .unwrap();
    world
        .ask(Command::CorrectRegistration {
            arrival,
            line: Some(right),
        })
        .unwrap();
    let state = |line| world.known.line(line).unwrap().unwrap().state();
    assert_eq!(
        (state(wrong), state(right)),
        (LineState::Waiting, LineState::Registered)
    );
}

#[test]
fn no_public_body_holds_a_name() {
    let mut world = World::new();
    let movement = world.flight(1);
    let people = vec![listed(2, "Zilefanm")];
    let import = ImportId(Uuid::from_u128(500));
    world
        .ask(Command::ImportManifest(Box::new(Importing {
            import,
            movement,
            people,
            refused: 0,
            extent: Extent::Whole,
            confirmed: Confirmed::default(),
        })))
        .unwrap();
    world
        .ask(Command::LandMovement {
            movement,
            headcount: 5,
        })
        .unwrap();
    let arrival = ArrivalId(Uuid::from_u128(201));
    let person = PersonId(Uuid::from_u128(301));
    world
        .ask(register(
            arrival,
            movement,
            new_person(person, "Zilefanm"),
            None,
        ))
        .unwrap();
    let screening = Screening {
        vulnerabilities: vec![Vulnerability::PREGNANT],
        ..Screening::default()
    };
    let key = Command::MakeRoleKey {
        role: Role::Protection,
        public_key: vec![1],
    };
    world.must(ADMIN, key);
    let note = Some("Zilefanm told something".to_owned());
    world
        .ask(Command::Screen {
            arrival,
            screening,
            note,
        })
        .unwrap();
    // The rules of a package name vulnerabilities, but nobody who has one.
    let is_rule = |recorded: &&Recorded| matches!(recorded.event, Event::PackageDefined(_));
    for recorded in world.log.iter().filter(|recorded| !is_rule(recorded)) {
        let public = String::from_utf8_lossy(&recorded.event.to_cbor()).into_owned();
        for secret in [
            "Zilefanm",
            "Demo-Mapou",
            "Demo-Staff",
            "pregnant",
            "everybody",
        ] {
            assert!(
                !public.contains(secret),
                "{} holds {secret}",
                recorded.event.kind()
            );
        }
    }
}

#[test]
fn a_file_that_takes_most_people_off_a_list_is_asked_about() {
    let mut world = World::new();
    let movement = world.flight(1);
    let import = |people, replaces: bool| {
        Command::ImportManifest(Box::new(Importing {
            import: ImportId(Uuid::from_u128(500)),
            movement,
            people,
            extent: Extent::Whole,
            refused: 0,
            confirmed: Confirmed {
                // An answer to another question.
                elsewhere: !replaces,
                replaces,
                nobody_erased: false,
            },
        }))
    };
    let names = ["Ana", "Bea", "Cleo", "Dora", "Eve"];
    let all = || {
        (2..)
            .zip(names)
            .map(|(row, name)| listed(row, name))
            .collect::<Vec<_>>()
    };
    world.ask(import(all(), false)).unwrap();
    let cut = || all()[..2].to_vec();
    let refusal = Refusal::ManifestReplaces {
        removed: 3,
        same: 2,
    };
    assert_eq!(world.refusal(import(cut(), false)), refusal);
    world.ask(import(cut(), true)).unwrap();
    world.ask(import(vec![listed(2, "Ana")], false)).unwrap();
}
