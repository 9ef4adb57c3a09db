//! Writing a recommendation, a new version of one's own, or a dissent: submitted with the password, by
//! which the words are signed.

use axum::Form;
use axum::response::Response;
use domain::{
    Advice, AdviceId, Day, Known, Office, Permission as P, StatementId, StatementKind, SubjectId,
};
use jiff::civil::Date;
use maud::html;
use node::statement::{Submission, words_of};

use crate::catalogue::say;
use crate::component::{Filled, Tone, notice};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Trouble, Visit};

type Posted = Form<Vec<(String, String)>>;

/// How long an office is given unless the author says otherwise, in days.
const DUE_DAYS: i64 = 7;

pub(crate) async fn new(guest: Guest) -> Response {
    guest.visit(|visit| page(visit, &begun(visit)?, None)).await
}

pub(crate) async fn submit(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::Advise])?;
            match submitted(visit, typed) {
                Ok((advice, said)) => Ok(visit.go(&format!("/recommendations/{advice}"), said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// The recommendation that is revised.
fn revised(visit: &Visit, typed: &Typed) -> Result<Option<Advice>, Failure> {
    let Some(id) = typed.read("revises") else {
        return Ok(None);
    };
    visit.read(|register| {
        Ok(Some(
            register.advice(AdviceId(id))?.ok_or(Failure::NotFound)?,
        ))
    })
}

fn begun(visit: &Visit) -> Result<Typed, Failure> {
    let query = &visit.guest.query;
    let today = visit.clock.day(visit.now);
    let due = today
        .checked_add(jiff::Span::new().days(DUE_DAYS))
        .unwrap_or(today);
    let begun = Typed::default()
        .with("revises", query.get("revises"))
        .with("about", query.get("about"));
    let Some(advice) = revised(visit, query)? else {
        return Ok(begun.with("due", due.to_string()));
    };
    let words = advice.newest().and_then(|newest| words_of(&newest.bytes.0));
    let words = words.ok_or(Failure::NotFound)?;
    let begun = begun
        .with("title", words.title)
        .with("text", words.text)
        .with("due", words.due.unwrap_or_default());
    let offices = advice.offices.iter();
    Ok(offices.fold(begun, |begun, office| {
        begun.with("office", office.to_string())
    }))
}

fn submitted(visit: &Visit, typed: &Typed) -> Result<(AdviceId, Said), Trouble> {
    let t = visit.t();
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let before = revised(visit, typed).map_err(Trouble::Failed)?;
    let about = typed.read("about").map(SubjectId);
    if typed.get("title").is_empty() {
        let text = say!(t, "form-missing");
        return Err(Trouble::Refused(visit.complain(
            "title",
            "text-missing",
            text,
        )));
    }
    let due = match typed.some("due").filter(|_| about.is_none()) {
        None => None,
        Some(text) => Some(Day(text.parse::<Date>().map_err(|_| {
            let text = say!(t, "wrong-time");
            Trouble::Refused(visit.complain("due", "wrong-time", text))
        })?)),
    };
    let advice = before
        .as_ref()
        .map_or_else(|| AdviceId(made_by(request, 2)), |before| before.id);
    let submission = Submission {
        advice,
        statement: StatementId(made_by(request, 1)),
        kind: if about.is_some() {
            StatementKind::Dissent
        } else {
            StatementKind::Recommendation
        },
        title: typed.get("title").to_owned(),
        text: typed.raw("text").to_owned(),
        language: typed
            .some("language")
            .unwrap_or(t.language().tag())
            .to_owned(),
        about,
        offices: typed
            .all("office")
            .filter_map(|office| office.parse().ok())
            .map(domain::OfficeId)
            .collect(),
        due,
        office: None,
        outcome: None,
        refers_to: before.and_then(|before| before.newest().map(|newest| newest.id)),
        references: Vec::new(),
    };
    Ok((advice, visit.submit(typed, submission)?))
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::Advise])?;
    let t = visit.t();
    let mut offices = visit.read(|register| Ok(register.offices()?))?;
    offices.retain(|office| office.active);
    let filled = Filled::new(t, typed, complaint);
    let is_dissent = typed.some("about").is_some();
    let title = match (is_dissent, typed.some("revises")) {
        (true, _) => say!(t, "advice-dissent"),
        (false, Some(_)) => say!(t, "advice-revise"),
        (false, None) => say!(t, "advice-write"),
    };
    let choice = |office: &Office| (office.id.to_string(), office.name.clone());
    let choices: Vec<_> = offices.iter().map(choice).collect();
    let content = html! {
        h1 { (title) }
        section.card { (layout::form(visit, "/recommendations/new", html! { div.stack {
            (filled.summary())
            input type="hidden" name="revises" value=(typed.get("revises"));
            input type="hidden" name="about" value=(typed.get("about"));
            (filled.text("title", say!(t, "advice-heading")).required().focus())
            div {
                label for="text" { (say!(t, "advice-text")) }
                textarea id="text" name="text" required maxlength="40000" rows="12" { (typed.raw("text")) }
            }
            @if !is_dissent {
                fieldset {
                    legend { (say!(t, "advice-offices")) }
                    @if choices.is_empty() { p.muted { (say!(t, "advice-no-offices")) } }
                    (filled.checks("office", &choices))
                }
                (filled.text("due", say!(t, "advice-by")).kind("date").required())
            }
            (notice(Tone::Calm, say!(t, "advice-no-names")))
            (filled.text("password", say!(t, "advice-password")).kind("password").required().autocomplete("current-password").hint(say!(t, "advice-password-hint")))
            button.primary { (say!(t, "advice-sign")) }
        } })) }
    };
    let page = layout::page(visit, Place::Recommendations, &title, content);
    Ok(layout::refused(page, complaint))
}
