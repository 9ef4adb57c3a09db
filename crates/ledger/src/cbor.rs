//! Deterministic CBOR (RFC 8949, section 4.2.1): checked, never repaired.
//!
//! Bytes that come in, own or foreign, are either already in the one permitted encoding or
//! refused. Nothing is ever re-encoded here, because signatures and hashes are over stored bytes.

use minicbor::Encoder;
use minicbor::data::Type;

use crate::error::{Result, malformed};

/// Deeper nesting than anybody needs, shallow enough for the smallest stack.
const DEPTH_MAX: usize = 32;

/// Checks that `bytes` are exactly one data item in the core deterministic encoding: shortest
/// heads, definite lengths, map keys ascending and unique in bytewise order, shortest floating
/// point, valid UTF-8.
///
/// ```
/// assert!(ledger::check_deterministic(&[0xa1, 0x01, 0x02]).is_ok());
/// // The number 2 in two bytes is longer than it need be.
/// assert!(ledger::check_deterministic(&[0xa1, 0x01, 0x18, 0x02]).is_err());
/// ```
pub fn check_deterministic(bytes: &[u8]) -> Result<()> {
    let end = Walker { bytes }.item(0, 0).map_err(refuse)?;
    if end == bytes.len() {
        Ok(())
    } else {
        Err(refuse("bytes follow the data item"))
    }
}

fn refuse(why: &'static str) -> crate::Error {
    malformed("deterministic CBOR item", why)
}

struct Walker<'b> {
    bytes: &'b [u8],
}

impl Walker<'_> {
    /// Checks the item that begins at `start`, gives where it ends.
    fn item(&self, start: usize, depth: usize) -> Result<usize, &'static str> {
        if depth > DEPTH_MAX {
            return Err("it is nested too deeply");
        }
        let initial = *self.bytes.get(start).ok_or("it ends too early")?;
        let (major, additional) = (initial >> 5, initial & 0x1f);
        if major == 7 {
            return self.simple_or_float(start, additional);
        }
        let (argument, content) = self.argument(start, additional)?;
        match major {
            0 | 1 => Ok(content),
            2 => self.skip(content, argument),
            3 => {
                let end = self.skip(content, argument)?;
                std::str::from_utf8(&self.bytes[content..end])
                    .map_err(|_| "a text is not UTF-8")?;
                Ok(end)
            }
            4 => self.array(content, argument, depth),
            5 => self.map(content, argument, depth),
            _ => self.item(content, depth + 1),
        }
    }

    fn argument(&self, start: usize, additional: u8) -> Result<(u64, usize), &'static str> {
        let width = match additional {
            0..=23 => return Ok((additional.into(), start + 1)),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            31 => return Err("an indefinite length"),
            _ => return Err("a reserved head"),
        };
        let end = start + 1 + width;
        let raw = self.bytes.get(start + 1..end).ok_or("it ends too early")?;
        let value = raw
            .iter()
            .fold(0, |value: u64, byte| (value << 8) | u64::from(*byte));
        let shortest = match width {
            1 => value >= 24,
            2 => value > u64::from(u8::MAX),
            4 => value > u64::from(u16::MAX),
            _ => value > u64::from(u32::MAX),
        };
        if shortest {
            Ok((value, end))
        } else {
            Err("a number or length is not in its shortest form")
        }
    }

    fn skip(&self, start: usize, length: u64) -> Result<usize, &'static str> {
        usize::try_from(length)
            .ok()
            .and_then(|length| start.checked_add(length))
            .filter(|end| *end <= self.bytes.len())
            .ok_or("it ends too early")
    }

    fn array(&self, mut at: usize, length: u64, depth: usize) -> Result<usize, &'static str> {
        for _ in 0..length {
            at = self.item(at, depth + 1)?;
        }
        Ok(at)
    }

    fn map(&self, mut at: usize, length: u64, depth: usize) -> Result<usize, &'static str> {
        let mut previous: Option<&[u8]> = None;
        for _ in 0..length {
            let key_end = self.item(at, depth + 1)?;
            let key = &self.bytes[at..key_end];
            if previous.is_some_and(|previous| previous >= key) {
                return Err("map keys are not ascending and unique");
            }
            previous = Some(key);
            at = self.item(key_end, depth + 1)?;
        }
        Ok(at)
    }

    fn simple_or_float(&self, start: usize, additional: u8) -> Result<usize, &'static str> {
        let tail = |width: usize| {
            let raw = self
                .bytes
                .get(start + 1..start + 1 + width)
                .ok_or("it ends too early")?;
            Ok(raw
                .iter()
                .fold(0, |value: u64, byte| (value << 8) | u64::from(*byte)))
        };
        match additional {
            0..=23 => Ok(start + 1),
            24 if tail(1)? < 32 => Err("a simple value is not in its shortest form"),
            24 => Ok(start + 2),
            25 => half_is_canonical(tail(2)?).map(|()| start + 3),
            26 => single_is_shortest(tail(4)?).map(|()| start + 5),
            27 => double_is_shortest(tail(8)?).map(|()| start + 9),
            _ => Err("an indefinite length or a reserved head"),
        }
    }
}

