//! What is published: for everybody to read, signed in or not; for those who publish, to look at before
//! it is published for good; for those who see reports, beside what is counted by now.

use axum::Form;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{Command, Edition, EditionId, Known as _, Moment, Period, Permission as P, Site};
use maud::{Markup, html};
use node::statement::words_of;
use report::Sitrep;
use report::html::Traces;
use report::publication::{self, Asked, Change, Comparison, Prepared, Undecided};

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::page::report::Spoken;
use crate::report_file::{ReportForm, report_file};
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Periods that are offered to be published.
const OFFERED_MAX: usize = 7;

/// All editions, the newest first; below, what could be published next.
pub(crate) async fn list(guest: Guest) -> Response {
    guest
        .at_work(|guest| page(guest, &Typed::default(), None))
        .await
}

/// One edition, as everybody sees it.
pub(crate) async fn show(guest: Guest, Path(id): Path<String>) -> Response {
    guest.at_work(move |guest| edition(guest, &id)).await
}

/// The same as a file.
pub(crate) async fn file(guest: Guest, Path(id): Path<String>) -> Response {
    guest
        .at_work(move |guest| {
            let (edition, sitrep, site) = read(guest, &id)?;
            let form = ReportForm::from_code(guest.query.get("format"));
            let form = form.ok_or(Failure::NotFound)?;
            let written = report_file(&sitrep, form, guest.t.language(), site.as_ref());
            let bytes = written.map_err(|error| Failure::Broken(error.to_string()))?;
            let name = format!(
                "attachment; filename=\"published-{}.{}\"",
                edition.period,
                form.extension()
            );
            let headers = [
                (header::CONTENT_TYPE, form.media_type().to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}

/// What is counted otherwise by now.
pub(crate) async fn since(guest: Guest, Path(id): Path<String>) -> Response {
    guest.visit(move |visit| since_page(visit, &id)).await
}

/// What an edition would show, before it is published.
pub(crate) async fn draft(guest: Guest) -> Response {
    guest
        .visit(|visit| draft_page(visit, &visit.guest.query.clone(), None))
        .await
}

/// Publishes what was looked at.
pub(crate) async fn publish(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            match published(visit, typed) {
                Ok(said) => Ok(visit.go("/published", said)),
                Err(Trouble::Refused(complaint)) => draft_page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn page(guest: &Guest, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    let t = guest.t;
    let visit = guest.enter().ok();
    let (mut editions, site) = guest.app.node.read::<_, Failure>(|register| {
        Ok((
            register.editions()?,
            register.site(guest.app.node.home_site()?)?,
        ))
    })?;
    let clock = Clock::new(t, site.as_ref());
    let offered = match (&visit, &site) {
        (Some(visit), Some(site)) if visit.may(P::Publish) => offered(visit, site, &editions),
        _ => Vec::new(),
    };
    // The newest first, and a month above its days.
    editions.sort_by_key(|edition| {
        let period = edition.period;
        (period.to(), matches!(period, Period::Month(_)), edition.id)
    });
    editions.reverse();
    let content = html! {
        div.title { div { h1 { (say!(t, "published-title")) } p.muted { (say!(t, "published-lead")) } } }
        @if let Some(visit) = visit.as_ref().filter(|visit| visit.may(P::Publish)) {
            (card(say!(t, "published-next"), next(visit, typed, complaint, &offered)))
        }
        (crate::page::reports::listed(guest, &clock)?)
        @if visit.as_ref().is_some_and(|visit| visit.may(P::Publish)) {
            p.actions.no-print { a.button href="/reports/new" { (say!(t, "reports-write")) } }
        }
        section.card {
            h2 { (say!(t, "published-numbers")) }
            @if editions.is_empty() { p.muted { (say!(t, "published-none")) } }
            ul.rows { @for edition in &editions { li {
                a href={ "/published/" (edition.id) } { strong { (name(t, &clock, edition.period)) } }
                " " span.small.muted { (say!(t, "published-at", moment = clock.full(edition.published_at))) }
            } } }
        }
    };
    let title = say!(t, "published-title");
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Report, &title, content),
        None => layout::open_page(guest, &title, content),
    })
}

/// The last days that are over and not published, and their month where it is over.
fn offered(visit: &Visit, site: &Site, editions: &[Edition]) -> Vec<Period> {
    let today = site.day_of(visit.now).0;
    let is_new = |period: &Period| editions.iter().all(|edition| edition.period != *period);
    let days = (1..=OFFERED_MAX)
        .filter_map(|back| {
            let back = jiff::Span::new().days(i64::try_from(back).ok()?);
            today.checked_sub(back).ok()
        })
        .map(|date| Period::Day(domain::Day(date)));
    let month = today.first_of_month().yesterday().ok();
    let month = month.map(|date| Period::Month(domain::Day(date.first_of_month())));
    days.chain(month).filter(is_new).collect()
}

fn next(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>, offered: &[Period]) -> Markup {
    let t = visit.t();
    let filled = Filled::new(t, typed, complaint);
    let options = offered
        .iter()
        .map(|period| (period.to_string(), name(t, &visit.clock, *period)))
        .collect();
    html! {
        (filled.summary())
        form.stack method="get" action="/published/new" {
            @if offered.is_empty() {
                (filled.text("period", say!(t, "published-period")).hint(say!(t, "published-period-hint")).required())
            } @else {
                (filled.select("period", say!(t, "published-period"), options))
            }
            button { (say!(t, "published-look")) }
        }
        p.small.muted { (say!(t, "published-month-hint")) }
    }
}

fn name(t: Texts, clock: &Clock, period: Period) -> String {
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

/// An edition by its id, as a report, by the clock of this site.
fn read(guest: &Guest, text: &str) -> Result<(Edition, Sitrep, Option<Site>), Failure> {
    let id = id(text, EditionId)?;
    guest.app.node.read::<_, Failure>(|register| {
        let edition = register.edition(id)?.ok_or(Failure::NotFound)?;
        let sitrep = Sitrep::published(register, &edition)?;
        let site = register.site(guest.app.node.home_site()?)?;
        Ok((edition, sitrep, site))
    })
}

fn edition(guest: &Guest, text: &str) -> Result<Response, Failure> {
    let t = guest.t;
    let (edition, sitrep, site) = read(guest, text)?;
    let clock = Clock::new(t, site.as_ref());
    let words = Spoken { t, clock: &clock };
    let visit = guest.enter().ok();
    let may_compare = visit.as_ref().is_some_and(|visit| visit.may(P::SeeReports));
    let content = html! {
        div.actions.no-print {
            a.button.quiet href="/published" { (say!(t, "published-all")) }
            @for form in [ReportForm::Pdf, ReportForm::Xlsx, ReportForm::Hxl, ReportForm::Json] {
                a.button href={ "/published/" (edition.id) "/file?format=" (form.code()) } download { (form.extension().to_uppercase()) @if form == ReportForm::Hxl { " (HXL)" } }
            }
            @if may_compare { a.button href={ "/published/" (edition.id) "/since" } { (say!(t, "published-since")) } }
        }
        section.card { (report::html::fragment(&sitrep, &words, Traces::None)) }
        (dissents(guest, edition.id, visit.as_ref().is_some_and(|visit| visit.may(P::Advise)))?)
    };
    let title = format!(
        "{} · {}",
        say!(t, "published-title"),
        name(t, &clock, edition.period)
    );
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Report, &title, content),
        None => layout::open_wide_page(guest, &title, content),
    })
}

/// What is said against an edition is published with it, in its author's words.
fn dissents(guest: &Guest, edition: EditionId, may_dissent: bool) -> Result<Markup, Failure> {
    let t = guest.t;
    let all = guest
        .app
        .node
        .read::<_, Failure>(|register| Ok(register.all_advice()?))?;
    let about = Some(domain::SubjectId(edition.0));
    let said = all
        .iter()
        .filter(|advice| advice.about == about && advice.withdrawn_at.is_none())
        .filter_map(|advice| words_of(&advice.newest()?.bytes.0));
    Ok(html! {
        @for words in said {
            section.card {
                h2 { (tag(Tone::Risk, say!(t, "advice-dissent-tag"))) " " (words.title) }
                blockquote.words lang=(words.language) { (words.text) }
            }
        }
        @if may_dissent {
            p.actions.no-print { a.button.quiet href={ "/recommendations/new?about=" (edition) } { (say!(t, "advice-dissent")) } }
        }
    })
}

fn since_page(visit: &Visit, text: &str) -> Result<Response, Failure> {
    visit.need(&[P::SeeReports])?;
    let t = visit.t();
    let id = id(text, EditionId)?;
    let (edition, comparison) = visit.read(|register| {
        let edition = register.edition(id)?.ok_or(Failure::NotFound)?;
        let comparison = publication::compare(register, &edition, visit.now)?;
        Ok((edition, comparison))
    })?;
    let title = say!(t, "published-since");
    let content = html! {
        div.title { div {
            h1 { (title) }
            p.muted { (name(t, &visit.clock, edition.period)) " · " (say!(t, "published-at", moment = visit.clock.full(edition.published_at))) }
        } }
        section.card { (compared(visit, &comparison)) }
    };
    Ok(layout::page(visit, Place::Report, &title, content))
}

fn compared(visit: &Visit, comparison: &Comparison) -> Markup {
    let t = visit.t();
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let changes = comparison.changes.len() as u64;
    html! {
        p { (say!(t, "published-changes", changes = count(changes), numbers = count(comparison.numbers))) }
        p { (say!(t, "published-erased", count = count(comparison.erased))) }
        @if !comparison.changes.is_empty() {
            div.scroll { table.cards {
                thead { tr { th { (say!(t, "trace-what")) } th.n { (say!(t, "published-then")) } th.n { (say!(t, "published-now")) } } }
                tbody { @for change in &comparison.changes { tr {
                    th scope="row" { (described(visit, change)) @if !change.shown { " " span.small.muted { (say!(t, "sitrep-hidden")) } } }
                    td.n data-label=(say!(t, "published-then")) { (t.number(count(change.then))) }
                    td.n data-label=(say!(t, "published-now")) { (t.number(count(change.now))) }
                } } }
            } }
        }
        p.small.muted { (say!(t, "published-stays")) }
    }
}

fn described(visit: &Visit, change: &Change) -> String {
    let words = Spoken {
        t: visit.t(),
        clock: &visit.clock,
    };
    report::html::row_described(&change.of, change.by.as_deref(), &change.code, &words)
}

/// What is asked for, out of a form or an address.
fn asked(visit: &Visit, typed: &Typed) -> Result<Asked, Complaint> {
    let wrong = || visit.complain("period", "period", say!(visit.t(), "published-period-hint"));
    let period: Period = typed.read("period").ok_or_else(wrong)?;
    let cut_off = typed.read("cut_off").map_or(visit.now, Moment);
    Ok(Asked {
        period,
        cut_off: cut_off.min(visit.now),
    })
}

fn prepare(visit: &Visit, typed: &Typed) -> Result<(Asked, Prepared), Trouble> {
    let asked = asked(visit, typed).map_err(Trouble::Refused)?;
    let prepared = visit
        .read(|register| Ok(publication::prepare(register, asked)))
        .map_err(Trouble::Failed)?;
    let prepared = prepared.map_err(|why| undecided(visit, why))?;
    Ok((asked, prepared))
}

fn undecided(visit: &Visit, why: Undecided) -> Trouble {
    let t = visit.t();
    let (code, text) = match why {
        Undecided::Report(error) => return Trouble::Failed(error.into()),
        Undecided::NotOver => ("not-over", say!(t, "published-not-over")),
        Undecided::Published => ("published", say!(t, "published-already")),
        Undecided::NotReadable | Undecided::OtherPlan { .. } => {
            ("not-here", say!(t, "published-not-here"))
        }
        Undecided::Unprotected(_) => ("unprotected", say!(t, "published-unprotected")),
    };
    Trouble::Refused(visit.complain("period", code, text))
}

fn published(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    if !visit.may(P::Publish) {
        return Err(Trouble::Failed(Failure::NotAllowed));
    }
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let second = visit.second(typed)?;
    let log_end = visit.guest.app.node.log_end();
    let log_end = log_end.map_err(|error| Trouble::Failed(error.into()))?;
    let (_, prepared) = prepare(visit, typed)?;
    let mut number = 0;
    let known = prepared.known;
    let editions = prepared.editions(&log_end.leaf, || {
        number += 1;
        EditionId(made_by(request, number))
    });
    let command = Command::PublishEditions {
        editions,
        known,
        second: second.user(),
    };
    visit.execute_with(typed, &second, command)
}

fn draft_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Publish])?;
    let t = visit.t();
    let (asked, prepared) = match prepare(visit, typed) {
        Ok(prepared) => prepared,
        Err(Trouble::Refused(complaint)) => {
            let again = page(&visit.guest, typed, Some(&complaint))?;
            return Ok(layout::refused(again, Some(&complaint)));
        }
        Err(Trouble::Failed(failure)) => return Err(failure),
    };
    let sitrep = visit.read(|register| Ok(prepared.preview(register)?))?;
    let words = Spoken {
        t,
        clock: &visit.clock,
    };
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let title = name(t, &visit.clock, asked.period);
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        div.title { div { h1 { (say!(t, "published-draft", period = title.clone())) } } }
        section.card {
            (filled.summary())
            (notice(Tone::Wait, say!(t, "published-for-good")))
            p { (say!(t, "published-hides", hidden = count(prepared.hidden), numbers = count(prepared.numbers), editions = count(prepared.drafts.len()))) }
            (layout::form(visit, "/published/new", html! {
                input type="hidden" name="period" value=(asked.period);
                input type="hidden" name="cut_off" value=(asked.cut_off.0);
                fieldset { legend { (say!(t, "published-second")) }
                    div.form {
                        (filled.text("second_login", say!(t, "sign-in-login")).required())
                        (filled.text("second_password", say!(t, "sign-in-password")).kind("password").required())
                    }
                }
                div.actions {
                    button.primary { (say!(t, "published-do")) }
                    a.button.quiet href="/published" { (say!(t, "back")) }
                }
            }))
        }
        section.card { (report::html::fragment(&sitrep, &words, Traces::None)) }
    };
    let page = layout::page(visit, Place::Report, &title, content);
    Ok(layout::refused(page, complaint))
}
