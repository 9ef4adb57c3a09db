//! Situation reports in words: written over the published numbers of some days, approved by a second
//! person, signed, and published at an address that stays. Everybody reads them; a correction is a new
//! version, and both stand.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{
    Advice, AdviceId, Day, Known, Period, Permission as P, StatementId, StatementKind, SubjectId,
};
use jiff::civil::Date;
use maud::{Markup, html};
use node::statement::{Submission, leaf_of, words_of};
use report::discreet::named;
use report::narrative::{Fault, Narrative, Number, Sources, resolve, sources};

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::page::recommendations::words::differences;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Longest time a report is about, in days.
const DAYS_MAX: i64 = 62;
/// So many days before and after these may be named by their date.
const DAYS_AROUND: i64 = 31;

/// A published report: everybody reads it.
pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .at_work(move |guest| report_page(guest, id(&text, AdviceId)?))
        .await
}

/// Its receipt, for everybody.
pub(crate) async fn receipt(
    guest: Guest,
    Path((text, statement)): Path<(String, String)>,
) -> Response {
    guest
        .at_work(move |guest| {
            let report = found(guest, id(&text, AdviceId)?)?;
            let statement = id(&statement, StatementId)?;
            let is_its_own = report.versions().any(|version| version.id == statement);
            let file = guest.app.node.transparent_statement(statement)?;
            let bytes = file.filter(|_| is_its_own).ok_or(Failure::NotFound)?;
            let name = format!("attachment; filename=\"report-{statement}.cose\"");
            let headers = [
                (header::CONTENT_TYPE, "application/cose".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}

pub(crate) async fn new(guest: Guest) -> Response {
    guest
        .visit(|visit| draft_page(visit, &begun(visit)?, None))
        .await
}

pub(crate) async fn publish(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::Publish])?;
            if typed.get("do") != "publish" {
                return draft_page(visit, typed, None);
            }
            match published(visit, typed) {
                Ok((report, said)) => Ok(visit.go(&format!("/reports/{report}"), said)),
                Err(Trouble::Refused(complaint)) => draft_page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn found(guest: &Guest, id: AdviceId) -> Result<Advice, Failure> {
    let advice = guest
        .app
        .node
        .read::<_, Failure>(|register| Ok(register.advice(id)?))?;
    advice
        .filter(|advice| advice.kind == StatementKind::Report)
        .ok_or(Failure::NotFound)
}

/// The reports there are, the newest first, for a list.
pub(crate) fn listed(guest: &Guest, clock: &Clock) -> Result<Markup, Failure> {
    let t = guest.t;
    let mut reports = guest
        .app
        .node
        .read::<_, Failure>(|register| Ok(register.all_advice()?))?;
    reports.retain(|advice| advice.kind == StatementKind::Report);
    reports.sort_by_key(|report| std::cmp::Reverse(report.newest().map(|newest| newest.at)));
    Ok(html! {
        @if !reports.is_empty() {
            section.card {
                h2 { (say!(t, "reports-title")) }
                ul.rows { @for report in &reports { @if let Some(newest) = report.newest() { li {
                    a.grow href={ "/reports/" (report.id) } { strong { (words_of(&newest.bytes.0).map_or_else(|| say!(t, "advice-unreadable"), |words| words.title)) } }
                    span.small.muted {
                        (say!(t, "published-at", moment = clock.full(newest.at)))
                        @if report.versions().count() > 1 { " " (tag(Tone::Wait, say!(t, "reports-corrected"))) }
                    }
                } } } }
            }
        }
    })
}

fn report_page(guest: &Guest, id: AdviceId) -> Result<Response, Failure> {
    let t = guest.t;
    let report = found(guest, id)?;
    let visit = guest.enter().ok();
    let (site, all) = guest.app.node.read::<_, Failure>(|register| {
        Ok((
            register.site(guest.app.node.home_site()?)?,
            register.all_advice()?,
        ))
    })?;
    let clock = Clock::new(t, site.as_ref());
    let newest = report.newest().ok_or(Failure::NotFound)?;
    let words = words_of(&newest.bytes.0);
    let title = words
        .as_ref()
        .map_or_else(|| say!(t, "advice-unreadable"), |words| words.title.clone());
    let versions: Vec<_> = report.versions().collect();
    let text = |place: usize| {
        words_of(&versions[place].bytes.0)
            .map(|words| words.text)
            .unwrap_or_default()
    };
    let dissents = all
        .iter()
        .filter(|advice| advice.about == Some(SubjectId(id.0)) && advice.withdrawn_at.is_none());
    let dissents: Vec<_> = dissents
        .filter_map(|advice| words_of(&advice.newest()?.bytes.0))
        .collect();
    let may = |permission| visit.as_ref().is_some_and(|visit| visit.may(permission));
    let is_author = visit
        .as_ref()
        .is_some_and(|visit| visit.user.id == report.author);
    let content = html! {
        article.card {
            h1 { (title) }
            p.small.muted { (say!(t, "published-at", moment = clock.full(newest.at))) }
            @if versions.len() > 1 { (notice(Tone::Wait, say!(t, "reports-is-corrected", number = versions.len()))) }
            div.words.prose lang=(words.as_ref().map_or("", |words| words.language.as_str())) { (text(versions.len() - 1)) }
        }
        @if let Some(words) = words.as_ref().filter(|words| !words.references.is_empty()) {
            details.more { summary { (say!(t, "reports-traced")) } div {
                ul.bare { @for reference in &words.references { li.small {
                    code { (reference) }
                    @if let Some((advice, number)) = quoted_version(&all, reference).filter(|_| may(P::Advise)) {
                        " " a href={ "/recommendations/" (advice) "#version-" (number) } { (say!(t, "reports-quoted")) }
                    }
                } } }
                p.small { a href="/published" { (say!(t, "published-numbers")) } }
            } }
        }
        @for words in &dissents {
            section.card {
                h2 { (tag(Tone::Risk, say!(t, "advice-dissent-tag"))) " " (words.title) }
                blockquote.words lang=(words.language) { (words.text) }
            }
        }
        (card(say!(t, "receipt-title"), html! {
            @for (place, version) in versions.iter().enumerate().rev() {
                div.finding {
                    h3 { (say!(t, "advice-version", number = place + 1)) }
                    p.small.muted { (clock.full(version.at)) }
                    p.small { (say!(t, "receipt-leaf")) " " code.wrap { (leaf_of(version)) } }
                    p.actions { a.button href={ "/reports/" (id) "/receipt/" (version.id) } download { (say!(t, "receipt-file")) } }
                    @if place > 0 {
                        details.more { summary { (say!(t, "advice-changed")) } div { (differences(&text(place - 1), &text(place))) } }
                    }
                }
            }
            p.actions { a.button.quiet href="/verify" { (say!(t, "verify-title")) } }
        }))
        p.actions.no-print {
            @if is_author && may(P::Publish) { a.button href={ "/reports/new?revises=" (id) } { (say!(t, "reports-correct")) } }
            @if may(P::Advise) { a.button.quiet href={ "/recommendations/new?about=" (id) } { (say!(t, "advice-dissent")) } }
            a.button.quiet href="/published" { (say!(t, "published-all")) }
        }
    };
    Ok(match &visit {
        Some(visit) => layout::page(visit, Place::Report, &title, content),
        None => layout::open_page(guest, &title, content),
    })
}

/// The version of a recommendation, or of another statement, that a reference quotes.
fn quoted_version(all: &[Advice], reference: &str) -> Option<(AdviceId, usize)> {
    let (_, leaf) = reference.rsplit_once("quote ")?;
    all.iter().find_map(|advice| {
        let mut versions = advice.versions();
        let place = versions.position(|version| leaf_of(version).starts_with(leaf))?;
        Some((advice.id, place + 1))
    })
}

/// The dates that a report may speak of, as they are written: its days, and those around them.
fn written(visit: &Visit, from: Day, to: Day) -> Vec<String> {
    let around = |day: Date, days: i64| day.saturating_add(jiff::Span::new().days(days));
    let last = around(to.0, DAYS_AROUND);
    let days = around(from.0, -DAYS_AROUND).series(jiff::Span::new().days(1));
    days.take_while(|day| *day <= last)
        .map(|day| visit.clock.date(day))
        .collect()
}

/// The days a draft is about.
fn period(visit: &Visit, typed: &Typed) -> Result<(Day, Day), Failure> {
    let (from, to) = match (typed.read("from"), typed.read("to")) {
        (Some(from), Some(to)) => (from, to),
        (from, to) => {
            let newest = newest_published(visit)?;
            (from.unwrap_or(newest), to.unwrap_or(newest))
        }
    };
    let longest = from
        .checked_add(jiff::Span::new().days(DAYS_MAX))
        .unwrap_or(from);
    Ok((Day(from), Day(to.max(from).min(longest))))
}

/// The newest day that is published, because its numbers can be referred to; else yesterday.
fn newest_published(visit: &Visit) -> Result<Date, Failure> {
    let editions = visit.read(|register| Ok(register.editions()?))?;
    let days = editions.iter().filter_map(|edition| match edition.period {
        Period::Day(day) => Some(day.0),
        Period::Month(_) => None,
    });
    let today = visit.clock.day(visit.now);
    Ok(days.max().unwrap_or(today.yesterday().unwrap_or(today)))
}

/// What a draft begins with: the words of the version that is corrected, or sentences over the numbers
/// there are.
fn begun(visit: &Visit) -> Result<Typed, Failure> {
    let query = &visit.guest.query;
    let (from, to) = period(visit, query)?;
    let begun = Typed::default()
        .with("from", from.to_string())
        .with("to", to.to_string())
        .with("revises", query.get("revises"));
    if let Some(id) = query.read("revises") {
        let report = found(&visit.guest, AdviceId(id))?;
        let words = report
            .newest()
            .and_then(|newest| words_of(&newest.bytes.0))
            .ok_or(Failure::NotFound)?;
        return Ok(begun.with("title", words.title).with("text", words.text));
    }
    let t = visit.t();
    let clock = &visit.clock;
    let days = if from == to {
        clock.date(from.0)
    } else {
        say!(
            t,
            "figure-days",
            from = clock.date(from.0),
            to = clock.date(to.0)
        )
    };
    Ok(begun
        .with(
            "title",
            say!(t, "reports-begin-title", days = days.as_str()),
        )
        .with("text", say!(t, "reports-begin-text", days = days.as_str())))
}

/// What the words can refer to: published numbers, stated figures, and every statement that is here.
fn known(visit: &Visit, typed: &Typed) -> Result<Sources, Failure> {
    let (from, to) = period(visit, typed)?;
    visit.read(|register| {
        let mut sources = sources(register, from, to)?;
        let texts = register
            .all_advice()?
            .into_iter()
            .flat_map(|advice| advice.statements);
        sources.texts = texts
            .filter_map(|statement| Some((leaf_of(&statement), words_of(&statement.bytes.0)?.text)))
            .collect();
        sources.dates = written(visit, from, to);
        Ok(sources)
    })
}

fn filled_in(visit: &Visit, typed: &Typed, sources: &Sources) -> Narrative {
    let t = visit.t();
    resolve(typed.raw("text"), sources, &|number| t.number(number))
}

fn published(visit: &Visit, typed: &Typed) -> Result<(AdviceId, Said), Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let sources = known(visit, typed).map_err(Trouble::Failed)?;
    let narrative = filled_in(visit, typed, &sources);
    let refuse = |field, code, text| Err(Trouble::Refused(visit.complain(field, code, text)));
    if narrative.faults.iter().any(Fault::stops) {
        return refuse("text", "narrative-faults", say!(t, "reports-faults"));
    }
    if !narrative.faults.is_empty() && !typed.ticked("looked") {
        return refuse("looked", "not-looked", say!(t, "reports-look"));
    }
    if typed.get("title").is_empty() {
        return refuse("title", "text-missing", say!(t, "form-missing"));
    }
    if let Some(name) = named(typed.get("title"), &sources.discreet) {
        return refuse("title", "place-named", say!(t, "notice-place", name = name));
    }
    let before = match typed.read("revises") {
        None => None,
        Some(id) => Some(found(&visit.guest, AdviceId(id)).map_err(Trouble::Failed)?),
    };
    let second = visit.second(typed)?;
    let (from, to) = period(visit, typed).map_err(Trouble::Failed)?;
    let report = before
        .as_ref()
        .map_or_else(|| AdviceId(made_by(request, 2)), |before| before.id);
    let submission = Submission {
        advice: report,
        statement: StatementId(made_by(request, 1)),
        kind: StatementKind::Report,
        title: typed.get("title").to_owned(),
        text: narrative.text,
        language: t.language().tag().to_owned(),
        about: None,
        offices: Vec::new(),
        due: None,
        office: None,
        outcome: None,
        refers_to: before.and_then(|before| before.newest().map(|newest| newest.id)),
        references: narrative
            .used
            .iter()
            .map(|used| format!("{from}/{to} {used}"))
            .collect(),
    };
    Ok((report, visit.submit_with(typed, Some(&second), submission)?))
}

fn draft_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Publish])?;
    let t = visit.t();
    let sources = known(visit, typed)?;
    let narrative = filled_in(visit, typed, &sources);
    let filled = Filled::new(t, typed, complaint);
    let title = if typed.some("revises").is_some() {
        say!(t, "reports-correct")
    } else {
        say!(t, "reports-write")
    };
    let content = html! {
        h1 { (title) }
        (layout::form(visit, "/reports/new", html! {
            div.cols {
                section.card { div.stack {
                    (filled.summary())
                    input type="hidden" name="revises" value=(typed.get("revises"));
                    div.form {
                        (filled.text("from", say!(t, "published-first-day")).kind("date").required())
                        (filled.text("to", say!(t, "published-last-day")).kind("date").required())
                    }
                    (filled.text("title", say!(t, "advice-heading")).required())
                    div {
                        label for="text" { (say!(t, "reports-text")) }
                        textarea id="text" name="text" required maxlength="40000" rows="16" { (typed.raw("text")) }
                        p.hint { (say!(t, "reports-text-hint")) }
                    }
                    button name="do" value="look" { (say!(t, "published-look")) }
                    details.more { summary { (say!(t, "reports-references")) } (references(t, &sources.numbers)) }
                } }
                div.stack {
                    @if !sources.is_published { (notice(Tone::Wait, html! { (say!(t, "reports-not-published")) " " a href="/published" { (say!(t, "published-numbers")) } })) }
                (card(say!(t, "reports-preview"), preview(t, &narrative)))
                    section.card { div.stack {
                        h2 { (say!(t, "reports-publish")) }
                        (notice(Tone::Wait, say!(t, "reports-for-good")))
                        @if !narrative.faults.is_empty() && !narrative.faults.iter().any(Fault::stops) {
                            (filled.check("looked", say!(t, "reports-looked")))
                        }
                        (filled.text("password", say!(t, "advice-password")).kind("password").autocomplete("current-password"))
                        fieldset { legend { (say!(t, "published-second")) } div.form {
                            (filled.text("second_login", say!(t, "sign-in-login")))
                            (filled.text("second_password", say!(t, "sign-in-password")).kind("password"))
                        } }
                        button.primary name="do" value="publish" { (say!(t, "published-do")) }
                    } }
                }
            }
        }))
    };
    let page = layout::page(visit, Place::Report, &title, content);
    Ok(layout::refused(page, complaint))
}

