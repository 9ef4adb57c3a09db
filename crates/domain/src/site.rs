//! Places.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::event::{Event, Recorded};
use crate::{Country, Day, Moment, PCode, SiteId, SiteKind};

const DAY_MS: i64 = 86_400_000;

/// A site as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SiteKind,
    /// Country.
    pub country: Country,
    /// Administrative area.
    pub area: Option<PCode>,
    /// UN/LOCODE or IATA code.
    pub port_code: Option<String>,
    /// How many people it has room for.
    pub capacity: Option<u32>,
    /// IANA time zone.
    pub time_zone: String,
    /// When its day closes: minutes after local midnight.
    pub day_closes_min: u16,
}

impl Site {
    /// The site that an event opens or changes.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::SiteOpened(opened) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: opened.site,
            name: opened.name.clone(),
            kind: opened.kind.clone(),
            country: opened.country,
            area: opened.area.clone(),
            port_code: opened.port_code.clone(),
            capacity: opened.capacity,
            time_zone: opened.time_zone.clone(),
            day_closes_min: opened.day_closes_min,
        })
    }

    /// The site's time zone; UTC where its name is not known here.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether people are met and registered here, and given the package: where they arrive.
    pub fn is_reception(&self) -> bool {
        let reception = [
            SiteKind::AIRPORT,
            SiteKind::LAND_CROSSING,
            SiteKind::SEAPORT,
        ];
        reception.contains(&self.kind)
    }

    /// Whether the public may read its name: not where goods lie, where people sleep and where we work,
    /// because who reads it may come for them.
    pub fn is_shown_in_public(&self) -> bool {
        let nobodys = [SiteKind::WAREHOUSE, SiteKind::SHELTER, SiteKind::OFFICE];
        !nobodys.contains(&self.kind)
    }

    /// The working day an instant falls into: it runs from one closing hour to the next and bears
    /// the date on which it closes; with a closing hour of midnight, the date it began on.
    pub fn day_of(&self, moment: Moment) -> Day {
        let shifted = moment.plus_ms(-i64::from(self.day_closes_min) * 60_000);
        let local = shifted.timestamp().to_zoned_datetime(self.zone()).date();
        if self.day_closes_min == 0 {
            Day(local)
        } else {
            Day(local.tomorrow().unwrap_or(local))
        }
    }

    /// The span of a working day: from, inclusive, to, exclusive.
    pub fn span_of(&self, day: Day) -> (Moment, Moment) {
        let first = if self.day_closes_min == 0 {
            day.0
        } else {
            day.0.yesterday().unwrap_or(day.0)
        };
        let opening = |date: jiff::civil::Date| {
            date.to_zoned_datetime(self.zone())
                .map_or(Moment(0), |midnight| {
                    Moment::from(midnight.timestamp())
                        .plus_ms(i64::from(self.day_closes_min) * 60_000)
                })
        };
        let from = opening(first);
        let to = first.tomorrow().map_or(from.plus_ms(DAY_MS), opening);
        (from, to)
    }

    /// The calendar day of an instant at this site: what ages are reckoned by.
    pub fn date_of(&self, moment: Moment) -> jiff::civil::Date {
        moment.timestamp().to_zoned_datetime(self.zone()).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn site(day_closes_min: u16) -> Site {
        Site {
            id: SiteId(uuid::Uuid::nil()),
            name: "Port-au-Prince airport".into(),
            kind: SiteKind::AIRPORT,
            country: Country::HTI,
            area: Some(PCode::HT01),
            port_code: Some("PAP".into()),
            capacity: None,
            time_zone: "America/Port-au-Prince".into(),
            day_closes_min,
        }
    }

    fn moment(text: &str) -> Moment {
        Moment::from(text.parse::<jiff::Timestamp>().unwrap())
    }

    #[test]
    fn a_day_that_closes_at_midnight_is_the_calendar_day() {
        // Port-au-Prince was four hours behind UTC in September 2021.
        assert_eq!(
            site(0).day_of(moment("2021-09-24T03:59:59Z")),
            Day(date(2021, 9, 23))
        );
        assert_eq!(
            site(0).day_of(moment("2021-09-24T04:00:00Z")),
            Day(date(2021, 9, 24))
        );
    }

    #[test]
    fn a_day_that_closes_at_six_in_the_evening_ends_then() {
        let site = site(18 * 60);
        assert_eq!(
            site.day_of(moment("2021-09-23T21:59:59Z")),
            Day(date(2021, 9, 23))
        );
        assert_eq!(
            site.day_of(moment("2021-09-23T22:00:00Z")),
            Day(date(2021, 9, 24))
        );
    }

    #[test]
    fn the_span_of_a_day_holds_its_instants_and_no_others() {
        for closes in [0, 18 * 60] {
            let site = site(closes);
            for hour in 0..72 {
                let at = moment("2021-09-22T00:00:00Z").plus_ms(hour * 3_600_000);
                let (from, to) = site.span_of(site.day_of(at));
                assert!(from <= at && at < to, "{closes} {at}");
            }
        }
    }
}
