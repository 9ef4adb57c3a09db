//! Who somebody is, as far as they told or their document says. Everything here is personal data.

use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{Country, Day, PCode};

/// Longest text kept of any one field, in characters. Longer than any name in ICAO 9303 documents.
pub const FIELD_LENGTH_MAX: usize = 120;
/// Most documents kept of one person.
pub const DOCUMENTS_MAX: usize = 10;
/// Most nationalities kept of one person.
pub const NATIONALITIES_MAX: usize = 6;
/// Oldest age that is believed, in years.
pub const AGE_YEARS_MAX: i16 = 125;

/// Sex as travel documents state it (ICAO 9303): F, M, or X where unspecified.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(index_only)]
pub enum Sex {
    /// Female.
    #[n(0)]
    F,
    /// Male.
    #[n(1)]
    M,
    /// Unspecified.
    #[n(2)]
    X,
}

/// When somebody was born, as well as it is known.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
pub enum Birth {
    /// On this day.
    #[n(0)]
    On(#[n(0)] Day),
    /// In this year.
    #[n(1)]
    Year(#[n(0)] i16),
    /// Said to be so many years old on a day.
    #[n(2)]
    Aged {
        /// Completed years.
        #[n(0)]
        years: i16,
        /// The day this was said.
        #[n(1)]
        on: Day,
    },
}

impl Birth {
    /// Completed years on a day. Where only the year is known, as if born on 1 July of it, so that
    /// the error is at most half a year.
    pub fn age_on(self, day: Date) -> i16 {
        match self {
            Self::On(Day(born)) => years_between(born, day),
            Self::Year(year) => {
                Date::new(year, 7, 1).map_or(0, |middle| years_between(middle, day))
            }
            Self::Aged {
                years,
                on: Day(said),
            } => years.saturating_add(years_between(said, day)),
        }
    }

    /// Whether it can be reckoned with: a year of four digits, an age a person can have.
    fn is_plausible(self) -> bool {
        match self {
            Self::On(_) => true,
            Self::Year(year) => (1..=9999).contains(&year),
            Self::Aged { years, .. } => (0..=AGE_YEARS_MAX).contains(&years),
        }
    }

    fn earliest(self) -> Option<Date> {
        match self {
            Self::On(Day(born)) => Some(born),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Aged { .. } => None,
        }
    }
}

fn years_between(from: Date, to: Date) -> i16 {
    let years = to.year() - from.year();
    if (to.month(), to.day()) < (from.month(), from.day()) {
        years - 1
    } else {
        years
    }
}

/// The four groups in which IOM's reception reports count people; under 18 is a child
/// (Convention on the Rights of the Child, article 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// Male, 18 or older.
    Men,
    /// Female, 18 or older.
    Women,
    /// Male, under 18.
    Boys,
    /// Female, under 18.
    Girls,
    /// Sex or age not known here.
    Unknown,
}

impl AgeGroup {
    /// Every group, in the order reports show them.
    pub const ALL: [Self; 5] = [
        Self::Men,
        Self::Women,
        Self::Boys,
        Self::Girls,
        Self::Unknown,
    ];

    /// The word of the group in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Men => "men",
            Self::Women => "women",
            Self::Boys => "boys",
            Self::Girls => "girls",
            Self::Unknown => "unknown",
        }
    }

    /// The group of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The group of somebody on a day.
    pub fn of(sex: Option<Sex>, birth: Option<Birth>, day: Date) -> Self {
        let Some(child) = birth.map(|birth| birth.age_on(day) < 18) else {
            return Self::Unknown;
        };
        match (sex, child) {
            (Some(Sex::M), false) => Self::Men,
            (Some(Sex::F), false) => Self::Women,
            (Some(Sex::M), true) => Self::Boys,
            (Some(Sex::F), true) => Self::Girls,
            (Some(Sex::X) | None, _) => Self::Unknown,
        }
    }
}

/// What kind of paper a number stands on.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum DocumentKind {
    /// A passport.
    #[n(0)]
    Passport,
    /// A national identity card.
    #[n(1)]
    IdentityCard,
    /// A birth certificate.
    #[n(2)]
    BirthCertificate,
    /// Anything else, or not said.
    #[n(3)]
    Other,
}

