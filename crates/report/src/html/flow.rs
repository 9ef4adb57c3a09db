//! From announced to counted, and movement by movement: where people could be lost between two
//! lists, and whether they were.

use maud::{Markup, html};

use super::{Paper, screened_id};
use crate::figure::{Counts, Measure};
use crate::sitrep::{Audience, MovementRow, Step};
use crate::words::Arg;

/// What a movement is described by.
pub(crate) const OF_A_MOVEMENT: [Measure; 7] = [
    Measure::Announced,
    Measure::Listed,
    Measure::Returned,
    Measure::Met,
    Measure::Registered,
    Measure::Assisted,
    Measure::NoShow,
];
/// And in the public version.
pub(crate) const OF_A_MOVEMENT_PUBLIC: [Measure; 1] = [Measure::Returned];

impl Paper<'_> {
    pub(super) fn reconciliation(&self) -> Markup {
        let Some(reconciliation) = &self.sitrep.reconciliation else {
            return html! {};
        };
        html! {
            section {
                h2 { (self.say("sitrep-reconciliation")) }
                table.sitrep-reconciliation {
                    caption { (self.say("sitrep-reconciliation-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-step")) }
                        th.n scope="col" { (self.say("sitrep-difference")) }
                        th.n scope="col" { (self.say("sitrep-people-number")) }
                    } }
                    tbody { @for step in &reconciliation.steps { (self.step(step)) } }
                }
            }
        }
    }

    fn step(&self, step: &Step) -> Markup {
        let label = self.say(&format!("sitrep-step-{}", step.kind.code()));
        html! {
            @if step.kind.is_reached() {
                tr.sitrep-reached {
                    th scope="row" { (label) }
                    td {}
                    @match step.counted_from.first() {
                        Some(figure) => { (self.cell(figure)) }
                        None => { td.n { (self.words.number(step.value)) } }
                    }
                }
            } @else {
                tr {
                    th scope="row" { (label) }
                    @match (step.counted_from.as_slice(), step.value) {
                        (_, 0) => { td.n.zero { (self.words.number(0)) } }
                        ([figure], _) => { td.n { (self.signed_figure(figure, step.value)) } }
                        _ => { td.n { (self.signed(step.value)) } }
                    }
                    td {}
                }
            }
        }
    }

    /// A difference that is one counted number, taken away or added.
    fn signed_figure(&self, figure: &crate::figure::Figure, value: i64) -> Markup {
        html! { (if value < 0 { "−" } else { "+" }) (self.figure(figure)) }
    }

    pub(super) fn movements(&self) -> Markup {
        if self.sitrep.movements.is_empty() {
            return html! {};
        }
        let measures: &[Measure] = match self.sitrep.audience {
            Audience::Internal => &OF_A_MOVEMENT,
            Audience::Public => &OF_A_MOVEMENT_PUBLIC,
        };
        html! {
            section {
                h2 { (self.say("sitrep-movements")) }
                div.sitrep-scroll tabindex="0" { table.sitrep-movements {
                    caption { (self.say("sitrep-movements-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-movement")) }
                        @for measure in measures { th.n scope="col" { (self.measure(*measure)) } }
                    } }
                    tbody { @for row in &self.sitrep.movements { (self.movement(row, measures)) } }
                    tfoot {
                        tr {
                            th scope="row" { (self.say("sitrep-together")) }
                            (self.movement_cells(&self.sitrep.landed, measures))
                        }
                        @if !self.sitrep.apart.is_empty() { (self.apart(measures)) }
                    }
                } }
            }
        }
    }

    fn movement(&self, row: &MovementRow, measures: &[Measure]) -> Markup {
        let from = row
            .from_site
            .clone()
            .unwrap_or_else(|| self.say("sitrep-not-known"));
        let kind = self.words.word("movement-kind", row.kind.as_str());
        html! {
            tr {
                th scope="row" {
                    (row.designator) " · " (kind)
                    span.soft { (from) " → " (row.to_site) }
                    span.soft {
                        (self.words.moment(row.landed_at)) " · "
                        (self.words.word("legal", row.legal_basis.as_str()))
                    }
                    span.soft {
                        (self.say("sitrep-screened-before")) ": "
                        (self.say(screened_id(row.screened_before)))
                    }
                }
                (self.movement_cells(&row.counts, measures))
            }
        }
    }

    fn movement_cells(&self, counts: &Counts, measures: &[Measure]) -> Markup {
        html! { @for measure in measures { (self.cell(counts.of(*measure))) } }
    }

    /// By what the days count more or less than these movements.
    fn apart(&self, measures: &[Measure]) -> Markup {
        let of = |measure: &Measure| {
            let apart = &self.sitrep.apart;
            apart.iter().find(|apart| apart.measure == *measure)
        };
        let days = self.date(self.sitrep.from);
        html! {
            tr.sitrep-apart {
                th scope="row" {
                    (self.words.say("sitrep-apart", &[("day", Arg::Text(&days))]))
                }
                @for measure in measures {
                    td.n { @if let Some(apart) = of(measure) { (self.signed(apart.difference)) } }
                }
            }
        }
    }
}
