//! A booklet on paper: cards with their QR code for a sheet, a label printer or an 80 mm receipt
//! printer, and the list that goes with them, to write on.

use axum::extract::Path;
use axum::response::Response;
use domain::{Booklet, BookletId, Known, Permission as P};
use maud::{Markup, PreEscaped, html};

use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit, id};

/// How a booklet is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Sheet,
    Label,
    Thermal,
    List,
}

impl Layout {
    pub const ALL: [Self; 4] = [Self::Sheet, Self::Label, Self::Thermal, Self::List];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Sheet => "a4",
            Self::Label => "label",
            Self::Thermal => "thermal",
            Self::List => "list",
        }
    }

    pub fn title(self, t: Texts) -> String {
        match self {
            Self::Sheet => say!(t, "layout-a4"),
            Self::Label => say!(t, "layout-label"),
            Self::Thermal => say!(t, "layout-thermal"),
            Self::List => say!(t, "layout-list"),
        }
    }
}

pub(crate) async fn print(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::KeepPaper])?;
            let t = visit.t();
            let booklet = id(&text, BookletId)?;
            let booklet =
                visit.read(|register| register.booklet(booklet)?.ok_or(Failure::NotFound))?;
            let asked = visit.guest.query.get("layout");
            let layout = Layout::ALL
                .into_iter()
                .find(|layout| layout.code() == asked);
            let layout = layout.unwrap_or(Layout::Sheet);
            let title = say!(t, "booklet-number", number = booklet.number);
            let content = html! {
                (super::form::head(t, &format!("{title} · {}", layout.title(t))))
                @if layout == Layout::List { (list(visit, &booklet, &title)) }
                @else { div class={ "tickets " (layout.code()) } {
                    @for (place, card) in (1_u32..).zip(&booklet.cards) {
                        article.ticket {
                            p.no { (booklet.number) "-" (format!("{place:03}")) }
                            div.qr { (PreEscaped(formats::qr::svg(*card))) }
                            p.code { (card) }
                            p { (visit.site_name(booklet.site)) }
                            p { (say!(t, "card-keep")) }
                        }
                    }
                } }
            };
            Ok(layout::page(visit, Place::Paper, &title, content))
        })
        .await
}

fn list(visit: &Visit, booklet: &Booklet, title: &str) -> Markup {
    let t = visit.t();
    html! {
        article.paper-sheet.wide {
            h1 { (title) " · " (visit.site_name(booklet.site)) }
            p.small { (say!(t, "list-written-by")) " ______________________ " (say!(t, "list-movement")) " ______________________ " (say!(t, "list-date")) " ______________" }
            table.tall {
                thead { tr {
                    th { (say!(t, "list-number")) } th { (say!(t, "paper-card")) } th { (say!(t, "list-time")) } th { (say!(t, "list-name")) }
                    th { (say!(t, "list-sex-age")) } th { (say!(t, "list-given")) } th.sign { (say!(t, "list-sign")) }
                } }
                tbody { @for (place, card) in (1_u32..).zip(&booklet.cards) {
                    tr { th scope="row" { (booklet.number) "-" (format!("{place:03}")) } td { code { (card) } } td {} td {} td {} td {} td.sign {} }
                } }
            }
        }
    }
}
