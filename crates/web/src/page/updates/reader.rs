//! For whoever reads: to be told by mail, to confirm, to choose, to leave. Nobody signs in; what opens
//! a page is the token of a mail. No page shows an address, and none says whether one is known.

use axum::Form;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Moment;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use updates::{Address, Answer, Asking, Letter, PLACE_CONFIRM, Preferences, Token, Updates};

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::herald::foot;
use crate::language::Language;
use crate::layout;
use crate::moment::Clock;
use crate::news::Topic;
use crate::visit::Guest;

type Posted = Form<Vec<(String, String)>>;

/// Which version of the terms the pages show. Whoever changes a sentence of them raises it.
const TERMS: &str = "1";
/// Where they are shown.
const PAGE: &str = "/updates/subscribe";
/// Longest body of a one-click request that is looked at, in bytes.
const ONE_CLICK_BYTES_MAX: usize = 4_096;

fn of(guest: &Guest) -> Result<&Updates, Failure> {
    guest.app.settings.updates.as_ref().ok_or(Failure::NotFound)
}

/// The form, with the terms in full.
pub(crate) async fn subscribe(guest: Guest) -> Response {
    guest
        .at_work(|guest| {
            let typed = Typed::default()
                .with("language", guest.t.language().tag())
                .with("topic", "notices");
            form(guest, &typed, None)
        })
        .await
}

/// Takes the form.
pub(crate) async fn asked(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .at_work(move |guest| {
            let typed = Typed::new(pairs);
            let (address, language, topics) = match read(guest, &typed) {
                Ok(read) => read,
                Err(complaint) => return form(guest, &typed, Some(&complaint)),
            };
            let operation = guest
                .app
                .node
                .read::<_, Failure>(|register| Ok(register.founded()?))?
                .map_or_else(String::new, |founded| founded.name);
            let asking = Asking {
                address,
                language: language.tag(),
                topics,
                terms: TERMS,
                page: PAGE,
                from: guest.from,
            };
            let (confirm, known) = letters(Texts::new(language), &operation, topics);
            let answer = of(guest)?.ask(&asking, &confirm, &known)?;
            let t = guest.t;
            let (title, text) = match answer {
                Answer::LookIntoMail => (say!(t, "subscribe-sent"), say!(t, "subscribe-sent-text")),
                Answer::Later => (say!(t, "subscribe-later"), say!(t, "subscribe-later-text")),
            };
            let mut response = told(guest, &title, &text);
            if answer == Answer::Later {
                *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            }
            Ok(response)
        })
        .await
}

fn read(guest: &Guest, typed: &Typed) -> Result<(Address, Language, u32), Complaint> {
    let t = guest.t;
    let wrong = |field, text| Complaint {
        field: Some(field),
        text,
        code: "wrong-address",
    };
    let address = Address::read(typed.raw("email"))
        .map_err(|problem| wrong("email", t.word("address-problem", problem.code())))?;
    let language = Language::from_tag(typed.get("language"));
    let language = language.unwrap_or(t.language());
    let topics = topics(typed);
    if topics == 0 {
        return Err(wrong("topic", say!(t, "subscribe-no-topic")));
    }
    if !typed.ticked("consent") {
        return Err(wrong("consent", say!(t, "subscribe-no-consent")));
    }
    Ok((address, language, topics))
}

fn topics(typed: &Typed) -> u32 {
    Topic::ALL
        .into_iter()
        .filter(|topic| typed.ticked_among("topic", topic.code()))
        .map(Topic::bit)
        .sum()
}

fn topic_words(t: Texts) -> [(String, String); 3] {
    Topic::ALL.map(|topic| {
        let words = t.word("subscribe-topic", topic.code());
        (topic.code().to_owned(), words)
    })
}

/// The mail that asks to confirm, and the one to whoever is told already.
fn letters(t: Texts, operation: &str, topics: u32) -> (Letter, Letter) {
    let chosen = topic_words(t)
        .into_iter()
        .zip(Topic::ALL)
        .filter(|(_, topic)| topics & topic.bit() != 0)
        .map(|((_, word), _)| word)
        .collect::<Vec<_>>()
        .join(", ");
    let confirm = Letter {
        subject: say!(t, "mail-confirm-subject", operation = operation),
        body: say!(
            t,
            "mail-confirm-body",
            operation = operation,
            topics = chosen,
            link = PLACE_CONFIRM
        ),
    };
    let known = Letter {
        subject: say!(t, "mail-known-subject", operation = operation),
        body: format!(
            "{}\n\n{}",
            say!(t, "mail-known-body", operation = operation),
            foot(t)
        ),
    };
    (confirm, known)
}

fn languages(guest: &Guest) -> Vec<(String, String)> {
    let languages = guest.app.languages().iter();
    languages
        .map(|language| (language.tag().to_owned(), language.own_name().to_owned()))
        .collect()
}

