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
