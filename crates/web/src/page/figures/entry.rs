//! One stated figure: entering it by hand, as for a headcount; looking at it; correcting or withdrawing
//! what was typed wrongly. What was stated stays on record in every case.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Command, Day, Figure, FigureId, FigureWithdrawal, Known, Method, NewFigure, Permission as P,
    Sharpness, StatedFigure,
};
use jiff::civil::Date;
use maud::{Markup, html};
use report::stated::statement;

use super::READ;
use super::finding::{Shown, said};
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// What is counted most often; anything else can be typed.
const INDICATORS: [&str; 12] = [
    "present",
    "present_peak",
    "returned",
    "return_flights",
    "assisted_at_reception",
    "arrivals_per_day",
    "encountered",
    "transferred",
    "admitted_to_proceedings",
    "left_voluntarily",
    "in_processing",
    "intercepted_at_sea",
];

pub(crate) async fn new(guest: Guest) -> Response {
    guest
        .visit(|visit| form_page(visit, &begun(visit), None))
        .await
}

pub(crate) async fn state(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::KeepFigures])?;
            let answer = command(visit, typed).and_then(|command| visit.execute(typed, command));
            match answer {
                Ok(said) => Ok(visit.go(back(visit, typed).as_str(), said)),
                Err(Trouble::Refused(complaint)) => form_page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| one(visit, id(&text, FigureId)?, None))
        .await
}

