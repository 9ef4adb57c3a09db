//! The movements that the demo plays, as data: what lands when, from where, with whom. The sums are
//! published figures and cited in `plan.csv`; how they are parted is ours.

use std::str::FromStr;

use domain::{Country, LegalBasis, Moment, MovementKind, PCode, SiteKind};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Where the clocks of the demo hang.
pub const TIME_ZONE: &str = "America/Port-au-Prince";

/// One movement of the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voyage {
    /// When it lands, in local time.
    pub lands: DateTime,
    /// Its name.
    pub name: &'static str,
    /// From where to where.
    pub route: Route,
    /// Who is received.
    pub groups: Groups,
    /// How many on the manifest do not come.
    pub no_shows: u32,
    /// How many come who are not on the manifest.
    pub unlisted: u32,
}

/// How many of each group in which IOM counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Groups {
    /// Male, 18 or older.
    pub men: u32,
    /// Female, 18 or older.
    pub women: u32,
    /// Male, under 18.
    pub boys: u32,
    /// Female, under 18.
    pub girls: u32,
}

impl Groups {
    /// All of them.
    pub const fn sum(self) -> u32 {
        self.men + self.women + self.boys + self.girls
    }

    /// Those under 18.
    pub const fn children(self) -> u32 {
        self.boys + self.girls
    }
}

/// From where to where people are moved, how and on what legal basis.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Route {
    /// From the United States to Port-au-Prince.
    UsaPap,
    /// From the United States to Cap-Haïtien.
    UsaCap,
    /// From Mexico to Port-au-Prince.
    MexicoPap,
    /// From Cuba to Cap-Haïtien, by boat.
    CubaCap,
    /// From the Bahamas to Port-au-Prince.
    BahamasPap,
    /// From the Bahamas to Cap-Haïtien.
    BahamasCap,
    /// From Turks and Caicos to Cap-Haïtien, by boat.
    TurksAndCaicosCap,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 7] = [
        Self::UsaPap,
        Self::UsaCap,
        Self::MexicoPap,
        Self::CubaCap,
        Self::BahamasPap,
        Self::BahamasCap,
        Self::TurksAndCaicosCap,
    ];

    /// Its word in the plan.
    const fn code(self) -> &'static str {
        match self {
            Self::UsaPap => "usa-pap",
            Self::UsaCap => "usa-cap",
            Self::MexicoPap => "mexico-pap",
            Self::CubaCap => "cuba-cap",
            Self::BahamasPap => "bahamas-pap",
            Self::BahamasCap => "bahamas-cap",
            Self::TurksAndCaicosCap => "turks-and-caicos-cap",
        }
    }

    /// Where people are taken from.
    pub const fn origin(self) -> Place {
        match self {
            Self::UsaPap | Self::UsaCap => Place::UsCustody,
            Self::MexicoPap => Place::MexicoCustody,
            Self::CubaCap => Place::CubaCustody,
            Self::BahamasPap | Self::BahamasCap => Place::BahamasCustody,
            Self::TurksAndCaicosCap => Place::TurksAndCaicosCustody,
        }
    }

    /// Where they are received.
    pub const fn destination(self) -> Place {
        match self {
            Self::UsaPap | Self::MexicoPap | Self::BahamasPap => Place::PortAuPrince,
            Self::UsaCap | Self::CubaCap | Self::BahamasCap | Self::TurksAndCaicosCap => {
                Place::CapHaitien
            }
        }
    }

    /// How they travel.
    pub fn kind(self) -> MovementKind {
        match self {
            Self::CubaCap | Self::TurksAndCaicosCap => MovementKind::BOAT,
            _ => MovementKind::FLIGHT,
        }
    }

    /// Title 42 for the flights from the United States, as its government said (42 U.S.C. § 265);
    /// boats stand for interceptions at sea, such as IO13 counts; for the other routes our sources do
    /// not say, and neither does the demo.
    pub fn legal_basis(self) -> LegalBasis {
        match self {
            Self::UsaPap | Self::UsaCap => LegalBasis::TITLE_42,
            Self::CubaCap | Self::TurksAndCaicosCap => LegalBasis::SEA_INTERCEPTION,
            Self::MexicoPap | Self::BahamasPap | Self::BahamasCap => LegalBasis::NOT_STATED,
        }
    }

    /// How long they are under way, in minutes.
    pub const fn minutes(self) -> i64 {
        match self {
            Self::UsaPap | Self::UsaCap => 235,
            Self::MexicoPap => 260,
            Self::CubaCap | Self::TurksAndCaicosCap => 540,
            Self::BahamasPap | Self::BahamasCap => 95,
        }
    }
}

