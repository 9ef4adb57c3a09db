//! Segments one after the other (ISO 9735-1): a tag, elements, components. Line breaks may stand
//! anywhere, as telex and mail leave them; the release character makes the next one ordinary.

use encoding_rs::Encoding;

use super::separators::{self, Separators};

/// Longest segment that is read, in bytes; longer ones lack their terminator.
pub const SEGMENT_BYTES_MAX: usize = 8 * 1024;

/// One segment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Segment {
    /// Three capitals or digits; empty where what stands there is no segment.
    pub tag: String,
    /// Its elements behind the tag, each with its components.
    pub elements: Vec<Vec<String>>,
    /// Which of its file it is, counted from 1 without the service string advice.
    pub number: u32,
    /// Where it begins, in bytes of the message.
    pub offset: usize,
    /// It was divided from the next without its terminator, or was too long to be read whole.
    pub torn: bool,
    /// It has bytes that are no ASCII.
    pub beyond_ascii: bool,
}

impl Segment {
    /// A component, blank where it is not there. Elements count from 1, components from 0, as the
    /// directory counts them.
    pub fn get(&self, element: usize, component: usize) -> &str {
        let place = element.checked_sub(1);
        place
            .and_then(|place| self.elements.get(place)?.get(component))
            .map_or("", String::as_str)
    }

    /// The first component of the first element.
    pub fn qualifier(&self) -> &str {
        self.get(1, 0)
    }
}

/// Tags that can follow a line break where a terminator was lost.
const TAGS: [&[u8]; 25] = [
    b"UNG", b"UNH", b"UNT", b"UNE", b"UNZ", b"BGM", b"RFF", b"NAD", b"COM", b"TDT", b"LOC", b"DTM",
    b"ATT", b"MEA", b"GEI", b"FTX", b"NAT", b"DOC", b"CNT", b"EMP", b"CPI", b"QTY", b"CTA", b"UNB",
    b"UNA",
];

/// Cuts bytes into segments. Behind an interchange it looks for the next; what stands between is no
/// part of any.
pub struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
    number: u32,
    /// The characters of the interchange that is being read.
    pub separators: Separators,
    /// How its texts are encoded.
    pub encoding: &'static Encoding,
    /// The last interchange stated other characters than it uses.
    pub differ: bool,
}

impl<'a> Segments<'a> {
    /// From the first interchange or message on; nothing where there is none.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut segments = Self {
            bytes,
            at: 0,
            number: 0,
            separators: Separators::default(),
            encoding: encoding_rs::UTF_8,
            differ: false,
        };
        segments.seek().then_some(segments)
    }

    /// Goes to the next interchange, if there is one.
    pub fn seek(&mut self) -> bool {
        let Some(start) = super::plain::start(&self.bytes[self.at..]) else {
            self.at = self.bytes.len();
            return false;
        };
        let found = separators::find(self.bytes, self.at + start);
        self.separators = found.separators;
        self.differ = found.differ;
        self.at = found.first;
        true
    }

    fn skip_blanks(&mut self) {
        let terminator = self.separators.terminator;
        while let Some(byte) = self.bytes.get(self.at) {
            if *byte == terminator || byte.is_ascii_whitespace() || *byte == 0 {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Whether a segment begins at a place behind a line break.
    fn tag_begins(&self, at: usize) -> bool {
        let tag = self.bytes.get(at..at + 3);
        let behind = self.bytes.get(at + 3);
        tag.is_some_and(|tag| TAGS.contains(&tag)) && behind == Some(&self.separators.element)
    }
}

impl Iterator for Segments<'_> {
    type Item = Segment;

    fn next(&mut self) -> Option<Segment> {
        self.skip_blanks();
        if self.at >= self.bytes.len() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let mut segment = Segment {
            number: self.number,
            offset: self.at,
            ..Segment::default()
        };
        let Separators {
            component,
            element,
            release,
            terminator,
        } = self.separators;
        let mut parts: Vec<Vec<Vec<u8>>> = vec![vec![Vec::new()]];
        let mut length = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            if Some(byte) == release {
                // What it releases may stand on the next line.
                while matches!(self.bytes.get(self.at), Some(b'\r' | b'\n')) && terminator != b'\n'
                {
                    self.at += 1;
                }
                if let Some(&meant) = self.bytes.get(self.at) {
                    push(&mut parts, meant);
                    self.at += 1;
                }
                length += 2;
                continue;
            }
            if byte == terminator {
                break;
            }
            if matches!(byte, b'\r' | b'\n') {
                if self.tag_begins(self.at) {
                    segment.torn = true;
                    break;
                }
                continue;
            }
            length += 1;
            if length > SEGMENT_BYTES_MAX {
                segment.torn = true;
                continue;
            }
            if byte == element {
                parts.push(vec![Vec::new()]);
            } else if byte == component {
                parts.last_mut().expect("never empty").push(Vec::new());
            } else {
                segment.beyond_ascii |= !byte.is_ascii();
                push(&mut parts, byte);
            }
        }
        let mut parts = parts.into_iter();
        let tag = parts.next().and_then(|tag| tag.into_iter().next());
        segment.tag = tag.map_or_else(String::new, |tag| self.text(&tag));
        let is_tag = segment.tag.len() == 3
            && segment
                .tag
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_tag {
            segment.tag.clear();
        }
        segment.elements = parts
            .map(|element| element.iter().map(|part| self.text(part)).collect())
            .collect();
        Some(segment)
    }
}

