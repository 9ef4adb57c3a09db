//! Check digits (ICAO 9303-3, 4.9): weights 7, 3, 1 over values of which the last digit of the sum
//! stays; digits count as themselves, letters from A = 10, the filler as nought.

/// The value of a character; nothing where it is none of a zone.
pub const fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some((byte - b'0') as u32),
        b'A'..=b'Z' => Some((byte - b'A') as u32 + 10),
        b'<' => Some(0),
        _ => None,
    }
}

/// The check digit of characters, as it is printed.
pub fn digit(bytes: impl IntoIterator<Item = u8>) -> u8 {
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = bytes
        .into_iter()
        .zip(weights)
        .map(|(byte, weight)| value(byte).unwrap_or(0) * weight)
        .sum();
    b'0' + u8::try_from(sum % 10).expect("a digit")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_standard_come_out() {
        for (text, expected) in [
            ("520727", '3'),
            ("AB2134<<<", '5'),
            ("L898902C3", '6'),
            ("740812", '2'),
            ("120415", '9'),
            ("ZE184226B<<<<<", '1'),
        ] {
            assert_eq!(char::from(digit(text.bytes())), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(text in "[0-9]{1,20}", place in any::<prop::sample::Index>(), by in 1_u8..10) {
            let mut wrong = text.clone().into_bytes();
            let place = place.index(wrong.len());
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            // 7, 3 and 1 have no divisor in common with 10.
            prop_assert_ne!(digit(text.bytes()), digit(wrong));
        }
    }
}
