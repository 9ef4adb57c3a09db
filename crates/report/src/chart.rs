//! Charts as drawings: a few rectangles, lines and words in a field of their own size, with what they
//! show in words beside them. The page draws them as SVG, the PDF with its own ink, both the same
//! shapes. A number that is not shown leaves a hatched stub, never a length to measure.

mod across;
mod upright;

use maud::{Markup, html};

pub(crate) use across::{Across, Group};
pub(crate) use upright::{Bar, Upright};

/// A chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// A word of its own among the charts of a report, for ids.
    pub name: &'static str,
    /// What it is.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub text: String,
    /// Width of the field.
    pub width: i64,
    /// Height of the field.
    pub height: i64,
    /// What is drawn, the first below the others. The origin is the upper left corner.
    pub shapes: Vec<Shape>,
}

/// Something drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A rectangle, by its upper left corner.
    Rect {
        /// From the left.
        x: i64,
        /// From the top.
        y: i64,
        /// To the right.
        width: i64,
        /// Downwards.
        height: i64,
        /// What it stands for.
        ink: Ink,
    },
    /// A level line.
    Level {
        /// From here …
        from: i64,
        /// … to there.
        to: i64,
        /// From the top.
        y: i64,
        /// Whether it is the base of the bars or a mark of the axis.
        base: bool,
    },
    /// Words on a line.
    Words {
        /// From the left.
        x: i64,
        /// The line they stand on, from the top.
        y: i64,
        /// Which point of them stands at `x`.
        anchor: Anchor,
        /// What they are.
        role: Role,
        /// The words.
        words: String,
    },
}

/// What a rectangle stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// A number.
    Bar,
    /// The whole that a number is a part of.
    Whole,
    /// A number that is not shown.
    Hidden,
}

/// Which point of words stands at their place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The first letter.
    Start,
    /// The middle.
    Middle,
    /// The last letter.
    End,
}

/// What words in a chart are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A mark of the axis.
    Axis,
    /// A number.
    Number,
    /// What a bar is of.
    Label,
    /// What several bars are of.
    Heading,
}

impl Role {
    const fn class(self) -> &'static str {
        match self {
            Self::Axis => "sitrep-chart-axis",
            Self::Number => "sitrep-chart-number",
            Self::Label => "sitrep-chart-day",
            Self::Heading => "sitrep-chart-month",
        }
    }
}

impl Ink {
    const fn class(self) -> &'static str {
        match self {
            Self::Bar => "sitrep-chart-bar",
            Self::Whole => "sitrep-chart-whole",
            Self::Hidden => "sitrep-chart-hidden",
        }
    }
}

impl Anchor {
    const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Drawing {
    /// As inline SVG: no script, no style attribute, so that it stands under a strict content
    /// security policy and prints as sharp as the paper allows.
    pub(crate) fn svg(&self) -> Markup {
        let id = |part: &str| format!("sitrep-chart-{}-{part}", self.name);
        html! {
            svg.sitrep-chart viewBox=(format!("0 0 {} {}", self.width, self.height)) role="img"
                aria-labelledby=(format!("{} {}", id("title"), id("text"))) {
                title id=(id("title")) { (self.title) }
                desc id=(id("text")) { (self.text) }
                @for shape in &self.shapes { (shape.svg()) }
            }
        }
    }
}

impl Shape {
    fn svg(&self) -> Markup {
        match self {
            Self::Rect {
                x,
                y,
                width,
                height,
                ink,
            } => html! {
                rect class=(ink.class()) x=(x) y=(y) width=(width) height=(height) rx="2" {}
            },
            Self::Level { from, to, y, base } => html! {
                line class=(if *base { "sitrep-chart-base" } else { "sitrep-chart-mark" })
                    x1=(from) x2=(to) y1=(y) y2=(y) {}
            },
            Self::Words {
                x,
                y,
                anchor,
                role,
                words,
            } => html! {
                text class=(role.class()) x=(x) y=(y) text-anchor=(anchor.code()) { (words) }
            },
        }
    }
}
