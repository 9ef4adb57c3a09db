//! The situation report as a page to read and to print. All words come through [`Words`], all
//! numbers are written by it; the markup has no script, no style attribute and asks for nothing
//! from outside, so that the same fragment stands on a page, in a file and on paper.

pub(crate) mod cases;
mod charts;
pub(crate) mod flow;
pub(crate) mod goods;
pub(crate) mod head;
pub(crate) mod people;
mod quality;

use domain::{Day, Screened};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::figure::{Figure, Measure, Value};
use crate::publication::BY_ITEM;
use crate::sitrep::{Dimension, Sitrep, UNKNOWN};
use crate::trace::{Narrowed, Trace};
use crate::words::{Arg, Words};

/// The look of the report on screen and on paper. It takes the colours of the page around it where
/// that has any, and brings its own where it has none.
pub const STYLESHEET: &str = include_str!("html/sitrep.css");

/// Where a figure leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Traces<'a> {
    /// To this address with the figure's key behind it, for instance `/trace/`.
    At(&'a str),
    /// Nowhere: the report is to stand alone.
    None,
}

/// The report as a part of a page: an `article` with [`STYLESHEET`] beside it.
pub fn fragment(sitrep: &Sitrep, words: &dyn Words, traces: Traces<'_>) -> Markup {
    let paper = Paper {
        sitrep,
        words,
        traces,
    };
    html! {
        article.sitrep lang=(words.language()) {
            (paper.head())
            (paper.days())
            (paper.reconciliation())
            (paper.breakdowns())
            (paper.movements())
            (paper.goods())
            (paper.cases())
            (paper.quality())
        }
    }
}

/// The report as a file of its own.
pub fn page(sitrep: &Sitrep, words: &dyn Words, traces: Traces<'_>) -> Markup {
    let title = words.say("sitrep-title", &[]);
    html! {
        (DOCTYPE)
        html lang=(words.language()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (sitrep.stamp.operation) }
                style { (PreEscaped(STYLESHEET)) }
            }
            body.sitrep-page { main { (fragment(sitrep, words, traces)) } }
        }
    }
}

/// What a figure counted, in a few words: for the page that opens it.
pub fn described(trace: &Trace, words: &dyn Words) -> String {
    let measure = if trace.counts_pieces() {
        words.say("sitrep-item-quantity", &[])
    } else {
        words.say(&measure_id(trace.measure), &[])
    };
    let part = match &trace.narrowed {
        Narrowed::Whole | Narrowed::Landed | Narrowed::Movement(_) => return measure,
        Narrowed::Item(item) | Narrowed::Given(item) => words.word("item", item.as_str()),
        Narrowed::Group(by, code) => code_word(words, *by, code),
    };
    format!("{measure} · {part}")
}

/// What a row of a published table counts, in a few words: the words of its codes.
pub fn row_described(of: &str, by: Option<&str>, code: &str, words: &dyn Words) -> String {
    let measure = Measure::from_code(of);
    let measure = measure.map_or_else(|| of.to_owned(), |of| words.say(&measure_id(of), &[]));
    match by.map(|by| (by, Dimension::from_code(by))) {
        None => measure,
        Some((_, Some(by))) => format!("{measure} · {}", code_word(words, by, code)),
        Some((BY_ITEM, _)) => format!("{measure} · {}", words.word("item", code)),
        Some(_) => format!("{measure} · {code}"),
    }
}

pub(crate) fn measure_id(measure: Measure) -> String {
    format!("sitrep-measure-{}", measure.code().replace('_', "-"))
}

/// The word for a code of a dimension; for what is not known, a word of the report's own.
pub(crate) fn code_word(words: &dyn Words, by: Dimension, code: &str) -> String {
    let family = match by {
        _ if code == UNKNOWN && by != Dimension::AgeGroup => {
            return words.say("sitrep-not-known", &[]);
        }
        Dimension::ScreenedBefore => {
            return match Screened::from_code(code) {
                Some(answer) => words.say(screened_id(answer), &[]),
                None => code.to_owned(),
            };
        }
        Dimension::AgeGroup => "age-group",
        Dimension::Origin | Dimension::Destination => "department",
        Dimension::LastResidence | Dimension::DepartedFrom => "country",
        Dimension::LegalBasis => "legal",
        Dimension::Vulnerability => "vulnerability",
        Dimension::Waited => "waited",
    };
    words.word(family, code)
}

