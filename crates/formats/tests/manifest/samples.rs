//! Files as carriers and offices send them, in four languages. All people are invented.

use akey_formats::manifest::{Basis, DateOrder, Field, Format, Margin, Separator};
use domain::{Birth, Country, Day, DocumentKind, PCode, Sex};
use jiff::civil::date;

use crate::sender::{all_told, read_file, read_text};

fn name_of(given: &str, family: &str) -> (String, String) {
    (given.to_owned(), family.to_owned())
}

#[test]
fn a_french_list_in_windows_1252_with_semicolons_titles_and_a_page_break() {
    let file = read_file(include_bytes!("../samples/liste-passagers.csv"));
    assert_eq!(
        file.format,
        Format::Delimited {
            encoding: "windows-1252",
            separator: Separator::Semicolon
        }
    );
    assert_eq!(file.header_row, 5);
    assert_eq!(
        file.titles[1],
        "Liste des passagers – Vol DM 101 – Del Rio (TX) / Port-au-Prince"
    );
    let names: Vec<_> = file
        .people
        .iter()
        .map(|person| (person.row, person.particulars.full_name()))
        .collect();
    assert_eq!(
        names,
        [
            (6, "Marie-José Demo-Étienne".to_owned()),
            (7, "Wilnò Demo-Françoise".to_owned()),
            (8, "Anaïs Demo-Noël".to_owned()),
            (11, "Jean Demo-Gérard".to_owned()),
            (12, "Ti \"Jean\", Pierre Demo-Lwa".to_owned()),
        ]
    );
    let marie = &file.people[0].particulars;
    assert_eq!(marie.sex, Some(Sex::F));
    assert_eq!(marie.birth, Some(Birth::On(Day(date(1990, 3, 14)))));
    assert_eq!(marie.documents[0].kind, DocumentKind::Passport);
    assert_eq!(marie.documents[0].number, "DM100001");
    assert_eq!(marie.destination, Some(PCode::HT05));
    let anais = &file.people[2].particulars;
    assert_eq!(anais.nationalities, [Country::HTI, Country::CHL]);
    assert_eq!(anais.country_of_birth, Some(Country::CHL));
    assert_eq!(anais.birth, Some(Birth::On(Day(date(2017, 6, 5)))));
    assert_eq!(
        file.people[3].particulars.birth,
        Some(Birth::On(Day(date(1979, 1, 1))))
    );
    assert_eq!(file.people[4].particulars.birth, Some(Birth::Year(1964)));
    assert_eq!(
        (file.dates.order, file.dates.basis),
        (Some(DateOrder::DayFirst), Basis::Values)
    );
    assert_eq!(file.dates.day_first.first_row, Some(6));
    let skipped: Vec<_> = file
        .skipped
        .iter()
        .map(|skipped| (skipped.row, skipped.margin))
        .collect();
    assert_eq!(
        skipped,
        [
            (10, Margin::RepeatedHeader),
            (13, Margin::Total),
            (15, Margin::Note)
        ]
    );
    // The remarks are not read, and that is told.
    assert_eq!(all_told(&file), [(5, "J".to_owned(), "column-unknown")]);
}

#[test]
fn a_spanish_list_in_which_m_is_mujer() {
    let file = read_file(include_bytes!("../samples/listado-pasajeros.csv"));
    assert_eq!(
        file.format,
        Format::Delimited {
            encoding: "UTF-8",
            separator: Separator::Comma
        }
    );
    let sexes: Vec<_> = file
        .people
        .iter()
        .map(|person| person.particulars.sex)
        .collect();
    assert_eq!(sexes, [Some(Sex::F), Some(Sex::M), Some(Sex::F)]);
    let births: Vec<_> = file
        .people
        .iter()
        .map(|person| person.particulars.birth)
        .collect();
    let on = |year, month, day| Some(Birth::On(Day(date(year, month, day))));
    assert_eq!(births, [on(1990, 3, 14), on(1985, 11, 2), on(2017, 6, 5)]);
    let luz = &file.people[0].particulars;
    assert_eq!(
        (luz.given_names.as_str(), luz.family_name.as_str()),
        ("María Luz", "Demo Peralta")
    );
    assert_eq!(luz.documents[0].kind, DocumentKind::IdentityCard);
    assert_eq!(luz.last_residence, Some(Country::CHL));
    assert_eq!(luz.phone.as_deref(), Some("+509 3000 0001"));
    assert_eq!(file.problems, []);
}

