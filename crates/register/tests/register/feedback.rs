//! Whatever was recorded is counted once, erased or not, and what is said about people who work here
//! is in no list and no count but the focal point's.

use std::collections::BTreeSet;

use domain::{Actor, Command, Event, FeedbackId, Known, Misconduct, MisconductKind, Moment, Slot};
use proptest::prelude::*;
use register::Register;

use crate::steps::{id, lived, steps};
use crate::world::{FOCAL, SITE, START, World, applied, rebuilt};

const EVER: (Moment, Moment) = (Moment(i64::MIN), Moment(i64::MAX));

/// What was recorded of each kind, told from the log alone.
fn recorded(world: &World) -> (usize, usize) {
    let mut ids = BTreeSet::new();
    for recorded in &world.log.events {
        if matches!(recorded.event, Event::FeedbackRecorded(_)) {
            let mut slots = recorded.parts.iter();
            let confidential = slots.any(|(slot, _)| *slot == Slot::Misconduct);
            ids.insert((confidential, recorded.aggregate));
        }
    }
    let confidential = ids.iter().filter(|(confidential, _)| *confidential).count();
    (ids.len() - confidential, confidential)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_with_feedback_it_is_counted_once(steps in steps(160)) {
        let world = lived(&steps);
        let (ordinary, confidential) = recorded(&world);
        let register = world.register();
        let tally = register.feedback_tally(SITE, EVER).unwrap();
        let counted: u64 = tally.values().flat_map(|stages| stages.values()).sum();
        prop_assert_eq!(usize::try_from(counted).unwrap(), ordinary);
        prop_assert_eq!(register.feedback_at(SITE, 99).unwrap().len(), ordinary);
        prop_assert_eq!(register.misconduct_at(SITE, 99).unwrap().len(), confidential);
    }
}

#[test]
fn a_report_has_no_reference_by_which_others_could_find_it() {
    let mut world = World::new();
    let feedback = FeedbackId(id(1100, 1));
    let misconduct = Misconduct {
        kind: Some(MisconductKind::OTHER),
        channel: None,
        text: "rude".into(),
        contact: None,
    };
    let report = Command::ReportMisconduct {
        feedback,
        misconduct,
    };
    world.ask(report).unwrap();
    // Ids of these tests begin with noughts.
    let found = |world: &World| world.register().feedback_referred(SITE, [0; 4]).unwrap();
    assert_eq!(found(&world), []);
    let voice = domain::Voice {
        channel: domain::FeedbackChannel::BOX,
        kind: domain::FeedbackKind::QUESTION,
        text: "when".into(),
        contact: None,
        sensitive: false,
    };
    let said = FeedbackId(id(1100, 2));
    let record = Command::RecordFeedback {
        feedback: said,
        voice,
    };
    world.ask(record).unwrap();
    assert_eq!(found(&world), [said]);
    assert_eq!(
        world.register().feedback_referred(SITE, [1; 4]).unwrap(),
        []
    );
}

#[test]
fn erased_feedback_is_gone_from_the_rows_in_any_order_and_still_counted() {
    let mut world = World::new();
    let (said, reported) = (FeedbackId(id(1100, 1)), FeedbackId(id(1100, 2)));
    let voice = domain::Voice {
        channel: domain::FeedbackChannel::BOX,
        kind: domain::FeedbackKind::COMPLAINT,
        text: "Demo-Secret".into(),
        contact: Some("Demo-Contact".into()),
        sensitive: false,
    };
    for command in [
        Command::RecordFeedback {
            feedback: said,
            voice,
        },
        Command::AnswerFeedback {
            feedback: said,
            text: "Demo-Answer".into(),
        },
        Command::ReportMisconduct {
            feedback: reported,
            misconduct: Misconduct {
                kind: Some(MisconductKind::OTHER),
                channel: None,
                text: "Demo-Secret".into(),
                contact: None,
            },
        },
        Command::EraseFeedback { feedback: said },
    ] {
        world.ask(command).unwrap();
    }
    let erase = Command::EraseFeedback { feedback: reported };
    world.run(Actor::User(FOCAL), erase).unwrap();
    let backwards = applied(world.log.events.iter().rev(), &world.log);
    let again = rebuilt(&world.log);
    let expected = world.register().digest().unwrap();
    for connection in [&world.connection, &backwards, &again] {
        let register = Register::new(connection);
        assert_eq!(register.digest().unwrap(), expected);
        for id in [said, reported] {
            let found = register.feedback(id).unwrap().unwrap();
            assert!(found.erased && found.voice.is_none() && found.answer.is_none());
        }
        let texts = "SELECT count(*) FROM r_feedback_text";
        let texts: u32 = connection.query_row(texts, [], |row| row.get(0)).unwrap();
        assert_eq!(texts, 0);
        let owners = "SELECT count(*) FROM r_erased";
        let owners: u32 = connection.query_row(owners, [], |row| row.get(0)).unwrap();
        assert_eq!(owners, 2);
        let tally = register
            .feedback_tally(SITE, (START, world.now.plus_ms(1)))
            .unwrap();
        let unknown = &tally[&None];
        assert_eq!(unknown[&domain::FeedbackStage::Closed], 1, "{tally:?}");
        assert_eq!(register.misconduct_at(SITE, 9).unwrap().len(), 1);
    }
}
