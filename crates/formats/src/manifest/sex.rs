//! Sex as lists write it, in four languages. The letter M alone means *masculin*, *male*,
//! *masculino* or *mujer*: the other letters of the column decide.

use domain::{Sex, fold_name};

/// What M and H stand for in one file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Convention {
    /// M male, F female; H *homme* or *hombre*.
    MaleFemale,
    /// H *hombre*, M *mujer*.
    HombreMujer,
}

/// The convention of a column and whether anything in the column shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The convention.
    pub convention: Convention,
    /// It had to be assumed.
    pub assumed: bool,
}

/// The convention that the cells of a column show. H beside M and never F is *hombre* and *mujer*;
/// M alone under a Spanish header could be either and is taken as male.
pub fn convention<'a>(header: &str, cells: impl Iterator<Item = &'a str>) -> Shown {
    let (mut f, mut h, mut m) = (false, false, false);
    for cell in cells {
        match cell.trim().trim_end_matches('.') {
            "F" | "f" => f = true,
            "H" | "h" => h = true,
            "M" | "m" => m = true,
            _ => {}
        }
    }
    let spanish = matches!(fold_name(header).as_str(), "sexo" | "genero");
    if h && m && !f {
        Shown {
            convention: Convention::HombreMujer,
            assumed: false,
        }
    } else {
        Shown {
            convention: Convention::MaleFemale,
            assumed: spanish && m && !f && !h,
        }
    }
}

/// The sex that a text says; nothing inside where it says that it is not known; nothing where it
/// says something else.
#[expect(
    clippy::option_option,
    reason = "not known and not readable are two answers"
)]
pub fn read(text: &str, convention: Convention) -> Option<Option<Sex>> {
    if text.contains('?') {
        // Whoever wrote it doubted it.
        return None;
    }
    let word = fold_name(text);
    let sex = match word.as_str() {
        "m" if convention == Convention::HombreMujer => Sex::F,
        "f" | "fem" | "female" | "femelle" | "feminin" | "feminine" | "femenino" | "femenina"
        | "w" | "woman" | "girl" | "femme" | "fille" | "mujer" | "nina" | "fi" | "fanm"
        | "tifi" => Sex::F,
        "m" | "masc" | "male" | "masculin" | "masculine" | "masculino" | "man" | "boy"
        | "homme" | "garcon" | "hombre" | "nino" | "varon" | "h" | "gason" | "tigason"
        | "maskilen" => Sex::M,
        "x" | "other" | "autre" | "otro" | "lot" | "unspecified" | "non specifie"
        | "no especificado" => Sex::X,
        "u" | "unknown" | "inconnu" | "desconocido" | "enkoni" => return Some(None),
        _ => return None,
    };
    Some(Some(sex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m_is_mujer_beside_h_and_without_f() {
        let shown = |cells: &[&str]| convention("Sexo", cells.iter().copied());
        assert_eq!(shown(&["H", "M", "M"]).convention, Convention::HombreMujer);
        assert_eq!(shown(&["H", "F"]).convention, Convention::MaleFemale);
        assert_eq!(
            shown(&["M", "F"]),
            Shown {
                convention: Convention::MaleFemale,
                assumed: false
            }
        );
        assert_eq!(
            shown(&["M", "M"]),
            Shown {
                convention: Convention::MaleFemale,
                assumed: true
            }
        );
        assert_eq!(read("M", Convention::HombreMujer), Some(Some(Sex::F)));
    }

    #[test]
    fn sex_is_read_in_four_languages() {
        let read = |text| read(text, Convention::MaleFemale);
        for text in [
            "F", "Femme", "female", "Féminin", "Mujer", "FANM", "Fi", "fem.",
        ] {
            assert_eq!(read(text), Some(Some(Sex::F)), "{text}");
        }
        for text in [
            "M",
            "Homme",
            "male",
            "Masculino",
            "Hombre",
            "Gason",
            "H",
            "Garçon",
        ] {
            assert_eq!(read(text), Some(Some(Sex::M)), "{text}");
        }
        assert_eq!(read("X"), Some(Some(Sex::X)));
        assert_eq!(read("inconnu"), Some(None));
        for text in ["1", "?", "X?", "F ?", "Demo"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
