//! Appending, transactions, savepoints, reading back.

use ledger::{AggregateId, Error, Event, Hash, Position, Receipt, Transaction, View};
use proptest::prelude::*;

use crate::scenario::{NOW_MS, Site, append, draft};

fn all(view: View<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    view.for_each_in_order(|event| {
        events.push(event);
        Ok::<_, Error>(())
    })
    .expect("reads");
    events
}

#[test]
fn events_form_a_chain_and_are_read_back_by_place_aggregate_order_and_receipt() {
    let site = Site::empty();
    let mut ledger = site.found();
    let events: Vec<Event> = (0..5).map(|i| append(&mut ledger, draft(i % 2))).collect();

    assert_eq!(events[0].previous(), Hash::ZERO);
    for pair in events.windows(2) {
        assert_eq!(pair[1].previous(), pair[0].leaf());
        assert_eq!(pair[1].position(), pair[0].position().next());
        assert!(pair[1].order() > pair[0].order());
    }
    let reader = ledger.reader().expect("reads");
    let view = reader.view();
    let node = ledger.node();
    assert_eq!(
        view.range(node, Position(2), Position(4)).expect("reads"),
        events[1..4]
    );
    assert_eq!(view.event(node, Position(9)).expect("reads"), None);
    let even = view.events_of(AggregateId([0; 16])).expect("reads");
    assert_eq!(even, [&events[0], &events[2], &events[4]].map(Event::clone));
    assert_eq!(all(view), events);
    let mut later = Vec::new();
    view.for_each_after(Receipt(3), |event| {
        later.push(event);
        Ok::<_, Error>(())
    })
    .expect("reads");
    assert_eq!(later, events[3..]);
    assert_eq!(view.last_receipt().expect("reads"), Receipt(5));
    assert_eq!(view.head().expect("reads"), ledger.head());
    assert_eq!(view.heads().expect("reads"), [ledger.head()]);
}

#[test]
fn proofs_from_the_store_hold_against_the_signed_checkpoint() {
    let site = Site::empty();
    let mut ledger = site.found();
    let events: Vec<Event> = (0..11).map(|i| append(&mut ledger, draft(i))).collect();
    let node = ledger.node();
    let mut transaction = ledger.begin().expect("begins");
    let checkpoint = transaction.checkpoint(NOW_MS).expect("signs");
    transaction.commit().expect("commits");

    let reader = ledger.reader().expect("reads");
    let stored = reader
        .view()
        .checkpoint(node)
        .expect("reads")
        .expect("is there");
    assert_eq!(stored, checkpoint);
    for event in &events {
        let proof = reader
            .view()
            .prove_inclusion(node, event.position(), 11)
            .expect("proves");
        proof
            .verify(&event.leaf(), &checkpoint.root())
            .expect("holds");
    }
    let earlier = reader.view().root(node, 6).expect("reads");
    let proof = reader
        .view()
        .prove_consistency(node, 6, 11)
        .expect("proves");
    proof.verify(&earlier, &checkpoint.root()).expect("holds");
    assert!(
        reader
            .view()
            .prove_inclusion(node, Position(12), 12)
            .is_err()
    );
}

#[test]
fn a_clock_that_goes_back_does_not_reorder_events() {
    let site = Site::empty();
    let mut ledger = site.found();
    let mut transaction = ledger.begin().expect("begins");
    let first = transaction.append(draft(1), NOW_MS).expect("appends");
    let second = transaction
        .append(draft(1), NOW_MS - 86_400_000)
        .expect("appends");
    transaction.commit().expect("commits");
    assert!(second.order() > first.order());
    drop(ledger);
    let mut ledger = site.open();
    let mut transaction = ledger.begin().expect("begins");
    let third = transaction.append(draft(1), 0).expect("appends");
    assert!(third.order() > second.order());
}

