//! What a clerk writes down of somebody, with the mistakes that happen. Each rule has a rate in thousandths;
//! the table of them is in the README of this crate and is frozen with it.

use jiff::civil::Date;

use crate::chance::Chance;
use crate::name::COMMUNES;
use crate::person::Person;
use crate::spelling::{initial, joined_otherwise, otherwise, slip, without_accents};

/// One row of a register: what linkage sees, and, behind it, the truth.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// Its number, in the order of the file.
    pub record_id: u64,
    /// Given names.
    pub given_names: String,
    /// Family name.
    pub family_name: String,
    /// `f`, `m` or nothing.
    pub sex: String,
    /// A day (`1987-03-12`), a year (`1987`) or nothing.
    pub birth_date: String,
    /// The mother's name.
    pub mother_name: String,
    /// Commune of birth.
    pub birthplace: String,
    /// A telephone number, in a range that does not exist.
    pub phone: String,
    /// A document's number, in a series that does not exist.
    pub document: String,
    /// Who travels together has the same.
    pub party: u64,
    /// The truth: who it is. Not for linkage.
    pub entity: u64,
}

/// How often each thing happens to one record, in thousandths.
pub(crate) mod rate {
    pub(crate) const NAME_OTHERWISE: u32 = 130;
    pub(crate) const NAME_JOINED: u32 = 80;
    pub(crate) const NAME_SLIP: u32 = 30;
    pub(crate) const NO_ACCENTS: u32 = 450;
    pub(crate) const SWAPPED: u32 = 45;
    pub(crate) const SECOND_LEFT_OUT: u32 = 220;
    pub(crate) const SECOND_FIRST: u32 = 60;
    pub(crate) const SECOND_INITIAL: u32 = 50;
    pub(crate) const MARRIED: u32 = 350;
    pub(crate) const HALF_FAMILY: u32 = 70;
    pub(crate) const SEX_MISSING: u32 = 15;
    pub(crate) const SEX_WRONG: u32 = 6;
    pub(crate) const DATE_MISSING: u32 = 40;
    pub(crate) const DATE_YEAR_ONLY: u32 = 80;
    pub(crate) const DATE_FIRST_JANUARY: u32 = 50;
    pub(crate) const DATE_AGE: u32 = 40;
    pub(crate) const DATE_SWAPPED: u32 = 30;
    pub(crate) const DATE_SLIP: u32 = 35;
    pub(crate) const MOTHER_MISSING: u32 = 140;
    pub(crate) const MOTHER_GIVEN_ONLY: u32 = 110;
    pub(crate) const MOTHER_OTHERWISE: u32 = 160;
    pub(crate) const MOTHER_SLIP: u32 = 30;
    pub(crate) const PLACE_MISSING: u32 = 170;
    pub(crate) const PLACE_OTHERWISE: u32 = 200;
    pub(crate) const PLACE_WRONG: u32 = 25;
    pub(crate) const PHONE_MISSING: u32 = 520;
    pub(crate) const PHONE_NEW: u32 = 450;
    pub(crate) const PHONE_SLIP: u32 = 20;
    pub(crate) const DOCUMENT_MISSING: u32 = 480;
    pub(crate) const DOCUMENT_NEW: u32 = 200;
    pub(crate) const DOCUMENT_SLIP: u32 = 20;
}

/// What somebody has that is not part of who they are: it changes between one time and the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub phone: u32,
    pub document: u32,
}

impl Held {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        Self {
            phone: chance.below(1_000_000),
            document: chance.below(10_000_000),
        }
    }

    /// What is held the next time.
    pub(crate) fn later(self, chance: &mut Chance) -> Self {
        let new = Self::new(chance);
        let pick =
            |chance: &mut Chance, rate, new, old| if chance.per_mille(rate) { new } else { old };
        Self {
            phone: pick(chance, rate::PHONE_NEW, new.phone, self.phone),
            document: pick(chance, rate::DOCUMENT_NEW, new.document, self.document),
        }
    }
}

/// Writes somebody down.
pub(crate) fn write(person: &Person, held: Held, chance: &mut Chance) -> Record {
    let (given_names, family_name) = names(person, chance);
    Record {
        given_names,
        family_name,
        sex: sex(person, chance),
        birth_date: birth(person.born, chance),
        mother_name: mother(&person.mother, chance),
        birthplace: place(person.commune, chance),
        phone: phone(held.phone, chance),
        document: document(held.document, chance),
        ..Record::default()
    }
}

fn names(person: &Person, chance: &mut Chance) -> (String, String) {
    let mut given = given(&person.given, chance);
    let mut family = match &person.married {
        Some(married) if chance.per_mille(rate::MARRIED) => married.clone(),
        _ => person.family.clone(),
    };
    if family.contains('-') && chance.per_mille(rate::HALF_FAMILY) {
        let halves: Vec<&str> = family.split('-').collect();
        family = (*chance.one_of(&halves)).to_owned();
    }
    for name in [&mut given, &mut family] {
        if chance.per_mille(rate::NAME_OTHERWISE) {
            *name = otherwise(name, chance);
        }
        if chance.per_mille(rate::NAME_JOINED) {
            *name = joined_otherwise(name, chance);
        }
        if chance.per_mille(rate::NAME_SLIP) {
            *name = slip(name, chance);
        }
    }
    if chance.per_mille(rate::NO_ACCENTS) {
        given = without_accents(&given);
        family = without_accents(&family);
    }
    if chance.per_mille(rate::SWAPPED) {
        return (family, given);
    }
    (given, family)
}

