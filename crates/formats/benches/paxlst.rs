//! How long a passenger list message of 10,000 people takes, in and out.

use std::hint::black_box;

use akey_formats::manifest::{Options, read};
use akey_formats::paxlst::{Flight, Level, Sending, Separators, write};
use divan::Bencher;
use divan::counter::ItemsCount;
use domain::{Birth, Country, Day, Document, DocumentKind, Particulars, Sex};
use jiff::civil::date;

const PEOPLE: usize = 10_000;

fn main() {
    divan::main();
}

fn people() -> Vec<Particulars> {
    (0..PEOPLE)
        .map(|n| Particulars {
            given_names: format!("ANA {}", letters(n)),
            family_name: "DEMO JEAN".into(),
            sex: Some(if n % 2 == 0 { Sex::F } else { Sex::M }),
            birth: Some(Birth::On(Day(date(1990, 3, 14)))),
            nationalities: vec![Country::HTI],
            documents: vec![Document::new(
                DocumentKind::Passport,
                &format!("DM{n:07}"),
                Some(Country::HTI),
            )],
            ..Particulars::default()
        })
        .collect()
}

fn letters(mut number: usize) -> String {
    let mut letters = String::from("X");
    while number > 0 {
        letters.push(char::from(
            b'A' + u8::try_from(number % 26).expect("a letter"),
        ));
        number /= 26;
    }
    letters
}

fn message() -> Vec<u8> {
    let flight = Flight {
        designator: "DM101".into(),
        ..Flight::default()
    };
    write(&people(), &sending(&flight)).expect("plain letters")
}

fn sending(flight: &Flight) -> Sending<'_> {
    Sending {
        sender: "DM",
        recipient: "HT",
        reference: "1",
        prepared: date(2021, 9, 19).at(8, 0, 0, 0),
        flight,
        level: Level::A,
        separators: Separators::default(),
        people_max: PEOPLE,
    }
}

#[divan::bench]
fn import(bencher: Bencher<'_, '_>) {
    let bytes = message();
    let options = Options::new(date(2021, 9, 19));
    let file = read(&bytes, "list", &options).expect("a good message");
    assert_eq!((file.people.len(), file.problems.len()), (PEOPLE, 0));
    bencher
        .counter(ItemsCount::new(PEOPLE))
        .bench_local(|| read(black_box(&bytes), "list", &options));
}

#[divan::bench]
fn export(bencher: Bencher<'_, '_>) {
    let people = people();
    let flight = Flight {
        designator: "DM101".into(),
        ..Flight::default()
    };
    bencher
        .counter(ItemsCount::new(PEOPLE))
        .bench_local(|| write(black_box(&people), &sending(&flight)));
}
