//! What other nodes wrote, taken in: every event to its place whatever the order, forks and logs of
//! nodes sent away cut alike everywhere, nothing lost and nothing let in that does not belong.

use std::collections::BTreeMap;

use ledger::{
    Aside, CLOCK_AHEAD_MAX_MS, Error, Event, HaltReason, Ledger, NodeId, OperationId, Papers,
    Position, Revocation, RootKey, Scope, SiteId, SystemEntropy, check_batch,
};
use proptest::prelude::*;

use crate::scenario::{NOW_MS, Site, draft};

/// An operation with a root key that tests can use.
fn root() -> RootKey {
    RootKey::generate(OperationId([7; 16]), &SystemEntropy)
}

/// A ledger of the operation, admitted.
fn member(root: &RootKey) -> (Site, Ledger, Papers) {
    let site = Site::empty();
    let mut ledger = site.found();
    let code = root.invite(SiteId([1; 16]), Scope::Site, u64::MAX, &SystemEntropy);
    let mut transaction = ledger.begin().expect("begins");
    let node = transaction.head().node;
    let certificates = vec![
        code.invitation.clone(),
        code.admit(node, NOW_MS).expect("admits"),
    ];
    let papers = transaction.issue_papers(certificates).expect("issues");
    transaction.trust(&root.public()).expect("trusts");
    let (new, _) = transaction.admit(&papers, NOW_MS).expect("belongs");
    assert!(new);
    transaction.commit().expect("commits");
    (site, ledger, papers)
}

fn write(ledger: &mut Ledger, number: usize, now_ms: u64) {
    let mut transaction = ledger.begin().expect("begins");
    for _ in 0..number {
        transaction.append(draft(1), now_ms).expect("appends");
    }
    transaction.commit().expect("commits");
}

fn bytes_of(ledger: &Ledger) -> Vec<Vec<u8>> {
    let head = ledger.head();
    let reader = ledger.reader().expect("reads");
    let events = reader
        .view()
        .range(head.node, Position::FIRST, Position(head.size))
        .expect("reads");
    events.iter().map(|event| event.bytes().to_vec()).collect()
}

fn checked(bytes: &[Vec<u8>]) -> Vec<Event> {
    let (good, bad) = check_batch(bytes.to_vec());
    assert!(bad.is_empty(), "{bad:?}");
    good
}

/// What is here, log by log: all that must be alike on nodes that hold the same.
fn logs(ledger: &Ledger) -> BTreeMap<NodeId, Vec<(u64, String)>> {
    let reader = ledger.reader().expect("reads");
    let view = reader.view();
    let mut logs = BTreeMap::new();
    for head in view.heads().expect("reads") {
        if head.node == ledger.node() {
            continue;
        }
        let events = view
            .range(head.node, Position::FIRST, Position(head.size))
            .expect("reads");
        let leaves: Vec<_> = events
            .iter()
            .map(|event| (event.position().0, event.leaf().hex()))
            .collect();
        assert_eq!(
            leaves.last().map_or(0, |last| last.0).max(head.size),
            head.size
        );
        logs.insert(head.node, leaves);
    }
    logs
}

#[test]
fn papers_that_changed_after_they_were_taken_in_are_named() {
    let root = root();
    let (_site, mut ledger, papers) = member(&root);
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
    let transaction = ledger.begin().expect("begins");
    let spoil = "UPDATE ledger_member SET papers =
        CAST(substr(papers, 1, length(papers) - 2) || x'0000' AS BLOB)";
    let connection = transaction.connection();
    connection.execute_batch(spoil).expect("alters");
    transaction.commit().expect("commits");
    let report = ledger.verify(|_| ()).expect("walks");
    let [finding] = report.findings.as_slice() else {
        panic!("{:?}", report.findings)
    };
    let about = papers.verify(&root.public()).expect("as issued").node;
    assert_eq!(finding.node, Some(about));
    assert!(matches!(finding.damage, ledger::Damage::Papers { .. }));
}

