//! What people should look at first: where a decision changes most.

use crate::cluster::Clusters;
use crate::link::{Linked, Pair};
use crate::model::as_f64;

/// Below, and as far from certainty above, nobody needs to look.
const DOUBTFUL: f64 = 0.05;

/// A pair to be looked at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Review {
    /// The pair.
    pub pair: Pair,
    /// How many pairs of records are expected to be put right by looking.
    pub worth: f64,
}

/// Doubtful pairs, what is worth most first: how likely what stands is wrong, times the pairs of records that a
/// decision joins or parts.
pub fn review(linked: &Linked, clusters: &Clusters) -> Vec<Review> {
    let sizes = clusters.sizes();
    let doubtful = linked
        .pairs
        .iter()
        .filter(|pair| (DOUBTFUL..=1.0 - DOUBTFUL).contains(&pair.probability));
    let reviews = doubtful.map(|pair| {
        let (one, other) = (clusters.person(pair.one), clusters.person(pair.other));
        let size = |person: u32| as_f64(sizes.get(&person).copied().unwrap_or(1).into());
        let (wrong, pairs) = if one == other {
            // Parted, the smaller side would hold one at least.
            (1.0 - pair.probability, size(one) - 1.0)
        } else {
            (pair.probability, size(one) * size(other))
        };
        Review {
            pair: *pair,
            worth: wrong * pairs,
        }
    });
    let mut reviews: Vec<Review> = reviews.collect();
    reviews.sort_by(|a, b| {
        let place = |review: &Review| (review.pair.one, review.pair.other);
        b.worth
            .total_cmp(&a.worth)
            .then_with(|| place(a).cmp(&place(b)))
    });
    reviews
}
