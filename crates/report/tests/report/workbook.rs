//! The workbook as another program reads it: numbers are numbers, dates are dates, texts are never
//! formulas, and the last sheet says where each number comes from.

use std::io::{Cursor, Read};

use akey_report::{RecoveredRow, Sitrep, Trace};
use calamine::{Data, Range, Reader, Xlsx};

use crate::sample::{public, sitrep};
use crate::speaker::{LANGUAGES, Speaker};

fn book(sitrep: &Sitrep, language: &'static str) -> Vec<u8> {
    sitrep.to_xlsx(&Speaker::of(language)).unwrap()
}

fn opened(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheets()
}

fn sheet<'b>(book: &'b [(String, Range<Data>)], name: &str) -> &'b Range<Data> {
    let found = book.iter().find(|(sheet, _)| sheet == name);
    &found.unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The file of a part of the workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn numbers_are_numbers_and_days_are_days() {
    let bytes = book(&sitrep(), "en");
    let book = opened(&bytes);
    let days = sheet(&book, "Day by day");
    let cell = |row, column| days.get_value((row, column)).unwrap();
    assert_eq!(cell(0, 0), &Data::String("Day".into()));
    assert!(matches!(cell(1, 0), Data::DateTime(_)), "{:?}", cell(1, 0));
    assert_eq!(cell(1, 4), &Data::Float(327.0));
    assert_eq!(cell(6, 4), &Data::Float(1_401.0));
    let movements = sheet(&book, "Movements");
    let landed = movements.get_value((1, 5)).unwrap();
    let Data::DateTime(landed) = landed else {
        panic!("{landed:?}")
    };
    // By the clock at the site: 09:10 of 19 September 2021.
    assert!((landed.as_f64() - (44_458.0 + 9.0 / 24.0 + 10.0 / 1_440.0)).abs() < 1e-6);
}

#[test]
fn what_was_given_by_recovered_rights_stands_beside_its_item() {
    let mut sitrep = sitrep();
    let item = sitrep.items[2].item.clone();
    sitrep.recovered.push(RecoveredRow {
        item,
        times: 3,
        pieces: 7,
    });
    let book = opened(&book(&sitrep, "en"));
    let items = sheet(&book, "Assistance");
    let last = items.width() - 1;
    let column = (0..items.height()).map(|row| items[(row, last)].clone());
    let column: Vec<_> = column.collect();
    assert_eq!(column[0], Data::String("Given by recovered rights".into()));
    assert_eq!(column[3], Data::Float(7.0));
    assert_eq!(column[1], Data::Empty);
}

#[test]
fn every_source_names_a_cell_with_this_number_and_a_key_that_opens_it() {
    let bytes = book(&sitrep(), "fr");
    let book = opened(&bytes);
    let (_, sources) = book.last().unwrap();
    let start = sources
        .rows()
        .position(|row| row[0] == Data::String("Feuille".into()));
    let rows: Vec<_> = sources.rows().skip(start.unwrap() + 1).collect();
    assert!(rows.len() > 300, "{}", rows.len());
    for row in rows {
        let [
            Data::String(name),
            Data::String(cell),
            Data::String(what),
            number,
            Data::String(key),
        ] = row
        else {
            panic!("{row:?}")
        };
        let digit = cell.find(|letter: char| letter.is_ascii_digit()).unwrap();
        let column = cell[..digit].bytes().fold(0, |column, letter| {
            column * 26 + u32::from(letter - b'A' + 1)
        });
        let line: u32 = cell[digit..].parse().unwrap();
        let there = sheet(&book, name).get_value((line - 1, column - 1));
        assert_eq!(there, Some(number), "{name} {cell} {what}");
        assert!(Trace::from_key(key).is_ok(), "{key}");
    }
    for said in [
        "Compté jusqu'au 24 septembre 2021",
        "Demo-Coordinator",
        "8f1c8f1c",
    ] {
        let says = |cell: &Data| cell.to_string().contains(said);
        assert!(sources.rows().flatten().any(says), "{said}");
    }
}

#[test]
fn a_text_is_never_a_formula() {
    let mut sitrep = sitrep();
    let evil = "=HYPERLINK(\"http://example.org\",\"Demo\")";
    sitrep.stamp.operation = evil.to_owned();
    sitrep.movements[0].designator = "+1-2".to_owned();
    sitrep.sites[0].name = "@SUM(1)".to_owned();
    sitrep.movements[0].to_site = format!("{evil}\u{1}{}", "x".repeat(40_000));
    let bytes = book(&sitrep, "en");
    let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let parts: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    for name in parts.iter().filter(|name| name.contains("sheet")) {
        let text = part(&bytes, name);
        assert!(
            !text.contains("<f>") && !text.contains("<hyperlink"),
            "{name}"
        );
    }
    assert!(
        !parts
            .iter()
            .any(|name| name.contains("externalLink") || name.contains("vba"))
    );
    let book = opened(&bytes);
    let first = sheet(&book, "Situation report");
    assert_eq!(first.get_value((1, 0)), Some(&Data::String(evil.into())));
}

#[test]
fn headings_stay_in_sight_and_columns_are_wide_enough() {
    let bytes = book(&sitrep(), "es");
    for number in 1..=9 {
        let text = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(
            text.contains("state=\"frozen\"") && text.contains("<cols>"),
            "{number}"
        );
    }
}

#[test]
fn the_public_workbook_hides_what_the_public_report_hides() {
    let bytes = book(&public(), "en");
    let book = opened(&bytes);
    let names: Vec<_> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        !names.contains(&"Stock") && !names.contains(&"From announced to counted"),
        "{names:?}"
    );
    let people = sheet(&book, "The people");
    assert!(
        people
            .rows()
            .flatten()
            .any(|cell| *cell == Data::String("not shown".into()))
    );
    for (name, range) in &book {
        let keys = range
            .rows()
            .flatten()
            .filter(|cell| Trace::from_key(&cell.to_string()).is_ok());
        assert_eq!(keys.count(), 0, "{name}");
    }
}

#[test]
fn every_language_has_its_sheets_and_the_same_report_the_same_bytes() {
    for language in LANGUAGES {
        let bytes = book(&sitrep(), language);
        assert_eq!(opened(&bytes).len(), 10, "{language}");
        assert_eq!(bytes, book(&sitrep(), language));
    }
}

#[test]
fn more_rows_than_fit_in_a_sheet_of_memory_are_written() {
    let mut sitrep = sitrep();
    let movements = sitrep.movements.clone();
    while sitrep.movements.len() < 1_500 {
        sitrep.movements.extend(movements.clone());
    }
    let bytes = book(&sitrep, "en");
    let book = opened(&bytes);
    assert!(book.last().unwrap().1.height() > 18_000);
}
