//! Made-up worlds: what is said truly never contradicts itself, a lie beyond its bounds always does and
//! is named; files of any kind are read or refused.

use figures::{Options, Precision, Statement, read, reconcile, write};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn day(day: usize) -> Date {
    date(2021, 9, 1)
        .checked_add(jiff::Span::new().days(i64::try_from(day).unwrap()))
        .unwrap()
}

fn flow(number: usize, from: usize, to: usize, value: i64, precision: Precision) -> Statement {
    Statement {
        figure_id: format!("S{number}"),
        indicator: "returned".into(),
        value_low: value,
        value_high: (precision != Precision::AtLeast).then_some(value),
        precision,
        unit: "person".into(),
        period_start: Some(day(from)),
        as_of: day(to),
        place: "Haiti".into(),
        route: "all>HTI".into(),
        breakdown: String::new(),
        stated_by: "Demo-Somebody".into(),
        published_by: "demo".into(),
        published_on: day(to),
        source_url: String::new(),
        note: String::new(),
        parts: String::new(),
    }
}

/// How many came each day, and statements that are true of it.
fn world() -> impl Strategy<Value = (Vec<i64>, Vec<Statement>)> {
    let days = prop::collection::vec(0_i64..500, 2..12);
    let said = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            0_u8..3,
            0_i64..40,
        ),
        1..9,
    );
    (days, said).prop_map(|(days, said)| {
        let statements = said
            .into_iter()
            .enumerate()
            .map(|(number, (one, other, how, off))| {
                let (one, other) = (one.index(days.len()), other.index(days.len()));
                let (from, to) = (one.min(other), one.max(other));
                let value: i64 = days[from..=to].iter().sum();
                let (value, precision) = match how {
                    0 => (value, Precision::Exact),
                    // Rounded by no more than a hundredth.
                    1 => (value + value * (off - 20) / 2_000, Precision::About),
                    _ => ((value - off).max(0), Precision::AtLeast),
                };
                flow(number, from, to, value, precision)
            });
        let statements = statements.collect();
        (days, statements)
    })
}

proptest! {
    #[test]
    fn what_is_true_never_contradicts_itself((days, statements) in world()) {
        let found = reconcile(&statements, Options::default());
        prop_assert!(found.conflicts.is_empty(), "{:?}", found.conflicts);
        for derived in &found.derived {
            let place = |day: Date| usize::try_from((day - date(2021, 9, 1)).get_days()).unwrap();
            let truth: i64 = days[place(derived.from)..=place(derived.to)].iter().sum();
            prop_assert!(derived.can_be.low <= truth);
            prop_assert!(derived.can_be.high.is_none_or(|high| truth <= high));
        }
    }

    #[test]
    fn a_lie_about_days_somebody_counted_is_found_and_is_among_those_named(
        (_, mut statements) in world(),
        by in 1_i64..1_000,
    ) {
        let (from, to) = (statements[0].period_start.unwrap(), statements[0].as_of);
        statements[0].precision = Precision::Exact;
        statements[0].value_high = Some(statements[0].value_low);
        let truth = statements[0].value_low;
        let lie = Statement {
            figure_id: "LIE".into(),
            value_low: truth + by,
            value_high: Some(truth + by),
            period_start: Some(from),
            as_of: to,
            ..statements[0].clone()
        };
        let others = statements.iter().filter(|statement| statement.precision != Precision::Exact
            || statement.figure_id == "S0");
        let mut statements: Vec<_> = others.cloned().collect();
        statements.push(lie);
        let found = reconcile(&statements, Options::default());
        prop_assert!(!found.conflicts.is_empty());
        let named = found.conflicts.iter().flat_map(|conflict| &conflict.statements);
        prop_assert!(named.clone().any(|id| id == "LIE" || id == "S0"), "{:?}", found.conflicts);
        for conflict in &found.conflicts {
            prop_assert!(conflict.by_at_least.is_some_and(|by| by > 0));
        }
    }

    #[test]
    fn what_is_written_is_read_back((_, statements) in world(), note in "[^\r\n]{0,40}") {
        let mut statements = statements;
        statements[0].note = note.trim().to_owned();
        let back = read(write(&statements).as_bytes()).unwrap();
        prop_assert_eq!(back.problems, []);
        prop_assert_eq!(back.statements, statements);
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let _ = read(&bytes);
        let mut file = include_bytes!("../../../akey/figures/haiti-2021.csv").to_vec();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(read) = read(&file) {
            let _ = reconcile(&read.statements, Options::default());
        }
    }
}

