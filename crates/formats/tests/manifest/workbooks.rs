//! Workbooks: written by another program's library, read back the same, and searched for the sheet
//! that is the manifest.

use akey_formats::manifest::{Format, ManifestError, Options, read};
use domain::{Birth, Day};
use jiff::civil::{Date, date};
use rust_xlsxwriter::Workbook;

use crate::sender::{Sent, all_told, options, read_file, workbook, write_rows};
use Sent::{Blank, Number, Text};

const HEADER: &[Sent<'_>] = &[
    Text("Nom"),
    Text("Prénom"),
    Text("Né le"),
    Text("Passeport"),
];

#[test]
fn titles_blank_rows_true_dates_and_numbers_are_read_as_they_stand() {
    let born = date(1990, 3, 14);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_rows(
        sheet,
        1,
        &[&[Text("Vol DM 101")], &[Text("19 septembre 2021")]],
    );
    write_rows(
        sheet,
        5,
        &[
            HEADER,
            &[
                Text("Demo-A"),
                Text("Ana"),
                Sent::Day(born),
                Number(123_456_789.0),
            ],
            &[Text("Demo-B"), Text("Bea"), Number(32_946.0), Text("DM 12")],
            &[],
            &[Text("Demo-C"), Text("Cia"), Number(1985.0), Blank],
        ],
    );
    let file = read_file(&book.save_to_buffer().unwrap());
    assert_eq!((file.format, file.header_row), (Format::Workbook, 5));
    assert_eq!(file.titles, ["Vol DM 101", "19 septembre 2021"]);
    let rows: Vec<_> = file
        .people
        .iter()
        .map(|person| (person.row, person.particulars.birth))
        .collect();
    let on = |day: Date| Some(Birth::On(Day(day)));
    assert_eq!(
        rows,
        [
            (6, on(born)),
            (7, on(date(1990, 3, 14))),
            (9, Some(Birth::Year(1985)))
        ]
    );
    assert_eq!(file.people[0].particulars.documents[0].number, "123456789");
    assert_eq!(file.problems, []);
}

#[test]
fn a_workbook_that_counts_from_1904_has_the_same_days() {
    // The writing library knows 1900 only: the flag is put into the finished workbook, and the serial
    // of the day is the one of the 1904 system, 1,462 less.
    let bytes = workbook(&[
        HEADER,
        &[Text("Demo-A"), Text("Ana"), Number(32_946.0 - 1_462.0)],
    ]);
    let bytes = with_part(&bytes, "xl/workbook.xml", |xml| {
        xml.replacen("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", 1)
            .replacen("<workbookPr defaultThemeVersion=\"124226\"/>", "", 1)
    });
    let file = read_file(&bytes);
    assert_eq!(
        file.people[0].particulars.birth,
        Some(Birth::On(Day(date(1990, 3, 14))))
    );
}

#[test]
fn the_sheet_that_looks_like_a_manifest_is_chosen_and_the_others_are_told() {
    let mut book = Workbook::new();
    write_rows(
        book.add_worksheet().set_name("Notes").unwrap(),
        1,
        &[&[Text("Merci de votre aide")]],
    );
    let people: Vec<&[Sent<'_>]> = vec![
        HEADER,
        &[Text("Demo-A"), Text("Ana")],
        &[Text("Demo-B"), Text("Bea")],
    ];
    write_rows(book.add_worksheet().set_name("Vol").unwrap(), 1, &people);
    write_rows(
        book.add_worksheet().set_name("Équipage").unwrap(),
        1,
        &people[..2],
    );
    write_rows(
        book.add_worksheet()
            .set_name("Vieux")
            .unwrap()
            .set_hidden(true),
        1,
        &people,
    );
    let bytes = book.save_to_buffer().unwrap();

    let file = read_file(&bytes);
    assert_eq!(file.sheet.as_deref(), Some("Vol"));
    assert_eq!(file.other_sheets, ["Notes", "Équipage"]);
    assert_eq!(all_told(&file), [(1, String::new(), "other-sheet")]);
    assert!(file.problems[0].what().contains("Équipage"));

    let asked = |sheet: &str| {
        read(
            &bytes,
            "list.xlsx",
            &Options {
                sheet: Some(sheet.to_owned()),
                ..options()
            },
        )
    };
    assert_eq!(asked("Équipage").unwrap().people.len(), 1);
    assert!(
        matches!(asked("Notes"), Err(ManifestError::NoHeader { sheet: Some(sheet), .. }) if sheet == "Notes")
    );
    assert!(matches!(asked("Vieux"), Err(ManifestError::NoSheet { sheets }) if sheets.len() == 3));
}

#[test]
fn cells_at_the_far_corners_cost_no_memory_and_are_refused_with_their_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_rows(sheet, 1, &[HEADER, &[Text("Demo-A"), Text("Ana")]]);
    sheet.write_string(1_048_575, 0, "Demo-Z").unwrap();
    let file = read_file(&book.save_to_buffer().unwrap());
    assert_eq!(file.people.last().unwrap().row, 1_048_576);

    sheet_with_corner_is_refused();
}

fn sheet_with_corner_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_rows(sheet, 1, &[HEADER, &[Text("Demo-A"), Text("Ana")]]);
    sheet.write_string(1, 16_383, "x").unwrap();
    let error = crate::sender::refused(&book.save_to_buffer().unwrap());
    assert_eq!(error, ManifestError::TooManyColumns { row: 2 });
}

#[test]
fn a_formula_is_read_by_its_value_and_never_run() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_rows(sheet, 1, &[HEADER, &[Text("Demo-A"), Text("Ana")]]);
    let formula = rust_xlsxwriter::Formula::new("=CONCAT(\"Demo-\",\"B\")").set_result("Demo-B");
    sheet.write_formula(2, 0, formula).unwrap();
    sheet.write_string(2, 1, "=1+1").unwrap();
    let file = read_file(&book.save_to_buffer().unwrap());
    assert_eq!(file.people[1].particulars.family_name, "Demo-B");
    assert_eq!(file.people[1].particulars.given_names, "=1+1");
    assert_eq!(all_told(&file), [(3, "B".to_owned(), "formula-text")]);
}

#[test]
fn a_cell_that_says_it_stands_beyond_the_sheet_is_damage_and_no_panic() {
    let bytes = workbook(&[HEADER, &[Text("Demo-A"), Text("Ana")]]);
    for place in ["A99999999999", "AAAAAAAAAAAA2", "2", "A0", ""] {
        let altered = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
            xml.replace("r=\"A2\"", &format!("r=\"{place}\""))
        });
        // Overflows are checked in tests and wrap around in what is shipped; neither may stop us.
        if let Ok(file) = read(&altered, "list.xlsx", &options()) {
            assert!(file.people.len() <= 1);
        }
    }
}

/// The workbook with one part rewritten.
pub fn with_part(bytes: &[u8], part: &str, rewrite: impl Fn(String) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut old = archive.by_index(place).unwrap();
        let name = old.name().unwrap().into_owned();
        let mut content = Vec::new();
        old.read_to_end(&mut content).unwrap();
        if name == part {
            content = rewrite(String::from_utf8(content).unwrap()).into_bytes();
        }
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