fn form(guest: &Guest, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    let t = guest.t;
    let updates = of(guest)?;
    let sends = updates.postbox()?.is_some();
    let operation = guest
        .app
        .node
        .read::<_, Failure>(|register| Ok(register.founded()?))?
        .map_or_else(String::new, |founded| founded.name);
    let filled = Filled::new(t, typed, complaint);
    let title = say!(t, "subscribe-title");
    let content = html! {
        section.card { div.stack {
            div { h1 { (title) } p { (say!(t, "subscribe-lead", operation = operation.clone())) } }
            @if !sends { (notice(Tone::Wait, say!(t, "subscribe-not-yet"))) }
            form.stack method="post" action=(PAGE) {
                (filled.summary())
                (filled.text("email", say!(t, "subscribe-email")).kind("email").required().autocomplete("email"))
                (filled.select("language", say!(t, "subscribe-language"), languages(guest)))
                fieldset { legend { (say!(t, "subscribe-topics")) }
                    (filled.checks("topic", &topic_words(t)))
                    (filled.error("topic"))
                }
                section { h2 { (say!(t, "subscribe-terms", version = TERMS)) }
                    ol {
                        li { (say!(t, "subscribe-terms-who", operation = operation)) }
                        li { (say!(t, "subscribe-terms-what")) }
                        li { (say!(t, "subscribe-terms-kept")) }
                        li { (say!(t, "subscribe-terms-leave")) }
                        li { (say!(t, "subscribe-terms-mail")) }
                    }
                }
                (filled.check("consent", say!(t, "subscribe-consent")))
                button.primary { (say!(t, "subscribe-do")) }
            }
        } }
        p { a href="/updates" { (say!(t, "updates-title")) } }
    };
    let page = layout::open_page(guest, &title, content);
    Ok(layout::refused(page, complaint))
}

fn told(guest: &Guest, title: &str, text: &str) -> Response {
    let t = guest.t;
    let content = html! {
        section.card { h1 { (title) } p { (text) } }
        p { a href="/updates" { (say!(t, "updates-title")) } }
    };
    layout::open_page(guest, title, content)
}

