//! How long the import of a manifest takes, beside the bare libraries that read the same bytes into
//! cells and ask nothing of them: 10,000 people, as CSV and as a workbook.

use std::io::Cursor;

use akey_formats::manifest::{Options, read};
use calamine::{Reader, Xlsx};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::civil::date;

const PEOPLE: usize = 10_000;
const HEADER: [&str; 10] = [
    "N°",
    "Nom",
    "Prénom",
    "Sexe",
    "Date de naissance",
    "Nationalité",
    "Pays de naissance",
    "N° de passeport",
    "Nom de la mère",
    "Département de destination",
];

fn main() {
    divan::main();
}

/// Synthetic people, no two alike.
fn rows() -> impl Iterator<Item = [String; 10]> {
    let departments = ["Ouest", "Artibonite", "Nord-Est", "Grand'Anse", "Sud"];
    (0..PEOPLE).map(move |number| {
        [
            (number + 1).to_string(),
            format!("Demo-{}", number % 977),
            format!("Marie-José {number}"),
            if number % 3 == 0 {
                "F".to_owned()
            } else {
                "M".to_owned()
            },
            format!(
                "{:02}/{:02}/{}",
                number % 28 + 1,
                number % 12 + 1,
                1950 + number % 70
            ),
            "Haïtienne".to_owned(),
            if number % 5 == 0 {
                "Chili".to_owned()
            } else {
                "Haïti".to_owned()
            },
            format!("DM{number:07}"),
            format!("Demo-Rose {}", number % 613),
            departments[number % departments.len()].to_owned(),
        ]
    })
}

fn csv_file() -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(Vec::new());
    writer.write_record(HEADER).expect("memory");
    for row in rows() {
        writer.write_record(row).expect("memory");
    }
    writer.into_inner().expect("memory")
}

fn workbook_file() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADER).expect("a small sheet");
    for (place, row) in (1..).zip(rows()) {
        sheet.write_row(place, 0, row).expect("a small sheet");
    }
    book.save_to_buffer().expect("memory")
}

fn import(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    let options = Options::new(date(2021, 9, 19));
    let file = read(bytes, "list", &options).expect("a good file");
    assert_eq!((file.people.len(), file.problems.len()), (PEOPLE, 0));
    bencher
        .counter(ItemsCount::new(PEOPLE))
        .bench_local(|| read(black_box(bytes), "list", &options));
}

#[divan::bench]
fn csv_import(bencher: Bencher<'_, '_>) {
    import(bencher, &csv_file());
}

#[divan::bench]
fn csv_bare(bencher: Bencher<'_, '_>) {
    let bytes = csv_file();
    bencher.counter(ItemsCount::new(PEOPLE)).bench_local(|| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_reader(black_box(&bytes[..]));
        reader
            .records()
            .map(|record| record.expect("a good file").len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn xlsx_import(bencher: Bencher<'_, '_>) {
    import(bencher, &workbook_file());
}

#[divan::bench]
fn xlsx_bare(bencher: Bencher<'_, '_>) {
    let bytes = workbook_file();
    bencher.counter(ItemsCount::new(PEOPLE)).bench_local(|| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(black_box(&bytes[..]))).expect("a good file");
        let sheet = book
            .worksheet_range_at(0)
            .expect("one sheet")
            .expect("a good sheet");
        sheet.rows().map(<[_]>::len).sum::<usize>()
    });
}
