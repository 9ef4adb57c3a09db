//! A passenger list as a message: for partners whose systems read nothing else, and for testing the
//! reader by what it must give back.

use domain::{Birth, Day, Particulars};
use jiff::civil::DateTime;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::message::Flight;
use super::passenger::{kind_code, sex_code};
use super::separators::Separators;

/// Longest component of a name (3036), in characters.
const NAME_CHARACTERS_MAX: usize = 35;

/// The character set of a message (UN/EDIFACT 0001).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// `UNOA`: capitals, digits and some signs. Accents and small letters are lost.
    A,
    /// `UNOC`: ISO 8859-1.
    C,
    /// `UNOY`: UTF-8.
    Y,
}

impl Level {
    const fn code(self) -> &'static str {
        match self {
            Self::A => "UNOA",
            Self::C => "UNOC",
            Self::Y => "UNOY",
        }
    }
}

/// How and for what a list is sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sending<'a> {
    /// Who sends it.
    pub sender: &'a str,
    /// Who receives it.
    pub recipient: &'a str,
    /// The reference of the interchange, which a later one must not repeat.
    pub reference: &'a str,
    /// When it is made.
    pub prepared: DateTime,
    /// The flight.
    pub flight: &'a Flight,
    /// In which characters.
    pub level: Level,
    /// How parts of segments are divided.
    pub separators: Separators,
    /// Most people of one message; more are divided into parts.
    pub people_max: usize,
}

/// Why a list cannot be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExportError {
    /// A character that the set does not have, and nothing like it.
    #[error("person {person} has a character that {level} does not have: choose UNOY")]
    Character {
        /// Which of the people, from 1.
        person: usize,
        /// The character set.
        level: &'static str,
    },
    /// No room for anybody in a message.
    #[error("a message needs room for at least one person")]
    NoRoom,
}

/// Writes people as one interchange. An age without a year of birth has no place in a message and is
/// left out, as is the mother's name; an unknown sex is written as none.
///
/// # Errors
///
/// Where the character set lacks a character.
pub fn write(people: &[Particulars], sending: &Sending<'_>) -> Result<Vec<u8>, ExportError> {
    if sending.people_max == 0 {
        return Err(ExportError::NoRoom);
    }
    let mut pen = Pen::new(sending);
    let made = sending.prepared;
    let day = made.strftime("%y%m%d").to_string();
    let time = made.strftime("%H%M").to_string();
    pen.segment(
        "UNB",
        &[
            &[sending.level.code(), "4"],
            &[sending.sender, "ZZ"],
            &[sending.recipient, "ZZ"],
            &[&day, &time],
            &[sending.reference],
        ],
    );
    let parts: Vec<&[Particulars]> = if people.is_empty() {
        vec![people]
    } else {
        people.chunks(sending.people_max).collect()
    };
    let mut number = 0;
    for (place, part) in parts.iter().enumerate() {
        pen.message(place + 1, parts.len());
        for who in *part {
            number += 1;
            pen.person = number;
            pen.passenger(who);
        }
        pen.person = 0;
        pen.segment("CNT", &[&["42", &part.len().to_string()]]);
        let segments = (pen.segments + 1).to_string();
        pen.segment("UNT", &[&[&segments], &[&(place + 1).to_string()]]);
    }
    pen.segment("UNZ", &[&[&parts.len().to_string()], &[sending.reference]]);
    pen.failed.map_or(Ok(pen.out), Err)
}

struct Pen<'a> {
    sending: &'a Sending<'a>,
    out: Vec<u8>,
    /// Segments of the message so far.
    segments: usize,
    person: usize,
    failed: Option<ExportError>,
}

impl<'a> Pen<'a> {
    fn new(sending: &'a Sending<'a>) -> Self {
        let Separators {
            component,
            element,
            release,
            terminator,
        } = sending.separators;
        let advice = [
            component,
            element,
            b'.',
            release.unwrap_or(b' '),
            b' ',
            terminator,
        ];
        Self {
            sending,
            out: [b"UNA".as_slice(), &advice].concat(),
            segments: 0,
            person: 0,
            failed: None,
        }
    }

    fn message(&mut self, part: usize, parts: usize) {
        let flight = self.sending.flight;
        self.segments = 0;
        let (reference, number) = (part.to_string(), format!("{part:02}"));
        let state = match part {
            _ if part == parts => "F",
            1 => "C",
            _ => "",
        };
        let kind = ["PAXLST", "D", "02B", "UN", "IATA"];
        let access = flight.name();
        self.segment(
            "UNH",
            &[&[&reference], &kind, &[&access], &[&number, state]],
        );
        self.segment("BGM", &[&["745"]]);
        self.segment("TDT", &[&["20"], &[&flight.designator]]);
        for (place, code, (at, when)) in [
            ("125", "189", &flight.departs),
            ("87", "232", &flight.arrives),
        ] {
            if let Some(at) = at {
                self.segment("LOC", &[&[place], &[at]]);
            }
            if let Some(when) = when {
                let when = when.strftime("%Y%m%d%H%M").to_string();
                self.segment("DTM", &[&[code, &when, "203"]]);
            }
        }
    }

