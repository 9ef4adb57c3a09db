//! Quantities, what was stated of them, and what ties them together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::about::{About, Options};
use crate::share;
use crate::{Interval, Precision, Statement};

/// Places within places, for want of a gazetteer: what happens in the first happens in the second.
const WITHIN: [(&str, &str); 3] = [
    ("Port-au-Prince", "Haiti"),
    ("Cap-Haitien", "Haiti"),
    ("Del Rio encampment", "Del Rio sector"),
];

/// How many of what, in which days. A stock has one day.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Quantity {
    pub(crate) about: About,
    pub(crate) days: Days,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Days {
    /// From the first to the last, both inclusive.
    Span(Date, Date),
    /// On one day.
    On(Date),
    /// At its highest, which was on this day.
    Peak(Date),
    /// From the first day anybody speaks of until this one.
    Until(Date),
}

/// Why two or more quantities are not free of each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It was said so.
    Said,
    /// The groups of the breakdown sum to it.
    Groups,
    /// So many a day, times the days.
    Rate,
    /// A share of it falls into a later part of its period.
    Share,
    /// Fewer days within more days of the same.
    Within,
    /// Days that follow each other add up.
    Days,
    /// People of one route are among those of all routes.
    Route,
    /// What happens at a place happens where that place is.
    Place,
    /// Never more than at its highest, until that was said.
    Peak,
    /// From one day to the next, more or as many have come, never fewer.
    Running,
    /// Parts are no more than their whole.
    Parts,
}

/// `Σ factor · quantity` is nothing, or at most nothing.
#[derive(Clone, Debug)]
pub(crate) struct Tie {
    pub(crate) rule: Rule,
    pub(crate) terms: Vec<(usize, i64)>,
    pub(crate) is_equal: bool,
}

/// What a statement says of a quantity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub(crate) quantity: usize,
    pub(crate) statement: usize,
    pub(crate) says: Interval,
    pub(crate) rule: Rule,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Net {
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) ties: Vec<Tie>,
    pub(crate) bounds: Vec<Bound>,
    /// Of each statement, the quantity it speaks of; none where it is only planned.
    pub(crate) of_statement: Vec<Option<usize>>,
    /// What nobody stated and follows from two who did: the rest, the longer and the shorter.
    pub(crate) rests: Vec<(usize, usize, usize)>,
    /// The longer and the shorter of these.
    pub(crate) worked_out: HashSet<(usize, usize)>,
    places: HashMap<Quantity, usize>,
}

impl Net {
    pub(crate) fn of(statements: &[Statement], options: Options) -> Self {
        let mut net = Self::default();
        for (place, statement) in statements.iter().enumerate() {
            net.bind(place, statement, options);
        }
        let stated = net.quantities.len();
        net.tie_rests(stated);
        net.tie_running();
        net.tie_pairs(stated);
        net.tie_peaks(statements);
        net.tie_parts(statements);
        net
    }

    fn quantity(&mut self, about: About, days: Days) -> usize {
        let quantity = Quantity { about, days };
        if let Some(known) = self.places.get(&quantity) {
            return *known;
        }
        self.quantities.push(quantity.clone());
        self.places.insert(quantity, self.quantities.len() - 1);
        self.quantities.len() - 1
    }

    fn bind(&mut self, place: usize, statement: &Statement, options: Options) {
        if statement.precision == Precision::Planned {
            self.of_statement.push(None);
            return;
        }
        let says = statement.says(options.about_percent);
        let (about, kind) = About::of(statement);
        let days = match (kind, statement.period_start) {
            (Kind::Peak, _) => Days::Peak(statement.as_of),
            (_, Some(from)) => Days::Span(from, statement.as_of),
            (_, None) => Days::On(statement.as_of),
        };
        let quantity = self.quantity(about.clone(), days);
        self.of_statement.push(Some(quantity));
        let mut bound = |quantity, says, rule| {
            self.bounds.push(Bound {
                quantity,
                statement: place,
                says,
                rule,
            });
        };
        let (times, rule) = match (kind, days) {
            (Kind::Rate, Days::Span(from, to)) => (days_in(from, to), Rule::Rate),
            _ => (1, Rule::Said),
        };
        bound(quantity, says.times(times), rule);
        if let Some(groups) = statement.groups() {
            let sum = groups
                .iter()
                .map(|(_, number)| *number)
                .fold(0, i64::saturating_add);
            bound(quantity, Interval::exactly(sum).times(times), Rule::Groups);
        }
        if let Some((since, share)) = share::since(statement, says.times(times)) {
            let later = self.quantity(about, Days::Span(since, statement.as_of));
            self.bounds.push(Bound {
                quantity: later,
                statement: place,
                says: share,
                rule: Rule::Share,
            });
        }
    }

