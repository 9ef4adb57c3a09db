//! When a queue is served: people come in waves, desks serve them, what is not served waits.
//!
//! A deterministic fluid queue (G. F. Newell, Applications of Queueing Theory, 1982, chapter 2): work
//! comes in, in desk-time, and desks take it away. At a reception the crowd is what makes people
//! wait, not chance between one service and the next, so the mean of the service is enough and the
//! answer is exact but for the last services, which no desk can share: real desks end later than said
//! by less than two services.
//!
//! Everything is counted in whole milliseconds of desk-time, so that at every minute
//! arrived = served + waiting holds exactly.

use serde::Serialize;

use crate::Band;

const MINUTE_MS: u128 = 60_000;
/// Nobody looks further ahead than this: a week.
pub const HORIZON_MIN: u32 = 7 * 24 * 60;
/// More desks than this are no answer.
pub const DESKS_MAX: u32 = 10_000;
/// Fewer services seen than this say nothing of the next.
pub const SEEN_MIN: usize = 3;

/// People who come at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Wave {
    /// When, in minutes from the start.
    pub at_min: u32,
    /// How many.
    pub people: Band,
}

/// Desks that are open from a minute on, until the next change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Shift {
    /// From when, in minutes from the start.
    pub from_min: u32,
    /// How many desks.
    pub desks: u32,
}

/// A queue and who serves it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Queue {
    /// Who comes, in any order; who waits already comes at minute 0.
    pub waves: Vec<Wave>,
    /// Who serves, in any order; before the first shift nobody does.
    pub shifts: Vec<Shift>,
    /// How long one person takes at a desk, in milliseconds.
    pub service_ms: Band,
}

/// How it stands at a minute, for one course of events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Standing {
    /// People who have come.
    pub arrived: u64,
    /// Of them, who has left a desk.
    pub served: u64,
    /// Of them, who waits or stands at a desk.
    pub waiting: u64,
}

/// Which way everything uncertain falls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Course {
    /// Few people, short services.
    Easy,
    /// As announced and as seen so far.
    Likely,
    /// Many people, long services.
    Hard,
}

impl Course {
    const fn of(self, band: Band) -> u64 {
        match self {
            Self::Easy => band.low,
            Self::Likely => band.likely,
            Self::Hard => band.high,
        }
    }
}

impl Queue {
    /// How it stands at the end of each minute asked, in the order asked; none later than
    /// [`HORIZON_MIN`].
    pub fn standings(&self, course: Course, minutes: &[u32]) -> Vec<Standing> {
        let flow = Flow::of(self, course);
        let at = |minute: &u32| flow.standing(*minute);
        minutes.iter().map(at).collect()
    }

    /// The minute by whose end the last person is served; none where that is not within
    /// [`HORIZON_MIN`], 0 where nobody comes.
    pub fn last_served(&self, course: Course) -> Option<u32> {
        Flow::of(self, course).empty_at()
    }

