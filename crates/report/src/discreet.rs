//! Names that must not stand in words for the public: roads of which danger is known, stores, shelters,
//! offices. What is said in public of danger stays above the level of departments (row S7 of the design).

use domain::{one_spaced, stands_whole};
use register::Register;

use crate::error::ReportError;

/// Shortest part of a name that is looked for: shorter ones are parts of other words.
const LETTERS_MIN: usize = 3;

/// What is looked for now: of roads each of their names between commas, of sites the whole name and its
/// first part, because what stands behind a comma is the town.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn discreet(register: &Register<'_>) -> Result<Vec<String>, ReportError> {
    let access = register.danger()?.access.into_iter();
    let roads: Vec<String> = access.filter_map(|access| access.road).collect();
    let sites = register.sites()?.into_iter();
    let sites: Vec<String> = sites
        .filter(|site| !site.is_shown_in_public())
        .map(|site| site.name)
        .collect();
    let parts = roads.iter().flat_map(|road| road.split(','));
    let of_sites = sites
        .iter()
        .flat_map(|name| [name.as_str(), first_part(name)]);
    let mut names: Vec<String> = parts.chain(of_sites).map(one_spaced).collect();
    names.retain(|name| name.chars().count() >= LETTERS_MIN);
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

fn first_part(name: &str) -> &str {
    name.split(',').next().unwrap_or_default()
}

/// The first of some names that stands in words, as words of its own, whatever the capitals.
pub fn named<'a>(words: &str, names: &'a [String]) -> Option<&'a str> {
    let words = one_spaced(words).to_lowercase();
    let mut names = names.iter().map(String::as_str);
    names.find(|name| stands_whole(&name.to_lowercase(), &words))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_road_is_found_by_each_of_its_names_and_not_inside_another_word() {
        let names = [
            "RN2".to_owned(),
            "Martissant".to_owned(),
            "Pon".to_owned(),
            "north of the capital".to_owned(),
        ];
        assert_eq!(
            named("on the road north of\n the  Capital", &names),
            Some("north of the capital")
        );
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
