//! How many people a site holds, by everybody who says so: each statement its own mark with how far
//! it reaches, against how many the place has room for, and our own balance where one can be drawn.

use std::fmt::Write as _;

use maud::{Markup, html};

const WIDTH: i64 = 640;
const HEIGHT: i64 = 320;
const LEFT: i64 = 68;
const RIGHT: i64 = 36;
const TOP: i64 = 20;
const BOTTOM: i64 = 40;
/// How far marks of one moment stand apart.
const APART: i64 = 26;
/// Marks of the axis below.
const DAYS_LABELLED_MAX: i64 = 6;
const DAY: i64 = 24 * 60;

/// What somebody said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its number in the list beside the chart.
    pub number: usize,
    /// When, in minutes of local time since some midnight.
    pub at: i64,
    /// At least this.
    pub low: i64,
    /// At most this; none where no end was said.
    pub high: Option<i64>,
    /// Counted one by one, and not estimated or said.
    pub counted: bool,
}

/// What our balance says from a moment on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Level {
    /// When, as [`Mark::at`].
    pub at: i64,
    /// At least this.
    pub low: i64,
    /// At most this.
    pub high: i64,
}

/// The chart.
pub struct Population<'a> {
    /// What it is.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub text: String,
    /// What was said.
    pub marks: &'a [Mark],
    /// Our balance, in the order of time.
    pub levels: &'a [Level],
    /// How many people the site has room for.
    pub capacity: Option<i64>,
    /// How a number of the axis is written.
    pub number: &'a dyn Fn(i64) -> String,
    /// How the day with this number since the same midnight is written.
    pub day: &'a dyn Fn(i64) -> String,
}

impl Population<'_> {
    /// As inline SVG without script or style attribute.
    pub fn svg(&self) -> Markup {
        let field = Field::of(self);
        let base = HEIGHT - BOTTOM;
        let rows = (0..=field.top / field.step).map(|row| row * field.step);
        html! {
            svg.population viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby="population-title population-text" {
                title id="population-title" { (self.title) }
                desc id="population-text" { (self.text) }
                @for value in rows {
                    line.population-mark x1=(LEFT) x2=(WIDTH - RIGHT) y1=(field.y(value)) y2=(field.y(value)) {}
                    text.population-axis x=(LEFT - 8) y=(field.y(value) + 5) text-anchor="end" { ((self.number)(value)) }
                }
                @for day in field.days_labelled() {
                    text.population-axis x=(field.x(day * DAY)) y=(base + 24) text-anchor="middle" { ((self.day)(day)) }
                }
                @if let Some(capacity) = self.capacity {
                    line.population-capacity x1=(LEFT) x2=(WIDTH - RIGHT) y1=(field.y(capacity)) y2=(field.y(capacity)) {}
                }
                @if self.levels.len() > 1 { path.population-own d=(field.band(self.levels)) {} }
                line.population-base x1=(LEFT) x2=(WIDTH - RIGHT) y1=(base) y2=(base) {}
                @for (mark, x) in field.placed(self.marks) { (drawn(&field, mark, x)) }
            }
        }
    }
}

fn drawn(field: &Field, mark: &Mark, x: i64) -> Markup {
    let low = field.y(mark.low);
    let high = field.y(mark.high.unwrap_or(field.top));
    let middle = i64::midpoint(low, high);
    let is_point = mark.high == Some(mark.low);
    let label = if is_point { low - 12 } else { high - 8 };
    html! {
        g class=(if mark.counted { "population-said counted" } else { "population-said" }) {
            @if is_point {
                circle cx=(x) cy=(low) r="7" {}
            } @else {
                line.population-reach x1=(x) x2=(x) y1=(low) y2=(high) {}
                line.population-end x1=(x - 8) x2=(x + 8) y1=(low) y2=(low) {}
                @if mark.high.is_some() {
                    line.population-end x1=(x - 8) x2=(x + 8) y1=(high) y2=(high) {}
                    circle cx=(x) cy=(middle) r="4" {}
                } @else {
                    path d=(format!("M{} {}L{} {}L{} {}", x - 8, high + 12, x, high, x + 8, high + 12)) {}
                }
            }
            text x=(x) y=(label.max(14)) text-anchor="middle" { (mark.number) }
        }
    }
}

/// How times and numbers become places.
struct Field {
    from: i64,
    to: i64,
    top: i64,
    step: i64,
}

impl Field {
    fn of(chart: &Population<'_>) -> Self {
        let marks = chart.marks.iter().map(|mark| mark.at);
        let times: Vec<_> = marks
            .chain(chart.levels.iter().map(|level| level.at))
            .collect();
        let first = times.iter().min().copied().unwrap_or(0).div_euclid(DAY);
        let last = times.iter().max().copied().unwrap_or(0).div_euclid(DAY) + 1;
        let said = chart
            .marks
            .iter()
            .map(|mark| mark.high.unwrap_or(mark.low + mark.low / 4));
        let ours = chart.levels.iter().map(|level| level.high);
        let highest = said
            .chain(ours)
            .chain(chart.capacity)
            .max()
            .unwrap_or(0)
            .max(1);
        let step = step(highest);
        Self {
            from: first * DAY,
            to: last * DAY,
            top: (highest / step + 1) * step,
            step,
        }
    }

