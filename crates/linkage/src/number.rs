//! Numbers of documents, packed into 64 bits and still open to be compared digit by digit.

/// The last ten letters and digits of a number, six bits each, and in the highest four bits how many there
/// are of it; 0 for none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct Number(u64);

const SIGNS: u32 = 10;

impl Number {
    /// Reads a number: what stands between letters and digits is nobody's.
    pub(crate) fn read(text: &str) -> Self {
        let signs = text
            .chars()
            .filter_map(|sign| match sign.to_ascii_uppercase() {
                digit @ '0'..='9' => Some(u64::from(digit) - u64::from('0') + 1),
                letter @ 'A'..='Z' => Some(u64::from(letter) - u64::from('A') + 11),
                _ => None,
            });
        let all = (1 << (6 * SIGNS)) - 1;
        let (packed, many) = signs.take(64).fold((0, 0), |(packed, many), sign| {
            (packed << 6 & all | sign, many + 1)
        });
        Self(packed | u64::min(many, 15) << (6 * SIGNS))
    }

    pub(crate) const fn is_known(self) -> bool {
        self.0 != 0
    }

    /// A part of a key.
    #[expect(clippy::cast_possible_truncation, reason = "both halves are given")]
    pub(crate) const fn halves(self) -> [u32; 2] {
        [(self.0 >> 32) as u32, self.0 as u32]
    }

    /// The last four signs, and those before them: a slip leaves one of the two.
    pub(crate) const fn parts(self) -> [u32; 2] {
        let last = self.0 & 0xFF_FFFF;
        let before = self.0 >> 24 & 0xF_FFFF_FFFF;
        #[expect(clippy::cast_possible_truncation, reason = "both halves are given")]
        [
            last as u32,
            (before as u32) ^ ((before >> 32) as u32) ^ 1 << 31,
        ]
    }

    fn signs(self) -> [u8; SIGNS as usize] {
        std::array::from_fn(|place| (self.0 >> (6 * place) & 63) as u8)
    }

    /// As text: how many signs there are, and the last ten of them; empty for none.
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
        format!("{}:{}", self.0 >> (6 * SIGNS), signs.collect::<String>())
    }

    /// Whether one sign exchanged, swapped with its neighbour, left out or put in makes one the other.
    pub(crate) fn is_near(self, other: Self) -> bool {
        let (one, other) = (self.signs(), other.signs());
        let apart = |sign: &usize| one[*sign] != other[*sign];
        let Some(first) = (0..one.len()).find(apart) else {
            return true;
        };
        let last = (0..one.len()).rev().find(apart).unwrap_or(first);
        first == last
            || last == first + 1 && one[first] == other[last] && one[last] == other[first]
            // The signs are held from the last: behind one that is missing, all are shifted.
            || one[first + 1..] == other[first..9]
            || other[first + 1..] == one[first..9]
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
        assert!(!Number::read(" - ").is_known());
        assert_eq!(number.text(), "9:XX1234567");
        assert_eq!(
            Number::read("12-01-1987-3456-00011").text(),
            "15:7345600011"
        );
        assert_eq!(Number::default().text(), "");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_nearness_has_no_direction(one in ".{0,20}", other in "[0-9]{0,20}") {
            let (one, other) = (Number::read(&one), Number::read(&other));
            prop_assert_eq!(one.is_near(other), other.is_near(one));
        }
    }
}
