//! Names that must not stand in words for the public: roads of which danger is known, stores, shelters,
//! offices. What is said in public of danger stays above the level of departments (row S7 of the design).

use register::Register;

use crate::error::ReportError;

/// Shortest part of a name that is looked for: shorter ones are parts of other words.
const LETTERS_MIN: usize = 3;

/// The names there are now, each as it stands on record, with what is looked for in lower case.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn discreet(register: &Register<'_>) -> Result<Vec<String>, ReportError> {
    let access = register.danger()?.access.into_iter();
    let mut names: Vec<_> = access.filter_map(|access| access.road).collect();
    let sites = register.sites()?.into_iter();
    names.extend(
        sites
            .filter(|site| !site.is_shown_in_public())
            .map(|site| site.name),
    );
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// The first of some names that stands in words, whole or one of its parts between commas, as words of
/// its own, whatever the capitals.
pub fn named<'a>(words: &str, names: &'a [String]) -> Option<&'a str> {
    let words = words.to_lowercase();
    let parts = names.iter().flat_map(|name| name.split(','));
    parts
        .map(str::trim)
        .filter(|part| part.chars().count() >= LETTERS_MIN)
        .find(|part| stands_in(&part.to_lowercase(), &words))
}

fn stands_in(part: &str, words: &str) -> bool {
    words.match_indices(part).any(|(at, found)| {
        let before = words[..at].chars().next_back();
        let after = words[at + found.len()..].chars().next();
        let ends = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        ends(before) && ends(after)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_road_is_found_by_each_of_its_names_and_not_inside_another_word() {
        let names = ["RN2, Martissant".to_owned(), "Pon".to_owned()];
        assert_eq!(
            named("They drove by martissant at night.", &names),
            Some("Martissant")
        );
        assert_eq!(named("(RN2)", &names), Some("RN2"));
        assert_eq!(named("RN21 and the pond", &names), None);
        assert_eq!(named("sou pon an", &names), Some("Pon"));
    }

    proptest! {
        #[test]
        fn any_words_can_be_looked_through(words in ".{0,60}", name in ".{0,20}") {
            let names = [name];
            if let Some(found) = named(&words, &names) {
                prop_assert!(words.to_lowercase().contains(&found.to_lowercase()));
            }
        }
    }
}
