//! Is this somebody we know? Asked of a node while people are registered, corrected, put into families and
//! erased.

use domain::{Birth, Command, Day, FamilyId, Particulars, PersonId, RelationCode, Sex};
use jiff::civil::date;
use node::{Acquaintance, Asked, Node};

use super::{Desk, reopen};

fn wilner() -> Particulars {
    Particulars {
        given_names: "Demo-Wilner".into(),
        family_name: "Jean-Baptiste".into(),
        sex: Some(Sex::M),
        birth: Some(Birth::On(Day(date(1987, 3, 12)))),
        mother_name: Some("Demo Guerda Étienne".into()),
        ..Particulars::default()
    }
}

/// The same, as somebody else wrote him down.
fn again() -> Particulars {
    Particulars {
        given_names: "Demo Wilnè".into(),
        family_name: "Jn Baptiste".into(),
        birth: Some(Birth::On(Day(date(1987, 12, 3)))),
        mother_name: Some("Demo Gèda Etyèn".into()),
        ..wilner()
    }
}

fn asked<'a>(particulars: &'a Particulars, families: &'a [FamilyId]) -> Asked<'a> {
    Asked {
        particulars,
        families,
        among: 4,
        most: 5,
        least: 0.2,
    }
}

fn found(node: &Node, particulars: &Particulars) -> Vec<Acquaintance> {
    node.is_this_somebody_known(&asked(particulars, &[]))
        .unwrap()
}

/// Some who were here before, so that a name can be frequent, and Wilner.
fn known(site: &mut Desk) -> PersonId {
    let movement = site.landed();
    for name in [
        "Demo-Ana",
        "Demo-Bea",
        "Demo-Rose",
        "Demo-Paul",
        "Demo-Luc",
        "Demo-Marc",
    ] {
        let particulars = Particulars {
            given_names: name.into(),
            family_name: "Demo-Pierre".into(),
            ..Particulars::default()
        };
        site.registered_as(movement, particulars);
    }
    site.registered_as(movement, wilner()).1
}

#[test]
fn whoever_was_registered_is_known_at_once_and_after_reopening() {
    let mut site = Desk::new();
    assert!(found(&site.node, &again()).is_empty());
    let person = known(&mut site);
    let candidates = found(&site.node, &again());
    assert_eq!(candidates[0].person, person);
    assert!(candidates[0].probability > 0.9, "{candidates:?}");
    let sum = candidates[0].because.probability();
    assert!((sum - candidates[0].probability).abs() < 1e-9);
    let data = site.data();
    let Desk { dir, node, .. } = site;
    drop(node);
    let node = reopen(&data);
    assert!(node.is_acquainted().unwrap(), "seven are known in passing");
    assert_eq!(node.get_acquainted().unwrap().people, 7);
    assert_eq!(found(&node, &again())[0].person, person);
    drop(dir);
}

#[test]
fn a_correction_is_known_and_the_erased_are_not() {
    let mut site = Desk::new();
    let person = known(&mut site);
    let corrected = Particulars {
        given_names: "Demo-Fabiola".into(),
        mother_name: Some("Demo-Nadège Louis".into()),
        birth: Some(Birth::Year(1990)),
        ..wilner()
    };
    assert_eq!(found(&site.node, &again())[0].person, person);
    site.must(Command::CorrectPerson {
        person,
        particulars: Box::new(corrected.clone()),
        reason: "read from the passport".into(),
        document_shared: false,
    });
    assert!(found(&site.node, &again()).is_empty());
    assert_eq!(found(&site.node, &corrected)[0].person, person);
    site.must(Command::ErasePerson { person });
    assert!(found(&site.node, &corrected).is_empty());
    assert_eq!(site.node.get_acquainted().unwrap().people, 6);
}

#[test]
fn a_child_is_likelier_the_same_when_its_family_came_along() {
    let mut site = Desk::new();
    known(&mut site);
    let movement = site.landed();
    let child = Particulars {
        given_names: "Demo-Widline".into(),
        family_name: "Demo-Pierre".into(),
        birth: Some(Birth::Year(2015)),
        ..Particulars::default()
    };
    let (_, person) = site.registered_as(movement, child.clone());
    let family = FamilyId(site.id());
    site.must(Command::JoinFamily {
        family,
        person,
        relation: RelationCode::CHILD,
    });
    let told_less = Particulars {
        birth: None,
        given_names: "Widline".into(),
        ..child
    };
    let probability = |families: &[FamilyId]| {
        let asked = Asked {
            least: 0.0,
            ..asked(&told_less, families)
        };
        let found = site.node.is_this_somebody_known(&asked).unwrap();
        let own = found.iter().find(|one| one.person == person);
        own.map_or(0.0, |own| own.probability)
    };
    assert!(probability(&[family]) > probability(&[]) + 0.2);
}

#[test]
fn a_model_that_was_learnt_is_weighed_by_from_then_on() {
    let mut site = Desk::new();
    let person = known(&mut site);
    let before = found(&site.node, &again())[0].probability;
    let mut model = site.node.linkage_model().unwrap();
    // Here nobody ever comes twice.
    model.same_per_record = 1e-6;
    site.node.set_linkage_model(&model).unwrap();
    let told = again();
    let asked = Asked {
        least: 0.0,
        ..asked(&told, &[])
    };
    let after = site.node.is_this_somebody_known(&asked).unwrap();
    let own = after.iter().find(|one| one.person == person).unwrap();
    assert!(own.probability < before - 0.1, "{own:?}");
}
