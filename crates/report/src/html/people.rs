//! The people: day by day, by sex and age, by where they come from and go to, by what makes them
//! more exposed.

use maud::{Markup, html};

use super::{Paper, bar, code_word};
use crate::figure::{Counts, Measure, Value};
use crate::sitrep::{Breakdown, Dimension};
use crate::words::Arg;

/// What a day is described by.
const OF_A_DAY: [Measure; 8] = [
    Measure::Movements,
    Measure::Returned,
    Measure::Met,
    Measure::Registered,
    Measure::Screened,
    Measure::Assisted,
    Measure::NoShow,
    Measure::Left,
];

/// The tables of people beside that of sex and age, in their order.
pub(crate) const TABLES: [(Dimension, Measure); 9] = [
    (Dimension::Waited, Measure::Registered),
    (Dimension::Waited, Measure::Assisted),
    (Dimension::Vulnerability, Measure::Screened),
    (Dimension::Destination, Measure::Registered),
    (Dimension::Origin, Measure::Registered),
    (Dimension::LastResidence, Measure::Registered),
    (Dimension::DepartedFrom, Measure::Returned),
    (Dimension::LegalBasis, Measure::Returned),
    (Dimension::ScreenedBefore, Measure::Returned),
];

/// The message that names a table of people.
pub(crate) fn title_id(by: Dimension, of: Measure) -> String {
    match by {
        Dimension::Waited => format!("sitrep-waited-{}", of.code()),
        _ => format!("sitrep-by-{}", by.code().replace('_', "-")),
    }
}

impl Paper<'_> {
    /// What a day is described by, as far as it is published where the report is.
    pub(crate) fn of_a_day(&self) -> Vec<Measure> {
        let counted: Vec<_> = self.sitrep.measures().collect();
        let of_a_day = OF_A_DAY.into_iter();
        of_a_day
            .filter(|measure| counted.contains(measure))
            .collect()
    }

    pub(super) fn days(&self) -> Markup {
        html! {
            section {
                h2 { (self.say("sitrep-days")) }
                figure.sitrep-figure {
                    figcaption { (self.say("sitrep-chart-title")) }
                    (self.chart_of_days().svg())
                }
                div.sitrep-scroll tabindex="0" { table.sitrep-days {
                    caption { (self.say("sitrep-days-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-day")) }
                        @for measure in self.of_a_day() { th.n scope="col" { (self.measure(measure)) } }
                    } }
                    tbody {
                        @for row in &self.sitrep.days {
                            tr {
                                th scope="row" { (self.date(row.day)) }
                                (self.day_cells(&row.counts))
                            }
                        }
                    }
                    tfoot { tr {
                        th scope="row" { (self.say("sitrep-together")) }
                        (self.day_cells(&self.sitrep.totals))
                    } }
                } }
            }
        }
    }

    fn day_cells(&self, counts: &Counts) -> Markup {
        html! { @for measure in self.of_a_day() { (self.cell(counts.of(measure))) } }
    }

    pub(super) fn breakdowns(&self) -> Markup {
        html! {
            section {
                h2 { (self.say("sitrep-people")) }
                div.sitrep-columns.sitrep-charts {
                    @for chart in self.charts_of_groups() {
                        figure.sitrep-figure {
                            figcaption { (chart.title) }
                            (chart.svg())
                        }
                    }
                }
                div.sitrep-columns {
                    (self.groups())
                    @for (by, of) in TABLES {
                        @if let Some(breakdown) = self.sitrep.breakdown(by, of) {
                            (self.breakdown(breakdown))
                        }
                    }
                }
            }
        }
    }

    /// Sex and age, of those registered and of those assisted side by side.
    fn groups(&self) -> Markup {
        let of = |measure| self.sitrep.breakdown(Dimension::AgeGroup, measure);
        let (Some(registered), Some(assisted)) = (of(Measure::Registered), of(Measure::Assisted))
        else {
            return html! {};
        };
        html! {
            table.sitrep-breakdown {
                caption { (self.say("sitrep-by-age-group")) }
                thead { tr {
                    th scope="col" { (self.say("sitrep-group")) }
                    th.n scope="col" { (self.measure(Measure::Registered)) }
                    th.n scope="col" { (self.say("sitrep-share")) }
                    td {}
                    th.n scope="col" { (self.measure(Measure::Assisted)) }
                } }
                tbody {
                    @for row in &registered.rows {
                        tr {
                            th scope="row" { (code_word(self.words, Dimension::AgeGroup, &row.code)) }
                            (self.cell(&row.figure))
                            td.n.soft { (self.percent(&row.figure, &registered.total)) }
                            td.sitrep-bar-cell { (bar(row.figure.shown(), registered.total.shown())) }
                            @if let Some(figure) = assisted.row(&row.code) { (self.cell(figure)) }
                            @else { td.n {} }
                        }
                    }
                }
                tfoot { tr {
                    th scope="row" { (self.say("sitrep-together")) }
                    (self.cell(&registered.total))
                    td {} td {}
                    (self.cell(&assisted.total))
                } }
            }
        }
    }

    fn breakdown(&self, breakdown: &Breakdown) -> Markup {
        let rows: Vec<_> = breakdown
            .rows
            .iter()
            .filter(|row| row.figure.value != Value::Shown(0))
            .collect();
        html! {
            table.sitrep-breakdown {
                caption { (self.say(&title_id(breakdown.by, breakdown.of))) }
                thead { tr {
                    th scope="col" { (self.say("sitrep-group")) }
                    th.n scope="col" { (self.measure(breakdown.of)) }
                    th.n scope="col" { (self.say("sitrep-share")) }
                    td {}
                } }
                tbody {
                    @for row in &rows {
                        tr {
                            th scope="row" { (code_word(self.words, breakdown.by, &row.code)) }
                            (self.cell(&row.figure))
                            td.n.soft { (self.percent(&row.figure, &breakdown.total)) }
                            td.sitrep-bar-cell { (bar(row.figure.shown(), breakdown.total.shown())) }
                        }
                    }
                    @if rows.len() < breakdown.rows.len() {
                        tr { td.soft colspan="4" {
                            (self.nobody(breakdown.rows.len() - rows.len()))
                        } }
                    }
                }
                tfoot { tr {
                    th scope="row" {
                        @if breakdown.parts_are_the_whole { (self.say("sitrep-together")) }
                        @else { (self.say("sitrep-several")) }
                    }
                    (self.cell(&breakdown.total))
                    td {} td {}
                } }
            }
        }
    }

    /// That the other rows of a table are empty.
    pub(crate) fn nobody(&self, rows: usize) -> String {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        self.words
            .say("sitrep-nobody", &[("rows", Arg::Number(rows))])
    }
}
