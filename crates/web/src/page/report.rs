//! The situation report, and behind each of its numbers what it was counted from.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{Day, Known, Permission as P, queue_label};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use register::figures::{Row, Subject};
use register::{Page, Register};
use report::html::Traces;
use report::{Arg, ReportError, Scope, Sitrep, Stamp, Trace, Words};

use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice, turn_pages};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::moment::Clock;
use crate::page::movement::name;
use crate::report_file::{ReportForm, report_file};
use crate::visit::{Guest, Visit};

/// Rows of a trace on one page.
const ROWS: u32 = 200;

/// The catalogue as reports ask for it.
pub(crate) struct Spoken<'a> {
    pub(crate) t: Texts,
    pub(crate) clock: &'a Clock,
}

impl Words for Spoken<'_> {
    fn language(&self) -> &str {
        self.t.language().tag()
    }

    fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut named = fluent_bundle::FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Number(number) => named.set((*name).to_owned(), *number),
                Arg::Text(text) => named.set((*name).to_owned(), (*text).to_owned()),
            }
        }
        self.t.say_with(id, &named)
    }

    fn word(&self, family: &str, code: &str) -> String {
        self.t.word(family, code)
    }

    fn number(&self, number: i64) -> String {
        self.t.number(number)
    }

    fn date(&self, date: Date) -> String {
        self.clock.date(date)
    }

    fn moment(&self, moment: domain::Moment) -> String {
        self.clock.full(moment)
    }

    fn local(&self, moment: domain::Moment) -> DateTime {
        self.clock.local(moment)
    }
}

/// What the form asks for; today where it asks for nothing.
struct Asked {
    from: Day,
    to: Day,
    everywhere: bool,
    /// Something in the address is none of what can be asked: figures of something else would be
    /// taken for what was asked.
    unclear: bool,
}

impl Asked {
    fn read(visit: &Visit) -> Result<Self, Failure> {
        let query = &visit.guest.query;
        let today = visit.here()?.day_of(visit.now);
        let day = |name| query.read::<Date>(name).map_or(today, Day);
        let no_day = |name| query.some(name).is_some() && query.read::<Date>(name).is_none();
        let none_of = |name, known: [&str; 2]| {
            query
                .some(name)
                .is_some_and(|asked| !known.contains(&asked))
        };
        Ok(Self {
            from: day("from"),
            to: day("to"),
            everywhere: query.get("sites") == "all",
            unclear: no_day("from")
                || no_day("to")
                || none_of("sites", ["here", "all"])
                // The public version is not counted for whoever asks: it is published.
                || query.some("audience").is_some_and(|asked| asked != "internal"),
        })
    }
}

/// The forms that the page offers as files.
const DOWNLOADS: [ReportForm; 4] = [
    ReportForm::Pdf,
    ReportForm::Xlsx,
    ReportForm::Hxl,
    ReportForm::Json,
];

impl Asked {
    /// Where the report that is asked for lies as a file.
    fn address(&self, form: ReportForm) -> String {
        format!(
            "/report/file?format={}&from={}&to={}{}",
            form.code(),
            self.from.0,
            self.to.0,
            if self.everywhere { "&sites=all" } else { "" },
        )
    }
}

/// The report as a file to keep.
pub(crate) async fn file(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(&[P::SeeReports])?;
            let form = ReportForm::from_code(visit.guest.query.get("format"));
            let form = form.ok_or(Failure::NotFound)?;
            let asked = Asked::read(visit)?;
            if asked.unclear {
                return Err(Failure::NotFound);
            }
            let sitrep = match compute(visit, &asked)? {
                Ok(sitrep) => sitrep,
                Err(ReportError::Register(error)) => return Err(error.into()),
                Err(_) => return Err(Failure::NotFound),
            };
            let site = visit.here()?;
            let written = report_file(&sitrep, form, visit.t().language(), Some(site));
            let bytes = written.map_err(|error| Failure::Broken(error.to_string()))?;
            let name = format!(
                "attachment; filename=\"sitrep-{}-{}.{}\"",
                asked.from.0,
                asked.to.0,
                form.extension()
            );
            Ok((
                [
                    (header::CONTENT_TYPE, form.media_type().to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                ],
                bytes,
            )
                .into_response())
        })
        .await
}

