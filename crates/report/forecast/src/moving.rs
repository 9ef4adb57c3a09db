//! What to move where, so that as little as can be stays short, over as little way as can be.
//!
//! The transportation problem, as a linear program. Its matrix is totally unimodular, so that its
//! corners are whole numbers; what the solver finds is rounded and checked in whole numbers, and
//! nothing is suggested that does not pass: no site gives more than it has to spare.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde::Serialize;

/// Most sites at once.
pub const SITES_MAX: usize = 60;
/// Largest amount and largest cost of a lane: beyond, the solver's floating point is no longer exact.
pub const NUMBER_MAX: u32 = 10_000_000;

/// What a site has to spare, or lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Site {
    /// It can give this much and is not short for it.
    pub spare: u32,
    /// It lacks this much.
    pub short: u32,
}

/// So much from one site to another, by their places in the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Move {
    /// Who gives.
    pub from: usize,
    /// Who receives.
    pub to: usize,
    /// How much.
    pub amount: u32,
}

/// Nothing can be suggested.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MovingError {
    /// Too much was asked.
    #[error("{0} sites are more than can be weighed at once, which is {SITES_MAX}: ask for fewer")]
    TooManySites(usize),
    /// The costs are not one for each pair of sites.
    #[error("the costs of lanes are not one row and one cell for each of {0} sites: complete them")]
    Costs(usize),
    /// A number is beyond bounds.
    #[error("an amount or the cost of a lane is beyond {NUMBER_MAX}: use a larger unit")]
    TooLarge,
    /// The solver failed, or what it found did not pass.
    #[error("no suggestion could be found: {0}; move by judgement")]
    Solver(String),
}

/// What to move. `costs[from][to]` is what one unit costs on that lane, in kilometres, minutes or
/// money; none where it may not be used, because a road is closed or a border lies between.
pub fn suggest(sites: &[Site], costs: &[Vec<Option<u32>>]) -> Result<Vec<Move>, MovingError> {
    if sites.len() > SITES_MAX {
        return Err(MovingError::TooManySites(sites.len()));
    }
    if costs.len() != sites.len() || costs.iter().any(|row| row.len() != sites.len()) {
        return Err(MovingError::Costs(sites.len()));
    }
    let dearest = costs.iter().flatten().flatten().copied().max().unwrap_or(0);
    let amounts = sites.iter().flat_map(|site| [site.spare, site.short]);
    if amounts.chain([dearest]).any(|number| number > NUMBER_MAX) {
        return Err(MovingError::TooLarge);
    }
    let lanes: Vec<(usize, usize, u32)> = (0..sites.len())
        .flat_map(|from| (0..sites.len()).map(move |to| (from, to)))
        .filter(|(from, to)| from != to && sites[*from].spare > 0 && sites[*to].short > 0)
        .filter_map(|(from, to)| Some((from, to, costs[from][to]?)))
        .collect();
    if lanes.is_empty() {
        return Ok(Vec::new());
    }
    let amounts = solve(sites, &lanes, dearest)?;
    let moves = lanes.iter().zip(amounts).filter(|(_, amount)| *amount > 0);
    let moves: Vec<_> = moves
        .map(|((from, to, _), amount)| Move {
            from: *from,
            to: *to,
            amount,
        })
        .collect();
    check(sites, &moves)?;
    Ok(moves)
}

fn solve(
    sites: &[Site],
    lanes: &[(usize, usize, u32)],
    dearest: u32,
) -> Result<Vec<u32>, MovingError> {
    // One more unit may send others round by every site, each way on the dearest lane: what stays
    // short has to cost more than that.
    let sites_number = u32::try_from(sites.len()).unwrap_or(u32::MAX);
    let unmet = f64::from(dearest) * f64::from(2 * sites_number) + 1.0;
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let moved: Vec<_> = lanes
        .iter()
        .map(|(.., cost)| problem.add_var(f64::from(*cost) - unmet, (0.0, f64::INFINITY)))
        .collect();
    for (place, site) in sites.iter().enumerate() {
        let along = |end: fn(&(usize, usize, u32)) -> usize| -> Vec<_> {
            let pairs = lanes
                .iter()
                .zip(&moved)
                .filter(|(lane, _)| end(lane) == place);
            pairs.map(|(_, variable)| (*variable, 1.0)).collect()
        };
        for (row, limit) in [
            (along(|lane| lane.0), site.spare),
            (along(|lane| lane.1), site.short),
        ] {
            if !row.is_empty() {
                problem.add_constraint(&row[..], ComparisonOp::Le, f64::from(limit));
            }
        }
    }
    let found = problem
        .solve()
        .map_err(|error| MovingError::Solver(error.to_string()))?;
    let found = found
        .solution()
        .ok_or_else(|| MovingError::Solver("the solver gave up".into()))?;
    moved
        .iter()
        .map(|variable| rounded(found.var_value(*variable)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and within bounds, as was just checked"
)]
fn rounded(amount: f64) -> Result<u32, MovingError> {
    let whole = amount.round();
    if (amount - whole).abs() > 1e-4 || !(0.0..=f64::from(NUMBER_MAX)).contains(&whole) {
        return Err(MovingError::Solver(format!("{amount} is no whole amount")));
    }
    Ok(whole as u32)
}

/// In whole numbers: nobody gives more than is spare or receives more than is short.
fn check(sites: &[Site], moves: &[Move]) -> Result<(), MovingError> {
    for (place, site) in sites.iter().enumerate() {
        let sum = |end: fn(&Move) -> usize| -> u64 {
            let own = moves.iter().filter(|one| end(one) == place);
            own.map(|one| u64::from(one.amount)).sum()
        };
        if sum(|one| one.from) > u64::from(site.spare) || sum(|one| one.to) > u64::from(site.short)
        {
            return Err(MovingError::Solver("a site would give too much".into()));
        }
    }
    Ok(())
}
