//! Updates for everybody: notices, published figures and reports, the newest first, on a page, as feeds
//! and by mail.

use axum::response::Response;
use domain::Permission as P;
use maud::html;

use crate::catalogue::say;
use crate::component::{Tone, notice, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::news::{News, Update, news};
use crate::visit::Guest;

pub(crate) mod feed;
pub(crate) mod office;
pub(crate) mod reader;

/// How many updates are listed, on the page and in a feed.
const LISTED_MAX: usize = 50;
/// How much of a text the list shows, in characters: the rest is on its own page.
const SHOWN_MAX: usize = 600;

/// All updates.
pub(crate) async fn list(guest: Guest) -> Response {
    guest.at_work(page).await
}

/// The newest of what is published.
fn newest(guest: &Guest) -> Result<News, Failure> {
    let mut news = news(&guest.app.node)?;
    news.updates.truncate(LISTED_MAX);
    Ok(news)
}

fn page(guest: &Guest) -> Result<Response, Failure> {
    let t = guest.t;
    let news = newest(guest)?;
    let clock = Clock::new(t, news.site.as_ref());
    let visit = guest.enter().ok();
    let may_publish = visit.as_ref().is_some_and(|visit| visit.may(P::Publish));
    let content = html! {
        div.title { div { h1 { (say!(t, "updates-title")) } p.muted { (say!(t, "updates-lead", operation = news.operation)) } } }
        p.actions.no-print {
            @if guest.app.settings.updates.is_some() {
                a.button.primary href="/updates/subscribe" { (say!(t, "updates-by-mail")) }
            }
            a.button href={ "/updates/feed.atom?language=" (t.language().tag()) } { "Atom" }
            a.button href={ "/updates/feed.json?language=" (t.language().tag()) } { "JSON Feed" }
            @if may_publish {
                a.button href="/notices/new" { (say!(t, "notice-new")) }
                @if guest.app.settings.updates.is_some() { a.button href="/updates/office" { (say!(t, "updates-office")) } }
            }
        }
        @if news.updates.is_empty() { section.card { p.muted { (say!(t, "updates-none")) } } }
        @for update in &news.updates { (one(guest, &clock, update)) }
    };
    let title = say!(t, "updates-title");
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Updates, &title, content),
        None => layout::open_page(guest, &title, content),
    })
}

fn one(guest: &Guest, clock: &Clock, update: &Update) -> maud::Markup {
    let t = guest.t;
    let text = update.text(t);
    let (shown, is_cut) = beginning(&text);
    html! {
        article.card lang=(update.language(t)) {
            h2 { a href=(update.path) { (update.title(t, clock)) } }
            p.small.muted lang=(t.language().tag()) {
                (tag(Tone::Plain, t.word("updates-topic", update.topic().code())))
                " " (clock.full(update.published_at))
                @if let Some(at) = update.withdrawn_at {
                    " " (tag(Tone::Risk, say!(t, "notice-withdrawn-at", moment = clock.full(at))))
                } @else if update.is_corrected() {
                    " " (tag(Tone::Wait, say!(t, "updates-corrected-at", moment = clock.full(update.updated_at))))
                }
            }
            @if update.withdrawn_at.is_some() {
                div lang=(t.language().tag()) { (notice(Tone::Risk, say!(t, "notice-withdrawn"))) }
            } @else {
                (paragraphs(shown))
                @if is_cut { p lang=(t.language().tag()) { a href=(update.path) { (say!(t, "updates-more")) } } }
            }
        }
    }
}

/// The beginning of a text, cut between two words, and whether it was cut.
fn beginning(text: &str) -> (&str, bool) {
    match text.char_indices().nth(SHOWN_MAX) {
        None => (text, false),
        Some((end, _)) => {
            let shown = &text[..end];
            let shown = shown
                .rsplit_once(char::is_whitespace)
                .map_or(shown, |(before, _)| before);
            (shown, true)
        }
    }
}

/// A text with its paragraphs.
pub(crate) fn paragraphs(text: &str) -> maud::Markup {
    html! {
        @for paragraph in text.split("\n\n").flat_map(|part| part.split("\r\n\r\n")) {
            @if !paragraph.trim().is_empty() { p { (paragraph.trim()) } }
        }
    }
}
