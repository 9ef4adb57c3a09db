//! Danger: teams that cannot leave first, then whether people travel on tonight, roads and sites, and
//! what happened. Nothing of it is public; what is shown here stays in the operation.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, Access, AccessId, AccessStatus, Command, Credibility, Danger, Harm, Incident,
    IncidentId, IncidentKind, IncidentSource, Onward, PCode, Permission as P, Reason, Team, TeamId,
};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Incidents on the page; the rest is counted.
const SHOWN_MAX: usize = 50;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Warn])?;
            match done(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/danger", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn done(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let site = typed.read("site").map(domain::SiteId);
    let area = PCode::any(typed.get("area"));
    let text = typed.some("text").map(str::to_owned);
    let harm = Harm::any(typed.get("harm"));
    let credibility = Credibility::any(typed.get("credibility"));
    let named = |field| id(typed.get(field), |id| id).map_err(Trouble::Failed);
    let command = match action {
        "report" => Command::ReportIncident {
            incident: IncidentId(made_by(request, 1)),
            kind: IncidentKind::any(typed.get("kind")),
            area,
            site,
            harm,
            source: IncidentSource::any(typed.get("source")),
            credibility,
            text,
        },
        "update" => Command::UpdateIncident {
            incident: IncidentId(named("incident")?),
            harm,
            credibility,
            text,
        },
        "close" => Command::CloseIncident {
            incident: IncidentId(named("incident")?),
        },
        "access" => Command::StateAccess {
            access: AccessId(typed.read("access").unwrap_or_else(|| made_by(request, 1))),
            site,
            road: typed.some("road").map(str::to_owned),
            area,
            status: AccessStatus::any(typed.get("status")),
            until: visit.clock.read(typed.get("until")).ok_or_else(|| {
                let text = say!(visit.t(), "wrong-time");
                Trouble::Refused(visit.complain("until", "wrong-time", text))
            })?,
        },
        "confine" => Command::ConfineTeam {
            team: TeamId(made_by(request, 1)),
            people: typed.read("people").ok_or_else(|| {
                let text = say!(visit.t(), "wrong-number");
                Trouble::Refused(visit.complain("people", "wrong-number", text))
            })?,
            area,
            site,
            text,
        },
        "free" => Command::FreeTeam {
            team: TeamId(named("team")?),
        },
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    };
    visit.execute(typed, command)
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::Warn])?;
    let t = visit.t();
    let danger = visit.read(|register| Ok(register.danger()?))?;
    let filled = Filled::new(t, typed, complaint);
    let runs_the_site = visit.may(P::ManageMovements);
    let title = say!(t, "danger-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "danger-lead")) } } }
        (filled.summary())
        (conflicts::among(visit, &[About::Incident, About::Access])?)
        (confined(visit, &danger.teams))
        div.cols {
            div.stack {
                (card(say!(t, "danger-tonight"), tonight(visit, &danger)))
                (card(say!(t, "danger-access"), access(visit, &danger.access, filled)))
                @if runs_the_site {
                    details.more { summary { (say!(t, "danger-confine")) } (confine_form(visit, filled)) }
                }
            }
            div.stack {
                section.card {
                    h2 { (say!(t, "danger-report")) }
                    (report_form(visit, filled))
                }
                (card(say!(t, "danger-incidents"), incidents(visit, &danger.incidents)))
            }
        }
    };
    let page = layout::page(visit, Place::Danger, &title, content);
    Ok(layout::refused(page, complaint))
}

fn confined(visit: &Visit, teams: &[Team]) -> Markup {
    let t = visit.t();
    html! { @for team in teams.iter().filter(|team| team.freed_at.is_none()) {
        (notice(Tone::Risk, html! {
            strong { (say!(t, "danger-confined", people = team.people, place = place(visit, &team.area, team.site))) }
            p { (say!(t, "danger-since", moment = visit.clock.full(team.since))) @if let Some(text) = &team.text { " · " (text) } }
            @if visit.may(P::ManageMovements) {
                (layout::form(visit, "/danger/free", html! { input type="hidden" name="team" value=(team.id); button { (say!(t, "danger-freed")) } }))
            }
        }))
    } }
}

fn place(visit: &Visit, area: &PCode, site: Option<domain::SiteId>) -> String {
    let area = visit.t().of(area);
    site.map_or_else(
        || area.clone(),
        |site| format!("{} ({area})", visit.site_name(site)),
    )
}

