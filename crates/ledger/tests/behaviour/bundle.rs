//! A bundle gives what a meeting gives: whatever the order, however often, broken off anywhere; and a
//! file that is wrong is refused with what is wrong and where.

use std::io::Read as _;

use ledger::bundle::{
    BundleFault, Header, Outgoing, Reading, Recipient, Segment, WorkFactor, Writing,
};
use ledger::sync::{Blob, Delivery, LogHead, Message, Reach, hello, welcome};
use ledger::{
    BundleId, Content, Error, Event, KeyId, KeyRef, Ledger, Member, NodeId, Papers, Passphrase,
    Result, RootKey, SystemEntropy,
};
use proptest::prelude::*;

use crate::scenario::{NOW_MS, PERSON, Site, append, draft, draft_with};
use crate::sync::{Everything, heads, invited, keep, root};

fn secret() -> Passphrase {
    Passphrase::new("kenep siwel mango")
}

/// Only one node may hold anything.
struct Only(NodeId);

impl Reach for Only {
    fn may_hold(&self, member: &Member, _: KeyId) -> Result<bool> {
        Ok(member.node == self.0)
    }
}

/// What one node writes for others, as far as it knows them. Nothing is known of what they have,
/// unless it is said.
fn written_for(
    ledger: &Ledger,
    to: &[(NodeId, Vec<LogHead>)],
    reach: &dyn Reach,
) -> Result<Vec<u8>> {
    let members = ledger.reader()?.view().members()?;
    let recipients: Vec<Recipient> = to
        .iter()
        .map(|(node, heads)| Recipient {
            member: members[node].clone(),
            heads: heads.clone(),
            wanted: Vec::new(),
        })
        .collect();
    written_to(ledger, &recipients, reach)
}

fn written_to(ledger: &Ledger, to: &[Recipient], reach: &dyn Reach) -> Result<Vec<u8>> {
    let reader = ledger.reader()?;
    let view = reader.view();
    let mut outgoing = Outgoing::plan(view, to)?;
    let header = Header {
        id: BundleId::random(&SystemEntropy),
        hello: hello(view, ledger.node(), NOW_MS)?,
        from: outgoing.from().to_vec(),
        to: to.iter().map(|to| to.member.node).collect(),
    };
    let passphrase = secret();
    let protection = (&passphrase, WorkFactor::TRIVIAL);
    let mut writing = Writing::begin(Vec::new(), protection, &header, view, &SystemEntropy)?;
    while let Some(message) = outgoing.take(view, reach, &SystemEntropy)? {
        writing.say(&message)?;
    }
    writing.finish()
}

fn written(ledger: &Ledger, to: &[&Ledger]) -> Vec<u8> {
    let to: Vec<_> = to.iter().map(|to| (to.node(), Vec::new())).collect();
    written_for(ledger, &to, &Everything).expect("writes")
}

/// What came of reading, event by event.
#[derive(Debug, Default, PartialEq, Eq)]
struct Came {
    stored: usize,
    known: u64,
}

/// Reads a bundle into a ledger, as the owner of one does. Whatever came before a fault is kept.
fn read(ledger: &mut Ledger, file: &[u8]) -> Result<Came> {
    let mut came = Came::default();
    let mut reading = Reading::open(file, &secret())?;
    let hello = &reading.header().hello;
    let writer = hello.node;
    let found = welcome(hello, ledger.reader()?.view(), NOW_MS)?;
    let found = found.map_err(|why| Error::BundleRefused { writer, why })?;
    if found.new {
        let papers = vec![hello.papers.clone()];
        keep(
            ledger,
            Delivery::Papers {
                papers,
                revocations: Vec::new(),
            },
        );
    }
    while let Some(segment) = reading.next_segment()? {
        let bytes = |blobs: Vec<Blob>| blobs.into_iter().map(|blob| blob.0).collect();
        let delivery = match segment {
            Segment::Said(Message::Papers {
                papers,
                revocations,
            }) => Delivery::Papers {
                papers: bytes(papers),
                revocations: bytes(revocations),
            },
            Segment::Said(Message::Events { events, .. }) => Delivery::Events(bytes(events)),
            Segment::Said(Message::Given { parts, keys }) => Delivery::Given(parts, keys),
            _ => continue,
        };
        if let Some(received) = keep(ledger, delivery) {
            came.stored += received.stored.len();
            came.known += received.known;
        }
    }
    Ok(came)
}

