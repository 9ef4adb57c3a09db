//! What can all be true, what cannot, what is left over, what follows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::about::{About, Options};
use crate::conflict::{Taken, apart, conflicts, narrow, needed_ties};
use crate::net::{Bound, Days, Net, Rule, Tie, is_among};
use crate::{Interval, Statement};

/// All that was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reconciliation {
    /// How many statements there are.
    pub statements: usize,
    /// How many hundredths "about" was taken to be.
    pub about_percent: i64,
    /// Statements about the same thing, side by side.
    pub findings: Vec<Finding>,
    /// The smallest sets that cannot all be true.
    pub conflicts: Vec<Conflict>,
    /// The same if "about" meant exactly: what only the roundness of numbers explains.
    pub at_face_value: Vec<Conflict>,
    /// Wholes and what their parts leave over.
    pub gaps: Vec<Gap>,
    /// What follows from two statements and nobody said.
    pub derived: Vec<Derived>,
}

/// How statements about the same thing stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is only one.
    Alone,
    /// They speak of the same days, and can all be true.
    Consistent,
    /// They differ, and speak of different days: all can be true.
    ExplainedByPeriod,
    /// There is only one; others count the same of more, or of less: another route, another place.
    ExplainedByScope,
    /// They cannot all be true.
    Contradictory,
}

/// Statements about one thing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// What they speak of.
    #[serde(flatten)]
    pub about: About,
    /// Which, by id, in the order of their days.
    pub statements: Vec<String>,
    /// How they stand to each other.
    pub verdict: Verdict,
    /// What else of the same is counted, of which this is a part, or which is a part of this.
    pub scopes: Vec<About>,
    /// The arithmetic between them.
    pub steps: Vec<Step>,
}

/// One line of arithmetic.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// Why it must hold.
    pub rule: Rule,
    /// What is no more than, or the sum of, the others.
    pub left: Term,
    /// `<=`, or `=`.
    pub relation: &'static str,
    /// The others, to be summed.
    pub right: Vec<Term>,
}

/// A quantity in a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Term {
    /// The statements that speak of it; none where it only follows.
    pub statements: Vec<String>,
    /// The first day; none of a stock.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// What the statements say of it, before anything was concluded.
    pub says: Interval,
    /// What it can be when all of this set that can be true is.
    pub can_be: Option<Interval>,
}

/// Statements that cannot all be true.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Conflict {
    /// Which, by id; without any one of them the others can be true.
    pub statements: Vec<String>,
    /// By how much one of them would have to give at least.
    pub by_at_least: Option<i64>,
    /// The arithmetic they break, each line of it needed.
    pub steps: Vec<Step>,
}

/// A whole and its parts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Gap {
    /// The whole.
    pub whole: String,
    /// Its parts.
    pub parts: Vec<String>,
    /// What the parts sum to, as the numbers were said.
    pub sum: i64,
    /// What is left of the whole, as the numbers were said; below nothing when parts are more.
    pub unaccounted: i64,
    /// The same, with "about" as it was taken.
    pub can_be: Interval,
}

/// What follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Derived {
    /// Of what.
    #[serde(flatten)]
    pub about: About,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What it can be.
    pub can_be: Interval,
    /// Out of the statements of the longer period,
    pub longer: Vec<String>,
    /// less those of the shorter.
    pub shorter: Vec<String>,
}

/// Holds statements against each other.
pub fn reconcile(statements: &[Statement], options: Options) -> Reconciliation {
    let net = Net::of(statements, options);
    let sets = conflicts(&net, statements.len());
    let mut true_ones = vec![true; statements.len()];
    for statement in sets.iter().flatten() {
        true_ones[*statement] = false;
    }
    let taken = Taken {
        statements: &true_ones,
        stretched: None,
    };
    let known = narrow(&net, taken);
    let view = View {
        statements,
        net: &net,
        known: known.as_deref(),
    };
    let exact = Net::of(statements, Options { about_percent: 0 });
    let face = conflicts(&exact, statements.len());
    let face = face.into_iter().filter(|set| !sets.contains(set));
    Reconciliation {
        statements: statements.len(),
        about_percent: options.about_percent,
        findings: view.findings(&sets),
        at_face_value: face
            .map(|set| view.conflict(&exact, &set, Options { about_percent: 0 }))
            .collect(),
        conflicts: sets
            .iter()
            .map(|set| view.conflict(&net, set, options))
            .collect(),
        gaps: view.gaps(options),
        derived: view.derived(),
    }
}

