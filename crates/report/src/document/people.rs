//! The people, day by day and group by group, written out.

use super::{Block, Cell, Column, Paper, Row, Section, Table};
use crate::figure::{Counts, Measure, Value};
use crate::html::code_word;
use crate::html::people::{TABLES, title_id};
use crate::sitrep::{Breakdown, BreakdownRow, DayRow, Dimension};

impl Paper<'_> {
    pub(super) fn section_of_days(&self) -> Section {
        let cells = |label: String, counts: &Counts| -> Vec<Cell> {
            let numbers = self.of_a_day().into_iter();
            let numbers = numbers.map(|of| self.count(counts.of(of)));
            [Cell::plain(label)].into_iter().chain(numbers).collect()
        };
        let row = |row: &DayRow| Row::of(cells(self.date(row.day), &row.counts));
        let mut rows: Vec<_> = self.sitrep.days.iter().map(row).collect();
        let together = cells(self.say("sitrep-together"), &self.sitrep.totals);
        rows.push(Row::strong(together));
        let numbers = self.of_a_day().into_iter();
        let numbers = numbers.map(|of| Column::number(self.measure(of), 11));
        let day = Column::text(self.say("sitrep-day"), 18);
        let table = Table {
            caption: self.say("sitrep-days-caption"),
            named: false,
            columns: [day].into_iter().chain(numbers).collect(),
            rows,
            sums: 1,
        };
        let chart = Block::Chart(self.chart_of_days());
        self.section("sitrep-days", vec![chart, Block::Table(table)])
    }

    pub(super) fn section_of_people(&self) -> Section {
        let mut blocks = Vec::new();
        let charts = self.charts_of_groups();
        if !charts.is_empty() {
            blocks.push(Block::Charts(charts));
        }
        let others = TABLES.into_iter().filter_map(|(by, of)| {
            let breakdown = self.sitrep.breakdown(by, of)?;
            Some(self.table_of(breakdown))
        });
        let tables: Vec<_> = self.table_of_age().into_iter().chain(others).collect();
        if !tables.is_empty() {
            blocks.push(Block::Tables(tables));
        }
        self.section("sitrep-people", blocks)
    }

    /// Sex and age, of those registered and of those assisted side by side.
    fn table_of_age(&self) -> Option<Table> {
        let of = |measure| self.sitrep.breakdown(Dimension::AgeGroup, measure);
        let (registered, assisted) = (of(Measure::Registered)?, of(Measure::Assisted)?);
        let row = |row: &BreakdownRow| {
            let assisted = assisted.row(&row.code);
            Row::of(vec![
                Cell::plain(code_word(self.words, Dimension::AgeGroup, &row.code)),
                self.count(&row.figure),
                Cell::soft(self.percent(&row.figure, &registered.total)),
                assisted.map_or_else(Cell::default, |figure| self.count(figure)),
            ])
        };
        let mut rows: Vec<_> = registered.rows.iter().map(row).collect();
        rows.push(Row::strong(vec![
            Cell::plain(self.say("sitrep-together")),
            self.count(&registered.total),
            Cell::default(),
            self.count(&assisted.total),
        ]));
        Some(Table {
            caption: self.say("sitrep-by-age-group"),
            named: true,
            columns: vec![
                Column::text(self.say("sitrep-group"), 34),
                Column::number(self.measure(Measure::Registered), 24),
                Column::number(self.say("sitrep-share"), 20),
                Column::number(self.measure(Measure::Assisted), 22),
            ],
            rows,
            sums: 1,
        })
    }

    fn table_of(&self, breakdown: &Breakdown) -> Table {
        let somebody = |row: &&BreakdownRow| row.figure.value != Value::Shown(0);
        let row = |row: &BreakdownRow| {
            Row::of(vec![
                Cell::plain(code_word(self.words, breakdown.by, &row.code)),
                self.count(&row.figure),
                Cell::soft(self.percent(&row.figure, &breakdown.total)),
            ])
        };
        let mut rows: Vec<_> = breakdown.rows.iter().filter(somebody).map(row).collect();
        if rows.len() < breakdown.rows.len() {
            let nobody = self.nobody(breakdown.rows.len() - rows.len());
            let empty = Cell::default();
            rows.push(Row::of(vec![Cell::soft(nobody), empty.clone(), empty]));
        }
        let together = if breakdown.parts_are_the_whole {
            "sitrep-together"
        } else {
            "sitrep-several"
        };
        rows.push(Row::strong(vec![
            Cell::plain(self.say(together)),
            self.count(&breakdown.total),
            Cell::default(),
        ]));
        Table {
            caption: self.say(&title_id(breakdown.by, breakdown.of)),
            named: true,
            columns: vec![
                Column::text(self.say("sitrep-group"), 52),
                Column::number(self.measure(breakdown.of), 26),
                Column::number(self.say("sitrep-share"), 22),
            ],
            rows,
            sums: 1,
        }
    }
}