impl DocumentKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 4] = [
        Self::Passport,
        Self::IdentityCard,
        Self::BirthCertificate,
        Self::Other,
    ];

    /// The word of the kind in addresses, files and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdentityCard => "identity_card",
            Self::BirthCertificate => "birth_certificate",
            Self::Other => "other",
        }
    }

    /// The kind of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A document somebody holds.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[cbor(map)]
pub struct Document {
    /// What it is.
    #[n(0)]
    pub kind: DocumentKind,
    /// Its number: capitals and digits only, as [`Document::new`] makes it.
    #[n(1)]
    pub number: String,
    /// Who issued it.
    #[n(2)]
    pub issuer: Option<Country>,
}

impl Document {
    /// A document with its number reduced to capitals and digits, so that "HA 123-456" and
    /// "ha123456" are one number.
    pub fn new(kind: DocumentKind, number: &str, issuer: Option<Country>) -> Self {
        let number = number
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        Self {
            kind,
            number,
            issuer,
        }
    }
}

/// What is known of a person. Every field may be missing: refusing to say never refuses help.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, Encode, Decode)]
#[serde(default)]
#[cbor(map)]
pub struct Particulars {
    /// Given names, in their order.
    #[n(0)]
    pub given_names: String,
    /// Family name or names.
    #[n(1)]
    pub family_name: String,
    /// Sex.
    #[n(2)]
    pub sex: Option<Sex>,
    /// Birth.
    #[n(3)]
    pub birth: Option<Birth>,
    /// The mother's name: in Haiti what best tells namesakes apart.
    #[n(4)]
    pub mother_name: Option<String>,
    /// Commune or town of birth, as said.
    #[n(5)]
    pub birthplace: Option<String>,
    /// Country of birth.
    #[n(6)]
    pub country_of_birth: Option<Country>,
    /// Nationalities; several are ordinary.
    #[n(7)]
    pub nationalities: Vec<Country>,
    /// Documents held.
    #[n(8)]
    pub documents: Vec<Document>,
    /// A telephone number.
    #[n(9)]
    pub phone: Option<String>,
    /// Where the person wants to go: a department of Haiti.
    #[n(10)]
    pub destination: Option<PCode>,
    /// The last country lived in for long.
    #[n(11)]
    pub last_residence: Option<Country>,
    /// The department the person comes from.
    #[n(12)]
    pub origin: Option<PCode>,
}

/// Why particulars cannot be as stated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParticularsError {
    /// Born after today.
    #[error("the date of birth is in the future: check day, month and year")]
    BornInFuture,
    /// Older than anybody.
    #[error("the date of birth makes the person older than {AGE_YEARS_MAX}: check the year")]
    TooOld,
    /// A document of which nothing is known.
    #[error("a document needs its number: type it, or leave the document out")]
    DocumentWithoutNumber,
    /// A text too long to be what it says it is.
    #[error("{field} is longer than {FIELD_LENGTH_MAX} characters: shorten it")]
    TooLong {
        /// Which field.
        field: &'static str,
    },
}

impl Particulars {
    /// Checks what can be checked on a day.
    pub fn check(&self, today: Date) -> Result<(), ParticularsError> {
        if let Some(birth) = self.birth {
            if !birth.is_plausible() {
                return Err(ParticularsError::TooOld);
            }
            if birth.earliest().is_some_and(|born| born > today) || birth.age_on(today) < 0 {
                return Err(ParticularsError::BornInFuture);
            }
            if birth.age_on(today) > AGE_YEARS_MAX {
                return Err(ParticularsError::TooOld);
            }
        }
        let texts = [
            ("given_names", Some(&self.given_names)),
            ("family_name", Some(&self.family_name)),
            ("mother_name", self.mother_name.as_ref()),
            ("birthplace", self.birthplace.as_ref()),
            ("phone", self.phone.as_ref()),
        ];
        for (field, text) in texts {
            if text.is_some_and(|text| text.chars().count() > FIELD_LENGTH_MAX) {
                return Err(ParticularsError::TooLong { field });
            }
        }
        let long = |document: &Document| document.number.chars().count() > FIELD_LENGTH_MAX;
        if self.documents.len() > DOCUMENTS_MAX || self.documents.iter().any(long) {
            return Err(ParticularsError::TooLong { field: "documents" });
        }
        if self.nationalities.len() > NATIONALITIES_MAX {
            return Err(ParticularsError::TooLong {
                field: "nationalities",
            });
        }
        if self
            .documents
            .iter()
            .any(|document| document.number.is_empty())
        {
            return Err(ParticularsError::DocumentWithoutNumber);
        }
        Ok(())
    }

