//! The PDF as other people's programs read it: poppler says what it is, what its tree holds and what
//! its words are.

#[path = "../../../tests/report/sample.rs"]
mod sample;
#[path = "../../../tests/report/speaker.rs"]
mod speaker;

use std::process::Command;

use akey_report::document::{Block, Document, Table};
use akey_report::{RecoveredRow, Sitrep};
use report_pdf::write;
use tempfile::TempDir;

use sample::{public, sitrep};
use speaker::{LANGUAGES, Speaker};

fn document(sitrep: &Sitrep, language: &'static str) -> Document {
    Document::of(sitrep, &Speaker::of(language))
}

/// What a program of poppler says of a PDF.
fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let said = command.output();
    let said = said.unwrap_or_else(|_| panic!("{program} is missing: install poppler-utils"));
    let complaints = String::from_utf8_lossy(&said.stderr);
    // It takes the right value for a wrong one: it looks for a name where ISO 32000-1, 14.7.1 wants
    // true or false.
    let known = |line: &&str| line.contains("Suspects object is wrong type (boolean)");
    let unknown: Vec<_> = complaints.lines().filter(|line| !known(line)).collect();
    assert!(
        said.status.success() && unknown.is_empty(),
        "{program}: {unknown:?}"
    );
    String::from_utf8_lossy(&said.stdout).into_owned()
}

fn has(pdf: &[u8], said: &str) -> bool {
    pdf.windows(said.len())
        .any(|bytes| bytes == said.as_bytes())
}

/// Words without the spaces between them, because a cell may break its words over lines.
fn close(words: &str) -> String {
    words
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks.flat_map(tables_of).collect()
}

fn tables_of(block: &Block) -> &[Table] {
    match block {
        Block::Table(table) => std::slice::from_ref(table),
        Block::Tables(tables) => tables,
        _ => &[],
    }
}

#[test]
fn every_language_gives_a_tagged_pdf_that_says_what_it_is() {
    for language in LANGUAGES {
        let document = document(&sitrep(), language);
        let pdf = write(&document).unwrap();
        // Metadata and names of structure elements are not compressed.
        for said in [
            "<pdfuaid:part>1</pdfuaid:part>",
            &format!("/Lang({language})"),
        ] {
            assert!(has(&pdf, said), "{language}: {said}");
        }
        let info = poppler("pdfinfo", &[], &pdf);
        let title = format!("{} · {}", document.title, document.period);
        assert!(info.contains(&title), "{info}");
        for said in ["Tagged:          yes", "A4", "JavaScript:      no"] {
            assert!(info.contains(said), "{language} {said}: {info}");
        }
    }
}

#[test]
fn the_tree_has_headings_tables_with_their_headings_and_charts_in_words() {
    let document = document(&sitrep(), "en");
    let tree = poppler("pdfinfo", &["-struct-text"], &write(&document).unwrap());
    let count = |what: &str| {
        let begins = |line: &&str| line.trim_start().starts_with(what);
        tree.lines().filter(begins).count()
    };
    assert_eq!(count("H1"), 1, "{tree}");
    assert_eq!(count("H2"), document.sections.len());
    let tables = tables(&document);
    assert!(tables.len() > 12, "{}", tables.len());
    assert_eq!(count("Table"), tables.len());
    assert_eq!(count("Caption"), tables.len());
    assert_eq!(count("THead"), tables.len());
    let headings: usize = tables
        .iter()
        .map(|table| table.columns.len() + table.rows.len())
        .sum();
    assert_eq!(count("TH:"), headings, "each column and each row has one");
    assert_eq!(count("Figure"), 5);
    assert_eq!(count("LI"), 5);
}

#[test]
fn what_was_given_by_recovered_rights_is_said_below_the_items() {
    let said = close("given by rights recovered from a lost node");
    let mut sitrep = sitrep();
    let words = |sitrep: &Sitrep| {
        let pdf = write(&document(sitrep, "en")).unwrap();
        close(&poppler("pdftotext", &[], &pdf))
    };
    assert!(!words(&sitrep).contains(&said));
    let item = sitrep.items[0].item.clone();
    sitrep.recovered.push(RecoveredRow {
        item,
        times: 3,
        pieces: 7,
    });
    assert!(words(&sitrep).contains(&said));
}