pub(crate) async fn withdraw(
    guest: Guest,
    Path(text): Path<String>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::KeepFigures])?;
            let figure = id(&text, FigureId)?;
            let command = Command::WithdrawFigure {
                figure,
                reason: FigureWithdrawal::any(typed.get("reason")),
            };
            match visit.execute(typed, command) {
                Ok(said) => Ok(visit.go(&format!("/figures/{figure}"), said)),
                Err(Trouble::Refused(complaint)) => one(visit, figure, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// Where a form leads on to: the site it was opened from, or the figures.
fn back(visit: &Visit, typed: &Typed) -> String {
    let site = visit
        .sites
        .iter()
        .find(|site| typed.get("back") == site.id.to_string());
    site.map_or_else(
        || "/figures".to_owned(),
        |site| format!("/sites/{}", site.id),
    )
}

/// What a form begins with: for a headcount of a site, what can be known already; to correct a figure,
/// what stands there.
fn begun(visit: &Visit) -> Typed {
    let query = &visit.guest.query;
    let today = visit.clock.day(visit.now).to_string();
    let corrected: Option<uuid::Uuid> = query.read("corrects");
    if let Some(figure) = corrected.and_then(|id| found(visit, FigureId(id)).ok()) {
        return filled_with(&figure);
    }
    let begun = Typed::default()
        .with("as_of", today.clone())
        .with("published_on", today)
        .with("unit", "person")
        .with("sharpness", "about");
    let site = visit
        .sites
        .iter()
        .find(|site| query.get("site") == site.id.to_string());
    match site {
        Some(site) => begun
            .with("indicator", "present")
            .with("place", site.name.clone())
            .with("site", site.id.to_string())
            .with("back", site.id.to_string())
            .with("method", "count"),
        None => begun
            .with("indicator", "returned")
            .with("method", "statement"),
    }
}

fn filled_with(figure: &Figure) -> Typed {
    let stated = &figure.stated;
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    [
        ("corrects", figure.id.to_string()),
        ("code", stated.code.clone()),
        ("indicator", stated.indicator.clone()),
        ("low", stated.low.to_string()),
        ("high", number(stated.high)),
        ("sharpness", stated.sharpness.code().to_owned()),
        ("method", stated.method.code().to_owned()),
        ("unit", stated.unit.clone()),
        (
            "from",
            stated.from.map_or_else(String::new, |day| day.to_string()),
        ),
        ("as_of", stated.as_of.to_string()),
        ("time", stated.minute.map_or_else(String::new, time)),
        ("place", stated.place.clone()),
        (
            "site",
            stated
                .site
                .map_or_else(String::new, |site| site.to_string()),
        ),
        ("route", stated.route.clone()),
        ("breakdown", stated.breakdown.clone()),
        ("stated_by", stated.stated_by.clone()),
        ("published_by", stated.published_by.clone()),
        ("published_on", stated.published_on.to_string()),
        ("source_url", stated.source_url.clone()),
        ("note", stated.note.clone()),
        ("parts", stated.parts.join(" ")),
    ]
    .into_iter()
    .fold(Typed::default(), |typed, (name, value)| {
        typed.with(name, value)
    })
}

fn command(visit: &Visit, typed: &Typed) -> Result<Command, Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let wrong_number =
        |field| Trouble::Refused(visit.complain(field, "wrong-number", say!(t, "wrong-number")));
    let wrong_day =
        |field| Trouble::Refused(visit.complain(field, "wrong-time", say!(t, "wrong-time")));
    let number = |field: &'static str| match typed.some(field) {
        None => Ok(None),
        Some(text) => grouped(text).map(Some).ok_or_else(|| wrong_number(field)),
    };
    let day = |field: &'static str| match typed.some(field) {
        None => Ok(None),
        Some(text) => text
            .parse::<Date>()
            .map(|date| Some(Day(date)))
            .map_err(|_| wrong_day(field)),
    };
    let minute = match typed.some("time") {
        None => None,
        Some(text) => {
            let time: jiff::civil::Time = text.parse().map_err(|_| wrong_day("time"))?;
            Some(
                u16::from(time.hour().unsigned_abs()) * 60
                    + u16::from(time.minute().unsigned_abs()),
            )
        }
    };
    let as_of = day("as_of")?.ok_or_else(|| wrong_day("as_of"))?;
    let code = typed
        .some("code")
        .map_or_else(|| own_code(as_of, request), str::to_owned);
    let stated = StatedFigure {
        code,
        indicator: typed
            .some("indicator_other")
            .unwrap_or(typed.get("indicator"))
            .to_owned(),
        low: number("low")?.ok_or_else(|| wrong_number("low"))?,
        high: number("high")?,
        sharpness: Sharpness::from_code(typed.get("sharpness")).unwrap_or(Sharpness::About),
        method: Method::from_code(typed.get("method")).unwrap_or(Method::Statement),
        unit: typed.get("unit").to_owned(),
        from: day("from")?,
        as_of,
        minute,
        place: typed.get("place").to_owned(),
        site: typed.read("site").map(domain::SiteId),
        route: typed.get("route").to_owned(),
        breakdown: typed.get("breakdown").to_owned(),
        stated_by: typed.get("stated_by").to_owned(),
        published_by: typed.get("published_by").to_owned(),
        published_on: day("published_on")?.unwrap_or(as_of),
        source_url: typed.get("source_url").to_owned(),
        note: typed.get("note").to_owned(),
        parts: typed
            .get("parts")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    Ok(Command::StateFigures {
        figures: vec![NewFigure {
            id: FigureId(made_by(request, 1)),
            stated,
            replaces: typed.read("corrects").map(FigureId),
        }],
    })
}

/// A number as people write it, in groups or not.
fn grouped(text: &str) -> Option<u64> {
    let digits: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | ',' | '.' | '\u{202f}' | '\u{a0}' | '\''))
        .collect();
    digits.parse().ok()
}

/// A name for a figure nobody named: its day, and a few letters that no other has.
fn own_code(day: Day, request: uuid::Uuid) -> String {
    let letters = request.as_simple().to_string();
    format!("{day}-{}", &letters[..4])
}

