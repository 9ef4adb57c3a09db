//! The updates as feeds: Atom (RFC 4287) and JSON Feed 1.1. Ids are those of the events, so that a
//! reader shows each once wherever it is fetched from; what was withdrawn says so and keeps its id.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::Moment;
use maud::html;
use serde_json::json;

use super::newest;
use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::language::Language;
use crate::moment::Clock;
use crate::news::Update;
use crate::visit::Guest;

/// The feed as Atom.
pub(crate) async fn atom(guest: Guest, headers: HeaderMap) -> Response {
    guest
        .at_work(move |guest| {
            let base = base(guest, &headers)?;
            let news = newest(guest)?;
            let t = texts(guest);
            let clock = Clock::new(t, news.site.as_ref());
            let updated = news.updates.iter().map(|update| update.updated_at).max();
            // maud writes void elements as HTML does; what is here has content and is closed.
            let feed = html! {
                feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(t.language().tag()) {
                    id { "urn:uuid:" (news.operation_id) }
                    title { (plain(&news.operation)) }
                    updated { (instant(updated.unwrap_or(Moment(0)))) }
                    author { name { (plain(&news.operation)) } }
                    (link("self", &format!("{base}/updates/feed.atom?language={}", t.language().tag())))
                    (link("alternate", &format!("{base}/updates")))
                    @for update in &news.updates {
                        entry xml:lang=(update.language(t)) {
                            id { "urn:uuid:" (update.id) }
                            title { (plain(&update.title(t, &clock))) }
                            published { (instant(update.published_at)) }
                            updated { (instant(update.updated_at)) }
                            category term=(update.topic().code()) label=(t.word("updates-topic", update.topic().code())) {}
                            (link("alternate", &format!("{base}{}", update.path)))
                            content type="text" xml:lang=(update.language_of_text(t)) { (text_of(t, update)) }
                        }
                    }
                }
            };
            let bytes = format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}",
                feed.into_string()
            );
            Ok(answer("application/atom+xml; charset=utf-8", bytes))
        })
        .await
}

/// The feed as JSON.
pub(crate) async fn json(guest: Guest, headers: HeaderMap) -> Response {
    guest
        .at_work(move |guest| {
            let base = base(guest, &headers)?;
            let news = newest(guest)?;
            let t = texts(guest);
            let clock = Clock::new(t, news.site.as_ref());
            let items = news.updates.iter().map(|update| {
                json!({
                    "id": format!("urn:uuid:{}", update.id),
                    "url": format!("{base}{}", update.path),
                    "title": plain(&update.title(t, &clock)),
                    "content_text": text_of(t, update),
                    "date_published": instant(update.published_at),
                    "date_modified": instant(update.updated_at),
                    "language": update.language_of_text(t),
                    "tags": [update.topic().code()],
                })
            });
            let feed = json!({
                "version": "https://jsonfeed.org/version/1.1",
                "title": news.operation,
                "home_page_url": format!("{base}/updates"),
                "feed_url": format!("{base}/updates/feed.json?language={}", t.language().tag()),
                "language": t.language().tag(),
                "items": items.collect::<Vec<_>>(),
            });
            Ok(answer(
                "application/feed+json; charset=utf-8",
                feed.to_string(),
            ))
        })
        .await
}

/// The language of the address: a program that fetches feeds asks for none, so that each has its own
/// address.
fn texts(guest: &Guest) -> Texts {
    let asked = Language::from_tag(guest.query.get("language"));
    asked.map_or(guest.t, Texts::new)
}

fn answer(media_type: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::VARY, "accept-language, cookie"),
    ];
    (headers, text).into_response()
}

fn text_of(t: Texts, update: &Update) -> String {
    if update.withdrawn_at.is_some() {
        return say!(t, "notice-withdrawn");
    }
    plain(&update.text(t))
}

/// A text without what XML 1.0 cannot hold (section 2.2): most controls, and two characters that are none.
fn plain(text: &str) -> String {
    let allowed = |c: &char| {
        (!c.is_control() || matches!(c, '\n' | '\t')) && !matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().filter(allowed).collect()
}

/// An element without content, closed as XML wants it.
fn link(rel: &str, href: &str) -> maud::PreEscaped<String> {
    let (rel, href) = (html! { (rel) }, html! { (href) });
    maud::PreEscaped(format!(
        "<link rel=\"{}\" href=\"{}\"/>",
        rel.into_string(),
        href.into_string()
    ))
}

/// An instant as both formats write it (RFC 3339).
fn instant(moment: Moment) -> String {
    jiff::Timestamp::from_millisecond(moment.0)
        .map(|instant| instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// Where the pages are: as was set for mails, else as was asked.
fn base(guest: &Guest, headers: &HeaderMap) -> Result<String, Failure> {
    if let Some(updates) = &guest.app.settings.updates
        && let Some(postbox) = updates.postbox()?
    {
        return Ok(postbox.public_url.clone());
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let plain = |host: &&str| {
        let mut bytes = host.bytes();
        bytes.all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    let scheme = if guest.app.settings.secure {
        "https"
    } else {
        "http"
    };
    let host = host.filter(plain);
    Ok(host.map_or_else(String::new, |host| format!("{scheme}://{host}")))
}
