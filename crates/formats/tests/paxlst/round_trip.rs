//! What is written is read back, whatever the characters, the separators and the parts.

use akey_formats::manifest::read;
use akey_formats::paxlst::{Flight, Level, Sending, Separators, write};
use domain::Extent;
use domain::{Birth, Country, Day, Document, DocumentKind, PCode, Particulars, Sex};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use crate::carrier::{codes, options};

fn flight() -> Flight {
    Flight {
        designator: "DM101".into(),
        departs: (Some("MIA".into()), Some(date(2021, 9, 19).at(9, 0, 0, 0))),
        arrives: (Some("PAP".into()), Some(date(2021, 9, 19).at(11, 0, 0, 0))),
    }
}

fn sending(flight: &Flight, level: Level) -> Sending<'_> {
    Sending {
        sender: "DEMO",
        recipient: "HT?PAX",
        reference: "R+1",
        prepared: date(2021, 9, 19).at(8, 0, 0, 0),
        flight,
        level,
        separators: Separators::default(),
        people_max: 1_000,
    }
}

fn country() -> impl Strategy<Value = Country> {
    prop::sample::select(vec![
        Country::HTI,
        Country::CHL,
        Country::BRA,
        Country::DOM,
        "FRA".parse().unwrap(),
    ])
}

/// Somebody as a message can say all of them.
fn person() -> impl Strategy<Value = Particulars> {
    let names = (
        "[A-ZÀ-ÅÇ-ÏÑ-ÖÙ-Ý][A-Za-zà-åç-ïñ-öù-ý'?+:-]{0,20}( [A-Z][a-z'+]{1,20}){0,4}",
        "Demo[-' ?+:][A-ZÀ-Å][a-zà-å?:+']{1,20}",
    );
    let birth = prop_oneof![
        (0_i64..40_000)
            .prop_map(|days| Birth::On(Day(date(2021, 9, 19).checked_sub(days.days()).unwrap()))),
        (1930_i16..2021).prop_map(Birth::Year),
    ];
    let papers = proptest::collection::vec(
        (
            prop::sample::select(DocumentKind::ALL.to_vec()),
            "[A-Z]{0,2}[0-9]{4,9}",
            prop::option::of(country()),
        ),
        0..3,
    );
    let places = (
        prop::option::of(country()),
        prop::option::of("[A-Z][a-zà-ö' -]{0,20}[a-z]"),
        proptest::collection::vec(country(), 0..3),
        prop::option::of(country()),
        prop::option::of(prop::sample::select(PCode::KNOWN.to_vec())),
        prop::option::of("\\+509 [0-9]{4} [0-9]{4}"),
    );
    (
        names,
        prop::option::of(prop::sample::select(vec![Sex::F, Sex::M, Sex::X])),
        prop::option::of(birth),
        papers,
        places,
    )
        .prop_map(
            |(
                (given_names, family_name),
                sex,
                birth,
                papers,
                (
                    country_of_birth,
                    birthplace,
                    mut nationalities,
                    last_residence,
                    destination,
                    phone,
                ),
            )| {
                let mut seen = Vec::new();
                nationalities.retain(|country| {
                    !seen.contains(country) && {
                        seen.push(*country);
                        true
                    }
                });
                let mut documents: Vec<Document> = Vec::new();
                for (kind, number, issuer) in papers {
                    let document = Document::new(kind, &number, issuer);
                    if documents
                        .iter()
                        .all(|other| other.number != document.number)
                    {
                        documents.push(document);
                    }
                }
                Particulars {
                    given_names,
                    family_name,
                    sex,
                    birth,
                    mother_name: None,
                    birthplace,
                    country_of_birth,
                    nationalities,
                    documents,
                    phone,
                    destination,
                    last_residence,
                    origin: None,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn people_written_are_read_back(
        people in proptest::collection::vec(person(), 1..8),
        level in prop::sample::select(vec![Level::C, Level::Y]),
        signs in prop::sample::select(vec![(b':', b'+', b'\''), (b'|', b'*', b'~'), (0x1f, 0x1d, 0x1c), (b':', b'+', b'\n')]),
        people_max in 1_usize..10,
    ) {
        let flight = flight();
        let (component, element, terminator) = signs;
        let separators = Separators { component, element, terminator, ..Separators::default() };
        let sending = Sending { separators, people_max, ..sending(&flight, level) };
        let bytes = write(&people, &sending).unwrap();
        let file = read(&bytes, "sent.edi", &options()).unwrap();
        let read: Vec<_> = file.people.iter().map(|person| person.particulars.clone()).collect();
        prop_assert_eq!(read, people);
        let others: Vec<_> = codes(&file).into_iter().filter(|code| !matches!(*code, "person-twice" | "document-twice")).collect();
        prop_assert!(others.is_empty(), "{:?}", others);
        prop_assert_eq!(file.extent, Extent::Whole);
        prop_assert_eq!(file.flight, Some(flight.clone()));
    }

    #[test]
    fn level_a_keeps_everything_but_accents_and_small_letters(people in proptest::collection::vec(person(), 1..5)) {
        let flight = flight();
        let bytes = write(&people, &sending(&flight, Level::A)).unwrap();
        prop_assert!(bytes.is_ascii() && !bytes.iter().any(u8::is_ascii_lowercase));
        let file = read(&bytes, "sent.edi", &options()).unwrap();
        for (read, written) in file.people.iter().zip(&people) {
            let read = &read.particulars;
            prop_assert_eq!(domain::fold_name(&read.full_name()), domain::fold_name(&written.full_name().to_uppercase()));
            prop_assert_eq!((read.sex, read.birth, &read.documents), (written.sex, written.birth, &written.documents));
        }
    }
}

#[test]
fn a_character_without_any_like_it_is_refused_and_not_dropped() {
    let flight = flight();
    let who = Particulars {
        given_names: "Ana".into(),
        family_name: "Demo-Ж".into(),
        ..Particulars::default()
    };
    let error = write(std::slice::from_ref(&who), &sending(&flight, Level::C)).unwrap_err();
    assert!(
        error.to_string().contains("person 1") && !error.to_string().contains('Ж'),
        "{error}"
    );
    assert!(write(&[who], &sending(&flight, Level::Y)).is_ok());
}
