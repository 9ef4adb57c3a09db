//! What stands between the parts of a segment: said by the service string advice (UNA, ISO 9735-1,
//! annex A), else read off the first segments, because carriers leave it out or state another than
//! they use.

/// The characters with a meaning of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Separators {
    /// Between components of an element.
    pub component: u8,
    /// Between elements.
    pub element: u8,
    /// Before a character that is meant as itself; nothing where there is none.
    pub release: Option<u8>,
    /// Behind a segment.
    pub terminator: u8,
}

impl Default for Separators {
    /// Those of levels A and C.
    fn default() -> Self {
        Self {
            component: b':',
            element: b'+',
            release: Some(b'?'),
            terminator: b'\'',
        }
    }
}

/// Where the segments begin and how they are divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// The characters.
    pub separators: Separators,
    /// The place of the first segment behind any service string advice.
    pub first: usize,
    /// The advice is not true: the segments use other characters.
    pub differ: bool,
}

/// Reads the advice at a place, if there is one, and compares it with the segments behind it.
pub fn find(bytes: &[u8], start: usize) -> Found {
    let rest = &bytes[start..];
    let (advised, first) = match rest.strip_prefix(b"UNA") {
        Some(advice) => {
            advised(advice).map_or((None, 3), |(advised, length)| (Some(advised), 3 + length))
        }
        None => (None, 0),
    };
    let segments = &rest[first.min(rest.len())..];
    let seen = seen(segments, advised.unwrap_or_default());
    let separators = seen.or(advised).unwrap_or_default();
    Found {
        separators,
        first: start + first,
        differ: advised.is_some_and(|advised| advised != separators),
    }
}

/// Six characters: component, element, decimal mark, release, reserved (or repetition), terminator.
/// Mail programs remove the space of the reserved place before an end of line, so five do where the
/// interchange follows.
fn advised(advice: &[u8]) -> Option<(Separators, usize)> {
    let ends_line = |mark: &u8| matches!(mark, b'\r' | b'\n');
    let five_do = advice.get(4).is_some_and(|mark| *mark != b' ')
        && (advice.get(5).is_some_and(ends_line)
            || advice.get(5..).is_some_and(begins_interchange));
    let terminator = *advice.get(if five_do { 4 } else { 5 })?;
    let (component, element, release) = (*advice.first()?, *advice.get(1)?, *advice.get(3)?);
    let marks = [component, element, terminator];
    if marks.iter().any(u8::is_ascii_alphanumeric) || component == element || element == terminator
    {
        return None;
    }
    let separators = Separators {
        component,
        element,
        release: (release != b' ').then_some(release),
        terminator,
    };
    Some((separators, if five_do { 5 } else { 6 }))
}

fn begins_interchange(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"UNB")
}

/// What the first segments use: the character behind `UNB` divides elements, the one behind the
/// four letters of the syntax components, and the one before the next service segment ends segments.
fn seen(segments: &[u8], advised: Separators) -> Option<Separators> {
    let head = &segments[..segments.len().min(2_000)];
    let bytes: Vec<u8> = head.iter().copied().filter(|byte| *byte != b'\r').collect();
    let text = bytes.trim_ascii_start();
    let flat: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'\n').collect();
    let element = *flat.get(3)?;
    let component = match flat.get(..3)? {
        b"UNB" => *flat.get(8)?,
        b"UNH" => *flat.get(find_in(&flat, b"PAXLST")? + 6)?,
        _ => return None,
    };
    if element.is_ascii_alphanumeric() || component.is_ascii_alphanumeric() {
        return None;
    }
    let next = [b"UNG", b"UNH", b"BGM"].iter().filter_map(|tag| {
        let mut whole = tag.to_vec();
        whole.push(element);
        find_in(&text[3..], &whole)
    });
    let before = text.get(3..3 + next.min()?)?;
    let terminator = match before.trim_ascii_end().last() {
        // A terminator that is a control character counts as white space, and a line can be one.
        _ if before.ends_with(&[advised.terminator]) => advised.terminator,
        Some(byte) if !byte.is_ascii_alphanumeric() && *byte != element && *byte != component => {
            *byte
        }
        _ => b'\n',
    };
    Some(Separators {
        component,
        element,
        terminator,
        release: advised
            .release
            .filter(|release| ![component, element, terminator].contains(release)),
    })
}

fn find_in(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Found {
        find(text.as_bytes(), 0)
    }

    #[test]
    fn the_advice_is_followed() {
        let found = found("UNA:*.? $UNB*UNOA:4*DM$UNH*1*PAXLST:D:02B$");
        let separators = Separators {
            element: b'*',
            terminator: b'$',
            ..Separators::default()
        };
        assert_eq!(
            (found.separators, found.first, found.differ),
            (separators, 9, false)
        );
    }

    #[test]
    fn without_advice_the_first_segments_show_what_they_use() {
        let of = |text| found(text).separators;
        assert_eq!(of("UNB+UNOA:4+DM'\r\nUNG+PAXLST"), Separators::default());
        assert_eq!(
            of("UNB+SIRE:4+CA\"UNH+1+"),
            Separators {
                terminator: b'"',
                ..Separators::default()
            }
        );
        assert_eq!(
            of("UNB+UNOA:4+DM\nUNH+1+"),
            Separators {
                terminator: b'\n',
                ..Separators::default()
            }
        );
        assert_eq!(of("UNH+1+PAXLST:D'BGM+745'"), Separators::default());
        let level_b = of("UNB\u{1d}UNOB\u{1f}1\u{1d}DM\u{1c}UNH\u{1d}");
        assert_eq!(
            (level_b.element, level_b.component, level_b.terminator),
            (0x1d, 0x1f, 0x1c)
        );
    }

    #[test]
    fn an_advice_that_is_not_true_is_noticed_and_a_lost_space_is_not_missed() {
        let wrong = found("UNA:+.? 'UNB*UNOA:4*DM'UNH*1*");
        assert!(wrong.differ);
        assert_eq!(wrong.separators.element, b'*');
        let short = found("UNA:+.?'\r\nUNB+UNOA:4+DM'UNH+1+");
        assert_eq!(
            (short.separators, short.differ),
            (Separators::default(), false)
        );
    }

    #[test]
    fn nothing_is_too_short() {
        for length in 0..12 {
            found(&"UNA:+.? 'UNB"[..length]);
            found(&"UNBUNBUNBUNB"[..length]);
        }
    }
}
