//! Messages as the guides write them, and as they arrive: in mail, by telex, broken and requoted.

use akey_formats::manifest::{Format, Margin};
use akey_formats::paxlst;
use domain::Extent;
use domain::{Birth, Country, Day, DocumentKind, PCode, Sex};
use jiff::civil::date;

use crate::carrier::{DAY, Sent, all_told, codes, good, interchange, options, read_message};

#[test]
fn everything_the_guide_says_of_a_passenger_is_read() {
    let person = "NAD+FL+++DEMO-JEAN:MARIE:ROSE+12 RUE DEMO+GONAIVES+HT05+HT4110+HTI'ATT+2++F'DTM+329:900314'\
        MEA+CT++:2'GEI+4+173'FTX+BAG+++DM987654'LOC+22+PAP'LOC+174+CHL'LOC+178+SCL'LOC+179+PAP'\
        LOC+180+HTI:::GONAIVES'COM+5093000:AL+DEMO AT DEMO.HT:EM'EMP+1+TEA:110:111'NAT+2+HTI'NAT+2+CHL'\
        RFF+AVF:QWERTY'RFF+ABO:77'RFF+SEA:23A'DOC+P:110:111+DM100001'DTM+36:310101'LOC+91+HTI'\
        DOC+I:110:111+CL200002'DTM+36:20300101:102'LOC+91+CHL'";
    let sent = Sent {
        people: vec![person.into()],
        ..Sent::default()
    };
    let message = interchange(&[sent]);
    let file = read_message(message.as_bytes());
    assert_eq!(all_told(&file), []);
    assert_eq!((file.format, file.extent), (Format::Message, Extent::Whole));
    let who = &file.people[0].particulars;
    assert_eq!(
        (who.given_names.as_str(), who.family_name.as_str()),
        ("MARIE ROSE", "DEMO-JEAN")
    );
    assert_eq!(who.sex, Some(Sex::F));
    assert_eq!(who.birth, Some(Birth::On(Day(date(1990, 3, 14)))));
    assert_eq!(
        (who.birthplace.as_deref(), who.country_of_birth),
        (Some("GONAIVES"), Some(Country::HTI))
    );
    assert_eq!(
        (who.last_residence, who.destination.clone()),
        (Some(Country::CHL), Some(PCode::HT05))
    );
    assert_eq!(who.nationalities, [Country::HTI, Country::CHL]);
    assert_eq!(who.phone.as_deref(), Some("5093000"));
    let documents: Vec<_> = who
        .documents
        .iter()
        .map(|d| (d.kind, d.number.as_str(), d.issuer))
        .collect();
    assert_eq!(
        documents,
        [
            (DocumentKind::Passport, "DM100001", Some(Country::HTI)),
            (DocumentKind::IdentityCard, "CL200002", Some(Country::CHL))
        ]
    );
    // What has no place in particulars is kept beside them.
    let (messages, _) = paxlst::messages(message.as_bytes(), DAY).unwrap();
    let person = &messages[0].people[0];
    assert_eq!(
        (person.locator.as_deref(), person.seat.as_deref()),
        (Some("QWERTY"), Some("23A"))
    );
    assert_eq!(person.papers[0].expires, Some(date(2031, 1, 1)));
    assert_eq!(person.papers[1].expires, Some(date(2030, 1, 1)));
    assert!(person.notes.iter().any(|note| note.contains("DM987654")));
    assert!(person.notes.iter().any(|note| note.contains("TEA")));
}

#[test]
fn crew_is_left_out_and_somebody_in_transit_is_told() {
    let people = [
        "NAD+FM+++DEMO:PILOT'",
        "NAD+DDT+++DEMO:COPILOT'",
        "NAD+DDU+++DEMO:ANA'",
        "NAD+FL+++DEMO:BEA'",
    ];
    let message = interchange(&[Sent {
        people: people.map(String::from).into(),
        ..Sent::default()
    }]);
    let message = message
        .replace("CNT+42:4'", "CNT+42:2'CNT+41:2'")
        .replace("UNT+15", "UNT+16");
    let file = read_message(message.as_bytes());
    assert_eq!(file.people.len(), 2);
    assert!(
        file.skipped
            .iter()
            .all(|skipped| skipped.margin == Margin::Crew)
    );
    assert_eq!(codes(&file), ["in-transit"]);
}

#[test]
fn several_legs_name_the_flight_over_the_border() {
    let message = good().replace(
        "LOC+125+MIA'DTM+189:2109190900:201'",
        "LOC+92+DFW'DTM+189:2109190600:201'LOC+125+MIA'DTM+189:2109190900:201'",
    );
    let flight = read_message(message.as_bytes()).flight.unwrap();
    assert_eq!(flight.designator, "DM101");
    assert_eq!(
        flight.departs,
        (Some("MIA".into()), Some(date(2021, 9, 19).at(9, 0, 0, 0)))
    );
    assert_eq!(flight.arrives.0.as_deref(), Some("PAP"));
    assert!(flight.fits("DM 101", DAY));
}

