//! Suggestions for moving against every way there is, for a few sites and small amounts.

use forecast::moving::{Move, MovingError, Site, suggest};
use proptest::prelude::*;

/// As much moved as can be, then as cheaply as can be: every way is tried.
fn best(sites: &[Site], lanes: &[(usize, usize, u32)]) -> (u32, u32) {
    let Some((&(from, to, cost), rest)) = lanes.split_first() else {
        return (0, 0);
    };
    let most = sites[from].spare.min(sites[to].short);
    (0..=most)
        .map(|amount| {
            let mut left = sites.to_vec();
            left[from].spare -= amount;
            left[to].short -= amount;
            let (moved, paid) = best(&left, rest);
            (moved + amount, paid + amount * cost)
        })
        .max_by_key(|(moved, paid)| (*moved, std::cmp::Reverse(*paid)))
        .expect("nothing is always one way")
}

fn world() -> impl Strategy<Value = (Vec<Site>, Vec<Vec<Option<u32>>>)> {
    let site = prop_oneof![
        (0_u32..4).prop_map(|spare| Site { spare, short: 0 }),
        (0_u32..4).prop_map(|short| Site { spare: 0, short }),
    ];
    let cost = proptest::option::weighted(0.8, 0_u32..9);
    let costs = proptest::collection::vec(proptest::collection::vec(cost, 4), 4);
    (proptest::collection::vec(site, 4), costs)
}

proptest! {
    #[test]
    fn no_way_leaves_less_short_or_is_cheaper((sites, costs) in world()) {
        let moves = suggest(&sites, &costs).expect("it is small");
        let moved: u32 = moves.iter().map(|one| one.amount).sum();
        let paid: u32 = moves.iter().map(|one| {
            one.amount * costs[one.from][one.to].expect("only open lanes are used")
        }).sum();
        let mut lanes = Vec::new();
        for from in 0..sites.len() {
            for to in 0..sites.len() {
                if let Some(cost) = costs[from][to] && from != to && sites[from].spare > 0 && sites[to].short > 0 {
                    lanes.push((from, to, cost));
                }
            }
        }
        prop_assert_eq!((moved, paid), best(&sites, &lanes));
    }
}

#[test]
fn a_closed_road_is_not_used() {
    let sites = [
        Site {
            spare: 10,
            short: 0,
        },
        Site {
            spare: 10,
            short: 0,
        },
        Site { spare: 0, short: 8 },
    ];
    let mut costs = vec![vec![Some(1); 3]; 3];
    costs[1][2] = Some(5);
    assert_eq!(
        suggest(&sites, &costs),
        Ok(vec![Move {
            from: 0,
            to: 2,
            amount: 8
        }])
    );
    costs[0][2] = None;
    assert_eq!(
        suggest(&sites, &costs),
        Ok(vec![Move {
            from: 1,
            to: 2,
            amount: 8
        }])
    );
    costs[1][2] = None;
    assert_eq!(suggest(&sites, &costs), Ok(Vec::new()));
}

#[test]
fn what_cannot_be_weighed_is_refused() {
    let sites = [Site::default(); 2];
    assert_eq!(
        suggest(&sites, &[vec![None; 2]]),
        Err(MovingError::Costs(2))
    );
    assert_eq!(
        suggest(&[Site::default(); 61], &[]),
        Err(MovingError::TooManySites(61))
    );
    let huge = [
        Site {
            spare: u32::MAX,
            short: 0,
        },
        Site { spare: 0, short: 1 },
    ];
    assert_eq!(
        suggest(&huge, &vec![vec![Some(1); 2]; 2]),
        Err(MovingError::TooLarge)
    );
}
