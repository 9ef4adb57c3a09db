//! What others stated: kept as it was said, withdrawn and never changed, and quoted word for word.

use domain::{
    AccountId, AccountWithdrawal, Command, Day, DefinedBasis, Event, FIGURE_MAX, FigureId,
    FigureWithdrawal, Known, LanguageCode, LegalBasis, MatterId, Method, MovementId, MovementKind,
    NewFigure, Point, Quotation, Refusal, Screened, ScreenedCounts, Sharpness, StatedFigure, Told,
    is_quoted,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ADMIN, ELSEWHERE, SITE, World};

const SAID: Date = date(2021, 9, 20);

fn stated(code: &str, low: u64) -> StatedFigure {
    StatedFigure {
        code: code.into(),
        indicator: "present".into(),
        low,
        high: None,
        sharpness: Sharpness::About,
        method: Method::Statement,
        unit: "person".into(),
        from: None,
        as_of: Day(SAID),
        minute: None,
        place: "Del Rio encampment".into(),
        site: None,
        route: String::new(),
        breakdown: String::new(),
        stated_by: "Secretary of Demo".into(),
        published_by: String::new(),
        published_on: Day(SAID),
        source_url: String::new(),
        note: String::new(),
        parts: Vec::new(),
    }
}

fn state(number: u128, stated: StatedFigure) -> Command {
    Command::StateFigures {
        figures: vec![NewFigure {
            id: FigureId(Uuid::from_u128(number)),
            stated,
            replaces: None,
        }],
    }
}

fn figure(number: u128) -> FigureId {
    FigureId(Uuid::from_u128(number))
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason_and_nothing_is_recorded() {
    let today = StatedFigure {
        as_of: Day(date(2031, 1, 1)),
        ..stated("F1", 5)
    };
    let cases = [
        (today.clone(), Refusal::InFuture),
        (
            StatedFigure {
                published_on: Day(date(2031, 1, 1)),
                ..stated("F1", 5)
            },
            Refusal::InFuture,
        ),
        (stated("F1", FIGURE_MAX + 1), Refusal::FigureAbsurd),
        (
            StatedFigure {
                high: Some(4),
                ..stated("F1", 5)
            },
            Refusal::FigureBounds,
        ),
        (
            StatedFigure {
                from: Some(Day(date(2021, 9, 21))),
                ..stated("F1", 5)
            },
            Refusal::PeriodBackwards,
        ),
        (
            StatedFigure {
                source_url: "javascript:alert(1)".into(),
                ..stated("F1", 5)
            },
            Refusal::NoAddress,
        ),
        (
            StatedFigure {
                stated_by: "  ".into(),
                ..stated("F1", 5)
            },
            Refusal::TextMissing { field: "stated_by" },
        ),
        (
            StatedFigure {
                parts: vec!["F9".into()],
                ..stated("F1", 5)
            },
            Refusal::UnknownPart { code: "F9".into() },
        ),
        (
            StatedFigure {
                parts: vec!["F1".into()],
                ..stated("F1", 5)
            },
            Refusal::UnknownPart { code: "F1".into() },
        ),
    ];
    let mut world = World::new();
    for (stated, reason) in cases {
        assert_eq!(world.refusal(state(1, stated)), reason);
    }
    assert_eq!(world.known.figure_coded("F1").unwrap(), None);
    // What is planned may lie ahead.
    let planned = StatedFigure {
        sharpness: Sharpness::Planned,
        published_on: Day(SAID),
        ..today
    };
    world.ask(state(1, planned)).unwrap();
}

#[test]
fn a_figure_typed_wrongly_is_replaced_and_stays_on_record() {
    let mut world = World::new();
    world.ask(state(1, stated("DR07", 1_200))).unwrap();
    // Another may not take its name while it stands.
    assert_eq!(
        world.refusal(state(2, stated("DR07", 12_000))),
        Refusal::FigureCodeTaken {
            code: "DR07".into()
        }
    );
    let corrected = Command::StateFigures {
        figures: vec![NewFigure {
            id: figure(2),
            stated: stated("DR07", 12_000),
            replaces: Some(figure(1)),
        }],
    };
    world.ask(corrected.clone()).unwrap();
    let old = world.known.figure(figure(1)).unwrap().unwrap();
    let withdrawn = old.withdrawn.unwrap();
    assert_eq!(old.stated.low, 1_200);
    assert_eq!(
        (withdrawn.reason, withdrawn.replaced_by),
        (FigureWithdrawal::MISTYPED, Some(figure(2)))
    );
    assert_eq!(world.known.figure_coded("DR07").unwrap(), Some(figure(2)));
    assert_eq!(world.refusal(corrected), Refusal::RequestReused);
    let again = Command::WithdrawFigure {
        figure: figure(1),
        reason: FigureWithdrawal::TWICE,
    };
    assert_eq!(world.refusal(again), Refusal::FigureWithdrawn);
}

#[test]
fn parts_may_come_with_their_whole_and_codes_within_a_file_are_each_given_once() {
    let mut world = World::new();
    let whole = StatedFigure {
        parts: vec!["B".into(), "C".into()],
        ..stated("A", 30_000)
    };
    let new = |number, stated| NewFigure {
        id: figure(number),
        stated,
        replaces: None,
    };
    let twice = Command::StateFigures {
        figures: vec![new(1, stated("B", 1)), new(2, stated(" B ", 2))],
    };
    assert_eq!(
        world.refusal(twice),
        Refusal::FigureCodeTaken { code: "B".into() }
    );
    let all = Command::StateFigures {
        figures: vec![
            new(1, whole),
            new(2, stated("B", 1)),
            new(3, stated("C", 2)),
        ],
    };
    assert_eq!(world.ask(all).unwrap().len(), 3);
}

fn told(words: &str) -> Told {
    Told {
        author: "Demo-Envoy".into(),
        words: words.into(),
        language: LanguageCode::ENGLISH,
        said_on: Day(SAID),
        published_by: String::new(),
        source_url: String::new(),
    }
}

const MATTER: MatterId = MatterId(Uuid::from_u128(50));

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(60 + number))
}

