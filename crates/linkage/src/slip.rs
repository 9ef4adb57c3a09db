//! Slips of the finger: a letter left out, put in, exchanged or swapped with its neighbour (Damerau, 1964). One or
//! two of them are looked for where the texts part, which is faster than a table of all.

/// Whether one slip at most makes one text the other.
pub(crate) fn within_one(one: &str, other: &str) -> bool {
    is_one_slip(one.as_bytes(), other.as_bytes())
}

/// Whether two slips at most make one text the other.
pub(crate) fn within_two(one: &str, other: &str) -> bool {
    let (a, b) = parted(one.as_bytes(), other.as_bytes());
    if a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    if a.is_empty() || b.is_empty() {
        return true;
    }
    is_one_slip(&a[1..], &b[1..])
        || is_one_slip(&a[1..], b)
        || is_one_slip(a, &b[1..])
        || are_swapped(a, b) && is_one_slip(&a[2..], &b[2..])
}

fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let (a, b) = parted(one, other);
    a.len() <= 1 && b.len() <= 1 || a.len() == 2 && b.len() == 2 && are_swapped(a, b)
}

/// Where the texts part: without what they begin with and end with alike.
fn parted<'a>(one: &'a [u8], other: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let ends = one.iter().rev().zip(other.iter().rev());
    let same = ends.take_while(|(a, b)| a == b).count();
    (&one[..one.len() - same], &other[..other.len() - same])
}

/// Whether the first two letters of each are those of the other, swapped.
fn are_swapped(one: &[u8], other: &[u8]) -> bool {
    matches!((one, other), ([x1, y1, ..], [x2, y2, ..]) if x1 == y2 && y1 == x2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slips_are_counted_as_a_table_counts_them(one in "[ab]{0,7}", other in "[abc]{0,7}") {
            let slips = strsim::osa_distance(&one, &other);
            prop_assert_eq!(within_one(&one, &other), slips <= 1);
            prop_assert_eq!(within_two(&one, &other), slips <= 2);
        }
    }
}
