//! One person of a message: the segments from a `NAD` to the next, each read on its own, so that a
//! wrong one costs its field and never the person. Qualifiers are those of the WCO/IATA/ICAO
//! implementation guide of PAXLST (annex to the API Guidelines, group 4 and 5).

use domain::{Birth, Day, DocumentKind, Particulars, Sex};
use jiff::civil::Date;

use crate::manifest::sex::Convention;
use crate::manifest::{ProblemCode, country, department, document, name, sex};

use super::moment::{self, Century, Said};
use super::note::Notes;
use super::segment::Segment;

/// Longest text kept of a field, in characters: what the domain keeps.
const TEXT_CHARACTERS_MAX: usize = domain::FIELD_LENGTH_MAX;
/// Most notes kept of one person beside their particulars.
const NOTES_MAX: usize = 20;

/// What somebody is on the journey (3035).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// `FL`, a passenger.
    Passenger,
    /// `DDU`, a passenger in transit.
    InTransit,
    /// `FM`, a member of the crew.
    Crew,
    /// `DDT`, a member of the crew in transit.
    CrewInTransit,
}

impl Role {
    /// The role of a qualifier of `NAD`; nothing where it is not about somebody on board.
    pub fn of(qualifier: &str) -> Option<Self> {
        Some(match qualifier {
            "FL" => Self::Passenger,
            "DDU" => Self::InTransit,
            "FM" => Self::Crew,
            "DDT" => Self::CrewInTransit,
            _ => return None,
        })
    }

    /// Its qualifier.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passenger => "FL",
            Self::InTransit => "DDU",
            Self::Crew => "FM",
            Self::CrewInTransit => "DDT",
        }
    }

    /// Whether it is a member of the crew.
    pub const fn is_crew(self) -> bool {
        matches!(self, Self::Crew | Self::CrewInTransit)
    }
}

/// A paper somebody travels with, as the message states it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paper {
    /// Until when it is valid.
    pub expires: Option<Date>,
    /// When it was issued.
    pub issued: Option<Date>,
}

/// A person of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passenger {
    /// The number of their first segment.
    pub segment: u32,
    /// Where it begins, in bytes.
    pub offset: usize,
    /// What they are on the journey.
    pub role: Role,
    /// Who they are.
    pub particulars: Particulars,
    /// The papers of their documents, in the same order.
    pub papers: Vec<Paper>,
    /// The carrier's reference of the person (`RFF+ABO`).
    pub reference: Option<String>,
    /// The reservation (`RFF+AVF`).
    pub locator: Option<String>,
    /// The seat (`RFF+SEA`).
    pub seat: Option<String>,
    /// Where they embark, change the border and disembark (`LOC+178`, `LOC+22`, `LOC+179`).
    pub places: [Option<String>; 3],
    /// Free text, luggage and trade (`FTX`, `MEA`, `EMP`), as the message has them.
    pub notes: Vec<String>,
}

/// Reads the segments of one person.
pub struct Reading {
    /// Who it is so far.
    pub passenger: Passenger,
    /// What has been said already, to notice a contradiction.
    said: Vec<(String, String)>,
    as_of: Date,
}

impl Reading {
    /// Begins with the `NAD` that names the person.
    pub fn new(segment: &Segment, role: Role, as_of: Date, notes: &mut Notes) -> Self {
        let mut reading = Self {
            passenger: Passenger {
                segment: segment.number,
                offset: segment.offset,
                role,
                particulars: Particulars::default(),
                papers: Vec::new(),
                reference: None,
                locator: None,
                seat: None,
                places: [None, None, None],
                notes: Vec::new(),
            },
            said: Vec::new(),
            as_of,
        };
        reading.name(segment, notes);
        reading.address(segment);
        if role == Role::InTransit {
            notes.note(segment, ProblemCode::InTransit);
        }
        reading
    }