/// Lets nodes know of each other, and nothing else.
fn introduce(ledgers: &mut [&mut Ledger]) {
    let papers: Vec<Vec<u8>> = ledgers
        .iter()
        .map(|ledger| {
            let reader = ledger.reader().expect("reads");
            let papers = reader.view().papers(ledger.node()).expect("reads");
            papers.expect("it has papers")
        })
        .collect();
    for ledger in ledgers {
        let mut transaction = ledger.begin().expect("begins");
        for papers in &papers {
            let papers = Papers::from_bytes(papers).expect("papers");
            transaction.admit(&papers, NOW_MS).expect("admits");
        }
        transaction.commit().expect("commits");
    }
}

fn said_heads(ledger: &Ledger) -> Vec<LogHead> {
    let reader = ledger.reader().expect("reads");
    let hello = hello(reader.view(), ledger.node(), NOW_MS).expect("reads");
    hello.logs
}

fn content(ledger: &Ledger, event: &Event) -> Content {
    let reader = ledger.reader().expect("reads");
    let attachment = event.attachment("person").expect("has one");
    reader.view().content(attachment).expect("reads")
}

fn is_clear(ledger: &Ledger, event: &Event) -> bool {
    matches!(content(ledger, event), Content::Clear(clear) if clear.as_slice() == b"Demo Mirlande")
}

fn about(ledger: &mut Ledger, about: u8) -> Event {
    let key = KeyRef::Person(KeyId([about; 16]));
    append(ledger, draft_with(about, key, "Demo Mirlande"))
}

fn fault(outcome: Result<Came>) -> (u64, BundleFault) {
    match outcome {
        Err(Error::Bundle { segment, fault, .. }) => (segment, fault),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_nodes_that_only_exchange_a_stick_have_everything_in_the_end() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..40 {
        ours.push(about(&mut one, number));
        theirs.push(about(&mut other, 100 + number));
    }
    // Nobody knows anybody: the first bundle introduces its writer, the second already gives parts.
    let first = written(&one, &[]);
    assert_eq!(read(&mut other, &first).expect("reads").stored, 40);
    assert!(!is_clear(&other, &ours[0]));
    let second = written(&other, &[&one]);
    assert_eq!(read(&mut one, &second).expect("reads").stored, 40);
    assert!(theirs.iter().all(|event| is_clear(&one, event)));
    // Events that it has are not written again; parts that it lacks are, because it said so.
    let reader = other.reader().expect("reads");
    let wanted = reader.view().wanted(0, 100).expect("reads");
    let to = Recipient {
        member: one
            .reader()
            .expect("reads")
            .view()
            .members()
            .expect("reads")[&other.node()]
            .clone(),
        heads: said_heads(&other),
        wanted: wanted.iter().map(|wanted| wanted.hash).collect(),
    };
    let third = written_to(&one, &[to], &Everything).expect("writes");
    let came = read(&mut other, &third).expect("reads");
    assert_eq!(came, Came::default());
    assert!(ours.iter().all(|event| is_clear(&other, event)));
    assert_eq!(heads(&one), heads(&other));
    assert!(one.verify(|_| ()).expect("walks").is_clean());
    assert!(other.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn a_bundle_that_is_read_twice_changes_nothing_the_second_time() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    introduce(&mut [&mut one, &mut other]);
    let event = about(&mut one, 1);
    let bundle = written(&one, &[&other]);
    read(&mut other, &bundle).expect("reads");
    let before = heads(&other);
    let came = read(&mut other, &bundle).expect("reads");
    assert_eq!(
        came,
        Came {
            stored: 0,
            known: 1
        }
    );
    assert_eq!(heads(&other), before);
    assert!(is_clear(&other, &event));
    let reader = other.reader().expect("reads");
    assert_eq!(reader.view().waiting().expect("counts").own, 0);
}

#[test]
fn only_what_the_other_is_not_known_to_have_is_written() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    introduce(&mut [&mut one, &mut other]);
    for number in 0..30 {
        append(&mut one, draft(number));
    }
    let bundle = written(&one, &[&other]);
    read(&mut other, &bundle).expect("reads");
    let known = said_heads(&other);
    append(&mut one, draft(1));
    let later = written_for(&one, &[(other.node(), known)], &Everything).expect("writes");
    assert!(later.len() < bundle.len());
    let came = read(&mut other, &later).expect("reads");
    assert_eq!(
        came,
        Came {
            stored: 1,
            known: 0
        }
    );
}

#[test]
fn parts_that_came_before_their_events_are_there_without_reading_the_file_again() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    introduce(&mut [&mut one, &mut other]);
    let first = about(&mut one, 1);
    let early = written(&one, &[&other]);
    let known = said_heads(&one);
    let second = about(&mut one, 2);
    let late = written_for(&one, &[(other.node(), known)], &Everything).expect("writes");
    // The later one comes first: its event waits for the one before, its part for the event.
    assert_eq!(read(&mut other, &late).expect("reads").stored, 0);
    let waits = |ledger: &Ledger| {
        ledger
            .reader()
            .expect("reads")
            .view()
            .waiting()
            .expect("counts")
    };
    assert_eq!(waits(&other).own, 1);
    assert_eq!(read(&mut other, &early).expect("reads").stored, 2);
    assert!(is_clear(&other, &first));
    assert!(is_clear(&other, &second));
    assert_eq!(waits(&other).own, 0);
}

