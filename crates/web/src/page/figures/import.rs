//! Figures out of a file: every row that cannot be used is told with its column, the others are shown
//! before anything is put on record.

use axum::extract::Multipart;
use axum::response::Response;
use domain::{Command, FigureId, Permission as P};
use figures::{Read, Statement, read, write};
use maud::{Markup, html};
use report::stated::{figures_of, fresh};

use super::entry::Answer;
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Trouble, Visit};

/// Longest file taken in, in bytes.
pub(crate) const BYTES_MAX: usize = 4 * 1024 * 1024;

pub(crate) async fn choose(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, None, &Markup::default()))
        .await
}

/// The first time with a file, to be looked at; then with what was looked at, to be put on record.
pub(crate) async fn take(guest: Guest, mut multipart: Multipart) -> Response {
    let mut typed = Typed::default();
    while let Ok(Some(field)) = multipart.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if let Ok(bytes) = field.bytes().await {
            // What is not text is told as such; nothing of it is kept.
            let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| "\u{0}".into());
            typed = typed.with(&name, text);
        }
    }
    guest
        .post(typed, |visit, typed| {
            visit.need(&[P::KeepFigures])?;
            let read = match read(typed.raw("file").as_bytes()) {
                Ok(read) => read,
                Err(why) => {
                    let text = why.to_string();
                    let complaint = visit.complain("file", "wrong-file", text);
                    return page(visit, Some(&complaint), &Markup::default());
                }
            };
            if !typed.ticked("looked") {
                return preview(visit, &read);
            }
            match record(visit, typed, &read.statements) {
                Ok(said) => Ok(visit.go("/figures", said)),
                Err(Trouble::Refused(complaint)) => {
                    page(visit, Some(&complaint), &Markup::default())
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn record(visit: &Visit, typed: &Typed, statements: &[Statement]) -> Answer {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let mut number = 0;
    let figures = figures_of(statements, &visit.sites, || {
        number += 1;
        FigureId(made_by(request, number))
    });
    visit.execute(typed, Command::StateFigures { figures })
}

fn preview(visit: &Visit, read: &Read) -> Result<Response, Failure> {
    let t = visit.t();
    let fresh = visit.read(|register| Ok(fresh(register, &read.statements, visit.now)?))?;
    let statements = &fresh.statements;
    let found = html! {
        @if !read.problems.is_empty() {
            (card(say!(t, "figures-left-out"), html! {
                ul { @for problem in &read.problems { li {
                    (say!(t, "figures-row", row = i64::try_from(problem.row).unwrap_or(i64::MAX)))
                    @if let Some(column) = problem.column { ", " code { (column) } }
                    ": " (problem.what) "; " (problem.remedy)
                } } }
            }))
        }
        @for (figure, column) in &fresh.unusable {
            (notice(Tone::Wait, say!(t, "figures-unusable", figure = figure.as_str(), column = *column)))
        }
        @for (figure, part) in &fresh.lost_parts {
            (notice(Tone::Wait, say!(t, "figures-part-unknown", figure = figure.as_str(), part = part.as_str())))
        }
        section.card {
            p { (say!(t, "figures-to-record", count = statements.len(), known = fresh.known)) }
            ul.bare { @for statement in statements { li {
                b { (statement.figure_id) } " " (statement.said()) " · " (t.word("indicator", &statement.indicator)) " · " (statement.place) " · " (statement.stated_by)
            } } }
            @if !statements.is_empty() {
                form method="post" action="/figures/import" enctype="multipart/form-data" {
                    (layout::hidden(visit))
                    input type="hidden" name="looked" value="yes";
                    textarea.hidden name="file" readonly aria-label=(say!(t, "figures-file")) tabindex="-1" { (write(statements)) }
                    button.primary { (say!(t, "figures-record")) }
                }
            }
        }
    };
    page(visit, None, &found)
}

fn page(visit: &Visit, complaint: Option<&Complaint>, found: &Markup) -> Result<Response, Failure> {
    visit.need(&[P::KeepFigures])?;
    let t = visit.t();
    let title = say!(t, "figures-import");
    let typed = Typed::default();
    let filled = Filled::new(t, &typed, complaint);
    let content = html! {
        h1 { (title) }
        (found)
        section.card {
            form.stack method="post" action="/figures/import" enctype="multipart/form-data" {
                (layout::hidden(visit))
                (filled.summary())
                div {
                    label for="file" { (say!(t, "figures-file")) }
                    input id="file" name="file" type="file" required accept=".csv,text/csv";
                    p.hint { (say!(t, "figures-file-hint")) }
                }
                button.primary { (say!(t, "manifest-look")) }
            }
        }
        (notice(Tone::Calm, say!(t, "figures-import-safe")))
    };
    let page = layout::page(visit, Place::Figures, &title, content);
    Ok(layout::refused(page, complaint))
}
