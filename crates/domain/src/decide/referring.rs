//! Referrals: nobody is sent anywhere without having agreed. The one exception is a danger to life
//! or safety that somebody of the protection role sees, and says why: the guidance on case
//! management with children (Inter-Agency Guidelines for Case Management and Child Protection,
//! 2014) and with survivors (Inter-Agency GBV Case Management Guidelines, 2017) knows no other.

use super::{Context, NewEvent, REMARK_LENGTH_MAX, holds, maybe, name, text};
use crate::command::Referring;
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    CallResult, Command, Consent, Contact, Known, Moment, Permission, PersonId, Personal, PlacesOf,
    ProtectionNote, Reachability, Referral, ReferralId, ReferralOutcome, ReferralState,
    ReferralTerms, Role, Service, ServiceId, ServiceKind,
};

/// How far ahead somebody may say to ask again.
const DUE_DAYS_MAX: u32 = 366;
/// Most languages one service is listed with.
const LANGUAGES_MAX: usize = 12;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::ListService {
            service,
            name,
            kind,
            languages,
            active,
            contact,
        } => {
            same_guard(service, &kind, known)?;
            list(service, &name, &kind, languages, active, &contact)
        }
        Command::StateService {
            service,
            places,
            places_of,
            reachable,
            until,
            open_days,
        } => {
            let stated = body::ServiceStated {
                service,
                places,
                places_of,
                reachable,
                until,
                open_days,
            };
            state(stated, known, context)
        }
        Command::Refer(referring) => refer(&referring, known, context),
        Command::FollowUpReferral {
            referral,
            due,
            note,
            reached,
        } => {
            let found = seen(referral, known, context)?;
            let welcome = reached == Some(CallResult::CALLS_AGAIN);
            if found.state.is_over() && !welcome {
                return Err(stands(&found));
            }
            let due = in_range(due, context)?;
            if let Some(result) = &reached {
                let known_code = CallResult::known(result.as_str());
                known_code.ok_or(Refusal::UnknownCode { field: "reached" })?;
                if !welcome && declines_calls(found.person, known)? {
                    return Err(Refusal::NoCalls.into());
                }
            }
            let followed = body::ReferralFollowedUp {
                referral,
                due,
                reached,
            };
            let also = if welcome {
                declining(found.person, known)?
            } else {
                Vec::new()
            };
            // That calls are welcome again is said of all that was said, wherever it was.
            let also = also.into_iter().filter(|other| *other != referral);
            let also: Vec<_> = also
                .map(|referral| {
                    let again = body::ReferralFollowedUp {
                        referral,
                        ..followed.clone()
                    };
                    NewEvent::new(referral.0, again)
                })
                .collect();
            let followed = NewEvent::new(referral.0, followed);
            let mut events = vec![noted(followed, &found, note.as_deref(), known)?];
            events.extend(also);
            Ok(events)
        }
        Command::AnswerReferral {
            referral,
            outcome,
            due,
            note,
        } => answer(referral, &outcome, due, note.as_deref(), known, context),
        _ => unreachable!("only commands about referrals are sent here"),
    }
}

/// The kind says who may know of the referrals to a service, so it may not come to say otherwise.
fn same_guard(id: ServiceId, kind: &ServiceKind, known: &dyn Known) -> Result<(), Rejected> {
    match known.service(id)? {
        Some(before) if before.kind.guarded_by() != kind.guarded_by() => {
            Err(Refusal::ServiceKindStays.into())
        }
        _ => Ok(()),
    }
}