/// A matter with two accounts.
fn two_accounts() -> World {
    let mut world = World::new();
    let open = Command::OpenMatter {
        matter: MATTER,
        title: "Why somebody left".into(),
        day: None,
    };
    world.ask(open).unwrap();
    for (number, words) in [(1, "I was not\nheard at all."), (2, "Everybody was heard.")] {
        let record = Command::RecordAccount {
            matter: MATTER,
            account: account(number),
            told: told(words),
        };
        world.ask(record).unwrap();
    }
    world
}

fn mark(quotations: &[(u128, &str)]) -> Command {
    let quotation = |(number, words): &(u128, &str)| Quotation {
        account: account(*number),
        words: (*words).into(),
    };
    Command::MarkMatter {
        matter: MATTER,
        points: vec![Point {
            about: "Whether anybody listened".into(),
            agree: false,
            quotations: quotations.iter().map(quotation).collect(),
        }],
    }
}

#[test]
fn an_editor_can_point_at_words_and_not_change_them() {
    let mut world = two_accounts();
    world
        .ask(mark(&[(1, "not heard"), (2, "was heard")]))
        .unwrap();
    assert_eq!(
        world.refusal(mark(&[(1, "was heard"), (2, "was heard")])),
        Refusal::Misquoted { account: 1 }
    );
    assert_eq!(
        world.refusal(mark(&[(1, "not heard"), (1, "at all")])),
        Refusal::TooFewQuoted
    );
    assert_eq!(
        world.refusal(mark(&[(1, "not heard"), (3, "was heard")])),
        Refusal::UnknownAccount
    );
    let withdraw = Command::WithdrawAccount {
        matter: MATTER,
        account: account(2),
        reason: AccountWithdrawal::MISTYPED,
    };
    world.ask(withdraw.clone()).unwrap();
    assert_eq!(world.refusal(withdraw), Refusal::AccountWithdrawn);
    assert_eq!(
        world.refusal(mark(&[(1, "not heard"), (2, "was heard")])),
        Refusal::AccountWithdrawn
    );
    let matter = world.known.matter(MATTER).unwrap().unwrap();
    assert_eq!(matter.accounts.len(), 2);
    // The words themselves are as they came, line break and all.
    assert_eq!(matter.accounts[0].told.words, "I was not\nheard at all.");
    assert_eq!(matter.marked.len(), 1);
    assert_eq!(matter.marked[0].by, matter.accounts[0].by);
}

