//! What is not known of the people counted, and how the report was counted: so that a reader can
//! judge the numbers without asking.

use maud::{Markup, html};

use super::Paper;
use crate::figure::Measure;
use crate::sitrep::{Audience, Dimension, UNKNOWN};

impl Paper<'_> {
    pub(super) fn quality(&self) -> Markup {
        html! {
            section.sitrep-short {
                h2 { (self.say("sitrep-quality")) }
                table.sitrep-breakdown {
                    caption { (self.say("sitrep-quality-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-quality-what")) }
                        th.n scope="col" { (self.say("sitrep-people-number")) }
                        th.n scope="col" { (self.say("sitrep-share")) }
                    } }
                    tbody {
                        @for by in [
                            Dimension::AgeGroup,
                            Dimension::Destination,
                            Dimension::Origin,
                            Dimension::LastResidence,
                        ] { (self.unknown(by)) }
                    }
                }
            }
            section.sitrep-method {
                h2 { (self.say("sitrep-method")) }
                ul {
                    li { (self.say("sitrep-method-days")) }
                    li { (self.say("sitrep-method-movements")) }
                    li { (self.say("sitrep-method-groups")) }
                    @if self.sitrep.audience == Audience::Public {
                        li { (self.say("sitrep-method-public")) }
                    } @else {
                        li { (self.say("sitrep-method-cover")) }
                        li { (self.say("sitrep-method-trace")) }
                    }
                }
            }
        }
    }

    fn unknown(&self, by: Dimension) -> Markup {
        let Some(breakdown) = self.sitrep.breakdown(by, Measure::Registered) else {
            return html! {};
        };
        let label = format!("sitrep-unknown-{}", by.code().replace('_', "-"));
        html! {
            tr {
                th scope="row" { (self.say(&label)) }
                @match breakdown.row(UNKNOWN) {
                    Some(figure) => {
                        (self.cell(figure))
                        td.n.soft { (self.percent(figure, &breakdown.total)) }
                    }
                    None => {
                        td.n.zero { (self.words.number(0)) }
                        td {}
                    }
                }
            }
        }
    }
}
