//! Recommendations: nobody edits another's words, nobody answers for an office that is not theirs.

use domain::{
    AdviceId, AdviceOutcome, Command, Day, EditionId, Known, OfficeId, Refusal, Standing,
    StatementId, StatementKind, Stating, SubjectId, UserId,
};
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::world::{ADMIN, EVERYBODY, World};

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(700));
const OTHER_OFFICE: OfficeId = OfficeId(Uuid::from_u128(701));
const ADVICE: AdviceId = AdviceId(Uuid::from_u128(710));
/// The day on which the world begins.
const TODAY: Date = date(2021, 9, 22);

fn statement(number: u128) -> StatementId {
    StatementId(Uuid::from_u128(720 + number))
}

fn recommendation(number: u128, refers_to: Option<u128>) -> Stating {
    Stating {
        advice: ADVICE,
        statement: statement(number),
        kind: StatementKind::Recommendation,
        bytes: vec![u8::try_from(number).unwrap()],
        about: None,
        offices: vec![OFFICE],
        due: Some(Day(date(2021, 9, 25))),
        office: None,
        outcome: None,
        refers_to: refers_to.map(statement),
        second: None,
    }
}

fn response(number: u128, refers_to: u128) -> Stating {
    Stating {
        kind: StatementKind::Response,
        offices: Vec::new(),
        due: None,
        office: Some(OFFICE),
        outcome: Some(AdviceOutcome::REJECTED),
        ..recommendation(number, Some(refers_to))
    }
}

fn register(stating: Stating) -> Command {
    Command::RegisterStatement(Box::new(stating))
}

fn office(office: OfficeId, members: Vec<UserId>, active: bool) -> Command {
    Command::DefineOffice {
        office,
        name: "Operations".into(),
        members,
        active,
    }
}

fn key(byte: u8) -> Command {
    Command::MakeAuthorKey {
        public_key: vec![byte; 32],
    }
}

/// A world in which everybody has a key and answers for the one office.
fn world() -> World {
    let mut world = World::new();
    world.must(ADMIN, office(OFFICE, vec![EVERYBODY], true));
    world.must(ADMIN, office(OTHER_OFFICE, Vec::new(), true));
    world.ask(key(1)).unwrap();
    world
}

#[test]
fn nothing_is_registered_without_a_key_and_a_key_made_again_is_no_news() {
    let mut world = World::new();
    world.must(ADMIN, office(OFFICE, vec![EVERYBODY], true));
    assert_eq!(
        world.refusal(register(recommendation(1, None))),
        Refusal::NoAuthorKey
    );
    assert_eq!(world.ask(key(1)).unwrap().len(), 1);
    assert!(world.ask(key(1)).unwrap().is_empty());
    assert_eq!(world.ask(key(2)).unwrap().len(), 1);
    let short = Command::MakeAuthorKey {
        public_key: vec![1; 31],
    };
    assert_eq!(
        world.refusal(short),
        Refusal::UnknownCode {
            field: "public_key"
        }
    );
}

