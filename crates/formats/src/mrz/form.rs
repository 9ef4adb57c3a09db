//! Where each field stands in the five forms of a zone (ICAO 9303 parts 4 to 7).

use std::ops::Range;

/// A form of machine readable zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// Cards of the size of a bank card: three lines of 30 (part 5).
    Td1,
    /// Larger cards: two lines of 36 (part 6).
    Td2,
    /// Passports: two lines of 44 (part 4).
    Td3,
    /// Visas as large as a passport's page: two lines of 44 (part 7).
    MrvA,
    /// Smaller visas: two lines of 36 (part 7).
    MrvB,
}

/// A stretch of one line: the line and the columns, from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Which line, from 0.
    pub line: usize,
    /// Its columns.
    pub columns: Range<usize>,
}

const fn at(line: usize, from: usize, to: usize) -> Stretch {
    Stretch {
        line,
        columns: from..to,
    }
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 5] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB];

    /// How many lines it has.
    pub const fn lines(self) -> usize {
        match self {
            Self::Td1 => 3,
            _ => 2,
        }
    }

    /// How many characters a line has.
    pub const fn width(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// The form of lines of a width that begin with a letter.
    pub fn of(lines: usize, width: usize, first: u8) -> Option<Self> {
        Some(match (lines, width, first) {
            (3, 30, _) => Self::Td1,
            (2, 36, b'V') => Self::MrvB,
            (2, 36, _) => Self::Td2,
            (2, 44, b'V') => Self::MrvA,
            (2, 44, _) => Self::Td3,
            _ => return None,
        })
    }

    /// The names.
    pub const fn names(self) -> Stretch {
        match self {
            Self::Td1 => at(2, 0, 30),
            _ => at(0, 5, self.width()),
        }
    }

    /// The number of the document, without what of it did not fit.
    pub const fn number(self) -> Stretch {
        match self {
            Self::Td1 => at(0, 5, 14),
            _ => at(1, 0, 9),
        }
    }

    /// The nationality.
    pub const fn nationality(self) -> Stretch {
        match self {
            Self::Td1 => at(1, 15, 18),
            _ => at(1, 10, 13),
        }
    }

    /// The date of birth; the sex follows one column behind its check digit.
    pub const fn birth(self) -> Stretch {
        match self {
            Self::Td1 => at(1, 0, 6),
            _ => at(1, 13, 19),
        }
    }

    /// The sex.
    pub const fn sex(self) -> Stretch {
        match self {
            Self::Td1 => at(1, 7, 8),
            _ => at(1, 20, 21),
        }
    }

    /// The date of expiry.
    pub const fn expiry(self) -> Stretch {
        match self {
            Self::Td1 => at(1, 8, 14),
            _ => at(1, 21, 27),
        }
    }

    /// What the issuer may write; into the first a number continues that is too long.
    pub const fn optional(self) -> Stretch {
        match self {
            Self::Td1 => at(0, 15, 30),
            Self::Td2 => at(1, 28, 35),
            Self::Td3 => at(1, 28, 42),
            Self::MrvA => at(1, 28, 44),
            Self::MrvB => at(1, 28, 36),
        }
    }

    /// The second optional field of small cards.
    pub const fn optional_more(self) -> Option<Stretch> {
        match self {
            Self::Td1 => Some(at(1, 18, 29)),
            _ => None,
        }
    }

    /// The place of the check digit over the others, and what it is over. Visas have none.
    pub fn composite(self) -> Option<(Stretch, Vec<Stretch>)> {
        Some(match self {
            Self::Td1 => (
                at(1, 29, 30),
                vec![at(0, 5, 30), at(1, 0, 7), at(1, 8, 15), at(1, 18, 29)],
            ),
            Self::Td2 => (
                at(1, 35, 36),
                vec![at(1, 0, 10), at(1, 13, 20), at(1, 21, 35)],
            ),
            Self::Td3 => (
                at(1, 43, 44),
                vec![at(1, 0, 10), at(1, 13, 20), at(1, 21, 43)],
            ),
            Self::MrvA | Self::MrvB => return None,
        })
    }

    /// Whether a number that is too long continues in the optional field (parts 5 and 6).
    pub const fn continues(self) -> bool {
        matches!(self, Self::Td1 | Self::Td2)
    }
}
