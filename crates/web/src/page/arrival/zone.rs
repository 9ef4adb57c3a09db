//! A document that was scanned into the field for finding people: its zone is read, whoever has it is
//! looked for, the form is filled in, and a check digit that does not hold becomes a question. What
//! was scanned travels in forms only, never in an address.

use formats::mrz::{self, Correction, Zone};
use maud::{Markup, html};

use super::AtDesk;
use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice};
use crate::layout;
use crate::visit::Visit;

/// What was scanned or typed into the field.
pub(super) enum Scanned {
    /// No zone: words or a number to look for.
    Words(String),
    /// Some of its lines; the others are still to come.
    Begun(String),
    /// A whole zone.
    Zone(Box<Zone>),
}

impl Scanned {
    /// What was typed, with the lines that were scanned before it.
    pub(super) fn of(desk: &AtDesk) -> Self {
        // A line break in a field of one line is none; scanners that type one end the form instead.
        let found = desk.asked.get("find");
        let text = match desk.asked.some("begun") {
            Some(begun) => format!("{begun}\n{found}"),
            None => found.to_owned(),
        };
        match mrz::read(&text).or_else(|| mrz::read(found)) {
            Some(zone) => Self::Zone(Box::new(zone)),
            None if mrz::begins(&text) => Self::Begun(text),
            None => Self::Words(found.to_owned()),
        }
    }

    /// What is looked for: the words, or the number of the document.
    pub(super) fn searched(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Zone(zone) => zone.number(),
            Self::Begun(_) => String::new(),
        }
    }

    /// The zone, where it is one.
    pub(super) fn zone(&self) -> Option<&Zone> {
        match self {
            Self::Zone(zone) => Some(zone),
            Self::Words(_) | Self::Begun(_) => None,
        }
    }
}

/// What is said of a zone: the questions about check digits that do not hold, and what else to know.
pub(super) fn said(visit: &Visit, desk: &AtDesk, zone: &Zone) -> Markup {
    let t = visit.t();
    let today = visit.clock.day(visit.now);
    let failing: Vec<_> = zone
        .checks()
        .into_iter()
        .filter(|check| !check.holds())
        .collect();
    let expired = zone.expiry(today).filter(|until| *until < today);
    html! {
        @if failing.is_empty() { (notice(Tone::Good, say!(t, "zone-holds"))) }
        @else {
            div.notice.wait role="status" data-zone="wrong" {
                strong { (say!(t, "zone-wrong")) }
                ul { @for check in &failing { li {
                    (say!(t, "zone-check", field = t.word("zone-field", check.over.code()), line = place(check.place.0), column = place(check.place.1), stands = check.stands.to_string(), expected = check.expected.to_string()))
                } } }
                @let corrections = zone.corrections();
                @if !corrections.is_empty() {
                    p { (say!(t, "zone-offer")) }
                    @for correction in &corrections { (offer(visit, desk, correction)) }
                }
                p.small { (say!(t, "zone-as-it-is")) }
            }
        }
        @if zone.names().truncated { (notice(Tone::Wait, say!(t, "zone-truncated"))) }
        @if let Some(until) = expired { p.small.muted { (say!(t, "zone-expired", date = visit.clock.date(until))) } }
    }
}

/// One thing the zone could say instead, to be chosen by whoever looks at the document.
fn offer(visit: &Visit, desk: &AtDesk, correction: &Correction) -> Markup {
    let t = visit.t();
    layout::form(
        visit,
        &desk.path("find"),
        html! {
            input type="hidden" name="find" value=(correction.zone.lines.concat());
            p.actions { button { (change(t, correction)) } }
        },
    )
}

fn change(t: Texts, correction: &Correction) -> String {
    let changes: Vec<String> = correction
        .changes
        .iter()
        .map(|(line, column, before, after)| {
            say!(
                t,
                "zone-change",
                line = place(*line),
                column = place(*column),
                before = before.to_string(),
                after = after.to_string()
            )
        })
        .collect();
    changes.join(" · ")
}

fn place(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(0)
}
