//! A thousand statements held against each other. `cargo bench -p akey-figures`

use std::time::Instant;

use figures::{Options, Statement, read, reconcile};

const STATEMENTS: usize = 1_000;
/// Days of a series.
const SERIES: usize = 300;
/// Statements about one thing.
const TOGETHER: usize = 20;

fn main() {
    let published = read(include_bytes!("../../../akey/figures/haiti-2021.csv"));
    let published = published.expect("it can be read").statements;
    let template = published
        .iter()
        .find(|statement| statement.figure_id == "DR11");
    let template = template.expect("it is there");
    let statement = |number: usize| {
        let (thing, turn) = (
            number / TOGETHER,
            i64::try_from(number % TOGETHER).unwrap_or_default(),
        );
        let days = |days: i64| {
            let first = template.period_start.unwrap_or(template.as_of);
            first.saturating_add(jiff::Span::new().days(days))
        };
        let value = 100 * (turn + 1) + i64::from(number.is_multiple_of(97)) * 900;
        Statement {
            figure_id: format!("S{number}"),
            place: format!("Demo {thing}"),
            period_start: Some(days(turn / 4)),
            as_of: days(turn / 4 + turn),
            value_low: value,
            value_high: Some(value),
            ..template.clone()
        }
    };
    measure(&(0..STATEMENTS).map(statement).collect::<Vec<_>>());
    // A series that is published every day, each time since the first.
    let since = |number: usize| {
        let days = i64::try_from(number).unwrap_or_default();
        let first = template.period_start.unwrap_or(template.as_of);
        Statement {
            figure_id: format!("S{number}"),
            as_of: first.saturating_add(jiff::Span::new().days(days)),
            value_low: 10 * (days + 1),
            value_high: Some(10 * (days + 1)),
            ..template.clone()
        }
    };
    measure(&(0..SERIES).map(since).collect::<Vec<_>>());
}

fn measure(statements: &[Statement]) {
    let began = Instant::now();
    let found = reconcile(statements, Options::default());
    println!(
        "{} statements, {} things: {} conflicts, {} derived, in {:.3} s",
        statements.len(),
        found.findings.len(),
        found.conflicts.len(),
        found.derived.len(),
        began.elapsed().as_secs_f64()
    );
}