#[test]
fn a_carrier_passes_on_parts_that_it_cannot_open_itself() {
    let root = root();
    let (_a, mut site) = invited(&root, u64::MAX);
    let (_b, mut carrier) = invited(&root, u64::MAX);
    let (_c, mut hub) = invited(&root, u64::MAX);
    introduce(&mut [&mut site, &mut carrier, &mut hub]);
    let event = about(&mut site, 1);
    let long = "Demo ".repeat(600_000);
    let large = append(&mut site, draft_with(2, KeyRef::Person(PERSON), &long));
    let to = [(carrier.node(), Vec::new()), (hub.node(), Vec::new())];
    let bundle = written_for(&site, &to, &Only(hub.node())).expect("writes");
    read(&mut carrier, &bundle).expect("reads");
    assert_eq!(content(&carrier, &event), Content::Withheld);
    let onwards = written_for(&carrier, &to[1..], &Only(hub.node())).expect("writes");
    read(&mut hub, &onwards).expect("reads");
    assert!(is_clear(&hub, &event));
    assert!(matches!(content(&hub, &large), Content::Clear(clear) if clear.len() == long.len()));
}

#[test]
fn what_was_erased_here_is_neither_kept_for_later_nor_carried() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let (_b, mut other) = invited(&root, u64::MAX);
    introduce(&mut [&mut one, &mut other]);
    append(&mut one, draft(1));
    let known = said_heads(&one);
    let event = append(
        &mut one,
        draft_with(2, KeyRef::Person(PERSON), "Demo Mirlande"),
    );
    let late = written_for(&one, &[(other.node(), known)], &Everything).expect("writes");
    read(&mut other, &late).expect("reads");
    let mut transaction = other.begin().expect("begins");
    transaction.erase(PERSON, NOW_MS).expect("erases");
    transaction.commit().expect("commits");
    let waiting = other.reader().expect("reads").view().waiting();
    assert_eq!(waiting.expect("counts").own, 0);
    read(&mut other, &late).expect("reads");
    let early = written(&one, &[&other]);
    read(&mut other, &early).expect("reads");
    assert_eq!(content(&other, &event), Content::Erased);
}

