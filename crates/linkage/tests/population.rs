//! The whole of it on people who do not exist, of whom it is known who is who.

use linkage::{Fields, Linkage, quality};
use population::{Population, Record};
use proptest::prelude::*;

fn fields(record: &Record) -> Fields<'_> {
    Fields {
        given_names: &record.given_names,
        family_name: &record.family_name,
        sex: &record.sex,
        birth_date: &record.birth_date,
        mother_name: &record.mother_name,
        birthplace: &record.birthplace,
        phone: &record.phone,
        document: &record.document,
    }
}

#[test]
fn most_of_those_who_came_again_are_found_and_few_others() {
    let mut linkage = Linkage::default();
    let mut truth = Vec::new();
    for record in Population::new(11, 20_000).records() {
        linkage.add(&fields(&record));
        truth.push(Some(record.entity));
    }
    let linked = linkage.link(0.01);
    let (at, best) = quality(&linked.pairs, &truth, 0.5);
    assert!(at.precision() > 0.9 && at.recall() > 0.85, "{at:?}");
    assert!(best.f1() > 0.9, "{best:?}");
    // What is said to be probable is, within a few in a hundred.
    assert!((best.threshold - 0.5).abs() < 0.35, "{best:?}");
    let again = linkage.link(0.01).pairs;
    assert!(
        again == linked.pairs,
        "the same records give the same pairs"
    );
}

#[test]
fn all_the_same_and_nothing_at_all_take_no_time() {
    let mut linkage = Linkage::default();
    assert!(linkage.link(0.5).pairs.is_empty());
    for _ in 0..50_000 {
        linkage.add(&Fields {
            given_names: "Jean",
            family_name: "Jean",
            birth_date: "1990",
            ..Fields::default()
        });
    }
    linkage.add(&Fields::default());
    let linked = linkage.link(0.5);
    assert_eq!(linked.compared, 0);
    assert!(
        linked.crowded.iter().any(|(_, many)| *many == 50_000),
        "{:?}",
        linked.crowded
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_stands_in_a_file_is_compared_without_a_panic(
        rows in prop::collection::vec((".{0,30}", ".{0,300}", "[0-9-]{0,12}", ".{0,12}"), 0..20),
    ) {
        let mut linkage = Linkage::default();
        for (given, family, birth, number) in &rows {
            linkage.add(&Fields {
                given_names: given,
                family_name: family,
                sex: number,
                birth_date: birth,
                mother_name: family,
                birthplace: given,
                phone: number,
                document: number,
            });
        }
        for pair in linkage.link(0.0).pairs {
            prop_assert!((0.0..=1.0).contains(&pair.probability));
            prop_assert!(pair.one < pair.other && (pair.other as usize) < rows.len());
        }
    }
}