    fn x(&self, at: i64) -> i64 {
        let room = WIDTH - LEFT - RIGHT;
        LEFT + (at - self.from).clamp(0, self.to - self.from) * room / (self.to - self.from).max(1)
    }

    fn y(&self, value: i64) -> i64 {
        let room = HEIGHT - TOP - BOTTOM;
        HEIGHT - BOTTOM - value.clamp(0, self.top) * room / self.top.max(1)
    }

    fn days_labelled(&self) -> impl Iterator<Item = i64> {
        let (first, last) = (self.from / DAY, self.to / DAY);
        let every = ((last - first) / DAYS_LABELLED_MAX).max(1);
        (first..=last).filter(move |day| (day - first) % every == 0)
    }

    /// Marks with their place from the left; those that would cover each other stand side by side.
    fn placed<'m>(&self, marks: &'m [Mark]) -> Vec<(&'m Mark, i64)> {
        let mut taken: Vec<i64> = Vec::new();
        let mut placed = Vec::new();
        for mark in marks {
            let mut x = self
                .x(mark.at)
                .clamp(LEFT + APART / 2, WIDTH - RIGHT - APART / 2);
            // Towards the middle, where there is room.
            let way = if x > WIDTH / 2 { -APART } else { APART };
            while taken.iter().any(|other| (other - x).abs() < APART)
                && (LEFT..WIDTH - RIGHT).contains(&(x + way))
            {
                x += way;
            }
            taken.push(x);
            placed.push((mark, x));
        }
        placed
    }

    /// The levels as steps: the upper edge there, the lower edge back.
    fn band(&self, levels: &[Level]) -> String {
        let mut there = String::new();
        let mut back = Vec::new();
        for (place, level) in levels.iter().enumerate() {
            let until = levels.get(place + 1).map_or(self.to, |next| next.at);
            let (from, to) = (self.x(level.at), self.x(until));
            // One person more than nothing has to be seen.
            let (high, low) = (self.y(level.high) - 1, self.y(level.low) + 1);
            let pen = if place == 0 { "M" } else { "L" };
            let _ = write!(there, "{pen}{from} {high}L{to} {high}");
            back.push(format!("L{to} {low}L{from} {low}"));
        }
        back.reverse();
        there + &back.concat() + "Z"
    }
}

/// A round number of which four to eight reach the highest.
fn step(highest: i64) -> i64 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if highest / (step * factor) < 6 {
                return step * factor;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chart<'a>(marks: &'a [Mark], levels: &'a [Level]) -> Population<'a> {
        Population {
            title: "t".into(),
            text: "x".into(),
            marks,
            levels,
            capacity: Some(500),
            number: &|number| number.to_string(),
            day: &|day| day.to_string(),
        }
    }

    fn mark(number: usize, at: i64, low: i64, high: Option<i64>) -> Mark {
        Mark {
            number,
            at,
            low,
            high,
            counted: false,
        }
    }

    #[test]
    fn every_source_is_its_own_mark_and_those_of_one_moment_stand_side_by_side() {
        let marks = [
            mark(1, 600, 14_872, Some(14_872)),
            mark(2, 600, 14_250, Some(15_750)),
            mark(3, 700, 12_000, None),
        ];
        let field = Field::of(&chart(&marks, &[]));
        let places: Vec<_> = field.placed(&marks).into_iter().map(|(_, x)| x).collect();
        assert!(
            places
                .windows(2)
                .all(|pair| (pair[0] - pair[1]).abs() >= APART),
            "{places:?}"
        );
        let svg = chart(&marks, &[]).svg().into_string();
        assert_eq!(svg.matches("population-said").count(), 3);
        assert!(!svg.contains("style="));
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_outside_and_more_people_are_never_lower(
            values in proptest::collection::vec((0_i64..2_000_000, 0_i64..5_000), 1..20),
            days in 0_i64..400,
        ) {
            let marks: Vec<_> = values
                .iter()
                .enumerate()
                .map(|(number, (low, more))| mark(number, days * DAY, *low, Some(low + more)))
                .collect();
            let field = Field::of(&chart(&marks, &[]));
            for (mark, x) in field.placed(&marks) {
                prop_assert!((LEFT..=WIDTH - RIGHT).contains(&x));
                let (low, high) = (field.y(mark.low), field.y(mark.high.unwrap_or(0)));
                prop_assert!(high <= low && (0..=HEIGHT).contains(&high) && low <= HEIGHT);
            }
        }
    }
}
