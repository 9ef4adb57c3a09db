//! For who publishes: how many are told, whether mail goes out, through which server. Counts only:
//! who is told is shown to nobody, and a password goes in and never comes out.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::Permission as P;
use maud::{Markup, html};
use updates::{Address, Error, Letter, Postbox, Security, Updates};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Visit};

type Posted = Form<Vec<(String, String)>>;

/// How it stands.
pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(|visit| page(visit, None, None)).await
}

/// Sets the server, or tries it out.
pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let done = match action.as_str() {
                "server" => set(visit, typed)?,
                "try" => try_out(visit, typed)?,
                _ => return Err(Failure::NotFound),
            };
            match done {
                Ok(()) => Ok(visit.go("/updates/office", Said::Saved)),
                Err(complaint) => page(visit, Some(typed), Some(&complaint)),
            }
        })
        .await
}

fn of(visit: &Visit) -> Result<&Updates, Failure> {
    let updates = visit.guest.app.settings.updates.as_ref();
    updates.ok_or(Failure::NotFound)
}

fn set(visit: &Visit, typed: &Typed) -> Result<Result<(), Complaint>, Failure> {
    visit.need(&[P::Administer])?;
    let postbox = Postbox {
        host: typed.get("host").to_owned(),
        port: typed.read("port").unwrap_or(0),
        security: Security::from_code(typed.get("security")).unwrap_or(Security::StartTls),
        user: typed.get("user").to_owned(),
        password: typed.raw("smtp_password").to_owned(),
        from: typed.get("from").to_owned(),
        public_url: typed.get("public_url").trim_end_matches('/').to_owned(),
        authority_pem: typed.get("authority_pem").to_owned(),
    };
    match of(visit)?.set_postbox(postbox) {
        Ok(()) => Ok(Ok(())),
        Err(Error::Postbox(problem)) => {
            let text = visit.t().word("postbox-problem", problem.code());
            let field = match problem.code() {
                "port" => "port",
                "plain" => "security",
                "from" => "from",
                "url" => "public_url",
                _ => "host",
            };
            Ok(Err(visit.complain(field, "wrong-settings", text)))
        }
        Err(error) => Err(error.into()),
    }
}

fn try_out(visit: &Visit, typed: &Typed) -> Result<Result<(), Complaint>, Failure> {
    visit.need(&[P::Publish, P::Administer])?;
    let t = visit.t();
    let address = match Address::read(typed.raw("to")) {
        Ok(address) => address,
        Err(problem) => {
            let text = t.word("address-problem", problem.code());
            return Ok(Err(visit.complain("to", "wrong-address", text)));
        }
    };
    let letter = Letter {
        subject: say!(t, "mail-try-subject"),
        body: say!(t, "mail-try-body"),
    };
    match of(visit)?.try_out(&address, &letter) {
        Ok(()) => Ok(Ok(())),
        Err(Error::Mail(trouble)) => {
            let code = trouble
                .code
                .map_or_else(String::new, |code| code.to_string());
            let text = format!("{} {code}", t.word("mail-stage", trouble.stage.code()));
            Ok(Err(visit.complain("to", "wrong-settings", text)))
        }
        Err(Error::NoPostbox) => {
            let text = say!(t, "office-not-set");
            Ok(Err(visit.complain("to", "wrong-settings", text)))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(
    visit: &Visit,
    typed: Option<&Typed>,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Publish, P::Administer])?;
    let t = visit.t();
    let updates = of(visit)?;
    let counts = updates.counts()?;
    let postbox = updates.postbox()?;
    let trouble = updates.trouble()?;
    let standing = postbox.as_ref().map_or_else(Typed::default, as_typed);
    let filled = Filled::new(t, typed.unwrap_or(&standing), complaint);
    let number = |count: u64| t.number(i64::try_from(count).unwrap_or(i64::MAX));
    let title = say!(t, "office-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "office-lead")) } } }
        (filled.summary())
        @if postbox.is_none() { (notice(Tone::Wait, say!(t, "office-not-set"))) }
        @if let Some(trouble) = trouble {
            (notice(Tone::Risk, html! {
                (t.word("mail-stage", trouble.stage.code()))
                @if let Some(code) = trouble.code { " (" (code) ")" }
            }))
        }
        section.card { dl.facts {
            dt { (say!(t, "office-confirmed")) } dd { (number(counts.confirmed)) }
            dt { (say!(t, "office-pending")) } dd { (number(counts.pending)) }
            dt { (say!(t, "office-suspended")) } dd { (number(counts.suspended)) }
            dt { (say!(t, "office-queued")) } dd { (number(counts.queued)) }
            dt { (say!(t, "office-sent")) } dd { (number(counts.sent)) }
            dt { (say!(t, "office-failed")) } dd { (number(counts.failed)) }
        } }
        @if postbox.is_some() {
            (card(say!(t, "office-try"), layout::form(visit, "/updates/office/try", html! {
                div.stack {
                    (filled.text("to", say!(t, "office-try-to")).kind("email").required())
                    p.actions { button { (say!(t, "office-try-do")) } }
                }
            })))
        }
        @if visit.may(P::Administer) { (card(say!(t, "office-server"), server(visit, filled, postbox.as_ref()))) }
        p { a href="/updates" { (say!(t, "updates-title")) } }
    };
    let page = layout::page(visit, Place::Updates, &title, content);
    Ok(layout::refused(page, complaint))
}

fn as_typed(postbox: &Postbox) -> Typed {
    Typed::default()
        .with("host", postbox.host.clone())
        .with("port", postbox.port.to_string())
        .with("security", postbox.security.code())
        .with("user", postbox.user.clone())
        .with("from", postbox.from.clone())
        .with("public_url", postbox.public_url.clone())
        .with("authority_pem", postbox.authority_pem.clone())
}

fn server(visit: &Visit, filled: Filled<'_>, postbox: Option<&Postbox>) -> Markup {
    let t = visit.t();
    let ways = [
        ("starttls".to_owned(), say!(t, "office-starttls")),
        ("tls".to_owned(), say!(t, "office-tls")),
        ("plain".to_owned(), say!(t, "office-plain")),
    ];
    let has_password = postbox.is_some_and(|postbox| !postbox.password.is_empty());
    let password = filled
        .text("smtp_password", say!(t, "sign-in-password"))
        .kind("password");
    layout::form(
        visit,
        "/updates/office/server",
        html! { div.stack {
            (filled.text("host", say!(t, "office-host")).required())
            (filled.number("port", say!(t, "office-port"), (1, 65_535)).required())
            (filled.select("security", say!(t, "office-security"), ways.into()))
            (filled.text("user", say!(t, "office-user")))
            @if has_password { (password.hint(say!(t, "office-password-kept"))) } @else { (password) }
            (filled.text("from", say!(t, "office-from")).hint(say!(t, "office-from-hint")).required())
            (filled.text("public_url", say!(t, "office-url")).hint(say!(t, "office-url-hint")).required())
            (filled.area("authority_pem", say!(t, "office-authority")))
            p.actions { button.primary { (say!(t, "office-server-do")) } }
        } },
    )
}