/// Whether people travel on tonight, by department; those of which nothing speaks against it are left
/// out.
pub(crate) fn tonight(visit: &Visit, danger: &Danger) -> Markup {
    let t = visit.t();
    let advised: Vec<_> = PCode::KNOWN
        .iter()
        .map(|area| (area, danger.onward(area, visit.now)))
        .filter(|(_, (onward, _))| *onward != Onward::Go)
        .collect();
    html! {
        @if advised.is_empty() { p.muted { (say!(t, "danger-nothing")) } }
        ul.rows { @for (area, (onward, reasons)) in &advised { li {
            div.grow {
                strong { (t.of(*area)) } " "
                (tag(if *onward == Onward::Stay { Tone::Risk } else { Tone::Wait }, t.word("onward", onward.code())))
                p.small.muted { @for (number, reason) in reasons.iter().enumerate() { @if number > 0 { "; " } (because(visit, danger, reason)) } }
            }
        } } }
    }
}

/// What is known of the way on to a department, for somebody who is about to leave; nothing where
/// nothing speaks against it.
pub(crate) fn of_the_way(visit: &Visit, area: &PCode) -> Result<Markup, Failure> {
    if !visit.may(P::Warn) {
        return Ok(Markup::default());
    }
    let t = visit.t();
    let danger = visit.read(|register| Ok(register.danger()?))?;
    let (onward, reasons) = danger.onward(area, visit.now);
    let (tone, text) = match onward {
        Onward::Go => return Ok(Markup::default()),
        Onward::Careful => (Tone::Wait, say!(t, "danger-way-careful", area = t.of(area))),
        Onward::Stay => (Tone::Risk, say!(t, "danger-way-stay", area = t.of(area))),
    };
    Ok(notice(
        tone,
        html! {
            strong { a href="/danger" { (text) } }
            p.small { @for (number, reason) in reasons.iter().enumerate() { @if number > 0 { "; " } (because(visit, &danger, reason)) } }
        },
    ))
}

fn because(visit: &Visit, danger: &Danger, reason: &Reason) -> String {
    let t = visit.t();
    match reason {
        Reason::Incident { kind, hours, .. } => say!(
            t,
            "danger-because-incident",
            kind = t.of(kind),
            hours = *hours
        ),
        Reason::Team { people, .. } => say!(t, "danger-because-team", people = *people),
        Reason::Access { id, status } => {
            let mut known = danger.access.iter();
            let found = known.find(|access| access.id == *id);
            let name = found.map_or_else(String::new, |access| called(visit, access));
            format!("{name}: {}", t.of(status))
        }
    }
}

fn called(visit: &Visit, access: &Access) -> String {
    match (&access.road, access.site) {
        (Some(road), _) => road.clone(),
        (None, Some(site)) => visit.site_name(site),
        (None, None) => visit.t().of(&access.area),
    }
}

fn access(visit: &Visit, all: &[Access], filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let tone = |status: &AccessStatus| {
        if *status == AccessStatus::OPEN {
            Tone::Good
        } else if *status == AccessStatus::RESTRICTED {
            Tone::Wait
        } else {
            Tone::Risk
        }
    };
    html! {
        @if all.is_empty() { p.muted { (say!(t, "danger-access-none")) } }
        ul.rows { @for access in all { li {
            div.grow {
                strong { (called(visit, access)) } " " span.small.muted { (t.of(&access.area)) } " "
                @match access.now(visit.now) {
                    Some(status) => {
                        (tag(tone(status), t.of(status)))
                        p.small.muted { (say!(t, "danger-until", moment = visit.clock.full(access.until))) }
                    }
                    None => {
                        (tag(Tone::Plain, say!(t, "danger-not-known")))
                        p.small.muted { (say!(t, "danger-last-said", status = t.of(&access.status), moment = visit.clock.full(access.said_at))) }
                    }
                }
                @if visit.may(P::ManageMovements) {
                    details.more { summary { (say!(t, "danger-say-again")) } (access_form(visit, Some(access), filled.prefixed(&access.id.to_string()))) }
                }
            }
        } } }
        @if visit.may(P::ManageMovements) {
            details.more { summary { (say!(t, "danger-say")) } (access_form(visit, None, filled.prefixed("access-"))) }
        }
    }
}

fn access_form(visit: &Visit, access: Option<&Access>, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let statuses = AccessStatus::KNOWN
        .iter()
        .map(|status| (status.as_str().to_owned(), t.of(status)))
        .collect();
    let until = visit.clock.input(visit.now.plus_ms(12 * 3_600_000));
    let typed = Typed::default().with("until", until);
    let begun = Filled {
        typed: &typed,
        ..filled
    };
    layout::form(
        visit,
        "/danger/access",
        html! { div.stack {
            @match access {
                Some(access) => {
                    input type="hidden" name="access" value=(access.id);
                    input type="hidden" name="area" value=(access.area);
                    @if let Some(road) = &access.road { input type="hidden" name="road" value=(road); }
                    @if let Some(site) = access.site { input type="hidden" name="site" value=(site); }
                }
                None => {
                    div.form {
                        (filled.text("road", say!(t, "danger-road")))
                        (filled.select("site", say!(t, "danger-or-site"), visit.site_options()).empty(say!(t, "figure-no-site")))
                        (area_field(visit, filled))
                    }
                }
            }
            div.form {
                (filled.select("status", say!(t, "danger-status"), statuses))
                (begun.text("until", say!(t, "danger-holds-until")).kind("datetime-local").required())
            }
            button { (say!(t, "save")) }
        } },
    )
}