struct View<'a> {
    statements: &'a [Statement],
    net: &'a Net,
    known: Option<&'a [Interval]>,
}

impl View<'_> {
    fn id(&self, statement: usize) -> String {
        self.statements[statement].figure_id.clone()
    }

    fn ids_of(&self, quantity: usize) -> Vec<String> {
        let places = (0..self.statements.len())
            .filter(|statement| self.net.of_statement[*statement] == Some(quantity));
        places.map(|statement| self.id(statement)).collect()
    }

    fn conflict(&self, net: &Net, set: &[usize], options: Options) -> Conflict {
        Conflict {
            statements: set.iter().map(|statement| self.id(*statement)).collect(),
            by_at_least: apart(net, set, self.statements.len()),
            steps: self.broken(set, options),
        }
    }

    /// The arithmetic that statements break, seen without all others.
    fn broken(&self, set: &[usize], options: Options) -> Vec<Step> {
        let alone: Vec<_> = set
            .iter()
            .map(|statement| self.statements[*statement].clone())
            .collect();
        let net = Net::of(&alone, options);
        let ties = needed_ties(&net, alone.len());
        let view = View {
            statements: &alone,
            net: &net,
            known: None,
        };
        let more_than_said = net.bounds.iter().filter(|bound| bound.rule != Rule::Said);
        let more_than_said = more_than_said.map(|bound| view.bound_step(bound));
        more_than_said
            .chain(ties.iter().map(|tie| view.tie_step(tie)))
            .collect()
    }

    fn findings(&self, conflicts: &[Vec<usize>]) -> Vec<Finding> {
        let mut groups: BTreeMap<About, Vec<usize>> = BTreeMap::new();
        for (place, statement) in self.statements.iter().enumerate() {
            groups
                .entry(About::of(statement).0)
                .or_default()
                .push(place);
        }
        let finding = |(about, mut group): (About, Vec<usize>)| {
            group.sort_by_key(|place| {
                let statement = &self.statements[*place];
                (statement.as_of, statement.period_start)
            });
            let scopes = self.scopes(&about);
            let verdict = match self.verdict(&group, conflicts) {
                Verdict::Alone if !scopes.is_empty() => Verdict::ExplainedByScope,
                verdict => verdict,
            };
            Finding {
                steps: self.steps(&about),
                statements: group.into_iter().map(|place| self.id(place)).collect(),
                about,
                verdict,
                scopes,
            }
        };
        groups.into_iter().map(finding).collect()
    }

    fn verdict(&self, group: &[usize], conflicts: &[Vec<usize>]) -> Verdict {
        let fights = |set: &Vec<usize>| set.iter().any(|statement| group.contains(statement));
        if conflicts.iter().any(fights) {
            return Verdict::Contradictory;
        }
        if group.len() == 1 {
            return Verdict::Alone;
        }
        let mut quantities: Vec<_> = group
            .iter()
            .filter_map(|statement| self.net.of_statement[*statement])
            .collect();
        quantities.sort_unstable();
        quantities.dedup();
        if quantities.len() <= 1 {
            Verdict::Consistent
        } else {
            Verdict::ExplainedByPeriod
        }
    }

    /// What a thing is counted among, or what is counted among it.
    fn scopes(&self, about: &About) -> Vec<About> {
        let all = self.statements.iter().map(|other| About::of(other).0);
        let others: BTreeSet<About> = all.filter(|other| other != about).collect();
        let related = |other: &About| is_among(about, other) || is_among(other, about);
        others.into_iter().filter(related).collect()
    }

    /// The ties in which a thing stands, as lines.
    fn steps(&self, about: &About) -> Vec<Step> {
        let mine = |quantity: usize| self.net.quantities[quantity].about == *about;
        let said = self
            .net
            .bounds
            .iter()
            .filter(|bound| mine(bound.quantity) && bound.rule != Rule::Said);
        let said = said.map(|bound| self.bound_step(bound));
        let is_stated = |quantity: usize| self.net.of_statement.contains(&Some(quantity));
        let ties = self.net.ties.iter().filter(|tie| match tie.rule {
            // A rest is named where it is worked out; that a part of it is less than the whole is no
            // news then.
            Rule::Within if self.is_worked_out(tie) => false,
            Rule::Running => false,
            Rule::Days => mine(tie.terms[0].0),
            Rule::Parts => tie.terms.last().is_some_and(|(whole, _)| mine(*whole)),
            _ => {
                let mut quantities = tie.terms.iter().map(|(quantity, _)| *quantity);
                quantities.clone().any(mine) && quantities.all(is_stated)
            }
        });
        said.chain(ties.map(|tie| self.tie_step(tie))).collect()
    }

    fn bound_step(&self, bound: &Bound) -> Step {
        Step {
            rule: bound.rule,
            left: self.term(bound.quantity),
            relation: "=",
            right: vec![Term {
                statements: vec![self.id(bound.statement)],
                says: bound.says,
                ..self.term(bound.quantity)
            }],
        }
    }

    fn tie_step(&self, tie: &Tie) -> Step {
        // The one that is written alone: the only positive, or the only negative term.
        let alone = |positive: bool| {
            let mut side = tie
                .terms
                .iter()
                .filter(|(_, factor)| (*factor > 0) == positive);
            side.next().filter(|_| side.next().is_none())
        };
        let (left, is_less) = match (alone(true), alone(false)) {
            (Some(left), _) => (left.0, true),
            (None, Some(left)) => (left.0, false),
            (None, None) => (tie.terms[0].0, true),
        };
        let right = tie.terms.iter().filter(|(quantity, _)| *quantity != left);
        Step {
            rule: tie.rule,
            left: self.term(left),
            relation: match (tie.is_equal, is_less) {
                (true, _) => "=",
                (false, true) => "<=",
                (false, false) => ">=",
            },
            right: right.map(|(quantity, _)| self.term(*quantity)).collect(),
        }
    }

    fn is_worked_out(&self, within: &Tie) -> bool {
        let (shorter, longer) = (within.terms[0].0, within.terms[1].0);
        self.net.worked_out.contains(&(longer, shorter))
    }

    fn term(&self, quantity: usize) -> Term {
        let (from, to) = match self.net.quantities[quantity].days {
            Days::Span(from, to) => (Some(from), Some(to)),
            Days::On(day) | Days::Peak(day) | Days::Until(day) => (None, Some(day)),
        };
        let bounds = self
            .net
            .bounds
            .iter()
            .filter(|bound| bound.quantity == quantity);
        Term {
            statements: self.ids_of(quantity),
            from,
            to,
            says: bounds.fold(Interval::ANY, |says, bound| says.and(bound.says)),
            can_be: self.known.map(|known| known[quantity]),
        }
    }

    fn gaps(&self, options: Options) -> Vec<Gap> {
        let gap = |whole: &Statement| {
            let parts: Vec<_> = self.net.parts_of(self.statements, whole).collect();
            if parts.is_empty() {
                return None;
            }
            let sum = parts
                .iter()
                .map(|(part, _)| self.statements[*part].value_low)
                .sum();
            let says = |part: &(usize, usize)| self.statements[part.0].says(options.about_percent);
            let together = parts
                .iter()
                .map(says)
                .fold(Interval::exactly(0), Interval::plus);
            Some(Gap {
                whole: whole.figure_id.clone(),
                parts: parts.iter().map(|(part, _)| self.id(*part)).collect(),
                sum,
                unaccounted: whole.value_low - sum,
                can_be: whole.says(options.about_percent).minus(together),
            })
        };
        self.statements.iter().filter_map(gap).collect()
    }

    fn derived(&self) -> Vec<Derived> {
        let derived = |(rest, longer, shorter): &(usize, usize, usize)| {
            let quantity = &self.net.quantities[*rest];
            let Days::Span(from, to) = quantity.days else {
                return None;
            };
            // What somebody stated is no news.
            let is_new = self.ids_of(*rest).is_empty();
            is_new.then(|| Derived {
                about: quantity.about.clone(),
                from,
                to,
                can_be: self.known.map_or(Interval::ANY, |known| known[*rest]),
                longer: self.ids_of(*longer),
                shorter: self.ids_of(*shorter),
            })
        };
        self.net.rests.iter().filter_map(derived).collect()
    }
}
