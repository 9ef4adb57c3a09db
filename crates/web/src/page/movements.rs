//! The list of movements, and the form that announces one.

use axum::Form;
use axum::response::Response;
use domain::{
    Command, LegalBasis, MovementId, MovementKind, Permission as P, Screened, SiteKind, Stage,
};
use maud::{Markup, html};
use register::Page;
use register::movements::{MovementFilter, MovementRow};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, tag, turn_pages};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Trouble, Visit};

type Posted = Form<Vec<(String, String)>>;

pub(crate) const READERS: &[P] = &[P::ManageMovements, P::SeePeople, P::SeeReports];

/// Movements somebody still has to do with.
const OPEN: &[Stage] = &[Stage::Announced, Stage::Departed, Stage::Landed];
/// Movements that are history.
const OVER: &[Stage] = &[Stage::Closed, Stage::Cancelled];
/// Movements under way to one site or on the ground there: a bound far above any real day.
const OPEN_MAX: u32 = 1_000;
/// Past movements on one page.
const ROWS: u32 = 50;

pub(crate) async fn list(guest: Guest) -> Response {
    guest.visit(list_page).await
}

fn list_page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READERS)?;
    let t = visit.t();
    let site = visit.here()?.id;
    let number = visit.guest.query.read("page").unwrap_or(0);
    let (open, over) = visit.read(|register| {
        let of = |stages: &[Stage], page| {
            let filter = MovementFilter {
                destination: Some(site),
                stages: stages.to_vec(),
                ..MovementFilter::default()
            };
            register.movements(&filter, page)
        };
        let open = of(OPEN, Page::first(OPEN_MAX))?;
        Ok::<_, Failure>((open, of(OVER, Page { number, size: ROWS })?))
    })?;
    let content = html! {
        div.title {
            h1 { (say!(t, "movements-title")) }
            @if visit.may(P::ManageMovements) {
                a.button.primary href="/movements/new" { (say!(t, "movement-announce")) }
            }
        }
        (card(say!(t, "movements-open"), table(visit, &open.rows)))
        (card(say!(t, "movements-over"), html! {
            (table(visit, &over.rows))
            (turn_pages(t, "/movements", number, over.total.div_ceil(u64::from(ROWS))))
        }))
    };
    Ok(layout::page(
        visit,
        Place::Movements,
        &say!(t, "movements-title"),
        content,
    ))
}

fn table(visit: &Visit, list: &[MovementRow]) -> Markup {
    let t = visit.t();
    html! {
        @if list.is_empty() { p.muted { (say!(t, "movements-none")) } }
        @else {
            div.scroll { table.cards {
                thead { tr {
                    th { (say!(t, "movement")) }
                    th { (say!(t, "movement-from")) }
                    th { (say!(t, "movement-when")) }
                    th.n { (say!(t, "movement-announced")) }
                    th.n { (say!(t, "movement-counted")) }
                    th.n { (say!(t, "movement-registered")) }
                } }
                tbody {
                    @for MovementRow { movement, registered, .. } in list {
                        tr {
                            th scope="row" {
                                a href={ "/movements/" (movement.id) } { (t.of(&movement.kind)) " " (movement.designator) }
                                " " (stage_tag(visit, movement))
                            }
                            td { (visit.site_name(movement.origin)) }
                            td { (visit.clock.full(movement.landed_at.unwrap_or(movement.expected))) }
                            td.n data-label=(say!(t, "movement-announced")) { (t.number(movement.announced)) }
                            td.n data-label=(say!(t, "movement-counted")) { (movement.headcount.map_or_else(|| "–".to_owned(), |count| t.number(count))) }
                            td.n data-label=(say!(t, "movement-registered")) { (t.number(*registered)) }
                        }
                    }
                }
            } }
        }
    }
}

/// How far a movement has come, in a word.
pub(crate) fn stage_tag(visit: &Visit, movement: &domain::Movement) -> Markup {
    let t = visit.t();
    let tone = match movement.stage {
        Stage::Landed => Tone::Good,
        Stage::Cancelled => Tone::Risk,
        Stage::Departed => Tone::Wait,
        Stage::Announced | Stage::Closed => Tone::Plain,
    };
    html! {
        (tag(tone, t.of(&movement.stage)))
        @if movement.diverted_from.is_some() { " " (tag(Tone::Wait, say!(t, "movement-diverted"))) }
    }
}

