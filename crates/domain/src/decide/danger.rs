//! Incidents, access, teams that cannot leave. Anybody may warn; who runs the site says whether a road
//! is open.

use super::{Context, NewEvent, holds, maybe, name, remark};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    AccessStatus, Command, Credibility, Harm, Incident, IncidentId, IncidentKind, IncidentSource,
    Known, PCode, Permission, Personal, SiteId,
};

/// What is said of a road holds at most so long.
const ACCESS_HOURS_MAX: i64 = 24 * 14;
/// More people than any team has.
const TEAM_MAX: u32 = 1_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::ReportIncident { .. }
        | Command::UpdateIncident { .. }
        | Command::CloseIncident { .. } => incidents(command, known),
        command => places(command, known, context),
    }
}

fn incidents(command: Command, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::ReportIncident {
            incident,
            kind,
            area,
            site,
            harm,
            source,
            credibility,
            text,
        } => {
            if known.incident(incident)?.is_some() {
                return Err(Refusal::RequestReused.into());
            }
            let code = |field, known: bool| {
                if known {
                    Ok(())
                } else {
                    Err(Refusal::UnknownCode { field })
                }
            };
            code("kind", IncidentKind::known(kind.as_str()).is_some())?;
            code("source", IncidentSource::known(source.as_str()).is_some())?;
            judged(&harm, &credibility)?;
            let area = placed(area, site, known)?;
            let body = body::IncidentReported {
                incident,
                kind,
                area,
                site,
                harm,
                source,
                credibility,
            };
            told(NewEvent::new(incident.0, body), incident, text.as_deref())
        }
        Command::UpdateIncident {
            incident,
            harm,
            credibility,
            text,
        } => {
            standing(incident, known)?;
            judged(&harm, &credibility)?;
            let body = body::IncidentUpdated {
                incident,
                harm,
                credibility,
            };
            told(NewEvent::new(incident.0, body), incident, text.as_deref())
        }
        Command::CloseIncident { incident } => {
            standing(incident, known)?;
            let body = body::IncidentClosed { incident };
            Ok(vec![NewEvent::new(incident.0, body)])
        }
        _ => unreachable!("only incidents are sent here"),
    }
}

/// Whether places can be reached and left.
fn places(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::StateAccess {
            access,
            site,
            road,
            area,
            status,
            until,
        } => {
            runs_the_site(known, context)?;
            if AccessStatus::known(status.as_str()).is_none() {
                return Err(Refusal::UnknownCode { field: "status" }.into());
            }
            let road = maybe("road", road.as_deref())?;
            if site.is_none() == road.is_none() {
                return Err(Refusal::AccessOfWhat.into());
            }
            let road = road.map(|road| name("road", &road)).transpose()?;
            let latest = context.now.plus_ms(ACCESS_HOURS_MAX * 3_600_000);
            if until <= context.now || until > latest {
                let max_days = u32::try_from(ACCESS_HOURS_MAX / 24).unwrap_or(u32::MAX);
                return Err(Refusal::DueOutOfRange { max_days }.into());
            }
            let area = placed(area, site, known)?;
            let body = body::AccessStated {
                access,
                site,
                road,
                area,
                status,
                until,
            };
            Ok(vec![NewEvent::new(access.0, body)])
        }
        Command::ConfineTeam {
            team,
            people,
            area,
            site,
            text,
        } => {
            runs_the_site(known, context)?;
            if known.team(team)?.is_some() {
                return Err(Refusal::RequestReused.into());
            }
            if !(1..=TEAM_MAX).contains(&people) {
                return Err(Refusal::PeopleOutOfRange { max: TEAM_MAX }.into());
            }
            let area = placed(area, site, known)?;
            let body = body::TeamConfined {
                team,
                people,
                area,
                site,
            };
            told(NewEvent::new(team.0, body), team, text.as_deref())
        }
        Command::FreeTeam { team } => {
            runs_the_site(known, context)?;
            let found = known.team(team)?.ok_or(Refusal::UnknownTeam)?;
            if found.freed_at.is_some() {
                return Err(Refusal::TeamFreed.into());
            }
            Ok(vec![NewEvent::new(team.0, body::TeamFreed { team })])
        }
        _ => unreachable!("decide() sends only danger here"),
    }
}

fn runs_the_site(known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    let permission = Permission::ManageMovements;
    if holds(permission, known, context)? {
        Ok(())
    } else {
        Err(Refusal::NotAllowed { permission }.into())
    }
}

fn judged(harm: &Harm, credibility: &Credibility) -> Result<(), Refusal> {
    if Harm::known(harm.as_str()).is_none() {
        return Err(Refusal::UnknownCode { field: "harm" });
    }
    if Credibility::known(credibility.as_str()).is_none() {
        return Err(Refusal::UnknownCode {
            field: "credibility",
        });
    }
    Ok(())
}

/// The department, which is known, and that of the site where one is named.
fn placed(area: PCode, site: Option<SiteId>, known: &dyn Known) -> Result<PCode, Rejected> {
    let of_site = match site {
        None => None,
        Some(site) => known.site(site)?.ok_or(Refusal::UnknownSite)?.area,
    };
    let area = of_site.unwrap_or(area);
    match PCode::known(area.as_str()) {
        Some(area) => Ok(area),
        None => Err(Refusal::UnknownCode { field: "area" }.into()),
    }
}

fn standing(id: IncidentId, known: &dyn Known) -> Result<Incident, Rejected> {
    let incident = known.incident(id)?.ok_or(Refusal::UnknownIncident)?;
    match incident.closed_at {
        None => Ok(incident),
        Some(_) => Err(Refusal::IncidentClosed.into()),
    }
}

/// With what exactly happened beside it, sealed.
fn told(
    event: NewEvent,
    owner: impl Into<crate::Owner>,
    text: Option<&str>,
) -> Result<Vec<NewEvent>, Rejected> {
    let text: Option<Personal> = maybe("text", text)?
        .map(|text| remark("text", &text))
        .transpose()?;
    Ok(vec![match text {
        Some(text) => event.with(owner, text),
        None => event,
    }])
}
