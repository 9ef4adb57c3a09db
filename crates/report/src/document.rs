//! The report as headings, tables, charts and sentences, all written out in one language, for
//! whoever sets it on paper. It says what [`crate::html`] says, in the same order; how it looks is
//! not decided here.

mod cases;
mod goods;
mod people;

use crate::chart::Drawing;
use crate::figure::{Figure, Measure, Value};
use crate::html::Paper;
use crate::html::flow::{OF_A_MOVEMENT, OF_A_MOVEMENT_PUBLIC};
use crate::html::head::FIRST;
use crate::html::screened_id;
use crate::sitrep::{Audience, Dimension, MovementRow, Sitrep, Step, UNKNOWN};
use crate::words::{Arg, Words};

/// A report in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// The language's BCP 47 tag.
    pub language: String,
    /// What it is.
    pub title: String,
    /// Of which operation.
    pub operation: String,
    /// For whom it is made.
    pub audience: String,
    /// The days it covers.
    pub period: String,
    /// The sites it covers.
    pub sites: String,
    /// Until when, when and by whom it was counted, up to which event.
    pub stamp: Vec<String>,
    /// The sum of it.
    pub summary: Option<String>,
    /// The numbers that are read first: name and number.
    pub first: Vec<(String, String)>,
    /// What is out of the ordinary.
    pub notable: Vec<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// Something below a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A chart over the whole width.
    Chart(Drawing),
    /// Smaller charts, side by side where there is room.
    Charts(Vec<Drawing>),
    /// A table.
    Table(Table),
    /// Narrow tables, side by side where there is room.
    Tables(Vec<Table>),
    /// Sentences, one below the other.
    List(Vec<String>),
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Whether the caption is the name of the table rather than a remark on it.
    pub named: bool,
    /// Its columns; the first heads the rows.
    pub columns: Vec<Column>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Row>,
    /// How many of the last rows sum those before.
    pub sums: usize,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Whether it holds numbers, which stand at the right.
    pub numbers: bool,
    /// Its share of the width, beside those of the others.
    pub share: u16,
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether it is a number reached, or a sum.
    pub strong: bool,
}

/// What stands in one place of a table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// What is written.
    pub words: String,
    /// What is written below it, smaller.
    pub below: Vec<String>,
    /// How it is meant.
    pub tone: Tone,
}

/// How words in a cell are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// As they are.
    #[default]
    Plain,
    /// Beside the point: nothing, or a share.
    Soft,
    /// To be looked at.
    Risk,
}

impl Column {
    fn text(heading: String, share: u16) -> Self {
        Self {
            heading,
            numbers: false,
            share,
        }
    }

    fn number(heading: String, share: u16) -> Self {
        Self {
            heading,
            numbers: true,
            share,
        }
    }
}

impl Row {
    fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            strong: false,
        }
    }

    fn strong(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            strong: true,
        }
    }
}

impl Cell {
    fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            ..Self::default()
        }
    }

    fn soft(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            tone: Tone::Soft,
            ..Self::default()
        }
    }
}

impl Document {
    /// Writes a report out in one language.
    pub fn of(sitrep: &Sitrep, words: &dyn Words) -> Self {
        let paper = Paper::plain(sitrep, words);
        let sites: Vec<_> = sitrep.sites.iter().map(|site| site.name.as_str()).collect();
        let number = |measure: Measure| {
            let figure = sitrep.totals.of(measure);
            (paper.measure(measure), paper.written(figure))
        };
        let audience = match sitrep.audience {
            Audience::Internal => "sitrep-internal",
            Audience::Public => "sitrep-public",
        };
        let sections = [
            Some(paper.section_of_days()),
            paper.section_of_steps(),
            Some(paper.section_of_people()),
            paper.section_of_movements(),
        ];
        let mut sections: Vec<_> = sections.into_iter().flatten().collect();
        sections.extend(paper.sections_of_goods());
        sections.extend(paper.sections_of_cases());
        sections.extend(paper.sections_of_method());
        Self {
            language: words.language().to_owned(),
            title: paper.say("sitrep-title"),
            operation: sitrep.stamp.operation.clone(),
            audience: paper.say(audience),
            period: paper.period(),
            sites: sites.join(", "),
            stamp: paper.stamp_lines(),
            summary: paper.summary(),
            first: FIRST.map(number).into(),
            notable: paper.notable_lines(),
            sections,
        }
    }
}