    /// Takes in one more segment; false where it is of a kind that is not read.
    pub fn take(&mut self, segment: &Segment, notes: &mut Notes) -> bool {
        match segment.tag.as_str() {
            "ATT" => self.sex(segment, notes),
            "DTM" => self.date(segment, notes),
            "LOC" => self.place(segment, notes),
            "NAT" => self.nationality(segment, notes),
            "DOC" => self.document(segment, notes),
            "RFF" => self.reference(segment),
            "COM" => self.contact(segment, notes),
            "FTX" | "MEA" | "EMP" => self.remark(segment),
            // Processing indicators say whether the carrier verified the data (4.15): nothing to keep.
            "GEI" => {}
            _ => return false,
        }
        true
    }

    /// Whether this is the first time that something is said; another time it is noted where it is
    /// said otherwise.
    fn is_new(&mut self, what: &str, value: &str, segment: &Segment, notes: &mut Notes) -> bool {
        match self.said.iter().find(|(said, _)| said == what) {
            None => {
                self.said.push((what.to_owned(), value.to_owned()));
                true
            }
            Some((_, first)) => {
                if first != value {
                    notes.note_with(segment, ProblemCode::SegmentRepeated, Vec::new(), value);
                }
                false
            }
        }
    }

    /// `NAD+FL+++FAMILY:GIVEN:MORE`. Some write the name one element earlier.
    fn name(&mut self, segment: &Segment, notes: &mut Notes) {
        let element = [4, 3, 2]
            .into_iter()
            .find(|element| segment.get(*element, 0).contains(char::is_alphabetic))
            .unwrap_or(4);
        let family = segment.get(element, 0);
        let given: Vec<&str> = (1..5)
            .map(|component| segment.get(element, component))
            .filter(|name| !name.is_empty())
            .collect();
        let (given, family) = if given.is_empty() && family.contains(['/', ',']) {
            let divided = name::divide(family, name::Order::FamilyFirst);
            (divided.given, divided.family)
        } else {
            (given.join(" "), family.to_owned())
        };
        self.passenger.particulars.given_names = cut(given, segment, notes);
        self.passenger.particulars.family_name = cut(family, segment, notes);
        if self.passenger.particulars.full_name().contains('\u{fffd}') {
            notes.note(segment, ProblemCode::TextDamaged);
        }
    }

    /// The address while there (elements 5 to 9): the department is what is kept of it.
    fn address(&mut self, segment: &Segment) {
        let abroad = country::read(segment.get(9, 0)).is_some_and(|at| at != domain::Country::HTI);
        if !abroad {
            let places = [segment.get(7, 0), segment.get(6, 0)];
            self.passenger.particulars.destination = places.into_iter().find_map(department::read);
        }
    }

    /// `ATT+2++F`.
    fn sex(&mut self, segment: &Segment, notes: &mut Notes) {
        if segment.qualifier() != "2" {
            return;
        }
        let letter = match segment.get(3, 0) {
            "" => segment.get(2, 0),
            letter => letter,
        };
        if letter.is_empty() || !self.is_new("sex", letter, segment, notes) {
            return;
        }
        match sex::read(letter, Convention::MaleFemale) {
            Some(sex) => self.passenger.particulars.sex = sex,
            None => notes.note_with(segment, ProblemCode::SexUnreadable, Vec::new(), letter),
        }
    }

    /// `DTM+329` birth, `36` expiry and `182` issue of the document before it.
    fn date(&mut self, segment: &Segment, notes: &mut Notes) {
        let (number, form) = (segment.get(1, 1), segment.get(1, 2));
        let qualifier = segment.qualifier();
        if number.is_empty() {
            return;
        }
        let around = Century::Around(self.as_of);
        match qualifier {
            "329" => {
                if self.is_new("birth", number, segment, notes) {
                    let said = moment::read(number, form, Century::Until(self.as_of));
                    self.passenger.particulars.birth = self.birth(said, segment, notes);
                }
            }
            "36" | "182" => {
                let said = moment::read(number, form, around);
                match (said.day(), self.passenger.papers.last_mut()) {
                    (None, _) => unreadable(said, segment, notes),
                    (_, None) => notes.note(segment, ProblemCode::SegmentMisplaced),
                    (day, Some(paper)) if qualifier == "36" => paper.expires = day,
                    (day, Some(paper)) => paper.issued = day,
                }
            }
            _ => notes.unread(segment),
        }
    }

