//! Everything that can be wrong with a message is told by its segment, and whoever can be read is
//! kept.

use akey_formats::manifest::{ManifestError, Severity, read};
use domain::Extent;

use crate::carrier::{all_told, codes, good, options, read_message};

/// What is changed in a good message of two people, and what is told of it.
const MATRIX: &[(&str, &str, &str, &[&str])] = &[
    (
        "a wrong segment count",
        "UNT+33+",
        "UNT+34+",
        &["count-differs"],
    ),
    (
        "a count that is none",
        "UNT+33+",
        "UNT+X+",
        &["count-differs"],
    ),
    (
        "a wrong message count",
        "UNE+1+",
        "UNE+2+",
        &["count-differs"],
    ),
    (
        "a wrong group count",
        "UNZ+1+",
        "UNZ+9+",
        &["count-differs"],
    ),
    (
        "a trailer of another message",
        "UNT+33+1'",
        "UNT+33+2'",
        &["reference-differs"],
    ),
    (
        "a trailer of another interchange",
        "UNZ+1+77",
        "UNZ+1+78",
        &["reference-differs"],
    ),
    ("a wrong total", "CNT+42:2", "CNT+42:3", &["total-differs"]),
    (
        "no trailer of the message",
        "UNT+33+1'",
        "",
        &["trailer-missing"],
    ),
    (
        "no trailer of the interchange",
        "UNZ+1+77'",
        "",
        &["trailer-missing"],
    ),
    (
        "an impossible birth",
        "DTM+329:900314",
        "DTM+329:900230",
        &["date-impossible"],
    ),
    (
        "a birth in letters",
        "DTM+329:900314",
        "DTM+329:MARCH",
        &["date-unreadable"],
    ),
    (
        "a birth in the future",
        "DTM+329:900314",
        "DTM+329:20220101:102",
        &["birth-in-future"],
    ),
    (
        "a birth too long ago",
        "DTM+329:900314",
        "DTM+329:18500101:102",
        &["birth-too-old"],
    ),
    (
        "a sex that is none",
        "ATT+2++F",
        "ATT+2++Q",
        &["sex-unreadable"],
    ),
    (
        "a country that is none",
        "NAT+2+HTI",
        "NAT+2+QQQ",
        &["country-unknown"],
    ),
    (
        "a document without number",
        "DOC+P:110:111+DM000001",
        "DOC+P:110:111+-",
        &[
            "document-unreadable",
            "segment-misplaced",
            "segment-misplaced",
        ],
    ),
    (
        "a birth said twice",
        "DTM+329:900314'",
        "DTM+329:900314'DTM+329:910314'",
        &["segment-repeated"],
    ),
    (
        "a birth said twice alike",
        "DTM+329:900314'",
        "DTM+329:900314'DTM+329:900314'",
        &[],
    ),
    (
        "nobody named",
        "NAD+FL+++DEMO JEAN:MARIE XB'",
        "NAD+FL'",
        &["no-name"],
    ),
    (
        "a kind of segment that is not read",
        "ATT+2++F'",
        "ATT+2++F'ZZZ+1'",
        &["segment-unknown"],
    ),
    (
        "no segment",
        "ATT+2++F'",
        "ATT+2++F'hello world'",
        &["segment-unreadable"],
    ),
    (
        "particulars of nobody",
        "TDT+20",
        "ATT+2++F'TDT+20",
        &["segment-misplaced"],
    ),
    (
        "a line instead of a terminator",
        "ATT+2++F'",
        "ATT+2++F\r\n",
        &["segment-torn"],
    ),
    (
        "an advice that is not true",
        "UNA:+.? '",
        "UNA*|.? ~",
        &["separators-differ"],
    ),
    ("an unknown function", "BGM+745'", "BGM+745+++'", &[]),
];

#[test]
fn what_is_wrong_is_told_and_everybody_else_is_kept() {
    let good = good();
    for (what, from, to, expected) in MATRIX {
        assert!(good.contains(from), "{what}: {from}");
        let mut message = good.replacen(from, to, 1);
        let segments = |text: &str| text.matches('\'').count() + text.matches("\r\n").count();
        if !from.starts_with("UN") {
            let now = 33 + segments(to) - segments(from);
            message = message.replace("UNT+33+", &format!("UNT+{now}+"));
        }
        let file = read_message(message.as_bytes());
        assert_eq!(&codes(&file), expected, "{what}");
        let kept = if expected.contains(&"no-name") { 1 } else { 2 };
        assert_eq!(file.people.len(), kept, "{what}");
        for problem in &file.problems {
            let (place, byte) = problem.segment().expect("a segment");
            assert!(byte < message.len(), "{what}");
            let at = &message[byte..];
            assert!(at.starts_with(&place.letter), "{what}: {at:.20}");
            assert!(problem.to_string().starts_with("segment "), "{problem}");
            assert!(!problem.to_string().contains("DEMO"), "{problem}");
        }
    }
}

