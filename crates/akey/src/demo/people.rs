//! Invented people: families, single travellers, few children alone, with papers or without, as a
//! reception site meets them. The same seed gives the same people. None of it is anybody's data;
//! rates are plausible and ours, only the sums of the plan are facts.

use domain::{
    Birth, Country, Day, Document, DocumentKind, PCode, Particulars, Priority, RelationCode,
    ScreenedBefore, Screening, Separation, Sex, Vulnerability,
};
use jiff::civil::{Date, date};

use super::name;
use super::plan::{Groups, Place, Route};
use population::Chance;

/// The year whose people these are: ages are reckoned from it, far enough from 18 on both sides
/// that no birthday between September and December moves anybody into another group.
const YEAR: i16 = 2021;
/// Youngest adult.
const ADULT_YEARS_MIN: u32 = 19;
/// Oldest child.
const CHILD_YEARS_MAX: u32 = 15;
/// Years between a parent and a child, at least.
const GENERATION_YEARS: u32 = 18;

/// Somebody of the demo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traveller {
    /// Who they are, as they tell at the desk.
    pub particulars: Particulars,
    /// Which family they belong to, and how.
    pub family: Option<(FamilyNumber, RelationCode)>,
    /// Why they are called first.
    pub priority: Option<Priority>,
    /// What the screening finds; nothing where there was no time for it.
    pub screening: Option<Screening>,
}

/// A family of the demo, by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FamilyNumber(pub u32);

/// Makes people, movement after movement.
#[derive(Debug)]
pub struct People {
    chance: Chance,
    movements: u32,
    families: u32,
    papers: u32,
    asked: u32,
    /// A mother came without the father: he comes with one of the next movements.
    father_follows: Option<Follows>,
}

/// Somebody who comes later than their family.
#[derive(Debug)]
struct Follows {
    family: FamilyNumber,
    family_name: String,
    /// The movement by which the family came.
    movement: u32,
}

/// People who travel together, before they have names.
struct Party {
    adults: Vec<Sex>,
    children: Vec<Sex>,
}

