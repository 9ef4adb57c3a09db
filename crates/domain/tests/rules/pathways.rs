//! Pathways: whatever is tried, steps are those of the kind, what is closed stays closed, one pathway of a
//! kind is open at a time, and erasing a person leaves nothing of which way it was.

use domain::{
    Actor, Command, Day, Known, PathwayId, PathwayKind, PathwayOutcome, PathwaySource,
    PathwayStage, PathwayStep, Permission, PersonId, Refusal, Role, Slot, Staff, StepStands,
    StepState, UserId,
};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ADMIN, World};

fn pathway(number: u8) -> PathwayId {
    PathwayId(Uuid::from_u128(2_900 + u128::from(number)))
}

fn open(number: u8, person: PersonId, kind: PathwayKind) -> Command {
    Command::OpenPathway {
        pathway: pathway(number),
        person,
        kind,
    }
}

fn said(number: u8, step: PathwayStep, done: Option<Day>) -> Command {
    Command::SayPathwayStep {
        pathway: pathway(number),
        said: StepState {
            step,
            stands: done.map_or(StepStands::Open, StepStands::Done),
            due: None,
        },
    }
}

fn registered() -> (World, PersonId) {
    let mut world = World::new();
    let movement = world.landed(1);
    let (_, person) = world.registered(movement, 1);
    (world, person)
}

#[test]
fn every_kind_has_steps_of_its_own_and_each_once() {
    for kind in PathwayKind::KNOWN {
        let steps = kind.steps();
        assert!(steps.len() >= 4, "{kind}");
        let mut once = steps.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), steps.len(), "{kind}");
    }
    assert!(PathwayKind::any("of a newer version").steps().is_empty());
    let used: Vec<_> = PathwayKind::KNOWN
        .iter()
        .flat_map(PathwayKind::steps)
        .collect();
    assert!(PathwayStep::KNOWN.iter().all(|step| used.contains(step)));
}

#[test]
fn a_way_goes_from_being_told_to_its_end_and_not_beyond() {
    let (mut world, person) = registered();
    let tell = Command::TellPathway {
        pathway: pathway(1),
        person,
        by: PathwaySource::OFFICIALS,
        kind: None,
    };
    assert_eq!(
        world.refusal(said(1, PathwayStep::INTERVIEW, None)),
        Refusal::UnknownPathway
    );
    world.ask(tell).unwrap();
    assert_eq!(
        world.refusal(said(1, PathwayStep::INTERVIEW, None)),
        Refusal::PathwayNotOpened
    );
    let again = Command::TellPathway {
        pathway: pathway(2),
        person,
        by: PathwaySource::DESK,
        kind: None,
    };
    assert_eq!(world.refusal(again), Refusal::PathwayTold);
    let opened = world
        .ask(open(1, person, PathwayKind::WORK_OR_STUDY_VISA))
        .unwrap();
    assert!(
        opened[0].part(Slot::Pathway).is_some(),
        "which way it is, is sealed"
    );
    assert_eq!(
        world.refusal(open(3, person, PathwayKind::WORK_OR_STUDY_VISA)),
        Refusal::PathwayOpen
    );
    assert_eq!(
        world.refusal(said(1, PathwayStep::MEDICAL_CHECK, None)),
        Refusal::StepOfOtherKind
    );
    let ahead = Some(Day(date(2099, 1, 1)));
    assert_eq!(
        world.refusal(said(1, PathwayStep::OFFER, ahead)),
        Refusal::StepNotYet
    );
    let before = Some(Day(date(2021, 9, 1)));
    assert_eq!(
        world.refusal(said(1, PathwayStep::OFFER, before)),
        Refusal::BeforeOpened
    );
    let done = Some(Day(date(2021, 9, 22)));
    world.ask(said(1, PathwayStep::OFFER, done)).unwrap();
    let stands = world.known.pathway(pathway(1)).unwrap().unwrap();
    assert_eq!(
        stands.next_step().unwrap().step,
        PathwayStep::PAPERS_COLLECTED
    );
    let end = |outcome| Command::ClosePathway {
        pathway: pathway(1),
        outcome,
    };
    assert_eq!(
        world.refusal(end(PathwayOutcome::any("sold"))),
        Refusal::UnknownCode { field: "outcome" }
    );
    world.ask(end(PathwayOutcome::REFUSED)).unwrap();
    assert_eq!(
        world.refusal(end(PathwayOutcome::GRANTED)),
        Refusal::PathwayClosed
    );
    world
        .ask(open(3, person, PathwayKind::WORK_OR_STUDY_VISA))
        .unwrap();
}

