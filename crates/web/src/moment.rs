//! Days and times as people of each language write them, in the time zone of the site. Names of
//! months and days come from the catalogue, not from the computer's locale, so that every screen of
//! a site reads alike.

use domain::{Moment, Site};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::catalogue::{Texts, say};

/// Writes moments for one site in one language.
#[derive(Clone, Debug)]
pub struct Clock {
    texts: Texts,
    zone: TimeZone,
}

impl Clock {
    /// The clock of a site; of UTC where no site is known yet.
    pub fn new(texts: Texts, site: Option<&Site>) -> Self {
        Self {
            texts,
            zone: site.map_or(TimeZone::UTC, Site::zone),
        }
    }

    /// `14:20`
    pub fn time(&self, moment: Moment) -> String {
        hour_minute(
            moment
                .timestamp()
                .to_zoned_datetime(self.zone.clone())
                .time(),
        )
    }

    /// `24 September 2021`
    pub fn date(&self, date: Date) -> String {
        let t = self.texts;
        say!(
            t,
            "date-long",
            day = day(date),
            month = month(t, date),
            year = date.year().to_string()
        )
    }

    /// `Friday 24 September 2021`
    pub fn weekday_date(&self, date: Date) -> String {
        let t = self.texts;
        let weekday = t.word(
            "weekday",
            &date.weekday().to_monday_one_offset().to_string(),
        );
        say!(t, "date-weekday", weekday = weekday, date = self.date(date))
    }

    /// `24 September 2021, 14:20`
    pub fn full(&self, moment: Moment) -> String {
        let t = self.texts;
        say!(
            t,
            "date-time",
            date = self.date(self.day(moment)),
            time = self.time(moment)
        )
    }

    /// `14:20` on the same day as `now`, else `24 September 2021, 14:20`.
    pub fn near(&self, moment: Moment, now: Moment) -> String {
        if self.day(moment) == self.day(now) {
            self.time(moment)
        } else {
            self.full(moment)
        }
    }

    /// The calendar day of a moment at the site.
    pub fn day(&self, moment: Moment) -> Date {
        moment
            .timestamp()
            .to_zoned_datetime(self.zone.clone())
            .date()
    }

    /// As `<input type=datetime-local>` carries it.
    pub fn input(&self, moment: Moment) -> String {
        let local = self.local(moment);
        format!("{}T{}", local.date(), hour_minute(local.time()))
    }

    /// A moment by the clock on the wall of the site.
    pub fn local(&self, moment: Moment) -> DateTime {
        moment
            .timestamp()
            .to_zoned_datetime(self.zone.clone())
            .datetime()
    }

    /// What `<input type=datetime-local>` carried; none where it is no time, or no time at this
    /// place.
    pub fn read(&self, typed: &str) -> Option<Moment> {
        let typed = typed.trim().replacen(' ', "T", 1);
        let local: DateTime = typed.parse().ok()?;
        Some(Moment::from(
            local.to_zoned_datetime(self.zone.clone()).ok()?.timestamp(),
        ))
    }
}

fn hour_minute(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn month(t: Texts, date: Date) -> String {
    t.word("month", &date.month().to_string())
}

fn day(date: Date) -> String {
    date.day().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use jiff::civil::date;

    fn clock(language: Language) -> Clock {
        let zone = TimeZone::get("America/Port-au-Prince").unwrap();
        Clock {
            texts: Texts::new(language),
            zone,
        }
    }

    #[test]
    fn each_language_writes_a_day_in_its_own_way() {
        let day = date(2021, 9, 24);
        let written = Language::ALL.map(|language| clock(language).date(day));
        assert_eq!(
            written,
            [
                "24 septanm 2021",
                "24 septembre 2021",
                "24 September 2021",
                "24 de septiembre de 2021"
            ]
        );
    }

    #[test]
    fn a_moment_is_written_in_the_time_of_the_site_and_read_back() {
        let clock = clock(Language::English);
        let moment = Moment::from("2021-09-24T18:20:00Z".parse::<jiff::Timestamp>().unwrap());
        assert_eq!(clock.full(moment), "24 September 2021, 14:20");
        assert_eq!(clock.input(moment), "2021-09-24T14:20");
        assert_eq!(clock.read("2021-09-24T14:20"), Some(moment));
        assert_eq!(clock.read("2021-09-24 14:20"), Some(moment));
        assert_eq!(clock.read("yesterday"), None);
    }
}
