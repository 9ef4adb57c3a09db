//! Telling the public, once and for good. What is counted and what is hidden is decided elsewhere;
//! here nothing passes that was computed before another edition came out, that is not over yet, or
//! that would break the promise never to show a small number of people.

use super::second::second_signs;
use super::{Context, NewEvent};
use crate::edition::publishable;
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{Known, NewEdition, Permission, Personal, UserId};

pub(super) fn publish(
    editions: Vec<NewEdition>,
    before: u32,
    second: UserId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if editions.is_empty() {
        return Err(Refusal::NoEdition.into());
    }
    second_signs(second, Permission::Publish, known, context)?;
    if known.editions_published()? != before {
        return Err(Refusal::PublishedMeanwhile.into());
    }
    let mut events: Vec<NewEvent> = Vec::with_capacity(editions.len());
    let mut periods = Vec::with_capacity(editions.len());
    for edition in editions {
        let period = edition.period;
        if known.edition_of(period)?.is_some() || periods.contains(&period) {
            return Err(Refusal::AlreadyPublished.into());
        }
        let reused = events.iter().any(|event| event.aggregate == edition.id.0);
        if reused || known.edition(edition.id)?.is_some() {
            return Err(Refusal::RequestReused.into());
        }
        over(&edition, known, context)?;
        if !publishable(&edition.tables, &edition.basis) {
            return Err(Refusal::EditionMalformed.into());
        }
        periods.push(period);
        events.push(published(edition, second));
    }
    Ok(events)
}

/// Every site of the edition is known, and had closed the last day when the numbers were taken.
fn over(edition: &NewEdition, known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    if edition.sites.is_empty() {
        return Err(Refusal::EditionNowhere.into());
    }
    if edition.cut_off > context.occurred.at {
        return Err(Refusal::InFuture.into());
    }
    let last = edition.period.to();
    for site in &edition.sites {
        let site = known.site(*site)?.ok_or(Refusal::UnknownSite)?;
        let (_, closed_at) = site.span_of(last);
        if closed_at > edition.cut_off {
            return Err(Refusal::PeriodNotOver { last }.into());
        }
    }
    Ok(())
}

fn published(edition: NewEdition, approved_by: UserId) -> NewEvent {
    let body = body::EditionPublished {
        edition: edition.id,
        from: edition.period.from(),
        to: edition.period.to(),
        sites: edition.sites,
        cut_off: edition.cut_off,
        plan: edition.plan,
        log_end: edition.log_end,
        tables: edition.tables,
        approved_by,
    };
    NewEvent::new(edition.id.0, body).with(edition.id, Personal::Basis(edition.basis))
}