fn area_field(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let areas: Vec<_> = PCode::KNOWN
        .iter()
        .map(|area| (area.as_str().to_owned(), t.of(area)))
        .collect();
    html! { (filled.select("area", say!(t, "danger-area"), areas)) }
}

fn confine_form(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let filled = filled.prefixed("confine-");
    layout::form(
        visit,
        "/danger/confine",
        html! { div.stack {
            div.form {
                (filled.number("people", say!(t, "danger-people"), (1, 1_000)).required())
                (area_field(visit, filled))
                (filled.select("site", say!(t, "danger-site"), visit.site_options()).empty(say!(t, "figure-no-site")))
            }
            (filled.area("text", say!(t, "danger-who")))
            button.danger { (say!(t, "danger-confine")) }
        } },
    )
}

fn judging(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let harms = Harm::KNOWN
        .iter()
        .map(|harm| (harm.as_str().to_owned(), t.of(harm)))
        .collect();
    let credible = Credibility::KNOWN
        .iter()
        .map(|how| (how.as_str().to_owned(), t.of(how)))
        .collect();
    html! {
        (filled.select("harm", say!(t, "danger-harm"), harms))
        (filled.select("credibility", say!(t, "danger-credibility"), credible))
    }
}

fn report_form(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let filled = filled.prefixed("report-");
    let kinds = IncidentKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let sources = IncidentSource::KNOWN
        .iter()
        .map(|source| (source.as_str().to_owned(), t.of(source)))
        .collect();
    layout::form(
        visit,
        "/danger/report",
        html! { div.stack {
            div.form {
                (filled.select("kind", say!(t, "danger-kind"), kinds))
                (area_field(visit, filled))
                (filled.select("site", say!(t, "danger-site"), visit.site_options()).empty(say!(t, "figure-no-site")))
                (judging(visit, filled))
                (filled.select("source", say!(t, "danger-source"), sources))
                (filled.text("occurred", say!(t, "danger-when")).kind("datetime-local").hint(say!(t, "danger-when-hint")))
            }
            (filled.area("text", say!(t, "danger-text")).hint(say!(t, "danger-text-hint")))
            button.primary { (say!(t, "danger-report")) }
        } },
    )
}

fn incidents(visit: &Visit, all: &[Incident]) -> Markup {
    let t = visit.t();
    html! {
        @if all.is_empty() { p.muted { (say!(t, "danger-none")) } }
        ul.rows { @for incident in all.iter().take(SHOWN_MAX) { li {
            div.grow {
                strong { (t.of(&incident.kind)) } " · " (place(visit, &incident.area, incident.site)) " "
                (tag(if incident.is_severe() { Tone::Risk } else { Tone::Wait }, t.of(&incident.harm)))
                @if incident.closed_at.is_some() { " " (tag(Tone::Plain, say!(t, "danger-closed"))) }
                p.small.muted { (visit.clock.full(incident.at)) " · " (t.of(&incident.source)) " · " (t.of(&incident.credibility)) }
                @if let Some(text) = &incident.text { p { (text) } }
                @if incident.closed_at.is_none() {
                    details.more { summary { (say!(t, "danger-more-known")) } (known_form(visit, incident)) }
                }
            }
        } } }
        @if all.len() > SHOWN_MAX { p.small.muted { (say!(t, "danger-and-more", count = all.len() - SHOWN_MAX)) } }
    }
}

fn known_form(visit: &Visit, incident: &Incident) -> Markup {
    let t = visit.t();
    let typed = Typed::default()
        .with("harm", incident.harm.as_str())
        .with("credibility", incident.credibility.as_str());
    let prefix = incident.id.to_string();
    let filled = Filled::new(t, &typed, None).prefixed(&prefix);
    html! {
        (layout::form(visit, "/danger/update", html! { div.stack {
            input type="hidden" name="incident" value=(incident.id);
            div.form { (judging(visit, filled)) }
            (filled.area("text", say!(t, "danger-text")))
            button { (say!(t, "save")) }
        } }))
        (layout::form(visit, "/danger/close", html! {
            input type="hidden" name="incident" value=(incident.id);
            p.actions { button { (say!(t, "danger-close")) } }
        }))
    }
}
