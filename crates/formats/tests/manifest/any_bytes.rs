//! No file whatever makes the reader panic or lose count: arbitrary bytes, hostile texts, and valid
//! files with bytes changed, cut and doubled. `AKEY_FUZZ_CASES` sets how many of each of the six
//! kinds; 500 without.

use akey_formats::manifest::{DateOrder, ManifestFile, Options, read};
use proptest::prelude::*;

use crate::sender::{DAY, Sent, options, workbook};

fn cases() -> ProptestConfig {
    let cases = std::env::var("AKEY_FUZZ_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases.unwrap_or(500))
    }
}

/// What must hold of every file that is read.
fn check(file: &ManifestFile) -> Result<(), TestCaseError> {
    let counts = file.counts;
    prop_assert_eq!(counts.rows, counts.people + counts.refused + counts.skipped);
    prop_assert_eq!(counts.people, file.people.len());
    prop_assert!(file.people.windows(2).all(|pair| pair[0].row < pair[1].row));
    for person in &file.people {
        prop_assert!(person.row > file.header_row);
        prop_assert!(person.particulars.check(DAY).is_ok(), "row {}", person.row);
        prop_assert!(!person.particulars.full_name().is_empty());
    }
    let refused = file
        .problems
        .iter()
        .filter(|problem| problem.code.as_str() == "no-name")
        .count();
    prop_assert_eq!(refused, counts.refused);
    Ok(())
}

fn read_any(bytes: &[u8]) -> Result<(), TestCaseError> {
    for date_order in [None, Some(DateOrder::MonthFirst)] {
        let options = Options {
            date_order,
            ..options()
        };
        match read(bytes, "any", &options) {
            Ok(file) => check(&file)?,
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
    Ok(())
}

const SAMPLES: [&[u8]; 4] = [
    include_bytes!("../samples/liste-passagers.csv"),
    include_bytes!("../samples/listado-pasajeros.csv"),
    include_bytes!("../samples/passenger-list.txt"),
    include_bytes!("../samples/lis-pasaje.csv"),
];

fn sample_workbook() -> Vec<u8> {
    workbook(&[
        &[Sent::Text("Vol DM 101")],
        &[
            Sent::Text("Nom"),
            Sent::Text("Prénom"),
            Sent::Text("Né le"),
            Sent::Text("Passeport"),
        ],
        &[
            Sent::Text("Demo-A"),
            Sent::Text("Ana"),
            Sent::Day(jiff::civil::date(1990, 3, 14)),
            Sent::Number(12_345.0),
        ],
        &[
            Sent::Text("Demo-B"),
            Sent::Text("Bea"),
            Sent::Text("03/04/1990"),
            Sent::Text("DM1"),
        ],
    ])
}

/// One change to a file.
#[derive(Clone, Debug)]
enum Change {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Double(prop::sample::Index, u8),
    Remove(prop::sample::Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        1 => any::<prop::sample::Index>().prop_map(Change::Cut),
        2 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, length)| Change::Double(at, length)),
        2 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, length)| Change::Remove(at, length)),
    ]
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        let span = |at: &prop::sample::Index, length: &u8| {
            let start = at.index(bytes.len());
            start..(start + usize::from(*length)).min(bytes.len())
        };
        match change {
            Change::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Change::Double(at, length) => {
                let range = span(at, length);
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, copy);
            }
            Change::Remove(at, length) => {
                bytes.drain(span(at, length));
            }
        }
    }
    bytes
}

/// The workbook with one part changed and packed anew, so that its checksums fit and the change
/// reaches the reader of sheets.
fn repacked(part: prop::sample::Index, changes: &[Change]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let whole = sample_workbook();
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let part = part.index(archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut old = archive.by_index(place).unwrap();
        let name = old.name().unwrap().into_owned();
        let mut content = Vec::new();
        old.read_to_end(&mut content).unwrap();
        if place == part {
            content = changed(&content, changes);
        }
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_any(&bytes)?;
    }

    #[test]
    fn arbitrary_bytes_that_claim_to_be_something(
        start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF", b"sep=;\n", b"Nom;Prenom;Ne le\n", b"%PDF"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        read_any(&[start, &bytes].concat())?;
    }

    #[test]
    fn arbitrary_cells_below_a_header(
        rows in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![
                    "\\PC{0,12}",
                    "[0-9]{1,9}",
                    "[0-3]?[0-9]/[01]?[0-9]/(19|20)?[0-9]{2}",
                    "[=+@-][A-Z0-9(]{0,6}",
                    Just("\"".to_owned()),
                    Just(String::new()),
                ],
                0..12,
            ),
            0..12,
        ),
    ) {
        let mut text = String::from("No;Nom;Prénom;Sexe;Né le;Âge;Nationalité;Passeport;Type de document;Destination;Téléphone\n");
        for row in rows {
            text.push_str(&row.join(";"));
            text.push('\n');
        }
        read_any(text.as_bytes())?;
    }

    #[test]
    fn changed_samples(sample in 0..SAMPLES.len(), changes in proptest::collection::vec(change(), 1..8)) {
        read_any(&changed(SAMPLES[sample], &changes))?;
    }

    #[test]
    fn changed_workbooks(changes in proptest::collection::vec(change(), 1..5)) {
        read_any(&changed(&sample_workbook(), &changes))?;
    }

    #[test]
    fn workbooks_with_a_changed_part(part: prop::sample::Index, changes in proptest::collection::vec(change(), 1..8)) {
        read_any(&repacked(part, &changes))?;
    }
}
