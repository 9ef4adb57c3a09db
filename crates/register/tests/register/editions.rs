//! What the public was told is read back as it was published, in the order of its days, whatever
//! order the events come in; who may not read what is sealed has everything but the numbers.

use domain::{
    Command, Day, EditionId, EditionRow, EditionTable, Known, Moment, NewEdition, Period, PersonId,
    body,
};
use jiff::civil::{Date, date};
use register::Register;
use uuid::Uuid;

use crate::world::{ADMIN, ELSEWHERE, SITE, World, applied, named, rebuilt, registering, withheld};

fn tables() -> Vec<EditionTable> {
    let row = |code: &str, count| EditionRow {
        code: code.into(),
        count,
    };
    vec![EditionTable {
        of: "met".into(),
        by: Some("sex".into()),
        rows: vec![row("f", Some(81_234)), row("m", None)],
    }]
}

fn edition(number: u128, period: Period, world: &World) -> NewEdition {
    NewEdition {
        id: EditionId(Uuid::from_u128(1_300 + number)),
        period,
        sites: vec![SITE, ELSEWHERE],
        cut_off: world.now,
        plan: 3,
        log_end: "0707070707070707 12".into(),
        tables: tables(),
        basis: vec![81_234, 3],
    }
}

fn publish(world: &mut World, editions: Vec<NewEdition>) {
    let known = world.register().editions_published().unwrap();
    let command = Command::PublishEditions {
        editions,
        known,
        second: ADMIN,
    };
    world.ask(command).unwrap();
}

fn day(date: Date) -> Period {
    Period::Day(Day(date))
}

const AUGUST: Period = Period::Month(Day(date(2021, 8, 1)));

#[test]
fn editions_are_listed_by_their_days_and_read_back_as_they_were_published() {
    let mut world = World::new();
    let periods = [day(date(2021, 9, 1)), day(date(2021, 8, 1)), AUGUST];
    for (number, period) in (0..).zip(periods) {
        let new = edition(number, period, &world);
        publish(&mut world, vec![new.clone()]);
        let found = world.register().edition(new.id).unwrap().unwrap();
        assert_eq!(found.period, period);
        assert_eq!((found.sites, found.tables), (new.sites, new.tables));
        assert_eq!(found.basis, Some(new.basis));
        assert_eq!((found.plan, found.log_end), (new.plan, new.log_end));
        assert_eq!(
            (found.cut_off, found.published_at),
            (new.cut_off, world.now)
        );
    }
    let listed = world.register().editions().unwrap();
    let listed: Vec<_> = listed.iter().map(|edition| edition.period).collect();
    let in_order = [day(date(2021, 8, 1)), AUGUST, day(date(2021, 9, 1))];
    assert_eq!(listed, in_order);
    let unknown = EditionId(Uuid::from_u128(5));
    assert_eq!(world.register().edition(unknown).unwrap(), None);
}

#[test]
fn a_node_that_may_not_read_the_basis_has_the_edition_without_it() {
    let mut world = World::new();
    let new = edition(1, AUGUST, &world);
    publish(&mut world, vec![new.clone()]);
    let hidden: Vec<_> = world.log.events.iter().map(withheld).collect();
    let connection = applied(&hidden, &world.log);
    let register = Register::new(&connection);
    let here = world.register().edition(new.id).unwrap().unwrap();
    let there = register.edition(new.id).unwrap().unwrap();
    assert_eq!(there.basis, None);
    let all_but_the_basis = domain::Edition {
        basis: None,
        ..here.clone()
    };
    assert_eq!(there, all_but_the_basis);
    let digests = [register.digest(), world.register().digest()].map(Result::unwrap);
    assert_eq!(digests[0].public, digests[1].public);
    assert_ne!(digests[0].full, digests[1].full);
    // When the part becomes readable, the edition is folded anew.
    register.refold([new.id.0], &world.log).unwrap();
    assert_eq!(register.edition(new.id).unwrap(), Some(here));
}

