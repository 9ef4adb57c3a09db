//! Communes of birth: in French, in Kreyòl and as people shorten them.

use crate::lexicon::{hash, mixed};
use crate::normal::tokens;
use crate::sound::key;

/// Kreyòl names and short forms that do not sound like the French, and the French. Kreyòl names as the
/// Kreyòl Wikipedia and the communes themselves write them.
const OTHERWISE: &[(&str, &str)] = &[
    ("pap", "port au prince"),
    ("p au p", "port au prince"),
    ("potoprens", "port au prince"),
    ("kafou", "carrefour"),
    ("okap", "cap haitien"),
    ("kap ayisyen", "cap haitien"),
    ("le cap", "cap haitien"),
    ("okay", "cayes"),
    ("aux cayes", "cayes"),
    ("les cayes", "cayes"),
    ("les gonaives", "gonaives"),
    ("sen mak", "saint marc"),
    ("kwadeboukè", "croix des bouquets"),
    ("kwadebouke", "croix des bouquets"),
    ("kwa de bouke", "croix des bouquets"),
    ("podepe", "port de paix"),
    ("pòdpè", "port de paix"),
    ("ench", "hinche"),
    ("ti gwav", "petit goave"),
    ("gran gwav", "grand goave"),
    ("site soley", "cite soleil"),
    ("mibale", "mirebalais"),
    ("folibete", "fort liberte"),
    ("wanament", "ouanaminthe"),
    ("petyonvil", "petion ville"),
    ("latibonit", "artibonite"),
    ("gwo mon", "gros morne"),
    ("ansagale", "anse a galets"),
    ("janrabel", "jean rabel"),
];

/// A place as a number; 0 for none. What sounds alike is one.
pub(crate) fn read(text: &str) -> u32 {
    let written = tokens(text).join(" ");
    if written.is_empty() {
        return 0;
    }
    let usual = OTHERWISE.iter().find(|(other, _)| *other == written);
    let usual = usual.map_or(written.as_str(), |(_, usual)| usual);
    mixed(usual.split(' ').map(|token| hash(&key(token))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_is_one_however_it_is_called() {
        for names in [
            ["Port-au-Prince", "Pòtoprens", "PAP"],
            ["Cap-Haïtien", "Okap", "cap haitien"],
            ["Les Cayes", "Okay", "Cayes"],
            ["Jacmel", "Jakmèl", "JACMEL"],
            ["Saint-Marc", "Sen Mak", "St Marc"],
        ] {
            assert!(
                names.iter().all(|name| read(name) == read(names[0])),
                "{names:?}"
            );
        }
        assert_ne!(read("Jacmel"), read("Jérémie"));
        assert_eq!(read(" . "), 0);
    }
}
