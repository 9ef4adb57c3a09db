//! Keys: only records that share one are compared. Several, so that a mistake in one field leaves the others.

use crate::compare::Field::{
    self, BirthDate, Birthplace, Document, FamilyName, GivenNames, MotherName, Phone, Sex,
};
use crate::lexicon::{Lexicon, mixed};
use crate::record::View;

/// A key: its name, the fields in it, and what it is of a record. A record may have several, or none.
pub(crate) struct Rule {
    pub name: &'static str,
    /// With a given name, sex too: it is in the name.
    pub fields: &'static [Field],
    pub teaches: Teaches,
    pub keys: fn(&View<'_>, &Lexicon, &mut dyn FnMut(u32)),
}

/// What can be learnt from the pairs that share a key, because so many of them are that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Teaches {
    /// How one person agrees with themselves.
    Same,
    /// How a family agrees.
    Kin,
    /// Nothing: among namesakes of one year, expectation-maximisation takes namesakes for the same.
    Nothing,
}

pub(crate) const RULES: [Rule; 13] = [
    Rule {
        name: "document",
        fields: &[Document],
        teaches: Teaches::Same,
        keys: |one, _, key| all_known([one.record.document.hash()], key),
    },
    Rule {
        name: "phone",
        fields: &[Phone],
        teaches: Teaches::Same,
        keys: |one, _, key| all_known([one.record.phone], key),
    },
    Rule {
        name: "mother and family name",
        fields: &[MotherName, FamilyName],
        teaches: Teaches::Kin,
        keys: |one, _, key| all_known([one.record.mother_whole, one.record.family_whole], key),
    },
    Rule {
        name: "mother and a given name",
        fields: &[MotherName, GivenNames, Sex],
        teaches: Teaches::Same,
        keys: |one, lexicon, key| each_with(one.record.mother_whole, one.given, lexicon, key),
    },
    Rule {
        name: "day of birth and a name",
        fields: &[BirthDate, GivenNames, FamilyName, Sex],
        teaches: Teaches::Same,
        keys: |one, lexicon, key| each_with(day(one), names(one), lexicon, key),
    },
    Rule {
        name: "mother and day of birth",
        fields: &[MotherName, BirthDate],
        teaches: Teaches::Same,
        keys: |one, _, key| all_known([one.record.mother_whole, day(one)], key),
    },
    Rule {
        name: "mother and year of birth",
        fields: &[MotherName, BirthDate],
        teaches: Teaches::Nothing,
        keys: |one, _, key| all_known([one.record.mother_whole, year(one)], key),
    },
    Rule {
        name: "day of birth and birthplace",
        fields: &[BirthDate, Birthplace],
        teaches: Teaches::Nothing,
        keys: |one, _, key| all_known([day(one), one.record.place], key),
    },
    Rule {
        name: "a given name and birthplace",
        fields: &[GivenNames, Birthplace, Sex],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| each_with(one.record.place, one.given, lexicon, key),
    },
    Rule {
        name: "a family name and birthplace",
        fields: &[FamilyName, Birthplace],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| each_with(one.record.place, one.family, lexicon, key),
    },
    Rule {
        name: "half a document and a name",
        fields: &[Document, GivenNames, FamilyName, Sex],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| {
            let number = one.record.document;
            for half in number.parts().into_iter().filter(|_| number.is_known()) {
                each_with(half, names(one), lexicon, key);
            }
        },
    },
    Rule {
        name: "all names",
        fields: &[GivenNames, FamilyName, Sex],
        teaches: Teaches::Nothing,
        keys: |one, _, key| all_known([one.record.names_whole], key),
    },
    Rule {
        name: "two names and year of birth",
        fields: &[GivenNames, FamilyName, BirthDate, Sex],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| {
            each_two_names(one, lexicon, |[a, b]| all_known([a, b, year(one)], key));
        },
    },
];

/// What tells apart records of which too many share a key.
pub(crate) const FINER: [fn(&View<'_>, &Lexicon) -> u32; 6] = [
    |one, _| year(one),
    |one, _| one.record.mother_whole,
    |one, _| month_and_day(one),
    |one, _| one.record.place,
    |one, lexicon| one.mother.first().map_or(0, |token| lexicon.sound(*token)),
    |one, _| one.record.names_whole,
];

/// Of names in keys of two tokens, so many tokens are taken each.
const TOKENS_MULTIPLIED: usize = 3;

/// None where a part is not known.
fn all_known<const N: usize>(parts: [u32; N], key: &mut dyn FnMut(u32)) {
    if !parts.contains(&0) {
        key(mixed(parts));
    }
}

/// A key of each token with something else.
fn each_with<'a>(
    with: u32,
    tokens: impl IntoIterator<Item = &'a u32>,
    lexicon: &Lexicon,
    key: &mut dyn FnMut(u32),
) {
    for token in tokens {
        all_known([with, lexicon.sound(*token)], key);
    }
}

/// Given and family names, whichever is which.
fn names<'a>(one: &View<'a>) -> impl Iterator<Item = &'a u32> {
    one.given.iter().chain(one.family)
}

/// How each given name sounds with each family name, whichever is which.
fn each_two_names(one: &View<'_>, lexicon: &Lexicon, mut take: impl FnMut([u32; 2])) {
    for given in one.given.iter().take(TOKENS_MULTIPLIED) {
        for family in one.family.iter().take(TOKENS_MULTIPLIED) {
            let (a, b) = (lexicon.sound(*given), lexicon.sound(*family));
            take([a.min(b), a.max(b)]);
        }
    }
}

/// Day and month exchanged are the same.
fn month_and_day(one: &View<'_>) -> u32 {
    one.record.birth.month_and_day().map_or(0, |(month, day)| {
        u32::from(month.min(day)) << 8 | u32::from(month.max(day))
    })
}

fn day(one: &View<'_>) -> u32 {
    match month_and_day(one) {
        0 => 0,
        month_and_day => year(one) << 16 | month_and_day,
    }
}

fn year(one: &View<'_>) -> u32 {
    one.record.birth.year().map_or(0, u32::from)
}

/// Keys by which somebody at a desk is looked for. Each alone finds them as long as what it is made of is known
/// and is said as before.
pub(crate) fn at_the_desk(one: &View<'_>, lexicon: &Lexicon, key: &mut dyn FnMut(u32)) {
    let record = one.record;
    all_known([1, record.document.hash()], key);
    all_known([2, record.phone], key);
    all_known([3, record.names_whole], key);
    all_known([4, record.mother_whole], key);
    of_party(record.party, key);
    for token in names(one) {
        all_known([6, day(one), lexicon.sound(*token)], key);
    }
    each_two_names(one, lexicon, |[a, b]| all_known([7, a, b, year(one)], key));
    // Thousands are called Jean Pierre: with a name of their mother they are few.
    for mother in one.mother {
        all_known([8, record.names_whole, lexicon.sound(*mother)], key);
    }
}

/// The key of those who travelled together.
pub(crate) fn of_party(party: u32, key: &mut dyn FnMut(u32)) {
    all_known([5, party], key);
}
