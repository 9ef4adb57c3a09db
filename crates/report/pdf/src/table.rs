//! Tables: fitted into a width first, then set, on as many pages as they need. Headings of columns
//! are repeated on each page for the eye; who listens hears them once, and with every cell.

use akey_report::document::{Cell, Row, Table, Tone};

use crate::face::{Faces, Weight};
use crate::layout::{INK, Ink, LAGOON_SOFT, LINE, Layout, MARGIN, RISK, SOFT, Style};
use crate::tree::{Meaning, Part};

const WORDS: f32 = 8.5;
const BELOW: f32 = 7.0;
const HEADING: f32 = 7.4;
/// Headings are made smaller for a long word, but not smaller than this.
const HEADING_MIN: f32 = 4.6;
/// Between the words of a row and its edges.
const PADDING: f32 = 2.4;
/// Between two columns.
const GAP: f32 = 6.0;

/// A table in a certain width.
pub(crate) struct Fitted<'t> {
    table: &'t Table,
    width: f32,
    /// Where each column begins and how wide it is.
    columns: Vec<(f32, f32)>,
    caption: Style,
    heading: Style,
    caption_height: f32,
    heading_height: f32,
    rows: Vec<f32>,
}

impl<'t> Fitted<'t> {
    pub(crate) fn new(table: &'t Table, width: f32, faces: &Faces) -> Self {
        let shares: u16 = table.columns.iter().map(|column| column.share).sum();
        let gaps = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(0);
        let room = width - GAP * f32::from(gaps);
        let mut x = 0.0;
        let columns: Vec<_> = table
            .columns
            .iter()
            .map(|column| {
                let wide = room * f32::from(column.share) / f32::from(shares.max(1));
                let place = (x, wide);
                x += wide + GAP;
                place
            })
            .collect();
        let tightest = table
            .columns
            .iter()
            .zip(&columns)
            .map(|(column, (_, wide))| {
                wide / faces
                    .widest_word(Weight::Bold, HEADING, &column.heading)
                    .max(1.0)
            });
        let size = HEADING * tightest.fold(1.0, f32::min);
        let heading = Style::bold(size.max(HEADING_MIN)).coloured(SOFT);
        let caption = if table.named {
            Style::bold(9.0)
        } else {
            Style::regular(8.0).coloured(SOFT)
        };
        let lines = |style: Style, words: &str, wide: f32| {
            let lines = faces.lines(style.weight, style.size, words, wide).len();
            f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * style.leading()
        };
        let headings = table.columns.iter().zip(&columns);
        let heading_height = headings
            .map(|(column, (_, wide))| lines(heading, &column.heading, *wide))
            .fold(0.0, f32::max);
        let rows = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().zip(&columns);
                let tall = cells.map(|(cell, (_, wide))| {
                    let below = cell.below.iter();
                    let below = below.map(|words| lines(Style::regular(BELOW), words, *wide));
                    lines(style_of(cell, row), &cell.words, *wide) + below.sum::<f32>()
                });
                tall.fold(0.0, f32::max) + 2.0 * PADDING
            })
            .collect();
        Self {
            table,
            width,
            columns,
            caption,
            heading,
            caption_height: lines(caption, &table.caption, width) + 2.0,
            heading_height: heading_height + 2.0 * PADDING,
            rows,
        }
    }

    pub(crate) fn height(&self) -> f32 {
        self.caption_height + self.heading_height + self.rows.iter().sum::<f32>()
    }

    fn sums_from(&self) -> usize {
        self.table.rows.len().saturating_sub(self.table.sums)
    }
}

fn style_of(cell: &Cell, row: &Row) -> Style {
    let style = if row.strong {
        Style::bold(WORDS)
    } else {
        Style::regular(WORDS)
    };
    style.coloured(match cell.tone {
        Tone::Plain => INK,
        Tone::Soft => SOFT,
        Tone::Risk => RISK,
    })
}

