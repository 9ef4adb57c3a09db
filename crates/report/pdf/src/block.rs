//! Sections with what stands below their headings.

use akey_report::chart::Drawing;
use akey_report::document::{Block, Section, Table};

use crate::layout::{Ink, LAGOON, Layout, MARGIN, Mark, SOFT, Style, WIDTH};
use crate::table::Fitted;
use crate::tree::{Meaning, Part};

/// Between two columns.
const GUTTER: f32 = 22.0;
const HALF: f32 = (WIDTH - GUTTER) / 2.0;
/// A heading alone at the foot of a page is no help: so much of what follows stays with it.
const WITH_HEADING: f32 = 110.0;

impl Layout<'_> {
    pub(crate) fn section(&mut self, section: &Section) {
        let first = section.blocks.first();
        self.need(first.map_or(WITH_HEADING, |block| self.kept_together(block)));
        let mut part = Part::new(Meaning::Section);
        self.heading(&section.heading, &mut part);
        for block in &section.blocks {
            match block {
                Block::Chart(drawing) => self.chart(drawing, &mut part),
                Block::Charts(drawings) => self.charts(drawings, &mut part),
                Block::Table(table) => self.table(table, &mut part),
                Block::Tables(tables) => self.tables(tables, &mut part),
                Block::List(lines) => self.list(lines, &mut part),
            }
            self.y += 8.0;
        }
        self.parts.push(part);
        self.y += 4.0;
    }

    /// How much room a heading with the beginning of its first block needs.
    fn kept_together(&self, block: &Block) -> f32 {
        match block {
            Block::Chart(drawing) => 60.0 + Self::height_of(drawing, WIDTH),
            Block::Charts(drawings) => {
                let heights = drawings
                    .iter()
                    .map(|drawing| Self::height_of(drawing, HALF));
                60.0 + heights.fold(0.0, f32::max)
            }
            Block::Table(table) if table.rows.len() <= 12 => {
                34.0 + Fitted::new(table, WIDTH, self.faces).height()
            }
            _ => WITH_HEADING,
        }
    }

    fn heading(&mut self, heading: &str, part: &mut Part) {
        let y = self.y;
        self.ornament(vec![Ink::Rule {
            from: (MARGIN, y),
            to: (MARGIN + WIDTH, y),
            thick: 1.4,
            colour: LAGOON,
            dashed: false,
        }]);
        self.marks.push(Mark {
            title: heading.to_owned(),
            page: self.page(),
            y,
        });
        let style = Style::bold(12.5);
        let (inks, bottom) = self.words_at((MARGIN, y + 4.0), WIDTH, style, heading);
        let leaf = self.piece(inks);
        let meaning = Meaning::Heading(2, heading.to_owned());
        part.part(Part::with_leaf(meaning, leaf));
        self.y = bottom + 3.0;
    }

    fn chart(&mut self, drawing: &Drawing, part: &mut Part) {
        self.need(16.0 + Self::height_of(drawing, WIDTH));
        let (figure, bottom) = self.figure(drawing, (MARGIN, self.y), WIDTH);
        part.part(figure);
        self.y = bottom;
    }

    /// Charts in two columns, those of one line beside each other.
    fn charts(&mut self, drawings: &[Drawing], part: &mut Part) {
        for pair in drawings.chunks(2) {
            let height = |drawing: &Drawing| 16.0 + Self::height_of(drawing, HALF);
            self.need(pair.iter().map(height).fold(0.0, f32::max));
            let (mut x, top, mut bottom) = (MARGIN, self.y, self.y);
            for drawing in pair {
                let (figure, end) = self.figure(drawing, (x, top), HALF);
                part.part(figure);
                bottom = bottom.max(end);
                x += HALF + GUTTER;
            }
            self.y = bottom + 6.0;
        }
    }

    fn table(&mut self, table: &Table, part: &mut Part) {
        let fitted = Fitted::new(table, WIDTH, self.faces);
        self.flow(&fitted, part);
    }

    /// Narrow tables in two columns, each next one where there is more room.
    fn tables(&mut self, tables: &[Table], part: &mut Part) {
        let mut bottoms = [self.y; 2];
        for table in tables {
            let fitted = Fitted::new(table, HALF, self.faces);
            let column = usize::from(bottoms[1] < bottoms[0]);
            self.y = bottoms[column];
            let page = self.page();
            if self.room() < fitted.height() {
                // Where it does not fit into the shorter column, it does not fit into the longer.
                self.next_page();
                bottoms = [self.y; 2];
            }
            let column = if self.page() == page { column } else { 0 };
            let x = if column == 0 {
                MARGIN
            } else {
                MARGIN + HALF + GUTTER
            };
            let (group, bottom) = self.whole(&fitted, (x, self.y));
            part.part(group);
            bottoms[column] = bottom + 12.0;
        }
        self.y = bottoms[0].max(bottoms[1]);
    }

    fn list(&mut self, lines: &[String], part: &mut Part) {
        let style = Style::regular(8.0).coloured(SOFT);
        let mut list = Part::new(Meaning::List);
        for line in lines {
            let lines = self
                .faces
                .lines(style.weight, style.size, line, WIDTH - 10.0);
            let lines = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            self.need(f32::from(lines) * style.leading());
            let at = (MARGIN + 10.0, self.y);
            let (inks, bottom) = self.words_at(at, WIDTH - 10.0, style, line);
            let (label, _) = self.words_at((MARGIN + 1.0, self.y), 8.0, style, "·");
            let mut item = Part::new(Meaning::Item);
            item.part(Part::with_leaf(Meaning::Label, self.piece(label)));
            item.part(Part::with_leaf(Meaning::ItemBody, self.piece(inks)));
            list.part(item);
            self.y = bottom + 2.0;
        }
        part.part(list);
    }
}
