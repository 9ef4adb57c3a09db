//! Rows and cells as they break: each is told with row, column, what is wrong and what to do, and
//! nobody is lost by it.

use akey_formats::manifest::{Severity, read};

use crate::sender::{Sent, all_told, options, read_file, read_text, workbook};

struct Case {
    name: &'static str,
    text: &'static str,
    people: usize,
    told: &'static [(u32, &'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case {
        name: "a birth date in the future",
        text: "Nom;Prénom;Né le\nDemo-A;Ana;20/09/2021\n",
        people: 1,
        told: &[(2, "C", "birth-in-future")],
    },
    Case {
        name: "somebody older than anybody",
        text: "Nom;Prénom;Né le\nDemo-A;Ana;14/03/1881\n",
        people: 1,
        told: &[(2, "C", "birth-too-old")],
    },
    Case {
        name: "a day that does not exist",
        text: "Nom;Prénom;Né le\nDemo-A;Ana;31/02/1990\n",
        people: 1,
        told: &[(2, "C", "date-impossible")],
    },
    Case {
        name: "a date that is none",
        text: "Nom;Prénom;Né le\nDemo-A;Ana;l'année du cyclone\n",
        people: 1,
        told: &[(2, "C", "date-unreadable")],
    },
    Case {
        name: "an age, a year and a sex that are none",
        text: "Nom;Âge;Année de naissance;Sexe\nDemo-A Ana;vieux;longtemps;1\n",
        people: 1,
        told: &[
            (1, "A", "name-order-assumed"),
            (2, "B", "age-unreadable"),
            (2, "C", "year-unreadable"),
            (2, "D", "sex-unreadable"),
        ],
    },
    Case {
        name: "a sex that somebody doubted",
        text: "Nom;Prénom;Sexe\nDemo-A;Ana;X?\n",
        people: 1,
        told: &[(2, "C", "sex-unreadable")],
    },
    Case {
        name: "places that do not exist",
        text: "Nom;Prénom;Nationalité;Destination\nDemo-A;Ana;Atlantide;Santiago\n",
        people: 1,
        told: &[(2, "C", "country-unknown"), (2, "D", "department-unknown")],
    },
    Case {
        name: "a document number typed twice",
        text: "Nom;Prénom;Passeport\nDemo-A;Ana;DM 1234\nDemo-B;Bea;DM1235\nDemo-C;Cia;dm-1234\n",
        people: 3,
        told: &[(4, "C", "document-twice")],
    },
    Case {
        name: "a person typed twice, once with the names exchanged",
        text: "Nom;Prénom;Né le\nDemo-A;Ana;14/03/1990\nDemo-B;Bea;15/03/1990\nAna;Demo-A;14/03/1990\n",
        people: 3,
        told: &[(4, "A", "person-twice")],
    },
    Case {
        name: "a row that names nobody",
        text: "Nom;Prénom;Sexe\nDemo-A;Ana;F\n;;F\nDemo-B;Bea;F\n",
        people: 2,
        told: &[(3, "", "no-name")],
    },
    Case {
        name: "formulas",
        text: "Nom;Prénom;Lieu de naissance\n=HYPERLINK(\"http://demo.invalid\");@Ana;+cmd|' /C calc'!A0\n",
        people: 1,
        told: &[
            (2, "A", "formula-text"),
            (2, "B", "formula-text"),
            (2, "C", "formula-text"),
        ],
    },
    Case {
        name: "UTF-8 once taken for Windows-1252",
        text: "Nom;Prénom;Sexe\nDemo-A;JosÃ©;M\n",
        people: 1,
        told: &[(2, "B", "text-damaged")],
    },
    Case {
        name: "errors of a spreadsheet",
        text: "Nom;Prénom;Né le;Passeport\nDemo-A;Ana;#REF!;#N/A\n",
        people: 1,
        told: &[(2, "C", "cell-error"), (2, "D", "cell-error")],
    },
    Case {
        name: "a number rounded by a spreadsheet",
        text: "Nom;Prénom;CIN;Téléphone\nDemo-A;Ana;1.23457E+11;5,09E+10\n",
        people: 1,
        told: &[(2, "C", "number-damaged"), (2, "D", "number-damaged")],
    },
    Case {
        name: "a telephone and a document that are words",
        text: "Nom;Prénom;Passeport;Téléphone;Type de document\nDemo-A;Ana;perdu;oui;carte de fidélité\n",
        people: 1,
        told: &[
            (2, "C", "document-unreadable"),
            (2, "D", "phone-unreadable"),
            (2, "E", "document-kind-unknown"),
        ],
    },
    Case {
        name: "two columns that contradict each other",
        text: "Nom;Prénom;Sexe;Gender\nDemo-A;Ana;F;M\nDemo-B;Bea;;F\n",
        people: 2,
        told: &[(1, "D", "column-repeated"), (2, "D", "columns-contradict")],
    },
    Case {
        name: "an age that contradicts the birth",
        text: "Nom;Prénom;Né le;Âge\nDemo-A;Ana;14/03/1990;12\n",
        people: 1,
        told: &[(2, "C", "age-contradicts-birth")],
    },
    Case {
        name: "columns nobody understands, one without a header",
        text: "Nom;Prénom;Siège;\nDemo-A;Ana;12A;x\n",
        people: 1,
        told: &[(1, "C", "column-unknown"), (1, "D", "column-unnamed")],
    },
    Case {
        name: "a separator inside a value",
        text: "Nom;Prénom;Sexe\nDemo-A;Ana;F\nDemo;B;Bea;F\nDemo-C;Cia;F\n",
        people: 3,
        told: &[(3, "", "row-too-wide"), (3, "C", "sex-unreadable")],
    },
    Case {
        name: "a quotation mark without a partner",
        text: "Nom;Prénom;Sexe\nDemo-A;\"Ana;F\nDemo-B;Bea;F\n",
        people: 2,
        told: &[(2, "", "quote-unbalanced")],
    },
    Case {
        name: "a total that does not fit",
        text: "Nom;Prénom;Sexe\nDemo-A;Ana;F\nTotal;2;\n",
        people: 1,
        told: &[(3, "", "total-differs")],
    },
    Case {
        name: "a heading inside the list",
        text: "Nom;Prénom;Sexe\nDemo-A;Ana;F\nGroupe de Del Rio;;\nDemo-B;Bea;F\n",
        people: 3,
        told: &[(3, "", "only-a-name")],
    },
    Case {
        name: "a second list with other columns below the first",
        text: "Nom;Prénom\nDemo-A;Ana\nDemo-C;Cia\nDemo-D;Dea\nNom;Prénom;Sexe;Né le\nDemo-B;Bea;F;14/03/1990\n",
        people: 4,
        told: &[
            (5, "", "row-too-wide"),
            (5, "", "header-changed"),
            (6, "", "row-too-wide"),
        ],
    },
    Case {
        name: "a header and nobody",
        text: "Nom;Prénom;Sexe\n",
        people: 0,
        told: &[(1, "", "nobody-listed")],
    },
];

