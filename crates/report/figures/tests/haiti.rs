//! What was said in public about September 2021, held against itself.

use figures::{
    Conflict, Finding, Interval, Options, Reconciliation, Rule, Statement, Verdict, read, reconcile,
};
use jiff::civil::{Date, date};

const PUBLISHED: &[u8] = include_bytes!("../../../akey/figures/haiti-2021.csv");

fn published() -> Vec<Statement> {
    let read = read(PUBLISHED).unwrap();
    assert_eq!((read.statements.len(), read.problems.len()), (30, 0));
    read.statements
}

fn found() -> Reconciliation {
    reconcile(&published(), Options::default())
}

fn finding(found: &Reconciliation, id: &str) -> Finding {
    let mut findings = found.findings.iter();
    let of = |finding: &&Finding| finding.statements.iter().any(|statement| statement == id);
    findings.find(of).unwrap().clone()
}

/// What follows for some days out of two statements.
fn follows(found: &Reconciliation, longer: &str, shorter: &str) -> (Date, Date, Interval) {
    let mut derived = found.derived.iter();
    let of = derived.find(|derived| derived.longer == [longer] && derived.shorter == [shorter]);
    let of = of.unwrap();
    (of.from, of.to, of.can_be)
}

/// A set that only roundness explains.
fn at_face_value(found: &Reconciliation, set: &[&str]) -> Conflict {
    let mut sets = found.at_face_value.iter();
    let face = sets.find(|conflict| conflict.statements == set);
    face.unwrap_or_else(|| panic!("{:?}", found.at_face_value))
        .clone()
}

#[test]
fn what_is_counted_of_one_route_is_explained_by_what_it_is_counted_among() {
    let found = found();
    // Assisted from one country in one period alone, and from all countries in others.
    let alone = finding(&found, "IO01");
    assert_eq!(alone.verdict, Verdict::ExplainedByScope);
    let [all] = &alone.scopes[..] else {
        panic!("{:?}", alone.scopes)
    };
    assert_eq!(
        (all.route.as_str(), all.indicator.as_str()),
        ("all>HTI", "assisted_at_reception")
    );
}

#[test]
fn a_day_apart_1401_on_12_flights_and_about_2000_on_17_can_both_hold() {
    let found = found();
    assert_eq!(finding(&found, "DR02").verdict, Verdict::ExplainedByPeriod);
    assert_eq!(finding(&found, "DR03").verdict, Verdict::ExplainedByPeriod);
    let last = date(2021, 9, 24);
    assert_eq!(
        follows(&found, "DR11", "DR02"),
        (last, last, Interval::new(499, 699))
    );
    assert_eq!(
        follows(&found, "DR12", "DR03"),
        (last, last, Interval::exactly(5))
    );
}

#[test]
fn the_four_accounts_of_the_camp_stand_beside_each_other() {
    let found = found();
    let camp = finding(&found, "DR01");
    assert_eq!(camp.statements, ["DR05", "DR06", "DR07", "DR01", "DR10"]);
    assert_eq!(camp.verdict, Verdict::ExplainedByPeriod);
    // None of them is above the highest, which was said until the 24th; the two accounts of that day
    // differ by 128 if "about" is nothing.
    let peaks = camp.steps.iter().filter(|step| step.rule == Rule::Peak);
    assert!(peaks.clone().count() == 3 && peaks.clone().all(|step| step.relation == "<="));
    let face = at_face_value(&found, &["DR05", "DR06"]);
    assert_eq!(face.by_at_least, Some(128));
    // Both speak of the same quantity: no arithmetic is needed to see it.
    assert!(face.steps.is_empty());
}

#[test]
fn of_30000_the_parts_leave_2600_unaccounted() {
    let found = found();
    let [gap] = &found.gaps[..] else {
        panic!("{:?}", found.gaps)
    };
    assert_eq!(
        (gap.whole.as_str(), gap.sum, gap.unaccounted),
        ("DR13", 27_400, 2_600)
    );
    assert_eq!(gap.parts, ["DR11", "DR14", "DR15", "DR16"]);
    assert_eq!(gap.can_be, Interval::new(0, 5_470));
}

