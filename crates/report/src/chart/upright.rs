//! Upright bars from left to right, as for the days of a period.

use super::{Anchor, Drawing, Ink, Role, Shape};

const WIDTH: i64 = 720;
const HEIGHT: i64 = 190;
const LEFT: i64 = 52;
const RIGHT: i64 = 8;
const TOP: i64 = 22;
const BOTTOM: i64 = 44;
/// Height of the stub of a number that is not shown.
const STUB: i64 = 12;
/// More bars than this bear no number on top: they would run into each other.
const NUMBERED_MAX: usize = 14;
/// More bars than this are labelled only every so often.
const LABELLED_MAX: usize = 16;

/// One bar.
pub(crate) struct Bar {
    /// Its height; none where the number is not shown.
    pub value: Option<i64>,
    /// The number, written.
    pub written: String,
    /// The day of the month.
    pub label: String,
    /// The month, where the chart begins or the month changes.
    pub heading: Option<String>,
}

/// A chart of upright bars.
pub(crate) struct Upright<'a> {
    /// A word of its own.
    pub name: &'static str,
    /// What it is.
    pub title: String,
    /// What it shows.
    pub text: String,
    /// How the marks of the axis are written.
    pub written: &'a dyn Fn(i64) -> String,
}

impl Upright<'_> {
    /// Draws the bars from left to right.
    pub(crate) fn draw(self, bars: &[Bar]) -> Drawing {
        let highest = bars.iter().filter_map(|bar| bar.value).max().unwrap_or(0);
        let step = axis_step(highest);
        let top = (highest + step - 1) / step * step;
        let height = |value: i64| value * (HEIGHT - TOP - BOTTOM) / top.max(1);
        let slots = i64::try_from(bars.len().max(1)).unwrap_or(i64::MAX);
        let slot = |place: usize| {
            LEFT + i64::try_from(place).unwrap_or(0) * (WIDTH - LEFT - RIGHT) / slots
        };
        let width = ((WIDTH - LEFT - RIGHT) / slots * 7 / 10).clamp(2, 56);
        let middle = |place: usize| i64::midpoint(slot(place), slot(place + 1));
        let every = bars.len().div_ceil(LABELLED_MAX).max(1);
        let base = HEIGHT - BOTTOM;
        let mut shapes = Vec::new();
        let words = |x, y, anchor, role, words: &str| Shape::Words {
            x,
            y,
            anchor,
            role,
            words: words.to_owned(),
        };
        for mark in (0..=top / step).map(|number| number * step) {
            let y = base - height(mark);
            shapes.push(Shape::Level {
                from: LEFT,
                to: WIDTH - RIGHT,
                y,
                base: false,
            });
            let written = (self.written)(mark);
            shapes.push(words(LEFT - 8, y + 4, Anchor::End, Role::Axis, &written));
        }
        for (place, bar) in bars.iter().enumerate() {
            let (ink, tall) = match bar.value {
                Some(value) => (Ink::Bar, height(value)),
                None => (Ink::Hidden, STUB),
            };
            let (x, at) = (middle(place) - width / 2, middle(place));
            shapes.push(Shape::Rect {
                x,
                y: base - tall,
                width,
                height: tall,
                ink,
            });
            if bars.len() <= NUMBERED_MAX || bar.value.is_none() {
                let y = base - tall - 6;
                shapes.push(words(at, y, Anchor::Middle, Role::Number, &bar.written));
            }
            if place % every == 0 {
                shapes.push(words(
                    at,
                    base + 17,
                    Anchor::Middle,
                    Role::Label,
                    &bar.label,
                ));
            }
            if let Some(heading) = &bar.heading {
                shapes.push(words(x, base + 36, Anchor::Start, Role::Heading, heading));
            }
        }
        shapes.push(Shape::Level {
            from: LEFT,
            to: WIDTH - RIGHT,
            y: base,
            base: true,
        });
        Drawing {
            name: self.name,
            title: self.title,
            text: self.text,
            width: WIDTH,
            height: HEIGHT,
            shapes,
        }
    }
}

/// A round step that divides an axis into at most five: 1, 2 or 5 times a power of ten.
fn axis_step(highest: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for factor in [1, 2, 5] {
            if power * factor * 5 >= highest {
                return power * factor;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draw(values: &[Option<i64>]) -> String {
        let bars: Vec<_> = values
            .iter()
            .map(|value| Bar {
                value: *value,
                written: "<5".into(),
                label: "1".into(),
                heading: None,
            })
            .collect();
        let chart = Upright {
            name: "days",
            title: "A & B".into(),
            text: "<none>".into(),
            written: &|number| number.to_string(),
        };
        chart.draw(&bars).svg().into_string()
    }

    #[test]
    fn words_in_a_chart_are_escaped() {
        let svg = draw(&[Some(3), None]);
        assert!(svg.contains("A &amp; B") && svg.contains("&lt;none&gt;") && svg.contains("&lt;5"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn a_hidden_bar_has_the_same_height_whatever_it_hides() {
        let svg = draw(&[Some(300), None]);
        assert!(svg.contains("sitrep-chart-hidden") && svg.contains("height=\"12\""));
    }

    proptest! {
        #[test]
        fn any_numbers_can_be_drawn(values in proptest::collection::vec(
            proptest::option::of(0_i64..10_000_000), 0..400,
        )) {
            let svg = draw(&values);
            prop_assert_eq!(svg.matches("<rect").count(), values.len());
        }

        #[test]
        fn an_axis_has_at_most_five_steps_and_reaches_the_highest(highest in 0_i64..1_000_000_000) {
            let step = axis_step(highest);
            prop_assert!(step * 5 >= highest);
            prop_assert!(step == 1 || highest > step, "{step} for {highest}");
        }
    }
}
