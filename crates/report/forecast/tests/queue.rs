//! The queue against one that is played person by person, against itself, and against the day at
//! Takhtabaig.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use forecast::Band;
use forecast::queue::{Course, HORIZON_MIN, Queue, Shift, Standing, Wave, service_of};
use proptest::prelude::*;

fn queue(waves: &[(u32, u64)], desks: u32, service_ms: u64) -> Queue {
    let wave = |(at_min, people): &(u32, u64)| Wave {
        at_min: *at_min,
        people: Band::exact(*people),
    };
    Queue {
        waves: waves.iter().map(wave).collect(),
        shifts: vec![Shift { from_min: 0, desks }],
        service_ms: Band::exact(service_ms),
    }
}

/// First come, first served, each person at one desk: when the last one leaves, in milliseconds.
fn played(waves: &[(u32, u64)], desks: u32, service_ms: u64) -> u64 {
    let mut waves = waves.to_vec();
    waves.sort_unstable();
    let mut free: BinaryHeap<_> = (0..desks).map(|_| Reverse(0_u64)).collect();
    let mut last = 0;
    for (at_min, people) in waves {
        for _ in 0..people {
            let Reverse(desk) = free.pop().expect("there is a desk");
            last = desk.max(u64::from(at_min) * 60_000) + service_ms;
            free.push(Reverse(last));
        }
    }
    free.into_iter().map(|Reverse(at)| at).max().unwrap_or(last)
}

fn waves() -> impl Strategy<Value = Vec<(u32, u64)>> {
    proptest::collection::vec((0_u32..900, 0_u64..120), 1..8)
}

proptest! {
    #[test]
    fn real_desks_end_no_earlier_than_said_and_less_than_two_services_later(
        waves in waves(), desks in 1_u32..20, service_ms in 1_000_u64..900_000,
    ) {
        let Some(said) = queue(&waves, desks, service_ms).last_served(Course::Likely) else {
            return Ok(());
        };
        let real = played(&waves, desks, service_ms);
        let said_ms = u64::from(said) * 60_000;
        prop_assert!(said_ms < real + 60_000, "{said_ms} {real}");
        prop_assert!(real < said_ms + 2 * service_ms, "{said_ms} {real}");
    }

    #[test]
    fn everybody_who_came_was_served_or_waits(
        waves in waves(), desks in 0_u32..20, service_ms in 1_u64..900_000, minute in 0..HORIZON_MIN,
    ) {
        let at = queue(&waves, desks, service_ms).standings(Course::Likely, &[minute]);
        let came = waves.iter().filter(|wave| wave.0 <= minute).map(|wave| wave.1).sum::<u64>();
        prop_assert_eq!(at[0].arrived, came);
        prop_assert_eq!(at[0].served + at[0].waiting, came);
    }

    #[test]
    fn one_desk_more_never_makes_anybody_wait_longer(
        waves in waves(), desks in 1_u32..20, service_ms in 1_u64..900_000, minute in 0_u32..2_000,
    ) {
        let (few, more) = (queue(&waves, desks, service_ms), queue(&waves, desks + 1, service_ms));
        let waiting = |queue: &Queue| queue.standings(Course::Likely, &[minute])[0].waiting;
        prop_assert!(waiting(&more) <= waiting(&few));
        let end = |queue: &Queue| queue.last_served(Course::Likely).unwrap_or(u32::MAX);
        prop_assert!(end(&more) <= end(&few));
    }

    #[test]
    fn the_desks_said_clear_it_and_one_fewer_does_not(
        waves in waves(), service_ms in 1_000_u64..900_000, minute in 900_u32..1_500,
    ) {
        let Some(desks) = queue(&waves, 1, service_ms).desks_by(Course::Likely, minute) else {
            return Ok(());
        };
        let clear = |desks| queue(&waves, desks, service_ms)
            .last_served(Course::Likely).is_some_and(|last| last <= minute);
        prop_assert!(clear(desks));
        prop_assert!(desks == 0 || !clear(desks - 1));
    }

    #[test]
    fn the_hard_course_ends_last_and_the_easy_one_first(
        waves in waves(), desks in 1_u32..20, service_ms in 2_000_u64..900_000, spread in 1_u64..50,
    ) {
        let mut queue = queue(&waves, desks, service_ms);
        for wave in &mut queue.waves {
            let people = wave.people.likely;
            wave.people = Band { low: people.saturating_sub(spread), likely: people, high: people + spread };
        }
        queue.service_ms = Band { low: service_ms / 2, likely: service_ms, high: service_ms * 2 };
        let end = |course| queue.last_served(course).unwrap_or(u32::MAX);
        prop_assert!(end(Course::Easy) <= end(Course::Likely));
        prop_assert!(end(Course::Likely) <= end(Course::Hard));
    }
}

/// UNHCR, briefing note of 15 March 2002: 8,509 people registered on the 14th with more than 70
/// staff, 3,522 waiting at the end. Hours are not published: ten are assumed, from eight to six.
/// Services are what 70 people who worked all ten hours needed for 8,509.
const DAY_MIN: u32 = 600;
const PEOPLE: u64 = 8_509 + 3_522;
const SERVICE_MS: u64 = 70 * 600 * 60_000 / 8_509;

#[test]
fn takhtabaig_ends_its_day_as_it_was_reported() {
    let day = queue(&[(0, PEOPLE)], 70, SERVICE_MS);
    let end = day.standings(Course::Likely, &[DAY_MIN])[0];
    assert_eq!(
        end,
        Standing {
            arrived: 12_031,
            served: 8_509,
            waiting: 3_522
        }
    );
}

#[test]
fn at_noon_takhtabaig_would_have_been_told_of_the_night_and_of_99_staff() {
    let day = queue(&[(0, PEOPLE)], 70, SERVICE_MS);
    let noon = day.standings(Course::Likely, &[240])[0];
    assert_eq!(noon.waiting, 12_031 - 3_403);
    // 848 minutes after eight: shortly after ten in the evening, four hours after the end.
    assert_eq!(day.last_served(Course::Likely), Some(849));
    assert_eq!(day.desks_by(Course::Likely, DAY_MIN), Some(99));
    // Asked only at noon, with six hours left, more are needed than from the morning on.
    let rest = queue(&[(0, noon.waiting)], 70, SERVICE_MS);
    assert_eq!(rest.desks_by(Course::Likely, 360), Some(119));
}

#[test]
fn nobody_at_the_desks_serves_nobody() {
    let closed = queue(&[(0, 5)], 0, 60_000);
    assert_eq!(closed.last_served(Course::Likely), None);
    assert_eq!(queue(&[], 0, 60_000).last_served(Course::Likely), Some(0));
    // Who comes after the hour asked cannot be served before it.
    assert_eq!(
        queue(&[(60, 1)], 1, 60_000).desks_by(Course::Likely, 30),
        None
    );
}

#[test]
fn services_seen_often_are_known_better() {
    let few = service_of(&[200_000, 300_000, 400_000], 100).expect("three were seen");
    let many = service_of(&[200_000, 300_000, 400_000].repeat(30), 100).expect("ninety were seen");
    assert_eq!((few.likely, many.likely), (300_000, 300_000));
    assert!(few.is_ordered() && many.is_ordered());
    assert!(few.low < many.low && many.high < few.high);
    assert_eq!(service_of(&[1, 2], 100), None);
}
