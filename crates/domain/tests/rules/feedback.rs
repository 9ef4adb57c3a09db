//! Feedback at random: whatever anybody tries, what is closed is not answered, nobody but the focal
//! point learns of what is said about staff, and nothing that was recorded is ever lost.

use std::collections::BTreeMap;

use domain::{
    Actor, Command, Event, FeedbackChannel, FeedbackId, FeedbackKind, FeedbackStage, Known,
    Misconduct, MisconductKind, Recorded, Refusal, Rejected, Role, Slot, Staff, UserId, Voice,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ADMIN, EVERYBODY, World};

const FOCAL: UserId = UserId(Uuid::from_u128(21));
const CLERK: UserId = UserId(Uuid::from_u128(22));
const OFFICER: UserId = UserId(Uuid::from_u128(23));
const CHIEF: UserId = UserId(Uuid::from_u128(24));
const ACTORS: [UserId; 5] = [EVERYBODY, FOCAL, CLERK, OFFICER, CHIEF];

fn feedback(number: u8) -> FeedbackId {
    FeedbackId(Uuid::from_u128(700 + u128::from(number)))
}

fn admit(world: &mut World, user: UserId, login: &str, role: Role) {
    let staff = Staff {
        login: login.into(),
        name: "Demo-Staff".into(),
    };
    let roles = vec![role];
    world.must(ADMIN, Command::AdmitUser { user, roles, staff });
}

/// A site with a focal point, whose key is made, and somebody of each role that has to do with it.
fn begun() -> World {
    let mut world = World::new();
    for (user, login, role) in [
        (FOCAL, "focal", Role::FocalPoint),
        (CLERK, "clerk", Role::Clerk),
        (OFFICER, "officer", Role::InformationOfficer),
        (CHIEF, "chief", Role::Administrator),
    ] {
        admit(&mut world, user, login, role);
    }
    let public_key = vec![2; 32];
    let role = Role::FocalPoint;
    world.must(ADMIN, Command::MakeRoleKey { role, public_key });
    world
}

fn said(feedback: FeedbackId) -> Command {
    let voice = Voice {
        channel: FeedbackChannel::KNOWN[0].clone(),
        kind: FeedbackKind::KNOWN[0].clone(),
        text: "the water is warm".into(),
        contact: None,
        sensitive: false,
    };
    Command::RecordFeedback { feedback, voice }
}

fn reported(feedback: FeedbackId) -> Command {
    let misconduct = Misconduct {
        kind: Some(MisconductKind::KNOWN[0].clone()),
        channel: None,
        text: "asked for money".into(),
        contact: None,
    };
    Command::ReportMisconduct {
        feedback,
        misconduct,
    }
}

fn about(kind: u8, feedback: FeedbackId) -> Command {
    match kind {
        0 => said(feedback),
        1 => reported(feedback),
        2 => Command::EraseFeedback { feedback },
        3 => Command::CloseFeedback { feedback },
        _ => Command::AnswerFeedback {
            feedback,
            text: "we looked".into(),
        },
    }
}

fn ask(world: &mut World, who: UserId, command: Command) -> Result<Vec<Recorded>, Rejected> {
    world.run(Actor::User(who), command)
}

#[test]
fn a_report_is_taken_only_while_somebody_can_read_it() {
    let mut world = World::new();
    let refused = |world: &mut World| world.refusal(reported(feedback(1)));
    assert_eq!(refused(&mut world), Refusal::NoFocalPoint, "no key yet");
    let (role, public_key) = (Role::FocalPoint, vec![2; 32]);
    world.must(ADMIN, Command::MakeRoleKey { role, public_key });
    assert_eq!(
        refused(&mut world),
        Refusal::NoFocalPoint,
        "a key that nobody holds reads nothing"
    );
    admit(&mut world, FOCAL, "focal", Role::FocalPoint);
    world.ask(reported(feedback(1))).unwrap();
    // Two nodes may each have ended the access of one of two, so that nobody is left.
    let mut gone = world.log.last().unwrap().clone();
    gone.order.position += 1;
    gone.aggregate = FOCAL.0;
    gone.parts.clear();
    gone.event = Event::UserChanged(domain::body::UserChanged {
        user: FOCAL,
        roles: vec![Role::FocalPoint],
        active: false,
    });
    world.known.apply(&gone);
    assert_eq!(
        world.refusal(reported(feedback(2))),
        Refusal::NoFocalPoint,
        "whoever held it may not work here any more"
    );
}

