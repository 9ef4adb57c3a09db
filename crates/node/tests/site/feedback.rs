//! What somebody told us is destroyed when they ask for it; that they told us something stays.

use domain::{
    FeedbackChannel, FeedbackId, FeedbackKind, Misconduct, MisconductKind, Slot, Voice, Withheld,
};

use super::*;

struct Told {
    site: Desk,
    focal: Session,
    said: FeedbackId,
    reported: FeedbackId,
}

/// A site where somebody said something and somebody else reported a colleague; both were answered.
fn told() -> Told {
    let mut site = Desk::new();
    let (request, user) = (site.id(), UserId(site.id()));
    let new = NewUser {
        user,
        roles: vec![Role::FocalPoint],
        staff: staff("focal"),
        password: PASSWORD.into(),
    };
    site.node
        .admit(&site.session, request, site.site, new)
        .unwrap();
    let focal = site.node.sign_in("focal", PASSWORD).unwrap();
    let (said, reported) = (FeedbackId(site.id()), FeedbackId(site.id()));
    let text = || "Demo-Told".to_owned();
    site.must(Command::RecordFeedback {
        feedback: said,
        voice: Voice {
            channel: FeedbackChannel::BOX,
            kind: FeedbackKind::QUESTION,
            text: text(),
            contact: Some("Demo-Contact".into()),
            sensitive: false,
        },
    });
    site.must(Command::AnswerFeedback {
        feedback: said,
        text: text(),
    });
    site.must(Command::ReportMisconduct {
        feedback: reported,
        misconduct: Misconduct {
            kind: Some(MisconductKind::OTHER),
            channel: None,
            text: text(),
            contact: None,
        },
    });
    let answer = site.request(Command::AnswerFeedback {
        feedback: reported,
        text: text(),
    });
    site.node.execute(&focal, answer).unwrap();
    Told {
        site,
        focal,
        said,
        reported,
    }
}

fn erased_parts(site: &Desk, feedback: FeedbackId) -> Vec<(Slot, bool)> {
    let events = site.node.events(feedback.0).unwrap();
    let parts = events.iter().flat_map(|recorded| &recorded.parts);
    parts
        .map(|(slot, part)| (*slot, *part == Err(Withheld::Erased)))
        .collect()
}

#[test]
fn erased_feedback_and_erased_reports_cannot_be_read_and_the_chain_still_verifies() {
    let Told {
        mut site,
        focal,
        said,
        reported,
    } = told();
    let before = site.node.verify(|_| {}).unwrap();
    assert!(before.is_clean(), "{before:?}");
    assert_eq!(
        site.node.open_misconduct(&focal, reported).unwrap().len(),
        2
    );
    let chief = site.session.clone();
    let erase = |site: &mut Desk, session: &Session, feedback| {
        let request = site.request(Command::EraseFeedback { feedback });
        site.node.execute(session, request)
    };
    for (session, feedback) in [(&chief, reported), (&focal, said)] {
        let refused = erase(&mut site, session, feedback);
        assert!(matches!(
            refused,
            Err(ExecuteError::Refused(Refusal::UnknownFeedback))
        ));
    }
    erase(&mut site, &chief, said).unwrap();
    erase(&mut site, &focal, reported).unwrap();
    assert_eq!(
        erased_parts(&site, said),
        [(Slot::Feedback, true), (Slot::Remark, true)]
    );
    assert_eq!(
        erased_parts(&site, reported),
        [(Slot::Misconduct, true), (Slot::Misconduct, true)]
    );
    assert_eq!(site.node.open_misconduct(&focal, reported).unwrap(), []);
    let verified = site.node.verify(|_| {}).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    assert_eq!(verified.report.erased, before.report.erased + 4);
    let counted = site.node.read::<_, NodeError>(|register| {
        let span = (Moment(0), Moment(i64::MAX));
        let tally = register.feedback_tally(site.site, span)?;
        let ordinary: u64 = tally.values().flat_map(|stages| stages.values()).sum();
        let reports = register.misconduct_at(site.site, 9)?.len();
        Ok((ordinary, reports))
    });
    assert_eq!(counted.unwrap(), (1, 1), "that there was something stays");

    // Nor is there anything left after reopening and folding anew.
    let data = site.data();
    let Desk { dir, node, .. } = site;
    drop(node);
    let node = reopen(&data);
    node.rebuild(|_, _| {}).unwrap();
    let focal = node.sign_in("focal", PASSWORD).unwrap();
    assert_eq!(node.open_misconduct(&focal, reported).unwrap(), []);
    assert!(node.verify(|_| {}).unwrap().is_clean());
    drop(dir);
}
