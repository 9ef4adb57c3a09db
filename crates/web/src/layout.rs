//! The frame of every page: the bar, the menus, what was just done, the foot. Every answer with a
//! page in it is made here, so that no page forgets its headers.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Permission as P;
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use crate::asset;
use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice};
use crate::form::{Complaint, fresh_id};
use crate::refusal;
use crate::visit::{Guest, Visit};

/// The parts of the site, as the bar shows them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Board,
    Desk,
    Movements,
    People,
    Stock,
    Referrals,
    Pathways,
    Feedback,
    Paper,
    Report,
    Updates,
    Danger,
    Sites,
    Figures,
    Recommendations,
    Settings,
    Elsewhere,
}

/// A place, its address, and who sees it in the bar: whoever may one of these, everybody where none is
/// named.
type Linked = (Place, &'static str, &'static [P]);

impl Place {
    /// What people work in all day.
    const WORK: [Linked; 10] = [
        (Self::Board, "/", &[]),
        (
            Self::Desk,
            "/desk",
            &[P::Register, P::Give, P::GiveCash, P::Screen],
        ),
        (
            Self::Movements,
            "/movements",
            &[P::ManageMovements, P::SeePeople, P::SeeReports],
        ),
        (Self::People, "/people", &[P::SeePeople]),
        (Self::Stock, "/stock", &[P::SeeStock]),
        (Self::Referrals, "/referrals", &[P::Refer, P::KeepDirectory]),
        (Self::Feedback, "/feedback", &[P::SpeakUp]),
        (Self::Paper, "/paper", &[P::KeepPaper, P::ManageStock]),
        (Self::Danger, "/danger", &[P::Warn]),
        (Self::Settings, "/settings", &[P::Administer]),
    ];
    /// What is told, counted and advised: in one menu.
    const TOLD: [Linked; 6] = [
        (Self::Report, "/report", &[P::SeeReports]),
        (Self::Sites, "/sites", &[P::SeeReports]),
        (Self::Pathways, "/pathways", &[P::SeeReports]),
        (Self::Figures, "/figures", &[P::SeeReports]),
        (Self::Recommendations, "/recommendations", &[P::SeeReports]),
        (Self::Updates, "/updates", &[P::Publish]),
    ];

    fn name(self, t: Texts) -> String {
        match self {
            Self::Board => say!(t, "place-board"),
            Self::Desk => say!(t, "place-desk"),
            Self::Movements => say!(t, "place-movements"),
            Self::People => say!(t, "place-people"),
            Self::Stock => say!(t, "place-stock"),
            Self::Referrals => say!(t, "referrals-title"),
            Self::Pathways => say!(t, "pathways-title"),
            Self::Feedback => say!(t, "feedback-title"),
            Self::Paper => say!(t, "paper-title"),
            Self::Report => say!(t, "place-report"),
            Self::Updates => say!(t, "updates-title"),
            Self::Danger => say!(t, "danger-title"),
            Self::Sites => say!(t, "sites-title"),
            Self::Figures => say!(t, "place-figures"),
            Self::Recommendations => say!(t, "advice-title"),
            Self::Settings => say!(t, "place-settings"),
            Self::Elsewhere => String::new(),
        }
    }
}

/// A page for somebody signed in.
pub(crate) fn page(visit: &Visit, place: Place, title: &str, content: impl Render) -> Response {
    let t = visit.t();
    let said = match visit.guest.query.get("said") {
        "saved" => done(say!(t, "said-saved"), Tone::Good),
        "already" => done(say!(t, "said-already"), Tone::Wait),
        _ => Markup::default(),
    };
    let bar = html! {
        nav aria-label=(say!(t, "bar-main")) {
            @for linked in places(visit, &Place::WORK) { (link(t, linked, place, "")) }
            @let told = places(visit, &Place::TOLD);
            @if told.len() <= 2 {
                @for linked in told { (link(t, linked, place, "")) }
            } @else {
                details.menu {
                    @let here = told.iter().find(|(other, ..)| *other == place);
                    summary aria-current=[here.map(|_| "true")] {
                        (here.map_or_else(|| say!(t, "bar-told"), |(other, ..)| other.name(t)))
                    }
                    div.sheet { @for linked in told { (link(t, linked, place, "button quiet")) } }
                }
            }
        }
        div.menus {
            @if let Some(site) = &visit.site {
                @if visit.sites.len() > 1 {
                    details.menu {
                        summary { span.hidden { (say!(t, "bar-site")) } span.cut { (site.name) } }
                        div.sheet {
                            @for other in &visit.sites {
                                (form(visit, "/site", html! {
                                    input type="hidden" name="site" value=(other.id);
                                    button aria-current=[(other.id == site.id).then_some("true")] { (other.name) }
                                }))
                            }
                        }
                    }
                }
            }
            (language_menu(&visit.guest))
            details.menu {
                summary {
                    span.hidden { (say!(t, "bar-account")) }
                    span.cut { (visit.user.staff.as_ref().map_or_else(String::new, |staff| staff.name.clone())) }
                }
                div.sheet {
                    p.small.muted { (visit.user.roles.iter().map(|role| t.of(role)).collect::<Vec<_>>().join(", ")) }
                    @if visit.may(P::Advise) { a.button.quiet href="/recommendations" { (say!(t, "advice-title")) } }
                    a.button.quiet href="/speak-up" { (say!(t, "speak-up-title")) }
                    a.button.quiet href="/password" { (say!(t, "bar-password")) }
                    (form(visit, "/sign-out", html! { button { (say!(t, "bar-sign-out")) } }))
                }
            }
        }
    };
    let site = visit.site.as_ref().map_or("", |site| site.name.as_str());
    frame(
        &visit.guest,
        title,
        site,
        &bar,
        html! { (said) (content) },
        "wide",
    )
}