fn compute(visit: &Visit, asked: &Asked) -> Result<Result<Sitrep, ReportError>, Failure> {
    let site = visit.here()?.id;
    let log_end = visit.guest.app.node.log_end()?;
    visit.read(|register| {
        let scope = Scope {
            sites: if asked.everywhere {
                Vec::new()
            } else {
                vec![site]
            },
            from: asked.from,
            to: asked.to,
            cut_off: visit.now,
        };
        let stamp = Stamp {
            operation: register
                .founded()?
                .map_or_else(String::new, |operation| operation.name),
            log_end: log_end.leaf.clone(),
            computed_at: visit.now,
            computed_by: visit
                .user
                .staff
                .as_ref()
                .map_or_else(String::new, |staff| staff.name.clone()),
        };
        Ok(Sitrep::compute(register, &scope, stamp))
    })
}

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(&[P::SeeReports])?;
    let t = visit.t();
    let asked = Asked::read(visit)?;
    let words = Spoken {
        t,
        clock: &visit.clock,
    };
    let computed = if asked.unclear {
        None
    } else {
        Some(compute(visit, &asked)?)
    };
    let body = match computed {
        None => notice(Tone::Risk, say!(t, "report-unclear")),
        Some(Ok(sitrep)) => {
            let traces = Traces::At("/trace/");
            html! { section.card { (report::html::fragment(&sitrep, &words, traces)) } }
        }
        Some(Err(ReportError::Register(error))) => return Err(error.into()),
        Some(Err(_)) => notice(Tone::Risk, say!(t, "report-wrong-period")),
    };
    let content = html! {
        div.title.no-print { h1 { (say!(t, "report-title")) } a.button href="/published" { (say!(t, "published-title")) } }
        section.card.no-print {
            form.form method="get" action="/report" {
                div { label for="from" { (say!(t, "report-from")) } input id="from" name="from" type="date" value=(asked.from.0) required; }
                div { label for="to" { (say!(t, "report-to")) } input id="to" name="to" type="date" value=(asked.to.0) required; }
                div { label for="sites" { (say!(t, "report-sites")) }
                    select id="sites" name="sites" {
                        option value="here" { (visit.here()?.name) }
                        option value="all" selected[asked.everywhere] { (say!(t, "report-all-sites")) }
                    }
                }
                div.whole.actions {
                    button.primary { (say!(t, "report-show")) }
                    button type="button" data-print hidden { (say!(t, "report-print")) }
                }
                div.whole.actions {
                    span.muted { (say!(t, "report-download")) }
                    @for form in DOWNLOADS {
                        a.button href=(asked.address(form)) download { (form.extension().to_uppercase()) @if form == ReportForm::Hxl { " (HXL)" } }
                    }
                }
            }
        }
        (body)
    };
    Ok(layout::page(
        visit,
        Place::Report,
        &say!(t, "report-title"),
        content,
    ))
}

/// The same report for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(&[P::SeeReports])?;
            let asked = Asked::read(visit)?;
            if asked.unclear {
                return Err(Failure::NotFound);
            }
            match compute(visit, &asked)? {
                Ok(sitrep) => Ok((
                    [
                        (header::CONTENT_TYPE, "application/json"),
                        (header::CACHE_CONTROL, "no-store"),
                    ],
                    sitrep.to_json(),
                )
                    .into_response()),
                Err(ReportError::Register(error)) => Err(error.into()),
                Err(_) => Err(Failure::NotFound),
            }
        })
        .await
}

pub(crate) async fn trace(guest: Guest, Path(key): Path<String>) -> Response {
    guest.visit(move |visit| trace_page(visit, &key)).await
}

fn trace_page(visit: &Visit, key: &str) -> Result<Response, Failure> {
    visit.need(&[P::SeeReports])?;
    let t = visit.t();
    let trace = Trace::from_key(key).map_err(|_| Failure::NotFound)?;
    let number: u32 = visit.guest.query.read("page").unwrap_or(0);
    let (opened, rows) = visit.read(|register| {
        let opened = match trace.open(register, Page { number, size: ROWS }) {
            Ok(opened) => opened,
            Err(ReportError::Register(error)) => return Err(error.into()),
            Err(_) => return Err(Failure::NotFound),
        };
        let rows = opened
            .rows
            .iter()
            .map(|row| subject(visit, register, row))
            .collect::<Result<Vec<_>, _>>()?;
        Ok((opened, rows))
    })?;
    let value = i64::try_from(opened.value).unwrap_or(i64::MAX);
    let words = Spoken {
        t,
        clock: &visit.clock,
    };
    let measure = report::html::described(&trace, &words);
    let counted = if trace.counts_pieces() {
        say!(t, "quantity")
    } else {
        say!(t, "people")
    };
    let pages = opened.total.div_ceil(u64::from(ROWS));
    let title = say!(t, "trace-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (measure) " · " (visit.clock.date(trace.span.from.0)) " – " (visit.clock.date(trace.span.to.0)) } } p.big { (t.number(value)) } }
        section.card {
            p.small.muted { (say!(t, "trace-text", count = i64::try_from(opened.total).unwrap_or(i64::MAX))) }
            div.scroll { table.cards {
                thead { tr { th { (say!(t, "trace-what")) } th { (say!(t, "journal-when")) } th.n { (counted) } th { (say!(t, "trace-event")) } } }
                tbody { @for (what, row) in rows.iter().zip(&opened.rows) { tr {
                    td { (what) }
                    td { (visit.clock.full(row.at)) }
                    td.n data-label=(say!(t, "people")) { (t.number(row.people)) }
                    td { a href={ "/event/" (crate::number::hex(&row.node.0)) "/" (row.position) } { code { (row.node) ":" (row.position) } } }
                } } }
            } }
            (turn_pages(t, &format!("/trace/{key}"), number, pages))
        }
    };
    Ok(layout::page(visit, Place::Report, &title, content))
}

