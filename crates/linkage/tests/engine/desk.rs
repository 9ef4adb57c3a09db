//! One against all.

use std::collections::HashMap;

use linkage::{Families, Field, Fields, Index, Model};
use population::Population;
use proptest::prelude::*;

use crate::{Parties, fields, people};

#[test]
fn whoever_came_before_is_among_the_first_five_and_others_are_told_new() {
    let (learnt_on, _) = people(21, 20_000, Parties::Untold);
    let model = learnt_on.learn(&Model::default(), &|_| {});
    let all: Vec<_> = Population::new(22, 22_000).records().collect();
    let (before, arriving) = all.split_at(20_000);
    let mut index = Index::new(model, 0);
    let mut known: HashMap<u64, Vec<u32>> = HashMap::new();
    for record in before {
        let place = index.add(&fields(record, ""));
        known.entry(record.entity).or_default().push(place);
    }
    let (mut again, mut found, mut new, mut left_alone) = (0, 0, 0, 0);
    for record in arriving {
        let candidates = index.candidates(&fields(record, ""), Families::NONE, 5, 0.01);
        if let Some(places) = known.get(&record.entity) {
            again += 1;
            found += usize::from(candidates.iter().any(|one| places.contains(&one.place)));
        } else {
            new += 1;
            let nobody = candidates.first().is_none_or(|one| one.probability < 0.5);
            left_alone += usize::from(nobody);
        }
    }
    assert!(
        again > 500 && found * 100 > again * 96,
        "{found} of {again}"
    );
    assert!(
        new > 500 && left_alone * 100 > new * 98,
        "{left_alone} of {new}"
    );
}

#[test]
fn a_namesake_with_an_exchanged_day_is_found_and_explained() {
    let mut index = Index::new(Model::default(), 100);
    for record in Population::new(23, 3_000).records() {
        index.add(&fields(&record, ""));
    }
    let registered = Fields {
        given_names: "Wilner",
        family_name: "Jean-Baptiste",
        sex: "m",
        birth_date: "1987-03-12",
        mother_name: "Guerda Étienne",
        ..Fields::default()
    };
    let place = index.add(&registered);
    let asked = Fields {
        given_names: "Wilnè",
        family_name: "Jn Baptiste",
        birth_date: "1987-12-03",
        ..registered
    };
    let found = index.candidates(&asked, Families::NONE, 5, 0.1);
    assert_eq!(found[0].place, place);
    assert!(found[0].probability > 0.95, "{found:?}");
    let level = |field| {
        let reasons = &found[0].explanation.reasons;
        reasons.iter().find(|reason| reason.field == field).unwrap()
    };
    assert_eq!(level(Field::GivenNames).level, "alike");
    assert_eq!(level(Field::BirthDate).level, "exchanged");
    assert!(level(Field::FamilyName).bits > 0.0 && level(Field::FamilyName).borne_by > Some(0.005));
    assert!(level(Field::MotherName).bits > level(Field::FamilyName).bits);
    index.remove(place);
    let gone = index.candidates(&asked, Families::NONE, 5, 0.1);
    assert!(gone.iter().all(|one| one.place != place), "{gone:?}");
}

/// Somebody of the child's family came along, and three others.
const WITH_FAMILY: Families<'_> = Families {
    parties: &["family"],
    among: 4,
};

#[test]
fn the_others_of_a_family_that_was_found_are_likelier() {
    let mut index = Index::new(Model::default(), 0);
    for record in Population::new(24, 3_000).records() {
        index.add(&fields(&record, &record.party.to_string()));
    }
    let child = Fields {
        given_names: "Demo-Ana",
        family_name: "Pierre",
        sex: "f",
        party: "family",
        ..Fields::default()
    };
    let place = index.add(&child);
    let asked = Fields {
        given_names: "Demo",
        party: "",
        ..child
    };
    let alone = index.candidates(&asked, Families::NONE, 5, 0.0);
    let with_family = index.candidates(&asked, WITH_FAMILY, 5, 0.0);
    assert_eq!(with_family[0].place, place);
    let probability = |found: &[linkage::Candidate]| {
        let own = found.iter().find(|one| one.place == place);
        own.map_or(0.0, |own| own.probability)
    };
    assert!(
        probability(&with_family) > 0.5 && probability(&alone) < 0.5,
        "{alone:?}"
    );
    let explanation = &with_family[0].explanation;
    assert!(explanation.together > 0.0);
    assert!((explanation.probability() - with_family[0].probability).abs() < 1e-6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn asking_leaves_no_trace_and_who_is_removed_was_never_there(
        typed in ".{0,20}", more in "[a-zé -]{0,20}", removed in 0_usize..200,
    ) {
        let records: Vec<_> = Population::new(25, 200).records().collect();
        let mut index = Index::new(Model::default(), 0);
        let mut without = Index::new(Model::default(), 0);
        let mut places = Vec::new();
        for (number, record) in records.iter().enumerate() {
            places.push(index.add(&fields(record, "")));
            if number != removed {
                without.add(&fields(record, ""));
            }
        }
        let asked = Fields { given_names: &typed, family_name: &more, ..Fields::default() };
        let first = index.candidates(&asked, Families::NONE, 5, 0.0);
        prop_assert_eq!(&index.candidates(&asked, Families::NONE, 5, 0.0), &first);
        index.remove(places[removed]);
        index.remove(places[removed]);
        prop_assert_eq!(index.size().people, records.len() - 1);
        for record in records.iter().take(20) {
            let of = |index: &mut Index| {
                let found = index.candidates(&fields(record, ""), Families::NONE, 5, 0.01);
                found.iter().map(|one| one.probability).collect::<Vec<_>>()
            };
            prop_assert_eq!(of(&mut index), of(&mut without));
        }
    }
}
