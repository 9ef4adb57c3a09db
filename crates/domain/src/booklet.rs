//! Cards printed ahead, for the hours without power. Their codes are set aside when they are
//! printed, so that what is written on paper and entered later meets no card of the screen.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::event::{Event, Recorded};
use crate::{BookletId, CardCode, CardVoidReason, Moment, SiteId, UserId};

/// What is known of one card of a booklet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Somebody holds it, and it was entered.
    Entered,
    /// It is not to be used.
    Void(CardVoidReason),
    /// It was torn out, and nothing was entered: the page has to be found.
    Missing,
    /// It is still in the booklet, as far as is known.
    Blank,
}

/// A booklet as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Booklet {
    /// Its id.
    pub id: BookletId,
    /// The site it is for.
    pub site: SiteId,
    /// The number on its cover.
    pub number: u32,
    /// The codes, in the order of the cards.
    pub cards: Vec<CardCode>,
    /// When it was printed.
    pub printed_at: Moment,
    /// By whom.
    pub printed_by: UserId,
    /// The cards that are not to be used.
    pub voided: BTreeMap<CardCode, CardVoidReason>,
    /// How many are torn out, from the first on, once it came back.
    pub torn_out: Option<u32>,
}

impl Booklet {
    /// The booklet that an event prints.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::BookletPrinted(printed) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: printed.booklet,
            site: printed.site,
            number: printed.number,
            cards: printed.cards.clone(),
            printed_at: recorded.occurred.at,
            printed_by: recorded.author,
            voided: BTreeMap::new(),
            torn_out: None,
        })
    }

    /// Takes in one later event of this booklet, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::CardVoided(voided) => {
                self.voided
                    .entry(voided.card)
                    .or_insert_with(|| voided.reason.clone());
            }
            Event::BookletReturned(returned) => self.torn_out = Some(returned.torn_out),
            _ => {}
        }
    }

    /// What each card has come to, in their order; `entered` says whether somebody was met with it.
    /// The four states add up to the cards there are.
    pub fn states(&self, entered: impl Fn(&CardCode) -> bool) -> Vec<CardState> {
        let torn_out = self.torn_out.unwrap_or(0);
        (0..)
            .zip(&self.cards)
            .map(|(place, card): (u32, _)| {
                if entered(card) {
                    CardState::Entered
                } else if let Some(reason) = self.voided.get(card) {
                    CardState::Void(reason.clone())
                } else if place < torn_out {
                    CardState::Missing
                } else {
                    CardState::Blank
                }
            })
            .collect()
    }
}
