//! Feedback, and what is said about people who work here. Everybody may record both; who answers
//! the one cannot even learn whether there is any of the other.

use super::{Context, NewEvent, REMARK_LENGTH_MAX, holds, maybe, remark, text};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, Feedback, FeedbackChannel, FeedbackId, FeedbackKind, FeedbackStage, Known, Misconduct,
    MisconductKind, Permission, Personal, Role, Voice,
};

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::RecordFeedback { feedback, voice } => {
            let voice = Voice {
                channel: channel(&voice.channel)?,
                kind: FeedbackKind::known(voice.kind.as_str())
                    .ok_or(Refusal::UnknownCode { field: "kind" })?,
                text: text("text", &voice.text, REMARK_LENGTH_MAX)?,
                contact: maybe("contact", voice.contact.as_deref())?,
                sensitive: voice.sensitive,
            };
            record(feedback, Personal::Feedback(voice), known, context)
        }
        Command::ReportMisconduct {
            feedback,
            misconduct,
        } => {
            let kind = misconduct.kind.as_ref();
            let kind = kind.and_then(|kind| MisconductKind::known(kind.as_str()));
            let reported = Misconduct {
                kind: Some(kind.ok_or(Refusal::UnknownCode { field: "kind" })?),
                channel: misconduct.channel.as_ref().map(channel).transpose()?,
                text: text("text", &misconduct.text, REMARK_LENGTH_MAX)?,
                contact: maybe("contact", misconduct.contact.as_deref())?,
            };
            has_key(known)?;
            record(feedback, Personal::Misconduct(reported), known, context)
        }
        Command::AnswerFeedback { feedback, text } => {
            let found = heard(feedback, known, context)?;
            let answered = NewEvent::new(feedback.0, body::FeedbackAnswered { feedback });
            let answer = if found.confidential {
                has_key(known)?;
                Personal::Misconduct(Misconduct {
                    kind: None,
                    channel: None,
                    text: super::text("text", &text, REMARK_LENGTH_MAX)?,
                    contact: None,
                })
            } else {
                remark("text", &text)?
            };
            Ok(vec![answered.with(feedback, answer)])
        }
        Command::CloseFeedback { feedback } => {
            let found = heard(feedback, known, context)?;
            if found.stage == FeedbackStage::Open {
                return Err(Refusal::NotAnswered.into());
            }
            let closed = body::FeedbackClosed { feedback };
            Ok(vec![NewEvent::new(feedback.0, closed)])
        }
        Command::EraseFeedback { feedback } => {
            let found = known_to(feedback, Permission::Erase, known, context)?;
            if found.erased {
                return Err(Refusal::FeedbackErased.into());
            }
            let erased = body::FeedbackErased { feedback };
            Ok(vec![NewEvent::new(feedback.0, erased)])
        }
        _ => unreachable!("only commands about feedback are sent here"),
    }
}

fn channel(channel: &FeedbackChannel) -> Result<FeedbackChannel, Refusal> {
    FeedbackChannel::known(channel.as_str()).ok_or(Refusal::UnknownCode { field: "channel" })
}

/// Somebody works here who can read it: a key alone reads nothing.
fn has_key(known: &dyn Known) -> Result<(), Rejected> {
    let sealed_to = known.role_key(Role::FocalPoint)?;
    if sealed_to.is_none() || known.active_of_role(Role::FocalPoint)? == 0 {
        return Err(Refusal::NoFocalPoint.into());
    }
    Ok(())
}

fn record(
    feedback: FeedbackId,
    said: Personal,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if known.feedback(feedback)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    let recorded = body::FeedbackRecorded {
        feedback,
        site: context.site,
    };
    Ok(vec![
        NewEvent::new(feedback.0, recorded).with(feedback, said),
    ])
}

/// The feedback, for somebody who may know of it: of what is said about staff that is the focal
/// point, of everything else who has the `ordinary` permission. For others there is none.
fn known_to(
    id: FeedbackId,
    ordinary: Permission,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Feedback, Rejected> {
    let found = known.feedback(id)?.ok_or(Refusal::UnknownFeedback)?;
    let needed = if found.confidential {
        Permission::HearMisconduct
    } else {
        ordinary
    };
    if holds(needed, known, context)? {
        Ok(found)
    } else {
        Err(Refusal::UnknownFeedback.into())
    }
}

/// The feedback, for somebody who answers it, while it is not closed.
fn heard(id: FeedbackId, known: &dyn Known, context: &Context<'_>) -> Result<Feedback, Rejected> {
    let found = known_to(id, Permission::AnswerFeedback, known, context)?;
    if found.stage == FeedbackStage::Closed {
        return Err(Refusal::FeedbackClosed.into());
    }
    Ok(found)
}