    fn birth(&self, said: Said, segment: &Segment, notes: &mut Notes) -> Option<Birth> {
        let birth = match said {
            Said::At(at) => Birth::On(Day(at.date())),
            Said::Year(year) => Birth::Year(year),
            Said::Impossible | Said::Unreadable => {
                unreadable(said, segment, notes);
                return None;
            }
        };
        let believed = Particulars {
            birth: Some(birth),
            ..Particulars::default()
        };
        match believed.check(self.as_of) {
            Ok(()) => Some(birth),
            Err(domain::ParticularsError::BornInFuture) => {
                notes.note_with(
                    segment,
                    ProblemCode::BirthInFuture,
                    Vec::new(),
                    segment.get(1, 1),
                );
                None
            }
            Err(_) => {
                let limit = vec![("limit", domain::AGE_YEARS_MAX.to_string())];
                notes.note_with(segment, ProblemCode::BirthTooOld, limit, segment.get(1, 1));
                None
            }
        }
    }

    /// `LOC`: 178 embarkation, 22 border, 179 disembarkation, 174 residence, 180 birth, 91 issue of the
    /// document before it.
    fn place(&mut self, segment: &Segment, notes: &mut Notes) {
        let (code, name) = (segment.get(2, 0), segment.get(2, 3));
        match segment.qualifier() {
            "178" => self.passenger.places[0] = some(code),
            "22" => self.passenger.places[1] = some(code),
            "179" => self.passenger.places[2] = some(code),
            "174" => {
                if self.is_new("residence", code, segment, notes) {
                    self.passenger.particulars.last_residence = country_of(code, segment, notes);
                }
            }
            "180" => {
                if self.is_new("birthplace", &format!("{code}:{name}"), segment, notes) {
                    self.passenger.particulars.country_of_birth = country_of(code, segment, notes);
                    let towns = [name, segment.get(3, 3), segment.get(4, 3)];
                    let town = towns.into_iter().find(|town| !town.is_empty());
                    self.passenger.particulars.birthplace =
                        town.map(|town| cut(town.to_owned(), segment, notes));
                }
            }
            "91" => {
                let issuer = country_of(code, segment, notes);
                match self.passenger.particulars.documents.last_mut() {
                    Some(document) => document.issuer = issuer,
                    None => notes.note(segment, ProblemCode::SegmentMisplaced),
                }
            }
            _ => notes.unread(segment),
        }
    }

    /// `NAT+2+HTI`, repeated for several.
    fn nationality(&mut self, segment: &Segment, notes: &mut Notes) {
        let Some(country) = country_of(segment.get(2, 0), segment, notes) else {
            return;
        };
        let nationalities = &mut self.passenger.particulars.nationalities;
        if !nationalities.contains(&country) && nationalities.len() < domain::NATIONALITIES_MAX {
            nationalities.push(country);
        }
    }

    /// `DOC+P:110:111+NUMBER`.
    fn document(&mut self, segment: &Segment, notes: &mut Notes) {
        let (code, number) = (segment.qualifier(), segment.get(2, 0));
        let documents = &self.passenger.particulars.documents;
        if number.is_empty() && code.is_empty() || documents.len() >= domain::DOCUMENTS_MAX {
            return;
        }
        let number = cut(number.to_owned(), segment, notes);
        let kind = kind(code, segment.get(1, 3));
        let Some(document) = document::document(kind, &number) else {
            notes.note_with(
                segment,
                ProblemCode::DocumentUnreadable,
                Vec::new(),
                &number,
            );
            return;
        };
        if documents
            .iter()
            .all(|known| known.number != document.number)
        {
            self.passenger.particulars.documents.push(document);
            self.passenger.papers.push(Paper::default());
        }
    }

    fn reference(&mut self, segment: &Segment) {
        let number = some(segment.get(1, 1));
        let place = match segment.qualifier() {
            "ABO" => &mut self.passenger.reference,
            "AVF" => &mut self.passenger.locator,
            "SEA" => &mut self.passenger.seat,
            _ => return self.remark(segment),
        };
        if place.is_none() {
            *place = number;
        }
    }

