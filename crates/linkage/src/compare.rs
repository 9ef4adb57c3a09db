//! Two records, field by field: how far they agree. Each field has a few levels; what is not known in either
//! has none.

use crate::frequency::{Frequencies, Part};
use crate::lexicon::Lexicon;
use crate::record::{Record, View, WOMAN};
use crate::slip::{within_one, within_two};

/// What the levels of a name are called, and more that only some names have.
macro_rules! of_names {
    ($($more:literal),*) => {
        &["apart", "one_common", "one_rare", "part_common", "part_rare", "slip", "alike", $($more),*]
    };
}

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
            Self::GivenNames => of_names!["exchanged", "exchanged_nearly"],
            Self::FamilyName => of_names!["apart_women"],
            Self::MotherName => of_names![],
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

/// The same sex, where the given names do not say so.
const SEX_ALONE: u8 = 1;
/// The same sex, where the given names agree too and said as much: it counts for nothing.
pub(crate) const SEX_BY_NAME: u8 = 2;

/// How two records agree: four bits a field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Pattern(u64);

/// From so many letters on two slips are one name still.
const LONG: usize = 6;
const MISSING: u64 = 15;

impl Pattern {
    /// Nothing is known of any field.
    pub const NOTHING: Self = Self((1 << (4 * FIELDS)) - 1);

    /// The level of a field; none where it is not known in either.
    pub const fn level(self, field: Field) -> Option<usize> {
        let level = self.0 >> (4 * field as usize) & MISSING;
        if level == MISSING {
            None
        } else {
            Some(level as usize)
        }
    }

    /// The same with a field of which nothing is known.
    #[must_use]
    pub(crate) const fn without(self, field: Field) -> Self {
        Self(self.0 | MISSING << (4 * field as usize))
    }

    /// The same with another level of one field, where there is one.
    #[must_use]
    pub(crate) fn with_if(self, field: Field, level: Option<u8>) -> Self {
        level.map_or(self, |level| self.with(field, level))
    }

    /// The same with another level of one field.
    #[must_use]
    pub const fn with(self, field: Field, level: u8) -> Self {
        let at = 4 * field as usize;
        Self(self.0 & !(MISSING << at) | (level as u64) << at)
    }
}

/// Whether names agree at least in part.
fn agrees(level: Option<u8>) -> bool {
    level.is_some_and(|level| level >= name::PART_COMMON)
}

/// What is seen of two records without a look at the tokens of their names. Most pairs are told apart by it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glance {
    /// What is known so far. Names that are not the same as wholes are not in it.
    pub pattern: Pattern,
    /// Given names and family name have to be looked at.
    pub names: bool,
    /// The mother's name has to be looked at.
    pub mother: bool,
}

impl Glance {
    pub(crate) fn of(a: &Record, b: &Record) -> Self {
        let same = |one: u32, other: u32| (one > 0 && other > 0).then(|| u8::from(one == other));
        let alike = |one: u32, other: u32| (one > 0 && one == other).then_some(name::ALIKE);
        let document = (a.document.is_known() && b.document.is_known()).then(|| {
            if a.document == b.document {
                2
            } else {
                u8::from(a.document.is_near(b.document))
            }
        });
        let mut pattern = Pattern::NOTHING
            .with_if(
                Field::Sex,
                same(a.sex.into(), b.sex.into()).map(|same| same * SEX_BY_NAME),
            )
            .with_if(
                Field::BirthDate,
                a.birth.nearness(b.birth).map(|near| near as u8),
            )
            .with_if(Field::Birthplace, same(a.place, b.place))
            .with_if(Field::Phone, same(a.phone, b.phone))
            .with_if(Field::Party, same(a.party, b.party))
            .with_if(Field::Document, document)
            .with_if(Field::MotherName, alike(a.mother_whole, b.mother_whole));
        let given = alike(a.given_whole, b.given_whole);
        let family = alike(a.family_whole, b.family_whole);
        let names_are_one = a.names_whole != 0 && a.names_whole == b.names_whole;
        let are_exchanged =
            names_are_one && (a.given_whole != b.given_whole || a.family_whole != b.family_whole);
        pattern = if are_exchanged {
            pattern.with(Field::GivenNames, name::EXCHANGED)
        } else {
            pattern
                .with_if(Field::GivenNames, given)
                .with_if(Field::FamilyName, family)
        };
        let is_open = |one: u32, other: u32| one > 0 && other > 0 && one != other;
        Self {
            pattern,
            names: !are_exchanged
                && (is_open(a.given_whole, b.given_whole)
                    || is_open(a.family_whole, b.family_whole)),
            mother: is_open(a.mother_whole, b.mother_whole),
        }
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
        self.look(&Glance::of(one.record, other.record), one, other)
    }