    /// The fewest desks, the same from the start on, with which nobody waits at the end of a minute;
    /// none where even [`DESKS_MAX`] do not, because somebody comes after that minute or too close
    /// to it.
    pub fn desks_by(&self, course: Course, minute: u32) -> Option<u32> {
        let clears = |desks: u32| {
            let with = Self {
                shifts: vec![Shift { from_min: 0, desks }],
                ..self.clone()
            };
            with.last_served(course).is_some_and(|last| last <= minute)
        };
        let (mut few, mut enough) = (0, DESKS_MAX);
        if !clears(enough) {
            return None;
        }
        if clears(few) {
            return Some(few);
        }
        while few + 1 < enough {
            let middle = u32::midpoint(few, enough);
            if clears(middle) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        Some(enough)
    }
}

/// What is left after something changed: the piece until the next change is a straight line.
struct Piece {
    at_min: u32,
    arrived: u64,
    /// Desk-time that waits from here on, in milliseconds.
    work_ms: u128,
    desks: u32,
}

/// One course of events, as straight pieces.
struct Flow {
    pieces: Vec<Piece>,
    service_ms: u128,
}

impl Flow {
    fn of(queue: &Queue, course: Course) -> Self {
        let service_ms = u128::from(course.of(queue.service_ms).max(1));
        let mut waves: Vec<_> = queue.waves.iter().collect();
        waves.sort_by_key(|wave| wave.at_min);
        let mut shifts: Vec<_> = queue.shifts.iter().collect();
        shifts.sort_by_key(|shift| shift.from_min);
        let changes = waves.iter().map(|wave| wave.at_min);
        let mut minutes: Vec<u32> = changes
            .chain(shifts.iter().map(|shift| shift.from_min))
            .chain([0])
            .filter(|minute| *minute <= HORIZON_MIN)
            .collect();
        minutes.sort_unstable();
        minutes.dedup();
        let (mut waves, mut shifts) = (waves.into_iter().peekable(), shifts.into_iter().peekable());
        let mut pieces: Vec<Piece> = Vec::with_capacity(minutes.len());
        let (mut arrived, mut desks) = (0_u64, 0);
        for minute in minutes {
            let mut work_ms = pieces.last().map_or(0, |piece| piece.work_at(minute));
            while let Some(wave) = waves.next_if(|wave| wave.at_min <= minute) {
                let people = course.of(wave.people);
                arrived = arrived.saturating_add(people);
                work_ms += u128::from(people) * service_ms;
            }
            while let Some(shift) = shifts.next_if(|shift| shift.from_min <= minute) {
                desks = shift.desks;
            }
            pieces.push(Piece {
                at_min: minute,
                arrived,
                work_ms,
                desks,
            });
        }
        Self { pieces, service_ms }
    }

    fn standing(&self, minute: u32) -> Standing {
        let after = self.pieces.partition_point(|piece| piece.at_min <= minute);
        let Some(piece) = after
            .checked_sub(1)
            .and_then(|place| self.pieces.get(place))
        else {
            return Standing::default();
        };
        let waiting = piece.work_at(minute).div_ceil(self.service_ms);
        let waiting = u64::try_from(waiting)
            .unwrap_or(u64::MAX)
            .min(piece.arrived);
        Standing {
            arrived: piece.arrived,
            served: piece.arrived - waiting,
            waiting,
        }
    }

    fn empty_at(&self) -> Option<u32> {
        let last = self.pieces.iter().rposition(|piece| piece.work_ms > 0);
        let Some(last) = last else { return Some(0) };
        let piece = &self.pieces[last];
        let per_minute = u128::from(piece.desks) * MINUTE_MS;
        if per_minute == 0 {
            return None;
        }
        let minutes = u32::try_from(piece.work_ms.div_ceil(per_minute)).ok()?;
        let at = piece.at_min.checked_add(minutes)?;
        (at <= HORIZON_MIN).then_some(at)
    }
}

impl Piece {
    fn work_at(&self, minute: u32) -> u128 {
        let passed = u128::from(minute.saturating_sub(self.at_min));
        let done = passed * u128::from(self.desks) * MINUTE_MS;
        self.work_ms.saturating_sub(done)
    }
}

/// How long the next services take on average, out of those seen, in milliseconds: their mean, and
/// nine times in ten between the ends of Student's prediction interval for the mean of the next
/// `people`. None below [`SEEN_MIN`] services or where all took no time.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "times are far below 2^52 ms and held at 1 or more"
)]
pub fn service_of(seen_ms: &[u32], people: u64) -> Option<Band> {
    if seen_ms.len() < SEEN_MIN {
        return None;
    }
    let n = seen_ms.len() as f64;
    let mean = seen_ms.iter().map(|ms| f64::from(*ms)).sum::<f64>() / n;
    let apart = |ms: &u32| (f64::from(*ms) - mean).powi(2);
    let variance = seen_ms.iter().map(apart).sum::<f64>() / (n - 1.0);
    // Student's quantile from the normal one, to the first order of 1/(n - 1).
    let z = 1.645_f64;
    let t = z + (z.powi(3) + z) / (4.0 * (n - 1.0));
    let reach = t * (variance * (1.0 / n + 1.0 / people.max(1) as f64)).sqrt();
    let whole = |ms: f64| ms.max(1.0) as u64;
    (mean > 0.0).then(|| Band {
        low: whole((mean - reach).floor()),
        likely: whole(mean.round()),
        high: whole((mean + reach).ceil()),
    })
}