#[test]
fn two_days_later_12400_are_12000() {
    let found = found();
    // As the numbers were said, fewer people were admitted in more days: by 400.
    let face = at_face_value(&found, &["DR14", "DR17"]);
    assert_eq!(face.by_at_least, Some(400));
    // The one line of arithmetic they break: fewer days are among more.
    let [step] = &face.steps[..] else {
        panic!("{:?}", face.steps)
    };
    assert!(
        step.right
            .iter()
            .chain([&step.left])
            .any(|term| term.statements == ["DR14"])
    );
    // Only if neither was meant exactly can both be true.
    assert!(found.conflicts.is_empty());
    let strict = reconcile(&published(), Options { about_percent: 1 });
    let strict: Vec<_> = strict
        .conflicts
        .iter()
        .map(|conflict| &conflict.statements)
        .collect();
    assert_eq!(strict, [&["DR14".to_owned(), "DR17".to_owned()].to_vec()]);
}

#[test]
fn the_four_groups_sum_to_their_total_and_are_caught_when_they_do_not() {
    let found = found();
    let groups = finding(&found, "IO05").steps;
    let groups = groups
        .iter()
        .find(|step| step.rule == Rule::Groups)
        .unwrap();
    assert_eq!(groups.right[0].says, Interval::exactly(10_831));
    let mut wrong = published();
    let io05 = wrong
        .iter_mut()
        .find(|statement| statement.figure_id == "IO05")
        .unwrap();
    io05.breakdown = "men 6586; women 2456; boys 920; girls 868".into();
    let found = reconcile(&wrong, Options::default());
    assert_eq!(found.conflicts[0].statements, ["IO05"]);
    assert_eq!(found.conflicts[0].by_at_least, Some(1));
}

#[test]
fn what_was_said_later_implies_19602_for_the_year_2021() {
    let found = found();
    let year = (
        date(2021, 1, 1),
        date(2021, 12, 31),
        Interval::exactly(19_602),
    );
    assert_eq!(follows(&found, "IO10", "IO09"), year);
    // The week of IO08 lies within what IO10 adds to IO07.
    let rest = (
        date(2022, 2, 15),
        date(2022, 3, 12),
        Interval::exactly(2_427),
    );
    assert_eq!(follows(&found, "IO10", "IO07"), rest);
    // Eighty-seven in a hundred since September leave the months before.
    let before = found
        .derived
        .iter()
        .find(|derived| (derived.from, derived.to) == (date(2021, 1, 1), date(2021, 8, 31)));
    assert_eq!(before.unwrap().can_be, Interval::new(3_084, 3_330));
    // Until 12 December there were at least 14,000, and no more than in the year less its first months.
    let io06 = finding(&found, "IO06");
    let term = io06.steps.iter().flat_map(|step| &step.right);
    let term = term.chain(io06.steps.iter().map(|step| &step.left));
    let mut of = term.filter(|term| term.statements == ["IO06"]);
    assert_eq!(
        of.next().unwrap().can_be,
        Some(Interval::new(14_000, 19_602 - 3_084))
    );
}

#[test]
fn four_hundred_a_day_for_eighteen_days_are_no_more_than_came_in_all() {
    let found = found();
    let steps = finding(&found, "IO03").steps;
    let rate = steps.iter().find(|step| step.rule == Rule::Rate).unwrap();
    assert_eq!(rate.left.says, Interval::new(18 * 380, 18 * 420));
    assert!(steps.iter().any(|step| step.rule == Rule::Place));
}

#[test]
fn what_is_planned_says_nothing_of_what_happened() {
    let mut more = published();
    let planned = more
        .iter_mut()
        .find(|statement| statement.figure_id == "DR09")
        .unwrap();
    planned.value_low = 1_000_000;
    assert!(reconcile(&more, Options::default()).conflicts.is_empty());
}
