//! What was found among stated figures, as parts of a page: each with its arithmetic to open.

use figures::{
    About, Conflict, Derived, Finding, Gap, Interval, Precision, Statement, Term, Verdict,
};
use jiff::civil::Date;
use maud::{Markup, html};
use report::sankey::{Band, Node, Sankey};
use report::stated::{Held, Own};

use crate::catalogue::{Texts, say};
use crate::component::{Tone, card, tag, wide};
use crate::visit::Visit;

/// A number as it was said.
pub(crate) fn said(t: Texts, statement: &Statement) -> String {
    let low = t.number(statement.value_low);
    match (statement.precision, statement.value_high) {
        (Precision::About, _) => say!(t, "figure-about", number = low),
        (Precision::AtLeast, _) => say!(t, "figure-at-least", number = low),
        (Precision::Planned, _) => say!(t, "figure-planned", number = low),
        (Precision::Exact, Some(high)) if high != statement.value_low => {
            say!(t, "figure-between", low = low, high = t.number(high))
        }
        (Precision::Exact, _) => low,
    }
}

/// What was found, and in whose language it is shown.
pub(crate) struct Shown<'a> {
    visit: &'a Visit,
    pub held: &'a Held,
}

impl<'a> Shown<'a> {
    pub const fn of(visit: &'a Visit, held: &'a Held) -> Self {
        Self { visit, held }
    }

    const fn t(&self) -> Texts {
        self.visit.t()
    }

    fn statement(&self, id: &str) -> Option<&Statement> {
        let mut statements = self.held.statements.iter();
        statements.find(|statement| statement.figure_id == id)
    }

    fn link(&self, id: &str) -> Markup {
        if let Some(figure) = self.held.ids.get(id) {
            html! { a href={ "/figures/" (figure) } { (id) } }
        } else {
            html! { (id) }
        }
    }

    /// Which days it speaks of.
    pub(crate) fn days(&self, from: Option<Date>, to: Date) -> String {
        let clock = &self.visit.clock;
        match from {
            Some(from) if from != to => say!(
                self.t(),
                "figure-days",
                from = clock.date(from),
                to = clock.date(to)
            ),
            _ => clock.date(to),
        }
    }

    fn interval(&self, interval: Interval) -> String {
        let t = self.t();
        let low = t.number(interval.low);
        match interval.high {
            Some(high) if high < interval.low => say!(t, "figure-nothing"),
            Some(high) if high == interval.low => low,
            Some(high) => say!(t, "figure-between", low = low, high = t.number(high)),
            None if interval.low == 0 => say!(t, "figure-any"),
            None => say!(t, "figure-or-more", number = low),
        }
    }

    fn term(&self, term: &Term) -> Markup {
        let t = self.t();
        let days = term.to.map(|to| self.days(term.from, to));
        let value = match (term.statements.is_empty(), term.can_be) {
            (true, Some(can_be)) => can_be,
            _ => term.says,
        };
        html! {
            @if term.statements.is_empty() { (say!(t, "figure-rest")) }
            @for (place, id) in term.statements.iter().enumerate() {
                @if place > 0 { ", " }
                (self.link(id))
            }
            " " b { (self.interval(value)) }
            @if let Some(days) = days { " " span.small.muted { (days) } }
        }
    }

    /// Lines of arithmetic, each with why it holds.
    fn steps(&self, steps: &[figures::Step]) -> Markup {
        let t = self.t();
        html! {
            @if !steps.is_empty() {
                details.more {
                    summary { (say!(t, "figures-steps", count = steps.len())) }
                    div { ul.rows { @for step in steps {
                        li {
                            span.grow {
                                (self.term(&step.left)) " " (relation(step.relation)) " "
                                @for (place, term) in step.right.iter().enumerate() {
                                    @if place > 0 { " + " }
                                    (self.term(term))
                                }
                            }
                            span.small.muted { (t.word("figure-rule", rule(step.rule))) }
                        }
                    } } }
                }
            }
        }
    }

    /// One statement on a line: what was said, by whom, of which days.
    fn line(&self, id: &str) -> Markup {
        html! {
            @match self.statement(id) {
                Some(statement) => {
                    b { (said(self.t(), statement)) } " · " (statement.stated_by) " · "
                    span.muted { (self.days(statement.period_start, statement.as_of)) } " "
                    span.small { (self.link(id)) }
                }
                None => { (self.link(id)) }
            }
        }
    }