    /// Given names and family name in one line, or nothing where neither is known.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_names.trim(), self.family_name.trim())
            .trim()
            .to_owned()
    }

    /// These particulars, and where they say nothing, what others say: a message that changes one
    /// thing about somebody takes nothing else away.
    #[must_use]
    pub fn completed_by(self, other: &Self) -> Self {
        let text = |mine: String, other: &str| {
            if mine.is_empty() {
                other.to_owned()
            } else {
                mine
            }
        };
        Self {
            given_names: text(self.given_names, &other.given_names),
            family_name: text(self.family_name, &other.family_name),
            sex: self.sex.or(other.sex),
            birth: self.birth.or(other.birth),
            mother_name: self.mother_name.or_else(|| other.mother_name.clone()),
            birthplace: self.birthplace.or_else(|| other.birthplace.clone()),
            country_of_birth: self.country_of_birth.or(other.country_of_birth),
            nationalities: if self.nationalities.is_empty() {
                other.nationalities.clone()
            } else {
                self.nationalities
            },
            documents: if self.documents.is_empty() {
                other.documents.clone()
            } else {
                self.documents
            },
            phone: self.phone.or_else(|| other.phone.clone()),
            destination: self.destination.or_else(|| other.destination.clone()),
            last_residence: self.last_residence.or(other.last_residence),
            origin: self.origin.or_else(|| other.origin.clone()),
        }
    }

    /// Completed years on a day, where birth is known.
    pub fn age_on(&self, day: Date) -> Option<i16> {
        self.birth.map(|birth| birth.age_on(day))
    }

    /// The group in which reports count this person.
    pub fn age_group(&self, day: Date) -> AgeGroup {
        AgeGroup::of(self.sex, self.birth, day)
    }
}

/// A name without accents, case and punctuation, words separated by one space: what search and the
/// comparison of manifests go by.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’') {
            // "N'Goran" and "NGoran" are one name.
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_child_becomes_an_adult_on_the_eighteenth_birthday() {
        let born = Some(Birth::On(Day(date(2003, 9, 23))));
        assert_eq!(
            AgeGroup::of(Some(Sex::F), born, date(2021, 9, 22)),
            AgeGroup::Girls
        );
        assert_eq!(
            AgeGroup::of(Some(Sex::F), born, date(2021, 9, 23)),
            AgeGroup::Women
        );
    }

    #[test]
    fn somebody_who_said_an_age_grows_older() {
        let birth = Birth::Aged {
            years: 17,
            on: Day(date(2021, 9, 19)),
        };
        assert_eq!(birth.age_on(date(2021, 9, 23)), 17);
        assert_eq!(birth.age_on(date(2022, 9, 19)), 18);
    }

    #[test]
    fn birth_in_the_future_and_at_the_dawn_of_time_are_refused() {
        let born = |birth| Particulars {
            birth: Some(birth),
            ..Particulars::default()
        };
        let today = date(2021, 9, 23);
        assert_eq!(
            born(Birth::On(Day(date(2021, 9, 24)))).check(today),
            Err(ParticularsError::BornInFuture)
        );
        assert_eq!(
            born(Birth::Year(2022)).check(today),
            Err(ParticularsError::BornInFuture)
        );
        assert_eq!(
            born(Birth::Year(1890)).check(today),
            Err(ParticularsError::TooOld)
        );
        assert_eq!(born(Birth::Year(2021)).check(today), Ok(()));
    }

    #[test]
    fn names_are_folded_for_search() {
        assert_eq!(
            fold_name("  Étienne-Jozèf  D'HAITI "),
            "etienne jozef dhaiti"
        );
        assert_eq!(fold_name("—"), "");
    }

    #[test]
    fn a_document_number_is_the_same_however_it_is_typed() {
        let typed = |number| Document::new(DocumentKind::Passport, number, None).number;
        assert_eq!(typed("ha 123-456"), typed("HA123456"));
    }
}
