//! What a zone could say where a check digit does not hold: letters and digits that look alike, two
//! neighbours exchanged, or the check digit itself misread. These are questions to whoever holds the
//! document, never answers.

use super::{Check, Checked, Zone, check};

/// Most corrections offered.
const CORRECTIONS_MAX: usize = 6;

/// One way in which the zone would be right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// The check digit that it makes right.
    pub over: Checked,
    /// Where something changes: line and column, from 1, and what stands there and would.
    pub changes: Vec<(usize, usize, char, char)>,
    /// The zone with the change.
    pub zone: Zone,
    /// All check digits hold then.
    pub holds: bool,
}

/// Signs that are taken for each other, most of all by cameras and tired eyes.
const ALIKE: [(u8, u8); 14] = [
    (b'O', b'0'),
    (b'Q', b'0'),
    (b'D', b'0'),
    (b'I', b'1'),
    (b'L', b'1'),
    (b'Z', b'2'),
    (b'A', b'4'),
    (b'S', b'5'),
    (b'G', b'6'),
    (b'T', b'7'),
    (b'B', b'8'),
    (b'U', b'V'),
    (b'8', b'3'),
    (b'1', b'7'),
];

fn alike(byte: u8) -> impl Iterator<Item = u8> {
    ALIKE.iter().filter_map(move |(one, other)| match byte {
        _ if byte == *one => Some(*other),
        _ if byte == *other => Some(*one),
        _ => None,
    })
}

/// All corrections, those that make everything right first.
pub fn corrections(zone: &Zone) -> Vec<Correction> {
    let checks = zone.checks();
    let mut found: Vec<Correction> = Vec::new();
    let single = checks
        .iter()
        .filter(|check| check.over != Checked::Composite && !check.holds());
    for check in single {
        found.extend(of_check(zone, check));
    }
    // Letters in the place of digits are wrong even where the sum happens to be right.
    found.extend(letters_in_dates(zone));
    let composite = checks
        .iter()
        .find(|check| check.over == Checked::Composite && !check.holds());
    if let Some(composite) =
        composite.filter(|_| checks.iter().filter(|check| !check.holds()).count() == 1)
    {
        let place = (composite.place.0 - 1, composite.place.1 - 1);
        found.extend(changed(
            zone,
            Checked::Composite,
            &[(place.0, place.1, composite.expected as u8)],
        ));
    }
    let wrong = |zone: &Zone| zone.checks().iter().filter(|check| !check.holds()).count();
    let letters = |zone: &Zone| {
        let fields = [zone.form.birth(), zone.form.expiry()];
        let fields = fields.iter().map(|field| zone.field(field));
        fields
            .filter(|field| field.contains(char::is_alphabetic))
            .count()
    };
    found.sort_by_key(|correction| {
        let zone = &correction.zone;
        (wrong(zone), letters(zone), correction.changes.len())
    });
    let mut seen = Vec::new();
    found.retain(|correction| {
        let new = !seen.contains(&correction.zone.lines);
        seen.push(correction.zone.lines.clone());
        new
    });
    found.truncate(CORRECTIONS_MAX);
    found
}

/// Ways to make one check digit right.
fn of_check(zone: &Zone, check: &Check) -> Vec<Correction> {
    let places: Vec<(usize, usize)> = check
        .field
        .iter()
        .flat_map(|stretch| stretch.columns.clone().map(|column| (stretch.line, column)))
        .collect();
    let bytes: Vec<u8> = places
        .iter()
        .map(|(line, column)| zone.byte(*line, *column))
        .collect();
    let stands = u8::try_from(check.stands).unwrap_or(b'<');
    let digit_place = (check.place.0 - 1, check.place.1 - 1);
    let mut found = Vec::new();
    // The check digit itself: a letter that looks like the right one, or simply another.
    let expected = check.expected as u8;
    found.extend(changed(
        zone,
        check.over,
        &[(digit_place.0, digit_place.1, expected)],
    ));
    let mut try_bytes = |changes: &[(usize, u8)]| {
        let mut other = bytes.clone();
        for (place, byte) in changes {
            other[*place] = *byte;
        }
        if check::digit(other) == stands {
            let changes: Vec<_> = changes
                .iter()
                .map(|(place, byte)| (places[*place].0, places[*place].1, *byte))
                .collect();
            found.extend(changed(zone, check.over, &changes));
        }
    };
    for place in 0..bytes.len() {
        for other in alike(bytes[place]) {
            try_bytes(&[(place, other)]);
            for (second, byte) in bytes.iter().enumerate().skip(place + 1) {
                for another in alike(*byte) {
                    try_bytes(&[(place, other), (second, another)]);
                }
            }
        }
        if place + 1 < bytes.len() && bytes[place] != bytes[place + 1] {
            try_bytes(&[(place, bytes[place + 1]), (place + 1, bytes[place])]);
        }
    }
    found
}

/// Dates with every letter that looks like a digit read as one.
fn letters_in_dates(zone: &Zone) -> Vec<Correction> {
    let fields = [
        (Checked::Birth, zone.form.birth()),
        (Checked::Expiry, zone.form.expiry()),
    ];
    let mut found = Vec::new();
    for (over, field) in fields {
        // The check digit behind it is a digit as well.
        let changes: Vec<(usize, usize, u8)> = (field.columns.start..=field.columns.end)
            .filter_map(|column| {
                let byte = zone.byte(field.line, column);
                let digit = alike(byte).find(u8::is_ascii_digit)?;
                byte.is_ascii_alphabetic()
                    .then_some((field.line, column, digit))
            })
            .collect();
        if !changes.is_empty() {
            found.extend(changed(zone, over, &changes));
        }
    }
    found
}

fn changed(zone: &Zone, over: Checked, changes: &[(usize, usize, u8)]) -> Option<Correction> {
    let mut lines = zone.lines.clone();
    let mut told = Vec::with_capacity(changes.len());
    for (line, column, byte) in changes {
        let before = char::from(zone.byte(*line, *column));
        let after = char::from(*byte);
        if before == after {
            return None;
        }
        lines[*line].replace_range(*column..=*column, after.encode_utf8(&mut [0; 4]));
        told.push((line + 1, column + 1, before, after));
    }
    let zone = Zone {
        lines,
        ..zone.clone()
    };
    Some(Correction {
        over,
        changes: told,
        holds: zone.holds(),
        zone,
    })
}