    /// Statements that cannot all be true.
    pub(crate) fn conflict(&self, conflict: &Conflict, tone: Tone) -> Markup {
        let t = self.t();
        let head = conflict
            .statements
            .first()
            .and_then(|id| self.statement(id));
        html! {
            div.finding {
                @if let Some(statement) = head {
                    h3 { (self.about(&About { indicator: statement.indicator.clone(), place: statement.place.clone(), route: statement.route.clone() })) }
                }
                ul.bare { @for id in &conflict.statements { li { (self.line(id)) } } }
                @if let Some(by) = conflict.by_at_least {
                    p { (tag(tone, say!(t, "figures-by-at-least", number = by))) }
                }
                (self.steps(&conflict.steps))
            }
        }
    }

    /// What is counted, where, by which route.
    pub(crate) fn about(&self, about: &About) -> String {
        let t = self.t();
        let indicator = t.word("indicator", &about.indicator);
        let route = match about.route.as_str() {
            "" => String::new(),
            route => format!(" · {}", route.replace('>', " → ")),
        };
        format!("{indicator} · {}{route}", about.place)
    }

    /// Wholes and their parts, with what is not accounted for drawn.
    pub(crate) fn gaps(&self) -> Markup {
        let t = self.t();
        html! { @for (place, gap) in self.held.found.gaps.iter().enumerate() {
            (card(say!(t, "figures-gap"), self.gap(place, gap)))
        } }
    }

    fn gap(&self, place: usize, gap: &Gap) -> Markup {
        let t = self.t();
        let whole = self.statement(&gap.whole);
        let number = whole.map_or(0, |statement| statement.value_low);
        let per_mille = if number > 0 {
            gap.unaccounted * 1_000 / number
        } else {
            0
        };
        html! {
            @if let Some(whole) = whole { p { (self.line(&whole.figure_id)) } }
            (self.drawn(place, gap))
            div.scroll { table.cards {
                thead { tr {
                    th { (say!(t, "figures-part")) } th.n { (say!(t, "figures-stated")) }
                    th { (say!(t, "figures-who-when")) } th.n { (say!(t, "figures-own")) }
                } }
                tbody {
                    @for id in &gap.parts { @if let Some(part) = self.statement(id) { tr {
                        th scope="row" { (t.word("indicator", &part.indicator)) }
                        td.n data-label=(say!(t, "figures-stated")) { (said(self.t(), part)) }
                        td { (part.stated_by) ", " (self.visit.clock.date(part.published_on)) " " span.small { (self.link(id)) } }
                        td.n data-label=(say!(t, "figures-own")) { @if let Some(own) = self.held.own.get(id) { (self.own(own)) } }
                    } } }
                    tr {
                        th scope="row" { (say!(t, "figures-unaccounted")) }
                        td.n data-label=(say!(t, "figures-stated")) { b { (t.number(gap.unaccounted)) } }
                        td {
                            (tag(if gap.can_be.low > 0 || gap.unaccounted < 0 { Tone::Risk } else { Tone::Wait }, say!(t, "figures-gap-tag")))
                            " " (say!(t, "figures-gap-share", share = tenths(t, per_mille), can_be = self.interval(gap.can_be)))
                        }
                        td {}
                    }
                }
            } }
            p.small.muted { (t.number(number)) " − " (t.number(gap.sum)) " = " (t.number(gap.unaccounted)) }
        }
    }

    fn drawn(&self, place: usize, gap: &Gap) -> Markup {
        let t = self.t();
        let named = |id: &str| {
            let statement = self.statement(id);
            statement.map_or_else(String::new, |statement| {
                t.word("indicator", &statement.indicator)
            })
        };
        let people = |id: &str| {
            self.statement(id)
                .map_or(0, |statement| statement.value_low)
        };
        let mut nodes = vec![Node {
            name: named(&gap.whole),
            unaccounted: false,
        }];
        let mut bands = Vec::new();
        for id in &gap.parts {
            nodes.push(Node {
                name: named(id),
                unaccounted: false,
            });
            bands.push(Band {
                from: 0,
                to: nodes.len() - 1,
                people: people(id),
            });
        }
        let unaccounted = say!(t, "figures-unaccounted");
        nodes.push(Node {
            name: unaccounted.clone(),
            unaccounted: true,
        });
        bands.push(Band {
            from: 0,
            to: nodes.len() - 1,
            people: gap.unaccounted,
        });
        let name = format!("gap-{place}");
        let title = say!(t, "figures-gap");
        let drawn = Sankey {
            name: &name,
            title: title.clone(),
            text: format!("{unaccounted}: {}", t.number(gap.unaccounted)),
            nodes: &nodes,
            bands: &bands,
            number: &|number| t.number(number),
        };
        wide(&title, drawn.svg())
    }

