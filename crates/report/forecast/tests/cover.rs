//! Stocks and capacities day by day.

use forecast::Band;
use forecast::cover::{Day, Holding, outlook, turnout};
use proptest::prelude::*;

fn need(low: u64, likely: u64, high: u64) -> Day {
    Day {
        need: Band { low, likely, high },
        delivered: Band::default(),
    }
}

#[test]
fn a_stock_runs_short_first_where_much_is_needed_and_last_where_little_is() {
    let found = outlook(Holding::Store(100), &[need(20, 30, 60); 5]);
    let days = (found.short_earliest, found.short_likely, found.short_latest);
    assert_eq!(days, (Some(1), Some(3), None));
    assert_eq!(found.short_by, 50);
    assert_eq!(
        (found.days[1].low, found.days[1].likely, found.days[1].high),
        (-20, 40, 60)
    );
}

#[test]
fn a_bed_is_taken_for_as_long_as_somebody_sleeps_in_it() {
    let beds = Holding::Daily {
        capacity: 100,
        held_days: 3,
    };
    let found = outlook(beds, &[need(40, 40, 40); 4]);
    assert_eq!(
        found.days.iter().map(|day| day.likely).collect::<Vec<_>>(),
        [60, 20, -20, -20]
    );
    assert_eq!(found.short_likely, Some(2));
    let hours = Holding::Daily {
        capacity: 100,
        held_days: 1,
    };
    assert_eq!(outlook(hours, &[need(40, 40, 40); 4]).short_likely, None);
}

#[test]
fn what_is_delivered_puts_the_shortage_off() {
    let mut days = [need(60, 60, 60); 3];
    assert_eq!(outlook(Holding::Store(100), &days).short_likely, Some(1));
    days[1].delivered = Band {
        low: 0,
        likely: 50,
        high: 50,
    };
    let found = outlook(Holding::Store(100), &days);
    assert_eq!(
        (found.short_earliest, found.short_likely),
        (Some(1), Some(2))
    );
}

#[test]
fn those_seen_so_far_say_how_many_of_the_announced_come() {
    let few = turnout(1_000, 50, 20).expect("people were listed");
    assert_eq!(few.likely, 970);
    assert!(few.low < 970 && few.high > 970);
    assert_eq!(turnout(0, 0, 0), None);
}

proptest! {
    #[test]
    fn the_three_courses_keep_their_order(
        opening in -500_i64..5_000,
        days in proptest::collection::vec((0_u64..400, 0_u64..400, 0_u64..400), 0..70),
        held in 0_usize..5,
    ) {
        let days: Vec<_> = days.into_iter().map(|(low, more, most)| need(low, low + more, low + more + most)).collect();
        for holding in [Holding::Store(opening), Holding::Daily { capacity: opening.unsigned_abs(), held_days: held }] {
            let found = outlook(holding, &days);
            prop_assert!(found.days.iter().all(|day| day.low <= day.likely && day.likely <= day.high));
            let at = |day: Option<usize>| day.unwrap_or(usize::MAX);
            prop_assert!(at(found.short_earliest) <= at(found.short_likely));
            prop_assert!(at(found.short_likely) <= at(found.short_latest));
        }
    }

    #[test]
    fn a_stock_and_what_was_used_of_it_add_up(opening in 0_i64..5_000, used in proptest::collection::vec(0_u64..400, 1..30)) {
        let days: Vec<_> = used.iter().map(|used| need(*used, *used, *used)).collect();
        let found = outlook(Holding::Store(opening), &days);
        let all = i64::try_from(used.iter().sum::<u64>()).expect("it is small");
        prop_assert_eq!(found.days[used.len() - 1].likely + all, opening);
    }
}
