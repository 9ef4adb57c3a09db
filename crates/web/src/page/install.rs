//! How to make a tablet or phone trust this site: the certificate of the site authority, and what
//! to press on each kind of device. Anybody may see it; it holds nothing secret.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::app::App;
use crate::catalogue::say;
use crate::component::{Tone, notice};
use crate::failure::Failure;
use crate::layout;
use crate::visit::Guest;

/// Where the certificate is fetched.
const CERTIFICATE: &str = "/install/akey-site.crt";

pub(crate) async fn show(guest: Guest) -> Response {
    let Some(pem) = &guest.app.settings.authority_pem else {
        return Failure::NotFound.without(&guest);
    };
    let t = guest.t;
    let print = crate::certificate::fingerprint(pem).unwrap_or_default();
    let content = html! {
        div { h1 { (say!(t, "install-title")) } p.muted { (say!(t, "install-why")) } }
        section.card {
            h2 { (say!(t, "install-fetch")) }
            p { a.button.primary href=(CERTIFICATE) download="akey-site.crt" { (say!(t, "install-download")) } }
            p.small { (say!(t, "install-compare")) }
            p.code.small { code { (print) } }
        }
        section.card { h2 { "Android" } p { (say!(t, "install-android")) } }
        section.card { h2 { "iPhone, iPad" } p { (say!(t, "install-iphone")) } }
        section.card { h2 { "Windows" } p { (say!(t, "install-windows")) } }
        section.card { h2 { "Linux" } p { (say!(t, "install-linux")) }
            p.small { code { "sudo cp akey-site.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates" } } }
        (notice(Tone::Calm, say!(t, "install-limits")))
    };
    layout::open_page(&guest, &say!(t, "install-title"), content)
}

pub(crate) async fn certificate(State(app): State<App>) -> Response {
    match &app.settings.authority_pem {
        Some(pem) => (
            [(header::CONTENT_TYPE, "application/x-x509-ca-cert")],
            pem.clone(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
