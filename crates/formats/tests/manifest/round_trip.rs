//! Arbitrary people written down as a sender would and read back: the same people, from CSV in each
//! encoding and with each separator, and from workbooks.

use akey_formats::manifest::{ManifestFile, Separator};
use domain::{Birth, Country, Day, DocumentKind, PCode, Particulars, Sex};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use crate::sender::{Sent, read_file, workbook};

const HEADER: [&str; 12] = [
    "Nom",
    "Prénom",
    "Sexe",
    "Date de naissance",
    "Nationalité",
    "Pays de naissance",
    "Lieu de naissance",
    "N° de passeport",
    "Nom de la mère",
    "Téléphone",
    "Département de destination",
    "Dernier pays de résidence",
];

/// A cell as it is written.
#[derive(Clone, Debug)]
enum Written {
    Text(String),
    Day(jiff::civil::Date),
}

fn name() -> impl Strategy<Value = String> {
    "Demo-[A-ZÉÈ][a-zéèòï]{1,8}( [A-Z][a-zé,;|\"']{1,6}[a-z])?"
}

fn person() -> impl Strategy<Value = Particulars> {
    let country = || prop::sample::select(Country::OFFERED.to_vec());
    let names = (
        name(),
        name(),
        prop::option::of(name()),
        prop::option::of(name()),
    );
    let sex = prop::option::of(prop::sample::select(vec![Sex::F, Sex::M, Sex::X]));
    let birth = prop::option::of((0_i32..44_000).prop_map(|days| {
        Birth::On(Day(date(1900, 3, 1)
            .checked_add(days.days())
            .expect("before 2021")))
    }));
    let places = (
        prop::option::of(country()),
        prop::collection::vec(country(), 0..3),
        prop::option::of(country()),
        prop::option::of(prop::sample::select(PCode::KNOWN.to_vec())),
    );
    let numbers = (
        prop::option::of("DM[0-9]{3,9}"),
        prop::option::of("\\+509 [0-9]{4} [0-9]{4}"),
    );
    (names, sex, birth, places, numbers).prop_map(|(names, sex, birth, places, numbers)| {
        let (given_names, family_name, mother_name, birthplace) = names;
        let (country_of_birth, mut nationalities, last_residence, destination) = places;
        let (document, phone) = numbers;
        nationalities.dedup();
        let documents = document
            .map(|number| domain::Document::new(DocumentKind::Passport, &number, None))
            .into_iter()
            .collect();
        Particulars {
            given_names,
            family_name,
            sex,
            birth,
            mother_name,
            birthplace,
            country_of_birth,
            nationalities,
            documents,
            phone,
            destination,
            last_residence,
            origin: None,
        }
    })
}

fn cells(who: &Particulars) -> Vec<Written> {
    let text = |text: Option<String>| Written::Text(text.unwrap_or_default());
    let code = |country: Option<Country>| text(country.map(String::from));
    let nationalities: Vec<_> = who.nationalities.iter().map(Country::as_str).collect();
    vec![
        text(Some(who.family_name.clone())),
        text(Some(who.given_names.clone())),
        text(who.sex.map(|sex| format!("{sex:?}"))),
        match who.birth {
            Some(Birth::On(Day(day))) => Written::Day(day),
            _ => text(None),
        },
        text(Some(nationalities.join("/"))),
        code(who.country_of_birth),
        text(who.birthplace.clone()),
        text(
            who.documents
                .first()
                .map(|document| document.number.clone()),
        ),
        text(who.mother_name.clone()),
        text(who.phone.clone()),
        text(who.destination.as_ref().map(ToString::to_string)),
        code(who.last_residence),
    ]
}

fn as_csv(people: &[Particulars], separator: Separator) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(u8::try_from(separator.character()).unwrap())
        .from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    for who in people {
        let cells = cells(who).into_iter().map(|cell| match cell {
            Written::Text(text) => text,
            Written::Day(day) => day.to_string(),
        });
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn same(file: &ManifestFile, people: &[Particulars]) -> Result<(), TestCaseError> {
    prop_assert_eq!(file.people.len(), people.len());
    for (row, (read, written)) in (2..).zip(file.people.iter().zip(people)) {
        prop_assert_eq!(read.row, row);
        prop_assert_eq!(&read.particulars, written);
    }
    // Two people alike and a person of whom only the name is known are told, and rightly.
    let expected = ["document-twice", "person-twice", "only-a-name"];
    let others = file
        .problems
        .iter()
        .filter(|problem| !expected.contains(&problem.code.as_str()))
        .count();
    prop_assert_eq!(others, 0, "{:?}", &file.problems);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn people_written_as_csv_are_read_back(
        people in proptest::collection::vec(person(), 1..12),
        separator in prop::sample::select(Separator::ALL.to_vec()),
        encoding in prop::sample::select(vec!["utf-8", "utf-8 with mark", "utf-16le", "windows-1252"]),
    ) {
        let text = as_csv(&people, separator);
        let bytes = match encoding {
            "utf-8" => text.into_bytes(),
            "utf-8 with mark" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            "utf-16le" => [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            _ => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        };
        same(&read_file(&bytes), &people)?;
    }

    #[test]
    fn people_written_as_a_workbook_are_read_back(people in proptest::collection::vec(person(), 1..12)) {
        let written: Vec<Vec<Written>> = people.iter().map(cells).collect();
        let header: Vec<Sent<'_>> = HEADER.iter().map(|header| Sent::Text(header)).collect();
        let mut rows: Vec<Vec<Sent<'_>>> = vec![header];
        rows.extend(written.iter().map(|cells| {
            cells.iter().map(|cell| match cell {
                Written::Text(text) if text.is_empty() => Sent::Blank,
                Written::Text(text) => Sent::Text(text),
                Written::Day(day) => Sent::Day(*day),
            }).collect()
        }));
        let rows: Vec<&[Sent<'_>]> = rows.iter().map(Vec::as_slice).collect();
        same(&read_file(&workbook(&rows)), &people)?;
    }
}
