//! A queue before desks. People come in groups at known times; every open desk serves one person after
//! another. It is a fluid model (G. F. Newell, *Applications of Queueing Theory*, 1982): work comes in as
//! people times the time one of them takes, and goes out as desks times the time that passes. With
//! hundreds of people before tens of desks, chance between one person and the next evens out.

use serde::Serialize;

/// The longest that is looked ahead, in minutes: three days.
const HORIZON_MIN: u32 = 3 * 24 * 60;
/// More desks than anybody opens.
const DESKS_MAX: u32 = 10_000;
/// The shortest time that a person takes, in minutes.
const MINUTES_MIN: f64 = 0.01;

/// A group that comes.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Arriving {
    /// In so many minutes from now; 0 for those who wait already.
    pub in_min: u32,
    /// How many people.
    pub people: f64,
}

/// What stands before the desks.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Queue {
    /// Who comes, those who wait already included.
    pub arriving: Vec<Arriving>,
    /// How many minutes one person takes at one desk.
    pub minutes_each: f64,
    /// How many desks are open.
    pub desks: u32,
    /// In how many minutes they close; they stay open without it.
    pub close_in_min: Option<u32>,
}

/// What comes of it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Served {
    /// In how many minutes the last person is served; none where that is beyond three days, or the desks
    /// close before.
    pub last_in_min: Option<u32>,
    /// How many are served by the time the desks close, or within three days.
    pub served: f64,
    /// How many wait then.
    pub waiting: f64,
    /// How many wait at every full hour from now.
    pub by_hour: Vec<f64>,
    /// The most that wait at once.
    pub longest: f64,
}

/// Serves a queue.
pub fn serve(queue: &Queue) -> Served {
    let each = queue.minutes_each.max(MINUTES_MIN);
    let end = queue.close_in_min.unwrap_or(HORIZON_MIN).min(HORIZON_MIN);
    let mut comes: Vec<Arriving> = queue
        .arriving
        .iter()
        .copied()
        .filter(|group| group.people > 0.0 && group.people.is_finite())
        .collect();
    comes.sort_by_key(|group| group.in_min);
    let all: f64 = comes.iter().map(|group| group.people).sum();
    let per_minute = f64::from(queue.desks) / each;
    let mut next = comes.into_iter().peekable();
    let (mut waiting, mut served) = (0.0_f64, 0.0_f64);
    let mut last_in_min = (all == 0.0).then_some(0);
    let mut by_hour = Vec::new();
    let mut longest = 0.0_f64;
    for minute in 0..end {
        while let Some(group) = next.next_if(|group| group.in_min <= minute) {
            waiting += group.people;
        }
        longest = longest.max(waiting);
        if minute % 60 == 0 {
            by_hour.push(waiting);
        }
        let now = waiting.min(per_minute);
        waiting -= now;
        served += now;
        // Less than a thousandth of a person is rounding.
        if last_in_min.is_none() && next.peek().is_none() && waiting < 1e-3 {
            last_in_min = Some(minute + 1);
            break;
        }
    }
    let later: f64 = next.map(|group| group.people).sum();
    Served {
        last_in_min,
        served,
        waiting: (waiting + later).max(0.0),
        by_hour,
        longest,
    }
}

