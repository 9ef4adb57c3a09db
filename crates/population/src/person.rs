//! People who do not exist, household by household: who they are, whose children they are, and how often
//! they come.

use jiff::civil::Date;

use crate::chance::Chance;
use crate::name::Names;

/// Most members of a household.
pub(crate) const MEMBERS_MAX: u32 = 8;
/// The year in which ages are reckoned.
const YEAR: i16 = 2021;

/// Somebody, as they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    pub given: String,
    pub family: String,
    /// The name of the man she is married to, which some papers bear.
    pub married: Option<String>,
    pub is_woman: bool,
    pub born: Date,
    pub mother: String,
    /// Number of the commune of birth.
    pub commune: usize,
}

/// People who live together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Household {
    pub members: Vec<Person>,
    /// How often they come: each time all of them, but for those who are left out one by one.
    pub times: u32,
}

impl Household {
    /// The household of a number in a population.
    pub(crate) fn of(names: &Names, chance: &mut Chance) -> Self {
        let family = names.family(chance);
        let commune = names.commune(chance);
        let kind = chance.below(1000);
        let times = match chance.below(1000) {
            0..700 => 1,
            700..900 => 2,
            900..970 => 3,
            970..995 => 4,
            _ => 5,
        };
        let mut members = Vec::new();
        if kind < 480 {
            // By themselves, men two times in three.
            let is_woman = !chance.per_mille(660);
            let own = names.family(chance);
            members.push(adult(names, chance, is_woman, own, commune));
        } else {
            let maiden = names.family(chance);
            let mut mother = adult(names, chance, true, maiden, commune);
            let has_father = chance.per_mille(700);
            if has_father {
                members.push(adult(names, chance, false, family.clone(), commune));
                if chance.per_mille(550) {
                    mother.married = Some(family.clone());
                }
            }
            let mothers = format!("{} {}", mother.given, mother.family);
            let youngest = 2;
            let children = if kind < 620 {
                0
            } else {
                1 + chance.below(MEMBERS_MAX - 2).min(4)
            };
            let oldest = mother_years(&mother).saturating_sub(17).clamp(youngest, 17);
            members.push(mother);
            for _ in 0..children {
                let is_woman = chance.per_mille(490);
                let years = chance.below(oldest);
                let born = birthday(chance, years);
                members.push(Person {
                    given: names.given(is_woman, chance),
                    family: family.clone(),
                    married: None,
                    is_woman,
                    born,
                    mother: mothers.clone(),
                    commune: near(names, chance, commune),
                });
            }
        }
        Self { members, times }
    }
}

fn adult(
    names: &Names,
    chance: &mut Chance,
    is_woman: bool,
    family: String,
    commune: usize,
) -> Person {
    let years = 18 + chance.below(22) + chance.below(22);
    Person {
        given: names.given(is_woman, chance),
        family,
        married: None,
        is_woman,
        born: birthday(chance, years),
        mother: format!("{} {}", names.given(true, chance), names.family(chance)),
        commune: near(names, chance, commune),
    }
}

fn mother_years(mother: &Person) -> u32 {
    u32::try_from(YEAR - mother.born.year()).unwrap_or(18)
}

/// Most people of a household are from one place.
fn near(names: &Names, chance: &mut Chance, commune: usize) -> usize {
    if chance.per_mille(700) {
        commune
    } else {
        names.commune(chance)
    }
}

/// A day of birth so many years before.
fn birthday(chance: &mut Chance, years: u32) -> Date {
    let year = YEAR - i16::try_from(years).unwrap_or(0);
    let first = Date::constant(year, 1, 1);
    let days = i64::from(chance.below(365));
    first.saturating_add(jiff::Span::new().days(days))
}
