//! Paper at random: whatever is printed, voided, used, taken back and counted, no card stands on two
//! arrivals, and every card of a booklet is accounted for.

use std::collections::BTreeSet;

use domain::{
    ArrivalId, BookletId, CardCode, CardState, CardVoidReason, Command, Event, Known, Meeting,
    MovementId, Refusal,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{Counter, EVERYBODY, World};

fn booklet(number: u8) -> BookletId {
    BookletId(Uuid::from_u128(400 + u128::from(number)))
}

fn arrival(number: u8) -> ArrivalId {
    ArrivalId(Uuid::from_u128(200 + u128::from(number)))
}

fn cards(world: &World, number: u8) -> Vec<CardCode> {
    let found = world.known.booklet(booklet(number)).unwrap();
    found.map_or_else(Vec::new, |booklet| booklet.cards)
}

fn enter(movement: MovementId, number: u8, card: CardCode) -> Command {
    Command::MeetOnPaper {
        arrival: arrival(number),
        movement,
        card,
        written_by: EVERYBODY,
    }
}

fn withdraw(number: u8) -> Command {
    Command::WithdrawArrival {
        arrival: arrival(number),
        reason: "entered for somebody else".into(),
    }
}

fn print(number: u8, cards: u32) -> Command {
    Command::PrintBooklet {
        booklet: booklet(number),
        cards,
    }
}

fn void(number: u8, card: CardCode) -> Command {
    Command::VoidCard {
        booklet: booklet(number),
        card,
        reason: CardVoidReason::KNOWN[0].clone(),
    }
}

#[test]
fn the_card_of_an_entry_that_was_withdrawn_can_be_used_again() {
    let mut world = World::new();
    let movement = world.landed(1);
    world.ask(print(0, 2)).unwrap();
    let card = cards(&world, 0)[0];
    world.ask(enter(movement, 1, card)).unwrap();
    assert_eq!(world.refusal(enter(movement, 2, card)), Refusal::CardUsed);
    assert_eq!(world.refusal(void(0, card)), Refusal::CardUsed);
    world.ask(withdraw(1)).unwrap();
    world.ask(enter(movement, 2, card)).unwrap();
    assert_eq!(world.refusal(enter(movement, 3, card)), Refusal::CardUsed);
    // Taken back again, it may as well be voided; then it is used no more.
    world.ask(withdraw(2)).unwrap();
    world.ask(void(0, card)).unwrap();
    assert_eq!(world.refusal(enter(movement, 3, card)), Refusal::CardVoid);
}

/// The cards that were used, voided and printed, told from the log alone.
#[derive(Default)]
struct Told {
    printed: Vec<(Uuid, CardCode)>,
    voided: BTreeSet<CardCode>,
    held: Vec<(Uuid, CardCode)>,
}

fn told(world: &World) -> Told {
    let mut told = Told::default();
    for recorded in &world.log {
        match &recorded.event {
            Event::BookletPrinted(printed) => {
                let cards = printed.cards.iter().map(|card| (printed.booklet.0, *card));
                told.printed.extend(cards);
            }
            Event::CardVoided(voided) => {
                told.voided.insert(voided.card);
            }
            Event::ArrivalMet(met) => told.held.push((met.arrival.0, met.card)),
            Event::ArrivalWithdrawn(withdrawn) => {
                told.held.retain(|(id, _)| *id != withdrawn.arrival.0);
            }
            _ => {}
        }
    }
    told
}

fn check(world: &World) -> Result<(), TestCaseError> {
    let told = told(world);
    let held: BTreeSet<_> = told.held.iter().map(|(_, card)| *card).collect();
    prop_assert_eq!(held.len(), told.held.len(), "one card on two arrivals");
    let printed: BTreeSet<_> = told.printed.iter().map(|(_, card)| *card).collect();
    prop_assert_eq!(
        printed.len(),
        told.printed.len(),
        "one code in two booklets"
    );
    for number in 0..3 {
        let Some(found) = world.known.booklet(booklet(number)).unwrap() else {
            continue;
        };
        let mine = |card: &&CardCode| told.printed.contains(&(found.id.0, **card));
        let used = held.iter().filter(mine).count();
        let voided = told.voided.iter().filter(mine).count();
        let states = found.states(|card| world.known.card_held(card).unwrap());
        let of = |holds: fn(&CardState) -> bool| states.iter().filter(|state| holds(state)).count();
        let unused = of(|state| matches!(state, CardState::Missing | CardState::Blank));
        prop_assert_eq!(of(|state| matches!(state, CardState::Entered)), used);
        prop_assert_eq!(of(|state| matches!(state, CardState::Void(_))), voided);
        prop_assert_eq!(
            used + voided + unused,
            found.cards.len(),
            "used + void + unused"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_puts_a_card_on_two_arrivals_or_loses_one(
        steps in prop::collection::vec((0_u8..12, 0_u8..3, 0_u8..4, 0_u8..8), 1..60),
    ) {
        let mut world = World::new();
        let movement = world.landed(1);
        for (kind, of, nth, who) in steps {
            let card = cards(&world, of).get(usize::from(nth)).copied();
            let command = match (kind, card) {
                (0 | 1, _) => print(of, u32::from(nth)),
                (2, _) => {
                    // Chance gives the same cards once more.
                    world.ids = Counter::new();
                    continue;
                }
                (3 | 4, _) => withdraw(who),
                (5, _) => Command::ReturnBooklet { booklet: booklet(of), torn_out: u32::from(nth) },
                (6, _) => Command::Meet {
                    movement,
                    meetings: vec![Meeting { arrival: arrival(who), priority: None }],
                },
                (7, Some(card)) => void(of, card),
                (_, Some(card)) => enter(movement, who, card),
                (_, None) => continue,
            };
            let _ = world.ask(command);
            check(&world)?;
        }
    }
}
