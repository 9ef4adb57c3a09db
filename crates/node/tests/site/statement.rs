//! Statements: signed with the author's password, registered in words that nobody can exchange, with a
//! receipt that holds without the node.

mod witness;

use domain::{AdviceId, AdviceOutcome, Day, OfficeId, StatementId, StatementKind, Stating};
use ledger::{AuthorKey, Statement};
use node::statement::{Submission, check, words_of};

use super::*;
use crate::second::admit;

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(77));

/// A desk at which an observer may recommend to the one office.
fn desk() -> (Desk, node::Session) {
    let mut site = Desk::new();
    admit(&mut site, "observer", Role::Observer);
    let office = Command::DefineOffice {
        office: OFFICE,
        name: "Operations".into(),
        members: vec![site.session.user()],
        active: true,
    };
    let request = site.request(office);
    site.node.execute(&site.session, request).unwrap();
    let observer = site.node.sign_in("observer", PASSWORD).unwrap();
    (site, observer)
}

fn recommendation(site: &mut Desk, text: &str) -> Submission {
    let due = site
        .node
        .now()
        .timestamp()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date();
    Submission {
        advice: AdviceId(site.id()),
        statement: StatementId(site.id()),
        kind: StatementKind::Recommendation,
        title: "A second desk".into(),
        text: text.into(),
        language: "en".into(),
        about: None,
        offices: vec![OFFICE],
        due: Some(Day(due)),
        office: None,
        outcome: None,
        refers_to: None,
        references: Vec::new(),
    }
}

fn submit(
    site: &mut Desk,
    who: &node::Session,
    password: &str,
    what: Submission,
) -> Result<node::Done, ExecuteError> {
    let request = site.id();
    let here = site.site;
    site.node.submit(who, password, request, here, what)
}

#[test]
fn what_is_submitted_is_signed_word_for_word_and_its_receipt_holds_by_itself() {
    let (mut site, observer) = desk();
    let first = recommendation(&mut site, "Open a second desk.\n\nToday.");
    submit(&mut site, &observer, PASSWORD, first.clone()).unwrap();
    let second = Submission {
        statement: StatementId(site.id()),
        text: "Open a third desk.".into(),
        refers_to: Some(first.statement),
        ..first.clone()
    };
    submit(&mut site, &observer, PASSWORD, second.clone()).unwrap();
    for (statement, text) in [
        (first.statement, first.text.as_str()),
        (second.statement, "Open a third desk."),
    ] {
        let file = site.node.transparent_statement(statement).unwrap().unwrap();
        let checked = check(&file, None, None);
        assert!(checked.holds(), "{checked:?}");
        assert_eq!(checked.words.as_ref().unwrap().text, text);
        assert_eq!(checked.words.as_ref().unwrap().offices, ["Operations"]);
        let named = check(
            &file,
            checked.author_key.as_deref(),
            Some(&checked.log_keys[0]),
        );
        assert!(named.holds());
        let other = check(&file, Some(&checked.log_keys[0]), None);
        assert!(!other.holds(), "another key is told");
    }
    // The second version names the first by its leaf.
    let file = site
        .node
        .transparent_statement(second.statement)
        .unwrap()
        .unwrap();
    let before = site
        .node
        .transparent_statement(first.statement)
        .unwrap()
        .unwrap();
    assert_eq!(
        check(&file, None, None).words.unwrap().refers_to,
        check(&before, None, None).leaf
    );
    let unknown = StatementId(site.id());
    assert_eq!(site.node.transparent_statement(unknown).unwrap(), None);
}

#[test]
fn a_wrong_password_signs_nothing() {
    let (mut site, observer) = desk();
    let end = site.node.log_end().unwrap();
    let what = recommendation(&mut site, "words");
    let answer = submit(&mut site, &observer, "another password", what);
    assert!(
        matches!(answer, Err(ExecuteError::Failed(NodeError::SignInRefused))),
        "{answer:?}"
    );
    let empty = recommendation(&mut site, " \n");
    let answer = submit(&mut site, &observer, PASSWORD, empty);
    assert!(matches!(
        answer,
        Err(ExecuteError::Refused(Refusal::TextMissing { .. }))
    ));
    assert_eq!(site.node.log_end().unwrap(), end);
}

