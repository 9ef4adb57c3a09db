//! Two records, field by field: how far they agree. Each field has a few levels; what is not known in either
//! has none.

use crate::frequency::{Frequencies, Part};
use crate::lexicon::Lexicon;
use crate::record::{View, WOMAN};

/// A field that is compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Field {
    /// Given names.
    GivenNames,
    /// Family name.
    FamilyName,
    /// Sex.
    Sex,
    /// Date of birth.
    BirthDate,
    /// The mother's name.
    MotherName,
    /// Commune of birth.
    Birthplace,
    /// Telephone.
    Phone,
    /// Document.
    Document,
    /// Who they travelled with.
    Party,
}

/// How many fields are compared.
pub const FIELDS: usize = 9;
/// Levels of a field, at most: 0 is apart.
pub const LEVELS: usize = 9;

impl Field {
    /// All, in the order of columns and of [`Pattern`].
    pub const ALL: [Self; FIELDS] = [
        Self::GivenNames,
        Self::FamilyName,
        Self::Sex,
        Self::BirthDate,
        Self::MotherName,
        Self::Birthplace,
        Self::Phone,
        Self::Document,
        Self::Party,
    ];

    /// Its name, as a column is headed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GivenNames => "given_names",
            Self::FamilyName => "family_name",
            Self::Sex => "sex",
            Self::BirthDate => "birth_date",
            Self::MotherName => "mother_name",
            Self::Birthplace => "birthplace",
            Self::Phone => "phone",
            Self::Document => "document",
            Self::Party => "party",
        }
    }

    /// What its levels are called, from 0, apart, on.
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::GivenNames => &[
                "apart",
                "one_common",
                "one_rare",
                "part_common",
                "part_rare",
                "slip",
                "alike",
                "exchanged",
                "exchanged_nearly",
            ],
            Self::FamilyName => &[
                "apart",
                "one_common",
                "one_rare",
                "part_common",
                "part_rare",
                "slip",
                "alike",
                "apart_women",
            ],
            Self::MotherName => &[
                "apart",
                "one_common",
                "one_rare",
                "part_common",
                "part_rare",
                "slip",
                "alike",
            ],
            Self::Sex => &["apart", "same", "same_by_name"],
            Self::Birthplace | Self::Phone => &["apart", "same"],
            Self::BirthDate => &[
                "apart",
                "year_apart",
                "same_year",
                "one_part",
                "exchanged",
                "same",
            ],
            Self::Document => &["apart", "near", "same"],
            Self::Party => &["others", "same"],
        }
    }

    const fn place(self) -> usize {
        self as usize
    }
}

/// Levels of names. One is "rare" that few bear: sharing it says more.
pub(crate) mod name {
    pub(crate) const APART: u8 = 0;
    pub(crate) const ONE_COMMON: u8 = 1;
    pub(crate) const ONE_RARE: u8 = 2;
    pub(crate) const PART_COMMON: u8 = 3;
    pub(crate) const PART_RARE: u8 = 4;
    pub(crate) const SLIP: u8 = 5;
    pub(crate) const ALIKE: u8 = 6;
    /// Given and family names are the same together, and otherwise divided: exchanged, most often. Stands at
    /// the given names; the family name then says nothing more.
    pub(crate) const EXCHANGED: u8 = 7;
    /// Family names of two women that have nothing in common: one may be her husband's.
    pub(crate) const APART_WOMEN: u8 = 7;
    /// The same with a slip, or a part left out.
    pub(crate) const EXCHANGED_NEARLY: u8 = 8;
}

/// The same sex, where the given names agree too and said as much: it counts for nothing.
pub(crate) const SEX_BY_NAME: u8 = 2;

/// How two records agree: four bits a field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Pattern(u64);

const MISSING: u64 = 15;

impl Pattern {
    /// Nothing is known of any field.
    pub const NOTHING: Self = Self((1 << (4 * FIELDS)) - 1);

    /// The level of a field; none where it is not known in either.
    pub const fn level(self, field: Field) -> Option<usize> {
        let level = self.0 >> (4 * field.place()) & MISSING;
        if level == MISSING {
            None
        } else {
            Some(level as usize)
        }
    }

    /// The same with another level of one field.
    #[must_use]
    pub const fn with(self, field: Field, level: u8) -> Self {
        let at = 4 * field.place();
        Self(self.0 & !(MISSING << at) | (level as u64) << at)
    }
}

/// What is looked up while two are compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compare<'a> {
    pub lexicon: &'a Lexicon,
    pub frequencies: &'a Frequencies,
}