#[test]
fn an_airline_list_in_utf_16_with_one_name_column_and_the_month_first() {
    let file = read_file(include_bytes!("../samples/passenger-list.txt"));
    assert_eq!(
        file.format,
        Format::Delimited {
            encoding: "UTF-16LE",
            separator: Separator::Tab
        }
    );
    let people: Vec<_> = file
        .people
        .iter()
        .map(|person| {
            let who = &person.particulars;
            (name_of(&who.given_names, &who.family_name), who.birth)
        })
        .collect();
    let on = |year, month, day| Some(Birth::On(Day(date(year, month, day))));
    assert_eq!(
        people,
        [
            (name_of("MARIE", "DEMOJEAN"), on(1990, 3, 14)),
            (name_of("JOSEPH", "DEMOPIERRE"), on(1985, 11, 2)),
            (name_of("ANNE", "DEMOLOUIS"), on(2017, 6, 5)),
        ]
    );
    assert_eq!(file.dates.order, Some(DateOrder::MonthFirst));
    assert_eq!(
        file.people[0].particulars.documents[0].kind,
        DocumentKind::Passport
    );
    assert_eq!(all_told(&file), [(2, "G".to_owned(), "column-unknown")]);
}

#[test]
fn a_kreyol_list_with_bars() {
    let file = read_file(include_bytes!("../samples/lis-pasaje.csv"));
    assert_eq!(
        file.format,
        Format::Delimited {
            encoding: "UTF-8",
            separator: Separator::Pipe
        }
    );
    let mari = &file.people[0].particulars;
    assert_eq!(
        (mari.given_names.as_str(), mari.family_name.as_str()),
        ("Mari", "Demo-Jan")
    );
    assert_eq!(mari.mother_name.as_deref(), Some("Demo-Woz Ana"));
    assert_eq!(mari.birth, Some(Birth::On(Day(date(1990, 3, 14)))));
    assert_eq!(mari.sex, Some(Sex::F));
    assert_eq!(file.people[1].particulars.destination, Some(PCode::HT09));
    assert_eq!(file.problems, []);
}

#[test]
fn a_saved_mapping_reads_the_next_file_and_a_person_overrules_the_guess() {
    let first = read_text("Nom;Prénom;Case\nDemo-Jean;Marie;Les Cayes\n");
    assert_eq!(first.mapping.columns[2].field, None);
    let mut mapping = first.mapping;
    mapping.columns[2].field = Some(Field::Destination);
    let saved = serde_json::to_string(&mapping).unwrap();

    let options = akey_formats::manifest::Options {
        mappings: vec![serde_json::from_str(&saved).unwrap()],
        ..crate::sender::options()
    };
    let next = "Vol DM 103\nNOM;prenom;CASE;\nDemo-Paul;Rose;Jacmel\n";
    let next = akey_formats::manifest::read(next.as_bytes(), "next.csv", &options).unwrap();
    assert_eq!(
        next.mapping_source,
        akey_formats::manifest::MappingSource::Saved
    );
    assert_eq!(next.people[0].particulars.destination, Some(PCode::HT02));
    assert_eq!(next.problems, []);
}

#[test]
fn age_year_and_date_of_birth_are_read_in_this_order_of_trust() {
    let file = read_text(
        "Name;DOB;Year of birth;Age\n\
         Demo-A;1990-03-14;1990;31\n\
         Demo-B;;1985;36\n\
         Demo-C;;;8 mois\n\
         Demo-D;;;34 ans\n\
         Demo-E;00/00/1979;;\n",
    );
    let births: Vec<_> = file
        .people
        .iter()
        .map(|person| person.particulars.birth)
        .collect();
    let aged = |years| {
        Some(Birth::Aged {
            years,
            on: Day(crate::sender::DAY),
        })
    };
    assert_eq!(
        births,
        [
            Some(Birth::On(Day(date(1990, 3, 14)))),
            Some(Birth::Year(1985)),
            aged(0),
            aged(34),
            Some(Birth::Year(1979)),
        ]
    );
}

#[test]
fn the_same_file_read_twice_is_the_same() {
    let bytes = include_bytes!("../samples/liste-passagers.csv");
    assert!(read_file(bytes) == read_file(bytes));
}
