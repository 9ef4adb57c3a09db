//! Whatever stands in a file: bounded time and memory, and no panic.

use linkage::{Clusters, Families, Fields, Index, Linkage, Model};
use proptest::prelude::*;

use crate::linked;

#[test]
fn all_the_same_and_nothing_at_all_take_no_time() {
    let mut linkage = Linkage::default();
    assert!(linked(&linkage).pairs.is_empty());
    for _ in 0..50_000 {
        linkage.add(&Fields {
            given_names: "Jean",
            family_name: "Jean",
            birth_date: "1990",
            ..Fields::default()
        });
    }
    linkage.add(&Fields::default());
    let linked = linked(&linkage);
    // Each with the first, and no more: not 1,250 million pairs.
    assert!(
        linked.pairs.len() < 50_000 && linked.compared < 1_000,
        "{}",
        linked.compared
    );
    Clusters::of(&linkage, &linked);
}

#[test]
fn namesakes_without_anything_else_are_compared_with_a_few_each() {
    let mut linkage = Linkage::default();
    for number in 10_000..40_000 {
        linkage.add(&Fields {
            given_names: "Jean",
            family_name: "Jean",
            // Nothing that any key is made of.
            sex: if number % 2 == 0 { "f" } else { "m" },
            phone: &number.to_string(),
            ..Fields::default()
        });
    }
    let linked = linked(&linkage);
    assert!(linked.compared < 30_000 * 8, "{}", linked.compared);
    let (name, crowded) = linked.crowded.iter().find(|(_, many)| *many > 0).unwrap();
    assert_eq!((*name, *crowded), ("all names", 30_000));
}

#[test]
fn a_thousand_in_one_party_are_no_family() {
    let mut linkage = Linkage::default();
    for number in 0..2_000 {
        linkage.add(&Fields {
            given_names: "Demo",
            birth_date: "1990-05-06",
            party: if number % 2 == 0 { "one" } else { "other" },
            ..Fields::default()
        });
    }
    assert!(linked(&linkage).compared < 2_000 * 2_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_stands_in_a_file_is_compared_without_a_panic(
        rows in prop::collection::vec(
            (".{0,30}", ".{0,300}", "[0-9-]{0,12}", ".{0,12}", "[ab]?"), 0..20,
        ),
    ) {
        let mut linkage = Linkage::default();
        let mut index = Index::new(Model::default(), 0);
        for (given, family, birth, number, party) in &rows {
            let fields = Fields {
                given_names: given,
                family_name: family,
                sex: number,
                birth_date: birth,
                mother_name: family,
                birthplace: given,
                phone: number,
                document: number,
                party,
            };
            linkage.add(&fields);
            for candidate in index.candidates(&fields, Families { parties: &[party], among: 1 }, 10, 0.0) {
                prop_assert!((0.0..=1.0).contains(&candidate.probability));
            }
            index.add(&fields);
        }
        let linked = linked(&linkage);
        for pair in &linked.pairs {
            prop_assert!((0.0..=1.0).contains(&pair.probability));
            prop_assert!(pair.one < pair.other && (pair.other as usize) < rows.len());
        }
        Clusters::of(&linkage, &linked);
    }
}
