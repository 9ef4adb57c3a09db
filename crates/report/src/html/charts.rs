//! The charts of a report, made out of its figures; the tables beside them have every number.

use jiff::civil::Date;

use super::{Paper, code_word};
use crate::chart::{Across, Bar, Drawing, Group, Upright};
use crate::figure::Measure;
use crate::sitrep::{BreakdownRow, DayRow, Dimension};
use crate::words::Arg;

/// Most groups that one chart shows.
const GROUPS_MAX: usize = 12;

impl Paper<'_> {
    /// People returned, day by day.
    pub(crate) fn chart_of_days(&self) -> Drawing {
        let chart = Upright {
            name: "days",
            title: self.say("sitrep-chart-title"),
            text: self.text_of_days(),
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

    fn text_of_days(&self) -> String {
        let height = |row: &&DayRow| row.counts.of(Measure::Returned).shown();
        let highest = self.sitrep.days.iter().max_by_key(height);
        let Some((row, number)) = highest.and_then(|row| Some((row, height(&row)?))) else {
            return self.say("sitrep-chart-hidden");
        };
        let day = self.date(row.day);
        let args = [("number", Arg::Number(number)), ("day", Arg::Text(&day))];
        self.words.say("sitrep-chart-text", &args)
    }

    /// Who they are, where they go and how long they waited; a chart of nobody is left out.
    pub(crate) fn charts_of_groups(&self) -> Vec<Drawing> {
        let charts = [
            (
                "age",
                Dimension::AgeGroup,
                Measure::Registered,
                "sitrep-by-age-group",
            ),
            (
                "destination",
                Dimension::Destination,
                Measure::Registered,
                "sitrep-by-destination",
            ),
            (
                "registered-after",
                Dimension::Waited,
                Measure::Registered,
                "sitrep-waited-registered",
            ),
            (
                "assisted-after",
                Dimension::Waited,
                Measure::Assisted,
                "sitrep-waited-assisted",
            ),
        ];
        charts
            .into_iter()
            .filter_map(|(name, by, of, title)| self.chart_of_groups(name, by, of, title))
            .collect()
    }

    fn chart_of_groups(
        &self,
        name: &'static str,
        by: Dimension,
        of: Measure,
        title: &str,
    ) -> Option<Drawing> {
        let breakdown = self.sitrep.breakdown(by, of)?;
        if breakdown.total.shown() == Some(0) {
            return None;
        }
        // Fixed lists keep their order and every row; others show who is there, the largest first.
        let whole = matches!(by, Dimension::AgeGroup | Dimension::Waited);
        let shown = |row: &&BreakdownRow| whole || row.figure.shown() != Some(0);
        let rows: Vec<_> = breakdown
            .rows
            .iter()
            .filter(shown)
            .take(GROUPS_MAX)
            .collect();
        let groups: Vec<_> = rows
            .iter()
            .map(|row| Group {
                label: code_word(self.words, by, &row.code),
                value: row.figure.shown(),
                written: self.written(&row.figure),
            })
            .collect();
        let largest = rows.iter().max_by_key(|row| row.figure.shown());
        let text = match largest.and_then(|row| Some((row, row.figure.shown()?))) {
            Some((row, number)) => {
                let group = code_word(self.words, by, &row.code);
                let args = [
                    ("group", Arg::Text(&group)),
                    ("number", Arg::Number(number)),
                ];
                self.words.say("sitrep-chart-groups", &args)
            }
            None => self.say("sitrep-chart-hidden"),
        };
        let title = self.say(title);
        Some(Across { name, title, text }.draw(&groups))
    }
}
