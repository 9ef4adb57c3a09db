//! Countries: ISO 3166-1 alpha-3, as travel documents write them (ICAO 9303 part 3, section 5).

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};

/// A country by its ISO 3166-1 alpha-3 code. Any three capital letters are kept, because the list
/// changes and documents carry codes of their own (for instance `XXA`, a stateless person).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country([u8; 3]);

impl Country {
    /// Haiti.
    pub const HTI: Self = Self(*b"HTI");
    /// Chile.
    pub const CHL: Self = Self(*b"CHL");
    /// Brazil.
    pub const BRA: Self = Self(*b"BRA");
    /// United States of America.
    pub const USA: Self = Self(*b"USA");
    /// Mexico.
    pub const MEX: Self = Self(*b"MEX");
    /// Cuba.
    pub const CUB: Self = Self(*b"CUB");
    /// Bahamas.
    pub const BHS: Self = Self(*b"BHS");
    /// Turks and Caicos Islands.
    pub const TCA: Self = Self(*b"TCA");
    /// Dominican Republic.
    pub const DOM: Self = Self(*b"DOM");

    /// The countries offered first on forms, in this order; any other is typed as its code.
    pub const OFFERED: &'static [Self] = &[
        Self::HTI,
        Self::CHL,
        Self::BRA,
        Self::USA,
        Self::MEX,
        Self::DOM,
        Self::CUB,
        Self::BHS,
        Self::TCA,
    ];

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII capitals, checked when made")
    }
}

/// The text is not three letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a country is written as three letters of ISO 3166-1, for instance HTI")]
pub struct NotACountry;

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| NotACountry)?;
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return Err(NotACountry);
        }
        Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<C> Encode<C> for Country {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Country {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.str()?
            .parse()
            .map_err(|_| decode::Error::message("a country is three letters"))
    }
}
