//! Which address leads to which page, and what guards all of them: headers that forbid other sites
//! to frame, read or post to our pages, limits on size and time.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::{App, Settings};
use crate::asset;
use crate::failure::Failure;
use crate::page::{
    accounts, arrival, board, calls, conflicts, danger, desk, feedback, figures, install, line,
    manifest, movement, movements, notices, outlook, overlaps, paper, pathways, peers, people,
    published, recommendations, referrals, report, reports, rights, settings, sign_in, sites,
    stock, updates,
};
use crate::visit::{Guest, see_other};

/// Only our own files, no inline script or style, no frame around us, forms to us alone.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Longest form without a file, in bytes.
const FORM_BYTES_MAX: usize = 256 * 1024;
/// Longest time for one answer.
const ANSWER_TIME_MAX: Duration = Duration::from_mins(1);

/// All pages of a site.
pub fn router(node: node::Node, settings: Settings) -> Router {
    let app = App::new(node, settings);
    let router = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", get(above).post(sign_in::sign_out))
        .route("/language", get(above).post(sign_in::language))
        .route("/site", get(above).post(sign_in::site))
        .route("/install", get(install::show))
        .route("/install/akey-site.crt", get(install::certificate))
        .route("/", get(board::show))
        .route("/movements", get(movements::list))
        .route(
            "/movements/new",
            get(movements::new).post(movements::announce),
        )
        .route("/movements/{id}", get(movement::show))
        .route(
            "/movements/{id}/manifest",
            get(manifest::choose)
                .post(manifest::upload)
                .layer(DefaultBodyLimit::max(
                    formats::manifest::BYTES_MAX + FORM_BYTES_MAX,
                )),
        )
        .route(
            "/movements/{id}/manifest/{draft}",
            get(manifest::preview).post(manifest::decide),
        )
        .route("/movements/{id}/{action}", get(above).post(movement::act))
        .route("/lines/{id}", get(line::show).post(line::erase))
        .route("/desk", get(desk::show))
        .route("/desk/meet", get(above).post(desk::meet))
        .route("/desk/next", get(above).post(desk::next))
        .route("/desk/withdraw", get(above).post(desk::withdraw))
        .route("/scan", get(desk::scan))
        .route("/cards", get(desk::cards))
        .route("/arrivals/{id}", get(arrival::show))
        .route("/arrivals/{id}/card", get(arrival::print))
        .route("/arrivals/{id}/{action}", get(above).post(arrival::act))
        .route("/people", get(people::search).post(people::found))
        .route("/people/{id}", get(people::show))
        .route(
            "/people/{id}/correct",
            get(people::correct).post(people::corrected),
        )
        .route("/people/{id}/{action}", get(above).post(people::act))
        .route("/stock", get(stock::show))
        .route("/stock/{item}", get(stock::journal).post(stock::act))
        .route("/waybills/{id}", get(stock::waybill).post(stock::receive))
        .merge(between_nodes())
        .merge(beside_the_desk())
        .merge(for_everybody())
        .merge(what_others_say())
        .merge(advice())
        .route("/report", get(report::show))
        .route("/report/file", get(report::file))
        .route("/trace/{key}", get(report::trace))
        .route("/event/{node}/{position}", get(report::event))
        .route("/settings", get(settings::show))
        .route("/settings/{action}", get(above).post(settings::act))
        .route(
            "/password",
            get(settings::password).post(settings::change_password),
        )
        .route(
            "/role-key",
            get(async || see_other("/password")).post(settings::share_key),
        )
        .route("/api/board", get(board::api))
        .route("/api/sitrep", get(report::api))
        .route("/static/{version}/{name}", get(asset::serve))
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(missing)
        .method_not_allowed_fallback(not_that_way)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn(same_origin))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_TIME_MAX,
        ));
    [
        ("content-security-policy", POLICY),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
    ]
    .into_iter()
    .fold(router, |router, (name, value)| {
        router.layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        ))
    })
    .with_state(app)
}

/// Rights and goods between nodes, how the nodes stand, and what they wrote apart.
fn between_nodes() -> Router<App> {
    Router::new()
        .route("/peers", get(peers::show))
        .route("/conflicts", get(conflicts::show).post(conflicts::choose))
        .route("/api/conflicts", get(conflicts::api))
        .route("/rights", get(rights::show))
        .route("/rights/release", get(above).post(rights::release))
        .route("/rights/lost", get(above).post(rights::announce_lost))
        .route(
            "/rights/{id}/{action}",
            get(async || see_other("/rights")).post(rights::act),
        )
        .route("/overlaps", get(overlaps::show))
        .route("/overlaps/decide", get(above).post(overlaps::decide))
        .route("/api/overlaps", get(overlaps::api))
}

/// What others stated: figures, headcounts, accounts; and the balance of the sites.
fn what_others_say() -> Router<App> {
    Router::new()
        .route("/figures", get(figures::show))
        .route("/figures/file", get(figures::file))
        .route(
            "/figures/new",
            get(figures::entry::new).post(figures::entry::state),
        )
        .route(
            "/figures/import",
            get(figures::import::choose)
                .post(figures::import::take)
                .layer(DefaultBodyLimit::max(
                    figures::import::BYTES_MAX + FORM_BYTES_MAX,
                )),
        )
        .route(
            "/figures/{id}",
            get(figures::entry::show).post(figures::entry::withdraw),
        )
        .route("/api/figures", get(figures::api))
        .route("/sites", get(sites::list))
        .route("/sites/{id}", get(sites::show))
        .route("/api/sites", get(sites::api))
        .route("/outlook", get(outlook::show))
        .route("/api/outlook", get(outlook::api))
        .route("/accounts", get(accounts::list).post(accounts::open))
        .route("/accounts/{id}", get(accounts::show))
        .route("/accounts/{id}/{action}", get(above).post(accounts::act))
}