#[test]
fn events_of_another_node_are_taken_in_and_verify() {
    let root = root();
    let (_there, mut sender, papers) = member(&root);
    write(&mut sender, 20, NOW_MS);
    let (_here, mut receiver, _) = member(&root);
    let mut transaction = receiver.begin().expect("begins");
    transaction.admit(&papers, NOW_MS).expect("admits");
    let received = transaction
        .receive(checked(&bytes_of(&sender)), NOW_MS)
        .expect("receives");
    assert_eq!(received.stored.len(), 20);
    transaction.commit().expect("commits");
    let report = receiver.verify(|_| ()).expect("walks");
    assert!(report.is_clean(), "{report:?}");
    // What is recorded here from now on sorts after what was seen.
    write(&mut receiver, 1, NOW_MS - 1_000);
    let reader = receiver.reader().expect("reads");
    let own = reader
        .view()
        .event(receiver.node(), Position(1))
        .expect("reads")
        .expect("there");
    let theirs = reader
        .view()
        .event(sender.node(), Position(20))
        .expect("reads")
        .expect("there");
    assert!(own.order() > theirs.order());
}

#[test]
fn a_stranger_is_set_aside_until_its_papers_come() {
    let root = root();
    let (_there, mut sender, papers) = member(&root);
    write(&mut sender, 5, NOW_MS);
    let (_here, mut receiver, _) = member(&root);
    let mut transaction = receiver.begin().expect("begins");
    let received = transaction
        .receive(checked(&bytes_of(&sender)), NOW_MS)
        .expect("receives");
    assert!(received.stored.is_empty());
    assert!(
        received
            .aside
            .iter()
            .all(|(_, _, why)| *why == Aside::Stranger)
    );
    let (_, received) = transaction.admit(&papers, NOW_MS).expect("admits");
    assert_eq!(received.stored.len(), 5);
    let another = RootKey::generate(OperationId([7; 16]), &SystemEntropy);
    let (_, _, forged) = member(&another);
    assert!(transaction.admit(&forged, NOW_MS).is_err());
}

#[test]
fn a_clock_far_ahead_is_set_aside_and_stops_nobody_else() {
    let root = root();
    let (_there, mut sender, papers) = member(&root);
    write(&mut sender, 2, NOW_MS);
    write(&mut sender, 2, NOW_MS + CLOCK_AHEAD_MAX_MS + 1);
    let (_here, mut receiver, _) = member(&root);
    let mut transaction = receiver.begin().expect("begins");
    transaction.admit(&papers, NOW_MS).expect("admits");
    let received = transaction
        .receive(checked(&bytes_of(&sender)), NOW_MS)
        .expect("receives");
    assert_eq!(received.stored.len(), 2);
    assert_eq!(received.aside.len(), 2);
    let received = transaction.retry_parked(NOW_MS + 2).expect("tries again");
    assert_eq!(received.stored.len(), 2);
    transaction.commit().expect("commits");
}

#[test]
fn what_waits_for_something_else_is_left_alone_when_clocks_and_papers_are_tried() {
    let root = root();
    let (_one, mut early, early_papers) = member(&root);
    write(&mut early, 1, NOW_MS + CLOCK_AHEAD_MAX_MS + 10);
    let (_two, mut unknown, unknown_papers) = member(&root);
    write(&mut unknown, 2, NOW_MS);
    let (_three, mut torn, torn_papers) = member(&root);
    write(&mut torn, 2, NOW_MS);
    let (_here, mut receiver, _) = member(&root);
    let mut transaction = receiver.begin().expect("begins");
    for papers in [&early_papers, &torn_papers] {
        transaction.admit(papers, NOW_MS).expect("admits");
    }
    let mut bytes = [bytes_of(&early), bytes_of(&unknown)].concat();
    bytes.push(bytes_of(&torn).remove(1));
    let received = transaction.receive(checked(&bytes), NOW_MS);
    assert_eq!(received.expect("receives").aside.len(), 4);
    // Nobody's time has come: nothing is so much as looked at again.
    assert!(!transaction.view().is_any_due(NOW_MS + 9).expect("looks"));
    let received = transaction.retry_parked(NOW_MS + 9).expect("tries again");
    assert!(!received.changed() && received.aside.is_empty());
    let (_, received) = transaction.admit(&unknown_papers, NOW_MS).expect("admits");
    assert_eq!((received.stored.len(), received.aside.len()), (2, 0));
    assert!(transaction.view().is_any_due(NOW_MS + 10).expect("looks"));
    let received = transaction.retry_parked(NOW_MS + 10).expect("tries again");
    assert_eq!((received.stored.len(), received.aside.len()), (1, 0));
    let [waits] = transaction.view().parked().expect("reads")[..] else {
        panic!("one waits for what comes before it")
    };
    assert_eq!((waits.node, waits.why), (torn.node(), Aside::Gap));
}