    /// Where one period begins or ends another of the same, and no third lies between, the rest is a
    /// quantity too.
    fn tie_rests(&mut self, stated: usize) {
        for (about, mut spans) in spans(&self.quantities[..stated]) {
            spans.sort_unstable();
            let begin_alike = spans.windows(2).filter(|pair| pair[0].0 == pair[1].0);
            let mut pairs: Vec<_> = begin_alike.map(|pair| (pair[1], pair[0])).collect();
            spans.sort_unstable_by_key(|(from, to, _)| (*to, std::cmp::Reverse(*from)));
            let end_alike = spans.windows(2).filter(|pair| pair[0].1 == pair[1].1);
            pairs.extend(end_alike.map(|pair| (pair[1], pair[0])));
            for (longer, shorter) in pairs {
                let days = (
                    Days::Span(longer.0, longer.1),
                    Days::Span(shorter.0, shorter.1),
                );
                let Some(rest) = rest(days.0, days.1) else {
                    continue;
                };
                let rest = self.quantity(about.clone(), rest);
                self.ties.push(Tie {
                    rule: Rule::Days,
                    terms: vec![(longer.2, 1), (shorter.2, -1), (rest, -1)],
                    is_equal: true,
                });
                self.rests.push((rest, longer.2, shorter.2));
                self.worked_out.insert((longer.2, shorter.2));
            }
        }
    }

    /// Periods of the same add up however many there are and wherever they lie: each is the difference
    /// of two running totals, and those never fall.
    fn tie_running(&mut self) {
        for (about, spans) in spans(&self.quantities) {
            let spans: Vec<_> = spans
                .into_iter()
                .filter_map(|(from, to, span)| Some((from.yesterday().ok()?, to, span)))
                .collect();
            if spans.len() < 2 {
                continue;
            }
            let ends: BTreeSet<Date> = spans.iter().flat_map(|span| [span.0, span.1]).collect();
            let mut totals: BTreeMap<Date, usize> = BTreeMap::new();
            for day in ends.iter().skip(1) {
                totals.insert(*day, self.quantity(about.clone(), Days::Until(*day)));
            }
            // Before the first day there was nobody: that total is nothing and stands in no tie.
            for (before, to, span) in spans {
                let total = |day: Date, factor| totals.get(&day).map(|total| (*total, factor));
                let terms = [Some((span, 1)), total(to, -1), total(before, 1)];
                self.ties.push(Tie {
                    rule: Rule::Running,
                    terms: terms.into_iter().flatten().collect(),
                    is_equal: true,
                });
            }
            let in_order: Vec<_> = totals.values().copied().collect();
            for pair in in_order.windows(2) {
                self.ties.push(Tie {
                    rule: Rule::Running,
                    terms: vec![(pair[0], 1), (pair[1], -1)],
                    is_equal: false,
                });
            }
        }
    }

    /// Until somebody said that it had been the highest, there were never more.
    fn tie_peaks(&mut self, statements: &[Statement]) {
        let mut ties = Vec::new();
        for (peak, quantity) in self.quantities.iter().enumerate() {
            let Days::Peak(_) = quantity.days else {
                continue;
            };
            let said = statements.iter().enumerate();
            let said = said.filter(|(place, _)| self.of_statement[*place] == Some(peak));
            let Some(until) = said.map(|(_, statement)| statement.published_on).max() else {
                continue;
            };
            for (place, other) in self.quantities.iter().enumerate() {
                let is_before = matches!(other.days, Days::On(day) if day <= until);
                if is_before && other.about == quantity.about {
                    ties.push(Tie {
                        rule: Rule::Peak,
                        terms: vec![(place, 1), (peak, -1)],
                        is_equal: false,
                    });
                }
            }
        }
        self.ties.extend(ties);
    }

    fn tie_pairs(&mut self, stated: usize) {
        for less in 0..stated {
            for more in 0..stated {
                if less == more {
                    continue;
                }
                if let Some(rule) = among(&self.quantities[less], &self.quantities[more]) {
                    self.ties.push(Tie {
                        rule,
                        terms: vec![(less, 1), (more, -1)],
                        is_equal: false,
                    });
                }
            }
        }
    }

