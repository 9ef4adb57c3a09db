//! Notices: what the public is told in words, in one or more languages. What is told stays on record;
//! a notice can be withdrawn, and then says so.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{LanguageCode, Moment, NoticeId, UserId};

/// A notice in one language.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct NoticeText {
    /// The language.
    #[n(0)]
    pub language: LanguageCode,
    /// What it is about, in one line.
    #[n(1)]
    pub title: String,
    /// The words; paragraphs stand apart by an empty line.
    #[n(2)]
    pub text: String,
}

/// A notice as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Notice {
    /// Its id.
    #[n(0)]
    pub id: NoticeId,
    /// Its words, each language once.
    #[n(1)]
    pub texts: Vec<NoticeText>,
    /// When it was published.
    #[n(2)]
    pub published_at: Moment,
    /// By whom.
    #[n(3)]
    pub by: UserId,
    /// Who read it too, and approved.
    #[n(4)]
    pub approved_by: UserId,
    /// When it was withdrawn, if it was.
    #[n(5)]
    pub withdrawn_at: Option<Moment>,
}

impl Notice {
    /// The notice that an event publishes.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::NoticePublished(published) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: published.notice,
            texts: published.texts.clone(),
            published_at: recorded.occurred.at,
            by: recorded.author,
            approved_by: published.approved_by,
            withdrawn_at: None,
        })
    }

    /// Takes in one later event, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        if matches!(recorded.event, Event::NoticeWithdrawn(_)) && self.withdrawn_at.is_none() {
            self.withdrawn_at = Some(recorded.occurred.at);
        }
    }

    /// The words in a language, or in the first it was written in.
    pub fn text_in(&self, language: &str) -> Option<&NoticeText> {
        let mut texts = self.texts.iter();
        texts
            .find(|text| text.language.as_str() == language)
            .or_else(|| self.texts.first())
    }
}
