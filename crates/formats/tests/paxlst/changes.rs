//! Parts, changes, withdrawals and copies.

use akey_formats::manifest::Margin;
use domain::Extent;

use crate::carrier::{Sent, codes, good, interchange, passenger, read_message};

fn sent(function: &'static str, part: &'static str, people: &[usize]) -> Sent {
    Sent {
        function,
        part,
        people: people.iter().map(|number| passenger(*number)).collect(),
        ..Sent::default()
    }
}

/// A part that takes nobody off the list.
fn part() -> Extent {
    Extent::Part {
        withdrawn: Vec::new(),
    }
}

#[test]
fn parts_are_put_together() {
    let parts = [
        sent("745", "A+01:C", &[1, 2]),
        sent("745", "A+02", &[3]),
        sent("745", "A+03:F", &[4]),
    ];
    let file = read_message(interchange(&parts).as_bytes());
    assert_eq!(
        (file.people.len(), file.extent.clone(), codes(&file)),
        (4, Extent::Whole, vec![])
    );
    // Also from several interchanges one behind the other.
    let joined: Vec<String> = parts
        .iter()
        .map(|part| {
            interchange(std::slice::from_ref(&Sent {
                people: part.people.clone(),
                part: part.part,
                ..Sent::default()
            }))
        })
        .collect();
    let file = read_message(joined.join("\r\n\r\n").as_bytes());
    assert_eq!(
        (file.people.len(), file.extent.clone(), codes(&file)),
        (4, Extent::Whole, vec![])
    );
}

#[test]
fn a_missing_part_is_told_and_takes_nobody_off() {
    for (parts, missing) in [
        (
            vec![sent("745", "A+01:C", &[1]), sent("745", "A+03:F", &[2])],
            "2",
        ),
        (vec![sent("745", "A+01:C", &[1])], "2"),
        (vec![sent("745", "A+02:F", &[1])], "1"),
    ] {
        let file = read_message(interchange(&parts).as_bytes());
        assert_eq!(
            (&file.extent, codes(&file)),
            (&part(), vec!["part-missing"])
        );
        assert_eq!(file.problems[0].arguments, [("part", missing.to_owned())]);
    }
}

#[test]
fn a_change_in_the_same_file_is_applied() {
    let mut changed = sent("745+CP", "B+01:F", &[]);
    changed.people = vec![
        passenger(2)
            .replace("MARIE", "MARYSE")
            .replace("DTM+329:900314'", ""),
    ];
    let file = read_message(interchange(&[sent("745", "A+01:F", &[1, 2]), changed]).as_bytes());
    assert_eq!((file.people.len(), file.extent), (2, Extent::Whole));
    let maryse = &file.people[1].particulars;
    assert!(maryse.given_names.starts_with("MARYSE"));
    assert!(
        maryse.birth.is_some(),
        "what the change does not say is kept"
    );
    assert_eq!(file.skipped[0].margin, Margin::Superseded);
    let counts = file.counts;
    assert_eq!(counts.rows, counts.people + counts.refused + counts.skipped);
}

#[test]
fn a_change_alone_is_a_part_and_names_whom_it_takes_off() {
    for function in ["745+XR", "745+RP", "266+CLNB", "745++3", "745++1"] {
        let file = read_message(interchange(&[sent(function, "A+01:F", &[1])]).as_bytes());
        assert_eq!(
            (
                file.people.len(),
                file.extent.withdrawn().len(),
                file.extent != Extent::Whole
            ),
            (0, 1, true),
            "{function}"
        );
        assert_eq!(codes(&file), ["change-only"], "{function}");
    }
    for function in ["745+CP", "266+CLOB", "745++4", "745++2"] {
        let file = read_message(interchange(&[sent(function, "A+01:F", &[1])]).as_bytes());
        assert_eq!(
            (
                file.people.len(),
                file.extent.withdrawn().len(),
                file.extent != Extent::Whole
            ),
            (1, 0, true),
            "{function}"
        );
    }
    let file = read_message(interchange(&[sent("745+ZZ+99", "A+01:F", &[1])]).as_bytes());
    assert_eq!(
        (&file.extent, codes(&file)),
        (&Extent::Whole, vec!["function-unknown"])
    );
}

#[test]
fn a_replacement_takes_the_place_of_what_stands_before_it() {
    let file = read_message(
        interchange(&[
            sent("745", "A+01:F", &[1, 2, 3]),
            sent("745++5", "B+01:F", &[2]),
        ])
        .as_bytes(),
    );
    assert_eq!(
        (file.people.len(), file.skipped.len(), file.extent),
        (1, 3, Extent::Whole)
    );
}

#[test]
fn somebody_taken_off_in_the_same_file_is_not_on_the_list() {
    let file = read_message(
        interchange(&[
            sent("745", "A+01:F", &[1, 2]),
            sent("745++3", "B+01:F", &[1]),
        ])
        .as_bytes(),
    );
    assert_eq!((file.people.len(), file.extent), (1, Extent::Whole));
}

#[test]
fn the_same_message_sent_twice_is_read_once() {
    let twice = format!("{}\n{}", good(), good());
    let file = read_message(twice.as_bytes());
    assert_eq!(
        (file.people.len(), codes(&file)),
        (2, vec!["message-repeated"])
    );
}

#[test]
fn two_people_with_one_document_are_told_and_both_kept() {
    let file = read_message(
        interchange(&[sent("745", "A+01:F", &[1]), sent("745", "B+01:F", &[1, 2])]).as_bytes(),
    );
    assert_eq!(
        (file.people.len(), codes(&file)),
        (3, vec!["document-twice"])
    );
}