impl Layout<'_> {
    /// A table over the whole width, on as many pages as it needs.
    pub(crate) fn flow(&mut self, fitted: &Fitted<'_>, part: &mut Part) {
        let begin = fitted.caption_height + fitted.heading_height;
        self.need(begin + fitted.rows.first().copied().unwrap_or(0.0));
        let (table, bottom) = self.rows(fitted, (MARGIN, self.y));
        part.part(table);
        self.y = bottom;
    }

    /// A table that fits on the page, at this place; how far down it reaches.
    pub(crate) fn whole(&mut self, fitted: &Fitted<'_>, at: (f32, f32)) -> (Part, f32) {
        self.rows(fitted, at)
    }

    fn rows(&mut self, fitted: &Fitted<'_>, (x, y): (f32, f32)) -> (Part, f32) {
        let mut table = Part::new(Meaning::Table);
        let caption = &fitted.table.caption;
        let (inks, _) = self.words_at((x, y), fitted.width, fitted.caption, caption);
        table.part(Part::with_leaf(Meaning::Caption, self.piece(inks)));
        let mut head = Part::new(Meaning::Head);
        let mut y = y + fitted.caption_height;
        head.part(self.headings(fitted, (x, y)));
        table.part(head);
        y += fitted.heading_height;
        let mut body = Part::new(Meaning::Body);
        let mut foot = Part::new(Meaning::Foot);
        let sums_from = fitted.sums_from();
        for (place, (row, height)) in fitted.table.rows.iter().zip(&fitted.rows).enumerate() {
            self.y = y;
            if self.room() < *height && y > MARGIN + fitted.heading_height {
                self.next_page();
                y = self.y;
                // The same headings again, for the eye only.
                let since = self.leaves;
                drop(self.headings(fitted, (x, y)));
                self.unmean(since);
                y += fitted.heading_height;
            }
            let sum = place >= sums_from;
            if row.strong && !sum {
                self.ornament(vec![Ink::Rect {
                    x: x - 3.0,
                    y,
                    width: fitted.width + 6.0,
                    height: *height,
                    round: 0.0,
                    fill: Some(LAGOON_SOFT),
                    stroke: None,
                }]);
            }
            let line = self.row(fitted, row, (x, y));
            y += height;
            let last = place + 1 == fitted.table.rows.len();
            let before_sums = place + 1 == sums_from && fitted.table.sums > 0;
            if !last {
                self.ornament(vec![Ink::Rule {
                    from: (x, y),
                    to: (x + fitted.width, y),
                    thick: if before_sums { 1.2 } else { 0.4 },
                    colour: LINE,
                    dashed: false,
                }]);
            }
            if sum { &mut foot } else { &mut body }.part(line);
        }
        table.part(body);
        if fitted.table.sums > 0 {
            table.part(foot);
        }
        self.y = y;
        (table, y)
    }

    /// Takes the meaning from every piece that was set since.
    fn unmean(&mut self, since: usize) {
        if let Some(page) = self.pages.last_mut() {
            for piece in page {
                if piece.leaf.is_some_and(|leaf| leaf >= since) {
                    piece.leaf = None;
                }
            }
        }
        self.leaves = since;
    }

    fn headings(&mut self, fitted: &Fitted<'_>, (x, y): (f32, f32)) -> Part {
        let mut line = Part::new(Meaning::Line);
        let bottom = y + fitted.heading_height - PADDING;
        let style = fitted.heading;
        for (column, (from, wide)) in fitted.table.columns.iter().zip(&fitted.columns) {
            // They stand on the line below them.
            let lines = self
                .faces
                .lines(style.weight, style.size, &column.heading, *wide);
            let tall = f32::from(u16::try_from(lines.len()).unwrap_or(1)) * style.leading();
            let at = (x + from, bottom - tall);
            let inks = self.cell_words(at, *wide, style, &column.heading, column.numbers);
            let leaf = self.piece(inks);
            line.part(Part::with_leaf(Meaning::ColumnHeading, leaf));
        }
        let y = y + fitted.heading_height;
        self.ornament(vec![Ink::Rule {
            from: (x, y),
            to: (x + fitted.width, y),
            thick: 0.4,
            colour: LINE,
            dashed: false,
        }]);
        line
    }

    fn row(&mut self, fitted: &Fitted<'_>, row: &Row, (x, y): (f32, f32)) -> Part {
        let mut line = Part::new(Meaning::Line);
        let cells = row
            .cells
            .iter()
            .zip(&fitted.table.columns)
            .zip(&fitted.columns);
        for (place, ((cell, column), (from, wide))) in cells.enumerate() {
            let mut at = (x + from, y + PADDING);
            let style = style_of(cell, row);
            let style = if place == 0 && !cell.below.is_empty() {
                Style {
                    weight: Weight::Bold,
                    ..style
                }
            } else {
                style
            };
            let mut inks = self.cell_words(at, *wide, style, &cell.words, column.numbers);
            let lines = self
                .faces
                .lines(style.weight, style.size, &cell.words, *wide)
                .len();
            at.1 += f32::from(u16::try_from(lines).unwrap_or(1)) * style.leading();
            for words in &cell.below {
                let (below, bottom) =
                    self.words_at(at, *wide, Style::regular(BELOW).coloured(SOFT), words);
                inks.extend(below);
                at.1 = bottom;
            }
            let meaning = if place == 0 {
                Meaning::RowHeading
            } else {
                Meaning::Cell
            };
            let leaf = self.piece(inks);
            line.part(Part::with_leaf(meaning, leaf));
        }
        line
    }

    /// The words of a cell: numbers stand at the right.
    fn cell_words(
        &self,
        at: (f32, f32),
        wide: f32,
        style: Style,
        words: &str,
        numbers: bool,
    ) -> Vec<Ink> {
        let (mut inks, _) = self.words_at(at, wide, style, words);
        if numbers {
            for ink in &mut inks {
                if let Ink::Words { x, words, .. } = ink {
                    *x += wide - self.faces.width(style.weight, style.size, words);
                }
            }
        }
        inks
    }
}
