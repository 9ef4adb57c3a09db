//! Who is to be asked after, as far as each may know of it, and what reports count of it.

use domain::{
    Command, Consent, Contact, Moment, Permission, PersonId, ReferralId, ReferralOutcome,
    Referring, ServiceId, ServiceKind,
};
use register::Register;
use uuid::Uuid;

use crate::steps::id;
use crate::world::{SITE, World, named};

const EVER: (Moment, Moment) = (Moment(i64::MIN), Moment(i64::MAX));

/// A world with a service of each of these kinds.
fn listing(kinds: &[ServiceKind]) -> World {
    let mut world = World::new();
    world.landed(1, 20);
    for (number, kind) in (0..).zip(kinds) {
        let listed = Command::ListService {
            service: ServiceId(id(900, number)),
            name: format!("Demo service {number}"),
            kind: kind.clone(),
            languages: vec!["ht".into()],
            active: true,
            contact: Contact::default(),
        };
        world.ask(listed).unwrap();
    }
    world
}

fn person(world: &mut World, name: u8) -> PersonId {
    let movement = domain::MovementId(Uuid::from_u128(101));
    let name = format!("Ana Demo-{name}");
    world.register_as(movement, named(&name), None).1
}

/// Somebody is referred to a service, and is to be asked after in so many days.
fn refer(world: &mut World, number: u8, service: u8, days: i64) -> ReferralId {
    let referral = ReferralId(id(1000, number));
    let person = person(world, number);
    let referring = Referring {
        referral,
        person,
        service: ServiceId(id(900, service)),
        consent: Consent::Person,
        reason: None,
        need: None,
        due: world.now.plus_ms(days * 86_400_000),
    };
    world.ask(Command::Refer(Box::new(referring))).unwrap();
    referral
}

/// The open referrals for somebody who may only refer, at most three.
fn open(register: &Register<'_>, may: &[Permission]) -> Vec<ReferralId> {
    let open = register.open_referrals(SITE, |needed| may.contains(&needed), 3);
    open.unwrap().iter().map(|found| found.id).collect()
}

#[test]
fn what_is_over_or_not_to_be_known_takes_no_place_of_what_is_open() {
    let kinds = [ServiceKind::FOOD, ServiceKind::HEALTH, ServiceKind::GBV];
    let mut world = listing(&kinds);
    let mut last = None;
    for number in 0..15 {
        // Five done long ago, five for health and five for protection, all due earlier.
        let referral = refer(&mut world, number, number / 5, i64::from(number) + 1);
        if number < 5 {
            for outcome in [ReferralOutcome::ACCEPTED, ReferralOutcome::COMPLETED] {
                let due = Some(world.now.plus_ms(86_400_000));
                let answer = Command::AnswerReferral {
                    referral,
                    outcome,
                    due,
                    note: None,
                };
                world.ask(answer).unwrap();
            }
        }
        last = Some(referral);
    }
    let open_one = refer(&mut world, 20, 0, 300);
    let register = world.register();
    assert_eq!(open(&register, &[Permission::Refer]), [open_one]);
    let screens = [Permission::Refer, Permission::SeeScreening];
    assert_eq!(open(&register, &screens).len(), 3);
    assert!(!open(&register, &screens).contains(&last.unwrap()));
}

#[test]
fn referrals_to_protection_are_in_no_report_and_in_no_other_list() {
    let kinds: Vec<_> = ServiceKind::KNOWN.to_vec();
    let mut world = listing(&kinds);
    let guarded = |kind: &ServiceKind| kind.guarded_by() == Permission::Protect;
    let mut hidden = Vec::new();
    for (number, kind) in (0..).zip(&kinds) {
        if guarded(kind) {
            hidden.push(refer(&mut world, number, number, 1));
        }
    }
    assert!(hidden.len() > 3, "protection has several kinds");
    let register = world.register();
    assert_eq!(register.referral_tallies(SITE, EVER).unwrap(), []);
    let all = [Permission::Refer, Permission::SeeScreening];
    assert_eq!(open(&register, &all), []);
    let protection = [
        Permission::Refer,
        Permission::SeeScreening,
        Permission::Protect,
    ];
    assert_eq!(open(&register, &protection).len(), 3);

    let food = kinds.iter().position(|kind| *kind == ServiceKind::FOOD);
    refer(&mut world, 40, u8::try_from(food.unwrap()).unwrap(), 1);
    let tallies = world.register().referral_tallies(SITE, EVER).unwrap();
    assert_eq!(tallies.len(), 1, "{tallies:?}");
    assert_eq!(tallies[0].kind, Some(ServiceKind::FOOD));
}
