//! The message out of what it travelled in: mail headers and footers, lines quoted with `>`,
//! quoted-printable, telex (Type B) addresses, UTF-16. What is left keeps its place in the file, so
//! that a problem can name the byte where a person finds it.

use std::borrow::Cow;

use super::attached;
use crate::manifest::utf16;

/// How much of a file is looked through for the beginning of a message.
const SEARCHED_BYTES: usize = 256 * 1024;

/// The bytes of a file as the message has them.
pub struct Plain<'a> {
    /// The bytes, in an encoding that keeps ASCII.
    pub bytes: Cow<'a, [u8]>,
    /// Where stretches begin, here and in the file, in order. Empty where nothing was taken out.
    moved: Vec<(usize, usize)>,
    /// The file was UTF-16, and the bytes are UTF-8 now.
    was_utf16: bool,
}

impl<'a> Plain<'a> {
    /// Takes a message out of what it travelled in.
    pub fn of(file: &'a [u8]) -> Self {
        if let Some(encoding) = utf16(file) {
            let text = encoding.decode(file).0.into_owned();
            return Self {
                bytes: Cow::Owned(text.into_bytes()),
                moved: Vec::new(),
                was_utf16: true,
            };
        }
        let mut plain = Self {
            bytes: Cow::Borrowed(file),
            moved: Vec::new(),
            was_utf16: false,
        };
        if is_quoted(&plain.bytes) {
            plain.rewrite(unquoted);
        }
        if is_quoted_printable(&plain.bytes) {
            plain.rewrite(from_quoted_printable);
        }
        if start(&plain.bytes).is_none()
            && let Some(part) = attached::first(file, |bytes| start(bytes).is_some())
        {
            // Places behind the first byte are near, not exact: four bytes stand for three.
            plain.bytes = Cow::Owned(part.bytes);
            plain.moved = vec![(0, part.from)];
        }
        plain
    }

    /// The place in the file of a place here, in bytes from 0.
    pub fn place(&self, here: usize) -> usize {
        if self.was_utf16 {
            // Behind the byte order mark, where all before is ASCII, as messages are but for names.
            return 2 + 2 * here;
        }
        let after = self.moved.partition_point(|(start, _)| *start <= here);
        match after.checked_sub(1).map(|before| self.moved[before]) {
            Some((start, in_file)) => in_file + (here - start),
            None => here,
        }
    }

    fn rewrite(&mut self, how: impl Fn(&[u8], &mut Rewritten)) {
        let mut rewritten = Rewritten::default();
        how(&self.bytes, &mut rewritten);
        let moved = rewritten
            .moved
            .iter()
            .map(|(start, before)| (*start, self.place(*before)))
            .collect();
        self.bytes = Cow::Owned(rewritten.bytes);
        self.moved = moved;
    }
}

/// Bytes that were kept, and where stretches of them began.
#[derive(Default)]
struct Rewritten {
    bytes: Vec<u8>,
    moved: Vec<(usize, usize)>,
}

impl Rewritten {
    fn keep(&mut self, bytes: &[u8], from: usize) {
        if bytes.is_empty() {
            return;
        }
        let here = self.bytes.len();
        let follows = self.moved.last().map_or(here == from, |(start, before)| {
            before + (here - start) == from
        });
        if !follows {
            self.moved.push((here, from));
        }
        self.bytes.extend_from_slice(bytes);
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(move |line| {
            let from = at;
            at += line.len();
            (from, line)
        })
}

/// Whether the lines of the message were quoted by a mail program: from the one that begins it, most
/// begin with `>`.
fn is_quoted(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SEARCHED_BYTES)];
    let begins = |line: &[u8]| {
        let line = line.trim_ascii_start();
        let inner = line.strip_prefix(b">").map(<[u8]>::trim_ascii_start);
        inner.is_some_and(|inner| inner.starts_with(b"UNA") || inner.starts_with(b"UNB"))
    };
    lines(head).any(|(_, line)| begins(line))
}