#[test]
fn a_form_sent_twice_registers_once() {
    let (mut site, observer) = desk();
    let what = recommendation(&mut site, "words");
    let (request, here) = (site.id(), site.site);
    site.node
        .submit(&observer, PASSWORD, request, here, what.clone())
        .unwrap();
    let again = site
        .node
        .submit(&observer, PASSWORD, request, here, what)
        .unwrap();
    assert!(again.repeated);
}

#[test]
fn words_signed_by_somebody_else_or_saying_something_else_are_refused() {
    let (mut site, observer) = desk();
    let what = recommendation(&mut site, "words");
    submit(&mut site, &observer, PASSWORD, what.clone()).unwrap();
    let advice = site
        .node
        .read::<_, NodeError>(|register| Ok(register.advice(what.advice)?))
        .unwrap()
        .unwrap();
    let genuine = advice.newest().unwrap().bytes.0.clone();
    assert_eq!(words_of(&genuine).unwrap().text, "words");
    let stating = |site: &mut Desk, bytes: Vec<u8>| Stating {
        advice: AdviceId(site.id()),
        statement: StatementId(site.id()),
        kind: StatementKind::Recommendation,
        bytes,
        about: None,
        offices: vec![OFFICE],
        due: what.due,
        office: None,
        outcome: None,
        refers_to: None,
        second: None,
    };
    let statement = Statement::read(&genuine).unwrap();
    let forger = AuthorKey::of_secret(&[9; 32]);
    let forged = forger.sign(&ledger::Stating {
        issuer: &statement.issuer,
        subject: &statement.subject,
        content_type: &statement.content_type,
        issued_at: 0,
        payload: &statement.payload,
    });
    let mut altered = genuine.clone();
    let place = altered
        .windows(5)
        .position(|bytes| bytes == b"words")
        .unwrap();
    altered[place] = b'W';
    let mut cases = vec![
        forged,
        altered,
        Vec::from(&genuine[..genuine.len() - 1]),
        vec![1, 2, 3],
    ];
    cases.push(statement.with(&[vec![1]]));
    for bytes in cases {
        let stating = stating(&mut site, bytes);
        let request = site.request(Command::RegisterStatement(Box::new(stating)));
        let answer = site.node.execute(&observer, request);
        assert!(
            matches!(answer, Err(ExecuteError::Refused(Refusal::StatementForged))),
            "{answer:?}"
        );
    }
    // Signed by its author, and the form around it says that it is an answer.
    let other = Stating {
        kind: StatementKind::Response,
        office: Some(OFFICE),
        outcome: Some(AdviceOutcome::ACCEPTED),
        ..stating(&mut site, genuine)
    };
    let request = site.request(Command::RegisterStatement(Box::new(other)));
    let answer = site.node.execute(&observer, request);
    assert!(
        matches!(answer, Err(ExecuteError::Refused(Refusal::StatementForged))),
        "{answer:?}"
    );
}

#[test]
fn a_forged_or_truncated_receipt_is_told_with_what_to_do() {
    let (mut site, observer) = desk();
    let what = recommendation(&mut site, "words");
    submit(&mut site, &observer, PASSWORD, what.clone()).unwrap();
    let file = site
        .node
        .transparent_statement(what.statement)
        .unwrap()
        .unwrap();
    let truncated = check(&file[..file.len() / 2], None, None);
    assert!(!truncated.holds());
    assert!(
        truncated.steps[0].why.contains("ask for the file again"),
        "{truncated:?}"
    );
    let statement = Statement::read(&file).unwrap();
    let bare = check(&statement.registered(), None, None);
    assert!(
        bare.steps.last().unwrap().why.contains("no receipt"),
        "{bare:?}"
    );
    let mut receipt = statement.receipts[0].clone();
    *receipt.last_mut().unwrap() ^= 1;
    let forged = check(&statement.with(&[receipt]), None, None);
    assert!(
        forged.steps.last().unwrap().why.contains("forged"),
        "{forged:?}"
    );
}
