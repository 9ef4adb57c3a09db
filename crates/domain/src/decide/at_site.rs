//! The site where something is decided, and who is there.

use super::Context;
use crate::refusal::{Refusal, Rejected};
use crate::{Arrival, ArrivalId, Known, Site};

/// The site.
pub(super) fn site(known: &dyn Known, context: &Context<'_>) -> Result<Site, Rejected> {
    Ok(known.site(context.site)?.ok_or(Refusal::UnknownSite)?)
}

/// The arrival, if it is at this site.
pub(super) fn here(
    id: ArrivalId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Arrival, Rejected> {
    let arrival = known.arrival(id)?.ok_or(Refusal::UnknownArrival)?;
    if arrival.site != context.site {
        return Err(Refusal::OtherSite.into());
    }
    met(id, known, context)
}

/// The arrival, wherever it is: rights move to other sites.
pub(super) fn met(
    id: ArrivalId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Arrival, Rejected> {
    let arrival = known.arrival(id)?.ok_or(Refusal::UnknownArrival)?;
    if arrival.withdrawn_at.is_some() {
        return Err(Refusal::Withdrawn.into());
    }
    if context.occurred.latest() < arrival.met_at {
        return Err(Refusal::BeforeMet.into());
    }
    Ok(arrival)
}

/// The arrival, if it is at this site and its person's data was not erased: nothing personal can be
/// added to it then.
pub(super) fn open_here(
    id: ArrivalId,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Arrival, Rejected> {
    let arrival = here(id, known, context)?;
    if let Some(person) = arrival.person()
        && known.person(person)?.is_some_and(|person| person.erased)
    {
        return Err(Refusal::PersonErased.into());
    }
    Ok(arrival)
}
