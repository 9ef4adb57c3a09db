//! What a report says, asked from whoever shows it: the pages and the command line hold the Fluent
//! catalogues, this crate only the ids. A report never contains a sentence of its own.

use domain::Moment;
use jiff::civil::{Date, DateTime};

/// An argument of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arg<'a> {
    /// A number; it also chooses between singular and plural.
    Number(i64),
    /// A text.
    Text(&'a str),
}

/// The words of one language, in the time of the reporting site.
pub trait Words {
    /// The language's BCP 47 tag.
    fn language(&self) -> &str;
    /// A message of [`MESSAGE_IDS`] with its arguments.
    fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String;
    /// The word for a code of one of [`WORD_FAMILIES`]; the code itself where there is none.
    fn word(&self, family: &str, code: &str) -> String;
    /// A whole number as the language writes it.
    fn number(&self, number: i64) -> String;
    /// A day with its month and year.
    fn date(&self, date: Date) -> String;
    /// A moment with its day.
    fn moment(&self, moment: Moment) -> String;
    /// A moment by the clock on the wall.
    fn local(&self, moment: Moment) -> DateTime;
}

/// The families of coded words that a report uses beside its own messages.
pub const WORD_FAMILIES: &[&str] = &[
    "age-group",
    "country",
    "department",
    "item",
    "legal",
    "month",
    "movement-kind",
    "separation",
    "vulnerability",
    "waited",
];

/// Every message of a report; a catalogue has all of them, and no other that begins with `sitrep-`.
pub const MESSAGE_IDS: &[&str] = &[
    "sitrep-a-day",
    "sitrep-apart",
    "sitrep-below-five",
    "sitrep-by-age-group",
    "sitrep-by-departed-from",
    "sitrep-by-destination",
    "sitrep-by-last-residence",
    "sitrep-by-legal-basis",
    "sitrep-by-origin",
    "sitrep-by-screened-before",
    "sitrep-by-vulnerability",
    "sitrep-chart-groups",
    "sitrep-chart-hidden",
    "sitrep-chart-text",
    "sitrep-chart-title",
    "sitrep-code",
    "sitrep-computed",
    "sitrep-cover-days",
    "sitrep-cover-not-known",
    "sitrep-cover-short",
    "sitrep-cut-off",
    "sitrep-day",
    "sitrep-days",
    "sitrep-days-caption",
    "sitrep-decimal",
    "sitrep-difference",
    "sitrep-expected",
    "sitrep-expected-at",
    "sitrep-expected-caption",
    "sitrep-feedback",
    "sitrep-feedback-answered",
    "sitrep-feedback-caption",
    "sitrep-feedback-closed",
    "sitrep-feedback-kind",
    "sitrep-feedback-open",
    "sitrep-feedback-recorded",
    "sitrep-first",
    "sitrep-from",
    "sitrep-from-to",
    "sitrep-goods",
    "sitrep-group",
    "sitrep-in-stock",
    "sitrep-internal",
    "sitrep-item",
    "sitrep-item-people",
    "sitrep-item-quantity",
    "sitrep-items",
    "sitrep-items-caption",
    "sitrep-kind",
    "sitrep-landed",
    "sitrep-lasts",
    "sitrep-left-over",
    "sitrep-log-end",
    "sitrep-measure-announced",
    "sitrep-measure-assisted",
    "sitrep-measure-declined",
    "sitrep-measure-left",
    "sitrep-measure-listed",
    "sitrep-measure-met",
    "sitrep-measure-movements",
    "sitrep-measure-no-show",
    "sitrep-measure-registered",
    "sitrep-measure-returned",
    "sitrep-measure-screened",
    "sitrep-measure-unlisted",
    "sitrep-method",
    "sitrep-method-cover",
    "sitrep-method-days",
    "sitrep-method-groups",
    "sitrep-method-movements",
    "sitrep-method-public",
    "sitrep-method-trace",
    "sitrep-movement",
    "sitrep-movements",
    "sitrep-movements-caption",
    "sitrep-needed",
    "sitrep-nobody",
    "sitrep-not-known",
    "sitrep-nothing-given",
    "sitrep-owed-here",
    "sitrep-people",
    "sitrep-people-number",
    "sitrep-percent",
    "sitrep-percent-under-one",
    "sitrep-period",
    "sitrep-public",
    "sitrep-quality",
    "sitrep-quality-caption",
    "sitrep-quality-what",
    "sitrep-reconciliation",
    "sitrep-reconciliation-caption",
    "sitrep-referrals",
    "sitrep-referrals-accepted",
    "sitrep-referrals-caption",
    "sitrep-referrals-completed",
    "sitrep-referrals-declined",
    "sitrep-referrals-kind",
    "sitrep-referrals-lost",
    "sitrep-referrals-made",
    "sitrep-referrals-no-answer",
    "sitrep-referrals-withdrawn",
    "sitrep-screened-before",
    "sitrep-screened-done",
    "sitrep-screened-not-known",
    "sitrep-screened-not-offered",
    "sitrep-sent",
    "sitrep-several",
    "sitrep-share",
    "sitrep-site",
    "sitrep-source-cell",
    "sitrep-source-key",
    "sitrep-source-sheet",
    "sitrep-source-what",
    "sitrep-sources",
    "sitrep-step",
    "sitrep-step-announced",
    "sitrep-step-awaited",
    "sitrep-step-listed",
    "sitrep-step-manifest-differs",
    "sitrep-step-met",
    "sitrep-step-no-show",
    "sitrep-step-not-met",
    "sitrep-step-registered",
    "sitrep-step-returned",
    "sitrep-step-unlisted",
    "sitrep-step-unregistered",
    "sitrep-stock",
    "sitrep-stock-caption",
    "sitrep-summary",
    "sitrep-supplier",
    "sitrep-title",
    "sitrep-to",
    "sitrep-together",
    "sitrep-unknown-age-group",
    "sitrep-unknown-destination",
    "sitrep-unknown-last-residence",
    "sitrep-unknown-origin",
    "sitrep-waited-assisted",
    "sitrep-waited-registered",
    "sitrep-waybill",
    "sitrep-waybills",
    "sitrep-waybills-caption",
    "sitrep-withheld",
    "sitrep-withheld-why",
];