pub(crate) async fn new(guest: Guest) -> Response {
    guest
        .visit(|visit| announce_page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn announce(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::ManageMovements])?;
            match announced(visit, typed) {
                Ok(response) => Ok(response),
                Err(Trouble::Refused(complaint)) => announce_page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn announced(visit: &Visit, typed: &Typed) -> Result<Response, Trouble> {
    let t = visit.t();
    let expected = visit.clock.read(typed.get("expected")).ok_or_else(|| {
        Trouble::Refused(visit.complain("expected", "wrong-time", say!(t, "wrong-time")))
    })?;
    let people = typed.read("people").ok_or_else(|| {
        Trouble::Refused(visit.complain("people", "wrong-number", say!(t, "wrong-number")))
    })?;
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let movement = MovementId(made_by(request, 1));
    let site = |name| crate::visit::id(typed.get(name), domain::SiteId).map_err(Trouble::Failed);
    let command = Command::AnnounceMovement {
        movement,
        kind: MovementKind::any(typed.get("kind")),
        designator: typed.get("designator").to_owned(),
        origin: site("origin")?,
        destination: site("destination")?,
        expected,
        legal_basis: LegalBasis::any(typed.get("legal_basis")),
        announced: people,
        screened_before: Screened::from_code(typed.get("screened_before"))
            .unwrap_or(Screened::NotKnown),
    };
    let said = visit.execute(typed, command)?;
    Ok(visit.go(&format!("/movements/{movement}"), said))
}

fn announce_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::ManageMovements])?;
    let t = visit.t();
    let here = visit.here()?;
    let typed = if typed.is_empty() {
        Typed::default()
            .with("destination", here.id.to_string())
            .with(
                "kind",
                if here.kind == SiteKind::AIRPORT {
                    "flight"
                } else {
                    "bus_convoy"
                },
            )
            .with("legal_basis", "not_stated")
            .with(
                "expected",
                visit.clock.input(visit.now.plus_ms(2 * 3_600_000)),
            )
    } else {
        typed.clone()
    };
    let filled = Filled::new(t, &typed, complaint);
    let kinds = MovementKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let listed = LegalBasis::KNOWN
        .iter()
        .map(|basis| (basis.as_str().to_owned(), t.of(basis)));
    let own = visit.read(|register| Ok(register.legal_bases()?))?;
    let own = own.iter().filter(|basis| basis.active).map(|basis| {
        let name = basis.name(t.language().tag());
        (basis.code.to_string(), name.unwrap_or_default().to_owned())
    });
    let bases = listed.chain(own).collect();
    let screened = Screened::ALL
        .iter()
        .map(|answer| (answer.code().to_owned(), t.of(answer)))
        .collect();
    let content = html! {
        h1 { (say!(t, "movement-announce")) }
        section.card {
            (layout::form(visit, "/movements/new", html! {
                div.stack {
                    (filled.summary())
                    div.form {
                        (filled.select("kind", say!(t, "movement-kind"), kinds))
                        (filled.text("designator", say!(t, "movement-name")).required().focus().hint(say!(t, "movement-name-hint")))
                        (filled.select("origin", say!(t, "movement-from"), visit.site_options()).required())
                        (filled.select("destination", say!(t, "movement-to"), visit.site_options()).required())
                        (filled.text("expected", say!(t, "movement-expected")).kind("datetime-local").required())
                        (filled.number("people", say!(t, "movement-people-announced"), (1, 10_000)).required())
                        (filled.select("legal_basis", say!(t, "movement-legal"), bases))
                        (filled.select("screened_before", say!(t, "movement-screened-before"), screened))
                    }
                    p.small.muted { (say!(t, "movement-sites-hint")) }
                    button.primary { (say!(t, "movement-announce")) }
                }
            }))
        }
    };
    let page = layout::page(
        visit,
        Place::Movements,
        &say!(t, "movement-announce"),
        content,
    );
    Ok(layout::refused(page, complaint))
}