impl FromStr for Route {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.into_iter().find(|route| route.code() == code);
        named.ok_or_else(|| format!("{code} is no route"))
    }
}

/// A site of the demo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// The airport of Port-au-Prince.
    PortAuPrince,
    /// The airport of Cap-Haïtien, where returns began on 22 September (IO04).
    CapHaitien,
    /// The store from which both are supplied.
    Warehouse,
    /// The camp under the bridge (DR01, DR05 to DR07).
    DelRio,
    /// Where people are held in the United States.
    UsCustody,
    /// Where people are held in Mexico.
    MexicoCustody,
    /// Where people are held in Cuba.
    CubaCustody,
    /// Where people are held in the Bahamas.
    BahamasCustody,
    /// Where people are held in Turks and Caicos.
    TurksAndCaicosCustody,
}

impl Place {
    /// Every place, in the order they are opened.
    pub const ALL: [Self; 9] = [
        Self::PortAuPrince,
        Self::CapHaitien,
        Self::Warehouse,
        Self::DelRio,
        Self::UsCustody,
        Self::MexicoCustody,
        Self::CubaCustody,
        Self::BahamasCustody,
        Self::TurksAndCaicosCustody,
    ];

    /// Name, kind, country, administrative area, port code and time zone.
    pub fn facts(self) -> Facts {
        let facts = |name, kind, country, time_zone| Facts {
            name,
            kind,
            country,
            area: None,
            port_code: None,
            time_zone,
        };
        match self {
            Self::PortAuPrince => Facts {
                area: Some(PCode::HT01),
                port_code: Some("PAP"),
                ..facts(
                    "Port-au-Prince airport",
                    SiteKind::AIRPORT,
                    Country::HTI,
                    TIME_ZONE,
                )
            },
            Self::CapHaitien => Facts {
                area: Some(PCode::HT03),
                port_code: Some("CAP"),
                ..facts(
                    "Cap-Haïtien airport",
                    SiteKind::AIRPORT,
                    Country::HTI,
                    TIME_ZONE,
                )
            },
            Self::Warehouse => Facts {
                area: Some(PCode::HT01),
                ..facts(
                    "Tabarre warehouse",
                    SiteKind::WAREHOUSE,
                    Country::HTI,
                    TIME_ZONE,
                )
            },
            Self::DelRio => facts(
                "Del Rio encampment",
                SiteKind::ENCAMPMENT,
                Country::USA,
                "America/Chicago",
            ),
            Self::UsCustody => facts(
                "US custody",
                SiteKind::CUSTODY,
                Country::USA,
                "America/Chicago",
            ),
            Self::MexicoCustody => facts(
                "Custody in Mexico",
                SiteKind::CUSTODY,
                Country::MEX,
                "America/Mexico_City",
            ),
            Self::CubaCustody => facts(
                "Custody in Cuba",
                SiteKind::CUSTODY,
                Country::CUB,
                "America/Havana",
            ),
            Self::BahamasCustody => facts(
                "Custody in the Bahamas",
                SiteKind::CUSTODY,
                Country::BHS,
                "America/Nassau",
            ),
            Self::TurksAndCaicosCustody => facts(
                "Custody in Turks and Caicos",
                SiteKind::CUSTODY,
                Country::TCA,
                "America/Grand_Turk",
            ),
        }
    }
}

/// What is known of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: SiteKind,
    /// Country.
    pub country: Country,
    /// Department of Haiti.
    pub area: Option<PCode>,
    /// IATA code.
    pub port_code: Option<&'static str>,
    /// IANA time zone.
    pub time_zone: &'static str,
}

