//! Telling the public something in words: written by one, read and approved by another. Taking it back
//! takes one.

use super::second::second_signs;
use super::{Context, NewEvent, text};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{Known, LanguageCode, NoticeId, NoticeText, Permission, UserId};

/// Longest title, in characters: a line of a list.
const TITLE_LENGTH_MAX: usize = 150;
/// Longest text in one language, in characters: two pages.
const TEXT_LENGTH_MAX: usize = 8_000;

pub(super) fn publish(
    notice: NoticeId,
    texts: Vec<NoticeText>,
    second: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    second_signs(second, Permission::Publish, known, context)?;
    if known.notice(notice)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    if texts.is_empty() {
        return Err(Refusal::TextMissing { field: "text" }.into());
    }
    let mut checked: Vec<NoticeText> = Vec::with_capacity(texts.len());
    for one in texts {
        let again = checked.iter().any(|other| other.language == one.language);
        if again || !LanguageCode::KNOWN.contains(&one.language) {
            return Err(Refusal::UnknownCode { field: "language" }.into());
        }
        let title = text("title", &one.title, TITLE_LENGTH_MAX)?;
        if title.chars().any(char::is_control) {
            return Err(Refusal::TextTooLong { field: "title" }.into());
        }
        checked.push(NoticeText {
            language: one.language,
            title,
            text: text("text", &one.text, TEXT_LENGTH_MAX)?,
        });
    }
    let body = body::NoticePublished {
        notice,
        texts: checked,
        approved_by: second,
    };
    Ok(vec![NewEvent::new(notice.0, body)])
}

pub(super) fn withdraw(notice: NoticeId, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    let found = known.notice(notice)?.ok_or(Refusal::UnknownNotice)?;
    if found.withdrawn_at.is_some() {
        return Err(Refusal::NoticeWithdrawn.into());
    }
    let body = body::NoticeWithdrawn { notice };
    Ok(vec![NewEvent::new(notice.0, body)])
}
