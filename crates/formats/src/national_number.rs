//! The numbers of Haitian papers that have a published form.
//!
//! - **NIF**, *numéro d'immatriculation fiscale*: ten digits, the last of which guards against slips
//!   (Immigration and Refugee Board of Canada, response HTI102708.FE of 5 March 2008, citing the tax
//!   office and the Canadian embassy).
//! - **NINU**, *numéro d'identification nationale unique*, which takes its place: ten digits (notice of
//!   the Direction de l'Immigration et de l'Émigration of 6 January 2026), made like the NIF.
//!
//! How the last digit is reckoned is not published, so it is not checked here. Nor is anything read out
//! of the numbers of older identity cards, of which we found no published form.

/// How many digits a NIF or NINU has.
pub const DIGITS: usize = 10;

/// Why a text is no NIF or NINU.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotANumber {
    /// Too many or too few digits.
    #[error("a NIF or NINU has {DIGITS} digits, and this has {0}: look at the card again")]
    Length(usize),
    /// Letters or signs in it.
    #[error("a NIF or NINU has digits only: look at the card again")]
    Sign,
}

/// The digits of a NIF or NINU, however they are grouped.
///
/// ```
/// # use akey_formats as formats;
/// use formats::national_number::{NotANumber, read};
///
/// assert_eq!(read("003-123-456 7"), Ok("0031234567".to_owned()));
/// assert_eq!(read("003-123-456"), Err(NotANumber::Length(9)));
/// assert_eq!(read("OO3-123-456-7"), Err(NotANumber::Sign));
/// ```
///
/// # Errors
///
/// Where it does not have the published form.
pub fn read(text: &str) -> Result<String, NotANumber> {
    let signs = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/' | '_'));
    let number: String = signs.collect();
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotANumber::Sign);
    }
    if number.len() != DIGITS {
        return Err(NotANumber::Length(number.len()));
    }
    Ok(number)
}

/// Whether a header is about a NIF or NINU.
pub fn is_named_in(header: &str) -> bool {
    let named = |word: &str| {
        ["NIF", "NINU", "CINU"]
            .iter()
            .any(|name| word.eq_ignore_ascii_case(name))
    };
    header.split(|c: char| !c.is_alphanumeric()).any(named)
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, read};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_typed_is_ten_digits_or_refused(text in any::<String>(), close in "[0-9 ./_O-]{8,16}") {
            for text in [text, close] {
                if let Ok(number) = read(&text) {
                    prop_assert!(number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_digit()));
                    prop_assert_eq!(read(&number), Ok(number.clone()));
                }
            }
        }
    }
}
