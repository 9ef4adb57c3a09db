//! People are found by what is typed.

use domain::{Document, DocumentKind, Known, Particulars, queue_label};
use proptest::prelude::*;
use register::people::{Because, Search, SearchResult};

use crate::world::{SITE, START, World, named};

fn search(world: &World, text: &str, limit: u32) -> SearchResult {
    let search = Search {
        text,
        site: SITE,
        since: START,
        limit,
    };
    world.register().search(&search).unwrap()
}

fn names(result: &SearchResult) -> Vec<String> {
    let found = result.found.iter();
    found
        .filter_map(|found| Some(found.particulars.as_ref()?.full_name()))
        .collect()
}

#[test]
fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order_without_accents() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    world.register_as(movement, named("Étienne-Jozèf Demo-Pyè"), None);
    world.register_as(movement, named("Etienne Demo-Mapou"), None);
    for typed in [
        "pye jozef",
        "JOZ étie",
        "etienne pyè",
        "demo-pye",
        "  joz—py ",
    ] {
        let found = names(&search(&world, typed, 5));
        assert_eq!(found, ["Étienne-Jozèf Demo-Pyè"], "{typed}");
    }
    assert_eq!(names(&search(&world, "eti", 5)).len(), 2);
    assert!(search(&world, "jozef mapou", 5).found.is_empty());
    assert!(search(&world, "", 5).found.is_empty());
}

#[test]
fn who_is_meant_exactly_comes_before_whose_name_only_begins_so() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    world.register_as(movement, named("Annabelle Demo-Two"), None);
    world.register_as(movement, named("Anna Demo-One"), None);
    let result = search(&world, "anna", 5);
    assert_eq!(names(&result), ["Anna Demo-One", "Annabelle Demo-Two"]);
    let because: Vec<_> = result.found.iter().map(|found| found.because).collect();
    assert_eq!(because, [Because::Name, Because::NameBegins]);
}

#[test]
fn a_list_that_is_cut_says_so() {
    let mut world = World::new();
    let movement = world.landed(1, 9);
    for number in 0..4 {
        world.register_as(movement, named(&format!("Ana{number} Demo-One")), None);
    }
    let cut = search(&world, "ana demo", 3);
    assert_eq!((cut.found.len(), cut.more), (3, true));
    let whole = search(&world, "ana demo", 4);
    assert_eq!((whole.found.len(), whole.more), (4, false));
}

#[test]
fn a_card_a_document_and_a_number_in_the_queue_find_their_person() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    let met = world.meet(movement);
    let particulars = Particulars {
        documents: vec![Document::new(DocumentKind::Passport, "HA 123-456", None)],
        ..named("Ana Demo-One")
    };
    let (arrival, person) = world.register_as(movement, particulars, None);
    let known = world.register().arrival(arrival).unwrap().unwrap();

    let card = known.card.to_string().to_lowercase();
    let by_card = search(&world, &card, 5);
    assert_eq!(by_card.found[0].because, Because::Card);
    assert_eq!(by_card.found[0].person, Some(person));

    let by_document = search(&world, "ha123456", 5);
    assert_eq!(by_document.found[0].because, Because::Document);
    assert_eq!(by_document.found[0].arrival, Some(arrival));

    let by_number = search(&world, &queue_label(known.queue), 5);
    assert_eq!(by_number.found[0].because, Because::Queue);
    assert_eq!(by_number.found[0].person, Some(person));
    let unregistered = search(&world, "a001", 5);
    assert_eq!(unregistered.found[0].arrival, Some(met));
    assert_eq!(unregistered.found[0].person, None);
}

#[test]
fn a_corrected_name_is_found_and_the_wrong_one_is_not() {
    let mut world = World::new();
    let movement = world.landed(1, 3);
    let (_, person) = world.register_as(movement, named("Mari Demo-One"), None);
    world
        .ask(domain::Command::CorrectPerson {
            person,
            particulars: Box::new(named("Marie Demo-Two")),
            reason: "misheard".into(),
            document_shared: false,
        })
        .unwrap();
    assert!(search(&world, "one", 5).found.is_empty());
    assert_eq!(names(&search(&world, "marie two", 5)), ["Marie Demo-Two"]);
    let detail = world.register().person_detail(person).unwrap().unwrap();
    let history: Vec<_> = detail
        .versions
        .iter()
        .map(|version| (version.particulars.full_name(), version.reason.as_deref()))
        .collect();
    assert_eq!(
        history,
        [
            ("Mari Demo-One".to_owned(), None),
            ("Marie Demo-Two".to_owned(), Some("misheard"))
        ]
    );
}

#[test]
fn somebody_listed_and_not_registered_is_found_on_the_manifest() {
    let mut world = World::new();
    let movement = world.announced(1, 2);
    let lines = world.import(movement, &["Ana Demo-One", "Anaïs Demo-Two"]);
    world.land(movement, 2);
    world.register_as(movement, named("Ana Demo-One"), Some(lines[0]));
    let expected = world.register().search_expected(SITE, "anai", 5).unwrap();
    assert_eq!(expected.len(), 1);
    assert_eq!(expected[0].line, lines[1]);
    let registered = world.register().search_expected(SITE, "one", 5).unwrap();
    assert!(registered.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_looked_for_and_nothing_breaks(typed in "\\PC{0,12}") {
        let mut world = World::new();
        let movement = world.announced(1, 1);
        world.import(movement, &["Ana Demo-One"]);
        world.land(movement, 1);
        search(&world, &typed, 3);
        world.register().search_expected(SITE, &typed, 3).unwrap();
    }

    #[test]
    fn any_beginnings_of_the_words_of_a_name_find_it(
        words in prop::collection::vec("[a-zéèò]{2,6}", 1..4),
        cuts in prop::collection::vec(1_usize..6, 4),
        backwards: bool,
    ) {
        let mut world = World::new();
        let movement = world.landed(1, 2);
        world.register_as(movement, named(&words.join(" ")), None);
        world.register_as(movement, named("Zzz Demo-Other"), None);
        let mut typed: Vec<String> = words
            .iter()
            .zip(&cuts)
            .map(|(word, cut)| word.chars().take(*cut).collect())
            .collect();
        if backwards {
            typed.reverse();
        }
        let found = names(&search(&world, &typed.join(" "), 5));
        prop_assert!(found.contains(&named(&words.join(" ")).full_name()), "{:?} {:?}", typed, found);
    }
}