fn unquoted(bytes: &[u8], out: &mut Rewritten) {
    for (from, line) in lines(bytes) {
        let marks = line
            .iter()
            .take_while(|byte| matches!(**byte, b'>' | b' '))
            .count();
        let marks = if line[..marks].contains(&b'>') {
            marks
        } else {
            0
        };
        out.keep(&line[marks..], from + marks);
    }
}

/// RFC 2045, 6.7: where a header says so, or where every `=` is an escape and one ends a line.
fn is_quoted_printable(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SEARCHED_BYTES)];
    let word = b"quoted-printable";
    if head
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word))
    {
        return true;
    }
    let (mut escapes, mut breaks) = (0, 0);
    for (place, _) in head.iter().enumerate().filter(|(_, byte)| **byte == b'=') {
        match (head.get(place + 1), head.get(place + 2)) {
            (Some(b'\n'), _) | (Some(b'\r'), Some(b'\n')) => breaks += 1,
            (Some(first), Some(second)) if hex(*first, *second).is_some() => escapes += 1,
            (None, _) | (_, None) => {}
            _ => return false,
        }
    }
    // A telex ends its text with one `=` alone on a line.
    breaks > 1 || breaks == 1 && escapes > 0
}

fn hex(first: u8, second: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(first)? * 16 + digit(second)?).ok()
}

fn from_quoted_printable(bytes: &[u8], out: &mut Rewritten) {
    let mut at = 0;
    while let Some(plain) = bytes[at..].iter().position(|byte| *byte == b'=') {
        out.keep(&bytes[at..at + plain], at);
        at += plain;
        let rest = &bytes[at + 1..];
        let broken = rest
            .iter()
            .take_while(|byte| matches!(**byte, b' ' | b'\t'))
            .count();
        match &rest[broken..] {
            [b'\r', b'\n', ..] => at += broken + 3,
            [b'\n', ..] => at += broken + 2,
            _ => {
                let escaped = rest.first().zip(rest.get(1));
                let byte = escaped.and_then(|(first, second)| hex(*first, *second));
                out.keep(&[byte.unwrap_or(b'=')], at);
                at += if byte.is_some() { 3 } else { 1 };
            }
        }
    }
    out.keep(&bytes[at..], at);
}

/// Whether a file holds an EDIFACT interchange or message anywhere near its beginning. Line breaks
/// may stand even inside the tags.
pub fn is_edifact(file: &[u8]) -> bool {
    let head = &file[..file.len().min(SEARCHED_BYTES)];
    if !may_be_edifact(head) {
        return false;
    }
    start(&Plain::of(head).bytes).is_some()
}

/// What every message has one of, and hardly any spreadsheet: a service tag, one broken over two
/// lines, or the encoding that hides it. Looking closer would cost every other file some milliseconds.
fn may_be_edifact(head: &[u8]) -> bool {
    let tag = |bytes: &[u8]| {
        matches!(
            bytes,
            [b'U', b'N', b'A' | b'B' | b'H' | b'\r' | b'\n' | b'=' | 0]
                | [b'U', b'\r' | b'\n' | b'=' | 0, _]
        )
    };
    let encoding = b"ransfer-";
    head.windows(3).any(tag) || head.windows(encoding.len()).any(|bytes| bytes == encoding)
}

/// The first place where a service string advice, an interchange or a message of passengers begins.
/// Line breaks may stand even inside its tag.
pub fn start(bytes: &[u8]) -> Option<usize> {
    let may_begin = |pair: &[u8]| matches!(pair, [b'U', b'N' | b'\r' | b'\n']);
    let mut places = bytes.windows(2).enumerate();
    places.find_map(|(place, pair)| {
        (may_begin(pair) && begins_message(&bytes[place..])).then_some(place)
    })
}

