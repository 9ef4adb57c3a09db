//! Recommendations, answers, dissent. That a statement is signed by its author's key is seen to where
//! keys are, at the node; here it is decided who may say what in whose name.

use super::figures::latest_day;
use super::second::second_signs;
use super::{Context, NewEvent, holds, name};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Advice, AdviceId, AdviceOutcome, Bytes, Command, Known, Office, OfficeId, Permission,
    StatementKind, Stating, UserId,
};

/// Longest statement, in bytes.
const STATEMENT_BYTES_MAX: usize = 1024 * 1024;
/// Offices one recommendation is addressed to.
const OFFICES_MAX: usize = 20;
/// The longest time an office is given.
const DUE_DAYS_MAX: i32 = 366;
const PUBLIC_KEY_BYTES: usize = 32;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let author = context.actor.id();
    match command {
        Command::DefineOffice {
            office,
            name: called,
            members,
            active,
        } => define(office, &called, members, active, known),
        Command::MakeAuthorKey { public_key } => {
            if public_key.len() != PUBLIC_KEY_BYTES {
                return Err(Refusal::UnknownCode {
                    field: "public_key",
                }
                .into());
            }
            let public_key = Bytes(public_key);
            if known.author_key(author)?.as_ref() == Some(&public_key) {
                return Ok(Vec::new());
            }
            let body = body::AuthorKeyMade {
                user: author,
                public_key,
            };
            Ok(vec![NewEvent::new(author.0, body)])
        }
        Command::RegisterStatement(registering) => register(*registering, author, known, context),
        Command::WithdrawAdvice { advice } => {
            let found = of_author(advice, author, known)?;
            if found.withdrawn_at.is_some() {
                return Err(Refusal::AdviceWithdrawn.into());
            }
            let body = body::AdviceWithdrawn { advice };
            Ok(vec![NewEvent::new(advice.0, body)])
        }
        _ => unreachable!("decide() sends only advice here"),
    }
}

fn define(
    office: OfficeId,
    called: &str,
    mut members: Vec<UserId>,
    active: bool,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    members.sort_unstable();
    members.dedup();
    for member in &members {
        known.user(*member)?.ok_or(Refusal::UnknownUser)?;
    }
    let body = body::OfficeDefined {
        office,
        name: name("name", called)?,
        members,
        active,
    };
    Ok(vec![NewEvent::new(office.0, body)])
}

fn of_author(id: AdviceId, author: UserId, known: &dyn Known) -> Result<Advice, Rejected> {
    let advice = known.advice(id)?.ok_or(Refusal::UnknownAdvice)?;
    if advice.author == author {
        Ok(advice)
    } else {
        Err(Refusal::NotAuthor.into())
    }
}

fn open_office(id: OfficeId, known: &dyn Known) -> Result<Office, Rejected> {
    let office = known.office(id)?.filter(|office| office.active);
    Ok(office.ok_or(Refusal::UnknownOffice)?)
}

fn register(
    registering: Stating,
    author: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if registering.bytes.is_empty() || registering.bytes.len() > STATEMENT_BYTES_MAX {
        return Err(Refusal::TextTooLong { field: "text" }.into());
    }
    if known.author_key(author)?.is_none() {
        return Err(Refusal::NoAuthorKey.into());
    }
    match registering.kind {
        StatementKind::Recommendation => recommend(registering, author, known, context),
        StatementKind::Response => respond(registering, author, known),
        StatementKind::Dissent => dissent(registering, known),
        StatementKind::Report => report(registering, author, known, context),
    }
}

fn recorded(registering: Stating, outcome: Option<AdviceOutcome>) -> Vec<NewEvent> {
    let advice = registering.advice;
    let body = body::StatementRegistered {
        advice,
        statement: registering.statement,
        kind: registering.kind,
        bytes: Bytes(registering.bytes),
        about: registering.about,
        offices: registering.offices,
        due: registering.due,
        office: registering.office,
        outcome,
        refers_to: registering.refers_to,
        approved_by: registering.second,
    };
    vec![NewEvent::new(advice.0, body)]
}

/// The statement that a new version follows: the newest, so that nobody goes on from an old one.
fn follows(registering: &Stating, advice: &Advice) -> Result<(), Refusal> {
    let newest = advice.newest().map(|newest| newest.id);
    if advice.withdrawn_at.is_some() {
        return Err(Refusal::AdviceWithdrawn);
    }
    if registering.refers_to == newest {
        Ok(())
    } else {
        Err(Refusal::NewerVersion)
    }
}

fn recommend(
    registering: Stating,
    author: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match known.advice(registering.advice)? {
        None if registering.refers_to.is_none() => {}
        None => return Err(Refusal::UnknownAdvice.into()),
        Some(_) if registering.refers_to.is_none() => return Err(Refusal::RequestReused.into()),
        Some(_) => follows(&registering, &of_author(registering.advice, author, known)?)?,
    }
    if registering.offices.is_empty() || registering.offices.len() > OFFICES_MAX {
        return Err(Refusal::NoOffice.into());
    }
    for office in &registering.offices {
        open_office(*office, known)?;
    }
    let today = latest_day(context.now).0;
    let days = registering.due.map(|due| (due.0 - today).get_days());
    // The day that it is somewhere may be tomorrow here.
    if days.is_none_or(|days| !(-1..=DUE_DAYS_MAX).contains(&days)) {
        let max_days = DUE_DAYS_MAX.unsigned_abs();
        return Err(Refusal::DueOutOfRange { max_days }.into());
    }
    Ok(recorded(registering, None))
}

/// An answer in the name of an office that was asked, by somebody of that office.
fn respond(
    registering: Stating,
    author: UserId,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    let advice = known
        .advice(registering.advice)?
        .ok_or(Refusal::UnknownAdvice)?;
    if advice.kind != StatementKind::Recommendation {
        return Err(Refusal::UnknownAdvice.into());
    }
    follows(&registering, &advice)?;
    let office = registering.office.ok_or(Refusal::NoOffice)?;
    if !advice.offices.contains(&office) {
        return Err(Refusal::NotAsked.into());
    }
    if !open_office(office, known)?.members.contains(&author) {
        return Err(Refusal::NotOfThatOffice.into());
    }
    let outcome = registering.outcome.as_ref();
    let outcome = outcome.and_then(|outcome| AdviceOutcome::known(outcome.as_str()));
    let outcome = outcome.ok_or(Refusal::UnknownCode { field: "outcome" })?;
    Ok(recorded(registering, Some(outcome)))
}

fn dissent(registering: Stating, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    if known.advice(registering.advice)?.is_some() {
        return Err(Refusal::RequestReused.into());
    }
    let about = registering.about.ok_or(Refusal::NothingToDissent)?;
    let is_edition = known.edition(crate::EditionId(about.0))?.is_some();
    if !is_edition && known.advice(AdviceId(about.0))?.is_none() {
        return Err(Refusal::NothingToDissent.into());
    }
    Ok(recorded(registering, None))
}

/// Published by two, of whom one wrote it. A correction is a new version, by whoever wrote the first.
fn report(
    registering: Stating,
    author: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let permission = Permission::Publish;
    if !holds(permission, known, context)? {
        return Err(Refusal::NotAllowed { permission }.into());
    }
    let second = registering.second.ok_or(Refusal::SecondUnsigned)?;
    second_signs(second, permission, known, context)?;
    match known.advice(registering.advice)? {
        None => {}
        Some(_) if registering.refers_to.is_none() => return Err(Refusal::RequestReused.into()),
        Some(_) => follows(&registering, &of_author(registering.advice, author, known)?)?,
    }
    Ok(recorded(registering, None))
}