#[test]
fn however_it_travelled_it_is_the_same_list() {
    let plain = read_message(good().as_bytes());
    assert_eq!((plain.people.len(), all_told(&plain)), (2, vec![]));
    let people = |bytes: &[u8]| -> Vec<_> {
        let file = read_message(bytes);
        file.people
            .into_iter()
            .map(|person| person.particulars)
            .collect()
    };
    let expected: Vec<_> = plain
        .people
        .iter()
        .map(|person| person.particulars.clone())
        .collect();
    let message = good();
    let telex: Vec<String> = message
        .as_bytes()
        .chunks(69)
        .map(|line| String::from_utf8(line.into()).unwrap())
        .collect();
    let telex = telex.join("\r\n");
    let escaped = message.replace('=', "=3D").replace('+', "=2B");
    let soft: Vec<String> = escaped
        .as_bytes()
        .chunks(71)
        .map(|line| String::from_utf8(line.into()).unwrap())
        .collect();
    // An escape must not be cut in two.
    let soft = soft
        .join("\u{0}")
        .replace("=\u{0}2B", "\u{0}=2B")
        .replace("=2\u{0}B", "\u{0}=2B")
        .replace('\u{0}', "=\r\n");
    let other = message
        .replace("UNA:+.? '", "UNA|*.! ~")
        .replace('+', "*")
        .replace(':', "|")
        .replace('\'', "~");
    let level_b = message
        .replace("UNA:+.? '", "")
        .replace("UNOA", "UNOB")
        .replace('+', "\u{1d}")
        .replace(':', "\u{1f}")
        .replace('\'', "\u{1c}");
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(message.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a line a segment", message.replace('\'', "'\r\n").into()),
        ("without advice", message.replace("UNA:+.? '", "").into()),
        ("without terminators", message.replace("UNA:+.? '", "").replace('\'', "\n").into()),
        ("advice without its space", message.replace("UNA:+.? '", "UNA:+.?'\r\n").into()),
        ("by telex", format!("\u{1}QN PAPDMXH\r\n.MIADMXS 190800\r\n\u{2}{telex}\r\n\u{3}").into()),
        ("by telex with smi", format!("QU PAPDMXH\r\n.MIADMXS DM/190800\r\n=SMI\r\nPDM\r\n=TEXT\r\n{telex}\r\n=\r\nNNNN\r\n").into()),
        ("in mail", format!("From: desk@demo\r\nSubject: UNB list\r\n\r\nGood day,\r\n{message}\r\n-- \r\nDemo desk\r\n").into()),
        ("in mail, quoted-printable", format!("Content-Transfer-Encoding: quoted-printable\r\n\r\n{soft}\r\n").into()),
        (
            "attached to a mail",
            format!(
                "From: desk@demo\r\n\r\n--edge\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--edge--\r\n",
                base64(message.as_bytes())
            )
            .into(),
        ),
        ("forwarded", message.replace('\'', "'\n> ").replacen("UNA", "> UNA", 1).replacen("UNA:+.? '\n> ", "UNA:+.? '", 1).into()),
        ("other separators", other.into()),
        ("level B", level_b.into()),
        ("utf-16", utf16),
        ("with a mark", [b"\xEF\xBB\xBF", message.as_bytes()].concat()),
    ];
    for (how, bytes) in cases {
        assert_eq!(people(&bytes), expected, "{how}");
        let told = codes(&read_message(&bytes));
        assert_eq!(told, [] as [&str; 0], "{how}");
    }
}

#[test]
fn names_keep_their_accents_in_the_stated_set_and_in_the_one_that_is_used() {
    let named = |syntax: &str, encode: fn(&str) -> Vec<u8>| {
        let message = good().replace("UNOA", syntax).replace("MARIE X", "ANAÏS É");
        let file = read_message(&encode(&message));
        (file.people[0].particulars.given_names.clone(), codes(&file))
    };
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let anais = || "ANAÏS ÉB".to_owned();
    assert_eq!(named("UNOC", latin), (anais(), vec![]));
    assert_eq!(named("UNOY", utf8), (anais(), vec![]));
    assert_eq!(named("UNOC", utf8), (anais(), vec![]));
    assert_eq!(named("UNOA", latin), (anais(), vec!["characters-beyond"]));
}

#[test]
fn the_flight_of_the_movement_is_chosen_among_several_and_the_others_are_told() {
    let file = read_message(
        interchange(&[
            Sent {
                flight: "DM102",
                part: "DM102+01:F",
                ..Sent::default()
            },
            Sent {
                people: vec![crate::carrier::passenger(9)],
                ..Sent::default()
            },
        ])
        .as_bytes(),
    );
    assert_eq!((file.people.len(), codes(&file)), (1, vec!["other-flight"]));
    assert_eq!(file.other_sheets, ["DM102 2021-09-19"]);
    let mut other = options();
    other.sheet = Some("DM102 2021-09-19".into());
    let message = interchange(&[
        Sent {
            flight: "DM102",
            part: "DM102+01:F",
            ..Sent::default()
        },
        Sent::default(),
    ]);
    let file = akey_formats::manifest::read(message.as_bytes(), "x", &other).unwrap();
    assert_eq!(file.flight.unwrap().designator, "DM102");
}

/// Lines of base64, as mail programs write them.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let encoded: Vec<u8> = bytes
        .chunks(3)
        .flat_map(|three| {
            let bits = three.iter().chain([0, 0].iter()).take(3);
            let bits = bits.fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
            let letters = (0..4).map(move |place| LETTERS[bits >> (18 - 6 * place) & 63]);
            letters
                .enumerate()
                .map(move |(place, letter)| if place > three.len() { b'=' } else { letter })
        })
        .collect();
    let lines: Vec<&str> = encoded
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join("\r\n")
}
