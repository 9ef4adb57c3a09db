//! A message that is attached to a saved mail and encoded in base64 (RFC 2045, 6.8): each encoded part
//! is decoded, and the first that holds a message is taken.

/// Longest line of encoded bytes that is followed, in bytes; the standard says 76.
const LINE_BYTES_MAX: usize = 1_000;

/// A decoded part and where its encoding begins in the file.
pub struct Attached {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where its first encoded byte stands.
    pub from: usize,
}

/// The first encoded part of a mail that satisfies a condition. No part is decoded twice, however often
/// the encoding is named before it: the work grows as the mail does.
pub fn first(mail: &[u8], holds: impl Fn(&[u8]) -> bool) -> Option<Attached> {
    let word = b"base64";
    let mut at = 0;
    while let Some(found) = mail[at..]
        .windows(word.len())
        .position(|w| w.eq_ignore_ascii_case(word))
    {
        at += found + word.len();
        let from = behind_blank_line(mail, at)?;
        let part = decoded(&mail[from..]);
        if holds(&part.bytes) {
            let bytes = part.bytes;
            return Some(Attached { bytes, from });
        }
        // Whatever names the encoding before this place means the part that was just decoded.
        at = from + part.read;
    }
    None
}

/// The place behind the blank line that ends the headers of a part.
fn behind_blank_line(mail: &[u8], from: usize) -> Option<usize> {
    let mut line_is_blank = false;
    for (place, byte) in mail.iter().enumerate().skip(from) {
        match byte {
            b'\n' if line_is_blank => return Some(place + 1),
            b'\n' => line_is_blank = true,
            b'\r' | b' ' | b'\t' => {}
            _ => line_is_blank = false,
        }
    }
    None
}

/// What lines of encoded bytes stand for.
struct Decoded {
    bytes: Vec<u8>,
    /// How many bytes the lines have.
    read: usize,
}

/// The bytes up to the first line that is not encoded.
fn decoded(encoded: &[u8]) -> Decoded {
    let mut bytes = Vec::new();
    let (mut bits, mut held, mut read) = (0_u32, 0, 0);
    for whole in encoded.split_inclusive(|byte| *byte == b'\n') {
        let line = whole.trim_ascii();
        let is_encoded = |byte: &u8| value(*byte).is_some() || *byte == b'=';
        if line.len() > LINE_BYTES_MAX || line.is_empty() || !line.iter().all(is_encoded) {
            break;
        }
        read += whole.len();
        for six in line.iter().filter_map(|byte| value(*byte)) {
            bits = bits << 6 | six;
            held += 6;
            if held >= 8 {
                held -= 8;
                bytes.push(u8::try_from(bits >> held & 0xFF).expect("eight bits"));
            }
        }
    }
    Decoded { bytes, read }
}

const fn value(byte: u8) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    } as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_part_is_found_and_ends_with_its_lines() {
        let mail = b"Content-Transfer-Encoding: BASE64\r\nContent-Type: text/plain\r\n\r\nVU5CK1VO\r\nT0E6NA==\r\n--edge--\r\n";
        let found = first(mail, |bytes| bytes.starts_with(b"UNB")).unwrap();
        assert_eq!(found.bytes, b"UNB+UNOA:4");
        assert_eq!(&mail[found.from..found.from + 4], b"VU5C");
        assert!(first(mail, |_| false).is_none());
        assert!(first(b"base64", |_| true).is_none());
    }

    #[test]
    fn no_part_is_decoded_twice_however_often_the_encoding_is_named() {
        let body = "VU5CK1VO\n".repeat(100);
        for times in [1, 1_000] {
            let part = format!("{}\n\n{body}--edge\n", "base64 ".repeat(times));
            let decoded = std::cell::RefCell::new(Vec::new());
            let none = first(part.repeat(2).as_bytes(), |bytes| {
                decoded.borrow_mut().push(bytes.len());
                false
            });
            assert!(none.is_none());
            assert_eq!(decoded.into_inner(), [600, 600], "named {times} times");
        }
    }

    #[test]
    fn the_part_behind_one_that_holds_nothing_is_found() {
        let mail = b"base64\n\nVU5C\n--edge\nbase64\n\nVU5C\nVU5C\n";
        let found = first(mail, |bytes| bytes.len() == 6).unwrap();
        assert_eq!(found.bytes, b"UNBUNB");
    }
}