#[test]
fn a_new_version_follows_the_newest_and_is_its_authors_alone() {
    let mut world = world();
    world.ask(register(recommendation(1, None))).unwrap();
    assert_eq!(
        world.refusal(register(recommendation(2, None))),
        Refusal::RequestReused
    );
    world.ask(register(recommendation(2, Some(1)))).unwrap();
    // Somebody saw the first version only.
    assert_eq!(
        world.refusal(register(recommendation(3, Some(1)))),
        Refusal::NewerVersion
    );
    // Another person, with a key of their own.
    let as_admin = |world: &mut World, command| match world.run(domain::Actor::User(ADMIN), command)
    {
        Err(domain::Rejected::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    world.run(domain::Actor::User(ADMIN), key(9)).unwrap();
    assert_eq!(
        as_admin(&mut world, register(recommendation(3, Some(2)))),
        Refusal::NotAuthor
    );
    assert_eq!(
        as_admin(&mut world, Command::WithdrawAdvice { advice: ADVICE }),
        Refusal::NotAuthor
    );
    let advice = world.known.advice(ADVICE).unwrap().unwrap();
    assert_eq!(advice.versions().count(), 2);
    assert_eq!(advice.newest().unwrap().id, statement(2));
}

#[test]
fn an_office_answers_through_its_people_and_only_where_it_was_asked() {
    let mut world = world();
    world.ask(register(recommendation(1, None))).unwrap();
    let refused = |world: &mut World, stating| world.refusal(register(stating));
    let elsewhere = Stating {
        office: Some(OTHER_OFFICE),
        ..response(2, 1)
    };
    assert_eq!(refused(&mut world, elsewhere), Refusal::NotAsked);
    let undecided = Stating {
        outcome: Some(AdviceOutcome::any("maybe")),
        ..response(2, 1)
    };
    assert_eq!(
        refused(&mut world, undecided),
        Refusal::UnknownCode { field: "outcome" }
    );
    let nobody = Stating {
        office: None,
        ..response(2, 1)
    };
    assert_eq!(refused(&mut world, nobody), Refusal::NoOffice);
    world.must(ADMIN, office(OFFICE, vec![ADMIN], true));
    assert_eq!(
        refused(&mut world, response(2, 1)),
        Refusal::NotOfThatOffice
    );
    world.must(ADMIN, office(OFFICE, vec![ADMIN, EVERYBODY], true));
    world.ask(register(response(2, 1))).unwrap();
    let advice = world.known.advice(ADVICE).unwrap().unwrap();
    assert_eq!(advice.standing(Day(date(2021, 12, 1))), Standing::Rejected);
}

#[test]
fn the_clock_runs_until_every_office_answered_and_withdrawal_leaves_the_record() {
    let mut world = world();
    let asked = Stating {
        offices: vec![OFFICE, OTHER_OFFICE],
        ..recommendation(1, None)
    };
    world.ask(register(asked)).unwrap();
    let standing = |world: &World, day| {
        world
            .known
            .advice(ADVICE)
            .unwrap()
            .unwrap()
            .standing(Day(day))
    };
    assert_eq!(standing(&world, TODAY), Standing::Open);
    assert_eq!(standing(&world, date(2021, 9, 25)), Standing::Open);
    assert_eq!(standing(&world, date(2021, 9, 26)), Standing::Overdue);
    world.ask(register(response(2, 1))).unwrap();
    assert_eq!(standing(&world, date(2021, 9, 26)), Standing::Overdue);
    world
        .ask(Command::WithdrawAdvice { advice: ADVICE })
        .unwrap();
    assert_eq!(standing(&world, date(2021, 9, 26)), Standing::Withdrawn);
    let advice = world.known.advice(ADVICE).unwrap().unwrap();
    assert_eq!(advice.statements.len(), 2);
    assert_eq!(
        world.refusal(register(recommendation(3, Some(1)))),
        Refusal::AdviceWithdrawn
    );
    assert_eq!(
        world.refusal(register(response(3, 1))),
        Refusal::AdviceWithdrawn
    );
}

#[test]
fn who_is_asked_and_by_when_has_to_be_said() {
    let mut world = world();
    let cases = [
        (
            Stating {
                offices: Vec::new(),
                ..recommendation(1, None)
            },
            Refusal::NoOffice,
        ),
        (
            Stating {
                offices: vec![OfficeId(Uuid::from_u128(9))],
                ..recommendation(1, None)
            },
            Refusal::UnknownOffice,
        ),
        (
            Stating {
                due: None,
                ..recommendation(1, None)
            },
            Refusal::DueOutOfRange { max_days: 366 },
        ),
        (
            Stating {
                due: Some(Day(date(2021, 9, 19))),
                ..recommendation(1, None)
            },
            Refusal::DueOutOfRange { max_days: 366 },
        ),
        (
            Stating {
                bytes: Vec::new(),
                ..recommendation(1, None)
            },
            Refusal::TextTooLong { field: "text" },
        ),
    ];
    for (stating, reason) in cases {
        assert_eq!(world.refusal(register(stating)), reason);
    }
    world.must(ADMIN, office(OFFICE, vec![EVERYBODY], false));
    assert_eq!(
        world.refusal(register(recommendation(1, None))),
        Refusal::UnknownOffice
    );
}

#[test]
fn a_dissent_is_about_something_that_is_here() {
    let mut world = world();
    let dissent = |about: Option<Uuid>| Stating {
        advice: AdviceId(Uuid::from_u128(800)),
        kind: StatementKind::Dissent,
        about: about.map(SubjectId),
        offices: Vec::new(),
        due: None,
        ..recommendation(5, None)
    };
    let nowhere = EditionId(Uuid::from_u128(1)).0;
    for about in [None, Some(nowhere)] {
        assert_eq!(
            world.refusal(register(dissent(about))),
            Refusal::NothingToDissent
        );
    }
    world.ask(register(recommendation(1, None))).unwrap();
    world.ask(register(dissent(Some(ADVICE.0)))).unwrap();
}
