//! Whole files as they break: each is refused with what it is and what to do, or read in spite of it.

use akey_formats::manifest::{BYTES_MAX, Foreign, ManifestError, ROWS_MAX, UNPACKED_BYTES_MAX};

use crate::sender::{Sent, options, read_text, refused, workbook};
use crate::workbooks::with_part;

fn list() -> Vec<u8> {
    workbook(&[
        &[Sent::Text("Nom"), Sent::Text("Prénom")],
        &[Sent::Text("Demo-A"), Sent::Text("Ana")],
        &[Sent::Text("Demo-B"), Sent::Text("Bea")],
    ])
}

#[test]
fn files_that_are_no_tables_are_named_and_given_a_remedy() {
    let compound = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cases: [(&[u8], Foreign, &str); 8] = [
        (b"%PDF-1.4\n%\xE2\xE3\xCF\xD3", Foreign::Pdf, "XLSX or CSV"),
        (
            b"PK\x03\x04\x14\0[Content_Types].xml word/document.xml",
            Foreign::Word,
            "spreadsheet",
        ),
        (&compound("Workbook"), Foreign::OldExcel, "save it as XLSX"),
        (&compound("EncryptedPackage"), Foreign::Locked, "password"),
        (b"\x89PNG\r\n\x1a\n\0\0", Foreign::Picture, "XLSX or CSV"),
        (b"<html><body><table>", Foreign::WebPage, "save it as XLSX"),
        (b"UNA:+.? 'UNB+UNOA:4", Foreign::Edifact, "XLSX or CSV"),
        (
            b"\x7fELF\x02\x01\x01\0\0\0\0\0",
            Foreign::Binary,
            "XLSX or CSV",
        ),
    ];
    for (bytes, kind, remedy) in cases {
        let error = refused(bytes);
        assert_eq!(error, ManifestError::Foreign { kind });
        assert!(error.to_string().contains(remedy), "{error}");
    }
}

#[test]
fn a_workbook_cut_off_anywhere_is_refused_with_what_to_do() {
    let whole = list();
    for length in (4..whole.len()).step_by(7) {
        let error = refused(&whole[..length]);
        let clear = matches!(
            error,
            ManifestError::Damaged
                | ManifestError::Foreign {
                    kind: Foreign::Archive
                }
        );
        assert!(clear, "cut at {length}: {error}");
    }
    let error = refused(&whole[..whole.len() * 9 / 10]);
    assert_eq!(error, ManifestError::Damaged);
    assert!(
        error.to_string().contains("copy or download it again"),
        "{error}"
    );
}

#[test]
fn a_flipped_bit_in_a_sheet_is_found_by_its_checksum() {
    let whole = list();
    let sheet = whole
        .windows(24)
        .position(|window| window == b"xl/worksheets/sheet1.xml")
        .unwrap();
    let mut flipped = whole.clone();
    flipped[sheet + 24 + 60] ^= 0x10;
    assert_eq!(refused(&flipped), ManifestError::Damaged);
}

#[test]
fn an_empty_file_and_one_of_blanks_are_empty() {
    for bytes in [&b""[..], b"\n\n", b" ; ; \r\n;;", b"\xEF\xBB\xBF"] {
        assert_eq!(refused(bytes), ManifestError::Empty);
    }
    assert_eq!(refused(&workbook(&[])), ManifestError::Empty);
}