proptest! {
    #[test]
    fn what_is_cut_out_of_a_text_is_quoted_and_one_changed_letter_is_not(
        words in proptest::collection::vec("[a-z]{1,8}", 2..30),
        from in 0_usize..30,
        letters in 1_usize..10,
        place in 0_usize..40,
    ) {
        let text = words.join(" ");
        let from = from % words.len();
        let quoted = words[from..(from + letters).min(words.len())].join("\n ");
        prop_assert!(is_quoted(&quoted, &text));
        let mut altered: Vec<char> = quoted.chars().collect();
        let place = place % altered.len();
        altered[place] = '#';
        prop_assert!(!is_quoted(&altered.into_iter().collect::<String>(), &text));
        prop_assert!(!is_quoted(" \n", &text));
    }
}

fn transfer(basis: LegalBasis) -> Command {
    Command::AnnounceMovement {
        movement: MovementId(Uuid::from_u128(77)),
        kind: MovementKind::TRANSFER,
        designator: "T1".into(),
        origin: SITE,
        destination: ELSEWHERE,
        expected: World::new().now,
        legal_basis: basis,
        announced: 100,
        screened_before: Screened::NotKnown,
    }
}

#[test]
fn a_legal_basis_of_ones_own_can_be_used_while_it_is_offered() {
    let mut world = World::new();
    let basis = LegalBasis::any("work_permit_ended");
    let unknown = Refusal::UnknownCode {
        field: "legal_basis",
    };
    assert_eq!(world.refusal(transfer(basis.clone())), unknown);
    let define = |code: &str, name: &str, active| Command::DefineLegalBasis {
        basis: DefinedBasis {
            code: LegalBasis::any(code.to_owned()),
            names: vec![(LanguageCode::FRENCH, name.into())],
            active,
        },
    };
    assert_eq!(
        world.refusal(define("title_42_expulsion", "x", true)),
        Refusal::BasisListed
    );
    assert_eq!(
        world.refusal(define("Work permit", "x", true)),
        Refusal::UnknownCode { field: "code" }
    );
    assert_eq!(
        world.refusal(define("work_permit_ended", " ", true)),
        Refusal::TextMissing { field: "name" }
    );
    world.must(ADMIN, define("work_permit_ended", "Permis expiré", false));
    assert_eq!(world.refusal(transfer(basis.clone())), unknown);
    world.must(ADMIN, define("work_permit_ended", "Permis expiré", true));
    world.ask(transfer(basis.clone())).unwrap();
    let defined = world.known.legal_basis(&basis).unwrap().unwrap();
    assert_eq!(defined.name("ht"), Some("Permis expiré"));
}

#[test]
fn no_more_people_were_screened_than_were_moved() {
    let mut world = World::new();
    world.ask(transfer(LegalBasis::SECTOR_TRANSFER)).unwrap();
    let movement = MovementId(Uuid::from_u128(77));
    let say = |offered, refused| Command::StateScreening {
        movement,
        counts: ScreenedCounts {
            offered,
            refused,
            ..ScreenedCounts::default()
        },
    };
    assert_eq!(world.refusal(say(None, None)), Refusal::NoFigure);
    assert_eq!(
        world.refusal(say(Some(101), None)),
        Refusal::ScreenedMoreThanMoved { people: 100 }
    );
    let recorded = world.ask(say(Some(100), Some(7))).unwrap();
    assert!(matches!(recorded[0].event, Event::ScreeningStated(_)));
    let counts = world
        .known
        .movement(movement)
        .unwrap()
        .unwrap()
        .screening
        .unwrap();
    assert_eq!(
        (counts.offered, counts.asked, counts.refused),
        (Some(100), None, Some(7))
    );
}
