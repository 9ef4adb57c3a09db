//! People linked, of a file or of a register: what was found, in numbers and as tables. Nothing here reads what was
//! typed, and nothing prints.

mod people;
mod splink;
mod tables;

use std::io::{self, Write};

use linkage::{Calibration, Clusters, Linked, Model, Quality, Stage, calibration, quality, review};
use node::Node;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use crate::work::Answer;

pub use people::People;
pub use splink::write as write_for_splink;

/// From here on a pair is said to be one person.
const THRESHOLD: f64 = 0.5;
/// What is looked at, also below what is written: to measure, to put together, to review.
const LEAST: f64 = 0.01;

/// What came of linking, in numbers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Summary {
    pub records: usize,
    /// Pairs at least as probable as asked for.
    pub pairs: usize,
    pub compared: u64,
    pub people: usize,
    /// Keys whose blocks were too large, and of how many records.
    pub crowded: Vec<(String, u64)>,
    pub recall_of_keys: Option<f64>,
    #[serde(flatten)]
    pub measured: Option<Measured>,
}

/// Where it is known who is who.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    pub real_pairs: u64,
    pub at_threshold: Said,
    pub best: Said,
    /// Pairs within the people that records were put together to.
    pub as_people: Said,
    pub calibration: Vec<Step>,
}

/// The quality at a threshold.
#[derive(Debug, Serialize, Deserialize)]
pub struct Said {
    pub threshold: f64,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// A step of the calibration curve.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    pub said: f64,
    pub is: f64,
    pub pairs: u64,
}

/// People, and what was found of them.
pub struct Found {
    pub people: People,
    pub linked: Linked,
    clusters: Clusters,
    least: f64,
}

impl Found {
    /// Links people: by a model, or by one that is learnt from them. `told` hears how far it has come, of how far.
    pub fn of(
        people: People,
        model: Option<Model>,
        least: f64,
        told: impl Fn(u64, u64) + Sync,
    ) -> Self {
        let stage = |stage: Stage| {
            // Learning is about a quarter of the way.
            let (done, of) = match stage {
                Stage::Learning(done, of) => (done, 4 * of),
                Stage::Comparing(done, of) => (of + 3 * done, 4 * of),
            };
            told(done as u64, of as u64);
        };
        let linkage = &people.linkage;
        let model = model.unwrap_or_else(|| linkage.learn(&Model::default(), &stage));
        let linked = linkage.link(&model, least.min(LEAST), &stage);
        let clusters = Clusters::of(linkage, &linked);
        Self {
            people,
            linked,
            clusters,
            least,
        }
    }

    /// In numbers.
    pub fn summary(&self) -> Summary {
        let crowded = self.linked.crowded.iter().filter(|(_, many)| *many > 0);
        Summary {
            records: self.people.linkage.len(),
            pairs: self.pairs().count(),
            compared: self.linked.compared,
            people: self.clusters.sizes().len(),
            crowded: crowded
                .map(|(name, many)| ((*name).to_owned(), *many))
                .collect(),
            recall_of_keys: self.linked.recall_of_keys,
            measured: (!self.people.truth.is_empty()).then(|| self.measured()),
        }
    }

    fn pairs(&self) -> impl Iterator<Item = &linkage::Pair> {
        let pairs = self.linked.pairs.iter();
        let likely = pairs.take_while(|pair| pair.probability >= self.least);
        likely.filter(|pair| self.is_open(pair))
    }

    /// Whether nobody decided yet.
    fn is_open(&self, pair: &linkage::Pair) -> bool {
        let pair = (pair.one as usize, pair.other as usize);
        !self.people.decided.contains(&pair)
    }

    fn measured(&self) -> Measured {
        let said = |quality: &Quality| Said {
            threshold: quality.threshold,
            precision: quality.precision(),
            recall: quality.recall(),
            f1: quality.f1(),
        };
        let truth = &self.people.truth;
        let (at, best) = quality(&self.linked.pairs, truth, THRESHOLD);
        let together = self.clusters.quality(truth);
        let step = |step: Calibration| Step {
            said: step.said,
            is: step.is,
            pairs: step.pairs,
        };
        let curve = calibration(&self.linked.pairs, truth);
        Measured {
            real_pairs: at.real,
            at_threshold: said(&at),
            best: said(&best),
            as_people: said(&together),
            calibration: curve.into_iter().map(step).collect(),
        }
    }

    /// The table of pairs.
    pub fn write_pairs(&self, to: &mut impl Write) -> io::Result<()> {
        tables::pairs(to, &self.people.ids, self.pairs())
    }

    /// The table of who is who.
    pub fn write_people(&self, to: &mut impl Write) -> io::Result<()> {
        tables::people(to, &self.people.ids, &self.clusters)
    }

    /// The table of what to look at first.
    pub fn write_review(&self, to: &mut impl Write) -> io::Result<()> {
        let mut queue = review(&self.linked, &self.clusters);
        queue.retain(|review| self.is_open(&review.pair));
        let explain = |pair: &_| self.people.linkage.explain(&self.linked.model, pair);
        tables::review(to, &self.people.ids, &queue, explain)
    }
}

/// What is asked of a register.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct RegisterAsked {
    /// Pairs less probable than so many millionths are left out.
    pub least_millionths: u32,
    /// The model to use, as JSON; none to learn one.
    pub model: Option<String>,
    /// Weigh by the model at the desk from now on.
    pub at_the_desk: bool,
    /// Give the table of who is who.
    pub people: bool,
    /// Give the table of what to look at first.
    pub review: bool,
}

/// A model that was learnt from a register, for its desk. How many stand in the register twice says nothing of how
/// many of those who come were here before: the desk goes on to believe what it did.
fn for_the_desk(node: &Node, learnt: &Model) -> Result<Model, Failure> {
    let before = node.linkage_model()?;
    Ok(Model {
        same_per_record: before.same_per_record,
        ..learnt.clone()
    })
}

/// Links everybody whose data a node may read.
pub fn register(
    node: &Node,
    asked: &RegisterAsked,
    told: impl Fn(u64, u64) + Sync,
) -> Result<Answer, Failure> {
    let model = asked.model.as_deref().map(Model::from_json).transpose();
    let model = model.map_err(|bad| Failure::Wrong(bad.to_string()))?;
    let least = f64::from(asked.least_millionths) / 1e6;
    let given = model.clone();
    let found = Found::of(People::of_register(node)?, model, least, told);
    if asked.at_the_desk {
        let model = given.map_or_else(|| for_the_desk(node, &found.linked.model), Ok)?;
        node.set_linkage_model(&model)?;
    }
    let table = |write: &dyn Fn(&mut Vec<u8>) -> io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|error| Failure::Wrong(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| Failure::Wrong(error.to_string()))
    };
    Ok(Answer::RegisterLinked {
        summary: serde_json::to_value(found.summary()).unwrap_or(Value::Null),
        pairs: table(&|to| found.write_pairs(to))?,
        people: (asked.people.then(|| table(&|to| found.write_people(to)))).transpose()?,
        review: (asked.review.then(|| table(&|to| found.write_review(to)))).transpose()?,
        model: found.linked.model.to_json(),
    })
}
