//! Headers of two rows, and lists without any.

use akey_formats::manifest::{
    Field, Guess, Mapped, Mapping, MappingSource, Margin, Options, Separator, read,
};
use domain::{Birth, Day, Sex};
use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{Format as Look, Workbook};

use crate::sender::{all_told, options, read_file, read_text, refused};

const GROUPED: &str = "Liste du vol DM 101\n\
    N°;Identité;;;Naissance;;;Document de voyage;;Mère;;Observations\n\
    ;Nom;Prénom(s);Sexe;Date;Lieu;Pays;Type;Numéro;Nom;Prénom;\n\
    1;Demo-Jean;Marie;F;14/03/1990;Gonaïves;HTI;Passeport;DM100001;Demo-Rose;Ana;x\n\
    N°;Identité;;;Naissance;;;Document de voyage;;Mère;;Observations\n\
    ;Nom;Prénom(s);Sexe;Date;Lieu;Pays;Type;Numéro;Nom;Prénom;\n\
    2;Demo-Paul;Jean;M;15/03/1991;Jacmel;CHL;CIN;DM100002;Demo-Luz;Bea;\n";

#[test]
fn groups_above_columns_are_read_together() {
    let file = read_text(GROUPED);
    assert_eq!((file.header_row, file.titles.len()), (3, 1));
    let headers: Vec<_> = file
        .mapping
        .columns
        .iter()
        .map(|c| c.header.as_str())
        .collect();
    assert_eq!(headers[4], "Naissance · Date");
    assert_eq!(headers[0], "N°");
    let marie = &file.people[0].particulars;
    assert_eq!(marie.full_name(), "Marie Demo-Jean");
    assert_eq!(marie.birth, Some(Birth::On(Day(date(1990, 3, 14)))));
    assert_eq!(marie.birthplace.as_deref(), Some("Gonaïves"));
    assert_eq!(
        marie.country_of_birth.map(String::from).as_deref(),
        Some("HTI")
    );
    assert_eq!(marie.documents[0].number, "DM100001");
    assert_eq!(marie.documents[0].kind, domain::DocumentKind::Passport);
    // The mother's first name is not taken for that of her daughter, and that it is left is told.
    assert_eq!(marie.mother_name.as_deref(), Some("Demo-Rose"));
    assert_eq!(
        all_told(&file),
        [
            (3, "K".to_owned(), "column-unknown"),
            (3, "L".to_owned(), "column-unknown")
        ]
    );
    let skipped: Vec<_> = file.skipped.iter().map(|s| (s.row, s.margin)).collect();
    assert_eq!(
        skipped,
        [(5, Margin::RepeatedHeader), (6, Margin::RepeatedHeader)]
    );
}

#[test]
fn merged_cells_of_a_workbook_are_groups() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let look = Look::new();
    sheet.merge_range(0, 0, 1, 0, "No.", &look).unwrap();
    sheet.merge_range(0, 1, 0, 2, "Passenger", &look).unwrap();
    sheet.merge_range(0, 3, 0, 4, "Birth", &look).unwrap();
    sheet.merge_range(0, 5, 1, 5, "Gender", &look).unwrap();
    sheet
        .write_row(1, 1, ["Last name", "First name", "Date", "Country"])
        .unwrap();
    sheet
        .write_row(2, 0, ["1", "Demo-Jean", "Marie", "1990-03-14", "HTI", "F"])
        .unwrap();
    let file = read_file(&book.save_to_buffer().unwrap());
    let who = &file.people[0].particulars;
    assert_eq!(who.full_name(), "Marie Demo-Jean");
    assert_eq!(who.sex, Some(Sex::F));
    assert_eq!(who.birth, Some(Birth::On(Day(date(1990, 3, 14)))));
    assert_eq!((file.header_row, file.problems.len()), (2, 0));
}

#[test]
fn a_title_or_a_first_person_next_to_a_header_is_not_half_of_it() {
    let file = read_text("Passagers\nNom;Prénom;Sexe\nDemo-Jean;Marie;F\n");
    assert_eq!((file.header_row, file.people.len()), (2, 1));
    assert_eq!(file.titles, ["Passagers"]);
    assert_eq!(file.mapping.columns[0].header, "Nom");
}

#[test]
fn a_saved_mapping_fits_the_next_file_with_the_same_two_rows() {
    let mut mapping = read_text(GROUPED).mapping;
    mapping.columns[11].field = Some(Field::Destination);
    let options = Options {
        mappings: vec![mapping],
        ..options()
    };
    let next = GROUPED.replace(";x\n", ";Ouest\n");
    let file = read(next.as_bytes(), "next.csv", &options).unwrap();
    assert_eq!(file.mapping_source, MappingSource::Saved);
    assert!(file.people[0].particulars.destination.is_some());
}

const BARE: &str = "DEMO-JEAN;Marie;F;14/03/1990;HTI;DM100001\n\
    DEMO-PAUL;Jean;M;02/11/1985;HTI;DM100002\n\
    DEMO-LUC;Rose;F;05/06/2017;CHL;\n";

fn guess(text: &str) -> Guess {
    match refused(text.as_bytes()) {
        akey_formats::manifest::ManifestError::NoHeader {
            guess: Some(guess), ..
        } => *guess,
        other => panic!("{other}"),
    }
}

