//! The short code on a person's card: typed, scanned, read out over a radio.
//!
//! Seven random characters and one check character over an alphabet of 31 (digits and capitals
//! without 0, 1, I, L and O, which people mix up). Because 31 is prime and the weights 1 to 8 are
//! distinct and not zero modulo 31, every single wrong character and every exchange of two
//! characters is detected: the same argument as for ISBN-10 modulo 11.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH: usize = 8;

/// The code on a card. It says nothing about the person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CardCode([u8; LENGTH]);

/// Why a text is not the code of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The text has another length.
    #[error("a card code has {LENGTH} characters, this has {0}: read it again")]
    Length(usize),
    /// A character that is never on a card.
    #[error("character {0} of the code is never on a card: read it again")]
    Character(usize),
    /// The check character does not fit: one character is wrong, or two are exchanged.
    #[error("one character of the code is wrong: read it again")]
    Check,
}

impl CardCode {
    /// The code made of these random bytes and its check character.
    pub fn from_random(random: [u8; 8]) -> Self {
        let mut number = u64::from_be_bytes(random);
        let mut digits = [0_u8; LENGTH];
        for digit in &mut digits[..LENGTH - 1] {
            *digit = u8::try_from(number % 31).expect("a remainder of 31");
            number /= 31;
        }
        digits[LENGTH - 1] = check_digit(&digits[..LENGTH - 1]);
        Self(digits.map(|digit| ALPHABET[usize::from(digit)]))
    }

    /// The eight characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("characters of the alphabet, checked when made")
    }
}

/// The digit `c` with `1·d1 + 2·d2 + … + 7·d7 + 8·c ≡ 0 (mod 31)`; 8·4 = 32 ≡ 1, so c = −4·sum.
fn check_digit(digits: &[u8]) -> u8 {
    let sum = weighted_sum(digits);
    u8::try_from((31 - (4 * sum) % 31) % 31).expect("a remainder of 31")
}

fn weighted_sum(digits: &[u8]) -> u32 {
    digits
        .iter()
        .zip(1_u32..)
        .map(|(digit, weight)| weight * u32::from(*digit))
        .sum()
}

impl FromStr for CardCode {
    type Err = CardError;

    /// Reads a code as people type it: small letters, spaces and hyphens are fine.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed: Vec<char> = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        if typed.len() != LENGTH {
            return Err(CardError::Length(typed.len()));
        }
        let mut characters = [0_u8; LENGTH];
        let mut digits = [0_u8; LENGTH];
        for (place, c) in typed.iter().enumerate() {
            let upper = c.to_ascii_uppercase();
            let digit = ALPHABET
                .iter()
                .position(|letter| char::from(*letter) == upper)
                .ok_or(CardError::Character(place + 1))?;
            digits[place] = u8::try_from(digit).expect("a place in an alphabet of 31");
            characters[place] = ALPHABET[digit];
        }
        if !weighted_sum(&digits).is_multiple_of(31) {
            return Err(CardError::Check);
        }
        Ok(Self(characters))
    }
}

impl TryFrom<String> for CardCode {
    type Error = CardError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CardCode> for String {
    fn from(code: CardCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CardCode {
    /// In two groups of four, as it is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.as_str().split_at(LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for CardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<C> Encode<C> for CardCode {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for CardCode {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.str()?
            .parse()
            .map_err(|_| decode::Error::message("not the code of a card"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_as_it_was_printed(random: [u8; 8]) {
            let code = CardCode::from_random(random);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
        }

        #[test]
        fn one_wrong_character_is_detected(random: [u8; 8], place in 0..LENGTH, shift in 1_usize..31) {
            let mut text = CardCode::from_random(random).as_str().as_bytes().to_vec();
            let digit = ALPHABET.iter().position(|c| *c == text[place]).unwrap();
            text[place] = ALPHABET[(digit + shift) % 31];
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<CardCode>(), Err(CardError::Check));
        }

        #[test]
        fn two_exchanged_characters_are_detected(random: [u8; 8], a in 0..LENGTH, b in 0..LENGTH) {
            let mut text = CardCode::from_random(random).as_str().as_bytes().to_vec();
            prop_assume!(text[a] != text[b]);
            text.swap(a, b);
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(text.parse::<CardCode>(), Err(CardError::Check));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = text.parse::<CardCode>();
        }
    }
}