#[test]
fn of_each_kind_somebody_is_told_once_and_what_they_were_told_of_is_what_opens() {
    let (mut world, person) = registered();
    let tell = |number, kind| Command::TellPathway {
        pathway: pathway(number),
        person,
        by: PathwaySource::DESK,
        kind,
    };
    let resettlement = Some(PathwayKind::RESETTLEMENT);
    let told = world.ask(tell(1, resettlement.clone())).unwrap();
    assert!(told[0].part(Slot::Pathway).is_some(), "the kind is sealed");
    assert_eq!(world.refusal(tell(2, resettlement)), Refusal::PathwayTold);
    let told = world.ask(tell(2, None)).unwrap();
    assert!(told[0].parts.is_empty());
    world.ask(tell(3, Some(PathwayKind::ASYLUM))).unwrap();
    assert_eq!(
        world.refusal(open(1, person, PathwayKind::ASYLUM)),
        Refusal::PathwayOfOtherKind
    );
    world
        .ask(open(1, person, PathwayKind::RESETTLEMENT))
        .unwrap();
    // Who was told of pathways in general may open any.
    world.ask(open(2, person, PathwayKind::ASYLUM)).unwrap();
    let stands = world.known.pathway(pathway(2)).unwrap().unwrap();
    assert_eq!(
        (stands.told_kind, stands.kind),
        (None, Some(PathwayKind::ASYLUM))
    );
}

#[test]
fn nothing_of_a_pathway_happens_before_it_was_opened() {
    let (mut world, person) = registered();
    world
        .ask(open(1, person, PathwayKind::VOLUNTARY_RETURN))
        .unwrap();
    world.entered_late_ms = 3_600_000;
    let close = Command::ClosePathway {
        pathway: pathway(1),
        outcome: PathwayOutcome::GRANTED,
    };
    assert_eq!(world.refusal(close.clone()), Refusal::BeforeOpened);
    let step = said(1, PathwayStep::COUNSELLED, None);
    assert_eq!(world.refusal(step), Refusal::BeforeOpened);
    world.entered_late_ms = 0;
    world.ask(close).unwrap();
}

#[test]
fn who_may_not_know_of_asylum_learns_nothing_of_it() {
    let (mut world, person) = registered();
    world
        .ask(open(1, person, PathwayKind::VOLUNTARY_RETURN))
        .unwrap();
    let clerk = UserId(Uuid::from_u128(77));
    world.must(
        ADMIN,
        Command::AdmitUser {
            user: clerk,
            roles: vec![Role::Clerk],
            staff: Staff {
                login: "clerk".into(),
                name: "Demo-Clerk".into(),
            },
        },
    );
    let as_clerk = Actor::User(clerk);
    let refused = world.run(as_clerk, open(2, person, PathwayKind::ASYLUM));
    let permission = Permission::SeeScreening;
    assert_eq!(refused, Err(Refusal::NotAllowed { permission }.into()));
    world.ask(open(2, person, PathwayKind::ASYLUM)).unwrap();
    let refused = world.run(as_clerk, said(2, PathwayStep::LEGAL_AID, None));
    assert_eq!(refused, Err(Refusal::UnknownPathway.into()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_closed_stays_closed_and_nobody_got_what_nobody_opened(
        steps in prop::collection::vec((0_u8..3, 0_u8..6, 0_u8..7), 1..40),
    ) {
        let (mut world, person) = registered();
        for (number, what, which) in steps {
            let kind = PathwayKind::KNOWN[usize::from(which)].clone();
            let command = match what {
                0 => Command::TellPathway {
                    pathway: pathway(number),
                    person,
                    by: PathwaySource::DESK,
                    kind: PathwayKind::KNOWN.get(usize::from(which) * 2).cloned(),
                },
                1 | 2 => open(number, person, kind),
                3 => said(number, PathwayStep::KNOWN[usize::from(which) * 3].clone(), None),
                4 => Command::ClosePathway {
                    pathway: pathway(number),
                    outcome: PathwayOutcome::KNOWN[usize::from(which) % 4].clone(),
                },
                _ if which == 6 => Command::ErasePerson { person },
                _ => continue,
            };
            let before: Vec<_> = (0..3).map(|n| world.known.pathway(pathway(n)).unwrap()).collect();
            let _ = world.ask(command);
            let mut told = Vec::new();
            for (n, before) in (0..3).zip(before) {
                let Some(after) = world.known.pathway(pathway(n)).unwrap() else {
                    prop_assert!(before.is_none());
                    continue;
                };
                told.extend(after.told.as_ref().map(|_| after.told_kind.clone()));
                if let Some(before) = before && let PathwayStage::Closed(_) = before.stage() {
                    prop_assert_eq!(before.stage(), after.stage());
                }
                if let Some((_, at)) = &after.closed {
                    prop_assert!(after.opened_at.is_some_and(|opened| opened <= *at));
                }
                if world.known.person(person).unwrap().unwrap().erased {
                    prop_assert!(after.kind.is_none() && after.steps.is_empty());
                } else if let Some(kind) = &after.kind {
                    let steps = kind.steps();
                    prop_assert!(after.steps.iter().all(|said| steps.contains(&said.step)));
                }
            }
            if !world.known.person(person).unwrap().unwrap().erased {
                let count = told.len();
                told.sort();
                told.dedup();
                prop_assert_eq!(told.len(), count, "told of a kind once");
            }
            let open = world.known.pathways_of(person).unwrap();
            let open = open.iter().filter(|pathway| pathway.is_open());
            let mut kinds: Vec<_> = open.filter_map(|pathway| pathway.kind.clone()).collect();
            let count = kinds.len();
            kinds.sort();
            kinds.dedup();
            prop_assert_eq!(kinds.len(), count);
        }
    }
}
