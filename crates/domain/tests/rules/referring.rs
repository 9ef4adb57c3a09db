//! Referrals at random: whatever is tried, nobody is referred without consent, what is over stays
//! over, and erasing a person leaves nothing of where they were sent.

use domain::{
    CallResult, Command, Consent, Contact, Known, Moment, PersonId, Personal, PlacesOf,
    Reachability, ReferralId, ReferralOutcome, ReferralState, Referring, Refusal, Role, ServiceId,
    ServiceKind, Slot,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::World;

fn service(number: u8) -> ServiceId {
    ServiceId(Uuid::from_u128(800 + u128::from(number)))
}

fn referral(number: u8) -> ReferralId {
    ReferralId(Uuid::from_u128(900 + u128::from(number)))
}

fn list(number: u8, kind: ServiceKind, active: bool) -> Command {
    Command::ListService {
        service: service(number),
        name: format!("Demo service {number}"),
        kind,
        languages: vec!["ht".into()],
        active,
        contact: Contact::default(),
    }
}

fn refer(number: u8, person: PersonId, to: u8, consent: Consent, due: Moment) -> Referring {
    Referring {
        referral: referral(number),
        person,
        service: service(to),
        consent,
        reason: None,
        need: Some("shoes".into()),
        due,
    }
}

/// Somebody registered, three services, the protection role with its key.
fn begun() -> (World, PersonId) {
    let mut world = World::new();
    let movement = world.landed(1);
    let (_, person) = world.registered(movement, 1);
    world.must(
        crate::world::ADMIN,
        Command::MakeRoleKey {
            role: Role::Protection,
            public_key: vec![1; 32],
        },
    );
    for (number, kind) in (0..).zip([ServiceKind::FOOD, ServiceKind::HEALTH, ServiceKind::GBV]) {
        world.ask(list(number, kind, true)).unwrap();
    }
    (world, person)
}

#[test]
fn without_consent_only_protection_refers_and_says_why() {
    let (mut world, person) = begun();
    let due = world.now.plus_ms(86_400_000);
    let mut asked = refer(0, person, 0, Consent::Nobody, due);
    asked.reason = Some("in a hurry".into());
    let refused = world.refusal(Command::Refer(Box::new(asked.clone())));
    assert_eq!(refused, Refusal::NoConsent);
    asked.service = service(2);
    asked.reason = Some("  ".into());
    let refused = world.refusal(Command::Refer(Box::new(asked.clone())));
    assert_eq!(refused, Refusal::TextMissing { field: "reason" });
    asked.reason = Some("in danger tonight".into());
    let made = world.ask(Command::Refer(Box::new(asked))).unwrap();
    assert!(made[0].part(Slot::ProtectionReferral).is_some());
    assert!(
        made[0].part(Slot::Referral).is_none(),
        "nothing readable by others"
    );
}

#[test]
fn a_service_that_takes_nobody_is_refused() {
    let (mut world, person) = begun();
    world.ask(list(0, ServiceKind::FOOD, false)).unwrap();
    let due = world.now.plus_ms(86_400_000);
    let asked = refer(0, person, 0, Consent::Person, due);
    assert_eq!(
        world.refusal(Command::Refer(Box::new(asked))),
        Refusal::ServiceClosed
    );
}

#[test]
fn a_service_stays_of_a_kind_that_the_same_roles_may_know_of() {
    let (mut world, _) = begun();
    // Food, health and gender-based violence, as they are listed.
    for (number, kind) in [
        (0, ServiceKind::HEALTH),
        (0, ServiceKind::GBV),
        (1, ServiceKind::FOOD),
        (2, ServiceKind::FOOD),
        (2, ServiceKind::HEALTH),
    ] {
        let refused = world.refusal(list(number, kind.clone(), true));
        assert_eq!(refused, Refusal::ServiceKindStays, "{number} {kind}");
        let stands = world.known.service(service(number)).unwrap().unwrap();
        assert_ne!(stands.kind, kind);
    }
    world.ask(list(0, ServiceKind::SHELTER, true)).unwrap();
    world.ask(list(2, ServiceKind::PROTECTION, false)).unwrap();
}

fn called(result: CallResult, due: Moment) -> Command {
    Command::FollowUpReferral {
        referral: referral(0),
        due,
        note: None,
        reached: Some(result),
    }
}

#[test]
fn who_asked_not_to_be_called_is_called_by_nobody_until_they_say_so() {
    let (mut world, person) = begun();
    let due = world.now.plus_ms(86_400_000);
    for (number, to) in [(0, 0), (1, 1)] {
        let made = refer(number, person, to, Consent::Person, due);
        world.ask(Command::Refer(Box::new(made))).unwrap();
    }
    let stands = |world: &World| world.known.referral(referral(0)).unwrap().unwrap();
    world.ask(called(CallResult::NO_ANSWER, due)).unwrap();
    world.ask(called(CallResult::WRONG_NUMBER, due)).unwrap();
    assert_eq!(
        (stands(&world).unreached, stands(&world).follow_ups),
        (2, 0)
    );
    world.ask(called(CallResult::NO_CALLS, due)).unwrap();
    assert_eq!(
        (stands(&world).unreached, stands(&world).follow_ups),
        (0, 1)
    );
    assert!(stands(&world).calls_declined);
    assert_eq!(
        world.refusal(called(CallResult::REACHED, due)),
        Refusal::NoCalls
    );
    let elsewhere = Command::FollowUpReferral {
        referral: referral(1),
        due,
        note: None,
        reached: Some(CallResult::REACHED),
    };
    assert_eq!(world.refusal(elsewhere), Refusal::NoCalls);
    // The service itself may still be asked how it went.
    let asked = Command::FollowUpReferral {
        referral: referral(0),
        due,
        note: None,
        reached: None,
    };
    world.ask(asked).unwrap();
    let withdrawn = Command::AnswerReferral {
        referral: referral(0),
        outcome: ReferralOutcome::WITHDRAWN,
        due: None,
        note: None,
    };
    world.ask(withdrawn).unwrap();
    world.ask(called(CallResult::CALLS_AGAIN, due)).unwrap();
    assert!(!stands(&world).calls_declined);
    assert_eq!(stands(&world).state, ReferralState::Withdrawn);
}

#[test]
fn what_a_service_said_of_its_room_runs_out_and_outlives_its_entry() {
    let (mut world, _) = begun();
    let say = |reachable, until, days: &[u8]| Command::StateService {
        service: service(0),
        places: Some(3),
        places_of: PlacesOf::TOTAL,
        reachable,
        until,
        open_days: days.to_vec(),
    };
    let unreachable = Reachability::UNREACHABLE;
    assert_eq!(
        world.refusal(say(unreachable.clone(), None, &[])),
        Refusal::UntilMissing
    );
    assert_eq!(
        world.refusal(say(Reachability::REACHABLE, None, &[0])),
        Refusal::NoWeekday
    );
    let until = world.now.plus_ms(86_400_000);
    world
        .ask(say(unreachable.clone(), Some(until), &[5, 1, 5]))
        .unwrap();
    world.ask(list(0, ServiceKind::FOOD, true)).unwrap();
    let stands = world.known.service(service(0)).unwrap().unwrap();
    let available = stands.available.unwrap();
    assert_eq!(available.open_days, [1, 5]);
    assert_eq!(available.reachable_now(world.now), Some(&unreachable));
    assert_eq!(available.reachable_now(until), None);
    assert_eq!((available.free(2), available.free(4)), (Some(1), Some(0)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_is_over_stays_over(steps in prop::collection::vec((0_u8..4, 0_u8..8), 1..40)) {
        let (mut world, person) = begun();
        for (number, kind) in steps {
            let due = world.now.plus_ms(86_400_000);
            let command = match kind {
                0 => Command::Refer(Box::new(refer(number, person, number % 3, Consent::Person, due))),
                1 => Command::FollowUpReferral { referral: referral(number), due, note: None, reached: CallResult::KNOWN.get(usize::from(number) + 1).cloned() },
                2 if number == 3 => Command::ErasePerson { person },
                _ => Command::AnswerReferral {
                    referral: referral(number),
                    outcome: ReferralOutcome::KNOWN[usize::from(kind) % 5].clone(),
                    due: Some(due),
                    note: Some("said".into()),
                },
            };
            let before: Vec<_> = (0..4).map(|n| world.known.referral(referral(n)).unwrap()).collect();
            let accepted = world.ask(command.clone()).is_ok();
            for (n, before) in (0..4).zip(before) {
                let Some(before) = before else { continue };
                let after = world.known.referral(referral(n)).unwrap().unwrap();
                if before.state.is_over() {
                    prop_assert_eq!(before.state, after.state);
                }
                if let (true, Command::AnswerReferral { referral: asked, outcome, .. }) = (accepted, &command)
                    && *asked == referral(n)
                {
                    prop_assert!(before.state.may_become(outcome));
                    prop_assert_eq!(after.state.code(), outcome.as_str());
                }
                if after.state == ReferralState::Completed && before.state != ReferralState::Completed {
                    prop_assert_eq!(before.state, ReferralState::Accepted);
                }
                prop_assert_eq!(after.due.is_some(), after.state.is_open());
            }
            if world.known.person(person).unwrap().unwrap().erased {
                for referral in world.known.referrals_of(person).unwrap() {
                    prop_assert!(referral.terms.is_none(), "where somebody erased was sent is gone");
                }
            }
        }
        for recorded in &world.log {
            for (_, part) in &recorded.parts {
                let Ok(Personal::Referral(terms) | Personal::ProtectionReferral(terms)) = part else { continue };
                prop_assert!(terms.consent != Consent::Nobody || terms.reason.is_some());
            }
        }
    }
}
