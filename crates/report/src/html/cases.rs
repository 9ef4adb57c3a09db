//! Referrals, feedback and incidents.

use maud::{Markup, html};

use super::Paper;

impl Paper<'_> {
    pub(super) fn cases(&self) -> Markup {
        let sitrep = self.sitrep;
        let cell = |count: u64| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            html! { td.n { (self.words.number(count)) } }
        };
        html! {
            @if !sitrep.referrals.is_empty() {
                section.sitrep-short {
                    h2 { (self.say("sitrep-referrals")) }
                    table.sitrep-breakdown {
                        caption { (self.say("sitrep-referrals-caption")) }
                        thead { tr {
                            th scope="col" { (self.say("sitrep-referrals-kind")) }
                            @for head in ["made", "no-answer", "accepted", "declined", "completed", "lost", "withdrawn"] {
                                th.n scope="col" { (self.say(&format!("sitrep-referrals-{head}"))) }
                            }
                        } }
                        tbody { @for row in &sitrep.referrals { tr {
                            th scope="row" { (row.kind.as_ref().map_or_else(|| self.say("sitrep-not-known"), |kind| self.words.word("service-kind", kind.as_str()))) }
                            (cell(row.made)) (cell(row.no_answer)) (cell(row.accepted)) (cell(row.declined)) (cell(row.completed)) (cell(row.lost)) (cell(row.withdrawn))
                        } } }
                    }
                }
            }
            @if !sitrep.feedback.is_empty() {
                section.sitrep-short {
                    h2 { (self.say("sitrep-feedback")) }
                    table.sitrep-breakdown {
                        caption { (self.say("sitrep-feedback-caption")) }
                        thead { tr {
                            th scope="col" { (self.say("sitrep-feedback-kind")) }
                            @for head in ["recorded", "open", "answered", "closed"] {
                                th.n scope="col" { (self.say(&format!("sitrep-feedback-{head}"))) }
                            }
                        } }
                        tbody { @for row in &sitrep.feedback { tr {
                            th scope="row" { (row.kind.as_ref().map_or_else(|| self.say("sitrep-not-known"), |kind| self.words.word("feedback-kind", kind.as_str()))) }
                            (cell(row.recorded)) (cell(row.open)) (cell(row.answered)) (cell(row.closed))
                        } } }
                    }
                }
            }
            @if !sitrep.incidents.is_empty() {
                section.sitrep-short {
                    h2 { (self.say("sitrep-incidents")) }
                    table.sitrep-breakdown {
                        caption { (self.say("sitrep-incidents-caption")) }
                        thead { tr {
                            th scope="col" { (self.say("sitrep-incidents-kind")) }
                            @for head in ["reported", "harmed", "doubted", "over"] {
                                th.n scope="col" { (self.say(&format!("sitrep-incidents-{head}"))) }
                            }
                        } }
                        tbody { @for row in &sitrep.incidents { tr {
                            th scope="row" { (self.words.word("department", row.area.as_str())) " · " (self.words.word("incident", row.kind.as_str())) }
                            (cell(row.reported)) (cell(row.harmed)) (cell(row.doubted)) (cell(row.over))
                        } } }
                    }
                }
            }
        }
    }
}