impl People {
    /// The people of a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self {
            chance: Chance::seeded(seed),
            movements: 0,
            families: 0,
            papers: 0,
            asked: 0,
            father_follows: None,
        }
    }

    /// The people of one movement: as many of each group as asked, families together.
    pub fn of(&mut self, groups: Groups, route: Route, landing: Date) -> Vec<Traveller> {
        self.movements += 1;
        let mut parties = self.parties(groups);
        self.chance.shuffle(&mut parties);
        let mut travellers = Vec::new();
        for party in parties {
            travellers.extend(self.travellers(&party, route, landing));
        }
        travellers
    }

    fn parties(&mut self, groups: Groups) -> Vec<Party> {
        let mut left = groups;
        let mut parties = Vec::new();
        while left.children() > 0 {
            let many = (1 + self.chance.below(3)).min(left.children());
            let alone = self.chance.per_mille(14) || left.men + left.women == 0;
            let many = if alone { 1 } else { many };
            let children = (0..many).map(|_| self.child(&mut left)).collect();
            let adults = if alone {
                Vec::new()
            } else {
                self.parents(&mut left)
            };
            parties.push(Party { adults, children });
        }
        for _ in 0..left.men.min(left.women) {
            if self.chance.per_mille(220) {
                left.men -= 1;
                left.women -= 1;
                parties.push(Party {
                    adults: vec![Sex::F, Sex::M],
                    children: Vec::new(),
                });
            }
        }
        let single = |sex| Party {
            adults: vec![sex],
            children: Vec::new(),
        };
        parties.extend((0..left.men).map(|_| single(Sex::M)));
        parties.extend((0..left.women).map(|_| single(Sex::F)));
        parties
    }

    fn child(&mut self, left: &mut Groups) -> Sex {
        if self.chance.below(left.children()) < left.boys {
            left.boys -= 1;
            Sex::M
        } else {
            left.girls -= 1;
            Sex::F
        }
    }

    fn parents(&mut self, left: &mut Groups) -> Vec<Sex> {
        let (couple, mother, father) = (&[Sex::F, Sex::M][..], &[Sex::F][..], &[Sex::M][..]);
        let wish = *self
            .chance
            .weighted(&[(66, couple), (28, mother), (6, father)]);
        let mut parents = Vec::new();
        for sex in wish {
            let pool = if *sex == Sex::F {
                &mut left.women
            } else {
                &mut left.men
            };
            if *pool > 0 {
                *pool -= 1;
                parents.push(*sex);
            }
        }
        if parents.is_empty() {
            let (sex, pool) = if left.men > 0 {
                (Sex::M, &mut left.men)
            } else {
                (Sex::F, &mut left.women)
            };
            *pool -= 1;
            parents.push(sex);
        }
        parents
    }

    fn travellers(&mut self, party: &Party, route: Route, landing: Date) -> Vec<Traveller> {
        let (family, family_name) = self.family_of(party);
        let home = self.home(route);
        let mut ages_of_children: Vec<u32> = party
            .children
            .iter()
            .map(|_| self.chance.below(CHILD_YEARS_MAX + 1))
            .collect();
        ages_of_children.sort_unstable_by(|first, second| second.cmp(first));
        let parent_years_min = ages_of_children.first().map_or(ADULT_YEARS_MIN, |eldest| {
            (eldest + GENERATION_YEARS).max(ADULT_YEARS_MIN)
        });

        let mut travellers = Vec::new();
        for (place, sex) in party.adults.iter().enumerate() {
            let years = self.adult_years().max(parent_years_min);
            let heads = place == 0 && (party.children.len() + party.adults.len() > 1);
            let relation = if heads {
                RelationCode::HEAD
            } else {
                RelationCode::SPOUSE
            };
            let mut particulars = self.somebody(*sex, &family_name, &home);
            particulars.birth = Some(self.birth(years, landing));
            particulars.mother_name = Some(self.full_name(Sex::F));
            particulars.documents = self.documents(Country::HTI, 780);
            let mut traveller = Traveller {
                particulars,
                family: family.map(|family| (family, relation)),
                priority: None,
                screening: None,
            };
            self.screen_adult(&mut traveller, party, years);
            travellers.push(traveller);
        }
        let mother = party.adults.iter().position(|sex| *sex == Sex::F);
        let mother = mother.map(|place| travellers[place].particulars.full_name());
        for (sex, years) in party.children.iter().zip(ages_of_children) {
            let mut particulars = self.somebody(*sex, &family_name, &home);
            self.born_abroad(&mut particulars, &home, years);
            particulars.birth = Some(self.birth(years, landing));
            particulars.mother_name =
                Some(mother.clone().unwrap_or_else(|| self.full_name(Sex::F)));
            let mut traveller = Traveller {
                particulars,
                family: family.map(|family| (family, RelationCode::CHILD)),
                priority: None,
                screening: None,
            };
            self.screen_child(&mut traveller, party);
            travellers.push(traveller);
        }
        travellers
    }

    /// The family of a party and its name. A father who follows joins the family he belongs to.
    fn family_of(&mut self, party: &Party) -> (Option<FamilyNumber>, String) {
        let name = format!("Demo-{}", self.chance.one_of(name::FAMILY));
        let alone = party.adults.len() + party.children.len() < 2;
        if alone {
            let man = party.adults == [Sex::M];
            let now = self.movements;
            return match self
                .father_follows
                .take_if(|follows| man && follows.movement < now)
            {
                Some(follows) => (Some(follows.family), follows.family_name),
                None => (None, name),
            };
        }
        self.families += 1;
        let family = FamilyNumber(self.families);
        let mother_alone = party.adults == [Sex::F];
        if mother_alone && self.father_follows.is_none() && self.chance.per_mille(150) {
            self.father_follows = Some(Follows {
                family,
                family_name: name.clone(),
                movement: self.movements,
            });
        }
        (Some(family), name)
    }

    /// What a family has in common: where it comes from, where it lived, where it wants to go.
    fn home(&mut self, route: Route) -> Home {
        let last_residence = match route.origin() {
            Place::UsCustody | Place::MexicoCustody => *self.chance.weighted(&[
                (62, Country::CHL),
                (29, Country::BRA),
                (5, Country::MEX),
                (4, Country::DOM),
            ]),
            Place::CubaCustody => *self
                .chance
                .weighted(&[(85, Country::HTI), (15, Country::CUB)]),
            Place::BahamasCustody => *self
                .chance
                .weighted(&[(70, Country::BHS), (30, Country::HTI)]),
            _ => *self
                .chance
                .weighted(&[(40, Country::TCA), (60, Country::HTI)]),
        };
        let (commune, origin) = *self.chance.one_of(COMMUNES);
        let origin = PCode::any(origin);
        let (_, elsewhere) = *self.chance.one_of(COMMUNES);
        let destination = if self.chance.per_mille(720) {
            origin.clone()
        } else {
            PCode::any(elsewhere)
        };
        Home {
            commune,
            origin,
            destination,
            last_residence,
            years_abroad: 1 + self.chance.below(7),
        }
    }

    fn somebody(&mut self, sex: Sex, family_name: &str, home: &Home) -> Particulars {
        Particulars {
            given_names: self.given_names(sex),
            family_name: family_name.to_owned(),
            sex: Some(sex),
            birthplace: Some(home.commune.to_owned()),
            country_of_birth: Some(Country::HTI),
            nationalities: vec![Country::HTI],
            phone: self.phone(),
            destination: Some(home.destination.clone()),
            last_residence: Some(home.last_residence),
            origin: Some(home.origin.clone()),
            ..Particulars::default()
        }
    }

    fn given_names(&mut self, sex: Sex) -> String {
        let names = if sex == Sex::F {
            name::FEMALE
        } else {
            name::MALE
        };
        let first = *self.chance.one_of(names);
        let second = *self.chance.one_of(names);
        match self.chance.below(10) {
            0..=1 if first != second => format!("{first}-{second}"),
            2..=3 if first != second => format!("{first} {second}"),
            _ => first.to_owned(),
        }
    }

    fn full_name(&mut self, sex: Sex) -> String {
        let given = self.given_names(sex);
        format!("{given} Demo-{}", self.chance.one_of(name::FAMILY))
    }

    /// A number that rings nowhere: no subscriber of Haiti has one that begins with four zeros.
    fn phone(&mut self) -> Option<String> {
        let said = self.chance.per_mille(300);
        said.then(|| format!("+509 0000 {:04}", self.chance.below(10_000)))
    }

    fn adult_years(&mut self) -> u32 {
        let (from, to) = *self.chance.weighted(&[
            (46, (ADULT_YEARS_MIN, 29)),
            (40, (30, 39)),
            (11, (40, 49)),
            (3, (50, 66)),
        ]);
        from + self.chance.below(to - from + 1)
    }

    /// A birth that makes somebody so old, give or take a year: by day, by year, or as said.
    fn birth(&mut self, years: u32, landing: Date) -> Birth {
        let years = i16::try_from(years).expect("an age");
        // The youngest are born before the first flight lands.
        let months = if years == 0 { 8 } else { 12 };
        let month = 1 + self.chance.below(months);
        let day = 1 + self.chance.below(28);
        match self.chance.below(100) {
            0..=6 if years > 0 => Birth::Year(YEAR - years),
            7..=9 if years > 0 => Birth::Aged {
                years,
                on: Day(landing),
            },
            _ => {
                let month = i8::try_from(month).expect("a month");
                let day = i8::try_from(day).expect("a day");
                Birth::On(Day(date(YEAR - years, month, day)))
            }
        }
    }

    /// Children younger than the years their parents were away were born there, and have that
    /// nationality too: both Chile and Brazil give it by birth.
    fn born_abroad(&mut self, child: &mut Particulars, home: &Home, years: u32) {
        let Some((_, towns)) = TOWNS
            .iter()
            .find(|(country, _)| *country == home.last_residence)
        else {
            child.documents = self.documents(Country::HTI, 350);
            return;
        };
        if years >= home.years_abroad {
            child.documents = self.documents(Country::HTI, 500);
            return;
        }
        child.birthplace = Some((*self.chance.one_of(towns)).to_owned());
        child.country_of_birth = Some(home.last_residence);
        child.nationalities = vec![home.last_residence, Country::HTI];
        child.documents = self.documents(home.last_residence, 700);
    }

    /// Papers with numbers that no office ever wrote, for so many in a thousand.
    fn documents(&mut self, issuer: Country, per_mille: u32) -> Vec<Document> {
        if !self.chance.per_mille(per_mille) {
            return Vec::new();
        }
        self.papers += 1;
        let kind = *self.chance.weighted(&[
            (70, DocumentKind::Passport),
            (22, DocumentKind::IdentityCard),
            (8, DocumentKind::BirthCertificate),
        ]);
        vec![Document::new(
            kind,
            &format!("DEMO{:06}", self.papers),
            Some(issuer),
        )]
    }

    fn screen_adult(&mut self, adult: &mut Traveller, party: &Party, years: u32) {
        let woman = adult.particulars.sex == Some(Sex::F);
        let alone_with_children = party.adults.len() == 1 && !party.children.is_empty();
        let likely = [
            (
                Vulnerability::PREGNANT,
                if woman && years < 45 { 60 } else { 0 },
            ),
            (
                Vulnerability::SINGLE_PARENT,
                if alone_with_children { 900 } else { 0 },
            ),
            (
                Vulnerability::OLDER_PERSON,
                if years >= 60 { 500 } else { 0 },
            ),
            (Vulnerability::DISABILITY, 9),
            (Vulnerability::MEDICAL, 22),
            (Vulnerability::VIOLENCE, 14),
            (Vulnerability::GBV, if woman { 12 } else { 0 }),
            (Vulnerability::TRAFFICKING, 3),
            (Vulnerability::DISTRESS, 40),
            (Vulnerability::NO_SHELTER, 75),
        ];
        let vulnerabilities: Vec<_> = likely
            .into_iter()
            .filter(|(_, per_mille)| self.chance.per_mille(*per_mille))
            .map(|(vulnerability, _)| vulnerability)
            .collect();
        let found = |vulnerability| vulnerabilities.contains(vulnerability);
        adult.priority = if found(&Vulnerability::MEDICAL) {
            Some(Priority::Medical)
        } else if found(&Vulnerability::PREGNANT) {
            Some(Priority::Pregnant)
        } else if found(&Vulnerability::OLDER_PERSON) || found(&Vulnerability::DISABILITY) {
            Some(Priority::Frail)
        } else if party.children.len() > 1 {
            Some(Priority::SmallChildren)
        } else {
            None
        };
        let protection_concern = found(&Vulnerability::GBV) || found(&Vulnerability::TRAFFICKING);
        self.answer(
            adult,
            Screening {
                vulnerabilities,
                protection_concern,
                ..Screening::default()
            },
        );
    }

    fn screen_child(&mut self, child: &mut Traveller, party: &Party) {
        let mut screening = Screening::default();
        if party.adults.is_empty() {
            let separation = *self
                .chance
                .weighted(&[(3, Separation::Separated), (2, Separation::Unaccompanied)]);
            screening.separation = Some(separation);
            screening.protection_concern = true;
            child.priority = Some(Priority::ChildAlone);
        }
        if self.chance.per_mille(20) {
            screening.vulnerabilities.push(Vulnerability::MEDICAL);
        }
        self.answer(child, screening);
    }

    /// Most answer, some prefer not to, for some there is no time. Children alone are never missed.
    fn answer(&mut self, traveller: &mut Traveller, mut screening: Screening) {
        self.asked += 1;
        screening.before = told_before(self.asked);
        traveller.screening = if screening.separation.is_some() {
            Some(screening)
        } else {
            match self.chance.below(100) {
                0 => None,
                1 => Some(Screening {
                    declined: true,
                    ..Screening::default()
                }),
                _ => Some(screening),
            }
        };
    }
}