#[test]
fn both_lines_of_a_fork_meet_through_a_stick_and_the_node_stops() {
    let root = root();
    let (site, mut ledger) = invited(&root, u64::MAX);
    let (_h, mut hub) = invited(&root, u64::MAX);
    introduce(&mut [&mut ledger, &mut hub]);
    for number in 0..5 {
        append(&mut ledger, draft(number));
    }
    drop(ledger);
    let copy = site.copied();
    let (mut one, mut twin) = (site.open(), copy.open());
    for number in 0..9 {
        append(&mut one, draft(number));
    }
    for number in 0..3 {
        append(&mut twin, draft(50 + number));
    }
    let bundle = written(&one, &[&hub]);
    read(&mut hub, &bundle).expect("reads");
    // The twin has heard that the hub has more of this log than it has itself.
    let known = said_heads(&hub);
    let bundle = written_for(&twin, &[(hub.node(), known)], &Everything).expect("writes");
    read(&mut hub, &bundle).expect("reads");
    // The hub answers with all it has of it, and the twin knows.
    let answer = written_for(&hub, &[(twin.node(), said_heads(&twin))], &Everything);
    read(&mut twin, &answer.expect("writes")).expect("reads");
    assert!(twin.halted().is_some());
    let again = written_for(&twin, &[(hub.node(), said_heads(&hub))], &Everything);
    read(&mut hub, &again.expect("writes")).expect("reads");
    assert_eq!(heads(&hub), heads(&twin));
    assert_eq!(heads(&hub).len(), 3);
}