#[test]
fn a_dropped_transaction_leaves_no_trace() {
    let site = Site::empty();
    let mut ledger = site.found();
    let before = append(&mut ledger, draft(1));
    let mut transaction = ledger.begin().expect("begins");
    transaction.append(draft(2), NOW_MS).expect("appends");
    transaction
        .connection()
        .execute_batch("CREATE TABLE rows (a)")
        .expect("writes");
    drop(transaction);
    assert_eq!(ledger.head().leaf, before.leaf());
    let after = append(&mut ledger, draft(3));
    assert_eq!(after.previous(), before.leaf());
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn rows_and_events_change_together() {
    let site = Site::empty();
    let mut ledger = site.found();
    let transaction = ledger.begin().expect("begins");
    transaction
        .connection()
        .execute_batch("CREATE TABLE rows (a)")
        .expect("writes");
    transaction
        .commit()
        .expect("a change of tables alone is kept too");
    let mut transaction = ledger.begin().expect("begins");
    transaction.append(draft(1), NOW_MS).expect("appends");
    transaction
        .connection()
        .execute("INSERT INTO rows VALUES (1)", [])
        .expect("writes");
    let seen = transaction
        .view()
        .events_of(AggregateId([1; 16]))
        .expect("reads");
    assert_eq!(seen.len(), 1, "the writer sees its own events");
    let reader = ledger_reader_count(&transaction);
    assert_eq!(reader, 1);
    transaction.commit().expect("commits");
    drop(ledger);
    let ledger = site.open();
    let reader = ledger.reader().expect("reads");
    let rows: u64 = reader
        .connection()
        .query_row("SELECT count(*) FROM rows", [], |row| row.get(0))
        .expect("reads");
    assert_eq!((rows, ledger.head().size), (1, 1));
}

fn ledger_reader_count(transaction: &Transaction<'_>) -> u64 {
    transaction
        .connection()
        .query_row("SELECT count(*) FROM rows", [], |row| row.get(0))
        .expect("reads")
}

#[test]
fn only_the_transaction_itself_can_commit() {
    let site = Site::empty();
    let mut ledger = site.found();
    let mut transaction = ledger.begin().expect("begins");
    transaction.append(draft(1), NOW_MS).expect("appends");
    assert!(transaction.connection().execute_batch("COMMIT").is_err());
    assert!(matches!(
        transaction.append(draft(2), NOW_MS),
        Err(Error::Abandoned)
    ));
    assert!(matches!(transaction.commit(), Err(Error::Abandoned)));
    assert_eq!(ledger.head().size, 0);
    assert_eq!(append(&mut ledger, draft(3)).position(), Position(1));
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn a_refused_command_in_a_group_leaves_the_others() {
    let site = Site::empty();
    let mut ledger = site.found();
    let mut transaction = ledger.begin().expect("begins");
    let outcome = |transaction: &mut Transaction<'_>, refuse: bool| {
        transaction.attempt(|part| {
            let event = part.append(draft(1), NOW_MS)?;
            if refuse {
                Err(Error::Abandoned)
            } else {
                Ok(event.position())
            }
        })
    };
    assert_eq!(outcome(&mut transaction, false).expect("kept"), Position(1));
    assert!(outcome(&mut transaction, true).is_err());
    assert_eq!(outcome(&mut transaction, false).expect("kept"), Position(2));
    transaction.commit().expect("commits");
    assert_eq!(ledger.head().size, 2);
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}

#[test]
fn what_is_not_deterministic_or_too_large_is_refused() {
    let site = Site::empty();
    let mut ledger = site.found();
    let mut transaction = ledger.begin().expect("begins");
    let mut long = draft(1);
    long.body = vec![0x18, 0x01];
    assert!(matches!(
        transaction.append(long, NOW_MS),
        Err(Error::Malformed { .. })
    ));
    let mut large = draft(1);
    large.body = [
        [0x5a, 0x00, 0x20, 0x00, 0x00].as_slice(),
        &vec![0; 0x20_0000],
    ]
    .concat();
    assert!(matches!(
        transaction.append(large, NOW_MS),
        Err(Error::TooLarge { .. })
    ));
    let mut spoken = draft(1);
    spoken.kind = "Met Jean at the gate".to_owned();
    assert!(matches!(
        transaction.append(spoken, NOW_MS),
        Err(Error::Malformed { .. })
    ));
    transaction
        .append(draft(1), NOW_MS)
        .expect("the transaction goes on");
}

#[test]
fn a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room() {
    let site = Site::empty();
    let mut ledger = site.found();
    append(&mut ledger, draft(1));
    let mut transaction = ledger.begin().expect("begins");
    let pages = |transaction: &Transaction<'_>, pragma: &str| -> u64 {
        transaction
            .connection()
            .query_row(pragma, [], |row| row.get(0))
            .expect("asks")
    };
    let used = pages(&transaction, "PRAGMA page_count");
    pages(
        &transaction,
        &format!("PRAGMA max_page_count = {}", used + 8),
    );
    let full = (0..200).find_map(|about| {
        transaction
            .attempt(|part| part.append(draft(about), NOW_MS))
            .err()
    });
    let full = full.expect("no room");
    assert!(full.to_string().contains("full"), "{full}");
    drop(transaction);
    assert_eq!(ledger.head().size, 1);

    let transaction = ledger.begin().expect("begins");
    pages(&transaction, "PRAGMA max_page_count = 1000000");
    drop(transaction);
    assert_eq!(append(&mut ledger, draft(2)).position(), Position(2));
    assert!(ledger.verify(|_| ()).expect("walks").is_clean());
}

/// What a writer may do in a transaction with nested parts.
#[derive(Clone, Debug)]
enum Step {
    Append(u8),
    Part { steps: Vec<Step>, keep: bool },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let leaf = (0_u8..20).prop_map(Step::Append);
    let step = leaf.prop_recursive(3, 24, 5, |inner| {
        (prop::collection::vec(inner, 0..5), any::<bool>())
            .prop_map(|(steps, keep)| Step::Part { steps, keep })
    });
    prop::collection::vec(step, 0..8)
}

/// Does the steps and notes what ought to stay.
fn perform(transaction: &mut Transaction<'_>, steps: &[Step], kept: &mut Vec<u8>) {
    for step in steps {
        match step {
            Step::Append(about) => {
                transaction.append(draft(*about), NOW_MS).expect("appends");
                kept.push(*about);
            }
            Step::Part { steps, keep } => {
                let before = (transaction.head(), kept.len());
                let mut part = transaction.savepoint().expect("begins");
                perform(&mut part, steps, kept);
                if *keep {
                    part.commit().expect("keeps");
                } else {
                    drop(part);
                    assert_eq!(transaction.head(), before.0);
                    kept.truncate(before.1);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_undone_leaves_no_trace(steps in steps()) {
        let site = Site::empty();
        let mut ledger = site.found();
        let mut kept = Vec::new();
        let mut transaction = ledger.begin().expect("begins");
        perform(&mut transaction, &steps, &mut kept);
        transaction.commit().expect("commits");
        let reader = ledger.reader().expect("reads");
        let stored: Vec<u8> = all(reader.view()).iter().map(|e| e.aggregate().0[0]).collect();
        prop_assert_eq!(stored, kept);
        prop_assert!(ledger.verify(|_| ()).expect("walks").is_clean());
    }
}
