//! Bars by day as inline SVG: no script, no style attribute, so that it stands under a strict
//! content security policy and prints as sharp as the paper allows. The numbers themselves are in
//! the table beside it; a bar that is not shown leaves a hatched stub, never a height to measure.

use maud::{Markup, html};

const WIDTH: i64 = 720;
const HEIGHT: i64 = 190;
const LEFT: i64 = 52;
const RIGHT: i64 = 8;
const TOP: i64 = 22;
const BOTTOM: i64 = 44;
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

/// A chart, with what it shows in words for those who cannot see it.
pub(crate) struct Chart<'a> {
    /// What it is.
    pub title: &'a str,
    /// What it shows.
    pub text: &'a str,
    /// How the marks of the axis are written.
    pub written: &'a dyn Fn(i64) -> String,
}

impl Chart<'_> {
    /// Draws the bars from left to right.
    pub(crate) fn draw(&self, bars: &[Bar]) -> Markup {
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
        html! {
            svg.sitrep-chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img"
                aria-labelledby="sitrep-chart-title sitrep-chart-text" {
                title id="sitrep-chart-title" { (self.title) }
                desc id="sitrep-chart-text" { (self.text) }
                @for mark in (0..=top / step).map(|number| number * step) {
                    line.sitrep-chart-mark x1=(LEFT) x2=(WIDTH - RIGHT) y1=(base - height(mark))
                        y2=(base - height(mark)) {}
                    text.sitrep-chart-axis x=(LEFT - 8) y=(base - height(mark) + 4)
                        text-anchor="end" { ((self.written)(mark)) }
                }
                @for (place, bar) in bars.iter().enumerate() {
                    @let left = middle(place) - width / 2;
                    @if let Some(value) = bar.value {
                        rect.sitrep-chart-bar x=(left) y=(base - height(value)) width=(width)
                            height=(height(value)) rx="2" {}
                        @if bars.len() <= NUMBERED_MAX {
                            text.sitrep-chart-number x=(middle(place)) y=(base - height(value) - 6)
                                text-anchor="middle" { (bar.written) }
                        }
                    } @else {
                        rect.sitrep-chart-hidden x=(left) y=(base - 12) width=(width) height="12"
                            rx="2" {}
                        text.sitrep-chart-number x=(middle(place)) y=(base - 18)
                            text-anchor="middle" { (bar.written) }
                    }
                    @if place % every == 0 {
                        text.sitrep-chart-day x=(middle(place)) y=(base + 17)
                            text-anchor="middle" { (bar.label) }
                    }
                    @if let Some(heading) = &bar.heading {
                        text.sitrep-chart-month x=(left) y=(base + 36) { (heading) }
                    }
                }
                line.sitrep-chart-base x1=(LEFT) x2=(WIDTH - RIGHT) y1=(base) y2=(base) {}
            }
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
        let chart = Chart {
            title: "A & B",
            text: "<none>",
            written: &|number| number.to_string(),
        };
        chart.draw(&bars).into_string()
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
