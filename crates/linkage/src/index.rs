//! One against all, at the desk: everybody the node may know, held in memory, and found in less than the time
//! between two keys. It proposes; a person decides.

use std::collections::HashSet;

use crate::compare::Compare;
use crate::explain::Explanation;
use crate::frequency::Frequencies;
use crate::key::at_the_desk;
use crate::model::{Model, Prior, Weights};
use crate::party::within_family;
use crate::posting::Postings;
use crate::record::{Fields, Records};

/// Of those who share a key, the last so many are compared: who shares no rarer key than a name that thousands
/// bear could not be told from the others anyway.
const COMPARED_MAX: usize = 2_500;

/// Everybody known, ready to be asked for.
#[derive(Debug)]
pub struct Index {
    model: Model,
    weights: Weights,
    records: Records,
    frequencies: Frequencies,
    postings: Postings,
    removed: HashSet<u32>,
}

/// Somebody who may be the one.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// Which of those who were added.
    pub place: u32,
    /// How probable it is.
    pub probability: f64,
    /// Why.
    pub explanation: Explanation,
}

/// Families that came along.
#[derive(Clone, Copy, Debug)]
pub struct Families<'a> {
    /// Parties of which somebody was found already.
    pub parties: &'a [&'a str],
    /// How many came who could be the others of them.
    pub among: u32,
}

impl Families<'_> {
    /// Nothing is known of who came together.
    pub const NONE: Self = Self {
        parties: &[],
        among: 1,
    };
}

/// How large an index is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// People.
    pub people: usize,
    /// Bytes, nearly.
    pub bytes: usize,
}

impl Index {
    /// An index with nobody in it, and with room for so many.
    pub fn new(model: Model, people: usize) -> Self {
        let mut records = Records::default();
        records.reserve(people);
        Self {
            weights: Weights::of(&model),
            model,
            records,
            frequencies: Frequencies::default(),
            postings: Postings::for_people(people),
            removed: HashSet::new(),
        }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Another model for the same people.
    pub fn set_model(&mut self, model: Model) {
        self.weights = Weights::of(&model);
        self.model = model;
    }

    /// Adds somebody, and gives the place by which they are told.
    pub fn add(&mut self, fields: &Fields<'_>) -> u32 {
        let place = self.records.push(fields);
        let view = self.records.view(place);
        self.frequencies.add(&view, &self.records.lexicon);
        let postings = &mut self.postings;
        at_the_desk(&view, &self.records.lexicon, &mut |key| {
            postings.add(key, place);
        });
        place
    }

    /// Takes somebody out: they are found no more, and their place stays empty. Words of their names may stay until
    /// the index is made anew: after an erasure it has to be.
    pub fn remove(&mut self, place: u32) {
        if !self.removed.insert(place) {
            return;
        }
        let view = self.records.view(place);
        self.frequencies.remove(&view, &self.records.lexicon);
        let postings = &mut self.postings;
        at_the_desk(&view, &self.records.lexicon, &mut |key| {
            postings.remove(key, place);
        });
        self.records.clear(place);
    }

    fn people(&self) -> usize {
        self.records.len() - self.removed.len()
    }

    /// How many there are, and the memory they take.
    pub fn size(&self) -> Size {
        Size {
            people: self.people(),
            bytes: self.records.bytes() + self.frequencies.bytes() + self.postings.bytes(),
        }
    }

    /// Who it may be, the most probable first, at most so many and none less probable than said. The others of
    /// families that came along are looked at too, and are likelier.
    pub fn candidates(
        &mut self,
        fields: &Fields<'_>,
        families: Families<'_>,
        most: usize,
        least: f64,
    ) -> Vec<Candidate> {
        let prior = self.model.prior(self.people().max(BEGUN) + 1);
        let among = families.among;
        let families: Vec<u32> = families
            .parties
            .iter()
            .map(|family| Records::party(family))
            .collect();
        let Self {
            weights,
            records,
            frequencies,
            postings,
            ..
        } = self;
        records.with(fields, |records, own| {
            let asked = Asked {
                weights,
                records,
                frequencies,
                prior,
                families: &families,
                among,
            };
            let mut found = asked.among(&asked.to_compare(postings, own), own, least);
            found.truncate(most);
            let explained = found.into_iter().map(|(place, probability)| Candidate {
                place,
                probability,
                explanation: asked.explain(own, place, probability),
            });
            explained.collect()
        })
    }
}

/// A question while it is answered.
struct Asked<'a> {
    weights: &'a Weights,
    records: &'a Records,
    frequencies: &'a Frequencies,
    prior: Prior,
    families: &'a [u32],
    among: u32,
}

impl Asked<'_> {
    fn to_compare(&self, postings: &Postings, own: u32) -> Vec<u32> {
        let view = self.records.view(own);
        let mut found = Vec::new();
        let mut look = |key| found.extend(postings.of(key).take(COMPARED_MAX));
        at_the_desk(&view, &self.records.lexicon, &mut look);
        for family in self.families {
            crate::key::of_party(*family, &mut look);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn among(&self, places: &[u32], own: u32, least: f64) -> Vec<(u32, f64)> {
        let weighed = places
            .iter()
            .map(|place| (*place, self.probability(own, *place)));
        let mut found: Vec<(u32, f64)> = weighed
            .filter(|(_, probability)| *probability >= least)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    fn probability(&self, own: u32, place: u32) -> f64 {
        let (one, other) = (self.records.view(own), self.records.view(place));
        let bits = self
            .weights
            .bits(self.compare().pattern(&one, &other), |part| {
                let both = [one.record, other.record];
                self.weights.rarity_of_both(part, both, self.frequencies)
            });
        if self.families.contains(&other.record.party) {
            within_family(bits, self.among.max(FAMILY_LEAST))
        } else {
            self.prior.probability(bits)
        }
    }

    fn explain(&self, own: u32, place: u32, probability: f64) -> Explanation {
        let (one, other) = (self.records.view(own), self.records.view(place));
        let pattern = self.compare().pattern(&one, &other);
        let explanation = Explanation::of(
            pattern,
            [one.record, other.record],
            self.frequencies,
            self.weights,
            self.prior,
        );
        if self.families.contains(&other.record.party) {
            explanation.come_to(probability)
        } else {
            explanation
        }
    }

    const fn compare(&self) -> Compare<'_> {
        Compare {
            lexicon: &self.records.lexicon,
            frequencies: self.frequencies,
        }
    }
}

/// A register that has only begun holds few who come again: it is asked as if it held so many.
const BEGUN: usize = 1_000;
/// So many at least could be any one member of a family.
const FAMILY_LEAST: u32 = 4;