#[test]
fn a_bad_event_is_named_and_the_others_are_kept() {
    let root = root();
    let (_there, mut sender, _) = member(&root);
    write(&mut sender, 3, NOW_MS);
    let mut bytes = bytes_of(&sender);
    let middle = bytes[1].len() - 1;
    bytes[1][middle] ^= 1;
    bytes.push(b"no event".to_vec());
    let (good, bad) = check_batch(bytes);
    assert_eq!(good.len(), 2);
    assert_eq!(bad.iter().map(|bad| bad.index).collect::<Vec<_>>(), [1, 3]);
}

/// Two copies of one node that both wrote on: the folder copied while it was closed.
fn cloned(
    root: &RootKey,
    common: usize,
    first: usize,
    second: usize,
) -> (Papers, [Vec<Vec<u8>>; 2]) {
    let (site, mut ledger, papers) = member(root);
    write(&mut ledger, common, NOW_MS);
    drop(ledger);
    let copy = site.copied();
    let (mut one, mut other) = (site.open(), copy.open());
    write(&mut one, first, NOW_MS + 1);
    write(&mut other, second, NOW_MS + 2);
    (papers, [bytes_of(&one), bytes_of(&other)])
}

#[test]
fn a_copy_that_meets_its_twin_writes_no_more_until_it_has_a_new_identity() {
    let root = root();
    let (site, mut ledger, _) = member(&root);
    write(&mut ledger, 3, NOW_MS);
    drop(ledger);
    let copy = site.copied();
    let (mut one, mut other) = (site.open(), copy.open());
    write(&mut one, 2, NOW_MS + 1);
    // The other one has written nothing since: it is only older.
    let mut transaction = other.begin().expect("begins");
    transaction
        .receive(checked(&bytes_of(&one)), NOW_MS)
        .expect("receives");
    let refused = transaction
        .append(draft(1), NOW_MS)
        .expect_err("its log goes on elsewhere");
    assert!(
        matches!(
            refused,
            Error::Halted {
                why: HaltReason::Overtaken,
                ..
            }
        ),
        "{refused}"
    );
    transaction.commit().expect("keeps what it received");
    drop(other);
    let reopened = copy.open();
    assert_eq!(
        reopened.halted().map(|halt| halt.why),
        Some(HaltReason::Overtaken)
    );
    assert_eq!(reopened.head().size, 5);
    drop(reopened);
    let (mut renewed, _) =
        Ledger::accept_loss(copy.dir(), &copy.key(), NOW_MS, crate::scenario::options())
            .expect("goes on");
    write(&mut renewed, 1, NOW_MS);
    assert!(renewed.verify(|_| ()).expect("walks").is_clean());
}

/// A node of three events and a copy of its disk; the one wrote two more, the other four.
fn forked() -> [(Site, Ledger); 2] {
    let (site, mut ledger, _) = member(&root());
    write(&mut ledger, 3, NOW_MS);
    drop(ledger);
    let copy = site.copied();
    let (mut one, mut other) = (site.open(), copy.open());
    write(&mut one, 2, NOW_MS + 1);
    write(&mut other, 4, NOW_MS + 2);
    [(site, one), (copy, other)]
}

