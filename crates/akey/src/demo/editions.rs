//! What the demo has published when its visitor comes: the days before yesterday, and the month where it
//! is over. Yesterday is theirs to publish.

use domain::{Command, Day, EditionId, Moment, Period, Role};
use node::Request;
use report::publication::{self, Asked};

use super::play::Play;
use crate::failure::Failure;

impl Play {
    /// Publishes the days from the first on, but for the last one that is over.
    pub(super) fn publish(&mut self, first: Day, now: Moment) -> Result<(), Failure> {
        let site = self.home()?;
        let today = site.day_of(now).0;
        let Ok(yesterday) = today.yesterday() else {
            return Ok(());
        };
        let days = first.0.series(jiff::Span::new().days(1));
        for day in days.take_while(|day| *day < yesterday) {
            self.publish_one(Period::Day(Day(day)), now)?;
            if day == day.last_of_month() {
                self.publish_one(Period::Month(Day(day.first_of_month())), now)?;
            }
        }
        Ok(())
    }

    fn publish_one(&mut self, period: Period, now: Moment) -> Result<(), Failure> {
        let cut_off = now;
        let prepared = self.node().read::<_, Failure>(|register| {
            let asked = Asked { period, cut_off };
            publication::prepare(register, asked).map_err(|why| Failure::Wrong(why.to_string()))
        })?;
        let log_end = self.node().log_end()?.leaf;
        let known = prepared.known;
        let editions = prepared.editions(&log_end, || EditionId(self.fresh_id()));
        let site = self.home()?.id;
        let request = Request {
            id: self.fresh_id(),
            site,
            occurred: None,
            command: Command::PublishEditions {
                editions,
                known,
                second: self.session(Role::Coordinator).user(),
            },
        };
        let (first, second) = (Role::InformationOfficer, Role::Coordinator);
        self.node()
            .execute_with(self.session(first), self.session(second), request)?;
        Ok(())
    }
}
