//! Charts: the shapes of a [`Drawing`] in the ink of the paper.

use akey_report::chart::{Anchor, Drawing, Ink as Stands, Role, Shape};

use crate::face::Weight;
use crate::layout::{INK, Ink, LAGOON, LAGOON_SOFT, LINE, Layout, SOFT, Style};
use crate::tree::{Meaning, Part};

/// The size of words in a drawing's own measure.
const WORDS: f32 = 12.0;
/// Wide drawings are not scaled up.
const SCALE_MAX: f32 = 0.72;

impl Layout<'_> {
    fn scale_of(drawing: &Drawing, width: f32) -> f32 {
        (width / length(drawing.width).max(1.0)).min(SCALE_MAX)
    }

    /// How tall a drawing is when it is so wide.
    pub(crate) fn height_of(drawing: &Drawing, width: f32) -> f32 {
        length(drawing.height) * Self::scale_of(drawing, width)
    }

    /// A chart below its title; how far down it reaches.
    pub(crate) fn figure(
        &mut self,
        drawing: &Drawing,
        (x, y): (f32, f32),
        width: f32,
    ) -> (Part, f32) {
        let mut group = Part::new(Meaning::Group);
        let title = Style::bold(9.0);
        let (inks, top) = self.words_at((x, y), width, title, &drawing.title);
        group.part(Part::with_leaf(Meaning::Paragraph, self.piece(inks)));
        let scale = Self::scale_of(drawing, width);
        let top = top + 3.0;
        let field = Field { x, y: top, scale };
        let inks = drawing.shapes.iter().map(|shape| self.shape(shape, field));
        let inks = inks.collect();
        let text = format!("{}. {}", drawing.title, drawing.text);
        group.part(Part::with_leaf(Meaning::Figure(text), self.piece(inks)));
        (group, top + Self::height_of(drawing, width))
    }

    fn shape(&self, shape: &Shape, field: Field) -> Ink {
        match shape {
            Shape::Rect {
                x,
                y,
                width,
                height,
                ink,
            } => {
                let (fill, stroke) = match ink {
                    Stands::Bar => (Some(LAGOON), None),
                    Stands::Whole => (Some(LAGOON_SOFT), None),
                    Stands::Hidden => (None, Some(SOFT)),
                };
                Ink::Rect {
                    x: field.across(*x),
                    y: field.down(*y),
                    width: length(*width) * field.scale,
                    height: length(*height) * field.scale,
                    round: 1.0,
                    fill,
                    stroke,
                }
            }
            Shape::Level { from, to, y, base } => Ink::Rule {
                from: (field.across(*from), field.down(*y)),
                to: (field.across(*to), field.down(*y)),
                thick: 0.5,
                colour: if *base { SOFT } else { LINE },
                dashed: !base,
            },
            Shape::Words {
                x,
                y,
                anchor,
                role,
                words,
            } => {
                let weight = match role {
                    Role::Number => Weight::Bold,
                    Role::Axis | Role::Label | Role::Heading => Weight::Regular,
                };
                let size = WORDS * field.scale;
                let wide = self.faces.width(weight, size, words);
                let before = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => wide / 2.0,
                    Anchor::End => wide,
                };
                Ink::Words {
                    x: field.across(*x) - before,
                    y: field.down(*y),
                    weight,
                    size,
                    colour: match role {
                        Role::Axis | Role::Heading => SOFT,
                        Role::Number | Role::Label => INK,
                    },
                    words: words.clone(),
                }
            }
        }
    }
}

/// Where a drawing stands and how large.
#[derive(Clone, Copy)]
struct Field {
    x: f32,
    y: f32,
    scale: f32,
}

impl Field {
    fn across(self, x: i64) -> f32 {
        self.x + length(x) * self.scale
    }

    fn down(self, y: i64) -> f32 {
        self.y + length(y) * self.scale
    }
}

/// A length of a drawing, which is a few hundred at most.
fn length(number: i64) -> f32 {
    i16::try_from(number).map_or(f32::from(i16::MAX), f32::from)
}