/// The fewest desks with which everybody is served in so many minutes; none where even very many do not
/// do it, as when the last group comes later.
pub fn desks_needed(queue: &Queue, in_min: u32) -> Option<u32> {
    let is_enough = |desks: u32| {
        let served = serve(&Queue {
            desks,
            close_in_min: None,
            ..queue.clone()
        });
        served.last_in_min.is_some_and(|last| last <= in_min)
    };
    if !is_enough(DESKS_MAX) {
        return None;
    }
    let (mut short, mut enough) = (0, DESKS_MAX);
    if is_enough(0) {
        return Some(0);
    }
    while enough - short > 1 {
        let middle = u32::midpoint(short, enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 14 March 2002 at UNHCR's centre in Takhtabaig: 8,509 people registered with 70 staff, 3,522 waiting
    /// at the end of the day. Taken as eight hours with everybody there in the morning.
    const DAY_MIN: u32 = 8 * 60;
    const REGISTERED: f64 = 8_509.0;
    const LEFT: f64 = 3_522.0;
    const STAFF: u32 = 70;

    fn takhtabaig() -> Queue {
        Queue {
            arriving: vec![Arriving {
                in_min: 0,
                people: REGISTERED + LEFT,
            }],
            minutes_each: f64::from(STAFF * DAY_MIN) / REGISTERED,
            desks: STAFF,
            close_in_min: Some(DAY_MIN),
        }
    }

    #[test]
    fn the_day_at_takhtabaig_comes_out() {
        let day = serve(&takhtabaig());
        assert!((day.served - REGISTERED).abs() < 1.0, "{day:?}");
        assert!((day.waiting - LEFT).abs() < 1.0);
        assert_eq!(day.last_in_min, None);
        // At noon, four hours in, the day could be told: at this pace the last comes 3 h 20 min late.
        let going_on = serve(&Queue {
            close_in_min: None,
            ..takhtabaig()
        });
        assert_eq!(going_on.last_in_min, Some(679));
        // Ninety-nine would have served everybody.
        assert_eq!(desks_needed(&takhtabaig(), DAY_MIN), Some(99));
    }

    #[test]
    fn nobody_is_served_before_they_come() {
        let queue = Queue {
            arriving: vec![Arriving {
                in_min: 300,
                people: 10.0,
            }],
            minutes_each: 5.0,
            desks: 100,
            close_in_min: None,
        };
        assert_eq!(serve(&queue).last_in_min, Some(301));
        assert_eq!(desks_needed(&queue, 299), None);
        let nobody = Queue {
            arriving: Vec::new(),
            ..queue
        };
        assert_eq!(
            (serve(&nobody).last_in_min, desks_needed(&nobody, 0)),
            (Some(0), Some(0))
        );
    }

    /// One person after another, each to the desk that is free first: what really happens where everybody
    /// takes exactly as long.
    fn one_by_one(queue: &Queue) -> f64 {
        let mut desks = vec![0.0_f64; queue.desks as usize];
        let mut groups = queue.arriving.clone();
        groups.sort_by_key(|group| group.in_min);
        for group in groups {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole people"
            )]
            for _ in 0..group.people as u32 {
                let free = desks
                    .iter_mut()
                    .min_by(|one, other| one.total_cmp(other))
                    .unwrap();
                *free = free.max(f64::from(group.in_min)) + queue.minutes_each;
            }
        }
        desks.into_iter().fold(0.0, f64::max)
    }

    fn queues() -> impl Strategy<Value = Queue> {
        let group = (0_u32..600, 1_u32..200).prop_map(|(in_min, people)| Arriving {
            in_min,
            people: f64::from(people),
        });
        (proptest::collection::vec(group, 1..6), 1_u32..20, 1_u32..15).prop_map(
            |(arriving, desks, each)| Queue {
                arriving,
                minutes_each: f64::from(each),
                desks,
                close_in_min: None,
            },
        )
    }

    proptest! {
        #[test]
        fn the_last_is_served_when_serving_one_by_one_says_so(queue in queues()) {
            let exact = one_by_one(&queue);
            if let Some(last) = serve(&queue).last_in_min {
                // A fluid leaves out that the last person of each group takes a whole turn.
                let turn = queue.minutes_each * 2.0 + 2.0;
                prop_assert!((f64::from(last) - exact).abs() <= turn, "{last} {exact}");
            }
        }

        #[test]
        fn who_came_was_served_or_waits(queue in queues(), close in 0_u32..800) {
            let day = serve(&Queue { close_in_min: Some(close), ..queue.clone() });
            let came: f64 = queue.arriving.iter().map(|group| group.people).sum();
            prop_assert!((day.served + day.waiting - came).abs() < 1e-2);
        }

        #[test]
        fn more_desks_never_serve_the_last_later_and_the_fewest_are_the_fewest(queue in queues(), in_min in 0_u32..900) {
            let more = Queue { desks: queue.desks + 1, ..queue.clone() };
            let (fewer, more) = (serve(&queue).last_in_min, serve(&more).last_in_min);
            prop_assert!(more.unwrap_or(u32::MAX) <= fewer.unwrap_or(u32::MAX));
            if let Some(desks) = desks_needed(&queue, in_min) {
                let with = |desks| serve(&Queue { desks, ..queue.clone() }).last_in_min;
                prop_assert!(with(desks).unwrap() <= in_min);
                prop_assert!(desks == 0 || with(desks - 1).is_none_or(|last| last > in_min));
            }
        }
    }
}
