//! What to move between stores so that nobody runs short: the transportation problem (F. L. Hitchcock,
//! 1941), as a linear program whose corners are whole numbers.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde::Serialize;

/// A store: what it can give, or what it is short of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Store {
    /// More than it may well need itself.
    pub spare: u32,
    /// What is likely missing.
    pub missing: u32,
}

/// How hard it is to send from one store to another; what cannot be sent at all has no lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lane {
    /// From, by its place among the stores.
    pub from: usize,
    /// To.
    pub to: usize,
    /// For one piece, for instance hours.
    pub cost: f64,
}

/// So much from one store to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Move {
    /// From, by its place among the stores.
    pub from: usize,
    /// To.
    pub to: usize,
    /// How much.
    pub quantity: u32,
}

/// Nothing costs as much as leaving something missing.
const MISSING_COST: f64 = 1e6;

/// What to move: as much of what is missing as can be covered, at the least cost. No store gives what it
/// needs itself. Empty where nothing can be moved, or where the solver gives up.
pub fn moves(stores: &[Store], lanes: &[Lane]) -> Vec<Move> {
    let usable: Vec<&Lane> = lanes
        .iter()
        .filter(|lane| lane.from != lane.to && lane.cost.is_finite() && lane.cost >= 0.0)
        .filter(|lane| stores.get(lane.from).is_some_and(|store| store.spare > 0))
        .filter(|lane| stores.get(lane.to).is_some_and(|store| store.missing > 0))
        .collect();
    if usable.is_empty() {
        return Vec::new();
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let sent: Vec<_> = usable
        .iter()
        .map(|lane| {
            let most = stores[lane.from].spare.min(stores[lane.to].missing);
            problem.add_var(lane.cost - MISSING_COST, (0.0, f64::from(most)))
        })
        .collect();
    for (place, store) in stores.iter().enumerate() {
        let mut along = |of: fn(&Lane) -> usize, most: u32| {
            let terms: Vec<_> = usable
                .iter()
                .zip(&sent)
                .filter(|(lane, _)| of(lane) == place)
                .map(|(_, variable)| (*variable, 1.0))
                .collect();
            if !terms.is_empty() {
                problem.add_constraint(&terms, ComparisonOp::Le, f64::from(most));
            }
        };
        along(|lane| lane.from, store.spare);
        along(|lane| lane.to, store.missing);
    }
    let Ok(solved) = problem.solve() else {
        return Vec::new();
    };
    let Some(solution) = solved.solution() else {
        return Vec::new();
    };
    let mut left: Vec<Store> = stores.to_vec();
    let mut moves = Vec::new();
    for (lane, variable) in usable.iter().zip(&sent) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and a u32"
        )]
        let quantity = solution[*variable].round().max(0.0) as u32;
        // What the solver says is held against the stores once more: its numbers are not whole.
        let quantity = quantity
            .min(left[lane.from].spare)
            .min(left[lane.to].missing);
        if quantity > 0 {
            left[lane.from].spare -= quantity;
            left[lane.to].missing -= quantity;
            moves.push(Move {
                from: lane.from,
                to: lane.to,
                quantity,
            });
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn store(spare: u32, missing: u32) -> Store {
        Store { spare, missing }
    }

    #[test]
    fn the_nearer_store_gives_first_and_no_more_than_it_can_spare() {
        let stores = [store(30, 0), store(100, 0), store(0, 50)];
        let lanes = [
            Lane {
                from: 0,
                to: 2,
                cost: 1.0,
            },
            Lane {
                from: 1,
                to: 2,
                cost: 6.0,
            },
        ];
        let moved = moves(&stores, &lanes);
        assert_eq!(
            moved,
            [
                Move {
                    from: 0,
                    to: 2,
                    quantity: 30
                },
                Move {
                    from: 1,
                    to: 2,
                    quantity: 20
                }
            ]
        );
        assert_eq!(moves(&stores, &[]), []);
        assert_eq!(
            moves(
                &stores,
                &[Lane {
                    from: 0,
                    to: 9,
                    cost: 1.0
                }]
            ),
            []
        );
    }

    /// The least cost, and the most that is covered, by trying everything.
    fn tried(stores: &[Store], lanes: &[Lane], from: usize) -> (u32, f64) {
        let Some(lane) = lanes.get(from) else {
            return (0, 0.0);
        };
        let most = stores[lane.from].spare.min(stores[lane.to].missing);
        let better = |one: (u32, f64), other: (u32, f64)| {
            let is_better = other.0 > one.0 || (other.0 == one.0 && other.1 < one.1 - 1e-9);
            if is_better { other } else { one }
        };
        (0..=most).fold((0, f64::INFINITY), |best, quantity| {
            let mut left = stores.to_vec();
            left[lane.from].spare -= quantity;
            left[lane.to].missing -= quantity;
            let (covered, cost) = tried(&left, lanes, from + 1);
            better(
                best,
                (covered + quantity, cost + f64::from(quantity) * lane.cost),
            )
        })
    }

    proptest! {
        #[test]
        fn nothing_covers_more_or_costs_less(
            spare in proptest::collection::vec(0_u32..4, 2),
            missing in proptest::collection::vec(0_u32..4, 2),
            costs in proptest::collection::vec(1_u32..9, 4),
        ) {
            let stores = [store(spare[0], 0), store(spare[1], 0), store(0, missing[0]), store(0, missing[1])];
            let lanes: Vec<_> = [(0, 2), (0, 3), (1, 2), (1, 3)]
                .into_iter()
                .zip(&costs)
                .map(|((from, to), cost)| Lane { from, to, cost: f64::from(*cost) })
                .collect();
            let moved = moves(&stores, &lanes);
            let covered: u32 = moved.iter().map(|one| one.quantity).sum();
            let cost_of = |one: &Move| lanes.iter().find(|lane| (lane.from, lane.to) == (one.from, one.to)).unwrap().cost;
            let cost: f64 = moved.iter().map(|one| f64::from(one.quantity) * cost_of(one)).sum();
            let (best, least) = tried(&stores, &lanes, 0);
            prop_assert_eq!(covered, best);
            prop_assert!((cost - least).abs() < 1e-6, "{} {}", cost, least);
        }
    }
}
