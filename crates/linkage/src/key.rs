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
        keys: |one, _, key| {
            if one.record.document.is_known() {
                key(mixed(one.record.document.quarters()));
            }
        },
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
        keys: |one, lexicon, key| {
            for token in one.given {
                all_known([one.record.mother_whole, lexicon.sound(*token)], key);
            }
        },
    },
    Rule {
        name: "day of birth and a name",
        fields: &[BirthDate, GivenNames, FamilyName, Sex],
        teaches: Teaches::Same,
        keys: |one, lexicon, key| {
            for token in one.given.iter().chain(one.family) {
                all_known([day(one), lexicon.sound(*token)], key);
            }
        },
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
        keys: |one, lexicon, key| {
            for token in one.given {
                all_known([lexicon.sound(*token), one.record.place], key);
            }
        },
    },
    Rule {
        name: "a family name and birthplace",
        fields: &[FamilyName, Birthplace],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| {
            for token in one.family {
                all_known([lexicon.sound(*token), one.record.place], key);
            }
        },
    },
    Rule {
        name: "half a document and a name",
        fields: &[Document, GivenNames, FamilyName, Sex],
        teaches: Teaches::Nothing,
        keys: |one, lexicon, key| {
            let number = one.record.document;
            if number.is_known() {
                for half in number.parts() {
                    for token in one.given.iter().chain(one.family) {
                        key(mixed([half, lexicon.sound(*token)]));
                    }
                }
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
            for given in one.given.iter().take(TOKENS_MULTIPLIED) {
                for family in one.family.iter().take(TOKENS_MULTIPLIED) {
                    let (a, b) = (lexicon.sound(*given), lexicon.sound(*family));
                    all_known([a.min(b), a.max(b), year(one)], key);
                }
            }
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
    let mut of = |kind: u32, parts: &[u32]| desk_key(kind, parts, key);
    if record.document.is_known() {
        of(1, &[mixed(record.document.quarters())]);
    }
    of(2, &[record.phone]);
    of(3, &[record.names_whole]);
    of(4, &[record.mother_whole]);
    of(PARTY, &[record.party]);
    for token in one.given.iter().chain(one.family) {
        of(6, &[day(one), lexicon.sound(*token)]);
    }
    for given in one.given.iter().take(TOKENS_MULTIPLIED) {
        for family in one.family.iter().take(TOKENS_MULTIPLIED) {
            let (a, b) = (lexicon.sound(*given), lexicon.sound(*family));
            of(7, &[a.min(b), a.max(b), year(one)]);
        }
    }
    // Thousands are called Jean Pierre: with a name of their mother they are few.
    for mother in one.mother {
        of(8, &[record.names_whole, lexicon.sound(*mother)]);
    }
}

/// The key of those who travelled together.
pub(crate) fn of_party(party: u32, key: &mut dyn FnMut(u32)) {
    desk_key(PARTY, &[party], key);
}

/// Which of the keys at the desk is that of a party.
const PARTY: u32 = 5;

fn desk_key(kind: u32, parts: &[u32], key: &mut dyn FnMut(u32)) {
    if !parts.contains(&0) {
        key(mixed(std::iter::once(kind).chain(parts.iter().copied())));
    }
}
