//! Paper, for when nothing else works: codes set aside for cards printed ahead, and people entered
//! later who were met with one of them.

use super::reception::{free_card, last_queue_number, met_with, receiving};
use super::{Context, NewEvent};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    ArrivalId, Booklet, BookletId, CardCode, CardVoidReason, Command, Known, Meeting, MovementId,
    UserId,
};

/// Most cards of one booklet.
const BOOKLET_CARDS_MAX: u32 = 200;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::PrintBooklet { booklet, cards } => print(booklet, cards, known, context),
        Command::VoidCard {
            booklet,
            card,
            reason,
        } => {
            let found = here(booklet, known, context)?;
            unused(card, &found, known)?;
            let reason = CardVoidReason::known(reason.as_str());
            let reason = reason.ok_or(Refusal::UnknownCode { field: "reason" })?;
            let voided = body::CardVoided {
                booklet,
                card,
                reason,
            };
            Ok(vec![NewEvent::new(booklet.0, voided)])
        }
        Command::ReturnBooklet { booklet, torn_out } => {
            let found = here(booklet, known, context)?;
            let cards = u32::try_from(found.cards.len()).unwrap_or(u32::MAX);
            if torn_out > cards {
                return Err(Refusal::TornOut { cards }.into());
            }
            if found.torn_out == Some(torn_out) {
                return Err(Refusal::NothingToCorrect.into());
            }
            let returned = body::BookletReturned { booklet, torn_out };
            Ok(vec![NewEvent::new(booklet.0, returned)])
        }
        Command::MeetOnPaper {
            arrival,
            movement,
            card,
            written_by,
        } => meet(arrival, movement, card, written_by, known, context),
        _ => unreachable!("only commands about paper are sent here"),
    }
}

fn here(id: BookletId, known: &dyn Known, context: &Context<'_>) -> Result<Booklet, Rejected> {
    let booklet = known.booklet(id)?.ok_or(Refusal::UnknownBooklet)?;
    if booklet.site == context.site {
        Ok(booklet)
    } else {
        Err(Refusal::OtherSite.into())
    }
}

fn print(
    booklet: BookletId,
    cards: u32,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if !(1..=BOOKLET_CARDS_MAX).contains(&cards) {
        let max = BOOKLET_CARDS_MAX;
        return Err(Refusal::BookletCards { max }.into());
    }
    if known.booklet(booklet)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    let mut codes: Vec<CardCode> = Vec::new();
    while codes.len() < cards as usize {
        let card = free_card(known, context)?;
        if !codes.contains(&card) {
            codes.push(card);
        }
    }
    let printed = body::BookletPrinted {
        booklet,
        site: context.site,
        number: known.last_booklet_number(context.site)? + 1,
        cards: codes,
    };
    Ok(vec![NewEvent::new(booklet.0, printed)])
}

fn unused(card: CardCode, booklet: &Booklet, known: &dyn Known) -> Result<(), Rejected> {
    if !booklet.cards.contains(&card) {
        return Err(Refusal::CardNotPrinted.into());
    }
    if known.card_held(&card)? {
        return Err(Refusal::CardUsed.into());
    }
    if booklet.voided.contains_key(&card) {
        return Err(Refusal::CardVoid.into());
    }
    Ok(())
}

fn meet(
    arrival: ArrivalId,
    movement: MovementId,
    card: CardCode,
    written_by: UserId,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    receiving(movement, known, context)?;
    let booklet = known.booklet_with(&card)?.ok_or(Refusal::CardNotPrinted)?;
    let booklet = here(booklet, known, context)?;
    unused(card, &booklet, known)?;
    known.user(written_by)?.ok_or(Refusal::UnknownUser)?;
    if known.arrival(arrival)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    let meeting = Meeting {
        arrival,
        priority: None,
    };
    let queue = last_queue_number(known, context)? + 1;
    let mut events = met_with(card, &meeting, movement, queue, known, context)?;
    let from_paper = body::ArrivalFromPaper {
        arrival,
        written_by,
    };
    events.push(NewEvent::new(arrival.0, from_paper));
    Ok(events)
}