/// Whether they were screened for protection needs before they were sent: in turn, and not by chance, so
/// that nothing else of the demo depends on it. How many say what is ours.
const fn told_before(asked: u32) -> Option<ScreenedBefore> {
    match asked % 25 {
        3 | 11 => Some(ScreenedBefore::Refused),
        7 => Some(ScreenedBefore::Offered),
        16 => Some(ScreenedBefore::Done),
        5 | 21 => None,
        _ => Some(ScreenedBefore::NotOffered),
    }
}

/// What a family has in common.
struct Home {
    commune: &'static str,
    origin: PCode,
    destination: PCode,
    last_residence: Country,
    years_abroad: u32,
}

/// Communes of Haiti with the P-code of their department (Common Operational Dataset, CNIGS/OCHA).
const COMMUNES: &[(&str, &str)] = &[
    ("Port-au-Prince", "HT01"),
    ("Delmas", "HT01"),
    ("Carrefour", "HT01"),
    ("Croix-des-Bouquets", "HT01"),
    ("Léogâne", "HT01"),
    ("Petit-Goâve", "HT01"),
    ("Jacmel", "HT02"),
    ("Bainet", "HT02"),
    ("Belle-Anse", "HT02"),
    ("Cap-Haïtien", "HT03"),
    ("Limbé", "HT03"),
    ("Plaisance", "HT03"),
    ("Milot", "HT03"),
    ("Fort-Liberté", "HT04"),
    ("Ouanaminthe", "HT04"),
    ("Trou-du-Nord", "HT04"),
    ("Gonaïves", "HT05"),
    ("Saint-Marc", "HT05"),
    ("Gros-Morne", "HT05"),
    ("Verrettes", "HT05"),
    ("Hinche", "HT06"),
    ("Mirebalais", "HT06"),
    ("Lascahobas", "HT06"),
    ("Les Cayes", "HT07"),
    ("Aquin", "HT07"),
    ("Port-Salut", "HT07"),
    ("Jérémie", "HT08"),
    ("Dame-Marie", "HT08"),
    ("Port-de-Paix", "HT09"),
    ("Jean-Rabel", "HT09"),
    ("Saint-Louis-du-Nord", "HT09"),
    ("Miragoâne", "HT10"),
    ("Anse-à-Veau", "HT10"),
];

