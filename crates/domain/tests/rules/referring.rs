//! Referrals at random: whatever is tried, nobody is referred without consent, what is over stays
//! over, and erasing a person leaves nothing of where they were sent.

use domain::{
    Command, Consent, Contact, Known, Moment, PersonId, Personal, ReferralId, ReferralOutcome,
    ReferralState, Referring, Refusal, Role, ServiceId, ServiceKind, Slot,
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_is_over_stays_over(steps in prop::collection::vec((0_u8..4, 0_u8..8), 1..40)) {
        let (mut world, person) = begun();
        for (number, kind) in steps {
            let due = world.now.plus_ms(86_400_000);
            let command = match kind {
                0 => Command::Refer(Box::new(refer(number, person, number % 3, Consent::Person, due))),
                1 => Command::FollowUpReferral { referral: referral(number), due, note: None },
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
