//! Matters of which there is more than one account. Each account stands in its author's own words,
//! with source and date; none is merged with another or summarised away. What they agree on and where
//! they differ is marked by an editor who is named, in quotations that are checked word for word.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::event::{Event, Recorded};
use crate::{AccountId, AccountWithdrawal, Day, LanguageCode, MatterId, Moment, UserId};

/// What somebody says happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Told {
    /// Who says so.
    #[n(0)]
    pub author: String,
    /// Their own words.
    #[n(1)]
    pub words: String,
    /// In which language they are.
    #[n(2)]
    pub language: LanguageCode,
    /// When they were said.
    #[n(3)]
    pub said_on: Day,
    /// Where they were published, or to whom they were said.
    #[n(4)]
    pub published_by: String,
    /// Where they can be read.
    #[n(5)]
    pub source_url: String,
}

/// An account of a matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Account {
    /// Its id.
    #[n(0)]
    pub id: AccountId,
    /// What was said, by whom.
    #[n(1)]
    pub told: Told,
    /// Who entered it here.
    #[n(2)]
    pub by: UserId,
    /// When it was entered.
    #[n(3)]
    pub entered_at: Moment,
    /// Why it no longer stands, where it does not.
    #[n(4)]
    pub withdrawn: Option<AccountWithdrawal>,
}

/// Words out of one account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Quotation {
    /// Whose.
    #[n(0)]
    pub account: AccountId,
    /// Word for word.
    #[n(1)]
    pub words: String,
}

/// One point on which accounts agree or differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Point {
    /// What it is about, in the editor's words.
    #[n(0)]
    pub about: String,
    /// Whether the accounts agree on it.
    #[n(1)]
    pub agree: bool,
    /// What each says of it; an account that does not speak of it is not quoted.
    #[n(2)]
    pub quotations: Vec<Quotation>,
}

/// What an editor marked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Marked {
    /// Who.
    #[n(0)]
    pub by: UserId,
    /// When.
    #[n(1)]
    pub at: Moment,
    /// The points, those agreed on first.
    #[n(2)]
    pub points: Vec<Point>,
}

/// Something that happened, and how it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Matter {
    /// Its id.
    #[n(0)]
    pub id: MatterId,
    /// What it is called here.
    #[n(1)]
    pub title: String,
    /// When it happened, as far as that is agreed.
    #[n(2)]
    pub day: Option<Day>,
    /// The accounts, in the order they came in.
    #[n(3)]
    pub accounts: Vec<Account>,
    /// What editors marked, the newest last; each stays.
    #[n(4)]
    pub marked: Vec<Marked>,
}

impl Matter {
    /// The matter that an event opens.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::MatterOpened(body) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: body.matter,
            title: body.title.clone(),
            day: body.day,
            accounts: Vec::new(),
            marked: Vec::new(),
        })
    }

    /// Takes in one later event of this matter, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::AccountRecorded(body) if self.account(body.account).is_none() => {
                self.accounts.push(Account {
                    id: body.account,
                    told: body.told.clone(),
                    by: recorded.author,
                    entered_at: recorded.order.recorded_at(),
                    withdrawn: None,
                });
            }
            Event::AccountWithdrawn(body) => {
                let found = self.accounts.iter_mut();
                for account in found.filter(|account| account.id == body.account) {
                    account.withdrawn.get_or_insert(body.reason.clone());
                }
            }
            Event::MatterMarked(body) => self.marked.push(Marked {
                by: recorded.author,
                at: recorded.order.recorded_at(),
                points: body.points.clone(),
            }),
            _ => {}
        }
    }

    /// One of its accounts.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }
}
