//! Names as tokens: without accents, hyphens and capitals, abbreviations written out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name looked at, in letters: what is longer is no name.
pub(crate) const LETTERS_MAX: usize = 120;
/// Most tokens of a name: what comes behind is left out of account.
pub(crate) const TOKENS_MAX: usize = 8;

/// Abbreviations and what they stand for, as written in Haiti.
const ABBREVIATED: &[(&str, &str)] = &[
    ("jn", "jean"),
    ("jh", "joseph"),
    ("jph", "joseph"),
    ("bte", "baptiste"),
    ("bapt", "baptiste"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("sen", "saint"),
    ("sent", "sainte"),
    ("frs", "francois"),
    ("chs", "charles"),
    ("pre", "pierre"),
    ("pr", "pierre"),
    ("mme", "madame"),
];

/// The tokens of a name, in their order: lower-case letters without accents. `JnBaptiste`, `Jean-Baptiste`
/// and `Jn. Baptiste` are `jean`, `baptiste`. What is written in another script stays as it is.
pub fn tokens(name: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut before_is_lower = false;
    for letter in name.chars().take(LETTERS_MAX) {
        // Two words that were run together are told apart by the capital.
        let begins = letter.is_uppercase() && before_is_lower;
        if begins || !letter.is_alphanumeric() && letter != '\'' && letter != '’' {
            finish(&mut tokens, &mut token);
        }
        before_is_lower = letter.is_lowercase();
        if letter.is_alphanumeric() {
            token.push(letter);
        }
    }
    finish(&mut tokens, &mut token);
    tokens
}

fn finish(tokens: &mut Vec<String>, token: &mut String) {
    let plain = plain(token);
    token.clear();
    // A mark without a letter under it is no token.
    if plain.is_empty() || tokens.len() == TOKENS_MAX {
        return;
    }
    let whole = ABBREVIATED.iter().find(|(short, _)| *short == plain);
    tokens.push(whole.map_or(plain, |(_, whole)| (*whole).to_owned()));
}

/// Lower-case letters without accents; ligatures as two letters.
fn plain(token: &str) -> String {
    // Some signs are letters only until they are taken apart: of "🄁" the comma goes.
    let decomposed = token
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && letter.is_alphanumeric());
    let lower = decomposed.flat_map(char::to_lowercase);
    lower
        .collect::<String>()
        .replace('œ', "oe")
        .replace('æ', "ae")
}

/// The last eight digits of a telephone number and one more, so that none is 0: the country's code, written or
/// not, does not tell two apart. 0 for fewer than four digits.
pub fn digits(text: &str) -> u32 {
    let digits = text.chars().filter_map(|sign| sign.to_digit(10)).take(64);
    let (number, many) = digits.fold((0, 0), |(number, many), digit| {
        (number % 10_000_000 * 10 + digit, many + 1)
    });
    // One digit over and over stands for none.
    let is_filler = number % 11_111_111 == 0;
    if many < 4 || is_filler { 0 } else { number + 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_name_is_the_same_tokens_however_it_is_written() {
        for name in [
            "Jean-Baptiste",
            "Jn Baptiste",
            "JnBaptiste",
            "JEAN  BAPTISTE",
            "Jn-Bte",
            "Jn. Bte",
        ] {
            assert_eq!(tokens(name), ["jean", "baptiste"], "{name}");
        }
        assert_eq!(tokens("Étienne"), ["etienne"]);
        assert_eq!(tokens("St-Fleur"), ["saint", "fleur"]);
        assert_eq!(tokens("D’Haïti Jolicœur"), ["dhaiti", "jolicoeur"]);
        assert!(tokens(" - . ").is_empty());
        assert_eq!(tokens("Demo🄁"), ["demo0"]);
    }

    #[test]
    fn a_telephone_is_the_same_with_and_without_its_country() {
        assert_eq!(digits("+509 37-00-11-22"), digits("37001122"));
        assert_ne!(digits("37001122"), digits("37001123"));
        assert_eq!(digits("n/a 1"), 0);
        assert_eq!(digits("99999999"), 0);
        assert_eq!(digits("0000 0000"), 0);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_takes_long_or_stops(name in ".{0,300}") {
            let tokens = tokens(&name);
            prop_assert!(tokens.len() <= TOKENS_MAX);
            prop_assert!(tokens.iter().all(|token| !token.is_empty()));
            let signs = tokens.iter().flat_map(|token| token.chars());
            prop_assert!(signs.into_iter().all(char::is_alphanumeric));
        }
    }
}
