//! What the public is told, through the node: the numbers that are not shown are sealed, come back
//! after reopening, and stand in no public body.

use domain::{
    Day, Edition, EditionId, EditionRow, EditionTable, Event, NewEdition, Period, Personal, Slot,
};
use jiff::civil::date;
use ledger::{Ledger, Vault};

use super::second::admit;
use super::*;

/// Not shown: each four bytes long in CBOR (RFC 8949, section 3), so that they are told from
/// everything else in a body.
const HIDDEN: [u64; 3] = [1_234_567_891, 3_141_592_653, 2_718_281_828];
const SHOWN: u64 = 1_618_033_988;

fn edition(site: &mut Desk, period: Period) -> NewEdition {
    let row = |code: &str, count| EditionRow {
        code: code.into(),
        count,
    };
    let hidden = ["HT01", "HT03", "HT05"].map(|code| row(code, None));
    NewEdition {
        id: EditionId(site.id()),
        period,
        sites: vec![site.site],
        cut_off: Moment(START_MS),
        plan: 1,
        log_end: "0707070707070707 12".into(),
        tables: vec![
            EditionTable {
                of: "registered".into(),
                by: None,
                rows: vec![row("", Some(SHOWN))],
            },
            EditionTable {
                of: "registered".into(),
                by: Some("origin".into()),
                rows: hidden.into(),
            },
        ],
        basis: std::iter::once(SHOWN).chain(HIDDEN).collect(),
    }
}

/// Somebody who looked at it too, signed in.
fn approver(site: &mut Desk) -> Session {
    admit(site, "second", Role::InformationOfficer);
    site.node.sign_in("second", PASSWORD).unwrap()
}

fn request(site: &mut Desk, second: &Session, editions: Vec<NewEdition>) -> Request {
    let second = second.user();
    site.request(Command::PublishEditions {
        editions,
        known: 0,
        second,
    })
}

fn found(node: &Node, id: EditionId) -> Edition {
    let found = node.read::<_, NodeError>(|register| Ok(register.edition(id)?));
    found.unwrap().unwrap()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn four_bytes(number: u64) -> [u8; 4] {
    u32::try_from(number).unwrap().to_be_bytes()
}

#[test]
fn the_numbers_not_shown_come_back_after_reopening_and_stand_in_no_public_body() {
    let mut site = Desk::new();
    let new = edition(&mut site, Period::Month(Day(date(2021, 8, 1))));
    let second = approver(&mut site);
    let request = request(&mut site, &second, vec![new.clone()]);
    site.node
        .execute_with(&site.session, &second, request)
        .unwrap();
    let (key, data) = (site.node.key(), site.data());
    let Desk { dir, node, .. } = site;
    let end = node.log_end().unwrap().position;
    drop(node);

    let node = reopen(&data);
    let read = found(&node, new.id);
    assert_eq!(read.basis.as_ref(), Some(&new.basis));
    assert_eq!((read.period, &read.tables), (new.period, &new.tables));
    node.rebuild(|_, _| {}).unwrap();
    assert_eq!(found(&node, new.id), read);
    let event = node.event(key, end).unwrap().unwrap();
    let basis = Personal::Basis(new.basis.clone());
    assert_eq!(event.part(Slot::Basis), Some(&basis));
    assert!(matches!(event.event, Event::EditionPublished(_)));
    assert!(node.verify(|_| {}).unwrap().is_clean());
    drop(node);

    let bytes = signed_bytes(&data, new.id);
    assert!(holds(&bytes, &four_bytes(SHOWN)), "what is shown is there");
    for hidden in HIDDEN {
        assert!(!holds(&bytes, &four_bytes(hidden)), "{hidden}");
        assert!(!holds(&bytes, hidden.to_string().as_bytes()), "{hidden}");
    }
    drop(dir);
}

/// The published event as it is passed on to others: body, envelope and signature.
fn signed_bytes(data: &Path, id: EditionId) -> Vec<u8> {
    let key = Vault::read(data).unwrap().unlock(&passphrase()).unwrap();
    let ledger = Ledger::open(data, &key, options().ledger).unwrap();
    let reader = ledger.reader().unwrap();
    let aggregate = ledger::AggregateId(*id.0.as_bytes());
    let events = reader.view().events_of(aggregate).unwrap();
    let [event] = events.as_slice() else {
        panic!("one event, not {}", events.len());
    };
    assert_eq!(event.kind(), "edition.published");
    event.bytes().to_vec()
}

#[test]
fn two_who_publish_at_once_do_not_hide_past_each_other() {
    let mut site = Desk::new();
    let periods = [date(2021, 8, 3), date(2021, 8, 4)].map(|day| Period::Day(Day(day)));
    let second = approver(&mut site);
    let requests = periods.map(|period| {
        let editions = vec![edition(&mut site, period)];
        request(&mut site, &second, editions)
    });
    let answers = std::thread::scope(|scope| {
        let (node, session, second) = (&site.node, &site.session, &second);
        requests
            .map(|request| scope.spawn(move || node.execute_with(session, second, request)))
            .map(|asked| asked.join().unwrap())
    });
    let refused = |answer: &&Result<_, _>| {
        matches!(
            answer,
            Err(ExecuteError::Refused(Refusal::PublishedMeanwhile))
        )
    };
    assert_eq!(answers.iter().filter(refused).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let listed = site
        .node
        .read::<_, NodeError>(|register| Ok(register.editions()?))
        .unwrap();
    assert_eq!(listed.len(), 1);
}

#[test]
fn a_form_posted_twice_publishes_once() {
    let mut site = Desk::new();
    let editions = vec![edition(&mut site, Period::Day(Day(date(2021, 8, 3))))];
    let second = approver(&mut site);
    let request = request(&mut site, &second, editions);
    let alone = site.node.execute(&site.session, request.clone());
    assert!(matches!(
        alone,
        Err(ExecuteError::Refused(Refusal::SecondUnsigned))
    ));
    let ask = |request| site.node.execute_with(&site.session, &second, request);
    let first = ask(request.clone()).unwrap();
    let again = ask(request).unwrap();
    assert!(!first.repeated && again.repeated);
}