/// Where children were born abroad.
const TOWNS: &[(Country, &[&str])] = &[
    (
        Country::CHL,
        &[
            "Santiago",
            "Antofagasta",
            "Concepción",
            "Iquique",
            "Rancagua",
        ],
    ),
    (
        Country::BRA,
        &["São Paulo", "Curitiba", "Porto Alegre", "Manaus", "Cuiabá"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::AgeGroup;
    use std::collections::BTreeMap;

    const FLIGHT: Groups = Groups {
        men: 60,
        women: 27,
        boys: 13,
        girls: 12,
    };
    const LANDING: Date = date(2021, 9, 19);

    fn flights(count: u64) -> Vec<Traveller> {
        let mut people = People::seeded(7);
        (0..count)
            .flat_map(|_| people.of(FLIGHT, Route::UsaPap, LANDING))
            .collect()
    }

    #[test]
    fn a_movement_has_the_people_of_each_group_that_were_asked_for() {
        for last_day in [LANDING, date(2021, 12, 31)] {
            let mut counted = BTreeMap::new();
            for traveller in flights(1) {
                *counted
                    .entry(traveller.particulars.age_group(last_day))
                    .or_insert(0) += 1;
            }
            let expected = [
                (AgeGroup::Men, 60),
                (AgeGroup::Women, 27),
                (AgeGroup::Boys, 13),
                (AgeGroup::Girls, 12),
            ];
            assert_eq!(counted, BTreeMap::from(expected), "on {last_day}");
        }
    }

    #[test]
    fn everybody_is_obviously_invented_and_nothing_about_them_is_impossible() {
        for traveller in flights(20) {
            let who = &traveller.particulars;
            assert!(who.family_name.starts_with("Demo-"));
            assert_eq!(who.check(LANDING), Ok(()));
            assert!(
                who.documents
                    .iter()
                    .all(|document| document.number.starts_with("DEMO"))
            );
            assert!(
                who.destination
                    .as_ref()
                    .is_some_and(|code| PCode::KNOWN.contains(code))
            );
        }
    }

    #[test]
    fn a_father_who_follows_belongs_to_the_family_that_came_before() {
        let mut people = People::seeded(7);
        let mut first_flight_of = BTreeMap::new();
        let mut split = 0;
        for flight in 0..20 {
            for traveller in people.of(FLIGHT, Route::UsaPap, LANDING) {
                if let Some((family, _)) = traveller.family {
                    split += i32::from(*first_flight_of.entry(family).or_insert(flight) != flight);
                }
            }
        }
        assert!(split > 2, "{split} families came by two flights");
    }

    #[test]
    fn few_children_come_alone_and_all_of_them_are_called_first() {
        let travellers = flights(40);
        let alone = travellers.iter().filter(|traveller| {
            traveller
                .screening
                .as_ref()
                .is_some_and(|screening| screening.separation.is_some())
        });
        let alone: Vec<_> = alone.collect();
        assert!((1..40).contains(&alone.len()), "{}", alone.len());
        assert!(
            alone
                .iter()
                .all(|child| child.priority == Some(Priority::ChildAlone))
        );
    }

    #[test]
    fn some_children_have_two_nationalities() {
        let travellers = flights(4);
        assert!(
            travellers
                .iter()
                .any(|child| child.particulars.nationalities.len() == 2)
        );
    }
}
