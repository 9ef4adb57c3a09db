//! People across arrivals: corrections, erasure, links, families.

use super::at_site::site;
use super::reception::{check_particulars, documents_unshared};
use super::{Context, NewEvent, giving, remark};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, FamilyId, Known, LineId, LinkId, Owner, Particulars, Person, PersonId, Personal,
    Relation, RelationCode, Stage,
};

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        command @ Command::CorrectPerson { .. } => correct(command, known, context),
        Command::ErasePerson { person } => erase(person, known),
        Command::EraseLine { line } => erase_line(line, known),
        Command::LinkPersons {
            link,
            first,
            second,
        } => connect(link, first, second, known),
        Command::UnlinkPersons { link, reason } => {
            let found = known.link(link)?.filter(|link| link.active);
            let found = found.ok_or(Refusal::UnknownLink)?;
            let undone = NewEvent::new(link.0, body::PersonsUnlinked { link });
            let reason = remark("reason", &reason)?;
            // Why is sealed for one of the two whose data is not erased.
            for person in [found.first, found.second] {
                if known.person(person)?.is_some_and(|record| !record.erased) {
                    return Ok(vec![undone.with(person, reason)]);
                }
            }
            Ok(vec![undone])
        }
        Command::JoinFamily {
            family,
            person,
            relation,
        } => join(family, person, relation, known),
        Command::LeaveFamily { family, person } => {
            known.family(family)?.ok_or(Refusal::UnknownFamily)?;
            if known.family_of(person)? != Some(family) {
                return Err(Refusal::NotInFamily.into());
            }
            Ok(vec![NewEvent::new(
                family.0,
                body::FamilyLeft { family, person },
            )])
        }
        _ => unreachable!("only commands about people are sent here"),
    }
}

/// The person, if their data is not erased.
fn on_record(id: PersonId, known: &dyn Known) -> Result<Person, Rejected> {
    let person = known.person(id)?.ok_or(Refusal::UnknownPerson)?;
    if person.erased {
        Err(Refusal::PersonErased.into())
    } else {
        Ok(person)
    }
}

fn correct(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let Command::CorrectPerson {
        person,
        particulars,
        reason,
        document_shared,
    } = command
    else {
        unreachable!("only corrections are sent here")
    };
    let before = on_record(person, known)?;
    if before.particulars.as_ref() == Some(&*particulars) {
        return Ok(Vec::new());
    }
    if particulars.full_name().is_empty() {
        return Err(Refusal::NothingKnown.into());
    }
    check_particulars(&particulars, known, context)?;
    let documents_before = before.particulars.map(|before| before.documents);
    if !document_shared && documents_before.as_ref() != Some(&particulars.documents) {
        documents_unshared(&particulars, person, known)?;
    }
    let reason = remark("reason", &reason)?;
    let mut events = vec![
        NewEvent::new(person.0, body::PersonCorrected { person })
            .with(person, Personal::Particulars((*particulars).clone()))
            .with(person, reason),
    ];
    events.extend(entitle_again(person, &particulars, known, context)?);
    Ok(events)
}

/// Who said more of themselves may be entitled to more: on the movements that are being received.
fn entitle_again(
    person: PersonId,
    particulars: &Particulars,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let package = known.package()?;
    let mut events = Vec::new();
    for id in known.arrivals_of(person)? {
        let Some(arrival) = known.arrival(id)? else {
            continue;
        };
        let receiving = known.movement(arrival.movement)?;
        if arrival.site == context.site
            && receiving.is_some_and(|movement| movement.stage == Stage::Landed)
        {
            let day = site(known, context)?.date_of(arrival.met_at);
            let granted = package.on_registration(Some(particulars), day);
            events.extend(giving::entitle(id, granted, &arrival.entitlements, context));
        }
    }
    Ok(events)
}

/// Every record that people linked with this one goes. Each event names every owner whose sealed
/// parts go with it: the person, and the arrivals and manifest lines that are theirs.
fn erase(person: PersonId, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    on_record(person, known)?;
    let mut events = Vec::new();
    for person in known.same_person(person)? {
        if known.person(person)?.is_none_or(|record| record.erased) {
            continue;
        }
        let mut also = Vec::new();
        for id in known.arrivals_of(person)? {
            also.push(Owner::from(id));
            let line = known
                .arrival(id)?
                .and_then(|arrival| arrival.registration?.line);
            also.extend(line.map(Owner::from));
        }
        also.extend(known.withdrawn_of(person)?.into_iter().map(Owner::from));
        events.push(NewEvent::new(person.0, body::PersonErased { person, also }));
    }
    Ok(events)
}

/// Somebody on the list who was not registered from it: only the manifest knows of them. Who was
/// registered is erased as a person, with everything else that is theirs.
fn erase_line(line: LineId, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    let found = known.line(line)?.ok_or(Refusal::UnknownLine)?;
    if found.erased {
        return Err(Refusal::PersonErased.into());
    }
    if found.taken_by.is_some() {
        return Err(Refusal::ErasePersonInstead.into());
    }
    Ok(vec![NewEvent::new(line.0, body::LineErased { line })])
}

fn connect(
    link: LinkId,
    first: PersonId,
    second: PersonId,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    on_record(first, known)?;
    on_record(second, known)?;
    if known.link(link)?.is_some() || known.same_person(first)?.contains(&second) {
        return Err(Refusal::AlreadyLinked.into());
    }
    Ok(vec![NewEvent::new(
        link.0,
        body::PersonsLinked {
            link,
            first,
            second,
        },
    )])
}

fn join(
    family: FamilyId,
    person: PersonId,
    relation: RelationCode,
    known: &dyn Known,
) -> Result<Vec<NewEvent>, Rejected> {
    on_record(person, known)?;
    if RelationCode::known(relation.as_str()).is_none() {
        return Err(Refusal::UnknownCode { field: "relation" }.into());
    }
    if known
        .family_of(person)?
        .is_some_and(|other| other != family)
    {
        return Err(Refusal::InFamily.into());
    }
    let mut events = Vec::new();
    if known.family(family)?.is_none() {
        events.push(NewEvent::new(family.0, body::FamilyFormed { family }));
    }
    let joined = NewEvent::new(family.0, body::FamilyJoined { family, person });
    events.push(joined.with(person, Personal::Relation(Relation { to_head: relation })));
    Ok(events)
}
