//! Two servers that record at once: every acknowledged command is there exactly once, nothing is given
//! twice, and both come to the same.

use std::collections::BTreeSet;

use domain::{ArrivalId, ItemCode, MovementId, Refusal};
use ledger_postgres::Settings;
use node::ExecuteError;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use scratch_postgres::ScratchPostgres;

use crate::company::{Desk, Hub};

/// What somebody does next.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Somebody new is registered.
    Register,
    /// One of those who wait for a meal gets it.
    Feed(usize),
    /// Nothing for a while.
    Wait(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => Just(Step::Register),
        3 => (0..6_usize).prop_map(Step::Feed),
        1 => (0..4_u8).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..12)
}

/// What a desk was told.
#[derive(Default)]
struct Told {
    positions: Vec<(u64, u32)>,
    registered: u64,
    fed: Vec<usize>,
}

fn work(desk: &mut Desk, movement: MovementId, waiting: &[ArrivalId], steps: &[Step]) -> Told {
    let mut told = Told::default();
    for step in steps {
        match *step {
            Step::Register => {
                let whose = desk.somebody();
                let (_, command) = desk.registering(movement, whose);
                let done = desk.must(command);
                told.positions.push((done.position, done.events));
                told.registered += 1;
            }
            Step::Feed(who) => {
                let arrival = waiting[who];
                let meal = desk.entitlement(arrival, &ItemCode::HOT_MEAL);
                match desk.ask(Desk::giving(arrival, meal)) {
                    Ok(done) => {
                        told.positions.push((done.position, done.events));
                        told.fed.push(who);
                    }
                    Err(ExecuteError::Refused(Refusal::AlreadyGiven { .. })) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            Step::Wait(ms) => std::thread::sleep(std::time::Duration::from_millis(ms.into())),
        }
    }
    told
}

fn race(mut hub: Hub, [first, second]: [Vec<Step>; 2]) {
    hub.one.stock_up(&ItemCode::HOT_MEAL, 100);
    let movement = hub.one.landed();
    let waiting: Vec<ArrivalId> = (0..6).map(|_| hub.one.registered(movement).0).collect();
    hub.two.node.follow().unwrap();
    let before = hub.one.node.log_end().unwrap().position;
    let (one, two) = (&mut hub.one, &mut hub.two);
    let told: Vec<Told> = std::thread::scope(|scope| {
        let desks = [
            scope.spawn(|| work(one, movement, &waiting, &first)),
            scope.spawn(|| work(two, movement, &waiting, &second)),
        ];
        desks.map(|desk| desk.join().unwrap()).into_iter().collect()
    });
    hub.agree();
    // Every position that was told stands, belongs to one command, and there are no others.
    let mut taken = BTreeSet::new();
    for (last, events) in told.iter().flat_map(|told| &told.positions) {
        for position in last + 1 - u64::from(*events)..=*last {
            assert!(taken.insert(position), "{position} was told twice");
        }
    }
    let end = hub.one.node.log_end().unwrap().position;
    assert_eq!(taken, (before + 1..=end).collect());
    let mut fed: Vec<usize> = told.iter().flat_map(|told| told.fed.clone()).collect();
    let meals = i64::try_from(fed.len()).unwrap();
    fed.sort_unstable();
    let people = fed.len();
    fed.dedup();
    assert_eq!(fed.len(), people, "somebody was fed twice");
    assert_eq!(hub.two.stock(&ItemCode::HOT_MEAL), 100 - meals);
}

fn each_case(cases: u32, hub: impl Fn() -> Hub) {
    let config = Config {
        cases,
        // Threads race as they like: a smaller case need not fail as well.
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let both = (steps(), steps());
    runner
        .run(&both, |(first, second)| {
            race(hub(), [first, second]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn two_servers_that_race_on_a_file_do_everything_once() {
    each_case(6, Hub::on_file);
}

#[test]
fn two_servers_that_race_on_postgresql_do_everything_once() {
    let cluster = ScratchPostgres::start();
    each_case(3, || Hub::on_with(&cluster, Settings::default()));
}