fn push(parts: &mut [Vec<Vec<u8>>], byte: u8) {
    let part = parts.last_mut().and_then(|element| element.last_mut());
    part.expect("never empty").push(byte);
}

impl Segments<'_> {
    /// A text, in UTF-8 where it is valid, else in the encoding of its interchange.
    fn text(&self, bytes: &[u8]) -> String {
        let text = std::str::from_utf8(bytes).map_or_else(
            |_| self.encoding.decode_without_bom_handling(bytes).0,
            std::borrow::Cow::Borrowed,
        );
        text.trim().to_owned()
    }
}

/// The encoding of a syntax identifier (UN/EDIFACT 0001). Levels A and B are ASCII; what goes beyond
/// it in files that state them is Latin-1 in practice, as in level C.
pub fn encoding(syntax: &str) -> &'static Encoding {
    match syntax {
        "UNOD" => encoding_rs::ISO_8859_2,
        "UNOE" => encoding_rs::ISO_8859_5,
        "UNOF" => encoding_rs::ISO_8859_7,
        "UNOG" => encoding_rs::ISO_8859_3,
        "UNOH" => encoding_rs::ISO_8859_4,
        "UNOI" => encoding_rs::ISO_8859_6,
        "UNOJ" => encoding_rs::ISO_8859_8,
        "UNOK" => encoding_rs::WINDOWS_1254,
        _ => encoding_rs::WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<Segment> {
        Segments::new(text.as_bytes()).map_or_else(Vec::new, Iterator::collect)
    }

    #[test]
    fn elements_and_components_are_counted_as_the_directory_counts_them() {
        let segments = all("UNB+UNOA:4+DM'\r\nNAD+FL+++DEMO?+JEAN:ANA:ROSE'LOC+178+\r\nPAP'");
        assert_eq!(segments.len(), 3);
        let name = &segments[1];
        assert_eq!(
            (name.tag.as_str(), name.number, name.offset),
            ("NAD", 2, 16)
        );
        assert_eq!(
            (name.get(4, 0), name.get(4, 1), name.get(4, 2)),
            ("DEMO+JEAN", "ANA", "ROSE")
        );
        assert_eq!((name.get(9, 0), name.get(0, 0)), ("", ""));
        assert_eq!(segments[2].get(2, 0), "PAP");
    }

    #[test]
    fn a_lost_terminator_before_a_line_break_costs_nothing() {
        let segments = all("UNB+UNOA:4+DM'UNH+1+PAXLST'\nNAD+FL+++DEMO:ANA\nATT+2++F'");
        let tags: Vec<_> = segments
            .iter()
            .map(|segment| segment.tag.as_str())
            .collect();
        assert_eq!(tags, ["UNB", "UNH", "NAD", "ATT"]);
        assert!(segments[2].torn && !segments[3].torn);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn a_line_break_anywhere_changes_no_segment(
            names in proptest::collection::vec("[A-Z]{1,8}[?][+:'?][A-Z]{0,6}", 1..6),
            places in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let mut text = "UNA:+.? 'UNB+UNOA:4+DM'UNH+1+PAXLST:D:02B'".to_owned();
            let first = text.len();
            for name in &names {
                text.push_str("NAD+FL+++");
                text.push_str(name);
                text.push_str(":ANA'");
            }
            let plain = all(&text);
            let mut broken = text.into_bytes();
            for place in places {
                let place = first + place.index(broken.len() - first);
                broken.splice(place..place, *b"\r\n");
            }
            let broken = all(std::str::from_utf8(&broken).unwrap());
            let of = |segments: &[Segment]| segments.iter().map(|segment| (segment.tag.clone(), segment.elements.clone())).collect::<Vec<_>>();
            prop_assert_eq!(of(&plain), of(&broken));
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let file = [b"UNB+UNOA:4+DM'UNH+1+PAXLST'".as_slice(), &bytes].concat();
            prop_assert!(Segments::new(&file).unwrap().count() <= file.len());
        }
    }
}