impl Paper<'_> {
    fn count(&self, figure: &Figure) -> Cell {
        let tone = match figure.value {
            Value::Shown(0) | Value::Hidden | Value::Unpublished => Tone::Soft,
            Value::Shown(_) => Tone::Plain,
        };
        Cell {
            words: self.written(figure),
            tone,
            ..Cell::default()
        }
    }

    fn section(&self, heading: &str, blocks: Vec<Block>) -> Section {
        Section {
            heading: self.say(heading),
            blocks,
        }
    }

    fn section_of_steps(&self) -> Option<Section> {
        let reconciliation = self.sitrep.reconciliation.as_ref()?;
        let table = Table {
            caption: self.say("sitrep-reconciliation-caption"),
            named: false,
            columns: vec![
                Column::text(self.say("sitrep-step"), 60),
                Column::number(self.say("sitrep-difference"), 20),
                Column::number(self.say("sitrep-people-number"), 20),
            ],
            rows: reconciliation
                .steps
                .iter()
                .map(|step| self.row_of_step(step))
                .collect(),
            sums: 0,
        };
        Some(self.section("sitrep-reconciliation", vec![Block::Table(table)]))
    }

    fn row_of_step(&self, step: &Step) -> Row {
        let label = Cell::plain(self.say(&format!("sitrep-step-{}", step.kind.code())));
        let number = self.words.number(step.value);
        if step.kind.is_reached() {
            return Row::strong(vec![label, Cell::default(), Cell::plain(number)]);
        }
        let difference = match step.value {
            0 => Cell::soft(number),
            value => Cell::plain(self.signed(value)),
        };
        Row::of(vec![label, difference, Cell::default()])
    }

    fn section_of_movements(&self) -> Option<Section> {
        if self.sitrep.movements.is_empty() {
            return None;
        }
        let measures: &[Measure] = match self.sitrep.audience {
            Audience::Internal => &OF_A_MOVEMENT,
            Audience::Public => &OF_A_MOVEMENT_PUBLIC,
        };
        let number = |measure: &Measure| Column::number(self.measure(*measure), 10);
        let columns = [Column::text(self.say("sitrep-movement"), 40)]
            .into_iter()
            .chain(measures.iter().map(number));
        let row = |row: &MovementRow| {
            let cells = measures.iter().map(|of| self.count(row.counts.of(*of)));
            Row::of(
                [self.movement_named(row)]
                    .into_iter()
                    .chain(cells)
                    .collect(),
            )
        };
        let mut rows: Vec<_> = self.sitrep.movements.iter().map(row).collect();
        let landed = measures
            .iter()
            .map(|of| self.count(self.sitrep.landed.of(*of)));
        let together = Cell::plain(self.say("sitrep-together"));
        rows.push(Row::strong([together].into_iter().chain(landed).collect()));
        if !self.sitrep.apart.is_empty() {
            rows.push(self.row_apart(measures));
        }
        let table = Table {
            caption: self.say("sitrep-movements-caption"),
            named: false,
            columns: columns.collect(),
            sums: rows.len() - self.sitrep.movements.len(),
            rows,
        };
        Some(self.section("sitrep-movements", vec![Block::Table(table)]))
    }

    fn movement_named(&self, row: &MovementRow) -> Cell {
        let kind = self.words.word("movement-kind", row.kind.as_str());
        let from = row.from_site.clone();
        let from = from.unwrap_or_else(|| self.say("sitrep-not-known"));
        let landed = self.words.moment(row.landed_at);
        let legal = self.words.word("legal", row.legal_basis.as_str());
        let screened = self.say(screened_id(row.screened_before));
        Cell {
            words: format!("{} · {kind}", row.designator),
            below: vec![
                format!("{from} → {}", row.to_site),
                format!("{landed} · {legal}"),
                format!("{}: {screened}", self.say("sitrep-screened-before")),
            ],
            tone: Tone::Plain,
        }
    }

    fn row_apart(&self, measures: &[Measure]) -> Row {
        let day = self.date(self.sitrep.from);
        let label = self.words.say("sitrep-apart", &[("day", Arg::Text(&day))]);
        let difference = |measure: &Measure| {
            let apart = &self.sitrep.apart;
            let apart = apart.iter().find(|apart| apart.measure == *measure);
            apart.map_or_else(Cell::default, |apart| {
                Cell::soft(self.signed(apart.difference))
            })
        };
        let cells = measures.iter().map(difference);
        Row::of([Cell::soft(label)].into_iter().chain(cells).collect())
    }

    /// What is not known of the people, and how the report was counted.
    fn sections_of_method(&self) -> Vec<Section> {
        let unknown = |by: Dimension| {
            let breakdown = self.sitrep.breakdown(by, Measure::Registered)?;
            let label = format!("sitrep-unknown-{}", by.code().replace('_', "-"));
            let (number, share) = match breakdown.row(UNKNOWN) {
                Some(figure) => (self.count(figure), self.percent(figure, &breakdown.total)),
                None => (Cell::soft(self.words.number(0)), String::new()),
            };
            let label = Cell::plain(self.say(&label));
            Some(Row::of(vec![label, number, Cell::soft(share)]))
        };
        let by = [
            Dimension::AgeGroup,
            Dimension::Destination,
            Dimension::Origin,
            Dimension::LastResidence,
        ];
        let table = Table {
            caption: self.say("sitrep-quality-caption"),
            named: false,
            columns: vec![
                Column::text(self.say("sitrep-quality-what"), 60),
                Column::number(self.say("sitrep-people-number"), 20),
                Column::number(self.say("sitrep-share"), 20),
            ],
            rows: by.into_iter().filter_map(unknown).collect(),
            sums: 0,
        };
        let mut method = vec![
            "sitrep-method-days",
            "sitrep-method-movements",
            "sitrep-method-groups",
        ];
        match self.sitrep.audience {
            Audience::Public => method.push("sitrep-method-public"),
            Audience::Internal => method.extend(["sitrep-method-cover", "sitrep-method-trace"]),
        }
        let method = method.into_iter().map(|id| self.say(id)).collect();
        vec![
            self.section("sitrep-quality", vec![Block::Table(table)]),
            self.section("sitrep-method", vec![Block::List(method)]),
        ]
    }
}