/// Danger; recommendations, and the receipts of statements, which anybody can verify.
fn advice() -> Router<App> {
    Router::new()
        .route("/recommendations", get(recommendations::list))
        .route(
            "/recommendations/new",
            get(recommendations::form::new).post(recommendations::form::submit),
        )
        .route("/recommendations/{id}", get(recommendations::show))
        .route(
            "/recommendations/{id}/{action}",
            get(above).post(recommendations::act),
        )
        .route(
            "/statements/{id}/receipt",
            get(recommendations::receipt::file),
        )
        .route("/danger", get(danger::show))
        .route("/danger/{action}", get(above).post(danger::act))
        .route("/verify", get(recommendations::receipt::verify))
        .route("/verify/file", get(recommendations::receipt::verify_file))
}

/// What is published.
fn for_everybody() -> Router<App> {
    Router::new()
        .route("/published", get(published::list))
        .route(
            "/published/new",
            get(published::draft).post(published::publish),
        )
        .route("/published/{id}", get(published::show))
        .route("/published/{id}/file", get(published::file))
        .route("/published/{id}/since", get(published::since))
        .route("/reports/new", get(reports::new).post(reports::publish))
        .route("/reports/{id}", get(reports::show))
        .route("/reports/{id}/receipt/{statement}", get(reports::receipt))
        .route("/notices/new", get(notices::new).post(notices::publish))
        .route("/notices/{id}", get(notices::show))
        .route("/notices/{id}/withdraw", get(above).post(notices::withdraw))
        .route("/updates", get(updates::list))
        .route("/updates/feed.atom", get(updates::feed::atom))
        .route("/updates/feed.json", get(updates::feed::json))
        .route(
            "/updates/subscribe",
            get(updates::reader::subscribe).post(updates::reader::asked),
        )
        .route(
            "/updates/confirm/{token}",
            get(updates::reader::confirm).post(updates::reader::confirmed),
        )
        .route(
            "/updates/preferences/{token}",
            get(updates::reader::preferences).post(updates::reader::chosen),
        )
        .route(
            "/updates/unsubscribe/{token}",
            get(updates::reader::leave).post(updates::reader::left),
        )
        .route("/updates/office", get(updates::office::show))
        .route(
            "/updates/office/{action}",
            get(above).post(updates::office::act),
        )
}

/// What goes on beside the desk: referrals, feedback, paper.
fn beside_the_desk() -> Router<App> {
    Router::new()
        .route("/referrals", get(referrals::show))
        .route("/calls", get(calls::show))
        .route("/calls/{id}", get(above).post(calls::act))
        .route("/pathways", get(pathways::list))
        .route("/pathways/of/{person}", get(pathways::theirs::of))
        .route(
            "/pathways/of/{person}/{action}",
            get(above).post(pathways::theirs::act),
        )
        .route("/api/pathways", get(pathways::api))
        .route(
            "/referrals/{what}",
            get(referrals::one).post(referrals::act),
        )
        .route(
            "/refer/{person}",
            get(referrals::refer).post(referrals::make),
        )
        .route("/feedback", get(feedback::show))
        .route("/feedback/{action}", get(above).post(feedback::act))
        .route("/speak-up", get(feedback::speak_up))
        .route("/speak-up/{action}", get(above).post(feedback::speak))
        .route("/paper", get(paper::show))
        .route("/paper/forms/{form}", get(paper::form::blank))
        .route("/paper/booklets/{id}", get(paper::booklet::print))
        .route(
            "/paper/enter",
            get(paper::entry::show).post(paper::entry::enter),
        )
        .route(
            "/paper/count",
            get(paper::count::show).post(paper::count::sign),
        )
        .route(
            "/paper/distribution/{movement}",
            get(paper::distribution::list),
        )
        .route("/paper/{action}", get(above).post(paper::act))
}

/// The page above an address that only takes forms: whoever fetches it came by the back button, a
/// change of language or after signing in again.
async fn above(guest: Guest) -> Response {
    let page = guest.path.rsplit_once('/').map_or("", |(page, _)| page);
    see_other(if page.is_empty() { "/" } else { page })
}

async fn not_that_way(guest: Guest) -> Response {
    let mut response = Failure::NotFound.without(&guest);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

async fn missing(guest: Guest) -> Response {
    Failure::NotFound.without(&guest)
}

/// Refuses what another site makes a browser send (also before anybody is signed in, when there is
/// no secret to check yet): browsers say where a request comes from.
async fn same_origin(request: Request, next: Next) -> Response {
    // A mail program leaves for its reader from wherever it is: the token in the address is the proof
    // (RFC 8058, section 3.2).
    let one_click = request.uri().path().starts_with("/updates/unsubscribe/");
    if matches!(*request.method(), Method::GET | Method::HEAD)
        || one_click
        || comes_from_us(&request)
    {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn comes_from_us(request: &Request) -> bool {
    let text = |name: HeaderName| request.headers().get(name)?.to_str().ok();
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host),
        // Neither header: not a browser, so nobody's cookies come along unasked.
        (origin, _) => origin.is_none(),
    }
}
