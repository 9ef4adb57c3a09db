//! Bars that lie, one below the other, each with its name before it and its number behind it: for
//! groups of people.

use super::{Anchor, Drawing, Ink, Role, Shape};

const WIDTH: i64 = 440;
const ROW: i64 = 26;
const THICK: i64 = 14;
/// Room for the names.
const NAMES: i64 = 150;
/// Room for the numbers.
const NUMBERS: i64 = 72;
/// Length of the stub of a number that is not shown.
const STUB: i64 = 12;
/// Longer names are cut: the table beside the chart has them whole.
const NAME_MAX: usize = 24;
/// How much of a longer name is left.
const NAME_CUT: usize = 22;

/// One bar.
pub(crate) struct Group {
    /// What it is of.
    pub label: String,
    /// Its length; none where the number is not shown.
    pub value: Option<i64>,
    /// The number, written.
    pub written: String,
}

/// A chart of lying bars.
pub(crate) struct Across {
    /// A word of its own.
    pub name: &'static str,
    /// What it is.
    pub title: String,
    /// What it shows.
    pub text: String,
}

impl Across {
    /// Draws the bars from top to bottom.
    pub(crate) fn draw(self, groups: &[Group]) -> Drawing {
        let longest = groups.iter().filter_map(|group| group.value).max();
        let longest = longest.unwrap_or(0).max(1);
        let room = WIDTH - NAMES - NUMBERS;
        let mut shapes = Vec::new();
        for (group, row) in groups.iter().zip(0_i64..) {
            let middle = row * ROW + ROW / 2;
            let (ink, long) = match group.value {
                Some(value) => (Ink::Bar, value.max(0) * room / longest),
                None => (Ink::Hidden, STUB),
            };
            let rect = |width, ink| Shape::Rect {
                x: NAMES,
                y: middle - THICK / 2,
                width,
                height: THICK,
                ink,
            };
            if ink == Ink::Bar {
                shapes.push(rect(room, Ink::Whole));
            }
            // Somebody is never drawn as nobody.
            let seen = if group.value == Some(0) {
                0
            } else {
                long.max(2)
            };
            shapes.push(rect(seen, ink));
            let words = |x, anchor, role, words: String| Shape::Words {
                x,
                y: middle + 4,
                anchor,
                role,
                words,
            };
            let label = cut(&group.label);
            shapes.push(words(NAMES - 8, Anchor::End, Role::Label, label));
            let written = group.written.clone();
            shapes.push(words(
                WIDTH - NUMBERS + 8,
                Anchor::Start,
                Role::Number,
                written,
            ));
        }
        let rows = i64::try_from(groups.len()).unwrap_or(0);
        Drawing {
            name: self.name,
            title: self.title,
            text: self.text,
            width: WIDTH,
            height: (rows * ROW).max(ROW),
            shapes,
        }
    }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= NAME_MAX {
        return name.to_owned();
    }
    let begin: String = name.chars().take(NAME_CUT).collect();
    format!("{}…", begin.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(values: &[Option<i64>]) -> Drawing {
        let groups: Vec<_> = values
            .iter()
            .map(|value| Group {
                label: "Reason & somewhat longer than fits".into(),
                value: *value,
                written: "n".into(),
            })
            .collect();
        let chart = Across {
            name: "groups",
            title: "Groups".into(),
            text: "Text".into(),
        };
        chart.draw(&groups)
    }

    fn lengths(drawing: &Drawing, wanted: Ink) -> Vec<i64> {
        let length = |shape: &Shape| match shape {
            Shape::Rect { width, ink, .. } if *ink == wanted => Some(*width),
            _ => None,
        };
        drawing.shapes.iter().filter_map(length).collect()
    }

    #[test]
    fn the_largest_group_fills_the_field_and_one_person_is_still_seen() {
        let drawing = draw(&[Some(10_000), Some(1), Some(0), None]);
        assert_eq!(lengths(&drawing, Ink::Bar), [218, 2, 0]);
        assert_eq!(lengths(&drawing, Ink::Hidden), [STUB]);
    }

    #[test]
    fn a_long_name_is_cut_and_says_so() {
        let svg = draw(&[Some(1)]).svg().into_string();
        assert!(svg.contains("Reason &amp; somewhat long…"), "{svg}");
    }

    #[test]
    fn nobody_at_all_can_be_drawn() {
        assert!(draw(&[]).height > 0 && draw(&[Some(0)]).height > 0);
    }
}
