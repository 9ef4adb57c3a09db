//! Who may do what.

use domain::{Actor, Command, Refusal, Rejected, Role, Staff, UserId};
use uuid::Uuid;

use crate::world::{ADMIN, EVERYBODY, World};

#[test]
fn a_clerk_cannot_do_what_a_coordinator_does() {
    let mut world = World::new();
    let clerk = UserId(Uuid::from_u128(5));
    let staff = Staff {
        login: "clerk".into(),
        name: "Demo-Clerk".into(),
    };
    world.must(
        ADMIN,
        Command::AdmitUser {
            user: clerk,
            roles: vec![Role::Clerk],
            staff,
        },
    );
    let movement = world.flight(1);
    let land = Command::LandMovement {
        movement,
        headcount: 5,
    };
    let refused = world.run(Actor::User(clerk), land);
    assert!(matches!(
        refused,
        Err(Rejected::Refused(Refusal::NotAllowed { .. }))
    ));
}

#[test]
fn the_last_administrator_stays() {
    let mut world = World::new();
    let roles = vec![Role::Clerk];
    let demote = |user| Command::ChangeUser {
        user,
        roles: roles.clone(),
        active: true,
    };
    world.must(ADMIN, demote(EVERYBODY));
    let refused = world.run(Actor::Setup(ADMIN), demote(ADMIN));
    assert_eq!(refused, Err(Refusal::LastAdministrator.into()));
}

#[test]
fn the_last_focal_point_stays_once_there_is_a_key() {
    let mut world = World::new();
    let (first, second) = (UserId(Uuid::from_u128(31)), UserId(Uuid::from_u128(32)));
    let change = |user, role, active| Command::ChangeUser {
        user,
        roles: vec![role],
        active,
    };
    for (user, login) in [(first, "first"), (second, "second")] {
        let staff = Staff {
            login: login.into(),
            name: "Demo-Focal".into(),
        };
        let roles = vec![Role::FocalPoint];
        world.must(ADMIN, Command::AdmitUser { user, roles, staff });
    }
    // Nothing was sealed to anybody yet: whoever was admitted by mistake can go.
    world.must(ADMIN, change(second, Role::FocalPoint, false));
    world.must(ADMIN, change(first, Role::FocalPoint, false));
    world.must(ADMIN, change(first, Role::FocalPoint, true));
    let (role, public_key) = (Role::FocalPoint, vec![2; 32]);
    world.must(ADMIN, Command::MakeRoleKey { role, public_key });
    for last in [
        change(first, Role::FocalPoint, false),
        change(first, Role::Clerk, true),
    ] {
        let refused = world.run(Actor::Setup(ADMIN), last);
        assert_eq!(refused, Err(Refusal::LastFocalPoint.into()));
    }
    world.must(ADMIN, change(second, Role::FocalPoint, true));
    world.must(ADMIN, change(first, Role::Clerk, true));
    let refused = world.run(Actor::Setup(ADMIN), change(second, Role::FocalPoint, false));
    assert_eq!(refused, Err(Refusal::LastFocalPoint.into()));
}

#[test]
fn admitting_somebody_again_does_not_change_what_they_may() {
    let mut world = World::new();
    let staff = Staff {
        login: "other".into(),
        name: "Demo-Other".into(),
    };
    let admit = Command::AdmitUser {
        user: ADMIN,
        roles: vec![Role::Clerk],
        staff,
    };
    let again = world.run(Actor::Setup(ADMIN), admit);
    assert_eq!(again, Err(Refusal::UserKnown.into()));
}

#[test]
fn a_founding_from_before_languages_were_named_is_understood_and_written_as_it_was() {
    let body = domain::body::OperationFounded {
        operation: domain::OperationId(Uuid::from_u128(9)),
        name: "Demo".into(),
        root_signing: domain::Bytes(vec![1]),
        root_recovery: domain::Bytes(vec![2]),
        languages: None,
    };
    let event = domain::Event::from(body);
    let bytes = event.to_cbor();
    // A map of four: the fifth field is not there at all (RFC 8949, section 3.1).
    assert_eq!(bytes[0], 0xa4);
    assert_eq!(domain::Event::from_cbor("operation.founded", &bytes), event);
}

#[test]
fn languages_are_kept_in_their_order_once_and_unknown_ones_are_refused() {
    let found = |languages| Command::FoundOperation {
        operation: domain::OperationId(Uuid::from_u128(9)),
        name: "Demo".into(),
        root_signing: vec![1],
        root_recovery: vec![2],
        languages,
    };
    let ask = |command| {
        let known = domain::Memory::default();
        let mut ids = crate::world::Counter::new();
        let mut context = domain::Context {
            actor: domain::Actor::Setup(ADMIN),
            site: crate::world::SITE,
            node: crate::world::NODE,
            now: domain::Moment(0),
            occurred: domain::Occurred::at(domain::Moment(0)),
            ids: &mut ids,
        };
        domain::decide(command, &known, &mut context)
    };
    let (spanish, kreyol) = (domain::LanguageCode::SPANISH, domain::LanguageCode::KREYOL);
    let named = vec![spanish.clone(), kreyol.clone(), spanish.clone()];
    let decided = ask(found(named)).unwrap();
    let domain::Event::OperationFounded(body) = &decided[0].event else {
        panic!("{decided:?}");
    };
    assert_eq!(body.languages, Some(vec![spanish, kreyol]));
    let unknown = ask(found(vec![domain::LanguageCode::any("xx")]));
    let field = "language";
    assert_eq!(unknown, Err(Refusal::UnknownCode { field }.into()));
}