/// What a row is about: a number in the queue and a card; the name only for those who see people.
fn subject(visit: &Visit, register: &Register<'_>, row: &Row) -> Result<Markup, Failure> {
    let t = visit.t();
    Ok(match row.subject {
        Subject::Arrival(id) => {
            let Some(arrival) = register.arrival(id)? else {
                return Ok(html! { (say!(t, "not-readable-here")) });
            };
            let name = match arrival.person().filter(|_| visit.may(P::SeePeople)) {
                Some(person) => register
                    .named(&[person])?
                    .pop()
                    .and_then(|named| named.name),
                None => None,
            };
            let label = html! { (queue_label(arrival.queue)) " · " (arrival.card) };
            html! {
                @if visit.may_any(crate::page::desk::WORKERS) { a href={ "/arrivals/" (id) } { (label) } } @else { (label) }
                @if let Some(name) = name { " · " (name) }
            }
        }
        Subject::Line(id) => {
            let line = register.line(id)?;
            let who = line
                .and_then(|line| line.particulars)
                .filter(|_| visit.may(P::SeePeople));
            html! { (say!(t, "trace-line")) " " code { (short(id.0)) } @if let Some(who) = who { " · " (who.full_name()) } }
        }
        Subject::Movement(id) => {
            if let Some(movement) = register.movement(id)? {
                html! { a href={ "/movements/" (id) } { (name(visit, &movement)) } }
            } else {
                html! { (say!(t, "not-readable-here")) }
            }
        }
    })
}

fn short(id: uuid::Uuid) -> String {
    id.as_simple().to_string()[..8].to_owned()
}

/// One event as it is signed: its public part only, so that a number can be followed to its end.
pub(crate) async fn event(
    guest: Guest,
    Path((node, position)): Path<(String, String)>,
) -> Response {
    guest
        .visit(move |visit| {
            visit.need(&[P::SeeReports])?;
            let t = visit.t();
            let position: u64 = position.parse().map_err(|_| Failure::NotFound)?;
            let key = key(&node).ok_or(Failure::NotFound)?;
            let event = visit.guest.app.node.event(key, position)?;
            let event = event.filter(counted).ok_or(Failure::NotFound)?;
            let by = visit.read(|register| visit.staff_name(register, event.author))?;
            let body = serde_json::to_string_pretty(&event.event).map_err(|error| Failure::Broken(error.to_string()))?;
            let title = say!(t, "event-title");
            let content = html! {
                div { h1 { (title) } p.muted { code { (key) ":" (position) } } }
                section.card {
                    dl {
                        dt { (say!(t, "event-kind")) } dd { code { (event.event.kind()) } }
                        dt { (say!(t, "event-occurred")) } dd { (visit.clock.full(event.occurred.at)) }
                        dt { (say!(t, "event-recorded")) } dd { (visit.clock.full(event.order.recorded_at())) }
                        dt { (say!(t, "journal-by")) } dd { (by) }
                    }
                }
                section.card { h2 { (say!(t, "event-body")) } pre.scroll tabindex="0" { code { (body) } } p.small.muted { (say!(t, "event-sealed")) } }
            };
            Ok(layout::page(visit, Place::Report, &title, content))
        })
        .await
}

/// Whether figures count this kind of event. Everything else is answered as if it were not there:
/// whoever walks through the positions of a log learns nothing of who was admitted, of notes, of
/// referrals, or of what somebody said about a colleague.
fn counted(recorded: &domain::Recorded) -> bool {
    let kind = recorded.event.kind();
    let shown = [
        "movement.",
        "manifest.",
        "line.",
        "arrival.",
        "waybill.",
        "stock.",
    ];
    shown.iter().any(|family| kind.starts_with(family)) && kind != "arrival.protection_noted"
}

fn key(hex: &str) -> Option<domain::NodeKey> {
    let mut key = [0_u8; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(domain::NodeKey(key))
}
