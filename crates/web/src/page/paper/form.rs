//! Blank forms: the questions of the screen in the order of the screen, with room to write.

use axum::extract::Path;
use axum::response::Response;
use domain::{Permission as P, Separation, Vulnerability};
use maud::{Markup, html};

use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

/// Lines of a blank distribution list on one sheet.
const LINES: usize = 18;

/// The blank forms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Registration,
    Screening,
    Distribution,
}

impl Form {
    pub const ALL: [Self; 3] = [Self::Registration, Self::Screening, Self::Distribution];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Screening => "screening",
            Self::Distribution => "distribution",
        }
    }

    pub fn title(self, t: Texts) -> String {
        match self {
            Self::Registration => say!(t, "form-registration"),
            Self::Screening => say!(t, "form-screening"),
            Self::Distribution => say!(t, "distribution-title"),
        }
    }
}

/// The head of a page to print.
pub(super) fn head(t: Texts, title: &str) -> Markup {
    html! {
        div.title.no-print {
            h1 { (title) }
            p.actions {
                button.primary type="button" data-print hidden { (say!(t, "cards-print")) }
                a.button href="/paper" { (say!(t, "back")) }
            }
        }
    }
}

pub(crate) async fn blank(guest: Guest, Path(code): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::KeepPaper])?;
            let t = visit.t();
            let form = Form::ALL.into_iter().find(|form| form.code() == code);
            let form = form.ok_or(Failure::NotFound)?;
            let title = form.title(t);
            let content = html! {
                (head(t, &title))
                @match form {
                    Form::Registration => article.paper-sheet { (registration(visit, &title)) (registration(visit, &title)) },
                    Form::Screening => article.paper-sheet { (screening(visit, &title)) },
                    Form::Distribution => article.paper-sheet.wide { (distribution(visit, &title)) },
                }
            };
            Ok(layout::page(visit, Place::Paper, &title, content))
        })
        .await
}

fn write(label: &str) -> Markup {
    html! { div.write { b { (label) } } }
}

fn top(t: Texts) -> Markup {
    html! { div.two {
        (write(&say!(t, "paper-card"))) (write(&say!(t, "list-movement")))
        (write(&say!(t, "list-date"))) (write(&say!(t, "list-written-by")))
    } }
}

fn tick(label: &str) -> Markup {
    html! { span.box {} (label) }
}

fn registration(visit: &Visit, title: &str) -> Markup {
    let t = visit.t();
    html! {
        section.half {
            h1 { (title) " · " (visit.site.as_ref().map_or("", |site| site.name.as_str())) }
            p.small { (say!(t, "told-text")) }
            p { (tick(&say!(t, "form-told"))) }
            (top(t))
            div.two {
                (write(&say!(t, "who-given-names"))) (write(&say!(t, "who-family-name")))
                (write(&format!("{} ({} / {} / {})", say!(t, "who-sex"), say!(t, "who-female"), say!(t, "who-male"), say!(t, "not-said")))) (write(&say!(t, "who-birth")))
                (write(&say!(t, "who-mother"))) (write(&say!(t, "who-birthplace")))
                (write(&say!(t, "who-nationalities"))) (write(&say!(t, "form-document")))
                (write(&say!(t, "form-family"))) (write(&say!(t, "form-going-to")))
            }
        }
    }
}

fn screening(visit: &Visit, title: &str) -> Markup {
    let t = visit.t();
    html! {
        section.half {
            h1 { (title) }
            p.small { (say!(t, "screening-aloud")) }
            (top(t))
            p { b { (say!(t, "screening-child")) } }
            ul {
                li { (tick(&say!(t, "screening-with-parents"))) }
                @for separation in [Separation::Unaccompanied, Separation::Separated] { li { (tick(&t.of(&separation))) } }
            }
            p { b { (say!(t, "screening-which")) } }
            ul { @for code in Vulnerability::KNOWN.iter().filter(|code| **code != Vulnerability::CHILD_ALONE) { li { (tick(&t.of(code))) } } }
            p { (tick(&say!(t, "screening-decline"))) }
            p { (tick(&say!(t, "screening-concern"))) }
            p.small { (say!(t, "form-no-note")) }
        }
    }
}

fn distribution(visit: &Visit, title: &str) -> Markup {
    let t = visit.t();
    html! {
        h1 { (title) " · " (visit.site.as_ref().map_or("", |site| site.name.as_str())) }
        (top(t))
        table.tall {
            thead { tr { th { (say!(t, "list-number")) } th { (say!(t, "paper-card")) } th { (say!(t, "list-name")) } th { (say!(t, "item")) } th.n { (say!(t, "quantity")) } th { (say!(t, "list-time")) } th.sign { (say!(t, "list-sign")) } } }
            tbody { @for n in 1..=LINES { tr { td.n { (n) } td {} td {} td {} td {} td {} td.sign {} } } }
            tfoot { tr { th colspan="4" { (say!(t, "list-total")) } td {} td {} td {} } }
        }
        div.two { (write(&say!(t, "list-given-by"))) (write(&say!(t, "list-checked-by"))) }
    }
}