    fn passenger(&mut self, who: &Particulars) {
        let mut name = vec![who.family_name.as_str()];
        name.extend(in_components(&who.given_names));
        let region = who.destination.as_ref().map_or("", |code| code.as_str());
        self.segment("NAD", &[&["FL"], &[], &[], &name, &[], &[], &[region]]);
        if let Some(sex) = who.sex {
            self.segment("ATT", &[&["2"], &[], &[sex_code(sex)]]);
        }
        match who.birth {
            Some(Birth::On(Day(day))) => {
                let day = day.strftime("%Y%m%d").to_string();
                self.segment("DTM", &[&["329", &day, "102"]]);
            }
            Some(Birth::Year(year)) => {
                self.segment("DTM", &[&["329", &format!("{year:04}"), "602"]]);
            }
            Some(Birth::Aged { .. }) | None => {}
        }
        if let Some(phone) = &who.phone {
            self.segment("COM", &[&[phone, "TE"]]);
        }
        if let Some(country) = who.last_residence {
            self.segment("LOC", &[&["174"], &[country.as_str()]]);
        }
        if who.country_of_birth.is_some() || who.birthplace.is_some() {
            let country = who
                .country_of_birth
                .as_ref()
                .map_or("", |country| country.as_str());
            let town = who.birthplace.as_deref().unwrap_or_default();
            self.segment("LOC", &[&["180"], &[country, "", "", town]]);
        }
        for country in &who.nationalities {
            self.segment("NAT", &[&["2"], &[country.as_str()]]);
        }
        for document in &who.documents {
            let (code, name) = kind_code(document.kind);
            self.segment("DOC", &[&[code, "110", "111", name], &[&document.number]]);
            if let Some(issuer) = document.issuer {
                self.segment("LOC", &[&["91"], &[issuer.as_str()]]);
            }
        }
    }

    /// Writes a segment, without the empty components and elements at its end.
    fn segment(&mut self, tag: &str, elements: &[&[&str]]) {
        let separators = self.sending.separators;
        self.segments += 1;
        self.out.extend_from_slice(tag.as_bytes());
        let filled = elements
            .iter()
            .rposition(|element| element.iter().any(|part| !part.is_empty()));
        for element in &elements[..filled.map_or(0, |last| last + 1)] {
            self.out.push(separators.element);
            let filled = element.iter().rposition(|part| !part.is_empty());
            for (place, part) in element[..filled.map_or(0, |last| last + 1)]
                .iter()
                .enumerate()
            {
                if place > 0 {
                    self.out.push(separators.component);
                }
                self.text(part);
            }
        }
        self.out.push(separators.terminator);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            let mut bytes = Vec::with_capacity(4);
            if !encoded(c, self.sending.level, &mut bytes) {
                self.failed.get_or_insert(ExportError::Character {
                    person: self.person,
                    level: self.sending.level.code(),
                });
            }
            for byte in bytes {
                self.byte(byte);
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        let Separators {
            component,
            element,
            release,
            terminator,
        } = self.sending.separators;
        let telling = [component, element, terminator].contains(&byte) || release == Some(byte);
        match release {
            Some(release) if telling => self.out.extend([release, byte]),
            // Without a release character the sign cannot be written; a space keeps words apart.
            None if telling => self.out.push(b' '),
            _ => self.out.push(byte),
        }
    }
}

/// A character in a set, or the plain letters of it where the set lacks its accent.
fn encoded(c: char, level: Level, out: &mut Vec<u8>) -> bool {
    let plain = |out: &mut Vec<u8>, capitals: bool| {
        let letters: String = std::iter::once(c)
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .collect();
        let letters = letters.replace('’', "'").replace(['–', '—'], "-");
        let letters = spelled_out(&letters).map_or(letters, str::to_owned);
        let letters = if capitals {
            letters.to_uppercase()
        } else {
            letters
        };
        out.extend_from_slice(letters.as_bytes());
        !letters.is_empty() && letters.is_ascii()
    };
    match level {
        Level::Y => {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            true
        }
        Level::C => match u8::try_from(u32::from(c)) {
            Ok(byte) if !(0x80..0xA0).contains(&byte) => {
                out.push(byte);
                true
            }
            _ => plain(out, false),
        },
        Level::A => plain(out, true),
    }
}

/// Letters that are no others with an accent, as travel documents write them (ICAO 9303-3, 6.A).
fn spelled_out(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "Æ" | "æ" => "AE",
        "Œ" | "œ" | "Ø" | "ø" => "OE",
        "Ð" | "ð" | "Đ" | "đ" => "D",
        "Þ" | "þ" => "TH",
        "ß" => "SS",
        "Ł" | "ł" => "L",
        "ı" => "I",
        _ => return None,
    })
}

/// Given names in up to four components, divided between words where they are too long for one.
fn in_components(names: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = names.trim();
    while rest.chars().count() > NAME_CHARACTERS_MAX && parts.len() < 3 {
        let end = rest
            .char_indices()
            .nth(NAME_CHARACTERS_MAX + 1)
            .map_or(rest.len(), |(end, _)| end);
        let Some(space) = rest[..end].rfind(' ').filter(|space| *space > 0) else {
            break;
        };
        parts.push(rest[..space].trim_end());
        rest = rest[space..].trim_start();
    }
    parts.push(rest);
    parts
}
