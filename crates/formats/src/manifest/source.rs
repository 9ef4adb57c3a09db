//! What a file is, told from its first bytes and never from its name: people rename files.

use super::error::Foreign;
use crate::paxlst::plain;

/// What can be read here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A workbook of Excel 2007 or later.
    Workbook,
    /// Text with separators.
    Delimited,
    /// A passenger list message.
    Message,
}

/// The kind of a file, or what it is instead.
pub fn kind(bytes: &[u8]) -> Result<Kind, Foreign> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(compound_kind(bytes));
    }
    if plain::is_edifact(bytes) {
        return Ok(Kind::Message);
    }
    let signatures: [(&[u8], Foreign); 10] = [
        (b"%PDF", Foreign::Pdf),
        (b"{\\rtf", Foreign::Word),
        (b"\x89PNG", Foreign::Picture),
        (b"\xFF\xD8\xFF", Foreign::Picture),
        (b"GIF8", Foreign::Picture),
        (b"II*\0", Foreign::Picture),
        (b"MM\0*", Foreign::Picture),
        (b"Rar!", Foreign::Archive),
        (b"7z\xBC\xAF", Foreign::Archive),
        (b"\x1F\x8B", Foreign::Archive),
    ];
    for (signature, foreign) in signatures {
        if bytes.starts_with(signature) {
            return Err(foreign);
        }
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let start = start.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<table")
    {
        return Err(Foreign::WebPage);
    }
    if start.starts_with("<?xml") {
        return Err(Foreign::Xml);
    }
    if looks_binary(bytes) {
        Err(Foreign::Binary)
    } else {
        Ok(Kind::Delimited)
    }
}

/// Zip archives by the names inside, which stand in them as they are. A truncated one may have lost
/// the telling name; then its first part decides, which every writer of workbooks calls alike.
fn zip_kind(bytes: &[u8]) -> Result<Kind, Foreign> {
    let names: [(&[u8], Result<Kind, Foreign>); 8] = [
        (b"xl/workbook.bin", Err(Foreign::BinaryExcel)),
        (b"word/document.xml", Err(Foreign::Word)),
        (
            b"application/vnd.oasis.opendocument",
            Err(Foreign::OpenDocument),
        ),
        (b"xl/workbook.xml", Ok(Kind::Workbook)),
        (b"xl/worksheets/", Ok(Kind::Workbook)),
        (b"xl/", Ok(Kind::Workbook)),
        (b"[Content_Types].xml", Ok(Kind::Workbook)),
        (b"_rels/.rels", Ok(Kind::Workbook)),
    ];
    for (name, kind) in names {
        if bytes.windows(name.len()).any(|window| window == name) {
            return kind;
        }
    }
    Err(Foreign::Archive)
}

/// Compound files hold old Excel, old Word, or a locked new workbook, told by the names of their
/// streams, which are UTF-16 ([MS-CFB], 2.6.1).
fn compound_kind(bytes: &[u8]) -> Foreign {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Foreign::Locked
    } else if holds("WordDocument") {
        Foreign::Word
    } else if holds("Workbook") || holds("Book") {
        Foreign::OldExcel
    } else {
        Foreign::Binary
    }
}

/// Whether bytes are no text in any encoding read here: NUL bytes outside UTF-16, or more than one
/// control character in fifty.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    if utf16(sample).is_some() {
        return false;
    }
    let control = sample
        .iter()
        .filter(|byte| matches!(byte, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
        .count();
    sample.contains(&0) || control * 50 > sample.len()
}

/// UTF-16 by its byte order mark or, without one, by NUL bytes at every other place.
pub fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let nul_at = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = sample.len() / 2;
    // Nine in ten: letters of our four languages all have a NUL as their upper byte.
    match (nul_at(0) * 10 > half * 9, nul_at(1) * 10 > half * 9) {
        (false, true) => Some(encoding_rs::UTF_16LE),
        (true, false) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_content() {
        let compound = |name: &str| {
            let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        let cases: [(&[u8], Result<Kind, Foreign>); 12] = [
            (b"Nom;Prenom", Ok(Kind::Delimited)),
            (b"%PDF-1.7", Err(Foreign::Pdf)),
            (
                b"PK\x03\x04....[Content_Types].xml..xl/workbook.xml",
                Ok(Kind::Workbook),
            ),
            (
                b"PK\x03\x04....[Content_Types].xml..word/document.xml",
                Err(Foreign::Word),
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Err(Foreign::OpenDocument),
            ),
            (b"PK\x03\x04..photos/list.jpg", Err(Foreign::Archive)),
            (b"<html><table>", Err(Foreign::WebPage)),
            (b"<?xml version='1.0'?>", Err(Foreign::Xml)),
            (b"UNB+UNOA:4+", Ok(Kind::Message)),
            (&compound("Workbook"), Err(Foreign::OldExcel)),
            (&compound("EncryptedPackage"), Err(Foreign::Locked)),
            (b"a\0\x01\x02b\0\0\0zz", Err(Foreign::Binary)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
