//! How many pairs no key found, estimated as fish in a pond are: by how many of those that were caught once were
//! caught a second time (Lincoln, 1930, after Petersen, 1896).

use crate::compare::Field;
use crate::key::{RULES, Rule};
use crate::link::{FOUND_OTHERWISE, Kept};
use crate::model::Prior;

/// Fewer pairs caught are not enough to tell.
const CAUGHT_LEAST: f64 = 30.0;

/// Of the pairs that are one person, the share that at least one key finds. Keys on papers are one net, keys on
/// names, birth and mother the other: whether somebody has papers with them has little to do with how their
/// name was written.
pub(crate) fn of_keys(kept: &[Kept], prior: Prior) -> Option<f64> {
    let is_paper = |field: &Field| matches!(field, Field::Phone | Field::Document);
    let net = |belongs: &dyn Fn(&Rule) -> bool| {
        let rules = RULES.iter().enumerate().filter(|(_, rule)| belongs(rule));
        rules.fold(0_u16, |all, (number, _)| all | 1 << number)
    };
    let papers = net(&|rule| rule.fields.iter().all(is_paper));
    // A key of both belongs to neither.
    let others = net(&|rule| !rule.fields.iter().any(is_paper));
    let (mut by_papers, mut by_others, mut by_both) = (0.0, 0.0, 0.0);
    for pair in kept.iter().filter(|pair| pair.rules != FOUND_OTHERWISE) {
        let probability = prior.probability(pair.bits());
        let (paper, other) = (pair.rules & papers != 0, pair.rules & others != 0);
        if paper {
            by_papers += probability;
        }
        if other {
            by_others += probability;
        }
        if paper && other {
            by_both += probability;
        }
    }
    if by_both < CAUGHT_LEAST {
        return None;
    }
    Some(1.0 - (1.0 - by_both / by_papers) * (1.0 - by_both / by_others))
}
