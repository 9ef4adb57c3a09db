//! Updates for everybody: notices and published figures, the newest first, on a page, as feeds and by
//! mail.

use axum::response::Response;
use domain::{Known as _, LanguageCode, Moment, Period, Permission as P};
use maud::html;
use uuid::Uuid;

use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::visit::Guest;

pub(crate) mod feed;
pub(crate) mod office;
pub(crate) mod reader;

/// The topic of notices.
pub(crate) const NOTICES: u32 = 1;
/// The topic of published figures.
pub(crate) const FIGURES: u32 = 2;
/// Both.
pub(crate) const TOPICS: [(u32, &str); 2] = [(NOTICES, "notices"), (FIGURES, "figures")];
/// How many updates are listed.
const LISTED_MAX: u32 = 50;

/// One update, in one language.
pub(crate) struct Item {
    pub id: Uuid,
    pub path: String,
    pub title: String,
    pub text: String,
    pub language: String,
    pub published_at: Moment,
    pub withdrawn_at: Option<Moment>,
    pub topic: u32,
}

impl Item {
    /// When it last changed.
    pub fn updated_at(&self) -> Moment {
        self.withdrawn_at.unwrap_or(self.published_at)
    }
}

/// The operation's name and the newest updates, the newest first.
pub(crate) fn items(guest: &Guest) -> Result<(String, Uuid, Vec<Item>), Failure> {
    let t = guest.t;
    let (founded, notices, editions, site) = guest.app.node.read::<_, Failure>(|register| {
        let site = register.site(guest.app.node.home_site()?)?;
        Ok((
            register.founded()?,
            register.notices(LISTED_MAX)?,
            register.editions()?,
            site,
        ))
    })?;
    let clock = Clock::new(t, site.as_ref());
    let notices = notices.iter().filter_map(|notice| {
        let text = notice.text_in(t.language().tag())?;
        Some(Item {
            id: notice.id.0,
            path: format!("/notices/{}", notice.id),
            title: text.title.clone(),
            text: text.text.clone(),
            language: LanguageCode::as_str(&text.language).to_owned(),
            published_at: notice.published_at,
            withdrawn_at: notice.withdrawn_at,
            topic: NOTICES,
        })
    });
    let editions = editions.iter().map(|edition| Item {
        id: edition.id.0,
        path: format!("/published/{}", edition.id),
        title: say!(
            t,
            "updates-edition-title",
            period = period_name(t, &clock, edition.period)
        ),
        text: say!(t, "updates-edition-text"),
        language: t.language().tag().to_owned(),
        published_at: edition.published_at,
        withdrawn_at: None,
        topic: FIGURES,
    });
    let mut items: Vec<Item> = notices.chain(editions).collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.published_at), item.id));
    items.truncate(LISTED_MAX as usize);
    let (name, id) = founded.map_or_else(
        || (String::new(), Uuid::nil()),
        |founded| (founded.name, founded.id.0),
    );
    Ok((name, id, items))
}

/// A period in words.
pub(crate) fn period_name(t: Texts, clock: &Clock, period: Period) -> String {
    match period {
        Period::Day(day) => clock.date(day.0),
        Period::Month(day) => say!(
            t,
            "published-month",
            from = clock.date(day.0),
            to = clock.date(period.to().0)
        ),
    }
}

/// All updates.
pub(crate) async fn list(guest: Guest) -> Response {
    guest.at_work(page).await
}

fn page(guest: &Guest) -> Result<Response, Failure> {
    let t = guest.t;
    let (name, _, items) = items(guest)?;
    let site = guest
        .app
        .node
        .read::<_, Failure>(|register| Ok(register.site(guest.app.node.home_site()?)?))?;
    let clock = Clock::new(t, site.as_ref());
    let visit = guest.enter().ok();
    let may_publish = visit.as_ref().is_some_and(|visit| visit.may(P::Publish));
    let content = html! {
        div.title { div { h1 { (say!(t, "updates-title")) } p.muted { (say!(t, "updates-lead", operation = name)) } } }
        p.actions.no-print {
            @if guest.app.settings.updates.is_some() {
                a.button.primary href="/updates/subscribe" { (say!(t, "updates-by-mail")) }
            }
            a.button href="/updates/feed.atom" { "Atom" }
            a.button href="/updates/feed.json" { "JSON Feed" }
            @if may_publish {
                a.button href="/notices/new" { (say!(t, "notice-new")) }
                a.button href="/updates/office" { (say!(t, "updates-office")) }
            }
        }
        @if guest.query.get("said") == "left" { (notice(Tone::Good, say!(t, "unsubscribe-done"))) }
        @if items.is_empty() { section.card { p.muted { (say!(t, "updates-none")) } } }
        @for item in &items {
            article.card lang=(item.language) {
                h2 { a href=(item.path) { (item.title) } }
                p.small.muted lang=(t.language().tag()) {
                    (tag(Tone::Plain, if item.topic == NOTICES { say!(t, "updates-notice") } else { say!(t, "updates-figures") }))
                    " " (clock.full(item.published_at))
                    @if let Some(at) = item.withdrawn_at {
                        " " (tag(Tone::Risk, say!(t, "notice-withdrawn-at", moment = clock.full(at))))
                    }
                }
                @if item.withdrawn_at.is_none() { (paragraphs(&item.text)) }
            }
        }
    };
    let title = say!(t, "updates-title");
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Report, &title, content),
        None => layout::open_page(guest, &title, content),
    })
}

/// A text with its paragraphs.
pub(crate) fn paragraphs(text: &str) -> maud::Markup {
    html! {
        @for paragraph in text.split("\n\n").flat_map(|part| part.split("\r\n\r\n")) {
            @if !paragraph.trim().is_empty() { p { (paragraph.trim()) } }
        }
    }
}
