//! Keys: only records that share one are compared. Several, so that a mistake in one field leaves the others.

use crate::birth::Birth;
use crate::compare::{BIRTH, DOCUMENT, FAMILY, GIVEN, MOTHER, PHONE};
use crate::record::Ready;

/// More records with one key are not compared by it: other keys tell them apart.
pub(crate) const BLOCK_MAX: usize = 400;

/// A key: its name, the fields in it, and what it is of a record; 0 for none.
pub(crate) struct Rule {
    pub name: &'static str,
    pub fields: &'static [usize],
    /// Whether so many of the pairs that share it are one person that a model can be learnt from them: among
    /// namesakes of one year, expectation-maximisation takes namesakes for the same.
    pub teaches: bool,
    pub key: fn(&Ready) -> u64,
}

pub(crate) const RULES: [Rule; 8] = [
    Rule {
        name: "document",
        fields: &[DOCUMENT],
        teaches: true,
        key: |one| mixed(1, &[one.document]),
    },
    Rule {
        name: "phone",
        fields: &[PHONE],
        teaches: true,
        key: |one| mixed(2, &[one.phone]),
    },
    Rule {
        name: "mother and given names",
        fields: &[MOTHER, GIVEN],
        teaches: true,
        key: |one| mixed(3, &[one.mother.whole, one.given.whole]),
    },
    Rule {
        name: "birth date and family name",
        fields: &[BIRTH, FAMILY],
        teaches: true,
        key: |one| mixed(4, &[day(one.birth), first(&one.family.sounds)]),
    },
    Rule {
        name: "birth date and given name",
        fields: &[BIRTH, GIVEN],
        teaches: true,
        key: |one| mixed(5, &[day(one.birth), first(&one.given.sounds)]),
    },
    Rule {
        name: "mother and year of birth",
        fields: &[MOTHER, BIRTH],
        teaches: false,
        key: |one| mixed(6, &[one.mother.whole, year(one.birth)]),
    },
    // Names in either order: exchanged, they have the same key.
    Rule {
        name: "names and year of birth",
        fields: &[GIVEN, FAMILY, BIRTH],
        teaches: false,
        key: |one| {
            let (given, family) = (first(&one.given.sounds), first(&one.family.sounds));
            mixed(7, &[given.min(family), given.max(family), year(one.birth)])
        },
    },
    Rule {
        name: "names and mother",
        fields: &[GIVEN, FAMILY, MOTHER],
        teaches: false,
        key: |one| {
            let (given, family) = (first(&one.given.sounds), first(&one.family.sounds));
            mixed(
                8,
                &[
                    given.min(family),
                    given.max(family),
                    first(&one.mother.sounds),
                ],
            )
        },
    },
];

fn first(sounds: &[u32]) -> u32 {
    sounds.first().copied().unwrap_or(0)
}

fn day(birth: Birth) -> u32 {
    match birth {
        // Day and month exchanged have the same key.
        Birth::Day(year, month, day) => {
            let (low, high) = (month.min(day), month.max(day));
            u32::from(year.unsigned_abs()) << 10 | u32::from(low) << 5 | u32::from(high)
        }
        Birth::Year(_) | Birth::Unknown => 0,
    }
}

fn year(birth: Birth) -> u32 {
    birth
        .year()
        .map_or(0, |year| u32::from(year.unsigned_abs()))
}

/// None where a part is not known.
fn mixed(rule: u64, parts: &[u32]) -> u64 {
    if parts.contains(&0) {
        return 0;
    }
    let mix = |hash: u64, part: &u32| {
        let hash = (hash ^ u64::from(*part)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 29)
    };
    parts
        .iter()
        .fold(rule.wrapping_mul(0xC2B2_AE3D_27D4_EB4F), mix)
        .max(1)
}
