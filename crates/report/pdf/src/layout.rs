//! Where everything stands: pages of A4, filled from top to bottom. A piece is what is drawn
//! together and has one meaning, or none: rules, bars behind words and repeated headings say nothing
//! that is not said elsewhere.

use akey_report::document::Document;

use crate::face::{Faces, Weight};
use crate::tree::{Leaf, Meaning, Part};

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.276, 841.89);
pub(crate) const MARGIN: f32 = 40.0;
pub(crate) const BOTTOM: f32 = PAGE.1 - 46.0;
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// A colour: red, green, blue.
pub(crate) type Colour = (u8, u8, u8);
pub(crate) const INK: Colour = (0x1c, 0x23, 0x21);
pub(crate) const SOFT: Colour = (0x4c, 0x59, 0x55);
pub(crate) const LINE: Colour = (0xc9, 0xc6, 0xbd);
pub(crate) const LAGOON: Colour = (0x0b, 0x5f, 0x66);
pub(crate) const LAGOON_SOFT: Colour = (0xe3, 0xef, 0xf0);
pub(crate) const RISK: Colour = (0xb3, 0x26, 0x1e);
pub(crate) const WAIT: Colour = (0x6b, 0x46, 0x00);
pub(crate) const WAIT_SOFT: Colour = (0xfd, 0xf0, 0xd5);

/// Something drawn.
#[derive(Clone, Debug)]
pub(crate) enum Ink {
    Words {
        x: f32,
        y: f32,
        weight: Weight,
        size: f32,
        colour: Colour,
        words: String,
    },
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        round: f32,
        fill: Option<Colour>,
        stroke: Option<Colour>,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        thick: f32,
        colour: Colour,
        dashed: bool,
    },
    /// The sign of Akèy: a door in an arch.
    Sign { x: f32, y: f32, size: f32 },
}

/// What is drawn together.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its place in the tree; none where it has no meaning.
    pub(crate) leaf: Option<Leaf>,
    pub(crate) inks: Vec<Ink>,
}

/// How words look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
}

impl Style {
    pub(crate) const fn regular(size: f32) -> Self {
        Self {
            weight: Weight::Regular,
            size,
            colour: INK,
        }
    }

    pub(crate) const fn bold(size: f32) -> Self {
        Self {
            weight: Weight::Bold,
            size,
            colour: INK,
        }
    }

    pub(crate) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// From one line to the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.3
    }

    /// From the top of a line to where its words stand.
    pub(crate) fn rise(self) -> f32 {
        self.size * 1.02
    }
}

/// A heading to be found in the outline.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) title: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// A report on its pages.
pub(crate) struct Layout<'a> {
    pub(crate) faces: &'a Faces,
    pub(crate) pages: Vec<Vec<Piece>>,
    /// How far down the last page is filled.
    pub(crate) y: f32,
    pub(crate) leaves: usize,
    pub(crate) parts: Vec<Part>,
    pub(crate) marks: Vec<Mark>,
}

impl<'a> Layout<'a> {
    /// Sets a whole report.
    pub(crate) fn set(document: &Document, faces: &'a Faces) -> Self {
        let mut layout = Self {
            faces,
            pages: vec![Vec::new()],
            y: MARGIN,
            leaves: 0,
            parts: Vec::new(),
            marks: Vec::new(),
        };
        layout.head(document);
        for section in &document.sections {
            layout.section(section);
        }
        layout.foot_lines(document);
        layout
    }

    pub(crate) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    pub(crate) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Begins a new page where less than this is left, unless the page is empty.
    pub(crate) fn need(&mut self, height: f32) {
        if self.room() < height && self.y > MARGIN {
            self.next_page();
        }
    }

    pub(crate) fn page(&self) -> usize {
        self.pages.len() - 1
    }

    /// Puts something with a meaning on the last page.
    pub(crate) fn piece(&mut self, inks: Vec<Ink>) -> Leaf {
        let leaf = self.leaves;
        self.leaves += 1;
        let leaf_of = Some(leaf);
        self.push(Piece {
            leaf: leaf_of,
            inks,
        });
        leaf
    }

    /// Puts something without a meaning on the last page.
    pub(crate) fn ornament(&mut self, inks: Vec<Ink>) {
        self.push(Piece { leaf: None, inks });
    }

    fn push(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    /// Lines of words below each other, from a place on; how far down they reach.
    pub(crate) fn words_at(
        &self,
        (x, y): (f32, f32),
        width: f32,
        style: Style,
        words: &str,
    ) -> (Vec<Ink>, f32) {
        let lines = self.faces.lines(style.weight, style.size, words, width);
        let mut y = y;
        let mut inks = Vec::with_capacity(lines.len());
        for words in lines {
            inks.push(Ink::Words {
                x,
                y: y + style.rise(),
                weight: style.weight,
                size: style.size,
                colour: style.colour,
                words,
            });
            y += style.leading();
        }
        (inks, y)
    }

    /// A paragraph over the whole width.
    pub(crate) fn paragraph(&mut self, style: Style, words: &str) -> Part {
        let (inks, bottom) = self.words_at((MARGIN, self.y), WIDTH, style, words);
        if bottom > BOTTOM && self.y > MARGIN {
            self.next_page();
            return self.paragraph(style, words);
        }
        self.y = bottom;
        Part::with_leaf(Meaning::Paragraph, self.piece(inks))
    }

    /// What stands at the foot of every page.
    fn foot_lines(&mut self, document: &Document) {
        let style = Style::regular(7.0).coloured(SOFT);
        let of = self.pages.len();
        let left = format!("Akèy · {} · {}", document.title, document.period);
        let y = PAGE.1 - 26.0;
        for (page, number) in self.pages.iter_mut().zip(1..) {
            let right = format!("{number} / {of}");
            let x = PAGE.0 - MARGIN - self.faces.width(style.weight, style.size, &right);
            let words = |x, words: &str| Ink::Words {
                x,
                y,
                weight: style.weight,
                size: style.size,
                colour: style.colour,
                words: words.to_owned(),
            };
            page.push(Piece {
                leaf: None,
                inks: vec![words(MARGIN, &left), words(x, &right)],
            });
        }
    }
}
