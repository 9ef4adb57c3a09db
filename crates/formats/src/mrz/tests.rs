//! The published specimens, and every way in which they arrive.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2021, 9, 24);

/// The specimens of Utopia in parts 4 to 7 of ICAO 9303, and in part 11 one with a long number.
const PASSPORT: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];
const SMALL_CARD: [&str; 3] = [
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];
const CARD: [&str; 2] = [
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
];
const VISA: [&str; 2] = [
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
];
const SMALL_VISA: [&str; 2] = [
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
];
const LONG_SMALL: [&str; 3] = [
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
];
const LONG: [&str; 2] = [
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
    "D23145890<UTO3407127M95071227349<<<8",
];

fn specimens() -> [(Form, Vec<&'static str>); 7] {
    [
        (Form::Td3, PASSPORT.to_vec()),
        (Form::Td1, SMALL_CARD.to_vec()),
        (Form::Td2, CARD.to_vec()),
        (Form::MrvA, VISA.to_vec()),
        (Form::MrvB, SMALL_VISA.to_vec()),
        (Form::Td1, LONG_SMALL.to_vec()),
        (Form::Td2, LONG.to_vec()),
    ]
}

fn zone(text: &str) -> Zone {
    read(text).unwrap_or_else(|| panic!("a zone: {text}"))
}

#[test]
fn every_published_specimen_is_read_and_holds() {
    for (form, lines) in specimens() {
        let read = zone(&lines.join("\n"));
        assert_eq!((read.form, read.filled, read.layout), (form, false, false));
        assert!(read.holds(), "{lines:?} {:?}", read.checks());
        assert_eq!(read.corrections(), []);
        assert_eq!(read.issuer(), "UTO");
    }
    let anna = zone(&PASSPORT.join("\n")).particulars(TODAY);
    assert_eq!(
        (anna.given_names.as_str(), anna.family_name.as_str()),
        ("ANNA MARIA", "ERIKSSON")
    );
    assert_eq!(anna.sex, Some(Sex::F));
    assert_eq!(anna.birth, Some(Birth::On(Day(date(1974, 8, 12)))));
    assert_eq!(anna.documents[0].kind, DocumentKind::Passport);
    assert_eq!(
        zone(&PASSPORT.join("\n")).expiry(TODAY),
        Some(date(2012, 4, 15))
    );
    assert_eq!(zone(&PASSPORT.join("\n")).optional()[0], "ZE184226B");
    for lines in [LONG_SMALL.join("\n"), LONG.join("\n")] {
        assert_eq!(zone(&lines).number(), "D23145890734");
        assert_eq!(zone(&lines).optional()[0], "");
    }
    assert_eq!(zone(&VISA.join("\n")).nationality(), "XXX");
}

#[test]
fn however_it_is_typed_it_is_the_same_zone() {
    let lines = PASSPORT.join("\n");
    let expected = zone(&lines).lines;
    let typed = [
        lines.to_lowercase(),
        PASSPORT.concat(),
        PASSPORT.join(" "),
        PASSPORT.join("\r\n\r\n") + "\r\n",
        lines.replace('<', ";"),
        lines.replace('<', "?"),
        lines.replace('<', ">"),
        format!("  {}  ", lines.replace("ERIKSSON", "ERIK SSON")),
        format!("{}\n{}", PASSPORT[0].trim_end_matches('<'), PASSPORT[1]),
        format!(
            "{}\n{}",
            PASSPORT[0],
            PASSPORT[1].replace("<<<<<10", "<<10")
        ),
        format!("{}{}", PASSPORT[0].trim_end_matches('<'), PASSPORT[1]),
    ];
    for text in typed {
        let read = zone(&text);
        assert_eq!(read.lines, expected, "{text}");
    }
    for (_, lines) in specimens() {
        assert_eq!(zone(&lines.concat()).lines, lines);
        assert_eq!(zone(&lines.join("\n").replace('<', "|")).lines, lines);
    }
}

#[test]
fn a_french_keyboard_is_seen_through() {
    // The keys a scanner presses for an American keyboard, as a French one types them.
    let azerty = |c: char| match c {
        '0'..='9' => "à&é\"'(-è_ç"
            .chars()
            .nth(c as usize - '0' as usize)
            .unwrap(),
        'A' => 'Q',
        'Q' => 'A',
        'Z' => 'W',
        'W' => 'Z',
        'M' => '?',
        '<' => '.',
        other => other,
    };
    let typed: String = PASSPORT.join("\n").chars().map(azerty).collect();
    let read = zone(&typed);
    assert_eq!(read.lines, PASSPORT);
    assert!(read.layout && read.holds());
}

#[test]
fn a_wrong_check_digit_is_told_with_its_place_and_what_it_could_be() {
    let wrong = zone(&PASSPORT.join("\n").replace("L898902C36", "L8989O2C36"));
    let failing: Vec<_> = wrong
        .checks()
        .into_iter()
        .filter(|check| !check.holds())
        .collect();
    assert_eq!(
        (failing[0].over, failing[0].place),
        (Checked::Number, (2, 10))
    );
    assert_eq!((failing[0].stands, failing[0].expected), ('6', '0'));
    let first = &wrong.corrections()[0];
    assert!(first.holds);
    assert_eq!(first.changes, [(2, 6, 'O', '0')]);
    assert_eq!(first.zone.number(), "L898902C3");
    // Nothing was corrected by itself.
    assert_eq!(wrong.number(), "L8989O2C3");
}

#[test]
fn letters_in_dates_and_exchanged_digits_are_offered_as_questions() {
    let letters = zone(&PASSPORT.join("\n").replace("7408122F", "74O8l22F"));
    assert_eq!(letters.birth(TODAY), None);
    assert!(
        letters.corrections()[0].holds,
        "{:?}",
        letters.corrections()
    );
    assert_eq!(letters.corrections()[0].zone.lines, PASSPORT);
    let exchanged = zone(&PASSPORT.join("\n").replace("L898902C3", "L898920C3"));
    assert!(
        exchanged
            .corrections()
            .iter()
            .any(|correction| correction.zone.lines == PASSPORT)
    );
    let digit = zone(&PASSPORT.join("\n").replace("7408122F", "7408129F"));
    assert!(
        digit
            .corrections()
            .iter()
            .any(|correction| correction.zone.lines == PASSPORT)
    );
}

#[test]
fn unknown_parts_of_a_birth_and_unspecified_sex_are_what_they_are() {
    let of = |birth: &str| {
        let line = format!(
            "L898902C36UTO{birth}{}<1204159<<<<<<<<<<<<<<0",
            char::from(check::digit(birth.bytes()))
        );
        zone(&format!("{}\n{line}0", PASSPORT[0]))
    };
    assert_eq!(of("74<<<<").birth(TODAY), Some(Birth::Year(1974)));
    assert_eq!(of("7408<<").birth(TODAY), Some(Birth::Year(1974)));
    assert_eq!(of("<<<<<<").birth(TODAY), None);
    assert_eq!(
        of("210923").birth(TODAY),
        Some(Birth::On(Day(date(2021, 9, 23))))
    );
    assert_eq!(
        of("210925").birth(TODAY),
        Some(Birth::On(Day(date(1921, 9, 25))))
    );
    assert_eq!(of("740230").birth(TODAY), None);
    assert_eq!(of("740812").sex(), Some(Sex::X));
}

#[test]
fn the_first_line_alone_is_a_beginning_and_other_texts_are_none() {
    assert!(begins(PASSPORT[0]) && begins(SMALL_CARD[0]));
    assert!(begins(&SMALL_CARD[..2].join("\n")));
    for text in [
        "",
        "Demo-Jean Marie",
        "AK-1234",
        "HD100003",
        "A042",
        "Pierre-Louis, Jean-Baptiste",
        "P<UTO",
    ] {
        assert!(!begins(text) && read(text).is_none(), "{text}");
    }
    assert!(!begins(&PASSPORT.join("\n")));
}

fn form() -> impl Strategy<Value = Form> {
    prop::sample::select(Form::ALL.to_vec())
}

/// How many of each kind `AKEY_FUZZ_CASES` asks for; 500 without.
fn cases() -> ProptestConfig {
    let cases = std::env::var("AKEY_FUZZ_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases.unwrap_or(500))
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_written_is_read_back(
        form in form(),
        family in "[A-Z]{2,20}( [A-Z]{2,9})?",
        given in "([A-Z]{2,9}( [A-Z]{2,9}){0,2})?",
        number in "[A-Z]{0,2}[0-9]{5,7}",
        more in prop::option::of("[0-9]{3,5}"),
        days in 0_i64..36_000,
        sex in prop::sample::select(vec!['F', 'M', '<']),
        expiry in 0_i64..5_000,
        optional in "[A-Z0-9]{0,5}",
    ) {
        use jiff::ToSpan;
        let number = match more {
            Some(more) if form.continues() => format!("{number:0<9}{more}"),
            _ => number,
        };
        // A large card has no room for both.
        let optional = if number.len() > 9 { String::new() } else { optional };
        let born = TODAY.checked_sub(days.days()).unwrap();
        let expiry = TODAY.checked_add(expiry.days()).unwrap();
        let code = match form { Form::Td3 => "P", Form::MrvA | Form::MrvB => "V", _ => "I" };
        let written = write(&Written { form, code, issuer: "HTI", family: &family, given: &given, number: &number, nationality: "HTI", birth: Some(born), sex, expiry, optional: &optional }).unwrap();
        let zone = read(&written.join("\n")).unwrap();
        prop_assert_eq!(zone.form, form);
        prop_assert!(zone.holds(), "{:?} {:?}", written, zone.checks());
        prop_assert_eq!(zone.number(), number);
        prop_assert_eq!(&zone.optional()[0], &optional);
        prop_assert_eq!(zone.birth(TODAY), Some(Birth::On(Day(born))));
        prop_assert_eq!(zone.expiry(TODAY), Some(expiry));
        let names = zone.names();
        if !names.truncated {
            prop_assert_eq!((names.family, names.given), (family, given));
        }
        // Joined, too, whatever the form.
        prop_assert_eq!(read(&written.concat()).map(|zone| zone.lines), Some(written));
    }

    #[test]
    fn a_single_look_alike_is_always_among_what_is_offered(
        number in "[A-Z]{2}[0-9]{7}",
        place in 0_usize..9,
    ) {
        let written = write(&Written { form: Form::Td3, code: "P", issuer: "HTI", family: "DEMO", given: "ANA", number: &number, nationality: "HTI", birth: Some(date(1990, 3, 14)), sex: 'F', expiry: date(2030, 1, 1), optional: "" }).unwrap();
        let other = match number.as_bytes()[place] {
            b'0' => 'O', b'1' => 'I', b'2' => 'Z', b'5' => 'S', b'6' => 'G', b'8' => 'B',
            b'O' => '0', b'I' => '1', b'Z' => '2', b'S' => '5', b'G' => '6', b'B' => '8',
            _ => return Ok(()),
        };
        let mut lines = written.clone();
        lines[1].replace_range(place..=place, &other.to_string());
        let wrong = read(&lines.join("\n")).unwrap();
        if !wrong.holds() {
            prop_assert!(wrong.corrections().iter().any(|correction| correction.zone.lines == written));
        }
    }

    #[test]
    fn nothing_that_is_typed_is_too_much(text in "\\PC{0,120}", signs in "[A-Z0-9<;?\n ]{25,140}") {
        for text in [text, signs.clone(), format!("P<HTI{signs}"), format!("I<HTI{signs}")] {
            let _ = begins(&text);
            if let Some(zone) = read(&text) {
                prop_assert!(zone.lines.iter().all(|line| line.len() == zone.form.width()));
                prop_assert_eq!(zone.lines.len(), zone.form.lines());
                let who = zone.particulars(TODAY);
                prop_assert!(who.birth.is_none_or(|birth| birth.age_on(TODAY) >= 0));
                let _ = (zone.expiry(TODAY), zone.optional(), zone.corrections());
            }
        }
    }

    #[test]
    fn a_zone_with_signs_changed_lost_and_doubled_is_read_or_not(
        which in 0_usize..7,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select("ABOQZ0128<;? \n".chars().collect::<Vec<_>>()), 0_u8..3), 0..5),
    ) {
        let mut text: Vec<char> = specimens()[which].1.join("\n").chars().collect();
        for (place, sign, how) in changes {
            let place = place.index(text.len());
            match how {
                0 => text[place] = sign,
                1 => { text.remove(place); }
                _ => text.insert(place, sign),
            }
        }
        let text: String = text.into_iter().collect();
        if let Some(zone) = read(&text) {
            let _ = (zone.particulars(TODAY), zone.corrections(), zone.holds());
        }
    }
}