fn list(
    service: ServiceId,
    title: &str,
    kind: &ServiceKind,
    languages: Vec<String>,
    active: bool,
    contact: &Contact,
) -> Result<Vec<NewEvent>, Rejected> {
    let known = ServiceKind::known(kind.as_str());
    let kind = known.ok_or(Refusal::UnknownCode { field: "kind" })?;
    let tag = |tag: &String| {
        (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    if languages.len() > LANGUAGES_MAX || !languages.iter().all(tag) {
        return Err(Refusal::UnknownCode { field: "languages" }.into());
    }
    let maybe =
        |field, value: &str| Ok::<_, Refusal>(maybe(field, Some(value))?.unwrap_or_default());
    let contact = Contact {
        place: maybe("place", &contact.place)?,
        reach: maybe("reach", &contact.reach)?,
        capacity: maybe("capacity", &contact.capacity)?,
    };
    let listed = body::ServiceListed {
        service,
        name: name("name", title)?,
        kind,
        languages,
        active,
    };
    let listed = NewEvent::new(service.0, listed);
    Ok(vec![listed.with(service, Personal::Contact(contact))])
}

fn state(
    mut stated: body::ServiceStated,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    known
        .service(stated.service)?
        .ok_or(Refusal::UnknownService)?;
    let places_of = PlacesOf::known(stated.places_of.as_str());
    stated.places_of = places_of.ok_or(Refusal::UnknownCode { field: "places_of" })?;
    let reachable = Reachability::known(stated.reachable.as_str());
    stated.reachable = reachable.ok_or(Refusal::UnknownCode { field: "reachable" })?;
    match stated.until {
        // Otherwise nobody would ever ask again.
        None if stated.reachable == Reachability::UNREACHABLE => {
            return Err(Refusal::UntilMissing.into());
        }
        None => {}
        Some(until) => {
            in_range(until, context)?;
        }
    }
    stated.open_days.sort_unstable();
    stated.open_days.dedup();
    if !stated.open_days.iter().all(|day| (1..=7).contains(day)) {
        return Err(Refusal::NoWeekday.into());
    }
    Ok(vec![NewEvent::new(stated.service.0, stated)])
}

/// Whether this person asked not to be called, under any of their records and at any referral: who says
/// it once is not to say it again to the next who calls.
fn declines_calls(person: PersonId, known: &dyn Known) -> Result<bool, Rejected> {
    Ok(!declining(person, known)?.is_empty())
}

/// The referrals at which somebody asked not to be called, under any of their records.
fn declining(person: PersonId, known: &dyn Known) -> Result<Vec<ReferralId>, Rejected> {
    let mut declining = Vec::new();
    for record in known.same_person(person)? {
        let theirs = known.referrals_of(record)?.into_iter();
        let theirs = theirs.filter(|referral| referral.calls_declined);
        declining.extend(theirs.map(|referral| referral.id));
    }
    Ok(declining)
}

fn refer(
    asked: &Referring,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    on_record(asked.person, known)?;
    if known.referral(asked.referral)?.is_some() {
        return Err(Refusal::AlreadyReferred.into());
    }
    let service = known.service(asked.service)?;
    let service = service.ok_or(Refusal::UnknownService)?;
    let guard = service.kind.guarded_by();
    if !holds(guard, known, context)? {
        return Err(Refusal::NotAllowed { permission: guard }.into());
    }
    if !service.active {
        return Err(Refusal::ServiceClosed.into());
    }
    not_referred_before(asked.person, &service, known)?;
    let terms = ReferralTerms {
        service: service.id,
        consent: asked.consent,
        reason: agreed(asked, guard)?,
        need: maybe("need", asked.need.as_deref())?,
    };
    let terms = if guard == Permission::Protect {
        known
            .role_key(Role::Protection)?
            .ok_or(Refusal::NoRoleKey)?;
        Personal::ProtectionReferral(terms)
    } else {
        Personal::Referral(terms)
    };
    let made = body::ReferralMade {
        referral: asked.referral,
        person: asked.person,
        site: context.site,
        due: in_range(asked.due, context)?,
    };
    let made = NewEvent::new(asked.referral.0, made);
    Ok(vec![made.with(asked.person, terms)])
}

/// Why without consent, where nobody agreed: only for protection, and never without a reason.
fn agreed(asked: &Referring, guard: Permission) -> Result<Option<String>, Refusal> {
    match asked.consent {
        Consent::Person | Consent::Caregiver => Ok(None),
        Consent::Nobody if guard == Permission::Protect => {
            let reason = asked.reason.as_deref().unwrap_or_default();
            text("reason", reason, REMARK_LENGTH_MAX).map(Some)
        }
        Consent::Nobody => Err(Refusal::NoConsent),
    }
}

fn on_record(person: PersonId, known: &dyn Known) -> Result<(), Rejected> {
    let found = known.person(person)?.ok_or(Refusal::UnknownPerson)?;
    if found.erased {
        return Err(Refusal::PersonErased.into());
    }
    Ok(())
}

/// Whether this person waits for this service already, under any of their records. What is sealed
/// to the protection role cannot be compared here.
fn not_referred_before(
    person: PersonId,
    service: &Service,
    known: &dyn Known,
) -> Result<(), Rejected> {
    for record in known.same_person(person)? {
        let waits = |referral: &Referral| {
            referral.state.is_open()
                && referral
                    .terms
                    .as_ref()
                    .is_some_and(|terms| terms.service == service.id)
        };
        if known.referrals_of(record)?.iter().any(waits) {
            return Err(Refusal::AlreadyReferred.into());
        }
    }
    Ok(())
}

/// The referral, for somebody who may know of it; for others there is none.
fn seen(id: ReferralId, known: &dyn Known, context: &Context<'_>) -> Result<Referral, Rejected> {
    let found = known.referral(id)?.ok_or(Refusal::UnknownReferral)?;
    let guard = if found.guarded {
        Permission::Protect
    } else {
        let service = found.terms.as_ref().map(|terms| terms.service);
        let service = service.map(|id| known.service(id)).transpose()?.flatten();
        service.map_or(Permission::Refer, |service| service.kind.guarded_by())
    };
    if holds(guard, known, context)? {
        on_record(found.person, known)?;
        Ok(found)
    } else {
        Err(Refusal::UnknownReferral.into())
    }
}

fn stands(referral: &Referral) -> Rejected {
    let state = referral.state.code();
    Refusal::ReferralStands { state }.into()
}

fn in_range(due: Moment, context: &Context<'_>) -> Result<Moment, Refusal> {
    let last = context.now.plus_ms(i64::from(DUE_DAYS_MAX) * 86_400_000);
    if due < context.occurred.at || due > last {
        let max_days = DUE_DAYS_MAX;
        return Err(Refusal::DueOutOfRange { max_days });
    }
    Ok(due)
}

fn answer(
    referral: ReferralId,
    outcome: &ReferralOutcome,
    due: Option<Moment>,
    note: Option<&str>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = seen(referral, known, context)?;
    let outcome = ReferralOutcome::known(outcome.as_str());
    let outcome = outcome.ok_or(Refusal::UnknownCode { field: "outcome" })?;
    if !found.state.may_become(&outcome) {
        return Err(stands(&found));
    }
    if outcome == ReferralOutcome::DECLINED && note.is_none_or(|note| note.trim().is_empty()) {
        return Err(Refusal::TextMissing { field: "reason" }.into());
    }
    let due = match ReferralState::from_code(outcome.as_str()) {
        // What was accepted is asked after again.
        Some(state) if state.is_open() => {
            let due = due.ok_or(Refusal::TextMissing { field: "due" })?;
            Some(in_range(due, context)?)
        }
        _ => None,
    };
    let answered = body::ReferralAnswered {
        referral,
        outcome,
        due,
    };
    let answered = NewEvent::new(referral.0, answered);
    Ok(vec![noted(answered, &found, note, known)?])
}

/// Why, sealed for whoever may know of the referral.
fn noted(
    event: NewEvent,
    referral: &Referral,
    note: Option<&str>,
    known: &dyn Known,
) -> Result<NewEvent, Rejected> {
    let Some(text) = maybe("reason", note)? else {
        return Ok(event);
    };
    let note = if referral.guarded {
        known
            .role_key(Role::Protection)?
            .ok_or(Refusal::NoRoleKey)?;
        Personal::Protection(ProtectionNote { text })
    } else {
        Personal::Remark(text)
    };
    Ok(event.with(referral.person, note))
}