impl Voyage {
    /// The day it lands.
    pub fn day(&self) -> Date {
        self.lands.date()
    }

    /// When it lands.
    pub fn moment(&self) -> Moment {
        local(self.lands)
    }

    /// How many stand on its manifest.
    pub const fn listed(&self) -> u32 {
        self.groups.sum() + self.no_shows - self.unlisted
    }
}

/// The instant of a local time in Haiti.
pub fn local(time: DateTime) -> Moment {
    let zone = TimeZone::get(TIME_ZONE).expect("time zones are built in");
    let zoned = time
        .to_zoned_datetime(zone)
        .expect("a time of 2021 is in range");
    Moment::from(zoned.timestamp())
}

/// All movements, in the order they land.
pub fn voyages() -> Vec<Voyage> {
    let rows = include_str!("plan.csv").lines();
    let rows = rows.filter(|row| !row.starts_with('#')).skip(1);
    rows.map(|row| voyage(row).expect("plan.csv is part of the program and read by its tests"))
        .collect()
}

fn voyage(row: &'static str) -> Result<Voyage, String> {
    let cells: Vec<&'static str> = row.split(',').collect();
    let &[
        lands,
        name,
        route,
        men,
        women,
        boys,
        girls,
        no_shows,
        unlisted,
    ] = &cells[..]
    else {
        return Err(format!("{row}: a row has nine cells"));
    };
    let number = |cell: &str| cell.parse().map_err(|error| format!("{row}: {error}"));
    Ok(Voyage {
        lands: lands.parse().map_err(|error| format!("{row}: {error}"))?,
        name,
        route: route.parse()?,
        groups: Groups {
            men: number(men)?,
            women: number(women)?,
            boys: number(boys)?,
            girls: number(girls)?,
        },
        no_shows: number(no_shows)?,
        unlisted: number(unlisted)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    fn until(day: Date) -> Vec<Voyage> {
        let mut voyages = voyages();
        voyages.retain(|voyage| voyage.day() <= day);
        voyages
    }

    fn people(voyages: &[Voyage]) -> u32 {
        voyages.iter().map(|voyage| voyage.groups.sum()).sum()
    }

    #[test]
    fn the_plan_adds_up_to_the_published_figures() {
        let first = until(date(2021, 9, 23));
        assert_eq!((first.len(), people(&first)), (12, 1_401), "DR02 and DR03");
        let flights: Vec<_> = until(date(2021, 9, 24));
        assert_eq!(
            (flights.len(), people(&flights)),
            (17, 1_986),
            "DR11 and DR12: about 2,000"
        );
        let all = until(date(2021, 10, 19));
        let sum = |of: fn(&Groups) -> u32| all.iter().map(|voyage| of(&voyage.groups)).sum();
        let sums: [u32; 4] = [
            sum(|g| g.men),
            sum(|g| g.women),
            sum(|g| g.boys),
            sum(|g| g.girls),
        ];
        assert_eq!(sums, [6_586, 2_456, 920, 869], "IO05");
        assert_eq!(people(&all), 10_831, "IO05");
    }

    #[test]
    fn seven_thousand_come_from_the_united_states_by_the_sixth_of_october() {
        let mut from_usa = until(date(2021, 10, 6));
        from_usa.retain(|voyage| voyage.route.origin() == Place::UsCustody);
        assert!(people(&from_usa) >= 7_000, "IO04");
    }

    #[test]
    fn cap_haitien_receives_from_the_twenty_second_of_september() {
        let voyages = voyages();
        let first = voyages.iter().find(|voyage| voyage.route == Route::UsaCap);
        assert_eq!(first.map(Voyage::day), Some(date(2021, 9, 22)), "IO04");
    }

    #[test]
    fn movements_land_one_after_the_other_and_each_has_a_name_of_its_own() {
        let voyages = voyages();
        assert!(voyages.is_sorted_by_key(|voyage| voyage.lands));
        let names: BTreeSet<_> = voyages.iter().map(|voyage| voyage.name).collect();
        assert_eq!(names.len(), voyages.len());
    }
}
