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
    check_bounded(bytes, u64::MAX)
}

/// The same, of an item in which no list has more than so many entries: an entry may take one byte here and
/// many once it is read.
pub(crate) fn check_bounded(bytes: &[u8], list_max: u64) -> Result<()> {
    let walker = Walker { bytes, list_max };
    let end = walker.item(0, 0).map_err(refuse)?;
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
    list_max: u64,
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
            _ => self.tagged(argument, content, depth),
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

    fn tagged(&self, tag: u64, content: usize, depth: usize) -> Result<usize, &'static str> {
        let end = self.item(content, depth + 1)?;
        // A bignum that an ordinary integer would hold (section 3.4.3): 0x49 begins a byte string
        // of nine bytes, the shortest that does not fit.
        if matches!(tag, 2 | 3) {
            let bytes = &self.bytes[content..end];
            let (long, leading_zero) = (bytes.len() > 9, bytes.get(1) == Some(&0));
            if bytes[0] < 0x58 && (!long || leading_zero) {
                return Err("a bignum is not in its shortest form");
            }
        }
        Ok(end)
    }

    fn array(&self, mut at: usize, length: u64, depth: usize) -> Result<usize, &'static str> {
        if length > self.list_max {
            return Err("a list in it is longer than any may be");
        }
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
        let tail = |width: usize| -> Result<u64, &'static str> {
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
        -14..=15 => fraction.trailing_zeros() >= 13,
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
        -126..=127 => fraction.trailing_zeros() >= 29,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digits(text: &str) -> Vec<u8> {
        let digit = |i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex");
        (0..text.len()).step_by(2).map(digit).collect()
    }

    /// RFC 8949, appendix A: the examples that are in core deterministic encoding.
    const DETERMINISTIC: &[&str] = &[
        "00",
        "01",
        "0a",
        "17",
        "1818",
        "1819",
        "1864",
        "1903e8",
        "1a000f4240",
        "1b000000e8d4a51000",
        "1bffffffffffffffff",
        "c249010000000000000000",
        "3bffffffffffffffff",
        "c349010000000000000000",
        "20",
        "29",
        "3863",
        "3903e7",
        "f90000",
        "f98000",
        "f93c00",
        "fb3ff199999999999a",
        "f93e00",
        "f97bff",
        "fa47c35000",
        "fa7f7fffff",
        "fb7e37e43c8800759c",
        "f90001",
        "f90400",
        "f9c400",
        "fbc010666666666666",
        "f97c00",
        "f97e00",
        "f9fc00",
        "f4",
        "f5",
        "f6",
        "f7",
        "f0",
        "f8ff",
        "c074323031332d30332d32315432303a30343a30305a",
        "c11a514b67b0",
        "c1fb41d452d9e8200000",
        "d74401020304",
        "d818456449455446",
        "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
        "40",
        "4401020304",
        "60",
        "6161",
        "6449455446",
        "62225c",
        "62c3bc",
        "63e6b0b4",
        "64f0908591",
        "80",
        "83010203",
        "8301820203820405",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
        "a0",
        "a201020304",
        "a26161016162820203",
        "826161a161626163",
        "a56161614161626142616361436164614461656145",
    ];

    /// RFC 8949, appendix A: the examples that say the same in a longer or indefinite form.
    const NOT_DETERMINISTIC: &[&str] = &[
        "fa7f800000",
        "fa7fc00000",
        "faff800000",
        "fb7ff0000000000000",
        "fb7ff8000000000000",
        "fbfff0000000000000",
        "5f42010243030405ff",
        "7f657374726561646d696e67ff",
        "9fff",
        "9f018202039f0405ffff",
        "9f01820203820405ff",
        "83018202039f0405ff",
        "83019f0203ff820405",
        "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        "bf61610161629f0203ffff",
        "826161bf61626163ff",
        "bf6346756ef563416d7421ff",
    ];

    #[test]
    fn the_deterministic_examples_of_rfc_8949_are_accepted() {
        for example in DETERMINISTIC {
            let checked = check_deterministic(&digits(example));
            assert!(checked.is_ok(), "{example}: {checked:?}");
        }
    }

    #[test]
    fn the_other_examples_of_rfc_8949_are_refused() {
        for example in NOT_DETERMINISTIC {
            assert!(
                check_deterministic(&digits(example)).is_err(),
                "{example} was accepted"
            );
        }
    }

    #[test]
    fn longer_ways_of_saying_the_same_are_refused() {
        let longer = [
            "1800",
            "190017",
            "1a0000ffff",
            "1b00000000ffffffff",
            "3817",
            "580100",
            "780161",
            "9800",
            "b800",
            "f818",
            "f97e01",
            "fa3f800000",
            "fb3ff8000000000000",
            "c24101",
            "c249000000000000000001",
            "fa33800000",
            "fb36a0000000000000",
        ];
        for text in longer {
            assert!(
                check_deterministic(&digits(text)).is_err(),
                "{text} was accepted"
            );
        }
    }

    #[test]
    fn map_keys_out_of_order_or_twice_are_refused() {
        for text in [
            "a202000100",
            "a201000100",
            "a2616100010 0".replace(' ', "").as_str(),
        ] {
            assert!(
                check_deterministic(&digits(text)).is_err(),
                "{text} was accepted"
            );
        }
        // Bytewise order of the encoded keys (4.2.1): 10, 100, -1, "z", "aa".
        assert!(check_deterministic(&digits("a50a001864002000617a0062616100")).is_ok());
    }

    #[test]
    fn deep_nesting_and_trailing_bytes_are_refused() {
        assert!(check_deterministic(&[[0x81; 40].as_slice(), &[0x00]].concat()).is_err());
        assert!(check_deterministic(&[0x00, 0x00]).is_err());
        assert!(check_deterministic(&[]).is_err());
        assert!(check_deterministic(&digits("61ff")).is_err());
    }

    proptest! {
        #[test]
        fn random_bytes_never_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = check_deterministic(&bytes);
        }

        #[test]
        fn floats_in_their_shortest_form_are_accepted_and_only_those(bits in any::<u64>()) {
            let double = f64::from_bits(bits);
            #[expect(clippy::cast_possible_truncation, reason = "this is the question")]
            let single = double as f32;
            let fits = f64::from(single).to_bits() == bits || double.is_nan();
            let encoded = [[0xfb].as_slice(), &bits.to_be_bytes()].concat();
            prop_assert_eq!(check_deterministic(&encoded).is_err(), fits);
        }

        #[test]
        fn a_single_that_a_half_would_hold_is_refused(half in any::<u16>()) {
            // Every finite half as a single (RFC 8949, appendix D).
            let (exponent, fraction) = (i32::from((half >> 10) & 0x1f), f32::from(half & 0x3ff));
            prop_assume!(exponent != 31);
            let magnitude = match exponent {
                0 => fraction * 2_f32.powi(-24),
                _ => (fraction + 1024.0) * 2_f32.powi(exponent - 25),
            };
            let encoded = [[0xfa].as_slice(), &magnitude.to_bits().to_be_bytes()].concat();
            prop_assert!(check_deterministic(&encoded).is_err());
            let more = f32::from_bits(magnitude.to_bits() | 1);
            let encoded = [[0xfa].as_slice(), &more.to_bits().to_be_bytes()].concat();
            prop_assert!(check_deterministic(&encoded).is_ok());
        }
    }
}
