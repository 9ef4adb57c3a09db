//! The people: day by day, by sex and age, by where they come from and go to, by what makes them
//! more exposed.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{Paper, bar, code_word};
use crate::chart::{Bar, Chart};
use crate::figure::{Counts, Measure, Value};
use crate::sitrep::{Breakdown, DayRow, Dimension};
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

impl Paper<'_> {
    pub(super) fn days(&self) -> Markup {
        html! {
            section {
                h2 { (self.say("sitrep-days")) }
                figure.sitrep-figure {
                    figcaption { (self.say("sitrep-chart-title")) }
                    (self.chart())
                }
                div.sitrep-scroll tabindex="0" { table.sitrep-days {
                    caption { (self.say("sitrep-days-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-day")) }
                        @for measure in OF_A_DAY { th.n scope="col" { (self.measure(measure)) } }
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
        html! { @for measure in OF_A_DAY { (self.cell(counts.of(measure))) } }
    }

    fn chart(&self) -> Markup {
        let title = self.say("sitrep-chart-title");
        let text = self.chart_text();
        let chart = Chart {
            title: &title,
            text: &text,
            written: &|number| self.words.number(number),
        };
        let mut month = None;
        let bars: Vec<_> = self
            .sitrep
            .days
            .iter()
            .map(|row| {
                let returned = row.counts.of(Measure::Returned);
                let this_month = row.day.0.first_of_month();
                let heading =
                    (month.replace(this_month) != Some(this_month)).then(|| self.month(row.day.0));
                Bar {
                    value: returned.shown(),
                    written: self.written(returned),
                    label: row.day.0.day().to_string(),
                    heading,
                }
            })
            .collect();
        chart.draw(&bars)
    }

    fn month(&self, date: Date) -> String {
        self.words.word("month", &date.month().to_string())
    }

    /// What the chart shows, in words.
    fn chart_text(&self) -> String {
        let height = |row: &&DayRow| row.counts.of(Measure::Returned).shown();
        let highest = self.sitrep.days.iter().max_by_key(height);
        let Some((row, number)) = highest.and_then(|row| Some((row, height(&row)?))) else {
            return self.say("sitrep-chart-hidden");
        };
        let day = self.date(row.day);
        let args = [("number", Arg::Number(number)), ("day", Arg::Text(&day))];
        self.words.say("sitrep-chart-text", &args)
    }

    pub(super) fn breakdowns(&self) -> Markup {
        html! {
            section {
                h2 { (self.say("sitrep-people")) }
                div.sitrep-columns {
                    (self.groups())
                    @for (by, of) in [
                        (Dimension::Vulnerability, Measure::Screened),
                        (Dimension::Destination, Measure::Registered),
                        (Dimension::Origin, Measure::Registered),
                        (Dimension::LastResidence, Measure::Registered),
                        (Dimension::DepartedFrom, Measure::Returned),
                        (Dimension::LegalBasis, Measure::Returned),
                        (Dimension::ScreenedBefore, Measure::Returned),
                    ] {
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
        let dimension = breakdown.by.code().replace('_', "-");
        let rows: Vec<_> = breakdown
            .rows
            .iter()
            .filter(|row| row.figure.value != Value::Shown(0))
            .collect();
        html! {
            table.sitrep-breakdown {
                caption { (self.say(&format!("sitrep-by-{dimension}"))) }
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
    fn nobody(&self, rows: usize) -> String {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        self.words
            .say("sitrep-nobody", &[("rows", Arg::Number(rows))])
    }
}
