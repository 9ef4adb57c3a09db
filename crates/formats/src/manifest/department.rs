//! Departments of Haiti as lists write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{PCode, fold_name};

/// Names without accents in French, English, Kreyòl and Spanish, the code of ISO 3166-2:HT, and the
/// chief town of each department, which lists often have in its place.
///
/// The P-codes are those of the Common Operational Dataset for administrative boundaries (COD-AB)
/// of Haiti, OCHA with CNIGS: `HT` and the number of the department in the count of the Institut
/// haïtien de statistique et d'informatique. That count is seen elsewhere too: household surveys list
/// Ouest, Sud-Est, Nord, Nord-Est, Artibonite, Centre, Sud, Grande-Anse, Nord-Ouest in this order
/// (<https://catalog.ihsn.org/catalog/2532/variable/F30/V1806?name=mv024>, of before Nippes was
/// founded in 2003), and the communes' numbers begin with it: 111 Port-au-Prince, 211 Jacmel, 311
/// Cap-Haïtien, 411 Fort-Liberté, 511 Gonaïves, 613 Thomonde, 716 Île-à-Vache, 921 Saint-Louis-du-Nord.
const DEPARTMENTS: [(PCode, &str); 10] = [
    (
        PCode::HT01,
        "ouest, lwes, west, oeste, ou, ht ou, port au prince, potoprens",
    ),
    (
        PCode::HT02,
        "sud est, sides, south east, southeast, sureste, sudeste, se, ht se, jacmel, jakmel",
    ),
    (
        PCode::HT03,
        "nord, north, norte, nd, ht nd, cap haitien, cap haitian, le cap, okap, kap ayisyen, cabo \
        haitiano",
    ),
    (
        PCode::HT04,
        "nord est, nodes, north east, northeast, noreste, nordeste, ne, ht ne, fort liberte, \
        folibete",
    ),
    (
        PCode::HT05,
        "artibonite, lartibonite, latibonit, artibonito, ar, ht ar, gonaives, les gonaives, \
        gonayiv",
    ),
    (
        PCode::HT06,
        "centre, center, central, plateau central, sant, centro, ce, ht ce, hinche, ench",
    ),
    (
        PCode::HT07,
        "sud, sid, south, sur, sd, ht sd, les cayes, cayes, okay",
    ),
    (
        PCode::HT08,
        "grandanse, grande anse, grandeanse, grand anse, grandans, gransans, ga, ht ga, jeremie, \
        jeremi",
    ),
    (
        PCode::HT09,
        "nord ouest, nodwes, north west, northwest, noroeste, ht no, port de paix, podpe",
    ),
    (
        PCode::HT10,
        "nippes, nip, nipes, ni, ht ni, miragoane, miragwan",
    ),
];

static NAMED: LazyLock<HashMap<&str, PCode>> = LazyLock::new(|| {
    let names = DEPARTMENTS
        .iter()
        .flat_map(|(code, names)| names.split(", ").map(move |name| (name, code.clone())));
    names.collect()
});

/// The department that a text names: alone, behind "département de", or beside a town as in
/// "Gonaïves (Artibonite)". Two different departments in one text are none.
pub fn read(text: &str) -> Option<PCode> {
    if let Some(department) = named(text) {
        return Some(department);
    }
    let mut found = text
        .split([',', '/', '(', ')', ';', '–', '—'])
        .filter_map(named);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

fn named(text: &str) -> Option<PCode> {
    // Kreyòl "Nò" is Nord; "NO" without its accent could as well be Nord-Ouest, and is neither.
    if text.trim().to_lowercase() == "nò" {
        return Some(PCode::HT03);
    }
    let folded = fold_name(text);
    let mut words: &str = &folded;
    for prefix in [
        "departement",
        "department",
        "departamento",
        "depatman",
        "dept",
        "dep",
    ] {
        words = words.strip_prefix(prefix).unwrap_or(words).trim_start();
    }
    for prefix in ["de la ", "del ", "de l ", "du ", "de "] {
        words = words.strip_prefix(prefix).unwrap_or(words);
    }
    if let Some(code) = PCode::known(&words.to_ascii_uppercase()) {
        return Some(code);
    }
    NAMED.get(words).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_read_by_code_and_name_in_four_languages() {
        for (text, code) in [
            ("Ouest", PCode::HT01),
            ("Lwès", PCode::HT01),
            ("WEST", PCode::HT01),
            ("HT01", PCode::HT01),
            ("ht-ou", PCode::HT01),
            ("Sud-Est", PCode::HT02),
            ("Nò", PCode::HT03),
            ("Département du Nord", PCode::HT03),
            ("Nòdès", PCode::HT04),
            ("Latibonit", PCode::HT05),
            ("Département de l'Artibonite", PCode::HT05),
            ("Gonaïves (Artibonite)", PCode::HT05),
            ("Sant", PCode::HT06),
            ("Les Cayes, Sud", PCode::HT07),
            ("Grand'Anse", PCode::HT08),
            ("Grande’Anse", PCode::HT08),
            ("Nòdwès", PCode::HT09),
            ("Nord-Ouest", PCode::HT09),
            ("Nippes", PCode::HT10),
        ] {
            assert_eq!(read(text), Some(code), "{text}");
        }
        for text in [
            "",
            "PAP",
            "HT11",
            "Nord / Sud",
            "Santiago",
            "Cap-Haïtien, Ouest",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn each_department_has_names_of_its_own() {
        for (code, names) in DEPARTMENTS {
            assert!(PCode::KNOWN.contains(&code));
            for name in names.split(", ") {
                assert_eq!(
                    DEPARTMENTS
                        .iter()
                        .filter(|(_, names)| names.split(", ").any(|other| other == name))
                        .count(),
                    1,
                    "{name}"
                );
            }
        }
    }
}
