//! Documents as lists write them: which kind, and whether a number survived the spreadsheet.

use domain::{Document, DocumentKind, fold_name};

use super::grid::Cell;

/// The kind of document that a text names.
pub fn kind(text: &str) -> Option<DocumentKind> {
    let folded = fold_name(text);
    Some(match folded.as_str() {
        "p" | "pp" | "ppt" | "pass" | "passport" | "passeport" | "pasaporte" | "paspo" => {
            DocumentKind::Passport
        }
        "i"
        | "id"
        | "ci"
        | "cin"
        | "cni"
        | "ninu"
        | "dni"
        | "id card"
        | "identity card"
        | "national id"
        | "national identity card"
        | "carte didentite"
        | "carte didentite nationale"
        | "carte nationale didentite"
        | "carte didentification"
        | "carte didentification nationale"
        | "cedula"
        | "cedula de identidad"
        | "carnet de identidad"
        | "kat idantite"
        | "kat idantifikasyon"
        | "kat didantite" => DocumentKind::IdentityCard,
        "birth certificate"
        | "acte de naissance"
        | "extrait dacte de naissance"
        | "extrait"
        | "certificat de naissance"
        | "acta de nacimiento"
        | "partida de nacimiento"
        | "certificado de nacimiento"
        | "batiste"
        | "ak nesans" => DocumentKind::BirthCertificate,
        "other" | "autre" | "otro" | "lot" | "laissez passer" | "nif" | "salvoconducto" => {
            DocumentKind::Other
        }
        _ => return None,
    })
}

/// A number that stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Numbered {
    /// These characters.
    As(String),
    /// A number whose last digits the spreadsheet dropped.
    Rounded,
}

/// The characters of a document's or telephone's number. A spreadsheet keeps fifteen digits of a
/// number (ISO/IEC 29500-1, 18.17.5.2: IEEE 754 doubles) and writes long ones as `1.23E+15`.
pub fn number(cell: &Cell) -> Numbered {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Numbered::As(format!("{number:.0}"))
        }
        Cell::Number(number) if number.abs() >= 1e15 => Numbered::Rounded,
        Cell::Text(text) if is_scientific(text) => Numbered::Rounded,
        other => Numbered::As(other.shown()),
    }
}

/// `1.23457E+11` or `1,23457E+11`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let Some((whole, part)) = mantissa.split_once(['.', ',']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(part) && exponent.strip_prefix('+').is_some_and(digits)
}

/// The document of a number, unless fewer than three of its characters are letters or digits.
pub fn document(kind: DocumentKind, number: &str) -> Option<Document> {
    let document = Document::new(kind, number, None);
    let known = document.number.chars().count() >= 3 && document.number.contains(char::is_numeric);
    known.then_some(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_in_four_languages() {
        for (text, expected) in [
            ("Passeport", DocumentKind::Passport),
            ("P", DocumentKind::Passport),
            ("Cédula", DocumentKind::IdentityCard),
            ("Carte d'identité", DocumentKind::IdentityCard),
            ("Batistè", DocumentKind::BirthCertificate),
            ("laissez-passer", DocumentKind::Other),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
        assert_eq!(kind("library card"), None);
    }

    #[test]
    fn a_number_the_spreadsheet_rounded_is_not_believed() {
        assert_eq!(
            number(&Cell::Number(123_456_789.0)),
            Numbered::As("123456789".into())
        );
        assert_eq!(
            number(&Cell::Number(1.234_567_890_123_456_7e18)),
            Numbered::Rounded
        );
        assert_eq!(number(&Cell::Text("1.23457E+11".into())), Numbered::Rounded);
        assert_eq!(
            number(&Cell::Text("5E12".into())),
            Numbered::As("5E12".into())
        );
    }
}