#[test]
fn a_chart_is_told_in_words() {
    let pdf = write(&document(&sitrep(), "en")).unwrap();
    for said in [
        "/Alt(People returned, by the day they landed. Most on 23 September 2021: 359.",
        "/Alt(Sex and age. Most people: Men, 852.",
    ] {
        assert!(has(&pdf, said), "{said}");
    }
}

#[test]
fn every_word_and_number_of_the_report_stands_in_the_pdf() {
    for (language, sitrep) in [("ht", sitrep()), ("fr", public()), ("es", sitrep())] {
        let document = document(&sitrep, language);
        let pdf = write(&document).unwrap();
        let tree = close(&poppler("pdfinfo", &["-struct-text"], &pdf).replace('"', ""));
        let mut said: Vec<&str> = vec![&document.title, &document.audience, &document.sites];
        said.extend(document.stamp.iter().map(String::as_str));
        for section in &document.sections {
            said.push(&section.heading);
            for block in &section.blocks {
                if let Block::List(lines) = block {
                    said.extend(lines.iter().map(String::as_str));
                }
            }
        }
        for table in tables(&document) {
            said.push(&table.caption);
            said.extend(table.columns.iter().map(|column| column.heading.as_str()));
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                said.push(&cell.words);
                said.extend(cell.below.iter().map(String::as_str));
            }
        }
        assert!(said.len() > 200);
        for words in said {
            assert!(
                tree.contains(&close(&words.replace('"', ""))),
                "{language}: {words}"
            );
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let document = document(&sitrep(), "fr");
    assert_eq!(write(&document).unwrap(), write(&document).unwrap());
}

#[test]
fn whatever_people_typed_is_only_ever_words() {
    let mut sitrep = sitrep();
    sitrep.stamp.operation =
        "(Demo) \\ <</JS (x)>> \u{202e}مرحبا 漢字 😀 \u{0} \u{feff} end".to_owned();
    sitrep.movements[0].designator = "DR".repeat(120);
    sitrep.sites.truncate(1);
    sitrep.sites[0].name = String::new();
    let pdf = write(&document(&sitrep, "ht")).unwrap();
    let text = poppler("pdftotext", &[], &pdf);
    assert!(
        text.contains("<</JS (x)>>") && text.contains("end"),
        "{text}"
    );
    assert!(poppler("pdfinfo", &[], &pdf).contains("JavaScript:      no"));
}

#[test]
fn a_long_report_goes_on_over_pages_and_repeats_its_headings_for_the_eye_only() {
    let mut sitrep = sitrep();
    let movements = sitrep.movements.clone();
    while sitrep.movements.len() < 240 {
        sitrep.movements.extend(movements.clone());
    }
    let document = document(&sitrep, "en");
    let pdf = write(&document).unwrap();
    let pages: usize = poppler("pdfinfo", &[], &pdf)
        .lines()
        .find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok())
        .unwrap();
    assert!((12..40).contains(&pages), "{pages}");
    let text = poppler("pdftotext", &["-layout"], &pdf);
    assert!(text.contains(&format!("{pages} / {pages}")));
    let tree = poppler("pdfinfo", &["-struct-text"], &pdf);
    let seen = text.matches("On the").count();
    let heard = tree.matches("On the").count();
    assert!(seen > heard + 5, "{seen} {heard}");
}

#[test]
fn an_empty_report_is_a_report() {
    let mut sitrep = sitrep();
    sitrep.days.truncate(1);
    sitrep.movements.clear();
    sitrep.breakdowns.clear();
    sitrep.items.clear();
    sitrep.stock.clear();
    sitrep.waybills.clear();
    sitrep.expected.clear();
    let pdf = write(&document(&sitrep, "en")).unwrap();
    assert!(poppler("pdfinfo", &[], &pdf).contains("Tagged:          yes"));
}

/// Written where somebody asks to see it: `AKEY_SEE_PDF=DIR cargo test -p akey-report-pdf`.
#[test]
fn a_report_to_look_at_is_written_where_it_is_asked_for() {
    let Some(folder) = std::env::var_os("AKEY_SEE_PDF") else {
        return;
    };
    for language in LANGUAGES {
        let file = std::path::Path::new(&folder).join(format!("sitrep-{language}.pdf"));
        std::fs::write(file, write(&document(&sitrep(), language)).unwrap()).unwrap();
    }
}