fn form_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::KeepFigures])?;
    let t = visit.t();
    let filled = Filled::new(t, typed, complaint);
    let words = |family: &str, codes: &[&str]| {
        let codes = codes.iter();
        codes
            .map(|code| ((*code).to_owned(), t.word(family, code)))
            .collect::<Vec<_>>()
    };
    let mut indicators = words("indicator", &INDICATORS);
    let typed_indicator = typed.get("indicator");
    if !typed_indicator.is_empty() && !INDICATORS.contains(&typed_indicator) {
        indicators.push((typed_indicator.to_owned(), typed_indicator.to_owned()));
    }
    let title = match typed.some("corrects") {
        Some(_) => say!(t, "figures-correct"),
        None => say!(t, "figures-enter"),
    };
    let content = html! {
        h1 { (title) }
        section.card { (layout::form(visit, "/figures/new", html! {
            div.stack {
                (filled.summary())
                input type="hidden" name="corrects" value=(typed.get("corrects"));
                input type="hidden" name="back" value=(typed.get("back"));
                div.form {
                    (filled.select("indicator", say!(t, "figure-indicator"), indicators))
                    (filled.text("low", say!(t, "figure-low")).required().focus())
                    (filled.text("high", say!(t, "figure-high")).hint(say!(t, "figure-high-hint")))
                    (filled.select("sharpness", say!(t, "figure-sharpness"), words("sharpness", &Sharpness::ALL.map(Sharpness::code))))
                    (filled.select("method", say!(t, "figure-method"), words("method", &Method::ALL.map(Method::code))))
                    (filled.select("unit", say!(t, "figure-unit"), words("unit", &["person", "flight", "day"])))
                }
                div.form {
                    (filled.text("from", say!(t, "figure-from")).kind("date").hint(say!(t, "figure-from-hint")))
                    (filled.text("as_of", say!(t, "figure-as-of")).kind("date").required())
                    (filled.text("time", say!(t, "figure-time")).kind("time"))
                }
                div.form {
                    (filled.text("place", say!(t, "figure-place")).required())
                    (filled.select("site", say!(t, "figure-site"), visit.site_options()).empty(say!(t, "figure-no-site")))
                    (filled.text("route", say!(t, "figure-route")).placeholder("USA>HTI".into()))
                }
                div.form {
                    (filled.text("stated_by", say!(t, "figure-stated-by")).required().hint(say!(t, "figure-stated-by-hint")))
                    (filled.text("published_by", say!(t, "figure-published-by")))
                    (filled.text("published_on", say!(t, "figure-published-on")).kind("date"))
                    (filled.text("source_url", say!(t, "figure-url")).kind("url"))
                }
                details.more { summary { (say!(t, "figure-more")) } div.form {
                    (filled.text("code", say!(t, "figures-code")).hint(say!(t, "figure-code-hint")))
                    (filled.text("indicator_other", say!(t, "figure-indicator-other")))
                    (filled.text("breakdown", say!(t, "figure-breakdown")).placeholder("men 6586; women 2456".into()))
                    (filled.text("parts", say!(t, "figure-parts")).hint(say!(t, "figure-parts-hint")))
                    (filled.area("note", say!(t, "figure-note")))
                } }
                (notice(Tone::Calm, say!(t, "figure-no-names")))
                button.primary { (say!(t, "save")) }
            }
        })) }
    };
    let page = layout::page(visit, Place::Figures, &title, content);
    Ok(layout::refused(page, complaint))
}

fn found(visit: &Visit, id: FigureId) -> Result<Figure, Failure> {
    visit.read(|register| register.figure(id)?.ok_or(Failure::NotFound))
}

