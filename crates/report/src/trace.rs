//! The way back from a number to what it was counted from (G6). A trace names a measure, a span and
//! at most one narrowing; its key is short, fits into an address and holds nothing of any person:
//! only coded words, days and random ids. A key comes from outside, so whatever it says is parsed
//! here and nowhere else, and refused without a word more than that it is no key.

use std::fmt::Write as _;

use domain::{Day, ItemCode, Moment, MovementId, SiteId};

use crate::figure::Measure;
use crate::sitrep::Dimension;

/// The version of the key's form.
const VERSION: &str = "1";
/// Longest key that is read, in bytes: room for [`SITES_MAX`] sites.
const KEY_LENGTH_MAX: usize = 4_096;
/// Most sites one key names.
const SITES_MAX: usize = 64;
/// Longest code that a key carries, in bytes.
const CODE_LENGTH_MAX: usize = 120;

/// What a number was counted from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Trace {
    /// What was counted.
    pub measure: Measure,
    /// Where, when, until when.
    pub span: Span,
    /// Which part of it.
    pub narrowed: Narrowed,
}

/// Where, when, and until when something was counted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Span {
    /// Movements to these sites; to any where it is empty.
    pub sites: Vec<SiteId>,
    /// First working day, inclusive.
    pub from: Day,
    /// Last working day, inclusive.
    pub to: Day,
    /// What happened at this moment or later is not counted.
    pub cut_off: Moment,
}

/// Which part is counted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Narrowed {
    /// All that happened in the span.
    Whole,
    /// Of that, who has this code in this dimension. For how people came (departed from, legal
    /// basis, screened before) it is the people of the movements that landed in the span.
    Group(Dimension, String),
    /// Who received this item in the span for the first time on this arrival.
    Item(ItemCode),
    /// Every act of giving this item in the span, by its pieces. It counts pieces, not people.
    Given(ItemCode),
    /// The people of the movements that landed in the span, whenever it happened before the
    /// cut-off.
    Landed,
    /// The people of one movement, whenever it happened before the cut-off.
    Movement(MovementId),
}

/// The text is no key of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no key of a figure: open the figure from its report again")]
pub struct NotAKey;

impl Trace {
    /// A key of letters, digits, `.`, `-`, `_` and `~`: what RFC 3986 leaves unescaped everywhere.
    pub fn key(&self) -> String {
        let Span {
            sites,
            from,
            to,
            cut_off,
        } = &self.span;
        let sites = if sites.is_empty() {
            "all".to_owned()
        } else {
            let ids: Vec<_> = sites.iter().map(ToString::to_string).collect();
            ids.join("-")
        };
        let narrowed = match &self.narrowed {
            Narrowed::Whole => "all".to_owned(),
            Narrowed::Landed => "landed".to_owned(),
            Narrowed::Movement(movement) => format!("movement-{movement}"),
            Narrowed::Item(item) => format!("item-{}", escaped(item.as_str())),
            Narrowed::Given(item) => format!("given-{}", escaped(item.as_str())),
            Narrowed::Group(dimension, code) => format!("{}-{}", dimension.code(), escaped(code)),
        };
        let (from, to) = (compact(*from), compact(*to));
        format!(
            "{VERSION}.{}.{from}.{to}.{}.{sites}.{narrowed}",
            self.measure.code(),
            cut_off.0
        )
    }

    /// The trace of a key.
    ///
    /// # Errors
    /// [`NotAKey`] for anything that [`Trace::key`] would not write.
    pub fn from_key(key: &str) -> Result<Self, NotAKey> {
        if key.len() > KEY_LENGTH_MAX {
            return Err(NotAKey);
        }
        let parts: Vec<_> = key.split('.').collect();
        let [VERSION, measure, from, to, cut_off, sites, narrowed] = parts[..] else {
            return Err(NotAKey);
        };
        let trace = Self {
            measure: Measure::from_code(measure).ok_or(NotAKey)?,
            span: Span {
                sites: read_sites(sites)?,
                from: day(from)?,
                to: day(to)?,
                cut_off: Moment(cut_off.parse().map_err(|_| NotAKey)?),
            },
            narrowed: read_narrowed(narrowed)?,
        };
        // One trace has one key: other spellings of numbers and ids are refused.
        if trace.key() == key {
            Ok(trace)
        } else {
            Err(NotAKey)
        }
    }
}

fn read_sites(text: &str) -> Result<Vec<SiteId>, NotAKey> {
    if text == "all" {
        return Ok(Vec::new());
    }
    let sites = text
        .split('-')
        .take(SITES_MAX + 1)
        .map(|id| id.parse().map_err(|_| NotAKey))
        .collect::<Result<Vec<_>, _>>()?;
    if sites.len() > SITES_MAX {
        return Err(NotAKey);
    }
    Ok(sites)
}

fn read_narrowed(text: &str) -> Result<Narrowed, NotAKey> {
    let (word, rest) = match text {
        "all" => return Ok(Narrowed::Whole),
        "landed" => return Ok(Narrowed::Landed),
        _ => text.split_once('-').ok_or(NotAKey)?,
    };
    if word == "movement" {
        return rest.parse().map(Narrowed::Movement).map_err(|_| NotAKey);
    }
    if word == "item" {
        return Ok(Narrowed::Item(ItemCode::any(unescaped(rest)?)));
    }
    if word == "given" {
        return Ok(Narrowed::Given(ItemCode::any(unescaped(rest)?)));
    }
    let dimension = Dimension::from_code(word).ok_or(NotAKey)?;
    Ok(Narrowed::Group(dimension, unescaped(rest)?))
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

fn day(text: &str) -> Result<Day, NotAKey> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotAKey);
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().map_err(|_| NotAKey);
    let small = |range| i8::try_from(number(range)?).map_err(|_| NotAKey);
    jiff::civil::Date::new(number(0..4)?, small(4..6)?, small(6..8)?)
        .map(Day)
        .map_err(|_| NotAKey)
}

