//! Figures that others stated, held against each other and against ours: what cannot all be true, what
//! is not accounted for, what stands side by side, and what follows that nobody said.

pub(crate) mod entry;
pub(crate) mod finding;
pub(crate) mod import;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Permission as P;
use figures::Options;
use maud::{Markup, html};
use report::stated::{self, Held};

use crate::catalogue::say;
use crate::component::{Tone, card, notice};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

use finding::Shown;

/// Who may read the register of statements.
pub(crate) const READ: &[P] = &[P::SeeReports, P::KeepFigures];
/// How many hundredths "about" may be taken to be.
const ABOUT_MAX: i64 = 50;

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

/// The register as a file of the form it is read from.
pub(crate) async fn file(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            let held = hold(visit)?;
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"figures.csv\"",
                ),
            ];
            Ok((headers, figures::write(&held.statements)).into_response())
        })
        .await
}

/// What was found, for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            let held = hold(visit)?;
            Ok(axum::Json(held).into_response())
        })
        .await
}

fn options(visit: &Visit) -> Options {
    let asked: Option<i64> = visit.guest.query.read("about");
    Options {
        about_percent: asked.map_or(Options::default().about_percent, |about| {
            about.clamp(0, ABOUT_MAX)
        }),
    }
}

pub(crate) fn hold(visit: &Visit) -> Result<Held, Failure> {
    let options = options(visit);
    visit.read(|register| Ok(stated::hold(register, options, visit.now)?))
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let held = hold(visit)?;
    let shown = Shown::of(visit, &held);
    let title = say!(t, "figures-title");
    let content = html! {
        div.title {
            div { h1 { (title) } p.muted { (say!(t, "figures-lead", count = held.statements.len())) } }
            div.actions {
                @if visit.may(P::KeepFigures) {
                    a.button.primary href="/figures/new" { (say!(t, "figures-enter")) }
                    a.button href="/figures/import" { (say!(t, "figures-import")) }
                }
                @if !held.statements.is_empty() { a.button.quiet href="/figures/file" download { (say!(t, "figures-export")) } }
                a.button.quiet href="/accounts" { (say!(t, "accounts-title")) }
            }
        }
        @if held.statements.is_empty() {
            section.card { p.muted { (say!(t, "figures-none")) } }
        } @else {
            (about(visit, held.found.about_percent))
            (contradictions(visit, &shown))
            (shown.gaps())
            (card(say!(t, "figures-side-by-side"), shown.findings()))
            (shown.derived())
        }
    };
    Ok(layout::page(visit, Place::Figures, &title, content))
}

/// How "about" is taken; another answer may say something else.
fn about(visit: &Visit, percent: i64) -> Markup {
    let t = visit.t();
    html! {
        form.form.inline method="get" action="/figures" {
            div {
                label for="about" { (say!(t, "figures-about")) }
                input id="about" name="about" type="number" min="0" max=(ABOUT_MAX) value=(percent) inputmode="numeric";
            }
            button { (say!(t, "figures-about-again")) }
        }
    }
}

fn contradictions(visit: &Visit, shown: &Shown<'_>) -> Markup {
    let t = visit.t();
    let found = &shown.held.found;
    html! {
        @if found.conflicts.is_empty() {
            (notice(Tone::Good, say!(t, "figures-no-conflict")))
        } @else {
            (card(say!(t, "figures-conflicts"), html! {
                p.muted { (say!(t, "figures-conflicts-lead")) }
                @for conflict in &found.conflicts { (shown.conflict(conflict, Tone::Risk)) }
            }))
        }
        @if !found.at_face_value.is_empty() {
            (card(say!(t, "figures-round"), html! {
                p.muted { (say!(t, "figures-round-lead")) }
                @for conflict in &found.at_face_value { (shown.conflict(conflict, Tone::Wait)) }
            }))
        }
    }
}