#[test]
fn a_bad_row_is_told_by_its_column_and_the_others_are_kept() {
    let header = "figure_id,indicator,value_low,value_high,precision,unit,period_start,as_of,place";
    let cases = [
        (
            "A,returned,-5,,exact,person,,2021-09-23,Haiti",
            "value_low",
            "cannot be counted",
        ),
        (
            "A,returned,many,,exact,person,,2021-09-23,Haiti",
            "value_low",
            "is no number",
        ),
        (
            "A,returned,9,5,exact,person,,2021-09-23,Haiti",
            "value_high",
            "below the lower",
        ),
        (
            "A,returned,5,,exact,person,2021-09-24,2021-09-23,Haiti",
            "period_start",
            "begins after",
        ),
        (
            "A,returned,5,,roughly,person,,2021-09-23,Haiti",
            "precision",
            "is no precision",
        ),
        (
            "A,returned,5,,exact,person,,23/09/2021,Haiti",
            "as_of",
            "is no day",
        ),
        (
            ",returned,5,,exact,person,,2021-09-23,Haiti",
            "figure_id",
            "empty",
        ),
        (
            "G,returned,5,,exact,person,,2021-09-23,Haiti",
            "figure_id",
            "stands there twice",
        ),
        (
            "A,returned,99999999999999,,exact,person,,2021-09-23,Haiti",
            "value_low",
            "cannot be counted",
        ),
    ];
    for (row, column, what) in cases {
        let good = "G,returned,7,,exact,person,,2021-09-23,Haiti";
        let read = read(format!("{header}\n{good}\n{row}\n").as_bytes()).unwrap();
        assert_eq!(read.statements.len(), 1, "{row}");
        let [problem] = &read.problems[..] else {
            panic!("{row}: {:?}", read.problems)
        };
        assert_eq!((problem.row, problem.column), (3, Some(column)), "{row}");
        assert!(
            problem.what.contains(what) && !problem.remedy.is_empty(),
            "{problem:?}"
        );
    }
    for (file, said) in [
        (
            "figure_id;indicator;value_low\nA;returned;5\n",
            "column figure_id is missing",
        ),
        (
            "figure_id,indicator,value_low,precision\n",
            "column as_of is missing",
        ),
        ("", "column figure_id is missing"),
    ] {
        let error = read(file.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    assert!(
        read(b"\xff\xfe\x00")
            .unwrap_err()
            .to_string()
            .contains("UTF-8")
    );
}

/// The least by which the smallest contradiction is one.
fn by(statements: &[Statement]) -> Option<i64> {
    let found = reconcile(statements, Options::default());
    found
        .conflicts
        .first()
        .and_then(|conflict| conflict.by_at_least)
}

fn exact(number: usize, from: usize, to: usize, value: i64) -> Statement {
    flow(number, from, to, value, Precision::Exact)
}

#[test]
fn more_than_two_periods_add_up_and_so_do_those_apart() {
    let adjoining = [
        exact(1, 0, 9, 40),
        exact(2, 10, 19, 40),
        exact(3, 20, 29, 40),
        exact(4, 0, 29, 100),
    ];
    assert_eq!(by(&adjoining), Some(20));
    let apart = [
        exact(1, 2, 5, 60),
        exact(2, 12, 15, 60),
        exact(3, 0, 29, 100),
    ];
    assert_eq!(by(&apart), Some(20));
    assert_eq!(by(&adjoining[..3]), None);
}

#[test]
fn a_peak_bounds_what_was_before_it_was_said_and_no_other_peak() {
    let stock = |number: usize, indicator: &str, on: usize, said: usize, value: i64| Statement {
        indicator: indicator.into(),
        period_start: None,
        published_on: day(said),
        ..exact(number, 0, on, value)
    };
    let peak = stock(1, "present_peak", 10, 12, 14_872);
    assert_eq!(
        by(&[peak.clone(), stock(2, "present", 26, 26, 16_000)]),
        None
    );
    assert_eq!(
        by(&[peak.clone(), stock(2, "present", 11, 26, 16_000)]),
        Some(1_128)
    );
    assert_eq!(by(&[peak, stock(2, "present_peak", 25, 26, 9_000)]), None);
}

#[test]
fn groups_of_a_rate_are_a_day_too_and_the_number_gives_not_the_groups() {
    let mut rate = exact(1, 0, 9, 400);
    rate.indicator = "arrivals_per_day".into();
    rate.breakdown = "men 300; women 100".into();
    assert_eq!(by(&[rate]), None);
    let mut short = exact(1, 0, 9, 500);
    short.breakdown = "men 300; women 100".into();
    assert_eq!(by(&[short.clone()]), Some(100));
    short.breakdown = "men 9223372036854775807; women 9".into();
    assert_eq!(by(&[short]), None, "no groups that anybody could count");
}

#[test]
fn a_part_named_twice_is_one_part() {
    let mut whole = exact(1, 0, 9, 100);
    whole.parts = "S2 S2".into();
    whole.indicator = "encountered".into();
    let found = reconcile(&[whole, exact(2, 0, 9, 60)], Options::default());
    assert_eq!(found.gaps[0].unaccounted, 40);
    assert!(found.conflicts.is_empty());
}

#[test]
fn a_long_running_series_is_held_against_itself() {
    let series: Vec<_> = (0..300)
        .map(|number| exact(number, 0, number, 10 * i64::try_from(number + 1).unwrap()))
        .collect();
    let found = reconcile(&series, Options::default());
    assert!(found.conflicts.is_empty());
    assert_eq!(found.derived.len(), 299);
    assert!(
        found
            .derived
            .iter()
            .all(|derived| derived.can_be == figures::Interval::exactly(10))
    );
}
