//! Everything a report counts of people, asked of the register in one survey: what happened day by
//! day, how the people of each movement fared, who they are, what they received.

use std::collections::{BTreeMap, HashMap};

use domain::{Day, ItemCode, MovementId};
use register::Register;
use register::figures::{self, Answer, By, Criteria, Question, Step, Tally, Value};

use crate::error::ReportError;
use crate::figure::Measure;
use crate::opened::code_of;
use crate::sitrep::Dimension;
use crate::trace::Span;
use crate::window::Places;

/// The traits by which people are told apart at these steps.
const TRAITS: [Dimension; 4] = [
    Dimension::AgeGroup,
    Dimension::Destination,
    Dimension::Origin,
    Dimension::LastResidence,
];
const OF_TRAITS: [Measure; 2] = [Measure::Registered, Measure::Assisted];

/// The numbers of one day, by measure.
pub(crate) type OfDay = [i64; Measure::ALL.len()];

/// What was counted.
pub(crate) struct Counted {
    /// Each day, in order.
    pub(crate) days: Vec<OfDay>,
    /// How many people of each movement came to each step before the cut-off.
    pub(crate) followed: HashMap<(MovementId, Measure), i64>,
    /// How many people have each code of a dimension, at a step.
    pub(crate) groups: HashMap<(Dimension, Measure), BTreeMap<String, i64>>,
    /// Of each item, how many people received it for the first time, and how much was given.
    pub(crate) items: BTreeMap<ItemCode, (i64, i64)>,
}

/// What a question of the survey is about, so that its answer finds its place.
enum About {
    Days,
    Followed(Vec<Measure>),
    Group(Dimension, &'static [Measure]),
    Items,
}

impl Counted {
    /// Counts the people of a span, whose days are these.
    pub(crate) fn of(
        register: &Register<'_>,
        places: &Places,
        span: &Span,
        days: &[Day],
    ) -> Result<Self, ReportError> {
        let mut about = Vec::new();
        let mut questions = Vec::new();
        let mut ask = |what: About, criteria: Criteria, steps: Vec<Step>, by: By| {
            about.push(what);
            questions.push(Question {
                criteria,
                steps,
                by,
            });
        };
        let steps = |of: &[Measure]| of.iter().map(|measure| measure.step()).collect();
        let everybody = Criteria::of(Step::Met);
        for (site, bounds) in places.bounds(days, span.cut_off) {
            let criteria = match site {
                Some(site) => everybody.clone().with(Value::Site(site)),
                None => everybody.clone(),
            };
            ask(
                About::Days,
                criteria,
                steps(&Measure::ALL),
                By::Spans(bounds),
            );
        }
        // How many were announced has no bound in time, the other measures have the cut-off.
        let (announced, bounded): (Vec<_>, Vec<_>) = Measure::ALL
            .into_iter()
            .filter(|measure| *measure != Measure::Movements)
            .partition(|measure| *measure == Measure::Announced);
        for (measures, to) in [(announced, None), (bounded, Some(span.cut_off))] {
            let criteria = Criteria {
                to,
                ..everybody.clone()
            };
            let by = By::Dimension(figures::Dimension::Movement);
            let of = steps(&measures);
            ask(About::Followed(measures), criteria, of, by);
        }
        for window in places.of_span(span) {
            let criteria = window.criteria(Step::Met);
            let traits = TRAITS.map(|by| (by, &OF_TRAITS[..]));
            let found = (Dimension::Vulnerability, &[Measure::Screened][..]);
            let waited = (Dimension::Waited, &OF_TRAITS[..]);
            for (by, of) in traits.into_iter().chain([found, waited]) {
                if let Some(dimension) = in_register(by) {
                    let what = About::Group(by, of);
                    ask(what, criteria.clone(), steps(of), By::Dimension(dimension));
                }
            }
            let by = By::Dimension(figures::Dimension::Item);
            ask(
                About::Items,
                criteria,
                vec![Step::Assisted, Step::Given],
                by,
            );
        }
        let mut counted = Self {
            days: vec![[0; Measure::ALL.len()]; days.len()],
            followed: HashMap::new(),
            groups: HashMap::new(),
            items: BTreeMap::new(),
        };
        for (about, answer) in about.into_iter().zip(register.survey(&questions)?) {
            counted.take(&about, answer);
        }
        Ok(counted)
    }

    fn take(&mut self, about: &About, answer: Answer) {
        let tally = match answer {
            Answer::Spans(spans) => return self.take_days(&spans),
            Answer::Tally(tally) => tally,
        };
        match about {
            About::Days => {}
            About::Followed(measures) => self.take_followed(measures, tally),
            About::Group(by, of) => {
                for (value, counts) in tally.counts {
                    let code = code_of(&value);
                    for (of, count) in of.iter().zip(counts) {
                        let codes = self.groups.entry((*by, *of)).or_default();
                        *codes.entry(code.clone()).or_default() += signed(count);
                    }
                }
            }
            About::Items => {
                for (value, counts) in tally.counts {
                    if let Value::Item(item) = value {
                        let (people, given) = self.items.entry(item).or_default();
                        let mut counts = counts.into_iter().map(signed);
                        *people += counts.next().unwrap_or_default();
                        *given += counts.next().unwrap_or_default();
                    }
                }
            }
        }
    }

    fn take_days(&mut self, spans: &[Vec<figures::Counted>]) {
        for (sums, counted) in self.days.iter_mut().zip(spans) {
            for ((sum, measure), counted) in sums.iter_mut().zip(Measure::ALL).zip(counted) {
                *sum += signed(match measure {
                    Measure::Movements => counted.rows,
                    _ => counted.people,
                });
            }
        }
    }

    fn take_followed(&mut self, measures: &[Measure], tally: Tally) {
        for (value, counts) in tally.counts {
            if let Value::Movement(movement) = value {
                for (measure, count) in measures.iter().zip(counts) {
                    self.followed.insert((movement, *measure), signed(count));
                }
            }
        }
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn in_register(by: Dimension) -> Option<figures::Dimension> {
    match by {
        Dimension::AgeGroup => Some(figures::Dimension::AgeGroup),
        Dimension::Origin => Some(figures::Dimension::Origin),
        Dimension::Destination => Some(figures::Dimension::Destination),
        Dimension::LastResidence => Some(figures::Dimension::LastResidence),
        Dimension::Vulnerability => Some(figures::Dimension::Vulnerability),
        Dimension::Waited => Some(figures::Dimension::Wait),
        Dimension::DepartedFrom | Dimension::LegalBasis | Dimension::ScreenedBefore => None,
    }
}