#[test]
fn every_bad_row_is_told_and_no_good_one_is_lost() {
    for case in CASES {
        let file = read_text(case.text);
        let expected: Vec<_> = case
            .told
            .iter()
            .map(|(row, letter, code)| (*row, (*letter).to_owned(), *code))
            .collect();
        assert_eq!(all_told(&file), expected, "{}", case.name);
        assert_eq!(file.people.len(), case.people, "{}", case.name);
        for problem in &file.problems {
            assert!(
                !problem.what().contains('{') && !problem.remedy().contains('{'),
                "{problem}"
            );
            assert!(!problem.remedy().is_empty(), "{problem}");
        }
    }
}

#[test]
fn what_the_cells_hold_is_in_no_message_but_in_a_field_of_its_own() {
    for case in CASES {
        for problem in read_text(case.text).problems {
            let shown = format!(
                "{problem} {problem:?} {}",
                serde_json::to_string(&problem).unwrap()
            );
            if let Some(text) = problem.text.as_ref().filter(|text| text.0.len() > 2) {
                assert!(!shown.contains(&text.0), "{}: {shown}", case.name);
            }
            assert!(!shown.contains("Demo"), "{}: {shown}", case.name);
        }
    }
}

#[test]
fn a_dropped_field_leaves_the_others_as_they_are() {
    let file = read_text("Nom;Prénom;Né le;Sexe;Passeport\nDemo-A;Ana;hier;F;DM1234\n");
    let ana = &file.people[0].particulars;
    assert_eq!(
        (ana.birth, ana.sex, ana.documents.len()),
        (None, Some(domain::Sex::F), 1)
    );
    assert_eq!(file.problems[0].severity(), Severity::FieldDropped);
    assert_eq!(file.problems[0].text.as_ref().unwrap().0, "hier");
}

#[test]
fn both_rows_of_a_repeated_document_are_named() {
    let file = read_text("Nom;Prénom;Passeport\nDemo-A;Ana;DM1234\nDemo-B;Bea;DM1234\n");
    let problem = &file.problems[0];
    assert_eq!(
        (problem.row, problem.arguments.as_slice()),
        (3, &[("row", "2".to_owned())][..])
    );
    assert!(problem.what().contains("row 2"));
}