#[test]
fn cut_off_at_every_byte_whoever_came_through_is_kept_and_nobody_is_taken_off() {
    let good = good();
    let second = good.rfind("NAD+FL").expect("two people");
    // Cut off inside the last trailer, everything before it is there.
    let last = good.rfind("UNZ").expect("a trailer") + 2;
    for end in 0..=last {
        match read(&good.as_bytes()[..end], "cut", &options()) {
            Ok(file) => {
                assert!(end < 60 || file.extent != Extent::Whole, "{end}");
                assert!(file.people.len() >= usize::from(end > second), "{end}");
                assert!(!file.problems.is_empty(), "{end}");
            }
            // Nothing of it is a message yet.
            Err(error) => assert!(end < 160, "{end}: {error}"),
        }
    }
}

#[test]
fn a_message_of_another_kind_is_refused_with_a_remedy_and_told_beside_a_list() {
    let other = "UNB+UNOA:4+DM+HT+210919:0800+1'UNH+1+CUSRES:D:02B:UN'BGM+962'UNT+3+1'UNZ+1+1'";
    let error = read(other.as_bytes(), "x", &options()).unwrap_err();
    assert!(error.to_string().contains("PAXLST"), "{error}");
    assert_eq!(error.code(), "foreign-edifact");
    let both = format!("{other}{}", good());
    let file = read_message(both.as_bytes());
    assert_eq!(
        (file.people.len(), codes(&file)),
        (2, vec!["other-message"])
    );
}

#[test]
fn a_million_wrong_segments_are_counted_and_not_listed() {
    let noise = "ATT+2++F'".repeat(100_000);
    let message = good().replace("TDT+20", &format!("{noise}TDT+20"));
    let file = read_message(message.as_bytes());
    assert_eq!(file.people.len(), 2);
    assert!(file.problems.len() < 100, "{}", file.problems.len());
    assert!(codes(&file).contains(&"more-alike"));
}

#[test]
fn more_people_than_a_manifest_holds_are_refused() {
    let people = "NAD+FL+++DEMO:ANA'".repeat(akey_formats::manifest::ROWS_MAX + 1);
    let message = good().replace("CNT+42:2'", &people);
    let error = read(message.as_bytes(), "x", &options()).unwrap_err();
    assert_eq!(error, ManifestError::TooManyRows { sheet: None });
}

#[test]
fn a_segment_of_a_megabyte_costs_only_itself() {
    let long = "X".repeat(1_000_000);
    let message = good()
        .replace("ATT+2++F'", &format!("FTX+AAA+++{long}'ATT+2++F'"))
        .replace("UNT+33", "UNT+35");
    let file = read_message(message.as_bytes());
    assert_eq!(
        (file.people.len(), codes(&file)),
        (2, vec!["segment-torn", "segment-torn"])
    );
}

#[test]
fn the_wrong_encoding_and_the_wrong_separators_cost_letters_and_no_people() {
    let latin = good()
        .replace("UNOA", "UNOY")
        .replace("MARIE XB", "ANA\u{cf}S");
    let bytes = encoding_rs::WINDOWS_1252.encode(&latin).0.into_owned();
    let file = read_message(&bytes);
    assert_eq!(file.people[0].particulars.given_names, "ANA\u{cf}S");
    let mixed = good().replacen("NAD+FL+++", "NAD*FL***", 1);
    let file = read_message(mixed.as_bytes());
    // The person whose first segment is not understood is told as what was read beside it.
    assert!(!file.problems.is_empty());
    assert_eq!(file.people.len(), 1);
}

#[test]
fn every_problem_of_a_message_costs_no_more_than_its_field() {
    let file = read_message(good().replace("DTM+329:900314", "DTM+329:9X").as_bytes());
    assert!(
        file.problems
            .iter()
            .all(|problem| problem.severity() <= Severity::FieldDropped)
    );
    let (segment, tag, code) = all_told(&file)[0].clone();
    assert_eq!(
        (segment, tag.as_str(), code),
        (14, "DTM", "date-unreadable")
    );
}
