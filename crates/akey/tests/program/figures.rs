//! Stated figures from the command line: no site is needed, and programs get what people read.

use serde_json::Value;

use crate::site::{Folder, done, json, refused, text};

#[test]
fn what_was_said_in_public_is_held_against_itself_without_a_site() {
    let folder = Folder::new();
    let said = done(folder.akey(&["figures", "reconcile"]));
    assert!(
        said.contains("DR13: 2600, because DR11 + DR14 + DR15 + DR16 sum to 27400"),
        "{said}"
    );
    assert!(
        said.contains("2021-01-01 to 2021-12-31: 19602 (IO10 less IO09)"),
        "{said}"
    );
    assert!(!said.contains("Cannot all be true"), "{said}");
    let found = json(folder.akey(&["figures", "reconcile", "--json"]));
    assert_eq!(found["found"]["statements"], 30);
    assert_eq!(found["found"]["gaps"][0]["unaccounted"], 2_600);
    assert_eq!(found["problems"], Value::Array(Vec::new()));

    let said = refused(folder.akey(&["figures", "reconcile", "--about", "1"]), 1);
    assert!(
        said.contains("one set of statements cannot be true together"),
        "{said}"
    );
}

#[test]
fn a_bad_file_of_figures_is_told_by_row_and_column() {
    let folder = Folder::new();
    let file = folder.path("figures.csv");
    std::fs::write(
        &file,
        "figure_id,indicator,value_low,precision,as_of\n\
        A,returned,12,exact,2021-09-23\nB,returned,-1,exact,2021-09-23\n",
    )
    .unwrap();
    let said = done(folder.akey(&["figures", "reconcile", text(&file)]));
    assert!(
        said.contains("row 3, value_low: -1 cannot be counted"),
        "{said}"
    );
    std::fs::write(&file, "who;what\n").unwrap();
    let said = refused(folder.akey(&["figures", "reconcile", text(&file)]), 1);
    assert!(said.contains("the column figure_id is missing"), "{said}");
    let twice = folder.path("twice.csv");
    let one = "figure_id,indicator,value_low,precision,as_of\nA,returned,12,exact,2021-09-23\n";
    std::fs::write(&file, one).unwrap();
    std::fs::write(&twice, one).unwrap();
    let files = ["figures", "reconcile", text(&file), text(&twice)];
    let said = refused(folder.akey(&files), 1);
    assert!(said.contains("A is in two files"), "{said}");
}
