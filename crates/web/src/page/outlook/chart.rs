//! What is left day by day, as a band between the hard and the easy course; below the line it is short.

use forecast::cover::Left;
use maud::{Markup, html};

use crate::visit::Visit;

const WIDTH: i64 = 832;
const HEIGHT: i64 = 230;
const LEFT: i64 = 72;
const RIGHT: i64 = 44;
const TOP: i64 = 14;
const BOTTOM: i64 = 34;

/// A chart of one thing at one site.
pub(super) struct Chart<'a> {
    /// What it shows, in a line.
    pub title: String,
    /// The same in words.
    pub text: String,
    /// Unique on the page.
    pub id: String,
    /// What is there at the start.
    pub start: i64,
    /// What is left at the end of each day.
    pub left: &'a [Left],
    /// The days.
    pub days: &'a [domain::Day],
}

impl Chart<'_> {
    pub(super) fn draw(&self, visit: &Visit) -> Markup {
        let t = visit.t();
        let all = || self.left.iter().flat_map(|left| [left.low, left.high]);
        let top = all().max().unwrap_or(0).max(self.start).max(1);
        let bottom = all().min().unwrap_or(0).min(0);
        let steps = i64::try_from(self.left.len()).unwrap_or(1).max(1);
        let x =
            |step: usize| LEFT + i64::try_from(step).unwrap_or(0) * (WIDTH - LEFT - RIGHT) / steps;
        let y = |value: i64| {
            let down = i128::from(top) - i128::from(value);
            let span = i128::from(top) - i128::from(bottom);
            let room = i128::from(HEIGHT - TOP - BOTTOM);
            TOP + i64::try_from(down * room / span).unwrap_or(0)
        };
        let point = |(step, value): (usize, i64)| format!("{},{}", x(step + 1), y(value));
        let course = |of: fn(&Left) -> i64| -> Vec<String> {
            self.left.iter().map(of).enumerate().map(point).collect()
        };
        let start = format!("{},{}", x(0), y(self.start));
        let mut back = course(|left| left.low);
        back.reverse();
        let easy = course(|left| left.high).join(" ");
        let band = format!("{start} {easy} {}", back.join(" "));
        let likely = format!("{start} {}", course(|left| left.likely).join(" "));
        // Close to nothing, the name of the bottom would cover that of the line.
        let is_apart = |value: i64| (y(value) - y(0)).abs() > 16;
        let ids = format!("{0}-title {0}-text", self.id);
        html! {
            svg.population viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby=(ids) {
                title id={ (self.id) "-title" } { (self.title) }
                desc id={ (self.id) "-text" } { (self.text) }
                @for value in [top, 0, bottom].into_iter().filter(|value| *value == 0 || is_apart(*value)) {
                    line.population-mark x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y(value)) y2=(y(value)) {}
                    text.population-axis x=(LEFT - 8) y=(y(value) + 5) text-anchor="end" { (t.number(value)) }
                }
                @for (step, day) in self.days.iter().enumerate() {
                    text.population-axis x=(x(step + 1)) y=(HEIGHT - 8) text-anchor="middle" { (weekday(visit, *day)) }
                }
                polygon.population-own points=(band) {}
                polyline.population-likely points=(likely) {}
                line.population-capacity x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y(0)) y2=(y(0)) {}
            }
        }
    }
}

/// The days of a week ahead are told apart by their names.
fn weekday(visit: &Visit, day: domain::Day) -> String {
    let number = day.0.weekday().to_monday_one_offset().to_string();
    visit.t().word("weekday", &number)
}
