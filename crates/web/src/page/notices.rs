//! Notices: written by one, read and signed by a second, shown to everybody, and withdrawn when they
//! no longer hold.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{Command, Known as _, LanguageCode, NoticeId, NoticeText, Permission as P};
use maud::html;
use report::discreet::{discreet, named};

use crate::catalogue::say;
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::language::Language;
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::page::updates::paragraphs;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// The form.
pub(crate) async fn new(guest: Guest) -> Response {
    guest
        .visit(|visit| form(visit, &Typed::default(), None))
        .await
}

/// Publishes it.
pub(crate) async fn publish(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            match published(visit, typed) {
                Ok((id, said)) => Ok(visit.go(&format!("/notices/{id}"), said)),
                Err(Trouble::Refused(complaint)) => form(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// Says that it no longer holds.
pub(crate) async fn withdraw(
    guest: Guest,
    Path(text): Path<String>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Publish])?;
            let notice = id(&text, NoticeId)?;
            match visit.execute(typed, Command::WithdrawNotice { notice }) {
                Ok(said) => Ok(visit.go(&format!("/notices/{notice}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    let page = one(&visit.guest, &text, Some(&complaint))?;
                    Ok(layout::refused(page, Some(&complaint)))
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// One notice, for everybody.
pub(crate) async fn show(guest: Guest, Path(id): Path<String>) -> Response {
    guest.at_work(move |guest| one(guest, &id, None)).await
}

fn published(visit: &Visit, typed: &Typed) -> Result<(NoticeId, Said), Trouble> {
    if !visit.may(P::Publish) {
        return Err(Trouble::Failed(Failure::NotAllowed));
    }
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let names = visit.read(|register| Ok(discreet(register)?));
    let names = names.map_err(Trouble::Failed)?;
    for language in visit.guest.app.languages() {
        for field in fields(*language) {
            if let Some(name) = named(typed.get(field), &names) {
                let text = say!(visit.t(), "notice-place", name = name);
                return Err(Trouble::Refused(visit.complain(field, "place-named", text)));
            }
        }
    }
    let second = visit.second(typed)?;
    let texts = visit.guest.app.languages().iter().filter_map(|language| {
        let [title, text] = fields(*language);
        let written = typed.some(title).or_else(|| typed.some(text));
        written.map(|_| NoticeText {
            language: LanguageCode::any(language.tag()),
            title: typed.get(title).to_owned(),
            text: typed.get(text).to_owned(),
        })
    });
    let notice = NoticeId(made_by(request, 1));
    let command = Command::PublishNotice {
        notice,
        texts: texts.collect(),
        second: second.user(),
    };
    visit
        .execute_with(typed, &second, command)
        .map(|said| (notice, said))
}

/// The names of a language's two fields.
const fn fields(language: Language) -> [&'static str; 2] {
    match language {
        Language::Kreyol => ["title_ht", "text_ht"],
        Language::French => ["title_fr", "text_fr"],
        Language::English => ["title_en", "text_en"],
        Language::Spanish => ["title_es", "text_es"],
    }
}

fn form(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::Publish])?;
    let t = visit.t();
    let filled = Filled::new(t, typed, complaint);
    let title = say!(t, "notice-new");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "notice-lead")) } } }
        section.card { div.stack {
            (filled.summary())
            (notice(Tone::Wait, say!(t, "notice-names-nobody")))
            (layout::form(visit, "/notices/new", html! { div.stack {
                @for language in visit.guest.app.languages() {
                    @let [title, text] = fields(*language);
                    fieldset { legend { (language.own_name()) }
                        div.stack {
                            (filled.text(title, say!(t, "notice-title")))
                            (filled.area(text, say!(t, "notice-text")))
                        }
                    }
                }
                fieldset { legend { (say!(t, "published-second")) }
                    div.form {
                        (filled.text("second_login", say!(t, "sign-in-login")).required())
                        (filled.text("second_password", say!(t, "sign-in-password")).kind("password").required())
                    }
                }
                div.actions {
                    button.primary { (say!(t, "notice-publish")) }
                    a.button.quiet href="/updates" { (say!(t, "back")) }
                }
            } }))
        } }
    };
    let page = layout::page(visit, Place::Updates, &title, content);
    Ok(layout::refused(page, complaint))
}

fn one(guest: &Guest, text: &str, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    let t = guest.t;
    let id = id(text, NoticeId)?;
    let (found, site) = guest.app.node.read::<_, Failure>(|register| {
        let found = register.notice(id)?.ok_or(Failure::NotFound)?;
        Ok((found, register.site(guest.app.node.home_site()?)?))
    })?;
    let clock = Clock::new(t, site.as_ref());
    let words = found.text_in(t.language().tag()).ok_or(Failure::NotFound)?;
    let visit = guest.enter().ok();
    let title = words.title.clone();
    let typed = Typed::default();
    let content = html! {
        (Filled::new(t, &typed, complaint).summary())
        article.card lang=(words.language.as_str()) {
            h1 { (title) }
            p.small.muted lang=(t.language().tag()) { (say!(t, "published-at", moment = clock.full(found.published_at))) }
            @if let Some(at) = found.withdrawn_at {
                div lang=(t.language().tag()) {
                    (notice(Tone::Risk, say!(t, "notice-withdrawn-at", moment = clock.full(at))))
                    p { (say!(t, "notice-withdrawn")) }
                }
            }
            (paragraphs(&words.text))
        }
        p { a href="/updates" { (say!(t, "updates-title")) } }
        @if let Some(visit) = visit.as_ref().filter(|visit| visit.may(P::Publish) && found.withdrawn_at.is_none()) {
            (layout::form(visit, &format!("/notices/{id}/withdraw"), html! {
                button { (say!(t, "notice-withdraw")) }
            }))
        }
    };
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Updates, &title, content),
        None => layout::open_page(guest, &title, content),
    })
}
