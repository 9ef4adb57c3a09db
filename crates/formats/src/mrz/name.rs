//! Names in a zone: one separator between names, two between family and given names, and letters as
//! the standard writes those that are not A to Z (ICAO 9303-3, 4.6 and 6.A).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Names as a zone has them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// The primary identifier: the family name.
    pub family: String,
    /// The secondary identifier: given names.
    pub given: String,
    /// They fill the field to its end, so that more may have been left out.
    pub truncated: bool,
}

/// Divides a field of names.
pub fn read(field: &str) -> Names {
    let filled = field.trim_end_matches('<');
    let words = |text: &str| {
        let words: Vec<&str> = text.split('<').filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let (family, given) = filled.split_once("<<").unwrap_or((filled, ""));
    Names {
        family: words(family),
        given: words(given),
        truncated: !field.is_empty() && filled.len() == field.len(),
    }
}

/// Writes names into a field of a width. Where they are too long, the given names are shortened
/// first, then the family name, of which room is left for one letter of the given names (ICAO 9303-3,
/// 4.6: names are shortened, and neither identifier is left out).
pub fn write(family: &str, given: &str, width: usize) -> String {
    let (mut family, mut given) = (plain(family), plain(given));
    let separators = if given.is_empty() { 0 } else { 2 };
    let room = width.saturating_sub(separators + usize::from(separators > 0));
    family.truncate(room);
    let family_end = family.trim_end_matches('<').len();
    family.truncate(family_end);
    given = shortened(&given, width.saturating_sub(family.len() + separators));
    let mut field = family;
    if !given.is_empty() {
        field.push_str("<<");
        field.push_str(&given);
    }
    while field.len() < width {
        field.push('<');
    }
    field
}

/// Names cut to a width, with a letter at the end, which shows that they were cut.
fn shortened(names: &str, width: usize) -> String {
    let mut cut = names.to_owned();
    cut.truncate(width);
    if cut.len() < names.len() && cut.ends_with('<') {
        // One letter less of the name before makes room for the first of the next.
        cut.truncate(cut.len().saturating_sub(2));
        // A name of one letter cannot lose any.
        if cut.is_empty() || cut.ends_with('<') {
            return names[..width - 1].to_owned();
        }
        cut.push('<');
        cut.push_str(&names[width..=width]);
    }
    cut
}

/// A to Z and separators: apostrophes and full stops are left out, hyphens and spaces separate.
pub fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfc() {
        match c {
            '\'' | '’' | '.' | '‘' | '`' => {}
            c if c.is_ascii_alphabetic() => plain.push(c.to_ascii_uppercase()),
            c if !c.is_alphabetic() && !is_combining_mark(c) => {
                if !plain.is_empty() && !plain.ends_with('<') {
                    plain.push('<');
                }
            }
            c => letter(c, &mut plain),
        }
    }
    let end = plain.trim_end_matches('<').len();
    plain.truncate(end);
    plain
}

/// Letters with a writing of their own in the standard's table; others lose their accent.
fn letter(c: char, out: &mut String) {
    let upper = c.to_uppercase().next().unwrap_or(c);
    out.push_str(match upper {
        'Ä' | 'Æ' => "AE",
        'Å' => "AA",
        'Ö' | 'Ø' | 'Œ' => "OE",
        'Ü' => "UE",
        'Þ' => "TH",
        'Ð' | 'Đ' => "D",
        'Ł' => "L",
        'Ŧ' => "T",
        'Ħ' => "H",
        'Ŋ' => "N",
        'ı' => "I",
        'ß' | 'ẞ' => "SS",
        _ if c == 'ß' => "SS",
        _ => {
            let base = upper.nfkd().filter(char::is_ascii_alphabetic);
            out.extend(base.map(|c| c.to_ascii_uppercase()));
            return;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_divided_as_the_standard_shows() {
        let of = |field: &str| {
            let names = read(field);
            (names.family, names.given, names.truncated)
        };
        let named = |family: &str, given: &str| (family.to_owned(), given.to_owned(), false);
        assert_eq!(
            of("ERIKSSON<<ANNA<MARIA<<<<<<"),
            named("ERIKSSON", "ANNA MARIA")
        );
        assert_eq!(of("ARKFREITH<<<<<<<<"), named("ARKFREITH", ""));
        assert_eq!(
            of("VAN<DER<MUELLEN<<LARS<PIETER<<"),
            named("VAN DER MUELLEN", "LARS PIETER")
        );
        assert!(read("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K").truncated);
    }

    #[test]
    fn letters_are_written_as_in_the_table() {
        for (name, plain_name) in [
            ("D'Artagnan", "DARTAGNAN"),
            ("Jean-Baptiste", "JEAN<BAPTISTE"),
            ("Rosemène", "ROSEMENE"),
            ("Müller Ångström", "MUELLER<AANGSTROEM"),
            ("Nuñez Ça", "NUNEZ<CA"),
            ("Strauß Þór", "STRAUSS<THOR"),
            ("St. Ana", "ST<ANA"),
        ] {
            assert_eq!(plain(name), plain_name, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn a_field_has_its_width_and_both_names(
            family in "[A-Za-zÀ-ÿ' -]{1,60}",
            given in "[A-Za-zÀ-ÿ' -]{0,60}",
            width in prop::sample::select(vec![30_usize, 31, 39]),
        ) {
            let field = write(&family, &given, width);
            prop_assert_eq!(field.len(), width);
            prop_assert!(field.bytes().all(|byte| byte == b'<' || byte.is_ascii_uppercase()));
            let names = read(&field);
            let (whole_family, whole_given) = (plain(&family), plain(&given));
            if !whole_family.is_empty() {
                prop_assert!(whole_family.replace('<', " ").starts_with(&names.family));
                prop_assert_eq!(names.given.is_empty(), whole_given.is_empty());
                let words = |text: &str| text.split([' ', '<']).map(str::to_owned).collect::<Vec<_>>();
                let (kept, whole) = (words(&names.given), words(&whole_given));
                prop_assert!(kept.iter().zip(&whole).all(|(kept, whole)| whole.starts_with(kept)));
                prop_assert!(names.truncated || kept == whole || kept.last().is_some_and(|last| last.len() == 1));
            }
        }
    }
}