/// Those of these places that somebody sees.
fn places(visit: &Visit, all: &[Linked]) -> Vec<Linked> {
    let sees = |(.., needed): &&Linked| needed.is_empty() || visit.may_any(needed);
    all.iter().filter(sees).copied().collect()
}

fn link(t: Texts, (other, path, _): Linked, place: Place, class: &str) -> Markup {
    html! {
        a.(class) href=(path) aria-current=[(other == place).then_some("page")] { (other.name(t)) }
    }
}

/// A page for anybody.
pub(crate) fn open_page(guest: &Guest, title: &str, content: Markup) -> Response {
    let bar = html! { nav {} div.menus { (language_menu(guest)) } };
    frame(guest, title, "", &bar, content, "narrow")
}

/// A page for anybody, with room for tables.
pub(crate) fn open_wide_page(guest: &Guest, title: &str, content: Markup) -> Response {
    let bar = html! { nav {} div.menus { (language_menu(guest)) } };
    frame(guest, title, "", &bar, content, "wide")
}

/// What was just done, on screen only: on paper it would take a page of its own before the cards.
fn done(text: String, tone: Tone) -> Markup {
    html! { div.no-print { (notice(tone, text)) } }
}

/// The page again, as it was left, with what was wrong.
pub(crate) fn refused(mut response: Response, complaint: Option<&Complaint>) -> Response {
    if let Some(complaint) = complaint {
        *response.status_mut() = refusal::status(complaint.code);
    }
    response
}

/// A form of somebody signed in: it carries the secret of the session, and an id of its own so that
/// sending it twice does the thing once.
pub(crate) fn form(visit: &Visit, action: &str, content: impl Render) -> Markup {
    html! {
        form method="post" action=(action) {
            (hidden(visit))
            (content)
        }
    }
}

/// The two hidden fields of every form, for forms that are put together elsewhere.
pub(crate) fn hidden(visit: &Visit) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(visit.seat.csrf.as_str());
        input type="hidden" name="request" value=(fresh_id().as_simple());
    }
}

/// The scan field: a USB scanner types the code of a card and presses Enter.
pub(crate) fn scan(t: Texts, focus: bool, value: &str, wrong: Option<&str>) -> Markup {
    html! {
        form.tight method="get" action="/scan" role="search" {
            div.wrong[wrong.is_some()] {
                label for="scan" { (say!(t, "scan-label")) }
                div.scan {
                    div {
                        input id="scan" name="code" value=(value) data-scan autofocus[focus] required
                            autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64"
                            // What a passport says must not come into an address: it is longer, and is stopped here.
                            pattern="[^<;?|]{1,24}" title=(say!(t, "scan-is-document"))
                            placeholder="ABCD-EFGH" aria-invalid=[wrong.map(|_| "true")]
                            aria-describedby=[wrong.map(|_| "scan-error")];
                    }
                    button.primary { (say!(t, "scan-open")) }
                }
                @if let Some(wrong) = wrong { p.error id="scan-error" role="alert" { (wrong) } }
            }
        }
    }
}

fn language_menu(guest: &Guest) -> Markup {
    html! {
        details.menu {
            summary { span.hidden { (say!(guest.t, "bar-language")) } (guest.t.language().own_name()) }
            div.sheet { (languages(guest)) }
        }
    }
}

/// The languages offered here, each a button.
pub(crate) fn languages(guest: &Guest) -> Markup {
    html! {
        @for &language in guest.app.languages() {
            form method="post" action="/language" {
                input type="hidden" name="to" value=(guest.address);
                button name="language" value=(language.tag()) lang=(language.tag())
                    aria-current=[(language == guest.t.language()).then_some("true")] {
                    (language.own_name())
                }
            }
        }
    }
}

/// The arch and the open door.
const MARK: &str = r#"<svg viewBox="0 0 32 32" aria-hidden="true"><path d="M4 29V13a12 12 0 0 1 24 0v16" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round"/><path class="door" d="M12 29V17a4 4 0 0 1 8 0v12"/></svg>"#;

fn frame(
    guest: &Guest,
    title: &str,
    site: &str,
    bar: &Markup,
    content: impl Render,
    width: &str,
) -> Response {
    let t = guest.t;
    let full_title = [title, site, "Akèy"]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let html = html! {
        (DOCTYPE)
        html lang=(t.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (full_title) }
                link rel="icon" href=(asset::path("akey.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(asset::path("akey.css"));
                link rel="stylesheet" href=(asset::path("paper.css"));
                link rel="stylesheet" href=(asset::path("sitrep.css"));
                link rel="stylesheet" href=(asset::path("stated.css"));
                script type="module" src=(asset::path("akey.js")) {}
            }
            // Back to an answer of a form would send the form again, or show the browser's own error.
            body data-again=[guest.answers_form.then_some(&guest.address)] {
                a.skip href="#main" { (say!(t, "skip")) }
                header.bar {
                    a.brand href="/" { (PreEscaped(MARK)) span.name { "Akèy" } }
                    (bar)
                }
                main #main .(width) tabindex="-1" { (content) }
                footer.foot { p { (say!(t, "foot")) } }
            }
        }
    };
    (
        StatusCode::OK,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            // Pages may show people: no copy stays on a shared device.
            (header::CACHE_CONTROL, "no-store"),
        ],
        html.into_string(),
    )
        .into_response()
}