fn over(guest: &Guest) -> Response {
    let t = guest.t;
    let mut page = told(
        guest,
        &say!(t, "confirm-over"),
        &say!(t, "confirm-over-text"),
    );
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

fn button(action: &str, hidden: &Markup, label: &str) -> Markup {
    html! { form method="post" action=(action) { (hidden) p.actions { button.primary { (label) } } } }
}

/// Asks whether to confirm: programs that look at links in mails must not confirm for anybody.
pub(crate) async fn confirm(guest: Guest, Path(token): Path<String>) -> Response {
    guest
        .at_work(move |guest| {
            let t = guest.t;
            let Some(token) = Token::read(&token) else {
                return Ok(over(guest));
            };
            if !of(guest)?.may_confirm(&token)? {
                return Ok(over(guest));
            }
            let title = say!(t, "confirm-title");
            let action = format!("/updates/confirm/{}", token.expose());
            let content = html! { section.card {
                h1 { (title) }
                p { (say!(t, "confirm-lead")) }
                (button(&action, &Markup::default(), &say!(t, "confirm-do")))
            } };
            Ok(layout::open_page(guest, &title, content))
        })
        .await
}

/// Confirms.
pub(crate) async fn confirmed(guest: Guest, Path(token): Path<String>) -> Response {
    guest
        .at_work(move |guest| {
            let t = guest.t;
            let updates = of(guest)?;
            let token = Token::read(&token);
            let leave = token.map(|token| updates.confirm(&token)).transpose()?;
            let Some(leave) = leave.flatten() else {
                return Ok(over(guest));
            };
            let title = say!(t, "confirm-done");
            let content = html! {
                section.card {
                    h1 { (title) }
                    p { (say!(t, "confirm-done-text")) }
                    p { a.button href={ "/updates/preferences/" (leave.expose()) } { (say!(t, "preferences-title")) } }
                }
                p { a href="/updates" { (say!(t, "updates-title")) } }
            };
            Ok(layout::open_page(guest, &title, content))
        })
        .await
}

/// What was chosen.
pub(crate) async fn preferences(guest: Guest, Path(token): Path<String>) -> Response {
    guest
        .at_work(move |guest| match known(guest, &token)? {
            Some((token, chosen)) => {
                let typed = as_typed(&chosen);
                Ok(choosing(guest, &token, &chosen, &typed, None))
            }
            None => Ok(over(guest)),
        })
        .await
}

/// Changes it.
pub(crate) async fn chosen(
    guest: Guest,
    Path(token): Path<String>,
    Form(pairs): Posted,
) -> Response {
    guest
        .at_work(move |guest| {
            let typed = Typed::new(pairs);
            let Some((token, chosen)) = known(guest, &token)? else {
                return Ok(over(guest));
            };
            let topics = topics(&typed);
            if topics == 0 {
                let complaint = Complaint {
                    field: Some("topic"),
                    text: say!(guest.t, "subscribe-no-topic"),
                    code: "wrong-address",
                };
                return Ok(choosing(guest, &token, &chosen, &typed, Some(&complaint)));
            }
            let language = Language::from_tag(typed.get("language"));
            let language = language.unwrap_or(guest.t.language());
            of(guest)?.choose(&token, language.tag(), topics)?;
            let t = guest.t;
            Ok(told(
                guest,
                &say!(t, "preferences-saved"),
                &say!(t, "preferences-saved-text"),
            ))
        })
        .await
}

fn known(guest: &Guest, token: &str) -> Result<Option<(Token, Preferences)>, Failure> {
    let Some(token) = Token::read(token) else {
        return Ok(None);
    };
    let found = of(guest)?.preferences(&token)?;
    Ok(found.map(|chosen| (token, chosen)))
}

fn as_typed(chosen: &Preferences) -> Typed {
    let typed = Typed::default().with("language", chosen.language.as_str());
    Topic::ALL
        .into_iter()
        .filter(|topic| chosen.topics & topic.bit() != 0)
        .fold(typed, |typed, topic| typed.with("topic", topic.code()))
}

fn choosing(
    guest: &Guest,
    token: &Token,
    chosen: &Preferences,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Response {
    let t = guest.t;
    let filled = Filled::new(t, typed, complaint);
    let title = say!(t, "preferences-title");
    let consent = Moment(chosen.consent_at_ms).timestamp();
    let consent = consent.to_zoned_datetime(TimeZone::UTC).date();
    let consent = Clock::new(t, None).date(consent);
    let content = html! {
        section.card { div.stack {
            div { h1 { (title) } p.small.muted { (say!(t, "preferences-consent", date = consent, version = chosen.terms.clone())) } }
            form.stack method="post" action={ "/updates/preferences/" (token.expose()) } {
                (filled.summary())
                (filled.select("language", say!(t, "subscribe-language"), languages(guest)))
                fieldset { legend { (say!(t, "subscribe-topics")) }
                    (filled.checks("topic", &topic_words(t)))
                    (filled.error("topic"))
                }
                button.primary { (say!(t, "preferences-save")) }
            }
        } }
        section.card {
            h2 { (say!(t, "unsubscribe-title")) }
            p { (say!(t, "unsubscribe-lead")) }
            (leaving(t, token))
        }
    };
    layout::refused(layout::open_page(guest, &title, content), complaint)
}

fn leaving(t: Texts, token: &Token) -> Markup {
    let action = format!("/updates/unsubscribe/{}", token.expose());
    let hidden = html! { input type="hidden" name="List-Unsubscribe" value="One-Click"; };
    button(&action, &hidden, &say!(t, "unsubscribe-do"))
}

/// Asks whether to leave: fetching a link ends nothing.
pub(crate) async fn leave(guest: Guest, Path(token): Path<String>) -> Response {
    guest
        .at_work(move |guest| {
            of(guest)?;
            let Some(token) = Token::read(&token) else {
                return Ok(over(guest));
            };
            let t = guest.t;
            let title = say!(t, "unsubscribe-title");
            let content = html! { section.card {
                h1 { (title) }
                p { (say!(t, "unsubscribe-lead")) }
                (leaving(t, &token))
            } };
            Ok(layout::open_page(guest, &title, content))
        })
        .await
}

/// Leaves, for a reader or for their mail program (RFC 8058, section 3.2): no cookie, no session, as
/// often as it is asked, and the same answer each time.
pub(crate) async fn left(guest: Guest, Path(token): Path<String>, body: Bytes) -> Response {
    guest
        .at_work(move |guest| {
            let updates = of(guest)?;
            let t = guest.t;
            let Some(token) = Token::read(&token).filter(|_| is_one_click(&body)) else {
                return Ok(over(guest));
            };
            updates.leave(&token)?;
            Ok(told(
                guest,
                &say!(t, "unsubscribe-done"),
                &say!(t, "unsubscribe-done-text"),
            ))
        })
        .await
}

/// The one key and value, as a form or in parts (RFC 8058, section 3.2).
fn is_one_click(body: &[u8]) -> bool {
    let body = &body[..body.len().min(ONE_CLICK_BYTES_MAX)];
    let text = String::from_utf8_lossy(body);
    let as_form = text
        .split('&')
        .any(|pair| pair.trim() == "List-Unsubscribe=One-Click");
    let in_parts = text.split_once("name=\"List-Unsubscribe\"");
    as_form || in_parts.is_some_and(|(_, rest)| rest.trim_start().starts_with("One-Click"))
}