/// Of two given names the second is left out, comes first, or is a letter.
fn given(given: &str, chance: &mut Chance) -> String {
    let Some((first, second)) = given.split_once([' ', '-']) else {
        return given.to_owned();
    };
    if chance.per_mille(rate::SECOND_LEFT_OUT) {
        // Everybody called Jean-Robert is called Robert too.
        let kept = if chance.per_mille(400) { second } else { first };
        return kept.to_owned();
    }
    if chance.per_mille(rate::SECOND_FIRST) {
        return format!("{second} {first}");
    }
    if chance.per_mille(rate::SECOND_INITIAL) {
        return format!("{first} {}", initial(second));
    }
    given.to_owned()
}

fn sex(person: &Person, chance: &mut Chance) -> String {
    if chance.per_mille(rate::SEX_MISSING) {
        return String::new();
    }
    let is_woman = person.is_woman != chance.per_mille(rate::SEX_WRONG);
    if is_woman { "f" } else { "m" }.to_owned()
}

fn birth(born: Date, chance: &mut Chance) -> String {
    let drawn = chance.below(1000);
    let mut before = 0;
    let mut falls = |rate: u32| {
        before += rate;
        drawn < before
    };
    if falls(rate::DATE_MISSING) {
        String::new()
    } else if falls(rate::DATE_YEAR_ONLY) {
        born.year().to_string()
    } else if falls(rate::DATE_FIRST_JANUARY) {
        format!("{:04}-01-01", born.year())
    } else if falls(rate::DATE_AGE) {
        // From an age that was told: right, or a year off.
        (born.year() + i16::try_from(chance.below(3)).unwrap_or(1) - 1).to_string()
    } else if falls(rate::DATE_SWAPPED) && born.day() <= 12 {
        format!("{:04}-{:02}-{:02}", born.year(), born.day(), born.month())
    } else if falls(rate::DATE_SLIP) {
        digit_off(born, chance)
    } else {
        born.to_string()
    }
}

/// One of the digits of a date is another, and it is a date all the same.
fn digit_off(born: Date, chance: &mut Chance) -> String {
    let (mut year, mut month, mut day) = (born.year(), born.month(), born.day());
    let by = if chance.per_mille(500) { 1 } else { -1 };
    match chance.below(4) {
        0 => year += i16::from(by) * 10,
        1 => year += i16::from(by),
        2 => month = (month + by).clamp(1, 12),
        _ => day = (day + by * *chance.one_of(&[1, 10])).clamp(1, 28),
    }
    // There is no 31 June: whoever typed it was told, and typed the last day that there is.
    let last = Date::new(year, month, 1).map_or(28, Date::days_in_month);
    format!("{year:04}-{month:02}-{:02}", day.min(last))
}

fn mother(mother: &str, chance: &mut Chance) -> String {
    if chance.per_mille(rate::MOTHER_MISSING) {
        return String::new();
    }
    let mut name = mother.to_owned();
    if chance.per_mille(rate::MOTHER_GIVEN_ONLY) {
        name = name.split(' ').next().unwrap_or_default().to_owned();
    }
    if chance.per_mille(rate::MOTHER_OTHERWISE) {
        name = otherwise(&name, chance);
    }
    if chance.per_mille(rate::MOTHER_SLIP) {
        name = slip(&name, chance);
    }
    if chance.per_mille(rate::NO_ACCENTS) {
        name = without_accents(&name);
    }
    name
}

fn place(commune: usize, chance: &mut Chance) -> String {
    if chance.per_mille(rate::PLACE_MISSING) {
        return String::new();
    }
    let wrong = chance.per_mille(rate::PLACE_WRONG);
    let (name, others) = if wrong {
        *chance.one_of(COMMUNES)
    } else {
        COMMUNES[commune]
    };
    if chance.per_mille(rate::PLACE_OTHERWISE) {
        return (*chance.one_of(others)).to_owned();
    }
    name.to_owned()
}

/// Numbers in Haiti begin with 2, 3 or 4: one that begins with 0 is nobody's.
fn phone(number: u32, chance: &mut Chance) -> String {
    if chance.per_mille(rate::PHONE_MISSING) {
        return String::new();
    }
    let digits = format!("{number:06}");
    let digits = if chance.per_mille(rate::PHONE_SLIP) {
        slip(&digits, chance)
    } else {
        digits
    };
    format!("+50900{digits}")
}

/// No passport begins with XX.
fn document(number: u32, chance: &mut Chance) -> String {
    if chance.per_mille(rate::DOCUMENT_MISSING) {
        return String::new();
    }
    let digits = format!("{number:07}");
    let digits = if chance.per_mille(rate::DOCUMENT_SLIP) {
        slip(&digits, chance)
    } else {
        digits
    };
    format!("XX{digits}")
}