#[test]
fn feedback_is_erased_by_an_administrator_and_a_report_by_the_focal_point() {
    let mut world = begun();
    ask(&mut world, CLERK, said(feedback(1))).unwrap();
    ask(&mut world, CLERK, reported(feedback(2))).unwrap();
    let erase = |number| Command::EraseFeedback {
        feedback: feedback(number),
    };
    let unknown = Err(Rejected::from(Refusal::UnknownFeedback));
    assert_eq!(ask(&mut world, FOCAL, erase(1)), unknown);
    assert_eq!(ask(&mut world, CHIEF, erase(2)), unknown);
    assert!(matches!(
        ask(&mut world, OFFICER, erase(1)),
        Err(Rejected::Refused(Refusal::NotAllowed { .. }))
    ));
    for (who, number) in [(CHIEF, 1), (FOCAL, 2)] {
        let erased = ask(&mut world, who, erase(number)).unwrap();
        assert!(erased[0].parts.is_empty(), "who asked is not written down");
        let found = world.known.feedback(feedback(number)).unwrap().unwrap();
        assert!(found.erased && found.voice.is_none());
        let again = ask(&mut world, who, erase(number));
        assert_eq!(again, Err(Refusal::FeedbackErased.into()));
    }
    let answer = about(4, feedback(1));
    assert_eq!(
        world.refusal(answer),
        Refusal::FeedbackClosed,
        "nothing is written beside what was erased"
    );
}

#[test]
fn an_answer_that_another_node_gave_meanwhile_goes_with_what_was_erased() {
    let mut world = begun();
    ask(&mut world, CLERK, said(feedback(1))).unwrap();
    ask(&mut world, OFFICER, about(4, feedback(1))).unwrap();
    let mut answered = world.log.last().unwrap().clone();
    let erase = Command::EraseFeedback {
        feedback: feedback(1),
    };
    ask(&mut world, CHIEF, erase).unwrap();
    let erased = world.known.feedback(feedback(1)).unwrap();
    answered.order.wall_ms += 9_000;
    world.known.apply(&answered);
    assert_eq!(world.known.feedback(feedback(1)).unwrap(), erased);
}

/// What was recorded of each, told from the log alone.
fn recorded(world: &World) -> BTreeMap<Uuid, bool> {
    let begun = world.log.iter().filter_map(|recorded| {
        let confidential = recorded
            .parts
            .iter()
            .any(|(slot, _)| *slot == Slot::Misconduct);
        matches!(recorded.event, Event::FeedbackRecorded(_))
            .then_some((recorded.aggregate, confidential))
    });
    begun.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_answers_what_is_closed_betrays_a_report_or_loses_anything(
        steps in prop::collection::vec((0_u8..7, 0_u8..4, 0..ACTORS.len()), 1..60),
    ) {
        let mut world = begun();
        for (kind, number, who) in steps {
            let (id, who) = (feedback(number), ACTORS[who]);
            let before = world.known.feedback(id).unwrap();
            let nothing_there = ask(&mut world, who, about(kind.max(2), feedback(99)));
            let answer = ask(&mut world, who, about(kind, id));
            let after = world.known.feedback(id).unwrap();
            if let (Some(before), true) = (&before, kind > 1) {
                let focal = who == FOCAL;
                if before.confidential != focal {
                    prop_assert_eq!(&answer, &nothing_there, "it is as if it were not there");
                    prop_assert_eq!(Some(before), after.as_ref());
                }
                if before.stage == FeedbackStage::Closed && kind > 3 {
                    prop_assert!(answer.is_err(), "closed feedback was answered");
                }
                if before.stage == FeedbackStage::Open && kind == 3 {
                    prop_assert!(answer.is_err(), "closed without an answer");
                }
            }
            if let Some(before) = &before {
                let after = after.as_ref().expect("nothing recorded is lost");
                prop_assert_eq!(before.confidential, after.confidential);
                prop_assert_eq!((before.at, before.site), (after.at, after.site));
                prop_assert!(before.stage <= after.stage, "it goes forward only");
                prop_assert!(!before.erased || after.erased);
            }
            if let Some(after) = after.filter(|after| after.erased) {
                prop_assert!(after.voice.is_none() && after.answer.is_none());
            }
        }
        let known = recorded(&world);
        for (id, confidential) in &known {
            let found = world.known.feedback(FeedbackId(*id)).unwrap();
            prop_assert_eq!(found.map(|found| found.confidential), Some(*confidential));
        }
        for event in world.log.iter().filter(|event| event.event.kind().starts_with("feedback.")) {
            for (slot, _) in &event.parts {
                prop_assert_eq!(
                    *slot == Slot::Misconduct,
                    known[&event.aggregate],
                    "what is said about staff, and nothing else, is sealed to the focal point"
                );
            }
        }
    }
}
