//! The stylesheet, the script and the mark, built into the program. Their addresses carry their
//! length and a checksum, so that a browser keeps them for good and a new version is fetched.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const ASSETS: [(&str, &str, &str); 7] = [
    (
        "akey.css",
        "text/css; charset=utf-8",
        include_str!("../assets/akey.css"),
    ),
    (
        "paper.css",
        "text/css; charset=utf-8",
        include_str!("../assets/paper.css"),
    ),
    (
        "stated.css",
        "text/css; charset=utf-8",
        include_str!("../assets/stated.css"),
    ),
    (
        "sitrep.css",
        "text/css; charset=utf-8",
        report::html::STYLESHEET,
    ),
    (
        "verify.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/verify.js"),
    ),
    (
        "akey.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/akey.js"),
    ),
    (
        "akey.svg",
        "image/svg+xml",
        include_str!("../assets/akey.svg"),
    ),
];

/// What an asset holds, for a page that is kept as one file.
///
/// # Panics
/// For a name that is not built in.
pub(crate) fn content(name: &str) -> &'static str {
    let asset = ASSETS.iter().find(|(other, ..)| *other == name);
    asset.expect("assets are named in our own code").2
}

/// The address of an asset.
///
/// # Panics
/// For a name that is not built in.
pub(crate) fn path(name: &str) -> String {
    let (_, _, content) = ASSETS
        .iter()
        .find(|(other, ..)| *other == name)
        .expect("assets are named in our own code");
    format!("/static/{:08x}/{name}", checksum(content))
}

/// FNV-1a (Fowler, Noll, Vo), 32 bit: tells versions apart, guards nothing.
fn checksum(content: &str) -> u32 {
    content.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

pub(crate) async fn serve(Path((_, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|(other, ..)| *other == name) {
        Some((_, kind, content)) => (
            [
                (header::CONTENT_TYPE, *kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            *content,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