    fn tie_parts(&mut self, statements: &[Statement]) {
        for (place, statement) in statements.iter().enumerate() {
            let Some(whole) = self.of_statement[place] else {
                continue;
            };
            let parts: Vec<_> = self.parts_of(statements, statement).collect();
            if !parts.is_empty() {
                let terms = parts.into_iter().map(|(_, part)| (part, 1));
                self.ties.push(Tie {
                    rule: Rule::Parts,
                    terms: terms.chain([(whole, -1)]).collect(),
                    is_equal: false,
                });
            }
        }
    }

    /// The parts of a statement that are stated, each with its quantity.
    pub(crate) fn parts_of(
        &self,
        statements: &[Statement],
        whole: &Statement,
    ) -> impl Iterator<Item = (usize, usize)> {
        whole.part_ids().into_iter().filter_map(|id| {
            let place = statements.iter().position(|part| part.figure_id == id)?;
            Some((place, self.of_statement[place]?))
        })
    }
}

/// The periods of each thing: the first day, the last, the quantity.
fn spans(quantities: &[Quantity]) -> BTreeMap<About, Vec<(Date, Date, usize)>> {
    let mut spans: BTreeMap<About, Vec<_>> = BTreeMap::new();
    for (place, quantity) in quantities.iter().enumerate() {
        if let Days::Span(from, to) = quantity.days {
            let of = spans.entry(quantity.about.clone()).or_default();
            of.push((from, to, place));
        }
    }
    spans
}

/// What an indicator's word stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Count,
    Peak,
    Rate,
}

impl About {
    pub(crate) fn of(statement: &Statement) -> (Self, Kind) {
        let (indicator, kind) = match statement.indicator.as_str() {
            "present_peak" => ("present", Kind::Peak),
            "arrivals_per_day" => ("returned", Kind::Rate),
            other => (other, Kind::Count),
        };
        let about = Self {
            indicator: indicator.to_owned(),
            place: statement.place.clone(),
            route: statement.route.clone(),
        };
        (about, kind)
    }
}

pub(crate) fn days_in(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days()) + 1
}

/// What is left of a period when another, which begins or ends with it, is taken off.
fn rest(longer: Days, shorter: Days) -> Option<Days> {
    let (Days::Span(from, to), Days::Span(begins, ends)) = (longer, shorter) else {
        return None;
    };
    if begins == from && ends < to {
        return Some(Days::Span(ends.tomorrow().ok()?, to));
    }
    if ends == to && from < begins {
        return Some(Days::Span(from, begins.yesterday().ok()?));
    }
    None
}

/// Why one quantity can be no more than another.
fn among(less: &Quantity, more: &Quantity) -> Option<Rule> {
    let days = match (less.days, more.days) {
        (Days::Span(from, to), Days::Span(begins, ends)) => {
            if begins > from || to > ends {
                return None;
            }
            (from, to) != (begins, ends)
        }
        (Days::On(one), Days::On(other)) if one == other => false,
        _ => return None,
    };
    let (one, other) = (&less.about, &more.about);
    if one.indicator != other.indicator {
        return None;
    }
    let same_place = one.place == other.place;
    let same_route = one.route == other.route;
    match (same_place, same_route) {
        (true, true) => days.then_some(Rule::Within),
        (true, false) => is_of_all(&one.route, &other.route).then_some(Rule::Route),
        (false, true) => WITHIN
            .contains(&(one.place.as_str(), other.place.as_str()))
            .then_some(Rule::Place),
        (false, false) => None,
    }
}

/// Whether the same is counted, of fewer routes or of a place within.
pub(crate) fn is_among(less: &About, more: &About) -> bool {
    let same_place = less.place == more.place;
    let is_within = WITHIN.contains(&(less.place.as_str(), more.place.as_str()));
    let same_route = less.route == more.route;
    let is_of_all = is_of_all(&less.route, &more.route);
    less.indicator == more.indicator
        && (same_place || is_within)
        && (same_route || is_of_all)
        && less != more
}

/// `USA>HTI` is among `all>HTI`.
fn is_of_all(one: &str, all: &str) -> bool {
    match (one.split_once('>'), all.split_once('>')) {
        (Some((_, to)), Some(("all", everywhere))) => to == everywhere,
        _ => false,
    }
}
