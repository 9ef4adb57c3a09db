//! Figures that others published, and whether a report of ours fits them. A stated figure is kept
//! as it was stated; nothing here decides who is right.

use domain::{AgeGroup, Country};
use serde::Serialize;

use crate::error::ReportError;
use crate::figure::Measure;
use crate::sitrep::{Dimension, Sitrep};

/// How far a number called "about" may be from ours and still fit, in hundredths of it.
const ABOUT_PERCENT: i64 = 5;

pub use figures::{Precision, Statement as StatedFigure};

/// Reads stated figures from CSV with the columns of [`StatedFigure`].
///
/// # Errors
/// [`ReportError::Stated`] names the first row that cannot be used, and why.
pub fn read(csv: &[u8]) -> Result<Vec<StatedFigure>, ReportError> {
    let stated = |row, reason| ReportError::Stated { row, reason };
    let read = figures::read(csv).map_err(|error| stated(1, error.to_string()))?;
    match read.problems.first() {
        None => Ok(read.statements),
        Some(problem) => {
            let column = problem.column.unwrap_or_default();
            Err(stated(problem.row, format!("{column}: {}", problem.what)))
        }
    }
}

/// A stated figure beside ours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Comparison {
    /// Our name for the statement.
    pub figure_id: String,
    /// What is compared: the indicator, or one part of its breakdown.
    pub what: String,
    /// The number stated.
    pub stated: i64,
    /// How exactly.
    pub precision: Precision,
    /// Who said so.
    pub stated_by: String,
    /// Our number; none where it is not shown, or cannot be told for this route.
    pub computed: Option<i64>,
    /// Whether ours fits what was stated.
    pub fits: bool,
}

/// Compares a report with the figures stated for the same days, as far as it counts the same thing.
pub fn compare(sitrep: &Sitrep, stated: &[StatedFigure]) -> Vec<Comparison> {
    stated
        .iter()
        .filter(|figure| {
            figure.period_start == Some(sitrep.from.0)
                && figure.as_of == sitrep.to.0
                && figure.precision != Precision::Planned
        })
        .filter_map(|figure| Some((figure, measure_of(&figure.indicator)?)))
        .flat_map(|(figure, measure)| compared(sitrep, figure, measure))
        .collect()
}

fn measure_of(indicator: &str) -> Option<Measure> {
    match indicator {
        "returned" => Some(Measure::Returned),
        "return_flights" => Some(Measure::Movements),
        "assisted_at_reception" => Some(Measure::Assisted),
        _ => None,
    }
}

fn compared(sitrep: &Sitrep, figure: &StatedFigure, measure: Measure) -> Vec<Comparison> {
    let line = |what: String, stated: i64, computed: Option<i64>| Comparison {
        figure_id: figure.figure_id.clone(),
        what,
        stated,
        precision: figure.precision,
        stated_by: figure.stated_by.clone(),
        computed,
        fits: computed.is_some_and(|ours| fits(figure.precision, stated, ours)),
    };
    let whole = line(
        figure.indicator.clone(),
        figure.value_low,
        on_route(sitrep, measure, &figure.route),
    );
    let parts = groups(&figure.breakdown).map(|(group, stated)| {
        let ours = sitrep
            .breakdown(Dimension::AgeGroup, measure)
            .and_then(|breakdown| breakdown.row(group.code())?.shown());
        line(
            format!("{} · {}", figure.indicator, group.code()),
            stated,
            ours,
        )
    });
    std::iter::once(whole).chain(parts).collect()
}

/// Our number for a route, for instance `USA>HTI`; every route where it says none or `all`.
fn on_route(sitrep: &Sitrep, measure: Measure, route: &str) -> Option<i64> {
    let from = route.split('>').next().unwrap_or_default().trim();
    let Ok(country) = from.parse::<Country>() else {
        return sitrep.totals.of(measure).shown();
    };
    if from == "all" {
        return sitrep.totals.of(measure).shown();
    }
    sitrep
        .movements
        .iter()
        .filter(|row| row.from_country == Some(country))
        .map(|row| row.counts.of(measure).shown())
        .sum()
}

/// `men 6586; women 2456` as groups and numbers; other words are left aside.
fn groups(breakdown: &str) -> impl Iterator<Item = (AgeGroup, i64)> {
    breakdown.split(';').filter_map(|part| {
        let (word, number) = part.trim().split_once(' ')?;
        Some((AgeGroup::from_code(word)?, number.trim().parse().ok()?))
    })
}

fn fits(precision: Precision, stated: i64, ours: i64) -> bool {
    match precision {
        Precision::Exact => ours == stated,
        Precision::About => (ours - stated).abs() * 100 <= stated.abs() * ABOUT_PERCENT,
        Precision::AtLeast => ours >= stated,
        Precision::Planned => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &[u8] = include_bytes!("../../akey/figures/haiti-2021.csv");

    fn stated(id: &str) -> StatedFigure {
        let all = read(PUBLISHED).unwrap();
        all.into_iter()
            .find(|figure| figure.figure_id == id)
            .unwrap()
    }

    #[test]
    fn every_published_figure_of_the_repository_is_read() {
        let all = read(PUBLISHED).unwrap();
        assert_eq!(all.len(), 30);
        assert_eq!(stated("DR02").value_low, 1_401);
        assert_eq!(stated("DR03").unit, "flight");
        assert_eq!(stated("IO04").precision, Precision::AtLeast);
        assert_eq!(stated("IO04").value_high, None);
        assert_eq!(stated("DR01").period_start, None);
    }

    #[test]
    fn the_four_groups_sum_to_the_stated_total() {
        let figure = stated("IO05");
        let parts: Vec<_> = groups(&figure.breakdown).collect();
        assert_eq!(parts.len(), 4);
        assert_eq!(parts.iter().map(|(_, number)| number).sum::<i64>(), 10_831);
        assert_eq!(parts[0], (AgeGroup::Men, 6_586));
    }

    #[test]
    fn about_is_five_in_a_hundred_either_way() {
        for (ours, fitting) in [(1_900, true), (2_100, true), (1_899, false), (2_101, false)] {
            assert_eq!(fits(Precision::About, 2_000, ours), fitting, "{ours}");
        }
        assert!(fits(Precision::AtLeast, 7_000, 7_000) && !fits(Precision::AtLeast, 7_000, 6_999));
        assert!(fits(Precision::Exact, 1_401, 1_401) && !fits(Precision::Exact, 1_401, 1_400));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named() {
        let mut broken =
            PUBLISHED
                .split(|byte| *byte == b'\n')
                .take(3)
                .fold(Vec::new(), |mut text, line| {
                    text.extend_from_slice(line);
                    text.push(b'\n');
                    text
                });
        let place = broken
            .windows(9)
            .position(|bytes| bytes == b"1401,1401")
            .unwrap();
        broken[place] = b'x';
        let error = read(&broken).unwrap_err();
        assert!(error.to_string().contains("row 3"), "{error}");
    }
}
