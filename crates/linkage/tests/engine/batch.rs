//! All against all.

use std::collections::HashMap;

use linkage::{Clusters, Fields, Linkage, Model, calibration, quality, review};
use population::Population;

use crate::{Parties, linked, people};

#[test]
fn those_who_came_again_are_found_and_few_others() {
    let (linkage, truth) = people(11, 20_000, Parties::Untold);
    let linked = linked(&linkage);
    let (at, best) = quality(&linked.pairs, &truth, 0.5);
    assert!(at.precision() > 0.96 && at.recall() > 0.92, "{at:?}");
    assert!(best.f1() > 0.95, "{best:?}");
}

#[test]
fn who_travelled_together_again_is_likelier_the_same() {
    let f1 = |parties| {
        let (linkage, truth) = people(12, 20_000, parties);
        quality(&linked(&linkage).pairs, &truth, 0.5).0.f1()
    };
    let (untold, told) = (f1(Parties::Untold), f1(Parties::Told));
    assert!(told > untold + 0.01, "{told} and {untold}");
}

#[test]
fn nobody_is_two_of_one_party() {
    let parties: Vec<u64> = Population::new(19, 10_000)
        .records()
        .map(|record| record.party)
        .collect();
    let (linkage, _) = people(19, 10_000, Parties::Told);
    let mut sums: HashMap<(u32, u64), f64> = HashMap::new();
    for pair in linked(&linkage).pairs {
        for (one, other) in [(pair.one, pair.other), (pair.other, pair.one)] {
            *sums.entry((one, parties[other as usize])).or_default() += pair.probability;
        }
    }
    let of_families = sums.into_values().filter(|sum| *sum > 1.0 + 1e-9);
    assert_eq!(of_families.count(), 0);
}

#[test]
fn what_is_said_to_be_likely_is_as_often_as_it_is_said() {
    // Learnt on one population, and held to another.
    let (learnt_on, _) = people(13, 50_000, Parties::Untold);
    let model = learnt_on.learn(&Model::default(), &|_| {});
    let (linkage, truth) = people(14, 50_000, Parties::Untold);
    let linked = linkage.link(&model, 0.01, &|_| {});
    let curve = calibration(&linked.pairs, &truth);
    let likely: Vec<_> = curve.iter().filter(|step| step.said > 0.5).collect();
    assert_eq!(likely.len(), 5, "{curve:?}");
    for step in likely {
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        let chance = (step.said * (1.0 - step.said) / step.pairs as f64).sqrt();
        assert!(
            (step.said - step.is).abs() < 3.0f64.mul_add(chance, 0.05),
            "{curve:?}"
        );
    }
}

#[test]
fn the_same_records_give_the_same_pairs_on_any_number_of_cores() {
    let (linkage, _) = people(15, 8_000, Parties::Told);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| linked(&linkage))
    };
    let (one, three) = (on(1), on(3));
    assert!(one.pairs == three.pairs);
    assert_eq!(one.model, three.model);
}

#[test]
fn records_put_together_to_people_are_righter_than_pairs() {
    let (linkage, truth) = people(16, 20_000, Parties::Untold);
    let linked = linked(&linkage);
    let clusters = Clusters::of(&linkage, &linked);
    let (pairs, _) = quality(&linked.pairs, &truth, 0.5);
    let together = clusters.quality(&truth);
    assert!(together.f1() > pairs.f1(), "{together:?} and {pairs:?}");
    let most = clusters.sizes().into_values().max().unwrap();
    assert!(most <= 6, "nobody comes {most} times here: a chain");
}

#[test]
fn what_is_worth_most_is_looked_at_first_and_each_pair_is_explained() {
    let (linkage, _) = people(17, 10_000, Parties::Told);
    let linked = linked(&linkage);
    let clusters = Clusters::of(&linkage, &linked);
    let queue = review(&linked, &clusters);
    assert!(queue.len() > 20 && queue.is_sorted_by(|one, next| one.worth >= next.worth));
    for review in &queue {
        assert!((0.05..=0.95).contains(&review.pair.probability));
        let explanation = linkage.explain(&linked.model, &review.pair);
        let sum = explanation.probability();
        assert!(
            (sum - review.pair.probability).abs() < 1e-6,
            "{explanation:?}"
        );
        assert!(explanation.family <= 0.0 && explanation.before < 0.0);
    }
}

#[test]
fn how_many_pairs_no_key_finds_is_estimated() {
    let (linkage, truth) = people(18, 50_000, Parties::Untold);
    let model = linkage.learn(&Model::default(), &|_| {});
    let linked = linkage.link(&model, 0.0, &|_| {});
    let estimated = linked.recall_of_keys.unwrap();
    let (every, _) = quality(&linked.pairs, &truth, 0.0);
    assert!(
        (estimated - every.recall()).abs() < 0.03,
        "{estimated} and {every:?}"
    );
}

#[test]
fn two_records_alone_are_compared_by_what_is_believed_before() {
    let mut linkage = Linkage::default();
    let one = Fields {
        given_names: "Demo-Wilner",
        family_name: "Jean-Baptiste",
        sex: "m",
        birth_date: "1987-03-12",
        mother_name: "Guerda Étienne",
        ..Fields::default()
    };
    linkage.add(&one);
    linkage.add(&Fields {
        given_names: "Demo Wilnè",
        family_name: "Jn Baptiste",
        birth_date: "1987-12-03",
        ..one
    });
    let model = linkage.learn(&Model::default(), &|_| {});
    let linked = linkage.link(&model, 0.5, &|_| {});
    assert_eq!(linked.pairs.len(), 1, "{linked:?}");
}