fn references(t: Texts, numbers: &BTreeMap<String, Number>) -> Markup {
    html! {
        @if numbers.is_empty() { p.muted { (say!(t, "reports-no-references")) } }
        ul.bare { @for (name, number) in numbers { li {
            code { "[" (name) "]" } " "
            @match number {
                Number::Known(number) => { b { (t.number(*number)) } }
                Number::Said(said) => { (said) }
                Number::Hidden => { (tag(Tone::Plain, say!(t, "sitrep-hidden"))) }
            }
        } } }
    }
}

fn preview(t: Texts, narrative: &Narrative) -> Markup {
    html! {
        @for fault in &narrative.faults {
            (notice(if fault.stops() { Tone::Risk } else { Tone::Wait }, told(t, fault)))
        }
        div.words.prose { (narrative.text) }
    }
}

fn told(t: Texts, fault: &Fault) -> String {
    match fault {
        Fault::UnknownReference { line, name } => {
            say!(t, "narrative-unknown", line = *line, name = name.as_str())
        }
        Fault::Hidden { line, name } => {
            say!(t, "narrative-hidden", line = *line, name = name.as_str())
        }
        Fault::Disagrees {
            line,
            typed,
            name,
            value,
        } => say!(
            t,
            "narrative-disagrees",
            line = *line,
            typed = t.number(*typed),
            name = name.as_str(),
            value = t.number(*value)
        ),
        Fault::Altered { line, words } => {
            say!(t, "narrative-altered", line = *line, words = words.as_str())
        }
        Fault::BelowDepartment { line, name } => {
            say!(t, "narrative-place", line = *line, name = name.as_str())
        }
        Fault::Untraced { line, typed } => say!(
            t,
            "narrative-untraced",
            line = *line,
            typed = t.number(*typed)
        ),
    }
}