#[test]
fn both_lines_of_a_fork_are_kept_and_the_node_that_finds_its_own_stops() {
    let [(_site, one), (copy, mut other)] = forked();
    let node = one.node();
    let mut transaction = other.begin().expect("begins");
    let received = transaction
        .receive(checked(&bytes_of(&one)), NOW_MS)
        .expect("receives");
    assert_eq!(received.cut, [node]);
    assert!(received.stored.iter().all(Event::is_disputed));
    transaction.commit().expect("keeps what it received");
    assert_eq!(
        other.halted().map(|halt| halt.why),
        Some(HaltReason::Forked)
    );
    let reader = other.reader().expect("reads");
    let branches = reader.view().branches().expect("reads");
    assert_eq!(branches.len(), 2);
    assert!(
        branches
            .iter()
            .all(|branch| (branch.node, branch.after) == (node, 3))
    );
    drop(reader);
    drop(other);
    let reopened = copy.open();
    assert!(reopened.verify(|_| ()).expect("walks").is_clean());
    assert!(matches!(
        reopened.halted().map(|halt| halt.why),
        Some(HaltReason::Forked)
    ));
}

/// The commit that cuts a log is durable before the record beside the database says so.
#[test]
fn a_log_that_was_cut_just_before_the_power_went_opens() {
    let [(_site, one), (copy, mut other)] = forked();
    let promised = std::fs::read(copy.file("akey.head")).expect("reads");
    let mut transaction = other.begin().expect("begins");
    let twin = checked(&bytes_of(&one));
    transaction.receive(twin, NOW_MS).expect("receives");
    transaction.commit().expect("keeps what it received");
    drop(other);
    std::fs::write(copy.file("akey.head"), promised).expect("writes");
    let reopened = copy.open();
    assert_eq!(reopened.opening().unacknowledged_commits, 1);
    assert!(reopened.halted().is_some());
    assert!(reopened.verify(|_| ()).expect("walks").is_clean());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the order in which events, papers and revocations come, and however they are cut into
    /// batches: the same logs in the end.
    #[test]
    fn the_same_events_make_the_same_logs_in_any_order(
        common in 0_usize..4,
        lines in (0_usize..4, 0_usize..4),
        lasts in prop::collection::vec(0_u64..7, 0..3),
        keys in prop::collection::vec(any::<[u64; 12]>(), 3),
        batches in 1_usize..5,
    ) {
        let root = root();
        let (papers, [one, other]) = cloned(&root, common, lines.0, lines.1);
        let node = papers.verify(&root.public()).expect("holds").node;
        let mut bytes: Vec<Vec<u8>> = one.into_iter().chain(other).collect();
        bytes.sort();
        bytes.dedup();
        let revocations: Vec<_> = lasts
            .iter()
            .map(|last| root.revoke(&Revocation {
                operation: OperationId([7; 16]), node, last: *last, at_ms: NOW_MS,
            }))
            .collect();
        let mut seen = Vec::new();
        for (turn, keys) in keys.iter().enumerate() {
            let mut order: Vec<usize> = (0..bytes.len()).collect();
            order.sort_by_key(|place| keys[*place]);
            let (_here, mut ledger, _) = member(&root);
            let size = order.len().div_ceil(batches).max(1);
            for (number, chunk) in order.chunks(size).enumerate() {
                let mut transaction = ledger.begin().expect("begins");
                if number == turn {
                    transaction.admit(&papers, NOW_MS).expect("admits");
                }
                if let Some(revocation) = revocations.get(number) {
                    transaction.revoke(revocation).expect("revokes");
                }
                let chunk: Vec<_> = chunk.iter().map(|place| bytes[*place].clone()).collect();
                transaction.receive(checked(&chunk), NOW_MS).expect("receives");
                transaction.commit().expect("commits");
            }
            let mut transaction = ledger.begin().expect("begins");
            transaction.admit(&papers, NOW_MS).expect("admits");
            for revocation in &revocations {
                transaction.revoke(revocation).expect("revokes");
            }
            transaction.commit().expect("commits");
            prop_assert!(ledger.reader().expect("reads").view().parked().expect("reads").is_empty());
            let report = ledger.verify(|_| ()).expect("walks");
            prop_assert!(report.is_clean(), "{report:?}");
            let kept: usize = logs(&ledger).values().map(Vec::len).sum();
            prop_assert_eq!(kept, bytes.len());
            seen.push(logs(&ledger));
        }
        prop_assert_eq!(&seen[0], &seen[1]);
        prop_assert_eq!(&seen[0], &seen[2]);
    }
}
