//! The head of the report: what it covers, until when, from what, for whom; and the numbers that
//! are read first.

use maud::{Markup, html};

use super::Paper;
use crate::figure::{Measure, Value};
use crate::sitrep::Audience;
use crate::words::Arg;

/// The numbers that are read first, in the order in which people pass through the reception.
pub(crate) const FIRST: [Measure; 6] = [
    Measure::Returned,
    Measure::Met,
    Measure::Registered,
    Measure::Screened,
    Measure::Assisted,
    Measure::Left,
];

impl Paper<'_> {
    pub(super) fn head(&self) -> Markup {
        let sitrep = self.sitrep;
        let audience = match sitrep.audience {
            Audience::Internal => "sitrep-internal",
            Audience::Public => "sitrep-public",
        };
        let sites: Vec<_> = sitrep.sites.iter().map(|site| site.name.as_str()).collect();
        html! {
            header.sitrep-head {
                p.sitrep-brand { (mark()) "Akèy" span.sitrep-audience { (self.say(audience)) } }
                h1 { (self.say("sitrep-title")) span.sitrep-operation { (sitrep.stamp.operation) } }
                p.sitrep-period { strong { (self.period()) } " · " (sites.join(", ")) }
                p.sitrep-stamp { (self.stamp()) }
            }
            section.sitrep-first aria-label=(self.say("sitrep-first")) {
                @if let Some(summary) = self.summary() { p.sitrep-summary { (summary) } }
                dl.sitrep-steps {
                    @for measure in FIRST {
                        div {
                            dt { (self.measure(measure)) }
                            dd { (self.figure(sitrep.totals.of(measure))) }
                        }
                    }
                }
                (self.notable())
            }
        }
    }

    pub(crate) fn period(&self) -> String {
        let (from, to) = (self.date(self.sitrep.from), self.date(self.sitrep.to));
        if self.sitrep.from == self.sitrep.to {
            return from;
        }
        let args = [("from", Arg::Text(&from)), ("to", Arg::Text(&to))];
        self.words.say("sitrep-period", &args)
    }

    /// Until when and by whom it was counted, in words; the last event beside it.
    fn stamp_words(&self) -> [String; 2] {
        let stamp = &self.sitrep.stamp;
        let cut_off = self.words.moment(self.sitrep.cut_off);
        let computed = self.words.moment(stamp.computed_at);
        let by = [
            ("moment", Arg::Text(&computed)),
            ("by", Arg::Text(&stamp.computed_by)),
        ];
        let cut_off = [("moment", Arg::Text(&cut_off))];
        let computed = match self.sitrep.audience {
            Audience::Internal => self.words.say("sitrep-computed", &by),
            Audience::Public => self.words.say("sitrep-published", &by[..1]),
        };
        [self.words.say("sitrep-cut-off", &cut_off), computed]
    }

    /// The same as lines, with the whole hash of the last event.
    pub(crate) fn stamp_lines(&self) -> Vec<String> {
        let log_end = &self.sitrep.stamp.log_end;
        let said = format!("{} {log_end}", self.say("sitrep-log-end"));
        let said = (!log_end.is_empty()).then_some(said);
        self.stamp_words().into_iter().chain(said).collect()
    }

    fn stamp(&self) -> Markup {
        let log_end = &self.sitrep.stamp.log_end;
        html! {
            @for words in self.stamp_words() { span { (words) } }
            @if !log_end.is_empty() {
                span {
                    (self.say("sitrep-log-end")) " "
                    code title=(log_end) { (shortened(log_end)) }
                }
            }
        }
    }

    /// One sentence, where every number in it is shown.
    pub(crate) fn summary(&self) -> Option<String> {
        let of = |measure| self.sitrep.totals.of(measure).shown();
        let numbers = (
            of(Measure::Returned),
            of(Measure::Movements),
            of(Measure::Registered),
            of(Measure::Assisted),
        );
        let (Some(returned), Some(movements), Some(registered), Some(assisted)) = numbers else {
            return None;
        };
        let args = [
            ("returned", Arg::Number(returned)),
            ("movements", Arg::Number(movements)),
            ("registered", Arg::Number(registered)),
            ("assisted", Arg::Number(assisted)),
        ];
        Some(self.words.say("sitrep-summary", &args))
    }

    /// The measures of what is out of the ordinary, where there is any.
    fn notable_measures(&self) -> Vec<Measure> {
        let ordinary = [Measure::Unlisted, Measure::NoShow, Measure::Declined];
        let notable = |measure: &Measure| {
            let value = self.sitrep.totals.of(*measure).value;
            !matches!(value, Value::Shown(0) | Value::Unpublished)
        };
        ordinary.into_iter().filter(notable).collect()
    }

    /// What is out of the ordinary, each in its own words.
    pub(crate) fn notable_lines(&self) -> Vec<String> {
        let line = |measure: Measure| {
            let number = self.written(self.sitrep.totals.of(measure));
            format!("{}: {number}", self.measure(measure))
        };
        self.notable_measures().into_iter().map(line).collect()
    }

    /// The same as a list; nothing where nothing is.
    fn notable(&self) -> Markup {
        let measures = self.notable_measures();
        html! {
            @if !measures.is_empty() {
                ul.sitrep-notable {
                    @for measure in measures {
                        li {
                            (self.measure(measure)) ": "
                            strong { (self.figure(self.sitrep.totals.of(measure))) }
                        }
                    }
                }
            }
        }
    }
}

/// Enough of a hash to compare by eye; all of it is in the title and in the JSON.
fn shortened(hash: &str) -> String {
    hash.chars().take(16).collect()
}

fn mark() -> Markup {
    html! {
        svg.sitrep-mark viewBox="0 0 32 32" aria-hidden="true" {
            path d="M4 29V13a12 12 0 0 1 24 0v16" fill="none" stroke="currentColor"
                stroke-width="3.2" stroke-linecap="round" {}
            path.sitrep-mark-door d="M12 29V17a4 4 0 0 1 8 0v12" {}
        }
    }
}