    /// Everything side by side.
    pub(crate) fn findings(&self) -> Markup {
        html! { @for finding in &self.held.found.findings { (self.finding(finding)) } }
    }

    fn finding(&self, finding: &Finding) -> Markup {
        let t = self.t();
        let (tone, verdict) = match finding.verdict {
            Verdict::Alone => (Tone::Plain, "alone"),
            Verdict::Consistent => (Tone::Good, "consistent"),
            Verdict::ExplainedByPeriod => (Tone::Good, "explained-by-period"),
            Verdict::ExplainedByScope => (Tone::Calm, "explained-by-scope"),
            Verdict::Contradictory => (Tone::Risk, "contradictory"),
        };
        html! {
            div.finding {
                h3 { (self.about(&finding.about)) " " (tag(tone, t.word("verdict", verdict))) }
                div.scroll { table.cards {
                    thead { tr {
                        th { (say!(t, "figures-stated")) } th { (say!(t, "figures-days")) } th { (say!(t, "figures-who")) }
                        th.n { (say!(t, "figures-own")) } th { (say!(t, "figures-code")) }
                    } }
                    tbody { @for id in &finding.statements { @if let Some(statement) = self.statement(id) { tr {
                        td { b { (said(self.t(), statement)) } }
                        td { (self.days(statement.period_start, statement.as_of)) }
                        td { (statement.stated_by) @if !statement.published_by.is_empty() { " · " span.small.muted { (statement.published_by) } } }
                        td.n data-label=(say!(t, "figures-own")) { @if let Some(own) = self.held.own.get(id) { (self.own(own)) } }
                        td { (self.link(id)) }
                    } } } }
                } }
                @for scope in &finding.scopes {
                    p.small.muted { (say!(t, "figures-scope", other = self.about(scope))) }
                }
                (self.steps(&finding.steps))
            }
        }
    }

    /// Our own number, and whether it fits; it opens the report it is counted in.
    fn own(&self, own: &Own) -> Markup {
        let t = self.t();
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let verdict = match (own.counts_from, own.apart) {
            _ if own.goes_on => tag(Tone::Plain, say!(t, "figures-own-so-far")),
            (Some(day), _) => tag(
                Tone::Plain,
                say!(t, "figures-own-from", day = self.visit.clock.date(day.0)),
            ),
            (None, 0) => tag(Tone::Good, say!(t, "figures-own-fits")),
            (None, apart) => tag(
                Tone::Risk,
                say!(t, "figures-own-apart", number = count(apart)),
            ),
        };
        html! {
            a href={ "/report?from=" (own.from) "&to=" (own.to) "&sites=all" } { (t.number(count(own.value))) }
            " " (verdict)
        }
    }

    /// What follows from two statements and nobody said.
    pub(crate) fn derived(&self) -> Markup {
        let t = self.t();
        let derived = &self.held.found.derived;
        html! {
            @if !derived.is_empty() {
                (card(say!(t, "figures-derived"), html! {
                    ul.rows { @for one in derived { li { (self.follows(one)) } } }
                }))
            }
        }
    }

    fn follows(&self, derived: &Derived) -> Markup {
        let t = self.t();
        html! {
            span.grow {
                (self.about(&derived.about)) ", " (self.days(Some(derived.from), derived.to)) ": "
                b { (self.interval(derived.can_be)) }
            }
            span.small.muted {
                @for id in &derived.longer { (self.link(id)) " " }
                (say!(t, "figures-less")) " "
                @if derived.shorter.is_empty() { (say!(t, "figures-a-share")) }
                @for id in &derived.shorter { (self.link(id)) " " }
            }
        }
    }
}

fn relation(sign: &'static str) -> &'static str {
    match sign {
        "<=" => "≤",
        ">=" => "≥",
        other => other,
    }
}

const fn rule(rule: figures::Rule) -> &'static str {
    use figures::Rule as R;
    match rule {
        R::Said => "said",
        R::Groups => "groups",
        R::Rate => "rate",
        R::Share => "share",
        R::Within => "within",
        R::Days => "days",
        R::Route => "route",
        R::Place => "place",
        R::Peak => "peak",
        R::Running => "running",
        R::Parts => "parts",
    }
}

/// Tenths of a hundredth as people write them: 86 is 8.6.
fn tenths(t: Texts, per_mille: i64) -> String {
    format!(
        "{}{}{}",
        t.number(per_mille / 10),
        t.decimal(),
        (per_mille % 10).abs()
    )
}