impl Compare<'_> {
    /// Compares two records.
    pub(crate) fn pattern(&self, one: &View<'_>, other: &View<'_>) -> Pattern {
        let (a, b) = (one.record, other.record);
        let mut pattern = Pattern::NOTHING;
        let mut set = |field, level: Option<u8>| {
            if let Some(level) = level {
                pattern = pattern.with(field, level);
            }
        };
        let mut given_agrees = true;
        let names_are_one = a.names_whole != 0 && a.names_whole == b.names_whole;
        if names_are_one && (a.given_whole != b.given_whole || a.family_whole != b.family_whole) {
            set(Field::GivenNames, Some(name::EXCHANGED));
        } else {
            let level = |part, wholes, one, other| self.names(part, wholes, one, other);
            let given = level(
                Part::Given,
                [a.given_whole, b.given_whole],
                one.given,
                other.given,
            );
            let family = level(
                Part::Family,
                [a.family_whole, b.family_whole],
                one.family,
                other.family,
            );
            let agrees = |level: Option<u8>| level.is_some_and(|level| level >= name::PART_COMMON);
            given_agrees = agrees(given);
            let is_known = given.is_some() && family.is_some();
            let across = || {
                let first = level(
                    Part::Given,
                    [a.given_whole, b.family_whole],
                    one.given,
                    other.family,
                );
                let second = level(
                    Part::Family,
                    [a.family_whole, b.given_whole],
                    one.family,
                    other.given,
                );
                agrees(first) && agrees(second)
            };
            if is_known && !agrees(given) && !agrees(family) && across() {
                set(Field::GivenNames, Some(name::EXCHANGED_NEARLY));
                given_agrees = true;
            } else {
                set(Field::GivenNames, given);
                let are_women = a.sex == WOMAN && b.sex == WOMAN;
                let apart = if are_women {
                    name::APART_WOMEN
                } else {
                    name::APART
                };
                set(
                    Field::FamilyName,
                    family.map(|level| if level == name::APART { apart } else { level }),
                );
            }
        }
        set(
            Field::MotherName,
            self.names(
                Part::Mother,
                [a.mother_whole, b.mother_whole],
                one.mother,
                other.mother,
            ),
        );
        let same = |one: u32, other: u32| (one > 0 && other > 0).then(|| u8::from(one == other));
        set(
            Field::Sex,
            same(a.sex.into(), b.sex.into()).map(|same| same << u8::from(given_agrees)),
        );
        set(
            Field::BirthDate,
            a.birth.nearness(b.birth).map(|near| near as u8),
        );
        set(Field::Birthplace, same(a.place, b.place));
        set(Field::Phone, same(a.phone, b.phone));
        set(Field::Party, same(a.party, b.party));
        if a.document.is_known() && b.document.is_known() {
            let level = if a.document == b.document {
                2
            } else {
                u8::from(a.document.is_near(b.document))
            };
            set(Field::Document, Some(level));
        }
        pattern
    }

    fn names(&self, part: Part, wholes: [u32; 2], one: &[u32], other: &[u32]) -> Option<u8> {
        if wholes.contains(&0) {
            return None;
        }
        if wholes[0] == wholes[1] {
            return Some(name::ALIKE);
        }
        let (short, long) = if one.len() <= other.len() {
            (one, other)
        } else {
            (other, one)
        };
        let (mut alike, mut near, mut is_rare) = (0, 0, false);
        for token in short {
            let sound = self.lexicon.sound(*token);
            if long.iter().any(|other| self.lexicon.sound(*other) == sound) {
                alike += 1;
                is_rare |= self.frequencies.is_rare(part, sound);
            } else if long.iter().any(|other| self.is_slip(*token, *other)) {
                near += 1;
            }
        }
        Some(match (alike, near) {
            (0, 0) => name::APART,
            _ if alike == short.len() && is_rare => name::PART_RARE,
            _ if alike == short.len() => name::PART_COMMON,
            _ if alike + near == short.len() => name::SLIP,
            _ if is_rare => name::ONE_RARE,
            _ => name::ONE_COMMON,
        })
    }

    /// A slip of the finger, or an initial.
    fn is_slip(&self, one: u32, other: u32) -> bool {
        let (a, b) = (self.lexicon.text(one), self.lexicon.text(other));
        if a.len().min(b.len()) < 3 {
            return is_initial(a, b) || is_initial(b, a);
        }
        a.len().max(b.len()) > 3 && within_one(a, b)
    }
}

fn is_initial(one: &str, other: &str) -> bool {
    one.len() == 1 && other.starts_with(one)
}

/// Whether one letter left out, put in, exchanged or swapped with its neighbour makes one text the other
/// (Damerau, 1964).
fn within_one(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let first = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[first..], &other[first..]);
    match (a, b) {
        ([], _) | (_, []) => true,
        ([_, rest_a @ ..], [_, rest_b @ ..]) if a.len() == b.len() => {
            let swapped = matches!((a, b), ([x1, y1, ..], [x2, y2, ..]) if x1 == y2 && y1 == x2);
            rest_a == rest_b || swapped && a[2..] == b[2..]
        }
        _ if a.len() > b.len() => a[1..] == *b,
        _ => *a == b[1..],
    }
}