const LONG_FLOAT: &str = "a floating-point number is not in its shortest form";

/// One way to say "not a number": 7e00 (RFC 8949, section 4.2.2, first option).
fn half_is_canonical(bits: u64) -> Result<(), &'static str> {
    if bits & 0x7c00 == 0x7c00 && bits & 0x03ff != 0 && bits != 0x7e00 {
        return Err("a not-a-number with a payload");
    }
    Ok(())
}

/// Does the single-precision number need all its bits, or would a half hold it?
fn single_is_shortest(bits: u64) -> Result<(), &'static str> {
    let exponent = i32::try_from((bits >> 23) & 0xff).expect("eight bits") - 127;
    let fraction = bits & 0x007f_ffff;
    let fits_half = match exponent {
        128 => true,
        -127 => fraction == 0,
        -14..=15 => fraction & 0x1fff == 0,
        // A subnormal half: 2^-24 steps.
        -24..=-15 => {
            let lost = u32::try_from(-14 - exponent).expect("between 1 and 10") + 13;
            fraction & ((1 << lost) - 1) == 0
        }
        _ => false,
    };
    if fits_half { Err(LONG_FLOAT) } else { Ok(()) }
}

/// Does the double-precision number need all its bits, or would a single hold it?
fn double_is_shortest(bits: u64) -> Result<(), &'static str> {
    let exponent = i32::try_from((bits >> 52) & 0x7ff).expect("eleven bits") - 1023;
    let fraction = bits & 0x000f_ffff_ffff_ffff;
    let fits_single = match exponent {
        1024 => true,
        -1023 => fraction == 0,
        -126..=127 => fraction & 0x1fff_ffff == 0,
        // A subnormal single: 2^-149 steps.
        -149..=-127 => {
            let lost = u32::try_from(-126 - exponent).expect("between 1 and 23") + 29;
            fraction & ((1 << lost) - 1) == 0
        }
        _ => false,
    };
    if fits_single { Err(LONG_FLOAT) } else { Ok(()) }
}

/// Writes CBOR into memory, where writing cannot fail.
pub(crate) fn encode(
    write: impl FnOnce(
        &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>>,
) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::with_capacity(256));
    write(&mut encoder).expect("writing to memory does not fail");
    encoder.into_writer()
}

/// The number of entries of the definite map at the decoder's place.
pub(crate) fn map_length(
    decoder: &mut minicbor::Decoder<'_>,
) -> Result<u64, minicbor::decode::Error> {
    decoder
        .map()?
        .ok_or_else(|| minicbor::decode::Error::type_mismatch(Type::MapIndef))
}

/// Checks that the definite array at the decoder's place has `length` entries.
pub(crate) fn array_of(
    decoder: &mut minicbor::Decoder<'_>,
    length: u64,
) -> Result<(), minicbor::decode::Error> {
    match decoder.array()? {
        Some(found) if found == length => Ok(()),
        _ => Err(minicbor::decode::Error::message(
            "an array of another length",
        )),
    }
}

/// A byte string of exactly `N` bytes.
pub(crate) fn bytes_of<const N: usize>(
    decoder: &mut minicbor::Decoder<'_>,
) -> Result<[u8; N], minicbor::decode::Error> {
    decoder
        .bytes()?
        .try_into()
        .map_err(|_| minicbor::decode::Error::message("a byte string of another length"))
}
