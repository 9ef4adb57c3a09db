//! Quantities, what was stated of them, and what ties them together.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::reconcile::{About, Options};
use crate::share;
use crate::{Interval, Precision, Statement};

/// Places within places, for want of a gazetteer: what happens in the first happens in the second.
const WITHIN: [(&str, &str); 3] = [
    ("Port-au-Prince", "Haiti"),
    ("Cap-Haitien", "Haiti"),
    ("Del Rio encampment", "Del Rio sector"),
];

/// How many of what, in which days. A stock has one day; the highest a stock ever was has none.
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
    /// At its highest.
    Peak,
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
    /// Never more than at its highest.
    Peak,
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
        net.tie_pairs(stated);
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
            (Kind::Peak, _) => Days::Peak,
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
        match (kind, days) {
            (Kind::Rate, Days::Span(from, to)) => {
                bound(quantity, says.times(days_in(from, to)), Rule::Rate);
            }
            _ => bound(quantity, says, Rule::Said),
        }
        if let Some(groups) = statement.groups() {
            let sum = groups.iter().map(|(_, number)| *number).sum();
            bound(quantity, Interval::exactly(sum), Rule::Groups);
        }
        if let Some((since, share)) = share::since(statement, says) {
            let later = self.quantity(about, Days::Span(since, statement.as_of));
            self.bounds.push(Bound {
                quantity: later,
                statement: place,
                says: share,
                rule: Rule::Share,
            });
        }
    }

    /// Where one period begins or ends another of the same, the rest is a quantity too.
    fn tie_rests(&mut self, stated: usize) {
        for longer in 0..stated {
            for shorter in 0..stated {
                let (one, other) = (&self.quantities[longer], &self.quantities[shorter]);
                if one.about != other.about {
                    continue;
                }
                let Some(rest) = rest(one.days, other.days) else {
                    continue;
                };
                let rest = self.quantity(one.about.clone(), rest);
                self.ties.push(Tie {
                    rule: Rule::Days,
                    terms: vec![(longer, 1), (shorter, -1), (rest, -1)],
                    is_equal: true,
                });
                self.rests.push((rest, longer, shorter));
                self.worked_out.insert((longer, shorter));
            }
        }
    }

    fn tie_pairs(&mut self, stated: usize) {
        for less in 0..self.quantities.len() {
            for more in 0..self.quantities.len() {
                if less == more || less >= stated && more >= stated {
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
        whole.part_ids().filter_map(|id| {
            let place = statements.iter().position(|part| part.figure_id == id)?;
            Some((place, self.of_statement[place]?))
        })
    }
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
        (Days::On(_), Days::Peak) => {
            let here = less.about == more.about;
            return here.then_some(Rule::Peak);
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

/// `USA>HTI` is among `all>HTI`.
fn is_of_all(one: &str, all: &str) -> bool {
    match (one.split_once('>'), all.split_once('>')) {
        (Some((_, to)), Some(("all", everywhere))) => to == everywhere,
        _ => false,
    }
}
