//! The updates as feeds: Atom (RFC 4287) and JSON Feed 1.1. Ids are those of the events, so that a
//! reader shows each once wherever it is fetched from; what was withdrawn says so and keeps its id.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::Moment;
use maud::html;
use serde_json::json;

use super::{Item, items};
use crate::catalogue::say;
use crate::failure::Failure;
use crate::visit::Guest;

/// The feed as Atom.
pub(crate) async fn atom(guest: Guest, headers: HeaderMap) -> Response {
    guest
        .at_work(move |guest| {
            let base = base(guest, &headers)?;
            let (operation, id, items) = items(guest)?;
            let t = guest.t;
            let newest = items.iter().map(Item::updated_at).max();
            // maud writes void elements as HTML does; what is here has content and is closed.
            let feed = html! {
                feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(t.language().tag()) {
                    id { "urn:uuid:" (id) }
                    title { (operation) }
                    updated { (instant(newest.unwrap_or(Moment(0)))) }
                    author { name { (operation) } }
                    (link("self", &format!("{base}/updates/feed.atom")))
                    (link("alternate", &format!("{base}/updates")))
                    @for item in &items {
                        entry xml:lang=(item.language) {
                            id { "urn:uuid:" (item.id) }
                            title { (item.title) }
                            published { (instant(item.published_at)) }
                            updated { (instant(item.updated_at())) }
                            (link("alternate", &format!("{base}{}", item.path)))
                            content type="text" { (text_of(guest, item)) }
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
            let (operation, _, items) = items(guest)?;
            let items: Vec<_> = items
                .iter()
                .map(|item| {
                    json!({
                        "id": format!("urn:uuid:{}", item.id),
                        "url": format!("{base}{}", item.path),
                        "title": item.title,
                        "content_text": text_of(guest, item),
                        "date_published": instant(item.published_at),
                        "date_modified": instant(item.updated_at()),
                        "language": item.language,
                    })
                })
                .collect();
            let feed = json!({
                "version": "https://jsonfeed.org/version/1.1",
                "title": operation,
                "home_page_url": format!("{base}/updates"),
                "feed_url": format!("{base}/updates/feed.json"),
                "language": guest.t.language().tag(),
                "items": items,
            });
            Ok(answer(
                "application/feed+json; charset=utf-8",
                feed.to_string(),
            ))
        })
        .await
}

fn answer(media_type: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::VARY, "accept-language, cookie"),
    ];
    (headers, text).into_response()
}

fn text_of(guest: &Guest, item: &Item) -> String {
    if item.withdrawn_at.is_some() {
        return say!(guest.t, "notice-withdrawn");
    }
    // XML 1.0 cannot hold most controls (section 2.2).
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    item.text.chars().filter(allowed).collect()
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
