//! Numbers of documents, packed and still open to be compared digit by digit.

use crate::lexicon::mixed;

/// The last twenty letters and digits of a number, six bits each, ten in a half, and in the highest four bits how
/// many there are of it; 0 for none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct Number([u64; 2]);

const SIGNS: usize = 20;
/// Bits of ten signs.
const HALF: u32 = 60;
/// Fewer signs are no number of a document, and neither is a word or one digit over and over.
const SIGNS_LEAST: u64 = 4;

impl Number {
    /// Reads a number: what stands between letters and digits is nobody's.
    pub(crate) fn read(text: &str) -> Self {
        let signs = text
            .chars()
            .filter_map(|sign| match sign.to_ascii_uppercase() {
                digit @ '0'..='9' => Some(u128::from(digit) - u128::from('0') + 1),
                letter @ 'A'..='Z' => Some(u128::from(letter) - u128::from('A') + 11),
                _ => None,
            });
        let (mut packed, mut many, mut has_digit, mut varies, mut before) = (0, 0, false, false, 0);
        for sign in signs.take(64) {
            packed = (packed << 6 | sign) & ((1 << (2 * HALF)) - 1);
            has_digit |= sign <= 10;
            varies |= many > 0 && sign != before;
            before = sign;
            many += 1;
        }
        if many < SIGNS_LEAST || !has_digit || !varies {
            return Self::default();
        }
        let half = |bits: u128| (bits & ((1 << HALF) - 1)) as u64;
        Self([half(packed >> HALF) | many.min(15) << HALF, half(packed)])
    }

    pub(crate) const fn is_known(self) -> bool {
        self.0[0] != 0 || self.0[1] != 0
    }

    /// Parts of a key.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "all four quarters are given"
    )]
    pub(crate) const fn quarters(self) -> [u32; 4] {
        let [high, low] = self.0;
        [
            (high >> 32) as u32,
            high as u32,
            (low >> 32) as u32,
            low as u32,
        ]
    }

    /// As one number; 0 for none.
    pub(crate) fn hash(self) -> u32 {
        if self.is_known() {
            mixed(self.quarters())
        } else {
            0
        }
    }

    /// The last four signs, and those before them: a slip leaves one of the two.
    pub(crate) fn parts(self) -> [u32; 2] {
        let signs = self.signs();
        let hash = |signs: &[u8]| mixed(signs.iter().map(|sign| u32::from(*sign)));
        [hash(&signs[..4]), hash(&signs[4..])]
    }

    /// Its signs, the last first; 0 where there is none.
    fn signs(self) -> [u8; SIGNS] {
        std::array::from_fn(|place| {
            let (half, place) = if place < 10 {
                (self.0[1], place)
            } else {
                (self.0[0], place - 10)
            };
            u8::try_from(half >> (6 * place) & 63).expect("six bits")
        })
    }

    /// As text: how many signs there are, and the last twenty of them; empty for none.
    pub(crate) fn text(self) -> String {
        if !self.is_known() {
            return String::new();
        }
        let signs = self.signs().into_iter().rev().filter(|sign| *sign > 0);
        let signs = signs.map(|sign| {
            char::from(if sign <= 10 {
                b'0' + sign - 1
            } else {
                b'A' + sign - 11
            })
        });
        format!("{}:{}", self.0[0] >> HALF, signs.collect::<String>())
    }

    /// Whether one sign exchanged, swapped with its neighbour, left out or put in makes one the other.
    pub(crate) fn is_near(self, other: Self) -> bool {
        let (one, other) = (self.signs(), other.signs());
        let apart = |sign: &usize| one[*sign] != other[*sign];
        let Some(first) = (0..SIGNS).find(apart) else {
            return true;
        };
        let last = (0..SIGNS).rev().find(apart).unwrap_or(first);
        first == last
            || last == first + 1 && one[first] == other[last] && one[last] == other[first]
            // The signs are held from the last: behind one that is missing, all are shifted.
            || one[first + 1..] == other[first..SIGNS - 1]
            || other[first + 1..] == one[first..SIGNS - 1]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_near_by_one_slip() {
        let number = Number::read("XX 123-4567");
        assert_eq!(number, Number::read("xx1234567"));
        for near in [
            "XX1234576",
            "XX1234667",
            "XX123467",
            "XX12345567",
            "X1234567",
        ] {
            assert!(number.is_near(Number::read(near)), "{near}");
        }
        for apart in ["XX7654321", "XX12345", "XX1243576"] {
            assert!(!number.is_near(Number::read(apart)), "{apart}");
        }
        assert_eq!(number.text(), "9:XX1234567");
        assert_eq!(Number::default().text(), "");
    }

    #[test]
    fn long_numbers_differ_by_their_first_signs_too() {
        let number = |text| Number::read(text);
        assert_ne!(
            number("01-01-99-1987-03-00011"),
            number("05-11-99-1987-03-00011")
        );
        assert_eq!(
            number("12-01-1987-3456-00011").text(),
            "15:12011987345600011"
        );
    }

    #[test]
    fn what_stands_in_place_of_a_number_is_none() {
        for nothing in [
            " - ",
            "N/A",
            "n.a.",
            "aucun",
            "pa genyen",
            "0",
            "000000",
            "XXXX",
            "12",
        ] {
            assert!(!Number::read(nothing).is_known(), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_nearness_has_no_direction(one in ".{0,30}", other in "[0-9]{0,30}") {
            let (one, other) = (Number::read(&one), Number::read(&other));
            prop_assert_eq!(one.is_near(other), other.is_near(one));
        }
    }
}