    /// What a glance left open is looked at: names that are not the same as wholes.
    pub(crate) fn look(&self, glance: &Glance, one: &View<'_>, other: &View<'_>) -> Pattern {
        let (a, b) = (one.record, other.record);
        let mut pattern = glance.pattern;
        if glance.mother {
            let wholes = [a.mother_whole, b.mother_whole];
            let mother = self.names(Part::Mother, wholes, one.mother, other.mother);
            pattern = pattern.with_if(Field::MotherName, mother);
        }
        let mut given_agrees = pattern.level(Field::GivenNames).is_some();
        if glance.names {
            let given = self.names(
                Part::Given,
                [a.given_whole, b.given_whole],
                one.given,
                other.given,
            );
            let family = self.names(
                Part::Family,
                [a.family_whole, b.family_whole],
                one.family,
                other.family,
            );
            let is_open = given.is_some() && family.is_some() && !agrees(given) && !agrees(family);
            if is_open && self.are_exchanged_nearly(one, other) {
                given_agrees = true;
                pattern = pattern
                    .with(Field::GivenNames, name::EXCHANGED_NEARLY)
                    .without(Field::FamilyName);
            } else {
                given_agrees = agrees(given);
                let are_women = a.sex == WOMAN && b.sex == WOMAN;
                let family = match family {
                    Some(name::APART) if are_women => Some(name::APART_WOMEN),
                    other => other,
                };
                pattern = pattern
                    .with_if(Field::GivenNames, given)
                    .with_if(Field::FamilyName, family);
            }
        }
        // Where the given name does not say it, the sex does.
        match pattern.level(Field::Sex) {
            Some(level) if level > 0 && !given_agrees => pattern.with(Field::Sex, SEX_ALONE),
            _ => pattern,
        }
    }

    fn are_exchanged_nearly(&self, one: &View<'_>, other: &View<'_>) -> bool {
        let (a, b) = (one.record, other.record);
        let across = [
            (
                Part::Given,
                [a.given_whole, b.family_whole],
                one.given,
                other.family,
            ),
            (
                Part::Family,
                [a.family_whole, b.given_whole],
                one.family,
                other.given,
            ),
        ];
        across
            .into_iter()
            .all(|(part, wholes, one, other)| agrees(self.names(part, wholes, one, other)))
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
            (0, 0) if !self.is_joined(short, long) => name::APART,
            _ if alike == short.len() && is_rare => name::PART_RARE,
            _ if alike == short.len() => name::PART_COMMON,
            _ if alike + near == short.len() || self.is_joined(short, long) => name::SLIP,
            _ if is_rare => name::ONE_RARE,
            _ => name::ONE_COMMON,
        })
    }

    /// A slip of the finger, or an initial.
    fn is_slip(&self, one: u32, other: u32) -> bool {
        let (a, b) = (self.lexicon.text(one), self.lexicon.text(other));
        let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
        if shorter < 3 {
            return is_initial(a, b) || is_initial(b, a);
        }
        let apart = self.lexicon.letters_apart(one, other);
        apart <= 2 && longer > 3 && within_one(a, b)
            || apart <= 4 && shorter >= LONG && within_two(a, b)
    }

    /// Written in one word, or with a gap in a word: the same letters, but for a slip.
    fn is_joined(&self, short: &[u32], long: &[u32]) -> bool {
        if short.len() == long.len() {
            return false;
        }
        let length = |tokens: &[u32]| -> usize {
            tokens
                .iter()
                .map(|token| self.lexicon.text(*token).len())
                .sum()
        };
        let joined = |tokens: &[u32]| -> String {
            tokens
                .iter()
                .map(|token| self.lexicon.text(*token))
                .collect()
        };
        length(short).abs_diff(length(long)) <= 1 && within_one(&joined(short), &joined(long))
    }
}

fn is_initial(one: &str, other: &str) -> bool {
    one.len() == 1 && other.starts_with(one)
}
