//! When somebody who was referred is asked how it went: a week, a month and three months after the
//! referral, in calendar months. A proposal only: whoever asks may choose another day.

use jiff::ToSpan;

use crate::Day;

/// A call so many days before it falls due stands for the call that was due.
pub const EARLY_DAYS: i64 = 3;

/// The days on which to ask, the earliest first: one week, one month and three months after the
/// day of the referral. A month that lacks the day ends on its last. Days beyond the calendar's
/// end are left out.
pub fn call_days(referred: Day) -> impl Iterator<Item = Day> {
    let after = [7.days(), 1.month(), 3.months()];
    after
        .into_iter()
        .filter_map(move |span| referred.0.checked_add(span).ok().map(Day))
}

/// The day to ask next, for somebody who asks today; none once the last call was made.
///
/// ```
/// use domain::{Day, next_call};
/// let day = |text: &str| Day(text.parse().expect("a day"));
/// assert_eq!(next_call(day("2021-09-24"), day("2021-10-01")), Some(day("2021-10-24")));
/// ```
pub fn next_call(referred: Day, today: Day) -> Option<Day> {
    let Ok(covered) = today.0.checked_add(EARLY_DAYS.days()) else {
        return None;
    };
    call_days(referred).find(|day| day.0 > covered)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const fn day(year: i16, month: i8, of_month: i8) -> Day {
        Day(date(year, month, of_month))
    }

    #[test]
    fn calls_fall_due_a_week_a_month_and_three_months_after_the_referral() {
        let days: Vec<Day> = call_days(day(2021, 9, 24)).collect();
        let expected = [day(2021, 10, 1), day(2021, 10, 24), day(2021, 12, 24)];
        assert_eq!(days, expected);
    }

    #[test]
    fn a_month_without_that_day_ends_on_its_last_day() {
        let days: Vec<Day> = call_days(day(2021, 11, 30)).collect();
        assert_eq!(days[2], day(2022, 2, 28));
        assert_eq!(call_days(day(2024, 1, 31)).nth(1), Some(day(2024, 2, 29)));
    }

    #[test]
    fn a_call_a_little_early_stands_for_the_one_that_was_due() {
        let referred = day(2021, 9, 24);
        let week = Some(day(2021, 10, 1));
        let month = Some(day(2021, 10, 24));
        assert_eq!(next_call(referred, day(2021, 9, 27)), week);
        assert_eq!(next_call(referred, day(2021, 9, 28)), month);
    }

    #[test]
    fn nothing_falls_due_after_the_last_call() {
        assert_eq!(next_call(day(2021, 9, 24), day(2021, 12, 24)), None);
    }

    #[test]
    fn the_end_of_the_calendar_is_no_accident() {
        let last = Day(jiff::civil::Date::MAX);
        assert_eq!(call_days(last).count(), 0);
        assert_eq!(next_call(last, last), None);
    }

    proptest! {
        #[test]
        fn days_to_ask_come_in_order_and_never_before_they_may(
            year in 1990_i16..2100, ordinal in 1_i16..=365, later in 0_i64..200,
        ) {
            let start = jiff::civil::date(year, 1, 1);
            let referred = Day(start.saturating_add((i64::from(ordinal) - 1).days()));
            let days: Vec<Day> = call_days(referred).collect();
            prop_assert_eq!(days.len(), 3);
            prop_assert!(referred < days[0] && days[0] < days[1] && days[1] < days[2]);
            let today = Day(referred.0.saturating_add(later.days()));
            match next_call(referred, today) {
                Some(next) => prop_assert!(days.contains(&next) && next > today),
                None => prop_assert!(days[2].0 <= today.0.saturating_add(EARLY_DAYS.days())),
            }
        }
    }
}
