//! What was given more often than it was to be: each case with the acts that overlap, and what people
//! decided. Nothing is taken back here; a decision is a word on record.

use axum::Form;
use axum::response::{IntoResponse, Response};
use domain::{ActOfGiving, Command, GivenBy, OverlapDecision, Permission as P};
use maud::{Markup, html};
use register::overlaps::{Act, Overlap};
use serde_json::json;

use super::rights::label;
use crate::catalogue::say;
use crate::component::{Filled, Tone, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Trouble, Visit};

type Posted = Form<Vec<(String, String)>>;

/// Who goes through the list.
const READ: &[P] = &[P::DecideExceptions];

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

/// The list, for programs. It names no person.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            let overlaps = visit.read(|register| Ok(register.overlaps()?))?;
            let act = |act: &Act| {
                json!({
                    "arrival": act.arrival, "entitlement": act.entitlement, "item": act.item,
                    "at": act.at.to_string(), "site": act.site, "node": act.order.node,
                    "position": act.order.position, "given_by": act.standing,
                })
            };
            let list: Vec<_> = overlaps
                .iter()
                .map(|overlap| {
                    json!({
                        "id": overlap.id, "kind": overlap.kind, "act": act(&overlap.act),
                        "earlier": overlap.earlier.iter().map(act).collect::<Vec<_>>(),
                        "decided": overlap.decided.first().map(|decided| decided.decision),
                    })
                })
                .collect();
            Ok(axum::Json(list).into_response())
        })
        .await
}

pub(crate) async fn decide(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(READ)?;
            match decided(visit, typed) {
                Ok(said) => Ok(visit.go("/overlaps", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn decided(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    let overlaps = visit
        .read(|register| Ok(register.overlaps()?))
        .map_err(Trouble::Failed)?;
    let named = typed.get("overlap");
    let overlap = overlaps
        .iter()
        .find(|overlap| overlap.id.to_string() == named)
        .ok_or(Trouble::Failed(Failure::NotFound))?;
    let decision = OverlapDecision::from_code(typed.get("decision"))
        .ok_or(Trouble::Failed(Failure::NotFound))?;
    let command = Command::DecideOverlap {
        arrival: overlap.act.arrival,
        entitlement: overlap.act.entitlement,
        act: ActOfGiving::from(overlap.act.order),
        decision,
        reason: typed.get("reason").to_owned(),
    };
    visit.execute(typed, command)
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let filled = Filled::new(t, typed, complaint);
    let overlaps = visit.read(|register| Ok(register.overlaps()?))?;
    let title = say!(t, "overlap-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "overlap-lead")) } } }
        (filled.summary())
        @if overlaps.is_empty() { section.card { p.muted { (say!(t, "overlap-none")) } } }
        @for overlap in &overlaps { (one(visit, overlap, filled)?) }
        p { a href="/rights" { (say!(t, "rights-title")) } }
    };
    let page = layout::page(visit, Place::Elsewhere, &title, content);
    Ok(layout::refused(page, complaint))
}

fn one(visit: &Visit, overlap: &Overlap, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let decisions = OverlapDecision::ALL
        .iter()
        .map(|decision| (decision.code().to_owned(), t.of(decision)))
        .collect();
    let mut names = Vec::new();
    visit.read(|register| {
        for decided in &overlap.decided {
            names.push(visit.staff_name(register, decided.by)?);
        }
        Ok(())
    })?;
    let prefix = format!("{}-", overlap.id);
    let filled = filled.prefixed(&prefix);
    Ok(html! {
        section.card {
            h2 { (t.of(&overlap.act.item)) " " (tag(Tone::Risk, t.of(&overlap.kind))) }
            ul.rows {
                @for act in &overlap.earlier { (act_line(visit, act, &html! { (say!(t, "overlap-before")) })?) }
                (act_line(visit, &overlap.act, &html! { b { (say!(t, "overlap-again")) } })?)
            }
            @for (decided, name) in overlap.decided.iter().zip(&names) {
                p { (tag(Tone::Good, t.of(&decided.decision))) " "
                    (say!(t, "overlap-decided", at = visit.clock.full(decided.at), by = name.clone())) }
            }
            details.more open[overlap.decided.is_empty()] { summary { (say!(t, "overlap-decide")) }
                (layout::form(visit, "/overlaps/decide", html! { div.stack {
                    input type="hidden" name="overlap" value=(overlap.id);
                    (filled.select("decision", say!(t, "overlap-decision"), decisions))
                    (filled.text("reason", say!(t, "reason")).required())
                    button.primary { (say!(t, "overlap-decide")) }
                } }))
            }
        }
    })
}

fn act_line(visit: &Visit, act: &Act, which: &Markup) -> Result<Markup, Failure> {
    let t = visit.t();
    let by = visit.read(|register| visit.staff_name(register, act.by))?;
    Ok(html! {
        li {
            span.grow {
                (which) " " (say!(t, "overlap-act", at = visit.clock.full(act.at), site = visit.site_name(act.site),
                    node = label(visit, act.order.node), by = by))
                @if act.standing != GivenBy::Held { " " (tag(Tone::Wait, t.of(&act.standing))) }
            }
            a.button href={ "/arrivals/" (act.arrival) } { (say!(t, "overlap-card")) }
        }
    })
}
