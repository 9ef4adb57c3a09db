//! The head of the report and the numbers that are read first.

use akey_report::document::Document;

use crate::face::Weight;
use crate::layout::{
    INK, Ink, LAGOON_SOFT, Layout, MARGIN, PAGE, SOFT, Style, WAIT, WAIT_SOFT, WIDTH,
};
use crate::tree::{Meaning, Part};

impl Layout<'_> {
    pub(crate) fn head(&mut self, document: &Document) {
        self.brand(document);
        let title = Style::bold(20.0);
        let (inks, bottom) = self.words_at((MARGIN, self.y), WIDTH, title, &document.title);
        let leaf = self.piece(inks);
        let heading = Meaning::Heading(1, document.title.clone());
        self.parts.push(Part::with_leaf(heading, leaf));
        self.y = bottom + 1.0;
        for (style, words) in [
            (Style::regular(12.0), document.operation.as_str()),
            (Style::bold(10.0), document.period.as_str()),
            (Style::regular(9.0), document.sites.as_str()),
        ] {
            let part = self.paragraph(style, words);
            self.parts.push(part);
        }
        self.y += 2.0;
        for line in &document.stamp {
            let part = self.paragraph(Style::regular(7.5).coloured(SOFT), line);
            self.parts.push(part);
        }
        self.y += 8.0;
        if let Some(summary) = &document.summary {
            let part = self.paragraph(Style::regular(11.0), summary);
            self.parts.push(part);
            self.y += 5.0;
        }
        self.first_numbers(&document.first);
        if !document.notable.is_empty() {
            let notable = document.notable.join("   ·   ");
            let part = self.paragraph(Style::regular(9.0), &notable);
            self.parts.push(part);
        }
        self.y += 8.0;
    }

    /// The sign and the name, and for whom the report is made.
    fn brand(&mut self, document: &Document) {
        let name = Style::bold(10.0);
        let y = self.y;
        self.ornament(vec![Ink::Sign {
            x: MARGIN,
            y,
            size: 15.0,
        }]);
        let (inks, _) = self.words_at((MARGIN + 20.0, y + 1.0), 100.0, name, "Akèy");
        let leaf = self.piece(inks);
        self.parts.push(Part::with_leaf(Meaning::Paragraph, leaf));
        let style = Style::regular(7.5).coloured(WAIT);
        let width = self
            .faces
            .width(style.weight, style.size, &document.audience);
        let x = PAGE.0 - MARGIN - width - 8.0;
        self.ornament(vec![Ink::Rect {
            x: x - 8.0,
            y,
            width: width + 16.0,
            height: 15.0,
            round: 7.5,
            fill: Some(WAIT_SOFT),
            stroke: Some(WAIT),
        }]);
        let (inks, _) = self.words_at((x, y + 2.7), width + 1.0, style, &document.audience);
        let leaf = self.piece(inks);
        self.parts.push(Part::with_leaf(Meaning::Paragraph, leaf));
        self.y += 24.0;
    }

    /// A band of numbers, in the order in which people pass through the reception.
    fn first_numbers(&mut self, numbers: &[(String, String)]) {
        const HEIGHT: f32 = 42.0;
        const GAP: f32 = 2.0;
        let count = u16::try_from(numbers.len().max(1)).unwrap_or(u16::MAX);
        let width = (WIDTH + GAP) / f32::from(count) - GAP;
        self.need(HEIGHT);
        let (top, mut x) = (self.y, MARGIN);
        let mut list = Part::new(Meaning::Group);
        for (name, number) in numbers {
            self.ornament(vec![Ink::Rect {
                x,
                y: top,
                width,
                height: HEIGHT,
                round: 3.0,
                fill: Some(LAGOON_SOFT),
                stroke: None,
            }]);
            let big = Style::bold(16.0);
            let small = self.fitting(Weight::Regular, 8.0, name, width - 12.0);
            let (number_inks, _) = self.words_at((x + 7.0, top + 3.0), width, big, number);
            let (name_inks, _) = self.words_at((x + 7.0, top + 26.0), width, small, name);
            let mut inks = name_inks;
            inks.extend(number_inks);
            let leaf = self.piece(inks);
            list.part(Part::with_leaf(Meaning::Paragraph, leaf));
            x += width + GAP;
        }
        self.parts.push(list);
        self.y = top + HEIGHT + 6.0;
    }

    /// The style of this size, or smaller where the words would not fit into the room.
    fn fitting(&self, weight: Weight, size: f32, words: &str, width: f32) -> Style {
        let wide = self.faces.width(weight, size, words);
        Style {
            weight,
            size: if wide > width {
                size * width / wide
            } else {
                size
            },
            colour: INK,
        }
    }
}
