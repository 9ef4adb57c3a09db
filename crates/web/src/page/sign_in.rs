//! Sign in, sign out, the language and the site. Whether a name exists is never said: a wrong name
//! and a wrong password are answered alike, and both make the name wait.

use axum::Form;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::app::App;
use crate::catalogue::say;
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::language::Language;
use crate::layout;
use crate::visit::{Guest, LANGUAGE_COOKIE, SESSION_COOKIE, id, see_other};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn show(guest: Guest) -> Response {
    let typed = Typed::default().with("to", local(guest.query.get("to")));
    page(&guest, &typed, None)
}

pub(crate) async fn sign_in(guest: Guest, Form(pairs): Posted) -> Response {
    let typed = Typed::new(pairs);
    guest.at_work(move |guest| Ok(answer(guest, &typed))).await
}

fn answer(guest: &Guest, typed: &Typed) -> Response {
    let (t, app, login) = (guest.t, &guest.app, typed.get("login"));
    let no = |code, text| {
        let complaint = Complaint {
            field: None,
            text,
            code,
        };
        layout::refused(page(guest, typed, Some(&complaint)), Some(&complaint))
    };
    if let Some(left) = app.throttle.wait(login) {
        let mut response = no(
            "throttled",
            say!(
                t,
                "sign-in-wait",
                seconds = left.as_secs().div_ceil(10) * 10
            ),
        );
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        return response;
    }
    // A password may begin or end with a space: it is taken as typed.
    match app.node.sign_in(login, typed.raw("password")) {
        Ok(session) => {
            app.throttle.succeeded(login);
            let secret = app.sessions.begin(session);
            let to = local(typed.get("to"));
            set_cookie(
                see_other(to),
                app,
                SESSION_COOKIE,
                secret.as_str(),
                Life::Session,
            )
        }
        Err(node::NodeError::SignInRefused) => {
            app.throttle.failed(login);
            no("wrong-password", say!(t, "sign-in-wrong"))
        }
        Err(error) => Failure::from(error).without(guest),
    }
}

fn page(guest: &Guest, typed: &Typed, complaint: Option<&Complaint>) -> Response {
    let t = guest.t;
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        section.card.tight {
            h1 { (say!(t, "sign-in-title")) }
            div.lang role="group" aria-label=(say!(t, "bar-language")) { (layout::languages(guest)) }
            @if guest.query.get("said") == "out" {
                (notice(Tone::Good, say!(t, "sign-in-signed-out")))
            }
            form.stack method="post" action="/sign-in" {
                (filled.summary())
                input type="hidden" name="to" value=(typed.get("to"));
                (filled.text("login", say!(t, "sign-in-login")).required().focus().autocomplete("username"))
                (filled.text("password", say!(t, "sign-in-password")).kind("password").required()
                    .autocomplete("current-password"))
                button.primary { (say!(t, "sign-in-do")) }
            }
            p.small.muted { (say!(t, "sign-in-help")) }
        }
        @if guest.app.settings.authority_pem.is_some() {
            p.small { a href="/install" { (say!(t, "install-title")) } }
        }
    };
    layout::open_page(guest, &say!(t, "sign-in-title"), content)
}

pub(crate) async fn sign_out(guest: Guest, Form(pairs): Posted) -> Response {
    let app = guest.app.clone();
    guest
        .post(Typed::new(pairs), move |visit, _| {
            visit
                .guest
                .cookie
                .iter()
                .for_each(|cookie| app.sessions.end(cookie));
            Ok(set_cookie(
                see_other("/sign-in?said=out"),
                &app,
                SESSION_COOKIE,
                "",
                Life::Over,
            ))
        })
        .await
}

/// Anybody may choose a language; it changes nothing but the words.
pub(crate) async fn language(guest: Guest, Form(pairs): Posted) -> Response {
    let typed = Typed::new(pairs);
    let asked = Language::from_tag(typed.get("language"));
    let Some(language) = asked.filter(|asked| guest.app.languages().contains(asked)) else {
        return Failure::NotFound.without(&guest);
    };
    let to = see_other(local(typed.get("to")));
    set_cookie(to, &guest.app, LANGUAGE_COOKIE, language.tag(), Life::Year)
}

pub(crate) async fn site(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            let site = id(typed.get("site"), domain::SiteId)?;
            if !visit.sites.iter().any(|known| known.id == site) {
                return Err(Failure::NotFound);
            }
            visit.seat.move_to(site);
            Ok(see_other("/"))
        })
        .await
}

/// A path of ours, or the board: a link must not lead anywhere else after signing in.
fn local(to: &str) -> &str {
    let ours = to.starts_with('/')
        && !to.starts_with("//")
        && !to.starts_with("/sign-")
        && to
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours { to } else { "/" }
}

#[derive(Clone, Copy)]
enum Life {
    Session,
    Year,
    Over,
}

fn set_cookie(response: Response, app: &App, name: &str, value: &str, life: Life) -> Response {
    let secure = if app.settings.secure { "; Secure" } else { "" };
    let age = match life {
        Life::Session => "",
        Life::Year => "; Max-Age=31536000",
        Life::Over => "; Max-Age=0",
    };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}");
    let cookie = HeaderValue::from_str(&cookie).expect("our cookies are letters and digits");
    ([(header::SET_COOKIE, cookie)], response).into_response()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(local("/movements/1?x=2"), "/movements/1?x=2");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\nb",
        ] {
            assert_eq!(local(elsewhere), "/");
        }
    }
}