#[test]
fn two_editions_of_one_period_from_nodes_apart_are_both_kept_and_the_first_is_the_one() {
    let mut world = World::new();
    let first = edition(2, AUGUST, &world);
    publish(&mut world, vec![first.clone()]);
    world.node = 1;
    // The other node had not heard of it.
    let second = EditionId(Uuid::from_u128(1_301));
    let published = body::EditionPublished {
        edition: second,
        from: AUGUST.from(),
        to: AUGUST.to(),
        sites: vec![SITE],
        cut_off: world.now,
        plan: 3,
        log_end: "0909090909090909 1".into(),
        tables: tables(),
        approved_by: ADMIN,
    };
    world.forge(second.0, published.clone());
    // What is published stays, whatever is said later under its id.
    let rewritten = body::EditionPublished {
        tables: Vec::new(),
        ..published
    };
    world.forge(second.0, rewritten);
    // Days that are neither one nor a month are no edition.
    let odd = EditionId(Uuid::from_u128(1_303));
    world.forge(
        odd.0,
        body::EditionPublished {
            edition: odd,
            from: Day(date(2021, 8, 1)),
            to: Day(date(2021, 8, 9)),
            sites: vec![SITE],
            cut_off: world.now,
            plan: 3,
            log_end: String::new(),
            tables: Vec::new(),
            approved_by: ADMIN,
        },
    );
    let expected = world.register().digest().unwrap();
    let backwards = applied(world.log.events.iter().rev(), &world.log);
    for connection in [&world.connection, &backwards, &rebuilt(&world.log)] {
        let register = Register::new(connection);
        assert_eq!(register.digest().unwrap(), expected);
        assert_eq!(register.edition_of(AUGUST).unwrap(), Some(first.id));
        let listed = register.editions().unwrap();
        let listed: Vec<_> = listed.iter().map(|edition| edition.id).collect();
        assert_eq!(listed, [first.id, second]);
        let second = register.edition(second).unwrap().unwrap();
        assert_eq!((second.tables, second.basis), (tables(), None));
    }
    assert_eq!(world.memory.edition_of(AUGUST).unwrap(), Some(first.id));
    assert_eq!(world.memory.editions_published().unwrap(), 2);
}

#[test]
fn people_erased_after_an_instant_are_counted_once_where_they_were_met() {
    let mut world = World::new();
    let movement = world.landed(1, 9);
    let began = world.now;
    let erase = |world: &mut World, person: PersonId| {
        world.ask(Command::ErasePerson { person }).unwrap();
    };
    let (_, before) = world.register_as(movement, named("Ana Demo-One"), None);
    erase(&mut world, before);
    let since = world.now;

    let (_, twice) = world.register_as(movement, named("Bea Demo-Two"), None);
    let (mistake, taken_back) = world.register_as(movement, named("Cid Demo-Three"), None);
    let (_, still_here) = world.register_as(movement, named("Dan Demo-Four"), None);
    let next_day = world.landed(2, 9);
    let ended = world.now;
    let again = world.meet(next_day);
    let known = domain::Whose::Known(twice);
    world
        .ask(registering(again, next_day, known, None))
        .unwrap();
    let (_, later) = world.register_as(next_day, named("Eva Demo-Five"), None);
    let withdraw = Command::WithdrawArrival {
        arrival: mistake,
        reason: "registered twice".into(),
    };
    world.ask(withdraw).unwrap();

    let both = [(SITE, began, ended), (SITE, ended, world.now)];
    let count = |world: &World, windows: &[_], since| {
        let connection = applied(world.log.events.iter().rev(), &world.log);
        let backwards = Register::new(&connection).erased_among(windows, since);
        let counted = world.register().erased_among(windows, since).unwrap();
        assert_eq!(backwards.unwrap(), counted);
        counted
    };
    assert_eq!(count(&world, &both, since), 0, "nobody erased since");
    assert_eq!(count(&world, &both, began), 1, "one before");
    for person in [twice, taken_back, later] {
        erase(&mut world, person);
    }
    assert_eq!(count(&world, &both, since), 2, "once each");
    assert_eq!(count(&world, &both[..1], since), 1, "met on the first day");
    assert_eq!(count(&world, &both[1..], since), 2, "met on the second day");
    assert_eq!(count(&world, &both, began), 3, "with the one before");
    let elsewhere = [(ELSEWHERE, began, world.now)];
    assert_eq!(count(&world, &elsewhere, since), 0, "not met there");
    assert_eq!(count(&world, &both, world.now), 0, "not after now");
    assert_eq!(count(&world, &[], since), 0, "nowhere");
    let met_at = world.register().arrival(again).unwrap().unwrap().met_at;
    let until = [(SITE, met_at.plus_ms(-1), met_at)];
    assert_eq!(count(&world, &until, since), 0, "to is exclusive");
    let from = [(SITE, met_at, met_at.plus_ms(1))];
    assert_eq!(count(&world, &from, since), 1, "from is inclusive");
    let person = world.register().person(still_here).unwrap().unwrap();
    assert!(!person.erased);
}

#[test]
fn an_erasure_entered_late_counts_by_when_it_was_recorded_and_the_first_one_counts() {
    let mut world = World::new();
    let movement = world.landed(1, 9);
    let (_, person) = world.register_as(movement, named("Ana Demo-One"), None);
    let windows = [(SITE, Moment(0), world.now.plus_ms(1))];
    let since = world.now.plus_ms(60_000);
    world.now = since;
    // Said to have happened before, but until it was recorded the person was counted as they are.
    world.late_ms = 120_000;
    world.ask(Command::ErasePerson { person }).unwrap();
    let recorded = world.now;
    let erased = |world: &World, since| world.register().erased_among(&windows, since).unwrap();
    assert_eq!(erased(&world, since), 1);
    let also = Vec::new();
    world.forge(person.0, body::PersonErased { person, also });
    assert_eq!(erased(&world, since), 1);
    assert_eq!(
        erased(&world, recorded),
        0,
        "erased again is not erased later"
    );
}