fn begins_message(bytes: &[u8]) -> bool {
    // Enough for a header of a message that still names its kind.
    let flat = without_breaks(bytes, 44);
    let [b'U', b'N', letter, separator, rest @ ..] = &flat[..] else {
        return false;
    };
    if separator.is_ascii_alphanumeric() {
        return false;
    }
    match letter {
        // Five or six characters, and the interchange.
        b'A' => (4..12).any(|from| {
            let behind = rest.get(from..);
            behind.is_some_and(|behind| behind.starts_with(b"UNB"))
        }),
        // Every syntax identifier of four letters, though carriers use others than UNOA to UNOY.
        b'B' => rest.split_at_checked(4).is_some_and(|(syntax, behind)| {
            let ends = |byte: &u8| !byte.is_ascii_alphanumeric();
            syntax.iter().all(u8::is_ascii_uppercase) && behind.first().is_some_and(ends)
        }),
        b'H' => rest.windows(6).any(|kind| kind == b"PAXLST"),
        _ => false,
    }
}

fn without_breaks(bytes: &[u8], most: usize) -> Vec<u8> {
    bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_is_recognised_in_what_it_travels_in() {
        for file in [
            "UNA:+.? 'UNB+UNOA:4+DM:ZZ+HT+210919:1200+1'",
            "From: a@b\r\nSubject: list\r\n\r\nUNB+UNOA:4+DM'",
            "\u{1}QN PAPXXXX\r\n.MIADMXX 191200\r\nUN\r\nB+UNO\r\nC:3+DM'",
            "> UNA:+.? '\n> UNB+UNOA:4+DM'",
            "UNH+1+PAXLST:D:02B:UN:IATA'",
            "UNB+SIRE:4+CA+NIAC\"",
            "UNB\u{1d}UNOB\u{1f}4\u{1d}DM\u{1c}",
        ] {
            assert!(is_edifact(file.as_bytes()), "{file:?}");
        }
        for file in [
            "Nom;Prénom\nUNA;UNB\n",
            "UNBEATEN;PAXLST",
            "Name,Unit\nDemo,UNH\n",
            "",
        ] {
            assert!(!is_edifact(file.as_bytes()), "{file:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let file =
            b"Content-Transfer-Encoding: quoted-printable\n\nUNA:+.? 'UNB=2BUNOA:4+=\nDM'NAD";
        let plain = Plain::of(file);
        let find =
            |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).position(|w| w == text).unwrap();
        assert_eq!(plain.place(find(&plain.bytes, b"NAD")), find(file, b"NAD"));
        assert_eq!(plain.place(find(&plain.bytes, b"UNA")), find(file, b"UNA"));
    }

    #[test]
    fn a_tag_broken_over_two_lines_begins_the_message_and_no_attached_part_is_looked_for() {
        let mut file = b"base64\n\nVU5CK1VOT0E6NA==\n--edge\nUN\r\nB+UNO\r\nA:4+DM'".to_vec();
        assert_eq!(start(&file), Some(32));
        assert!(matches!(Plain::of(&file).bytes, Cow::Borrowed(_)));
        file.truncate(32);
        let attached = Plain::of(&file).bytes;
        assert!(attached.starts_with(b"UNB+UNOA:4"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[>= \nA-F0-9UNB+:]{0,80}") {
            for file in [&bytes[..], text.as_bytes()] {
                let plain = Plain::of(file);
                for here in 0..plain.bytes.len() {
                    prop_assert!(plain.was_utf16 || plain.place(here) < file.len());
                }
                let _ = is_edifact(file);
            }
        }

        #[test]
        fn quoting_takes_nothing_away(body in "[A-Z+:?' ]{0,60}(\n[A-Z+:?']{1,40}){0,4}") {
            let message = format!("UNB+UNOA:4+{body}");
            let quoted: Vec<String> = message.lines().map(|line| format!("> {line}")).collect();
            let plain = Plain::of(quoted.join("\n").as_bytes()).bytes.into_owned();
            prop_assert_eq!(String::from_utf8(plain).unwrap().replace(' ', ""), message.replace(' ', ""));
        }
    }
}