fn one(visit: &Visit, id: FigureId, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let figure = found(visit, id)?;
    let held = super::hold(visit)?;
    let shown = Shown::of(visit, &held);
    let (entered_by, withdrawn_by) = visit.read(|register| {
        let withdrawn = figure
            .withdrawn
            .as_ref()
            .map(|withdrawn| visit.staff_name(register, withdrawn.by));
        Ok((
            visit.staff_name(register, figure.by)?,
            withdrawn.transpose()?,
        ))
    })?;
    let stated = &figure.stated;
    let said = said(t, &statement(stated));
    let title = format!("{}: {said}", stated.code);
    let rows: Vec<(String, Markup)> = facts(visit, &figure, &shown);
    let content = html! {
        h1 { (title) }
        @if let (Some(withdrawn), Some(by)) = (&figure.withdrawn, &withdrawn_by) {
            (notice(Tone::Wait, html! {
                p { (say!(t, "figure-withdrawn", moment = visit.clock.full(withdrawn.at), name = by.as_str())) " " (t.word("figure-withdrawal", withdrawn.reason.as_str())) }
                @if let Some(other) = withdrawn.replaced_by { p { a href={ "/figures/" (other) } { (say!(t, "figure-replaced")) } } }
            }))
        }
        section.card {
            dl { @for (name, value) in rows { dt { (name) } dd { (value) } } }
            p.small.muted { (say!(t, "figure-entered", moment = visit.clock.full(figure.entered_at), name = entered_by.as_str())) }
        }
        @if figure.withdrawn.is_none() && visit.may(P::KeepFigures) {
            (card(say!(t, "figure-wrong"), withdraw_form(visit, id, complaint)))
        }
    };
    let page = layout::page(visit, Place::Figures, &title, content);
    Ok(layout::refused(page, complaint))
}

fn withdraw_form(visit: &Visit, id: FigureId, complaint: Option<&Complaint>) -> Markup {
    let t = visit.t();
    let typed = Typed::default();
    let filled = Filled::new(t, &typed, complaint);
    let reasons = FigureWithdrawal::KNOWN
        .iter()
        .map(|reason| {
            (
                reason.as_str().to_owned(),
                t.word("figure-withdrawal", reason.as_str()),
            )
        })
        .collect();
    html! {
        (filled.summary())
        p { (say!(t, "figure-wrong-lead")) }
        p.actions { a.button href={ "/figures/new?corrects=" (id) } { (say!(t, "figures-correct")) } }
        (layout::form(visit, &format!("/figures/{id}"), html! { div.form.inline {
            (filled.select("reason", say!(t, "figure-why"), reasons))
            button.danger { (say!(t, "figure-withdraw")) }
        } }))
    }
}

fn facts(visit: &Visit, figure: &Figure, shown: &Shown<'_>) -> Vec<(String, Markup)> {
    let t = visit.t();
    let stated = &figure.stated;
    let clock = &visit.clock;
    let text = |text: &str| html! { (text) };
    let time = stated
        .minute
        .map(|minute| format!(" {:02}:{:02}", minute / 60, minute % 60));
    let rows = [
        (
            say!(t, "figure-indicator"),
            text(&t.word("indicator", &stated.indicator)),
        ),
        (
            say!(t, "figures-stated"),
            html! { b { (said(t, &statement(stated))) } " " (t.word("unit", &stated.unit)) },
        ),
        (
            say!(t, "figure-method"),
            text(&t.word("method", stated.method.code())),
        ),
        (
            say!(t, "figures-days"),
            html! { (shown.days(stated.from.map(|day| day.0), stated.as_of.0)) (time.unwrap_or_default()) },
        ),
        (
            say!(t, "figure-place"),
            html! {
                (stated.place)
                @if let Some(site) = stated.site { " · " a href={ "/sites/" (site) } { (visit.site_name(site)) } }
            },
        ),
        (
            say!(t, "figure-route"),
            text(&stated.route.replace('>', " → ")),
        ),
        (say!(t, "figure-breakdown"), text(&stated.breakdown)),
        (say!(t, "figure-stated-by"), text(&stated.stated_by)),
        (
            say!(t, "figure-published-by"),
            html! {
                (stated.published_by) " " (clock.date(stated.published_on.0))
                // A link away would tell the other side who looks.
                @if !stated.source_url.is_empty() { " · " span.small { (stated.source_url) } }
            },
        ),
        (say!(t, "figure-parts"), text(&stated.parts.join(", "))),
        (say!(t, "figure-note"), text(&stated.note)),
    ];
    let is_said = |(_, value): &(String, Markup)| !value.0.trim().is_empty();
    rows.into_iter().filter(is_said).collect()
}

/// What came of entering figures.
pub(super) type Answer = Result<Said, Trouble>;