/// Letters, digits and `_` as they are, every other byte as `~` and two hexadecimal digits.
fn escaped(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            text.push(char::from(byte));
        } else {
            write!(text, "~{byte:02x}").expect("writing to a string cannot fail");
        }
    }
    text
}

fn unescaped(text: &str) -> Result<String, NotAKey> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'~' {
            let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
            let (high, low) = digit().zip(digit()).ok_or(NotAKey)?;
            bytes.push(u8::try_from(high * 16 + low).map_err(|_| NotAKey)?);
        } else {
            bytes.push(byte);
        }
    }
    if bytes.is_empty() || bytes.len() > CODE_LENGTH_MAX {
        return Err(NotAKey);
    }
    String::from_utf8(bytes).map_err(|_| NotAKey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn traces() -> impl Strategy<Value = Trace> {
        let code = "[a-z0-9_]{1,20}|\\PC{1,12}";
        let measure = proptest::sample::select(&Measure::ALL[..]);
        let narrowed = prop_oneof![
            Just(Narrowed::Whole),
            Just(Narrowed::Landed),
            code.prop_map(|code| Narrowed::Item(ItemCode::any(code))),
            code.prop_map(|code| Narrowed::Given(ItemCode::any(code))),
            any::<u128>().prop_map(|id| Narrowed::Movement(MovementId(Uuid::from_u128(id)))),
            (proptest::sample::select(&Dimension::ALL[..]), code)
                .prop_map(|(dimension, code)| Narrowed::Group(dimension, code)),
        ];
        let day = || (2000_i16..2100, 1_i8..=12, 1_i8..=28);
        let sites = proptest::collection::vec(any::<u128>(), 0..4);
        (measure, narrowed, day(), day(), sites, any::<i64>()).prop_map(
            |(measure, narrowed, from, to, sites, cut_off)| Trace {
                measure,
                span: Span {
                    sites: sites
                        .into_iter()
                        .map(|id| SiteId(Uuid::from_u128(id)))
                        .collect(),
                    from: Day(jiff::civil::date(from.0, from.1, from.2)),
                    to: Day(jiff::civil::date(to.0, to.1, to.2)),
                    cut_off: Moment(cut_off),
                },
                narrowed,
            },
        )
    }

    proptest! {
        #[test]
        fn every_trace_comes_back_from_its_key(trace in traces()) {
            let key = trace.key();
            prop_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_~".contains(&byte)));
            prop_assert_eq!(Trace::from_key(&key), Ok(trace));
        }

        #[test]
        fn whatever_is_read_as_a_key_is_one(text in "\\PC{0,80}|[0-9a-z~._-]{0,80}") {
            if let Ok(trace) = Trace::from_key(&text) {
                prop_assert_eq!(trace.key(), text);
            }
        }

        #[test]
        fn a_key_with_one_character_changed_is_refused_or_means_something_else(
            trace in traces(), place in any::<proptest::sample::Index>(), with in any::<char>(),
        ) {
            let mut key: Vec<char> = trace.key().chars().collect();
            let place = place.index(key.len());
            prop_assume!(key[place] != with);
            key[place] = with;
            let changed: String = key.into_iter().collect();
            prop_assert_ne!(Trace::from_key(&changed), Ok(trace));
        }
    }

    #[test]
    fn keys_made_to_do_harm_are_refused() {
        let long = "1.registered.20210919.20210923.0.".to_owned() + &"a".repeat(10_000);
        for key in [
            "",
            ".",
            "1......",
            "../../etc/passwd",
            "1.registered.20210919.20210923.0.all.all.all",
            "2.registered.20210919.20210923.0.all.all",
            "1.registered.2021é19.20210923.0.all.all",
            "1.registered.20210931.20210923.0.all.all",
            "1.registered.20210919.20210923.99999999999999999999.all.all",
            "1.registered.20210919.20210923.+5.all.all",
            "1.registered.20210919.20210923.0.all.age_group-",
            "1.registered.20210919.20210923.0.all.age_group-~f",
            "1.registered.20210919.20210923.0.all.age_group-~ff~fe",
            "1.registered.20210919.20210923.0.all.age_group-' OR 1=1",
            "1.registered.20210919.20210923.0.all.item-",
            &long,
        ] {
            assert_eq!(Trace::from_key(key), Err(NotAKey), "{key:.60}");
        }
    }

    #[test]
    fn a_key_reads_like_what_it_counts() {
        let trace = Trace {
            measure: Measure::Registered,
            span: Span {
                sites: Vec::new(),
                from: Day(jiff::civil::date(2021, 9, 19)),
                to: Day(jiff::civil::date(2021, 9, 23)),
                cut_off: Moment(1_632_456_000_000),
            },
            narrowed: Narrowed::Group(Dimension::AgeGroup, "men".into()),
        };
        assert_eq!(
            trace.key(),
            "1.registered.20210919.20210923.1632456000000.all.age_group-men"
        );
    }
}