#[test]
fn a_list_without_a_header_is_read_once_its_guess_is_confirmed() {
    let guess = guess(BARE);
    assert_eq!((guess.header_row, guess.first_row), (None, 1));
    let options = Options {
        without_header: Some(guess.mapping),
        ..options()
    };
    let file = read(BARE.as_bytes(), "bare.csv", &options).unwrap();
    assert_eq!(file.mapping_source, MappingSource::Confirmed);
    assert_eq!((file.header_row, file.people.len()), (0, 3));
    assert_eq!(file.people[0].row, 1);
    let marie = &file.people[0].particulars;
    assert_eq!(marie.full_name(), "Marie DEMO-JEAN");
    assert_eq!(marie.sex, Some(Sex::F));
    assert_eq!(marie.documents[0].number, "DM100001");
    assert_eq!(all_told(&file), []);
}

#[test]
fn a_mapping_is_kept_only_under_headers_whose_words_are_known() {
    let list = "DEMO-JEAN;Marie;F;1990-03-14\nDEMO-PAUL;Jean;M;1991-03-15\n";
    let guess = guess(list);
    let headers = ["DEMO-JEAN", "Marie", "F", "1990-03-14"];
    let columns = headers.iter().zip(&guess.mapping.columns);
    let columns = columns.map(|(header, column)| Mapped {
        header: (*header).to_owned(),
        field: column.field,
    });
    let taken_for_titles = Options {
        mappings: vec![Mapping {
            columns: columns.collect(),
        }],
        ..options()
    };
    let kept_of = |text: &str, options: &Options| {
        let file = read(text.as_bytes(), "list.csv", options);
        file.expect("it is read").mapping_to_keep().cloned()
    };
    assert_eq!(kept_of(list, &taken_for_titles), None);
    let titled = format!("Nom;Prénom;Sexe;Date de naissance\n{list}");
    let kept = kept_of(&titled, &options()).expect("known words");
    let saved = Options {
        mappings: vec![kept.clone()],
        ..options()
    };
    assert_eq!(kept_of(&titled, &saved), Some(kept));
}

#[test]
fn a_guess_can_be_corrected_before_it_is_confirmed() {
    let mut mapping = guess(BARE).mapping;
    mapping.columns[0].field = Some(Field::GivenNames);
    mapping.columns[1].field = Some(Field::FamilyName);
    mapping.columns[5].field = None;
    let options = Options {
        without_header: Some(mapping),
        ..options()
    };
    let file = read(BARE.as_bytes(), "bare.csv", &options).unwrap();
    assert_eq!(file.people[0].particulars.given_names, "DEMO-JEAN");
    assert!(
        file.people
            .iter()
            .all(|person| person.particulars.documents.is_empty())
    );
    // A column left out on purpose is no problem.
    assert_eq!(all_told(&file), []);
}

#[test]
fn nothing_is_read_by_a_guess_that_nobody_confirmed() {
    let error = refused(BARE.as_bytes());
    assert_eq!(error.code(), "no-header");
    assert!(!format!("{error} {error:?}").contains("DEMO-JEAN"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_header_divided_into_two_rows_says_what_it_said_in_one(
        people in proptest::collection::vec(("[A-Z][a-z]{2,8}", "[A-Z][a-z]{2,8}", 1950_i16..2020, 1_i8..=12, 1_i8..=28), 1..20),
        separator in prop::sample::select(Separator::ALL.to_vec()),
        title in any::<bool>(),
    ) {
        let cut = separator.character().to_string();
        let title = if title { "Vol DM 101\n" } else { "" };
        let one = "Nom de famille;Prénom;Date de naissance;Lieu de naissance";
        let two = "Passager;;Naissance;\nNom de famille;Prénom;Date;Lieu";
        let rows: Vec<String> = people
            .iter()
            .map(|(given, family, year, month, day)| {
                format!("Demo-{family};{given};{year}-{month:02}-{day:02};Lieu {given}")
            })
            .collect();
        let rows = rows.join("\n");
        let text = |header: &str| format!("{title}{header}\n{rows}").replace(';', &cut);
        let particulars = |text: &str| -> Vec<_> {
            read_text(text).people.into_iter().map(|person| person.particulars).collect()
        };
        prop_assert_eq!(particulars(&text(one)), particulars(&text(two)));
    }

    #[test]
    fn any_mapping_of_any_table_without_header_loses_no_row(
        cells in proptest::collection::vec(proptest::collection::vec("[a-zA-Z0-9/ .-]{0,10}", 1..6), 1..20),
        fields in proptest::collection::vec(prop::option::of(prop::sample::select(Field::ALL.to_vec())), 0..7),
    ) {
        let text: String = cells.iter().map(|row| row.join(";") + "\n").collect();
        let columns = fields.into_iter().map(|field| Mapped { header: String::new(), field });
        let options = Options {
            without_header: Some(Mapping { columns: columns.collect() }),
            ..options()
        };
        if let Ok(file) = read(text.as_bytes(), "any.csv", &options) {
            let counts = file.counts;
            prop_assert_eq!(counts.rows, counts.people + counts.refused + counts.skipped);
        }
    }

    #[test]
    fn a_guess_names_people_and_has_an_example_list_for_each_column(
        cells in proptest::collection::vec(proptest::collection::vec("[A-Z][a-z]{0,6}|[FM]|[0-9]{1,8}|[0-9]{2}/[0-9]{2}/19[0-9]{2}|HTI", 2..6), 1..20),
    ) {
        let text: String = cells.iter().map(|row| row.join(";") + "\n").collect();
        if let Err(akey_formats::manifest::ManifestError::NoHeader { guess: Some(guess), .. }) = read(text.as_bytes(), "any.csv", &options()) {
            prop_assert!(guess.mapping.names_people());
            prop_assert_eq!(guess.examples.len(), guess.mapping.columns.len());
        }
    }
}
