//! What happens when, in the days the demo plays: every movement from its announcement to its
//! closing, goods before they are needed, a count of the shelf. The first movement after the last
//! day played is the visitor's: it lands, a dozen people are met, and the rest is theirs to do.

use domain::{Moment, MovementKind};
use jiff::civil::{Date, DateTime, date};

use super::plan::{Place, Voyage, local, voyages};

const MINUTE_MS: i64 = 60_000;

/// One thing that happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Goods for a week of a site, sent from the warehouse and received.
    Supply(Place, Week),
    /// The shelf of Port-au-Prince is counted.
    CountShelf,
    /// Something happens to the movement at this place of the plan.
    Movement(usize, Doing),
}

/// What happens to a movement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doing {
    /// It is announced.
    Announce,
    /// Its manifest is imported.
    Import,
    /// It leaves.
    Depart,
    /// It lands, people are counted.
    Land,
    /// Everybody gets a number and a card.
    Meet,
    /// The first dozen get a number and a card.
    MeetDozen,
    /// Food and water for everybody met.
    FirstHelp,
    /// Everybody is registered, families together.
    Register,
    /// Everybody is asked the few questions.
    Screen,
    /// The rest of the package.
    Give,
    /// Everybody leaves.
    Leave,
    /// It is closed.
    Close,
}

/// A week for which goods are sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// The first day after it.
    pub end: Date,
}

/// A step and its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scheduled {
    /// When it is recorded.
    pub at: Moment,
    /// What happens.
    pub step: Step,
}

/// Everything that is played, and when the clock is handed to the visitor.
#[derive(Debug)]
pub struct Timetable {
    /// The movements of the plan that have begun by then.
    pub voyages: Vec<Voyage>,
    /// What happens, in order.
    pub steps: Vec<Scheduled>,
    /// When the visitor takes over.
    pub stop: Moment,
    /// The name of the visitor's movement.
    pub visitor: &'static str,
}

/// The first day that can be the last one played: nothing has landed yet.
pub const FIRST_DAY: Date = date(2021, 9, 18);
/// The last day that can be played.
pub const LAST_DAY: Date = date(2021, 10, 19);
/// When the first of it is submitted.
pub const ADVISED: Moment = Moment(1_632_153_600_000);
/// When the demo's operation is founded.
pub const FOUNDED: DateTime = DateTime::constant(2021, 9, 18, 7, 30, 0, 0);

impl Timetable {
    /// The timetable up to and including a day between [`FIRST_DAY`] and [`LAST_DAY`].
    pub fn until(day: Date) -> Self {
        let mut voyages = voyages();
        let visitor = voyages
            .iter()
            .position(|voyage| voyage.day() > day)
            .expect("the plan goes one movement beyond the last day");
        let stop = after(voyages[visitor].moment(), 25);
        let mut steps = supplies();
        steps.push(Scheduled {
            at: local(date(2021, 9, 22).at(20, 30, 0, 0)),
            step: Step::CountShelf,
        });
        for (place, voyage) in voyages.iter().enumerate() {
            let lands = voyage.moment();
            let times = if place == visitor {
                visitors(voyage)
            } else {
                whole(voyage)
            };
            steps.extend(times.into_iter().map(|(doing, minutes)| Scheduled {
                // Nothing is announced to an operation that is not founded.
                at: after(lands, minutes).max(local(FOUNDED)),
                step: Step::Movement(place, doing),
            }));
        }
        steps.retain(|scheduled| scheduled.at <= stop);
        steps.sort_by_key(|scheduled| scheduled.at);
        let begun = steps.iter().filter_map(|scheduled| match scheduled.step {
            Step::Movement(place, _) => Some(place),
            _ => None,
        });
        voyages.truncate(begun.max().map_or(0, |place| place + 1));
        Self {
            visitor: voyages[visitor].name,
            voyages,
            steps,
            stop,
        }
    }
}

fn after(moment: Moment, minutes: i64) -> Moment {
    moment.plus_ms(minutes * MINUTE_MS)
}

fn before_landing(voyage: &Voyage) -> Vec<(Doing, i64)> {
    // Flights are announced the day before yesterday, boats when they are under way.
    let announced = if voyage.route.kind() == MovementKind::BOAT {
        -20 * 60
    } else {
        -44 * 60
    };
    vec![
        (Doing::Announce, announced),
        (Doing::Import, -voyage.route.minutes() - 15),
        (Doing::Depart, -voyage.route.minutes()),
        (Doing::Land, 0),
    ]
}

/// Minutes from landing at which each is recorded.
fn whole(voyage: &Voyage) -> Vec<(Doing, i64)> {
    let mut times = before_landing(voyage);
    times.extend([
        (Doing::Meet, 12),
        (Doing::FirstHelp, 35),
        (Doing::Register, 80),
        (Doing::Screen, 115),
        (Doing::Give, 150),
        (Doing::Leave, 185),
        (Doing::Close, 200),
    ]);
    times
}

fn visitors(voyage: &Voyage) -> Vec<(Doing, i64)> {
    let mut times = before_landing(voyage);
    times.push((Doing::MeetDozen, 14));
    times
}

/// Goods for a week, sent to both airports the day before it begins.
fn supplies() -> Vec<Scheduled> {
    let sundays = [
        date(2021, 9, 19),
        date(2021, 9, 26),
        date(2021, 10, 3),
        date(2021, 10, 10),
        date(2021, 10, 17),
        date(2021, 10, 24),
    ];
    let mut supplies = Vec::new();
    for pair in sundays.windows(2) {
        let week = Week {
            first: pair[0],
            end: pair[1],
        };
        for place in [Place::PortAuPrince, Place::CapHaitien] {
            let hour = if place == Place::PortAuPrince { 9 } else { 11 };
            let eve = week.first.yesterday().expect("2021 has yesterdays");
            supplies.push(Scheduled {
                at: local(eve.at(hour, 0, 0, 0)),
                step: Step::Supply(place, week),
            });
        }
    }
    supplies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_landed_by_the_last_day_is_closed_before_the_visitor_comes() {
        for day in [FIRST_DAY, date(2021, 9, 23), date(2021, 9, 24), LAST_DAY] {
            let timetable = Timetable::until(day);
            let count = |wanted: Doing| {
                timetable
                    .steps
                    .iter()
                    .filter(|s| matches!(s.step, Step::Movement(_, doing) if doing == wanted))
                    .count()
            };
            assert_eq!(count(Doing::Close) + 1, count(Doing::Land), "until {day}");
            assert_eq!(count(Doing::MeetDozen), 1, "until {day}");
        }
    }

    #[test]
    fn the_visitor_of_the_usual_demo_comes_on_24_september_after_two() {
        let timetable = Timetable::until(date(2021, 9, 23));
        assert_eq!(timetable.stop, local(date(2021, 9, 24).at(14, 5, 0, 0)));
        assert!(
            timetable.voyages.len() > 13,
            "the next movements are announced already"
        );
    }

    #[test]
    fn advice_is_given_from_noon_of_20_september_on() {
        assert_eq!(ADVISED, local(date(2021, 9, 20).at(12, 0, 0, 0)));
    }
}
