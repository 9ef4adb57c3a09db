//! Two records, field by field: how far they agree. Each field has a few levels; what is not known in either
//! has none.

use crate::record::{Name, Ready, Words};

/// How many fields are compared.
pub const FIELDS: usize = 8;
/// Levels of a field, at most: 0 is apart.
pub const LEVELS: usize = 7;
/// Their names, in the order of [`Pattern`].
pub const NAMES: [&str; FIELDS] = [
    "given_names",
    "family_name",
    "sex",
    "birth_date",
    "mother_name",
    "birthplace",
    "phone",
    "document",
];
pub(crate) const GIVEN: usize = 0;
pub(crate) const FAMILY: usize = 1;
pub(crate) const BIRTH: usize = 3;
pub(crate) const MOTHER: usize = 4;
pub(crate) const PHONE: usize = 6;
pub(crate) const DOCUMENT: usize = 7;

/// Names exchanged for each other: given for family.
const SWAPPED: u8 = 5;
const MISSING: u32 = 7;

/// How two records agree: three bits a field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Pattern(u32);

impl Pattern {
    fn of(levels: [Option<u8>; FIELDS]) -> Self {
        let bits = levels.iter().enumerate();
        let bits = bits.map(|(field, level)| level.map_or(MISSING, u32::from) << (3 * field));
        Self(bits.fold(0, |all, bits| all | bits))
    }

    /// The level of a field; none where it is not known in either.
    pub const fn level(self, field: usize) -> Option<usize> {
        let level = self.0 >> (3 * field) & 7;
        if level == MISSING {
            None
        } else {
            Some(level as usize)
        }
    }
}

/// Compares two records.
pub(crate) fn compare(one: &Ready, other: &Ready, words: &Words, documents: &Words) -> Pattern {
    let mut given = names(&one.given, &other.given, words);
    let mut family = names(&one.family, &other.family, words);
    if given.is_some_and(|level| level < 3) && family.is_some_and(|level| level < 3) {
        let across =
            names(&one.given, &other.family, words).zip(names(&one.family, &other.given, words));
        if across.is_some_and(|(one, other)| one >= 3 && other >= 3) {
            given = Some(SWAPPED);
            family = Some(SWAPPED);
        }
    }
    let same = |one: u32, other: u32| (one > 0 && other > 0).then(|| u8::from(one == other));
    let document = same(one.document, other.document).map(|same| {
        let near = || within_one(documents.text(one.document), documents.text(other.document));
        if same == 1 { 2 } else { u8::from(near()) }
    });
    Pattern::of([
        given,
        family,
        same(one.sex.into(), other.sex.into()),
        one.birth.agreement(other.birth),
        names(&one.mother, &other.mother, words),
        same(one.place, other.place),
        same(one.phone, other.phone),
        document,
    ])
}

/// 4: the same tokens. 3: said alike. 2: one is part of the other, or a slip apart. 1: one token in common.
/// 0: none.
fn names(one: &Name, other: &Name, words: &Words) -> Option<u8> {
    if one.whole == 0 || other.whole == 0 {
        return None;
    }
    let same = |one: &[u32], other: &[u32]| {
        one.len() == other.len() && one.iter().all(|token| other.contains(token))
    };
    if same(&one.tokens, &other.tokens) {
        return Some(4);
    }
    if same(&one.sounds, &other.sounds) {
        return Some(3);
    }
    let (short, long) = if one.sounds.len() <= other.sounds.len() {
        (one, other)
    } else {
        (other, one)
    };
    let alike = |place: usize| {
        long.sounds.contains(&short.sounds[place])
            || long.tokens.iter().any(|token| {
                let (a, b) = (words.text(short.tokens[place]), words.text(*token));
                is_initial(a, b) || is_initial(b, a) || a.len().min(b.len()) > 3 && within_one(a, b)
            })
    };
    let common = (0..short.sounds.len())
        .filter(|place| alike(*place))
        .count();
    Some(if common == short.sounds.len() {
        2
    } else {
        u8::from(common > 0)
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Fields, Reader};

    fn levels(one: Fields<'_>, other: Fields<'_>) -> Vec<Option<usize>> {
        let mut reader = Reader::default();
        let (one, other) = (reader.read(&one), reader.read(&other));
        let pattern = compare(&one, &other, &reader.words, &reader.documents);
        assert_eq!(
            pattern,
            compare(&other, &one, &reader.words, &reader.documents)
        );
        (0..FIELDS).map(|field| pattern.level(field)).collect()
    }

    fn named<'a>(given_names: &'a str, family_name: &'a str) -> Fields<'a> {
        Fields {
            given_names,
            family_name,
            ..Fields::default()
        }
    }

    #[test]
    fn names_agree_by_levels() {
        let both = |one, other| {
            let levels = levels(one, other);
            (levels[GIVEN].unwrap(), levels[FAMILY].unwrap())
        };
        assert_eq!(
            both(
                named("Wilner", "Jean-Baptiste"),
                named("Wilnè", "Jn Baptiste")
            ),
            (3, 4)
        );
        assert_eq!(
            both(named("Marie Rose", "Pierre"), named("Rose", "Pyè")),
            (2, 3)
        );
        assert_eq!(
            both(named("Joseph", "Wilner"), named("Wilnè", "Jozèf")),
            (5, 5)
        );
        assert_eq!(
            both(named("M. Rose", "Desir"), named("Marie Rose", "Dessir")),
            (2, 3)
        );
        assert_eq!(
            both(named("Paul", "Louis"), named("Guerda", "Charles")),
            (0, 0)
        );
    }

    #[test]
    fn what_is_not_known_has_no_level_and_papers_may_be_a_digit_off() {
        let one = Fields {
            document: "XX 123-4567",
            phone: "1",
            ..Fields::default()
        };
        let other = Fields {
            document: "xx1234576",
            sex: "f",
            ..Fields::default()
        };
        let levels = levels(one, other);
        assert_eq!(levels[DOCUMENT], Some(1));
        assert_eq!(levels[PHONE], None);
        assert_eq!(levels[GIVEN], None);
    }
}