#[test]
fn a_bundle_by_somebody_who_does_not_belong_is_refused_and_nothing_of_it_kept() {
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    let refused = |ledger: &mut Ledger, file: &[u8]| match read(ledger, file) {
        Err(error @ Error::BundleRefused { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let forged = RootKey::generate(ledger::OperationId([7; 16]), &SystemEntropy);
    let (_b, mut stranger) = invited(&forged, u64::MAX);
    append(&mut stranger, draft(1));
    let said = refused(&mut one, &written(&stranger, &[]));
    assert!(said.contains("papers"), "{said}");
    let elsewhere = RootKey::generate(ledger::OperationId([8; 16]), &SystemEntropy);
    let (_c, foreign) = invited(&elsewhere, u64::MAX);
    let said = refused(&mut one, &written(&foreign, &[]));
    assert!(said.contains("another operation"), "{said}");
    let (_d, late) = invited(&root, NOW_MS - 1);
    let said = refused(&mut one, &written(&late, &[]));
    assert!(said.contains("expired"), "{said}");
    let (_e, mut gone) = invited(&root, u64::MAX);
    introduce(&mut [&mut one, &mut gone]);
    append(&mut gone, draft(1));
    let bundle = written(&gone, &[&one]);
    let revocation = root.revoke(&ledger::Revocation {
        operation: ledger::OperationId([7; 16]),
        node: gone.node(),
        last: 0,
        at_ms: NOW_MS,
    });
    let mut transaction = one.begin().expect("begins");
    transaction.revoke(&revocation).expect("revokes");
    transaction.commit().expect("commits");
    let said = refused(&mut one, &bundle);
    assert!(said.contains("sent away"), "{said}");
    assert_eq!(heads(&one), []);
}

#[test]
fn a_short_passphrase_protects_nothing_and_is_refused() {
    let root = root();
    let (_a, one) = invited(&root, u64::MAX);
    let reader = one.reader().expect("reads");
    let header = Header {
        id: BundleId::random(&SystemEntropy),
        hello: hello(reader.view(), one.node(), NOW_MS).expect("reads"),
        from: Vec::new(),
        to: Vec::new(),
    };
    let short = Passphrase::new("mango");
    let begun = Writing::begin(
        Vec::new(),
        (&short, WorkFactor::TRIVIAL),
        &header,
        reader.view(),
        &SystemEntropy,
    );
    assert!(matches!(begun, Err(Error::WeakPassphrase(_))));
}

/// Somebody else's reader of age files (rage, through Python) opens what is written here, and what it
/// writes opens here.
#[test]
fn another_reader_of_age_files_opens_a_bundle_and_the_other_way_round() {
    let Ok(python) = std::env::var("AKEY_TEST_PYTHON") else {
        eprintln!("not run: AKEY_TEST_PYTHON names no Python with pyrage");
        return;
    };
    let root = root();
    let (_a, mut one) = invited(&root, u64::MAX);
    for number in 0..200 {
        about(&mut one, number);
    }
    let bundle = written(&one, &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    std::fs::write(&ours, &bundle).expect("space");
    let script = "import sys, pyrage.passphrase as p\n\
        clear = p.decrypt(open(sys.argv[1], 'rb').read(), sys.argv[3])\n\
        assert clear.startswith(b'akey bundle 1\\n'), clear[:20]\n\
        open(sys.argv[2], 'wb').write(p.encrypt(clear, sys.argv[3]))\n";
    let output = std::process::Command::new(python)
        .args(["-c", script])
        .args([&ours, &theirs])
        .arg("kenep siwel mango")
        .output()
        .expect("Python starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let mut again = Vec::new();
    let mut file = std::fs::File::open(&theirs).expect("it was written");
    file.read_to_end(&mut again).expect("reads");
    let (_b, mut other) = invited(&root, u64::MAX);
    assert_eq!(read(&mut other, &again).expect("reads").stored, 200);
}

/// A bundle of a hundred events with parts, and who is to read it.
fn hundred() -> (RootKey, Site, Ledger, Vec<u8>) {
    let root = root();
    let (site, mut one) = invited(&root, u64::MAX);
    for number in 0..100 {
        about(&mut one, number);
    }
    let bundle = written(&one, &[]);
    (root, site, one, bundle)
}

#[test]
fn a_wrong_passphrase_is_named() {
    let (_, _site, _one, bundle) = hundred();
    let refused = Reading::open(bundle.as_slice(), &Passphrase::new("another word"));
    let said = refused.expect_err("closed").to_string();
    assert!(said.contains("passphrase does not open it"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Cut anywhere, a bundle gives what lies before the cut, says that it breaks off, and the whole
    /// file gives the rest.
    #[test]
    fn a_bundle_that_breaks_off_anywhere_is_kept_up_to_there(cut in any::<prop::sample::Index>()) {
        let (root, _site, one, bundle) = hundred();
        let (_b, mut other) = invited(&root, u64::MAX);
        let cut = cut.index(bundle.len());
        let (_, why) = fault(read(&mut other, &bundle[..cut]));
        prop_assert_eq!(why, BundleFault::Truncated);
        read(&mut other, &bundle).expect("reads");
        prop_assert_eq!(heads(&one), heads(&other));
    }

    /// A flipped bit is never taken for anything else, wherever it is.
    #[test]
    fn a_flipped_bit_is_named_and_nothing_false_is_kept(
        place in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let (root, _site, one, bundle) = hundred();
        let (_b, mut other) = invited(&root, u64::MAX);
        let mut altered = bundle.clone();
        let place = place.index(altered.len());
        altered[place] ^= 1 << bit;
        prop_assert!(read(&mut other, &altered).is_err());
        prop_assert!(other.verify(|_| ()).expect("walks").is_clean());
        read(&mut other, &bundle).expect("reads");
        prop_assert_eq!(heads(&one), heads(&other));
    }

    /// Bundles written at different moments, read in any order, some of them twice: everything is there
    /// in the end, parts as well as events.
    #[test]
    fn bundles_in_any_order_give_the_same(
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(0..6_usize, 0..4),
    ) {
        let root = root();
        let (_a, mut one) = invited(&root, u64::MAX);
        let (_b, mut other) = invited(&root, u64::MAX);
        introduce(&mut [&mut one, &mut other]);
        let (mut bundles, mut events) = (Vec::new(), Vec::new());
        for number in 0..6_u8 {
            let known = said_heads(&one);
            events.push(about(&mut one, 10 * number));
            events.push(about(&mut one, 10 * number + 1));
            let to = [(other.node(), known)];
            bundles.push(written_for(&one, &to, &Everything).expect("writes"));
        }
        for place in order.into_iter().chain(again) {
            read(&mut other, &bundles[place]).expect("reads");
        }
        prop_assert_eq!(heads(&one), heads(&other));
        for event in &events {
            prop_assert!(is_clear(&other, event));
        }
        prop_assert_eq!(other.reader().expect("reads").view().waiting().expect("counts").own, 0);
    }
}
