//! The records of a file or a register as what a model is learnt from: pairs drawn at random, chances counted, and
//! the pairs of each key that teaches.

use rayon::prelude::*;

use crate::birth::Nearness;
use crate::block::Blocks;
use crate::compare::{Field, name};
use crate::frequency::{Part, believing, pairs};
use crate::key::{RULES, Teaches};
use crate::learn::{Lesson, Patterns, any_two, lesson, together};
use crate::lexicon::mixed;
use crate::link::{Linkage, Stage};
use crate::model::{INHERITED, Model, Prior, Shares};

/// Pairs drawn at random, out of which it is learnt how often any two agree.
const RANDOM_PAIRS: u64 = 2_000_000;
/// So many pairs of a key are enough to learn from.
const TAUGHT_MAX: u64 = 2_000_000;
/// Who share a key with more others share it by chance, and not because they are one person or one family.
const TEACHING_BLOCK_MAX: usize = 8;

/// The level of dates of birth that are the same.
const SAME_DAY: usize = Nearness::Day as usize;

impl Linkage {
    /// Learns a model from these records, beginning from another.
    pub fn learn(&self, begin: &Model, told: &(dyn Fn(Stage) + Sync)) -> Model {
        let mut model = begin.clone();
        if self.len() < 2 {
            return model;
        }
        model.any = any_two(&self.random_patterns(), &begin.any);
        self.correct_by_counts(&mut model);
        let teaching: Vec<_> = RULES
            .iter()
            .filter(|rule| rule.teaches != Teaches::Nothing)
            .collect();
        let mut lessons: Vec<(Teaches, Lesson)> = Vec::new();
        for (number, rule) in teaching.iter().enumerate() {
            told(Stage::Learning(number, teaching.len()));
            let blocks = Blocks::of(rule, &self.records, |_| true);
            let (seen, stands_for) = blocks.sum_up(
                TEACHING_BLOCK_MAX,
                TAUGHT_MAX,
                Patterns::default,
                |seen, one, other| *seen.entry(self.pattern(one, other)).or_default() += 1,
                added,
            );
            if !seen.is_empty() {
                let mut lesson = lesson(&model, seen, rule.fields);
                lesson.same_pairs *= stands_for;
                lesson.kin_pairs *= stands_for;
                lessons.push((rule.teaches, lesson));
            }
        }
        let of = |teaches: Teaches| {
            let lessons = lessons.iter().filter(move |(what, _)| *what == teaches);
            lessons.map(|(_, lesson)| lesson)
        };
        let found = of(Teaches::Same).map(|lesson| lesson.same_pairs);
        model.same_per_record = self.per_record(found.fold(0.0, f64::max), begin.same_per_record);
        model.same = together(&of(Teaches::Same), &begin.same, |one| {
            (&one.same, one.same_pairs)
        });
        model.kin = together(
            &lessons.iter().map(|(_, lesson)| lesson),
            &begin.kin,
            |one| (&one.kin, one.kin_pairs),
        );
        for field in INHERITED {
            model.kin[field as usize] = model.same[field as usize];
        }
        for family in of(Teaches::Kin) {
            let alike = usize::from(name::ALIKE);
            let by_key: f64 = family
                .fields
                .iter()
                .map(|field| model.kin[*field as usize][alike])
                .product();
            model.kin_per_record =
                self.per_record(family.kin_pairs / by_key.max(0.1), begin.kin_per_record);
        }
        model.any = without_the_same(&model, model.prior(self.len()));
        // Two of one year are born on one day by chance at least as often as there are days.
        let day = &mut model.any[Field::BirthDate as usize][SAME_DAY];
        *day = day.max(model.year_by_chance / 366.0);
        model
    }

    /// Chances too small to be seen in pairs drawn at random are counted.
    fn correct_by_counts(&self, model: &mut Model) {
        let believed = model.clone();
        let exchanged = usize::from(name::EXCHANGED);
        let counted = |part: Part, usual: f64| self.frequencies.chance(part, usual);
        model.names_by_chance = counted(Part::Names, believed.names_by_chance);
        model.year_by_chance = counted(Part::Year, believed.year_by_chance);
        let alike = usize::from(name::ALIKE);
        for (field, level, part) in [
            (Field::GivenNames, alike, Part::Given),
            (Field::FamilyName, alike, Part::Family),
            (Field::MotherName, alike, Part::Mother),
            (Field::Birthplace, 1, Part::Place),
        ] {
            let any = &mut model.any[field as usize][level];
            *any = counted(part, *any);
        }
        // Exchanged: the same names together, and not each the same.
        let both = self
            .records
            .all()
            .iter()
            .map(|one| match (one.given_whole, one.family_whole) {
                (0, _) | (_, 0) => 0,
                both => mixed([both.0, both.1]),
            });
        let usual = believed.any[Field::GivenNames as usize][exchanged];
        let as_written = chance_of_same(both, (believed.names_by_chance - usual).max(0.0));
        model.any[Field::GivenNames as usize][exchanged] =
            (model.names_by_chance - as_written).max(model.names_by_chance / 1_000.0);
        let phone = &mut model.any[Field::Phone as usize][1];
        *phone = chance_of_same(self.records.all().iter().map(|one| one.phone), *phone);
        let documents = self.records.all().iter().map(|one| one.document.hash());
        let document = &mut model.any[Field::Document as usize][2];
        *document = chance_of_same(documents, *document);
    }

    /// Any two records, drawn the same way every time.
    fn random_patterns(&self) -> Patterns {
        let many = self.len() as u64;
        let draws = RANDOM_PAIRS.min(many.saturating_mul(many));
        let draw = |number: u64, side: u32| {
            let number = u32::try_from(number).expect("few pairs are drawn");
            let place = (u64::from(mixed([side, number])) * many) >> 32;
            u32::try_from(place).expect("a place of a record")
        };
        let seen = (0..draws)
            .into_par_iter()
            .fold(Patterns::default, |mut seen, number| {
                let (one, other) = (draw(number, 1), draw(number, 2));
                if one != other {
                    let pattern = self.pattern(one.min(other), one.max(other));
                    *seen.entry(pattern).or_default() += 1;
                }
                seen
            });
        seen.reduce(Patterns::default, added)
    }
}

/// Any two records drawn are one person now and then, or one family; what is left is how strangers agree.
fn without_the_same(model: &Model, prior: Prior) -> Shares {
    let mut strangers = model.any;
    for field in Field::ALL {
        for (level, share) in strangers[field as usize].iter_mut().enumerate() {
            let of = |shares: &Shares| shares[field as usize][level];
            let others = prior
                .same
                .mul_add(of(&model.same), prior.kin * of(&model.kin));
            // What is drawn varies: a remainder of nothing is not believed.
            let left = (*share - others).max(*share / 50.0);
            *share = (left / (prior.any())).min(1.0);
        }
    }
    strangers
}

fn added(mut one: Patterns, other: Patterns) -> Patterns {
    for (pattern, times) in other {
        *one.entry(pattern).or_default() += times;
    }
    one
}

/// How likely two of whom a thing is known, that is not 0, have the same.
fn chance_of_same(values: impl Iterator<Item = u32>, usual: f64) -> f64 {
    let mut known: Vec<u32> = values.filter(|value| *value != 0).collect();
    known.par_sort_unstable();
    let many = |length: usize| u32::try_from(length).expect("fewer records than 2^32");
    let same: f64 = known
        .chunk_by(u32::eq)
        .map(|same| pairs(many(same.len())))
        .sum();
    believing(same, pairs(many(known.len())), usual)
}