#[test]
fn a_text_that_is_too_long_is_cut_and_told() {
    let long = "é".repeat(500);
    let file = read_text(&format!(
        "Nom;Prénom;Lieu de naissance\nDemo-A{long};Ana;{long}\n"
    ));
    assert_eq!(
        all_told(&file),
        [
            (2, "A".to_owned(), "text-too-long"),
            (2, "C".to_owned(), "text-too-long")
        ]
    );
    assert!(file.people[0].particulars.check(crate::sender::DAY).is_ok());
}

#[test]
fn days_and_months_exchanged_by_a_spreadsheet_are_noticed() {
    use jiff::civil::date;
    let mut rows: Vec<Vec<Sent<'_>>> = vec![vec![
        Sent::Text("Nom"),
        Sent::Text("Prénom"),
        Sent::Text("Né le"),
    ]];
    for day in [
        date(1990, 3, 4),
        date(1985, 12, 1),
        date(2001, 7, 9),
        date(1979, 2, 2),
        date(1999, 6, 11),
    ] {
        rows.push(vec![
            Sent::Text("Demo-A"),
            Sent::Text("Ana"),
            Sent::Day(day),
        ]);
    }
    for text in ["14/03/1990", "25/12/1985", "30/07/2001"] {
        rows.push(vec![
            Sent::Text("Demo-B"),
            Sent::Text("Bea"),
            Sent::Text(text),
        ]);
    }
    let rows: Vec<&[Sent<'_>]> = rows.iter().map(Vec::as_slice).collect();
    let file = read_file(&workbook(&rows));
    assert!(file.dates.swapped_by_spreadsheet);
    assert_eq!(all_told(&file), [(1, "C".to_owned(), "dates-swapped")]);
}

#[test]
fn totals_signatures_and_page_numbers_are_left_out_and_people_of_such_names_are_not() {
    use akey_formats::manifest::Margin;
    let file = read_text(
        "Nom;Prénom;Sexe\n\
         Demo-A;Ana;F\n\
         Total;Jean;M\n\
         Page;Rose;\n\
         Sous-total hommes : 1;;\n\
         Page 1 de 3;;\n\
         Signature : Demo-Chef;;\n\
         TOTAL 3;;\n",
    );
    let names: Vec<_> = file
        .people
        .iter()
        .map(|person| person.particulars.full_name())
        .collect();
    assert_eq!(names, ["Ana Demo-A", "Jean Total", "Rose Page"]);
    let skipped: Vec<_> = file
        .skipped
        .iter()
        .map(|skipped| (skipped.row, skipped.margin))
        .collect();
    assert_eq!(
        skipped,
        [
            (5, Margin::Total),
            (6, Margin::Note),
            (7, Margin::Note),
            (8, Margin::Total)
        ]
    );
    assert_eq!(all_told(&file), [(4, String::new(), "only-a-name")]);
}

#[test]
fn no_row_of_a_large_bad_file_is_lost() {
    let mut text = String::from("Nom;Prénom;Né le;Sexe\n");
    for row in 2..=3_001 {
        let line = match row % 4 {
            0 => format!("Demo-{row};Ana;14/03/1990;F\n"),
            1 => format!("Demo-{row};Ana;99/99/9999;?\n"),
            2 => ";;14/03/1990;F\n".to_owned(),
            _ => format!("Demo-{row};\"Ana;14/03/1990;F\n"),
        };
        text.push_str(&line);
    }
    let file = read(text.as_bytes(), "large.csv", &options()).unwrap();
    assert_eq!(file.counts.rows, 3_000);
    assert_eq!((file.counts.people, file.counts.refused), (2_250, 750));
    assert!(
        file.people
            .iter()
            .all(|person| { person.particulars.family_name == format!("Demo-{}", person.row) })
    );
}

#[test]
fn a_ninu_without_its_ten_digits_is_told_and_kept() {
    let file = read_text(
        "Nom;Prénom;NINU\nDemo-A;Ana;003-123-456-7\nDemo-B;Bea;003-123-456\nDemo-C;Cleo;A123\n",
    );
    let told: Vec<_> = file
        .problems
        .iter()
        .map(|problem| (problem.row, problem.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [(3, "national-number-form"), (4, "national-number-form")]
    );
    assert!(
        file.people
            .iter()
            .all(|person| person.particulars.documents.len() == 1)
    );
}
