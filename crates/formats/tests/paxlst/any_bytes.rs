//! No message whatever makes the reader panic or lose count. `AKEY_FUZZ_CASES` sets how many of each
//! of the four kinds; 500 without.

use akey_formats::manifest::{ManifestFile, read};
use proptest::prelude::*;

use crate::carrier::{DAY, Sent, good, interchange, options, passenger};

fn cases() -> ProptestConfig {
    let cases = std::env::var("AKEY_FUZZ_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases.unwrap_or(500))
    }
}

fn check(file: &ManifestFile, length: usize) -> Result<(), TestCaseError> {
    let counts = file.counts;
    prop_assert_eq!(counts.rows, counts.people + counts.refused + counts.skipped);
    prop_assert_eq!(counts.people, file.people.len());
    prop_assert!(file.people.windows(2).all(|pair| pair[0].row < pair[1].row));
    for person in &file.people {
        prop_assert!(
            person.particulars.check(DAY).is_ok(),
            "segment {}",
            person.row
        );
        prop_assert!(!person.particulars.full_name().is_empty());
    }
    for problem in &file.problems {
        if let Some((_, byte)) = problem.segment() {
            prop_assert!(byte <= 2 * length + 2);
        }
    }
    Ok(())
}

fn read_any(bytes: &[u8]) -> Result<(), TestCaseError> {
    match read(bytes, "any", &options()) {
        Ok(file) => check(&file, bytes.len()),
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_bytes_behind_a_header(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_any(&[b"UNA:+.? 'UNB+UNOC:4+DM+HT'UNH+1+PAXLST:D:02B'".as_slice(), &bytes].concat())?;
        read_any(&[b"UNB".as_slice(), &bytes].concat())?;
        read_any(&[b"UNA".as_slice(), &bytes, b"UNB+UNOA:4'UNH+1+PAXLST"].concat())?;
    }

    #[test]
    fn segments_in_any_order_with_anything_in_them(
        segments in proptest::collection::vec(
            (prop::sample::select(vec!["UNB", "UNG", "UNH+1+PAXLST:D:02B", "UNH+2+CUSRES", "BGM", "TDT+20", "NAD+FL", "NAD+FM", "NAD+DDU", "NAD", "LOC+180", "LOC+91", "LOC+125", "DTM+329", "DTM+36", "DTM+189", "ATT+2", "NAT+2", "DOC+P", "RFF+ABO", "COM", "CNT+42", "UNT", "UNE", "UNZ", "ZZZ", ""]), "[+:?'A-Z0-9\r\n\"=é]{0,30}"),
            0..60,
        ),
    ) {
        let mut text = String::from("UNB+UNOA:4+DM+HT+210919:0800+1'");
        for (tag, rest) in segments {
            text.push_str(tag);
            text.push_str(&rest);
            text.push('\'');
        }
        read_any(text.as_bytes())?;
    }

    #[test]
    fn a_good_message_with_bytes_changed_removed_and_doubled(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        let mut bytes = interchange(&[Sent { people: (0..5).map(passenger).collect(), ..Sent::default() }]).into_bytes();
        for (place, byte, how) in changes {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => { bytes.remove(place); }
                _ => bytes.insert(place, byte),
            }
        }
        read_any(&bytes)?;
    }

    #[test]
    fn a_good_message_wrapped_in_anything(before in "[ -~\r\n]{0,200}", after in "[ -~\r\n]{0,200}") {
        let file = format!("{before}\r\n\r\n{}\r\n\r\n{after}", good());
        read_any(file.as_bytes())?;
    }
}