#[test]
fn a_file_without_a_header_offers_its_rows_and_keeps_them_out_of_the_message() {
    let error = refused(b"Demo-A;Ana;F\nDemo-B;Bea;F\n");
    let ManifestError::NoHeader { candidates, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(candidates[1].row, 2);
    assert_eq!(candidates[1].cells, ["Demo-B", "Bea", "F"]);
    assert!(!format!("{error} {error:?}").contains("Demo"));
}

#[test]
fn a_file_of_too_many_bytes_rows_or_columns_is_refused_by_its_size() {
    assert_eq!(
        refused(&vec![b'a'; BYTES_MAX + 1]),
        ManifestError::TooLarge {
            bytes: BYTES_MAX + 1
        }
    );

    let mut rows = String::from("Nom;Prénom\n");
    rows.push_str(&"Demo-A;Ana\n".repeat(ROWS_MAX));
    assert_eq!(
        refused(rows.as_bytes()),
        ManifestError::TooManyRows { sheet: None }
    );

    let wide = format!("Nom;Prénom\nDemo-A{}x\n", ";".repeat(300));
    assert_eq!(
        refused(wide.as_bytes()),
        ManifestError::TooManyColumns { row: 2 }
    );
}

#[test]
fn twenty_thousand_rows_less_the_header_are_read() {
    let mut rows = String::from("Nom;Prénom\n");
    rows.push_str(&"Demo-A;Ana\n".repeat(ROWS_MAX - 1));
    assert_eq!(read_text(&rows).people.len(), ROWS_MAX - 1);
}

#[test]
fn a_file_of_the_most_rows_and_columns_is_read_without_comparing_each_with_all() {
    let mut rows = String::from("Nom;Prénom\n");
    for row in 1..ROWS_MAX {
        let behind = if row % 3 == 0 {
            ";x".repeat(100)
        } else {
            String::new()
        };
        rows.extend(["Demo-", &row.to_string(), ";Ana", &behind, "\n"]);
    }
    let file = read_text(&rows);
    assert_eq!(file.people.len(), ROWS_MAX - 1);
    assert_eq!(file.problems.len(), (ROWS_MAX - 1) / 3);
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_is_read() {
    let megabyte = " ".repeat(1024 * 1024);
    let times = usize::try_from(UNPACKED_BYTES_MAX / (1024 * 1024)).unwrap() + 1;
    let bomb = with_part(&list(), "xl/worksheets/sheet1.xml", |xml| {
        xml.replacen(
            "<sheetData>",
            &format!("{}<sheetData>", megabyte.repeat(times)),
            1,
        )
    });
    assert!(bomb.len() < BYTES_MAX, "{}", bomb.len());
    let error = refused(&bomb);
    assert_eq!(
        error,
        ManifestError::TooLargeInside {
            max: UNPACKED_BYTES_MAX
        }
    );
    assert!(error.to_string().contains("new workbook"), "{error}");
}

#[test]
fn entities_that_multiply_each_other_are_never_worked_out() {
    // Ten of ten of ten: a thousand million letters, in a few lines.
    let mut declared = String::from("<!DOCTYPE lol [<!ENTITY a0 \"demodemo\">");
    for (inner, outer) in (0..9).zip(1..) {
        let ten = format!("&a{inner};").repeat(10);
        declared.extend([&format!("<!ENTITY a{outer} \""), &ten, "\">"]);
    }
    declared.push_str("]>");
    for part in [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
    ] {
        let bomb = with_part(&list(), part, |xml| {
            let (head, body) = xml.split_once("?>").unwrap();
            format!("{head}?>{declared}{}", body.replacen("Demo-A", "&a9;", 1))
        });
        let Ok(file) = akey_formats::manifest::read(&bomb, "list.xlsx", &options()) else {
            continue;
        };
        assert!(file.people.len() <= 2, "{part}");
        for person in &file.people {
            assert!(person.particulars.full_name().len() < 100, "{part}");
        }
    }
}

#[test]
fn a_cell_of_megabytes_costs_no_other_row() {
    let text = format!(
        "Nom;Prénom;Remarque\nDemo-A;Ana;{}\nDemo-B;Bea;\n",
        "x".repeat(3_000_000)
    );
    assert_eq!(read_text(&text).people.len(), 2);
}

#[test]
fn the_name_of_a_file_decides_nothing_and_loses_its_folders() {
    let options = options();
    let file = akey_formats::manifest::read(&list(), "C:\\Demo\\list.csv", &options).unwrap();
    assert_eq!((file.people.len(), file.name.as_str()), (2, "list.csv"));
}

#[test]
fn every_error_has_a_word_for_the_catalogue() {
    for kind in Foreign::ALL {
        let code = ManifestError::Foreign { kind }.code();
        assert!(
            code.starts_with("foreign-") && !code.contains('_'),
            "{code}"
        );
    }
    assert_eq!(refused(b"").code(), "empty");
}
