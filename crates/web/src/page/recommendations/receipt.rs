//! The receipt of a statement: as a file, as a code to scan, and the page that verifies it in the
//! reader's own browser, where our word is not needed. That page can be kept as one file.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{Permission as P, Registered, StatementId};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use node::statement::leaf_of;

use crate::asset;
use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::layout;
use crate::visit::{Guest, Visit, id};

/// More bytes than this make a code that a cheap telephone does not read.
const SCANNED_BYTES_MAX: usize = 1_500;
/// How a receipt in a code begins; base64url (RFC 4648) without padding follows.
const SCANNED_AS: &str = "akey-receipt:";

/// Where a receipt lies, its leaf hash, and the code.
pub(super) fn card(visit: &Visit, statement: &Registered) -> Result<Markup, Failure> {
    let t = visit.t();
    let leaf = leaf_of(statement);
    let file = visit.guest.app.node.transparent_statement(statement.id)?;
    Ok(html! {
        details.more {
            summary { (say!(t, "receipt-title")) }
            div {
                p.small { (say!(t, "receipt-leaf")) " " code.wrap { (leaf) } }
                @match &file {
                    None => { p.muted { (say!(t, "receipt-elsewhere")) } }
                    Some(bytes) => {
                        div.actions {
                            a.button href={ "/statements/" (statement.id) "/receipt" } download { (say!(t, "receipt-file")) }
                            a.button.quiet href="/verify" { (say!(t, "verify-title")) }
                        }
                        @if bytes.len() <= SCANNED_BYTES_MAX {
                            @if let Some(code) = formats::qr::text_svg(&format!("{SCANNED_AS}{}", base64url(bytes))) {
                                div.code { (PreEscaped(code)) }
                            }
                        } @else { p.small.muted { (say!(t, "receipt-long")) } }
                    }
                }
            }
        }
    })
}

/// Base64 with the alphabet for addresses, without padding (RFC 4648, section 5).
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for letter in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * letter)) & 63;
            text.push(char::from(LETTERS[index as usize]));
        }
    }
    text
}

pub(crate) async fn file(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::Advise])?;
            let statement = id(&text, StatementId)?;
            let bytes = visit.guest.app.node.transparent_statement(statement)?;
            let bytes = bytes.ok_or(Failure::NotFound)?;
            let name = format!("attachment; filename=\"{statement}.cose\"");
            let headers = [
                (header::CONTENT_TYPE, "application/cose".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}

/// The page that verifies in the browser.
pub(crate) async fn verify(guest: Guest) -> Response {
    guest
        .at_work(|guest| {
            let t = guest.t;
            let content = html! {
                h1 { (say!(t, "verify-title")) }
                p.muted { (say!(t, "verify-lead")) }
                (desk(t))
                p.actions { a.button.quiet href="/verify/file" download="verify.html" { (say!(t, "verify-keep")) } }
                script type="module" src=(asset::path("verify.js")) {}
            };
            Ok(layout::open_page(guest, &say!(t, "verify-title"), content))
        })
        .await
}

/// The same page as one file, to be kept and opened without us.
pub(crate) async fn verify_file(guest: Guest) -> Response {
    guest
        .at_work(|guest| {
            let t = guest.t;
            let page = html! {
                (DOCTYPE)
                html lang=(t.language().tag()) {
                    head {
                        meta charset="utf-8";
                        meta name="viewport" content="width=device-width,initial-scale=1";
                        title { (say!(t, "verify-title")) }
                        style { (PreEscaped(asset::content("akey.css"))) }
                        style { (PreEscaped(asset::content("stated.css"))) }
                    }
                    body {
                        main.narrow { h1 { (say!(t, "verify-title")) } p.muted { (say!(t, "verify-lead")) } (desk(t)) }
                        script type="module" { (PreEscaped(asset::content("verify.js"))) }
                    }
                }
            };
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"verify.html\""),
            ];
            Ok((headers, page.into_string()).into_response())
        })
        .await
}

/// Where the file is put in and the answer comes; what it says is in the page, in its language.
fn desk(t: Texts) -> Markup {
    html! {
        section.card #verify
            data-no-ed25519=(say!(t, "verify-no-ed25519")) data-not-cose=(say!(t, "verify-not-cose"))
            data-signed=(say!(t, "verify-signed")) data-not-signed=(say!(t, "verify-not-signed"))
            data-registered=(say!(t, "verify-registered")) data-not-registered=(say!(t, "verify-not-registered"))
            data-no-receipt=(say!(t, "verify-no-receipt")) data-key=(say!(t, "verify-key"))
            data-other-key=(say!(t, "verify-other-key")) data-same-key=(say!(t, "verify-same-key"))
            data-not-asked=(say!(t, "verify-not-asked")) {
            div {
                label for="verify-file" { (say!(t, "verify-file")) }
                input id="verify-file" type="file";
            }
            div {
                label for="verify-text" { (say!(t, "verify-text")) }
                textarea id="verify-text" spellcheck="false" {}
            }
            div {
                label for="verify-expected" { (say!(t, "verify-expected")) }
                input id="verify-expected" type="text" autocomplete="off" spellcheck="false";
            }
            noscript { p { (say!(t, "verify-no-script")) } }
            div id="verify-answer" role="status" aria-live="polite" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // RFC 4648, section 10, without padding; and the two letters that differ.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xfb, 0xff], "-_8"),
        ] {
            assert_eq!(base64url(bytes), text);
        }
    }
}
