//! Narrowing quantities, and finding which statements cannot all be true.

use crate::interval::Interval;
use crate::net::{Net, Rule, Tie};

/// Sweeps over all ties before what still moves is taken to move for ever.
const SWEEPS_MAX: usize = 1_000;
/// Statements of a conflict among which a smaller one is looked for by trying all.
const TRIED_MAX: usize = 60;

/// Which statements are taken to be true, and whether one of them is stretched.
#[derive(Clone, Copy)]
pub(crate) struct Taken<'a> {
    pub(crate) statements: &'a [bool],
    pub(crate) stretched: Option<(usize, i64)>,
}

/// Narrows every quantity as far as it goes; none where nothing fits.
pub(crate) fn narrow(net: &Net, taken: Taken<'_>) -> Option<Vec<Interval>> {
    let mut known = vec![Interval::ANY; net.quantities.len()];
    for bound in net
        .bounds
        .iter()
        .filter(|bound| taken.statements[bound.statement])
    {
        let says = match taken.stretched {
            // The number that was said gives, not the groups that were said beside it.
            Some((statement, by)) if statement == bound.statement && bound.rule != Rule::Groups => {
                bound.says.widened(by)
            }
            _ => bound.says,
        };
        known[bound.quantity] = known[bound.quantity].and(says);
    }
    if known.iter().any(|interval| interval.is_empty()) {
        return None;
    }
    for _ in 0..SWEEPS_MAX {
        let mut moved = false;
        for tie in &net.ties {
            moved |= tighten(tie, &mut known)?;
        }
        if !moved {
            break;
        }
    }
    Some(known)
}

/// Narrows the quantities of a tie. Says whether any moved; none where nothing fits.
fn tighten(tie: &Tie, known: &mut [Interval]) -> Option<bool> {
    let mut moved = narrow_from_above(tie, known, 1)?;
    if tie.is_equal {
        moved |= narrow_from_above(tie, known, -1)?;
    }
    Some(moved)
}

/// From `Σ factor · quantity ≤ 0`: each term is at most what the others leave at their least.
fn narrow_from_above(tie: &Tie, known: &mut [Interval], sign: i64) -> Option<bool> {
    let least = |known: &[Interval], (quantity, factor): (usize, i64)| {
        let factor = factor * sign;
        let interval = known[quantity];
        if factor > 0 {
            Some(interval.low.saturating_mul(factor))
        } else {
            interval.high.map(|high| high.saturating_mul(factor))
        }
    };
    let mut moved = false;
    for (place, term) in tie.terms.iter().enumerate() {
        let mut others = tie
            .terms
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        let sum = others.try_fold(0_i64, |sum, (_, other)| {
            Some(sum.saturating_add(least(known, *other)?))
        });
        let Some(sum) = sum else { continue };
        let (quantity, factor) = (term.0, term.1 * sign);
        let room = sum.saturating_neg();
        let before = known[quantity];
        let narrowed = if factor > 0 {
            Interval {
                low: before.low,
                high: Some(room.div_euclid(factor)),
            }
        } else {
            // -f · q ≤ room: q is at least what is missing.
            let low = -room.div_euclid(-factor);
            Interval { low, high: None }
        };
        let after = before.and(narrowed);
        if after.is_empty() {
            return None;
        }
        moved |= after != before;
        known[quantity] = after;
    }
    Some(moved)
}

/// Sets of statements that cannot all be true, none of which can be made smaller; each statement stands
/// in one set at most. The smallest first.
pub(crate) fn conflicts(net: &Net, statements: usize) -> Vec<Vec<usize>> {
    let mut taken = vec![true; statements];
    let mut found = Vec::new();
    while !fits(net, &taken) {
        let set = smaller(net, minimal(net, &taken), &taken);
        for statement in &set {
            taken[*statement] = false;
        }
        found.push(set);
    }
    found.sort_by_key(Vec::len);
    found
}

fn fits(net: &Net, taken: &[bool]) -> bool {
    let taken = Taken {
        statements: taken,
        stretched: None,
    };
    narrow(net, taken).is_some()
}

/// Takes statements away as long as the others still contradict each other.
fn minimal(net: &Net, taken: &[bool]) -> Vec<usize> {
    let mut left = taken.to_vec();
    for statement in 0..left.len() {
        if left[statement] {
            left[statement] = false;
            if fits(net, &left) {
                left[statement] = true;
            }
        }
    }
    (0..left.len())
        .filter(|statement| left[*statement])
        .collect()
}

/// A smaller set by trying pairs, where the set found has more than two.
fn smaller(net: &Net, set: Vec<usize>, taken: &[bool]) -> Vec<usize> {
    let all: Vec<_> = (0..taken.len())
        .filter(|statement| taken[*statement])
        .collect();
    if set.len() <= 2 || all.len() > TRIED_MAX {
        return set;
    }
    for (place, one) in all.iter().enumerate() {
        for other in &all[place..] {
            let mut pair = vec![false; taken.len()];
            pair[*one] = true;
            pair[*other] = true;
            if !fits(net, &pair) {
                let mut pair = vec![*one, *other];
                pair.dedup();
                return pair;
            }
        }
    }
    set
}

/// The ties without which all of a net could hold: taken away one by one as long as the others still
/// contradict what is said. Empty where nothing contradicts.
pub(crate) fn needed_ties(net: &Net, statements: usize) -> Vec<Tie> {
    let all = vec![true; statements];
    let mut net = net.clone();
    if fits(&net, &all) {
        return Vec::new();
    }
    let mut place = 0;
    while place < net.ties.len() {
        let tie = net.ties.remove(place);
        if fits(&net, &all) {
            net.ties.insert(place, tie);
            place += 1;
        }
    }
    net.ties
}

/// By how much one of the statements of a conflict would have to give at least, for all to be true.
pub(crate) fn apart(net: &Net, set: &[usize], statements: usize) -> Option<i64> {
    let mut taken = vec![false; statements];
    for statement in set {
        taken[*statement] = true;
    }
    let stretched = |statement: usize, by: i64| {
        let taken = Taken {
            statements: &taken,
            stretched: Some((statement, by)),
        };
        narrow(net, taken).is_some()
    };
    let least = |statement: usize| {
        let mut enough = 1_i64;
        while !stretched(statement, enough) {
            enough = enough.checked_mul(2).filter(|by| *by < 1 << 40)?;
        }
        let mut short = enough / 2;
        while enough - short > 1 {
            let middle = short + (enough - short) / 2;
            if stretched(statement, middle) {
                enough = middle;
            } else {
                short = middle;
            }
        }
        Some(enough)
    };
    set.iter().filter_map(|statement| least(*statement)).min()
}