pub(crate) const fn screened_id(answer: Screened) -> &'static str {
    match answer {
        Screened::NotKnown => "sitrep-screened-not-known",
        Screened::NotOffered => "sitrep-screened-not-offered",
        Screened::Done => "sitrep-screened-done",
    }
}

/// A report being written in one language.
pub(crate) struct Paper<'a> {
    pub(crate) sitrep: &'a Sitrep,
    pub(crate) words: &'a dyn Words,
    traces: Traces<'a>,
}

/// Whole percent of a part, or that it is less than one.
enum Share {
    None,
    UnderOne,
    Percent(i64),
}

fn share(part: i64, whole: i64) -> Share {
    if whole <= 0 || part <= 0 {
        return Share::None;
    }
    match (part * 200 + whole) / (whole * 2) {
        0 => Share::UnderOne,
        percent => Share::Percent(percent),
    }
}

impl<'a> Paper<'a> {
    /// A report to be written without ways back.
    pub(crate) const fn plain(sitrep: &'a Sitrep, words: &'a dyn Words) -> Self {
        Self {
            sitrep,
            words,
            traces: Traces::None,
        }
    }
}

impl Paper<'_> {
    pub(crate) fn say(&self, id: &str) -> String {
        self.words.say(id, &[])
    }

    pub(crate) fn date(&self, day: Day) -> String {
        self.words.date(day.0)
    }

    pub(crate) fn measure(&self, measure: Measure) -> String {
        self.say(&measure_id(measure))
    }

    /// A figure, leading to what it was counted from.
    fn figure(&self, figure: &Figure) -> Markup {
        let written = self.written(figure);
        match (figure.value, &figure.trace, self.traces) {
            (Value::Shown(_), Some(trace), Traces::At(base)) => {
                html! { a href=(format!("{base}{}", trace.key())) { (written) } }
            }
            (Value::Shown(_), ..) => html! { (written) },
            (Value::Hidden, ..) => {
                html! { span.sitrep-hidden title=(self.say("sitrep-hidden-why")) { (written) } }
            }
            (Value::Unpublished, ..) => html! { span.sitrep-hidden { (written) } },
        }
    }

    pub(crate) fn written(&self, figure: &Figure) -> String {
        match figure.value {
            Value::Shown(value) => self.words.number(value),
            Value::Hidden => self.say("sitrep-hidden"),
            Value::Unpublished => self.say("sitrep-unpublished"),
        }
    }

    /// A cell with a figure; nothing in it is greyed.
    fn cell(&self, figure: &Figure) -> Markup {
        let class = if figure.value == Value::Shown(0) {
            "n zero"
        } else {
            "n"
        };
        html! { td class=(class) { (self.figure(figure)) } }
    }

    /// A difference with its sign.
    pub(crate) fn signed(&self, difference: i64) -> String {
        let written = self.words.number(difference);
        if difference > 0 {
            format!("+{written}")
        } else {
            written
        }
    }

    pub(crate) fn percent(&self, part: &Figure, whole: &Figure) -> String {
        let (Some(part), Some(whole)) = (part.shown(), whole.shown()) else {
            return String::new();
        };
        match share(part, whole) {
            Share::None => String::new(),
            Share::UnderOne => self.say("sitrep-percent-under-one"),
            Share::Percent(percent) => self
                .words
                .say("sitrep-percent", &[("number", Arg::Number(percent))]),
        }
    }
}

/// A bar as long as a part of a whole, drawn without style attributes.
fn bar(part: Option<i64>, whole: Option<i64>) -> Markup {
    let length = match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 => (part * 100 / whole).clamp(0, 100),
        _ => 0,
    };
    html! {
        svg.sitrep-bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.sitrep-bar-all width="100" height="8" {}
            rect.sitrep-bar-part width=(length) height="8" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, share};

    #[test]
    fn shares_are_rounded_and_never_to_nothing() {
        let percent = |part, whole| match share(part, whole) {
            Share::None => -1,
            Share::UnderOne => 0,
            Share::Percent(percent) => percent,
        };
        assert_eq!(percent(6_586, 10_831), 61);
        assert_eq!(percent(1, 1_000), 0);
        assert_eq!(percent(5, 1_000), 1);
        assert_eq!(percent(0, 10), -1);
        assert_eq!(percent(0, 0), -1);
        assert_eq!(percent(7, 7), 100);
    }
}