    /// `COM+NUMBER:TE`: telephone numbers; other ways to reach somebody are kept as notes.
    fn contact(&mut self, segment: &Segment, notes: &mut Notes) {
        for element in 1..=segment.elements.len() {
            let (number, channel) = (segment.get(element, 0), segment.get(element, 1));
            let telephone = matches!(channel, "TE" | "AL" | "");
            let digits = number.chars().filter(char::is_ascii_digit).count();
            if telephone && digits >= 6 && self.passenger.particulars.phone.is_none() {
                self.passenger.particulars.phone = Some(cut(number.to_owned(), segment, notes));
            } else if telephone && digits < 6 && !number.is_empty() {
                notes.note_with(segment, ProblemCode::PhoneUnreadable, Vec::new(), number);
            } else {
                self.remark(segment);
                return;
            }
        }
    }

    fn remark(&mut self, segment: &Segment) {
        let texts: Vec<&str> = segment
            .elements
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let text: String = format!("{} {}", segment.tag, texts.join(" "))
            .chars()
            .take(TEXT_CHARACTERS_MAX)
            .collect();
        if self.passenger.notes.len() < NOTES_MAX {
            self.passenger.notes.push(text);
        }
    }
}

/// The kinds of the guide (1001): P passport; A, C, I identity cards (ICAO 9303-5); others by their
/// name, where there is one.
fn kind(code: &str, name: &str) -> DocumentKind {
    match code.chars().next() {
        Some('P') if code != "PR" => DocumentKind::Passport,
        Some('I' | 'A' | 'C') if code.len() <= 2 => DocumentKind::IdentityCard,
        _ => document::kind(name).unwrap_or(DocumentKind::Other),
    }
}

/// The code of a kind in a message, and the name of a kind that has no code.
pub const fn kind_code(kind: DocumentKind) -> (&'static str, &'static str) {
    match kind {
        DocumentKind::Passport => ("P", ""),
        DocumentKind::IdentityCard => ("I", ""),
        DocumentKind::BirthCertificate => ("F", "BIRTH CERTIFICATE"),
        DocumentKind::Other => ("F", ""),
    }
}

/// The letter of a sex in a message.
pub const fn sex_code(sex: Sex) -> &'static str {
    match sex {
        Sex::F => "F",
        Sex::M => "M",
        Sex::X => "X",
    }
}

fn some(text: &str) -> Option<String> {
    let text: String = text.chars().take(TEXT_CHARACTERS_MAX).collect();
    (!text.is_empty()).then_some(text)
}

fn country_of(code: &str, segment: &Segment, notes: &mut Notes) -> Option<domain::Country> {
    if code.is_empty() {
        return None;
    }
    // Documents carry codes of their own beside ISO 3166 (ICAO 9303-3, 5): XXA, UNO, D …
    let known = country::read(code).or_else(|| match code {
        "D" => "DEU".parse().ok(),
        _ if code.len() == 3 && (code.starts_with('X') || code.starts_with("UN")) => {
            code.parse().ok()
        }
        _ => None,
    });
    if known.is_none() {
        notes.note_with(segment, ProblemCode::CountryUnknown, Vec::new(), code);
    }
    known
}

fn unreadable(said: Said, segment: &Segment, notes: &mut Notes) {
    let code = if said == Said::Impossible {
        ProblemCode::DateImpossible
    } else {
        ProblemCode::DateUnreadable
    };
    notes.note_with(segment, code, Vec::new(), segment.get(1, 1));
}

fn cut(text: String, segment: &Segment, notes: &mut Notes) -> String {
    let Some((end, _)) = text.char_indices().nth(TEXT_CHARACTERS_MAX) else {
        return text;
    };
    let limit = vec![("limit", TEXT_CHARACTERS_MAX.to_string())];
    notes.note_with(segment, ProblemCode::TextTooLong, limit, &text);
    text[..end].trim_end().to_owned()
}
